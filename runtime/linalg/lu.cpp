// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/lu.h"

#include "linalg/element.h"
#include "linalg/gemm.h"
#include "linalg/parallel.h"
#include "linalg/triangular.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace ndrt {
namespace {

constexpr int64_t narrow = 8; // columns that are factored one by one

template <class T> int64_t factorNarrow(int64_t m, int64_t n, T *a, int64_t ld, int32_t *pivots) {
  for (int64_t j = 0; j < n; ++j) {
    T *column = a + j * ld;
    int64_t pivot = j;
    Real<T> most = sizeOf(column[j]);
    for (int64_t i = j + 1; i < m; ++i) {
      Real<T> size = sizeOf(column[i]);
      if (size > most || size != size) {
        most = size;
        pivot = i;
      }
    }
    pivots[j] = static_cast<int32_t>(pivot);
    if (column[pivot] == T(0))
      return j;
    if (pivot != j)
      for (int64_t c = 0; c < n; ++c)
        std::swap(a[c * ld + j], a[c * ld + pivot]);
    // As LAPACK does, and unless the reciprocal overflows.
    if (most >= std::numeric_limits<Real<T>>::min()) {
      T reciprocal = T(1) / column[j];
      for (int64_t i = j + 1; i < m; ++i)
        column[i] = times(column[i], reciprocal);
    } else {
      for (int64_t i = j + 1; i < m; ++i)
        column[i] /= column[j];
    }
    for (int64_t c = j + 1; c < n; ++c) {
      T *target = a + c * ld;
      T factor = target[j];
      for (int64_t i = j + 1; i < m; ++i)
        target[i] -= times(column[i], factor);
    }
  }
  return -1;
}

template <class T>
void swapInColumns(int64_t from, int64_t to, const int32_t *pivots, int64_t columns, T *a,
                   int64_t ld) {
  for (int64_t c = 0; c < columns; ++c)
    for (int64_t i = from; i < to; ++i)
      if (pivots[i] != i)
        std::swap(a[c * ld + i], a[c * ld + pivots[i]]);
}

/// top = L^-1 top for the unit lower triangle of the first rows, both column-major.
template <class T>
void solveTop(int64_t rows, int64_t columns, const T *lower, T *top, int64_t ld) {
  if (rows <= narrow) {
    for (int64_t c = 0; c < columns; ++c)
      for (int64_t j = 0; j < rows; ++j)
        for (int64_t i = j + 1; i < rows; ++i)
          top[c * ld + i] -= times(lower[j * ld + i], top[c * ld + j]);
    return;
  }
  // By halves as well, so that nearly all of it is a product.
  int64_t half = rows / 2;
  solveTop(half, columns, lower, top, ld);
  Readable<T> topTurned{top, ld, false}, lowerTurned{lower + half, ld, false};
  gemm<T>(columns, rows - half, half, -1, topTurned, lowerTurned, 1, top + half, ld);
  solveTop(rows - half, columns, lower + half * ld + half, top + half, ld);
}

template <class T> int64_t factor(int64_t m, int64_t n, T *a, int64_t ld, int32_t *pivots) {
  if (n <= narrow)
    return factorNarrow(m, n, a, ld, pivots);
  int64_t left = std::max(narrow, n / 2 / narrow * narrow), right = n - left;
  int64_t zero = factor(m, left, a, ld, pivots);
  if (zero >= 0)
    return zero;
  T *beside = a + left * ld;
  swapInColumns(0, left, pivots, right, beside, ld);
  solveTop(left, right, a, beside, ld);
  // beside[left:] -= a[left:] * beside[:left], read as row-major transposes
  Readable<T> top{beside, ld, false}, below{a + left, ld, false};
  gemm<T>(right, m - left, left, -1, top, below, 1, beside + left, ld);
  zero = factor(m - left, right, beside + left, ld, pivots + left);
  if (zero >= 0)
    return zero + left;
  for (int64_t i = left; i < n; ++i)
    pivots[i] += static_cast<int32_t>(left);
  swapInColumns(left, n, pivots, left, a, ld);
  return -1;
}

} // namespace

template <class T> int64_t luFactor(int64_t n, T *a, int64_t ld, int32_t *pivots) noexcept {
  return factor(n, n, a, ld, pivots);
}

template <class T>
void swapRows(int64_t n, const int32_t *pivots, int64_t k, T *x, int64_t ldx) noexcept {
  for (int64_t i = 0; i < n; ++i)
    if (pivots[i] != i)
      std::swap_ranges(x + i * ldx, x + i * ldx + k, x + pivots[i] * ldx);
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template int64_t luFactor(int64_t, T *, int64_t, int32_t *) noexcept;                            \
  template void swapRows(int64_t, const int32_t *, int64_t, T *, int64_t) noexcept;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
NDRT_INSTANTIATE(std::complex<float>)
NDRT_INSTANTIATE(std::complex<double>)
#undef NDRT_INSTANTIATE

} // namespace ndrt
