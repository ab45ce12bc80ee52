// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reflectors I - tau v v^H of single small matrices, as LAPACK has them: v starts with a one that
// is not stored.
#pragma once

#include "linalg/element.h"

#include <algorithm>

namespace ndrt {
namespace {

/// Product of a number and the conjugate of another.
inline double timesConjugate(double x, double y) { return x * y; }
inline std::complex<double> timesConjugate(std::complex<double> x, std::complex<double> y) {
  return times(x, std::conj(y));
}

/// The Euclidean length, without overflow.
template <class T> double lengthOf(int64_t count, const T *x) {
  double largest = 0;
  for (int64_t i = 0; i < count; ++i)
    largest = std::max({largest, std::abs(std::real(x[i])), std::abs(std::imag(x[i]))});
  if (largest == 0)
    return 0;
  double sum = 0;
  if (largest > 1e-140 && largest < 1e140) {
    for (int64_t i = 0; i < count; ++i)
      sum += squareOf(x[i]);
    return std::sqrt(sum);
  }
  const int exponent = std::ilogb(largest);
  for (int64_t i = 0; i < count; ++i) {
    const double re = std::scalbn(std::real(x[i]), -exponent);
    const double im = std::scalbn(std::imag(x[i]), -exponent);
    sum += re * re + im * im;
  }
  return std::scalbn(std::sqrt(sum), exponent);
}

/// The reflector that leaves only the first of \p x, which gets what is left there; behind it comes
/// v. Gives tau.
template <class T> T reflectorOf(int64_t count, T *x) {
  const double below = lengthOf(count - 1, x + 1);
  if (below == 0 && std::imag(x[0]) == 0)
    return 0;
  const T parts[2]{x[0], below};
  const double left = -std::copysign(lengthOf(2, parts), std::real(x[0]));
  const T by = T(1) / (x[0] - left);
  for (int64_t i = 1; i < count; ++i)
    x[i] = times(x[i], by);
  T tau;
  if constexpr (isComplexElement<T>)
    tau = {(left - x[0].real()) / left, -x[0].imag() / left};
  else
    tau = (left - x[0]) / left;
  x[0] = left;
  return tau;
}

/// \p count rows, from \p x on, of \p columns columns, become those of (I - tau^* v v^H) times
/// them.
template <class Count, class T>
void reflectRows(Count count, const T *v, T tau, T *x, int64_t step, int64_t columns) {
  for (int64_t c = 0; c < columns; ++c) {
    T *y = x + c * step, sum = y[0];
    for (int64_t i = 1; i < count; ++i)
      sum += timesConjugate(y[i], v[i]);
    sum = timesConjugate(sum, tau);
    y[0] -= sum;
    for (int64_t i = 1; i < count; ++i)
      y[i] -= times(v[i], sum);
  }
}

/// \p count columns, from \p x on, of \p rows rows, become those of them times (I - tau v v^H).
template <class Count, class T>
void reflectColumns(Count count, const T *v, T tau, T *x, int64_t step, int64_t rows) {
  for (int64_t r = 0; r < rows; ++r) {
    T *y = x + r, sum = y[0];
    for (int64_t i = 1; i < count; ++i)
      sum += times(y[i * step], v[i]);
    sum = times(sum, tau);
    y[0] -= sum;
    for (int64_t i = 1; i < count; ++i)
      y[i * step] -= timesConjugate(sum, v[i]);
  }
}

} // namespace
} // namespace ndrt
