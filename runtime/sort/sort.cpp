// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rows are sorted one by one, several at a time.
#include "select/packed.h"
#include "sort/order.h"

#include <algorithm>
#include <numeric>

namespace ndrt {
namespace {

/// Elements from which a row is worth a thread of its own.
constexpr int64_t elementsPerPiece = 4096;

/// Calls each(row) for the rows of the last axis.
template <class Each> void forRows(const Strided &x, Each &&each) {
  const int64_t length = x.extent[x.rank - 1], rows = x.elements() / length;
  parallelFor(rows, std::max<int64_t>(1, elementsPerPiece / length),
              [&](int64_t begin, int64_t end) {
                for (int64_t row = begin; row < end; ++row)
                  each(row);
              });
}

ndrt_status checkShapes(const char *function, const Strided &x, const Strided &out) {
  bool fits = x.rank > 0 && x.rank == out.rank;
  for (int axis = 0; fits && axis < x.rank; ++axis)
    fits = x.extent[axis] == out.extent[axis];
  return fits ? NDRT_OK
              : fail(NDRT_ERR_ARGUMENT, "%s: x has no axis, or out has another shape", function);
}

ndrt_status unknown(const char *function, DLDataType type) {
  return fail(NDRT_ERR_ARGUMENT, "%s: dtype code %d of %d bits is not supported", function,
              type.code, type.bits);
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_sort(const DLTensor *x, DLTensor *out) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(x, "sort", "x", from))
    return status;
  if (ndrt_status status = viewResult(out, "sort", "out", to))
    return status;
  if (!sameType(from.type, to.type))
    return fail(NDRT_ERR_ARGUMENT, "sort: x and out have different dtypes: cast first");
  if (ndrt_status status = checkShapes("sort", from, to))
    return status;
  if (to.elements() == 0)
    return NDRT_OK;
  copyElements(from, to);
  bool known = withElement(from.type, [&]<class T>(T) {
    const int64_t length = to.extent[to.rank - 1];
    forRows(to, [&](int64_t row) {
      T *first = reinterpret_cast<T *>(to.data) + row * length;
      std::stable_sort(first, first + length, [](const T &a, const T &b) { return before(a, b); });
    });
  });
  return known ? NDRT_OK : unknown("sort", from.type);
}

ndrt_status ndrt_argsort(const DLTensor *x, DLTensor *out) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(x, "argsort", "x", from))
    return status;
  if (ndrt_status status = viewResult(out, "argsort", "out", to))
    return status;
  if (to.type.code != kDLInt || to.type.bits != 64)
    return fail(NDRT_ERR_ARGUMENT, "argsort: out is not int64");
  if (ndrt_status status = checkShapes("argsort", from, to))
    return status;
  if (to.elements() == 0)
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
      std::stable_sort(first, first + length,
                       [values](int64_t a, int64_t b) { return before(values[a], values[b]); });
    });
  });
  return known ? NDRT_OK : unknown("argsort", from.type);
}
