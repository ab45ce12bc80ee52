// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The kernels of vector_sort.h, for the lanes included before.
#pragma once

#include "sort/network.h"
#include "sort/vector_sort.h"

namespace ndrt {
namespace {

/// Which of \p x go to the front: those less than \p p, with \p equals those not greater.
template <class T, bool equals, class V> NDRT_VECTOR uint32_t inFront(V x, V p) {
  using L = Lanes<T>;
  if constexpr (equals)
    return ~L::less(p, x) & firstLanes(L::count);
  else
    return L::less(x, p);
}

/// From \p from to \p to, where those in front come first; gives how many these are.
template <class T, bool equals>
NDRT_VECTOR_BODY int64_t partition(const T *from, T *to, int64_t count, T pivot) {
  using L = Lanes<T>;
  const auto p = L::all(pivot);
  T *left = to, *right = to + count;
  int64_t i = 0;
  // While two vectors fit between, what one end writes too far stays off the other.
  for (; i + 2 * L::count <= count; i += L::count) {
    const auto x = L::load(from + i);
    const uint32_t front = inFront<T, equals>(x, p);
    const int64_t n = std::popcount(front);
    L::apart(left, reinterpret_cast<char *>(right), front, n, x);
    left += n;
    right -= L::count - n;
  }
  for (; i < count; i += L::count) {
    const uint32_t valid = firstLanes(count - i < L::count ? count - i : L::count);
    const auto x = L::loadSome(from + i, count - i, p);
    const uint32_t front = inFront<T, equals>(x, p) & valid, behind = ~front & valid;
    const int64_t n = std::popcount(front), m = std::popcount(behind);
    L::storeSome(left, n, L::packed(front, x));
    left += n;
    right -= m;
    L::storeSome(right, m, L::packed(behind, x));
  }
  return left - to;
}

/// The median of some elements, evenly spread but off the beat of patterns that repeat with a power
/// of 2.
template <class T> NDRT_VECTOR T pivotOf(const T *keys, int64_t count) {
  T sample[64];
  const int64_t n = count >= 4096 ? 64 : 16, step = count / n;
  for (int64_t i = 0; i < n; ++i)
    sample[i] = keys[i * step + (i * 7) % step];
  sortFew(sample, sample, n);
  return sample[n / 2];
}

template <class T> constexpr int64_t few = mostRows *Lanes<T>::count;

/// For more than few elements.
template <class T>
NDRT_VECTOR_BODY void splitPart(const Part<T> &part, Part<T> &less, Part<T> &greater) {
  const int64_t count = part.count;
  const T pivot = pivotOf(part.at, count);
  const int64_t small = partition<T, false>(part.at, part.other, count, pivot);
  less = {part.other, part.at, small, !part.stay};
  if (small > count / 16) {
    greater = {part.other + small, part.at + small, count - small, !part.stay};
    return;
  }
  // Many equal ones, perhaps: they are in place then.
  const int64_t equal =
      partition<T, true>(part.other + small, part.at + small, count - small, pivot);
  T *place = (part.stay ? part.at : part.other) + small;
  for (int64_t i = 0; i < equal; ++i)
    place[i] = pivot;
  greater = {part.at + small + equal, part.other + small + equal, count - small - equal, part.stay};
}

template <class T> NDRT_VECTOR_BODY void quicksort(Part<T> part, int budget) {
  while (part.count > few<T>) {
    if (budget-- == 0)
      return sortWithoutPivots(part);
    Part<T> less, greater;
    splitPart(part, less, greater);
    // The shorter part by a call, the longer one here.
    const bool shorter = less.count < greater.count;
    quicksort(shorter ? less : greater, budget);
    part = shorter ? greater : less;
  }
  if (part.count > 0)
    sortFew(part.at, part.stay ? part.at : part.other, part.count);
}
template <class T> void sortPart(const Part<T> &part) {
  quicksort(part, 2 * int(std::bit_width(uint64_t(part.count))));
}

template <class T, class Float>
NDRT_VECTOR_BODY void floatsToKeys(T *bits, int64_t count, bool &nans, bool &negativeZeros) {
  using L = Lanes<T>;
  const auto top = L::all(std::numeric_limits<T>::min()),
             magnitude = L::all(std::numeric_limits<T>::max()),
             infinity = L::all(std::bit_cast<T>(std::numeric_limits<Float>::infinity()));
  uint32_t anyNan = 0, anyZero = 0;
  for (int64_t i = 0; i < count; i += L::count) {
    const auto x = L::loadSome(bits + i, count - i, magnitude);
    const uint32_t valid = firstLanes(count - i);
    anyNan |= L::less(infinity, L::both(x, magnitude)) & valid;
    anyZero |= L::equal(x, top) & valid;
    L::storeSome(bits + i, count - i, L::differing(x, L::both(L::sign(x), magnitude)));
  }
  nans = anyNan != 0;
  negativeZeros = anyZero != 0;
}
template <class T> NDRT_VECTOR_BODY void keysToFloats(T *keys, int64_t count) {
  using L = Lanes<T>;
  const auto magnitude = L::all(std::numeric_limits<T>::max());
  for (int64_t i = 0; i < count; i += L::count) {
    const auto x = L::loadSome(keys + i, count - i, magnitude);
    L::storeSome(keys + i, count - i, L::differing(x, L::both(L::sign(x), magnitude)));
  }
}

/// The most vectors that hold a short row.
constexpr int shortRowVectors = 8;

/// A short row of floats with nan, behind the rest and in their order, or with -0, which keeps its
/// place among 0. These are written over what the sort of all has put there.
template <class T, class Float, int vectors>
NDRT_VECTOR_BODY void sortOddRow(const T *from, T *to, int64_t length) {
  using L = Lanes<T>;
  using V = typename L::Vector;
  const V none = L::all(0), magnitude = L::all(std::numeric_limits<T>::max()),
          infinity = L::all(std::bit_cast<T>(std::numeric_limits<Float>::infinity()));
  V v[vectors];
  loadRows<T, vectors>(v, from, length, infinity);
  T nans[(vectors + 1) * L::count], zeros[(vectors + 1) * L::count];
  int64_t others = 0, equal = 0, less = 0;
#pragma GCC unroll 8
  for (V &x : v) {
    const V size = L::both(x, magnitude), key = L::differing(x, L::both(L::sign(x), magnitude));
    const uint32_t nan = L::less(infinity, size), zero = L::equal(size, none);
    L::store(nans + others, L::packed(nan, x));
    L::store(zeros + equal, L::packed(zero, x));
    others += std::popcount(nan);
    equal += std::popcount(zero);
    less += std::popcount(L::less(key, none) & ~(nan | zero));
    x = L::where(infinity, size, magnitude, key);
  }
  sortVectors<T, vectors>(v);
#pragma GCC unroll 8
  for (V &x : v)
    x = L::differing(x, L::both(L::sign(x), magnitude));
  storeRows<T, vectors>(v, to, length);
  for (int64_t i = 0; i < equal; i += L::count)
    L::storeSome(to + less + i, equal - i, L::load(zeros + i));
  for (int64_t i = 0; i < others; i += L::count)
    L::storeSome(to + length - others + i, others - i, L::load(nans + i));
}

/// Rows of at most so many vectors and more than half of them.
template <class T, class Float, Form form, int vectors>
NDRT_VECTOR_BODY void sortRowsOf(const T *from, T *to, int64_t rows, int64_t length) {
  using L = Lanes<T>;
  using V = typename L::Vector;
  const V top = L::all(std::numeric_limits<T>::min()),
          magnitude = L::all(std::numeric_limits<T>::max()),
          infinity = L::all(std::bit_cast<T>(std::numeric_limits<Float>::infinity()));
  // Behind all others, what infinite ones cannot be told from.
  const V last = form == Form::signedInteger     ? magnitude
                 : form == Form::unsignedInteger ? L::all(-1)
                                                 : infinity;
  for (int64_t row = 0; row < rows; ++row, from += length, to += length) {
    V v[vectors];
    loadRows<T, vectors>(v, from, length, last);
    uint32_t odd = 0;
#pragma GCC unroll 8
    for (V &x : v) {
      if constexpr (form == Form::floating) {
        odd |= L::less(infinity, L::both(x, magnitude)) | L::equal(x, top);
        x = L::differing(x, L::both(L::sign(x), magnitude));
      } else if constexpr (form == Form::unsignedInteger) {
        x = L::differing(x, top);
      }
    }
    if (odd) {
      sortOddRow<T, Float, vectors>(from, to, length);
      continue;
    }
    sortVectors<T, vectors>(v);
#pragma GCC unroll 8
    for (V &x : v)
      if constexpr (form == Form::floating)
        x = L::differing(x, L::both(L::sign(x), magnitude));
      else if constexpr (form == Form::unsignedInteger)
        x = L::differing(x, top);
    storeRows<T, vectors>(v, to, length);
  }
}
template <class T, class Float, Form form>
void sortShortRows(const T *from, T *to, int64_t rows, int64_t length) {
  constexpr int64_t lanes = Lanes<T>::count;
  (length <= lanes       ? sortRowsOf<T, Float, form, 1>
   : length <= 2 * lanes ? sortRowsOf<T, Float, form, 2>
   : length <= 4 * lanes ? sortRowsOf<T, Float, form, 4>
                         : sortRowsOf<T, Float, form, 8>)(from, to, rows, length);
}

template <class T>
NDRT_VECTOR_BODY void rankOf(const T *x, int64_t count, T pivot, int64_t &less, int64_t &equal) {
  using L = Lanes<T>;
  const auto p = L::all(pivot);
  int64_t below = 0, same = 0;
  for (int64_t i = 0; i < count; i += L::count) {
    const auto v = L::loadSome(x + i, count - i, p);
    const uint32_t valid = firstLanes(count - i);
    below += std::popcount(L::less(v, p) & valid);
    same += std::popcount(L::equal(v, p) & valid);
  }
  less = below;
  equal = same;
}

template <class T>
NDRT_VECTOR_BODY int64_t collect(const T *x, int64_t count, T low, T high, T *inside,
                                 int64_t &less) {
  using L = Lanes<T>;
  const auto first = L::all(low), last = L::all(high);
  T *end = inside;
  int64_t below = 0;
  for (int64_t i = 0; i < count; i += L::count) {
    const auto v = L::loadSome(x + i, count - i, first);
    const uint32_t valid = firstLanes(count - i), under = L::less(v, first) & valid;
    // Neither is true of nan.
    const uint32_t here =
        (L::less(first, v) | L::equal(first, v)) & (L::less(v, last) | L::equal(v, last)) & valid;
    below += std::popcount(under);
    L::store(end, L::packed(here, v));
    end += std::popcount(here);
  }
  less = below;
  return end - inside;
}

/// All of a vector while that stays before \p last, else what counts.
template <class T, class V> NDRT_VECTOR void append(T *&to, T *last, uint32_t mask, V x) {
  using L = Lanes<T>;
  const int64_t n = std::popcount(mask);
  if (last - to >= L::count)
    L::store(to, L::packed(mask, x));
  else
    L::storeSome(to, n, L::packed(mask, x));
  to += n;
}

template <class T>
NDRT_VECTOR_BODY void splitStably(const T *x, int64_t count, T pivot, T *less, int64_t lessCount,
                                  T *greater, int64_t greaterCount) {
  using L = Lanes<T>;
  const auto p = L::all(pivot);
  T *lastLess = less + lessCount, *lastGreater = greater + greaterCount;
  for (int64_t i = 0; i < count; i += L::count) {
    const auto v = L::loadSome(x + i, count - i, p); // equals are left out
    const uint32_t below = L::less(v, p);
    append(less, lastLess, below, v);
    append(greater, lastGreater, ~(below | L::equal(v, p)) & firstLanes(L::count), v);
  }
}

} // namespace
} // namespace ndrt

