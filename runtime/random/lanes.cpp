// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "random/lanes.h"
#include "random/engines.h"

#if defined(__x86_64__)
#include <immintrin.h>
// The intrinsics of GCC 12 begin with variables that they mean not to initialise (its bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#endif

namespace ndrt::random {

#if defined(__x86_64__)

namespace {

#define NDRT_LANES [[gnu::target("avx512f,avx512dq,avx512ifma")]]

const bool hasLanes = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512ifma");

/// 128-bit numbers in eight lanes, by 52, 52 and 24 bits; bits above those of a part are carries
/// that nobody has taken yet, and do not count in multiplications.
struct Parts {
  __m512i low, middle, high;
};

constexpr uint64_t lowBits = (uint64_t(1) << 52) - 1;

NDRT_LANES inline __m512i everywhere(uint64_t x) { return _mm512_set1_epi64(int64_t(x)); }
NDRT_LANES inline Parts inParts(u128 x) {
  return {everywhere(uint64_t(x) & lowBits), everywhere(uint64_t(x >> 52) & lowBits),
          everywhere(uint64_t(x >> 104))};
}

/// s * m + c, modulo 2^128.
NDRT_LANES inline Parts step(const Parts &s, const Parts &m, const Parts &c) {
  const __m512i low = _mm512_madd52lo_epu64(c.low, s.low, m.low);
  __m512i middle = _mm512_madd52hi_epu64(c.middle, s.low, m.low);
  __m512i more = _mm512_madd52lo_epu64(_mm512_srli_epi64(low, 52), s.low, m.middle);
  middle = _mm512_madd52lo_epu64(middle, s.middle, m.low);
  middle = _mm512_add_epi64(middle, more);
  __m512i high = _mm512_madd52hi_epu64(c.high, s.low, m.middle);
  more = _mm512_madd52hi_epu64(_mm512_srli_epi64(middle, 52), s.middle, m.low);
  high = _mm512_madd52lo_epu64(high, s.low, m.high);
  more = _mm512_madd52lo_epu64(more, s.middle, m.middle);
  high = _mm512_madd52lo_epu64(high, s.high, m.low);
  return {low, middle, _mm512_add_epi64(high, more)};
}

/// Pcg64::output of the lanes.
NDRT_LANES inline __m512i output(const Parts &s) {
  const __m512i mask = _mm512_set1_epi64(int64_t(lowBits));
  const __m512i low =
      _mm512_or_si512(_mm512_and_si512(s.low, mask), _mm512_slli_epi64(s.middle, 52));
  const __m512i high = _mm512_or_si512(_mm512_srli_epi64(_mm512_and_si512(s.middle, mask), 12),
                                       _mm512_slli_epi64(s.high, 40));
  return _mm512_rorv_epi64(_mm512_xor_si512(low, high), _mm512_srli_epi64(high, 58));
}

NDRT_LANES int64_t fillLanes(Pcg64 &engine, uint64_t *out, int64_t count) {
  constexpr int vectors = 4, lanes = 8, places = vectors * lanes;
  const int64_t rounds = count / places;
  if (rounds < 2)
    return 0;
  const Parts m = inParts(lcgAfter(1, places, Pcg64::multiplier, 0)),
              c = inParts(lcgAfter(0, places, Pcg64::multiplier, engine.increment));
  alignas(64) uint64_t low[places], middle[places], high[places];
  u128 state = engine.state;
  for (int i = 0; i < places; ++i) {
    state = state * Pcg64::multiplier + engine.increment;
    low[i] = uint64_t(state) & lowBits;
    middle[i] = uint64_t(state >> 52) & lowBits;
    high[i] = uint64_t(state >> 104);
  }
  Parts s[vectors];
  for (int v = 0; v < vectors; ++v)
    s[v] = {_mm512_load_si512(low + lanes * v), _mm512_load_si512(middle + lanes * v),
            _mm512_load_si512(high + lanes * v)};
  for (int64_t round = 0; round < rounds; ++round, out += places)
    for (int v = 0; v < vectors; ++v) {
      _mm512_storeu_si512(out + lanes * v, output(s[v]));
      s[v] = step(s[v], m, c);
    }
  engine.skip(u128(rounds * places));
  return rounds * places;
}

/// A factor of Philox: whole, its upper 52 bits, and its lower 12 as the upper ones of 52.
struct Factor {
  __m512i all, upper, lower;
};
NDRT_LANES inline Factor factor(uint64_t m) {
  return {everywhere(m), everywhere(m >> 12), everywhere((m & 0xfff) << 40)};
}

/// The upper 64 bits of x * m, the lower ones of which are known. Multiplications look at 52 bits
/// of their operands. With x and m cut into 52 upper and 12 lower bits, bits 24 and up of the
/// product are those of v below, plus less than 3 for what was cut off; bits 24 to 63 are in \p
/// low, so what v lacks does not count once they are taken away.
NDRT_LANES inline __m512i upperHalf(__m512i x, const Factor &m, __m512i low) {
  const __m512i upper = _mm512_srli_epi64(x, 12), lower = _mm512_slli_epi64(x, 40);
  const __m512i most = _mm512_madd52hi_epu64(_mm512_setzero_si512(), upper, m.upper);
  __m512i v = _mm512_madd52hi_epu64(everywhere(3), lower, m.upper);
  v = _mm512_madd52hi_epu64(v, upper, m.lower);
  v = _mm512_madd52lo_epu64(v, upper, m.upper);
  v = _mm512_sub_epi64(v, _mm512_srli_epi64(low, 24));
  return _mm512_add_epi64(_mm512_slli_epi64(most, 12), _mm512_srli_epi64(v, 40));
}

NDRT_LANES inline __m512i xor3(__m512i a, __m512i b, __m512i c) {
  return _mm512_ternarylogic_epi64(a, b, c, 0x96);
}

/// \p groups of eight counters at a time, that their multiplications overlap.
template <int groups> NDRT_LANES int64_t fillGroups(Philox &engine, uint64_t *out, int64_t count) {
  constexpr int blocks = 8 * groups, rounds = 10;
  const int64_t runs = count / (4 * blocks);
  // Further up the counter nothing changes.
  if (runs == 0 || engine.counter[0] > UINT64_MAX - uint64_t(runs * blocks))
    return 0;
  __m512i key0[rounds], key1[rounds];
  for (int i = 0; i < rounds; ++i) {
    key0[i] = everywhere(engine.key[0] + uint64_t(i) * Philox::step0);
    key1[i] = everywhere(engine.key[1] + uint64_t(i) * Philox::step1);
  }
  const Factor m0 = factor(Philox::factor0), m1 = factor(Philox::factor1);
  // What of the first two rounds is the same for all.
  const uint64_t *c = engine.counter;
  const u128 b = u128(Philox::factor1) * c[2];
  const uint64_t second0 = uint64_t(b >> 64) ^ c[1] ^ engine.key[0];
  const u128 a = u128(Philox::factor0) * second0;
  const __m512i lowB = everywhere(uint64_t(b)), lowA = everywhere(uint64_t(a)),
                first2 = everywhere(c[3] ^ engine.key[1]),
                second2 = everywhere(uint64_t(a >> 64) ^ (engine.key[1] + Philox::step1));
  const __m512i steps = _mm512_setr_epi64(1, 2, 3, 4, 5, 6, 7, 8);
  for (int64_t run = 0; run < runs; ++run) {
    __m512i x0[groups], x1[groups], x2[groups], x3[groups];
#pragma GCC unroll 4
    for (int g = 0; g < groups; ++g) {
      const __m512i low =
          _mm512_add_epi64(everywhere(c[0] + uint64_t(run * blocks + 8 * g)), steps);
      const __m512i three = _mm512_mullo_epi64(low, m0.all),
                    two = _mm512_xor_si512(upperHalf(low, m0, three), first2);
      x1[g] = _mm512_mullo_epi64(two, m1.all);
      x0[g] = xor3(upperHalf(two, m1, x1[g]), lowB, key0[1]);
      x2[g] = _mm512_xor_si512(three, second2);
      x3[g] = lowA;
    }
    for (int round = 2; round < rounds; ++round)
#pragma GCC unroll 4
      for (int g = 0; g < groups; ++g) {
        const __m512i y0 = x0[g], y2 = x2[g], low0 = _mm512_mullo_epi64(y0, m0.all),
                      low2 = _mm512_mullo_epi64(y2, m1.all);
        x0[g] = xor3(upperHalf(y2, m1, low2), x1[g], key0[round]);
        x1[g] = low2;
        x2[g] = xor3(upperHalf(y0, m0, low0), x3[g], key1[round]);
        x3[g] = low0;
      }
#pragma GCC unroll 4
    for (int g = 0; g < groups; ++g, out += 32) { // lanes hold words, memory has blocks
      const __m512i even = _mm512_unpacklo_epi64(x0[g], x1[g]),
                    odd = _mm512_unpackhi_epi64(x0[g], x1[g]),
                    evenRest = _mm512_unpacklo_epi64(x2[g], x3[g]),
                    oddRest = _mm512_unpackhi_epi64(x2[g], x3[g]);
      const __m512i p = _mm512_shuffle_i64x2(even, evenRest, 0x44),
                    q = _mm512_shuffle_i64x2(odd, oddRest, 0x44),
                    r = _mm512_shuffle_i64x2(even, evenRest, 0xee),
                    s = _mm512_shuffle_i64x2(odd, oddRest, 0xee);
      _mm512_storeu_si512(out, _mm512_shuffle_i64x2(p, q, 0x88));
      _mm512_storeu_si512(out + 8, _mm512_shuffle_i64x2(p, q, 0xdd));
      _mm512_storeu_si512(out + 16, _mm512_shuffle_i64x2(r, s, 0x88));
      _mm512_storeu_si512(out + 24, _mm512_shuffle_i64x2(r, s, 0xdd));
    }
  }
  engine.counter[0] += uint64_t(runs * blocks);
  return runs * 4 * blocks;
}

int64_t fillLanes(Philox &engine, uint64_t *out, int64_t count) {
  const int64_t done = fillGroups<4>(engine, out, count);
  return done + fillGroups<1>(engine, out + done, count - done);
}

NDRT_LANES void doublesByLanes(const uint64_t *draws, double *out, int64_t count) {
  const __m512d unit = _mm512_set1_pd(0x1p-53);
  int64_t i = 0;
  for (; i + 8 <= count; i += 8)
    _mm512_storeu_pd(
        out + i,
        _mm512_mul_pd(_mm512_cvtepu64_pd(_mm512_srli_epi64(_mm512_loadu_si512(draws + i), 11)),
                      unit));
  for (; i < count; ++i)
    out[i] = double(int64_t(draws[i] >> 11)) * 0x1p-53;
}

NDRT_LANES void floatsByLanes(const uint64_t *draws, float *out, int64_t count) {
  const __m512 unit = _mm512_set1_ps(0x1p-24f);
  int64_t i = 0;
  for (; i + 8 <= count; i += 8)
    _mm512_storeu_ps(
        out + 2 * i,
        _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_srli_epi32(_mm512_loadu_si512(draws + i), 8)),
                      unit));
  for (; i < count; ++i) {
    out[2 * i] = float(int32_t(uint32_t(draws[i]) >> 8)) * 0x1p-24f;
    out[2 * i + 1] = float(int32_t(uint32_t(draws[i] >> 32) >> 8)) * 0x1p-24f;
  }
}

