// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Introselect (Musser, "Introspective sorting and selection algorithms", 1997): quickselect with
// medians of three, and with medians of medians of five once that does not get on, so that the time
// is linear whatever the elements are. It depends on the order of the elements alone.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

namespace ndrt {

namespace detail {

inline constexpr int64_t fewToSelect = 24; // elements that are sorted by insertion

template <class T, class Less> void insertionSort(T *first, T *last, Less less) {
  for (T *i = first + 1; i < last; ++i) {
    T x = *i;
    T *hole = i;
    for (; hole > first && less(x, hole[-1]); --hole)
      *hole = hole[-1];
    *hole = x;
  }
}

template <class T, class Less> T *medianOfThree(T *a, T *b, T *c, Less less) {
  if (less(*b, *a))
    std::swap(a, b);
  if (less(*c, *b))
    return less(*c, *a) ? a : c;
  return b;
}

} // namespace detail

/// Puts the element that belongs at \p kth there, no larger ones before and no smaller ones behind.
template <class T, class Less> void select(T *first, T *last, T *kth, Less less) {
  int budget = 2 * int(std::bit_width(uint64_t(last - first)));
  while (last - first > detail::fewToSelect) {
    T *pivot;
    if (budget-- > 0) {
      const int64_t n = last - first;
      pivot = detail::medianOfThree(first + n / 4, first + n / 2, first + 3 * (n / 4), less);
    } else {
      T *medians = first;
      for (T *five = first; last - five >= 5; five += 5) {
        detail::insertionSort(five, five + 5, less);
        std::swap(*medians++, five[2]);
      }
      pivot = first + (medians - first) / 2;
      select(first, medians, pivot, less);
    }
    const T value = *pivot;
    T *i = first, *j = last - 1;
    for (;; ++i, --j) {
      while (less(*i, value))
        ++i;
      while (less(value, *j))
        --j;
      if (i >= j)
        break;
      std::swap(*i, *j);
    }
    // What lies between the two is equal to the pivot.
    if (i == j) {
      ++i;
      --j;
    }
    if (kth <= j)
      last = j + 1;
    else if (kth >= i)
      first = i;
    else
      return;
  }
  if (last - first > 1)
    detail::insertionSort(first, last, less);
}

/// The same for several positions, sorted and different.
template <class T, class Less>
void selectAll(T *base, int64_t first, int64_t last, const int64_t *kth, int64_t count, Less less) {
  if (count == 0 || last - first < 2)
    return;
  const int64_t middle = count / 2, at = kth[middle];
  select(base + first, base + last, base + at, less);
  selectAll(base, first, at, kth, middle, less);
  selectAll(base, at + 1, last, kth + middle + 1, count - middle - 1, less);
}

} // namespace ndrt
