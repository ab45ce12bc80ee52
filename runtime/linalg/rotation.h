// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Rotations of a plane, as the iterations of tridiagonal.cpp and bidiagonal.cpp take them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace ndrt {
namespace {

struct Rotation {
  double c, s;
};

/// c f + s g is \p left, which has f's sign, and c g - s f is zero: Anderson, "Algorithm 978: Safe
/// scaling in the level 1 BLAS", ACM Trans. Math. Softw. 44(1), 2017.
inline Rotation rotationFor(double f, double g, double &left) {
  if (g == 0) {
    left = f;
    return {1, 0};
  }
  if (f == 0) {
    left = std::abs(g);
    return {0, std::copysign(1.0, g)};
  }
  using Limits = std::numeric_limits<double>;
  const double squares = f * f + g * g;
  if (!(squares >= Limits::min() / Limits::epsilon() && squares <= Limits::max())) {
    // They vanish or overflow.
    const int exponent = std::ilogb(std::max(std::abs(f), std::abs(g)));
    const Rotation by = rotationFor(std::scalbn(f, -exponent), std::scalbn(g, -exponent), left);
    left = std::scalbn(left, exponent);
    return by;
  }
  const double size = std::sqrt(squares);
  left = std::copysign(size, f);
  return {std::abs(f) / size, g / left};
}

/// x and y become c x + s y and c y - s x.
inline void turn(Rotation by, int64_t count, double *x, double *y) {
  for (int64_t i = 0; i < count; ++i) {
    const double first = x[i], second = y[i];
    x[i] = by.c * first + by.s * second;
    y[i] = by.c * second - by.s * first;
  }
}

} // namespace
} // namespace ndrt
