// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Bins.h"

#include "ir/rules/promote.h"
#include "nd/quantiles.h"
#include "nd/selection.h"

#include <cmath>
#include <limits>

namespace nd::detail {
namespace {

double value(const array &a, const site &here) { return a.item<double>(here); }

struct ends {
  term first, last;
};

/// The outer edges: the range, or the smallest and the largest element, half apart if they are
/// equal.
ends ends_of(const char *what, const term &x, std::optional<bounds> range) {
  const site &here = x.where();
  auto refuse = [&](double low, double high, const char *why) {
    raise(rules::error_kind::value, what,
          "the range from " + number_text(low) + " to " + number_text(high) + why, here);
  };
  if (range) {
    auto [low, high] = *range;
    if (!(low <= high))
      refuse(low, high, " runs downwards; give the lower end first");
    if (!std::isfinite(low) || !std::isfinite(high))
      refuse(low, high, " is not finite; give finite ends");
    if (low == high)
      low -= 0.5, high += 0.5;
    return {number(low, float64, here), number(high, float64, here)};
  }
  if (x.size() == 0)
    return {number(0.0, float64, here), number(1.0, float64, here)};
  const dtype type = rules::is_float(x.dtype()) ? x.dtype() : float64;
  term low = x.with(min(x.on())).as(type), high = x.with(max(x.on())).as(type);
  if (known(x)) {
    const double least = value(low, here), most = value(high, here);
    if (!std::isfinite(least) || !std::isfinite(most))
      refuse(least, most, ", found among the elements, is not finite; give a range");
  }
  term same = low == high;
  return {where(same, low - 0.5, low), where(same, high + 0.5, high)};
}

term inside(const term &x, std::optional<bounds> range) {
  if (!range)
    return x;
  term keep = (x >= range->first) & (x <= range->second);
  return x.with(compress(keep.on(), x.on()));
}

/// NumPy's cross-validated risk of so many bins (Stone 1984).
double stone_width(const term &x, double spread, std::optional<bounds> range) {
  const double n = double(x.size());
  if (n <= 1 || spread == 0)
    return 0;
  const int64_t most = std::max<int64_t>(100, int64_t(std::sqrt(n)));
  double least = std::numeric_limits<double>::infinity();
  int64_t best = 1;
  for (int64_t count = 1; count <= most; ++count) {
    array counts = histogram(x.on(), count, {.range = range}).counts;
    std::vector<double> parts = counts.to_vector<double>(x.where());
    double squares = 0;
    for (double part : parts)
      squares += part / n * (part / n);
    const double risk = (2 - (n + 1) * squares) / (spread / double(count));
    if (risk < least)
      least = risk, best = count;
  }
  return spread / double(best);
}

} // namespace

double width_of(const std::string &rule, const char *what, const term &x,
                std::optional<bounds> range, const site &here) {
  const double n = double(x.size());
  const double spread = value(max(x.on()), here) - value(min(x.on()), here);
  auto fd = [&] {
    array quartiles = percentile(x.on(), operand({75.0, 25.0}, here));
    std::vector<double> q = quartiles.to_vector<double>(here);
    return 2 * (q[0] - q[1]) * std::pow(n, -1.0 / 3);
  };
  auto sturges = [&] { return spread / (std::log2(n) + 1); };
  if (rule == "sqrt")
    return spread / std::sqrt(n);
  if (rule == "sturges")
    return sturges();
  if (rule == "rice")
    return spread / (2 * std::pow(n, 1.0 / 3));
  if (rule == "scott")
    return std::pow(24 * std::sqrt(M_PI) / n, 1.0 / 3) * value(nd::std(x.on()), here);
  if (rule == "stone")
    return stone_width(x, spread, range);
  if (rule == "fd")
    return fd();
  if (rule == "auto") {
    const double wide = fd();
    return wide ? std::min(wide, sturges()) : sturges();
  }
  if (rule == "doane") {
    const double sigma = n > 2 ? value(nd::std(x.on()), here) : 0;
    if (!(sigma > 0))
      return 0;
    term z = (x.as(float64) - x.with(mean(x.on())).as(float64)) / sigma;
    const double skew = value(mean((z * z * z).on()), here);
    const double error = std::sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
    return spread / (1 + std::log2(n) + std::log2(1 + std::abs(skew) / error));
  }
  raise(rules::error_kind::value, what,
        "there is no rule '" + rule + "'; use auto, doane, fd, rice, scott, sqrt, stone or sturges",
        here);
}

term edges_of(const char *what, const term &x, const bins &wanted, std::optional<bounds> range,
              bool weighted) {
  const site &here = x.where();
  if (given(wanted.edges()) && wanted.edges().ndim() > 0) {
    term edges(wanted.edges(), here);
    if (edges.ndim() != 1)
      raise(rules::error_kind::value, what,
            "the edges have shape " + to_string(edges.shape()) + "; 1 dimension is needed", here);
    if (edges.size() < 1)
      raise(rules::error_kind::value, what, "there are no edges; give at least one", here);
    const int64_t n = edges.size() - 1;
    if (known(edges) && n > 0 && any_of(edges.part(0, 0, n) > edges.part(0, 1, n)))
      raise(rules::error_kind::value, what, "the edges decrease; sort them", here);
    return edges;
  }
  int64_t n = given(wanted.edges()) ? wanted.edges().item<int64_t>(here) : wanted.count();
  ends e = ends_of(what, x, range);
  if (!wanted.rule().empty()) {
    if (weighted)
      raise(rules::error_kind::dtype, what,
            "the rule '" + wanted.rule() + "' knows no weights; give the number of bins", here);
    term counted = inside(x, range);
    n = 1;
    if (counted.size() > 0) {
      double width = width_of(wanted.rule(), what, counted, range, here);
      if (width != 0) {
        if (rules::is_integer(x.dtype()) && width < 1)
          width = 1;
        n = int64_t(std::ceil((value(e.last, here) - value(e.first, here)) / width));
      }
    }
  }
  if (n < 1)
    raise(rules::error_kind::value, what,
          "the number of bins is " + std::to_string(n) + "; it must be 1 or more", here);
  // numpy.linspace
  const dtype work = e.first.dtype();
  term i = counting(n + 1, work, here), delta = e.last - e.first, step = delta / double(n);
  term y = where(step == 0, i / double(n) * delta, i * step) + e.first;
  y = where(counting(n + 1, int64, here) == n, e.last, y);
  return y.as(rules::is_float(x.dtype()) ? x.dtype() : float64);
}

term bin_of(const term &x, const term &edges) {
  const int64_t n = edges.size() - 1;
  term last = edges.at(0, n);
  term at = x.with(searchsorted(edges.on(), x.on(), "right")) - 1;
  at = minimum(at, n - 1); // the last bin is closed
  return where((x >= edges.at(0, 0)) & (x <= last), at, n);
}

} // namespace nd::detail
