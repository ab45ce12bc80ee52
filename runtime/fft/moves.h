// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements in and out of lanes, and steps across lanes. Bodies of kernels, for vectors V of T.
#pragma once

#include "fft/vectors.h"

namespace ndrt::fft {

/// One row, element by element.
template <class T>
NDRT_INLINE void loadRow(const Lines<T> &from, int64_t row, int lanes, T *re, T *im, int width) {
  const T *x = from.data + row * from.rowStep;
  for (int l = 0; l < lanes; ++l, x += from.laneStep) {
    re[l] = x[0];
    im[l] = from.imag ? x[from.imag] : T(0);
  }
  for (int l = lanes; l < width; ++l)
    re[l] = im[l] = 0;
}

template <class V, class T>
NDRT_INLINE void loadOf(const Lines<T> &from, T *lanes, int64_t n, int width) {
  constexpr int N = lanesOf<V, T>;
  constexpr auto all = std::make_integer_sequence<int, N>();
  const int64_t rows = from.rows < n ? from.rows : n;
  const int64_t whole = from.whole < rows ? from.whole : rows;
  T *re = lanes + (from.swapped ? width : 0), *im = lanes + (from.swapped ? 0 : width);
  int64_t row = 0;
  if (from.imag == 1 && from.laneStep == 2) {
    for (; row < whole; ++row) {
      const T *x = from.data + row * from.rowStep;
      for (int l = 0; l < width; l += N) {
        const V a = loaded<V>(x + 2 * l), b = loaded<V>(x + 2 * l + N);
        stored(re + row * 2 * width + l, evens(a, b, all));
        stored(im + row * 2 * width + l, odds(a, b, all));
      }
    }
  } else if (from.laneStep == 1) {
    for (; row < whole; ++row) {
      const T *x = from.data + row * from.rowStep;
      for (int l = 0; l < width; l += N) {
        stored(re + row * 2 * width + l, loaded<V>(x + l));
        stored(im + row * 2 * width + l, from.imag ? loaded<V>(x + from.imag + l) : V{});
      }
    }
  } else if (from.imag == 1 && from.rowStep == 2 && from.lanes == narrow && width == narrow) {
    // Lanes are contiguous themselves: M elements of N of them at a time.
    constexpr int M = N / 2;
    for (; row + M <= rows; row += M)
      for (int l = 0; l < narrow; l += N) {
        V a[M], b[M];
#pragma GCC unroll 4
        for (int u = 0; u < M; ++u) {
          const T *x = from.data + (l + laneOfPair<T>(u)) * from.laneStep + 2 * row;
          a[u] = loaded<V>(x);
          b[u] = loaded<V>(x + int(8 / sizeof(T)) * from.laneStep);
        }
        transposedPairs<N>(a);
        transposedPairs<N>(b);
#pragma GCC unroll 4
        for (int e = 0; e < M; ++e) {
          stored(re + (row + e) * 2 * width + l, partsOf<T, 0>(a[e], b[e], all));
          stored(im + (row + e) * 2 * width + l, partsOf<T, 1>(a[e], b[e], all));
        }
      }
  }
  if (!from.imag && from.rowStep == 1 && from.lanes == narrow && width == narrow)
    for (; row + N <= rows; row += N)
      for (int l = 0; l < narrow; l += N) {
        V v[N];
#pragma GCC unroll 8
        for (int lane = 0; lane < N; ++lane)
          v[lane] = loaded<V>(from.data + (l + lane) * from.laneStep + row);
        transposed<N>(v);
#pragma GCC unroll 8
        for (int e = 0; e < N; ++e) {
          stored(re + (row + e) * 2 * width + l, v[e]);
          stored(im + (row + e) * 2 * width + l, V{});
        }
      }
  for (; row < rows; ++row)
    loadRow(from, row, from.lanes, re + row * 2 * width, im + row * 2 * width, width);
  if (row < n && from.tail) {
    loadRow(from, row, from.tail, re + row * 2 * width, im + row * 2 * width, width);
    ++row;
  }
  if (row < n)
    std::memset(lanes + row * 2 * width, 0, size_t((n - row) * 2 * width) * sizeof(T));
}

template <class V, class T>
NDRT_INLINE void storeOf(const T *lanes, int64_t n, int width, const Target<T> &to) {
  constexpr int N = lanesOf<V, T>;
  constexpr auto all = std::make_integer_sequence<int, N>();
  const T *re = lanes + (to.swapped ? width : 0), *im = lanes + (to.swapped ? 0 : width);
  int64_t row = 0;
  if (to.imag == 1 && to.laneStep == 2 && to.lanes == width) {
    for (; row < n; ++row) {
      T *x = to.data + row * to.rowStep;
      for (int l = 0; l < width; l += N) {
        const V a = loaded<V>(re + row * 2 * width + l) * to.scale;
        const V b = loaded<V>(im + row * 2 * width + l) * to.scale;
        stored(x + 2 * l, zipped<V, N>(a, b, 0, all));
        stored(x + 2 * l + N, zipped<V, N>(a, b, 1, all));
      }
    }
  } else if (to.laneStep == 1 && to.lanes == width) {
    for (; row < n; ++row) {
      T *x = to.data + row * to.rowStep;
      for (int l = 0; l < width; l += N) {
        stored(x + l, loaded<V>(re + row * 2 * width + l) * to.scale);
        if (to.imag)
          stored(x + to.imag + l, loaded<V>(im + row * 2 * width + l) * to.scale);
      }
    }
  } else if (to.imag == 1 && to.rowStep == 2 && to.lanes == narrow && width == narrow) {
    constexpr int M = N / 2;
    for (; row + M <= n; row += M)
      for (int l = 0; l < narrow; l += N) {
        V a[M], b[M];
#pragma GCC unroll 4
        for (int e = 0; e < M; ++e) {
          const V r = loaded<V>(re + (row + e) * 2 * width + l) * to.scale;
          const V i = loaded<V>(im + (row + e) * 2 * width + l) * to.scale;
          a[e] = pairsOf<T, 0>(r, i, all);
          b[e] = pairsOf<T, 1>(r, i, all);
        }
        transposedPairs<N>(a);
        transposedPairs<N>(b);
#pragma GCC unroll 4
        for (int u = 0; u < M; ++u) {
          T *x = to.data + (l + laneOfPair<T>(u)) * to.laneStep + 2 * row;
          stored(x, a[u]);
          stored(x + int(8 / sizeof(T)) * to.laneStep, b[u]);
        }
      }
  }
  if (!to.imag && to.rowStep == 1 && to.lanes == narrow && width == narrow)
    for (; row + N <= n; row += N)
      for (int l = 0; l < narrow; l += N) {
        V v[N];
#pragma GCC unroll 8
        for (int e = 0; e < N; ++e)
          v[e] = loaded<V>(re + (row + e) * 2 * width + l) * to.scale;
        transposed<N>(v);
#pragma GCC unroll 8
        for (int lane = 0; lane < N; ++lane)
          stored(to.data + (l + lane) * to.laneStep + row, v[lane]);
      }
  for (; row < n; ++row) {
    T *x = to.data + row * to.rowStep;
    for (int l = 0; l < to.lanes; ++l, x += to.laneStep) {
      x[0] = re[row * 2 * width + l] * to.scale;
      if (to.imag)
        x[to.imag] = im[row * 2 * width + l] * to.scale;
    }
  }
}

template <class V, class T, int R, int W>
NDRT_INLINE void acrossOf(const T *lanes, int64_t m, const T *twiddles, const T *roots,
                          const Target<T> &to) {
  constexpr int N = lanesOf<V, T>;
  constexpr auto all = std::make_integer_sequence<int, N>();
  for (int64_t k0 = 0; k0 < m; k0 += N) {
    V re[W], im[W];
#pragma GCC unroll 8
    for (int sub = 0; sub < W; sub += N) {
#pragma GCC unroll 16
      for (int e = 0; e < N; ++e) {
        const T *from = lanes + (k0 + e) * 2 * W + sub;
        V r = loaded<V>(from), i = loaded<V>(from + W);
        if (twiddles) {
          const T *w = twiddles + (k0 + e) * 2 * W + sub;
          rotate(r, i, loaded<V>(w), loaded<V>(w + W));
        }
        re[sub + e] = r;
        im[sub + e] = i;
      }
      transposed<N>(re + sub);
      transposed<N>(im + sub);
    }
    if constexpr (R > 1)
      dft<V, T, R>(re, im, roots);
    const int count = int(m - k0 < N ? m - k0 : N);
    const int parts = R ? R : to.lanes;
#pragma GCC unroll 16
    for (int j = 0; j < (R ? R : W); ++j) {
      if (!R && j >= parts)
        break;
      T *x = to.data + k0 * to.rowStep + j * to.laneStep;
      const V a = (to.swapped ? im[j] : re[j]) * to.scale;
      const V b = (to.swapped ? re[j] : im[j]) * to.scale;
      if (to.rowStep == 2 && count == N) {
        stored(x, zipped<V, N>(a, b, 0, all));
        stored(x + N, zipped<V, N>(a, b, 1, all));
      } else {
        alignas(64) T pairs[2 * N];
        stored(pairs, zipped<V, N>(a, b, 0, all));
        stored(pairs + N, zipped<V, N>(a, b, 1, all));
        for (int e = 0; e < count; ++e, x += to.rowStep)
          std::memcpy(x, pairs + 2 * e, 2 * sizeof(T));
      }
    }
  }
}

} // namespace ndrt::fft
