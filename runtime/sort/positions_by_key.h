// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stable order of positions. By vectors: the top bits of a key and the position beside them are one
// integer, so sorting integers orders the positions; keys that those bits do not tell apart stand
// together then, and are ordered among themselves. Without vectors by the digits of the keys.
#pragma once

#include "linalg/parallel.h"
#include "select/element.h"
#include "sort/packed_keys.h"
#include "sort/radix.h"
#include "sort/squeeze.h"
#include "sort/vector_sort.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

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

/// Those from 0 on.
template <class T> void insertAll(const T *values, int64_t *at, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    at[i] = i;
  insertPositions(values, at, count);
}

/// Orders the positions at \p at, each of which is below \p bound, or with \p all those from 0 on.
template <bool all, class T>
bool orderByVectors(const SortKernels<int64_t> &kernels, const T *values, int64_t *at,
                    int64_t count);

/// Orders what \p group(i) does not tell apart, once positions are ordered by it.
template <class T, class Group>
bool orderGroups(const SortKernels<int64_t> &kernels, const T *values, int64_t *at, int64_t count,
                 Group &&group) {
  for (int64_t begin = 0, end; begin < count; begin = end) {
    const int64_t here = group(begin);
    for (end = begin + 1; end < count && group(end) == here; ++end)
      ;
    if (end - begin > 1 && !orderByVectors<false>(kernels, values, at + begin, end - begin))
      return false;
  }
  return true;
}

/// Those \p at some places. They wait for memory together: the processor looks less far ahead.
template <class T> void gather(const T *values, const int64_t *at, int64_t count, T *chosen) {
  constexpr int64_t ahead = 64;
  int64_t i = 0;
  for (; i + ahead < count; ++i) {
    __builtin_prefetch(values + at[i + ahead]);
    chosen[i] = values[at[i]];
  }
  for (; i < count; ++i)
    chosen[i] = values[at[i]];
}

/// So many positions at a time are ordered within their runs.
inline constexpr int logWindow = 11;

/// Orders \p n positions, whole runs of which the keys differ by less than 2^width, as one sort of
/// integers: the run, the key and the place side by side. Often there is nothing to do: the keys
/// of a run are equal.
template <class T>
void orderWindow(const SortKernels<int64_t> &kernels, const T *values, int64_t *at,
                 const bool *alike, int64_t n, int width, int places) {
  using U = decltype(keyOf(T()));
  T chosen[1 << logWindow];
  gather(values, at, n, chosen);
  U keys[1 << logWindow];
  bool ordered = true;
  for (int64_t i = 0; i < n; ++i) {
    keys[i] = keyOf(chosen[i]);
    ordered &= !(int(alike[i]) & int(keys[i] < keys[i - alike[i]]));
  }
  if (ordered)
    return;
  alignas(64) int64_t packed[1 << logWindow], room[1 << logWindow];
  int64_t run = -1;
  U first = 0;
  for (int64_t i = 0; i < n; ++i) {
    run += !alike[i];
    first = alike[i] ? first : keys[i];
    const int64_t offset = std::make_signed_t<U>(keys[i] - first);
    packed[i] = ((2 * run + 1) * (int64_t{1} << width) + offset) << places | i;
  }
  kernels.sort({packed, room, n, true});
  std::copy_n(at, n, room);
  for (int64_t i = 0; i < n; ++i)
    at[i] = room[packed[i] & ((int64_t{1} << places) - 1)];
}

