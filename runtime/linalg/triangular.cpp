// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/triangular.h"

#include "linalg/blas.h"
#include "linalg/element.h"
#include "linalg/parallel.h"

#include <algorithm>

namespace ndrt {
namespace {

/// Up to here a call into BLAS costs more than the arithmetic.
constexpr int64_t smallSide = 16;

/// Row-major x is BLAS's column-major x', so x = F^-1 x is x' = x' F'^-1: triangles from the right,
/// transposed.
template <class T>
void solveBlocks(char triangle, char diagonal, int64_t n, int64_t k, const T *factors, int64_t ld,
                 T *x, int64_t ldx) {
  blas::keepSerial();
  int64_t columns = k;
  if (static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(k) > worthSharing)
    columns = std::min<int64_t>(k, 128);
  parallelFor(ceilDiv(k, columns), 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      blas::trsm('R', triangle, 'T', diagonal, static_cast<int>(std::min(columns, k - i * columns)),
                 static_cast<int>(n), T(1), factors, static_cast<int>(ld), x + i * columns,
                 static_cast<int>(ldx));
  });
}

} // namespace

template <class T>
void solveLower(int64_t n, int64_t k, const T *factors, int64_t ld, T *x, int64_t ldx) noexcept {
  if (k > 1 && n > smallSide)
    return solveBlocks('L', 'U', n, k, factors, ld, x, ldx);
  for (int64_t j = 0; j < n; ++j) {
    const T *column = factors + j * ld;
    if (k == 1) {
      T known = x[j * ldx];
      for (int64_t i = j + 1; i < n; ++i)
        x[i * ldx] -= times(column[i], known);
      continue;
    }
    for (int64_t i = j + 1; i < n; ++i)
      for (int64_t c = 0; c < k; ++c)
        x[i * ldx + c] -= times(column[i], x[j * ldx + c]);
  }
}

template <class T>
void solveUpper(int64_t n, int64_t k, const T *factors, int64_t ld, T *x, int64_t ldx) noexcept {
  if (k > 1 && n > smallSide)
    return solveBlocks('U', 'N', n, k, factors, ld, x, ldx);
  for (int64_t j = n - 1; j >= 0; --j) {
    const T *column = factors + j * ld;
    if (k == 1) {
      T known = x[j * ldx] /= column[j];
      for (int64_t i = 0; i < j; ++i)
        x[i * ldx] -= times(column[i], known);
      continue;
    }
    for (int64_t c = 0; c < k; ++c)
      x[j * ldx + c] /= column[j];
    for (int64_t i = 0; i < j; ++i)
      for (int64_t c = 0; c < k; ++c)
        x[i * ldx + c] -= times(column[i], x[j * ldx + c]);
  }
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template void solveLower(int64_t, int64_t, const T *, int64_t, T *, int64_t) noexcept;           \
  template void solveUpper(int64_t, int64_t, const T *, int64_t, T *, int64_t) noexcept;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
NDRT_INSTANTIATE(std::complex<float>)
NDRT_INSTANTIATE(std::complex<double>)
#undef NDRT_INSTANTIATE

} // namespace ndrt
