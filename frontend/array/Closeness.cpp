// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Equal, or nearly.
#include "frontend/array/Compose.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

namespace nd {

array isclose(const operand &x, const operand &y, double rtol, double atol, bool equal_nan) {
  const site &where = x.where();
  auto on = [&](const array &v) { return operand(v, where); };
  auto number = [&](double v) { return operand(v, where); };
  array a = detail::as_array(x), b = detail::as_array(y);
  if (!rules::is_inexact(b.dtype()))
    b = detail::converted(b, float64, where);
  if (rules::is_bool(a.dtype()))
    a = detail::converted(a, b.dtype(), where);
  array room = add(number(atol), on(multiply(number(rtol), on(absolute(on(b))))));
  array near = less_equal(on(absolute(on(subtract(on(a), on(b))))), on(room));
  array out = logical_or(on(logical_and(on(near), on(isfinite(on(b))))), on(equal(on(a), on(b))));
  if (equal_nan)
    out = logical_or(on(out), on(logical_and(on(isnan(on(a))), on(isnan(on(b))))));
  return out;
}

bool allclose(const operand &a, const operand &b, double rtol, double atol, bool equal_nan) {
  return all(operand(isclose(a, b, rtol, atol, equal_nan), a.where())).item<bool>(a.where());
}

bool array_equal(const operand &x, const operand &y, bool equal_nan) {
  const site &where = x.where();
  array a = detail::as_array(x), b = detail::as_array(y);
  if (!(a.shape() == b.shape()))
    return false;
  array same = equal(operand(a, where), operand(b, where));
  if (equal_nan)
    same = logical_or(operand(same, where),
                      operand(logical_and(operand(isnan(operand(a, where)), where),
                                          operand(isnan(operand(b, where)), where)),
                              where));
  return all(operand(same, where)).item<bool>(where);
}

} // namespace nd
