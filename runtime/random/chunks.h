// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Numbers that take a varying number of draws, on several threads, as one thread would make them.
//
// The stream is cut into chunks. Each is read as if a number began with its first draw, which may
// be wrong; where the number before really ends is known when the chunk before is done. From there
// one number after the other is made until one begins where the reading has one begin, too: from
// then on the two are the same, and what was read is right.
#pragma once

#include "random/source.h"

#include <atomic>
#include <chrono>
#include <type_traits>

namespace ndrt::random {

/// Places of a stream, in draws of 64 bits or of 32.
template <bool narrow> struct Places {
  static int64_t of(const Wide &s) { return narrow ? s.halves() : s.wholes(); }
  static void seek(Wide &s, int64_t place) { narrow ? s.seekHalves(place) : s.seekWholes(place); }
};

/// A sampler that makes one number at a time.
template <class One> struct Each {
  One one;
  /// Numbers that begin below \p limit.
  template <bool narrow, class T> int64_t until(Wide &s, T *out, int64_t limit) {
    int64_t count = 0;
    while (Places<narrow>::of(s) < limit)
      out[count++] = one(s);
    return count;
  }
};

template <class T, bool narrow, class Sampler> class Chunks {
public:
  static constexpr int64_t length = narrow ? 1 << 15 : 1 << 14; ///< in places

  Chunks(Wide &source, T *out, int64_t n, const Sampler &sampler)
      : source_(source), sampler_(sampler), out_(out), wanted_(n), first_(At::of(source)),
        start_(first_) {}

  /// False without memory, and nothing is drawn.
  bool run() {
    const int64_t workers = ndrt_num_threads();
    Scratch<T> room(2 * workers * capacity);
    if (!room)
      return false;
    parallelFor(workers, 1, [&](int64_t begin, int64_t end) {
      for (int64_t worker = begin; worker < end; ++worker)
        work(room.get() + 2 * worker * capacity);
    });
    At::seek(source_, start_);
    if (narrow)
      source_.rememberLast();
    return true;
  }

private:
  using At = Places<narrow>;
  static constexpr int marked = 96; ///< numbers of a chunk whose places are known
  static constexpr int64_t capacity = length + 64, over = INT64_MAX;
  /// How long a thread waits for another at most; else as long as its own chunk has taken.
  static constexpr std::chrono::microseconds patience{1000};

  /// What was read of a chunk.
  struct Reading {
    T *made;
    int64_t marks[marked + 1]; ///< where numbers begin, the first ones
    int64_t known, count, end;
  };

  void work(T *room) {
    Wide source(source_, INT64_MAX);
    Sampler sampler = sampler_;
    Reading r;
    r.made = room;
    for (;;) {
      const int64_t chunk = next_.fetch_add(1, std::memory_order_relaxed);
      if (turn_.load(std::memory_order_acquire) == over)
        return;
      using Clock = std::chrono::steady_clock;
      const Clock::time_point began = Clock::now();
      read(r, source, sampler, chunk);
      Clock::time_point now = Clock::now();
      const Clock::duration wait = std::min<Clock::duration>(now - began, patience);
      for (Clock::time_point until = now + wait;; now = Clock::now()) {
        const int64_t turn = turn_.load(std::memory_order_acquire);
        if (turn == over)
          return;
        if (turn > chunk)
          break;
        if (turn == chunk) {
          if (claim(chunk))
            settle(r, source, sampler, chunk);
          break;
        }
        // No yielding: where other programs want the processor it may take long to come back.
        if (now > until && claim(turn)) {
          T *made = room + capacity;
          At::seek(source, start_);
          const int64_t count = sampler.template until<narrow>(source, made, limitOf(turn));
          give(source, sampler, turn, made, 0, made, count, At::of(source));
          until = Clock::now() + wait;
        }
      }
    }
  }

  int64_t limitOf(int64_t chunk) const { return first_ + (chunk + 1) * length; }
  /// Whose turn is, where nobody has it yet.
  bool claim(int64_t chunk) {
    return claimed_.compare_exchange_strong(chunk, chunk + 1, std::memory_order_acq_rel);
  }

  void read(Reading &r, Wide &source, Sampler &sampler, int64_t chunk) {
    const int64_t limit = limitOf(chunk);
    At::seek(source, limit - length);
    for (r.count = 0; r.count < marked && At::of(source) < limit; ++r.count) {
      r.marks[r.count] = At::of(source);
      r.made[r.count] = sampler.one(source);
    }
    r.known = r.count;
    r.marks[r.count] = At::of(source);
    r.count += sampler.template until<narrow>(source, r.made + r.count, limit);
    r.end = At::of(source);
  }

  // From here on there is one thread at a time.

  /// Makes the numbers that differ from those read, which stand in front of them.
  void settle(Reading &r, Wide &source, Sampler &sampler, int64_t chunk) {
    const int64_t limit = limitOf(chunk);
    T ahead[marked];
    int64_t before = 0, from = std::lower_bound(r.marks, r.marks + r.known + 1, start_) - r.marks;
    if (from > r.known || r.marks[from] != start_) {
      At::seek(source, start_);
      for (from = 0; before < marked && At::of(source) < limit; ++before) {
        const int64_t at = At::of(source);
        while (from < r.known && r.marks[from] < at)
          ++from;
        if (r.marks[from] == at)
          break;
        ahead[before] = sampler.one(source);
      }
      if (const int64_t at = At::of(source); at >= limit) {
        from = r.count; // the chunk has no more
        r.end = at;
      } else if (r.marks[from] != at) {
        At::seek(source, start_);
        before = from = 0;
        r.count = sampler.template until<narrow>(source, r.made, limit);
        r.end = At::of(source);
      }
    }
    give(source, sampler, chunk, ahead, before, r.made + from, r.count - from, r.end);
  }

  /// The chunk's numbers: those ahead, then those made.
  void give(Wide &source, Sampler &sampler, int64_t chunk, const T *ahead, int64_t before,
            const T *made, int64_t count, int64_t end) {
    const int64_t at = done_, total = before + count;
    const bool last = at + total >= wanted_;
    if (last) {
      At::seek(source, start_);
      for (int64_t i = at; i < wanted_; ++i)
        sampler.one(source);
      end = At::of(source);
    }
    start_ = end;
    done_ = at + total;
    turn_.store(last ? over : chunk + 1, std::memory_order_release);
    const int64_t room = std::min(total, wanted_ - at), few = std::min(before, room);
    std::copy_n(ahead, few, out_ + at);
    std::copy_n(made, room - few, out_ + at + few);
  }

  Wide &source_;
  const Sampler &sampler_;
  T *out_;
  int64_t wanted_, first_;
  std::atomic<int64_t> next_{0}, turn_{0}, claimed_{0};
  int64_t start_, done_ = 0; ///< of whose turn it is
};

/// Makes \p n numbers on several threads; false where that does not pay, and nothing is drawn.
template <bool narrow, class T, class Sampler>
bool inChunks(Wide &s, T *&out, int64_t &n, Sampler &sampler) {
  using At = Places<narrow>;
  if (!s.canSeek() || ndrt_num_threads() < 2 || n < 4 * Chunks<T, narrow, Sampler>::length)
    return false;
  // One at least is made here: does it take draws, and none that was kept from before?
  do {
    const int64_t at = At::of(s);
    *out++ = sampler.one(s);
    --n;
    if (At::of(s) == at)
      return false;
  } while (n && narrow && At::of(s) < 0);
  return Chunks<T, narrow, Sampler>(s, out, n, sampler).run();
}

/// out[i] = one(source), one after the other.
template <class T, class S, class One> void fillEach(S &s, T *out, int64_t n, One one) {
  if constexpr (std::is_same_v<S, Wide>) {
    Each<One> sampler{one};
    if (inChunks<std::is_same_v<T, float>>(s, out, n, sampler))
      return;
    for (int64_t i = 0; i < n; ++i)
      out[i] = sampler.one(s);
  } else {
    for (int64_t i = 0; i < n; ++i)
      out[i] = one(s);
  }
}

} // namespace ndrt::random
