// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Seeds: O'Neill's seed sequence ("Developing a seed_seq alternative", 2015) as NumPy has it, and
// the states that bit generators start from, jump to and advance to.
#include "error/error.h"
#include "linalg/parallel.h"
#include "random/source.h"

namespace ndrt::random {
namespace {

struct Hash {
  uint32_t factor, multiplier;
  uint32_t operator()(uint32_t x) {
    x ^= factor;
    factor *= multiplier;
    x *= factor;
    return x ^ x >> 16;
  }
};

uint32_t mix(uint32_t x, uint32_t y) {
  const uint32_t z = 0xca01f9ddu * x - 0x4973f715u * y;
  return z ^ z >> 16;
}

constexpr int32_t mostPool = 1 << 16;

} // namespace
} // namespace ndrt::random

using namespace ndrt;
using namespace ndrt::random;

ndrt_status ndrt_seed_sequence(const uint32_t *entropy, int64_t count, int32_t pool_size,
                               uint32_t *out, int64_t words) {
  if (count < 0 || words < 0 || pool_size < 4 || pool_size > mostPool)
    return fail(NDRT_ERR_ARGUMENT, "seed_sequence: the pool has %d words; use 4 to %d", pool_size,
                mostPool);
  Scratch<uint32_t> room(pool_size);
  if (!room)
    return NDRT_ERR_MEMORY;
  uint32_t *pool = room.get();
  Hash hash{0x43b0d7e5u, 0x931e8875u};
  for (int32_t i = 0; i < pool_size; ++i)
    pool[i] = hash(i < count ? entropy[i] : 0);
  for (int32_t from = 0; from < pool_size; ++from)
    for (int32_t to = 0; to < pool_size; ++to)
      if (from != to)
        pool[to] = mix(pool[to], hash(pool[from]));
  for (int64_t i = pool_size; i < count; ++i)
    for (int32_t to = 0; to < pool_size; ++to)
      pool[to] = mix(pool[to], hash(entropy[i]));
  Hash give{0x8b51f9ddu, 0x58f38dedu};
  for (int64_t i = 0; i < words; ++i)
    out[i] = give(pool[i % pool_size]);
  return NDRT_OK;
}

int64_t ndrt_random_words(int32_t kind) { return stateWords(uint64_t(kind)); }

int64_t ndrt_random_seed_words(int32_t kind) {
  return kind == mt19937 ? Mt19937::length : kind == philox ? 4 : kind == sfc64 ? 6 : 8;
}

ndrt_status ndrt_random_seed(int32_t kind, const uint32_t *seed, int64_t count, uint64_t *state) {
  const int64_t n = stateWords(uint64_t(kind));
  if (n == 0)
    return fail(NDRT_ERR_ARGUMENT,
                "random: there is no bit generator %d; NDRT_PCG64 to NDRT_MT19937 are", kind);
  std::fill_n(state, n, uint64_t{0});
  state[0] = uint64_t(kind);
  if (kind == mt19937) {
    Narrow source(state);
    if (count == Mt19937::length)
      source.engine().seedWords(seed);
    else if (count == 1)
      source.engine().seedNumber(seed[0]);
    else
      return fail(NDRT_ERR_ARGUMENT,
                  "random: MT19937 starts from 624 words or from one, and %lld are given",
                  (long long)count);
    source.finish(state);
    return NDRT_OK;
  }
  if (count != ndrt_random_seed_words(kind))
    return fail(NDRT_ERR_ARGUMENT,
                "random: the bit generator starts from %lld words, and %lld are given",
                (long long)ndrt_random_seed_words(kind), (long long)count);
  uint64_t words[4] = {};
  for (int64_t i = 0; i < count; ++i)
    words[i / 2] |= uint64_t(seed[i]) << (32 * (i % 2));
  auto start = [&](auto engine) {
    engine.seed(words);
    engine.write(state + 2);
  };
  switch (kind) {
  case pcg64:
    start(Pcg64());
    break;
  case pcg64dxsm:
    start(Pcg64Dxsm());
    break;
  case philox:
    start(Philox());
    break;
  case sfc64:
    start(Sfc64());
    break;
  }
  return NDRT_OK;
}

ndrt_status ndrt_random_seed_legacy(const uint32_t *seed, int64_t count, uint64_t *state) {
  if (count < 1)
    return fail(NDRT_ERR_ARGUMENT, "random: the seed is empty; give at least one number");
  std::fill_n(state, stateWords(mt19937), uint64_t{0});
  state[0] = mt19937;
  Narrow source(state);
  source.engine().seedArray(seed, count);
  source.engine().position = Mt19937::length;
  source.finish(state);
  return NDRT_OK;
}

ndrt_status ndrt_random_advance(uint64_t *state, const uint64_t delta[4]) {
  auto advance = [&](auto engine) {
    engine.read(state + 2);
    if constexpr (requires { engine.advance(delta); }) {
      engine.advance(delta);
      std::fill_n(engine.block, 4, uint64_t{0});
      engine.position = 4;
    } else {
      engine.skip(join(delta[1], delta[0]));
    }
    engine.write(state + 2);
    state[1] = 0;
    return NDRT_OK;
  };
  switch (state[0]) {
  case pcg64:
    return advance(Pcg64());
  case pcg64dxsm:
    return advance(Pcg64Dxsm());
  case philox:
    return advance(Philox());
  case sfc64:
  case mt19937:
    return fail(NDRT_ERR_ARGUMENT, "random: %s cannot advance; PCG64, PCG64DXSM and Philox can",
                state[0] == mt19937 ? "MT19937" : "SFC64");
  }
  return noGenerator();
}

ndrt_status ndrt_random_jump(uint64_t *state, uint64_t jumps) {
  switch (state[0]) {
  case pcg64:
  case pcg64dxsm: {
    // The golden ratio's part of 2^128.
    const u128 delta = join(0x9e3779b97f4a7c15, 0xf39cc0605cedc835) * jumps;
    const uint64_t words[4] = {uint64_t(delta), uint64_t(delta >> 64), 0, 0};
    return ndrt_random_advance(state, words);
  }
  case philox: {
    const uint64_t words[4] = {0, 0, jumps, 0};
    return ndrt_random_advance(state, words);
  }
  case mt19937: {
    Narrow source(state);
    for (; jumps; --jumps)
      source.engine().jump();
    source.finish(state);
    return NDRT_OK;
  }
  case sfc64:
    return fail(NDRT_ERR_ARGUMENT, "random: SFC64 cannot jump; spawn a seed sequence instead");
  }
  return noGenerator();
}
