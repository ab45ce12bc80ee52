// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products of arrays, and linear algebra.
#ifndef ND_LINALG_H
#define ND_LINALG_H

#include <nd/array.h>

namespace ND_API nd {

/// Matrix product over the last two axes; leading axes broadcast (numpy.matmul).
///
/// Shape   (..., m, k) x (..., k, n) -> (..., m, n); a 1-D operand is a row on the left, a column
/// on the right. Throws  shape_error for 0-d operands and sizes that differ.
array matmul(const operand &x1, const operand &x2);
/// Product over the last axis of \p a and the second last of \p b (numpy.dot); 0-d operands
/// multiply.
array dot(const operand &a, const operand &b);
/// Sum over all elements of a * b, both taken as vectors (numpy.vdot).
array vdot(const operand &a, const operand &b);
/// Product over the last axes of both (numpy.inner); 0-d operands multiply.
array inner(const operand &a, const operand &b);
/// All products of an element of \p a and one of \p b, both taken as vectors (numpy.outer).
array outer(const operand &a, const operand &b);
/// Sum along the \p offset-th diagonal of two axes (numpy.trace).
array trace(const operand &a, int64_t offset = 0, int64_t axis1 = 0, int64_t axis2 = 1,
            std::optional<dtype> type = {});

namespace linalg {

/// The factors of a = Q R.
struct qr_result {
  array Q, R;
};

/// The least-squares solution and what goes with it.
struct lstsq_result {
  array x;         ///< (n,) or (n, k)
  array residuals; ///< sums of squares, (1,) or (k,); (0,) where m <= n; nan where the rank is
                   ///< below n
  array rank;      ///< 0-d int64
  array s;         ///< singular values, largest first
};

// Integers compute as float64. Leading axes are a batch. A singular matrix is found when the
// program runs: linalg_error from the call that reads the result.

/// Inverse of square matrices (numpy.linalg.inv).
array inv(const operand &a);
/// Determinant of square matrices (numpy.linalg.det).
array det(const operand &a);
/// x of a @ x = b (numpy.linalg.solve); only a 1-D \p b is a vector.
array solve(const operand &a, const operand &b);
/// Reduced QR decomposition (numpy.linalg.qr).
qr_result qr(const operand &a);
/// Least squares by singular values (numpy.linalg.lstsq); those below rcond * s[0] count as zero.
/// A negative \p rcond stands for eps * max(m, n).
lstsq_result lstsq(const operand &a, const operand &b, double rcond = -1);

} // namespace linalg
} // namespace nd

#endif // ND_LINALG_H
