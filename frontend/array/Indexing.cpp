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

/// What stands for start:stop:step of an axis, or is in the axis.
rules::slice_bounds bounds_of(const index &i, int64_t extent, size_t axis, const site &where) {
  auto number_is_open = [](std::optional<int64_t> number) {
    return number && (rules::is_run_time(*number) || rules::is_spoilt(*number));
  };
  const bool open = rules::is_run_time(extent) ||
                    (i.kind() == form::slice &&
                     (number_is_open(i.range().start) || number_is_open(i.range().stop)));
  if (i.kind() == form::integer)
    return {open ? detail::position_at_run_time(i.at(), extent, where)
                 : detail::checked(rules::normalise_index(i.at(), extent, int64_t(axis)), "index",
                                   where),
            1, 1};
  const slice &s = i.range();
  auto bounds =
      open ? detail::bounds_at_run_time(s, extent, where)
           : detail::checked(rules::normalise(s.start, s.stop, s.step, extent), "index", where);
  return {bounds.size ? bounds.offset : 0, bounds.size, bounds.size > 1 ? bounds.stride : 1};
}

/// With arrays among the indices. Where an axis is as long as a run decides, the array is sliced
/// along it first.
array choose(const array &a, std::span<const index *const> given, const site &where) {
  const shape &in = a.shape();
  if (std::none_of(in.begin(), in.end(), rules::is_run_time))
    return detail::choose(a, given, where);
  auto axes_of = [](const index &i) -> size_t {
    if (i.kind() == form::array)
      return rules::is_bool(i.node()->dtype) ? i.node()->shape.size() : 1;
    return i.kind() == form::integer || i.kind() == form::slice;
  };
  size_t named = 0, axis = 0;
  for (const index *i : given)
    named += axes_of(*i);
  detail::extents offsets(in.size(), 0), sizes = in, steps(in.size(), 1);
  std::vector<index> items;
  bool cut = false;
  for (const index *i : given) {
    bool open = (i->kind() == form::integer || i->kind() == form::slice) && axis < in.size() &&
                rules::is_run_time(in[axis]);
    if (open) {
      rules::slice_bounds b = bounds_of(*i, in[axis], axis, where);
      offsets[axis] = b.offset;
      sizes[axis] = b.size;
      steps[axis] = b.stride;
      items.push_back(i->kind() == form::integer ? index(0, i->where()) : index(all, i->where()));
      cut = true;
    } else {
      items.push_back(*i);
    }
    axis += i->kind() == form::ellipsis ? in.size() - std::min(in.size(), named) : axes_of(*i);
  }
  return detail::choose(cut ? detail::sliced(a, offsets, sizes, steps, where) : a,
                        detail::pointers_to(items), where);
}

array subscript(const array &a, std::span<const index *const> given) {
  const site &where = given.front()->where();
  const shape &in = a.shape(where);
  for (const index *i : given)
    if (i->kind() == form::array)
      return choose(a, given, where);
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
    case form::slice: {
      rules::slice_bounds bounds = bounds_of(*i, in[axis], axis, where);
      offsets.push_back(bounds.offset);
      sizes.push_back(bounds.size);
      steps.push_back(bounds.stride);
      if (i->kind() == form::slice)
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
