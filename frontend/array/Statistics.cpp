// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/statistics.h"

#include "frontend/array/Weights.h"
#include "ir/rules/extent.h"
#include "ir/rules/promote.h"
#include "nd/linalg.h"
#include "nd/manipulation.h"

namespace nd {

std::string detail::first_where(const term &holds, const term &x) {
  const std::vector<int64_t> flags = holds.as(int64).value().to_vector<int64_t>();
  const std::vector<double> values = x.as(float64).value().to_vector<double>();
  for (size_t i = 0; i < flags.size(); ++i)
    if (flags[i])
      return number_text(values[i]);
  return "";
}

detail::term detail::weights_beside(const array &weights, const shape &s, const axes &axis,
                                    const char *what, const site &here) {
  term w(weights, here);
  if (w.shape() == s)
    return w;
  const int64_t ndim = int64_t(s.size());
  if (!axis.given())
    raise(rules::error_kind::dtype, what,
          "the weights have shape " + to_string(w.shape()) + " and the array has shape " +
              to_string(s) + "; name the axis that they go along",
          here);
  extents named;
  for (int64_t i : axis.list())
    named.push_back(axis_of(i, ndim, what, here));
  bool fits = int64_t(named.size()) == w.ndim();
  for (size_t i = 0; fits && i < named.size(); ++i)
    fits = w.shape()[i] == s[size_t(named[i])];
  if (!fits)
    raise(rules::error_kind::value, what,
          "the weights have shape " + to_string(w.shape()) + ", which is not that of the array " +
              to_string(s) + " along the axes",
          here);
  extents order;
  shape wide;
  for (int64_t i = 0; i < ndim; ++i) {
    wide.push_back(1);
    for (size_t k = 0; k < named.size(); ++k)
      if (named[k] == i) {
        order.push_back(int64_t(k));
        wide[size_t(i)] = s[size_t(i)];
      }
  }
  return w.with(permuted(w, order, here)).reshape(wide);
}

namespace {

using detail::given;
using detail::term;
using detail::term_of;

struct weighted_mean {
  term mean, total;
};

weighted_mean averaged(const operand &a, const axes &axis, const array &weights, bool keepdims) {
  const char *what = "average";
  const site &here = a.where();
  term x = term_of(a);
  if (!given(weights)) {
    term mean = x.with(nd::mean(a, axis, {.keepdims = keepdims}));
    term count = x.with(sum(
        x.with(detail::stretched(detail::record_full(1, int64, {}, here), x.shape(), what, here))
            .on(),
        axis, {.keepdims = keepdims}));
    return {mean, count.as(mean.dtype())};
  }
  term w = detail::weights_beside(weights, x.shape(), axis, what, here);
  std::vector<dtype> types = {x.dtype(), w.dtype()};
  if (!rules::is_inexact(x.dtype()))
    types.push_back(float64);
  const dtype type = rules::promote_all(types);
  w = w.as(type);
  term wide = w.with(detail::stretched(w, x.shape(), what, here));
  term total = w.with(sum(wide.on(), axis, {.keepdims = keepdims}));
  if (detail::known(w) && total.size() && detail::any_of(total == 0))
    detail::raise(rules::error_kind::value, what,
                  "the weights add up to 0, so that nothing can be divided by them", here);
  term products = x.with(sum((x.as(type) * wide).on(), axis, {.keepdims = keepdims}));
  return {products / total, total};
}

/// Variables as rows, of the dtype to compute in.
term variables(const array &a, bool rowvar, dtype type, const char *what, const site &here) {
  term x = term(a, here).as(type);
  if (x.ndim() > 2)
    detail::raise(rules::error_kind::shape, what,
                  "an operand has shape " + to_string(x.shape()) + "; 2 dimensions are the most",
                  here);
  if (x.ndim() < 2)
    return x.reshape({1, detail::total_extent(x, here)});
  return rowvar || x.shape()[0] == 1 ? x : x.with(detail::permuted(x, {1, 0}, here));
}

/// Weights of observations as a vector.
std::optional<term> observations(const array &weights, const char *name, int64_t count,
                                 bool integers, const char *what, const site &here) {
  if (!given(weights))
    return std::nullopt;
  term w(weights, here);
  if (w.ndim() != 1 || w.size() != count)
    detail::raise(rules::error_kind::shape, what,
                  std::string(name) + " has shape " + to_string(w.shape()) + " for " +
                      std::to_string(count) + " observations; give one for each",
                  here);
  auto refuse = [&](rules::error_kind kind, const term &culprits, const char *must) {
    detail::raise(kind, what,
                  std::string(name) + " has the element " + detail::first_where(culprits, w) +
                      "; " + must,
                  here);
  };
  if (integers && detail::known(w) && rules::is_float(w.dtype()))
    if (const term odd = w != rint(w); detail::any_of(odd))
      refuse(rules::error_kind::dtype, odd, "frequencies are integers");
  if (detail::known(w))
    if (const term negative = w < 0; detail::any_of(negative))
      refuse(rules::error_kind::value, negative, "weights are 0 or more");
  return w.as(float64);
}

/// Covariances, (v, v).
term covariance(const char *what, const operand &m, const array &y, const cov_options &o) {
  const site &here = m.where();
  array a = detail::as_array(m);
  std::vector<dtype> types = {a.dtype(), float64};
  if (given(y))
    types.push_back(y.dtype());
  dtype type = rules::promote_all(types);
  type = o.dtype.value_or(type);
  if (!rules::is_inexact(type))
    detail::raise(rules::error_kind::dtype, what,
                  "it computes in floats, and the dtype asked for is " +
                      std::string(rules::name(type)),
                  here);
  term x = variables(a, o.rowvar || a.ndim() < 2, type, what, here);
  if (given(y)) {
    term more = variables(y, o.rowvar, type, what, here);
    if (more.shape()[1] != x.shape()[1])
      detail::raise(rules::error_kind::shape, what,
                    "there are " + std::to_string(x.shape()[1]) + " observations and " +
                        std::to_string(more.shape()[1]) + " of y; they go together",
                    here);
    array parts[] = {x, more};
    x = x.with(detail::joined(parts, 0, here));
  }
  const int64_t count = x.shape()[1];
  const double ddof = double(o.ddof.value_or(o.bias ? 0 : 1));
  std::optional<term> f = observations(o.fweights, "fweights", count, true, what, here);
  std::optional<term> w = observations(o.aweights, "aweights", count, false, what, here);
  const std::optional<term> a_weights = w;
  if (f)
    w = w ? *f * *w : *f;
  const dtype real = rules::real_of(type);
  term factor = detail::number(count, real, here) - ddof;
  if (w) {
    term total = w->sum(0);
    factor = total;
    if (ddof != 0)
      factor = a_weights ? total - ddof * (*w * *a_weights).sum(0) / total : total - ddof;
    factor = factor.as(real);
  }
  factor = maximum(factor, 0);
  term mean = x.with(nd::mean(x.on(), 1, keepdims));
  if (w) {
    *w = w->as(real);
    mean = (x * *w).sum(1, true) / w->sum(0);
  }
  x = x - mean;
  term right = w ? x * *w : x;
  if (rules::is_complex(type))
    right = conjugate(right);
  term product = x.with(matmul(x.on(), operand(detail::permuted(right, {1, 0}, here), here)));
  return product * (1 / factor);
}

array squeezed(const term &x) { return squeeze(x.on()); }

} // namespace

array average(const operand &a, const axes &axis, const array &weights,
              const average_options &options) {
  return averaged(a, axis, weights, options.keepdims).mean;
}
average_result average(const operand &a, const axes &axis, const array &weights, returned_t,
                       const average_options &options) {
  weighted_mean both = averaged(a, axis, weights, options.keepdims);
  return {both.mean, both.total};
}

array detail::cov_of(const operand &m, const array &y, const cov_options &options) {
  if (term x = term_of(m); x.ndim() == 2 && x.shape()[options.rowvar ? 0 : 1] == 0)
    return detail::record_full(0.0, float64, {0, 0}, m.where()); // as NumPy has it
  return squeezed(covariance("cov", m, y, options));
}
array cov(const operand &m, const cov_options &options) { return detail::cov_of(m, {}, options); }

array detail::corrcoef_of(const operand &m, const array &y, const corrcoef_options &options) {
  term c = covariance("corrcoef", m, y, {.rowvar = options.rowvar, .dtype = options.dtype});
  const int64_t v = c.shape()[0];
  if (v == 1)
    return squeezed(c / c); // nan where there is no variation
  // The diagonal by a mask: a view would have to be read where it lies.
  term i = detail::counting(v, int64, m.where());
  term own = where(i.reshape({v, 1}) == i, real(c), 0).sum(1);
  term deviation = sqrt(own);
  c = c / deviation.reshape({v, 1}) / deviation;
  auto clipped = [](const term &x) { return minimum(maximum(x, -1), 1); };
  if (!rules::is_complex(c.dtype()))
    return squeezed(clipped(c));
  return squeezed(c.with(complex(clipped(real(c)).on(), clipped(imag(c)).on())));
}
array corrcoef(const operand &x, const corrcoef_options &options) {
  return detail::corrcoef_of(x, {}, options);
}

} // namespace nd
