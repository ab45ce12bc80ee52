// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Along the last axis lane after lane; along others row after row, so that neighbours in memory
// advance together.
#include "linalg/parallel.h"
#include "select/combine.h"
#include "select/packed.h"

#include <algorithm>
#include <type_traits>

namespace ndrt {
namespace {

constexpr int64_t elementsPerPiece = 1 << 14;

struct Lanes {
  const std::byte *x;
  std::byte *out;
  int64_t outer, extent, inner;
};

template <class T, class Combine> void accumulateAs(const Lanes &s, Combine combine) {
  const T *x = reinterpret_cast<const T *>(s.x);
  T *out = reinterpret_cast<T *>(s.out);
  const int64_t slab = s.extent * s.inner;
  if (s.inner == 1) {
    parallelFor(s.outer, std::max<int64_t>(1, elementsPerPiece / s.extent),
                [&](int64_t begin, int64_t end) {
                  for (int64_t lane = begin; lane < end; ++lane) {
                    const T *from = x + lane * slab;
                    T *to = out + lane * slab;
                    T sum = to[0] = from[0];
                    for (int64_t i = 1; i < s.extent; ++i)
                      to[i] = sum = combine(sum, from[i]);
                  }
                });
    return;
  }
  // Pieces of the inner extent: 4 KiB of a row at least.
  const int64_t width = std::min<int64_t>(s.inner, std::max<int64_t>(1, 4096 / int64_t(sizeof(T))));
  const int64_t pieces = ceilDiv(s.inner, width);
  parallelFor(s.outer * pieces, std::max<int64_t>(1, elementsPerPiece / (s.extent * width)),
              [&](int64_t begin, int64_t end) {
                for (int64_t piece = begin; piece < end; ++piece) {
                  const int64_t first = piece % pieces * width;
                  const int64_t count = std::min(width, s.inner - first);
                  const T *from = x + piece / pieces * slab + first;
                  T *to = out + piece / pieces * slab + first;
                  std::copy_n(from, count, to);
                  for (int64_t row = 1; row < s.extent; ++row) {
                    from += s.inner;
                    for (int64_t i = 0; i < count; ++i)
                      to[i + s.inner] = combine(to[i], from[i]);
                    to += s.inner;
                  }
                }
              });
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_accumulate(const DLTensor *x, DLTensor *out, int64_t axis, int32_t mode) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(x, "accumulate", "x", from))
    return status;
  if (ndrt_status status = viewResult(out, "accumulate", "out", to))
    return status;
  bool fits = axis >= 0 && axis < from.rank && to.rank == from.rank;
  for (int i = 0; fits && i < from.rank; ++i)
    fits = from.extent[i] == to.extent[i];
  if (!fits)
    return axis < 0 || axis >= from.rank
               ? fail(NDRT_ERR_ARGUMENT, "accumulate: axis %lld is out of bounds for %d axes",
                      static_cast<long long>(axis), from.rank)
               : misfit("accumulate", {{"x", from}, {"out", to}}, "their shapes must be equal");
  if (!sameType(from.type, to.type))
    return misfit("accumulate", {{"x", from}, {"out", to}},
                  "their dtypes must be equal, cast x first");
  if (to.elements() == 0)
    return NDRT_OK;
  Lanes lanes{from.data, to.data, 1, to.extent[axis], 1};
  for (int i = 0; i < to.rank; ++i)
    if (i != axis)
      (i < axis ? lanes.outer : lanes.inner) *= to.extent[i];
  if (!from.contiguous()) { // brought into order where the result will be
    copyElements(from, to);
    lanes.x = to.data;
  }
  auto apply = [&]<class T>(T, auto combine) { accumulateAs<T>(lanes, combine); };
  return withCombination(to.type, mode, apply)
             ? NDRT_OK
             : misfit(
                   "accumulate", {{"x", from}},
                   "this mode is none of NDRT_ADD, NDRT_MULTIPLY, NDRT_MINIMUM and NDRT_MAXIMUM, "
                   "or not for this dtype");
}
