// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/polynomials.h"

#include "frontend/array/Decompositions.h"
#include "frontend/array/Trim.h"
#include "ir/rules/promote.h"
#include "nd/calculus.h"
#include "nd/creation.h"
#include "nd/linalg.h"
#include "nd/manipulation.h"
#include "nd/selection.h"

#include <algorithm>
#include <complex>

namespace nd {
namespace {

using detail::given;
using detail::term;
using detail::term_of;

using coefficient = std::complex<double>;

/// Coefficients: at least 1-D.
term coefficients(const operand &p, const char *what) {
  term c = term_of(p);
  if (c.ndim() > 1)
    detail::raise(rules::error_kind::value, what,
                  "the coefficients have shape " + to_string(c.shape()) + "; 1 dimension is needed",
                  c.where());
  return c.ndim() ? c : c.reshape({1});
}

term zeros_beside(const term &c, int64_t count) {
  return c.with(detail::record_full(0, c.dtype(), {count}, c.where()));
}

/// Joined as vectors, of the promoted dtype.
term joined(std::initializer_list<array> parts, const site &here) {
  return {detail::joined(std::span(parts.begin(), parts.size()), 0, here), here};
}

/// A least-squares fit before it is unscaled.
struct fit {
  const site &here;
  int64_t order;
  double rcond;
  term x, y, lhs, scale;
  linalg::lstsq_result solved;
  term p;

