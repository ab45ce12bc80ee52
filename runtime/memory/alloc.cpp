// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "error/error.h"
#include "memory/accounts.h"
#include "memory/big_blocks.h"
#include "memory/slabs.h"
#include "memory/system_pages.h"
#include "memory/thread_cache.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace ndrt {
namespace {

Block *takeBlock(ThreadCache *cache, size_t bytes) {
  if (bytes > SmallClasses::largest)
    return takeBigBlock(bytes);
  int sizeClass = SmallClasses::of(bytes);
  return cache ? cache->take(sizeClass) : takeSmallBlocks(sizeClass, 1).first;
}

[[gnu::noinline]] Block *refuse(size_t bytes, const char *reason) {
  fail(NDRT_ERR_MEMORY, "cannot allocate %zu bytes: %s", bytes, reason);
  return nullptr;
}

/// The system has said no: gives the pool back, and asks once more.
[[gnu::noinline]] Block *takeAfterTrim(ThreadCache *cache, size_t bytes) {
  if (bytes > BigClasses::largest)
    return refuse(bytes, "no array can be that large");
  uint64_t memory = machineMemory();
  if (bytes > memory) {
    fail(NDRT_ERR_MEMORY, "cannot allocate %zu bytes: the machine has %llu bytes of memory", bytes,
         static_cast<unsigned long long>(memory));
    return nullptr;
  }
  ndrt_trim();
  if (Block *block = takeBlock(cache, bytes))
    return block;
  return refuse(bytes, std::strerror(errno ? errno : ENOMEM));
}

/// Sizes that are asked about the machine before the system is: it may promise memory that it does
/// not have.
constexpr size_t doubtful = size_t{1} << 30;

} // namespace
} // namespace ndrt

void *ndrt_alloc(size_t bytes) {
  using namespace ndrt;
  ThreadCache *cache = threadCache();
  Block *block = nullptr;
  if (bytes < doubtful || bytes <= machineMemory()) [[likely]]
    block = takeBlock(cache, bytes);
  if (!block) [[unlikely]] {
    block = takeAfterTrim(cache, bytes);
    if (!block)
      return nullptr;
  }
  block->state = Block::live;
  size_t capacity = block->capacity();
  if (cache) {
    cache->allocations.add(1);
    cache->allocatedBytes.add(capacity);
  } else {
    countUncached(1, capacity, 0);
  }
  allowAccess(block->data(), std::min(capacity, bytes + granule));
  return block->data();
}

void ndrt_free(void *memory) {
  using namespace ndrt;
  if (!memory)
    return;
  Block *block = Block::of(memory);
  if (block->state != Block::live) [[unlikely]] {
    fail(NDRT_ERR_ARGUMENT, "ndrt_free: %p is not live memory of ndrt_alloc; free each block once",
         memory);
    return;
  }
  size_t capacity = block->capacity();
  block->state = Block::pooled;
  forbidAccess(memory, capacity);
  ThreadCache *cache = threadCache();
  if (cache)
    cache->freedBytes.add(capacity);
  else
    countUncached(0, 0, capacity);
  if (block->big)
    putBigBlock(block);
  else if (cache)
    cache->put(block);
  else
    putSmallBlocks(block->sizeClass, {block, 1}, block);
}

void ndrt_trim(void) {
  if (ndrt::ThreadCache *cache = ndrt::threadCache())
    cache->flush();
  ndrt::trimSlabs();
  ndrt::trimBigBlocks();
}

void ndrt_memory_stats(ndrt_memory_stats_t *stats) {
  using namespace ndrt;
  Totals now = totals();
  uint64_t held = systemAccount.held.load(std::memory_order_relaxed);
  stats->live_bytes = now.liveBytes;
  stats->pooled_bytes = held > now.liveBytes ? held - now.liveBytes : 0;
  stats->peak_bytes = systemAccount.peak.load(std::memory_order_relaxed);
  stats->allocations = now.allocations;
  stats->system_allocations = systemAccount.requests.load(std::memory_order_relaxed);
}
