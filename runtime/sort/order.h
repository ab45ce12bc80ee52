// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// NumPy's order of elements: nan behind everything, complex numbers by their real parts, then by
// their imaginary ones.
#pragma once

#include <ndrt/ndrt.h>

#include <complex>
#include <cstdint>

namespace ndrt {

template <class T> bool before(const T &a, const T &b) { return a < b; }
// Without a branch: elements in no order would mislead the processor half of the time.
template <> inline bool before(const float &a, const float &b) {
  return int(a == a) & int(!(a >= b));
}
template <> inline bool before(const double &a, const double &b) {
  return int(a == a) & int(!(a >= b));
}

/// A 16-bit float by its bits; \p infinity is that of the format.
template <uint16_t infinity> struct Bits16 {
  uint16_t bits;
  int32_t rank() const { // without a branch
    const int32_t magnitude = bits & 0x7fff, sign = -(bits >> 15);
    const int32_t nan = -int32_t(magnitude > infinity);
    return (((magnitude ^ sign) - sign) & ~nan) | (INT32_MAX & nan);
  }
};
template <uint16_t infinity>
[[gnu::always_inline]] inline bool before(const Bits16<infinity> &a, const Bits16<infinity> &b) {
  return a.rank() < b.rank();
}

/// Numbers without nan, then those with a nan imaginary part, a nan real part, and both.
template <class T>
[[gnu::noinline]] bool beforeWithNan(const std::complex<T> &a, const std::complex<T> &b) {
  auto group = [](const std::complex<T> &x) {
    return 2 * (x.real() != x.real()) + (x.imag() != x.imag());
  };
  int ga = group(a), gb = group(b);
  if (ga != gb)
    return ga < gb;
  bool realCounts = ga < 2, imagCounts = ga % 2 == 0;
  if (realCounts && a.real() != b.real())
    return a.real() < b.real();
  return imagCounts && a.imag() < b.imag();
}
template <class T>
[[gnu::always_inline]] inline bool before(const std::complex<T> &a, const std::complex<T> &b) {
  const T ar = a.real(), ai = a.imag(), br = b.real(), bi = b.imag();
  if (int(ar != ar) | int(ai != ai) | int(br != br) | int(bi != bi)) [[unlikely]]
    return beforeWithNan(a, b);
  return int(ar < br) | (int(ar == br) & int(ai < bi));
}

/// Which parts of a complex number are nan.
template <class R> int nanGroup(const std::complex<R> &x) {
  return 2 * (x.real() != x.real()) + (x.imag() != x.imag());
}

/// As before, without a branch also where parts are nan.
template <class T> bool precedes(const T &a, const T &b) { return before(a, b); }
template <class R>
[[gnu::always_inline]] inline bool precedes(const std::complex<R> &a, const std::complex<R> &b) {
  const int ga = nanGroup(a), gb = nanGroup(b);
  const int sameReal = int(a.real() == b.real()) | int(ga >= 2);
  return int(ga < gb) |
         (int(ga == gb) & (int(a.real() < b.real()) | (sameReal & int(a.imag() < b.imag()))));
}

/// Calls f(T()) for the type of elements; false for one that is not known.
template <class F> bool withElement(DLDataType type, F &&f) {
  switch (type.code) {
  case NDRT_DL_BOOL:
    return f(uint8_t()), true;
  case kDLUInt:
    switch (type.bits) {
    case 1:
    case 8:
      return f(uint8_t()), true;
    case 16:
      return f(uint16_t()), true;
    case 32:
      return f(uint32_t()), true;
    case 64:
      return f(uint64_t()), true;
    }
    return false;
  case kDLInt:
    switch (type.bits) {
    case 8:
      return f(int8_t()), true;
    case 16:
      return f(int16_t()), true;
    case 32:
      return f(int32_t()), true;
    case 64:
      return f(int64_t()), true;
    }
    return false;
  case kDLFloat:
    switch (type.bits) {
    case 16:
      return f(Bits16<0x7c00>()), true;
    case 32:
      return f(float()), true;
    case 64:
      return f(double()), true;
    }
    return false;
  case kDLBfloat:
    return f(Bits16<0x7f80>()), true;
  case kDLComplex:
    switch (type.bits) {
    case 64:
      return f(std::complex<float>()), true;
    case 128:
      return f(std::complex<double>()), true;
    }
    return false;
  }
  return false;
}

} // namespace ndrt
