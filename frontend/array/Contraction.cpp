// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products that sum over axes, as matrix products or as fused multiplications and sums.
#include "nd/contraction.h"

#include "frontend/array/Known.h"
#include "nd/linalg.h"
#include "nd/manipulation.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

#include <algorithm>

namespace nd {

using detail::as_array;
using detail::extents;

namespace {

const site &place_of(const operand &x1, const operand &x2) {
  return x1.is_scalar() ? x2.where() : x1.where();
}

void need_axes(const array &a, int64_t least, const char *name, const char *what,
               const site &where) {
  if (a.ndim() < least)
    detail::raise(rules::error_kind::shape, what,
                  std::string("the ") + name + " operand has shape " + to_string(a.shape()) +
                      "; at least " + std::to_string(least) +
                      (least == 1 ? " dimension is" : " dimensions are") + " needed",
                  where);
}

void same_size(const array &a, int64_t at, const array &b, int64_t with, const char *what,
               const site &where) {
  const int64_t left = a.shape()[size_t(at)], right = b.shape()[size_t(with)];
  if (left != right)
    detail::raise(rules::error_kind::shape, what,
                  "shapes " + to_string(a.shape()) + " and " + to_string(b.shape()) + ": axis " +
                      std::to_string(at) + " of the first has size " + rules::extent_name(left) +
                      " and axis " + std::to_string(with) + " of the second size " +
                      rules::extent_name(right) + "; axes that are summed over must be equal",
                  where);
}

array conjugated(const array &a, const site &where) { return a.conj(where); }

} // namespace

array tensordot(const operand &x1, const operand &x2, const tensordot_axes &over) {
  const char *what = "tensordot";
  const site &where = place_of(x1, x2);
  array a = as_array(x1), b = as_array(x2);
  extents first, second;
  if (over.counted()) {
    const int64_t n = over.count();
    if (n < 0 || n > std::min(a.ndim(), b.ndim()))
      detail::raise(rules::error_kind::value, what,
                    "the sum goes over " + std::to_string(n) + " axes of shapes " +
                        to_string(a.shape()) + " and " + to_string(b.shape()) +
                        "; give a number that both have",
                    where);
    for (int64_t i = 0; i < n; ++i) {
      first.push_back(a.ndim() - n + i);
      second.push_back(i);
    }
  } else {
    auto listed = [&](const axes &list, const array &x) {
      extents out;
      for (int64_t axis : list.list()) {
        out.push_back(detail::axis_of(axis, x.ndim(), what, where));
        if (std::count(out.begin(), out.end(), out.back()) > 1)
          detail::raise(rules::error_kind::value, what,
                        "axis " + std::to_string(axis) + " is given twice; give each once", where);
      }
      return out;
    };
    first = listed(over.first(), a);
    second = listed(over.second(), b);
    if (first.size() != second.size())
      detail::raise(rules::error_kind::value, what,
                    std::to_string(first.size()) + " axes of the first operand and " +
                        std::to_string(second.size()) +
                        " of the second are given; give as many of each",
                    where);
  }
  for (size_t i = 0; i < first.size(); ++i)
    same_size(a, first[i], b, second[i], what, where);

  extents shape, rows, columns;
  auto others = [&](const array &x, const extents &inner, extents &sizes) {
    extents out;
    for (int64_t axis = 0; axis < x.ndim(); ++axis)
      if (std::find(inner.begin(), inner.end(), axis) == inner.end()) {
        out.push_back(axis);
        sizes.push_back(x.shape()[size_t(axis)]);
        shape.push_back(sizes.back());
      }
    return out;
  };
  extents left = others(a, first, rows), right = others(b, second, columns);
  left.insert(left.end(), first.begin(), first.end());
  right.insert(right.begin(), second.begin(), second.end());
  array turned = detail::permuted(a, left, where), other = detail::permuted(b, right, where);
  extents inner;
  for (int64_t axis : first)
    inner.push_back(a.shape()[size_t(axis)]);
  auto merged = [&](const extents &sizes) { return detail::extent_product(sizes, what, where); };
  const int64_t m = merged(rows), n = merged(columns), k = merged(inner);
  array x = detail::reshaped(turned, {m, k}, where), y = detail::reshaped(other, {k, n}, where);
  return detail::reshaped(detail::record("nd.matmul", {&x, &y}, {}, where), shape, where);
}

array kron(const operand &x1, const operand &x2) {
  const site &where = place_of(x1, x2);
  array a = as_array(x1), b = as_array(x2);
  extents left = a.shape(), right = b.shape(), wide, tall, shape;
  const size_t ndim = std::max(left.size(), right.size());
  left.insert(left.begin(), ndim - left.size(), 1);
  right.insert(right.begin(), ndim - right.size(), 1);
  array whole = detail::reshaped(a, left, where), part = detail::reshaped(b, right, where);
  for (size_t i = 0; i < ndim; ++i) {
    const int64_t m = left[i], n = right[i];
    wide.insert(wide.end(), {m, 1});
    tall.insert(tall.end(), {1, n});
    shape.push_back(m == 1 ? n : n == 1 ? m : detail::extent_product({m, n}, "kron", where));
  }
  detail::element_count(shape, "kron", where);
  array product = multiply(operand(detail::reshaped(whole, wide, where), where),
                           operand(detail::reshaped(part, tall, where), where));
  return detail::reshaped(product, shape, where);
}

array vecdot(const operand &x1, const operand &x2, int64_t axis) {
  const char *what = "vecdot";
  const site &where = place_of(x1, x2);
  array a = as_array(x1), b = as_array(x2);
  need_axes(a, 1, "first", what, where);
  need_axes(b, 1, "second", what, where);
  auto last = [&](const array &x) {
    const int64_t at = detail::axis_of(axis, x.ndim(), what, where);
    extents order;
    for (int64_t i = 0; i < x.ndim(); ++i)
      if (i != at)
        order.push_back(i);
    order.push_back(at);
    return detail::permuted(x, order, where);
  };
  a = last(a);
  b = last(b);
  same_size(a, a.ndim() - 1, b, b.ndim() - 1, what, where);
  array product = multiply(operand(conjugated(a, where), where), operand(b, where));
  const extents over = {product.ndim() - 1};
  array out = detail::record(rules::is_bool(product.dtype()) ? "nd.any" : "nd.sum", {&product},
                             {{"axes", over}, {"keepdims", false}}, where);
  return detail::converted(out, product.dtype(), where);
}

array matvec(const operand &x1, const operand &x2) {
  const site &where = place_of(x1, x2);
  array a = as_array(x1), b = as_array(x2);
  need_axes(a, 2, "first", "matvec", where);
  need_axes(b, 1, "second", "matvec", where);
  same_size(a, a.ndim() - 1, b, b.ndim() - 1, "matvec", where);
  extents s = b.shape();
  s.push_back(1);
  array column = detail::reshaped(b, s, where);
  array out = detail::record("nd.matmul", {&a, &column}, {}, where);
  s = out.shape();
  s.pop_back();
  return detail::reshaped(out, s, where);
}

array vecmat(const operand &x1, const operand &x2) {
  const site &where = place_of(x1, x2);
  array a = as_array(x1), b = as_array(x2);
  need_axes(a, 1, "first", "vecmat", where);
  need_axes(b, 2, "second", "vecmat", where);
  same_size(a, a.ndim() - 1, b, b.ndim() - 2, "vecmat", where);
  extents s = a.shape();
  s.insert(s.end() - 1, 1);
  array row = detail::reshaped(conjugated(a, where), s, where);
  array out = detail::record("nd.matmul", {&row, &b}, {}, where);
  s = out.shape();
  s.erase(s.end() - 2);
  return detail::reshaped(out, s, where);
}

} // namespace nd
