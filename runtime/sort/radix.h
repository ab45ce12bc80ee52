// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stable sorting by the digits of a key, the lowest first (Knuth, TAOCP 3, 5.2.5 R). A digit that
// all elements share costs nothing.
#pragma once

#include "sort/order.h"

#include <bit>
#include <concepts>
#include <cstring>
#include <type_traits>
#include <utility>

namespace ndrt {

/// An element as an unsigned number in the same order: -0 is 0, and all nan are the largest.
template <std::unsigned_integral T> T keyOf(T x) { return x; }
template <std::signed_integral T> std::make_unsigned_t<T> keyOf(T x) {
  using U = std::make_unsigned_t<T>;
  return U(U(x) ^ (U(1) << (8 * sizeof(T) - 1)));
}
template <uint16_t infinity> uint16_t keyOf(Bits16<infinity> x) {
  const int32_t rank = x.rank();
  return rank == INT32_MAX ? uint16_t(0xffff) : uint16_t(rank + 0x8000);
}
template <std::floating_point T> auto keyOf(T x) {
  using U = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  constexpr int top = 8 * sizeof(T) - 1;
  const U bits = std::bit_cast<U>(x + T(0)); // -0 + 0 is 0
  // Without a branch: signs in no order would mislead the processor.
  const U turned = bits ^ (U(std::make_signed_t<U>(bits) >> top) | U(1) << top);
  return turned | -U(x != x);
}

template <class T>
concept Keyed = requires(T x) {
  { keyOf(x) } -> std::unsigned_integral;
};

/// The length from which digits beat comparisons, and the one from which wide digits beat bytes.
inline constexpr int64_t radixPays = 128, wideDigitsPay = 4096;

/// What radixSort does, with digits of so many bits.
template <class U, int bits, class Item, class Key>
Item *sortByDigits(Item *items, Item *room, int64_t count, Key key) {
  constexpr int passes = (8 * int(sizeof(U)) + bits - 1) / bits;
  constexpr uint32_t buckets = 1u << bits;
  uint32_t counts[passes][buckets];
  std::memset(counts, 0, sizeof counts);
  for (int64_t i = 0; i < count; ++i) {
    U k = key(items[i]);
    for (int pass = 0; pass < passes; ++pass)
      ++counts[pass][uint32_t(k >> (pass * bits)) & (buckets - 1)];
  }
  for (int pass = 0; pass < passes; ++pass) {
    const int shift = pass * bits;
    uint32_t *starts = counts[pass];
    if (starts[uint32_t(key(items[0]) >> shift) & (buckets - 1)] == uint32_t(count))
      continue;
    uint32_t sum = 0;
    for (uint32_t b = 0; b < buckets; ++b) {
      uint32_t n = starts[b];
      starts[b] = sum;
      sum += n;
    }
    for (int64_t i = 0; i < count; ++i)
      room[starts[uint32_t(key(items[i]) >> shift) & (buckets - 1)]++] = items[i];
    std::swap(items, room);
  }
  return items;
}

/// Sorts \p count < 2^32 items, at least one, by key(item), with room for as many at \p room. Gives
/// where they are: \p items or \p room.
template <class U, class Item, class Key>
Item *radixSort(Item *items, Item *room, int64_t count, Key key) {
  if (sizeof(U) <= 2 || count < wideDigitsPay)
    return sortByDigits<U, 8>(items, room, count, key);
  return sortByDigits<U, 11>(items, room, count, key);
}

/// A key and where it stands.
template <class U> struct Placed {
  U key;
  uint32_t at;
};

} // namespace ndrt
