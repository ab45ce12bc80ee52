// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The equation whose roots are the values of two parts put together.
#pragma once

#include "linalg/lanes.h"

#include <cmath>
#include <limits>

namespace ndrt {
namespace {

/// 1 + rho sum of z_i^2 / (p_i - x) = 0, for k ascending poles p and z of length one. There is one
/// root behind each pole. What counts are the distances of poles and roots, which are kept without
/// the rounding of either: \p apart(i, j) gives p_i - p_j.
template <class Apart> struct Secular {
  int64_t k;
  double rho;
  const double *z;
  Apart apart;
  double distance[laneSide][laneSide]; ///< [j][i]: from root j to pole i

  struct Root {
    int64_t pole;
    double shift; ///< the root is at p[pole] + shift
  };

  /// Root \p j, and its row of distances.
  ///
  /// By rational functions that agree with the sums before and behind it in value and slope: Bunch,
  /// Nielsen, Sorensen, "Rank-one modification of the symmetric eigenproblem", Numer. Math. 31,
  /// 1978; by halves where that leaves the interval.
  Root root(int64_t j) {
    double *gaps = distance[j];
    if (k == 1) {
      gaps[0] = -rho * z[0] * z[0];
      return {0, -gaps[0]};
    }
    const bool last = j == k - 1;
    const int64_t left = last ? k - 2 : j, right = left + 1; // poles of the two functions
    Root r{j, 0};
    double low = 0, high;
    if (last) {
      double squares = 0;
      for (int64_t i = 0; i < k; ++i)
        squares += z[i] * z[i];
      high = rho * squares;
      high += high * (4 * eps);
    } else {
      const double half = apart(right, left) / 2;
      double sum = 1;
      for (int64_t i = 0; i < k; ++i)
        sum += rho * z[i] * (z[i] / (apart(i, left) - half));
      high = half;
      if (sum < 0) { // it is nearer to the pole behind it
        r.pole = right;
        low = -half;
        high = 0;
      }
    }
    double poles[laneSide];
    for (int64_t i = 0; i < k; ++i)
      poles[i] = apart(i, r.pole);
    double x = r.pole == right && !last ? low : last ? high / 2 : high;
    for (int patience = 100;;) {
      Sum before, behind;
      for (int64_t i = 0; i <= left; ++i)
        before.add(rho, z[i], poles[i] - x);
      for (int64_t i = k - 1; i >= right; --i)
        behind.add(rho, z[i], poles[i] - x);
      const double f = 1 + before.value + behind.value;
      const double slopes = before.slope + behind.slope;
      const double rounding = 1 + 8 * (std::abs(before.value) + std::abs(behind.value)) +
                              before.sums + behind.sums + std::abs(x) * slopes;
      if (std::abs(f) <= eps * rounding || --patience == 0)
        break;
      (f < 0 ? low : high) = x;
      const double a = poles[left] - x, b = poles[right] - x;
      const double square = f - a * before.slope - b * behind.slope;
      const double linear = (a + b) * f - a * b * slopes, constant = a * b * f;
      const double root = std::sqrt(std::max(linear * linear - 4 * constant * square, 0.0));
      double step =
          last ? (linear >= 0 ? (linear + root) / (2 * square) : 2 * constant / (linear - root))
               : (linear <= 0 ? (linear - root) / (2 * square) : 2 * constant / (linear + root));
      double next = x + step;
      if (!(next > low && next < high)) {
        next = low + (high - low) / 2;
        if (next == low || next == high)
          break;
      }
      if (next == x)
        break;
      x = next;
    }
    r.shift = x;
    for (int64_t i = 0; i < k; ++i)
      gaps[i] = poles[i] - x;
    return r;
  }

  /// The z of which what was found are the roots exactly, with the signs of z; once all are known.
  void refine(double *exact) const {
    for (int64_t i = 0; i < k; ++i) {
      double product = -distance[i][i];
      for (int64_t j = 0; j < k; ++j)
        if (j != i)
          product *= distance[j][i] / apart(i, j);
      exact[i] = std::copysign(std::sqrt(std::abs(product)), z[i]);
    }
  }

private:
  static constexpr double eps = std::numeric_limits<double>::epsilon() / 2;

  struct Sum {
    double value = 0, slope = 0, sums = 0;
    void add(double rho, double z, double gap) {
      const double ratio = z / gap;
      value += rho * z * ratio;
      slope += rho * ratio * ratio;
      sums += std::abs(value);
    }
  };
};

} // namespace
} // namespace ndrt
