// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products of float matrices: BLAS on one thread, over blocks that the shape alone decides, on the
// pool's threads.
#pragma once

#include "linalg/row_task.h"

#include <cstdint>

namespace ndrt {

/// A matrix that BLAS reads in place: row-major with rows `ld` apart or, transposed, column-major
/// with columns so.
template <class T> struct Readable {
  const T *data;
  int64_t ld;
  bool transposed;
  bool conjugated = false; ///< a left matrix that is transposed may be

  const T *at(int64_t row, int64_t column) const {
    return transposed ? data + row + column * ld : data + row * ld + column;
  }
};

/// c = alpha a b + beta c; a is m x k, b is k x n, c is row-major with rows ldc apart; m, n, k > 0.
/// \p after goes on with every row of c, once.
template <class T>
void gemm(int64_t m, int64_t n, int64_t k, T alpha, const Readable<T> &a, const Readable<T> &b,
          T beta, T *c, int64_t ldc, const RowTask &after = {}) noexcept;

/// c = transpose(x) x for x of k x n: half the work of gemm, and exactly symmetric. The transpose
/// is conjugate, and c Hermitian, if \p hermitian; x may not be transposed then.
template <class T>
void gram(int64_t n, int64_t k, const Readable<T> &x, bool hermitian, T *c, int64_t ldc) noexcept;

/// y = a x; a is m x k; y is contiguous.
template <class T>
void gemv(int64_t m, int64_t k, const Readable<T> &a, const T *x, int64_t incx, T *y) noexcept;

/// Sum of x[i] y[i], increments positive.
template <class T> T dot(int64_t n, const T *x, int64_t incx, const T *y, int64_t incy) noexcept;

} // namespace ndrt
