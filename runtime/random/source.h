// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where distributions draw from. Raw draws are made in blocks, ahead of their use; when a call ends
// the state stands behind the last one that was used, so nobody can tell.
#pragma once

#include "random/engines.h"

#include <algorithm>

namespace ndrt::random {

enum Kind : uint64_t { pcg64 = 1, pcg64dxsm = 2, philox = 3, sfc64 = 4, mt19937 = 5 };

/// Over an engine of 64-bit draws.
class Wide {
public:
  static constexpr int64_t blockLength = 1024;

  /// \p draws  how many are expected.
  template <class Engine> Wide(const uint64_t *words, Engine &engine, int64_t draws) {
    engine.read(words + 2);
    has32_ = words[1] & 1;
    saved32_ = uint32_t(words[1] >> 32);
    expected_ = draws;
    engine_ = &engine;
    fill_ = [](void *e, uint64_t *out, int64_t count) {
      static_cast<Engine *>(e)->fill(out, count);
    };
    at_ = end_ = block_;
  }
  /// Writes the state behind the last draw.
  template <class Engine> void finish(uint64_t *words, Engine &engine, const uint64_t *before) {
    if (at_ != end_) {
      // From where the last block started.
      const u128 used = total_ - u128(end_ - at_);
      engine.read(before + 2);
      engine.skip(used);
    }
    words[0] = before[0];
    words[1] = uint64_t(has32_) | uint64_t(saved32_) << 32;
    engine.write(words + 2);
  }

  uint64_t next64() {
    if (at_ == end_) [[unlikely]]
      refill();
    return *at_++;
  }
  uint32_t next32() {
    if (has32_) {
      has32_ = false;
      return saved32_;
    }
    const uint64_t x = next64();
    has32_ = true;
    saved32_ = uint32_t(x >> 32);
    return uint32_t(x);
  }
  double nextDouble() { return double(int64_t(next64() >> 11)) * 0x1p-53; }
  float nextFloat() { return float(int32_t(next32() >> 8)) * 0x1p-24f; }

  /// Draws that lie ready, at least one, at most \p wanted; take() says how many were used.
  int64_t ready(const uint64_t *&draws, int64_t wanted) {
    if (at_ == end_)
      refill();
    draws = at_;
    return std::min<int64_t>(end_ - at_, wanted);
  }
  void take(int64_t count) { at_ += count; }
  /// \p count draws in place of next64's, without the block.
  void direct(uint64_t *out, int64_t count) {
    for (; count && at_ != end_; --count)
      *out++ = *at_++;
    fill_(engine_, out, count);
    total_ += u128(count);
    expected_ -= count;
  }
  bool has32() const { return has32_; }
  /// The half draw that next32 would have kept last; used up.
  void keep(uint32_t half) { saved32_ = half; }

private:
  [[gnu::noinline]] void refill() {
    const int64_t count = std::clamp<int64_t>(expected_, 4, blockLength);
    expected_ -= count;
    fill_(engine_, block_, count);
    total_ += u128(count);
    at_ = block_;
    end_ = block_ + count;
  }

  uint64_t *at_, *end_;
  bool has32_;
  uint32_t saved32_;
  int64_t expected_;
  void *engine_;
  void (*fill_)(void *, uint64_t *, int64_t);
  u128 total_ = 0;
  alignas(64) uint64_t block_[blockLength];
};

/// Over MT19937, which draws 32 bits.
class Narrow {
public:
  explicit Narrow(const uint64_t *words) {
    engine_.position = uint32_t(words[1] >> 32);
    engine_.hasGauss = words[1] & 1;
    __builtin_memcpy(engine_.key, words + 2, sizeof engine_.key);
    __builtin_memcpy(&engine_.gauss, words + 2 + Mt19937::length / 2, sizeof(double));
  }
  void finish(uint64_t *words) {
    words[0] = mt19937;
    words[1] = uint64_t(engine_.hasGauss) | uint64_t(engine_.position) << 32;
    __builtin_memcpy(words + 2, engine_.key, sizeof engine_.key);
    __builtin_memcpy(words + 2 + Mt19937::length / 2, &engine_.gauss, sizeof(double));
  }

  uint32_t next32() { return engine_.next(); }
  uint64_t next64() {
    const uint64_t high = engine_.next();
    return high << 32 | engine_.next();
  }
  double nextDouble() {
    const uint32_t a = engine_.next() >> 5, b = engine_.next() >> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;
  }
  float nextFloat() { return float(int32_t(next32() >> 8)) * 0x1p-24f; }
  Mt19937 &engine() { return engine_; }

private:
  Mt19937 engine_;
};

/// Words of a state of \p kind, 0 for none.
constexpr int64_t stateWords(uint64_t kind) {
  switch (kind) {
  case pcg64:
  case pcg64dxsm:
  case sfc64:
    return 6;
  case philox:
    return 13;
  case mt19937:
    return 2 + Mt19937::words;
  }
  return 0;
}

/// Calls f(source) for the state at \p words and writes the one that follows to \p next, which may
/// be the same.
template <class F> void withSource(const uint64_t *words, uint64_t *next, int64_t draws, F &&f) {
  uint64_t before[13];
  auto wide = [&](auto engine) {
    std::copy_n(words, stateWords(words[0]), before);
    Wide source(before, engine, draws);
    f(source);
    source.finish(next, engine, before);
  };
  switch (words[0]) {
  case pcg64:
    return wide(Pcg64());
  case pcg64dxsm:
    return wide(Pcg64Dxsm());
  case philox:
    return wide(Philox());
  case sfc64:
    return wide(Sfc64());
  case mt19937: {
    Narrow source(words);
    f(source);
    source.finish(next);
  }
  }
}

} // namespace ndrt::random
