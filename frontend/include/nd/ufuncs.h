// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions of elements: operands broadcast and promote together.
#ifndef ND_UFUNCS_H
#define ND_UFUNCS_H

#include <nd/array.h>

namespace ND_API nd {

// One declaration for each pointwise row of ir/ops/Pointwise.td.
#include <nd/ufuncs.h.inc>

// NumPy's second names.

/// absolute.
array abs(const operand &x);
/// divide.
array true_divide(const operand &x1, const operand &x2);
/// remainder.
array mod(const operand &x1, const operand &x2);
/// power.
array pow(const operand &x1, const operand &x2);
/// invert.
array bitwise_not(const operand &x);
/// invert.
array bitwise_invert(const operand &x);
/// left_shift.
array bitwise_left_shift(const operand &x1, const operand &x2);
/// right_shift.
array bitwise_right_shift(const operand &x1, const operand &x2);
/// arccos.
array acos(const operand &x);
/// arccosh.
array acosh(const operand &x);
/// arcsin.
array asin(const operand &x);
/// arcsinh.
array asinh(const operand &x);
/// arctan.
array atan(const operand &x);
/// arctan2.
array atan2(const operand &x1, const operand &x2);
/// arctanh.
array atanh(const operand &x);
/// trunc.
array fix(const operand &x);
/// degrees.
array rad2deg(const operand &x);
/// radians.
array deg2rad(const operand &x);

/// The nearest numbers of so many decimals, halves to even (numpy.round).
///
/// Dtype   that of x; bool becomes a float. Complex numbers are rounded part by part.
/// Method  rint(x * 10**decimals) / 10**decimals as NumPy computes it, not the decimal nearest to
///         x; integers with decimals below 0 go through float64, others stay.
/// Throws  dtype_error for bool with decimals other than 0.
array round(const operand &x, int64_t decimals = 0);
/// round.
array around(const operand &x, int64_t decimals = 0);

/// x = mantissa * 2**exponent with 0.5 <= |mantissa| < 1 (numpy.frexp); 0, inf and nan are their
/// own mantissa, and the exponent is 0.
///
/// Dtype   the mantissa as sqrt has it, the exponent int32; complex throws dtype_error.
struct frexp_result {
  array mantissa, exponent;
};
frexp_result frexp(const operand &x);

/// What is behind and before the point, both with the sign of x (numpy.modf).
///
/// Dtype   as sqrt has it; complex throws dtype_error.
struct modf_result {
  array fractional, integral;
};
modf_result modf(const operand &x);

/// x1 to the power x2 in float64 or complex128 (numpy.float_power).
array float_power(const operand &x1, const operand &x2);

/// sin(pi x) / (pi x), 1 at 0 (numpy.sinc).
///
/// Dtype   floats and complex keep theirs, the rest becomes float64.
array sinc(const operand &x);

/// Quotient and remainder of floor division (numpy.divmod).
struct divmod_result {
  array quotient, remainder;
};
divmod_result divmod(const operand &x1, const operand &x2);

/// conjugate.
array conj(const operand &x);
/// The angle of complex numbers in radians, or in degrees (numpy.angle): arctan2(imag, real).
array angle(const operand &z, bool deg = false);
/// Whether the imaginary part is not zero, element by element (numpy.iscomplex).
array iscomplex(const operand &x);
/// Whether the imaginary part is zero, element by element (numpy.isreal).
array isreal(const operand &x);
/// Whether the dtype is complex (numpy.iscomplexobj).
bool iscomplexobj(const operand &x);
/// Whether the dtype is not complex (numpy.isrealobj).
bool isrealobj(const operand &x);

/// Whether |a - b| <= atol + rtol |b| (numpy.isclose); infinities are close to themselves, nan on
/// request.
array isclose(const operand &a, const operand &b, double rtol = 1e-5, double atol = 1e-8,
              bool equal_nan = false);
/// Whether all elements are close (numpy.allclose). Evaluates.
bool allclose(const operand &a, const operand &b, double rtol = 1e-5, double atol = 1e-8,
              bool equal_nan = false);
/// Whether shapes and all elements are equal (numpy.array_equal). Evaluates.
bool array_equal(const operand &a1, const operand &a2, bool equal_nan = false);
/// Whether the arrays broadcast together and all elements are equal (numpy.array_equiv). Evaluates.
bool array_equiv(const operand &a1, const operand &a2);

/// What nan_to_num takes by name: `nd::nan_to_num(x, {.nan = -1})`.
struct nan_to_num_options {
  bool copy = true;                  ///< else the array is changed in place
  double nan = 0;                    ///< instead of nan
  std::optional<double> posinf = {}; ///< instead of inf; the largest number if not given
  std::optional<double> neginf = {}; ///< instead of -inf; the smallest number if not given
};
/// Finite numbers instead of nan and infinities (numpy.nan_to_num), in the parts of complex numbers
/// too. Integers stay as they are.
array nan_to_num(const operand &x, const nan_to_num_options &options = {});

} // namespace nd

#endif // ND_UFUNCS_H
