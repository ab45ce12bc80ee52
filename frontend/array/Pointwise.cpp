// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The functions of elements, and the dtype of scalars beside arrays.
#include "frontend/array/Compose.h"
#include "ir/rules/promote.h"
#include "nd/ufuncs.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numbers>
#include <span>

namespace nd {
namespace detail {
namespace {

/// The category of an operand that takes its dtype from the others, or nothing for an array.
std::optional<rules::weak_kind> weakness(const operand &x) {
  if (x.is_scalar())
    return weak_kind_of(x.value());
  if (!x.node()->weak)
    return std::nullopt;
  return rules::is_bool(x.node()->dtype)      ? rules::weak_kind::bool_
         : rules::is_complex(x.node()->dtype) ? rules::weak_kind::complex
         : rules::is_float(x.node()->dtype)   ? rules::weak_kind::floating
                                              : rules::weak_kind::integer;
}

bool fits(const scalar &s, dtype_kind type) {
  alignas(double) char bytes[widest_element];
  return store_scalar(s, type, bytes);
}

/// A scalar that \p type cannot hold, beside an array of that dtype in a comparison: in a dtype
/// where the comparison comes out right.
array beyond(const scalar &s, dtype_kind type, const site &where) {
  if (fits(s, dtype_kind::int64) && rules::itemsize(type) < 8)
    return record_full(s, dtype_kind::int64, {}, where);
  bool below = s.kind == scalar::category::integer && s.integer < 0;
  double infinity = std::numeric_limits<double>::infinity();
  return record_full(scalar(below ? -infinity : infinity), dtype_kind::float64, {}, where);
}

/// The least of an evaluated array's integers.
int64_t least(const array &a) {
  array whole = packed(a);
  const node &n = access::get(whole);
  std::vector<int64_t> values(static_cast<size_t>(n.size));
  convert(n.data, n.dtype, values.data(), dtype_kind::int64, n.size);
  int64_t out = 0;
  for (int64_t value : values)
    out = std::min(out, value);
  return out;
}

/// NumPy refuses what integers cannot hold, so an exponent is computed before it is used; inside
/// nd::jit the program looks at those that depend on an argument: true for such a one.
bool check_power(const operand &base, const operand &exponent) {
  auto inexact = [](const operand &x) {
    return x.is_scalar() ? x.value().kind == scalar::category::floating ||
                               x.value().kind == scalar::category::complex
                         : rules::is_inexact(x.node()->dtype);
  };
  if (inexact(base) || inexact(exponent))
    return false;
  int64_t negative = 0;
  if (exponent.is_scalar()) {
    if (exponent.value().kind == scalar::category::integer)
      negative = std::min<int64_t>(0, exponent.value().integer);
  } else if (const node &n = *exponent.node(); rules::is_signed(n.dtype)) {
    // int64 with uint64 is computed in float64.
    if (!base.is_scalar() && !rules::is_integer(rules::promote(base.node()->dtype, n.dtype)))
      return false;
    if (n.traced)
      return true;
    evaluated(as_array(exponent), "power", exponent.where());
    negative = least(as_array(exponent));
  }
  if (negative < 0)
    raise(rules::error_kind::value, "power",
          "integers to negative integer powers are not allowed, and the exponent has " +
              std::to_string(negative) + "; cast the base with astype(nd::float64)",
          exponent.where());
  return false;
}

/// Where the call was written: an array's place, else the first scalar's.
const site &place_of(std::initializer_list<const operand *> operands) {
  for (const operand *x : operands)
    if (!x->is_scalar())
      return x->where();
  return (*operands.begin())->where();
}

} // namespace

array pointwise(const char *op, rules::ufunc rule,
                std::initializer_list<const operand *> operands) {
  const site &where = place_of(operands);
  const bool look =
      std::string_view(op) == "nd.power" && check_power(*operands.begin()[0], *operands.begin()[1]);

  // The parts of complex numbers are views.
  if (bool imaginary = std::string_view(op) == "nd.imag";
      imaginary || std::string_view(op) == "nd.real") {
    array x = as_array(*operands.begin()[0]);
    if (rules::is_complex(x.dtype()))
      return view(x,
                  {imaginary ? view_step::form::imag : view_step::form::real,
                   x.shape(),
                   {},
                   rules::real_of(x.dtype())},
                  where);
    if (!imaginary)
      return x;
    array zeros = record_full(0, x.dtype(), {}, where);
    return view(zeros, {view_step::form::broadcast, x.shape(), {}}, where);
  }

  // What the scalars meet; a condition promotes with nobody, an exponent of ldexp neither.
  std::array<dtype_kind, 3> met;
  size_t meeting = 0;
  for (size_t i = rule == rules::ufunc::select; i < operands.size(); ++i)
    if (const operand &x = *operands.begin()[i]; !weakness(x))
      met[meeting++] = x.node()->dtype;
  std::optional<dtype_kind> strong;
  if (meeting)
    strong = rules::promote_all(std::span(met).first(meeting));

  array values[3];
  const array *row[3];
  for (size_t i = 0; i < operands.size(); ++i) {
    const operand &x = *operands.begin()[i];
    row[i] = &values[i];
    std::optional<rules::weak_kind> weak = weakness(x);
    if (!weak) {
      values[i] = access::share(x.node());
      continue;
    }
    bool alone = !strong || rule == rules::ufunc::scale || (rule == rules::ufunc::select && i == 0);
    if (alone) {
      values[i] = as_array(x);
      continue;
    }
    dtype_kind type = rules::promote_weak(*strong, *weak);
    if (!x.is_scalar())
      values[i] = converted(access::share(x.node()), type, where);
    else if (rule == rules::ufunc::comparison && !fits(x.value(), type))
      values[i] = beyond(x.value(), type, where);
    else
      values[i] = record_full(x.value(), type, {}, where, std::string_view(op).substr(3));
  }
  if (look)
    values[1] = check_within(values[1], 0, INT64_MAX, "exponent", "power", where);
  if (operands.size() > 1)
    agree(std::span(values, operands.size()), std::string_view(op).substr(3), where);
  return record(op, std::span<const array *const>(row, operands.size()), {}, where);
}

} // namespace detail

#include "frontend/array/ufuncs.cpp.inc"

array abs(const operand &x) { return absolute(x); }
array true_divide(const operand &x1, const operand &x2) { return divide(x1, x2); }
array mod(const operand &x1, const operand &x2) { return remainder(x1, x2); }
array pow(const operand &x1, const operand &x2) { return power(x1, x2); }
array bitwise_not(const operand &x) { return invert(x); }
array bitwise_invert(const operand &x) { return invert(x); }
array bitwise_left_shift(const operand &x1, const operand &x2) { return left_shift(x1, x2); }
array bitwise_right_shift(const operand &x1, const operand &x2) { return right_shift(x1, x2); }
array acos(const operand &x) { return arccos(x); }
array acosh(const operand &x) { return arccosh(x); }
array asin(const operand &x) { return arcsin(x); }
array asinh(const operand &x) { return arcsinh(x); }
array atan(const operand &x) { return arctan(x); }
array atan2(const operand &x1, const operand &x2) { return arctan2(x1, x2); }
array atanh(const operand &x) { return arctanh(x); }
array fix(const operand &x) { return trunc(x); }
array rad2deg(const operand &x) { return degrees(x); }
array deg2rad(const operand &x) { return radians(x); }
array around(const operand &x, int64_t decimals) { return round(x, decimals); }
frexp_result frexp(const operand &x) { return {frexp_mantissa(x), frexp_exponent(x)}; }
array conj(const operand &x) { return conjugate(x); }

array angle(const operand &z, bool deg) {
  const site &where = z.where();
  array x = detail::as_array(z);
  if (rules::is_bool(x.dtype()))
    x = detail::converted(x, int64, where);
  array out =
      arctan2(operand(imag(operand(x, where)), where), operand(real(operand(x, where)), where));
  return deg ? multiply(operand(out, where), operand(180 / std::numbers::pi, where)) : out;
}

array iscomplex(const operand &x) {
  return not_equal(operand(imag(x), x.where()), operand(0, x.where()));
}
array isreal(const operand &x) { return equal(operand(imag(x), x.where()), operand(0, x.where())); }
bool iscomplexobj(const operand &x) {
  return x.is_scalar() ? x.value().kind == scalar::category::complex
                       : rules::is_complex(x.node()->dtype);
}
bool isrealobj(const operand &x) { return !iscomplexobj(x); }

divmod_result divmod(const operand &x1, const operand &x2) {
  return {floor_divide(x1, x2), remainder(x1, x2)};
}

} // namespace nd
