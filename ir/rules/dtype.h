// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The element types and the facts about each.
#ifndef ND_RULES_DTYPE_H
#define ND_RULES_DTYPE_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace nd {

enum class dtype_kind : uint8_t {
  bool_,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float16,
  bfloat16,
  float32,
  float64,
  complex64,
  complex128
};

namespace rules {

inline constexpr std::array<dtype_kind, 15> all_dtypes = {
    dtype_kind::bool_,   dtype_kind::int8,      dtype_kind::int16,     dtype_kind::int32,
    dtype_kind::int64,   dtype_kind::uint8,     dtype_kind::uint16,    dtype_kind::uint32,
    dtype_kind::uint64,  dtype_kind::float16,   dtype_kind::bfloat16,  dtype_kind::float32,
    dtype_kind::float64, dtype_kind::complex64, dtype_kind::complex128};

namespace detail {

struct dtype_row {
  std::string_view name;
  std::string_view descr; // the type as a .npy header spells it, little-endian
  size_t itemsize;
};

inline constexpr std::array<dtype_row, 15> dtype_rows = {{{"bool", "|b1", 1},
                                                          {"int8", "|i1", 1},
                                                          {"int16", "<i2", 2},
                                                          {"int32", "<i4", 4},
                                                          {"int64", "<i8", 8},
                                                          {"uint8", "|u1", 1},
                                                          {"uint16", "<u2", 2},
                                                          {"uint32", "<u4", 4},
                                                          {"uint64", "<u8", 8},
                                                          {"float16", "<f2", 2},
                                                          {"bfloat16", "<V2", 2},
                                                          {"float32", "<f4", 4},
                                                          {"float64", "<f8", 8},
                                                          {"complex64", "<c8", 8},
                                                          {"complex128", "<c16", 16}}};

} // namespace detail

/// NumPy's name: "bool", "int8", ..., "float64".
constexpr std::string_view name(dtype_kind k) { return detail::dtype_rows[size_t(k)].name; }

/// Bytes of one element in memory; a bool is one byte.
constexpr size_t itemsize(dtype_kind k) { return detail::dtype_rows[size_t(k)].itemsize; }

/// The type string of a .npy header or of the array interface: "<f8", "|b1". NumPy has no bfloat16,
/// for which the raw "<V2" stands here, as ml_dtypes has NumPy write it.
constexpr std::string_view npy_descr(dtype_kind k) { return detail::dtype_rows[size_t(k)].descr; }

constexpr bool is_bool(dtype_kind k) { return k == dtype_kind::bool_; }
constexpr bool is_signed(dtype_kind k) { return k >= dtype_kind::int8 && k <= dtype_kind::int64; }
constexpr bool is_unsigned(dtype_kind k) {
  return k >= dtype_kind::uint8 && k <= dtype_kind::uint64;
}
/// Signed or unsigned; a bool is not an integer.
constexpr bool is_integer(dtype_kind k) { return is_signed(k) || is_unsigned(k); }
/// float16, bfloat16, float32, float64; a complex number is not a float.
constexpr bool is_float(dtype_kind k) {
  return k >= dtype_kind::float16 && k <= dtype_kind::float64;
}
constexpr bool is_complex(dtype_kind k) { return k >= dtype_kind::complex64; }
/// Floats and complex numbers.
constexpr bool is_inexact(dtype_kind k) { return k >= dtype_kind::float16; }

/// float16 and bfloat16: computed in float32, rounded once per operation.
constexpr bool is_half(dtype_kind k) {
  return k == dtype_kind::float16 || k == dtype_kind::bfloat16;
}

/// The dtype of a complex number's parts; any other dtype itself.
constexpr dtype_kind real_of(dtype_kind k) {
  return k == dtype_kind::complex64    ? dtype_kind::float32
         : k == dtype_kind::complex128 ? dtype_kind::float64
                                       : k;
}
/// The complex dtype whose parts hold \p k: complex64 up to float32, else complex128.
constexpr dtype_kind complex_of(dtype_kind k) {
  return is_complex(k)                                  ? k
         : is_half(k) || k == dtype_kind::float32       ? dtype_kind::complex64
         : k != dtype_kind::float64 && itemsize(k) <= 2 ? dtype_kind::complex64
                                                        : dtype_kind::complex128;
}

/// DLDataType's code: kDLInt, kDLUInt, kDLFloat, kDLBfloat, kDLComplex, kDLBool.
constexpr uint8_t dl_code(dtype_kind k) {
  return is_bool(k)                  ? 6
         : is_complex(k)             ? 5
         : k == dtype_kind::bfloat16 ? 4
         : is_float(k)               ? 2
         : is_unsigned(k)            ? 1
                                     : 0;
}

/// The dtype that name() spells; "bool_" is taken too.
constexpr std::optional<dtype_kind> parse_name(std::string_view text) {
  if (text == "bool_")
    return dtype_kind::bool_;
  for (dtype_kind k : all_dtypes)
    if (name(k) == text)
      return k;
  return std::nullopt;
}

} // namespace rules
} // namespace nd

#endif // ND_RULES_DTYPE_H
