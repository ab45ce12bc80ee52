// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <cstdint>

namespace ndrt {

inline constexpr size_t hugePage = size_t{2} << 20;
inline constexpr size_t pageBytes = 4096;

struct Pages {
  void *base = nullptr;
  size_t bytes = 0;
};

/// Fresh pages, readable and writable, zero; null base on failure.
Pages mapPages(size_t bytes) noexcept;

/// One page, and behind it \p bytes that start on a huge-page boundary and are advised to be huge.
Pages mapHugePages(size_t bytes) noexcept;

void unmapPages(Pages pages) noexcept;

/// Main memory and swap of the machine.
uint64_t machineMemory() noexcept;

} // namespace ndrt
