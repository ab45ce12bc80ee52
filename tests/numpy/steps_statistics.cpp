// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Quantiles, histograms and counts.
#include "steps.h"

namespace compare {
namespace {

constexpr const char *methods[] = {"inverted_cdf",
                                   "averaged_inverted_cdf",
                                   "closest_observation",
                                   "interpolated_inverted_cdf",
                                   "hazen",
                                   "weibull",
                                   "linear",
                                   "median_unbiased",
                                   "normal_unbiased",
                                   "lower",
                                   "higher",
                                   "midpoint",
                                   "nearest",
                                   "guess"};
constexpr const char *rules[] = {"auto",  "doane", "fd",    "rice",
                                 "scott", "sqrt",  "stone", "sturges"};

/// Integers: the method, 1 keepdims 2 weights 4 axes, the axes.
template <class Function> arrays quantile(const call &c, Function function) {
  const int64_t flags = c.integer(1);
  nd::quantile_options options;
  options.method = methods[c.integer(0)];
  options.keepdims = flags & 1;
  if (flags & 2)
    options.weights = c.array(2);
  if (!(flags & 4))
    return {function(c.operand(0), c.operand(1), options)};
  return {function(c.operand(0), c.operand(1), nd::axes(c.rest(2)), options)};
}

/// Integers: 1 keepdims 4 axes, the axes.
template <class Function> arrays median(const call &c, Function function) {
  const int64_t flags = c.integer(0);
  if (flags & 4)
    return {function(c.operand(0), nd::axes(c.rest(1)), {.keepdims = (flags & 1) != 0})};
  if (flags & 1)
    return {function(c.operand(0), nd::keepdims)};
  return {function(c.operand(0), nd::axes(), {})};
}

/// Bins of one coordinate: a count, or minus one and the number of a rule, or the next array.
nd::bins bins_of(const call &c, size_t at, size_t &next) {
  const int64_t kind = c.integer(at), number = c.integer(at + 1);
  if (kind == 0)
    return number;
  if (kind == 1)
    return rules[number];
  return c.array(next++);
}

} // namespace

void add_statistics(table &t) {
#define ND_QUANTILE(name)                                                                          \
  t[#name] = [](const call &c) {                                                                   \
    return quantile(c, [](const auto &...x) { return nd::name(x...); });                           \
  };
  ND_QUANTILE(quantile)
  ND_QUANTILE(percentile)
  ND_QUANTILE(nanquantile)
  ND_QUANTILE(nanpercentile)
#define ND_MEDIAN(name)                                                                            \
  t[#name] = [](const call &c) {                                                                   \
    struct call_it {                                                                               \
      nd::array operator()(const nd::operand &a, const nd::axes &axis,                             \
                           const nd::reduce_options &o) const {                                    \
        return nd::name(a, axis, o);                                                               \
      }                                                                                            \
      nd::array operator()(const nd::operand &a, const nd::reduce_options &o) const {              \
        return nd::name(a, o);                                                                     \
      }                                                                                            \
    };                                                                                             \
    return median(c, call_it());                                                                   \
  };
  ND_MEDIAN(median)
  ND_MEDIAN(nanmedian)

  // Integers: bins (two), 1 range 2 density 4 weights; reals: the range. Arrays: edges, weights.
  t["histogram"] = [](const call &c) {
    size_t next = 1;
    nd::bins bins = bins_of(c, 0, next);
    nd::histogram_options options;
    const int64_t flags = c.integer(2);
    if (flags & 1)
      options.range = {c.real(0), c.real(1)};
    options.density = flags & 2;
    if (flags & 4)
      options.weights = c.array(next);
    auto [counts, edges] = nd::histogram(c.operand(0), bins, options);
    return arrays{counts, edges};
  };
  t["histogram_bin_edges"] = [](const call &c) {
    size_t next = 1;
    nd::bins bins = bins_of(c, 0, next);
    std::optional<nd::bounds> range;
    if (c.integer(2) & 1)
      range = {c.real(0), c.real(1)};
    return arrays{nd::histogram_bin_edges(c.operand(0), bins, range)};
  };
  // Integers: 1 range 2 density 4 weights, bins (two each); reals: ranges.
  t["histogramdd"] = [](const call &c) {
    size_t next = 1;
    std::vector<nd::bins> bins;
    for (size_t i = 1; i + 1 < c.s.integers.size(); i += 2)
      bins.push_back(bins_of(c, i, next));
    nd::histogramdd_options options;
    const int64_t flags = c.integer(0);
    for (size_t i = 0; flags & 1 && i + 1 < c.s.reals.size(); i += 2)
      options.range.emplace_back(c.real(i), c.real(i + 1));
    options.density = flags & 2;
    if (flags & 4)
      options.weights = c.array(next);
    auto [h, edges] = nd::histogramdd(c.operand(0), bins, options);
    edges.insert(edges.begin(), h);
    return edges;
  };
  // The same for x and y.
  t["histogram2d"] = [](const call &c) {
    size_t next = 2;
    nd::bins x = bins_of(c, 1, next), y = bins_of(c, 3, next);
    nd::histogramdd_options options;
    const int64_t flags = c.integer(0);
    if (flags & 1)
      options.range = {{c.real(0), c.real(1)}, {c.real(2), c.real(3)}};
    options.density = flags & 2;
    if (flags & 4)
      options.weights = c.array(next);
    auto [h, xedges, yedges] = nd::histogram2d(c.operand(0), c.operand(1), x, y, options);
    return arrays{h, xedges, yedges};
  };
  // Integers: minlength.
  t["bincount"] = [](const call &c) {
    return arrays{c.count() == 2 ? nd::bincount(c.operand(0), c.array(1), c.integer(0))
                                 : nd::bincount(c.operand(0), {}, c.integer(0))};
  };
  // Integers: right.
  t["digitize"] = [](const call &c) {
    return arrays{nd::digitize(c.operand(0), c.operand(1), c.integer(0) != 0)};
  };
}

} // namespace compare
