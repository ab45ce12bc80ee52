// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stable order of positions. By vectors: the top bits of a key and the position beside them are one
// integer, so sorting integers orders the positions; keys that those bits do not tell apart stand
// together then, and are ordered among themselves. Without vectors by the digits of the keys.
#pragma once

#include "linalg/parallel.h"
#include "select/element.h"
#include "sort/radix.h"
#include "sort/vector_sort.h"

#include <algorithm>
#include <bit>

namespace ndrt {

namespace detail {

/// So few are ordered by insertion.
inline constexpr int64_t fewPositions = 24;

template <class T> void insertPositions(const T *values, int64_t *at, int64_t count) {
  for (int64_t i = 1; i < count; ++i) {
    const int64_t moved = at[i];
    const auto key = keyOf(values[moved]);
    int64_t hole = i;
    for (; hole > 0 && key < keyOf(values[at[hole - 1]]); --hole)
      at[hole] = at[hole - 1];
    at[hole] = moved;
  }
}

/// Orders the positions at \p at, each of which is below \p bound, or with \p all those from 0 on.
template <bool all, class T>
bool orderByVectors(const SortKernels<int64_t> &kernels, const T *values, int64_t *at,
                    int64_t count) {
  using U = decltype(keyOf(T()));
  if (!all && count <= fewPositions)
    return insertPositions(values, at, count), true;
  Scratch<int64_t> room(count), own(all ? 0 : 2 * count);
  if (!room || !own)
    return false;
  auto position = [&](int64_t i) { return all ? i : at[i]; };
  U low = U(-1), high = 0;
  for (int64_t i = 0; i < count; ++i) {
    const U key = keyOf(values[position(i)]);
    low = std::min(low, key);
    high = std::max(high, key);
  }
  if (low == high) {
    for (int64_t i = 0; all && i < count; ++i)
      at[i] = i;
    return true;
  }
  // Positions take the low bits, keys the others but the sign.
  const int bits = std::bit_width(uint64_t(count - 1)), keyBits = 63 - bits;
  const int shift = std::max(0, int(std::bit_width(U(high - low))) - keyBits);
  int64_t *packed = all ? at : own.get(), *old = own.get() + (all ? 0 : count);
  for (int64_t i = 0; i < count; ++i)
    packed[i] = int64_t(uint64_t(U(keyOf(values[position(i)]) - low) >> shift) << bits) | i;
  if constexpr (!all)
    std::copy_n(at, count, old);
  vectorSort(kernels, packed, room.get(), count);
  const int64_t mask = (int64_t{1} << bits) - 1;
  // Runs that only bits shifted out tell apart; at most one more sort tells them apart.
  int64_t begin = 0, group = packed[0] >> bits;
  for (int64_t i = 0; i < count; ++i) {
    const int64_t here = packed[i];
    at[i] = all ? here & mask : old[here & mask];
    if (here >> bits == group)
      continue;
    if (shift > 0 && i - begin > 1 &&
        !orderByVectors<false>(kernels, values, at + begin, i - begin))
      return false;
    begin = i;
    group = here >> bits;
  }
  return shift == 0 || count - begin < 2 ||
         orderByVectors<false>(kernels, values, at + begin, count - begin);
}

} // namespace detail

/// The length from which packing pays.
inline constexpr int64_t packingPays = 32;

template <class T> bool sortPositions(const T *values, int64_t *at, int64_t count);

namespace detail {

/// Complex numbers: by their real parts, then what has the same one by the imaginary parts.
template <class R> bool orderComplex(const std::complex<R> *values, int64_t *at, int64_t count) {
  Scratch<R> part(count);
  Scratch<int64_t> order(count), old(count);
  if (!part || !order || !old)
    return false;
  for (int64_t i = 0; i < count; ++i)
    part.get()[i] = values[i].real();
  if (!sortPositions(part.get(), at, count))
    return false;
  auto real = [&](int64_t i) { return keyOf(values[at[i]].real()); };
  for (int64_t begin = 0, end; begin < count; begin = end) {
    for (end = begin + 1; end < count && real(end) == real(begin); ++end)
      ;
    const int64_t length = end - begin;
    if (length < 2)
      continue;
    std::copy_n(at + begin, length, old.get());
    for (int64_t i = 0; i < length; ++i)
      part.get()[i] = values[old.get()[i]].imag();
    if (!sortPositions(part.get(), order.get(), length))
      return false;
    for (int64_t i = 0; i < length; ++i)
      at[begin + i] = old.get()[order.get()[i]];
  }
  // What has a nan imaginary part alone comes behind what has none, before a nan real part.
  auto group = [&](int64_t i) {
    const std::complex<R> &x = values[i];
    return x.real() != x.real() ? 2 : x.imag() != x.imag() ? 1 : 0;
  };
  int64_t counts[3] = {};
  for (int64_t i = 0; i < count; ++i)
    ++counts[group(i)];
  if (counts[1] == 0)
    return true;
  int64_t places[3] = {0, counts[0], counts[0] + counts[1]};
  std::copy_n(at, count, old.get());
  for (int64_t i = 0; i < count; ++i)
    at[places[group(old.get()[i])]++] = old.get()[i];
  return true;
}

} // namespace detail

/// The positions that sort \p count > 0 values, equals in their order; false without memory.
template <class T> bool sortPositions(const T *values, int64_t *at, int64_t count) {
  if constexpr (Keyed<T>) {
    using U = decltype(keyOf(T()));
    if (count >= packingPays && sizeof(U) > 2)
      if (const auto *kernels = sortKernels<int64_t>())
        return detail::orderByVectors<true>(*kernels, values, at, count);
    if (count >= radixPays && count <= UINT32_MAX) {
      using Item = Placed<U>;
      Scratch<Item> items(count), room(count);
      if (!items || !room)
        return false;
      for (int64_t i = 0; i < count; ++i)
        items.get()[i] = {keyOf(values[i]), uint32_t(i)};
      const Item *sorted =
          radixSort<U>(items.get(), room.get(), count, [](const Item &x) { return x.key; });
      for (int64_t i = 0; i < count; ++i)
        at[i] = sorted[i].at;
      return true;
    }
  }
  if constexpr (isComplex<T>)
    if (count >= packingPays)
      return detail::orderComplex(values, at, count);
  for (int64_t i = 0; i < count; ++i)
    at[i] = i;
  std::stable_sort(at, at + count,
                   [values](int64_t a, int64_t b) { return before(values[a], values[b]); });
  return true;
}

} // namespace ndrt
