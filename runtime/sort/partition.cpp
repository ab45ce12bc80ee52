// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The element of a position's rank cuts a row in three: what is less, its equals, and what is
// greater, each in its order. So the result depends on the row and the positions alone, however the
// element is found.
#include "sort/ranks.h"
#include "sort/widened.h"

#include <numeric>
#include <optional>

namespace ndrt {
namespace {

/// The positions in \p kth along an axis, sorted and each once.
struct Positions {
  std::optional<Scratch<int64_t>> room;
  int64_t count = 0;

  const int64_t *at() const { return room->get(); }
  ndrt_status read(const char *function, const Strided &kth, int64_t length) {
    if (ndrt_status status = checkPositions(function, "kth", kth))
      return status;
    if (kth.rank != 1)
      return misfit(function, {{"kth", kth}}, "kth must be 1-D");
    room.emplace(std::max<int64_t>(1, kth.extent[0]));
    if (!*room)
      return NDRT_ERR_MEMORY;
    int64_t *at = room->get();
    for (int64_t i = 0; i < kth.extent[0]; ++i) {
      const int64_t k = reinterpret_cast<const int64_t *>(kth.data)[i * kth.stride[0]];
      if (k < -length || k >= length)
        return fail(NDRT_ERR_INDEX, "%s: kth %lld is out of bounds for an axis of size %lld",
                    function, static_cast<long long>(k), static_cast<long long>(length));
      at[i] = k < 0 ? k + length : k;
    }
    std::sort(at, at + kth.extent[0]);
    count = std::unique(at, at + kth.extent[0]) - at;
    return NDRT_OK;
  }
};

/// Reads the arguments; with \p done there is nothing to put in order.
ndrt_status prepare(const char *function, const DLTensor *x, const DLTensor *kth, DLTensor *out,
                    Strided &from, Strided &to, Positions &positions, bool &done) {
  Strided where;
  if (ndrt_status status = view(x, function, "x", from))
    return status;
  if (ndrt_status status = view(kth, function, "kth", where))
    return status;
  if (ndrt_status status = viewResult(out, function, "out", to))
    return status;
  if (ndrt_status status = checkShapes(function, from, to))
    return status;
  done = to.elements() == 0;
  return positions.read(function, where, from.extent[from.rank - 1]);
}

template <class T> bool sameOrder(const T &a, const T &b) {
  return !(int(precedes(a, b)) | int(precedes(b, a)));
}

/// A row with room for two: one to select in, one to read from.
template <class T> struct ElementRow {
  T *out, *room, *copy;

  /// Orders [begin, end) of out, which is to hold what is at \p x.
  void order(const T *x, int64_t begin, int64_t end, const int64_t *kth, int64_t count) {
    const int64_t n = end - begin;
    if (count == 0 || n < 2) {
      if (x != out + begin)
        std::copy_n(x, n, out + begin);
      return;
    }
    if (x == out + begin) {
      std::copy_n(x, n, copy);
      x = copy;
    }
    const int64_t middle = count / 2, rank = kth[middle] - begin;
    T pivot;
    equalOfElementAt(x, n, rank, pivot, room);
    int64_t less, equal;
    cut(x, n, pivot, out + begin, less, equal);
    T *behind = out + begin + less + equal;
    order(out + begin, begin, begin + less, kth,
          std::lower_bound(kth, kth + count, begin + less) - kth);
    const int64_t *next = std::lower_bound(kth, kth + count, begin + less + equal);
    order(behind, begin + less + equal, end, next, kth + count - next);
  }

private:
  /// What is less than \p pivot, its equals, and what is greater.
  void cut(const T *x, int64_t n, T pivot, T *to, int64_t &less, int64_t &equal) {
    if constexpr (std::is_floating_point_v<T>)
      if (pivot != pivot) {
        constexpr T infinity = std::numeric_limits<T>::infinity();
        const SelectKernels<T> &kernels = selectKernelsFor(infinity);
        int64_t infinite, none;
        kernels.rank(x, n, infinity, less, infinite);
        const int64_t nans = n - less - infinite;
        kernels.split(x, n, infinity, room, less, to + n - nans, nans);
        if (infinite)
          less = kernels.within(x, n, -infinity, infinity, room, none);
        std::copy_n(room, less, to);
        equal = nans;
        return;
      }
    const SelectKernels<T> &kernels = selectKernelsFor(pivot);
    kernels.rank(x, n, pivot, less, equal);
    T *equals = to + less;
    kernels.split(x, n, pivot, to, less, equals + equal, n - less - equal);
    if constexpr (std::is_integral_v<T>) {
      std::fill_n(equals, equal, pivot);
    } else if constexpr (std::is_floating_point_v<T>) {
      int64_t below;
      if (pivot != 0)
        std::fill_n(equals, equal, pivot);
      else
        std::copy_n(room, kernels.within(x, n, pivot, pivot, room, below), equals);
    } else {
      for (T *end = equals + equal; equals < end; ++x) {
        *equals = *x;
        equals += sameOrder(*x, pivot);
      }
    }
  }
};

/// The same for positions; \p chosen has room for their elements.
template <class T> struct PositionRow {
  const T *values;
  int64_t *out, *copy;
  T *room, *chosen;

  /// All positions of \p length elements.
  void orderAll(int64_t length, const int64_t *kth, int64_t count) {
    if (count == 0 || length < 2)
      return std::iota(out, out + length, int64_t{0});
    cut<true>(values, 0, length, kth, count);
  }

private:
  void order(int64_t begin, int64_t end, const int64_t *kth, int64_t count) {
    if (count == 0 || end - begin < 2)
      return;
    for (int64_t i = begin; i < end; ++i)
      chosen[i - begin] = values[out[i]];
    cut<false>(chosen, begin, end, kth, count);
  }

  /// The positions at [begin, end), or \p all, whose elements are at \p x.
  template <bool all>
  void cut(const T *x, int64_t begin, int64_t end, const int64_t *kth, int64_t count) {
    const int64_t n = end - begin, rank = kth[count / 2] - begin;
    T pivot;
    equalOfElementAt(x, n, rank, pivot, room);
    // In one pass without a branch: what is less stays here, its equals are collected from the
    // front of the copy, what is greater from its end. One place may be written by both, with the
    // same position.
    int64_t *at = out + begin, *less = at, *equals = copy, *greater = copy + n - 1;
    for (int64_t i = 0; i < n; ++i) {
      const int64_t place = all ? i : at[i];
      const int below = precedes(x[i], pivot), above = precedes(pivot, x[i]);
      *less = place;
      *equals = place;
      *greater = place;
      less += below;
      equals += 1 - below - above;
      greater -= above;
    }
    int64_t *behind = std::copy(copy, equals, less);
    std::reverse_copy(greater + 1, copy + n, behind);
    const int64_t first = less - out, last = behind - out;
    order(begin, first, kth, std::lower_bound(kth, kth + count, first) - kth);
    const int64_t *next = std::lower_bound(kth, kth + count, last);
    order(last, end, next, kth + count - next);
  }
};

/// Rows that are widened as a whole: wide ones stay near the processor.
constexpr int64_t longestWidened = 16384;

/// false without memory.
template <class T, class Wide>
bool partitionWidened(const T *x, T *out, int64_t length, const Positions &positions, Wide *room,
                      Wide *copy) {
  Scratch<Wide> both(2 * length);
  if (!both)
    return false;
  Wide *from = both.get(), *to = from + length;
  for (int64_t i = 0; i < length; ++i)
    from[i] = Widened<T>::there(x[i]);
  ElementRow<Wide>{to, room, copy}.order(from, 0, length, positions.at(), positions.count);
  for (int64_t i = 0; i < length; ++i)
    out[i] = Widened<T>::back(to[i]);
  return true;
}

template <class T, class Wide>
bool argpartitionWidened(const T *x, int64_t *out, int64_t length, const Positions &positions,
                         Wide *room, Wide *chosen) {
  Scratch<Wide> wide(length);
  Scratch<int64_t> copy(length);
  if (!wide || !copy)
    return false;
  for (int64_t i = 0; i < length; ++i)
    wide.get()[i] = Widened<T>::there(x[i]);
  PositionRow<Wide>{wide.get(), out, copy.get(), room, chosen}.orderAll(length, positions.at(),
                                                                        positions.count);
  return true;
}

/// Calls each(row, scratch...) for rows in pieces that share scratch; false without memory.
template <class T, class Each> bool forRowsWithRoom(const Strided &x, Each &&each) {
  const int64_t length = x.extent[x.rank - 1], rows = x.elements() / length;
  std::atomic<bool> enough = true;
  parallelFor(rows, std::max<int64_t>(1, elementsPerPiece / length),
              [&](int64_t begin, int64_t end) {
                Scratch<T> room(length + roomMargin), copy(length);
                if (!room || !copy) {
                  enough = false;
                  return;
                }
                for (int64_t row = begin; row < end; ++row)
                  if (!each(row, room.get(), copy.get()))
                    enough = false;
              });
  return enough;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_partition(const DLTensor *x, const DLTensor *kth, DLTensor *out) {
  using namespace ndrt;
  Strided from, to;
  Positions positions;
  bool done;
  if (ndrt_status status = prepare("partition", x, kth, out, from, to, positions, done))
    return status;
  if (!sameType(from.type, to.type))
    return misfit("partition", {{"x", from}, {"out", to}},
                  "their dtypes must be equal, cast x first");
  if (done)
    return NDRT_OK;
  Packed packed;
  if (!packed.make(from))
    return NDRT_ERR_MEMORY;
  bool enough = true;
  bool known = withElement(from.type, [&]<class T>(T) {
    const int64_t length = to.extent[to.rank - 1];
    const T *values = reinterpret_cast<const T *>(from.data);
    T *out = reinterpret_cast<T *>(to.data);
    if constexpr (Keyed<T> && sizeof(T) <= 2) {
      using Wide = typename Widened<T>::Type;
      if (length <= longestWidened && selectKernels<Wide>()) {
        enough = forRowsWithRoom<Wide>(to, [&](int64_t row, Wide *room, Wide *copy) {
          return partitionWidened(values + row * length, out + row * length, length, positions,
                                  room, copy);
        });
        return;
      }
    }
    enough = forRowsWithRoom<T>(to, [&](int64_t row, T *room, T *copy) {
      ElementRow<T>{out + row * length, room, copy}.order(values + row * length, 0, length,
                                                          positions.at(), positions.count);
      return true;
    });
  });
  return !known ? unknownDtype("partition", from.type) : enough ? NDRT_OK : NDRT_ERR_MEMORY;
}

ndrt_status ndrt_argpartition(const DLTensor *x, const DLTensor *kth, DLTensor *out) {
  using namespace ndrt;
  Strided from, to;
  Positions positions;
  bool done;
  if (ndrt_status status = prepare("argpartition", x, kth, out, from, to, positions, done))
    return status;
  if (ndrt_status status = checkPositions("argpartition", "out", to))
    return status;
  if (done)
    return NDRT_OK;
  Packed packed;
  if (!packed.make(from))
    return NDRT_ERR_MEMORY;
  bool enough = true;
  bool known = withElement(from.type, [&]<class T>(T) {
    const int64_t length = to.extent[to.rank - 1];
    const T *values = reinterpret_cast<const T *>(from.data);
    int64_t *out = reinterpret_cast<int64_t *>(to.data);
    if constexpr (Keyed<T> && sizeof(T) <= 2) {
      using Wide = typename Widened<T>::Type;
      if (length <= longestWidened && selectKernels<Wide>()) {
        enough = forRowsWithRoom<Wide>(to, [&](int64_t row, Wide *room, Wide *chosen) {
          return argpartitionWidened(values + row * length, out + row * length, length, positions,
                                     room, chosen);
        });
        return;
      }
    }
    enough = forRowsWithRoom<T>(to, [&](int64_t row, T *room, T *chosen) {
      Scratch<int64_t> copy(length);
      if (!copy)
        return false;
      PositionRow<T>{values + row * length, out + row * length, copy.get(), room, chosen}.orderAll(
          length, positions.at(), positions.count);
      return true;
    });
  });
  return !known ? unknownDtype("argpartition", from.type) : enough ? NDRT_OK : NDRT_ERR_MEMORY;
}
