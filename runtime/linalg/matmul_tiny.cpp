// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A row of the result is a few vectors that stay in registers while the terms are added up, in
// order. The last vector of a row ends where the row does and so overlaps the one before: what both
// hold is the same, and nothing beyond the row is touched. How long vectors are changes no bit.
#include "linalg/matmul_tiny.h"

#include <algorithm>
#include <cstring>

namespace ndrt {
namespace {

template <class T> struct Product {
  int64_t m, n, k;
  Scattered<T> a;
  const T *b; ///< rows of n or more, bRow apart
  int64_t bRow;
  T *c;
};

/// Columns \p at[0], at[1] ... of \p count rows from \p first on, a vector each.
template <class T, class V, int count, int vectors>
[[gnu::always_inline]] inline void sumRows(const Product<T> &p, int64_t first, const int64_t *at) {
  V sums[count][vectors] = {};
  const T *factor = p.a.data + first * p.a.row, *row = p.b;
  for (int64_t l = 0; l < p.k; ++l, factor += p.a.column, row += p.bRow) {
    V x[vectors];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v)
      std::memcpy(&x[v], row + at[v], sizeof(V));
#pragma GCC unroll 8
    for (int r = 0; r < count; ++r) {
      const T f = factor[r * p.a.row];
#pragma GCC unroll 4
      for (int v = 0; v < vectors; ++v)
        sums[r][v] += x[v] * f;
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < count; ++r)
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v)
      std::memcpy(p.c + (first + r) * p.n + at[v], &sums[r][v], sizeof(V));
}

/// As many rows at a time as leave room for the sums, as each sum waits for the term before.
template <class T, class V, int vectors>
[[gnu::always_inline]] inline void sumColumns(const Product<T> &p, const int64_t *at) {
  constexpr int tall = vectors == 1 ? 8 : vectors == 2 ? 6 : 4;
  int64_t i = 0;
  for (; i + tall <= p.m; i += tall)
    sumRows<T, V, tall, vectors>(p, i, at);
  if (tall > 4 && i + 4 <= p.m) {
    sumRows<T, V, 4, vectors>(p, i, at);
    i += 4;
  }
  if (i + 2 <= p.m) {
    sumRows<T, V, 2, vectors>(p, i, at);
    i += 2;
  }
  if (i < p.m)
    sumRows<T, V, 1, vectors>(p, i, at);
}

/// Rows are at least as long as a vector of \p bytes.
template <class T, int bytes> [[gnu::always_inline]] inline void multiplyIn(const Product<T> &p) {
  typedef T V [[gnu::vector_size(bytes)]];
  constexpr int64_t lanes = bytes / int64_t(sizeof(T));
  int64_t at[3], next = 0;
  while (next < p.n) {
    int vectors = 0;
    for (; vectors < 3 && next < p.n; ++vectors, next += lanes)
      at[vectors] = std::min(next, p.n - lanes);
    if (vectors == 1)
      sumColumns<T, V, 1>(p, at);
    else if (vectors == 2)
      sumColumns<T, V, 2>(p, at);
    else
      sumColumns<T, V, 3>(p, at);
  }
}

template <class T> void baseline(const Product<T> &p) { multiplyIn<T, 16>(p); }
#if defined(__x86_64__)
template <class T> [[gnu::target("avx2")]] void avx2(const Product<T> &p) { multiplyIn<T, 32>(p); }
template <class T> [[gnu::target("avx512f")]] void avx512(const Product<T> &p) {
  multiplyIn<T, 64>(p);
}
/// Bytes of a vector.
const int64_t widest = [] {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") ? 64 : __builtin_cpu_supports("avx2") ? 32 : 16;
}();
#endif

/// Rows of fewer elements than a vector has.
template <int n, class T>
void narrow(int64_t m, int64_t k, const Scattered<T> &a, const Scattered<T> &b, T *c) {
  for (int64_t i = 0; i < m; ++i) {
    T sums[n] = {};
    const T *factor = a.data + i * a.row, *row = b.data;
    for (int64_t l = 0; l < k; ++l, factor += a.column, row += b.row)
      for (int j = 0; j < n; ++j)
        sums[j] += *factor * row[j * b.column];
    std::memcpy(c + i * n, sums, sizeof sums);
  }
}

template <class T>
void complexProduct(int64_t m, int64_t n, int64_t k, const Scattered<T> &a, const Scattered<T> &b,
                    T *c) {
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
}

} // namespace

template <class T>
void multiplyTiny(int64_t m, int64_t n, int64_t k, const Scattered<T> &a, const Scattered<T> &b,
                  T *c) noexcept {
  if constexpr (isComplexElement<T>) {
    complexProduct(m, n, k, a, b, c);
  } else {
    if (n == 1)
      return narrow<1>(m, k, a, b, c);
    if (n == 2 && sizeof(T) == 4)
      return narrow<2>(m, k, a, b, c);
    if (n == 3 && sizeof(T) == 4)
      return narrow<3>(m, k, a, b, c);
    Product<T> p{m, n, k, a, b.data, b.row, c};
    T turned[tinySide * tinySide];
    if (b.column != 1) {
      for (int64_t l = 0; l < k; ++l)
        for (int64_t j = 0; j < n; ++j)
          turned[l * n + j] = b.data[l * b.row + j * b.column];
      p.b = turned;
      p.bRow = n;
    }
#if defined(__x86_64__)
    const int64_t bytes = n * int64_t(sizeof(T));
    if (bytes >= 64 && (bytes - 1) / 32 % 2 == 1 && widest == 64) // else half a vector is overlap
      return avx512(p);
    if (bytes >= 32 && widest >= 32)
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
