// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sorting, searching in what is sorted, distinct elements, and repetition.
#include "frontend/array/Compose.h"
#include "ir/rules/extent.h"
#include "nd/manipulation.h"
#include "nd/selection.h"
#include "nd/ufuncs.h"

#include <array>

namespace nd {
namespace {

using detail::as_array;
using detail::extents;

operand on(const array &a, const site &where) { return operand(a, where); }

array flat(const array &a, const site &where) {
  return detail::reshaped(a, {detail::total_extent(a, where)}, where);
}

/// op along an axis: the library sorts along the last one.
array along(const char *op, const char *what, const operand &x, std::optional<int64_t> axis) {
  const site &where = x.where();
  array a = as_array(x);
  if (!axis)
    return detail::record(op, detail::arrays{&(a = flat(a, where))}, {}, where);
  detail::checked(rules::sort_shape(a.shape()), what, where);
  int64_t at = detail::axis_of(*axis, a.ndim(), what, where);
  extents order, back;
  for (int64_t i = 0; i < a.ndim(); ++i)
    if (i != at)
      order.push_back(i);
  order.push_back(at);
  for (int64_t i = 0; i < a.ndim(); ++i)
    back.push_back(i < at ? i : i == at ? a.ndim() - 1 : i - 1);
  array turned = detail::permuted(a, order, where);
  return detail::permuted(detail::record(op, detail::arrays{&turned}, {}, where), back, where);
}

/// Whether neighbours in sorted order are different elements.
array differ(const array &left, const array &right, bool equal_nan, const site &where) {
  array differs = not_equal(on(left, where), on(right, where));
  if (equal_nan && rules::is_inexact(left.dtype()))
    differs =
        logical_and(on(differs, where), on(logical_not(on(isnan(on(left, where)), where)), where));
  return differs;
}

/// A sorted vector, and where its groups of equals begin.
struct groups {
  array sorted, starts; ///< bool: whether an element differs from the one before

