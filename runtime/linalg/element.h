// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What decompositions need of an element, real or complex.
#pragma once

#include <cmath>
#include <complex>
#include <cstdint>

namespace ndrt {

/// The type of the parts.
template <class T> struct RealOf {
  using type = T;
  static constexpr bool complex = false;
};
template <class T> struct RealOf<std::complex<T>> {
  using type = T;
  static constexpr bool complex = true;
};
template <class T> using Real = typename RealOf<T>::type;
template <class T> inline constexpr bool isComplexElement = RealOf<T>::complex;

/// Without the search for infinities that std::complex's operator adds.
template <class T> T times(T x, T y) { return x * y; }
template <class T> std::complex<T> times(std::complex<T> x, std::complex<T> y) {
  return {x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real()};
}
template <class T> std::complex<T> times(std::complex<T> x, T y) { return x * y; }

template <class T> T conjugate(T x) { return x; }
template <class T> std::complex<T> conjugate(std::complex<T> x) { return std::conj(x); }

/// |x|, of complex numbers the sum of the parts' magnitudes, as BLAS has it.
template <class T> T sizeOf(T x) { return std::abs(x); }
template <class T> T sizeOf(std::complex<T> x) { return std::abs(x.real()) + std::abs(x.imag()); }

/// |x|^2
template <class T> T squareOf(T x) { return x * x; }
template <class T> T squareOf(std::complex<T> x) {
  return x.real() * x.real() + x.imag() * x.imag();
}

/// Is no element NaN or infinite?
template <class T> bool allFinite(const T *values, int64_t count) {
  const auto *parts = reinterpret_cast<const Real<T> *>(values);
  Real<T> sum = 0; // 0 * x is 0 for finite x only
  for (int64_t i = 0; i < count * (isComplexElement<T> ? 2 : 1); ++i)
    sum += parts[i] * Real<T>(0);
  return sum == 0;
}

} // namespace ndrt
