// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products that are over before a call into BLAS has begun.
#pragma once

#include "linalg/element.h"

#include <cstdint>

namespace ndrt {

/// A matrix wherever its elements lie.
template <class T> struct Scattered {
  const T *data;
  int64_t row, column; ///< strides
};

inline constexpr int64_t tinySide = 32;

/// Up to here the arithmetic takes less time than the call, or than BLAS takes to get into step.
template <class T> bool isTinyProduct(int64_t m, int64_t n, int64_t k) {
  constexpr int64_t side = isComplexElement<T> ? 8 : tinySide, most = side * side * side;
  return m <= most && n <= side && k <= side && m * n * k <= most;
}

/// c = a b for row-major contiguous c; sums are taken in order.
template <class T>
void multiplyTiny(int64_t m, int64_t n, int64_t k, const Scattered<T> &a, const Scattered<T> &b,
                  T *c) noexcept;

} // namespace ndrt
