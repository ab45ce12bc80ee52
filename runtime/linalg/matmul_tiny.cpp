// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The right matrix is brought into rows of a fixed length, so that a row of the result is one
// vector that stays in registers.
#include "linalg/matmul_tiny.h"

#include <algorithm>
#include <cstring>

namespace ndrt {
namespace {

constexpr int64_t longest = tinySide;

template <class T> struct Product {
  int64_t m, n, k;
  const Scattered<T> &a, &b;
  T *c;
};

/// \p count rows of the result, from row \p first on.
template <class T, class V, int width, int count>
[[gnu::always_inline]] inline void sumRows(const Product<T> &p, const T *rows, int64_t first) {
  constexpr int lanes = int(sizeof(V) / sizeof(T)), vectors = width / lanes;
  V sums[count][vectors] = {};
  const T *factor = p.a.data + first * p.a.row;
  for (int64_t l = 0; l < p.k; ++l, factor += p.a.column)
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) {
      V x;
      std::memcpy(&x, rows + l * width + v * lanes, sizeof x);
#pragma GCC unroll 4
      for (int r = 0; r < count; ++r)
        sums[r][v] += x * factor[r * p.a.row];
    }
#pragma GCC unroll 4
  for (int r = 0; r < count; ++r) {
    T *to = p.c + (first + r) * p.n;
    if ((first + r) * p.n + width <= p.m * p.n) {
      std::memcpy(to, sums[r], sizeof sums[r]);
    } else {
      T row[width];
      std::memcpy(row, sums[r], sizeof sums[r]);
      for (int64_t j = 0; j < p.n; ++j)
        to[j] = row[j];
    }
  }
}

/// Rows of \p width elements, as vectors of \p bytes.
template <class T, int width, int bytes>
[[gnu::always_inline]] inline void multiplyRows(const Product<T> &p) {
  constexpr int vectorBytes = std::min<int>(bytes, width * int(sizeof(T)));
  typedef T V [[gnu::vector_size(vectorBytes)]];
  T rows[longest * width];
  // Of rows beside each other all but the last can be read, and written, at full length: what is
  // too much is written again.
  const bool packed = p.b.column == 1 && p.b.row >= p.n;
  for (int64_t l = 0; l < p.k; ++l) {
    const T *from = p.b.data + l * p.b.row;
    T *to = rows + l * width;
    if (packed && l * p.b.row + width <= (p.k - 1) * p.b.row + p.n)
      std::memcpy(to, from, sizeof(T) * width);
    else
      for (int64_t j = 0; j < width; ++j)
        to[j] = j < p.n ? from[j * p.b.column] : T(0);
  }
  // Several rows at a time, as a sum waits for the one before.
  int64_t i = 0;
  for (; i + 4 <= p.m; i += 4)
    sumRows<T, V, width, 4>(p, rows, i);
  for (; i < p.m; ++i)
    sumRows<T, V, width, 1>(p, rows, i);
}

template <class T, int bytes> [[gnu::always_inline]] inline void multiplyIn(const Product<T> &p) {
  if (p.n <= 4)
    multiplyRows<T, 4, bytes>(p);
  else
    multiplyRows<T, 8, bytes>(p);
}

template <class T> void baseline(const Product<T> &p) { multiplyIn<T, 16>(p); }
#if defined(__x86_64__)
template <class T> [[gnu::target("avx2")]] void avx2(const Product<T> &p) { multiplyIn<T, 32>(p); }
#endif

} // namespace

template <class T>
void multiplyTiny(int64_t m, int64_t n, int64_t k, const Scattered<T> &a, const Scattered<T> &b,
                  T *c) noexcept {
  if constexpr (isComplexElement<T>) {
    for (int64_t i = 0; i < m; ++i) {
      T *row = c + i * n;
      std::fill_n(row, n, T(0));
      for (int64_t l = 0; l < k; ++l) {
        const T factor = a.data[i * a.row + l * a.column];
        const T *from = b.data + l * b.row;
        for (int64_t j = 0; j < n; ++j)
          row[j] += times(factor, from[j * b.column]);
      }
    }
  } else {
    const Product<T> p{m, n, k, a, b, c};
#if defined(__x86_64__)
    static const bool wide = __builtin_cpu_supports("avx2");
    if (wide)
      return avx2(p);
#endif
    baseline(p);
  }
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template void multiplyTiny(int64_t, int64_t, int64_t, const Scattered<T> &,                      \
                             const Scattered<T> &, T *) noexcept;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
NDRT_INSTANTIATE(std::complex<float>)
NDRT_INSTANTIATE(std::complex<double>)
#undef NDRT_INSTANTIATE

} // namespace ndrt
