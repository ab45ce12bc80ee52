// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ranks are computed as NumPy computes them, in the dtype of q; nd.order_statistics gives the
// elements there, and a formula between them the result.
#include "nd/quantiles.h"

#include "frontend/array/Weights.h"
#include "ir/rules/axes.h"
#include "ir/rules/extent.h"
#include "ir/rules/promote.h"
#include "nd/scans.h"
#include "nd/selection.h"

#include <limits>
#include <span>

namespace nd {
namespace {

using detail::extents;
using detail::term;
using detail::term_of;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// An array with the reduced axes merged, as the last one.
struct rows {
  const char *what;
  const site &here;
  term x;         ///< (kept..., n)
  extents over;   ///< the reduced axes
  shape original; ///< before
  int64_t n;

  rows(const char *what, const operand &a, const axes &axis)
      : what(what), here(a.where()), x(term_of(a)),
        over(detail::axes_of(axis, x.ndim(), what, here)), original(x.shape()), n(1) {
    if (rules::is_complex(x.dtype()))
      raise(rules::error_kind::dtype,
            "complex numbers have no order to rank them by; use their real or imaginary parts");
    x = merged(x);
    n = x.shape().back();
  }
  [[noreturn]] void raise(rules::error_kind kind, const std::string &text) const {
    detail::raise(kind, what, text, here);
  }
  bool reduced(int64_t axis) const {
    for (int64_t i : over)
      if (i == axis)
        return true;
    return false;
  }
  /// An array of the original shape, in the order of rows.
  term merged(const term &a) const {
    extents order;
    shape s, folded;
    for (int64_t i = 0; i < a.ndim(); ++i)
      if (!reduced(i)) {
        order.push_back(i);
        s.push_back(a.shape()[size_t(i)]);
      }
    for (int64_t i : over) {
      order.push_back(i);
      folded.push_back(a.shape()[size_t(i)]);
    }
    term turned = a.with(detail::permuted(a, order, here));
    int64_t count = 1;
    bool run_time = false;
    for (int64_t extent : folded) {
      run_time |= rules::is_run_time(extent);
      count *= run_time ? 1 : extent;
    }
    if (run_time)
      count = folded.size() == 1
                  ? folded[0]
                  : detail::run_time_extent(detail::counted(folded, here), what, here);
    s.push_back(count);
    return turned.reshape(s);
  }
  /// (kept..., m) as q, then the kept axes, those reduced with extent 1 under keepdims.
  array result(const term &a, const shape &q, bool keepdims) const {
    extents order = {a.ndim() - 1};
    for (int64_t i = 0; i + 1 < a.ndim(); ++i)
      order.push_back(i);
    shape s = q;
    for (int64_t i = 0; i < int64_t(original.size()); ++i)
      if (!reduced(i))
        s.push_back(original[size_t(i)]);
      else if (keepdims)
        s.push_back(1);
    return a.with(detail::rearranged(a, order, here)).reshape(s);
  }
  term order_statistics(const term &ranks) const {
    return x.with(detail::record("nd.order_statistics", {&x.value(), &ranks.value()}, {}, here));
  }
  term joined(std::span<const array> parts) const {
    return x.with(detail::joined(parts, parts[0].ndim() - 1, here));
  }
  term integer(int64_t value) const { return detail::number(value, int64, here); }
};

void refuse(const rows &r, const reduce_options &o) {
  auto refuse = [&](bool given, const char *option) {
    if (given)
      r.raise(rules::error_kind::value, std::string("it takes no option ") + option);
  };
  refuse(o.ddof != 0 || o.correction, "ddof");
  refuse(detail::access::raw(o.mean), "mean");
  refuse(o.dtype.has_value(), "dtype");
  refuse(o.initial.has_value(), "initial");
  refuse(detail::given(o.where), "where");
}

/// Elements that are not nan, per row: (kept..., 1).
term valid(const rows &r) { return (!isnan(r.x)).as(int64).sum(-1, true); }

/// The mean of the two elements at (n - 1) / 2 and n / 2, or the one at both.
array middle(const rows &r, const term &n, const reduce_options &options) {
  const dtype type = rules::inexact_result(r.x.dtype()), work = rules::accumulator_of(type);
  auto halved = [&](const term &i) { return n.with(floor_divide(i.on(), operand(2, r.here))); };
  term low = halved(maximum(n - 1, 0)), high = halved(n);
  term last = r.integer(r.n) - 1;
  auto column = [&](const term &i) { return i.ndim() ? i : i.reshape({1}); };
  std::vector<array> ranks = {column(low), column(minimum(high, last))};
  const bool watch = n.ndim() == 0 && rules::is_inexact(r.x.dtype());
  if (watch)
    ranks.push_back(column(last));
  term both = r.order_statistics(r.joined(ranks)).as(work);
  const int64_t axis = both.ndim() - 1;
  term left = both.part(axis, 0, 1), right = both.part(axis, 1, 1);
  term mean = where(column(low) == column(high), left, (left + right) / 2);
  if (watch)
    mean = where(isnan(both.part(axis, 2, 1)), nan, mean);
  return r.result(mean.as(type), {}, options.keepdims);
}

array median_of(const char *what, const operand &a, const axes &axis, const reduce_options &options,
                bool skip) {
  rows r(what, a, axis);
  refuse(r, options);
  if (r.n == 0) { // as the mean of nothing
    shape s =
        detail::checked(rules::reduce_shape(r.original, r.over, options.keepdims), what, r.here);
    return detail::record_full(nan, rules::inexact_result(r.x.dtype()), s, r.here);
  }
  skip &= rules::is_inexact(r.x.dtype());
  return middle(r, skip ? valid(r) : r.integer(r.n), options);
}

/// q as an array of the dtype that ranks are computed in.
struct fractions {
  term q; ///< 1-D
  shape s;

