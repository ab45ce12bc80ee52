// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products of arrays, and linear algebra.
#ifndef ND_LINALG_H
#define ND_LINALG_H

#include <nd/array.h>
#include <nd/contraction.h>
#include <nd/manipulation.h>
#include <nd/reductions.h>

#include <string_view>
#include <type_traits>

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

// Integers compute as float64, float16 and bfloat16 throw dtype_error. The last two axes are
// matrices, those before them a batch. What depends on values is found when the program runs: the
// call that reads the result throws linalg_error, which names the function, the matrix within the
// batch and the line that called the function.

/// Inverse of square matrices (numpy.linalg.inv).
///
/// Throws  linalg_error for a singular matrix, naming the pivot that is zero.
array inv(const operand &a);
/// Determinant of square matrices (numpy.linalg.det); that of a singular one is 0.
array det(const operand &a);
/// The determinant as its sign, of complex matrices a number of size 1, and its logarithm.
struct slogdet_result {
  array sign, logabsdet;
};
/// Sign and logarithm of the magnitude of the determinant (numpy.linalg.slogdet), which cannot
/// leave the range; 0 and -inf for a singular matrix.
slogdet_result slogdet(const operand &a);
/// x of a @ x = b (numpy.linalg.solve).
///
/// Shape   a (..., n, n); b (n,) or (..., n, k), leading axes broadcast; only a 1-D \p b is a vector.
/// Throws  linalg_error for a singular matrix.
/// Cost    one factorisation of each matrix; cheaper and more accurate than inv(a) @ b.
array solve(const operand &a, const operand &b);
/// What cholesky takes by name.
struct cholesky_options {
  detail::designated only_by_name = detail::designated();
  bool upper = false; ///< U of a = U^H U, from the upper triangle
};
/// Lower triangular L of a = L L^H for positive definite matrices (numpy.linalg.cholesky), of which
/// only that triangle is looked at.
///
/// Throws  linalg_error naming the leading minor that is not positive.
array cholesky(const operand &a, const cholesky_options &options = {});

/// The factors of a = Q R.
struct qr_result {
  array Q, R;
};
/// Orthonormal Q and upper triangular R (numpy.linalg.qr).
///
/// Shape   a (..., m, n), k = min(m, n): Q (..., m, k) and R (..., k, n) for \p mode "reduced"; Q
///         (..., m, m) and R (..., m, n) for "complete". qr_r and qr_raw are NumPy's "r" and "raw".
qr_result qr(const operand &a, std::string_view mode = "reduced");
/// R of the reduced factors alone (numpy.linalg.qr with mode "r").
array qr_r(const operand &a);
/// LAPACK's form of the factors.
struct qr_raw_result {
  array h, tau;
};
/// The factors as LAPACK leaves them (numpy.linalg.qr with mode "raw"): \p h (..., n, m), the
/// transpose of R above and reflectors below the diagonal, and their factors tau (..., k).
qr_raw_result qr_raw(const operand &a);

/// The least-squares solution and what goes with it.
struct lstsq_result {
  array x;         ///< (n,) or (n, k)
  array residuals; ///< sums of squares, (1,) or (k,); (0,) where m <= n or the rank is below n
  array rank;      ///< 0-d int64
  array s;         ///< singular values, largest first
};
/// Least squares by singular values (numpy.linalg.lstsq), of least norm where there are many.
///
/// Shape   a (m, n); b (m,) or (m, k).
/// Values  singular values below rcond * s[0] count as zero; without \p rcond that is eps * max(m,
///         n), a negative one stands for eps. Inside nd::jit, where the rank is not known,
///         residuals of a rank below n are nan and not empty.
/// Throws  linalg_error where singular values do not converge, as with nan or infinity.
lstsq_result lstsq(const operand &a, const operand &b, std::optional<double> rcond = {});

/// Eigenvalues w and, in columns, eigenvectors v: a @ v = v * w.
struct eig_result {
  array eigenvalues, eigenvectors;
};
/// Eigenvalues and right eigenvectors of length 1 of square matrices (numpy.linalg.eig).
///
/// Dtype   complex; for real matrices whose eigenvalues are all real, real ones, as in NumPy: that
///         takes a look at them, so the call evaluates. Inside nd::jit it is always complex.
/// Values  in NumPy's order; vectors have its signs where rounding does not decide these, which it
///         does for one complex pair in a few dozen. Up to 32 rows are worked on in double
///         precision.
/// Throws  linalg_error where they do not converge, as with nan or infinity.
eig_result eig(const operand &a);
/// The eigenvalues alone (numpy.linalg.eigvals).
array eigvals(const operand &a);
/// Ascending real eigenvalues and orthonormal eigenvectors of symmetric or Hermitian matrices
/// (numpy.linalg.eigh), of which only the triangle \p UPLO, "L" or "U", is looked at.
///
/// Values  the vectors have the signs that they have in NumPy, but where rounding decides these.
///         Up to 32 rows are worked on in double precision, as NumPy does with all; of float32
///         above that a few signs differ.
/// Throws  linalg_error where they do not converge, as with nan or infinity.
eig_result eigh(const operand &a, std::string_view UPLO = "L");
/// The eigenvalues alone (numpy.linalg.eigvalsh).
array eigvalsh(const operand &a, std::string_view UPLO = "L");

