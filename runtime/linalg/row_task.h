// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What goes on with the rows of a product as soon as they are finished, while they are in cache.
#pragma once

#include "linalg/parallel.h"

#include <algorithm>

namespace ndrt {

struct RowTask {
  ndrt_task task = nullptr;
  void *context = nullptr;
  int64_t unit = 1;  ///< what the task counts per row
  int64_t first = 0; ///< the row of the whole result that is row 0 here

  explicit operator bool() const { return task; }

  /// The same of a result that begins at \p row of this one.
  RowTask from(int64_t row) const { return {task, context, unit, first + row}; }

  /// Goes on with rows [begin, end); others may be going on with others.
  void operator()(int64_t begin, int64_t end) const {
    if (task)
      task(context, (first + begin) * unit, (first + end) * unit);
  }

  /// Goes on with all of them, shared among the threads.
  void all(int64_t rows, int64_t columns) const {
    constexpr int64_t elements = 32768;
    if (task)
      parallelFor(rows, std::max<int64_t>(1, elements / std::max<int64_t>(1, columns)),
                  [&](int64_t begin, int64_t end) { (*this)(begin, end); });
  }
};

} // namespace ndrt