  fractions(const rows &r, const operand &given, bool percent) : q(r.x), s() {
    array a = detail::as_array(given);
    const dtype own = r.x.dtype();
    if (rules::is_complex(a.dtype()))
      r.raise(rules::error_kind::dtype, "q is complex; give real numbers");
    if (given.is_scalar() && rules::is_float(own))
      a = detail::record_full(given.value(), own, {}, r.here);
    term exact(a, r.here);
    if (percent && rules::is_float(own))
      exact = exact / exact.with(detail::record_full(100, own, {}, r.here));
    else if (percent)
      exact = exact / 100;
    s = exact.shape();
    q = exact.reshape({exact.size()});
    if (detail::known(q) && q.size())
      if (const term outside = !((q >= 0) & (q <= 1)); detail::any_of(outside))
        r.raise(rules::error_kind::value,
                "q has the element " + detail::first_where(outside, term(a, r.here)) +
                    (percent ? "; it must be from 0 to 100" : "; it must be from 0 to 1"));
  }
};

/// Where to read, and how far between two elements.
struct places {
  term previous, next; ///< ranks, int64
  term gamma;
  bool between; ///< otherwise only previous counts
};

/// NumPy's rules, of n elements: \p n and \p last = n - 1 are int64, 0-d or (kept..., 1).
places places_of(const rows &r, std::string_view method, term q, const term &n, const term &last) {
  if (!rules::is_float(q.dtype()) && method == "linear") {
    term at = last * q.as(int64);
    return {at, at, at, false};
  }
  if (!rules::is_float(q.dtype()))
    q = q.as(float64);
  const dtype type = q.dtype();
  const term count = n.as(type), top = last.as(type);
  auto exactly = [&](const term &rank) {
    term at = rank.as(int64);
    return places{at, at, at, false};
  };
  auto boundary = [&](const term &index, bool odd) {
    term previous = floor(index), gamma = index - previous, here = gamma == 0;
    if (odd)
      here = here & (previous % 2 == 1);
    return exactly(maximum(where(here, previous, previous + 1), 0));
  };
  auto interpolated = [&](double alpha, double beta) {
    return count * q + (alpha + q * (1 - alpha - beta)) - 1;
  };
  const term linear = top * q;
  std::optional<term> index;
  if (method == "inverted_cdf")
    return boundary(count * q - 1, false);
  if (method == "closest_observation")
    return boundary(count * q - 1 - 0.5, true);
  if (method == "lower")
    return exactly(floor(linear));
  if (method == "higher")
    return exactly(ceil(linear));
  if (method == "nearest")
    return exactly(rint(linear));
  if (method == "averaged_inverted_cdf")
    index = count * q - 1;
  else if (method == "interpolated_inverted_cdf")
    index = interpolated(0, 1);
  else if (method == "hazen")
    index = interpolated(0.5, 0.5);
  else if (method == "weibull")
    index = interpolated(0, 0);
  else if (method == "linear")
    index = linear;
  else if (method == "median_unbiased")
    index = interpolated(1 / 3.0, 1 / 3.0);
  else if (method == "normal_unbiased")
    index = interpolated(3 / 8.0, 3 / 8.0);
  else if (method == "midpoint")
    index = 0.5 * (floor(linear) + ceil(linear));
  else
    r.raise(rules::error_kind::value,
            "there is no method '" + std::string(method) +
                "'; use inverted_cdf, averaged_inverted_cdf, closest_observation, "
                "interpolated_inverted_cdf, hazen, weibull, linear, median_unbiased, "
                "normal_unbiased, lower, higher, midpoint or nearest");
  const term v = *index, above = v >= top, below = v < 0, down = floor(v);
  // Beyond the ends NumPy reads at -1 or 0 twice, and takes the distance from there.
  term from = where(below, 0, where(above, -1, down));
  term gamma = v - from;
  if (method == "averaged_inverted_cdf")
    gamma = where(gamma == 0, 0.5, gamma * 0 + 1);
  if (method == "midpoint")
    gamma = where(v % 1 == 0, 0, gamma * 0 + 0.5);
  term previous = where(below, 0, where(above, last, down.as(int64)));
  term next = where(below, 0, where(above, last, down.as(int64) + 1));
  return {previous, next, gamma, true};
}

/// a + (b - a) t, from the nearer end.
term between(const term &a, const term &b, const term &t) {
  term step = b - a;
  return where(t >= 0.5, b - step * (1 - t), a + step * t);
}

/// The first element where the running weight reaches q.
array weighted(const rows &r, const axes &axis, const term &q, const shape &s,
               const quantile_options &options, bool skip) {
  if (options.method != "inverted_cdf")
    r.raise(rules::error_kind::value, "weights go with the method inverted_cdf only, and it is '" +
                                          std::string(options.method) + "'");
  term w = detail::weights_beside(options.weights, r.original, axis, r.what, r.here);
  if (detail::known(w) && w.size())
    if (const term negative = w < 0; detail::any_of(negative))
      r.raise(rules::error_kind::value, "the weights have the element " +
                                            detail::first_where(negative, w) +
                                            "; they must be 0 or more");
  w = r.merged(w.with(detail::stretched(w, r.original, r.what, r.here)));
  if (skip)
    w = where(isnan(r.x), 0, w);
  const int64_t last = r.x.ndim() - 1;
  array order = argsort(r.x.on(), last);
  term sorted = r.x.with(take_along_axis(r.x.on(), operand(order, r.here), last));
  term cdf = r.x.with(cumsum(operand(take_along_axis(w.on(), operand(order, r.here), last), r.here),
                             last, float64));
  cdf = cdf / cdf.part(last, r.n - 1, 1);
  if (rules::is_float(q.dtype()))
    cdf = cdf.as(q.dtype());
  cdf = where(cdf == 0, -1, cdf); // so that q = 0 skips weights of 0
  shape wide = cdf.shape();
  wide[size_t(last)] = 1;
  wide.push_back(r.n);
  term less = cdf.reshape(wide) < q.reshape({q.size(), 1});
  term at = minimum(less.as(int64).sum(last + 1), r.n - 1);
  term out = r.x.with(take_along_axis(sorted.on(), at.on(), last));
  if (rules::is_inexact(r.x.dtype())) {
    term bad = skip ? valid(r) == 0 : isnan(sorted.part(last, r.n - 1, 1));
    out = where(bad, nan, out);
  }
  return r.result(out, s, options.keepdims);
}

array quantile_of(const char *what, const operand &a, const operand &given, const axes &axis,
                  const quantile_options &options, bool percent, bool skip) {
  rows r(what, a, axis);
  if (r.n == 0)
    r.raise(rules::error_kind::index,
            "an array of shape " + to_string(r.original) + " has no elements along the axes");
  fractions f(r, given, percent);
  skip &= rules::is_inexact(r.x.dtype());
  if (detail::given(options.weights))
    return weighted(r, axis, f.q, f.s, options, skip);
  term n = skip ? valid(r) : r.integer(r.n), last = skip ? maximum(n - 1, 0) : n - 1;
  places p = places_of(r, options.method, f.q, n, last);
  if (p.between && rules::is_bool(r.x.dtype()))
    r.raise(rules::error_kind::dtype, "between truth values lies nothing; use a method that "
                                      "does not interpolate, or cast with astype(nd::float64)");
  const bool watch = !skip && rules::is_inexact(r.x.dtype());
  std::vector<array> ranks = {minimum(p.previous, last)};
  if (p.between)
    ranks.push_back(minimum(p.next, last));
  if (watch)
    ranks.push_back(r.integer(r.n).reshape({1}) - 1);
  term read = r.order_statistics(ranks.size() == 1 ? r.x.with(ranks[0]) : r.joined(ranks));
  const int64_t at = read.ndim() - 1, m = f.q.size();
  term out = read.part(at, 0, m);
  if (p.between)
    out = between(out, read.part(at, m, m), p.gamma);
  if (watch)
    out = where(isnan(read.part(at, p.between ? 2 * m : m, 1)), nan, out);
  return r.result(out, f.s, options.keepdims);
}

} // namespace

#define ND_MEDIAN(name, skip)                                                                      \
  array name(const operand &a, const axes &axis, const reduce_options &options) {                  \
    return median_of(#name, a, axis, options, skip);                                               \
  }                                                                                                \
  array name(const operand &a, const reduce_options &options) { return name(a, axes(), options); }
ND_MEDIAN(median, false)
ND_MEDIAN(nanmedian, true)
#undef ND_MEDIAN

#define ND_QUANTILE(name, percent, skip)                                                           \
  array name(const operand &a, const operand &q, const axes &axis,                                 \
             const quantile_options &options) {                                                    \
    return quantile_of(#name, a, q, axis, options, percent, skip);                                 \
  }                                                                                                \
  array name(const operand &a, const operand &q, const quantile_options &options) {                \
    return name(a, q, axes(), options);                                                            \
  }
ND_QUANTILE(quantile, false, false)
ND_QUANTILE(percentile, true, false)
ND_QUANTILE(nanquantile, false, true)
ND_QUANTILE(nanpercentile, true, true)
#undef ND_QUANTILE

} // namespace nd
