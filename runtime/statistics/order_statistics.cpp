// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "sort/ranks.h"

namespace ndrt {
namespace {

/// Elements from which a row is worth a thread of its own.
constexpr int64_t elementsPerRow = 1 << 14;

struct Rows {
  int64_t rows, length, count;
  const int64_t *ranks; // of the first row
  int64_t rankStep;     // to those of the next: 0 or count
};

/// \p sorted and \p values have room for all ranks.
template <class T>
void select(const Strided &from, const Rows &r, T *out, T *room, int64_t *sorted, T *values,
            int64_t row) {
  const T *x = reinterpret_cast<const T *>(from.data) + row * r.length;
  const int64_t *ranks = r.ranks + row * r.rankStep;
  std::copy_n(ranks, r.count, sorted);
  std::sort(sorted, sorted + r.count);
  elementsAt(x, r.length, sorted, r.count, values, room);
  for (int64_t i = 0; i < r.count; ++i)
    out[row * r.count + i] = values[std::lower_bound(sorted, sorted + r.count, ranks[i]) - sorted];
}

template <class T> ndrt_status select(const Strided &from, const Rows &r, std::byte *out) {
  std::atomic<bool> failed = false;
  parallelFor(r.rows, std::max<int64_t>(1, elementsPerRow / r.length),
              [&](int64_t begin, int64_t end) {
                Scratch<T> room(r.length + roomMargin), values(r.count);
                Scratch<int64_t> sorted(r.count);
                if (!room || !values || !sorted) {
                  failed = true;
                  return;
                }
                for (int64_t row = begin; row < end; ++row)
                  select<T>(from, r, reinterpret_cast<T *>(out), room.get(), sorted.get(),
                            values.get(), row);
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
  if (!sameType(from.type, to.type) || !isInt64(at.type))
    return misfit("order_statistics", {{"x", from}, {"ranks", at}, {"out", to}},
                  "x and out must have one dtype, ranks int64, cast first");
  bool fits = from.rank > 0 && to.rank == from.rank && (at.rank == 1 || at.rank == from.rank) &&
              at.extent[at.rank - 1] == to.extent[to.rank - 1];
  for (int axis = 0; fits && axis + 1 < from.rank; ++axis)
    fits = from.extent[axis] == to.extent[axis] &&
           (at.rank == 1 || at.extent[axis] == to.extent[axis]);
  if (!fits)
    return misfit("order_statistics", {{"x", from}, {"ranks", at}, {"out", to}},
                  "shapes (..., n), (m,) or (..., m), and (..., m) are expected");
  if (to.elements() == 0)
    return NDRT_OK;
  Packed room, rankRoom;
  if (!room.make(from) || !rankRoom.make(at))
    return NDRT_ERR_MEMORY;
  Rows r{to.elements() / to.extent[to.rank - 1], from.extent[from.rank - 1], to.extent[to.rank - 1],
         reinterpret_cast<const int64_t *>(at.data), at.rank == 1 ? 0 : to.extent[to.rank - 1]};
  for (int64_t i = 0, n = at.elements(); i < n; ++i)
    if (r.ranks[i] < 0 || r.ranks[i] >= r.length)
      return fail(NDRT_ERR_INDEX,
                  "order_statistics: rank %lld is out of bounds for rows with size %lld",
                  static_cast<long long>(r.ranks[i]), static_cast<long long>(r.length));
  ndrt_status status = NDRT_OK;
  bool known = withElement(from.type, [&]<class T>(T) { status = select<T>(from, r, to.data); });
  return known ? status : unknownDtype("order_statistics", from.type);
}
