// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Running sums and their kin, and differences.
#ifndef ND_SCANS_H
#define ND_SCANS_H

#include <nd/reductions.h>

namespace ND_API nd {

/// Running sum of \p x along \p axis (numpy.cumsum).
///
/// Shape   that of \p x; without an axis, 1-D over the flattened array.
/// Dtype   bool and narrow integers widen to int64/uint64; floats keep theirs; \p type overrides.
/// Order   one element after the other as in NumPy, so that results are equal bit for bit.
/// Throws  shape_error if axis is outside [-ndim, ndim).
/// Cost    one pass; lanes run on several threads, a single lane does not.
array cumsum(const operand &x, std::optional<int64_t> axis = {}, std::optional<dtype> type = {});
/// Running product of \p x along \p axis (numpy.cumprod); as cumsum.
array cumprod(const operand &x, std::optional<int64_t> axis = {}, std::optional<dtype> type = {});
/// Running sum that takes nan as 0 (numpy.nancumsum).
array nancumsum(const operand &x, std::optional<int64_t> axis = {}, std::optional<dtype> type = {});
/// Running product that takes nan as 1 (numpy.nancumprod).
array nancumprod(const operand &x, std::optional<int64_t> axis = {},
                 std::optional<dtype> type = {});

/// What cumulative_sum and cumulative_prod take beside the axis.
struct cumulative_options {
  detail::designated only_by_name = detail::designated();
  std::optional<nd::dtype> dtype = {}; ///< to compute in, and of the result
  bool include_initial = false;        ///< 0 (or 1) stands first, the axis grows by one
};
/// Running sum along \p axis, which only a 1-D array may leave out (numpy.cumulative_sum).
///
/// Throws  value_error for an array of other than 1 dimension without an axis.
array cumulative_sum(const operand &x, std::optional<int64_t> axis = {},
                     const cumulative_options &options = {});
array cumulative_sum(const operand &x, const cumulative_options &options);
/// Running product along \p axis (numpy.cumulative_prod); as cumulative_sum.
array cumulative_prod(const operand &x, std::optional<int64_t> axis = {},
                      const cumulative_options &options = {});
array cumulative_prod(const operand &x, const cumulative_options &options);

/// The smallest element so far along \p axis, nan from the first nan on (numpy.minimum.accumulate).
array minimum_accumulate(const operand &x, int64_t axis = 0);
/// The largest element so far along \p axis, nan from the first nan on (numpy.maximum.accumulate).
array maximum_accumulate(const operand &x, int64_t axis = 0);

/// What diff takes beside the axis: `nd::diff(x, 1, -1, {.prepend = 0})`.
struct diff_options {
  detail::designated only_by_name = detail::designated();
  array prepend = {}; ///< put before x along the axis first; 0-d stands for one slice of it
  array append = {};  ///< put behind x along the axis first
};
/// x[1:] - x[:-1] along \p axis, \p n times (numpy.diff); of bool arrays, not_equal.
///
/// Shape   that of \p x, the axis shorter by \p n, at least 0.
/// Throws  value_error for a negative n or a 0-d array.
array diff(const operand &x, int64_t n = 1, int64_t axis = -1, const diff_options &options = {});
array diff(const operand &x, const diff_options &options);

/// Differences of neighbours in the flattened array, with elements put around them
/// (numpy.ediff1d).
///
/// Dtype   that of \p ary; the others must convert to it without loss of kind.
array ediff1d(const operand &ary, const array &to_end = {}, const array &to_begin = {});

} // namespace nd

#endif // ND_SCANS_H