/// The factors of a = U diag(S) Vh.
struct svd_result {
  array U, S, Vh;
};
/// What functions of singular values take by name.
struct svd_options {
  detail::designated only_by_name = detail::designated();
  bool hermitian = false; ///< the matrix is, so that eigenvalues do
};
/// Singular value decomposition (numpy.linalg.svd); svdvals is NumPy's compute_uv=False.
///
/// Shape   a (..., m, n), k = min(m, n): S (..., k), largest first; U (..., m, m) and Vh (..., n, n),
///         or (..., m, k) and (..., k, n) unless \p full_matrices.
/// Values  as those of eigh.
/// Throws  linalg_error where they do not converge, as with nan or infinity.
svd_result svd(const operand &a, bool full_matrices = true, const svd_options &options = {});
/// The singular values alone (numpy.linalg.svdvals).
array svdvals(const operand &x, const svd_options &options = {});

/// What pinv and matrix_rank take by name.
struct rank_options {
  detail::designated only_by_name = detail::designated();
  bool hermitian = false;          ///< the matrix is, so that eigenvalues do
  std::optional<double> rtol = {}; ///< relative to the largest singular value
};
/// Moore and Penrose's inverse (numpy.linalg.pinv): singular values up to rcond times the largest
/// one count as zero; 1e-15 if neither rcond nor the option rtol is given.
array pinv(const operand &a, const operand &rcond, const rank_options &options = {});
array pinv(const operand &a, const rank_options &options = {});
/// The number of singular values above \p tol (numpy.linalg.matrix_rank); without it above rtol, or
/// max(m, n) * eps, times the largest. An array of fewer than 2 axes has 1 unless it is all zeros.
array matrix_rank(const operand &A, const operand &tol, const rank_options &options = {});
array matrix_rank(const operand &A, const rank_options &options = {});

/// Which norm: a number, "fro", "nuc" or, by default, the root of the sum of squares.
class norm_order {
public:
  norm_order() = default;
  template <class T>
  requires std::is_arithmetic_v<T> norm_order(T p)
      : kind_(kind::number), p_(static_cast<double>(p)) {}
  norm_order(const char *name) : norm_order(std::string_view(name)) {}
  norm_order(std::string_view name)
      : kind_(name == "fro" || name == "f" ? kind::frobenius
              : name == "nuc"              ? kind::nuclear
                                           : kind::unknown),
        name_(name) {}

  enum class kind : uint8_t { root, number, frobenius, nuclear, unknown };
  kind which() const { return kind_; }
  double p() const { return p_; }
  bool is(double p) const { return kind_ == kind::number && p_ == p; }
  std::string_view name() const { return name_; } ///< where it is one

private:
  kind kind_ = kind::root;
  double p_ = 2;
  std::string_view name_ = {};
};
/// What norms take by name.
struct norm_options {
  detail::designated only_by_name = detail::designated();
  bool keepdims = false; ///< reduced axes stay with extent 1
};
/// Norm of vectors or matrices (numpy.linalg.norm).
///
/// Axes    one for vectors, two for matrices; without them a 1-D array is a vector, a 2-D one a
///         matrix, and without an order any array is flattened.
/// Orders  of vectors: p, infinities (largest and smallest magnitude), 0 (count of non-zeros). Of
///         matrices: "fro", "nuc", infinities (sums of rows), 1 and -1 (of columns), 2 and -2
///         (singular values).
/// Throws  value_error for other orders and for more than two axes.
array norm(const operand &x, const norm_order &ord = {}, const axes &axis = {},
           const norm_options &options = {});
/// Norm over the last two axes (numpy.linalg.matrix_norm).
array matrix_norm(const operand &x, const norm_order &ord = "fro",
                  const norm_options &options = {});
/// Norm over axes, all of them by default, as if they were one vector (numpy.linalg.vector_norm).
array vector_norm(const operand &x, const axes &axis = {}, const norm_order &ord = 2,
                  const norm_options &options = {});
/// Condition number (numpy.linalg.cond): norm(x, p) * norm(inv(x), p); without \p p and for 2 and
/// -2 by singular values. inf for singular matrices.
array cond(const operand &x, const norm_order &p = {});

/// The product of \p n square matrices \p a (numpy.linalg.matrix_power), of their inverses for a
/// negative n, by repeated squaring.
array matrix_power(const operand &a, int64_t n);
/// The product of two or more arrays in the order that takes the fewest operations
/// (numpy.linalg.multi_dot); the first and the last may be vectors, the others are matrices.
array multi_dot(const array_list &arrays);
/// x such that tensordot(a, x, x.ndim()) is b (numpy.linalg.tensorsolve); \p axes of a move to the
/// end first.
array tensorsolve(const operand &a, const operand &b, const axes &axes = {});
/// The inverse of tensordot(a, ..., ind) (numpy.linalg.tensorinv).
array tensorinv(const operand &a, int64_t ind = 2);

// The functions that the array API standard has in this namespace too.

using nd::matmul;
using nd::matrix_transpose;
using nd::tensordot;
using nd::vecdot;
/// All products of an element of \p x1 and one of \p x2, 1-D both (numpy.linalg.outer).
array outer(const operand &x1, const operand &x2);
/// Vector product of vectors of 3 components along an axis (numpy.linalg.cross).
array cross(const operand &x1, const operand &x2, int64_t axis = -1);
/// The \p offset-th diagonal of the last two axes (numpy.linalg.diagonal); a read-only view.
array diagonal(const operand &x, int64_t offset = 0);
/// The sum of it (numpy.linalg.trace).
array trace(const operand &x, int64_t offset = 0, std::optional<dtype> type = {});

} // namespace linalg
} // namespace nd

#endif // ND_LINALG_H
