// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The elements of two bytes that C++ has no type for.
#ifndef ND_HALF_H
#define ND_HALF_H

#include <nd/export.h>

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>

namespace ND_API nd {

namespace detail {

/// \p x to the nearest number with \p digits significant bits, halves to even: exponents from
/// \p lowest on, infinity from 2^\p beyond on.
constexpr double nearest(double x, int digits, int lowest, int beyond) {
  auto power = [](int exponent) { return std::bit_cast<double>(uint64_t(1023 + exponent) << 52); };
  if (x != x || x == 0)
    return x;
  double size = x < 0 ? -x : x;
  if (size > power(beyond))
    size = power(beyond);
  int exponent = int(std::bit_cast<uint64_t>(size) >> 52) - 1023;
  // The last bit of this power of two weighs what the last of `digits` weighs at x.
  double shift = power((exponent < lowest ? lowest : exponent) + 53 - digits);
  size = (size + shift) - shift;
  if (size >= power(beyond))
    size = std::numeric_limits<double>::infinity();
  return x < 0 ? -size : size;
}

} // namespace detail

/// IEEE 754 binary16, the elements of nd::float16: storage and conversions, no arithmetic.
struct float16_t {
  uint16_t bits = 0;

  float16_t() = default;
  /// Rounds to nearest even; beyond 65504 to infinity.
  template <class T>
  requires std::floating_point<T> || std::integral<T>
  constexpr explicit float16_t(T value) {
    double x = detail::nearest(as_double(value), 11, -14, 16);
    // 2^-112 takes float16's exponents to where float's are, subnormal numbers included.
    uint32_t raw = std::bit_cast<uint32_t>(float(x)), sign = raw >> 16 & 0x8000;
    float size = std::bit_cast<float>(raw & 0x7fffffff);
    bits = uint16_t(sign | (x != x ? 0x7e00
                            : size == std::numeric_limits<float>::infinity()
                                ? 0x7c00
                                : std::bit_cast<uint32_t>(size * 0x1p-112f) >> 13));
  }
  constexpr explicit operator float() const {
    uint32_t size = bits & 0x7fff, sign = uint32_t(bits & 0x8000) << 16;
    float value = size >= 0x7c00 ? std::bit_cast<float>(size << 13 | 0x7f800000)
                                 : std::bit_cast<float>(size << 13) * 0x1p112f;
    return std::bit_cast<float>(std::bit_cast<uint32_t>(value) | sign);
  }
  constexpr explicit operator double() const { return double(float(*this)); }
  /// As numbers: zeros are equal, nan is not.
  friend constexpr bool operator==(float16_t a, float16_t b) { return float(a) == float(b); }

private:
  template <class T> static constexpr double as_double(T value) {
    if constexpr (std::integral<T>)
      return double(float(value)); // as NumPy converts
    else
      return double(value);
  }
};

/// The upper half of a float, the elements of nd::bfloat16: storage and conversions, no arithmetic.
struct bfloat16_t {
  uint16_t bits = 0;

  bfloat16_t() = default;
  /// Rounds to nearest even.
  template <class T>
  requires std::floating_point<T> || std::integral<T>
  constexpr explicit bfloat16_t(T value) {
    float x = float(
        detail::nearest(std::integral<T> ? double(float(value)) : double(value), 8, -126, 128));
    bits = x != x ? uint16_t(std::bit_cast<uint32_t>(x) >> 31 << 15 | 0x7fc0)
                  : uint16_t(std::bit_cast<uint32_t>(x) >> 16);
  }
  constexpr explicit operator float() const { return std::bit_cast<float>(uint32_t(bits) << 16); }
  constexpr explicit operator double() const { return double(float(*this)); }
  /// As numbers: zeros are equal, nan is not.
  friend constexpr bool operator==(bfloat16_t a, bfloat16_t b) { return float(a) == float(b); }
};

} // namespace nd

#endif // ND_HALF_H
