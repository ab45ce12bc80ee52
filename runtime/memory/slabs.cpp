// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "memory/slabs.h"

#include "memory/accounts.h"
#include "memory/system_pages.h"

#include <algorithm>
#include <mutex>
#include <new>

namespace ndrt {

struct alignas(granule) Slab {
  Slab *next;
  Pages pages;
  int cut;    // blocks made so far: pages are touched as they are needed
  int pooled; // used while trimming
};

namespace {

constexpr size_t slabBytes = size_t{1} << 20;

struct SharedClass {
  std::mutex mutex;
  Block *free = nullptr;
  Slab *slabs = nullptr; // the first one is still being cut
};
constinit SharedClass classes[SmallClasses::count];

constexpr size_t blockBytes(int sizeClass) {
  return sizeof(Block) + SmallClasses::bytes(sizeClass);
}

/// The granule behind the last block makes it readable past its end; behind the others is the next
/// one's header.
constexpr int blocksPerSlab(int sizeClass) {
  return static_cast<int>((slabBytes - sizeof(Slab) - granule) / blockBytes(sizeClass));
}

Block *cutBlock(SharedClass &shared, int sizeClass) {
  if (!shared.slabs || shared.slabs->cut == blocksPerSlab(sizeClass)) {
    Pages pages = mapPages(slabBytes);
    if (!pages.base)
      return nullptr;
    shared.slabs = new (pages.base) Slab{shared.slabs, pages, 0, 0};
  }
  Slab *slab = shared.slabs;
  std::byte *place = reinterpret_cast<std::byte *>(slab) + sizeof(Slab) +
                     static_cast<size_t>(slab->cut++) * blockBytes(sizeClass);
  Block *block = new (place) Block{};
  block->state = Block::pooled;
  block->sizeClass = static_cast<int16_t>(sizeClass);
  block->slab = slab;
  systemAccount.take(block->capacity());
  forbidAccess(block->data(), block->capacity());
  return block;
}

} // namespace

Batch takeSmallBlocks(int sizeClass, int wanted) noexcept {
  SharedClass &shared = classes[sizeClass];
  std::lock_guard lock(shared.mutex);
  Batch batch;
  while (batch.count < wanted) {
    Block *block = shared.free;
    if (block)
      shared.free = block->next;
    else if (batch.count == 0) // cut one at a time: memory that nobody asked for stays untouched
      block = cutBlock(shared, sizeClass);
    if (!block)
      break;
    block->next = batch.first;
    batch.first = block;
    ++batch.count;
  }
  return batch;
}

void putSmallBlocks(int sizeClass, Batch batch, Block *last) noexcept {
  SharedClass &shared = classes[sizeClass];
  std::lock_guard lock(shared.mutex);
  last->next = shared.free;
  shared.free = batch.first;
}

void trimSlabs() noexcept {
  for (SharedClass &shared : classes) {
    std::lock_guard lock(shared.mutex);
    for (Slab *slab = shared.slabs; slab; slab = slab->next)
      slab->pooled = 0;
    for (Block *block = shared.free; block; block = block->next)
      ++block->slab->pooled;
    for (Block **link = &shared.free; *link;) {
      Block *block = *link;
      if (block->slab->pooled == block->slab->cut) {
        *link = block->next;
        systemAccount.giveBack(block->capacity());
      } else {
        link = &block->next;
      }
    }
    for (Slab **link = &shared.slabs; *link;) {
      Slab *slab = *link;
      if (slab->pooled == slab->cut) {
        *link = slab->next;
        Pages pages = slab->pages;
        allowAccess(pages.base, pages.bytes);
        unmapPages(pages);
      } else {
        link = &slab->next;
      }
    }
  }
}

void lockSlabs() noexcept {
  for (SharedClass &shared : classes)
    shared.mutex.lock();
}

void unlockSlabs() noexcept {
  for (SharedClass &shared : classes)
    shared.mutex.unlock();
}

} // namespace ndrt
