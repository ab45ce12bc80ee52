// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions of elements that are several rows.
#include "frontend/array/Compose.h"
#include "ir/rules/promote.h"
#include "nd/ufuncs.h"

#include <numbers>

namespace nd {
namespace {

/// As NumPy has it: by products from 10**9 on.
double power_of_ten(uint64_t n) {
  double out = 1;
  for (uint64_t i = 0; i < n && out <= std::numeric_limits<double>::max(); ++i)
    out *= 10;
  return out;
}

} // namespace

array round(const operand &x, int64_t decimals) {
  const site &where = x.where();
  array a = detail::as_array(x);
  auto at = [&](const array &v) { return operand(v, where); };
  if (rules::is_complex(a.dtype()))
    return complex(at(round(at(real(at(a))), decimals)), at(round(at(imag(at(a))), decimals)));
  const bool whole = rules::is_integer(a.dtype());
  if (whole && decimals >= 0)
    return a;
  if (decimals == 0)
    return rint(at(a));
  if (rules::is_bool(a.dtype()))
    detail::raise(rules::error_kind::dtype, "round",
                  "bool has no decimals, and " + std::to_string(decimals) +
                      " are asked for; cast with astype(nd::float64), or leave decimals at 0",
                  where);
  const double factor = power_of_ten(decimals < 0 ? -uint64_t(decimals) : uint64_t(decimals));
  const operand by(factor, where);
  if (decimals > 0)
    return divide(at(rint(at(multiply(at(a), by)))), by);
  array out = multiply(at(rint(at(divide(at(a), by)))), by);
  return whole ? detail::converted(out, a.dtype(), where) : out;
}

modf_result modf(const operand &x) {
  const site &where = x.where();
  array a = detail::as_array(x);
  if (!rules::is_inexact(a.dtype()))
    a = detail::converted(a, rules::float_result(a.dtype()), where);
  auto at = [&](const array &v) { return operand(v, where); };
  array integral = trunc(at(a));
  array rest = nd::where(at(isinf(at(a))), operand(0, where), at(subtract(at(a), at(integral))));
  return {copysign(at(rest), at(a)), integral};
}

array float_power(const operand &x1, const operand &x2) {
  auto widened = [](const operand &x) {
    array a = detail::as_array(x);
    return detail::converted(a, rules::is_complex(a.dtype()) ? complex128 : float64, x.where());
  };
  array base = widened(x1), exponent = widened(x2);
  return power(operand(base, x1.where()), operand(exponent, x2.where()));
}

array sinc(const operand &x) {
  const site &where = x.where();
  array a = detail::as_array(x);
  if (!rules::is_inexact(a.dtype()))
    a = detail::converted(a, float64, where);
  auto at = [&](const array &v) { return operand(v, where); };
  array angle = multiply(at(a), operand(std::numbers::pi, where));
  array quotient = divide(at(sin(at(angle))), at(angle));
  return nd::where(at(equal(at(a), operand(0, where))), operand(1, where), at(quotient));
}

} // namespace nd
