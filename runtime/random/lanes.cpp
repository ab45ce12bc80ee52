// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "random/lanes.h"
#include "random/engines.h"

#include <type_traits>

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
#define NDRT_LANES_POPCNT [[gnu::target("avx512f,avx512dq,avx512ifma,popcnt")]]

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

/// The first lane.
NDRT_LANES inline u128 firstOf(const Parts &s) {
  auto of = [](const __m512i &x) { return uint64_t(x[0]); };
  return u128(of(s.high)) << 104 | u128(of(s.middle) & lowBits) << 52 | (of(s.low) & lowBits);
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

/// Engine::output of states in two halves.
template <class Engine> NDRT_LANES inline __m512i outputOf(__m512i low, __m512i high) {
  if constexpr (std::is_same_v<Engine, Pcg64>) {
    return _mm512_rorv_epi64(_mm512_xor_si512(low, high), _mm512_srli_epi64(high, 58));
  } else {
    high = _mm512_xor_si512(high, _mm512_srli_epi64(high, 32));
    high = _mm512_mullo_epi64(high, everywhere(Engine::multiplier));
    high = _mm512_xor_si512(high, _mm512_srli_epi64(high, 48));
    return _mm512_mullo_epi64(high, _mm512_or_si512(low, everywhere(1)));
  }
}
template <class Engine> NDRT_LANES inline __m512i output(const Parts &s) {
  const __m512i mask = _mm512_set1_epi64(int64_t(lowBits));
  const __m512i low =
      _mm512_or_si512(_mm512_and_si512(s.low, mask), _mm512_slli_epi64(s.middle, 52));
  const __m512i high = _mm512_or_si512(_mm512_srli_epi64(_mm512_and_si512(s.middle, mask), 12),
                                       _mm512_slli_epi64(s.high, 40));
  return outputOf<Engine>(low, high);
}

/// multiplier^steps, and what an increment is multiplied with in so many.
struct Powers {
  u128 power = 1, sum = 0;
  constexpr Powers(u128 multiplier, int steps) {
    for (int i = 0; i < steps; ++i) {
      sum += power;
      power *= multiplier;
    }
  }
};

/// Those of 0 to 7 steps, in parts, and the inverse of the multiplier.
struct Starts {
  alignas(64) uint64_t power[3][8], sum[3][8];
  u128 inverse = 1;
  constexpr explicit Starts(u128 multiplier) : power(), sum() {
    for (int i = 0; i < 8; ++i) {
      const Powers p(multiplier, i);
      for (int part = 0; part < 3; ++part) {
        power[part][i] = uint64_t(p.power >> (52 * part)) & lowBits;
        sum[part][i] = uint64_t(p.sum >> (52 * part)) & lowBits;
      }
    }
    for (int i = 0; i < 7; ++i) // Newton: the bits that are right double
      inverse *= 2 - multiplier * inverse;
  }
};

NDRT_LANES inline Parts load(const uint64_t (&x)[3][8]) {
  return {_mm512_load_si512(x[0]), _mm512_load_si512(x[1]), _mm512_load_si512(x[2])};
}
NDRT_LANES inline Parts withoutCarries(const Parts &x) {
  const __m512i mask = _mm512_set1_epi64(int64_t(lowBits));
  return {_mm512_and_si512(x.low, mask), _mm512_and_si512(x.middle, mask), x.high};
}

template <class Engine> NDRT_LANES int64_t fillLanes(Engine &engine, uint64_t *out, int64_t count) {
  constexpr int vectors = 4, lanes = 8, places = vectors * lanes;
  const int64_t rounds = count / places;
  if (rounds < 2)
    return 0;
  static constexpr Powers eight(Engine::multiplier, lanes), all(Engine::multiplier, places);
  static constexpr Starts starts(Engine::multiplier);
  if (Engine::stepsFirst)
    engine.step();
  // The eight places in a vector, then eight steps from one to the next.
  const __m512i zero = _mm512_setzero_si512();
  Parts s[vectors];
  s[0] =
      step(inParts(engine.state), load(starts.power),
           withoutCarries(step(inParts(engine.increment), load(starts.sum), {zero, zero, zero})));
  Parts m = inParts(eight.power), c = inParts(eight.sum * engine.increment);
  for (int v = 1; v < vectors; ++v)
    s[v] = step(s[v - 1], m, c);
  m = inParts(all.power), c = inParts(all.sum * engine.increment);
  for (int64_t round = 0; round < rounds; ++round, out += places)
#pragma GCC unroll 4 // the states stay in registers
    for (int v = 0; v < vectors; ++v) {
      _mm512_storeu_si512(out + lanes * v, output<Engine>(s[v]));
      s[v] = step(s[v], m, c);
    }
  engine.state = firstOf(s[0]);
  if (Engine::stepsFirst)
    engine.state = (engine.state - engine.increment) * starts.inverse;
  return rounds * places;
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

/// Those of \p x that \p used has, side by side; moves \p out behind them.
NDRT_LANES_POPCNT inline void put(__m512i x, __mmask8 used, uint64_t *&out) {
  _mm512_storeu_si512(out, _mm512_maskz_compress_epi64(used, x));
  out += __builtin_popcount(used);
}
NDRT_LANES_POPCNT inline void put(__m512i x, __mmask16 used, uint32_t *&out) {
  _mm512_storeu_si512(out, _mm512_maskz_compress_epi32(used, x));
  out += __builtin_popcount(used);
}

/// \p rare  are vectors of which something is refused.
template <bool rare, class T>
NDRT_LANES_POPCNT int64_t boundedByLanes(const uint64_t *draws, int64_t count, uint32_t bound,
                                         uint32_t threshold, T low, T *&out) {
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
    const uint32_t used = _mm512_mask_cmpge_epu32_mask(lowHalves, even, limit) |
                          _mm512_mask_cmpge_epu32_mask(lowHalves, odd, limit) << 1;
    if constexpr (sizeof(T) == 8) {
      const __m512i a = _mm512_srli_epi64(even, 32), b = _mm512_srli_epi64(odd, 32);
      const __m512i x = _mm512_add_epi64(_mm512_permutex2var_epi64(a, first, b), base),
                    y = _mm512_add_epi64(_mm512_permutex2var_epi64(a, second, b), base);
      if (rare && used == 0xffff) {
        _mm512_storeu_si512(out, x);
        _mm512_storeu_si512(out + 8, y);
        out += 16;
      } else {
        put(x, __mmask8(used), out);
        put(y, __mmask8(used >> 8), out);
      }
    } else {
      const __m512i x = _mm512_add_epi32(
          _mm512_mask_blend_epi32(lowHalves, odd, _mm512_srli_epi64(even, 32)), base);
      if (rare && used == 0xffff) {
        _mm512_storeu_si512(out, x);
        out += 16;
      } else {
        put(x, __mmask16(used), out);
      }
    }
  }
  return i;
}

template <class T>
int64_t narrowBounded(const uint64_t *draws, int64_t count, uint32_t bound, uint32_t threshold,
                      T low, T *&out) {
  return threshold < 1 << 24 ? boundedByLanes<true>(draws, count, bound, threshold, low, out)
                             : boundedByLanes<false>(draws, count, bound, threshold, low, out);
}

/// A factor whole, its upper 52 bits, and its lower 12 as the upper ones of 52.
struct Factor {
  __m512i all, upper, lower;
};

/// The upper 64 bits of x * m, the lower ones of which are \p low. Multiplications look at 52 bits
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

NDRT_LANES_POPCNT int64_t wideBoundedByLanes(const uint64_t *draws, int64_t count, uint64_t bound,
                                             uint64_t threshold, uint64_t low, uint64_t *&out) {
  const Factor factor = {everywhere(bound), everywhere(bound >> 12),
                         everywhere((bound & 0xfff) << 40)};
  const __m512i limit = everywhere(threshold), base = everywhere(low);
  int64_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m512i draw = _mm512_loadu_si512(draws + i);
    const __m512i rest = _mm512_mullo_epi64(draw, factor.all);
    const __m512i numbers = _mm512_add_epi64(upperHalf(draw, factor, rest), base);
    put(numbers, _mm512_cmpge_epu64_mask(rest, limit), out);
  }
  return i;
}

} // namespace

