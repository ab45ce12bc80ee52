// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Short transforms in one step or two, and the step between real numbers and pairs of them. Bodies
// of kernels; vectors have two complex numbers.
#pragma once

#include "fft/pair_butterflies.h"
#include "fft/pair_kernels.h"

namespace ndrt::fft {

template <class T> struct Pair {
  typedef T Two [[gnu::vector_size(4 * sizeof(T))]];
  typedef T One [[gnu::vector_size(16)]]; // of floats the first half
  typedef double Halves [[gnu::vector_size(16)]];

  [[gnu::always_inline]] static One one(const T *p) {
    if constexpr (sizeof(T) == 8) {
      return loaded<One>(p);
    } else {
      double both;
      std::memcpy(&both, p, sizeof both);
      return One(Halves{both, 0});
    }
  }
  [[gnu::always_inline]] static One real(T x) {
    if constexpr (sizeof(T) == 8)
      return One{x, 0};
    else
      return One{x, 0, 0, 0};
  }
  [[gnu::always_inline]] static void put(T *p, const One &v) {
    if constexpr (sizeof(T) == 8) {
      stored(p, v);
    } else {
      const double both = Halves(v)[0];
      std::memcpy(p, &both, sizeof both);
    }
  }
  [[gnu::always_inline]] static Two two(const T *p, const T *q) {
    if constexpr (sizeof(T) == 8) {
      return __builtin_shufflevector(loaded<One>(p), loaded<One>(q), 0, 1, 2, 3);
    } else {
      double a, b;
      std::memcpy(&a, p, sizeof a);
      std::memcpy(&b, q, sizeof b);
      return Two(Halves{a, b});
    }
  }
  [[gnu::always_inline]] static Two twoReal(const T *p) {
    if constexpr (sizeof(T) == 8)
      return __builtin_shufflevector(loaded<One>(p), One{}, 0, 2, 1, 3);
    else
      return __builtin_shufflevector(one(p), One{}, 0, 4, 1, 5);
  }
};

/// A transform of R elements, all of it.
template <class T, int R>
NDRT_INLINE void alone(const T *from, bool isComplex, T *to, bool inverse, T scale) {
  using V = typename Pair<T>::One;
  const auto turn = Turn<V, T>::by(inverse);
  V x[R];
  if (isComplex) {
#pragma GCC unroll 16
    for (int t = 0; t < R; ++t)
      x[t] = Pair<T>::one(from + 2 * t);
  } else {
#pragma GCC unroll 16
    for (int t = 0; t < R; ++t)
      x[t] = Pair<T>::real(from[t]);
  }
  pairDft<V, T, R>(x, turn);
#pragma GCC unroll 16
  for (int k = 0; k < R; ++k)
    Pair<T>::put(to + 2 * k, x[k] * scale);
}

/// v with the other sign of the imaginary parts.
template <class V, class T> NDRT_INLINE V conjugated(const V &v) {
  typename Turn<V, T>::Mask signs;
#pragma GCC unroll 4
  for (int i = 0; i < lanesOf<V, T>; ++i)
    signs[i] = i % 2 ? decltype(signs[0] + 0)(uint64_t{1} << (8 * sizeof(T) - 1)) : 0;
  return V(typename Turn<V, T>::Mask(v) ^ signs);
}

/// v times re + i im or, where \p other, its conjugate.
template <class V, class T>
NDRT_INLINE V product(const V &v, const V &re, const V &im, bool other) {
  // -i im v = (im v_i, -im v_r)
  const V turned = Turn<V, T>::by(!other)(v);
  return v * re + turned * im;
}

/// 2 R real numbers as R pairs: X_k = e - i w d, X_(R - k) the conjugate of e + i w d.
template <class T, int R> NDRT_INLINE void realEven(const T *from, const T *w, T *to, T scale) {
  using V = typename Pair<T>::One;
  const auto turn = Turn<V, T>::by(false);
  const T half = T(0.5) * scale;
  V x[R];
#pragma GCC unroll 16
  for (int t = 0; t < R; ++t)
    x[t] = Pair<T>::one(from + 2 * t);
  pairDft<V, T, R>(x, turn);
  Pair<T>::put(to, Pair<T>::real((x[0][0] + x[0][1]) * scale));
  Pair<T>::put(to + 2 * R, Pair<T>::real((x[0][0] - x[0][1]) * scale));
#pragma GCC unroll 16
  for (int k = 1; k <= R / 2; ++k) {
    const V b = conjugated<V, T>(x[R - k]), e = (x[k] + b) * half, d = (x[k] - b) * half;
    const V t = turn(product<V, T>(d, w[2 * k] - V{}, w[2 * k + 1] - V{}, false));
    Pair<T>::put(to + 2 * (R - k), conjugated<V, T>(e - t));
    Pair<T>::put(to + 2 * k, e + t);
  }
}

/// And back.
template <class T, int R> NDRT_INLINE void toRealEven(const T *from, const T *w, T *to, T scale) {
  using V = typename Pair<T>::One;
  const auto turn = Turn<V, T>::by(true);
  V x[R];
  x[0] = Pair<T>::real(from[0] + from[2 * R]);
  x[0][1] = from[0] - from[2 * R];
#pragma GCC unroll 16
  for (int k = 1; k <= R / 2; ++k) {
    const V a = Pair<T>::one(from + 2 * k);
    const V b = conjugated<V, T>(Pair<T>::one(from + 2 * (R - k)));
    const V e = a + b;
    const V t = turn(product<V, T>(a - b, w[2 * k] - V{}, w[2 * k + 1] - V{}, true));
    x[R - k] = conjugated<V, T>(e - t);
    x[k] = e + t;
  }
  pairDft<V, T, R>(x, turn);
#pragma GCC unroll 16
  for (int t = 0; t < R; ++t)
    Pair<T>::put(to + 2 * t, x[t] * scale);
}

template <class T, int R> NDRT_INLINE void realOdd(const T *from, T *to, T scale) {
  using V = typename Pair<T>::One;
  V x[R];
#pragma GCC unroll 16
  for (int t = 0; t < R; ++t)
    x[t] = Pair<T>::real(from[t]);
  pairDft<V, T, R>(x, Turn<V, T>::by(false));
  Pair<T>::put(to, Pair<T>::real(x[0][0] * scale));
#pragma GCC unroll 16
  for (int k = 1; k <= R / 2; ++k)
    Pair<T>::put(to + 2 * k, x[k] * scale);
}

template <class T, int R> NDRT_INLINE void toRealOdd(const T *from, T *to, T scale) {
  using V = typename Pair<T>::One;
  V x[R];
  x[0] = Pair<T>::real(from[0]);
#pragma GCC unroll 16
  for (int k = 1; k <= R / 2; ++k) {
    x[k] = Pair<T>::one(from + 2 * k);
    x[R - k] = conjugated<V, T>(x[k]);
  }
  pairDft<V, T, R>(x, Turn<V, T>::by(true));
#pragma GCC unroll 16
  for (int t = 0; t < R; ++t)
    to[t] = x[t][0] * scale;
}

template <class T, int n> NDRT_INLINE void realOf(const T *from, const T *w, T *to, T scale) {
  if constexpr (n % 2)
    realOdd<T, n>(from, to, scale);
  else
    realEven<T, n / 2>(from, w, to, scale);
}
template <class T, int n> NDRT_INLINE void toRealOf(const T *from, const T *w, T *to, T scale) {
  if constexpr (n % 2)
    toRealOdd<T, n>(from, to, scale);
  else
    toRealEven<T, n / 2>(from, w, to, scale);
}

// Where the count is odd the last two transforms have one in common with those before.

/// Transforms of R elements that lie `count` apart, times their twiddles.
template <class T, int R>
NDRT_INLINE void columnStep(const ShortSteps<T> &steps, const T *from, bool isComplex, T *to,
                            bool inverse) {
  using V = typename Pair<T>::Two;
  constexpr auto all = std::make_integer_sequence<int, 4>();
  const auto turn = Turn<V, T>::by(inverse);
  const int count = steps.across;
  const T *cosines = steps.cosines, *sines = steps.sines[inverse];
  for (int b = 0; b < count; b += 2) {
    b = b + 2 > count ? count - 2 : b;
    V x[R];
    if (isComplex) {
#pragma GCC unroll 16
      for (int t = 0; t < R; ++t)
        x[t] = loaded<V>(from + 2 * (t * count + b));
    } else {
#pragma GCC unroll 16
      for (int t = 0; t < R; ++t)
        x[t] = Pair<T>::twoReal(from + t * count + b);
    }
    pairDft<V, T, R>(x, turn);
    stored(to + 2 * b, x[0]);
#pragma GCC unroll 16
    for (int j = 1; j < R; ++j) {
      const int at = 2 * ((j - 1) * count + b);
      x[j] = x[j] * loaded<V>(cosines + at) + partsSwapped(x[j], all) * loaded<V>(sines + at);
      stored(to + 2 * (j * count + b), x[j]);
    }
  }
}

/// Transforms of R elements that lie side by side; results lie `count` apart.
template <class T, int R>
NDRT_INLINE void rowStep(const ShortSteps<T> &steps, const T *from, T *to, bool inverse, T scale) {
  using V = typename Pair<T>::Two;
  const auto turn = Turn<V, T>::by(inverse);
  const int count = steps.down;
  for (int a = 0; a < count; a += 2) {
    a = a + 2 > count ? count - 2 : a;
    V x[R];
#pragma GCC unroll 16
    for (int t = 0; t < R; ++t)
      x[t] = Pair<T>::two(from + 2 * (a * R + t), from + 2 * (a * R + R + t));
    pairDft<V, T, R>(x, turn);
#pragma GCC unroll 16
    for (int k = 0; k < R; ++k)
      stored(to + 2 * (k * count + a), x[k] * scale);
  }
}

/// Parts of w at p and behind it, each twice.
template <class T, int part> NDRT_INLINE typename Pair<T>::Two spread(const T *p) {
  const auto w = loaded<typename Pair<T>::Two>(p);
  return __builtin_shufflevector(w, w, part, part, 2 + part, 2 + part);
}

// Two elements are read one by one: a vector that was stored in two parts would have to wait.

template <class T> NDRT_INLINE void splitOf(const T *z, int64_t h, const T *w, T *x, T scale) {
  using V = typename Pair<T>::Two;
  const T half = T(0.5) * scale;
  x[0] = (z[0] + z[1]) * scale;
  x[2 * h] = (z[0] - z[1]) * scale;
  x[1] = x[2 * h + 1] = 0;
  const auto turn = Turn<V, T>::by(false);
  int64_t k = 1;
  for (; k + 1 <= h / 2; k += 2) {
    const int64_t l = h - k;
    const V a = Pair<T>::two(z + 2 * k, z + 2 * k + 2);
    const V b = conjugated<V, T>(Pair<T>::two(z + 2 * l, z + 2 * l - 2));
    const V e = (a + b) * half, d = (a - b) * half;
    const V t = turn(product<V, T>(d, spread<T, 0>(w + 2 * k), spread<T, 1>(w + 2 * k), false));
    const V other = conjugated<V, T>(e - t);
    stored(x + 2 * l - 2, __builtin_shufflevector(other, other, 2, 3, 0, 1));
    stored(x + 2 * k, e + t);
  }
  if (k <= h / 2) {
    const int64_t l = h - k;
    const T er = (z[2 * k] + z[2 * l]) * half, ei = (z[2 * k + 1] - z[2 * l + 1]) * half;
    const T dr = (z[2 * k] - z[2 * l]) * half, di = (z[2 * k + 1] + z[2 * l + 1]) * half;
    const T tr = w[2 * k] * di + w[2 * k + 1] * dr, ti = w[2 * k + 1] * di - w[2 * k] * dr;
    x[2 * l] = er - tr;
    x[2 * l + 1] = ti - ei;
    x[2 * k] = er + tr;
    x[2 * k + 1] = ei + ti;
  }
}

template <class T> NDRT_INLINE void joinOf(const T *x, int64_t h, const T *w, T *z) {
  using V = typename Pair<T>::Two;
  z[0] = x[0] + x[2 * h];
  z[1] = x[0] - x[2 * h];
  const auto turn = Turn<V, T>::by(true);
  int64_t k = 1;
  for (; k + 1 <= h / 2; k += 2) {
    const int64_t l = h - k;
    const V a = loaded<V>(x + 2 * k);
    const V b = conjugated<V, T>(Pair<T>::two(x + 2 * l, x + 2 * l - 2)), e = a + b;
    const V t = turn(product<V, T>(a - b, spread<T, 0>(w + 2 * k), spread<T, 1>(w + 2 * k), true));
    const V other = conjugated<V, T>(e - t);
    stored(z + 2 * l - 2, __builtin_shufflevector(other, other, 2, 3, 0, 1));
    stored(z + 2 * k, e + t);
  }
  if (k <= h / 2) {
    const int64_t l = h - k;
    const T er = x[2 * k] + x[2 * l], ei = x[2 * k + 1] - x[2 * l + 1];
    const T dr = x[2 * k] - x[2 * l], di = x[2 * k + 1] + x[2 * l + 1];
    const T wr = w[2 * k], wi = w[2 * k + 1];
    const T tr = wi * dr - wr * di, ti = wr * dr + wi * di;
    z[2 * l] = er - tr;
    z[2 * l + 1] = ti - ei;
    z[2 * k] = er + tr;
    z[2 * k + 1] = ei + ti;
  }
}

} // namespace ndrt::fft
