// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>

namespace ndrt {

/// The eigenvalues of the symmetric tridiagonal matrix with \p diagonal and \p beside it (n - 1
/// elements), ascending in the diagonal's place. The columns of \p vectors, if there are, get
/// its vectors: n of n elements, column by column, at first the identity. False if they do not
/// converge, which finite ones do. \p beside is overwritten.
///
/// Up to mostUndivided rows by QL, or QR where the small end is below, with Wilkinson's shift:
/// Dubrulle, Martin, Wilkinson, "The implicit QL algorithm", Numer. Math. 12, 1968. Rotations,
/// shifts, ends of blocks and order are LAPACK's, so that the vectors have the signs that it gives
/// them.
bool diagonalizeTridiagonal(int64_t n, double *diagonal, double *beside, double *vectors) noexcept;

} // namespace ndrt
