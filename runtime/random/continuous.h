// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Distributions of real numbers. Each takes the draws, and does the floating-point operations, that
// numpy.random.Generator does, so that the same seed gives the same bits.
#pragma once

#include "random/ziggurat.h"

#include <numbers>

namespace ndrt::random {

inline constexpr double pi = std::numbers::pi;

template <class S> double normal(S &s) { return Ziggurat<double>::normal(s); }
template <class S> double exponential(S &s) { return Ziggurat<double>::exponential(s); }

/// Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; below 1 Ahrens and
/// Dieter's rejection.
template <class T, class S> T standardGamma(S &s, T shape) {
  using Z = Ziggurat<T>;
  constexpr T one = 1, third = one / T(3), half = T(0.5), near = T(0.0331), nine = 9;
  if (shape == one)
    return Z::exponential(s);
  if (shape == T(0))
    return 0;
  if (shape < one)
    for (;;) {
      const T u = Z::uniform(s), v = Z::exponential(s);
      if (u <= one - shape) {
        const T x = std::pow(u, one / shape);
        if (x <= v)
          return x;
      } else {
        const T y = -std::log((one - u) / shape);
        const T x = std::pow(one - shape + shape * y, one / shape);
        if (x <= v + y)
          return x;
      }
    }
  const T b = shape - third, c = one / std::sqrt(nine * b);
  for (;;) {
    T x, v;
    do {
      x = Z::normal(s);
      v = one + c * x;
    } while (v <= T(0));
    v = v * v * v;
    const T u = Z::uniform(s);
    if (u < one - near * (x * x) * (x * x))
      return b * v;
    if (std::log(u) < half * x * x + b * (one - v + std::log(v)))
      return b * v;
  }
}

/// Joehnk's method for small parameters, else a ratio of gammas.
template <class S> double beta(S &s, double a, double b) {
  if (!(a <= 1 && b <= 1)) {
    const double x = standardGamma(s, a), y = standardGamma(s, b);
    return x / (x + y);
  }
  if (constexpr double tiny = 3e-103; a < tiny && b < tiny) // the limit: one of the ends
    return (a + b) * s.nextDouble() < a;
  for (;;) {
    const double u = s.nextDouble(), v = s.nextDouble();
    const double x = std::pow(u, 1.0 / a), y = std::pow(v, 1.0 / b), sum = x + y;
    if (sum > 1 || !(u + v > 0))
      continue;
    if (x > 0 && y > 0)
      return x / sum;
    // x / (x + y) is 1 / (1 + y / x), whose ratio is known by its logarithm.
    const double ratio = std::log(u) / a - std::log(v) / b;
    return ratio > 0 ? std::exp(-std::log1p(std::exp(-ratio)))
                     : std::exp(ratio - std::log1p(std::exp(ratio)));
  }
}

template <class S> double chisquare(S &s, double df) { return 2.0 * standardGamma(s, df / 2.0); }

template <class S> double fRatio(S &s, double numerator, double denominator) {
  const double above = chisquare(s, numerator) * denominator;
  return above / (chisquare(s, denominator) * numerator);
}

template <class S> double cauchy(S &s) {
  const double above = normal(s);
  return above / normal(s);
}

template <class S> double studentT(S &s, double df) {
  const double above = normal(s), below = standardGamma(s, df / 2);
  return std::sqrt(df / 2) * above / std::sqrt(below);
}

template <class S> double weibull(S &s, double a) {
  return a == 0 ? 0 : std::pow(exponential(s), 1. / a);
}

/// A uniform number in (0, 1).
template <class S> double open(S &s) {
  for (;;)
    if (const double u = s.nextDouble(); u > 0)
      return u;
}

template <class S> double laplace(S &s, double loc, double scale) {
  const double u = open(s);
  return u >= 0.5 ? loc - scale * std::log(2.0 - u - u) : loc + scale * std::log(u + u);
}
template <class S> double gumbel(S &s, double loc, double scale) {
  return loc - scale * std::log(-std::log(1.0 - open(s)));
}
template <class S> double logistic(S &s, double loc, double scale) {
  const double u = open(s);
  return loc + scale * std::log(u / (1.0 - u));
}

/// Michael, Schucany and Haas, "Generating random variates using transformations with multiple
/// roots", 1976, without cancellation.
template <class S> double wald(S &s, double mean, double scale) {
  double y = normal(s);
  y = mean * y * y;
  const double d = 1 + std::sqrt(1 + 4 * scale / y), x = mean * (1 - 2 / d);
  return s.nextDouble() <= mean / (mean + x) ? x : mean * mean / x;
}

/// Best and Fisher, "Efficient simulation of the von Mises distribution", 1979; a wrapped normal
/// for large kappa.
template <class S> double vonMises(S &s, double mu, double kappa) {
  if (std::isnan(kappa))
    return kappa;
  if (kappa < 1e-8)
    return pi * (2 * s.nextDouble() - 1);
  double shape;
  if (kappa < 1e-5) {
    shape = 1. / kappa + kappa;
  } else if (kappa <= 1e6) {
    const double r = 1 + std::sqrt(1 + 4 * kappa * kappa);
    const double rho = (r - std::sqrt(2 * r)) / (2 * kappa);
    shape = (1 + rho * rho) / (2 * rho);
  } else {
    double x = mu + std::sqrt(1. / kappa) * normal(s);
    if (x < -pi)
      x += 2 * pi;
    if (x > pi)
      x -= 2 * pi;
    return x;
  }
  double w;
  for (;;) {
    const double z = std::cos(pi * s.nextDouble());
    w = (1 + shape * z) / (shape + z);
    const double y = kappa * (shape - w), v = s.nextDouble();
    if (y * (2 - y) - v >= 0 || std::log(y / v) + 1 - y >= 0)
      break;
  }
  const double u = s.nextDouble();
  double x = std::acos(w);
  if (u < 0.5)
    x = -x;
  x += mu;
  const double turned = std::fmod(std::fabs(x) + pi, 2 * pi) - pi;
  return x < 0 ? -turned : turned;
}

template <class S> double triangular(S &s, double left, double mode, double right) {
  const double base = right - left, rise = mode - left, ratio = rise / base;
  const double leftProduct = rise * base, rightProduct = (right - mode) * base;
  const double u = s.nextDouble();
  return u <= ratio ? left + std::sqrt(u * leftProduct)
                    : right - std::sqrt((1.0 - u) * rightProduct);
}

} // namespace ndrt::random
