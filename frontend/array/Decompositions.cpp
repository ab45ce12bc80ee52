// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Matrix decompositions and what is solved with them.
#include "frontend/array/Decompositions.h"

#include "nd/creation.h"
#include "nd/manipulation.h"
#include "nd/selection.h"

namespace nd::linalg {
namespace {

using detail::term;

/// Whether \p UPLO names the upper triangle.
bool is_upper(std::string_view UPLO, const char *what, const site &where) {
  if (UPLO == "U" || UPLO == "u")
    return true;
  if (UPLO != "L" && UPLO != "l")
    detail::raise(rules::error_kind::value, what,
                  "UPLO is '" + std::string(UPLO) + "'; use 'L' or 'U'", where);
  return false;
}

/// Whether complex numbers can be given as real ones, as NumPy does where all of them are.
bool turns_real(const array &matrix, const array &values, const site &where) {
  if (rules::is_complex(matrix.dtype()) || !detail::known(values))
    return false;
  const term parts = imag(term(values, where));
  return !detail::any_of(parts != scalar(0));
}

array real_part(const array &x, const site &where) { return real(term(x, where)).value(); }

/// The order of magnitudes, largest first.
term descending(const term &values) {
  return values.with(flip(operand(argsort(values.on()), values.where()), -1));
}

} // namespace

array inv(const operand &x) {
  array a = detail::as_array(x);
  return detail::record("nd.inv", {&a}, {}, x.where());
}

array det(const operand &x) {
  array a = detail::as_array(x);
  return detail::record("nd.det", {&a}, {}, x.where());
}

slogdet_result slogdet(const operand &x) {
  array a = detail::as_array(x), results[2];
  detail::record("nd.slogdet", {&a}, {}, results, x.where());
  return {results[0], results[1]};
}

array solve(const operand &x1, const operand &x2) {
  array a = detail::as_array(x1), b = detail::as_array(x2);
  return detail::record("nd.solve", {&a, &b}, {}, x1.where());
}

array cholesky(const operand &x, const cholesky_options &options) {
  array a = detail::as_array(x);
  return detail::record("nd.cholesky", {&a}, {{"upper", options.upper}}, x.where());
}

qr_result qr(const operand &x, std::string_view mode) {
  if (mode != "reduced" && mode != "complete")
    detail::raise(rules::error_kind::value, "linalg.qr",
                  "the mode is '" + std::string(mode) +
                      "'; use 'reduced' or 'complete', or qr_r and qr_raw for 'r' and 'raw'",
                  x.where());
  array a = detail::as_array(x), results[2];
  detail::record("nd.qr", {&a}, {{"complete", mode == "complete"}}, results, x.where());
  return {results[0], results[1]};
}

qr_raw_result qr_raw(const operand &x) {
  array a = detail::as_array(x), results[2];
  detail::record("nd.qr_raw", {&a}, {}, results, x.where());
  return {results[0], results[1]};
}

array qr_r(const operand &x) {
  const site &where = x.where();
  array turned = qr_raw(x).h, factors = matrix_transpose(operand(turned, where));
  const size_t rows = factors.shape().size() - 2;
  const int64_t m = factors.shape()[rows], n = factors.shape()[rows + 1];
  if (m > n)
    factors = detail::sliced_along(factors, rows, 0, n, 1, where);
  return triu(operand(factors, where));
}

lstsq_result lstsq(const operand &x1, const operand &x2, std::optional<double> rcond) {
  const site &where = x1.where();
  array a = detail::as_array(x1), b = detail::as_array(x2), results[4];
  double least = rcond.value_or(-1); // the library's own, for the larger side
  if (rcond && *rcond < 0)
    least = detail::epsilon_of(rules::promote(a.dtype(), b.dtype()));
  detail::record("nd.lstsq", {&a, &b}, {{"rcond", least}}, results, where);
  lstsq_result out{results[0], results[1], results[2], results[3]};
  if (detail::known(out.rank) && out.residuals.size() != 0) {
    const int64_t n = a.shape()[1];
    if (detail::any_of(term(out.rank, where) < scalar(n)))
      out.residuals = detail::record_full(0, out.residuals.dtype(), {0}, where);
  }
  return out;
}

eig_result eig(const operand &x) {
  array a = detail::as_array(x), results[2];
  detail::record("nd.eig", {&a}, {}, results, x.where());
  if (turns_real(a, results[0], x.where()))
    return {real_part(results[0], x.where()), real_part(results[1], x.where())};
  return {results[0], results[1]};
}

array eigvals(const operand &x) {
  array a = detail::as_array(x);
  array values = detail::record("nd.eigvals", {&a}, {}, x.where());
  return turns_real(a, values, x.where()) ? real_part(values, x.where()) : values;
}

eig_result eigh(const operand &x, std::string_view UPLO) {
  array a = detail::as_array(x), results[2];
  detail::record("nd.eigh", {&a}, {{"upper", is_upper(UPLO, "linalg.eigh", x.where())}}, results,
                 x.where());
  return {results[0], results[1]};
}

array eigvalsh(const operand &x, std::string_view UPLO) {
  array a = detail::as_array(x);
  return detail::record("nd.eigvalsh", {&a},
                        {{"upper", is_upper(UPLO, "linalg.eigvalsh", x.where())}}, x.where());
}

svd_result svd(const operand &x, bool full_matrices, const svd_options &options) {
  const site &where = x.where();
  if (!options.hermitian) {
    array a = detail::as_array(x), results[3];
    detail::record("nd.svd", {&a}, {{"full_matrices", full_matrices}}, results, where);
    return {results[0], results[1], results[2]};
  }
  // The signs of the eigenvalues go to the vectors on the right.
  const eig_result parts = eigh(x);
  const term values(parts.eigenvalues, where), sizes = values.with(absolute(values.on()));
  const term order = descending(sizes);
  auto sorted = [&](const term &t, const term &by) {
    return t.with(take_along_axis(t.on(), by.on(), -1));
  };
  detail::extents wide = order.shape();
  wide.insert(wide.end() - 1, 1);
  const term u = sorted(values.with(parts.eigenvectors), order.reshape(nd::shape(wide)));
  const term signs = values.with(sign(sorted(values, order).on())).reshape(nd::shape(wide));
  const term v = conjugate(u * signs.as(u.dtype()));
  return {u.value(), sorted(sizes, order).value(), matrix_transpose(v.on())};
}

array svdvals(const operand &x, const svd_options &options) {
  const site &where = x.where();
  if (options.hermitian) {
    const term values(eigvalsh(x), where);
    array sizes = sort(operand(absolute(values.on()), where));
    return flip(operand(sizes, where), -1);
  }
  array a = detail::as_array(x);
  return detail::record("nd.svdvals", {&a}, {}, where);
}

array pinv(const operand &x, const operand &rcond, const rank_options &options) {
  const site &where = x.where();
  array given = detail::as_array(x);
  detail::check_matrix(given, "linalg.pinv", where);
  const term a = conjugate(term(given, where));
  const size_t rows = a.shape().size() - 2;
  if (a.size() == 0) {
    nd::shape turned = a.shape();
    std::swap(turned[rows], turned[rows + 1]);
    return detail::record_full(0, rules::inexact_result(a.dtype()), turned, where);
  }
  const svd_result parts = svd(a.on(), false, {.hermitian = options.hermitian});
  const term s(parts.S, where);
  term limit = detail::term_of(rcond).as(s.dtype());
  nd::shape column = limit.shape();
  column.push_back(1);
  limit = limit.reshape(column);
  const term largest = s.with(max(s.on(), -1, {.keepdims = true}));
  const term large = s > limit * largest;
  const term inverse = detail::selected(large, scalar(1.0) / s, 0);
  nd::shape stretched = s.shape();
  stretched.push_back(1);
  const term scaled =
      inverse.reshape(stretched) * s.with(matrix_transpose(operand(parts.U, where)));
  return matmul(operand(matrix_transpose(operand(parts.Vh, where)), where), scaled.on());
}

array pinv(const operand &x, const rank_options &options) {
  return pinv(x, operand(options.rtol.value_or(1e-15), x.where()), options);
}

namespace {

/// The rank by what is above a limit, which \p limit_of makes of the singular values.
template <class Limit>
array rank_above(const operand &x, const rank_options &options, Limit limit_of) {
  const site &where = x.where();
  array a = detail::as_array(x);
  if (a.ndim() < 2)
    return nd::any(not_equal(operand(a, where), operand(0, where))).astype(int64);
  const term s(svdvals(operand(a, where), {.hermitian = options.hermitian}), where);
  return count_nonzero((s > limit_of(a, s)).on(), -1);
}

} // namespace

array matrix_rank(const operand &x, const operand &tol, const rank_options &options) {
  return rank_above(x, options, [&](const array &, const term &s) {
    const term limit = detail::term_of(tol);
    nd::shape column = limit.shape();
    column.push_back(1);
    return s.with(limit.reshape(column));
  });
}

array matrix_rank(const operand &x, const rank_options &options) {
  return rank_above(x, options, [&](const array &a, const term &s) {
    const size_t rows = a.shape().size() - 2;
    const double side = double(std::max(a.shape()[rows], a.shape()[rows + 1]));
    const double rtol = options.rtol.value_or(side * detail::epsilon_of(s.dtype()));
    return s.with(max(s.on(), -1, {.keepdims = true, .initial = 0})) * scalar(rtol);
  });
}

} // namespace nd::linalg
