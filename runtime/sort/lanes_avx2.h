// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Vectors of AVX2 (with BMI2 and POPCNT).
#pragma once

#include "sort/lanes.h"

#include <immintrin.h>

#define NDRT_VECTOR [[gnu::target("avx2,bmi2,popcnt"), gnu::always_inline]] inline
#define NDRT_VECTOR_BODY [[gnu::target("avx2,bmi2,popcnt"), gnu::noinline]]

#define NDRT_VECTOR_LAMBDA __attribute__((target("avx2,bmi2,popcnt"), always_inline))

namespace ndrt {
namespace {

/// The lanes of 32 bits that those of 64 bits are.
constexpr auto packing4 = [] {
  std::array<std::array<uint8_t, 8>, 16> halves{};
  constexpr auto whole = packingTable<4>();
  for (size_t mask = 0; mask < 16; ++mask)
    for (size_t i = 0; i < 8; ++i)
      halves[mask][i] = uint8_t(2 * whole[mask][i / 2] + i % 2);
  return halves;
}();
/// From 8 - n on n lanes are set.
alignas(64) constexpr int32_t someLanes[16] = {-1, -1, -1, -1, -1, -1, -1, -1};

/// Eight bytes as indices of 32-bit lanes.
NDRT_VECTOR __m256i indices(const std::array<uint8_t, 8> &bytes) {
  return _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i *>(bytes.data())));
}
NDRT_VECTOR __m256i first32(int64_t count) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(someLanes + 8 - count));
}

/// Of 8 or 4 bytes; what depends on the type of elements is in Lanes.
template <int bytes> struct Moves {
  static constexpr int count = 32 / bytes;
  NDRT_VECTOR static __m256i packed(uint32_t mask, __m256i x) {
    if constexpr (bytes == 8)
      return _mm256_permutevar8x32_epi32(x, indices(packing4[mask]));
    else
      return _mm256_permutevar8x32_epi32(x, indices(packing8[mask]));
  }
  NDRT_VECTOR static __m256i loadSome(const void *p, int64_t n, __m256i other) {
    n = n < 0 ? 0 : n < count ? n : count;
    const __m256i mask = first32(n * (bytes / 4));
    return _mm256_blendv_epi8(other, _mm256_maskload_epi32(static_cast<const int *>(p), mask),
                              mask);
  }
  NDRT_VECTOR static void storeSome(void *p, int64_t n, __m256i x) {
    if (n >= count)
      _mm256_storeu_si256(static_cast<__m256i *>(p), x);
    else if (n > 0)
      _mm256_maskstore_epi32(static_cast<int *>(p), first32(n * (bytes / 4)), x);
  }
  template <uint32_t mask> NDRT_VECTOR static __m256i blend(__m256i a, __m256i b) {
    constexpr uint32_t wide = (mask & 1) * 3 | (mask & 2) * 6 | (mask & 4) * 12 | (mask & 8) * 24;
    return _mm256_blend_epi32(a, b, int((bytes == 8 ? wide : mask) & 0xff));
  }
  /// Lane i from lane i ^ distance.
  template <int distance> NDRT_VECTOR static __m256i exchanged(__m256i x) {
    constexpr int apart = distance * bytes / 4;
    if constexpr (apart == 1)
      return _mm256_shuffle_epi32(x, 0xb1);
    else if constexpr (apart == 2)
      return _mm256_shuffle_epi32(x, 0x4e);
    else
      return _mm256_permute4x64_epi64(x, 0x4e);
  }
  /// Lane i from lane from[i].
  NDRT_VECTOR static __m256i arranged(const int32_t *from, __m256i x) {
    if constexpr (bytes == 8) {
      const __m256i twice = _mm256_cvtepi32_epi64(
          _mm_slli_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)), 1));
      const __m256i low = _mm256_shuffle_epi32(twice, 0xa0);
      return _mm256_permutevar8x32_epi32(
          x, _mm256_add_epi32(low, _mm256_set1_epi64x(int64_t(1) << 32)));
    } else {
      return _mm256_permutevar8x32_epi32(
          x, _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)));
    }
  }
  /// Those of the mask to \p left on, the others up to \p right; what is between may be written.
  NDRT_VECTOR static void apart(void *left, char *right, uint32_t mask, int64_t, __m256i x) {
    const __m256i both = packed(mask, x);
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(right - 32), both);
    _mm256_storeu_si256(static_cast<__m256i *>(left), both);
  }
};

