// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "memory/big_blocks.h"

#include "memory/accounts.h"
#include "memory/system_pages.h"

#include <cstdlib>
#include <mutex>
#include <new>

namespace ndrt {
namespace {

struct BigPool {
  std::mutex mutex;
  Block *byClass[BigClasses::count] = {};
  Block *newest = nullptr;
  Block *oldest = nullptr;
  uint64_t bytes = 0;
  uint64_t limit = 0; // 0: not decided yet

  void insert(Block *block) {
    Block *&head = byClass[block->sizeClass];
    block->previous = nullptr;
    block->next = head;
    if (head)
      head->previous = block;
    head = block;
    block->newer = nullptr;
    block->older = newest;
    (newest ? newest->newer : oldest) = block;
    newest = block;
    bytes += block->capacity();
  }

  void remove(Block *block) {
    (block->previous ? block->previous->next : byClass[block->sizeClass]) = block->next;
    if (block->next)
      block->next->previous = block->previous;
    (block->newer ? block->newer->older : newest) = block->older;
    (block->older ? block->older->newer : oldest) = block->newer;
    bytes -= block->capacity();
  }
};
constinit BigPool bigPool;

/// ND_POOL_LIMIT in bytes, with K, M or G if wanted; a quarter of the machine's memory without it.
uint64_t poolLimit() {
  if (const char *text = std::getenv("ND_POOL_LIMIT")) {
    char *end = nullptr;
    unsigned long long count = std::strtoull(text, &end, 10);
    unsigned shift = 0;
    if (*end == 'K' || *end == 'k')
      shift = 10;
    else if (*end == 'M' || *end == 'm')
      shift = 20;
    else if (*end == 'G' || *end == 'g')
      shift = 30;
    if (end != text && *text != '-' && (end[0] == '\0' || (shift != 0 && end[1] == '\0')) &&
        count <= UINT64_MAX >> shift)
      return (uint64_t{count} << shift) | 1; // never 0, which means undecided
  }
  return machineMemory() / 4 + 1;
}

void unmapBlocks(Block *list) {
  while (list) {
    Block *block = list;
    list = block->next;
    systemAccount.giveBack(block->capacity());
    Pages pages{block->mapping, block->mappedBytes};
    allowAccess(pages.base, pages.bytes);
    unmapPages(pages);
  }
}

} // namespace

Block *takeBigBlock(size_t bytes) noexcept {
  int sizeClass = BigClasses::of(bytes);
  {
    std::lock_guard lock(bigPool.mutex);
    for (int candidate = sizeClass; candidate < BigClasses::count && candidate <= sizeClass + 1;
         ++candidate) {
      if (Block *block = bigPool.byClass[candidate]) {
        bigPool.remove(block);
        return block;
      }
    }
  }
  size_t capacity = BigClasses::bytes(sizeClass);
  Pages pages;
  Block *block;
  if (capacity + granule > hugePage) {
    pages = mapHugePages(capacity + granule);
    if (!pages.base)
      return nullptr;
    block = new (static_cast<std::byte *>(pages.base) + pageBytes - sizeof(Block)) Block{};
  } else {
    pages = mapPages(sizeof(Block) + capacity + granule);
    if (!pages.base)
      return nullptr;
    block = new (pages.base) Block{};
  }
  block->state = Block::pooled;
  block->sizeClass = static_cast<int16_t>(sizeClass);
  block->big = true;
  block->mapping = pages.base;
  block->mappedBytes = pages.bytes;
  systemAccount.take(capacity);
  forbidAccess(block->data(), capacity);
  return block;
}

void putBigBlock(Block *block) noexcept {
  Block *evicted = nullptr;
  {
    std::lock_guard lock(bigPool.mutex);
    if (bigPool.limit == 0)
      bigPool.limit = poolLimit();
    bigPool.insert(block);
    while (bigPool.bytes > bigPool.limit) {
      Block *victim = bigPool.oldest;
      bigPool.remove(victim);
      victim->next = evicted;
      evicted = victim;
    }
  }
  unmapBlocks(evicted);
}

void trimBigBlocks() noexcept {
  Block *all = nullptr;
  {
    std::lock_guard lock(bigPool.mutex);
    while (Block *block = bigPool.oldest) {
      bigPool.remove(block);
      block->next = all;
      all = block;
    }
  }
  unmapBlocks(all);
}

void lockBigBlocks() noexcept { bigPool.mutex.lock(); }
void unlockBigBlocks() noexcept { bigPool.mutex.unlock(); }

} // namespace ndrt
