// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Draws that are rows, choices, and orders.
#include "frontend/array/Draws.h"
#include "ir/rules/broadcast.h"
#include "nd/linalg.h"
#include "nd/reductions.h"
#include "nd/selection.h"
#include "nd/ufuncs.h"

namespace nd::random {
namespace {

nd::shape with_last(const nd::shape &s, int64_t k) {
  nd::shape out = s;
  out.push_back(k);
  return out;
}

array vector_of(const operand &x, dtype type, const char *what, const char *name) {
  array a = parameter(x, type, what, name);
  if (a.ndim() != 1)
    detail::raise(rules::error_kind::shape, what,
                  std::string(name) + " has shape " + to_string(a.shape()) + "; give a vector",
                  x.where());
  return a;
}

operand on(const array &a, const site &where) { return operand(a, where); }

} // namespace

array Generator::multinomial(const operand &n, const operand &pvals, const size &size) const {
  const site &where = pvals.is_scalar() ? n.where() : pvals.where();
  array counts = parameter(n, int64, "multinomial", "n");
  array p = parameter(pvals, float64, "multinomial", "pvals");
  if (p.ndim() == 0 || p.shape().back() == 0)
    detail::raise(rules::error_kind::shape, "multinomial",
                  "pvals has shape " + to_string(p.shape()) +
                      "; give at least one probability along its last axis",
                  where);
  const int64_t k = p.shape().back();
  const array leading[] = {
      counts,
      detail::record_full(0, int64, nd::shape(p.shape().data(), p.shape().size() - 1), where)};
  const nd::shape s = drawn_shape(size, leading, "multinomial", where);
  const array parameters[] = {detail::reshaped(counts, with_last(counts.shape(), 1), where), p};
  return detail::draw(bits_.core(), ND_DISTRIBUTION(MULTINOMIAL), parameters, int64,
                      with_last(s, k), "multinomial", where);
}

array Generator::multivariate_normal(const operand &mean, const operand &cov, const size &size,
                                     const multivariate_normal_options &options) const {
  const char *what = "multivariate_normal";
  const site &where = mean.where();
  const array m = vector_of(mean, float64, what, "mean"), c = parameter(cov, float64, what, "cov");
  const int64_t k = m.shape()[0];
  if (!(c.shape() == nd::shape{k, k}))
    detail::raise(rules::error_kind::shape, what,
                  "mean has shape " + to_string(m.shape()) + " and cov has shape " +
                      to_string(c.shape()) + "; give a square cov with a row for each mean",
                  where);
  const bool checks = options.check_valid == "raise";
  if (!checks && options.check_valid != "warn" && options.check_valid != "ignore")
    detail::raise(rules::error_kind::value, what,
                  "check_valid is '" + std::string(options.check_valid) +
                      "'; use 'warn', 'raise' or 'ignore'",
                  where);
  array factor;
  if (options.method == "svd") {
    const auto [u, s, vh] = linalg::svd(on(c, where));
    if (checks) {
      const array back = matmul(on(transpose(on(vh, where)) * s, where), on(vh, where));
      const array bound = options.tol + options.tol * absolute(on(c, where));
      if (!bool(all(on(absolute(on(back - c, where)) <= bound, where))))
        detail::raise(rules::error_kind::value, what,
                      "cov is not symmetric and positive semidefinite", where);
    }
    factor = u * sqrt(on(s, where));
  } else if (options.method == "eigh") {
    auto [s, u] = linalg::eigh(on(c, where));
    if (checks && bool(any(on(s < -options.tol, where))))
      detail::raise(rules::error_kind::value, what,
                    "cov is not symmetric and positive semidefinite", where);
    factor = u * sqrt(on(absolute(on(s, where)), where));
  } else if (options.method == "cholesky") {
    factor =
        transpose(on(linalg::cholesky(on(transpose(on(c, where)), where), {.upper = true}), where));
  } else {
    detail::raise(rules::error_kind::value, what,
                  "the method is '" + std::string(options.method) +
                      "'; use 'svd', 'eigh' or 'cholesky'",
                  where);
  }
  const nd::shape rows = size.given() ? size.value() : nd::shape(), s = with_last(rows, k);
  array z = detail::reshaped(standard_normal(s, float64, where),
                             {detail::element_count(rows, what, where), k}, where);
  z = m + matmul(on(z, where), on(transpose(on(factor, where)), where));
  return detail::reshaped(z, s, where);
}

array Generator::dirichlet(const operand &alpha, const size &size) const {
  const array parameters[] = {vector_of(alpha, float64, "dirichlet", "alpha")};
  const nd::shape s = size.given() ? size.value() : nd::shape();
  return detail::draw(bits_.core(), ND_DISTRIBUTION(DIRICHLET), parameters, float64,
                      with_last(s, parameters[0].shape()[0]), "dirichlet", alpha.where());
}

array Generator::multivariate_hypergeometric(const operand &colors, const operand &nsample,
                                             const size &size,
                                             const hypergeometric_options &options) const {
  const char *what = "multivariate_hypergeometric";
  const bool marginals = options.method == "marginals";
  if (!marginals && options.method != "count")
    detail::raise(rules::error_kind::value, what,
                  "the method is '" + std::string(options.method) + "'; use 'marginals' or 'count'",
                  colors.where());
  const array parameters[] = {vector_of(colors, int64, what, "colors"),
                              parameter(nsample, int64, what, "nsample")};
  if (parameters[1].ndim() != 0)
    detail::raise(rules::error_kind::shape, what,
                  "nsample has shape " + to_string(parameters[1].shape()) + "; give one integer",
                  colors.where());
  const nd::shape s = size.given() ? size.value() : nd::shape();
  return detail::draw(bits_.core(),
                      marginals ? ND_DISTRIBUTION(MULTIVARIATE_HYPERGEOMETRIC_MARGINALS)
                                : ND_DISTRIBUTION(MULTIVARIATE_HYPERGEOMETRIC_COUNT),
                      parameters, int64, with_last(s, parameters[0].shape()[0]), what,
                      colors.where());
}

array shuffled_positions(const detail::generator_ref &core, int64_t n, const char *what,
                         const site &where) {
  detail::check_size({n}, int64, what, where);
  const array all[] = {detail::positions({n}, 0, int64, where)};
  return detail::draw(core, ND_DISTRIBUTION(PERMUTED), all, int64, {n}, what, where);
}

array chosen_positions(const detail::generator_ref &core, int64_t total, const nd::shape &s,
                       const choice_options &options, bool legacy, const site &where) {
  const operand none(0, where), count(total, where);
  if (detail::access::raw(options.p)) {
    const array p[] = {vector_of(on(options.p, where), float64, "choice", "p")};
    if (p[0].shape()[0] != total)
      detail::raise(rules::error_kind::value, "choice",
                    "p has " + std::to_string(p[0].shape()[0]) + " probabilities for " +
                        std::to_string(total) + " elements; give one for each",
                    where);
    return detail::draw(core,
                        options.replace ? ND_DISTRIBUTION(CHOICE_WEIGHTED_REPLACE)
                                        : ND_DISTRIBUTION(CHOICE_WEIGHTED),
                        p, int64, s, "choice", where);
  }
  if (total == 0 && !rules::is_run_time(total)) {
    if (detail::element_count(s, "choice", where) != 0)
      detail::raise(rules::error_kind::value, "choice",
                    to_string(s) + " elements are to be chosen of none; give some to choose from",
                    where);
    return detail::record_full(0, int64, s, where, "choice");
  }
  if (options.replace) {
    const array bounds[] = {parameter(none, int64, "choice", "low"),
                            parameter(count, int64, "choice", "a")};
    return detail::draw(core, legacy ? ND_DISTRIBUTION(INTEGERS_MASKED) : ND_DISTRIBUTION(INTEGERS),
                        bounds, int64, s, "choice", where);
  }
  const int64_t wanted = detail::element_count(s, "choice", where);
  if (wanted > total)
    detail::raise(rules::error_kind::value, "choice",
                  std::to_string(wanted) + " are to be chosen of " + std::to_string(total) +
                      " without replacement; choose fewer or pass {.replace = true}",
                  where);
  if (legacy) {
    array order = shuffled_positions(core, total, "choice", where);
    return detail::reshaped(detail::sliced_along(order, 0, 0, wanted, 1, where), s, where);
  }
  const array population[] = {parameter(count, int64, "choice", "a")};
  return detail::draw(
      core, options.shuffle ? ND_DISTRIBUTION(CHOICE) : ND_DISTRIBUTION(CHOICE_UNSHUFFLED),
      population, int64, s, "choice", where);
}

array chosen_elements(const detail::generator_ref &core, const operand &a, const size &size,
                      const choice_options &options, bool legacy) {
  const site &where = a.where();
  const nd::shape s = size.given() ? size.value() : nd::shape();
  if (a.is_scalar()) {
    if (a.value().kind == scalar::category::floating ||
        a.value().kind == scalar::category::complex || a.value().integer < 0)
      detail::raise(rules::error_kind::value, "choice",
                    "what to choose from is " +
                        (a.value().kind == scalar::category::complex ? "a complex number"
                         : a.value().kind == scalar::category::floating
                             ? detail::number_text(a.value().real)
                             : std::to_string(a.value().integer)) +
                        "; give an array, or an integer of 0 or more",
                    where);
    return chosen_positions(core, a.value().integer, s, options, legacy, where);
  }
  array from = detail::as_array(a);
  if (from.ndim() == 0)
    detail::raise(rules::error_kind::value, "choice",
                  "the array has no axis to choose along; give an integer or a vector", where);
  const int64_t axis = detail::axis_of(legacy ? 0 : options.axis, from.ndim(), "choice", where);
  array positions = chosen_positions(core, from.shape()[size_t(axis)], s, options, legacy, where);
  return take(on(from, where), on(positions, where), axis);
}

array permuted_parts(const detail::generator_ref &core, const operand &x, int64_t axis) {
  const site &where = x.where();
  if (x.is_scalar()) {
    if (x.value().kind == scalar::category::floating || x.value().kind == scalar::category::complex)
      detail::raise(rules::error_kind::dtype, "permutation",
                    "x is a number that is no integer; use an integer or an array", where);
    return shuffled_positions(core, std::max<int64_t>(x.value().integer, 0), "permutation", where);
  }
  array a = detail::as_array(x);
  const int64_t at = detail::axis_of(axis, a.ndim(), "permutation", where);
  if (a.ndim() == 1) {
    const array all[] = {a};
    return detail::draw(core, ND_DISTRIBUTION(PERMUTED), all, a.dtype(), a.shape(), "permutation",
                        where);
  }
  array order = shuffled_positions(core, a.shape()[size_t(at)], "permutation", where);
  return take(on(a, where), on(order, where), at);
}

void shuffle_parts(const detail::generator_ref &core, const array &x, int64_t axis,
                   const site &where) {
  const int64_t at = detail::axis_of(axis, x.ndim(where), "shuffle", where);
  array out;
  if (x.ndim() == 1) {
    const array all[] = {x};
    out =
        detail::draw(core, ND_DISTRIBUTION(PERMUTED), all, x.dtype(), x.shape(), "shuffle", where);
  } else {
    array order = shuffled_positions(core, x.shape()[size_t(at)], "shuffle", where);
    out = take(on(x, where), on(order, where), at);
  }
  detail::write(x, out, "shuffle", where);
}

array Generator::choice(const operand &a, const size &size, const choice_options &options) const {
  return chosen_elements(bits_.core(), a, size, options, false);
}
array Generator::permutation(const operand &x, int64_t axis) const {
  return permuted_parts(bits_.core(), x, axis);
}
void Generator::shuffle(const array &x, int64_t axis, site where) const {
  shuffle_parts(bits_.core(), x, axis, where);
}

array Generator::permuted(const operand &x, std::optional<int64_t> axis) const {
  const site &where = x.where();
  array a = detail::as_array(x);
  if (!axis) {
    const array all[] = {detail::reshaped(a, {a.size()}, where)};
    return detail::reshaped(detail::draw(bits_.core(), ND_DISTRIBUTION(PERMUTED), all, a.dtype(),
                                         {a.size()}, "permuted", where),
                            a.shape(), where);
  }
  const int64_t at = detail::axis_of(*axis, a.ndim(), "permuted", where);
  detail::extents order, back;
  for (int64_t i = 0; i < a.ndim(); ++i) {
    if (i != at)
      order.push_back(i);
    back.push_back(i < at ? i : i == at ? a.ndim() - 1 : i - 1);
  }
  order.push_back(at);
  const array turned[] = {detail::permuted(a, order, where)};
  return detail::rearranged(detail::draw(bits_.core(), ND_DISTRIBUTION(PERMUTED), turned, a.dtype(),
                                         turned[0].shape(), "permuted", where),
                            back, where);
}

} // namespace nd::random
