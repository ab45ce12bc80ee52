// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The shapes of matrix products, factorisations and solvers.
#ifndef ND_RULES_LINALG_H
#define ND_RULES_LINALG_H

#include "ir/rules/broadcast.h"

#include <algorithm>

namespace nd::rules {
namespace detail {

inline bool extents_agree(int64_t a, int64_t b) { return a == b || a == dynamic || b == dynamic; }

inline int64_t known_of(int64_t a, int64_t b) { return a == dynamic ? b : a; }

inline int64_t min_extent(int64_t a, int64_t b) {
  if (a == 0 || b == 0)
    return 0;
  return a == dynamic || b == dynamic ? dynamic : std::min(a, b);
}

inline result<void> check_matrix(const shape &s) {
  if (s.size() >= 2)
    return {};
  return fail(error_kind::shape, "the operand has shape " + to_string(s) +
                                     "; a matrix (..., m, n) of at least 2 dimensions is needed");
}

} // namespace detail

/// The shape of numpy.matmul: 1-D operands are a row on the left and a column on the right, whose
/// axis the result lacks; axes before the last two broadcast.
inline result<shape> matmul_shape(const shape &a, const shape &b) {
  if (a.empty() || b.empty())
    return fail(error_kind::shape, "operand " + std::string(a.empty() ? "0" : "1") +
                                       " has shape (); at least 1 dimension is needed, use "
                                       "multiply to scale by a number");
  const int64_t inner_a = a.back(), inner_b = b.size() == 1 ? b[0] : b[b.size() - 2];
  if (!detail::extents_agree(inner_a, inner_b)) {
    std::string text = "shapes " + to_string(a) + " and " + to_string(b) +
                       " do not multiply: axis -1 of the first is " + std::to_string(inner_a) +
                       " and axis -" + (b.size() == 1 ? "1" : "2") + " of the second is " +
                       std::to_string(inner_b);
    if (b.size() >= 2 && detail::extents_agree(inner_a, b.back()))
      text += "; transpose the second";
    else if (a.size() >= 2 && detail::extents_agree(a[a.size() - 2], inner_b))
      text += "; transpose the first";
    else
      text += "; the two must be equal";
    return fail(error_kind::shape, text);
  }
  shape out;
  if (a.size() > 2 || b.size() > 2) {
    shape lead_a(a.begin(), a.size() > 2 ? a.end() - 2 : a.begin());
    shape lead_b(b.begin(), b.size() > 2 ? b.end() - 2 : b.begin());
    result<shape> lead = broadcast(lead_a, lead_b);
    if (!lead)
      return fail(error_kind::shape, "shapes " + to_string(a) + " and " + to_string(b) +
                                         " do not multiply: their leading axes " +
                                         to_string(lead_a) + " and " + to_string(lead_b) +
                                         " do not broadcast; the sizes of an axis must be equal "
                                         "or 1");
    out = std::move(*lead);
  }
  if (a.size() >= 2)
    out.push_back(a[a.size() - 2]);
  if (b.size() >= 2)
    out.push_back(b.back());
  return out;
}

/// The shape of the conjugate transpose of a stack of matrices.
inline result<shape> adjoint_shape(shape s) {
  if (result<void> ok = detail::check_matrix(s); !ok)
    return std::unexpected(ok.error());
  std::swap(s[s.size() - 2], s.back());
  return s;
}

/// \p s if it is a stack of square matrices (inv, solve, det, cholesky).
inline result<shape> square_shape(const shape &s) {
  if (result<void> ok = detail::check_matrix(s); !ok)
    return std::unexpected(ok.error());
  int64_t rows = s[s.size() - 2], columns = s.back();
  if (!detail::extents_agree(rows, columns))
    return fail(error_kind::shape, "the last two axes of shape " + to_string(s) + " are " +
                                       std::to_string(rows) + " and " + std::to_string(columns) +
                                       "; they must be equal");
  shape out = s;
  out[s.size() - 2] = out.back() = detail::known_of(rows, columns);
  return out;
}

/// The shape of det: \p s without its last two, equal axes.
inline result<shape> det_shape(const shape &s) {
  result<shape> square = square_shape(s);
  if (square)
    square->resize(square->size() - 2);
  return square;
}

/// The shape of x in a x = b. As in NumPy 2 only a 1-D \p b is one vector; any other is a stack of
/// matrices (..., n, k).
inline result<shape> solve_shape(const shape &a, const shape &b) {
  result<shape> square = square_shape(a);
  if (!square)
    return square;
  if (b.empty())
    return fail(error_kind::shape, "the right-hand side has shape (); at least 1 dimension is "
                                   "needed");
  const bool vector = b.size() == 1;
  const int64_t n = square->back(), rows = vector ? b[0] : b[b.size() - 2];
  if (!detail::extents_agree(n, rows)) {
    std::string text = "the matrix of shape " + to_string(a) + " has " + std::to_string(n) +
                       " rows and the right-hand side of shape " + to_string(b) + " has " +
                       std::to_string(rows);
    if (!vector && b.back() == n)
      text += "; reshape the right-hand side so that axis -2 is " + std::to_string(n) + ", (..., " +
              std::to_string(n) + ", 1) for a stack of vectors";
    else
      text += "; they must be equal";
    return fail(error_kind::shape, text);
  }
  shape lead_a(a.begin(), a.end() - 2), lead_b(b.begin(), vector ? b.begin() : b.end() - 2);
  result<shape> out = broadcast(lead_a, lead_b);
  if (!out)
    return fail(error_kind::shape, "shapes " + to_string(a) + " and " + to_string(b) +
                                       ": the leading axes " + to_string(lead_a) + " and " +
                                       to_string(lead_b) +
                                       " do not broadcast; the sizes of an "
                                       "axis must be equal or 1");
  out->push_back(detail::known_of(n, rows));
  if (!vector)
    out->push_back(b.back());
  return out;
}

struct qr_result {
  shape Q, R;
};

/// The shapes of the reduced factors: Q (..., m, k) and R (..., k, n), k = min(m, n); \p complete:
/// Q (..., m, m) and R (..., m, n).
inline result<qr_result> qr_shapes(const shape &s, bool complete = false) {
  if (result<void> ok = detail::check_matrix(s); !ok)
    return std::unexpected(ok.error());
  const int64_t m = s[s.size() - 2], k = complete ? m : detail::min_extent(m, s.back());
  qr_result out{s, s};
  out.Q.back() = k;
  out.R[s.size() - 2] = k;
  return out;
}

struct qr_raw_result {
  shape h, tau;
};

/// The shapes of LAPACK's factors, transposed: h (..., n, m) and tau (..., min(m, n)).
inline result<qr_raw_result> qr_raw_shapes(const shape &s) {
  if (result<void> ok = detail::check_matrix(s); !ok)
    return std::unexpected(ok.error());
  const int64_t m = s[s.size() - 2], n = s.back();
  qr_raw_result out{s, s};
  out.h[s.size() - 2] = n;
  out.h.back() = m;
  out.tau.pop_back();
  out.tau.back() = detail::min_extent(m, n);
  return out;
}

struct svd_result {
  shape U, S, Vh;
};

/// The shapes of U (..., m, k), S (..., k) and Vh (..., k, n), k = min(m, n); \p full: U and Vh are
/// square.
inline result<svd_result> svd_shapes(const shape &s, bool full) {
  if (result<void> ok = detail::check_matrix(s); !ok)
    return std::unexpected(ok.error());
  const int64_t m = s[s.size() - 2], n = s.back(), k = detail::min_extent(m, n);
  svd_result out{s, s, s};
  out.U.back() = full ? m : k;
  out.S.pop_back();
  out.S.back() = k;
  out.Vh[s.size() - 2] = full ? n : k;
  return out;
}

struct lstsq_result {
  shape x, residuals, rank, s;
};

/// The shapes of numpy.linalg.lstsq for a (m, n) and b (m,) or (m, k). The residuals are (1,) or
/// (k,) where m > n and (0,) elsewhere; when the rank, known after the solve, is below n, NumPy
/// gives (0,) too.
inline result<lstsq_result> lstsq_shapes(const shape &a, const shape &b) {
  if (a.size() != 2)
    return fail(error_kind::shape,
                "the matrix has shape " + to_string(a) + "; exactly 2 dimensions are needed");
  if (b.size() != 1 && b.size() != 2)
    return fail(error_kind::shape,
                "the right-hand side has shape " + to_string(b) + "; 1 or 2 dimensions are needed");
  if (!detail::extents_agree(a[0], b[0]))
    return fail(error_kind::shape, "the matrix of shape " + to_string(a) + " has " +
                                       std::to_string(a[0]) +
                                       " rows and the right-hand side of shape " + to_string(b) +
                                       " has " + std::to_string(b[0]) + "; they must be equal");
  const int64_t m = detail::known_of(a[0], b[0]), n = a[1];
  int64_t columns = b.size() == 1 ? 1 : b[1];
  int64_t residuals = m == dynamic || n == dynamic ? dynamic : m > n ? columns : 0;
  lstsq_result out;
  out.x = b;
  out.x[0] = n;
  out.residuals = {residuals};
  out.s = {detail::min_extent(m, n)};
  return out;
}

} // namespace nd::rules

#endif // ND_RULES_LINALG_H
