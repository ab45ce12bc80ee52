// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements of one or two bytes by how often each occurs (Knuth, TAOCP 3, 5.2): to sort them, and to
// find one by its rank.
#pragma once

#include "linalg/parallel.h"
#include "sort/radix.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>

namespace ndrt {

/// The length from which counting pays, beside looking at all counts.
template <class T> inline constexpr int64_t countingPays = sizeof(T) == 1 ? 128 : 8192;

/// How often each pattern of bits occurs among fewer than 2^32 elements.
template <class T> class Counts {
public:
  explicit Counts(const T *x, int64_t count) : room_(tables * patterns) {
    if (!room_)
      return;
    using U = std::conditional_t<sizeof(T) == 1, uint8_t, uint16_t>;
    uint32_t *at = room_.get();
    std::fill_n(at, tables * patterns, 0u);
    // Eight bytes at a time. Neighbours go to different tables: equal ones would wait for each
    // other; and where all of the eight bytes are the same they count at once.
    constexpr int64_t together = 8 / sizeof(T);
    constexpr uint64_t each = UINT64_MAX / std::numeric_limits<U>::max();
    int64_t i = 0;
    for (; i + together <= count; i += together) {
      uint64_t word;
      std::memcpy(&word, x + i, 8);
      if (word == U(word) * each) {
        at[U(word)] += together;
        continue;
      }
      for (int64_t j = 0; j < together; ++j)
        ++at[(j % tables) * patterns + U(word >> (8 * sizeof(T) * uint64_t(j)))];
    }
    for (; i < count; ++i)
      ++at[std::bit_cast<U>(x[i])];
    for (int64_t table = 1; table < tables; ++table)
      for (int64_t bits = 0; bits < patterns; ++bits)
        at[bits] += at[table * patterns + bits];
  }
  explicit operator bool() const { return bool(room_); }
  uint32_t operator[](int64_t bits) const { return room_.get()[bits]; }

  static constexpr int64_t patterns = int64_t{1} << (8 * sizeof(T));

private:
  static constexpr int64_t tables = sizeof(T) == 1 ? 4 : 2;
  Scratch<uint32_t> room_;
};

namespace detail {

/// Zeros of both signs, or nan of all kinds, whichever a 16-bit float belongs to.
template <class T> class Class;
template <uint16_t infinity> class Class<Bits16<infinity>> {
public:
  explicit Class(Bits16<infinity> one) : base_((one.bits & 0x7fff) == 0 ? 0 : infinity + 1) {}
  bool has(Bits16<infinity> x) const { // magnitudes from base_ to the last of the class
    return uint16_t((x.bits & 0x7fff) - base_) <= (base_ == 0 ? 0 : 0x7fff - infinity - 1);
  }
  static constexpr int64_t block = 1024;
  int64_t inBlock(const Bits16<infinity> *x) const {
    const uint16_t last = base_ == 0 ? 0 : 0x7fff - infinity - 1;
    uint16_t n = 0;
    for (int64_t i = 0; i < block; ++i)
      n = uint16_t(n + (uint16_t((x[i].bits & 0x7fff) - base_) <= last));
    return n;
  }

private:
  uint16_t base_;
};

/// Elements in order, a class of equals after the other: calls each(pattern, count) where they
/// share their bits, or mixed(first of the class, count) where 0 and -0 or several nan are among
/// them, until one gives false.
template <std::integral T, class Each, class Mixed>
void forClasses(const Counts<T> &counts, Each &&each, Mixed &&) {
  constexpr int64_t half = std::is_signed_v<T> ? Counts<T>::patterns / 2 : 0;
  for (int64_t key = 0; key < Counts<T>::patterns; ++key)
    if (const int64_t count = counts[key ^ half]; count && !each(T(key ^ half), count))
      return;
}
template <uint16_t infinity, class Each, class Mixed>
void forClasses(const Counts<Bits16<infinity>> &counts, Each &&each, Mixed &&mixed) {
  using T = Bits16<infinity>;
  constexpr int64_t sign = 0x8000;
  for (int64_t bits = sign | infinity; bits > sign; --bits)
    if (const int64_t count = counts[bits]; count && !each(T{uint16_t(bits)}, count))
      return;
  const int64_t positive = counts[0], negative = counts[sign];
  if (positive + negative) {
    const T zero{uint16_t(positive ? 0 : sign)};
    if (!(positive && negative ? mixed(zero, positive + negative)
                               : each(zero, positive + negative)))
      return;
  }
  for (int64_t bits = 1; bits <= infinity; ++bits)
    if (const int64_t count = counts[bits]; count && !each(T{uint16_t(bits)}, count))
      return;
  int64_t nans = 0, kinds = 0, last = 0;
  for (int64_t bits = infinity + 1; bits < sign; ++bits)
    for (int64_t both : {bits, bits | sign})
      if (const int64_t count = counts[both]) {
        nans += count;
        ++kinds;
        last = both;
      }
  if (nans)
    kinds > 1 ? mixed(T{uint16_t(last)}, nans) : each(T{uint16_t(last)}, nans);
}

} // namespace detail

/// Sorts elements, equals in their order; false without memory.
template <class T> bool countingSort(T *first, int64_t length) {
  const Counts<T> counts(first, length);
  if (!counts)
    return false;
  // 16-bit floats: zeros of both signs and nan of several kinds are put back as they were.
  std::optional<Scratch<T>> zeros, nans;
  bool enough = true;
  if constexpr (!std::integral<T>) {
    auto keep = [&](T equal, int64_t count) {
      std::optional<Scratch<T>> &kept = keyOf(equal) == keyOf(T()) ? zeros : nans;
      kept.emplace(count + 1);
      if (!*kept)
        return enough = false;
      T *next = kept->get();
      const detail::Class<T> members(equal);
      for (int64_t i = 0; i < length; ++i) {
        *next = first[i];
        next += members.has(first[i]);
      }
      return true;
    };
    detail::forClasses(
        counts, [](T, int64_t) { return true; }, keep);
  }
  if (!enough)
    return false;
  detail::forClasses(
      counts,
      [&](T value, int64_t count) {
        first = std::fill_n(first, count, value);
        return true;
      },
      [&](T equal, int64_t count) {
        const std::optional<Scratch<T>> &kept = keyOf(equal) == keyOf(T()) ? zeros : nans;
        first = std::copy_n(kept->get(), count, first);
        return true;
      });
  return true;
}

/// The elements at \p ranks, sorted, that a stable sort puts there; false without memory.
template <class T>
bool countedElements(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values) {
  const Counts<T> counts(x, n);
  if (!counts)
    return false;
  int64_t next = 0, less = 0;
  detail::forClasses(
      counts,
      [&](T value, int64_t equal) {
        less += equal;
        while (next < count && ranks[next] < less)
          values[next++] = value;
        return next < count;
      },
      [&](T value, int64_t equal) {
        if constexpr (!std::integral<T>) {
          const detail::Class<T> members(value);
          int64_t begin = 0, passed = 0; // members before the block that begins there
          for (; next < count && ranks[next] < less + equal; ++next) {
            int64_t left = ranks[next] - less - passed;
            for (int64_t here; begin + members.block <= n; begin += members.block, left -= here) {
              here = members.inBlock(x + begin);
              if (here > left)
                break;
              passed += here;
            }
            int64_t k = begin - 1;
            while (left >= 0)
              left -= members.has(x[++k]);
            values[next] = x[k];
          }
        }
        less += equal;
        return next < count;
      });
  return true;
}

} // namespace ndrt
