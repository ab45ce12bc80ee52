// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sorting a few vectors in registers: the columns by odd-even merges, which compares whole vectors
// only, then neighbouring columns by bitonic merges (Batcher, "Sorting networks and their
// applications", 1968), then rows and columns change places. The lanes are those included before.
#pragma once

#include <limits>
#include <utility>

namespace ndrt {
namespace {

struct Pair {
  int low, high;
};
/// Calls take(pair) for the exchanges of Batcher's odd-even merge sort.
template <class Take> constexpr void visitExchanges(int rows, Take take) {
  for (int p = 1; p < rows; p *= 2)
    for (int k = p; k >= 1; k /= 2)
      for (int j = k % p; j + k < rows; j += 2 * k)
        for (int i = 0; i < k && i + j + k < rows; ++i)
          if ((i + j) / (2 * p) == (i + j + k) / (2 * p))
            take(Pair{i + j, i + j + k});
}
template <int rows>
constexpr size_t exchangeCount = [] {
  size_t n = 0;
  visitExchanges(rows, [&](Pair) { ++n; });
  return n;
}();
template <int rows>
constexpr auto exchanges = [] {
  std::array<Pair, exchangeCount<rows>> all{};
  size_t n = 0;
  visitExchanges(rows, [&](Pair p) { all[n++] = p; });
  return all;
}();

/// The lesser ones to \p a.
template <class T, class V> NDRT_VECTOR void exchange(V &a, V &b) {
  using L = Lanes<T>;
  const V low = L::least(a, b);
  b = L::most(a, b);
  a = low;
}
template <class T, int rows, class V, size_t... i>
NDRT_VECTOR void sortColumns(V *v, std::index_sequence<i...>) {
  (exchange<T>(v[exchanges<rows>[i].low], v[exchanges<rows>[i].high]), ...);
}

template <int lanes, int group>
constexpr auto mirroredLanes = [] {
  std::array<int32_t, lanes> from{};
  for (int lane = 0; lane < lanes; ++lane)
    from[size_t(lane)] = lane ^ (group - 1);
  return from;
}();
/// Lane i from lane i ^ (group - 1).
template <class T, int group, class V> NDRT_VECTOR V mirrored(V x) {
  using L = Lanes<T>;
  if constexpr (group == 2)
    return L::template exchanged<1>(x);
  else
    return L::arranged(mirroredLanes<L::count, group>.data(), x);
}

/// Both members of pairs of lanes that are \p distance apart, in order.
template <class T, int rows, int distance, class V> NDRT_VECTOR void exchangeLanes(V *v) {
  using L = Lanes<T>;
  constexpr uint32_t upper = lanesWith(std::bit_width(unsigned(distance)) - 1);
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i) {
    const V other = L::template exchanged<distance>(v[i]);
    v[i] = L::template leastOrMost<upper>(v[i], other);
  }
  if constexpr (distance > 1)
    exchangeLanes<T, rows, distance / 2>(v);
}

/// Merges sorted blocks of group / 2 columns to those of group columns.
template <class T, int rows, int group, class V> NDRT_VECTOR void mergeColumns(V *v) {
  using L = Lanes<T>;
  constexpr uint32_t upper = lanesWith(std::bit_width(unsigned(group)) - 2);
  // A place and its mirror image.
  if constexpr (rows == 1) {
    const V other = mirrored<T, group>(v[0]);
    v[0] = L::template leastOrMost<upper>(v[0], other);
  } else {
#pragma GCC unroll 16
    for (int i = 0; i < rows / 2; ++i) {
      const V other = mirrored<T, group>(v[rows - 1 - i]);
      const V low = L::least(v[i], other), high = L::most(v[i], other);
      v[i] = L::template blend<upper>(low, high);
      v[rows - 1 - i] = mirrored<T, group>(L::template blend<upper>(high, low));
    }
  }
  if constexpr (group > 2)
    exchangeLanes<T, rows, group / 4>(v);
#pragma GCC unroll 4
  for (int apart = rows / 2; apart > 0; apart /= 2)
#pragma GCC unroll 16
    for (int i = 0; i < rows; ++i)
      if (!(i & apart))
        exchange<T>(v[i], v[i | apart]);
  if constexpr (group < L::count)
    mergeColumns<T, rows, group * 2>(v);
}

/// Bit i of the row's number and bit i + shift of the lane's change places, from i = bit on.
template <class T, int rows, int bit, int bits, int shift, class V> NDRT_VECTOR void turn(V *v) {
  using L = Lanes<T>;
  if constexpr (bit < bits) {
    constexpr int row = 1 << bit, lane = 1 << (bit + shift);
    constexpr uint32_t upper = lanesWith(bit + shift);
#pragma GCC unroll 16
    for (int i = 0; i < rows; ++i)
      if (!(i & row)) {
        const V a = v[i], b = v[i | row];
        v[i] = L::template blend<upper>(a, L::template exchanged<lane>(b));
        v[i | row] = L::template blend<upper>(L::template exchanged<lane>(a), b);
      }
    turn<T, rows, bit + 1, bits, shift>(v);
  }
}

/// The bits of a lane's number, turned by so many places.
template <int lanes, int places> constexpr auto turnedLanes() {
  constexpr int bits = std::bit_width(unsigned(lanes)) - 1;
  std::array<int32_t, lanes> from{};
  for (int lane = 0; lane < lanes; ++lane)
    from[size_t(lane)] = (lane & ((1 << places) - 1)) << (bits - places) | lane >> places;
  return from;
}
template <int lanes, int places> constexpr auto turned = turnedLanes<lanes, places>();

/// Puts the elements of all vectors in order.
template <class T, int rows, class V> NDRT_VECTOR void sortVectors(V *v) {
  using L = Lanes<T>;
  constexpr int log = std::bit_width(unsigned(L::count)) - 1,
                rowLog = std::bit_width(unsigned(rows)) - 1;
  if constexpr (rows > 1)
    sortColumns<T, rows>(v, std::make_index_sequence<exchangeCount<rows>>());
  mergeColumns<T, rows, 2>(v);
  if constexpr (rowLog < log)
    turn<T, rows, 0, rowLog, log - rowLog>(v);
  else
    turn<T, rows, 0, log, 0>(v);
  if constexpr (rowLog < log && rowLog > 0) {
#pragma GCC unroll 16
    for (int i = 0; i < rows; ++i)
      v[i] = L::arranged(turned<L::count, rowLog>.data(), v[i]);
  } else if constexpr (rowLog > log) {
    // The upper bits of a row's number weigh least.
    V placed[rows];
#pragma GCC unroll 16
    for (int i = 0; i < rows; ++i)
      placed[(i & (L::count - 1)) << (rowLog - log) | i >> log] = v[i];
#pragma GCC unroll 16
    for (int i = 0; i < rows; ++i)
      v[i] = placed[i];
  }
}

/// So many vectors, but for what the last ones of them lack; these are more than half of all, or
/// it is one.
template <class T, int rows, class V>
NDRT_VECTOR void loadRows(V *v, const T *from, int64_t count, V last) {
  using L = Lanes<T>;
  constexpr int whole = rows / 2;
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i)
    v[i] = i < whole ? L::load(from + i * L::count)
                     : L::loadSome(from + i * L::count, count - int64_t(i) * L::count, last);
}
template <class T, int rows, class V> NDRT_VECTOR void storeRows(const V *v, T *to, int64_t count) {
  using L = Lanes<T>;
  constexpr int whole = rows / 2;
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i)
    if (i < whole)
      L::store(to + i * L::count, v[i]);
    else
      L::storeSome(to + i * L::count, count - int64_t(i) * L::count, v[i]);
}

/// Up to so many vectors, from \p from to \p to, which may be the same.
template <class T, int rows> NDRT_VECTOR_BODY void sortRows(const T *from, T *to, int64_t count) {
  typename Lanes<T>::Vector v[rows];
  loadRows<T, rows>(v, from, count, Lanes<T>::all(std::numeric_limits<T>::max()));
  sortVectors<T, rows>(v);
  storeRows<T, rows>(v, to, count);
}

constexpr int mostRows = 16;

/// At most mostRows vectors.
template <class T> NDRT_VECTOR void sortFew(const T *from, T *to, int64_t count) {
  constexpr int lanes = Lanes<T>::count;
  if (count <= lanes)
    sortRows<T, 1>(from, to, count);
  else if (count <= 2 * lanes)
    sortRows<T, 2>(from, to, count);
  else if (count <= 4 * lanes)
    sortRows<T, 4>(from, to, count);
  else if (count <= 8 * lanes)
    sortRows<T, 8>(from, to, count);
  else
    sortRows<T, mostRows>(from, to, count);
}

} // namespace
} // namespace ndrt
