// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Short transforms on their own. Bodies of kernels, for vectors V of T.
#pragma once

#include "fft/pair_butterflies.h"

#include <algorithm>

namespace ndrt::fft {

/// Four complex numbers to a row, in `C` vectors of interleaved parts; \p turn is 1, -1, 1, ... for
/// a transform, its negative for the inverse one.
template <class V, int C> NDRT_INLINE void dft4Rows(V (*v)[C], const V &turn) {
  constexpr auto all = std::make_integer_sequence<int, 4 * 2 / C>();
#pragma GCC unroll 4
  for (int c = 0; c < C; ++c) {
    const V a = v[0][c] + v[2][c], b = v[0][c] - v[2][c];
    const V s = v[1][c] + v[3][c], d = partsSwapped(v[1][c] - v[3][c], all) * turn;
    v[0][c] = a + s;
    v[1][c] = b + d;
    v[2][c] = a - s;
    v[3][c] = b - d;
  }
}

template <class V, class T>
NDRT_INLINE void sixteenOf(const T *from, int64_t fromStep, T *to, int64_t toStep, int64_t count,
                           const T *twiddles, bool inverse, T scale) {
  constexpr int N = lanesOf<V, T>, C = 8 / N, M = N / 2;
  constexpr auto all = std::make_integer_sequence<int, N>();
  const T sign = inverse ? -1 : 1;
  V turn;
#pragma GCC unroll 8
  for (int i = 0; i < N; ++i)
    turn[i] = i % 2 ? -sign : sign;
  for (; count > 0; --count, from += fromStep, to += toStep) {
    V v[4][C], w[4][C];
#pragma GCC unroll 4
    for (int r = 0; r < 4; ++r)
#pragma GCC unroll 4
      for (int c = 0; c < C; ++c)
        v[r][c] = loaded<V>(from + 8 * r + N * c);
    dft4Rows<V, C>(v, turn);
#pragma GCC unroll 4
    for (int r = 1; r < 4; ++r)
#pragma GCC unroll 4
      for (int c = 0; c < C; ++c) {
        const V re = loaded<V>(twiddles + 8 * r + N * c);
        const V im = loaded<V>(twiddles + 32 + 8 * r + N * c) * sign;
        v[r][c] = v[r][c] * re + partsSwapped(v[r][c], all) * im;
      }
      // Blocks of M rows and columns are transposed, then change places.
#pragma GCC unroll 4
    for (int r = 0; r < 4; r += M)
#pragma GCC unroll 4
      for (int c = 0; c < C; ++c) {
        V block[M];
#pragma GCC unroll 4
        for (int i = 0; i < M; ++i)
          block[i] = v[r + i][c];
        transposedPairs<N>(block);
#pragma GCC unroll 4
        for (int i = 0; i < M; ++i)
          w[c * M + i][r / M] = block[i];
      }
    dft4Rows<V, C>(w, turn);
#pragma GCC unroll 4
    for (int r = 0; r < 4; ++r)
#pragma GCC unroll 4
      for (int c = 0; c < C; ++c)
        stored(to + 8 * r + N * c, w[r][c] * scale);
  }
}

/// \p B vectors of columns from \p j on.
template <class V, class T, int C, int B>
NDRT_INLINE void denseColumns(const T *table, int rows, int columns, const T *x, const T *init,
                              T *out, int j) {
  constexpr int N = lanesOf<V, T>;
  V sums[C][B];
#pragma GCC unroll 2
  for (int c = 0; c < C; ++c)
#pragma GCC unroll 4
    for (int i = 0; i < B; ++i)
      sums[c][i] = V{} + init[c];
  // A few rows at a time: what adds up in one sequence is rounded as often as it is long.
  for (int first = 0; first < rows; first += 8) {
    V some[C][B] = {};
    for (int t = first; t < std::min(first + 8, rows); ++t)
#pragma GCC unroll 4
      for (int i = 0; i < B; ++i) {
        const V w = loaded<V>(table + t * columns + j + i * N);
#pragma GCC unroll 2
        for (int c = 0; c < C; ++c)
          some[c][i] = some[c][i] + w * x[t * C + c];
      }
#pragma GCC unroll 2
    for (int c = 0; c < C; ++c)
#pragma GCC unroll 4
      for (int i = 0; i < B; ++i)
        sums[c][i] = sums[c][i] + some[c][i];
  }
#pragma GCC unroll 2
  for (int c = 0; c < C; ++c)
#pragma GCC unroll 4
    for (int i = 0; i < B; ++i)
      stored(out + c * columns + j + i * N, sums[c][i]);
}

template <class V, class T, int C>
NDRT_INLINE void denseOf(const T *table, int rows, int columns, const T *x, const T *init, T *out) {
  constexpr int N = lanesOf<V, T>;
  int j = 0;
  for (; j + 4 * N <= columns; j += 4 * N)
    denseColumns<V, T, C, 4>(table, rows, columns, x, init, out, j);
  for (; j + 2 * N <= columns; j += 2 * N)
    denseColumns<V, T, C, 2>(table, rows, columns, x, init, out, j);
  for (; j < columns; j += N)
    denseColumns<V, T, C, 1>(table, rows, columns, x, init, out, j);
}

} // namespace ndrt::fft
