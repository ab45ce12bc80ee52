// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Discrete Fourier transforms of a few elements in place, each a vector of complex numbers, their
// parts side by side: X_j = sum of x_t exp(-2 pi i j t / R), or with the other sign. A complex
// number is computed alone, so it has the same bits wherever in a vector it stands.
#pragma once

#include "fft/vectors.h"

#include <type_traits>

namespace ndrt::fft {

template <class V, int... I> NDRT_INLINE V partsSwapped(V v, std::integer_sequence<int, I...>) {
  return __builtin_shufflevector(v, v, (I ^ 1)...);
}

/// Multiplies by -i, or by i for inverse transforms.
template <class V, class T> struct Turn {
  using Bits = std::conditional_t<sizeof(T) == 4, int32_t, int64_t>;
  typedef Bits Mask [[gnu::vector_size(sizeof(V))]];
  Mask signs;

  [[gnu::always_inline]] static Turn by(bool inverse) {
    constexpr Bits sign = Bits(uint64_t{1} << (8 * sizeof(Bits) - 1));
    Turn turn;
#pragma GCC unroll 8
    for (int i = 0; i < lanesOf<V, T>; ++i)
      turn.signs[i] = i % 2 != int(inverse) ? sign : Bits(0);
    return turn;
  }
  [[gnu::always_inline]] V operator()(const V &v) const {
    const V swapped = partsSwapped(v, std::make_integer_sequence<int, lanesOf<V, T>>());
    return V(Mask(swapped) ^ signs);
  }
};

/// cos, sin of 2 pi j / R for j = 1 ... R / 2, to more digits than a double has.
template <int R> struct Circle;
template <> struct Circle<5> {
  static constexpr double cosine[] = {0.309016994374947424102, -0.809016994374947424102};
  static constexpr double sine[] = {0.951056516295153572116, 0.587785252292473129169};
};
template <> struct Circle<7> {
  static constexpr double cosine[] = {0.623489801858733530525, -0.222520933956314404289,
                                      -0.900968867902419126236};
  static constexpr double sine[] = {0.781831482468029808708, 0.974927912181823607018,
                                    0.433883739117558120476};
};
template <> struct Circle<11> {
  static constexpr double cosine[] = {0.841253532831181168862, 0.415415013001886425529,
                                      -0.142314838273285140444, -0.654860733945285064057,
                                      -0.959492973614497389890};
  static constexpr double sine[] = {0.540640817455597582108, 0.909631995354518371412,
                                    0.989821441880932732376, 0.755749574354258283774,
                                    0.281732556841429697711};
};
template <> struct Circle<13> {
  static constexpr double cosine[] = {0.885456025653209895900,  0.568064746731155802512,
                                      0.120536680255323053349,  -0.354604887042535625970,
                                      -0.748510748171101098635, -0.970941817426052027157};
  static constexpr double sine[] = {0.464723172043768545656, 0.822983865893656394580,
                                    0.992708874098053992801, 0.935016242685414823440,
                                    0.663122658240795202377, 0.239315664287557767149};
};

template <class V, class T, int R> NDRT_INLINE void pairDft(V *x, const Turn<V, T> &turned);

/// An odd R by its symmetry.
template <class V, class T, int R> NDRT_INLINE void pairDftOdd(V *x, const Turn<V, T> &turned) {
  constexpr int half = R / 2;
  V sums[half], differences[half];
  V total = x[0];
#pragma GCC unroll 8
  for (int t = 0; t < half; ++t) {
    sums[t] = x[t + 1] + x[R - 1 - t];
    differences[t] = x[t + 1] - x[R - 1 - t];
    total = total + sums[t];
  }
#pragma GCC unroll 8
  for (int j = 1; j <= half; ++j) {
    V even = x[0], odd = {};
#pragma GCC unroll 8
    for (int t = 0; t < half; ++t) {
      const int at = j * (t + 1) % R, near = at <= half ? at : R - at;
      const T s = T(Circle<R>::sine[near - 1]) * T(at <= half ? 1 : -1);
      even = even + sums[t] * T(Circle<R>::cosine[near - 1]);
      odd = t ? odd + differences[t] * s : differences[t] * s;
    }
    odd = turned(odd);
    x[j] = even + odd; // not read again but by the sums and differences
    x[R - j] = even - odd;
  }
  x[0] = total;
}

/// R = A B without a common divisor: no twiddles (Good, "The interaction algorithm and practical
/// Fourier analysis", 1958).
template <class V, class T, int A, int B>
NDRT_INLINE void pairDftCoprime(V *x, const Turn<V, T> &turned) {
  constexpr int R = A * B;
  V y[R];
#pragma GCC unroll 8
  for (int a = 0; a < A; ++a) {
    V part[B];
#pragma GCC unroll 8
    for (int b = 0; b < B; ++b)
      part[b] = x[(B * a + A * b) % R];
    pairDft<V, T, B>(part, turned);
#pragma GCC unroll 8
    for (int b = 0; b < B; ++b)
      y[a * B + b] = part[b];
  }
#pragma GCC unroll 8
  for (int b = 0; b < B; ++b) {
    V part[A];
#pragma GCC unroll 8
    for (int a = 0; a < A; ++a)
      part[a] = y[a * B + b];
    pairDft<V, T, A>(part, turned);
    // The element that is a modulo A and b modulo B.
#pragma GCC unroll 16
    for (int k = b; k < R; k += B)
      x[k] = part[k % A];
  }
}

template <class V, class T, int R> NDRT_INLINE void pairDft(V *x, const Turn<V, T> &turned) {
  if constexpr (R == 2) {
    const V d = x[0] - x[1];
    x[0] = x[0] + x[1];
    x[1] = d;
  } else if constexpr (R == 3) {
    const V s = x[1] + x[2], d = turned((x[1] - x[2]) * T(sin60)), m = x[0] - s * T(0.5);
    x[0] = x[0] + s;
    x[1] = m + d;
    x[2] = m - d;
  } else if constexpr (R == 4) {
    const V a = x[0] + x[2], b = x[0] - x[2], c = x[1] + x[3], d = turned(x[1] - x[3]);
    x[0] = a + c;
    x[1] = b + d;
    x[2] = a - c;
    x[3] = b - d;
  } else if constexpr (R == 8) {
    constexpr T h = T(0.70710678118654752440);
    V even[4] = {x[0], x[2], x[4], x[6]}, odd[4] = {x[1], x[3], x[5], x[7]};
    pairDft<V, T, 4>(even, turned);
    pairDft<V, T, 4>(odd, turned);
    odd[1] = (odd[1] + turned(odd[1])) * h;
    odd[2] = turned(odd[2]);
    odd[3] = (turned(odd[3]) - odd[3]) * h;
#pragma GCC unroll 4
    for (int j = 0; j < 4; ++j) {
      x[j] = even[j] + odd[j];
      x[j + 4] = even[j] - odd[j];
    }
  } else if constexpr (R == 9) {
    constexpr T c[] = {1, T(0.766044443118978035202), T(0.173648177666930348852), 0,
                       T(-0.939692620785908384054)};
    constexpr T s[] = {0, T(0.642787609686539326323), T(0.984807753012208059367), 0,
                       T(0.342020143325668733044)};
    V y[9];
#pragma GCC unroll 4
    for (int a = 0; a < 3; ++a) {
      V part[3] = {x[a], x[a + 3], x[a + 6]};
      pairDft<V, T, 3>(part, turned);
#pragma GCC unroll 4
      for (int k = 0; k < 3; ++k)
        y[a * 3 + k] = a && k ? part[k] * c[a * k] + turned(part[k]) * s[a * k] : part[k];
    }
#pragma GCC unroll 4
    for (int k = 0; k < 3; ++k) {
      V part[3] = {y[k], y[k + 3], y[k + 6]};
      pairDft<V, T, 3>(part, turned);
#pragma GCC unroll 4
      for (int j = 0; j < 3; ++j)
        x[k + 3 * j] = part[j];
    }
  } else if constexpr (R == 16) {
    constexpr T h = T(0.70710678118654752440);
    constexpr T c = T(0.923879532511286756128), s = T(0.382683432365089771728);
    V y[16];
#pragma GCC unroll 4
    for (int a = 0; a < 4; ++a) {
      V part[4] = {x[a], x[a + 4], x[a + 8], x[a + 12]};
      pairDft<V, T, 4>(part, turned);
#pragma GCC unroll 4
      for (int k = 0; k < 4; ++k)
        y[a * 4 + k] = part[k];
    }
    y[5] = y[5] * c + turned(y[5]) * s;
    y[6] = (y[6] + turned(y[6])) * h;
    y[7] = y[7] * s + turned(y[7]) * c;
    y[9] = (y[9] + turned(y[9])) * h;
    y[10] = turned(y[10]);
    y[11] = (turned(y[11]) - y[11]) * h;
    y[13] = y[13] * s + turned(y[13]) * c;
    y[14] = (turned(y[14]) - y[14]) * h;
    y[15] = y[15] * -c - turned(y[15]) * s;
#pragma GCC unroll 4
    for (int k = 0; k < 4; ++k) {
      V part[4] = {y[k], y[k + 4], y[k + 8], y[k + 12]};
      pairDft<V, T, 4>(part, turned);
#pragma GCC unroll 4
      for (int j = 0; j < 4; ++j)
        x[k + 4 * j] = part[j];
    }
  } else if constexpr (R == 6) {
    pairDftCoprime<V, T, 2, 3>(x, turned);
  } else if constexpr (R == 10) {
    pairDftCoprime<V, T, 2, 5>(x, turned);
  } else if constexpr (R == 12) {
    pairDftCoprime<V, T, 3, 4>(x, turned);
  } else if constexpr (R == 14) {
    pairDftCoprime<V, T, 2, 7>(x, turned);
  } else if constexpr (R == 15) {
    pairDftCoprime<V, T, 3, 5>(x, turned);
  } else if constexpr (R > 1) {
    pairDftOdd<V, T, R>(x, turned);
  }
}

} // namespace ndrt::fft
