// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The text of an array, character for character as NumPy prints it.
#ifndef ND_PRINT_FORMAT_H
#define ND_PRINT_FORMAT_H

#include "ir/rules/dtype.h"

#include <cstdint>
#include <span>
#include <string>

namespace nd::print {

/// How many digits floating-point elements have (numpy.set_printoptions).
enum class float_mode {
  fixed,        // precision digits after the point
  unique,       // as many as identify each element
  maxprec,      // those, but at most precision
  maxprec_equal // the same number for each element: the most that maxprec gives one of them
};

/// numpy.set_printoptions.
struct options {
  int precision = 8;
  int64_t threshold = 1000;
  int edgeitems = 3;
  int linewidth = 75;
  bool suppress = false;
  std::string nanstr = "nan";
  std::string infstr = "inf";
  char sign = '-'; // '+' writes it before positive numbers, ' ' leaves room for it
  float_mode floatmode = float_mode::maxprec;

  bool operator==(const options &) const = default;
};

/// What print(a) writes. \p strides_bytes has one stride per axis, of any sign; empty means
/// C-contiguous. A 0-d array prints like a scalar, with all its digits. A complex element is its
/// real part, then its imaginary part.
std::string format(const void *data, dtype_kind dtype, std::span<const int64_t> shape,
                   std::span<const int64_t> strides_bytes, const options &opts = {});

/// What repr(a) writes: "array([1, 2])", with shape= and dtype= where the elements do not show
/// them, as NumPy 2.2 does.
std::string format_repr(const void *data, dtype_kind dtype, std::span<const int64_t> shape,
                        std::span<const int64_t> strides_bytes, const options &opts = {});

} // namespace nd::print

#endif // ND_PRINT_FORMAT_H
