// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Divide and conquer, as LAPACK takes it from mostUndivided rows on where vectors are asked for:
// Gu, Eisenstat, "A divide-and-conquer algorithm for the symmetric tridiagonal eigenproblem", SIAM
// J. Matrix Anal. Appl. 16(1), 1995, and "... for the bidiagonal SVD", 1995. Cuts, what counts as
// equal and the formulas of vectors are LAPACK's, so that these have its signs.
//
// Matrices have at most laneSide rows, so that one cut leaves parts that are not divided.
#pragma once

#include <cstdint>

namespace ndrt {

/// Eigenvalues of the symmetric tridiagonal matrix, ascending, and in the n x n columns of
/// \p vectors its vectors. False if they do not converge. \p e is overwritten.
bool divideTridiagonal(int64_t n, double *d, double *e, double *vectors) noexcept;

/// Singular values of the upper bidiagonal matrix, descending, and in the n x n columns of \p u and
/// \p v its vectors. False if they do not converge. \p e is overwritten.
bool divideBidiagonal(int64_t n, double *d, double *e, double *u, double *v) noexcept;

} // namespace ndrt
