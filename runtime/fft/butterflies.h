// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Discrete Fourier transforms of a few elements, each a vector of independent lanes, in place:
// X_j = sum of x_t exp(-2 pi i j t / R). The arithmetic of a lane is written out, so it has the
// same bits in vectors of any width.
#pragma once

#include <cstdint>

#define NDRT_INLINE [[gnu::always_inline]] static inline

namespace ndrt::fft {

inline constexpr double sin60 = 0.86602540378443864676;

/// x *= w, complex.
template <class V, class T> NDRT_INLINE void rotate(V &re, V &im, const T &wr, const T &wi) {
  const V r = re * wr - im * wi;
  im = re * wi + im * wr;
  re = r;
}

template <class V> NDRT_INLINE void dft2(V &r0, V &i0, V &r1, V &i1) {
  const V r = r0 - r1, i = i0 - i1;
  r0 = r0 + r1;
  i0 = i0 + i1;
  r1 = r;
  i1 = i;
}

template <class V, class T> NDRT_INLINE void dft3(V &r0, V &i0, V &r1, V &i1, V &r2, V &i2) {
  const V rs = r1 + r2, is = i1 + i2, rd = (r1 - r2) * T(sin60), id = (i1 - i2) * T(sin60);
  const V rm = r0 - rs * T(0.5), im = i0 - is * T(0.5);
  r0 = r0 + rs;
  i0 = i0 + is;
  r1 = rm + id;
  i1 = im - rd;
  r2 = rm - id;
  i2 = im + rd;
}

template <class V> NDRT_INLINE void dft4(V &r0, V &i0, V &r1, V &i1, V &r2, V &i2, V &r3, V &i3) {
  dft2(r0, i0, r2, i2);
  dft2(r1, i1, r3, i3);
  const V r = r2 - i3, i = i2 + r3; // x2 + i x3
  r2 = r2 + i3;                     // x2 - i x3
  i2 = i2 - r3;
  dft2(r0, i0, r1, i1);
  const V r1s = r1, i1s = i1;
  r1 = r2;
  i1 = i2;
  r2 = r1s;
  i2 = i1s;
  r3 = r;
  i3 = i;
}

/// An odd R by its symmetry: R - 1 sums and differences, (R - 1)^2 / 2 products with \p roots, the
/// pairs cos, sin of 2 pi j / R for j < R.
template <class V, class T, int R> NDRT_INLINE void dftOdd(V *re, V *im, const T *roots) {
  constexpr int half = R / 2;
  V rs[half], is[half], rd[half], id[half];
  V r0 = re[0], i0 = im[0];
#pragma GCC unroll 8
  for (int t = 0; t < half; ++t) {
    rs[t] = re[t + 1] + re[R - 1 - t];
    is[t] = im[t + 1] + im[R - 1 - t];
    rd[t] = re[t + 1] - re[R - 1 - t];
    id[t] = im[t + 1] - im[R - 1 - t];
    r0 = r0 + rs[t];
    i0 = i0 + is[t];
  }
#pragma GCC unroll 8
  for (int j = 1; j <= half; ++j) {
    V rm = re[0], im0 = im[0];
    V ro = rd[0] * roots[2 * j + 1], io = id[0] * roots[2 * j + 1];
    rm = rm + rs[0] * roots[2 * j];
    im0 = im0 + is[0] * roots[2 * j];
#pragma GCC unroll 8
    for (int t = 1; t < half; ++t) {
      const int at = j * (t + 1) % R;
      rm = rm + rs[t] * roots[2 * at];
      im0 = im0 + is[t] * roots[2 * at];
      ro = ro + rd[t] * roots[2 * at + 1];
      io = io + id[t] * roots[2 * at + 1];
    }
    // re[j] is not read again but by rs and rd.
    re[j] = rm + io;
    im[j] = im0 - ro;
    re[R - j] = rm - io;
    im[R - j] = im0 + ro;
  }
  re[0] = r0;
  im[0] = i0;
}

/// R = A B by A transforms of B and B of A.
template <class V, class T, int A, int B> NDRT_INLINE void dftSplit(V *re, V *im, const T *roots);

template <class V, class T, int R> NDRT_INLINE void dft(V *re, V *im, const T *roots) {
  if constexpr (R == 2) {
    dft2(re[0], im[0], re[1], im[1]);
  } else if constexpr (R == 3) {
    dft3<V, T>(re[0], im[0], re[1], im[1], re[2], im[2]);
  } else if constexpr (R == 4) {
    dft4(re[0], im[0], re[1], im[1], re[2], im[2], re[3], im[3]);
  } else if constexpr (R == 5) {
    constexpr double c1 = 0.30901699437494742410, c2 = -0.80901699437494742410;
    constexpr double s1 = 0.95105651629515357212, s2 = 0.58778525229247312917;
    const V rs1 = re[1] + re[4], is1 = im[1] + im[4], rd1 = re[1] - re[4], id1 = im[1] - im[4];
    const V rs2 = re[2] + re[3], is2 = im[2] + im[3], rd2 = re[2] - re[3], id2 = im[2] - im[3];
    const V ra = re[0] + rs1 * T(c1) + rs2 * T(c2), ia = im[0] + is1 * T(c1) + is2 * T(c2);
    const V rb = re[0] + rs1 * T(c2) + rs2 * T(c1), ib = im[0] + is1 * T(c2) + is2 * T(c1);
    const V rc = rd1 * T(s1) + rd2 * T(s2), ic = id1 * T(s1) + id2 * T(s2);
    const V re2 = rd1 * T(s2) - rd2 * T(s1), ie = id1 * T(s2) - id2 * T(s1);
    re[0] = re[0] + rs1 + rs2;
    im[0] = im[0] + is1 + is2;
    re[1] = ra + ic;
    im[1] = ia - rc;
    re[4] = ra - ic;
    im[4] = ia + rc;
    re[2] = rb + ie;
    im[2] = ib - re2;
    re[3] = rb - ie;
    im[3] = ib + re2;
  } else if constexpr (R == 8) {
    constexpr T h = T(0.70710678118654752440);
    dft4(re[0], im[0], re[2], im[2], re[4], im[4], re[6], im[6]);
    dft4(re[1], im[1], re[3], im[3], re[5], im[5], re[7], im[7]);
    // x3 by w, x5 by w^2 = -i, x7 by w^3, w = (1 - i) / sqrt 2
    V r = (re[3] + im[3]) * h, i = (im[3] - re[3]) * h;
    re[3] = r;
    im[3] = i;
    r = im[5];
    im[5] = -re[5];
    re[5] = r;
    r = (im[7] - re[7]) * h;
    i = -(re[7] + im[7]) * h;
    re[7] = r;
    im[7] = i;
    V tr[8], ti[8];
#pragma GCC unroll 4
    for (int j = 0; j < 4; ++j) {
      tr[j] = re[2 * j] + re[2 * j + 1];
      ti[j] = im[2 * j] + im[2 * j + 1];
      tr[j + 4] = re[2 * j] - re[2 * j + 1];
      ti[j + 4] = im[2 * j] - im[2 * j + 1];
    }
#pragma GCC unroll 8
    for (int j = 0; j < 8; ++j) {
      re[j] = tr[j];
      im[j] = ti[j];
    }
  } else if constexpr (R == 6) {
    dftSplit<V, T, 2, 3>(re, im, roots);
  } else if constexpr (R == 9) {
    dftSplit<V, T, 3, 3>(re, im, roots);
  } else if constexpr (R == 15) {
    dftSplit<V, T, 3, 5>(re, im, roots);
  } else if constexpr (R > 1) {
    dftOdd<V, T, R>(re, im, roots);
  }
}

template <class V, class T, int A, int B> NDRT_INLINE void dftSplit(V *re, V *im, const T *roots) {
  // x[A i + a]: A transforms of length B, twiddles, B transforms of length A.
  V r[A * B], m[A * B];
#pragma GCC unroll 8
  for (int a = 0; a < A; ++a) {
    V pr[B], pi[B];
#pragma GCC unroll 8
    for (int i = 0; i < B; ++i) {
      pr[i] = re[A * i + a];
      pi[i] = im[A * i + a];
    }
    dft<V, T, B>(pr, pi, roots);
#pragma GCC unroll 8
    for (int k = 0; k < B; ++k) {
      if (a > 0 && k > 0) // exp(-2 pi i a k / (A B)); sines in the table have the other sign
        rotate(pr[k], pi[k], roots[2 * a * k], -roots[2 * a * k + 1]);
      r[a * B + k] = pr[k];
      m[a * B + k] = pi[k];
    }
  }
#pragma GCC unroll 8
  for (int k = 0; k < B; ++k) {
    V pr[A], pi[A];
#pragma GCC unroll 8
    for (int a = 0; a < A; ++a) {
      pr[a] = r[a * B + k];
      pi[a] = m[a * B + k];
    }
    dft<V, T, A>(pr, pi, roots);
#pragma GCC unroll 8
    for (int j = 0; j < A; ++j) {
      re[k + B * j] = pr[j];
      im[k + B * j] = pi[j];
    }
  }
}

} // namespace ndrt::fft
