// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One small matrix, or one of very few: its rows are vectors. Each element goes through the steps
// that it takes in a lane (lanes.h), so the bits are the same.
#pragma once

#include "linalg/matmul_tiny.h"

#include <cstdint>

namespace ndrt {

/// What came of a matrix.
struct LoneFacts {
  int64_t zero = -1; ///< the first pivot that is zero, for Cholesky the first that is not positive
  bool odd = false;  ///< whether rows changed places an odd number of times
};

/// x = a^-1 b for row-major contiguous x. Without b: x is the inverse.
template <class T>
LoneFacts solveLone(int64_t n, const Scattered<T> &a, int64_t k, const Scattered<T> *b,
                    T *x) noexcept;

/// The diagonal of U.
template <class T> LoneFacts factorLone(int64_t n, const Scattered<T> &a, T *diagonal) noexcept;

/// Row-major contiguous L with zeros above it, or its transpose. Looks at a's lower triangle.
template <class T>
LoneFacts choleskyLone(int64_t n, const Scattered<T> &a, T *x, bool transposed) noexcept;

} // namespace ndrt
