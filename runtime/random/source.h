// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where distributions draw from. Raw draws are made in blocks, ahead of their use; when a call ends
// the state stands behind the last one that was used, so nobody can tell.
#pragma once

#include "error/error.h"
#include "linalg/parallel.h"
#include "random/engines.h"

#include <algorithm>
#include <new>

namespace ndrt::random {

inline ndrt_status noGenerator() {
  return fail(NDRT_ERR_ARGUMENT,
              "random: the state is that of no bit generator; start it with ndrt_random_seed");
}

enum Kind : uint64_t { pcg64 = 1, pcg64dxsm = 2, philox = 3, sfc64 = 4, mt19937 = 5 };

/// Over an engine of 64-bit draws.
class Wide {
public:
  static constexpr int64_t blockLength = 1024;

  /// \p draws  how many are expected.
  template <class Engine> Wide(const uint64_t *words, Engine &engine, int64_t draws) {
    words_ = words;
    engine.read(words + 2);
    has32_ = words[1] & 1;
    saved32_ = uint32_t(words[1] >> 32);
    expected_ = draws;
    engine_ = &engine;
    fill_ = [](void *e, uint64_t *out, int64_t count) {
      static_cast<Engine *>(e)->fill(out, count);
    };
    if constexpr (!std::is_same_v<Engine, Sfc64>) { // which cannot jump
      static_assert(sizeof(Engine) <= 128);
      seek_ = [](const uint64_t *from, void *e, u128 steps) {
        auto *engine = new (e) Engine;
        engine->read(from + 2);
        engine->skip(steps);
      };
    }
    at_ = end_ = block_;
  }
  /// Over a copy of the engine; somebody has to seek a place.
  Wide(const Wide &from, int64_t draws)
      : expected_(draws), words_(from.words_), engine_(copy_), fill_(from.fill_),
        seek_(from.seek_) {
    at_ = end_ = block_;
  }
  Wide(const Wide &) = delete;
  Wide &operator=(const Wide &) = delete;
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
  bool canSeek() const { return seek_ != nullptr; }
  /// Draws that have been used, and going to where so many have been; of half draws nothing
  /// changes.
  int64_t wholes() const { return int64_t(total_ - u128(end_ - at_)); }
  void seekWholes(int64_t count) {
    at_ = end_ = block_;
    seek_(words_, engine_, u128(count));
    total_ = u128(count);
  }
  /// The same in halves, of which one may be kept.
  int64_t halves() const { return 2 * wholes() - has32_; }
  void seekHalves(int64_t count) {
    seekWholes(count / 2);
    has32_ = false;
    if (count % 2)
      next32();
  }
  /// The half that next32 would have kept last, behind an even number of them.
  void rememberLast() {
    const int64_t here = halves();
    if (here >= 2 && here % 2 == 0) {
      seekHalves(here - 1);
      next32();
    }
  }
  /// Calls made(draws, offset, count) for pieces of \p count draws, on several threads: each jumps
  /// to its own. False where that does not pay, and nothing is drawn.
  template <class Made> bool inPieces(int64_t count, Made &&made) {
    constexpr int64_t grain = 1 << 16;
    if (!canSeek() || count < 2 * grain || ndrt_num_threads() < 2)
      return false;
    const u128 first = u128(wholes());
    parallelFor(count, grain, [&](int64_t begin, int64_t end) {
      alignas(64) uint64_t block[blockLength];
      alignas(64) std::byte copy[sizeof copy_];
      seek_(words_, copy, first + u128(begin));
      for (int64_t at = begin; at < end;) {
        const int64_t n = std::min(end - at, blockLength);
        fill_(copy, block, n);
        made(block, at, n);
        at += n;
      }
    });
    expected_ -= count;
    seekWholes(int64_t(first) + count);
    return true;
  }
  /// The same in order, for \p count draws of which nobody knows how many numbers they make: calls
  /// made(part, draws, count) for the pieces of each part of \p length draws, one after the other.
  template <class Made> void inParts(int64_t count, int64_t length, Made &&made) {
    const u128 first = u128(wholes());
    parallelFor((count - 1) / length + 1, 1, [&](int64_t begin, int64_t end) {
      alignas(64) uint64_t block[blockLength];
      alignas(64) std::byte copy[sizeof copy_];
      for (int64_t part = begin; part < end; ++part) {
        seek_(words_, copy, first + u128(part * length));
        for (int64_t left = std::min(length, count - part * length); left > 0;) {
          const int64_t n = std::min(left, blockLength);
          fill_(copy, block, n);
          made(part, block, n);
          left -= n;
        }
      }
    });
    expected_ -= count;
    seekWholes(int64_t(first) + count);
  }
  /// Leaves out \p count draws; of a source that has just been made.
  void skip(int64_t count) {
    for (; count && !seek_; --count)
      next64();
    if (count)
      seek_(words_, engine_, total_ + u128(count));
    total_ += u128(count);
  }
  /// The same by halves, of which next32 keeps one.
  void skipHalves(int64_t count) {
    if (count && has32_) {
      has32_ = false;
      --count;
    }
    if (count <= 0)
      return;
    skip((count - 1) / 2);
    next32();
    if (count % 2 == 0)
      next32();
  }
  /// Hands draws of 32 bits to take(draw), which says whether it uses them, until \p n are used.
  template <class Take> void each32(int64_t n, Take &&take) {
    while (n > 0) {
      if (has32_ || n == 1) {
        n -= take(next32());
        continue;
      }
      const uint64_t *draws;
      const int64_t m = ready(draws, n / 2);
      for (int64_t i = 0; i < m; ++i) {
        n -= take(uint32_t(draws[i]));
        n -= take(uint32_t(draws[i] >> 32));
      }
      saved32_ = uint32_t(draws[m - 1] >> 32);
      at_ += m;
    }
  }
  template <class Take> void each64(int64_t n, Take &&take) {
    while (n > 0) {
      const uint64_t *draws;
      const int64_t m = ready(draws, n);
      for (int64_t i = 0; i < m; ++i)
        n -= take(draws[i]);
      at_ += m;
    }
  }
  bool has32() const { return has32_; }
  /// The half draw that next32 would have kept last; used up.
  void keep(uint32_t half) { saved32_ = half; }

private:
  [[gnu::noinline]] void refill() {
    // Where more are used than were expected, as many again as so far.
    const int64_t so_far = total_ < u128(blockLength) ? int64_t(total_) : blockLength;
    const int64_t count = std::clamp<int64_t>(std::max(expected_, so_far / 4), 4, blockLength);
    expected_ -= count;
    fill_(engine_, block_, count);
    total_ += u128(count);
    at_ = block_;
    end_ = block_ + count;
  }

