// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "fft/kernels.h"

#include "fft/butterflies.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <utility>

namespace ndrt::fft {
namespace {

/// At most `narrow` lanes: of floats 32 bytes.
template <class T, int bytes> struct Vector {
  static constexpr int size = bytes < narrow * int(sizeof(T)) ? bytes : narrow * int(sizeof(T));
  typedef T type [[gnu::vector_size(size)]];
};

template <class V, class T> NDRT_INLINE V loaded(const T *from) {
  V v;
  std::memcpy(&v, from, sizeof v);
  return v;
}
template <class V, class T> NDRT_INLINE void stored(T *to, const V &v) {
  std::memcpy(to, &v, sizeof v);
}

template <class V, class T> constexpr int lanesOf = int(sizeof(V) / sizeof(T));

// Shuffles, by constant positions: a's lanes, then b's.

template <class V, int... I> NDRT_INLINE V evens(V a, V b, std::integer_sequence<int, I...>) {
  return __builtin_shufflevector(a, b, 2 * I...);
}
template <class V, int... I> NDRT_INLINE V odds(V a, V b, std::integer_sequence<int, I...>) {
  return __builtin_shufflevector(a, b, 2 * I + 1 ...);
}
template <class V, int N, int... I>
NDRT_INLINE V zipped(V a, V b, int half, std::integer_sequence<int, I...>) {
  return half ? __builtin_shufflevector(a, b, (I % 2 * N + N / 2 + I / 2)...)
              : __builtin_shufflevector(a, b, (I % 2 * N + I / 2)...);
}
template <int N, int H, class V, int... I>
NDRT_INLINE void exchanged(V &a, V &b, std::integer_sequence<int, I...>) {
  const V low = __builtin_shufflevector(a, b, ((I & H) ? N + I - H : I)...);
  b = __builtin_shufflevector(a, b, ((I & H) ? N + I : I + H)...);
  a = low;
}

/// v[i] lane j <-> v[j] lane i.
template <int N, class V> NDRT_INLINE void transposed(V *v) {
  constexpr auto all = std::make_integer_sequence<int, N>();
#pragma GCC unroll 16
  for (int i = 0; i < N; ++i)
    if (!(i & 1))
      exchanged<N, 1>(v[i], v[i + 1], all);
  if constexpr (N > 2) {
#pragma GCC unroll 16
    for (int i = 0; i < N; ++i)
      if (!(i & 2))
        exchanged<N, 2>(v[i], v[i + 2], all);
  }
  if constexpr (N > 4) {
#pragma GCC unroll 16
    for (int i = 0; i < N; ++i)
      if (!(i & 4))
        exchanged<N, 4>(v[i], v[i + 4], all);
  }
}

/// Complex numbers of N / 2 lanes in vectors of N parts: number H apart exchanged as above.
template <int N, int H, class V, int... I>
NDRT_INLINE void exchangedPairs(V &a, V &b, std::integer_sequence<int, I...>) {
  const V low = __builtin_shufflevector(a, b, ((I / 2 & H) ? N + I - 2 * H : I)...);
  b = __builtin_shufflevector(a, b, ((I / 2 & H) ? N + I : I + 2 * H)...);
  a = low;
}
template <int N, class V> NDRT_INLINE void transposedPairs(V *v) {
  constexpr auto all = std::make_integer_sequence<int, N>();
  if constexpr (sizeof(V) ==
                64) { // pairs of sixteen bytes: halves of both, which one shuffle takes
    const V a = __builtin_shufflevector(v[0], v[1], 0, 1, 2, 3, 8, 9, 10, 11);
    const V b = __builtin_shufflevector(v[2], v[3], 0, 1, 2, 3, 8, 9, 10, 11);
    const V c = __builtin_shufflevector(v[0], v[1], 4, 5, 6, 7, 12, 13, 14, 15);
    const V d = __builtin_shufflevector(v[2], v[3], 4, 5, 6, 7, 12, 13, 14, 15);
    v[0] = __builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13);
    v[1] = __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15);
    v[2] = __builtin_shufflevector(c, d, 0, 1, 4, 5, 8, 9, 12, 13);
    v[3] = __builtin_shufflevector(c, d, 2, 3, 6, 7, 10, 11, 14, 15);
    return;
  }
  if constexpr (N > 2) {
#pragma GCC unroll 4
    for (int i = 0; i < N / 2; i += 2)
      exchangedPairs<N, 1>(v[i], v[i + 1], all);
  }
  if constexpr (N > 4) {
#pragma GCC unroll 4
    for (int i = 0; i < 2; ++i)
      exchangedPairs<N, 2>(v[i], v[i + 2], all);
  }
}