template <class T>
NDRT_LANES int64_t boundedByLanes(const uint64_t *draws, int64_t count, uint32_t bound,
                                  uint32_t threshold, T low, T *out) {
  const __m512i factor = _mm512_set1_epi64(bound), limit = _mm512_set1_epi64(threshold),
                base = sizeof(T) == 8 ? _mm512_set1_epi64(int64_t(low))
                                      : _mm512_set1_epi32(int32_t(uint32_t(low)));
  const __m512i first = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11),
                second = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
  int64_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m512i draw = _mm512_loadu_si512(draws + i);
    const __m512i even = _mm512_mul_epu32(draw, factor),
                  odd = _mm512_mul_epu32(_mm512_srli_epi64(draw, 32), factor);
    constexpr __mmask16 lowHalves = 0x5555;
    if (_mm512_mask_cmplt_epu32_mask(lowHalves, even, limit) |
        _mm512_mask_cmplt_epu32_mask(lowHalves, odd, limit))
      break;
    if constexpr (sizeof(T) == 8) {
      const __m512i a = _mm512_srli_epi64(even, 32), b = _mm512_srli_epi64(odd, 32);
      _mm512_storeu_si512(out + 2 * i,
                          _mm512_add_epi64(_mm512_permutex2var_epi64(a, first, b), base));
      _mm512_storeu_si512(out + 2 * i + 8,
                          _mm512_add_epi64(_mm512_permutex2var_epi64(a, second, b), base));
    } else {
      const __m512i both = _mm512_mask_blend_epi32(lowHalves, odd, _mm512_srli_epi64(even, 32));
      _mm512_storeu_si512(out + 2 * i, _mm512_add_epi32(both, base));
    }
  }
  return i;
}

} // namespace

