// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which dtype comes out: NumPy 2's promotion (NEP 50).
#ifndef ND_RULES_PROMOTE_H
#define ND_RULES_PROMOTE_H

#include "ir/rules/dtype.h"

namespace nd::rules {

/// A scalar that only has a category: it takes the dtype of the array it meets.
enum class weak_kind : uint8_t { bool_, integer, floating };

namespace detail {

constexpr dtype_kind signed_of_size(size_t bytes) {
  return bytes == 1   ? dtype_kind::int8
         : bytes == 2 ? dtype_kind::int16
         : bytes == 4 ? dtype_kind::int32
                      : dtype_kind::int64;
}

} // namespace detail

/// The dtype of an operation between arrays of dtypes \p a and \p b (numpy.result_type).
constexpr dtype_kind promote(dtype_kind a, dtype_kind b) {
  if (a == b || is_bool(b))
    return a;
  if (is_bool(a))
    return b;
  if (is_float(a) && is_float(b))
    return dtype_kind::float64;
  if (is_float(a) || is_float(b)) {
    dtype_kind f = is_float(a) ? a : b, i = is_float(a) ? b : a;
    return f == dtype_kind::float32 && itemsize(i) <= 2 ? dtype_kind::float32 : dtype_kind::float64;
  }
  if (is_signed(a) == is_signed(b))
    return itemsize(a) > itemsize(b) ? a : b;
  dtype_kind s = is_signed(a) ? a : b, u = is_signed(a) ? b : a;
  if (itemsize(s) > itemsize(u))
    return s;
  // The signed type that holds the unsigned one; none holds uint64.
  return u == dtype_kind::uint64 ? dtype_kind::float64 : detail::signed_of_size(2 * itemsize(u));
}

/// The dtype a weak scalar has on its own: bool, int64, float64.
constexpr dtype_kind default_dtype(weak_kind w) {
  return w == weak_kind::bool_     ? dtype_kind::bool_
         : w == weak_kind::integer ? dtype_kind::int64
                                   : dtype_kind::float64;
}

/// The dtype of an operation between an array and a weak scalar: the array's, unless the scalar is
/// of a higher category; then the scalar's own.
constexpr dtype_kind promote_weak(dtype_kind array, weak_kind w) {
  if (w == weak_kind::bool_ || is_float(array))
    return array;
  if (w == weak_kind::integer)
    return is_bool(array) ? dtype_kind::int64 : array;
  return dtype_kind::float64;
}

/// The dtype of exp, sqrt, sin and the like. NumPy's answer where that dtype exists: it gives
/// float16 for bool and 8-bit integers, for which float32 stands here.
constexpr dtype_kind float_result(dtype_kind k) {
  return is_float(k) ? k : itemsize(k) <= 2 ? dtype_kind::float32 : dtype_kind::float64;
}

/// The same for two operands (arctan2, hypot): each converts on its own, so that int16 with uint16
/// is float32 although the two promote to int32.
constexpr dtype_kind float_result(dtype_kind a, dtype_kind b) {
  return promote(float_result(a), float_result(b));
}

/// The dtype where every integer becomes float64: divide, mean, var, std and linear algebra.
constexpr dtype_kind inexact_result(dtype_kind k) { return is_float(k) ? k : dtype_kind::float64; }

/// The dtype of sum and prod: bool and integers widen to int64, unsigned ones to uint64.
constexpr dtype_kind sum_result(dtype_kind k) {
  return is_float(k) ? k : is_unsigned(k) ? dtype_kind::uint64 : dtype_kind::int64;
}

/// The dtype of matmul: that of its operands.
constexpr dtype_kind same_result(dtype_kind k) { return k; }

} // namespace nd::rules

#endif // ND_RULES_PROMOTE_H
