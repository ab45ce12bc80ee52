// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Philox by vectors of 52-bit multiplications, with other values of the counter in the scalar
// multiplier, which the vectors leave idle, at the same time.
#include "random/engines.h"
#include "random/lanes.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
// The intrinsics of GCC 12 begin with variables that they mean not to initialise (its bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace ndrt::random {
namespace {

#define NDRT_LANES [[gnu::target("avx512f,avx512ifma,bmi2")]]
#define NDRT_INLINE NDRT_LANES [[gnu::always_inline]] inline

const bool hasLanes = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma") &&
                      __builtin_cpu_supports("bmi2");

constexpr int lanes = 8, rounds = 10;
constexpr uint64_t lowBits = (uint64_t(1) << 52) - 1;

NDRT_INLINE __m512i everywhere(uint64_t x) { return _mm512_set1_epi64(int64_t(x)); }
NDRT_INLINE __m512i xor3(__m512i a, __m512i b, __m512i c) {
  return _mm512_ternarylogic_epi64(a, b, c, 0x96);
}
/// x + 1 in the lanes where the sum \p sum of \p part and something wrapped.
NDRT_INLINE __m512i carried(__m512i x, __m512i sum, __m512i part) {
  return _mm512_mask_sub_epi64(x, _mm512_cmplt_epu64_mask(sum, part), x, everywhere(UINT64_MAX));
}

/// A factor of Philox: its lower 52 bits and its upper 12.
struct Factor {
  __m512i lower, upper;
};
NDRT_INLINE Factor factor(uint64_t m) { return {everywhere(m & lowBits), everywhere(m >> 52)}; }

/// A product of 128 bits.
struct Product {
  __m512i high, low;
};

/// x * m, of which the multiplications see the lower 52 bits of x: the product is what stands at
/// its bits 52 and above, at 104 and above, and the low half of the lowest part. Sums of three do
/// not overflow.
NDRT_INLINE Product multiply(__m512i x, const Factor &m) {
  const __m512i zero = _mm512_setzero_si512(), top = _mm512_srli_epi64(x, 52);
  __m512i at52 = _mm512_madd52hi_epu64(zero, x, m.lower);
  at52 = _mm512_madd52lo_epu64(at52, x, m.upper);
  at52 = _mm512_madd52lo_epu64(at52, top, m.lower);
  __m512i at104 = _mm512_madd52hi_epu64(zero, x, m.upper);
  at104 = _mm512_madd52hi_epu64(at104, top, m.lower);
  at104 = _mm512_madd52lo_epu64(at104, top, m.upper);
  return {_mm512_add_epi64(_mm512_srli_epi64(at52, 12), _mm512_slli_epi64(at104, 40)),
          _mm512_madd52lo_epu64(_mm512_slli_epi64(at52, 52), x, m.lower)};
}

/// What all blocks of a call share, of those whose counters differ in the lowest word alone: keys,
/// and the parts of the first two rounds in which that word does not take part.
struct Shared {
  uint64_t key0[rounds], key1[rounds], first2, second0, second2, second3;

  explicit Shared(const Philox &engine) {
    for (int i = 0; i < rounds; ++i) {
      key0[i] = engine.key[0] + uint64_t(i) * Philox::step0;
      key1[i] = engine.key[1] + uint64_t(i) * Philox::step1;
    }
    const uint64_t *c = engine.counter;
    const u128 b = u128(Philox::factor1) * c[2];
    const u128 a = u128(Philox::factor0) * (uint64_t(b >> 64) ^ c[1] ^ key0[0]);
    first2 = c[3] ^ key1[0];
    second0 = uint64_t(b) ^ key0[1];
    second2 = uint64_t(a >> 64) ^ key1[1];
    second3 = uint64_t(a);
  }
};

/// The block of one counter, the lowest word of which is \p counter.
NDRT_INLINE void block(uint64_t counter, const Shared &shared, uint64_t *out) {
  const u128 product = u128(Philox::factor0) * counter;
  u128 b = u128(Philox::factor1) * (uint64_t(product >> 64) ^ shared.first2);
  uint64_t x0 = uint64_t(b >> 64) ^ shared.second0, x1 = uint64_t(b),
           x2 = uint64_t(product) ^ shared.second2, x3 = shared.second3;
#pragma GCC unroll 8
  for (int round = 2; round < rounds; ++round) {
    const u128 a = u128(Philox::factor0) * x0;
    b = u128(Philox::factor1) * x2;
    x0 = uint64_t(b >> 64) ^ x1 ^ shared.key0[round];
    x1 = uint64_t(b);
    x2 = uint64_t(a >> 64) ^ x3 ^ shared.key1[round];
    x3 = uint64_t(a);
  }
  out[0] = x0, out[1] = x1, out[2] = x2, out[3] = x3;
}

/// Lanes hold words, memory has blocks. Counters 0 to 3 are in the even lanes.
NDRT_INLINE void store(__m512i x0, __m512i x1, __m512i x2, __m512i x3, uint64_t *out) {
  const __m512i first = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11),
                second = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
  const __m512i even = _mm512_unpacklo_epi64(x0, x1), evenRest = _mm512_unpacklo_epi64(x2, x3),
                odd = _mm512_unpackhi_epi64(x0, x1), oddRest = _mm512_unpackhi_epi64(x2, x3);
  _mm512_storeu_si512(out, _mm512_permutex2var_epi64(even, first, evenRest));
  _mm512_storeu_si512(out + 8, _mm512_permutex2var_epi64(even, second, evenRest));
  _mm512_storeu_si512(out + 16, _mm512_permutex2var_epi64(odd, first, oddRest));
  _mm512_storeu_si512(out + 24, _mm512_permutex2var_epi64(odd, second, oddRest));
}

