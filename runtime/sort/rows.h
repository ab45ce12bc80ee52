// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the functions that order elements have in common: rows of the last axis, several at a time,
// and the checks of their results.
#pragma once

#include "select/packed.h"
#include "sort/order.h"

#include <algorithm>
#include <atomic>

namespace ndrt {

/// Elements from which a row is worth a thread of its own.
inline constexpr int64_t elementsPerPiece = 4096;

/// Calls each(row) for the rows of the last axis.
template <class Each> void forRows(const Strided &x, Each &&each) {
  const int64_t length = x.extent[x.rank - 1], rows = x.elements() / length;
  parallelFor(rows, std::max<int64_t>(1, elementsPerPiece / length),
              [&](int64_t begin, int64_t end) {
                for (int64_t row = begin; row < end; ++row)
                  each(row);
              });
}

inline ndrt_status checkShapes(const char *function, const Strided &x, const Strided &out) {
  bool fits = x.rank > 0 && x.rank == out.rank;
  for (int axis = 0; fits && axis < x.rank; ++axis)
    fits = x.extent[axis] == out.extent[axis];
  return fits
             ? NDRT_OK
             : misfit(function, {{"x", x}, {"out", out}}, "x must have an axis, and out its shape");
}

inline ndrt_status checkPositions(const char *function, const char *name, const Strided &x) {
  return isInt64(x.type) ? NDRT_OK : misfit(function, {{name, x}}, "positions must be int64");
}

/// Sorts a row of elements, equals in their order; false without memory.
template <class T> bool sortRow(T *first, int64_t length);
/// Those at \p from, which end at \p to; neither or both of which lie in one.
template <class T> bool sortRow(const T *from, T *to, int64_t length);

} // namespace ndrt