  groups(const array &sorted, bool equal_nan, const site &where) : sorted(sorted) {
    const int64_t n = sorted.size();
    if (rules::is_run_time(n)) { // each element beside the one before it
      array at = detail::positions({n}, 0, int64, where),
            before = maximum(operand(subtract(on(at, where), operand(1, where)), where),
                             operand(0, where));
      array left = detail::gathered_at(sorted, std::array{before}, {0}, where);
      starts = logical_or(on(equal(on(at, where), operand(0, where)), where),
                          on(differ(left, sorted, equal_nan, where), where));
      return;
    }
    array first = detail::record_full(true, bool_, {n ? 1 : 0}, where);
    if (n < 2) {
      starts = first;
      return;
    }
    array left = detail::sliced_along(sorted, 0, 0, n - 1, 1, where),
          right = detail::sliced_along(sorted, 0, 1, n - 1, 1, where);
    std::vector<array> both = {first, differ(left, right, equal_nan, where)};
    starts = detail::joined(both, 0, where);
  }
};

array compressed(const array &mask, const array &x, int64_t count, const site &where) {
  return detail::record_as("nd.compress", {&mask, &x}, {}, x.dtype(), {count}, where);
}

} // namespace

array searchsorted(const operand &x, const operand &v, std::string_view side, const array &sorter) {
  const site &where = x.where();
  if (side != "left" && side != "right")
    detail::raise(rules::error_kind::value, "searchsorted",
                  "the side is '" + std::string(side) + "'; use 'left' or 'right'", where);
  array a = as_array(x);
  detail::checked(rules::searchsorted_shape(a.shape(), {}), "searchsorted", where);
  if (detail::access::raw(sorter)) {
    if (!(sorter.shape() == a.shape()))
      detail::raise(rules::error_kind::shape, "searchsorted",
                    "the sorter has shape " + to_string(sorter.shape()) +
                        " and the array has shape " + to_string(a.shape()) +
                        "; give one position for each element",
                    where);
    detail::checked(rules::index_dtype(sorter.dtype(), 0), "searchsorted", where);
    a = detail::gathered_at(a, std::vector{sorter}, {0}, where);
  }
  array values =
      v.is_scalar() && v.value().kind != scalar::category::floating && !rules::is_float(a.dtype())
          ? array(v.value(), where)
          : as_array(v);
  return detail::record("nd.searchsorted", {&a, &values}, {{"right", side == "right"}}, where);
}

array sort(const operand &a, std::optional<int64_t> axis, const sort_options &) {
  return along("nd.sort", "sort", a, axis);
}
array argsort(const operand &a, std::optional<int64_t> axis, const sort_options &) {
  return along("nd.argsort", "argsort", a, axis);
}

array repeat(const operand &x, const operand &repeats, std::optional<int64_t> axis) {
  const site &where = x.is_scalar() ? repeats.where() : x.where();
  array a = as_array(x);
  if (!axis || a.ndim() == 0)
    a = flat(a, where);
  int64_t at = detail::axis_of(axis.value_or(0), a.ndim(), "repeat", where);
  extents s = a.shape();
  if (repeats.is_scalar()) {
    int64_t times = repeats.value().integer;
    if (repeats.value().kind == scalar::category::floating)
      detail::raise(rules::error_kind::dtype, "repeat",
                    "the number of repetitions is a float; use an integer", where);
    if (times < 0)
      detail::raise(rules::error_kind::value, "repeat",
                    "the number of repetitions is " + std::to_string(times) +
                        "; it must be 0 or more",
                    where);
    // Known without a look at elements: a stretched axis that is merged.
    extents wide = s;
    wide.insert(wide.begin() + at + 1, 1);
    array stretched = detail::reshaped(a, wide, where);
    wide[size_t(at) + 1] = times;
    detail::element_count(wide, "repeat", where);
    s[size_t(at)] *= times;
    return detail::reshaped(detail::stretched(stretched, wide, "repeat", where), s, where);
  }
  array counts = as_array(repeats);
  if (!rules::is_integer(counts.dtype()) && !rules::is_bool(counts.dtype()))
    detail::raise(rules::error_kind::dtype, "repeat",
                  "the numbers of repetitions are " + std::string(rules::name(counts.dtype())) +
                      "; use integers",
                  where);
  counts = detail::converted(counts, int64, where);
  if (counts.size() == 1 && counts.ndim() <= 1)
    counts =
        detail::stretched(detail::reshaped(counts, {1}, where), {s[size_t(at)]}, "repeat", where);
  detail::checked(rules::repeat_shape(s, counts.shape(), at, 0), "repeat", where);
  array least = maximum(on(counts, where), operand(0, where)); // the call says which is negative
  array total =
      detail::record("nd.sum", {&least}, {{"axes", extents{0}}, {"keepdims", false}}, where);
  s[size_t(at)] = detail::run_time_extent(total, "repeat", where);
  return detail::record_as("nd.repeat", {&a, &counts}, {{"axis", at}}, a.dtype(), s, where);
}

array unique(const operand &x, const unique_options &options) {
  const site &where = x.where();
  array a = flat(as_array(x), where);
  groups g(sort(on(a, where)), options.equal_nan, where);
  return compressed(g.starts, g.sorted, detail::count_of(g.starts, "unique", where), where);
}

array unique_values(const operand &x) { return unique(x, {.equal_nan = false}); }

unique_all_result unique_all(const operand &x) {
  const site &where = x.where();
  array whole = as_array(x), a = flat(whole, where);
  const int64_t n = a.size();
  array order = argsort(on(a, where));
  groups g(detail::gathered_at(a, std::vector{order}, {0}, where), false, where);
  int64_t count = detail::count_of(g.starts, "unique", where);
  array starts = detail::record_as("nd.flatnonzero", {&g.starts}, {}, int64, {count}, where);
  // An element's group is the number of starts up to it, less one.
  array place = detail::positions({n}, 0, int64, where);
  array behind = detail::record("nd.searchsorted", {&starts, &place}, {{"right", true}}, where);
  array group = subtract(on(behind, where), operand(1, where));
  array nowhere = detail::record_full(0, int64, {n}, where);
  array inverse = detail::scattered_at(nowhere, std::vector{order}, {0}, group,
                                       detail::scatter_mode::set, where);
  // A group ends where the next one starts, the last with the array.
  array counts = starts;
  if (n > 0) {
    std::vector<array> ends = {starts, detail::reshaped(detail::counted({n}, where), {1}, where)};
    array bounds = detail::joined(ends, 0, where);
    counts =
        subtract(on(detail::sliced_along(bounds, 0, 1, count, 1, where), where), on(starts, where));
  }
  return {compressed(g.starts, g.sorted, count, where), compressed(g.starts, order, count, where),
          detail::reshaped(inverse, whole.shape(), where), counts};
}

unique_counts_result unique_counts(const operand &x) {
  unique_all_result all = unique_all(x);
  return {all.values, all.counts};
}

unique_inverse_result unique_inverse(const operand &x) {
  unique_all_result all = unique_all(x);
  return {all.values, all.inverse_indices};
}

} // namespace nd
