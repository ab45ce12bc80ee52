// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An element's bin is found among the edges; nd.bincount adds up what falls into each, elements
// outside in a bin of their own behind the last.
#include "nd/histograms.h"

#include "frontend/array/Bins.h"
#include "ir/rules/extent.h"
#include "ir/rules/promote.h"
#include "nd/manipulation.h"
#include "nd/scans.h"
#include "nd/selection.h"

#include <cmath>

namespace nd {
namespace {

using detail::given;
using detail::term;
using detail::term_of;

/// The elements as a vector; bool counts as 0 and 1.
term flat(const operand &a, const char *what) {
  term x = term_of(a);
  if (rules::is_complex(x.dtype()))
    detail::raise(rules::error_kind::dtype, what,
                  "complex numbers have no order; use their real or imaginary parts", x.where());
  x = x.reshape({detail::total_extent(x, x.where())});
  return rules::is_bool(x.dtype()) ? x.as(uint8) : x;
}

/// Weights as a vector beside \p x.
term weights_of(const array &weights, const term &x, const char *what) {
  term w(weights, x.where());
  w = w.reshape({detail::total_extent(w, w.where())});
  if (!(w.shape() == x.shape()))
    detail::raise(rules::error_kind::value, what,
                  "there are weights of shape " + to_string(weights.shape()) + " for " +
                      to_string(x.shape()) + " elements; give one for each",
                  x.where());
  return w;
}

/// What bincount adds in: the weights' dtype, widened.
dtype summed(dtype k) { return rules::is_complex(k) ? complex128 : float64; }

array counted(const term &at, const term &weights, int64_t size) {
  return detail::record_as("nd.bincount", {&at.value(), &weights.value()}, {}, weights.dtype(),
                           {size}, at.where());
}

term ones(const term &x) {
  return x.with(detail::stretched(detail::record_full(1, int64, {}, x.where()), x.shape(), "ones",
                                  x.where()));
}

} // namespace

array histogram_bin_edges(const operand &a, const bins &bins, std::optional<bounds> range,
                          const array &weights) {
  term x = flat(a, "histogram_bin_edges");
  return detail::edges_of("histogram_bin_edges", x, bins, range, given(weights));
}

histogram_result histogram(const operand &a, const bins &bins, const histogram_options &options) {
  term x = flat(a, "histogram");
  std::optional<term> w;
  if (given(options.weights))
    w = weights_of(options.weights, x, "histogram");
  term edges = detail::edges_of("histogram", x, bins, options.range, w.has_value());
  const int64_t n = edges.size() - 1;
  term at = detail::bin_of(x, edges);
  term count = x.with(counted(at, w ? w->as(summed(w->dtype())) : ones(x), n + 1)).part(0, 0, n);
  if (w)
    count = count.as(w->dtype());
  if (options.density) {
    term width = x.with(diff(edges.on())).as(float64);
    count = count / width / count.sum(0);
  }
  return {count, edges};
}
histogram_result histogram(const operand &a, const histogram_options &options) {
  return histogram(a, 10, options);
}

histogramdd_result histogramdd(const operand &sample, const std::vector<bins> &bins,
                               const histogramdd_options &options) {
  const char *what = "histogramdd";
  term points = term_of(sample);
  const site &here = sample.where();
  if (points.ndim() == 1)
    points = points.reshape({points.size(), 1});
  if (points.ndim() != 2)
    detail::raise(rules::error_kind::shape, what,
                  "the sample has shape " + to_string(points.shape()) +
                      "; give one row for each point, (N, D)",
                  here);
  const int64_t count = points.shape()[0], dimensions = points.shape()[1];
  auto one_for_each = [&](size_t number, const char *name, bool may_be_one) {
    if (int64_t(number) != dimensions && !(may_be_one && number == 1))
      detail::raise(rules::error_kind::value, what,
                    "there are " + std::to_string(number) + " " + name + " for points of " +
                        std::to_string(dimensions) + " coordinates; give one for each",
                    here);
  };
  one_for_each(bins.size(), "bins", true);
  if (!options.range.empty())
    one_for_each(options.range.size(), "ranges", false);
  histogramdd_result out;
  term at = detail::number(0, int64, here), outside = detail::number(false, bool_, here);
  shape cells;
  int64_t total = 1;
  for (int64_t d = 0; d < dimensions; ++d) {
    term x = points.at(1, d);
    std::optional<bounds> range;
    if (!options.range.empty())
      range = options.range[size_t(d)];
    term edges =
        detail::edges_of(what, x, bins[bins.size() == 1 ? 0 : size_t(d)], range, false).as(float64);
    const int64_t n = edges.size() - 1;
    term place = detail::bin_of(x, edges);
    outside = outside | (place == n);
    at = at * n + place;
    cells.push_back(n);
    total *= n;
    out.edges.push_back(edges);
  }
  term x = points.with(detail::stretched(where(outside, total, at), {count}, what, here));
  term w = given(options.weights) ? weights_of(options.weights, x, what).as(float64)
                                  : ones(x).as(float64);
  term h = x.with(counted(x, w, total + 1)).part(0, 0, total).reshape(cells);
  if (options.density) {
    term sum = h.with(nd::sum(h.on()));
    for (int64_t d = 0; d < dimensions; ++d) {
      shape along;
      for (int64_t i = 0; i < dimensions; ++i)
        along.push_back(i == d ? cells[size_t(d)] : 1);
      h = h / h.with(diff(operand(out.edges[size_t(d)], here))).reshape(along);
    }
    h = h / sum;
  }
  out.H = h;
  return out;
}

histogram2d_result histogram2d(const operand &x, const operand &y, const bins &xbins,
                               const bins &ybins, const histogramdd_options &options) {
  array columns[] = {ravel(x), ravel(y)};
  if (!(columns[0].shape() == columns[1].shape()))
    detail::raise(rules::error_kind::value, "histogram2d",
                  "x has " + std::to_string(columns[0].size()) + " elements and y has " +
                      std::to_string(columns[1].size()) + "; give one y for each x",
                  x.where());
  array points = stack(std::vector<array>{columns[0], columns[1]}, 1);
  histogramdd_result all = histogramdd(operand(points, x.where()), {xbins, ybins}, options);
  return {all.H, all.edges[0], all.edges[1]};
}
histogram2d_result histogram2d(const operand &x, const operand &y, const bins &both,
                               const histogramdd_options &options) {
  return histogram2d(x, y, both, both, options);
}

array bincount(const operand &a, const array &weights, int64_t minlength) {
  const char *what = "bincount";
  const site &here = a.where();
  term x = term_of(a);
  if (x.size() == 0 && x.dtype() == float64)
    x = x.as(int64); // braces of nothing
  if ((!rules::is_integer(x.dtype()) && !rules::is_bool(x.dtype())) || x.dtype() == uint64)
    detail::raise(rules::error_kind::dtype, what,
                  "the array is " + std::string(rules::name(x.dtype())) +
                      "; it counts integers that int64 holds: cast with astype(nd::int64)",
                  here);
  if (x.ndim() != 1)
    detail::raise(rules::error_kind::shape, what,
                  "the array has shape " + to_string(x.shape()) + "; 1 dimension is needed", here);
  if (minlength < 0)
    detail::raise(rules::error_kind::value, what,
                  "minlength is " + std::to_string(minlength) + "; it must be 0 or more", here);
  x = x.as(int64);
  term w = given(weights) ? weights_of(weights, x, what) : ones(x);
  if (given(weights)) {
    if (rules::is_complex(w.dtype()))
      w = w.as(complex128);
    else
      w = w.as(float64);
  }
  if (x.size() == 0) // of nothing, NumPy counts even with weights
    return detail::record_full(0, int64, {minlength}, here);
  term needed = maximum(x.with(max(x.on(), {.initial = -1})) + 1, minlength);
  return counted(x, w, detail::run_time_extent(needed, what, here));
}

array digitize(const operand &a, const operand &edges, bool right) {
  const char *what = "digitize";
  const site &here = a.where();
  term x = term_of(a), b(detail::as_array(edges), here);
  if (b.ndim() != 1)
    detail::raise(rules::error_kind::shape, what,
                  "the bins have shape " + to_string(b.shape()) + "; 1 dimension is needed", here);
  if (rules::is_complex(x.dtype()) || rules::is_complex(b.dtype()))
    detail::raise(rules::error_kind::dtype, what,
                  "complex numbers have no order; use their real or imaginary parts", here);
  const int64_t n = b.size();
  const std::string_view side = right ? "left" : "right";
  if (n == 0)
    return x.with(searchsorted(b.on(), x.on(), side));
  if (detail::known(b)) {
    term low = b.part(0, 0, n - 1), high = b.part(0, 1, n - 1);
    const bool rises = n < 2 || !detail::any_of(low > high),
               falls = n < 2 || !detail::any_of(low < high);
    if (!rises && !falls)
      detail::raise(rules::error_kind::value, what,
                    "the bins neither increase nor decrease all along; sort them", here);
    if (rises)
      return x.with(searchsorted(b.on(), x.on(), side));
  }
  term turned = b.with(flip(b.on())), falls = b.at(0, 0) > b.at(0, n - 1);
  term sorted = where(falls, turned, b);
  term place = x.with(searchsorted(sorted.on(), x.on(), side));
  return where(falls, n - place, place);
}

} // namespace nd
