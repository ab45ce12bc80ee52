// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "linalg/lanes.h"

namespace ndrt {

/// Are m x n matrices factored by nd's own code?
inline bool fitSvdLanes(int64_t m, int64_t n) { return std::max(m, n) <= laneSide; }

/// The thin factors of the matrices \p a to contiguous arrays of their shapes; \p function is named
/// where they do not converge. T is double or a complex of doubles.
template <class T>
ndrt_status thinSvd(const char *function, const Strided &a, const Strided &u, const Strided &s,
                    const Strided &vh);

} // namespace ndrt