// Sixteen bytes hold K complex numbers. Real parts of 2 K lanes fill sixteen bytes if the first K
// come of one vector and the rest of a second, so that parts never leave their sixteen bytes.

/// The lane of pair \p u of the first vector.
template <class T> constexpr int laneOfPair(int u) {
  constexpr int K = int(8 / sizeof(T));
  return u / K * 2 * K + u % K;
}
template <class T, int P, class V, int... I>
NDRT_INLINE V partsOf(V a, V b, std::integer_sequence<int, I...>) {
  constexpr int K = int(8 / sizeof(T)), N = int(sizeof...(I));
  return __builtin_shufflevector(a, b, ((I / K % 2) * N + (I / (2 * K) * K + I % K) * 2 + P)...);
}
/// And back: the vector of the first K lanes of 2 K, or of the second.
template <class T, int S, class V, int... I>
NDRT_INLINE V pairsOf(V re, V im, std::integer_sequence<int, I...>) {
  constexpr int K = int(8 / sizeof(T)), N = int(sizeof...(I));
  return __builtin_shufflevector(re, im, (I % 2 * N + I / 2 / K * 2 * K + I / 2 % K + S * K)...);
}

template <class V, class T, int R, int W>
NDRT_INLINE void passOf(const T *in, T *out, int64_t m, int64_t s, const T *twiddles,
                        const T *roots) {
  constexpr int N = lanesOf<V, T>;
  for (int64_t k = 0; k < m; ++k, twiddles += 2 * (R - 1)) {
    for (int64_t q = 0; q < s; ++q)
      for (int sub = 0; sub < W; sub += N) {
        const T *from = in + (q + s * k) * (2 * W) + sub;
        T *to = out + (q + s * R * k) * (2 * W) + sub;
        V re[R], im[R];
#pragma GCC unroll 16
        for (int t = 0; t < R; ++t) {
          re[t] = loaded<V>(from + t * m * s * (2 * W));
          im[t] = loaded<V>(from + t * m * s * (2 * W) + W);
        }
        dft<V, T, R>(re, im, roots);
        if (k)
#pragma GCC unroll 16
          for (int j = 1; j < R; ++j)
            rotate(re[j], im[j], twiddles[2 * j - 2], twiddles[2 * j - 1]);
#pragma GCC unroll 16
        for (int j = 0; j < R; ++j) {
          stored(to + j * s * (2 * W), re[j]);
          stored(to + j * s * (2 * W) + W, im[j]);
        }
      }
  }
}

