// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#define NDRT_VECTOR [[gnu::always_inline]] inline

namespace ndrt {
namespace {

template <class V> NDRT_VECTOR V fused(const V &x, const V &y, const V &sum) { return sum + x * y; }

} // namespace
} // namespace ndrt

#include "linalg/matmul_tiny_rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ndrt {
namespace {

#if defined(__x86_64__)
/// Bytes of a vector.
const int64_t widest = [] {
  __builtin_cpu_init();
  const bool fuses = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return !fuses ? 16 : __builtin_cpu_supports("avx512f") ? 64 : 32;
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

/// Rows of 32 bytes and more, which are fused on every machine: the same bits, if not as fast.
template <class T> void fusedOneByOne(const TinyProduct<T> &p) {
  for (int64_t i = 0; i < p.m; ++i)
    for (int64_t j = 0; j < p.n; ++j) {
      T sum = 0;
      for (int64_t l = 0; l < p.k; ++l)
        sum = std::fma(p.b[l * p.bRow + j], p.a.data[i * p.a.row + l * p.a.column], sum);
      p.c[i * p.n + j] = sum;
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
    TinyProduct<T> p{m, n, k, a, b.data, b.row, c};
    T turned[tinySide * tinySide];
    if (b.column != 1) {
      for (int64_t l = 0; l < k; ++l)
        for (int64_t j = 0; j < n; ++j)
          turned[l * n + j] = b.data[l * b.row + j * b.column];
      p.b = turned;
      p.bRow = n;
    }
    const int64_t bytes = n * int64_t(sizeof(T));
#if defined(__x86_64__)
    if (bytes >= 64 && (bytes - 1) / 32 % 2 == 1 && widest == 64) // else half a vector is overlap
      return multiplyAvx512(p);
    if (bytes >= 32 && widest >= 32)
      return multiplyAvx2(p);
#endif
    if (bytes >= 32)
      return fusedOneByOne(p);
    multiplyIn<T, 16>(p);
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
