// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A row of the result is a few vectors that stay in registers while the terms are added up, in
// order. The last vector of a row ends where the row does and so overlaps the one before: what both
// hold is the same, and nothing beyond the row is touched. How long vectors are changes no bit.
//
// Included once for each instruction set, behind NDRT_VECTOR, which names it, and fused(x, y, sum).
#include "linalg/matmul_tiny.h"

#include <cstring>

namespace ndrt {
namespace {

/// Columns \p at[0], at[1] ... of \p count rows from \p first on, a vector each.
template <class T, class V, int count, int vectors>
NDRT_VECTOR void sumRows(const TinyProduct<T> &p, int64_t first, const int64_t *at) {
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
        sums[r][v] = fused(x[v], f - V{}, sums[r][v]);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < count; ++r)
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v)
      std::memcpy(p.c + (first + r) * p.n + at[v], &sums[r][v], sizeof(V));
}

/// The rows in evenly sized runs, as many at a time as leave room for the sums: each sum waits for
/// the term before.
template <class T, class V, int vectors>
NDRT_VECTOR void sumColumns(const TinyProduct<T> &p, const int64_t *at) {
  constexpr bool manyRegisters = sizeof(V) == 64;
  constexpr int few = vectors == 2 ? 6 : 4, many = vectors == 2 ? 8 : vectors == 3 ? 6 : 4;
  constexpr int tall = vectors == 1 ? 8 : manyRegisters ? many : few;
  int64_t runs = (p.m + tall - 1) / tall;
  for (int64_t i = 0, rows; i < p.m; i += rows, --runs) {
    rows = (p.m - i + runs - 1) / runs;
    switch (rows) {
    case 8:
      if constexpr (tall == 8)
        sumRows<T, V, 8, vectors>(p, i, at);
      break;
    case 7:
      if constexpr (tall == 8)
        sumRows<T, V, 7, vectors>(p, i, at);
      break;
    case 6:
      if constexpr (tall >= 6)
        sumRows<T, V, 6, vectors>(p, i, at);
      break;
    case 5:
      if constexpr (tall >= 6)
        sumRows<T, V, 5, vectors>(p, i, at);
      break;
    case 4:
      sumRows<T, V, 4, vectors>(p, i, at);
      break;
    case 3:
      sumRows<T, V, 3, vectors>(p, i, at);
      break;
    case 2:
      sumRows<T, V, 2, vectors>(p, i, at);
      break;
    default:
      sumRows<T, V, 1, vectors>(p, i, at);
    }
  }
}

/// Rows are at least as long as a vector of \p bytes.
template <class T, int bytes> NDRT_VECTOR void multiplyIn(const TinyProduct<T> &p) {
  typedef T V [[gnu::vector_size(bytes)]];
  constexpr int64_t lanes = bytes / int64_t(sizeof(T));
  constexpr int most = bytes == 64 ? 4 : 3;
  int64_t at[most], next = 0;
  while (next < p.n) {
    int vectors = 0;
    for (; vectors < most && next < p.n; ++vectors, next += lanes)
      at[vectors] = next < p.n - lanes ? next : p.n - lanes;
    if (vectors == 1)
      sumColumns<T, V, 1>(p, at);
    else if (vectors == 2)
      sumColumns<T, V, 2>(p, at);
    else if (vectors == 3)
      sumColumns<T, V, 3>(p, at);
    else if constexpr (most == 4)
      sumColumns<T, V, 4>(p, at);
  }
}

} // namespace
} // namespace ndrt
