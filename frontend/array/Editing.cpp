// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays made longer and shorter.
#include "nd/editing.h"

#include "frontend/array/Known.h"
#include "nd/manipulation.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

#include <algorithm>

namespace nd {

using detail::as_array;
using detail::extents;

places::places(std::initializer_list<nested> list, site where)
    : list_(list, where), where_(where) {}

namespace {

/// A function's name and its caller's line, for what it is made of.
struct caller {
  const char *what;
  const site &where;

  operand on(const array &a) const { return operand(a, where); }
  [[noreturn]] void raise(rules::error_kind kind, const std::string &text) const {
    detail::raise(kind, what, text, where);
  }
  array part(const array &a, int64_t axis, int64_t first, int64_t count) const {
    return detail::sliced_along(a, size_t(axis), count ? first : 0, count, 1, where);
  }
  int64_t sum(int64_t a, int64_t b) const { return detail::extent_sum(a, b, what, where); }
  int64_t rest(int64_t whole, int64_t part) const {
    return detail::extent_rest(whole, part, what, where);
  }
  array iota(int64_t n) const { return detail::positions({n}, 0, int64, where); }
};

/// The array and the axis that a function works along: flattened without one.
struct lane {
  array a;
  int64_t axis, n;

  lane(const operand &x, std::optional<int64_t> axis_or_flat, caller c) : a(as_array(x)) {
    if (!axis_or_flat) {
      a = detail::flat(a, c.where);
      axis_or_flat = 0;
    }
    axis = detail::axis_of(*axis_or_flat, a.ndim(), c.what, c.where);
    n = a.shape()[size_t(axis)];
  }
  bool open() const { return rules::is_run_time(n); }
};

int64_t single(int64_t at, int64_t n, bool end_too, const lane &l, caller c) {
  if (l.open())
    return detail::position_at_run_time(at, n, c.where, end_too);
  if (at < -n || at >= n + end_too)
    c.raise(rules::error_kind::index, "index " + std::to_string(at) +
                                          " is out of bounds for axis " + std::to_string(l.axis) +
                                          " with size " + std::to_string(n));
  return at < 0 ? at + n : at;
}

/// start, start + step, ... of a slice.
rules::slice_bounds bounds(const slice &s, int64_t n, caller c) {
  if (rules::is_run_time(n))
    return detail::bounds_at_run_time(s, n, c.where);
  return detail::checked(rules::normalise(s.start, s.stop, s.step, n), c.what, c.where);
}

/// The places as int64 positions along an axis of \p n; of a mask, where it holds.
array listed(const places &obj, int64_t n, caller c) {
  if (const auto &range = obj.range()) {
    rules::slice_bounds b = bounds(*range, n, c);
    array steps = multiply(c.on(c.iota(b.size)), operand(b.stride, c.where));
    array first = detail::counted({b.offset}, c.where);
    return add(c.on(steps), c.on(first));
  }
  array p = obj.list();
  if (p.dtype() == bool_) {
    if (p.ndim() != 1)
      c.raise(rules::error_kind::value,
              "the mask has shape " + to_string(p.shape()) + "; it must be 1-D");
    return detail::true_positions(p, c.what, c.where)[0];
  }
  if (p.size() == 0 && p.dtype() == float64)
    p = detail::converted(p, int64, c.where);
  detail::checked(rules::index_dtype(p.dtype(), 0), c.what, c.where);
  return detail::converted(p, int64, c.where);
}

/// Values cast to the dtype of \p a.
array cast_for(const array &a, const operand &values, caller c) {
  return detail::value_in(a, values, c.what);
}

/// \p v with leading axes of extent 1, up to the number of axes of \p a.
array as_deep(const array &v, int64_t ndim, const site &where) {
  extents s = v.shape();
  if (int64_t(s.size()) >= ndim)
    return v;
  s.insert(s.begin(), size_t(ndim) - s.size(), 1);
  return detail::reshaped(v, s, where);
}

} // namespace

array insert(const operand &arr, const places &obj, const operand &values,
             std::optional<int64_t> axis) {
  caller c{"insert", arr.is_scalar() ? obj.where() : arr.where()};
  lane l(arr, axis, c);
  array v = as_deep(cast_for(l.a, values, c), l.a.ndim(), c.where);
  extents s = l.a.shape();

  std::optional<int64_t> at = obj.at();
  bool whole = at.has_value(); // of a single integer the values are what is inserted
  if (!at && !obj.range()) {
    // An array of one position is one position, if it can be read.
    const array &list = obj.list();
    if (list.size() == 1 && list.dtype() != bool_ && !detail::access::get(list).traced) {
      at = listed(obj, l.n, c).item<int64_t>(c.where);
      whole = list.ndim() == 0;
    }
  }
  if (!at && obj.range() && !l.open() && bounds(*obj.range(), l.n, c).size == 1)
    at = bounds(*obj.range(), l.n, c).offset;
  if (at) {
    const int64_t place = single(*at, l.n, true, l, c);
    if (whole) {
      // The first axis of the values is the inserted one.
      extents order = detail::back_axis(v.ndim(), l.axis);
      if (v.ndim() == l.a.ndim())
        v = detail::permuted(v, order, c.where);
    }
    const int64_t count = v.ndim() > l.axis ? v.shape()[size_t(l.axis)] : 1;
    s[size_t(l.axis)] = count;
    v = detail::stretched(v, s, c.what, c.where);
    array parts[] = {c.part(l.a, l.axis, 0, place), v,
                     c.part(l.a, l.axis, place, c.rest(l.n, place))};
    return detail::joined(parts, l.axis, c.where);
  }

  array p = listed(obj, l.n, c);
  if (p.ndim() != 1)
    c.raise(rules::error_kind::value,
            "the places have shape " + to_string(p.shape()) + "; give an integer or a 1-D array");
  const int64_t count = p.shape()[0], total = c.sum(l.n, count);
  array n = detail::counted({l.n}, c.where);
  if (count == 0)
    return detail::copied(l.a, c.where);
  // Of several for one place the first comes first, and each moves those behind it.
  p = nd::where(c.on(less(c.on(p), operand(0, c.where))), c.on(add(c.on(p), c.on(n))), c.on(p));
  array order = detail::record("nd.argsort", {&p}, {}, c.where);
  array sorted = detail::gathered_at(p, std::array{order}, {0}, c.where);
  array ends = add(c.on(sorted), c.on(c.iota(count))); // where they will be, in order
  // From where each element of the result comes: the array, then the values.
  array here = detail::record_full(true, bool_, {total}, c.where),
        no = detail::record_full(false, bool_, {}, c.where);
  array old =
      detail::scattered_at(here, std::array{ends}, {0}, no, detail::scatter_mode::set, c.where);
  array places_left = detail::record_as("nd.flatnonzero", {&old}, {}, int64, {l.n}, c.where);
  array from = detail::record_as("nd.empty", {}, {}, int64, {total}, c.where);
  from = detail::scattered_at(from, std::array{places_left}, {0}, c.iota(l.n),
                              detail::scatter_mode::set, c.where);
  from = detail::scattered_at(from, std::array{ends}, {0}, add(c.on(order), c.on(n)),
                              detail::scatter_mode::set, c.where);
  s[size_t(l.axis)] = count;
  array both[] = {l.a, detail::stretched(v, s, c.what, c.where)};
  return detail::taken_along(detail::joined(both, l.axis, c.where), l.axis, from, c.where);
}

array delete_(const operand &arr, const places &obj, std::optional<int64_t> axis) {
  caller c{"delete_", arr.is_scalar() ? obj.where() : arr.where()};
  lane l(arr, axis, c);
  auto without = [&](int64_t first, int64_t count) {
    array parts[] = {c.part(l.a, l.axis, 0, first),
                     c.part(l.a, l.axis, c.sum(first, count), c.rest(c.rest(l.n, first), count))};
    return detail::joined(parts, l.axis, c.where);
  };
  // Where \p keep holds, \p count times.
  auto kept = [&](const array &keep, int64_t count) {
    array turned = detail::permuted(l.a, detail::first_axis(l.a.ndim(), l.axis), c.where);
    extents s = turned.shape();
    s[0] = count;
    array out = detail::record_as("nd.compress", {&keep, &turned}, {}, l.a.dtype(), s, c.where);
    return detail::permuted(out, detail::back_axis(l.a.ndim(), l.axis), c.where);
  };
  if (obj.at())
    return without(single(*obj.at(), l.n, false, l, c), 1);
  if (obj.range() && !l.open()) {
    rules::slice_bounds b = bounds(*obj.range(), l.n, c);
    if (b.size == 0)
      return detail::copied(l.a, c.where);
    const int64_t step = b.stride < 0 ? -b.stride : b.stride,
                  first = b.stride < 0 ? b.offset - (b.size - 1) * step : b.offset;
    if (step == 1)
      return without(first, b.size);
    array i = c.iota(l.n);
    array away = subtract(c.on(i), operand(first, c.where));
    array within = logical_and(c.on(greater_equal(c.on(away), operand(0, c.where))),
                               c.on(less_equal(c.on(away), operand((b.size - 1) * step, c.where))));
    array hit = equal(c.on(remainder(c.on(away), operand(step, c.where))), operand(0, c.where));
    return kept(logical_not(c.on(logical_and(c.on(within), c.on(hit)))), l.n - b.size);
  }
  array list = obj.range() ? listed(obj, l.n, c) : obj.list(), keep;
  if (list.dtype() == bool_) {
    if (list.ndim() == 1)
      list = detail::agreeing(list, {l.n}, c.what, c.where);
    if (list.ndim() != 1 || list.shape()[0] != l.n)
      c.raise(rules::error_kind::value, "the mask has shape " + to_string(list.shape()) +
                                            "; it must be (" + std::to_string(l.n) +
                                            ",), as long as the axis");
    keep = logical_not(c.on(list));
  } else {
    array p = obj.range() ? list : detail::flat(listed(obj, l.n, c), c.where);
    if (p.size() == 0)
      return detail::copied(l.a, c.where);
    keep = detail::scattered_at(detail::record_full(true, bool_, {l.n}, c.where), std::array{p},
                                {0}, detail::record_full(false, bool_, {}, c.where),
                                detail::scatter_mode::set, c.where);
  }
  return kept(keep, detail::count_of(keep, c.what, c.where));
}

array append(const operand &arr, const operand &values, std::optional<int64_t> axis) {
  caller c{"append", arr.is_scalar() ? values.where() : arr.where()};
  array a = as_array(arr), v = as_array(values);
  if (!axis) {
    array parts[] = {detail::flat(a, c.where), detail::flat(v, c.where)};
    return detail::joined(parts, 0, c.where);
  }
  const int64_t at = detail::axis_of(*axis, a.ndim(), c.what, c.where);
  array parts[] = {a, v};
  detail::checked(rules::concatenate_shape(std::vector<extents>{a.shape(), v.shape()}, at), c.what,
                  c.where);
  return detail::joined(parts, at, c.where);
}

array resize(const operand &x, const shape &new_shape) {
  caller c{"resize", x.where()};
  array a = detail::flat(as_array(x), c.where);
  const int64_t count = detail::element_count(new_shape, c.what, c.where), n = a.shape()[0];
  if (rules::is_run_time(n)) { // round and round; behind them a 0 for where there are none
    array parts[] = {a, detail::record_full(0, a.dtype(), {1}, c.where)};
    array order = c.iota(count), size = detail::counted({n}, c.where);
    array from = remainder(c.on(order), c.on(size));
    return detail::reshaped(
        detail::taken_along(detail::joined(parts, 0, c.where), 0, from, c.where), new_shape,
        c.where);
  }
  if (n == 0 || count == 0)
    return detail::record_full(0, a.dtype(), new_shape, c.where);
  detail::check_size(new_shape, a.dtype(), c.what, c.where);
  const int64_t times = (count - 1) / n + 1;
  if (times > 1) {
    array row = detail::reshaped(a, {1, n}, c.where);
    a = detail::reshaped(detail::stretched(row, {times, n}, c.what, c.where), {times * n}, c.where);
  }
  array first = detail::sliced_along(a, 0, 0, count, 1, c.where);
  return detail::reshaped(detail::copied(first, c.where), new_shape, c.where);
}

array trim_zeros(const operand &x, std::string_view trim, const axes &axis) {
  caller c{"trim_zeros", x.where()};
  array a = as_array(x);
  bool front = false, back = false, known = !trim.empty() && trim.size() <= 2;
  for (char t : trim) {
    known &=
        !(t == 'f' || t == 'F' ? front : back) && (t == 'f' || t == 'F' || t == 'b' || t == 'B');
    (t == 'f' || t == 'F' ? front : back) = true;
  }
  if (!known)
    c.raise(rules::error_kind::value, "trim is '" + std::string(trim) + "'; use 'f', 'b' or 'fb'");
  array holds = not_equal(c.on(a), operand(0, c.where)), out = a;
  bool run_time = false;
  for (int64_t i : detail::axes_of(axis, a.ndim(), c.what, c.where)) {
    const int64_t n = a.shape()[size_t(i)];
    if (n == 0)
      continue;
    extents others;
    for (int64_t k = 0; k < a.ndim(); ++k)
      if (k != i)
        others.push_back(k);
    array line = others.empty() ? holds : any(c.on(holds), axes(others));
    array place = detail::positions({n}, 0, int64, c.where), size = detail::counted({n}, c.where),
          nowhere = detail::record_full(0, int64, {}, c.where);
    // The first and the one behind the last that hold; both 0 if none does.
    array first = nd::min(c.on(nd::where(c.on(line), c.on(place), c.on(size)))),
          behind = nd::max(c.on(
              nd::where(c.on(line), c.on(add(c.on(place), operand(1, c.where))), c.on(nowhere))));
    array none = equal(c.on(behind), operand(0, c.where));
    array start = front ? nd::where(c.on(none), c.on(nowhere), c.on(first)) : nowhere;
    array stop = back ? behind : nd::where(c.on(none), c.on(nowhere), c.on(size));
    array count = subtract(c.on(stop), c.on(start));
    const int64_t from = front ? detail::run_time_extent(start, c.what, c.where) : 0,
                  extent = detail::run_time_extent(count, c.what, c.where);
    out = detail::sliced_along(out, size_t(i), extent ? from : 0, extent, 1, c.where);
    run_time |= rules::is_run_time(extent);
  }
  // A view whose extents are decided at run time has no place in an argument's memory.
  return run_time ? detail::copied(out, c.where) : out;
}

} // namespace nd
