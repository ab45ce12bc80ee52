// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Steps along lanes. Bodies of kernels, for vectors V of T.
#pragma once

#include "fft/vectors.h"

namespace ndrt::fft {

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

/// Sums and differences of the elements of a row that stand as far from its first one before and
/// behind, \p stride apart; \p first is the first one. Gives the sum of all.
template <class V, class T>
NDRT_INLINE V foldPairs(int radix, const T *in, int64_t stride, V &first, V *sums, V *differences) {
  V sum = first = loaded<V>(in);
#pragma GCC unroll 8
  for (int t = 0; t < radix / 2; ++t) {
    const V x = loaded<V>(in + (t + 1) * stride), y = loaded<V>(in + (radix - 1 - t) * stride);
    sums[t] = x + y;
    differences[t] = x - y;
    sum = sum + sums[t];
  }
  return sum;
}

/// Adds the a[t] times the real parts of roots[j (t + 1)], and takes away the b[t] times their
/// imaginary parts.
template <class V, class T>
NDRT_INLINE void weigh(int radix, int j, const V *a, const V *b, const T *roots, V &even, V &odd) {
  int at = j;
#pragma GCC unroll 8
  for (int t = 0; t < radix / 2; ++t) {
    even = even + a[t] * roots[2 * at];
    odd = odd - b[t] * roots[2 * at + 1];
    at += j;
    at -= at >= radix ? radix : 0;
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
      V r0, rs[most], rd[most];
      stored(to, foldPairs(radix, from, m * (2 * W), r0, rs, rd));
      stored(to + W, V{});
#pragma GCC unroll 8
      for (int j = 1; j <= half; ++j) {
        V re = r0, im = {};
        weigh(radix, j, rs, rd, roots, re, im);
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
        weigh(radix, p, re, im, roots, even, odd);
        stored(to + p * m * (2 * W), even + odd);
        stored(to + (radix - p) * m * (2 * W), even - odd);
      }
    }
}

/// One vector of each row of foldLine.
template <class V, class T, int R>
NDRT_INLINE void foldVectors(int radix, const T *in, T *out, int64_t m, const T *twiddles,
                             const T *roots) {
  constexpr int most = R ? R / 2 : int(largestRadix) / 2;
  const int half = radix / 2;
  V r0, rs[most], rd[most];
  stored(out, foldPairs(radix, in, m, r0, rs, rd));
#pragma GCC unroll 8
  for (int j = 1; j <= half; ++j) {
    V re = r0, im = {};
    weigh(radix, j, rs, rd, roots, re, im);
    rotate(re, im, loaded<V>(twiddles + (2 * j - 2) * m), loaded<V>(twiddles + (2 * j - 1) * m));
    stored(out + (2 * j - 1) * m, re);
    stored(out + 2 * j * m, im);
  }
}

template <class V, class T, int R>
NDRT_INLINE void foldLineOf(int any, const T *in, T *out, int64_t m, const T *twiddles,
                            const T *roots) {
  using One = typename Vector<T, sizeof(T)>::type;
  constexpr int N = lanesOf<V, T>;
  int64_t k = 0;
  for (; k + N <= m; k += N)
    foldVectors<V, T, R>(R ? R : any, in + k, out + k, m, twiddles + k, roots);
  for (; k < m; ++k)
    foldVectors<One, T, R>(R ? R : any, in + k, out + k, m, twiddles + k, roots);
}

/// One vector of each row of unfoldLine; \p pairs are those of line 1.
template <class V, class T, int R>
NDRT_INLINE void unfoldVectors(int radix, const T *in, const T *pairs, T *out, int64_t m,
                               const T *twiddles, const T *roots) {
  constexpr int N = lanesOf<V, T>, most = R ? R / 2 : int(largestRadix) / 2;
  constexpr auto lanes = std::make_integer_sequence<int, N>();
  const int half = radix / 2;
  V re[most], im[most];
  const V r0 = loaded<V>(in);
  V sum = r0;
#pragma GCC unroll 8
  for (int j = 0; j < half; ++j) {
    const V a = loaded<V>(pairs + 2 * j * m), b = loaded<V>(pairs + 2 * j * m + N);
    V r = evens(a, b, lanes), i = odds(a, b, lanes);
    rotate(r, i, loaded<V>(twiddles + 2 * j * m), -loaded<V>(twiddles + (2 * j + 1) * m));
    re[j] = r + r;
    im[j] = i + i;
    sum = sum + re[j];
  }
  stored(out, sum);
#pragma GCC unroll 8
  for (int p = 1; p <= half; ++p) {
    V even = r0, odd = {};
    weigh(radix, p, re, im, roots, even, odd);
    stored(out + p * m, even + odd);
    stored(out + (radix - p) * m, even - odd);
  }
}

template <class V, class T, int R>
NDRT_INLINE void unfoldLineOf(int any, const T *in, T *out, int64_t m, const T *twiddles,
                              const T *roots) {
  using One = typename Vector<T, sizeof(T)>::type;
  constexpr int N = lanesOf<V, T>;
  const T *pairs = in + m;
  int64_t k = 0;
  for (; k + N <= m; k += N)
    unfoldVectors<V, T, R>(R ? R : any, in + k, pairs + 2 * k, out + k, m, twiddles + k, roots);
  for (; k < m; ++k)
    unfoldVectors<One, T, R>(R ? R : any, in + k, pairs + 2 * k, out + k, m, twiddles + k, roots);
}

} // namespace ndrt::fft
