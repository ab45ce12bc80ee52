// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The header in front of every block: one granule, so that the data behind it keeps its alignment.
#pragma once

#include "memory/size_classes.h"

#include <cstddef>
#include <cstdint>

#if defined(__SANITIZE_ADDRESS__)
#define NDRT_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define NDRT_ASAN 1
#endif
#endif
#if defined(NDRT_ASAN)
#include <sanitizer/asan_interface.h>
#endif

namespace ndrt {

struct Slab;

struct alignas(granule) Block {
  static constexpr uint32_t live = 0x6e64726c, pooled = 0x6e647270;

  uint32_t state;
  int16_t sizeClass;
  bool big;
  Block *next;     // in the list of free blocks of this class
  Block *previous; // there too; big blocks only
  Block *newer;    // among all pooled big blocks, by time of freeing
  Block *older;
  union {
    Slab *slab;    // small: where it was cut from
    void *mapping; // big: what to unmap
  };
  size_t mappedBytes; // big

  std::byte *data() { return reinterpret_cast<std::byte *>(this) + sizeof(Block); }
  size_t capacity() const {
    return big ? BigClasses::bytes(sizeClass) : SmallClasses::bytes(sizeClass);
  }
  static Block *of(void *data) {
    return reinterpret_cast<Block *>(static_cast<std::byte *>(data) - sizeof(Block));
  }
};
static_assert(sizeof(Block) == granule);

/// Under AddressSanitizer pooled memory is out of bounds; elsewhere these are nothing.
inline void forbidAccess([[maybe_unused]] void *memory, [[maybe_unused]] size_t bytes) {
#if defined(NDRT_ASAN)
  __asan_poison_memory_region(memory, bytes);
#endif
}
inline void allowAccess([[maybe_unused]] void *memory, [[maybe_unused]] size_t bytes) {
#if defined(NDRT_ASAN)
  __asan_unpoison_memory_region(memory, bytes);
#endif
}

} // namespace ndrt
