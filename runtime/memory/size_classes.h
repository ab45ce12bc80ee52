// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Block sizes: four steps to the doubling for small blocks, eight for big ones, so that a block is
// at most a quarter (an eighth) larger than what was asked for.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace ndrt {

inline constexpr size_t granule = 64; // alignment, cache line, and the bytes readable past the end

/// Small blocks come from slabs and are cached per thread.
struct SmallClasses {
  static constexpr int count = 36;
  static constexpr size_t largest = 65536;

  /// Smallest class that holds \p bytes <= largest.
  static constexpr int of(size_t bytes) {
    size_t granules = bytes <= granule ? 1 : (bytes + granule - 1) / granule;
    if (granules <= 4)
      return static_cast<int>(granules) - 1;
    int power = std::bit_width(granules - 1) - 3; // step = 2^power granules
    return 4 * power + static_cast<int>((granules - 1) >> power);
  }

  static constexpr size_t bytes(int index) {
    if (index < 4)
      return granule * static_cast<size_t>(index + 1);
    int power = index / 4 - 1;
    return granule * (static_cast<size_t>(index % 4 + 5) << power);
  }
};
static_assert(SmallClasses::of(SmallClasses::largest) < SmallClasses::count);

/// Big blocks are mapped one by one; classes count from 64 KiB.
struct BigClasses {
  static constexpr int count = 249;
  static constexpr size_t unit = 8192; // 64 KiB in eight steps
  static constexpr size_t largest = size_t{1} << 47;

  static constexpr int of(size_t bytes) {
    size_t units = (bytes + unit - 1) / unit;
    if (units <= 8)
      return 0;
    int power = std::bit_width(units - 1) - 4;
    return 8 * power + static_cast<int>((units - 1) >> power) - 7;
  }

  static constexpr size_t bytes(int index) {
    if (index == 0)
      return unit * 8;
    int power = (index - 1) / 8;
    return unit * (static_cast<size_t>((index - 1) % 8 + 9) << power);
  }
};
static_assert(BigClasses::of(BigClasses::largest) < BigClasses::count);

} // namespace ndrt
