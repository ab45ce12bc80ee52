// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Folds along axes.
#ifndef ND_REDUCTIONS_H
#define ND_REDUCTIONS_H

#include <nd/array.h>

namespace ND_API nd {

namespace detail {
/// Stands first in an options struct so that `{0, 2}` is a list of axes and never options.
struct designated {
  explicit designated() = default;
};
} // namespace detail

/// What reductions take beside axes: `nd::var(x, 1, {.ddof = 1})`.
struct reduce_options {
  detail::designated only_by_name = detail::designated();
  bool keepdims = false;                 ///< reduced axes stay with extent 1
  double ddof = 0;                       ///< var and std divide by n - ddof
  std::optional<nd::dtype> dtype = {};   ///< to compute in, and of the result
  array where = {};                      ///< bool; elements to include
  std::optional<scalar> initial = {};    ///< what the fold starts with
  array mean = {};                       ///< of var and std, if it is known: as keepdims gives it
  std::optional<double> correction = {}; ///< another name for ddof
};

/// `a.sum(1, nd::keepdims)`: shorthand for {.keepdims = true}.
struct keepdims_t {
  template <class Options>
  requires requires(Options &o) { o.keepdims = true; }
  operator Options() const {
    Options options;
    options.keepdims = true;
    return options;
  }
};
inline constexpr keepdims_t keepdims{};

/// Sum of the elements (numpy.sum).
///
/// Shape   without the reduced axes, all of them if none are given; with extents of 1 under
/// keepdims. Dtype   bool and integers widen to int64, unsigned ones to uint64; floats keep theirs.
/// Order   fixed by the shape alone: one result, bit for bit, for any number of threads.
/// Throws  shape_error for an axis outside [-ndim, ndim).
array sum(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array sum(const operand &a, const reduce_options &options);
/// Product of the elements (numpy.prod); dtypes as sum.
array prod(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array prod(const operand &a, const reduce_options &options);
/// Arithmetic mean (numpy.mean); integers give float64. nan for no elements.
array mean(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array mean(const operand &a, const reduce_options &options);
/// Variance with divisor n - ddof (numpy.var); integers give float64. Complex: of the distances.
///
/// Throws  value_error for both ddof and correction; shape_error for a mean that does not broadcast.
array var(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array var(const operand &a, const reduce_options &options);
/// Standard deviation with divisor n - ddof (numpy.std); integers give float64.
array std(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array std(const operand &a, const reduce_options &options);
/// Smallest element, nan if any is (numpy.min).
///
/// Throws  value_error for no elements without an initial value.
array min(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array min(const operand &a, const reduce_options &options);
/// Largest element, nan if any is (numpy.max).
///
/// Throws  value_error for no elements without an initial value.
array max(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array max(const operand &a, const reduce_options &options);
/// max - min (numpy.ptp).
array ptp(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array ptp(const operand &a, const reduce_options &options);
/// Whether any element is nonzero (numpy.any).
array any(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array any(const operand &a, const reduce_options &options);
/// Position of the first smallest element, of the first nan if any is (numpy.argmin).
///
/// Shape   one axis reduced; without an axis, 0-d: the position in C order.
/// Throws  value_error for no elements, or for several axes.
array argmin(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array argmin(const operand &a, const reduce_options &options);
/// Position of the first largest element, of the first nan if any is (numpy.argmax).
array argmax(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array argmax(const operand &a, const reduce_options &options);
/// The number of nonzero elements (numpy.count_nonzero).
array count_nonzero(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array count_nonzero(const operand &a, const reduce_options &options);

/// nd::all: whether every element is nonzero (numpy.all), and between brackets the bare colon.
struct all_t {
  array operator()(const operand &a) const;
  array operator()(const operand &a, const axes &axis) const;
  array operator()(const operand &a, const axes &axis, const reduce_options &options) const;
  array operator()(const operand &a, const reduce_options &options) const;
};
inline constexpr all_t all{};

} // namespace nd

#endif // ND_REDUCTIONS_H