int64_t fillByLanes(Pcg64 &engine, uint64_t *out, int64_t count) {
  return hasLanes ? fillLanes(engine, out, count) : 0;
}
int64_t fillByLanes(Pcg64Dxsm &engine, uint64_t *out, int64_t count) {
  return hasLanes ? fillLanes(engine, out, count) : 0;
}

#else

constexpr bool hasLanes = false;
int64_t fillByLanes(Pcg64 &, uint64_t *, int64_t) { return 0; }
int64_t fillByLanes(Pcg64Dxsm &, uint64_t *, int64_t) { return 0; }
inline void doublesByLanes(const uint64_t *, double *, int64_t) {}
inline void floatsByLanes(const uint64_t *, float *, int64_t) {}
template <class T> int64_t narrowBounded(const uint64_t *, int64_t, uint32_t, uint32_t, T, T *&) {
  return 0;
}
inline int64_t wideBoundedByLanes(const uint64_t *, int64_t, uint64_t, uint64_t, uint64_t,
                                  uint64_t *&) {
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
                  uint64_t low, uint64_t *&out) {
  return hasLanes ? narrowBounded(draws, count, bound, threshold, low, out) : 0;
}
int64_t toBounded(const uint64_t *draws, int64_t count, uint32_t bound, uint32_t threshold,
                  uint32_t low, uint32_t *&out) {
  return hasLanes ? narrowBounded(draws, count, bound, threshold, low, out) : 0;
}

int64_t toBounded(const uint64_t *draws, int64_t count, uint64_t bound, uint64_t threshold,
                  uint64_t low, uint64_t *&out) {
  return hasLanes ? wideBoundedByLanes(draws, count, bound, threshold, low, out) : 0;
}

} // namespace ndrt::random
