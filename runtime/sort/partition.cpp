// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "sort/order.h"
#include "sort/rows.h"
#include "sort/select.h"

#include <numeric>
#include <optional>

namespace ndrt {
namespace {

/// The positions in \p kth along an axis, sorted and each once.
struct Positions {
  std::optional<Scratch<int64_t>> room;
  int64_t count = 0;

  ndrt_status read(const char *function, const Strided &kth, int64_t length) {
    if (ndrt_status status = checkPositions(function, "kth", kth))
      return status;
    if (kth.rank != 1)
      return fail(NDRT_ERR_ARGUMENT, "%s: kth is not 1-D", function);
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

/// Puts the elements at the positions where sorting would put them. Items are elements or stand for
/// them: element(item). nan go to the end first, so that the others compare by one instruction.
template <class T, class Item, class Element>
void selectRow(Item *first, int64_t length, const Positions &kth, Element element) {
  if constexpr (std::is_floating_point_v<T>) {
    const int64_t numbers = std::partition(first, first + length,
                                           [&](const Item &x) {
                                             const T e = element(x);
                                             return e == e;
                                           }) -
                            first;
    const int64_t *at = kth.room->get();
    selectAll(first, 0, numbers, at, std::lower_bound(at, at + kth.count, numbers) - at,
              [&](const Item &a, const Item &b) { return element(a) < element(b); });
  } else {
    selectAll(first, 0, length, kth.room->get(), kth.count,
              [&](const Item &a, const Item &b) { return before(element(a), element(b)); });
  }
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
    return fail(NDRT_ERR_ARGUMENT, "partition: x and out have different dtypes: cast first");
  if (done)
    return NDRT_OK;
  copyElements(from, to);
  bool known = withElement(from.type, [&]<class T>(T) {
    const int64_t length = to.extent[to.rank - 1];
    forRows(to, [&](int64_t row) {
      selectRow<T>(reinterpret_cast<T *>(to.data) + row * length, length, positions,
                   [](const T &x) { return x; });
    });
  });
  return known ? NDRT_OK : unknownDtype("partition", from.type);
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
  Packed room;
  if (!room.make(from))
    return NDRT_ERR_MEMORY;
  bool known = withElement(from.type, [&]<class T>(T) {
    const int64_t length = to.extent[to.rank - 1];
    forRows(to, [&](int64_t row) {
      const T *values = reinterpret_cast<const T *>(from.data) + row * length;
      int64_t *first = reinterpret_cast<int64_t *>(to.data) + row * length;
      std::iota(first, first + length, int64_t{0});
      selectRow<T>(first, length, positions, [values](int64_t i) { return values[i]; });
    });
  });
  return known ? NDRT_OK : unknownDtype("argpartition", from.type);
}
