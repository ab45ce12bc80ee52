// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Trim.h"
#include "nd/creation.h"
#include "nd/manipulation.h"
#include "nd/polynomials.h"
#include "nd/scans.h"

#include <complex>
#include <cstdio>
#include <ostream>

namespace nd {

using detail::term;

poly1d::poly1d(const array &c_or_r, bool roots, std::string variable, site where)
    : coeffs_(c_or_r), variable_(std::move(variable)) {
  if (roots)
    coeffs_ = poly(operand(coeffs_, where));
  if (coeffs_.ndim() == 0)
    coeffs_ = detail::reshaped(coeffs_, {1}, where);
  if (coeffs_.ndim() > 1)
    detail::raise(rules::error_kind::value, "poly1d",
                  "the coefficients have shape " + nd::to_string(coeffs_.shape()) +
                      "; 1 dimension is needed",
                  where);
  if (coeffs_.size() == 0)
    coeffs_ = zeros({1}, coeffs_.dtype(), where);
  coeffs_ = detail::trimmed(term(coeffs_, where));
}

int64_t poly1d::order() const { return coeffs_.size() - 1; }

array poly1d::roots(site where) const { return nd::roots(operand(coeffs_, where)); }

array poly1d::operator()(const operand &x) const { return polyval(operand(coeffs_, x.where()), x); }

poly1d poly1d::compose(const poly1d &inner) const {
  poly1d out(zeros({1}, inner.coeffs_.dtype()), false, variable_);
  for (int64_t power = order(); power >= 0; --power)
    out = out * inner + poly1d((*this)[power], false, variable_);
  return out;
}

array poly1d::operator[](int64_t power) const {
  if (power < 0 || power > order())
    return zeros({}, coeffs_.dtype());
  return coeffs_[order() - power];
}

void poly1d::set(int64_t power, const operand &value) {
  if (power < 0)
    detail::raise(rules::error_kind::value, "poly1d",
                  "there is no power " + std::to_string(power) + "; powers are 0 or more",
                  value.where());
  const site where = value.where();
  coeffs_ = power > order()
                ? concatenate({operand(zeros({power - order()}, coeffs_.dtype(), where), where),
                               operand(coeffs_, where)})
                : nd::copy(operand(coeffs_, where));
  coeffs_[order() - power] = value;
}

poly1d poly1d::deriv(int64_t m, site where) const {
  return poly1d(polyder(operand(coeffs_, where), m), false, variable_, where);
}
poly1d poly1d::integ(int64_t m, const array &k, site where) const {
  return poly1d(polyint(operand(coeffs_, where), m, k), false, variable_, where);
}
poly1d poly1d::pow(int64_t n, site where) const {
  if (n < 0)
    detail::raise(rules::error_kind::value, "poly1d",
                  "the power is " + std::to_string(n) + "; it must be 0 or more", where);
  // As many multiplications as NumPy has, so that all roundings are the same.
  int64_t size;
  if (__builtin_mul_overflow(order(), n, &size))
    size = INT64_MAX;
  detail::expect_memory(std::max(size, n), detail::bytes_of_array, "poly1d", where);
  array out({1});
  for (; n > 0; --n)
    out = polymul(operand(coeffs_, where), operand(out, where));
  return poly1d(out, false, variable_, where);
}

poly1d poly1d::sum(const poly1d &a, const poly1d &b) {
  return poly1d(polyadd(a.coeffs_, b.coeffs_), false, a.variable_);
}
poly1d poly1d::difference(const poly1d &a, const poly1d &b) {
  return poly1d(polysub(a.coeffs_, b.coeffs_), false, a.variable_);
}
poly1d poly1d::product(const poly1d &a, const poly1d &b) {
  return poly1d(polymul(a.coeffs_, b.coeffs_), false, a.variable_);
}
bool poly1d::same(const poly1d &a, const poly1d &b) { return array_equal(a.coeffs_, b.coeffs_); }
poly1d poly1d::negated() const { return poly1d(negative(coeffs_), false, variable_); }
poly1d poly1d::scaled(const scalar &factor) const {
  return poly1d(multiply(coeffs_, factor), false, variable_);
}
poly1d poly1d::divided(const scalar &divisor) const {
  return poly1d(divide(coeffs_, divisor), false, variable_);
}

namespace {

std::string shortest(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", x);
  return text;
}

std::string coefficient(std::complex<double> c) {
  if (c.imag() == 0)
    return shortest(c.real());
  if (c.real() == 0)
    return shortest(c.imag()) + "j";
  return "(" + shortest(c.real()) + " + " + shortest(c.imag()) + "j)";
}

/// Lifts each "**n" to a line above its place.
std::string raised(const std::string &text) {
  constexpr size_t wrap = 70;
  std::string output = " ", powers, terms;
  size_t from = 0;
  for (;;) {
    size_t star = text.find("**", from);
    if (star == std::string::npos)
      break;
    size_t end = star + 2;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9')
      ++end;
    const std::string part = text.substr(from, star - from),
                      power = text.substr(star + 2, end - star - 2);
    const std::string below = part + std::string(power.size() - 1, ' '),
                      above = std::string(part.empty() ? 0 : part.size() - 1, ' ') + power;
    if (terms.size() + below.size() > wrap || powers.size() + above.size() > wrap) {
      output += powers + "\n" + terms + "\n ";
      powers = above;
      terms = below;
    } else {
      powers += above;
      terms += below;
    }
    from = end;
  }
  return output + powers + "\n" + terms + text.substr(from);
}

} // namespace

std::string to_string(const poly1d &p) {
  std::vector<std::complex<double>> all = p.coeffs().to_vector<std::complex<double>>();
  size_t first = 0;
  while (first < all.size() && all[first] == 0.0)
    ++first;
  std::string out = "0";
  for (size_t k = first; k < all.size(); ++k) {
    const size_t power = all.size() - 1 - k;
    const std::string number = coefficient(all[k]);
    std::string next;
    if (number == "0")
      next = power == 0 && k == first ? "0" : "";
    else if (power == 0)
      next = number;
    else
      next = number + " " + p.variable() + (power == 1 ? "" : "**" + std::to_string(power));
    if (k == first)
      out = next;
    else if (next.starts_with('-'))
      out += " - " + next.substr(1);
    else if (!next.empty())
      out += " + " + next;
  }
  return raised(out);
}

std::ostream &operator<<(std::ostream &out, const poly1d &p) { return out << to_string(p); }

} // namespace nd
