// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Small blocks: cut from slabs, one list of free blocks per class, shared by all threads.
#pragma once

#include "memory/block.h"

namespace ndrt {

struct Batch {
  Block *first = nullptr; // linked by next
  int count = 0;
};

/// Up to \p wanted pooled or fresh blocks of \p sizeClass; none if the system has no memory.
Batch takeSmallBlocks(int sizeClass, int wanted) noexcept;

/// Puts \p batch, linked from first to \p last, back.
void putSmallBlocks(int sizeClass, Batch batch, Block *last) noexcept;

/// Unmaps the slabs none of whose blocks is in use.
void trimSlabs() noexcept;

void lockSlabs() noexcept;
void unlockSlabs() noexcept;

} // namespace ndrt
