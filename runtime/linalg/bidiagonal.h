// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>

namespace ndrt {

/// The singular values of the upper or \p lower bidiagonal matrix with \p diagonal and \p beside it
/// (n - 1 elements), descending in the diagonal's place. The columns of \p u and \p v, if there
/// are, n of n elements each, column by column, at first the identity, get its vectors. False if
/// they do not converge, which finite ones do. \p beside is overwritten.
///
/// Up to mostUndivided rows, or without vectors, by QR steps, without a shift where a shift would
/// cost accuracy: Demmel, Kahan, "Accurate singular values of bidiagonal matrices", SIAM J. Sci.
/// Stat. Comput. 11(5), 1990. Steps, shifts and order are LAPACK's, so that the vectors have the
/// signs that it gives them.
bool diagonalizeBidiagonal(int64_t n, double *diagonal, double *beside, double *u, double *v,
                           bool lower) noexcept;

} // namespace ndrt
