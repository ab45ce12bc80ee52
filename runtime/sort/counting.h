// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements of one or two bytes by how often each occurs (Knuth, TAOCP 3, 5.2): to sort them, and to
// find one by its rank.
#pragma once

#include "linalg/parallel.h"
#include "sort/radix.h"

#include <algorithm>
#include <memory>
#include <optional>

namespace ndrt {

/// The length from which counting pays, beside looking at all counts.
template <class T> inline constexpr int64_t countingPays = sizeof(T) == 1 ? 128 : 8192;

/// How often each key occurs in fewer than 2^32 elements.
template <class T> class Counts {
public:
  explicit Counts(const T *x, int64_t count) : room_(tables * keys) {
    if (!room_)
      return;
    uint32_t *at = room_.get();
    std::fill_n(at, tables * keys, 0u);
    // Neighbours go to different tables: equal ones would wait for each other.
    for (int64_t i = 0; i < count; ++i)
      ++at[(i % tables) * keys + keyOf(x[i])];
    for (int64_t table = 1; table < tables; ++table)
      for (int64_t key = 0; key < keys; ++key)
        at[key] += at[table * keys + key];
  }
  explicit operator bool() const { return bool(room_); }
  uint32_t operator[](int64_t key) const { return room_.get()[key]; }

  static constexpr int64_t keys = int64_t{1} << (8 * sizeof(T));

private:
  static constexpr int64_t tables = sizeof(T) == 1 ? 4 : 2;
  Scratch<uint32_t> room_;
};

/// The element of a key, which is the only one unless it is that of 0 or of nan.
template <std::integral T> T ofKey(int64_t key) {
  return T(std::is_signed_v<T> ? key ^ (int64_t{1} << (8 * sizeof(T) - 1)) : key);
}
template <class T> T ofKey(int64_t key) {
  const int64_t rank = key - 0x8000;
  return {uint16_t(rank < 0 ? 0x8000 - rank : rank)};
}

/// Sorts elements, equals in their order; false without memory.
template <class T> bool countingSort(T *first, int64_t length) {
  const Counts<T> counts(first, length);
  if (!counts)
    return false;
  // 16-bit floats: what has the key of 0 or of nan is put back as it was.
  constexpr bool floats = !std::integral<T>;
  constexpr int64_t zero = 0x8000, nan = 0xffff;
  std::optional<Scratch<T>> kept;
  int64_t zeros = 0, nans = 0;
  if constexpr (floats) {
    zeros = counts[zero];
    nans = counts[nan];
    if (zeros + nans) {
      kept.emplace(zeros + nans + 2);
      if (!*kept)
        return false;
      T *nextZero = kept->get(), *nextNan = nextZero + zeros + 1;
      for (int64_t i = 0; i < length; ++i) {
        const auto key = keyOf(first[i]);
        *nextZero = first[i];
        nextZero += key == zero;
        *nextNan = first[i];
        nextNan += key == nan;
      }
    }
  }
  for (int64_t key = 0; key < Counts<T>::keys; ++key) {
    const int64_t count = counts[key];
    if (floats && count && key == zero)
      std::copy_n(kept->get(), zeros, first);
    else if (floats && count && key == nan)
      std::copy_n(kept->get() + zeros + 1, nans, first);
    else
      std::fill_n(first, count, ofKey<T>(key));
    first += count;
  }
  return true;
}

/// The elements at \p ranks, sorted, that a stable sort puts there; false without memory.
template <class T>
bool countedElements(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values) {
  const Counts<T> counts(x, n);
  if (!counts)
    return false;
  int64_t key = 0, less = 0;
  for (int64_t i = 0; i < count; ++i) {
    while (less + counts[key] <= ranks[i])
      less += counts[key++];
    if (std::integral<T>) {
      values[i] = ofKey<T>(key);
      continue;
    }
    int64_t k = -1;
    for (int64_t before = ranks[i] - less; before >= 0;)
      before -= keyOf(x[++k]) == key;
    values[i] = x[k];
  }
  return true;
}

} // namespace ndrt
