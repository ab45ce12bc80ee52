// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays as sets. Whatever the sizes, also those decided at run time, these are sorts, searches in
// what is sorted, and masks.
#include "nd/sets.h"

#include "frontend/array/Known.h"
#include "nd/manipulation.h"
#include "nd/selection.h"
#include "nd/ufuncs.h"

namespace nd {
namespace {

using detail::as_array;
using detail::extents;

operand on(const array &a, const site &where) { return operand(a, where); }

/// The part of \p x at each place but \p distance further along the first axis, or the outermost.
array shifted(const array &x, int64_t distance, const site &where) {
  const int64_t n = x.shape()[0];
  array at = detail::positions({n}, 0, int64, where);
  at = add(on(at, where), operand(distance, where));
  array end = subtract(on(detail::counted({n}, where), where), operand(1, where));
  at = minimum(on(maximum(on(at, where), operand(0, where)), where), on(end, where));
  return detail::gathered_at(x, std::array{at}, {0}, where);
}

/// Whether parts along the first axis differ.
array differ(const array &left, const array &right, bool equal_nan, const site &where) {
  array differs = not_equal(on(left, where), on(right, where));
  if (equal_nan && rules::is_inexact(left.dtype()))
    differs =
        logical_and(on(differs, where), on(logical_not(on(isnan(on(left, where)), where)), where));
  if (left.ndim() == 1)
    return differs;
  extents inner;
  for (int64_t axis = 1; axis < left.ndim(); ++axis)
    inner.push_back(axis);
  return any(on(differs, where), axes(inner));
}

/// Whether each part along the first axis of what is sorted differs from the one before it.
array starts_of(const array &sorted, bool equal_nan, const site &where) {
  const int64_t n = sorted.shape()[0];
  if (rules::is_run_time(n)) {
    array first = equal(on(detail::positions({n}, 0, int64, where), where), operand(0, where));
    array other = differ(shifted(sorted, -1, where), sorted, equal_nan, where);
    return logical_or(on(first, where), on(other, where));
  }
  array first = detail::record_full(true, bool_, {n ? 1 : 0}, where);
  if (n < 2)
    return first;
  array left = detail::sliced_along(sorted, 0, 0, n - 1, 1, where),
        right = detail::sliced_along(sorted, 0, 1, n - 1, 1, where);
  return detail::joined(std::array{first, differ(left, right, equal_nan, where)}, 0, where);
}

/// The parts of \p x where a mask over its first axis holds.
array kept(const array &mask, const array &x, int64_t count, const site &where) {
  extents s = x.shape();
  s[0] = count;
  return detail::record_as("nd.compress", {&mask, &x}, {}, x.dtype(), s, where);
}

array sorted_positions(const array &x, const site &where) {
  return detail::record("nd.argsort", {&x}, {}, where);
}
array sorted(const array &x, const site &where) {
  return detail::record("nd.sort", {&x}, {}, where);
}

/// Parts along the first axis as rows of elements, and the order that sorts them by their elements.
struct rows {
  array x, order;

  rows(const array &parts, const char *what, const site &where) {
    extents s = parts.shape();
    int64_t inner = 1;
    for (int64_t axis = 1; axis < parts.ndim(); ++axis)
      inner *= detail::known_extent(parts, axis, what, where);
    x = detail::reshaped(parts, {s[0], inner}, where);
    if (inner == 0) {
      order = detail::positions({s[0]}, 0, int64, where);
      return;
    }
    // The first element weighs most: the last key.
    array keys = flip(on(detail::permuted(x, {1, 0}, where), where), 0);
    order = detail::record("nd.lexsort", {&keys}, {}, where);
  }
};

/// The arrays of both in their common dtype, flat.
std::pair<array, array> both_flat(const operand &x1, const operand &x2, const site &where) {
  array a = as_array(x1), b = as_array(x2);
  const dtype_kind type = rules::promote(a.dtype(), b.dtype());
  return {detail::converted(detail::flat(a, where), type, where),
          detail::converted(detail::flat(b, where), type, where)};
}

/// The distinct elements of a flat array, sorted.
array distinct(const array &a, bool equal_nan, const char *what, const site &where) {
  array ordered = sorted(a, where), starts = starts_of(ordered, equal_nan, where);
  return kept(starts, ordered, detail::count_of(starts, what, where), where);
}

/// Where each element of \p a is in \p ordered, and whether it is there.
struct found_in {
  array place, there;

