// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A few ranks of a long row: a sorted sample gives two bounds around a rank, one pass collects what
// lies between them, and that is little (Floyd & Rivest, "Expected time bounds for selection",
// 1975). Otherwise introselect for the ranks in ascending order: what stands before one is never
// looked at again.
#include "linalg/parallel.h"
#include "select/packed.h"
#include "sort/order.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <type_traits>

namespace ndrt {
namespace {

/// Elements from which a row is worth a thread of its own.
constexpr int64_t elementsPerPiece = 1 << 14;

struct Rows {
  int64_t rows, length, count;
  const int64_t *ranks; // of the first row
  int64_t rankStep;     // to those of the next: 0 or count
};

/// What nth_element compares: floats without nan by plain comparisons.
template <class T> struct Before {
  bool operator()(const T &a, const T &b) const { return before(a, b); }
};
template <class T> struct Less {
  bool operator()(const T &a, const T &b) const { return a < b; }
};

/// Puts the elements of \p ranks, sorted, where they belong.
template <class T, class Order>
void place(T *row, T *end, const int64_t *ranks, int64_t count, Order order) {
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
      std::nth_element(first, at, end, order);
    first = at + 1;
    if (first == end)
      return;
  }
}

constexpr int64_t sampleSize = 1024, fewRanks = 32;

/// The elements at \p ranks, sorted and at most fewRanks, of a row that is much longer than a
/// sample. Which elements make the sample is fixed.
template <class T>
void selectFew(const T *x, int64_t n, const int64_t *ranks, int64_t count, T *values, T *room) {
  using Limits = std::numeric_limits<T>;
  constexpr bool real = std::is_floating_point_v<T>;
  const T lowest = real ? -Limits::infinity() : Limits::lowest();
  const T highest = real ? Limits::infinity() : Limits::max();
  int64_t nans = 0;
  for (int64_t i = 0; i < n; ++i)
    nans += x[i] != x[i];
  const int64_t ordered = n - nans, stride = n / sampleSize;
  T sample[sampleSize];
  int64_t size = 0;
  for (int64_t i = 0; i < sampleSize; ++i)
    if (const T v = x[i * stride + i * 7919 % stride]; v == v)
      sample[size++] = v;
  std::sort(sample, sample + size);
  bool lucky = size > sampleSize / 2;
  for (int64_t done = 0; done < count;) {
    if (ranks[done] >= ordered) {
      values[done++] = real ? Limits::quiet_NaN() : T();
      continue;
    }
    if (ranks[done] == ordered - 1) {
      T most[4] = {lowest, lowest, lowest, lowest}; // independent of each other
      for (int64_t i = 0; i < n; ++i)
        most[i % 4] = x[i] > most[i % 4] ? x[i] : most[i % 4];
      values[done++] = *std::max_element(most, most + 4);
      continue;
    }
    T low = lowest, high = highest;
    if (lucky) {
      const auto middle =
          static_cast<int64_t>(static_cast<double>(ranks[done]) / static_cast<double>(ordered) *
                               static_cast<double>(size));
      constexpr int64_t margin = 52; // three standard deviations and a bit
      low = middle < margin ? lowest : sample[middle - margin];
      high = middle + margin >= size ? highest : sample[middle + margin];
    }
    int64_t below = 0;
    T *end = room;
    for (int64_t i = 0; i < n; ++i) {
      const T v = x[i];
      *end = v;
      below += v < low;
      end += static_cast<int>(v >= low) & static_cast<int>(v <= high);
    }
    int64_t inside = 0, places[fewRanks];
    while (done + inside < count && ranks[done + inside] >= below &&
           ranks[done + inside] < below + (end - room)) {
      places[inside] = ranks[done + inside] - below;
      ++inside;
    }
    lucky = lucky && inside > 0; // with the widest bounds no rank is missed
    place(room, end, places, inside, Less<T>());
    for (int64_t i = 0; i < inside; ++i)
      values[done + i] = room[places[i]];
    done += inside;
  }
}

template <class T>
void select(const Strided &from, const Rows &r, T *out, T *room, int64_t *sorted, int64_t row) {
  const T *x = reinterpret_cast<const T *>(from.data) + row * r.length;
  const int64_t *ranks = r.ranks + row * r.rankStep;
  T *end = room + r.length;
  std::copy_n(ranks, r.count, sorted);
  std::sort(sorted, sorted + r.count);
  if constexpr (std::is_arithmetic_v<T>)
    if (r.count <= fewRanks && r.length >= 16 * sampleSize) {
      T values[fewRanks];
      selectFew(x, r.length, sorted, r.count, values, room);
      for (int64_t i = 0; i < r.count; ++i)
        out[row * r.count + i] =
            values[std::lower_bound(sorted, sorted + r.count, ranks[i]) - sorted];
      return;
    }
  if constexpr (std::is_floating_point_v<T>) {
    // nan to the end, where their ranks find them.
    T *behind = room, *nans = end;
    for (int64_t i = 0; i < r.length; ++i)
      *(x[i] == x[i] ? behind++ : --nans) = x[i];
    const int64_t ordered = behind - room;
    const int64_t inside = std::lower_bound(sorted, sorted + r.count, ordered) - sorted;
    place(room, behind, sorted, inside, Less<T>());
  } else {
    std::copy_n(x, r.length, room);
    place(room, end, sorted, r.count, Before<T>());
  }
  for (int64_t i = 0; i < r.count; ++i)
    out[row * r.count + i] = room[ranks[i]];
}

template <class T> ndrt_status select(const Strided &from, const Rows &r, std::byte *out) {
  std::atomic<bool> failed = false;
  parallelFor(r.rows, std::max<int64_t>(1, elementsPerPiece / r.length),
              [&](int64_t begin, int64_t end) {
                Scratch<T> room(r.length);
                Scratch<int64_t> sorted(r.count);
                if (!room || !sorted) {
                  failed = true;
                  return;
                }
                for (int64_t row = begin; row < end; ++row)
                  select<T>(from, r, reinterpret_cast<T *>(out), room.get(), sorted.get(), row);
              });
  return failed ? fail(NDRT_ERR_MEMORY, "order_statistics: cannot allocate a row of %lld elements",
                       static_cast<long long>(r.length))
                : NDRT_OK;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_order_statistics(const DLTensor *x, const DLTensor *ranks, DLTensor *out) {
  using namespace ndrt;
  Strided from, at, to;
  if (ndrt_status status = view(x, "order_statistics", "x", from))
    return status;
  if (ndrt_status status = view(ranks, "order_statistics", "ranks", at))
    return status;
  if (ndrt_status status = viewResult(out, "order_statistics", "out", to))
    return status;
  if (!sameType(from.type, to.type) || at.type.code != kDLInt || at.type.bits != 64)
    return fail(NDRT_ERR_ARGUMENT, "order_statistics: x and out have different dtypes, or the "
                                   "ranks are not int64: cast first");
  bool fits = from.rank > 0 && to.rank == from.rank && (at.rank == 1 || at.rank == from.rank) &&
              at.extent[at.rank - 1] == to.extent[to.rank - 1];
  for (int axis = 0; fits && axis + 1 < from.rank; ++axis)
    fits = from.extent[axis] == to.extent[axis] &&
           (at.rank == 1 || at.extent[axis] == to.extent[axis]);
  if (!fits)
    return fail(NDRT_ERR_ARGUMENT, "order_statistics: the shapes of x, ranks and out do not fit");
  if (to.elements() == 0)
    return NDRT_OK;
  Packed room, rankRoom;
  if (!room.make(from) || !rankRoom.make(at))
    return NDRT_ERR_MEMORY;
  Rows r{to.elements() / to.extent[to.rank - 1], from.extent[from.rank - 1], to.extent[to.rank - 1],
         reinterpret_cast<const int64_t *>(at.data), at.rank == 1 ? 0 : to.extent[to.rank - 1]};
  for (int64_t i = 0, n = at.elements(); i < n; ++i)
    if (r.ranks[i] < 0 || r.ranks[i] >= r.length)
      return fail(NDRT_ERR_INDEX, "order_statistics: rank %lld is out of bounds for rows of %lld",
                  static_cast<long long>(r.ranks[i]), static_cast<long long>(r.length));
  ndrt_status status = NDRT_OK;
  bool known = withElement(from.type, [&]<class T>(T) { status = select<T>(from, r, to.data); });
  return known ? status
               : fail(NDRT_ERR_ARGUMENT,
                      "order_statistics: dtype code %d of %d bits is not supported", from.type.code,
                      from.type.bits);
}
