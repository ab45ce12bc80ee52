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

/// numpy.set_printoptions, for floatmode 'maxprec' and sign '-'.
struct options {
  int precision = 8;
  int64_t threshold = 1000;
  int edgeitems = 3;
  int linewidth = 75;
  bool suppress = false;
  std::string nanstr = "nan";
  std::string infstr = "inf";

  bool operator==(const options &) const = default;
};

/// What print(a) writes. \p strides_bytes has one stride per axis, of any sign; empty means
/// C-contiguous. A 0-d array prints like a scalar, with all its digits.
std::string format(const void *data, dtype_kind dtype, std::span<const int64_t> shape,
                   std::span<const int64_t> strides_bytes, const options &opts = {});

/// What repr(a) writes: "array([1, 2])", with shape= and dtype= where the elements do not show
/// them.
std::string format_repr(const void *data, dtype_kind dtype, std::span<const int64_t> shape,
                        std::span<const int64_t> strides_bytes, const options &opts = {});

} // namespace nd::print

#endif // ND_PRINT_FORMAT_H
