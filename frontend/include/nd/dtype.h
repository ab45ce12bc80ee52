// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Element types.
#ifndef ND_DTYPE_H
#define ND_DTYPE_H

#include <nd/export.h>
#include <nd/half.h>
#include <nd/rules/dtype.h>

#include <complex>
#include <iosfwd>
#include <type_traits>

namespace ND_API nd {

/// The type of an array's elements; one of the constants below.
using dtype = dtype_kind;

inline constexpr dtype bool_ = dtype::bool_;         ///< one byte, 0 or 1
inline constexpr dtype int8 = dtype::int8;           ///< -128 to 127
inline constexpr dtype int16 = dtype::int16;         ///< -2^15 to 2^15 - 1
inline constexpr dtype int32 = dtype::int32;         ///< -2^31 to 2^31 - 1
inline constexpr dtype int64 = dtype::int64;         ///< -2^63 to 2^63 - 1
inline constexpr dtype uint8 = dtype::uint8;         ///< 0 to 255
inline constexpr dtype uint16 = dtype::uint16;       ///< 0 to 2^16 - 1
inline constexpr dtype uint32 = dtype::uint32;       ///< 0 to 2^32 - 1
inline constexpr dtype uint64 = dtype::uint64;       ///< 0 to 2^64 - 1
inline constexpr dtype float16 = dtype::float16;     ///< IEEE 754 binary16, computed in float32
inline constexpr dtype bfloat16 = dtype::bfloat16;   ///< float32's upper half, computed in float32
inline constexpr dtype float32 = dtype::float32;     ///< IEEE 754 binary32
inline constexpr dtype float64 = dtype::float64;     ///< IEEE 754 binary64
inline constexpr dtype complex64 = dtype::complex64; ///< two float32
inline constexpr dtype complex128 = dtype::complex128; ///< two float64

namespace detail {
template <class T> inline constexpr bool is_complex_element = false;
template <> inline constexpr bool is_complex_element<std::complex<float>> = true;
template <> inline constexpr bool is_complex_element<std::complex<double>> = true;
template <class T>
inline constexpr bool is_half_element =
    std::is_same_v<T, float16_t> || std::is_same_v<T, bfloat16_t>;
} // namespace detail

/// A C++ type that elements can have: bool, the integers, float16_t, bfloat16_t, float, double and
/// std::complex of the last two.
template <class T>
concept element = (std::is_arithmetic_v<T> && !std::is_same_v<T, long double> &&
                   !std::is_const_v<T>) ||
                  detail::is_complex_element<T> || detail::is_half_element<T>;

/// The dtype whose elements are a T.
template <element T> constexpr dtype dtype_of() {
  if constexpr (std::is_same_v<T, bool>)
    return bool_;
  else if constexpr (detail::is_complex_element<T>)
    return sizeof(T) == 8 ? complex64 : complex128;
  else if constexpr (detail::is_half_element<T>)
    return std::is_same_v<T, float16_t> ? float16 : bfloat16;
  else if constexpr (std::is_floating_point_v<T>)
    return sizeof(T) == 4 ? float32 : float64;
  else if constexpr (std::is_signed_v<T>)
    return sizeof(T) == 1 ? int8 : sizeof(T) == 2 ? int16 : sizeof(T) == 4 ? int32 : int64;
  else
    return sizeof(T) == 1 ? uint8 : sizeof(T) == 2 ? uint16 : sizeof(T) == 4 ? uint32 : uint64;
}

using rules::itemsize; ///< bytes of one element
using rules::name;     ///< NumPy's name, "float64"

/// Writes NumPy's name.
std::ostream &operator<<(std::ostream &, dtype);

/// The dtype that an operation between arrays of \p a and \p b computes in (numpy.promote_types).
dtype promote_types(dtype a, dtype b);

} // namespace nd

#endif // ND_DTYPE_H
