// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sampled functions: interpolation, integrals, derivatives, sliding products; vector products.
#ifndef ND_CALCULUS_H
#define ND_CALCULUS_H

#include <nd/reductions.h>

#include <string_view>

namespace ND_API nd {

/// What interp takes beside the points.
struct interp_options {
  detail::designated only_by_name = detail::designated();
  std::optional<scalar> left = {};   ///< for x below xp[0]; fp[0] if not given
  std::optional<scalar> right = {};  ///< for x above xp[-1]; fp[-1] if not given
  std::optional<double> period = {}; ///< xp and x count modulo this; left and right do not
};
/// Straight lines between the points (xp, fp), at \p x (numpy.interp).
///
/// Shape   that of \p x.   Dtype   float64, or complex128 if \p fp is complex.
/// Throws  shape_error unless xp and fp are 1-D and equally long, value_error if they are empty or
///         the period is 0, dtype_error for complex x or xp. xp must increase; that is not checked.
/// Cost    one search among xp for each element.
array interp(const operand &x, const operand &xp, const operand &fp,
             const interp_options &options = {});

/// What trapezoid takes beside the samples: `nd::trapezoid(y, {.dx = 0.1})`.
struct trapezoid_options {
  detail::designated only_by_name = detail::designated();
  array x = {};      ///< where the samples are taken
  double dx = 1;     ///< or how far apart
  int64_t axis = -1; ///< along which
};
/// Integral along an axis by the trapezoidal rule (numpy.trapezoid).
///
/// Shape   of \p x: one place for each sample along the axis, or that of \p y.
/// Dtype   integers give float64.
array trapezoid(const operand &y, const array &x = {}, double dx = 1, int64_t axis = -1);
array trapezoid(const operand &y, const trapezoid_options &options);

/// What gradient takes beside the spacings: `nd::gradient(f, 0.5, {.axis = 1, .edge_order = 2})`.
struct gradient_options {
  detail::designated only_by_name = detail::designated();
  axes axis = {};         ///< all if not given
  int64_t edge_order = 1; ///< 1 or 2: the order of the differences at the ends
};
/// Derivatives by central differences of second order (numpy.gradient).
///
/// Spacings   none: 1; one number for all axes; or for each axis a number or its coordinates.
/// Shape      along one axis that of \p f. Along several NumPy gives a list; here it is one array
///            with these as its first axis: `auto g = nd::gradient(f); g[0]; g[1]`.
/// Dtype      integers give float64.
/// Throws     value_error for spacings that do not match the axes, coordinates of another length,
///            too few elements for the differences, another edge_order.
array gradient(const operand &f, const gradient_options &options = {});
array gradient(const operand &f, const operand &spacing, const gradient_options &options = {});
array gradient(const operand &f, const operand &spacing0, const operand &spacing1,
               const gradient_options &options = {});
array gradient(const operand &f, const operand &spacing0, const operand &spacing1,
               const operand &spacing2, const gradient_options &options = {});

/// Sums of products of one vector and the other one reversed, at each shift (numpy.convolve).
///
/// Shape   (n + m - 1,) for "full", the longer one's for "same", (max - min + 1,) for "valid".
/// Dtype   the promoted one; integers wrap, bool is "any of and".
/// Throws  shape_error for other than 1 dimension, value_error for an empty vector or another mode.
/// Cost    n times m.
array convolve(const operand &a, const operand &v, std::string_view mode = "full");
/// Sums of products of \p a and the conjugate of \p v, at each shift (numpy.correlate); as
/// convolve.
array correlate(const operand &a, const operand &v, std::string_view mode = "valid");

/// What cross takes beside the vectors.
struct cross_options {
  detail::designated only_by_name = detail::designated();
  int64_t axisa = -1;               ///< of a, where the components are
  int64_t axisb = -1;               ///< of b
  int64_t axisc = -1;               ///< of the result; not for two vectors of 2 components
  std::optional<int64_t> axis = {}; ///< of all three, instead
};
/// Vector product of vectors of 3 components, or of 2, which have a third one of 0 (numpy.cross).
///
/// Shape   the other axes broadcast; the components follow, but for two vectors of 2 components,
///         which give the third component alone.
/// Throws  value_error for vectors of other lengths, dtype_error for bool.
array cross(const operand &a, const operand &b, const cross_options &options = {});

} // namespace nd

#endif // ND_CALCULUS_H
