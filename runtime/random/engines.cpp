// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "random/engines.h"
#include "random/lanes.h"

#include <algorithm>
#include <cstring>

namespace ndrt::random {

u128 lcgAfter(u128 state, u128 steps, u128 multiplier, u128 increment) {
  u128 m = 1, c = 0;
  for (; steps; steps >>= 1) {
    if (steps & 1) {
      m *= multiplier;
      c = c * multiplier + increment;
    }
    increment = (multiplier + 1) * increment;
    multiplier *= multiplier;
  }
  return m * state + c;
}

namespace {

/// Four places of the stream, each four steps ahead at a time: the multiplications overlap.
template <class Engine> void fillInChains(Engine &engine, uint64_t *out, int64_t count) {
  constexpr bool stepFirst = Engine::stepsFirst;
  constexpr int chains = 4;
  if (count >= 4 * chains) {
    const u128 a = Engine::multiplier, a2 = a * a, m = a2 * a2,
               c = engine.increment * (1 + a) * (1 + a2);
    u128 s[chains];
    for (int i = 0; i < chains; ++i) {
      if (stepFirst)
        engine.step();
      s[i] = engine.state;
      if (!stepFirst)
        engine.step();
    }
    u128 s0 = s[0], s1 = s[1], s2 = s[2], s3 = s[3];
    int64_t i = 0;
    for (; i + 2 * chains <= count; i += chains) {
      out[i] = Engine::output(s0), s0 = s0 * m + c;
      out[i + 1] = Engine::output(s1), s1 = s1 * m + c;
      out[i + 2] = Engine::output(s2), s2 = s2 * m + c;
      out[i + 3] = Engine::output(s3), s3 = s3 * m + c;
    }
    // The four that stand there are drawn, too.
    out[i] = Engine::output(s0), out[i + 1] = Engine::output(s1);
    out[i + 2] = Engine::output(s2), out[i + 3] = Engine::output(s3);
    engine.state = s3;
    if (!stepFirst)
      engine.step();
    out += i + chains;
    count -= i + chains;
  }
  for (int64_t i = 0; i < count; ++i) {
    if (stepFirst)
      engine.step();
    out[i] = Engine::output(engine.state);
    if (!stepFirst)
      engine.step();
  }
}

} // namespace

void Pcg64::fill(uint64_t *out, int64_t count) {
  const int64_t done = fillByLanes(*this, out, count);
  fillInChains(*this, out + done, count - done);
}
void Pcg64Dxsm::fill(uint64_t *out, int64_t count) {
  const int64_t done = fillByLanes(*this, out, count);
  fillInChains(*this, out + done, count - done);
}

void Philox::fill(uint64_t *out, int64_t n) {
  for (; n && position < 4; --n)
    *out++ = block[position++];
  const uint64_t *begin = out;
  if (const int64_t done = fillByLanes(*this, out, n))
    out += done, n -= done;
  constexpr int side = 3;
  for (; n >= 4 * side && counter[0] < UINT64_MAX - side; n -= 4 * side, out += 4 * side) {
    ++counter[0];
    rounds<side>(out);
    counter[0] += side - 1;
  }
  if (out != begin)
    std::memcpy(block, out - 4, sizeof block);
  for (; n > 0; n -= 4, out += 4) {
    count();
    make(block);
    position = uint64_t(n < 4 ? n : 4);
    std::memcpy(out, block, position * sizeof *out);
  }
}

void Philox::advance(const uint64_t delta[4]) {
  u128 carry = 0;
  for (int i = 0; i < 4; ++i) {
    carry += u128(counter[i]) + delta[i];
    counter[i] = uint64_t(carry);
    carry >>= 64;
  }
}

void Philox::skip(u128 steps) {
  if (steps <= 4 - position) {
    position += uint64_t(steps);
    return;
  }
  steps -= 4 - position;
  const u128 blocks = (steps - 1) / 4 + 1;
  const uint64_t delta[4] = {uint64_t(blocks), uint64_t(blocks >> 64), 0, 0};
  advance(delta);
  make(block);
  position = uint64_t(steps - 4 * (blocks - 1));
}

void Mt19937::seedNumber(uint32_t seed) {
  for (uint32_t i = 0; i < length; ++i) {
    key[i] = seed;
    seed = 1812433253u * (seed ^ seed >> 30) + i + 1;
  }
  position = length;
  hasGauss = false;
  gauss = 0;
}

void Mt19937::seedArray(const uint32_t *seed, int64_t count) {
  seedNumber(19650218u);
  uint32_t i = 1;
  int64_t j = 0;
  auto next = [&] {
    if (++i == length) {
      key[0] = key[length - 1];
      i = 1;
    }
  };
  for (int64_t k = std::max<int64_t>(length, count); k; --k) {
    key[i] = (key[i] ^ (key[i - 1] ^ key[i - 1] >> 30) * 1664525u) + seed[j] + uint32_t(j);
    next();
    if (++j == count)
      j = 0;
  }
  for (int k = length - 1; k; --k) {
    key[i] = (key[i] ^ (key[i - 1] ^ key[i - 1] >> 30) * 1566083941u) - i;
    next();
  }
  key[0] = 0x80000000u;
}

void Mt19937::seedWords(const uint32_t *w) {
  std::copy_n(w, length, key);
  key[0] = 0x80000000u;
  position = length - 1;
  hasGauss = false;
  gauss = 0;
}

namespace {

/// As many words at a time as the widest vectors have; compilers cut them for narrower ones.
typedef uint32_t Words [[gnu::vector_size(64)]];
constexpr int wordCount = sizeof(Words) / sizeof(uint32_t);
static_assert(Mt19937::length % wordCount == 0);

/// key[i] of the next key, from key[i], key[i + 1] and the word \p middle places on.
template <class V> inline void twist(uint32_t *key, const uint32_t *middle) {
  V a, b, c;
  std::memcpy(&a, key, sizeof a);
  std::memcpy(&b, key + 1, sizeof b);
  std::memcpy(&c, middle, sizeof c);
  const V y = (a & 0x80000000u) | (b & 0x7fffffffu);
  c ^= y >> 1 ^ ((V{} - (y & 1u)) & 0x9908b0dfu);
  std::memcpy(key, &c, sizeof c);
}

} // namespace

void Mt19937::refill() {
  constexpr int m = 397;
  int i = 0;
  auto until = [&](int end, int distance) {
    for (; i + wordCount <= end; i += wordCount)
      twist<Words>(key + i, key + i + distance);
    for (; i < end; ++i)
      twist<uint32_t>(key + i, key + i + distance);
  };
  until(length - m, m);
  until(length - 1, m - length);
  const uint32_t y = (key[i] & 0x80000000u) | (key[0] & 0x7fffffffu);
  key[i] = key[m - 1] ^ y >> 1 ^ (-(y & 1) & 0x9908b0dfu);
  position = 0;
}

uint32_t Mt19937::output(uint32_t begin, uint32_t count, uint32_t *out) const {
  const uint32_t end = std::min<uint32_t>(length, begin + count);
  uint32_t i = begin / wordCount * wordCount;
  for (; i < end; i += wordCount) {
    Words y;
    std::memcpy(&y, key + i, sizeof y);
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    y ^= y >> 18;
    std::memcpy(out + i, &y, sizeof y);
  }
  return i;
}

} // namespace ndrt::random
