// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The kernels of packed_keys.h, for the lanes included before. Lanes have 64 bits here, and keys
// are signed: smaller by what the lowest one of their type is smaller than 0.
#pragma once

#include "sort/packed_keys.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <type_traits>

namespace ndrt {
namespace {

template <class T> constexpr bool fourBytes = sizeof(T) == 4;
template <class T> using SameSize = std::conditional_t<fourBytes<T>, int32_t, int64_t>;
template <class T> constexpr int64_t lowestKey = std::numeric_limits<SameSize<T>>::min();

/// The keys of a vector's elements from \p x on.
template <class T> NDRT_VECTOR auto signedKeys(const T *x) {
  using L = Lanes<int64_t>;
  const auto bits = L::widened(reinterpret_cast<const SameSize<T> *>(x));
  if constexpr (std::is_floating_point_v<T>) {
    constexpr int64_t largest = std::numeric_limits<SameSize<T>>::max(),
                      infinity = std::bit_cast<SameSize<T>>(std::numeric_limits<T>::infinity());
    const auto magnitude = L::all(largest);
    auto key = L::differing(bits, L::both(L::sign(bits), magnitude));
    key = L::where(bits, L::all(lowestKey<T> + 1), L::all(0), key); // -0
    return L::where(L::all(infinity), L::both(bits, magnitude), magnitude, key);
  } else if constexpr (std::is_unsigned_v<T>) {
    return L::differing(bits, L::all(lowestKey<T>));
  } else {
    return bits;
  }
}

/// Calls each(keys, where, how many) for vectors of keys, the last one with the last key again.
template <class T, class Each> NDRT_VECTOR void forKeys(const T *x, int64_t count, Each &&each) {
  constexpr int64_t lanes = Lanes<int64_t>::count;
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    each(signedKeys(x + i), i, lanes);
  if (i == count)
    return;
  T last[lanes];
  for (int64_t j = 0; j < lanes; ++j)
    last[j] = x[std::min(i + j, count - 1)];
  each(signedKeys(last), i, count - i);
}

template <class T>
NDRT_VECTOR_BODY void rangeOf(const T *x, int64_t count, uint64_t &low, uint64_t &high) {
  using L = Lanes<int64_t>;
  auto least = L::all(INT64_MAX), most = L::all(INT64_MIN);
  forKeys(x, count, [&](auto key, int64_t, int64_t) NDRT_VECTOR_LAMBDA {
    least = L::least(least, key);
    most = L::most(most, key);
  });
  int64_t lows[L::count], highs[L::count];
  L::store(lows, least);
  L::store(highs, most);
  constexpr uint64_t lowest = uint64_t(lowestKey<T>);
  low = uint64_t(*std::min_element(lows, lows + L::count)) - lowest;
  high = uint64_t(*std::max_element(highs, highs + L::count)) - lowest;
}

template <class T, bool whole>
NDRT_VECTOR_BODY uint64_t packKeys(const T *x, int64_t count, const Pieces &pieces, int bits,
                                   int64_t *packed) {
  using L = Lanes<int64_t>;
  using V = typename L::Vector;
  V from[Pieces::most], shift[Pieces::most], number[Pieces::most];
  for (int i = 0; i < pieces.count; ++i) {
    from[i] = L::all(int64_t(pieces.from[size_t(i)] + uint64_t(lowestKey<T>)));
    shift[i] = L::all(pieces.shift[size_t(i)]);
    number[i] = L::all(i == 0 ? 0 : int64_t(uint64_t(i) << (pieces.bits + bits)));
  }
  const V above = L::all(bits);
  V lost = L::all(0), place = L::ascending();
  const V step = L::all(L::count);
  forKeys(x, count, [&](V key, int64_t i, int64_t n) NDRT_VECTOR_LAMBDA {
    V begin = from[0], by = shift[0], piece = number[0];
    if constexpr (!whole)
      for (int j = 1; j < pieces.count; ++j) {
        begin = L::where(key, from[j], begin, from[j]);
        by = L::where(key, from[j], by, shift[j]);
        piece = L::where(key, from[j], piece, number[j]);
      }
    const V offset = L::minus(key, begin), kept = L::down(offset, by);
    lost = L::either(lost, L::differing(offset, L::up(kept, by)));
    const V result = L::either(L::either(L::up(kept, above), piece), place);
    place = L::plus(place, step);
    if (n == L::count)
      L::store(packed + i, result);
    else
      L::storeSome(packed + i, n, result);
  });
  int64_t all[L::count];
  L::store(all, lost);
  uint64_t any = 0;
  for (int64_t bitsOf : all)
    any |= uint64_t(bitsOf);
  return any;
}
template <class T>
uint64_t packAll(const T *x, int64_t count, const Pieces &pieces, int bits, int64_t *packed) {
  return pieces.count == 1 ? packKeys<T, true>(x, count, pieces, bits, packed)
                           : packKeys<T, false>(x, count, pieces, bits, packed);
}

NDRT_VECTOR_BODY bool unpackPlaces(const int64_t *packed, int64_t count, const Pieces &pieces,
                                   uint64_t lossy, int bits, int64_t *places, bool *alike) {
  using L = Lanes<int64_t>;
  const int64_t mask = (int64_t{1} << bits) - 1;
  const auto place = L::all(mask), beyond = L::all(mask + 1), set = L::all(int64_t(lossy)),
             piece = L::all(std::min(63, pieces.bits + bits)), one = L::all(1);
  bool any = false;
  // From behind: each looks at the one before it.
  int64_t end = count;
  for (; end > L::count; end -= L::count) {
    const int64_t i = end - L::count;
    const auto here = L::load(packed + i), before = L::load(packed + i - 1);
    const auto loses = L::both(L::down(set, L::down(here, piece)), one);
    const uint32_t same = L::less(L::differing(here, before), beyond) & L::equal(loses, one);
    L::store(places + i, L::both(here, place));
    L::storeBools(alike + i, same);
    any |= same != 0;
  }
  while (end-- > 0) {
    const int64_t here = packed[end];
    const uint64_t number = uint64_t(here) >> std::min(63, pieces.bits + bits);
    alike[end] = end > 0 && (here ^ packed[end - 1]) <= mask && (lossy >> number & 1);
    any |= alike[end];
    places[end] = here & mask;
  }
  return any;
}

} // namespace
} // namespace ndrt

#define NDRT_PACKS(isa)                                                                            \
  namespace ndrt {                                                                                 \
  NDRT_PACKS_FOR(isa##PackF32, float)                                                              \
  NDRT_PACKS_FOR(isa##PackF64, double)                                                             \
  NDRT_PACKS_FOR(isa##PackI32, int32_t)                                                            \
  NDRT_PACKS_FOR(isa##PackI64, int64_t)                                                            \
  NDRT_PACKS_FOR(isa##PackU32, uint32_t)                                                           \
  NDRT_PACKS_FOR(isa##PackU64, uint64_t)                                                           \
  }
#define NDRT_PACKS_FOR(name, type)                                                                 \
  constexpr PackKernels<type> name = {rangeOf<type>, packAll<type>, unpackPlaces};
