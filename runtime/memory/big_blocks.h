// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Blocks above SmallClasses::largest: each has a mapping of its own, on huge pages from 2 MiB up,
// and is kept when freed.
#pragma once

#include "memory/block.h"

namespace ndrt {

/// A pooled or fresh block of at least \p bytes, not yet marked live; null if the system has no
/// memory.
Block *takeBigBlock(size_t bytes) noexcept;

/// Pools \p block, and unmaps those freed longest ago while the pool is above its limit.
void putBigBlock(Block *block) noexcept;

/// Unmaps all pooled blocks.
void trimBigBlocks() noexcept;

void lockBigBlocks() noexcept;
void unlockBigBlocks() noexcept;

} // namespace ndrt
