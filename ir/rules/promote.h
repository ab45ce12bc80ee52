// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which dtype comes out: NumPy 2's promotion (NEP 50).
#ifndef ND_RULES_PROMOTE_H
#define ND_RULES_PROMOTE_H

#include "ir/rules/dtype.h"

#include <functional>
#include <optional>

namespace nd::rules {

/// A scalar that only has a category: it takes the dtype of the array it meets.
enum class weak_kind : uint8_t { bool_, integer, floating, complex };

namespace detail {

constexpr dtype_kind signed_of_size(size_t bytes) {
  return bytes == 1   ? dtype_kind::int8
         : bytes == 2 ? dtype_kind::int16
         : bytes == 4 ? dtype_kind::int32
                      : dtype_kind::int64;
}

} // namespace detail

/// The dtype of an operation between arrays of dtypes \p a and \p b (numpy.result_type).
///
/// bfloat16, which NumPy has not, keeps bool and integers (as ml_dtypes and JAX do) and gives
/// float32 with float16.
constexpr dtype_kind promote(dtype_kind a, dtype_kind b) {
  if (a == b || is_bool(b))
    return a;
  if (is_bool(a))
    return b;
  if (is_complex(a) || is_complex(b))
    return complex_of(promote(real_of(a), real_of(b)));
  if (is_float(a) && is_float(b))
    return is_half(a) && is_half(b) ? dtype_kind::float32 : itemsize(a) > itemsize(b) ? a : b;
  if (is_float(a) || is_float(b)) {
    dtype_kind f = is_float(a) ? a : b, i = is_float(a) ? b : a;
    if (f == dtype_kind::bfloat16)
      return f;
    // The float that holds the integer: float16 one of 8 bits, float32 one of 16.
    size_t bytes = itemsize(i) >= 4 ? 8 : 2 * itemsize(i);
    return bytes <= itemsize(f) ? f : bytes == 4 ? dtype_kind::float32 : dtype_kind::float64;
  }
  if (is_signed(a) == is_signed(b))
    return itemsize(a) > itemsize(b) ? a : b;
  dtype_kind s = is_signed(a) ? a : b, u = is_signed(a) ? b : a;
  if (itemsize(s) > itemsize(u))
    return s;
  // The signed type that holds the unsigned one; none holds uint64.
  return u == dtype_kind::uint64 ? dtype_kind::float64 : detail::signed_of_size(2 * itemsize(u));
}

/// The dtype of an operation between many, \p of each (numpy.result_type): the highest category
/// comes first, so that the order does not matter and integers meet floats one by one. int16,
/// uint16 and float32 give float32, although the first two alone give int32.
template <class Range, class Of = std::identity>
constexpr dtype_kind promote_all(const Range &range, Of of = {}) {
  auto category = [](dtype_kind k) { return is_complex(k) + is_inexact(k) + !is_bool(k); };
  std::optional<dtype_kind> out;
  for (int now = 3; now >= 0; --now)
    for (const auto &x : range)
      if (const dtype_kind k = std::invoke(of, x); category(k) == now)
        out = out ? promote(*out, k) : k;
  return out.value_or(dtype_kind::float64);
}

/// The dtype a weak scalar has on its own: bool, int64, float64, complex128.
constexpr dtype_kind default_dtype(weak_kind w) {
  return w == weak_kind::bool_      ? dtype_kind::bool_
         : w == weak_kind::integer  ? dtype_kind::int64
         : w == weak_kind::floating ? dtype_kind::float64
                                    : dtype_kind::complex128;
}

/// The dtype of an operation between an array and a weak scalar: the array's, unless the scalar is
/// of a higher category; then the scalar's own, or the complex dtype over the array's float.
constexpr dtype_kind promote_weak(dtype_kind array, weak_kind w) {
  if (w == weak_kind::bool_ || is_complex(array))
    return array;
  if (w == weak_kind::complex)
    return is_float(array) ? complex_of(array) : dtype_kind::complex128;
  if (is_float(array))
    return array;
  if (w == weak_kind::integer)
    return is_bool(array) ? dtype_kind::int64 : array;
  return dtype_kind::float64;
}

/// The dtype of exp, sqrt, sin and the like: the float that holds the integer, float16 for bool and
/// 8 bits.
constexpr dtype_kind float_result(dtype_kind k) {
  return is_inexact(k)      ? k
         : itemsize(k) == 1 ? dtype_kind::float16
         : itemsize(k) == 2 ? dtype_kind::float32
                            : dtype_kind::float64;
}

/// The same for two operands (arctan2, hypot): each converts on its own, so that int16 with uint16
/// is float32 although the two promote to int32.
constexpr dtype_kind float_result(dtype_kind a, dtype_kind b) {
  return promote(float_result(a), float_result(b));
}

/// The dtype where every integer becomes float64: divide, mean, var, std and linear algebra.
constexpr dtype_kind inexact_result(dtype_kind k) {
  return is_inexact(k) ? k : dtype_kind::float64;
}

/// The dtype of sum and prod: bool and integers widen to int64, unsigned ones to uint64.
constexpr dtype_kind sum_result(dtype_kind k) {
  return is_inexact(k) ? k : is_unsigned(k) ? dtype_kind::uint64 : dtype_kind::int64;
}

/// The dtype of matmul: that of its operands.
constexpr dtype_kind same_result(dtype_kind k) { return k; }

/// The dtype that sums of \p k are kept in while they grow: float32 for the halves, rounded once.
constexpr dtype_kind accumulator_of(dtype_kind k) { return is_half(k) ? dtype_kind::float32 : k; }

} // namespace nd::rules

#endif // ND_RULES_PROMOTE_H
