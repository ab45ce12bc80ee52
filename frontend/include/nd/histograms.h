// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Counting elements, and where they fall.
#ifndef ND_HISTOGRAMS_H
#define ND_HISTOGRAMS_H

#include <nd/reductions.h>

#include <string>
#include <utility>

namespace ND_API nd {

/// How a histogram is cut: a number of bins of one width, the edges of bins, or the name of a rule
/// that chooses a number: auto, doane, fd, rice, scott, sqrt, stone, sturges.
class bins {
public:
  template <std::integral T>
  bins(T count, site where = site::current())
      : count_(static_cast<int64_t>(count)), where_(where) {}
  bins(const array &edges, site where = site::current()) : edges_(edges), where_(where) {}
  bins(std::initializer_list<nested> edges, site where = site::current())
      : edges_(edges, where), where_(where) {}
  bins(const char *rule, site where = site::current()) : rule_(rule), where_(where) {}
  bins(std::string rule, site where = site::current()) : rule_(std::move(rule)), where_(where) {}

  int64_t count() const { return count_; }
  const array &edges() const { return edges_; }
  const std::string &rule() const { return rule_; }
  const site &where() const { return where_; }

private:
  int64_t count_ = 0;
  array edges_;
  std::string rule_;
  site where_;
};

/// The lowest and the highest edge.
using bounds = std::pair<double, double>;

/// What histogram takes beside the bins: `nd::histogram(x, 20, {.range = {{0, 1}}})`.
struct histogram_options {
  detail::designated only_by_name = detail::designated();
  std::optional<bounds> range = {}; ///< elements outside do not count; of all elements if not given
  bool density = false; ///< divide by the total and the width, so that the integral is 1
  array weights = {};   ///< what each element counts, instead of 1
};
struct histogram_result {
  array counts, edges;
};
/// How many elements fall into each bin (numpy.histogram). Bins are half open, the last one is
/// closed; nan falls into none.
///
/// Shape   counts (n,), edges (n + 1,).
/// Dtype   counts int64, or that of the weights, or under density float64; edges as in
///         histogram_bin_edges.
/// Throws  value_error for edges that decrease, for bounds that are not finite or not in order, and
///         with a named rule for weights.
/// Cost    one search among the edges for each element.
histogram_result histogram(const operand &a, const bins &bins = 10,
                           const histogram_options &options = {});
histogram_result histogram(const operand &a, const histogram_options &options);

/// The edges that histogram would use (numpy.histogram_bin_edges). The number of bins of a named
/// rule depends on the elements: it is found at once, so not inside nd::jit.
///
/// Dtype   of float elements theirs, else float64; given edges keep theirs.
array histogram_bin_edges(const operand &a, const bins &bins = 10, std::optional<bounds> range = {},
                          const array &weights = {});

struct histogram2d_result {
  array H, xedges, yedges;
};
/// What histogramdd and histogram2d take beside the bins.
struct histogramdd_options {
  detail::designated only_by_name = detail::designated();
  std::vector<bounds> range = {}; ///< for each coordinate, or none
  bool density = false;           ///< divide by the total and the volume of a bin
  array weights = {};             ///< what each point counts, instead of 1
};
/// How many points (x[i], y[i]) fall into each cell (numpy.histogram2d).
histogram2d_result histogram2d(const operand &x, const operand &y, const bins &xbins = 10,
                               const bins &ybins = 10, const histogramdd_options &options = {});
histogram2d_result histogram2d(const operand &x, const operand &y, const bins &both,
                               const histogramdd_options &options);

struct histogramdd_result {
  array H;
  std::vector<array> edges;
};
/// How many rows of \p sample, (N, D), fall into each cell of D dimensions (numpy.histogramdd).
///
/// Dtype   float64.
/// Throws  value_error if there are not D bins; one stands for all.
histogramdd_result histogramdd(const operand &sample, const std::vector<bins> &bins = {10},
                               const histogramdd_options &options = {});

/// How often each number from 0 on occurs in \p x (numpy.bincount), or the sum of the weights where
/// it does.
///
/// Shape   (max(x) + 1,), at least \p minlength; inside nd::jit decided at run time.
/// Dtype   int64; with weights float64, of complex ones complex128.
/// Order   weights are added one after the other.
/// Throws  dtype_error for other than integers, value_error for a negative one or minlength,
///         shape_error for other than 1 dimension.
array bincount(const operand &x, const array &weights = {}, int64_t minlength = 0);

/// The bin each element falls into (numpy.digitize): i where bins[i - 1] <= x < bins[i], with
/// \p right where bins[i - 1] < x <= bins[i]; of decreasing bins the other way round.
///
/// Throws  value_error for bins that neither increase nor decrease, where their elements are known.
array digitize(const operand &x, const operand &bins, bool right = false);

} // namespace nd

#endif // ND_HISTOGRAMS_H
