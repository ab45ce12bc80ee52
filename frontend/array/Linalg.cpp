// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/linalg.h"

#include "frontend/array/Compose.h"
#include "ir/rules/extent.h"
#include "nd/manipulation.h"
#include "nd/ufuncs.h"

namespace nd {

using detail::as_array;
using detail::extents;

namespace {

/// Axes that are summed over, the last of \p a and \p second from the end of \p b: where a run
/// decides one of the extents they are taken as equal, which the program checks.
void agree_inside(const array &a, array &b, size_t second, const char *what, const site &where) {
  if (a.ndim() < 1 || size_t(b.ndim()) < second)
    return;
  shape wanted = b.shape();
  int64_t &inner = wanted[wanted.size() - second], left = a.shape().back();
  if (inner == left || !(rules::is_run_time(inner) || rules::is_run_time(left)))
    return;
  inner = left;
  b = detail::check_shape(b, wanted, false, what, where);
}

} // namespace

array matmul(const operand &x1, const operand &x2) {
  array a = as_array(x1), b = as_array(x2);
  agree_inside(a, b, b.ndim() == 1 ? 1 : 2, "matmul", x1.where());
  return detail::record("nd.matmul", {&a, &b}, {}, x1.where());
}

namespace {

/// Sums over the last axis of both: the other axes of \p a, then those of \p b.
array contracted(array a, array b, const site &where) {
  extents out(a.shape().begin(), a.shape().end() - 1);
  out.insert(out.end(), b.shape().begin(), b.shape().end() - 1);
  int64_t inner_a = a.shape().back(), inner_b = b.shape().back();
  auto rows = [&](const array &x, int64_t inner) {
    int64_t count = 1;
    for (const int64_t *e = x.shape().begin(); e != x.shape().end() - 1; ++e)
      count *= *e;
    return detail::reshaped(x, {count, inner}, where);
  };
  array left = rows(a, inner_a), right = detail::permuted(rows(b, inner_b), {1, 0}, where);
  return detail::reshaped(detail::record("nd.matmul", {&left, &right}, {}, where), out, where);
}

void check_inner(const array &a, array &b, int64_t second, const char *what, const site &where) {
  agree_inside(a, b, size_t(second), what, where);
  int64_t left = a.shape().back(), right = b.shape()[b.shape().size() - size_t(second)];
  if (left != right)
    detail::raise(rules::error_kind::shape, what,
                  "shapes " + to_string(a.shape()) + " and " + to_string(b.shape()) +
                      " do not multiply: axis -1 of the first is " + std::to_string(left) +
                      " and axis -" + std::to_string(second) + " of the second is " +
                      std::to_string(right) + "; the two must be equal",
                  where);
}

} // namespace

array dot(const operand &x1, const operand &x2) {
  const site &where = x1.where();
  array a = as_array(x1), b = as_array(x2);
  if (a.ndim() == 0 || b.ndim() == 0)
    return multiply(x1, x2);
  check_inner(a, b, b.ndim() == 1 ? 1 : 2, "dot", where);
  if (b.ndim() == 1 || (a.ndim() <= 2 && b.ndim() == 2))
    return detail::record("nd.matmul", {&a, &b}, {}, where);
  return contracted(a, swapaxes(operand(b, where), -1, -2), where);
}

array inner(const operand &x1, const operand &x2) {
  array a = as_array(x1), b = as_array(x2);
  if (a.ndim() == 0 || b.ndim() == 0)
    return multiply(x1, x2);
  check_inner(a, b, 1, "inner", x1.where());
  return contracted(a, b, x1.where());
}

array vdot(const operand &x1, const operand &x2) {
  const site &where = x1.where();
  array a = ravel(x1).conj(where), b = ravel(x2);
  check_inner(a, b, 1, "vdot", where);
  return detail::record("nd.matmul", {&a, &b}, {}, where);
}

array outer(const operand &x1, const operand &x2) {
  const site &where = x1.where();
  array a = as_array(x1), b = as_array(x2);
  return multiply(operand(detail::reshaped(a, {a.size(), 1}, where), where),
                  operand(detail::reshaped(b, {1, b.size()}, where), where));
}

} // namespace nd