/// Orders runs of positions whose keys differ by less than 2^width; \p alike tells which belong to
/// the run of the one before.
template <class T>
bool orderRuns(const SortKernels<int64_t> &kernels, const T *values, int64_t *at, const bool *alike,
               int64_t count, int width) {
  const int places = std::min(logWindow, (62 - width) / 2);
  // The first from i on that is, or is not, alike.
  auto next = [&](int64_t i, int64_t last, bool wanted) {
    const void *found = i < last ? std::memchr(alike + i, wanted, size_t(last - i)) : nullptr;
    return found ? static_cast<const bool *>(found) - alike : last;
  };
  for (int64_t begin = 0, end; begin < count; begin = end) {
    end = std::min(count, begin + (int64_t{1} << places));
    while (end < count && end > begin && alike[end])
      --end;
    if (end == begin) { // a longer run
      end = next(begin + 1, count, false);
      if (!orderByVectors<false>(kernels, values, at + begin, end - begin))
        return false;
      continue;
    }
    if (std::count(alike + begin, alike + end, true) > (end - begin) / 16) {
      orderWindow(kernels, values, at + begin, alike + begin, end - begin, width, places);
      continue;
    }
    for (int64_t i = next(begin, end, true); i < end;) {
      const int64_t behind = next(i, end, false);
      if (!orderByVectors<false>(kernels, values, at + i - 1, behind - i + 1))
        return false;
      i = next(behind, end, true);
    }
  }
  return true;
}

template <bool all, class T>
bool orderByVectors(const SortKernels<int64_t> &kernels, const T *values, int64_t *at,
                    int64_t count) {
  if (!all && count <= fewPositions)
    return insertPositions(values, at, count), true;
  Scratch<int64_t> room(count), own(all ? 0 : 2 * count);
  Scratch<T> chosen(all ? 0 : count);
  if (!room || !own || !chosen)
    return false;
  if constexpr (!all)
    gather(values, at, count, chosen.get());
  const T *x = all ? values : chosen.get();
  const PackKernels<T> &packs = *packKernels<T>();
  uint64_t low, high;
  packs.range(x, count, low, high);
  if (low == high) {
    for (int64_t i = 0; all && i < count; ++i)
      at[i] = i;
    return true;
  }
  // Positions take the low bits, keys the others but the sign.
  const int bits = std::bit_width(uint64_t(count - 1));
  const Squeeze squeeze(low, high, 63 - bits, count, [&](int64_t i) { return keyOf(x[i]); });
  int64_t *packed = all ? at : own.get();
  const uint64_t lost = packs.pack(x, count, squeeze.pieces(), bits, packed);
  vectorSort(kernels, packed, room.get(), count);
  auto *alike = reinterpret_cast<bool *>(room.get());
  const bool any = packs.unpack(packed, count, squeeze.pieces(), lost ? squeeze.lossy() : 0, bits,
                                packed, alike);
  if constexpr (!all) {
    int64_t *old = own.get() + count;
    std::copy_n(at, count, old);
    for (int64_t i = 0; i < count; ++i)
      at[i] = old[packed[i]];
  }
  return !any || orderRuns(kernels, values, at, alike, count, squeeze.mostShift());
}

/// So many at most are packed where the stack has room for them.
inline constexpr int64_t shortRow = 512;
/// The length from which packing by vectors pays.
inline constexpr int64_t vectorsPack = 48;