  fit(const char *what, const operand &points, const operand &values, int64_t deg,
      const polyfit_options &o)
      : here(points.where()), order(deg + 1), rcond(0), x(term_of(points)),
        y(detail::as_array(values), here), lhs(x), scale(x), p(x) {
    auto raise = [&](rules::error_kind kind, const std::string &text) {
      detail::raise(kind, what, text, here);
    };
    if (deg < 0)
      raise(rules::error_kind::value,
            "the degree is " + std::to_string(deg) + "; it must be 0 or more");
    if (x.ndim() != 1 || x.size() == 0 || y.ndim() < 1 || y.ndim() > 2 || y.shape()[0] != x.size())
      raise(rules::error_kind::shape,
            "x has shape " + to_string(x.shape()) + " and y " + to_string(y.shape()) +
                "; give a vector that is not empty, and one value, or row of values, for each");
    x = x + 0.0, y = y + 0.0;
    rcond = o.rcond.value_or(double(x.size()) * detail::epsilon_of(x.dtype()));
    lhs = x.with(vander(x.on(), order));
    term rhs = y;
    if (given(o.w)) {
      term w = term(o.w, here) + 0.0;
      if (w.ndim() != 1 || w.size() != x.size())
        raise(rules::error_kind::shape, "w has shape " + to_string(w.shape()) + " for " +
                                            std::to_string(x.size()) +
                                            " points; give one for each");
      term column = w.reshape({w.size(), 1});
      lhs = (lhs * column).as(lhs.dtype());
      rhs = (rhs * (rhs.ndim() == 2 ? column : w)).as(rhs.dtype());
    }
    scale = sqrt((lhs * lhs).sum(0));
    lhs = lhs / scale;
    solved = linalg::lstsq(lhs.on(), rhs.on(), rcond);
    p = x.with(solved.x) / (rhs.ndim() == 2 ? scale.reshape({order, 1}) : scale);
  }
};

} // namespace

namespace detail {

int64_t leading_zeros(const term &c) {
  std::vector<coefficient> values = c.value().to_vector<coefficient>(c.where());
  return std::find_if(values.begin(), values.end(), [](coefficient z) { return z != 0.0; }) -
         values.begin();
}

term trimmed(const term &c) {
  if (!known(c))
    return c;
  const int64_t zeros = leading_zeros(c), n = c.size();
  if (zeros == n)
    return n == 1 ? c : c.with(record_full(0, c.dtype(), {1}, c.where()));
  return zeros ? c.part(0, zeros, n - zeros) : c;
}

} // namespace detail

array polyfit(const operand &x, const operand &y, int64_t deg, const polyfit_options &options) {
  return fit("polyfit", x, y, deg, options).p;
}

polyfit_full_result polyfit_full(const operand &x, const operand &y, int64_t deg,
                                 const polyfit_options &options) {
  fit f("polyfit_full", x, y, deg, options);
  return {f.p, f.solved.residuals, f.solved.rank, f.solved.s,
          detail::number(f.rcond, float64, f.here)};
}

polyfit_cov_result polyfit_cov(const operand &x, const operand &y, int64_t deg,
                               const polyfit_options &options) {
  fit f("polyfit_cov", x, y, deg, options);
  const int64_t freedom = f.x.size() - f.order;
  if (!options.unscaled && freedom <= 0)
    detail::raise(rules::error_kind::value, "polyfit_cov",
                  "there are " + std::to_string(f.x.size()) + " points for " +
                      std::to_string(f.order) +
                      " coefficients; give more points, or .unscaled = true",
                  f.here);
  term lhs = f.lhs;
  term product = lhs.with(matmul(operand(transpose(lhs.on()), f.here), lhs.on()));
  term v = lhs.with(linalg::inv(product.on())) / (f.scale.reshape({f.order, 1}) * f.scale);
  if (f.y.ndim() == 2)
    v = v.reshape({f.order, f.order, 1});
  if (!options.unscaled)
    v = v * (lhs.with(f.solved.residuals) / double(freedom));
  return {f.p, v};
}

array polyval(const operand &coeffs, const operand &points) {
  term p = coefficients(coeffs, "polyval");
  // A scalar takes its dtype from the coefficients.
  term x =
      points.is_scalar()
          ? detail::number(points.value(),
                           rules::promote_weak(p.dtype(), detail::weak_kind_of(points.value())),
                           p.where())
          : term(detail::as_array(points), p.where());
  term y = x.with(detail::record_full(0, x.dtype(), {}, x.where()));
  y = y.with(detail::stretched(y, x.shape(), "polyval", x.where()));
  for (int64_t i = 0; i < p.size(); ++i)
    y = y * x + p.at(0, i);
  return y;
}

array roots(const operand &coeffs) {
  term p = coefficients(coeffs, "roots");
  const site &here = p.where();
  if (!rules::is_inexact(p.dtype()))
    p = p.as(float64);
  const bool is_known = detail::known(p);
  int64_t behind = 0; // zeros at the end are zeros of the polynomial
  if (is_known) {
    std::vector<coefficient> values = p.value().to_vector<coefficient>(here);
    auto zero = [](coefficient z) { return z == 0.0; };
    const int64_t front = std::find_if_not(values.begin(), values.end(), zero) - values.begin();
    if (front == p.size())
      return detail::record_full(0, float64, {0}, here);
    behind = std::find_if_not(values.rbegin(), values.rend(), zero) - values.rbegin();
    p = p.part(0, front, p.size() - front - behind);
  }
  const int64_t n = p.size() - 1; // of the companion matrix
  term out = p.with(detail::record_full(0, p.dtype(), {0}, here));
  if (n < 1 && !is_known)
    return out.as(complex128);
  if (n >= 1) {
    term row = (-p.part(0, 1, n) / p.at(0, 0)).reshape({1, n});
    array below = eye(n - 1, n, 0, p.dtype(), here);
    term companion = n > 1 ? joined({row, below}, here) : row;
    out = p.with(detail::record("nd.eigvals", {&companion.value()}, {}, here));
    if (!is_known)
      return out.as(complex128);
    if (!detail::any_of(imag(out) != 0))
      out = p.with(copy(real(out).on()));
  } else {
    out = out.as(float64);
  }
  return behind ? joined({out, zeros_beside(out, behind)}, here) : out;
}

array poly(const operand &given_zeros) {
  term zeros = term_of(given_zeros);
  const site &here = zeros.where();
  if (zeros.ndim() == 0)
    zeros = zeros.reshape({1});
  const bool square = zeros.ndim() == 2 && zeros.shape()[0] == zeros.shape()[1] && zeros.size();
  if (!square && zeros.ndim() != 1)
    detail::raise(rules::error_kind::value, "poly",
                  "the operand has shape " + to_string(zeros.shape()) +
                      "; give a vector of zeros or a square matrix",
                  here);
  if (!rules::is_inexact(zeros.dtype()) || rules::is_half(zeros.dtype()))
    zeros = zeros.as(float64);
  if (square) {
    zeros = zeros.with(detail::record("nd.eigvals", {&zeros.value()}, {}, here));
    if (detail::known(zeros) && !detail::any_of(imag(zeros) != 0))
      zeros = real(zeros);
  }
  if (zeros.size() == 0)
    return detail::record_full(1.0, float64, {}, here);
  term out = zeros.with(detail::record_full(1, zeros.dtype(), {1}, here));
  for (int64_t i = 0; i < zeros.size(); ++i) {
    term factor = joined(
        {zeros.with(detail::record_full(1, zeros.dtype(), {1}, here)), -zeros.part(0, i, 1)}, here);
    out = out.with(convolve(out.on(), factor.on()));
  }
  if (rules::is_complex(out.dtype()) && detail::known(zeros)) {
    // Zeros in conjugate pairs make real coefficients.
    term all = zeros.as(complex128);
    term left = all.with(sort(all.on())), right = all.with(sort(conjugate(all).on()));
    if (!detail::any_of(left != right))
      return copy(real(out).on());
  }
  return out;
}

namespace {

/// Both as long as the longer one.
std::pair<term, term> aligned(const char *what, const operand &a1, const operand &a2) {
  term a = coefficients(a1, what), b = coefficients(a2, what);
  const int64_t more = a.size() - b.size();
  if (more > 0)
    b = joined({zeros_beside(b, more), b}, b.where());
  if (more < 0)
    a = joined({zeros_beside(a, -more), a}, a.where());
  return {a, b};
}

} // namespace

array polyadd(const operand &a1, const operand &a2) {
  auto [a, b] = aligned("polyadd", a1, a2);
  return a + b;
}
array polysub(const operand &a1, const operand &a2) {
  auto [a, b] = aligned("polysub", a1, a2);
  return a - b;
}
array polymul(const operand &a1, const operand &a2) {
  term a = detail::trimmed(coefficients(a1, "polymul")),
       b = detail::trimmed(coefficients(a2, "polymul"));
  return convolve(a.on(), b.on());
}

polydiv_result polydiv(const operand &dividend, const operand &divisor) {
  term u = coefficients(dividend, "polydiv") + 0.0, v = coefficients(divisor, "polydiv") + 0.0;
  const site &here = u.where();
  const dtype type = rules::promote(u.dtype(), v.dtype());
  const int64_t m = u.size() - 1, n = v.size() - 1;
  if (m < 0 || n < 0)
    detail::raise(rules::error_kind::value, "polydiv",
                  "an operand has no coefficients; give at least one", here);
  term scale = 1.0 / v.at(0, 0), r = u.as(type);
  std::vector<array> quotient;
  for (int64_t k = 0; k <= m - n; ++k) {
    term d = scale * r.part(0, k, 1);
    quotient.push_back(d.as(type));
    term part = (r.part(0, k, n + 1) - d * v).as(type);
    std::vector<array> parts;
    if (k > 0)
      parts.push_back(r.part(0, 0, k));
    parts.push_back(part);
    if (k < m - n)
      parts.push_back(r.part(0, k + n + 1, m - n - k));
    r = parts.size() == 1 ? part : r.with(detail::joined(parts, 0, here));
  }
  if (quotient.empty())
    quotient.push_back(detail::record_full(0, type, {1}, here));
  if (detail::known(r)) { // allclose(r[0], 0, rtol=1e-14)
    std::vector<coefficient> values = r.value().to_vector<coefficient>(here);
    int64_t zeros = 0;
    while (zeros + 1 < int64_t(values.size()) && std::abs(values[size_t(zeros)]) <= 1e-8)
      ++zeros;
    r = zeros ? r.part(0, zeros, r.size() - zeros) : r;
  }
  return {detail::joined(quotient, 0, here), r};
}

array polyder(const operand &coeffs, int64_t m) {
  term p = coefficients(coeffs, "polyder");
  if (m < 0)
    detail::raise(rules::error_kind::value, "polyder",
                  "the order is " + std::to_string(m) + "; it must be 0 or more", p.where());
  for (; m > 0; --m) {
    const int64_t n = std::max<int64_t>(0, p.size() - 1);
    p = p.part(0, 0, n) * (n - detail::counting(n, int64, p.where()));
  }
  return p;
}

array polyint(const operand &coeffs, int64_t m, const array &k) {
  term p = coefficients(coeffs, "polyint");
  const site &here = p.where();
  if (m < 0)
    detail::raise(rules::error_kind::value, "polyint",
                  "the order is " + std::to_string(m) + "; it must be 0 or more", here);
  term constants = p.with(given(k) ? k : detail::record_full(0.0, float64, {}, here));
  constants = constants.reshape({constants.size()});
  if (constants.size() != 1 && constants.size() < m)
    detail::raise(rules::error_kind::value, "polyint",
                  "there are " + std::to_string(constants.size()) + " constants for " +
                      std::to_string(m) + " integrations; give one for all, or one for each",
                  here);
  for (int64_t i = 0; i < m; ++i) {
    const int64_t n = p.size();
    term constant = constants.part(0, constants.size() == 1 ? 0 : i, 1);
    p = joined({p / (n - detail::counting(n, int64, here)), constant}, here);
  }
  return p;
}

} // namespace nd
