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

/// Lane i from lane i ^ (group - 1).
template <class T, int group, class V> NDRT_VECTOR V mirrored(V x) {
  if constexpr (group > 2)
    x = mirrored<T, group / 2>(x);
  return Lanes<T>::template exchanged<group / 2>(x);
}

/// Both members of pairs of lanes that are \p distance apart, in order.
template <class T, int rows, int distance, class V> NDRT_VECTOR void exchangeLanes(V *v) {
  using L = Lanes<T>;
  constexpr uint32_t upper = lanesWith(std::bit_width(unsigned(distance)) - 1);
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i) {
    const V other = L::template exchanged<distance>(v[i]);
    v[i] = L::template blend<upper>(L::least(v[i], other), L::most(v[i], other));
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
    v[0] = L::template blend<upper>(L::least(v[0], other), L::most(v[0], other));
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

/// Up to so many vectors, from \p from to \p to, which may be the same.
template <class T, int rows> NDRT_VECTOR_BODY void sortRows(const T *from, T *to, int64_t count) {
  using L = Lanes<T>;
  constexpr int log = std::bit_width(unsigned(L::count)) - 1,
                rowLog = std::bit_width(unsigned(rows)) - 1;
  typename L::Vector v[rows];
  const auto last = L::all(std::numeric_limits<T>::max());
  constexpr int whole = rows / 2; // there are more than half of the vectors, or it is one
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i)
    v[i] = i < whole ? L::load(from + i * L::count)
                     : L::loadSome(from + i * L::count, count - int64_t(i) * L::count, last);
  if constexpr (rows > 1)
    sortColumns<T, rows>(v, std::make_index_sequence<exchangeCount<rows>>());
  mergeColumns<T, rows, 2>(v);
  if constexpr (rowLog < log)
    turn<T, rows, 0, rowLog, log - rowLog>(v);
  else
    turn<T, rows, 0, log, 0>(v);
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i) {
    // Where the vectors are more than the lanes, the upper bits of a row's number weigh least.
    const int place = rowLog <= log ? i : (i & (L::count - 1)) << (rowLog - log) | i >> log;
    typename L::Vector x = v[i];
    if constexpr (rowLog < log && rowLog > 0)
      x = L::arranged(turned<L::count, rowLog>.data(), x);
    if (place < whole)
      L::store(to + place * L::count, x);
    else
      L::storeSome(to + place * L::count, count - int64_t(place) * L::count, x);
  }
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
