// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arithmetic of elements as NumPy has it.
#pragma once

#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>

namespace ndrt {

/// 16-bit floats are combined in float32 and rounded each time.
template <int exponentBits> struct Half {
  uint16_t bits;

  operator float() const {
    if constexpr (exponentBits == 8)
      return std::bit_cast<float>(uint32_t{bits} << 16);
    // The exponent is moved to float32's bias by a multiplication, which is exact for subnormals
    // too.
    float magnitude = std::bit_cast<float>(uint32_t{bits & 0x7fffu} << 13) * 0x1p112f;
    if ((bits & 0x7c00) == 0x7c00)
      magnitude = bits & 0x3ff ? std::bit_cast<float>(0x7fc00000u) : INFINITY;
    return bits & 0x8000 ? -magnitude : magnitude;
  }
  Half &operator=(float x) {
    uint32_t word = std::bit_cast<uint32_t>(x), sign = word >> 16 & 0x8000;
    if constexpr (exponentBits == 8) {
      bits = x != x ? static_cast<uint16_t>(word >> 16 | 0x40)
                    : static_cast<uint16_t>((word + 0x7fff + (word >> 16 & 1)) >> 16);
      return *this;
    }
    float magnitude = std::fabs(x);
    uint32_t rounded;
    if (x != x)
      rounded = 0x7e00;
    else if (magnitude >= 65520.0f)
      rounded = 0x7c00;
    else if (magnitude < 0x1p-14f) // subnormal: multiples of 2^-24
      rounded = static_cast<uint32_t>(std::nearbyint(magnitude * 0x1p24f));
    else {
      uint32_t m = (word & 0x7fffffff) - (112u << 23);
      rounded = (m + 0xfff + (m >> 13 & 1)) >> 13;
    }
    bits = static_cast<uint16_t>(sign | rounded);
    return *this;
  }
};

template <class T> constexpr bool isHalf = false;
template <int e> constexpr bool isHalf<Half<e>> = true;
template <class T> constexpr bool isComplex = false;
template <class T> constexpr bool isComplex<std::complex<T>> = true;

/// numpy.multiply's order of operations, without the care for infinities that C++ asks for.
template <class T> inline std::complex<T> times(std::complex<T> a, std::complex<T> b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

template <class T> bool isNan(const T &x) {
  if constexpr (isComplex<T>)
    return std::isnan(x.real()) || std::isnan(x.imag());
  else
    return x != x;
}
template <class T> bool less(const T &a, const T &b) {
  if constexpr (isComplex<T>)
    return a.real() < b.real() || (a.real() == b.real() && a.imag() < b.imag());
  else
    return a < b;
}

} // namespace ndrt
