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

/// Of a shape below 1 (Ahrens and Dieter, "Computer methods for sampling from gamma, beta, Poisson
/// and binomial distributions", 1974, GS): a power of a uniform number up to \p edge, behind it one
/// under an exponential tail; an exponential number says whether it is taken.
template <class T, class S> T gammaBelowOne(S &s, T shape) {
  const T edge = T(1) - shape, root = T(1) / shape;
  for (;;) {
    const T at = Ziggurat<T>::uniform(s), bar = Ziggurat<T>::exponential(s);
    const bool behind = at > edge;
    const T tail = behind ? -std::log((T(1) - at) / shape) : T(0);
    if (const T x = std::pow(behind ? edge + shape * tail : at, root); x <= bar + tail)
      return x;
  }
}

/// Marsaglia and Tsang, "A simple method for generating gamma variables", 2000: the cube of a line
/// over a normal number, which a polynomial takes mostly, and a logarithm else.
template <class T, class S> T gammaAboveOne(S &s, T shape) {
  constexpr T third = T(1) / T(3), squeeze = T(0.0331);
  const T scale = shape - third, slope = T(1) / std::sqrt(T(9) * scale);
  for (;;) {
    const T x = Ziggurat<T>::normal(s), line = T(1) + slope * x;
    if (line <= T(0))
      continue;
    const T cube = line * line * line, square = x * x, u = Ziggurat<T>::uniform(s);
    if (u < T(1) - squeeze * square * square ||
        std::log(u) < T(0.5) * x * x + scale * (T(1) - cube + std::log(cube)))
      return scale * cube;
  }
}

template <class T, class S> T standardGamma(S &s, T shape) {
  if (shape < T(1))
    return shape == T(0) ? T(0) : gammaBelowOne(s, shape);
  return shape == T(1) ? Ziggurat<T>::exponential(s) : gammaAboveOne(s, shape);
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

/// An angle brought to (-pi, pi]; its sign is that of the result's turn.
inline double wrapped(double angle) {
  const double turned = std::fmod(std::fabs(angle) + pi, 2 * pi) - pi;
  return angle < 0 ? -turned : turned;
}

/// The wrapped Cauchy envelope's parameter for a concentration.
inline double envelopeOf(double kappa) {
  if (kappa < 1e-5) // the first terms of its series
    return 1. / kappa + kappa;
  const double tau = 1 + std::sqrt(1 + 4 * kappa * kappa);
  const double rho = (tau - std::sqrt(2 * tau)) / (2 * kappa);
  return (1 + rho * rho) / (2 * rho);
}

/// Best and Fisher, "Efficient simulation of the von Mises distribution", 1979: the cosine is drawn
/// by rejection, then the side. Uniform where nothing is concentrated, a wrapped normal where
/// everything is.
template <class S> double vonMises(S &s, double mu, double kappa) {
  if (std::isnan(kappa))
    return kappa;
  if (kappa < 1e-8)
    return pi * (2 * s.nextDouble() - 1);
  if (kappa > 1e6) {
    const double x = mu + std::sqrt(1. / kappa) * normal(s), low = x < -pi ? x + 2 * pi : x;
    return low > pi ? low - 2 * pi : low;
  }
  const double envelope = envelopeOf(kappa);
  auto accepts = [&](double cosine, double v) {
    const double c = kappa * (envelope - cosine);
    return c * (2 - c) - v >= 0 || std::log(c / v) + 1 - c >= 0;
  };
  double cosine;
  do {
    const double z = std::cos(pi * s.nextDouble());
    cosine = (1 + envelope * z) / (envelope + z);
  } while (!accepts(cosine, s.nextDouble()));
  const bool left = s.nextDouble() < 0.5;
  const double angle = std::acos(cosine);
  return wrapped((left ? -angle : angle) + mu);
}

/// By the inverse of the distribution function, whose two halves are parabolas.
class Triangular {
public:
  Triangular(double left, double mode, double right) : left_(left), right_(right) {
    const double width = right - left, rise = mode - left;
    ratio_ = rise / width;
    before_ = rise * width;
    behind_ = (right - mode) * width;
  }
  /// For \p u uniform in [0, 1).
  double operator()(double u) const {
    const bool rises = u <= ratio_;
    const double root = std::sqrt(rises ? u * before_ : (1.0 - u) * behind_);
    return rises ? left_ + root : right_ - root;
  }

private:
  double left_, right_, ratio_, before_, behind_;
};

} // namespace ndrt::random
