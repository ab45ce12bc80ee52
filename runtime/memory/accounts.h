// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the allocator has from the system. What is live is counted per thread (thread_cache.h).
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ndrt {

struct SystemAccount {
  std::atomic<uint64_t> held{0}; // capacity of all blocks, live and pooled
  std::atomic<uint64_t> peak{0};
  std::atomic<uint64_t> requests{0};

  void take(size_t bytes) {
    uint64_t now = held.fetch_add(bytes, std::memory_order_relaxed) + bytes;
    uint64_t most = peak.load(std::memory_order_relaxed);
    while (most < now && !peak.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
    }
  }
  void giveBack(size_t bytes) { held.fetch_sub(bytes, std::memory_order_relaxed); }
  void countRequest() { requests.fetch_add(1, std::memory_order_relaxed); }
};
extern SystemAccount systemAccount;

} // namespace ndrt
