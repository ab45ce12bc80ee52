// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products of several matrices, and the functions that the array API standard has under linalg too.
#include "frontend/array/Decompositions.h"
#include "frontend/array/Known.h"
#include "nd/calculus.h"
#include "nd/creation.h"
#include "nd/manipulation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nd::linalg {
namespace {

using detail::extents;

operand on(const array &a, const site &where) { return operand(a, where); }

/// The product of matrices i to j in the order that \p cut has found.
array multiplied(const std::vector<array> &list, const std::vector<std::vector<size_t>> &cut,
                 size_t i, size_t j, const site &where) {
  if (i == j)
    return list[i];
  array left = multiplied(list, cut, i, cut[i][j], where);
  array right = multiplied(list, cut, cut[i][j] + 1, j, where);
  return dot(on(left, where), on(right, where));
}

int64_t product(const int64_t *first, const int64_t *last) {
  return std::accumulate(first, last, int64_t(1), std::multiplies<>());
}

} // namespace

array matrix_power(const operand &x, int64_t n) {
  const site &where = x.where();
  array a = detail::as_array(x);
  detail::check_square(a, "linalg.matrix_power", where);
  if (n == 0) {
    array one = eye(a.shape().back(), {}, 0, a.dtype(), where);
    return detail::copied(detail::stretched(one, a.shape(), "linalg.matrix_power", where), where);
  }
  if (n < 0)
    a = inv(on(a, where));
  // The digits of n, the lowest first.
  array out, square = a;
  for (uint64_t digits = n < 0 ? uint64_t(0) - uint64_t(n) : uint64_t(n);;) {
    if (digits & 1)
      out = detail::given(out) ? matmul(on(out, where), on(square, where)) : square;
    digits >>= 1;
    if (!digits)
      return n == 1 ? detail::copied(out, where) : out;
    square = matmul(on(square, where), on(square, where));
  }
}

array multi_dot(const array_list &arrays) {
  const site &where = arrays.where();
  std::vector<array> list = detail::arrays_of(arrays);
  const size_t count = list.size();
  auto raise = [&](const std::string &text) {
    detail::raise(rules::error_kind::shape, "linalg.multi_dot", text, where);
  };
  if (count < 2)
    detail::raise(rules::error_kind::value, "linalg.multi_dot",
                  "there are " + std::to_string(count) + " arrays; give at least two", where);
  if (count == 2)
    return dot(on(list[0], where), on(list[1], where));
  const bool row = list[0].ndim() == 1, column = list.back().ndim() == 1;
  if (row)
    list[0] = detail::reshaped(list[0], {1, list[0].size()}, where);
  if (column)
    list.back() = detail::reshaped(list.back(), {list.back().size(), 1}, where);
  std::vector<double> sides;
  for (size_t i = 0; i < count; ++i) {
    if (list[i].ndim() != 2)
      raise("array " + std::to_string(i) + " has " + std::to_string(list[i].ndim()) +
            " dimensions; 2 are needed, or 1 of the first and the last");
    if (const int64_t left = i ? list[i - 1].shape()[1] : 0, right = list[i].shape()[0];
        i && left != right && !rules::is_run_time(left) && !rules::is_run_time(right))
      raise("arrays " + std::to_string(i - 1) + " and " + std::to_string(i) + " have shapes " +
            to_string(list[i - 1].shape()) + " and " + to_string(list[i].shape()) +
            ", whose inner axes are " + std::to_string(left) + " and " + std::to_string(right) +
            "; the two must be equal");
    sides.push_back(double(list[i].shape()[0]));
  }
  sides.push_back(double(list.back().shape()[1]));
  // Cormen et al., "Introduction to Algorithms", matrix-chain multiplication.
  std::vector<std::vector<double>> cost(count, std::vector<double>(count, 0));
  std::vector<std::vector<size_t>> cut(count, std::vector<size_t>(count, 0));
  for (size_t length = 1; length < count; ++length)
    for (size_t i = 0, j = length; j < count; ++i, ++j) {
      cost[i][j] = HUGE_VAL;
      for (size_t k = i; k < j; ++k) {
        const double here = cost[i][k] + cost[k + 1][j] + sides[i] * sides[k + 1] * sides[j + 1];
        if (here < cost[i][j]) {
          cost[i][j] = here;
          cut[i][j] = k;
        }
      }
    }
  array out = multiplied(list, cut, 0, count - 1, where);
  if (!row && !column)
    return out;
  extents s;
  if (!row)
    s.push_back(out.shape()[0]);
  if (!column)
    s.push_back(out.shape()[1]);
  return detail::reshaped(out, nd::shape(s), where);
}

