// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The shapes and dtypes of discrete Fourier transforms.
#ifndef ND_RULES_FFT_H
#define ND_RULES_FFT_H

#include "ir/rules/axes.h"
#include "ir/rules/dtype.h"
#include "ir/rules/error.h"
#include "ir/rules/extent.h"

namespace nd::rules {

/// From real or complex numbers to complex ones; from real ones to the first half of those; back.
enum class transform : uint8_t { complex, real, to_real };

/// What a transform's n says where it is no number of elements.
namespace points {
inline constexpr int64_t of_operand = -1;    ///< those that are there; to_real: a half's whole
inline constexpr int64_t of_result = -2;     ///< the result's; a half's whole, if that is even
inline constexpr int64_t of_odd_result = -3; ///< the odd whole of a half
} // namespace points

/// \p s after a transform over \p n elements of \p axis, or as many as one of points says; an
/// extent that only the result has is dynamic.
inline result<shape> fft_shape(const shape &s, int64_t axis, int64_t n, transform kind) {
  if (axis < 0 || axis >= int64_t(s.size()))
    return fail(error_kind::shape, "axis " + std::to_string(axis) +
                                       " is out of bounds for an array of " +
                                       detail::dimensions(int64_t(s.size())));
  const int64_t here = s[size_t(axis)];
  // Only a run knows the half of an extent that a run decides.
  const bool open = here == dynamic || (is_run_time(here) && kind != transform::complex);
  if (n == points::of_operand)
    n = open ? dynamic : kind == transform::to_real ? 2 * (here - 1) : here;
  else if (n == points::of_result || n == points::of_odd_result)
    n = dynamic;
  else if (n < 1)
    n = 0;
  shape out = s;
  if (n == dynamic) {
    out[size_t(axis)] = dynamic;
    return out;
  }
  if (n < 1)
    return fail(error_kind::value, "axis " + std::to_string(axis) + " of shape " + to_string(s) +
                                       " leaves no elements to transform; at least 1 is needed");
  out[size_t(axis)] = kind == transform::real ? n / 2 + 1 : n;
  return out;
}

/// The complex dtype of a spectrum: complex64 up to float32, complex128 for all others, bool and
/// integers among them.
constexpr dtype_kind spectrum_dtype(dtype_kind k) {
  return is_inexact(k) ? complex_of(k) : dtype_kind::complex128;
}

} // namespace nd::rules

#endif // ND_RULES_FFT_H
