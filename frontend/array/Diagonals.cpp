// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Matrices that are made of diagonals, and the diagonals of matrices.
#include "frontend/array/Compose.h"
#include "nd/creation.h"
#include "nd/linalg.h"
#include "nd/manipulation.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

namespace nd {
namespace {

/// bool (n, m): whether row + k >= column, or == column.
array compared(int64_t n, int64_t m, int64_t k, bool only_equal, const site &where) {
  array row = detail::positions({n, 1}, 0, int64, where),
        column = detail::positions({1, m}, 1, int64, where);
  array moved = k ? add(operand(row, where), operand(k, where)) : row;
  return only_equal ? equal(operand(moved, where), operand(column, where))
                    : greater_equal(operand(moved, where), operand(column, where));
}

/// The last two extents of a matrix or a stack of them; a 1-D array is repeated as the rows of one.
std::pair<int64_t, int64_t> sides(const array &a, const char *what, const site &where) {
  const shape &s = a.shape();
  if (s.size() == 1)
    return {s[0], s[0]};
  if (s.size() < 2)
    detail::raise(rules::error_kind::shape, what,
                  "the array has shape " + to_string(s) + "; at least 1 dimension is needed",
                  where);
  return {s[s.size() - 2], s[s.size() - 1]};
}

} // namespace

array eye(int64_t n, std::optional<int64_t> m, int64_t k, dtype type, site where) {
  detail::element_count({n, m.value_or(n)}, "eye", where);
  return detail::converted(compared(n, m.value_or(n), k, true, where), type, where);
}

array identity(int64_t n, dtype type, site where) { return eye(n, n, 0, type, where); }

array tri(int64_t n, std::optional<int64_t> m, int64_t k, dtype type, site where) {
  detail::element_count({n, m.value_or(n)}, "tri", where);
  return detail::converted(compared(n, m.value_or(n), k, false, where), type, where);
}

array tril(const operand &x, int64_t k) {
  array a = detail::as_array(x);
  auto [n, m] = sides(a, "tril", x.where());
  return nd::where(operand(compared(n, m, k, false, x.where()), x.where()), operand(a, x.where()),
                   operand(zeros({}, a.dtype(), x.where()), x.where()));
}

array triu(const operand &x, int64_t k) {
  array a = detail::as_array(x);
  auto [n, m] = sides(a, "triu", x.where());
  return nd::where(operand(compared(n, m, k - 1, false, x.where()), x.where()),
                   operand(zeros({}, a.dtype(), x.where()), x.where()), operand(a, x.where()));
}

array diagonal(const operand &x, int64_t offset, int64_t axis1, int64_t axis2) {
  const site &where = x.where();
  array a = detail::as_array(x);
  const int64_t ndim = a.ndim();
  if (ndim < 2)
    detail::raise(rules::error_kind::shape, "diagonal",
                  "the array has shape " + to_string(a.shape()) +
                      "; at least 2 dimensions are needed",
                  where);
  axis1 = detail::axis_of(axis1, ndim, "diagonal", where);
  axis2 = detail::axis_of(axis2, ndim, "diagonal", where);
  if (axis1 == axis2)
    detail::raise(rules::error_kind::value, "diagonal",
                  "both axes are " + std::to_string(axis1) + "; give two different ones", where);
  detail::extents order = {axis1, axis2};
  for (int64_t i = 0; i < ndim; ++i)
    if (i != axis1 && i != axis2)
      order.push_back(i);
  a = detail::permuted(a, order, where);
  const int64_t n = a.shape()[0], m = a.shape()[1];
  shape out(a.shape().data() + 2, size_t(ndim - 2));
  out.push_back(
      std::max<int64_t>(0, offset >= 0 ? std::min(n, m - offset) : std::min(n + offset, m)));
  return detail::view(a, {detail::view_step::form::diagonal, out, {offset}}, where);
}

array diag(const operand &x, int64_t k) {
  const site &where = x.where();
  array v = detail::as_array(x);
  if (v.ndim() == 2)
    return diagonal(x, k);
  if (v.ndim() != 1)
    detail::raise(rules::error_kind::shape, "diag",
                  "the array has shape " + to_string(v.shape()) + "; 1 or 2 dimensions are needed",
                  where);
  const int64_t shift = k < 0 ? -std::max(k, -INT64_MAX) : k;
  const int64_t n = detail::extent_sum(v.size(), shift, "diag", where);
  if (shift) {
    array parts[] = {v, zeros({shift}, v.dtype(), where)};
    v = detail::joined(parts, 0, where);
  }
  array along = detail::reshaped(v, k >= 0 ? shape{n, 1} : shape{1, n}, where);
  return nd::where(operand(compared(n, n, k, true, where), where), operand(along, where),
                   operand(zeros({}, v.dtype(), where), where));
}

void fill_diagonal(const array &a, const operand &val) {
  const site &where = val.where();
  const shape &s = a.shape();
  if (s.size() < 2)
    detail::raise(rules::error_kind::shape, "fill_diagonal",
                  "the array has shape " + to_string(s) + "; at least 2 dimensions are needed",
                  where);
  for (size_t axis = 1; s.size() > 2 && axis < s.size(); ++axis)
    if (s[axis] != s[0])
      detail::raise(rules::error_kind::value, "fill_diagonal",
                    "the array has shape " + to_string(s) +
                        "; with more than 2 dimensions all must have the same size",
                    where);
  const int64_t n = std::min(s[0], s[1]);
  array i = detail::positions({n}, 0, int64, where);
  std::vector<array> at(s.size(), i);
  detail::extents axes;
  for (size_t axis = 0; axis < s.size(); ++axis)
    axes.push_back(int64_t(axis));
  array value = detail::value_in(a, val, "fill_diagonal");
  detail::write(a, detail::scattered_at(a, at, axes, value, detail::scatter_mode::set, where),
                "fill_diagonal", where);
}

array diagflat(const operand &v, int64_t k) {
  array a = detail::as_array(v);
  return diag(operand(detail::flat(a, v.where()), v.where()), k);
}

array trace(const operand &x, int64_t offset, int64_t axis1, int64_t axis2,
            std::optional<dtype> type) {
  if (array a = detail::as_array(x); a.ndim() < 2)
    detail::raise(rules::error_kind::shape, "trace",
                  "the array has shape " + to_string(a.shape()) +
                      "; at least 2 dimensions are needed",
                  x.where());
  return sum(operand(diagonal(x, offset, axis1, axis2), x.where()), -1, {.dtype = type});
}

array vander(const operand &x, std::optional<int64_t> n, bool increasing) {
  const site &where = x.where();
  array v = detail::as_array(x);
  if (v.ndim() != 1)
    detail::raise(rules::error_kind::shape, "vander",
                  "the array has shape " + to_string(v.shape()) + "; 1 dimension is needed", where);
  const dtype type = rules::promote(v.dtype(), int64);
  const int64_t columns = n.value_or(v.size());
  if (columns < 0)
    detail::raise(rules::error_kind::value, "vander",
                  "the number of columns is " + std::to_string(columns) + "; it must be 0 or more",
                  where);
  detail::check_size({v.size(), columns}, type, "vander", where);
  detail::expect_memory(columns, detail::bytes_of_array, "vander", where);
  v = detail::converted(detail::reshaped(v, {v.size(), 1}, where), type, where);
  std::vector<array> powers;
  for (int64_t i = 0; i < columns; ++i)
    powers.push_back(i ? multiply(operand(powers.back(), where), operand(v, where))
                       : ones(v.shape(), type, where));
  if (powers.empty())
    return zeros({v.size(), 0}, type, where);
  if (!increasing)
    powers = std::vector<array>(powers.rbegin(), powers.rend());
  return detail::joined(powers, 1, where);
}

} // namespace nd
