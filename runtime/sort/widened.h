// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements of one or two bytes as ones of four bytes, which have vectors to be put in order by, in
// the same order and from which they are had back, the sign of 0 and the bits of nan too.
#pragma once

#include "sort/order.h"

#include <bit>
#include <concepts>

namespace ndrt {

/// The wide type of T, and the ways there and back.
template <class T> struct Widened;
template <std::integral T> struct Widened<T> {
  using Type = int32_t;
  static Type there(T x) { return x; }
  static T back(Type x) { return T(x); }
};
template <uint16_t infinity> struct Widened<Bits16<infinity>> {
  using Type = float;
  static constexpr int moved = std::countr_zero(infinity) == 10 ? 13 : 16;
  static constexpr uint32_t wideInfinity = 0x7f800000;
  /// What the bits grow by, but for those of 0: numbers stay normal ones.
  static constexpr uint32_t specials = wideInfinity - (uint32_t{infinity} << moved),
                            numbers = specials / 2;

  static Type there(Bits16<infinity> x) {
    const uint32_t magnitude = x.bits & 0x7fffu, sign = uint32_t(x.bits >> 15) << 31;
    const uint32_t grown = (magnitude << moved) + (magnitude >= infinity ? specials : numbers);
    return std::bit_cast<float>(sign | (magnitude ? grown : 0));
  }
  static Bits16<infinity> back(Type x) {
    const uint32_t bits = std::bit_cast<uint32_t>(x), magnitude = bits & 0x7fffffff;
    const uint32_t shrunk = (magnitude - (magnitude >= wideInfinity ? specials : numbers)) >> moved;
    return {uint16_t(bits >> 31 << 15 | (magnitude ? shrunk : 0))};
  }
};

} // namespace ndrt
