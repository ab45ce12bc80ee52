// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A few ranks of a long row: a sorted sample gives two bounds around a rank, one pass collects what
// lies between them, and that is little (Floyd & Rivest, "Expected time bounds for selection",
// 1975). Short rows are sorted by vectors. Otherwise introselect for the ranks in ascending order:
// what stands before one is never looked at again.
#pragma once

#include "select/element.h"
#include "sort/counting.h"
#include "sort/rows.h"
#include "sort/select.h"
#include "sort/vector_sort.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <concepts>
#include <limits>
#include <type_traits>

namespace ndrt {

/// Ranks that elementsAt finds at once, and how much longer than the row its room is.
inline constexpr int64_t fewRanks = 32, fewComplexRanks = 8, roomMargin = 16;

namespace detail {

/// SelectKernels for any order.
template <class T> struct PlainSelect {
  static void rank(const T *x, int64_t count, T pivot, int64_t &less, int64_t &equal) {
    int64_t below = 0, above = 0;
    for (int64_t i = 0; i < count; ++i) {
      below += precedes(x[i], pivot);
      above += precedes(pivot, x[i]);
    }
    less = below;
    equal = count - below - above;
  }
  static int64_t within(const T *x, int64_t count, T low, T high, T *inside, int64_t &less) {
    T *end = inside;
    int64_t below = 0;
    for (int64_t i = 0; i < count; ++i) {
      const T v = x[i];
      *end = v;
      below += precedes(v, low);
      end += int(!precedes(v, low)) & int(!precedes(high, v));
    }
    less = below;
    return end - inside;
  }
  /// One element between the two may be written.
  static void split(const T *x, int64_t count, T pivot, T *less, int64_t, T *greater,
                    int64_t greaterCount) {
    for (int64_t i = 0; i < count; ++i) {
      *less = x[i];
      less += precedes(x[i], pivot);
    }
    T *at = greater + greaterCount - 1;
    for (int64_t i = count; i-- > 0;) {
      *at = x[i];
      at -= precedes(pivot, x[i]);
    }
  }
  static constexpr SelectKernels<T> kernels = {rank, within, split};
};

template <class T>
concept ByVectors = std::is_arithmetic_v<T> && sizeof(T) >= 4;

} // namespace detail

/// The fastest kernels for T; those by vectors want a pivot that is not nan.
template <class T> const SelectKernels<T> &selectKernelsFor([[maybe_unused]] const T &pivot) {
  if constexpr (detail::ByVectors<T>)
    if (const auto *kernels = selectKernels<T>(); kernels && pivot == pivot)
      return *kernels;
  return detail::PlainSelect<T>::kernels;
}

namespace detail {

/// Whether n elements are sorted faster than one of them is found.
template <class T> bool sortsFast(int64_t n) {
  if constexpr (ByVectors<T>)
    return n <= 2048 && selectKernels<T>() != nullptr;
  return Keyed<T> && sizeof(T) <= 2 && (n >= radixPays || sortKernels<int32_t>() != nullptr);
}

/// The numbers next to \p x, which is not the first or the last one.
template <class T> T nextBefore(T x) {
  if constexpr (std::is_floating_point_v<T>)
    return std::nextafter(x, -std::numeric_limits<T>::infinity());
  else
    return T(x - 1);
}
template <class T> T nextBehind(T x) {
  if constexpr (std::is_floating_point_v<T>)
    return std::nextafter(x, std::numeric_limits<T>::infinity());
  else
    return T(x + 1);
}

/// Puts the elements of \p ranks, sorted, where they belong.
template <class T> void place(T *row, T *end, const int64_t *ranks, int64_t count) {
  auto order = [](const T &a, const T &b) {
    if constexpr (std::is_arithmetic_v<T>) // there is no nan
      return a < b;
    else
      return before(a, b);
  };
  T *first = row;
  for (int64_t i = 0; i < count; ++i) {
    T *at = row + ranks[i];
    if (at < first)
      continue;        // the rank before
    if (at + 1 == end) // the largest: one pass
      std::iter_swap(at, std::max_element(first, end, order));
    else if (at == first && i > 0 && ranks[i] == ranks[i - 1] + 1) // next to the one before
      std::iter_swap(at, std::min_element(first, end, order));
    else
      select(first, end, at, order);
    first = at + 1;
    if (first == end)
      return;
  }
}

/// Lengths from which a sample pays, and from which a large one does.
inline constexpr int64_t longRow = 4096, veryLongRow = 16384;
inline constexpr int64_t largeSample = 1024, smallSample = 256;

template <class T>
void equalsOfElementsAt(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values,
                        T *room);

/// Which elements make the sample is fixed.
template <class T>
void elementsBySample(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values,
                      T *room) {
  using Limits = std::numeric_limits<T>;
  constexpr bool real = std::is_floating_point_v<T>;
  const T lowest = real ? -Limits::infinity() : Limits::lowest();
  const T highest = real ? Limits::infinity() : Limits::max();
  const SelectKernels<T> &kernels = selectKernelsFor(lowest);
  int64_t ordered = n;
  if constexpr (real) {
    int64_t finite, infinite;
    kernels.rank(x, n, highest, finite, infinite);
    ordered = finite + infinite;
  }
  const int64_t wanted = n >= veryLongRow ? largeSample : smallSample, stride = n / wanted;
  const int64_t margin = wanted == largeSample ? 52 : 26; // three standard deviations and a bit
  T sample[largeSample];
  int64_t size = 0;
  for (int64_t i = 0; i < wanted; ++i)
    if (const T v = x[i * stride + i * 7919 % stride]; v == v)
      sample[size++] = v;
  if (!sortRow(sample, size))
    std::sort(sample, sample + size);
  if constexpr (real)
    if (size < wanted / 4 && ordered > 0 && 2 * ordered + roomMargin <= n) {
      // Mostly nan: what is left is looked at on its own.
      int64_t none;
      kernels.within(x, n, lowest, highest, room, none);
      const int64_t behind = std::lower_bound(ranks, ranks + count, ordered) - ranks;
      if (behind > 0)
        equalsOfElementsAt(room, ordered, ranks, behind, values, room + ordered + roomMargin);
      std::fill_n(values + behind, count - behind, Limits::quiet_NaN());
      return;
    }
  bool lucky = size >= wanted / 4;
  for (int64_t done = 0; done < count;) {
    if (ranks[done] >= ordered) {
      values[done++] = real ? Limits::quiet_NaN() : T();
      continue;
    }
    T low = lowest, high = highest;
    if (lucky) {
      const auto middle = std::min(size - 1, static_cast<int64_t>(static_cast<double>(ranks[done]) /
                                                                  static_cast<double>(ordered) *
                                                                  static_cast<double>(size)));
      low = middle < margin ? lowest : sample[middle - margin];
      high = middle + margin >= size ? highest : sample[middle + margin];
      // What occurs several times in the sample may be what fills the window: it is counted, and
      // left out if the rank is not among it. First what stands in the middle and next to it, then
      // what the window begins and ends with.
      bool found = false;
      auto leaveOut = [&](T v, int64_t often) { // tells whether it is there often
        const auto same = std::equal_range(sample, sample + size, v);
        if (same.second - same.first < often || v < low || v > high)
          return false;
        int64_t less, equal;
        kernels.rank(x, n, v, less, equal);
        if (ranks[done] < less) {
          high = nextBefore(v);
        } else if (ranks[done] >= less + equal) {
          low = nextBehind(v);
        } else {
          found = true;
          while (done < count && ranks[done] < less + equal)
            values[done++] = v;
        }
        return true;
      };
      T at = sample[middle];
      for (int tries = 0; tries < 4 && !found && leaveOut(at, 8); ++tries) {
        const auto same = std::equal_range(sample, sample + size, at);
        if (found || (high < at ? same.first == sample : same.second == sample + size))
          break;
        at = high < at ? same.first[-1] : *same.second;
      }
      if (!found)
        leaveOut(low, size / 16);
      if (!found)
        leaveOut(high, size / 16);
      if (found)
        continue;
    }
    int64_t below;
    const int64_t between = kernels.within(x, n, low, high, room, below);
    int64_t inside = 0, places[fewRanks];
    while (done + inside < count && ranks[done + inside] >= below &&
           ranks[done + inside] < below + between) {
      places[inside] = ranks[done + inside] - below;
      ++inside;
    }
    lucky = lucky && inside > 0; // with the widest bounds no rank is missed
    if (low == high) {
      std::fill_n(values + done, inside, low);
    } else if (between >= longRow && between < n / 2 - roomMargin) {
      elementsBySample(room, between, places, inside, values + done, room + between + roomMargin);
    } else {
      // A window that is no narrower is sorted: many equals would delay a selection.
      const bool wide = between > n / 2 && ByVectors<T> && sortsFast<T>(1);
      if (!(wide || sortsFast<T>(between)) || !sortRow(room, between))
        place(room, room + between, places, inside);
      for (int64_t i = 0; i < inside; ++i)
        values[done + i] = room[places[i]];
    }
    done += inside;
  }
}

/// Of complex numbers by their real parts, then among equal ones by the imaginary parts; those with
/// nan by the other part, behind the rest.
template <class R>
void complexElementsAt(const std::complex<R> *x, int64_t n, const int64_t *ranks, int64_t count,
                       std::complex<R> *values, std::complex<R> *room) {
  constexpr R nan = std::numeric_limits<R>::quiet_NaN();
  R *part = reinterpret_cast<R *>(room), *rest = part + n + roomMargin;
  int64_t members[4] = {};
  for (int64_t i = 0; i < n; ++i)
    ++members[nanGroup(x[i])];
  int64_t first = 0;
  int group = 0;
  for (int64_t k = 0; k < count; ++k) {
    while (ranks[k] >= first + members[group])
      first += members[group++];
    values[k] = {nan, nan};
    if (group == 3)
      continue;
    const bool real = group < 2; // what weighs most
    const int64_t rank = ranks[k] - first;
    int64_t less = 0, equal = 0, m = 0;
    for (int64_t i = 0; i < n; ++i) {
      part[m] = real ? x[i].real() : x[i].imag();
      m += nanGroup(x[i]) == group;
    }
    R main, other = nan;
    equalsOfElementsAt(part, m, &rank, 1, &main, rest);
    if (group == 0) {
      selectKernelsFor(main).rank(part, m, main, less, equal);
      m = 0;
      for (int64_t i = 0; m < equal; ++i) {
        part[m] = x[i].imag();
        m += int(x[i].real() == main) & int(x[i].imag() == x[i].imag());
      }
      const int64_t within = rank - less;
      equalsOfElementsAt(part, equal, &within, 1, &other, rest);
    }
    values[k] = real ? std::complex<R>(main, other) : std::complex<R>(nan, main);
  }
}

/// Up to the sign of zeros and which nan it is.
template <class T>
void equalsOfElementsAt(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values,
                        T *room) {
  if constexpr (ByVectors<T>)
    if (count <= fewRanks && n >= longRow)
      return elementsBySample(x, n, ranks, count, values, room);
  if constexpr (isComplex<T>)
    if (count <= 2 || (count <= fewComplexRanks && n >= longRow))
      return complexElementsAt(x, n, ranks, count, values, room);
  if constexpr (Keyed<T>)
    if (sortsFast<T>(n) && sortRow(x, room, n)) {
      for (int64_t i = 0; i < count; ++i)
        values[i] = room[ranks[i]];
      return;
    }
  if constexpr (std::is_floating_point_v<T>) {
    // nan to the end, where their ranks find them.
    T *behind = room, *nans = room + n;
    for (int64_t i = 0; i < n; ++i)
      *(x[i] == x[i] ? behind++ : --nans) = x[i];
    const int64_t ordered = behind - room;
    place(room, behind, ranks, std::lower_bound(ranks, ranks + count, ordered) - ranks);
  } else {
    std::copy_n(x, n, room);
    place(room, room + n, ranks, count);
  }
  for (int64_t i = 0; i < count; ++i)
    values[i] = room[ranks[i]];
}

/// Finds equals one after the other.
template <class T> class Equals {
public:
  Equals(const T *x, int64_t n, T value) : x_(x), n_(n), value_(value), key_(keyOf(value)) {}
  /// The one that \p before others stand in front of; not before the last one asked for.
  const T &operator()(int64_t before) {
    while (passed_ + inBlock_ <= before) {
      passed_ += inBlock_;
      begin_ = end_;
      end_ = std::min(n_, begin_ + block);
      inBlock_ = countIn(begin_, end_ - begin_);
    }
    int64_t k = begin_ - 1;
    for (int64_t left = before - passed_; left >= 0;)
      left -= keyOf(x_[++k]) == key_;
    return x_[k];
  }

private:
  static constexpr int64_t block = 1024;
  int64_t countIn(int64_t begin, int64_t count) const {
    int64_t less, equal;
    if constexpr (std::is_floating_point_v<T>)
      if (value_ != value_) {
        constexpr T infinity = std::numeric_limits<T>::infinity();
        selectKernelsFor(infinity).rank(x_ + begin, count, infinity, less, equal);
        return count - less - equal;
      }
    selectKernelsFor(value_).rank(x_ + begin, count, value_, less, equal);
    return equal;
  }

  const T *x_;
  int64_t n_;
  T value_;
  decltype(keyOf(T())) key_;
  int64_t begin_ = 0, end_ = 0, inBlock_ = 0, passed_ = 0;
};

/// Zeros have signs, and nan have bits: those of the elements at \p ranks, to which \p values are
/// equal.
template <class T>
void takeBits(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values) {
  constexpr decltype(keyOf(T())) nan = -1;
  const auto zero = keyOf(T());
  for (const auto key : {zero, nan}) {
    int64_t i = 0;
    while (i < count && keyOf(values[i]) != key)
      ++i;
    if (i == count)
      continue;
    int64_t less, equal;
    if (key == nan && std::is_floating_point_v<T>) {
      // The first of them is behind all numbers.
      const T infinity = std::numeric_limits<T>::infinity();
      selectKernelsFor(infinity).rank(x, n, infinity, less, equal);
      less += equal;
    } else {
      selectKernelsFor(values[i]).rank(x, n, values[i], less, equal);
    }
    Equals<T> equals(x, n, values[i]);
    for (; i < count && keyOf(values[i]) == key; ++i)
      values[i] = equals(ranks[i] - less);
  }
}

} // namespace detail

/// The elements at \p ranks, sorted, of \p n elements, with roomMargin more than these at \p room:
/// those that a stable sort puts there; of complex numbers equals of these.
template <class T>
void elementsAt(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values, T *room) {
  if constexpr (Keyed<T> && sizeof(T) <= 2)
    if (n >= countingPays<T> && n <= UINT32_MAX && countedElements(x, n, ranks, count, values))
      return;
  detail::equalsOfElementsAt(x, n, ranks, count, values, room);
  if constexpr (Keyed<T> && !std::is_integral_v<T>)
    detail::takeBits(x, n, ranks, count, values);
}

/// An equal of the element at a rank.
template <class T> void equalOfElementAt(const T *x, int64_t n, int64_t rank, T &value, T *room) {
  if constexpr (Keyed<T> && sizeof(T) <= 2)
    elementsAt(x, n, &rank, 1, &value, room);
  else
    detail::equalsOfElementsAt(x, n, &rank, 1, &value, room);
}

} // namespace ndrt
