// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The bit generators as numbers: each steps, fills blocks, jumps, and lives in an array of words.
//
// Words of a state: 0 the kind, 1 the half draw that next32 keeps (its flag, then its 32 bits
// above) or, of MT19937, the position; then what the engine reads and writes here.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ndrt::random {

using u128 = unsigned __int128;

inline u128 join(uint64_t high, uint64_t low) { return u128(high) << 64 | low; }
inline uint64_t rotateRight(uint64_t x, unsigned by) { return x >> by | x << (-by & 63); }

/// The state of a linear congruential generator \p steps further (Brown, "Random number generation
/// with arbitrary strides", 1994).
u128 lcgAfter(u128 state, u128 steps, u128 multiplier, u128 increment);

/// PCG64 (O'Neill, "PCG: a family of simple fast space-efficient statistically good algorithms for
/// random number generation", 2014): XSL-RR over a 128-bit congruential generator, which steps
/// first.
struct Pcg64 {
  static constexpr int words = 4;
  static constexpr bool stepsFirst = true; ///< before the output
  static constexpr u128 multiplier = u128(0x2360ed051fc65da4) << 64 | 0x4385df649fccf645;
  u128 state, increment;

  static uint64_t output(u128 s) {
    return rotateRight(uint64_t(s >> 64) ^ uint64_t(s), unsigned(s >> 122));
  }
  void read(const uint64_t *w) { state = join(w[0], w[1]), increment = join(w[2], w[3]); }
  void write(uint64_t *w) const {
    w[0] = uint64_t(state >> 64), w[1] = uint64_t(state);
    w[2] = uint64_t(increment >> 64), w[3] = uint64_t(increment);
  }
  void seed(const uint64_t *w) {
    state = 0;
    increment = join(w[2], w[3]) << 1 | 1;
    step();
    state += join(w[0], w[1]);
    step();
  }
  void step() { state = state * multiplier + increment; }
  void fill(uint64_t *out, int64_t count);
  void skip(u128 steps) { state = lcgAfter(state, steps, multiplier, increment); }
};

/// The variant with a cheap multiplier and a stronger output, DXSM, of the state before the step.
struct Pcg64Dxsm {
  static constexpr int words = 4;
  static constexpr bool stepsFirst = false;
  static constexpr uint64_t multiplier = 0xda942042e4dd58b5;
  u128 state, increment;

  static uint64_t output(u128 s) {
    uint64_t high = uint64_t(s >> 64), low = uint64_t(s) | 1;
    high ^= high >> 32;
    high *= multiplier;
    high ^= high >> 48;
    return high * low;
  }
  void read(const uint64_t *w) { state = join(w[0], w[1]), increment = join(w[2], w[3]); }
  void write(uint64_t *w) const {
    w[0] = uint64_t(state >> 64), w[1] = uint64_t(state);
    w[2] = uint64_t(increment >> 64), w[3] = uint64_t(increment);
  }
  void seed(const uint64_t *w) {
    Pcg64 start; // NumPy starts it by the steps of the other
    start.seed(w);
    state = start.state, increment = start.increment;
  }
  void step() { state = state * multiplier + increment; }
  void fill(uint64_t *out, int64_t count);
  void skip(u128 steps) { state = lcgAfter(state, steps, multiplier, increment); }
};

/// Philox4x64-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): four words
/// for each value of a 256-bit counter.
struct Philox {
  static constexpr int words = 11;
  static constexpr uint64_t factor0 = 0xd2e7470ee14c6c93, factor1 = 0xca5a826395121157,
                            step0 = 0x9e3779b97f4a7c15, step1 = 0xbb67ae8584caa73b;
  uint64_t counter[4], key[2], block[4], position;

  void read(const uint64_t *w) {
    for (int i = 0; i < 4; ++i)
      counter[i] = w[i], block[i] = w[6 + i];
    key[0] = w[4], key[1] = w[5], position = w[10];
  }
  void write(uint64_t *w) const {
    for (int i = 0; i < 4; ++i)
      w[i] = counter[i], w[6 + i] = block[i];
    w[4] = key[0], w[5] = key[1], w[10] = position;
  }
  void seed(const uint64_t *w) {
    for (int i = 0; i < 4; ++i)
      counter[i] = block[i] = 0;
    key[0] = w[0], key[1] = w[1], position = 4;
  }
  void count() {
    for (int i = 0; i < 4 && ++counter[i] == 0; ++i)
      ;
  }
  void make(uint64_t *out) const { rounds<1>(out); }
  /// The words of \p n values of the counter from this on, whose lowest word must not wrap: their
  /// multiplications overlap.
  template <int n> void rounds(uint64_t *out) const {
    uint64_t c[n][4], k[2] = {key[0], key[1]};
    for (int j = 0; j < n; ++j) {
      c[j][0] = counter[0] + uint64_t(j);
      for (int i = 1; i < 4; ++i)
        c[j][i] = counter[i];
    }
    for (int round = 0; round < 10; ++round) {
      for (int j = 0; j < n; ++j) {
        const u128 a = u128(factor0) * c[j][0], b = u128(factor1) * c[j][2];
        c[j][0] = uint64_t(b >> 64) ^ c[j][1] ^ k[0];
        c[j][1] = uint64_t(b);
        c[j][2] = uint64_t(a >> 64) ^ c[j][3] ^ k[1];
        c[j][3] = uint64_t(a);
      }
      k[0] += step0;
      k[1] += step1;
    }
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < 4; ++i)
        out[4 * j + i] = c[j][i];
  }
  void fill(uint64_t *out, int64_t count);
  /// Forward by single draws.
  void skip(u128 steps);
  /// Adds to the counter.
  void advance(const uint64_t delta[4]);
};

/// SFC64 (Doty-Humphrey, PractRand): a chaotic generator with a counter.
struct Sfc64 {
  static constexpr int words = 4;
  uint64_t a, b, c, counter;

  void read(const uint64_t *w) { a = w[0], b = w[1], c = w[2], counter = w[3]; }
  void write(uint64_t *w) const { w[0] = a, w[1] = b, w[2] = c, w[3] = counter; }
  void seed(const uint64_t *w) {
    a = w[0], b = w[1], c = w[2], counter = 1;
    for (int i = 0; i < 12; ++i)
      next();
  }
  uint64_t next() {
    const uint64_t sum = a + b + counter++;
    a = b ^ b >> 11;
    b = c + (c << 3);
    c = rotateRight(c, 40) + sum;
    return sum;
  }
  void fill(uint64_t *out, int64_t count) {
    Sfc64 at = *this;
    for (int64_t i = 0; i < count; ++i)
      out[i] = at.next();
    *this = at;
  }
  void skip(u128 steps) {
    for (; steps; --steps)
      next();
  }
};

/// MT19937 (Matsumoto and Nishimura, 1998), with the second normal number that the legacy
/// functions keep.
struct Mt19937 {
  static constexpr int length = 624, words = length / 2 + 1;
  uint32_t key[length];
  uint32_t position;
  bool hasGauss;
  double gauss;

  void seedWords(const uint32_t *w); ///< 624 words of a seed sequence
  void seedNumber(uint32_t seed);
  void seedArray(const uint32_t *seed, int64_t count);
  void refill();
  /// Writes the draws of at least \p count places from \p begin on, if the key has so many, to
  /// their places in \p out; gives where they end.
  uint32_t output(uint32_t begin, uint32_t count, uint32_t *out) const;
  /// Forward by 2^128 draws.
  void jump();
};

} // namespace ndrt::random
