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

/// c = a b for row-major contiguous c; sums are taken in order, of rows of 32 bytes or more by
/// fused multiply-adds.
template <class T>
void multiplyTiny(int64_t m, int64_t n, int64_t k, const Scattered<T> &a, const Scattered<T> &b,
                  T *c) noexcept;

template <class T> struct TinyProduct {
  int64_t m, n, k;
  Scattered<T> a;
  const T *b; ///< rows of n or more, bRow apart
  int64_t bRow;
  T *c;
};

/// Of rows that are at least as long as a vector of 32 bytes, or of 64.
void multiplyAvx2(const TinyProduct<float> &p) noexcept;
void multiplyAvx2(const TinyProduct<double> &p) noexcept;
void multiplyAvx512(const TinyProduct<float> &p) noexcept;
void multiplyAvx512(const TinyProduct<double> &p) noexcept;

} // namespace ndrt
