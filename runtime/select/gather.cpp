// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All positions are checked first. Then blocks of them become offsets, and each offset an element,
// a row of adjacent elements, or a strided part.
#include "copy/transpose.h"
#include "linalg/parallel.h"
#include "select/positions.h"

#include <algorithm>
#include <cstring>

namespace ndrt {
namespace {

constexpr int64_t bytesPerPiece = int64_t{256} << 10;
constexpr int64_t block = 256;                  // offsets on the stack at a time
constexpr int64_t longBlock = int64_t{1} << 17; // and elsewhere, where they serve again
constexpr int64_t together = 16;                // elements of a strided part

/// Axes of x that are not chosen from: those that stand before the indices' in the result, and
/// those behind.
struct Others {
  Rest before, behind;
};

/// The positions [begin, begin + count), \p at which x is read, for one place of the axes before.
template <class T>
void gatherBlock(const T *from, T *place, const int64_t *at, int64_t count, const Rest &rest,
                 int64_t row) {
  if (row == 1)
    for (int64_t j = 0; j < count; ++j)
      place[j] = from[at[j]];
  else if (rest.isRow())
    for (int64_t j = 0; j < count; ++j)
      std::memcpy(place + j * row, from + at[j], size_t(row) * sizeof(T));
  else // few elements of each part at a time: their neighbours are in the next parts
    rest.forRuns([&](int64_t l, int64_t r, int64_t length, int64_t stride, int64_t) {
      const int64_t most = stride == 1 ? length : together;
      for (int64_t i = 0; i < length; i += most) {
        const int64_t some = std::min(most, length - i);
        for (int64_t j = 0; j < count; ++j) {
          const T *source = from + at[j] + l + i * stride;
          T *target = place + j * row + r + i;
          for (int64_t k = 0; k < some; ++k)
            target[k] = source[k * stride];
        }
      }
    });
}

template <class T>
void gatherAs(const Positions &positions, const Others &others, const std::byte *x,
              std::byte *out) {
  const T *from = reinterpret_cast<const T *>(x);
  T *to = reinterpret_cast<T *>(out);
  const int64_t row = others.behind.walk.count(), total = positions.total(),
                parts = others.before.walk.count();
  // The positions [begin, end) for the places [first, last) of the axes before.
  auto gather = [&](int64_t begin, int64_t end, int64_t first, int64_t last) {
    int64_t few[block];
    const bool again = last - first > 1 && end - begin > block;
    const Scratch<int64_t> room(again ? std::min(longBlock, end - begin) : 0);
    int64_t *const at = again && room ? room.get() : few;
    const int64_t most = at == few ? block : longBlock;
    for (; begin < end; begin += most) {
      const int64_t count = std::min(most, end - begin);
      positions.offsets(begin, count, at, nullptr);
      others.before.forRuns(first, last,
                            [&](int64_t l, int64_t r, int64_t length, int64_t left, int64_t right) {
                              for (int64_t i = 0; i < length; ++i)
                                gatherBlock(from + l + i * left, to + r + i * right + begin * row,
                                            at, count, others.behind, row);
                            });
    }
  };
  const int64_t item = row * int64_t(sizeof(T));
  if (parts < total)
    parallelFor(total, std::max<int64_t>(1, bytesPerPiece / (item * parts)),
                [&](int64_t begin, int64_t end) { gather(begin, end, 0, parts); });
  else
    parallelFor(parts, std::max<int64_t>(1, bytesPerPiece / (item * total)),
                [&](int64_t first, int64_t last) { gather(0, total, first, last); });
}

/// Few long rows: each is a copy of its own, which uses the threads.
void gatherLong(const Positions &positions, const Strided &row, const Strided &x,
                const Strided &out) {
  const int64_t item = itemBytes(x.type), count = row.elements();
  for (int64_t p = 0; p < positions.total(); ++p) {
    int64_t at;
    positions.offsets(p, 1, &at, nullptr);
    Strided from = row, to = row;
    from.data = x.data + at * item;
    to.data = out.data + p * count * item;
    int64_t packed = 1;
    for (int axis = to.rank - 1; axis >= 0; --axis) {
      to.stride[axis] = packed;
      packed *= to.extent[axis];
    }
    copyElements(from, to);
  }
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_gather(const DLTensor *x, const DLTensor *const *indices, int32_t count,
                        DLTensor *out, int64_t axes, int64_t place) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(x, "gather", "x", from))
    return status;
  if (ndrt_status status = viewResult(out, "gather", "out", to))
    return status;
  if (!sameType(from.type, to.type))
    return misfit("gather", {{"x", from}, {"out", to}}, "their dtypes must be equal, cast x first");
  Positions positions;
  if (ndrt_status status = positions.read("gather", indices, count, axes, from))
    return status;
  const int others = from.rank - count;
  if (place < 0 || place > others)
    return fail(NDRT_ERR_ARGUMENT,
                "gather: the axes of the indices are to stand behind %lld of %d others",
                static_cast<long long>(place), others);
  Strided row;
  row.type = from.type;
  row.rank = 0;
  const Walk shape = positions.shape();
  bool fits = to.rank == shape.rank + others;
  for (int axis = 0; fits && axis < shape.rank; ++axis)
    fits = to.extent[place + axis] == shape.extent[axis];
  for (int axis = 0; fits && axis < from.rank; ++axis)
    if (!positions.chosen(axis)) {
      fits = to.extent[row.rank < place ? row.rank : shape.rank + row.rank] == from.extent[axis];
      row.extent[row.rank] = from.extent[axis];
      row.stride[row.rank++] = from.stride[axis];
    }
  if (!fits)
    return misfit("gather", {{"x", from}, {"out", to}},
                  "out must have the shape of the index arrays among the other axes of x");
  if (ndrt_status status = positions.check("gather"))
    return status;
  if (to.elements() == 0)
    return NDRT_OK;
  positions.merge();
  if (place == 0 && row.elements() * itemBytes(row.type) > bytesPerPiece) {
    gatherLong(positions, row, from, to);
    return NDRT_OK;
  }
  Others rest;
  rest.before.add(1, 1, 1);
  rest.behind.add(1, 1, 1);
  int64_t packed = to.elements();
  for (int axis = 0; axis < row.rank; ++axis) {
    if (axis == place)
      packed /= positions.total();
    packed /= row.extent[axis];
    if (row.extent[axis] != 1)
      (axis < place ? rest.before : rest.behind).add(row.extent[axis], row.stride[axis], packed);
  }
  switch (itemBytes(from.type)) {
  case 1:
    gatherAs<uint8_t>(positions, rest, from.data, to.data);
    break;
  case 2:
    gatherAs<uint16_t>(positions, rest, from.data, to.data);
    break;
  case 4:
    gatherAs<uint32_t>(positions, rest, from.data, to.data);
    break;
  case 8:
    gatherAs<uint64_t>(positions, rest, from.data, to.data);
    break;
  default:
    gatherAs<Wide>(positions, rest, from.data, to.data);
  }
  return NDRT_OK;
}