/// The positions from 0 on of a short row, by keys of type Packed's width.
template <class Packed, class T>
bool orderShortRow(const SortKernels<Packed> &kernels, const T *values, int64_t *at,
                   int64_t count) {
  using U = decltype(keyOf(T()));
  using Wide = std::conditional_t<sizeof(U) == 8, uint64_t, std::make_unsigned_t<Packed>>;
  constexpr int packedBits = 8 * sizeof(Packed) - 1, keyBits = 8 * sizeof(U);
  const int bits = std::bit_width(uint64_t(count - 1)), most = packedBits - bits;
  U low = 0, high = U(-1);
  if constexpr (sizeof(T) == 8 && std::is_integral_v<T>) { // often small
    low = high = keyOf(values[0]);
    for (int64_t i = 1; i < count; ++i) {
      low = std::min(low, keyOf(values[i]));
      high = std::max(high, keyOf(values[i]));
    }
  }
  const int shift = std::max(0, int(std::bit_width(U(high - low))) - most);
  alignas(64) Packed packed[shortRow], room[shortRow];
  bool ready = false;
  if constexpr (sizeof(T) >= 4)
    if (count >= vectorsPack) {
      packKernels<T>()->pack(values, count, {{low}, {shift}, 1}, bits, packed);
      ready = true;
    }
  if (!ready)
    for (int64_t i = 0; i < count; ++i)
      packed[i] = Packed(Wide(U(keyOf(values[i]) - low)) >> shift << bits | Wide(i));
  kernels.sort({packed, room, count, true});
  const Packed mask = (Packed(1) << bits) - 1;
  bool alike = false;
  for (int64_t i = 0; i < count; ++i) {
    at[i] = packed[i] & mask;
    if constexpr (keyBits > packedBits - 9)
      alike |= i > 0 && packed[i] >> bits == packed[i - 1] >> bits;
  }
  if constexpr (keyBits > packedBits - 9)
    if (shift > 0 && alike)
      return orderGroups(kernels, values, at, count, [&](int64_t i) { return packed[i] >> bits; });
  return true;
}

} // namespace detail

/// The lengths from which packing pays, on the stack and else.
inline constexpr int64_t shortestPacked = 6, packingPays = 32;

template <class T> bool sortPositions(const T *values, int64_t *at, int64_t count);

namespace detail {

/// Complex numbers: by their real parts, then what has the same one by the imaginary parts.
template <class R> bool orderComplex(const std::complex<R> *values, int64_t *at, int64_t count) {
  Scratch<R> part(count), chosen(count);
  Scratch<int64_t> order(count), old(count);
  if (!part || !chosen || !order || !old)
    return false;
  for (int64_t i = 0; i < count; ++i)
    part.get()[i] = values[i].real();
  if (!sortPositions(part.get(), at, count))
    return false;
  R *real = chosen.get();
  gather(part.get(), at, count, real);
  for (int64_t i = 0; i < count; ++i)
    part.get()[i] = values[i].imag();
  for (int64_t begin = 0, end; begin < count; begin = end) {
    const auto key = keyOf(real[begin]);
    for (end = begin + 1; end < count && keyOf(real[end]) == key; ++end)
      ;
    const int64_t length = end - begin;
    if (length < shortestPacked) {
      insertPositions(part.get(), at + begin, length);
      continue;
    }
    std::copy_n(at + begin, length, old.get());
    gather(part.get(), old.get(), length, real + begin);
    if (!sortPositions(real + begin, order.get(), length))
      return false;
    for (int64_t i = 0; i < length; ++i)
      at[begin + i] = old.get()[order.get()[i]];
  }
  // What has a nan imaginary part alone comes behind what has none, before a nan real part.
  auto *group = reinterpret_cast<uint8_t *>(order.get());
  int64_t counts[3] = {};
  for (int64_t i = 0; i < count; ++i) {
    group[i] = uint8_t(std::min(2, nanGroup(values[i])));
    ++counts[group[i]];
  }
  if (counts[1] == 0)
    return true;
  int64_t places[3] = {0, counts[0], counts[0] + counts[1]};
  std::copy_n(at, count, old.get());
  for (int64_t i = 0; i < count; ++i) {
    const int64_t place = old.get()[i];
    at[places[group[place]]++] = place;
  }
  return true;
}

} // namespace detail

/// The positions that sort \p count > 0 values, equals in their order; false without memory.
template <class T> bool sortPositions(const T *values, int64_t *at, int64_t count) {
  if constexpr (Keyed<T>) {
    using U = decltype(keyOf(T()));
    if (count < shortestPacked)
      return detail::insertAll(values, at, count), true;
    if (count <= detail::shortRow) {
      using Packed = std::conditional_t<sizeof(U) <= 2, int32_t, int64_t>;
      if (const auto *kernels = sortKernels<Packed>())
        return detail::orderShortRow(*kernels, values, at, count);
    }
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