/// factor0 times the counters of the lanes, less that of the first.
struct Steps {
  alignas(64) uint64_t low[lanes], high[lanes];
  constexpr Steps() : low(), high() {
    for (int lane = 0; lane < lanes; ++lane) {
      const u128 product = u128(Philox::factor0) * uint64_t(lane / 2 + lane % 2 * (lanes / 2));
      low[lane] = uint64_t(product);
      high[lane] = uint64_t(product >> 64);
    }
  }
};
constexpr Steps steps;

/// \p groups of eight counters at a time, that their multiplications overlap, and with \p both, in
/// each round, another block by scalar ones.
template <int groups, bool both>
NDRT_LANES int64_t fillGroups(Philox &engine, const Shared *given, uint64_t *out, int64_t count) {
  constexpr int vectors = lanes * groups, blocks = vectors + (both ? rounds - 2 : 0);
  // Further up the counter nothing changes.
  const uint64_t runs =
      std::min(uint64_t(count) / (4 * blocks), (UINT64_MAX - engine.counter[0]) / blocks);
  const Factor m0 = factor(Philox::factor0), m1 = factor(Philox::factor1);
  const __m512i stepsLow = _mm512_load_si512(steps.low), stepsHigh = _mm512_load_si512(steps.high);
  uint64_t counter = engine.counter[0] + 1;
  // Compilers would keep the keys in registers, of which there are too few.
  asm("" : "+r"(given) : : "memory");
  const Shared &shared = *given;
  for (uint64_t run = 0; run < runs; ++run, counter += blocks, out += 4 * blocks) {
    __m512i x0[groups], x1[groups], x2[groups], x3[groups];
#pragma GCC unroll 4
    for (int g = 0; g < groups; ++g) {
      const u128 first = u128(Philox::factor0) * (counter + uint64_t(lanes * g));
      const __m512i low = _mm512_add_epi64(everywhere(uint64_t(first)), stepsLow);
      const __m512i high =
          carried(_mm512_add_epi64(everywhere(uint64_t(first >> 64)), stepsHigh), low, stepsLow);
      const __m512i two = _mm512_xor_si512(high, everywhere(shared.first2));
      const Product b = multiply(two, m1);
      x0[g] = _mm512_xor_si512(b.high, everywhere(shared.second0));
      x1[g] = b.low;
      x2[g] = _mm512_xor_si512(low, everywhere(shared.second2));
      x3[g] = everywhere(shared.second3);
    }
    uint64_t beside = counter + uint64_t(vectors);
    uint64_t *next = out + 4 * vectors;
    for (int round = 2; round < rounds; ++round) {
#pragma GCC unroll 4
      for (int g = 0; g < groups; ++g) {
        const Product a = multiply(x0[g], m0), b = multiply(x2[g], m1);
        x0[g] = xor3(b.high, x1[g], everywhere(shared.key0[round]));
        x1[g] = b.low;
        x2[g] = xor3(a.high, x3[g], everywhere(shared.key1[round]));
        x3[g] = a.low;
      }
      if constexpr (both) {
        block(beside++, shared, next);
        next += 4;
      }
    }
#pragma GCC unroll 4
    for (int g = 0; g < groups; ++g)
      store(x0[g], x1[g], x2[g], x3[g], out + 4 * lanes * g);
  }
  engine.counter[0] += runs * blocks;
  return int64_t(runs * 4 * blocks);
}

int64_t fillLanes(Philox &engine, uint64_t *out, int64_t count) {
  if (count < 4 * lanes)
    return 0;
  const Shared shared(engine);
  int64_t done = fillGroups<3, true>(engine, &shared, out, count);
  done += fillGroups<2, false>(engine, &shared, out + done, count - done);
  return done + fillGroups<1, false>(engine, &shared, out + done, count - done);
}

} // namespace

int64_t fillByLanes(Philox &engine, uint64_t *out, int64_t count) {
  return hasLanes ? fillLanes(engine, out, count) : 0;
}

} // namespace ndrt::random

#else

int64_t ndrt::random::fillByLanes(Philox &, uint64_t *, int64_t) { return 0; }

#endif
