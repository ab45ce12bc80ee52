// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// LU factors with partial pivoting, recursive over column halves: Toledo, "Locality of reference in
// LU decomposition with partial pivoting", SIAM J. Matrix Anal. Appl. 18(4), 1997. Its products are
// ours, and so use the pool's threads.
#pragma once

#include <cstdint>

namespace ndrt {

/// Factors the column-major n x n \p a in place: row i was swapped with row pivots[i], for i = 0,
/// 1, ... Gives the index of the first pivot that is exactly zero, where it stops, or -1. NaN
/// counts as largest.
template <class T> int64_t luFactor(int64_t n, T *a, int64_t ld, int32_t *pivots) noexcept;

/// Applies the swaps to the rows of x, n x k, row-major.
template <class T>
void swapRows(int64_t n, const int32_t *pivots, int64_t k, T *x, int64_t ldx) noexcept;

} // namespace ndrt