  uint64_t *at_, *end_;
  bool has32_ = false;
  uint32_t saved32_ = 0;
  int64_t expected_;
  const uint64_t *words_; ///< the state that the stream is counted from
  void *engine_;
  void (*fill_)(void *, uint64_t *, int64_t);
  void (*seek_)(const uint64_t *, void *, u128) = nullptr;
  u128 total_ = 0; ///< raw draws that have been made
  alignas(64) std::byte copy_[128];
  alignas(64) uint64_t block_[blockLength];
};

/// Over MT19937, which draws 32 bits.
class Narrow {
public:
  explicit Narrow(const uint64_t *words) {
    end_ = engine_.position = uint32_t(words[1] >> 32);
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

  uint32_t next32() {
    if (engine_.position == end_) [[unlikely]]
      prepare();
    return ready_[engine_.position++];
  }
  uint64_t next64() {
    const uint64_t high = next32();
    return high << 32 | next32();
  }
  static double toDouble(uint32_t first, uint32_t second) {
    return (double(first >> 5) * 67108864.0 + double(second >> 6)) / 9007199254740992.0;
  }
  double nextDouble() {
    const uint32_t first = next32();
    return toDouble(first, next32());
  }
  static float toFloat(uint32_t draw) { return float(int32_t(draw >> 8)) * 0x1p-24f; }
  float nextFloat() { return toFloat(next32()); }
  /// Draws that lie ready, at least one, at most \p wanted; take() says how many were used.
  int64_t ready(const uint32_t *&draws, int64_t wanted) {
    if (engine_.position == end_)
      prepare();
    draws = ready_ + engine_.position;
    return std::min<int64_t>(end_ - engine_.position, wanted);
  }
  void take(int64_t count) { engine_.position += uint32_t(count); }
  template <class Take> void each32(int64_t n, Take &&take) {
    while (n > 0) {
      const uint32_t *draws;
      const int64_t m = ready(draws, n);
      for (int64_t i = 0; i < m; ++i)
        n -= take(draws[i]);
      this->take(m);
    }
  }
  template <class Take> void each64(int64_t n, Take &&take) {
    while (n > 0)
      n -= take(next64());
  }
  Mt19937 &engine() { return engine_; }

private:
  /// A few: a call may want one.
  [[gnu::noinline]] void prepare() {
    if (engine_.position >= Mt19937::length)
      engine_.refill();
    end_ = engine_.output(engine_.position, 32, ready_);
  }

  Mt19937 engine_;
  uint32_t end_; ///< of what is ready, in the places of the key
  alignas(64) uint32_t ready_[Mt19937::length];
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
