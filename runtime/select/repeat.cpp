// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "select/packed.h"

#include <algorithm>
#include <cstring>

namespace ndrt {
namespace {

constexpr int64_t bytesPerPiece = int64_t{256} << 10;

/// Rows of \p bytes: row i of each group goes to rows starts[i] to starts[i + 1] of its group.
void repeatRows(const std::byte *x, std::byte *out, int64_t groups, int64_t extent,
                const int64_t *starts, int64_t bytes) {
  const int64_t total = starts[extent], rows = groups * extent;
  const int64_t average = std::max<int64_t>(1, total / std::max<int64_t>(1, extent));
  const int64_t grain = std::max<int64_t>(1, bytesPerPiece / (bytes * average + 1));
  parallelFor(rows, grain, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      const int64_t group = row / extent, i = row % extent;
      std::byte *to = out + (group * total + starts[i]) * bytes;
      for (int64_t n = starts[i + 1] - starts[i]; n > 0; --n, to += bytes)
        std::memcpy(to, x + row * bytes, static_cast<size_t>(bytes));
    }
  });
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_repeat(const DLTensor *x, const DLTensor *counts, DLTensor *out, int64_t axis) {
  using namespace ndrt;
  Strided from, often, to;
  if (ndrt_status status = view(x, "repeat", "x", from))
    return status;
  if (ndrt_status status = view(counts, "repeat", "counts", often))
    return status;
  if (ndrt_status status = viewResult(out, "repeat", "out", to))
    return status;
  if (!sameType(from.type, to.type))
    return misfit("repeat", {{"x", from}, {"out", to}}, "their dtypes must be equal, cast x first");
  if (!isInt64(often.type))
    return misfit("repeat", {{"counts", often}}, "it must be int64, cast it first");
  bool fits = axis >= 0 && axis < from.rank && to.rank == from.rank && often.rank == 1 &&
              often.extent[0] == from.extent[axis];
  for (int i = 0; fits && i < from.rank; ++i)
    fits = i == axis || from.extent[i] == to.extent[i];
  if (!fits)
    return misfit("repeat", {{"x", from}, {"counts", often}, {"out", to}},
                  "counts must be 1-D with an element for each along axis, which is one of x, and "
                  "out have x's shape but there");
  const int64_t extent = from.extent[axis];
  Scratch<int64_t> starts(extent + 1);
  if (!starts)
    return NDRT_ERR_MEMORY;
  int64_t total = 0;
  for (int64_t i = 0; i < extent; ++i) {
    const int64_t n = reinterpret_cast<const int64_t *>(often.data)[i * often.stride[0]];
    if (n < 0)
      return fail(NDRT_ERR_ARGUMENT,
                  "repeat: count %lld at position %lld is negative; counts are 0 or more",
                  static_cast<long long>(n), static_cast<long long>(i));
    starts.get()[i] = total;
    if (__builtin_add_overflow(total, n, &total))
      return fail(NDRT_ERR_ARGUMENT, "repeat: the counts add up to more than 2^63 - 1; use fewer");
  }
  starts.get()[extent] = total;
  if (total != to.extent[axis])
    return fail(NDRT_ERR_ARGUMENT,
                "repeat: the counts add up to %lld and out has room for %lld; they must be equal",
                static_cast<long long>(total), static_cast<long long>(to.extent[axis]));
  if (to.elements() == 0)
    return NDRT_OK;
  Packed room;
  if (!room.make(from))
    return NDRT_ERR_MEMORY;
  int64_t groups = 1, bytes = itemBytes(from.type);
  for (int i = 0; i < from.rank; ++i)
    (i < axis ? groups : bytes) *= i == axis ? 1 : from.extent[i];
  repeatRows(from.data, to.data, groups, extent, starts.get(), bytes);
  return NDRT_OK;
}