  found_in(const array &a, array ordered, const site &where) {
    const int64_t n = ordered.shape()[0];
    if (n == 0) {
      place = detail::record_full(0, int64, a.shape(), where);
      there = detail::record_full(false, bool_, a.shape(), where);
      return;
    }
    place = detail::record("nd.searchsorted", {&ordered, &a}, {{"right", false}}, where);
    array size = detail::counted({n}, where), at = place, inside;
    if (rules::is_run_time(n)) { // there may be none: one more element that is no candidate
      inside = less(on(place, where), on(size, where));
      array more = detail::record_full(0, ordered.dtype(), {1}, where);
      ordered = detail::joined(std::array{ordered, more}, 0, where);
    } else {
      at = minimum(on(place, where), operand(n - 1, where));
    }
    there =
        equal(on(detail::gathered_at(ordered, std::array{at}, {0}, where), where), on(a, where));
    if (rules::is_run_time(n))
      there = logical_and(on(there, where), on(inside, where));
    else
      place = at;
  }
};

} // namespace

unique_all_result detail::unique_parts(const operand &x, const unique_options &options) {
  const site &where = x.where();
  const char *what = "unique";
  array whole = as_array(x), a, order, ordered;
  int64_t axis = 0;
  if (options.axis) {
    axis = axis_of(*options.axis, whole.ndim(), what, where);
    rows r(permuted(whole, first_axis(whole.ndim(), axis), where), what, where);
    a = r.x;
    order = r.order;
  } else {
    a = flat(whole, where);
    order = sorted_positions(a, where);
  }
  ordered = gathered_at(a, std::array{order}, {0}, where);
  const int64_t n = a.shape()[0];
  array starts = starts_of(ordered, options.equal_nan && !options.axis, where);
  const int64_t count = count_of(starts, what, where);
  array begin = record_as("nd.flatnonzero", {&starts}, {}, int64, {count}, where);
  // An element's group is the number of starts up to it, less one.
  array place = detail::positions({n}, 0, int64, where);
  array behind = record("nd.searchsorted", {&begin, &place}, {{"right", true}}, where);
  array group = subtract(on(behind, where), operand(1, where));
  array nowhere = record_full(0, int64, {n}, where);
  array inverse = scattered_at(nowhere, std::array{order}, {0}, group, scatter_mode::set, where);
  // A group ends where the next one starts, the last with the array.
  array counts = begin;
  if (n > 0) {
    array bounds = joined(std::array{begin, reshaped(counted({n}, where), {1}, where)}, 0, where);
    counts = subtract(on(sliced_along(bounds, 0, 1, count, 1, where), where), on(begin, where));
  }
  array values = kept(starts, ordered, count, where);
  if (options.axis) {
    extents s = permuted(whole, first_axis(whole.ndim(), axis), where).shape();
    s[0] = count;
    values = permuted(reshaped(values, s, where), back_axis(whole.ndim(), axis), where);
  } else {
    inverse = reshaped(inverse, whole.shape(), where);
  }
  return {values, kept(starts, order, count, where), inverse, counts};
}

array unique(const operand &x, const unique_options &options) {
  if (options.axis)
    return detail::unique_parts(x, options).values;
  return distinct(detail::flat(as_array(x), x.where()), options.equal_nan, "unique", x.where());
}

array unique_values(const operand &x) { return unique(x, {.equal_nan = false}); }

unique_all_result unique_all(const operand &x) {
  return detail::unique_parts(x, {.equal_nan = false});
}

unique_counts_result unique_counts(const operand &x) {
  unique_all_result all = unique_all(x);
  return {all.values, all.counts};
}

unique_inverse_result unique_inverse(const operand &x) {
  unique_all_result all = unique_all(x);
  return {all.values, all.inverse_indices};
}

/// So few elements are compared with one after the other.
constexpr int64_t few = 16;

array isin(const operand &element, const operand &test_elements, const isin_options &options) {
  const site &where = element.is_scalar() ? test_elements.where() : element.where();
  array a = as_array(element), b = as_array(test_elements);
  const dtype_kind type = rules::promote(a.dtype(), b.dtype());
  a = detail::converted(a, type, where);
  b = detail::converted(detail::flat(b, where), type, where);
  array there;
  if (const int64_t n = b.shape()[0]; n > 0 && n <= few) {
    for (int64_t i = 0; i < n; ++i) {
      array one = detail::reshaped(detail::sliced_along(b, 0, i, 1, 1, where), {}, where);
      array same = equal(on(a, where), on(one, where));
      there = i ? logical_or(on(there, where), on(same, where)) : same;
    }
  } else {
    there = found_in(a, sorted(b, where), where).there;
  }
  return options.invert ? logical_not(on(there, where)) : there;
}

array union1d(const operand &x1, const operand &x2) {
  const site &where = x1.where();
  auto [a, b] = both_flat(x1, x2, where);
  return distinct(detail::joined(std::array{a, b}, 0, where), true, "union1d", where);
}

array intersect1d(const operand &x1, const operand &x2, const set_options &options) {
  const site &where = x1.where();
  auto [a, b] = both_flat(x1, x2, where);
  a = options.assume_unique ? sorted(a, where) : distinct(a, true, "intersect1d", where);
  array there = found_in(a, sorted(b, where), where).there;
  return kept(there, a, detail::count_of(there, "intersect1d", where), where);
}

intersect1d_result intersect1d(const operand &x1, const operand &x2, return_indices_t,
                               const set_options &) {
  const site &where = x1.where();
  auto [a, b] = both_flat(x1, x2, where);
  // Of equals the first comes first, so distinct elements stand where they occur first.
  unique_all_result own = detail::unique_parts(on(a, where), {});
  array order = sorted_positions(b, where);
  array ordered = detail::gathered_at(b, std::array{order}, {0}, where);
  found_in found(own.values, ordered, where);
  const int64_t count = detail::count_of(found.there, "intersect1d", where);
  array place = kept(found.there, found.place, count, where);
  return {kept(found.there, own.values, count, where), kept(found.there, own.indices, count, where),
          detail::gathered_at(order, std::array{place}, {0}, where)};
}

array setdiff1d(const operand &x1, const operand &x2, const set_options &options) {
  const site &where = x1.where();
  array a = detail::flat(as_array(x1), where);
  if (!options.assume_unique)
    a = distinct(a, true, "setdiff1d", where);
  array keep = isin(on(a, where), x2, {.invert = true});
  return kept(keep, a, detail::count_of(keep, "setdiff1d", where), where);
}

array setxor1d(const operand &x1, const operand &x2, const set_options &options) {
  const site &where = x1.where();
  auto [a, b] = both_flat(x1, x2, where);
  if (!options.assume_unique) {
    a = distinct(a, true, "setxor1d", where);
    b = distinct(b, true, "setxor1d", where);
  }
  array all = sorted(detail::joined(std::array{a, b}, 0, where), where);
  const int64_t n = all.shape()[0];
  if (n == 0)
    return all;
  // Alone: different from the one before it and from the one behind it.
  array starts = starts_of(all, false, where), at = detail::positions({n}, 0, int64, where);
  array end = subtract(on(detail::counted({n}, where), where), operand(1, where));
  array alone =
      logical_and(on(starts, where), on(logical_or(on(equal(on(at, where), on(end, where)), where),
                                                   on(shifted(starts, 1, where), where)),
                                        where));
  return kept(alone, all, detail::count_of(alone, "setxor1d", where), where);
}

} // namespace nd