NDRT_VECTOR uint32_t bits64(__m256i x) {
  return uint32_t(_mm256_movemask_pd(_mm256_castsi256_pd(x)));
}
NDRT_VECTOR uint32_t bits32(__m256i x) {
  return uint32_t(_mm256_movemask_ps(_mm256_castsi256_ps(x)));
}

template <class T> struct Compare;
template <> struct Compare<int64_t> {
  /// The most where the mask says so, else the least.
  template <uint32_t mask> NDRT_VECTOR static __m256i leastOrMost(__m256i a, __m256i b) {
    return Moves<8>::blend<mask>(least(a, b), most(a, b));
  }
  /// \p a where x < y, else \p b.
  NDRT_VECTOR static __m256i where(__m256i x, __m256i y, __m256i a, __m256i b) {
    return _mm256_blendv_epi8(b, a, _mm256_cmpgt_epi64(y, x));
  }
  NDRT_VECTOR static __m256i plus(__m256i a, __m256i b) { return _mm256_add_epi64(a, b); }
  NDRT_VECTOR static __m256i minus(__m256i a, __m256i b) { return _mm256_sub_epi64(a, b); }
  NDRT_VECTOR static __m256i up(__m256i x, __m256i by) { return _mm256_sllv_epi64(x, by); }
  /// As unsigned ones.
  NDRT_VECTOR static __m256i down(__m256i x, __m256i by) { return _mm256_srlv_epi64(x, by); }
  NDRT_VECTOR static __m256i either(__m256i a, __m256i b) { return _mm256_or_si256(a, b); }
  NDRT_VECTOR static __m256i ascending() { return _mm256_set_epi64x(3, 2, 1, 0); }
  NDRT_VECTOR static __m256i widened(const int64_t *x) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(x));
  }
  NDRT_VECTOR static __m256i widened(const int32_t *x) {
    return _mm256_cvtepi32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i *>(x)));
  }
  NDRT_VECTOR static void storeBools(bool *to, uint32_t mask) {
    const uint32_t bytes = _pdep_u32(mask, 0x01010101);
    __builtin_memcpy(to, &bytes, 4);
  }
  NDRT_VECTOR static __m256i all(int64_t x) { return _mm256_set1_epi64x(x); }
  NDRT_VECTOR static __m256i least(__m256i a, __m256i b) {
    return _mm256_blendv_epi8(a, b, _mm256_cmpgt_epi64(a, b));
  }
  NDRT_VECTOR static __m256i most(__m256i a, __m256i b) {
    return _mm256_blendv_epi8(b, a, _mm256_cmpgt_epi64(a, b));
  }
  /// All ones where negative.
  NDRT_VECTOR static __m256i sign(__m256i x) {
    return _mm256_cmpgt_epi64(_mm256_setzero_si256(), x);
  }
  NDRT_VECTOR static uint32_t less(__m256i a, __m256i b) {
    return bits64(_mm256_cmpgt_epi64(b, a));
  }
  NDRT_VECTOR static uint32_t equal(__m256i a, __m256i b) {
    return bits64(_mm256_cmpeq_epi64(a, b));
  }
};
template <> struct Compare<int32_t> {
  /// The most where the mask says so, else the least.
  template <uint32_t mask> NDRT_VECTOR static __m256i leastOrMost(__m256i a, __m256i b) {
    return Moves<4>::blend<mask>(least(a, b), most(a, b));
  }
  /// \p a where x < y, else \p b.
  NDRT_VECTOR static __m256i where(__m256i x, __m256i y, __m256i a, __m256i b) {
    return _mm256_blendv_epi8(b, a, _mm256_cmpgt_epi32(y, x));
  }
  NDRT_VECTOR static __m256i all(int32_t x) { return _mm256_set1_epi32(x); }
  NDRT_VECTOR static __m256i least(__m256i a, __m256i b) { return _mm256_min_epi32(a, b); }
  NDRT_VECTOR static __m256i most(__m256i a, __m256i b) { return _mm256_max_epi32(a, b); }
  NDRT_VECTOR static __m256i sign(__m256i x) { return _mm256_srai_epi32(x, 31); }
  NDRT_VECTOR static uint32_t less(__m256i a, __m256i b) {
    return bits32(_mm256_cmpgt_epi32(b, a));
  }
  NDRT_VECTOR static uint32_t equal(__m256i a, __m256i b) {
    return bits32(_mm256_cmpeq_epi32(a, b));
  }
};
/// The top bit turns their order into that of signed ones.
template <> struct Compare<uint64_t> {
  NDRT_VECTOR static __m256i all(uint64_t x) { return _mm256_set1_epi64x(int64_t(x)); }
  NDRT_VECTOR static uint32_t less(__m256i a, __m256i b) {
    const __m256i top = _mm256_set1_epi64x(INT64_MIN);
    return bits64(_mm256_cmpgt_epi64(_mm256_xor_si256(b, top), _mm256_xor_si256(a, top)));
  }
  NDRT_VECTOR static uint32_t equal(__m256i a, __m256i b) {
    return bits64(_mm256_cmpeq_epi64(a, b));
  }
};
template <> struct Compare<uint32_t> {
  NDRT_VECTOR static __m256i all(uint32_t x) { return _mm256_set1_epi32(int32_t(x)); }
  NDRT_VECTOR static uint32_t less(__m256i a, __m256i b) {
    const __m256i top = _mm256_set1_epi32(INT32_MIN);
    return bits32(_mm256_cmpgt_epi32(_mm256_xor_si256(b, top), _mm256_xor_si256(a, top)));
  }
  NDRT_VECTOR static uint32_t equal(__m256i a, __m256i b) {
    return bits32(_mm256_cmpeq_epi32(a, b));
  }
};
template <> struct Compare<double> {
  NDRT_VECTOR static __m256i all(double x) { return _mm256_castpd_si256(_mm256_set1_pd(x)); }
  NDRT_VECTOR static uint32_t less(__m256i a, __m256i b) {
    return uint32_t(_mm256_movemask_pd(
        _mm256_cmp_pd(_mm256_castsi256_pd(a), _mm256_castsi256_pd(b), _CMP_LT_OQ)));
  }
  NDRT_VECTOR static uint32_t equal(__m256i a, __m256i b) {
    return uint32_t(_mm256_movemask_pd(
        _mm256_cmp_pd(_mm256_castsi256_pd(a), _mm256_castsi256_pd(b), _CMP_EQ_OQ)));
  }
};
template <> struct Compare<float> {
  NDRT_VECTOR static __m256i all(float x) { return _mm256_castps_si256(_mm256_set1_ps(x)); }
  NDRT_VECTOR static uint32_t less(__m256i a, __m256i b) {
    return uint32_t(_mm256_movemask_ps(
        _mm256_cmp_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), _CMP_LT_OQ)));
  }
  NDRT_VECTOR static uint32_t equal(__m256i a, __m256i b) {
    return uint32_t(_mm256_movemask_ps(
        _mm256_cmp_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), _CMP_EQ_OQ)));
  }
};

template <class T> struct Lanes : Moves<sizeof(T)>, Compare<T> {
  using Vector = __m256i;
  NDRT_VECTOR static __m256i load(const T *p) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(p));
  }
  NDRT_VECTOR static void store(T *p, __m256i x) {
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(p), x);
  }
  NDRT_VECTOR static __m256i both(__m256i a, __m256i b) { return _mm256_and_si256(a, b); }
  NDRT_VECTOR static __m256i differing(__m256i a, __m256i b) { return _mm256_xor_si256(a, b); }
};

} // namespace
} // namespace ndrt
