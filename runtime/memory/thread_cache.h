// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A thread's own few small blocks of each class, and its count of what it allocated and freed.
#pragma once

#include "memory/block.h"

#include <atomic>

namespace ndrt {

/// Written by one thread, read by any: an exact sum needs no locked instruction.
class Tally {
public:
  void add(uint64_t amount) {
    value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
  }
  uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
  std::atomic<uint64_t> value_{0};
};

struct ThreadCache {
  struct List {
    Block *first = nullptr;
    int count = 0;
  };
  List lists[SmallClasses::count];
  Tally allocations, allocatedBytes, freedBytes;
  ThreadCache *next = nullptr; // among all threads' caches
  ThreadCache *previous = nullptr;

  /// How many blocks a thread keeps: a lot of the smallest, a few of the largest.
  static constexpr int most(int sizeClass) {
    size_t fitting = (size_t{256} << 10) / SmallClasses::bytes(sizeClass);
    return static_cast<int>(fitting < 4 ? 4 : fitting > 64 ? 64 : fitting);
  }

  Block *take(int sizeClass) noexcept;
  void put(Block *block) noexcept;
  void putBack(int sizeClass, int count) noexcept;
  void flush() noexcept;
};

struct Totals {
  uint64_t allocations, liveBytes;
};

/// The calling thread's cache; null once the thread is ending, or without memory for one.
ThreadCache *threadCache() noexcept;

/// For threads without a cache.
void countUncached(uint64_t allocations, uint64_t allocatedBytes, uint64_t freedBytes) noexcept;

/// Sums over all threads, those that have ended included.
Totals totals() noexcept;

} // namespace ndrt
