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
constexpr int64_t block = 256; // offsets on the stack at a time

template <class T>
void gatherAs(const Positions &positions, const Rest &rest, const std::byte *x, std::byte *out) {
  const T *from = reinterpret_cast<const T *>(x);
  T *to = reinterpret_cast<T *>(out);
  const int64_t row = rest.walk.count();
  const int64_t bytes = row * static_cast<int64_t>(sizeof(T));
  const bool isRow = rest.isRow();
  parallelFor(positions.total(), std::max<int64_t>(1, bytesPerPiece / bytes),
              [&](int64_t begin, int64_t end) {
                int64_t at[block];
                for (; begin < end; begin += block) {
                  const int64_t count = std::min(block, end - begin);
                  positions.offsets(begin, count, at, nullptr);
                  T *place = to + begin * row;
                  if (row == 1)
                    for (int64_t j = 0; j < count; ++j)
                      place[j] = from[at[j]];
                  else if (isRow)
                    for (int64_t j = 0; j < count; ++j)
                      std::memcpy(place + j * row, from + at[j], static_cast<size_t>(bytes));
                  else
                    for (int64_t j = 0; j < count; ++j)
                      rest.forRuns(
                          [&](int64_t l, int64_t r, int64_t length, int64_t stride, int64_t) {
                            const T *source = from + at[j] + l;
                            T *target = place + j * row + r;
                            for (int64_t i = 0; i < length; ++i)
                              target[i] = source[i * stride];
                          });
                }
              });
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
                        DLTensor *out, int64_t axes) {
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
  Strided row;
  row.type = from.type;
  row.rank = 0;
  const int leading = positions.shape().rank;
  bool fits = to.rank == leading + from.rank - count;
  for (int axis = 0; fits && axis < leading; ++axis)
    fits = to.extent[axis] == positions.shape().extent[axis];
  for (int axis = 0; fits && axis < from.rank; ++axis)
    if (!positions.chosen(axis)) {
      fits = to.extent[leading + row.rank] == from.extent[axis];
      row.extent[row.rank] = from.extent[axis];
      row.stride[row.rank++] = from.stride[axis];
    }
  if (!fits)
    return misfit("gather", {{"x", from}, {"out", to}},
                  "out must have the shape of the index arrays, then the other axes of x");
  if (ndrt_status status = positions.check("gather"))
    return status;
  if (to.elements() == 0)
    return NDRT_OK;
  positions.merge();
  if (row.elements() * itemBytes(row.type) > bytesPerPiece) {
    gatherLong(positions, row, from, to);
    return NDRT_OK;
  }
  Rest rest;
  rest.add(1, 1, 1);
  int64_t packed = row.elements();
  for (int axis = 0; axis < row.rank; ++axis) {
    packed /= row.extent[axis];
    if (row.extent[axis] != 1)
      rest.add(row.extent[axis], row.stride[axis], packed);
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
