// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Discrete Fourier transforms.
#ifndef ND_FFT_H
#define ND_FFT_H

#include <nd/array.h>

#include <string_view>

namespace ND_API nd {
namespace fft {

// Along an axis with n elements the transform is y[k] = sum of x[t] exp(-2 pi i k t / n), the
// inverse one has the other sign. norm says where to divide: "backward", the inverse by n;
// "forward", the transform by n; "ortho", both by the square root of n.
//
// Lengths  any: n (or s, for several axes) cuts the axis or fills it up with zeros. Small prime
//          factors take n log n operations; a prime above 53 makes it a convolution of two to four
//          times the length. Another length is not another program; inside nd::jit a run may decide
//          it.
// Cost     real numbers half of what complex ones do, but for one long line of an odd length.
// Dtypes   complex64 of float16, bfloat16, float32 and complex64, which are computed in float32;
//          else complex128.
// Throws   shape_error for an axis that is not there, value_error for fewer than 1 element and for
//          another norm.
// Results  the same bits for any number of threads and any width of vectors.

/// Transform along one axis (numpy.fft.fft).
array fft(const operand &a, std::optional<int64_t> n = {}, int64_t axis = -1,
          std::string_view norm = "backward");
/// Inverse transform along one axis (numpy.fft.ifft).
array ifft(const operand &a, std::optional<int64_t> n = {}, int64_t axis = -1,
           std::string_view norm = "backward");
/// The first n / 2 + 1 elements of the transform of real numbers (numpy.fft.rfft); the others are
/// their conjugates.
///
/// Throws  dtype_error for complex numbers.
array rfft(const operand &a, std::optional<int64_t> n = {}, int64_t axis = -1,
           std::string_view norm = "backward");
/// Real numbers from the first half of their transform (numpy.fft.irfft): \p n of them, by default
/// 2 (m - 1) from m elements.
///
/// Dtype   float32 or float64; float16 and bfloat16 keep theirs.
array irfft(const operand &a, std::optional<int64_t> n = {}, int64_t axis = -1,
            std::string_view norm = "backward");
/// Transform of a signal that is its own mirrored conjugate, given by its first half
/// (numpy.fft.hfft): real, \p n elements, by default 2 (m - 1).
array hfft(const operand &a, std::optional<int64_t> n = {}, int64_t axis = -1,
           std::string_view norm = "backward");
/// The inverse of hfft, n / 2 + 1 elements (numpy.fft.ihfft).
array ihfft(const operand &a, std::optional<int64_t> n = {}, int64_t axis = -1,
            std::string_view norm = "backward");

/// Transform along several axes (numpy.fft.fftn).
///
/// Axes    \p axes, by default as many of the last as \p s has, or all. An s of -1 keeps an axis.
/// Throws  value_error if s and axes have different lengths.
array fftn(const operand &a, const nd::axes &s = {}, const nd::axes &axes = {},
           std::string_view norm = "backward");
/// Inverse transform along several axes (numpy.fft.ifftn).
array ifftn(const operand &a, const nd::axes &s = {}, const nd::axes &axes = {},
            std::string_view norm = "backward");
/// Transform of real numbers along several axes, of which the last is halved (numpy.fft.rfftn).
array rfftn(const operand &a, const nd::axes &s = {}, const nd::axes &axes = {},
            std::string_view norm = "backward");
/// The inverse of rfftn (numpy.fft.irfftn); the last axis has 2 (m - 1) elements by default.
array irfftn(const operand &a, const nd::axes &s = {}, const nd::axes &axes = {},
             std::string_view norm = "backward");
/// Transform along two axes (numpy.fft.fft2).
array fft2(const operand &a, const nd::axes &s = {}, const nd::axes &axes = {-2, -1},
           std::string_view norm = "backward");
/// Inverse transform along two axes (numpy.fft.ifft2).
array ifft2(const operand &a, const nd::axes &s = {}, const nd::axes &axes = {-2, -1},
            std::string_view norm = "backward");
/// Transform of real numbers along two axes (numpy.fft.rfft2).
array rfft2(const operand &a, const nd::axes &s = {}, const nd::axes &axes = {-2, -1},
            std::string_view norm = "backward");
/// The inverse of rfft2 (numpy.fft.irfft2).
array irfft2(const operand &a, const nd::axes &s = {}, const nd::axes &axes = {-2, -1},
             std::string_view norm = "backward");

/// The frequencies of the elements of a transform of \p n samples \p d apart (numpy.fft.fftfreq),
/// in cycles per unit of d.
array fftfreq(int64_t n, double d = 1.0, site where = site::current());
/// Those of rfft (numpy.fft.rfftfreq).
array rfftfreq(int64_t n, double d = 1.0, site where = site::current());
/// The zero frequency moved to the middle of \p axes, all by default (numpy.fft.fftshift).
array fftshift(const operand &x, const nd::axes &axes = {});
/// The inverse of fftshift (numpy.fft.ifftshift).
array ifftshift(const operand &x, const nd::axes &axes = {});

} // namespace fft
} // namespace nd

#endif // ND_FFT_H