array tensorsolve(const operand &x1, const operand &x2, const axes &axis) {
  const site &where = x1.where();
  array a = detail::as_array(x1), b = detail::as_array(x2);
  if (axis.given()) {
    extents order, last;
    for (int64_t i : axis.list())
      last.push_back(detail::axis_of(i, a.ndim(), "linalg.tensorsolve", where));
    for (int64_t i = 0; i < a.ndim(); ++i)
      if (std::find(last.begin(), last.end(), i) == last.end())
        order.push_back(i);
    order.insert(order.end(), last.begin(), last.end());
    a = detail::permuted(a, order, where);
  }
  const nd::shape &s = a.shape();
  const int64_t rows = product(b.shape().begin(), b.shape().end());
  if (s.size() < b.shape().size() || product(s.begin() + b.ndim(), s.end()) != rows ||
      a.size() != rows * rows)
    detail::raise(rules::error_kind::shape, "linalg.tensorsolve",
                  "shapes " + to_string(s) + " and " + to_string(b.shape()) +
                      " do not fit; the axes of the first behind as many as the second has must "
                      "hold as many elements as the second, " +
                      std::to_string(rows),
                  where);
  nd::shape out(extents(s.begin() + b.ndim(), s.end()));
  array x = solve(on(detail::reshaped(a, {rows, rows}, where), where),
                  on(detail::reshaped(b, {rows}, where), where));
  return detail::reshaped(x, out, where);
}

array tensorinv(const operand &x, int64_t ind) {
  const site &where = x.where();
  array a = detail::as_array(x);
  if (ind <= 0 || ind > a.ndim())
    detail::raise(rules::error_kind::value, "linalg.tensorinv",
                  "ind is " + std::to_string(ind) + " for an array of " + std::to_string(a.ndim()) +
                      " dimensions; it must be at least 1 and at most that",
                  where);
  const nd::shape &s = a.shape();
  const int64_t rows = product(s.begin(), s.begin() + ind);
  const int64_t columns = product(s.begin() + ind, s.end());
  if (rows != columns)
    detail::raise(rules::error_kind::shape, "linalg.tensorinv",
                  "shape " + to_string(s) + " has " + std::to_string(rows) +
                      " elements in the first " + std::to_string(ind) + " axes and " +
                      std::to_string(columns) + " in the others; they must be equal",
                  where);
  extents out(s.begin() + ind, s.end());
  out.insert(out.end(), s.begin(), s.begin() + ind);
  return detail::reshaped(inv(on(detail::reshaped(a, {rows, columns}, where), where)),
                          nd::shape(out), where);
}

array outer(const operand &x1, const operand &x2) {
  array a = detail::as_array(x1), b = detail::as_array(x2);
  if (a.ndim() != 1 || b.ndim() != 1)
    detail::raise(rules::error_kind::value, "linalg.outer",
                  "the operands have shapes " + to_string(a.shape()) + " and " +
                      to_string(b.shape()) + "; 1 dimension is needed, nd::outer takes any",
                  x1.where());
  return nd::outer(x1, x2);
}

array cross(const operand &x1, const operand &x2, int64_t axis) {
  const site &where = x1.where();
  array a = detail::as_array(x1), b = detail::as_array(x2);
  const int64_t first = detail::axis_of(axis, a.ndim(), "linalg.cross", where);
  const int64_t second = detail::axis_of(axis, b.ndim(), "linalg.cross", where);
  if (a.shape()[size_t(first)] != 3 || b.shape()[size_t(second)] != 3)
    detail::raise(rules::error_kind::value, "linalg.cross",
                  "the operands have shapes " + to_string(a.shape()) + " and " +
                      to_string(b.shape()) + "; axis " + std::to_string(axis) +
                      " must have 3 components",
                  where);
  return nd::cross(x1, x2, {.axis = axis});
}

array diagonal(const operand &x, int64_t offset) { return nd::diagonal(x, offset, -2, -1); }

array trace(const operand &x, int64_t offset, std::optional<dtype> type) {
  return nd::trace(x, offset, -2, -1, type);
}

} // namespace nd::linalg