/// Any odd radix; the roots are cos, sin of 2 pi j / radix.
template <class V, class T, int W>
NDRT_INLINE void passOfAny(int radix, const T *in, T *out, int64_t m, int64_t s, const T *twiddles,
                           const T *roots) {
  constexpr int N = lanesOf<V, T>;
  constexpr int most = int(largestRadix) / 2;
  const int half = radix / 2;
  for (int64_t k = 0; k < m; ++k, twiddles += 2 * (radix - 1))
    for (int64_t q = 0; q < s; ++q)
      for (int sub = 0; sub < W; sub += N) {
        const T *from = in + (q + s * k) * (2 * W) + sub;
        T *to = out + (q + s * radix * k) * (2 * W) + sub;
        V rs[most], is[most], rd[most], id[most];
        const V r0 = loaded<V>(from), i0 = loaded<V>(from + W);
        V rsum = r0, isum = i0;
        for (int t = 0; t < half; ++t) {
          const T *x = from + (t + 1) * m * s * (2 * W);
          const T *y = from + (radix - 1 - t) * m * s * (2 * W);
          const V xr = loaded<V>(x), xi = loaded<V>(x + W), yr = loaded<V>(y),
                  yi = loaded<V>(y + W);
          rs[t] = xr + yr;
          is[t] = xi + yi;
          rd[t] = xr - yr;
          id[t] = xi - yi;
          rsum = rsum + rs[t];
          isum = isum + is[t];
        }
        stored(to, rsum);
        stored(to + W, isum);
        for (int j = 1; j <= half; ++j) {
          V rm = r0, im = i0, ro = {}, io = {};
          for (int t = 0, at = j; t < half; ++t) {
            const T c = roots[2 * at], d = roots[2 * at + 1];
            rm = rm + rs[t] * c;
            im = im + is[t] * c;
            ro = ro + rd[t] * d;
            io = io + id[t] * d;
            at += j;
            at -= at >= radix ? radix : 0;
          }
          V lr = rm + io, li = im - ro, hr = rm - io, hi = im + ro;
          if (k) {
            rotate(lr, li, twiddles[2 * j - 2], twiddles[2 * j - 1]);
            rotate(hr, hi, twiddles[2 * (radix - j) - 2], twiddles[2 * (radix - j) - 1]);
          }
          stored(to + j * s * (2 * W), lr);
          stored(to + j * s * (2 * W) + W, li);
          stored(to + (radix - j) * s * (2 * W), hr);
          stored(to + (radix - j) * s * (2 * W) + W, hi);
        }
      }
}

/// R the radix, or 0 for any.
template <class V, class T, int R>
NDRT_INLINE void foldOf(int any, const T *in, T *out, int64_t m, const T *twiddles,
                        const T *roots) {
  constexpr int N = lanesOf<V, T>, W = narrow, most = R ? R / 2 : int(largestRadix) / 2;
  const int radix = R ? R : any, half = radix / 2;
  for (int64_t k = 0; k < m; ++k, twiddles += 2 * half)
    for (int sub = 0; sub < W; sub += N) {
      const T *from = in + k * (2 * W) + sub;
      T *to = out + (half + 1) * k * (2 * W) + sub;
      V rs[most], rd[most];
      const V r0 = loaded<V>(from);
      V sum = r0;
#pragma GCC unroll 8
      for (int t = 0; t < half; ++t) {
        const V x = loaded<V>(from + (t + 1) * m * (2 * W));
        const V y = loaded<V>(from + (radix - 1 - t) * m * (2 * W));
        rs[t] = x + y;
        rd[t] = x - y;
        sum = sum + rs[t];
      }
      stored(to, sum);
      stored(to + W, V{});
#pragma GCC unroll 8
      for (int j = 1; j <= half; ++j) {
        V re = r0, im = {};
        int at = j;
#pragma GCC unroll 8
        for (int t = 0; t < half; ++t) {
          re = re + rs[t] * roots[2 * at];
          im = im - rd[t] * roots[2 * at + 1];
          at += j;
          at -= at >= radix ? radix : 0;
        }
        if (k)
          rotate(re, im, twiddles[2 * j - 2], twiddles[2 * j - 1]);
        stored(to + j * (2 * W), re);
        stored(to + j * (2 * W) + W, im);
      }
    }
}

