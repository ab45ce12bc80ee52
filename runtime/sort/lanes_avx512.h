// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Vectors of AVX-512 (F, DQ, with BMI2 and POPCNT).
#pragma once

#include "sort/lanes.h"

#include <immintrin.h>

#define NDRT_VECTOR [[gnu::target("avx512f,avx512dq,bmi2,popcnt"), gnu::always_inline]] inline
#define NDRT_VECTOR_BODY [[gnu::target("avx512f,avx512dq,bmi2,popcnt"), gnu::noinline]]

#define NDRT_VECTOR_LAMBDA __attribute__((target("avx512f,avx512dq,bmi2,popcnt"), always_inline))

namespace ndrt {
namespace {

/// Of 8 or 4 bytes; what depends on the type of elements is in Lanes.
template <int bytes> struct Moves {
  static constexpr int count = 64 / bytes;
  static constexpr bool wide = bytes == 8;
  NDRT_VECTOR static __m512i loadSome(const void *p, int64_t n, __m512i other) {
    return wide ? _mm512_mask_loadu_epi64(other, __mmask8(firstLanes(n)), p)
                : _mm512_mask_loadu_epi32(other, __mmask16(firstLanes(n)), p);
  }
  NDRT_VECTOR static void storeSome(void *p, int64_t n, __m512i x) {
    wide ? _mm512_mask_storeu_epi64(p, __mmask8(firstLanes(n)), x)
         : _mm512_mask_storeu_epi32(p, __mmask16(firstLanes(n)), x);
  }
  NDRT_VECTOR static __m512i packed(uint32_t mask, __m512i x) {
    return wide ? _mm512_maskz_compress_epi64(__mmask8(mask), x)
                : _mm512_maskz_compress_epi32(__mmask16(mask), x);
  }
  template <uint32_t mask> NDRT_VECTOR static __m512i blend(__m512i a, __m512i b) {
    return wide ? _mm512_mask_blend_epi64(__mmask8(mask), a, b)
                : _mm512_mask_blend_epi32(__mmask16(mask), a, b);
  }
  /// Lane i from lane i ^ distance.
  template <int distance> NDRT_VECTOR static __m512i exchanged(__m512i x) {
    constexpr int apart = distance * bytes / 4;
    if constexpr (apart == 1)
      return _mm512_shuffle_epi32(x, _MM_PERM_ENUM(0xb1));
    else if constexpr (apart == 2)
      return _mm512_shuffle_epi32(x, _MM_PERM_ENUM(0x4e));
    else if constexpr (apart == 4)
      return _mm512_permutex_epi64(x, 0x4e);
    else
      return _mm512_shuffle_i64x2(x, x, 0x4e);
  }
  /// Lane i from lane from[i].
  NDRT_VECTOR static __m512i arranged(const int32_t *from, __m512i x) {
    if constexpr (wide)
      return _mm512_permutexvar_epi64(
          _mm512_cvtepi32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from))), x);
    else
      return _mm512_permutexvar_epi32(_mm512_loadu_si512(from), x);
  }
  /// The \p n of the mask to \p left on, the others up to \p right; what is between may be
  /// written.
  NDRT_VECTOR static void apart(void *left, char *right, uint32_t mask, int64_t n, __m512i x) {
    if constexpr (wide) {
      const __m512i order = _mm512_cvtepu8_epi64(
          _mm_loadl_epi64(reinterpret_cast<const __m128i *>(packing8[mask].data())));
      const __m512i both = _mm512_permutexvar_epi64(order, x);
      _mm512_storeu_si512(right - 64, both);
      _mm512_storeu_si512(left, both);
    } else {
      const int64_t others = count - n;
      _mm512_mask_storeu_epi32(right - bytes * others, __mmask16(firstLanes(others)),
                               packed(~mask & 0xffff, x));
      _mm512_storeu_si512(left, packed(mask, x));
    }
  }
};

