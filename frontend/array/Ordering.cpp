// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sorting, searching in what is sorted, and repetition.
#include "frontend/array/Compose.h"
#include "ir/rules/extent.h"
#include "nd/manipulation.h"
#include "nd/selection.h"
#include "nd/ufuncs.h"

namespace nd {
namespace {

using detail::as_array;
using detail::extents;
using detail::flat;

operand on(const array &a, const site &where) { return operand(a, where); }

/// The order of axes with \p axis last, and the way back.
extents last_axis(int64_t ndim, int64_t axis) {
  extents order;
  for (int64_t i = 0; i < ndim; ++i)
    if (i != axis)
      order.push_back(i);
  order.push_back(axis);
  return order;
}
extents from_last(int64_t ndim, int64_t axis) {
  extents order;
  for (int64_t i = 0; i < ndim; ++i)
    order.push_back(i < axis ? i : i == axis ? ndim - 1 : i - 1);
  return order;
}

/// What \p order makes of the last axis, along any: the library orders along the last one.
template <class Order>
array along(const char *what, const operand &x, std::optional<int64_t> axis, Order order) {
  const site &where = x.where();
  array a = as_array(x);
  if (!axis)
    return order(flat(a, where));
  detail::checked(rules::sort_shape(a.shape()), what, where);
  const int64_t at = detail::axis_of(*axis, a.ndim(), what, where);
  array turned = detail::permuted(a, last_axis(a.ndim(), at), where);
  return detail::rearranged(order(turned), from_last(a.ndim(), at), where);
}

array sorted(const char *op, const char *what, const operand &x, std::optional<int64_t> axis,
             const sort_options &options) {
  const site &where = x.where();
  for (std::string_view kind : {"stable", "quicksort", "mergesort", "heapsort", "radixsort"})
    if (options.kind == kind)
      return along(what, x, axis, [&](const array &a) {
        if (!options.descending)
          return detail::record(op, detail::arrays{&a}, {}, where);
        // Backwards twice, so that equals keep their order.
        array back = flip(on(a, where), -1);
        array out = flip(on(detail::record(op, detail::arrays{&back}, {}, where), where), -1);
        if (std::string_view(what) == "sort")
          return out;
        array last =
            subtract(on(detail::counted({a.shape().back()}, where), where), operand(1, where));
        return subtract(on(last, where), on(out, where));
      });
  detail::raise(rules::error_kind::value, what,
                "the kind is '" + std::string(options.kind) +
                    "'; use 'stable', 'quicksort', 'mergesort' or 'heapsort'",
                where);
}

array partitioned(const char *op, const char *what, const operand &x, const axes &kth,
                  std::optional<int64_t> axis) {
  const site &where = x.where();
  if (!kth.given() || kth.list().empty())
    detail::raise(rules::error_kind::value, what,
                  "there is no position to partition at; give one or several", where);
  return along(what, x, axis, [&](const array &a) {
    const int64_t n = a.shape().back();
    std::vector<int64_t> at = kth.list();
    for (int64_t k : at)
      if (!rules::is_run_time(n) && (k < -n || k >= n))
        detail::raise(rules::error_kind::value, what,
                      "kth " + std::to_string(k) + " is out of bounds for an axis of size " +
                          std::to_string(n),
                      where);
    array positions =
        at.size() == 1 ? detail::record_full(at[0], int64, {1}, where) : array(at, where);
    return detail::record(op, detail::arrays{&a, &positions}, {}, where);
  });
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

array sort(const operand &a, std::optional<int64_t> axis, const sort_options &options) {
  return sorted("nd.sort", "sort", a, axis, options);
}
array argsort(const operand &a, std::optional<int64_t> axis, const sort_options &options) {
  return sorted("nd.argsort", "argsort", a, axis, options);
}

array partition(const operand &a, const axes &kth, std::optional<int64_t> axis) {
  return partitioned("nd.partition", "partition", a, kth, axis);
}
array argpartition(const operand &a, const axes &kth, std::optional<int64_t> axis) {
  return partitioned("nd.argpartition", "argpartition", a, kth, axis);
}

array lexsort(const array_list &keys, int64_t axis) {
  const site &where = keys.where();
  std::vector<array> list = detail::arrays_of(keys);
  if (list.empty())
    detail::raise(rules::error_kind::value, "lexsort", "there are no keys; give at least one",
                  where);
  bool alike = true;
  for (size_t i = 1; i < list.size(); ++i) {
    alike &= list[i].dtype() == list[0].dtype();
    if (!(list[i].shape() == list[0].shape()))
      detail::raise(rules::error_kind::shape, "lexsort",
                    "key 0 has shape " + to_string(list[0].shape()) + " and key " +
                        std::to_string(i) + " has shape " + to_string(list[i].shape()) +
                        "; all must have the same shape",
                    where);
  }
  if (list[0].ndim() == 0)
    return detail::record_full(0, int64, {}, where);
  const int64_t ndim = list[0].ndim(), at = detail::axis_of(axis, ndim, "lexsort", where);
  for (array &key : list)
    key = detail::permuted(key, last_axis(ndim, at), where);
  array order;
  if (alike) {
    extents s = list[0].shape();
    s.insert(s.begin(), 1);
    for (array &key : list)
      key = detail::reshaped(key, s, where);
    array all = list.size() == 1 ? list[0] : detail::joined(list, 0, where);
    order = detail::record("nd.lexsort", {&all}, {}, where);
  } else { // a stable sort for each key, the last one last
    for (const array &key : list) {
      if (!detail::access::raw(order)) {
        order = detail::record("nd.argsort", {&key}, {}, where);
        continue;
      }
      array before = take_along_axis(on(key, where), on(order, where));
      array next = detail::record("nd.argsort", {&before}, {}, where);
      order = take_along_axis(on(order, where), on(next, where));
    }
  }
  return detail::rearranged(order, from_last(ndim, at), where);
}

array lexsort(const array &keys, int64_t axis, site where) {
  if (keys.ndim() == 0 || keys.shape()[0] == 0)
    detail::raise(rules::error_kind::value, "lexsort",
                  "the keys have shape " + to_string(keys.shape()) +
                      "; give at least one along the first axis",
                  where);
  if (keys.ndim() == 1)
    return detail::record_full(0, int64, {}, where);
  const int64_t ndim = keys.ndim() - 1, at = detail::axis_of(axis, ndim, "lexsort", where);
  array turned = detail::permuted(keys, last_axis(keys.ndim(), at + 1), where);
  return detail::rearranged(detail::record("nd.lexsort", {&turned}, {}, where), from_last(ndim, at),
                            where);
}

array sort_complex(const operand &x) {
  const site &where = x.where();
  array a = sort(x);
  const dtype type = a.dtype();
  if (rules::is_complex(type))
    return a;
  const bool narrow = rules::is_integer(type) && rules::itemsize(type) <= 2;
  return detail::converted(a, narrow ? complex64 : complex128, where);
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
    s[size_t(at)] = detail::extent_product({s[size_t(at)], times}, "repeat", where);
    // Over an axis of one element the merged axis is still a view, and a view of x.
    stretched = detail::stretched(stretched, wide, "repeat", where);
    return detail::copied(detail::reshaped(stretched, s, where), where);
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
  if (counts.ndim() == 1)
    counts = detail::agreeing(counts, {s[size_t(at)]}, "repeat", where);
  detail::checked(rules::repeat_shape(s, counts.shape(), at, 0), "repeat", where);
  // The call says which is negative. Their sum stays an integer, however large they are.
  const int64_t most = INT64_MAX / std::max<int64_t>(1, s[size_t(at)]);
  array least = maximum(on(counts, where), operand(0, where));
  least = minimum(on(least, where), operand(most, where));
  array total =
      detail::record("nd.sum", {&least}, {{"axes", extents{0}}, {"keepdims", false}}, where);
  s[size_t(at)] = detail::run_time_extent(total, "repeat", where);
  return detail::record_as("nd.repeat", {&a, &counts}, {{"axis", at}}, a.dtype(), s, where);
}

} // namespace nd
