// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What combines two elements: sums, products and extremes of every dtype, for the functions that
// combine many.
#pragma once

#include "select/element.h"

#include <ndrt/ndrt.h>

#include <type_traits>

namespace ndrt {

/// What arithmetic on T happens in: the 16-bit floats are widened and rounded each time.
template <class T> using WideOf = std::conditional_t<isHalf<T>, float, T>;

template <class T> T rounded(WideOf<T> x) {
  if constexpr (isHalf<T>) {
    T t;
    t = x;
    return t;
  } else {
    return x;
  }
}

inline bool isBool(DLDataType type) {
  return type.code == NDRT_DL_BOOL || (type.code == kDLUInt && type.bits == 1);
}

namespace detail {

/// add and multiply; T is unsigned for integers of both kinds. Narrow integers are widened by C++
/// and cut off again.
template <class T, class Apply> bool withProduct(int32_t mode, Apply &&apply) {
  using Wide = WideOf<T>;
  if (mode == NDRT_ADD)
    return apply(T(), [](T a, T b) { return rounded<T>(Wide(Wide(a) + Wide(b))); }), true;
  if (mode != NDRT_MULTIPLY)
    return false;
  if constexpr (isComplex<T>)
    apply(T(), [](T a, T b) { return times(a, b); });
  else if constexpr (std::is_integral_v<T>)
    apply(T(), [](T a, T b) { return T(uint64_t(a) * uint64_t(b)); });
  else
    apply(T(), [](T a, T b) { return rounded<T>(Wide(Wide(a) * Wide(b))); });
  return true;
}

/// minimum and maximum, the first nan if there is one.
template <class T, class Apply> bool withExtreme(int32_t mode, Apply &&apply) {
  using Wide = WideOf<T>;
  auto pick = [](bool right, T a, T b) { return right ? b : a; };
  if (mode == NDRT_MINIMUM)
    return apply(T(),
                 [=](T a, T b) {
                   return pick(!isNan(Wide(a)) && (isNan(Wide(b)) || less(Wide(b), Wide(a))), a, b);
                 }),
           true;
  if (mode == NDRT_MAXIMUM)
    return apply(T(),
                 [=](T a, T b) {
                   return pick(!isNan(Wide(a)) && (isNan(Wide(b)) || less(Wide(a), Wide(b))), a, b);
                 }),
           true;
  return false;
}

} // namespace detail

/// Calls f(T()) for the type that arithmetic of \p type happens on, unsigned for integers; false
/// for bool and for one that is not known.
template <class F> bool withArithmetic(DLDataType type, F &&f) {
  switch (type.code) {
  case kDLInt:
  case kDLUInt:
    switch (type.bits) {
    case 8:
      return f(uint8_t());
    case 16:
      return f(uint16_t());
    case 32:
      return f(uint32_t());
    case 64:
      return f(uint64_t());
    }
    return false;
  case kDLFloat:
    return type.bits == 16   ? f(Half<5>())
           : type.bits == 32 ? f(float())
           : type.bits == 64 ? f(double())
                             : false;
  case kDLBfloat:
    return f(Half<8>());
  case kDLComplex:
    return type.bits == 64    ? f(std::complex<float>())
           : type.bits == 128 ? f(std::complex<double>())
                              : false;
  }
  return false;
}

/// Calls apply(T(), combine) with T combine(T, T) for \p mode, NDRT_ADD, NDRT_MULTIPLY,
/// NDRT_MINIMUM or NDRT_MAXIMUM, of \p type; false for others. bool adds by or and multiplies by
/// and.
template <class Apply> bool withCombination(DLDataType type, int32_t mode, Apply &&apply) {
  if (isBool(type)) {
    if (mode == NDRT_ADD || mode == NDRT_MAXIMUM)
      return apply(uint8_t(), [](uint8_t a, uint8_t b) { return uint8_t(a | b); }), true;
    if (mode == NDRT_MULTIPLY || mode == NDRT_MINIMUM)
      return apply(uint8_t(), [](uint8_t a, uint8_t b) { return uint8_t(a & b); }), true;
    return false;
  }
  return withArithmetic(type, [&]<class T>(T) {
    if (detail::withProduct<T>(mode, apply))
      return true;
    if constexpr (std::is_integral_v<T>)
      if (type.code == kDLInt)
        return detail::withExtreme<std::make_signed_t<T>>(mode, apply);
    return detail::withExtreme<T>(mode, apply);
  });
}

} // namespace ndrt
