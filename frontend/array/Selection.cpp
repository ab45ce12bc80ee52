// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements by position or by a mask: functions.
#include "nd/selection.h"

#include "frontend/array/Compose.h"
#include "frontend/array/Known.h"
#include "ir/rules/broadcast.h"
#include "nd/manipulation.h"
#include "nd/ufuncs.h"

#include <algorithm>

namespace nd {
namespace {

using detail::as_array;
using detail::extents;
using detail::scatter_mode;

/// A function's name and its caller's line, for what it is made of.
struct caller {
  const char *what;
  const site &where;

  operand on(const array &a) const { return operand(a, where); }
  [[noreturn]] void raise(rules::error_kind kind, const std::string &text) const {
    detail::raise(kind, what, text, where);
  }
  array flat(const array &a) const { return detail::flat(a, where); }
  array number(int64_t value) const {
    return detail::record_full(value, dtype_kind::int64, {}, where);
  }
  /// As an array of positions; braces of nothing are one.
  array positions(const operand &x) const {
    array a = as_array(x);
    if (a.size() == 0 && a.dtype() == float64)
      return detail::converted(a, int64, where);
    detail::checked(rules::index_dtype(a.dtype(), 0), what, where);
    return detail::converted(a, int64, where);
  }
  /// Positions within \p extent as the mode has it.
  array within(const array &p, int64_t extent, std::string_view mode) const {
    if (mode == "raise")
      return p;
    if (mode == "wrap")
      return remainder(on(p), on(number(extent)));
    if (mode == "clip")
      return minimum(on(maximum(on(p), on(number(0)))),
                     on(number(std::max<int64_t>(extent, 1) - 1)));
    raise(rules::error_kind::value,
          "the mode is '" + std::string(mode) + "'; use 'raise', 'wrap' or 'clip'");
  }
  /// The elements of a 1-D array over and over, \p count of them.
  array cycled(const array &v, int64_t count) const {
    if (v.size() == count)
      return v;
    if (v.size() == 1)
      return detail::stretched(v, {count}, what, where);
    array i = detail::positions({count}, 0, dtype_kind::int64, where);
    return detail::gathered_at(v, std::vector{remainder(on(i), on(number(v.size())))}, {0}, where);
  }
  array put_in(const array &a, const array &value) const { return value_in(a, on(value)); }
  array value_in(const array &a, const operand &value) const {
    return detail::value_in(a, value, what);
  }
  void write(const array &a, const array &value) const { detail::write(a, value, what, where); }
};

/// All axes of a shape.
extents every_axis(size_t ndim) {
  extents out;
  for (size_t i = 0; i < ndim; ++i)
    out.push_back(int64_t(i));
  return out;
}

/// Index arrays of take_along_axis: the given one along its axis, the position itself along all
/// others.
std::vector<array> along_axis(const array &a, const array &positions, int64_t axis, caller c) {
  if (a.ndim() != positions.ndim())
    c.raise(rules::error_kind::shape,
            "the array has shape " + to_string(a.shape()) + " and the indices have shape " +
                to_string(positions.shape()) + "; both need the same number of dimensions");
  std::vector<array> out;
  std::vector<extents> shapes;
  for (int64_t i = 0; i < a.ndim(); ++i) {
    extents own(size_t(a.ndim()), 1);
    own[size_t(i)] = a.shape()[size_t(i)];
    out.push_back(i == axis ? positions : detail::positions(own, i, dtype_kind::int64, c.where));
    shapes.push_back(out.back().shape());
  }
  detail::checked(rules::broadcast_indices(shapes), c.what, c.where);
  return out;
}

} // namespace

std::vector<array> nonzero(const operand &x) {
  array a = as_array(x);
  if (a.ndim() == 0)
    detail::raise(rules::error_kind::value, "nonzero",
                  "a 0-d array has no axes to name positions on; use reshape(1)", x.where());
  return detail::true_positions(a, "nonzero", x.where());
}

std::vector<array> where(const operand &condition) { return nonzero(condition); }

array flatnonzero(const operand &a) {
  return detail::true_positions(detail::flat(as_array(a), a.where()), "flatnonzero", a.where())[0];
}

array argwhere(const operand &x) {
  array a = as_array(x);
  const site &where = x.where();
  if (a.ndim() == 0) {
    array mask = detail::converted(a, bool_, where);
    int64_t count = detail::count_of(mask, "argwhere", where);
    return detail::record_full(0, dtype_kind::int64, {count, 0}, where);
  }
  std::vector<array> columns = detail::true_positions(a, "argwhere", where);
  for (array &column : columns)
    column = detail::reshaped(column, {column.size(), 1}, where);
  return columns.size() == 1 ? columns[0] : detail::joined(columns, 1, where);
}

array take(const operand &x, const operand &indices, std::optional<int64_t> axis,
           const mode_options &options) {
  caller c{"take", x.is_scalar() ? indices.where() : x.where()};
  array a = as_array(x);
  if (!axis || a.ndim() == 0)
    a = c.flat(a);
  int64_t at = detail::axis_of(axis.value_or(0), a.ndim(), c.what, c.where);
  array p = c.within(c.positions(indices), a.shape()[size_t(at)], options.mode);
  return detail::taken_along(a, at, p, c.where);
}

array take(const operand &a, const operand &indices, const mode_options &options) {
  return take(a, indices, std::nullopt, options);
}

void put(const array &a, const operand &ind, const operand &v, const mode_options &options) {
  caller c{"put", ind.where()};
  array p = c.flat(c.within(c.positions(ind), a.size(), options.mode));
  array value = c.value_in(a, v);
  if (value.size() == 0 || p.size() == 0)
    return;
  value = value.ndim() == 0 ? value : c.cycled(c.flat(value), p.size());
  if (value.size() > p.size())
    value = detail::sliced_along(value, 0, 0, p.size(), 1, c.where);
  array flat =
      detail::scattered_at(c.flat(a), std::vector{p}, {0}, value, scatter_mode::set, c.where);
  c.write(a, detail::reshaped(flat, a.shape(), c.where));
}

array take_along_axis(const operand &x, const operand &indices, std::optional<int64_t> axis) {
  caller c{"take_along_axis", x.where()};
  array a = as_array(x), p = c.positions(indices);
  if (!axis) {
    a = c.flat(a);
    p = p.ndim() == 1 ? p : c.flat(p);
  }
  int64_t at = detail::axis_of(axis.value_or(0), a.ndim(), c.what, c.where);
  return detail::gathered_at(a, along_axis(a, p, at, c), every_axis(size_t(a.ndim())), c.where);
}

void put_along_axis(const array &arr, const operand &indices, const operand &values,
                    std::optional<int64_t> axis) {
  caller c{"put_along_axis", indices.where()};
  array a = axis ? arr : c.flat(arr), p = c.positions(indices);
  if (!axis && p.ndim() != 1)
    p = c.flat(p);
  int64_t at = detail::axis_of(axis.value_or(0), a.ndim(), c.what, c.where);
  array changed = detail::scattered_at(a, along_axis(a, p, at, c), every_axis(size_t(a.ndim())),
                                       c.value_in(a, values), scatter_mode::set, c.where);
  c.write(arr, detail::reshaped(changed, arr.shape(), c.where));
}

array choose(const operand &x, const array_list &choices, const mode_options &options) {
  caller c{"choose", x.where()};
  std::vector<array> parts = detail::arrays_of(choices);
  if (parts.empty())
    c.raise(rules::error_kind::value, "there are no choices; give at least one array");
  int64_t count = int64_t(parts.size());
  array p = c.positions(x);
  if (options.mode == "raise") // no position counts from the end
    p = nd::where(c.on(less(c.on(p), c.on(c.number(0)))),
                  c.on(subtract(c.on(p), c.on(c.number(count)))), c.on(p));
  p = c.within(p, count, options.mode);
  std::vector<extents> shapes = {p.shape()};
  for (const array &part : parts)
    shapes.push_back(part.shape());
  extents common = detail::checked(rules::broadcast(shapes), c.what, c.where);
  extents row = common;
  row.insert(row.begin(), 1);
  std::vector<array> rows;
  for (const array &part : parts)
    rows.push_back(
        detail::reshaped(detail::stretched(part, common, c.what, c.where), row, c.where));
  array table = detail::joined(rows, 0, c.where);
  std::vector<array> at = {
      detail::reshaped(detail::stretched(p, common, c.what, c.where), row, c.where)};
  for (size_t axis = 0; axis < common.size(); ++axis) {
    extents own(row.size(), 1);
    own[axis + 1] = common[axis];
    at.push_back(detail::positions(own, int64_t(axis) + 1, dtype_kind::int64, c.where));
  }
  return detail::reshaped(detail::gathered_at(table, at, every_axis(row.size()), c.where), common,
                          c.where);
}

array compress(const operand &condition, const operand &x, std::optional<int64_t> axis) {
  caller c{"compress", x.is_scalar() ? condition.where() : x.where()};
  array a = as_array(x), mask = as_array(condition);
  if (mask.ndim() != 1)
    c.raise(rules::error_kind::shape, "the condition has shape " + to_string(mask.shape()) +
                                          "; it must be 1-D, use extract or a[mask]");
  if (!axis || a.ndim() == 0)
    a = c.flat(a);
  int64_t at = detail::axis_of(axis.value_or(0), a.ndim(), c.what, c.where);
  mask = detail::converted(mask, bool_, c.where);
  if (at != 0 || mask.size() != a.shape()[0])
    return detail::taken_along(a, at, detail::true_positions(mask, c.what, c.where)[0], c.where);
  int64_t count = detail::count_of(mask, c.what, c.where);
  extents out = a.shape();
  out[0] = count;
  return detail::record_as("nd.compress", {&mask, &a}, {}, a.dtype(), out, c.where);
}

array extract(const operand &condition, const operand &arr) {
  array mask = as_array(condition);
  return compress(operand(detail::flat(mask, arr.where()), arr.where()), arr);
}

void place(const array &arr, const operand &mask, const operand &vals) {
  caller c{"place", mask.where()};
  array where = as_array(mask);
  if (where.size() != arr.size())
    c.raise(rules::error_kind::shape, "the array has shape " + to_string(arr.shape()) +
                                          " and the mask has shape " + to_string(where.shape()) +
                                          "; give a mask with as many elements");
  array positions = detail::true_positions(c.flat(where), c.what, c.where)[0];
  array values = c.flat(c.value_in(arr, vals));
  if (positions.size() == 0)
    return;
  if (values.size() == 0)
    c.raise(rules::error_kind::value, "there are no values to place; give at least one");
  values = c.cycled(values, positions.size());
  if (values.size() > positions.size())
    values = detail::sliced_along(values, 0, 0, positions.size(), 1, c.where);
  array flat = detail::scattered_at(c.flat(arr), std::vector{positions}, {0}, values,
                                    scatter_mode::set, c.where);
  c.write(arr, detail::reshaped(flat, arr.shape(), c.where));
}

void putmask(const array &a, const operand &mask, const operand &values) {
  caller c{"putmask", mask.where()};
  array where = as_array(mask);
  if (where.size() != a.size())
    c.raise(rules::error_kind::shape, "the array has shape " + to_string(a.shape()) +
                                          " and the mask has shape " + to_string(where.shape()) +
                                          "; give a mask with as many elements");
  array value = c.value_in(a, values);
  if (value.size() == 0 || a.size() == 0)
    return;
  value = c.flat(value);
  if (value.size() > a.size())
    value = detail::sliced_along(value, 0, 0, a.size(), 1, c.where);
  array put = detail::reshaped(c.cycled(value, a.size()), a.shape(), c.where);
  where = detail::reshaped(detail::converted(where, bool_, c.where), a.shape(), c.where);
  c.write(a, nd::where(c.on(where), c.on(put), c.on(a)));
}

namespace {

int kind_rank(dtype_kind k) {
  return rules::is_bool(k) ? 0 : rules::is_unsigned(k) ? 1 : rules::is_signed(k) ? 2 : 3;
}

/// ufunc.at: the dtype stays, as NumPy's casting='same_kind' has it.
void update(const char *what, const array &a, const index_list &list, const operand &b,
            scatter_mode mode) {
  caller c{what, b.where()};
  dtype_kind type = b.is_scalar() ? rules::promote_weak(a.dtype(), detail::weak_kind_of(b.value()))
                                  : rules::promote(a.dtype(), b.node()->dtype);
  if (kind_rank(type) > kind_rank(a.dtype()))
    c.raise(rules::error_kind::dtype,
            "the result is " + std::string(rules::name(type)) + " and does not fit in place into " +
                std::string(rules::name(a.dtype())) + "; cast the array with astype");
  detail::checked(rules::parse_scatter_mode(rules::name(mode), a.dtype()), what, c.where);
  std::vector<const index *> items;
  for (const index &i : list.items())
    items.push_back(&i);
  c.write(a, detail::scattered(a, items, b, mode, c.where));
}

} // namespace

void add_at(const array &a, const index_list &indices, const operand &b) {
  update("add_at", a, indices, b, scatter_mode::add);
}
void subtract_at(const array &a, const index_list &indices, const operand &b) {
  update("subtract_at", a, indices, b, scatter_mode::subtract);
}
void multiply_at(const array &a, const index_list &indices, const operand &b) {
  update("multiply_at", a, indices, b, scatter_mode::multiply);
}
void divide_at(const array &a, const index_list &indices, const operand &b) {
  update("divide_at", a, indices, b, scatter_mode::divide);
}
void minimum_at(const array &a, const index_list &indices, const operand &b) {
  update("minimum_at", a, indices, b, scatter_mode::minimum);
}
void maximum_at(const array &a, const index_list &indices, const operand &b) {
  update("maximum_at", a, indices, b, scatter_mode::maximum);
}

} // namespace nd