#define NDRT_KERNELS(isa)                                                                          \
  namespace ndrt {                                                                                 \
  constexpr SortKernels<int32_t> isa##Sort32 = NDRT_SORTS(int32_t, float);                         \
  constexpr SortKernels<int64_t> isa##Sort64 = NDRT_SORTS(int64_t, double);                        \
  NDRT_SELECTS_FOR(isa##SelectF32, float)                                                          \
  NDRT_SELECTS_FOR(isa##SelectF64, double)                                                         \
  NDRT_SELECTS_FOR(isa##SelectI32, int32_t)                                                        \
  NDRT_SELECTS_FOR(isa##SelectI64, int64_t)                                                        \
  NDRT_SELECTS_FOR(isa##SelectU32, uint32_t)                                                       \
  NDRT_SELECTS_FOR(isa##SelectU64, uint64_t)                                                       \
  }
#define NDRT_SORTS(type, real)                                                                     \
  {                                                                                                \
    splitPart<type>, sortPart<type>, floatsToKeys<type, real>, keysToFloats<type>,                 \
        {sortShortRows<type, real, Form::signedInteger>,                                           \
         sortShortRows<type, real, Form::unsignedInteger>,                                         \
         sortShortRows<type, real, Form::floating>},                                               \
        shortRowVectors *Lanes<type>::count                                                        \
  }
#define NDRT_SELECTS_FOR(name, type)                                                               \
  constexpr SelectKernels<type> name = {rankOf<type>, collect<type>, splitStably<type>};
