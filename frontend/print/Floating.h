// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Floating-point elements: one layout chosen from all values shown, then the text of each, as
// numpy's FloatingFormat and ComplexFloatingFormat. The bounds that decide on exponents are those
// up to NumPy 2.2; bfloat16, which NumPy has not, is laid out as the same values in float32 are,
// with the digits that identify them among bfloat16s.
#ifndef ND_PRINT_FLOATING_H
#define ND_PRINT_FLOATING_H

#include "frontend/print/Format.h"

#include <span>

namespace nd::print {

/// Which digits of a value are written.
struct digit_rule {
  bool unique = true;      // those that identify the value; else precision says how many
  int precision = -1;      // the most after the point, if not negative
  int at_least = -1;       // the fewest after the point, if not negative
  bool keep_zeros = false; // at the end
  bool plus = false;       // a sign before values that are not negative
};

class floating_format {
public:
  /// \p values are those shown; they have the float dtype \p type.
  floating_format(std::span<const double> values, dtype_kind type, const options &opts);
  std::string operator()(double value) const;

private:
  dtype_kind type;
  std::string nanstr, infstr;
  digit_rule rule;
  bool scientific;
  int exponent_digits = 2;
  size_t pad_left = 0; // characters before the point
  size_t pad_right = 0;
};

class complex_format {
public:
  /// \p type is the dtype of each part.
  complex_format(std::span<const double> real, std::span<const double> imaginary, dtype_kind type,
                 const options &opts);
  std::string operator()(double real, double imaginary) const;

private:
  floating_format real_format, imaginary_format;
};

/// A value on its own, as str(numpy.float64(x)) gives it.
std::string scalar_text(double value, dtype_kind type);
/// A complex value on its own, as str(numpy.complex128(z)) gives it: "(1+2j)", "2j".
std::string scalar_text(double real, double imaginary, dtype_kind type);

} // namespace nd::print

#endif // ND_PRINT_FLOATING_H
