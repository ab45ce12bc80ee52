// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Decimal digits of floating-point values: the shortest that identify a value among those of its
// type, and correct roundings of the exact value. The same digits as Dragon4 (Steele and White
// 1990, Burger and Dybvig 1996), which NumPy prints with. A double holds every value of every type
// here, and so stands for all of them.
#ifndef ND_PRINT_DIGITS_H
#define ND_PRINT_DIGITS_H

#include "ir/rules/dtype.h"

#include <cstddef>
#include <string>

namespace nd::print {

/// d.ddd times 10 to the exponent; the point stands after the first digit.
struct decimal {
  bool negative;
  std::string digits;
  int exponent;

  /// Digits after the point when written out; negative if the digits end before it.
  int fraction_digits() const { return int(digits.size()) - 1 - exponent; }
};

/// The element at \p p of a float dtype.
double load_float(const std::byte *p, dtype_kind type);

/// \p value rounded to float16, float32 or float64, to nearest even.
double rounded_to(dtype_kind type, double value);

/// The fewest digits that identify the finite \p value among those of \p type, and of those the
/// nearest.
decimal shortest(double value, dtype_kind type);

/// \p value with exactly \p digits digits after the first one.
decimal rounded(double value, int digits);

/// \p value written out with exactly \p digits digits after the point, which is always there.
std::string fixed(double value, int digits);

} // namespace nd::print

#endif // ND_PRINT_DIGITS_H
