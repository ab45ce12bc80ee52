// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Basic indexing: integers, slices, new axes and the ellipsis.
#include "frontend/array/Compose.h"
#include "ir/rules/extent.h"
#include "ir/rules/slice.h"
#include "nd/reductions.h"

#include <algorithm>

namespace nd {
namespace {

using form = index::form;

array subscript(const array &a, std::span<const index *const> given) {
  const shape &in = a.shape();
  const site &where = given.front()->where();
  for (const index *i : given)
    if (i->kind() == form::array)
      return detail::choose(a, given, where);
  size_t named = 0, ellipses = 0;
  for (const index *i : given) {
    named += i->kind() == form::integer || i->kind() == form::slice;
    ellipses += i->kind() == form::ellipsis;
  }
  if (named > in.size())
    detail::raise(rules::error_kind::index, "index",
                  "too many indices: the array has shape " + to_string(in) + ", " +
                      std::to_string(in.size()) + (in.size() == 1 ? " axis" : " axes") + ", and " +
                      std::to_string(named) + " are given",
                  where);
  if (ellipses > 1)
    detail::raise(rules::error_kind::index, "index",
                  "only one ellipsis can stand between the brackets", where);

  detail::extents offsets, sizes, steps;
  shape out;
  auto whole = [&](size_t count) {
    for (; count; --count) {
      int64_t extent = in[sizes.size()];
      offsets.push_back(0);
      sizes.push_back(extent);
      steps.push_back(1);
      out.push_back(extent);
    }
  };
  for (const index *i : given) {
    size_t axis = sizes.size();
    switch (i->kind()) {
    case form::integer:
      if (rules::is_run_time(in[axis])) { // whether it is within is seen at run time: as a position
        index position(array(i->at()), i->where());
        std::vector<const index *> with(given.begin(), given.end());
        *std::find(with.begin(), with.end(), i) = &position;
        return detail::choose(a, with, where);
      }
      offsets.push_back(detail::checked(rules::normalise_index(i->at(), in[axis], int64_t(axis)),
                                        "index", where));
      sizes.push_back(1);
      steps.push_back(1);
      break;
    case form::slice: {
      const slice &s = i->range();
      auto bounds = rules::is_run_time(in[axis])
                        ? detail::bounds_at_run_time(s, in[axis], where)
                        : detail::checked(rules::normalise(s.start, s.stop, s.step, in[axis]),
                                          "index", where);
      offsets.push_back(bounds.size ? bounds.offset : 0);
      sizes.push_back(bounds.size);
      steps.push_back(bounds.size > 1 ? bounds.stride : 1);
      out.push_back(bounds.size);
      break;
    }
    case form::newaxis:
      out.push_back(1);
      break;
    case form::ellipsis:
      whole(in.size() - named);
      break;
    case form::array:
      break; // gathered
    }
  }
  whole(in.size() - sizes.size());

  bool everything = sizes == detail::extents(in);
  for (size_t axis = 0; axis < steps.size(); ++axis)
    everything &= steps[axis] == 1 && offsets[axis] == 0;
  array part = everything ? detail::alias(a) : detail::sliced(a, offsets, sizes, steps, where);
  return part.shape() == out ? part : detail::reshaped(part, out, where);
}

array subscript(const array &a, std::initializer_list<const index *> given) {
  return subscript(a, std::span(given.begin(), given.size()));
}

} // namespace

array array::operator[](const index &i) const { return subscript(*this, {&i}); }
array array::operator[](const index &i, const index &j) const { return subscript(*this, {&i, &j}); }
array array::operator[](const index &i, const index &j, const index &k) const {
  return subscript(*this, {&i, &j, &k});
}
array array::operator[](const index &i, const index &j, const index &k, const index &l) const {
  return subscript(*this, {&i, &j, &k, &l});
}
array array::operator[](const index &i, const index &j, const index &k, const index &l,
                        const index &m) const {
  return subscript(*this, {&i, &j, &k, &l, &m});
}
array array::operator[](const index &i, const index &j, const index &k, const index &l,
                        const index &m, const index &n) const {
  return subscript(*this, {&i, &j, &k, &l, &m, &n});
}

} // namespace nd