template <class V, class T, int R>
NDRT_INLINE void unfoldOf(int any, const T *in, T *out, int64_t m, const T *twiddles,
                          const T *roots) {
  constexpr int N = lanesOf<V, T>, W = narrow, most = R ? R / 2 : int(largestRadix) / 2;
  const int radix = R ? R : any, half = radix / 2;
  for (int64_t k = 0; k < m; ++k, twiddles += 2 * half)
    for (int sub = 0; sub < W; sub += N) {
      const T *from = in + (half + 1) * k * (2 * W) + sub;
      T *to = out + k * (2 * W) + sub;
      V re[most], im[most];
      const V r0 = loaded<V>(from + W);
      V sum = r0;
#pragma GCC unroll 8
      for (int j = 0; j < half; ++j) {
        V r = loaded<V>(from + (j + 1) * (2 * W) + W), i = loaded<V>(from + (j + 1) * (2 * W));
        if (k)
          rotate(r, i, twiddles[2 * j], -twiddles[2 * j + 1]);
        re[j] = r + r;
        im[j] = i + i;
        sum = sum + re[j];
      }
      stored(to, sum);
#pragma GCC unroll 8
      for (int p = 1; p <= half; ++p) {
        V even = r0, odd = {};
        int at = p;
#pragma GCC unroll 8
        for (int j = 0; j < half; ++j) {
          even = even + re[j] * roots[2 * at];
          odd = odd + im[j] * roots[2 * at + 1];
          at += p;
          at -= at >= radix ? radix : 0;
        }
        stored(to + p * m * (2 * W), even - odd);
        stored(to + (radix - p) * m * (2 * W), even + odd);
      }
    }
}

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

template <class V, int... I> NDRT_INLINE V partsSwapped(V v, std::integer_sequence<int, I...>) {
  return __builtin_shufflevector(v, v, (I ^ 1)...);
}

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
  for (int t = 0; t < rows; ++t)
