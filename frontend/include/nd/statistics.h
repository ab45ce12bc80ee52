// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Weighted means, covariance and correlation.
#ifndef ND_STATISTICS_H
#define ND_STATISTICS_H

#include <nd/reductions.h>

namespace ND_API nd {

/// What average takes last.
struct average_options {
  detail::designated only_by_name = detail::designated();
  bool keepdims = false; ///< reduced axes stay with extent 1
};
/// The mean, of elements times \p weights if they are given (numpy.average).
///
/// Shape   of the weights: that of \p a, or that along the axes.
/// Dtype   integers give float64; else the promoted dtype of both.
/// Throws  dtype_error for weights of another shape without axes, value_error for weights whose
///         shape is not that along the axes, or which add up to 0, where they are known.
array average(const operand &a, const axes &axis = {}, const array &weights = {},
              const average_options &options = {});

/// `nd::average(x, 0, w, nd::returned)` gives the sums of the weights too.
struct returned_t {};
inline constexpr returned_t returned{};
struct average_result {
  array average, sum_of_weights;
};
average_result average(const operand &a, const axes &axis, const array &weights, returned_t,
                       const average_options &options = {});

/// What cov takes beside the data: `nd::cov(m, {.rowvar = false, .bias = true})`.
struct cov_options {
  detail::designated only_by_name = detail::designated();
  bool rowvar = true;                  ///< rows are variables, columns observations; or else
  bool bias = false;                   ///< divide by n, not by n - 1
  std::optional<int64_t> ddof = {};    ///< divide by n - ddof
  array fweights = {};                 ///< how often each observation counts, integers
  array aweights = {};                 ///< how much each observation counts
  std::optional<nd::dtype> dtype = {}; ///< at least float64 if not given
};
/// Covariance matrix of variables (numpy.cov), those of \p y behind those of \p m.
///
/// Shape   (v, v) for v variables, 0-d for one.
/// Dtype   float64 or complex128, or the one asked for.
/// Throws  shape_error for more than 2 dimensions and for weights that are not one for each
///         observation, dtype_error for fweights that are no integers, value_error for negative
///         weights where they are known.
array cov(const operand &m, const array &y = {}, const cov_options &options = {});
array cov(const operand &m, const cov_options &options);

/// What corrcoef takes beside the data.
struct corrcoef_options {
  detail::designated only_by_name = detail::designated();
  bool rowvar = true;                  ///< rows are variables, columns observations; or else
  std::optional<nd::dtype> dtype = {}; ///< at least float64 if not given
};
/// Pearson's correlation coefficients of variables (numpy.corrcoef); shapes and errors as cov.
array corrcoef(const operand &x, const array &y = {}, const corrcoef_options &options = {});
array corrcoef(const operand &x, const corrcoef_options &options);

} // namespace nd

#endif // ND_STATISTICS_H
