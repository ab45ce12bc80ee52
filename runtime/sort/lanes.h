// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What vectors of all widths have in common.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace ndrt {

/// Bit i is bit \p of of i.
constexpr uint32_t lanesWith(int of) {
  uint32_t mask = 0;
  for (uint32_t i = 0; i < 16; ++i)
    mask |= (i >> of & 1) << i;
  return mask;
}

/// So many bits, at least none and at most all.
constexpr uint32_t firstLanes(int64_t count) {
  return count >= 32 ? ~0u : count <= 0 ? 0 : (1u << count) - 1;
}

/// For each mask of \p lanes lanes those that are set, then the others, as bytes.
template <int lanes> constexpr auto packingTable() {
  std::array<std::array<uint8_t, 8>, std::size_t{1} << lanes> table{};
  for (uint32_t mask = 0; mask < table.size(); ++mask) {
    int next = 0;
    for (uint32_t wanted : {1u, 0u})
      for (uint32_t lane = 0; lane < uint32_t(lanes); ++lane)
        if ((mask >> lane & 1) == wanted)
          table[mask][std::size_t(next++)] = uint8_t(lane);
  }
  return table;
}
inline constexpr auto packing8 = packingTable<8>();

} // namespace ndrt