template <class T> struct Compare;
template <> struct Compare<int64_t> {
  /// The most where the mask says so, else the least.
  template <uint32_t mask> NDRT_VECTOR static __m512i leastOrMost(__m512i a, __m512i b) {
    return _mm512_mask_max_epi64(_mm512_min_epi64(a, b), __mmask8(mask), a, b);
  }
  /// \p a where x < y, else \p b.
  NDRT_VECTOR static __m512i where(__m512i x, __m512i y, __m512i a, __m512i b) {
    return _mm512_mask_blend_epi64(_mm512_cmplt_epi64_mask(x, y), b, a);
  }
  NDRT_VECTOR static __m512i plus(__m512i a, __m512i b) { return _mm512_add_epi64(a, b); }
  NDRT_VECTOR static __m512i minus(__m512i a, __m512i b) { return _mm512_sub_epi64(a, b); }
  NDRT_VECTOR static __m512i up(__m512i x, __m512i by) { return _mm512_sllv_epi64(x, by); }
  /// As unsigned ones.
  NDRT_VECTOR static __m512i down(__m512i x, __m512i by) { return _mm512_srlv_epi64(x, by); }
  NDRT_VECTOR static __m512i either(__m512i a, __m512i b) { return _mm512_or_si512(a, b); }
  NDRT_VECTOR static __m512i ascending() { return _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0); }
  NDRT_VECTOR static __m512i widened(const int64_t *x) { return _mm512_loadu_si512(x); }
  NDRT_VECTOR static __m512i widened(const int32_t *x) {
    return _mm512_cvtepi32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(x)));
  }
  NDRT_VECTOR static void storeBools(bool *to, uint32_t mask) {
    const uint64_t bytes = _pdep_u64(mask, 0x0101010101010101);
    __builtin_memcpy(to, &bytes, 8);
  }
  NDRT_VECTOR static __m512i all(int64_t x) { return _mm512_set1_epi64(x); }
  NDRT_VECTOR static __m512i least(__m512i a, __m512i b) { return _mm512_min_epi64(a, b); }
  NDRT_VECTOR static __m512i most(__m512i a, __m512i b) { return _mm512_max_epi64(a, b); }
  /// All ones where negative.
  NDRT_VECTOR static __m512i sign(__m512i x) { return _mm512_srai_epi64(x, 63); }
  NDRT_VECTOR static uint32_t less(__m512i a, __m512i b) { return _mm512_cmplt_epi64_mask(a, b); }
  NDRT_VECTOR static uint32_t equal(__m512i a, __m512i b) { return _mm512_cmpeq_epi64_mask(a, b); }
};
template <> struct Compare<int32_t> {
  /// The most where the mask says so, else the least.
  template <uint32_t mask> NDRT_VECTOR static __m512i leastOrMost(__m512i a, __m512i b) {
    return _mm512_mask_max_epi32(_mm512_min_epi32(a, b), __mmask16(mask), a, b);
  }
  /// \p a where x < y, else \p b.
  NDRT_VECTOR static __m512i where(__m512i x, __m512i y, __m512i a, __m512i b) {
    return _mm512_mask_blend_epi32(_mm512_cmplt_epi32_mask(x, y), b, a);
  }
  NDRT_VECTOR static __m512i all(int32_t x) { return _mm512_set1_epi32(x); }
  NDRT_VECTOR static __m512i least(__m512i a, __m512i b) { return _mm512_min_epi32(a, b); }
  NDRT_VECTOR static __m512i most(__m512i a, __m512i b) { return _mm512_max_epi32(a, b); }
  NDRT_VECTOR static __m512i sign(__m512i x) { return _mm512_srai_epi32(x, 31); }
  NDRT_VECTOR static uint32_t less(__m512i a, __m512i b) { return _mm512_cmplt_epi32_mask(a, b); }
  NDRT_VECTOR static uint32_t equal(__m512i a, __m512i b) { return _mm512_cmpeq_epi32_mask(a, b); }
};
template <> struct Compare<uint64_t> {
  NDRT_VECTOR static __m512i all(uint64_t x) { return _mm512_set1_epi64(int64_t(x)); }
  NDRT_VECTOR static uint32_t less(__m512i a, __m512i b) { return _mm512_cmplt_epu64_mask(a, b); }
  NDRT_VECTOR static uint32_t equal(__m512i a, __m512i b) { return _mm512_cmpeq_epi64_mask(a, b); }
};
template <> struct Compare<uint32_t> {
  NDRT_VECTOR static __m512i all(uint32_t x) { return _mm512_set1_epi32(int32_t(x)); }
  NDRT_VECTOR static uint32_t less(__m512i a, __m512i b) { return _mm512_cmplt_epu32_mask(a, b); }
  NDRT_VECTOR static uint32_t equal(__m512i a, __m512i b) { return _mm512_cmpeq_epi32_mask(a, b); }
};
template <> struct Compare<double> {
  NDRT_VECTOR static __m512i all(double x) { return _mm512_castpd_si512(_mm512_set1_pd(x)); }
  NDRT_VECTOR static uint32_t less(__m512i a, __m512i b) {
    return _mm512_cmp_pd_mask(_mm512_castsi512_pd(a), _mm512_castsi512_pd(b), _CMP_LT_OQ);
  }
  NDRT_VECTOR static uint32_t equal(__m512i a, __m512i b) {
    return _mm512_cmp_pd_mask(_mm512_castsi512_pd(a), _mm512_castsi512_pd(b), _CMP_EQ_OQ);
  }
};
template <> struct Compare<float> {
  NDRT_VECTOR static __m512i all(float x) { return _mm512_castps_si512(_mm512_set1_ps(x)); }
  NDRT_VECTOR static uint32_t less(__m512i a, __m512i b) {
    return _mm512_cmp_ps_mask(_mm512_castsi512_ps(a), _mm512_castsi512_ps(b), _CMP_LT_OQ);
  }
  NDRT_VECTOR static uint32_t equal(__m512i a, __m512i b) {
    return _mm512_cmp_ps_mask(_mm512_castsi512_ps(a), _mm512_castsi512_ps(b), _CMP_EQ_OQ);
  }
};

template <class T> struct Lanes : Moves<sizeof(T)>, Compare<T> {
  using Vector = __m512i;
  NDRT_VECTOR static __m512i load(const T *p) { return _mm512_loadu_si512(p); }
  NDRT_VECTOR static void store(T *p, __m512i x) { _mm512_storeu_si512(p, x); }
  NDRT_VECTOR static __m512i both(__m512i a, __m512i b) { return _mm512_and_si512(a, b); }
  NDRT_VECTOR static __m512i differing(__m512i a, __m512i b) { return _mm512_xor_si512(a, b); }
};

} // namespace
} // namespace ndrt
