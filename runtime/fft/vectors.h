// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Vectors of any width, and their elements in other places.
#pragma once

#include "fft/butterflies.h"
#include "fft/kernels.h"

#include <cstring>
#include <utility>

namespace ndrt::fft {

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

} // namespace ndrt::fft
