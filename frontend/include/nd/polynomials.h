// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Polynomials by their coefficients, highest power first.
#ifndef ND_POLYNOMIALS_H
#define ND_POLYNOMIALS_H

#include <nd/reductions.h>

#include <iosfwd>
#include <string>

namespace ND_API nd {

// Fitting.

/// What the fits take beside the degree.
struct polyfit_options {
  detail::designated only_by_name = detail::designated();
  std::optional<double> rcond = {}; ///< singular values below rcond times the largest count as 0;
                                    ///< len(x) times the dtype's epsilon if not given
  array w = {};                     ///< factors of the residuals, one for each point
  bool unscaled = false;            ///< polyfit_cov: do not multiply by the reduced chi-square
};
/// Coefficients of the polynomial of degree \p deg with the least squared distance from the points
/// (numpy.polyfit): a Vandermonde matrix with columns scaled to length 1, solved by singular
/// values.
///
/// Shape   (deg + 1,), or (deg + 1, k) for \p y (n, k).
/// Dtype   integers compute as float64.
/// Throws  value_error for a negative degree, shape_error for x that is not 1-D, for other than 1
///         or 2 dimensions of y and for lengths that differ.
array polyfit(const operand &x, const operand &y, int64_t deg, const polyfit_options &options = {});

struct polyfit_full_result {
  array p, residuals, rank, singular_values, rcond;
};
/// The same with what the least squares say of it (numpy.polyfit with full=True).
polyfit_full_result polyfit_full(const operand &x, const operand &y, int64_t deg,
                                 const polyfit_options &options = {});

struct polyfit_cov_result {
  array p, V;
};
/// The same with the covariance matrix of the coefficients (numpy.polyfit with cov=True, or
/// "unscaled"); (deg + 1, deg + 1, k) for y (n, k).
///
/// Throws  value_error, unless unscaled, for not more points than coefficients.
polyfit_cov_result polyfit_cov(const operand &x, const operand &y, int64_t deg,
                               const polyfit_options &options = {});

// Polynomials as vectors of coefficients.

/// The polynomial's value at each element of \p x, by Horner's scheme (numpy.polyval).
array polyval(const operand &p, const operand &x);
/// The zeros, as eigenvalues of the companion matrix (numpy.roots).
///
/// Shape   (degree,) without leading zeros among the coefficients.
/// Dtype   real if all zeros are, else complex. Inside nd::jit, where that is not known, complex128,
///         and the first coefficient must not be 0.
array roots(const operand &p);
/// The coefficients of the polynomial with given zeros, the first being 1 (numpy.poly); of a square
/// matrix, its characteristic polynomial.
///
/// Dtype   integers give float64; complex zeros that come in conjugate pairs give real coefficients,
///         but not inside nd::jit.
array poly(const operand &seq_of_zeros);
/// Sum (numpy.polyadd).
array polyadd(const operand &a1, const operand &a2);
/// Difference (numpy.polysub).
array polysub(const operand &a1, const operand &a2);
/// Product (numpy.polymul). Leading zeros are dropped first where the elements are known.
array polymul(const operand &a1, const operand &a2);

struct polydiv_result {
  array q, r;
};
/// Quotient and remainder (numpy.polydiv). The remainder's leading zeros are dropped where the
/// elements are known.
polydiv_result polydiv(const operand &u, const operand &v);
/// The \p m-th derivative (numpy.polyder).
///
/// Throws  value_error for a negative order.
array polyder(const operand &p, int64_t m = 1);
/// The \p m-th antiderivative, with constants \p k, one for all or one for each (numpy.polyint).
///
/// Throws  value_error for a negative order or constants of another number.
array polyint(const operand &p, int64_t m = 1, const array &k = {});

/// A polynomial of one variable (numpy.poly1d): `nd::poly1d p({1, 2, 3}); p(0.5); p * p; p.r();`
///
/// Arrays that meet one in arithmetic are coefficients. Inside nd::jit, where their elements are
/// not known, leading zeros stay.
class poly1d {
public:
  /// From coefficients, highest power first; or, with \p roots, from its zeros.
  ///
  /// Throws  value_error for more than 1 dimension.
  poly1d(const array &c_or_r, bool roots = false, std::string variable = "x",
         site where = site::current());
  poly1d(std::initializer_list<nested> c_or_r, bool roots = false, std::string variable = "x",
         site where = site::current())
      : poly1d(array(c_or_r, where), roots, std::move(variable), where) {}
  /// A constant.
  template <element T>
  explicit poly1d(T constant, site where = site::current())
      : poly1d(array(constant, where), false, "x", where) {}