int64_t fillByLanes(Pcg64 &engine, uint64_t *out, int64_t count) {
  return hasLanes ? fillLanes(engine, out, count) : 0;
}
int64_t fillByLanes(Philox &engine, uint64_t *out, int64_t count) {
  return hasLanes ? fillLanes(engine, out, count) : 0;
}

#else

constexpr bool hasLanes = false;
int64_t fillByLanes(Pcg64 &, uint64_t *, int64_t) { return 0; }
int64_t fillByLanes(Philox &, uint64_t *, int64_t) { return 0; }
inline void doublesByLanes(const uint64_t *, double *, int64_t) {}
inline void floatsByLanes(const uint64_t *, float *, int64_t) {}
template <class T> int64_t boundedByLanes(const uint64_t *, int64_t, uint32_t, uint32_t, T, T *) {
  return 0;
}

#endif

void toDoubles(const uint64_t *draws, double *out, int64_t count) {
  if (hasLanes)
    return doublesByLanes(draws, out, count);
  for (int64_t i = 0; i < count; ++i)
    out[i] = double(int64_t(draws[i] >> 11)) * 0x1p-53;
}

void toFloats(const uint64_t *draws, float *out, int64_t count) {
  if (hasLanes)
    return floatsByLanes(draws, out, count);
  for (int64_t i = 0; i < count; ++i) {
    out[2 * i] = float(int32_t(uint32_t(draws[i]) >> 8)) * 0x1p-24f;
    out[2 * i + 1] = float(int32_t(uint32_t(draws[i] >> 32) >> 8)) * 0x1p-24f;
  }
}

int64_t toBounded(const uint64_t *draws, int64_t count, uint32_t bound, uint32_t threshold,
                  uint64_t low, uint64_t *out) {
  return hasLanes ? boundedByLanes(draws, count, bound, threshold, low, out) : 0;
}
int64_t toBounded(const uint64_t *draws, int64_t count, uint32_t bound, uint32_t threshold,
                  uint32_t low, uint32_t *out) {
  return hasLanes ? boundedByLanes(draws, count, bound, threshold, low, out) : 0;
}

} // namespace ndrt::random
