// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "memory/thread_cache.h"

#include "memory/big_blocks.h"
#include "memory/slabs.h"
#include "threads/pool.h"

#include <mutex>
#include <new>
#include <pthread.h>

namespace ndrt {
namespace {

struct Registry {
  std::mutex mutex;
  ThreadCache *caches = nullptr;
  uint64_t allocations = 0, allocatedBytes = 0, freedBytes = 0; // of threads without a cache
};
constinit Registry registry;

[[gnu::tls_model("initial-exec")]] constinit thread_local ThreadCache *current = nullptr;
constinit thread_local bool ending = false;

struct CacheOwner {
  ThreadCache *cache = nullptr;
  ~CacheOwner() {
    ending = true;
    current = nullptr;
    if (!cache)
      return;
    cache->flush();
    {
      std::lock_guard lock(registry.mutex);
      registry.allocations += cache->allocations.value();
      registry.allocatedBytes += cache->allocatedBytes.value();
      registry.freedBytes += cache->freedBytes.value();
      (cache->previous ? cache->previous->next : registry.caches) = cache->next;
      if (cache->next)
        cache->next->previous = cache->previous;
    }
    delete cache;
  }
};

/// A fork while another thread allocates must not leave the child with locks that nobody will open.
void surviveForks() {
  preparePool();
  static const int registered = pthread_atfork(
      [] {
        registry.mutex.lock();
        lockSlabs();
        lockBigBlocks();
      },
      [] {
        unlockBigBlocks();
        unlockSlabs();
        registry.mutex.unlock();
      },
      [] {
        unlockBigBlocks();
        unlockSlabs();
        registry.mutex.unlock();
      });
  static_cast<void>(registered);
}

[[gnu::noinline]] ThreadCache *makeCache() noexcept {
  if (ending)
    return nullptr;
  surviveForks();
  ThreadCache *cache = new (std::nothrow) ThreadCache;
  if (!cache)
    return nullptr;
  thread_local CacheOwner owner;
  owner.cache = cache;
  std::lock_guard lock(registry.mutex);
  cache->next = registry.caches;
  if (cache->next)
    cache->next->previous = cache;
  registry.caches = cache;
  return current = cache;
}

} // namespace

ThreadCache *threadCache() noexcept { return current ? current : makeCache(); }

Block *ThreadCache::take(int sizeClass) noexcept {
  List &list = lists[sizeClass];
  if (!list.first) {
    Batch batch = takeSmallBlocks(sizeClass, most(sizeClass) / 2);
    list = {batch.first, batch.count};
    if (!batch.first)
      return nullptr;
  }
  Block *block = list.first;
  list.first = block->next;
  --list.count;
  return block;
}

void ThreadCache::put(Block *block) noexcept {
  int sizeClass = block->sizeClass;
  List &list = lists[sizeClass];
  if (list.count == most(sizeClass)) [[unlikely]]
    putBack(sizeClass, list.count / 2);
  block->next = list.first;
  list.first = block;
  ++list.count;
}

void ThreadCache::putBack(int sizeClass, int count) noexcept {
  List &list = lists[sizeClass];
  if (count == 0)
    return;
  Batch batch{list.first, count};
  Block *last = list.first;
  for (int i = 1; i < count; ++i)
    last = last->next;
  list.first = last->next;
  list.count -= count;
  putSmallBlocks(sizeClass, batch, last);
}

void ThreadCache::flush() noexcept {
  for (int sizeClass = 0; sizeClass < SmallClasses::count; ++sizeClass)
    putBack(sizeClass, lists[sizeClass].count);
}

void countUncached(uint64_t allocations, uint64_t allocatedBytes, uint64_t freedBytes) noexcept {
  std::lock_guard lock(registry.mutex);
  registry.allocations += allocations;
  registry.allocatedBytes += allocatedBytes;
  registry.freedBytes += freedBytes;
}

Totals totals() noexcept {
  std::lock_guard lock(registry.mutex);
  uint64_t allocations = registry.allocations;
  uint64_t allocated = registry.allocatedBytes, freed = registry.freedBytes;
  for (ThreadCache *cache = registry.caches; cache; cache = cache->next) {
    allocations += cache->allocations.value();
    allocated += cache->allocatedBytes.value();
    freed += cache->freedBytes.value();
  }
  return {allocations, allocated - freed};
}

} // namespace ndrt