  /// The coefficients, highest power first.
  const array &coeffs() const { return coeffs_; }
  const array &coef() const { return coeffs_; }
  const array &coefficients() const { return coeffs_; }
  const array &c() const { return coeffs_; }
  operator const array &() const { return coeffs_; }
  /// The degree.
  int64_t order() const;
  int64_t o() const { return order(); }
  /// The zeros; see nd::roots.
  array roots(site where = site::current()) const;
  array r(site where = site::current()) const { return roots(where); }
  const std::string &variable() const { return variable_; }

  /// The value at each element.
  array operator()(const operand &x) const;
  /// The polynomial with another one in the place of its variable.
  template <std::same_as<poly1d> P> poly1d operator()(const P &inner) const {
    return compose(inner);
  }
  /// The coefficient of a power, 0-d; 0 for powers that it has not.
  array operator[](int64_t power) const;
  /// Changes the coefficient of a power.
  ///
  /// Throws  value_error for a negative power.
  void set(int64_t power, const operand &value);

  /// The m-th derivative.
  poly1d deriv(int64_t m = 1, site where = site::current()) const;
  /// The m-th antiderivative with constants k.
  poly1d integ(int64_t m = 1, const array &k = {}, site where = site::current()) const;
  /// A whole power, 0 or more (numpy's p ** n).
  poly1d pow(int64_t n, site where = site::current()) const;

  friend poly1d operator+(const poly1d &p) { return p; }
  friend poly1d operator-(const poly1d &p) { return p.negated(); }
#define ND_POLY(symbol, name)                                                                      \
  friend poly1d operator symbol(const poly1d &a, const poly1d &b) { return name(a, b); }           \
  friend poly1d operator symbol(const poly1d &a, const scalar &b) {                                \
    return name(a, poly1d(array(b), false, a.variable_));                                          \
  }                                                                                                \
  friend poly1d operator symbol(const scalar &a, const poly1d &b) {                                \
    return name(poly1d(array(a), false, b.variable_), b);                                          \
  }
  ND_POLY(+, sum)
  ND_POLY(-, difference)
#undef ND_POLY
  friend poly1d operator*(const poly1d &a, const poly1d &b) { return product(a, b); }
  friend poly1d operator*(const poly1d &a, const scalar &b) { return a.scaled(b); }
  friend poly1d operator*(const scalar &a, const poly1d &b) { return b.scaled(a); }
  friend poly1d operator/(const poly1d &a, const scalar &b) { return a.divided(b); }
  /// Whether the coefficients are the same. Evaluates.
  friend bool operator==(const poly1d &a, const poly1d &b) { return same(a, b); }

private:
  static poly1d sum(const poly1d &a, const poly1d &b);
  static poly1d difference(const poly1d &a, const poly1d &b);
  static poly1d product(const poly1d &a, const poly1d &b);
  static bool same(const poly1d &a, const poly1d &b);
  poly1d negated() const;
  poly1d scaled(const scalar &factor) const;
  poly1d divided(const scalar &divisor) const;
  poly1d compose(const poly1d &inner) const;

  array coeffs_;
  std::string variable_;
};

struct poly1d_division {
  poly1d q, r;
};
/// Quotient and remainder.
template <std::same_as<poly1d> P> poly1d_division operator/(const P &a, const P &b) {
  auto [q, r] = polydiv(operand(a.c()), operand(b.c()));
  return {poly1d(q, false, a.variable()), poly1d(r, false, a.variable())};
}

/// NumPy's two lines: the powers over the terms.
std::string to_string(const poly1d &);
std::ostream &operator<<(std::ostream &, const poly1d &);

// Functions of coefficients take a poly1d too, and those that give a polynomial then give one.
template <std::same_as<poly1d> P> array polyval(const P &p, const operand &x) { return p(x); }
template <std::same_as<poly1d> P> array roots(const P &p, site where = site::current()) {
  return p.roots(where);
}
template <std::same_as<poly1d> P>
poly1d polyder(const P &p, int64_t m = 1, site where = site::current()) {
  return p.deriv(m, where);
}
template <std::same_as<poly1d> P>
poly1d polyint(const P &p, int64_t m = 1, const array &k = {}, site where = site::current()) {
  return p.integ(m, k, where);
}
template <std::same_as<poly1d> P> poly1d polyadd(const P &a, const P &b) { return a + b; }
template <std::same_as<poly1d> P> poly1d polysub(const P &a, const P &b) { return a - b; }
template <std::same_as<poly1d> P> poly1d polymul(const P &a, const P &b) { return a * b; }
template <std::same_as<poly1d> P> poly1d_division polydiv(const P &a, const P &b) { return a / b; }

} // namespace nd

#endif // ND_POLYNOMIALS_H