#pragma GCC unroll 4
    for (int i = 0; i < B; ++i) {
      const V w = loaded<V>(table + t * columns + j + i * N);
#pragma GCC unroll 2
      for (int c = 0; c < C; ++c)
        sums[c][i] = sums[c][i] + w * x[t * C + c];
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

// Each body once for each instruction set.

#define NDRT_SET(name, target, bytes)                                                              \
  template <class T, int R, int W>                                                                 \
  target void pass##name(const T *in, T *out, int64_t m, int64_t s, const T *w, const T *roots) {  \
    using V = typename Vector<T, bytes>::type;                                                     \
    if constexpr (R)                                                                               \
      passOf<V, T, R, W>(in, out, m, s, w, roots);                                                 \
  }                                                                                                \
  template <class T, int W>                                                                        \
  target void any##name(int radix, const T *in, T *out, int64_t m, int64_t s, const T *w,          \
                        const T *roots) {                                                          \
    passOfAny<typename Vector<T, bytes>::type, T, W>(radix, in, out, m, s, w, roots);              \
  }                                                                                                \
  template <class T, int R, int W>                                                                 \
  target void across##name(const T *lanes, int64_t m, const T *w, const T *roots,                  \
                           const Target<T> &to) {                                                  \
    acrossOf<typename Vector<T, bytes>::type, T, R, W>(lanes, m, w, roots, to);                    \
  }                                                                                                \
  template <class T>                                                                               \
  target void load##name(const Lines<T> &from, T *lanes, int64_t n, int width) {                   \
    loadOf<typename Vector<T, bytes>::type, T>(from, lanes, n, width);                             \
  }                                                                                                \
  template <class T>                                                                               \
  target void store##name(const T *lanes, int64_t n, int width, const Target<T> &to) {             \
    storeOf<typename Vector<T, bytes>::type, T>(lanes, n, width, to);                              \
  }                                                                                                \
  template <class T, int R>                                                                        \
  target void fold##name(int radix, const T *in, T *out, int64_t m, const T *w, const T *roots) {  \
    foldOf<typename Vector<T, bytes>::type, T, R>(radix, in, out, m, w, roots);                    \
  }                                                                                                \
  template <class T>                                                                               \
  void foldIn##name(int radix, const T *in, T *out, int64_t m, const T *w, const T *roots) {       \
    switch (radix) {                                                                               \
    case 3:                                                                                        \
      return fold##name<T, 3>(radix, in, out, m, w, roots);                                        \
    case 5:                                                                                        \
      return fold##name<T, 5>(radix, in, out, m, w, roots);                                        \
    case 7:                                                                                        \
      return fold##name<T, 7>(radix, in, out, m, w, roots);                                        \
    case 11:                                                                                       \
      return fold##name<T, 11>(radix, in, out, m, w, roots);                                       \
    case 13:                                                                                       \
      return fold##name<T, 13>(radix, in, out, m, w, roots);                                       \
    }                                                                                              \
    fold##name<T, 0>(radix, in, out, m, w, roots);                                                 \
  }                                                                                                \
  template <class T, int R>                                                                        \
  target void unfold##name(int radix, const T *in, T *out, int64_t m, const T *w,                  \
                           const T *roots) {                                                       \
    unfoldOf<typename Vector<T, bytes>::type, T, R>(radix, in, out, m, w, roots);                  \
  }                                                                                                \
  template <class T>                                                                               \
  void unfoldIn##name(int radix, const T *in, T *out, int64_t m, const T *w, const T *roots) {     \
    switch (radix) {                                                                               \
    case 3:                                                                                        \
      return unfold##name<T, 3>(radix, in, out, m, w, roots);                                      \
    case 5:                                                                                        \
      return unfold##name<T, 5>(radix, in, out, m, w, roots);                                      \
    case 7:                                                                                        \
      return unfold##name<T, 7>(radix, in, out, m, w, roots);                                      \
    case 11:                                                                                       \
      return unfold##name<T, 11>(radix, in, out, m, w, roots);                                     \
    case 13:                                                                                       \
      return unfold##name<T, 13>(radix, in, out, m, w, roots);                                     \
    }                                                                                              \
    unfold##name<T, 0>(radix, in, out, m, w, roots);                                               \
  }                                                                                                \
  template <class T>                                                                               \
  target void sixteen##name(const T *from, int64_t fromStep, T *to, int64_t toStep, int64_t count, \
                            const T *twiddles, bool inverse, T scale) {                            \
    sixteenOf<typename Vector<T, bytes>::type, T>(from, fromStep, to, toStep, count, twiddles,     \
                                                  inverse, scale);                                 \
  }                                                                                                \
  template <class T>                                                                               \
  target void dense##name(const T *table, int rows, int columns, int channels, const T *x,         \
                          const T *init, T *out) {                                                 \
    using V = typename Vector<T, bytes>::type;                                                     \
    if (channels == 1)                                                                             \
      denseOf<V, T, 1>(table, rows, columns, x, init, out);                                        \
    else                                                                                           \
      denseOf<V, T, 2>(table, rows, columns, x, init, out);                                        \
  }                                                                                                \
  template <class T, int W>                                                                        \
  void chosenPass##name(int radix, const T *in, T *out, int64_t m, int64_t s, const T *w,          \
                        const T *roots) {                                                          \
    switch (radix) {                                                                               \
    case 2:                                                                                        \
      return pass##name<T, 2, W>(in, out, m, s, w, roots);                                         \
    case 3:                                                                                        \
      return pass##name<T, 3, W>(in, out, m, s, w, roots);                                         \
    case 4:                                                                                        \
      return pass##name<T, 4, W>(in, out, m, s, w, roots);                                         \
    case 5:                                                                                        \
      return pass##name<T, 5, W>(in, out, m, s, w, roots);                                         \
    case 7:                                                                                        \
      return pass##name<T, 7, W>(in, out, m, s, w, roots);                                         \
    case 8:                                                                                        \
      return pass##name<T, 8, W>(in, out, m, s, w, roots);                                         \
    case 11:                                                                                       \
      return pass##name<T, 11, W>(in, out, m, s, w, roots);                                        \
    case 13:                                                                                       \
      return pass##name<T, 13, W>(in, out, m, s, w, roots);                                        \
    }                                                                                              \
    any##name<T, W>(radix, in, out, m, s, w, roots);                                               \
  }                                                                                                \
  template <class T>                                                                               \
  void passIn##name(int radix, int width, const T *in, T *out, int64_t m, int64_t s, const T *w,   \
                    const T *roots) {                                                              \
    return width == narrow ? chosenPass##name<T, narrow>(radix, in, out, m, s, w, roots)           \
                           : chosenPass##name<T, wide>(radix, in, out, m, s, w, roots);            \
  }                                                                                                \
  template <class T>                                                                               \
  void acrossIn##name(int radix, const T *lanes, int64_t m, const T *w, const T *roots,            \
                      const Target<T> &to) {                                                       \
    switch (radix) {                                                                               \
    case 0:                                                                                        \
      return across##name<T, 0, narrow>(lanes, m, w, roots, to);                                   \
    case 1:                                                                                        \
      return across##name<T, 1, narrow>(lanes, m, w, roots, to);                                   \
    case 2:                                                                                        \
      return across##name<T, 2, narrow>(lanes, m, w, roots, to);                                   \
    case 3:                                                                                        \
      return across##name<T, 3, narrow>(lanes, m, w, roots, to);                                   \
    case 4:                                                                                        \
      return across##name<T, 4, narrow>(lanes, m, w, roots, to);                                   \
    case 5:                                                                                        \
      return across##name<T, 5, narrow>(lanes, m, w, roots, to);                                   \
    case 6:                                                                                        \
      return across##name<T, 6, narrow>(lanes, m, w, roots, to);                                   \
    case 7:                                                                                        \
      return across##name<T, 7, narrow>(lanes, m, w, roots, to);                                   \
    case 8:                                                                                        \
      return across##name<T, 8, narrow>(lanes, m, w, roots, to);                                   \
    case 9:                                                                                        \
      return across##name<T, 9, wide>(lanes, m, w, roots, to);                                     \
    case 11:                                                                                       \
      return across##name<T, 11, wide>(lanes, m, w, roots, to);                                    \
    case 13:                                                                                       \
      return across##name<T, 13, wide>(lanes, m, w, roots, to);                                    \
    case 15:                                                                                       \
      return across##name<T, 15, wide>(lanes, m, w, roots, to);                                    \
    }                                                                                              \
  }                                                                                                \
  template <class T>                                                                               \
  constexpr Kernels<T> set##name = {passIn##name<T>,  foldIn##name<T>, unfoldIn##name<T>,          \
                                    load##name<T>,    store##name<T>,  acrossIn##name<T>,          \
                                    sixteen##name<T>, dense##name<T>};

NDRT_SET(16, , 16)
#if defined(__x86_64__)
NDRT_SET(32, [[gnu::target("avx2")]], 32)
#if defined(__clang__)
NDRT_SET(64, [[gnu::target("avx512f,avx512dq,avx512vl")]], 64)
#else
NDRT_SET(64, [[gnu::target("avx512f,avx512dq,avx512vl,prefer-vector-width=512")]], 64)
#endif
#endif

int widest() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return 64;
  if (__builtin_cpu_supports("avx2"))
    return 32;
#endif
  return 16;
}

std::atomic<int> limit = 64;

} // namespace

template <class T> const Kernels<T> &kernels([[maybe_unused]] int bytes) noexcept {
#if defined(__x86_64__)
  static const int available = widest();
  bytes = std::min(bytes, limit.load(std::memory_order_relaxed));
  if (available >= 64 && bytes >= 64)
    return set64<T>;
  if (available >= 32 && bytes >= 32)
    return set32<T>;
#endif
  return set16<T>;
}

void limitVectors(int bytes) noexcept { limit = bytes; }

template const Kernels<float> &kernels(int) noexcept;
template const Kernels<double> &kernels(int) noexcept;

} // namespace ndrt::fft
