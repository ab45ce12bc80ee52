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
#include <concepts>
#include <limits>
#include <type_traits>

namespace ndrt {

/// Ranks that elementsAt finds at once, and how much longer than the row its room is.
inline constexpr int64_t fewRanks = 32, roomMargin = 16;

namespace detail {

/// SelectKernels for any order.
template <class T> struct PlainSelect {
  static void rank(const T *x, int64_t count, T pivot, int64_t &less, int64_t &equal) {
    int64_t below = 0, above = 0;
    for (int64_t i = 0; i < count; ++i) {
      below += before(x[i], pivot);
      above += before(pivot, x[i]);
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
      below += before(v, low);
      end += int(!before(v, low)) & int(!before(high, v));
    }
    less = below;
    return end - inside;
  }
  /// One element between the two may be written.
  static void split(const T *x, int64_t count, T pivot, T *less, int64_t, T *greater,
                    int64_t greaterCount) {
    for (int64_t i = 0; i < count; ++i) {
      *less = x[i];
      less += before(x[i], pivot);
    }
    T *at = greater + greaterCount - 1;
    for (int64_t i = count; i-- > 0;) {
      *at = x[i];
      at -= before(pivot, x[i]);
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
  return Keyed<T> && sizeof(T) <= 2 && n >= radixPays;
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
  bool lucky = size > wanted / 2;
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
      // What occurs several times in the sample may be what fills the window.
      const T *begin = sample + std::max<int64_t>(0, middle - margin),
              *end = sample + std::min(size, middle + margin + 1);
      const T *at = sample + middle;
      bool found = false;
      for (int tries = 0; tries < 4 && !found; ++tries) {
        const auto same = std::equal_range(begin, end, *at);
        if (same.second - same.first < 8)
          break;
        int64_t less, equal;
        kernels.rank(x, n, *at, less, equal);
        if (ranks[done] < less) {
          if (same.first == begin)
            break;
          at = same.first - 1;
        } else if (ranks[done] >= less + equal) {
          if (same.second == end)
            break;
          at = same.second;
        } else {
          found = true;
          for (const T v = *at; done < count && ranks[done] < less + equal;)
            values[done++] = v;
        }
      }
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

template <class T>
void equalsOfElementsAt(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values,
                        T *room);

/// Of complex numbers by their real parts, then among equal ones by the imaginary parts; false if
/// there are nan.
template <class R>
bool complexElementsAt(const std::complex<R> *x, int64_t n, const int64_t *ranks, int64_t count,
                       std::complex<R> *values, std::complex<R> *room) {
  R *part = reinterpret_cast<R *>(room), *rest = part + n;
  int nans = 0;
  for (int64_t i = 0; i < n; ++i)
    nans |= int(x[i].real() != x[i].real()) | int(x[i].imag() != x[i].imag());
  if (nans)
    return false;
  for (int64_t k = 0; k < count; ++k) {
    for (int64_t i = 0; i < n; ++i)
      part[i] = x[i].real();
    R real, imag;
    equalsOfElementsAt(part, n, ranks + k, 1, &real, rest);
    int64_t less, equal = 0;
    selectKernelsFor(real).rank(part, n, real, less, equal);
    const int64_t rank = ranks[k] - less;
    for (int64_t i = 0, at = 0; at < equal; ++i) {
      part[at] = x[i].imag();
      at += x[i].real() == real;
    }
    equalsOfElementsAt(part, equal, &rank, 1, &imag, rest);
    values[k] = {real, imag};
  }
  return true;
}

/// Up to the sign of zeros and which nan it is.
template <class T>
void equalsOfElementsAt(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values,
                        T *room) {
  if constexpr (ByVectors<T>)
    if (count <= fewRanks && n >= longRow)
      return elementsBySample(x, n, ranks, count, values, room);
  if constexpr (isComplex<T>)
    if (count <= 2 && complexElementsAt(x, n, ranks, count, values, room))
      return;
  if constexpr (Keyed<T>)
    if (sortsFast<T>(n)) {
      std::copy_n(x, n, room);
      if (sortRow(room, n)) {
        for (int64_t i = 0; i < count; ++i)
          values[i] = room[ranks[i]];
        return;
      }
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

} // namespace detail

/// The elements at \p ranks, sorted, of \p n elements, with roomMargin more than these at \p room:
/// those that a stable sort puts there; of complex numbers equals of these.
template <class T>
void elementsAt(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values, T *room) {
  if constexpr (Keyed<T> && sizeof(T) <= 2)
    if (n >= countingPays<T> && n <= UINT32_MAX && countedElements(x, n, ranks, count, values))
      return;
  detail::equalsOfElementsAt(x, n, ranks, count, values, room);
  if constexpr (Keyed<T> && !std::is_integral_v<T>) {
    const auto zero = keyOf(T());
    const decltype(keyOf(T())) nan = -1;
    for (int64_t i = 0; i < count; ++i) {
      // Zeros have signs, and nan have bits.
      const auto key = keyOf(values[i]);
      if (key != zero && key != nan)
        continue;
      int64_t less, equal, k = -1;
      selectKernelsFor(values[i]).rank(x, n, values[i], less, equal);
      for (int64_t before = ranks[i] - less; before >= 0;)
        before -= keyOf(x[++k]) == key;
      values[i] = x[k];
    }
  }
}

} // namespace ndrt
