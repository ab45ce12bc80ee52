// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements by rank: medians, percentiles, quantiles.
#ifndef ND_QUANTILES_H
#define ND_QUANTILES_H

#include <nd/reductions.h>

#include <string_view>

namespace ND_API nd {

/// The middle of the elements in order, or the mean of the two in the middle (numpy.median); nan if
/// any element is, or there are none.
///
/// Shape   without the reduced axes, all of them if none are given.
/// Dtype   as mean.
/// Throws  dtype_error for complex elements.
/// Cost    linear in the elements: they are selected from, not sorted.
array median(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array median(const operand &a, const reduce_options &options);
/// The same without the elements that are nan (numpy.nanmedian).
array nanmedian(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nanmedian(const operand &a, const reduce_options &options);

/// What percentiles and quantiles take beside the axes:
/// `nd::percentile(x, 90, 0, {.method = "lower"})`.
struct quantile_options {
  detail::designated only_by_name = detail::designated();
  /// Of Hyndman & Fan, "Sample Quantiles in Statistical Packages" (1996): inverted_cdf,
  /// averaged_inverted_cdf, closest_observation, interpolated_inverted_cdf, hazen, weibull, linear,
  /// median_unbiased, normal_unbiased; and lower, higher, midpoint, nearest.
  std::string_view method = "linear";
  bool keepdims = false; ///< reduced axes stay with extent 1
  array weights = {};    ///< of the elements, or along the axes; for inverted_cdf
};

/// The elements below which a fraction \p q of the others lies (numpy.quantile); nan if any element
/// is.
///
/// Shape   that of \p q, then that of \p a without the reduced axes.
/// Dtype   of floats theirs, of integers float64; where \p q is an array, promoted with its dtype.
///         Methods that do not interpolate keep the dtype of \p a.
/// Throws  value_error for q outside [0, 1], where it is known, an unknown method and weights that
///         do not go with the method or the axes; index_error for no elements; dtype_error for
///         complex elements.
/// Cost    linear in the elements for a few q; with weights a sort.
array quantile(const operand &a, const operand &q, const axes &axis = {},
               const quantile_options &options = {});
array quantile(const operand &a, const operand &q, const quantile_options &options);
/// quantile of q / 100 (numpy.percentile).
array percentile(const operand &a, const operand &q, const axes &axis = {},
                 const quantile_options &options = {});
array percentile(const operand &a, const operand &q, const quantile_options &options);
/// quantile of the elements that are not nan; nan where there are none (numpy.nanquantile).
array nanquantile(const operand &a, const operand &q, const axes &axis = {},
                  const quantile_options &options = {});
array nanquantile(const operand &a, const operand &q, const quantile_options &options);
/// percentile of the elements that are not nan (numpy.nanpercentile).
array nanpercentile(const operand &a, const operand &q, const axes &axis = {},
                    const quantile_options &options = {});
array nanpercentile(const operand &a, const operand &q, const quantile_options &options);

} // namespace nd

#endif // ND_QUANTILES_H
