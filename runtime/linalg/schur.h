// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Eigenvalues of small general matrices, one at a time, in double precision as in NumPy. Matrices
// are stored column by column.
#pragma once

#include "linalg/element.h"

namespace ndrt {

/// The eigenvalues of the n x n matrix \p a, n at most laneSide, and in the columns of \p vectors,
/// unless it is null, right eigenvectors of length one. \p a is overwritten. T is double or a
/// complex of doubles. False if they do not converge; finite ones do.
///
/// Balanced (Parlett, Reinsch, "Balancing a matrix for calculation of eigenvalues and
/// eigenvectors", Numer. Math. 13, 1969), brought to Hessenberg form by reflectors, then
/// schurForm(). The steps are LAPACK's, so that eigenvalues have its order and vectors its signs.
template <class T>
bool eigenOfSmall(int64_t n, T *a, std::complex<double> *values,
                  std::complex<double> *vectors) noexcept;

/// The eigenvalues of the Hessenberg matrix \p h, which is already triangular outside of rows
/// [low, high]. Unless \p z is null h becomes its Schur form, with a 2 x 2 block of equal diagonal
/// elements for each pair of conjugates of a real matrix, and the columns of z are turned with it.
///
/// QR with two shifts at once for real matrices and one for complex: Francis, "The QR
/// transformation", Comput. J. 4, 1961/62; what counts as zero: Ahues, Tisseur, "A new deflation
/// criterion for the QR algorithm", LAPACK Working Note 122, 1997.
template <class T>
bool schurForm(int64_t n, int64_t low, int64_t high, T *h, T *z,
               std::complex<double> *values) noexcept;

} // namespace ndrt
