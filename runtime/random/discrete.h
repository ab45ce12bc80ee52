// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Distributions of counts, with the draws and the floating-point operations that
// numpy.random.Generator has.
#pragma once

#include "random/bounded.h"
#include "random/continuous.h"

#include <cstdlib>

namespace ndrt::random {

/// log(gamma(x)) for x >= 6, by Stirling's series with the coefficients and the order of Zhang and
/// Jin ("Computation of Special Functions", 1996, 3.1).
inline double stirlingLogGamma(double x) {
  constexpr double logTwoPi = 1.8378770664093453;
  constexpr double coefficients[] = {
      -1.39243221690590e+00,  1.796443723688307e-01, -2.955065359477124e-02, 6.410256410256410e-03,
      -1.917526917526918e-03, 8.417508417508418e-04, -5.952380952380952e-04, 7.936507936507937e-04,
      -2.777777777777778e-03, 8.333333333333333e-02};
  const double inverse = 1.0 / x, square = inverse * inverse;
  double series = 0;
  for (double c : coefficients)
    series = series * square + c;
  return series / x + 0.5 * logTwoPi + (x - 0.5) * std::log(x) - x;
}

/// The same for all x > 0: smaller ones by gamma(x + 1) = x gamma(x), from above.
inline double logGamma(double x) {
  if (x == 1 || x == 2)
    return 0;
  double above = x;
  const int steps = x < 7 ? int(7 - x) : 0;
  above += steps;
  double value = stirlingLogGamma(above);
  for (int step = 0; step < steps; ++step) {
    above -= 1;
    value -= std::log(above);
  }
  return value;
}

/// Transformed rejection for a mean from 10 on (Hoermann, "The transformed rejection method for
/// generating Poisson random variables", 1993, PTRS).
class WidePoisson {
public:
  explicit WidePoisson(double mean)
      : mean_(mean), logMean_(std::log(mean)), slope_(0.931 + 2.53 * std::sqrt(mean)),
        pole_(-0.059 + 0.02483 * slope_), logInverse_(std::log(1.1239 + 1.1328 / (slope_ - 3.4))),
        box_(0.9277 - 3.6224 / (slope_ - 2)) {}

  template <class S> int64_t operator()(S &s) const {
    for (;;) {
      const double u = s.nextDouble() - 0.5, v = s.nextDouble(), edge = 0.5 - std::fabs(u);
      const auto k = int64_t(std::floor((2 * pole_ / edge + slope_) * u + mean_ + 0.43));
      const bool inBox = edge >= 0.07 && v <= box_;
      if (inBox || (k >= 0 && !(edge < 0.013 && v > edge) && isBelow(k, v, edge)))
        return k;
    }
  }

private:
  /// Whether v is below the ratio of the densities.
  bool isBelow(int64_t k, double v, double edge) const {
    return std::log(v) + logInverse_ - std::log(pole_ / (edge * edge) + slope_) <=
           -mean_ + double(k) * logMean_ - logGamma(double(k + 1));
  }

  double mean_, logMean_, slope_, pole_, logInverse_, box_;
};

/// Below a mean of 10 by multiplying uniform numbers until they are less likely than none.
template <class S> int64_t poisson(S &s, double lambda) {
  if (lambda >= 10)
    return WidePoisson(lambda)(s);
  if (lambda == 0)
    return 0;
  const double none = std::exp(-lambda);
  int64_t count = -1;
  for (double product = 1; count < 0 || product > none; ++count)
    product *= s.nextDouble();
  return count;
}

template <class S> int64_t negativeBinomial(S &s, double n, double p) {
  return poisson(s, (1 - p) / p * standardGamma(s, n));
}

/// Up to a mean of 30 by inversion, else BTPE (Kachitvichyanukul and Schmeiser, "Binomial random
/// variate generation", 1988). What follows from n and p is kept for the next number.
class Binomial {
public:
  template <class S> int64_t operator()(S &s, int64_t n, double p) {
    if (n == 0 || p == 0)
      return 0;
    const double small = p <= 0.5 ? p : 1.0 - p;
    const int64_t k = small * double(n) <= 30 ? inversion(s, n, small) : btpe(s, n, small);
    return p <= 0.5 ? k : n - k;
  }

private:
  bool known(int64_t n, double p) {
    if (has_ && n == n_ && p == p_)
      return true;
    has_ = true;
    n_ = n;
    p_ = p;
    return false;
  }

  /// The probability of k behind that of k - 1.
  double next(int64_t n, int64_t k, double p, double term) const {
    return (double(n - k + 1) * p * term) / (double(k) * q_);
  }

  template <class S> int64_t inversion(S &s, int64_t n, double p) {
    const double count = double(n);
    if (!known(n, p)) {
      q_ = 1.0 - p;
      none_ = std::exp(count * std::log1p(-p));
      const double mean = count * p, bound = mean + 10.0 * std::sqrt(mean * q_ + 1);
      m_ = int64_t(count < bound ? count : bound);
    }
    // The probabilities one after the other; what lies behind the last one is drawn again.
    for (;;) {
      double u = s.nextDouble(), term = none_;
      for (int64_t k = 0; k <= m_; u -= term, term = next(n, ++k, p, term)) {
        if (!(u > term))
          return k;
      }
    }
  }

  template <class S> int64_t btpe(S &s, int64_t n, double p) {
    const double count = double(n);
    if (!known(n, p)) {
      r_ = p < 1.0 - p ? p : 1.0 - p;
      q_ = 1.0 - r_;
      const double peak = count * r_ + r_;
      m_ = int64_t(std::floor(peak));
      p1_ = std::floor(2.195 * std::sqrt(count * r_ * q_) - 4.6 * q_) + 0.5;
      xm_ = double(m_) + 0.5;
      xl_ = xm_ - p1_;
      xr_ = xm_ + p1_;
      c_ = 0.134 + 20.5 / (15.3 + double(m_));
      double a = (peak - xl_) / (peak - xl_ * r_);
      left_ = a * (1.0 + a / 2.0);
      a = (xr_ - peak) / (xr_ * q_);
      right_ = a * (1.0 + a / 2.0);
      p2_ = p1_ * (1.0 + 2.0 * c_);
      p3_ = p2_ + c_ / left_;
      p4_ = p3_ + c_ / right_;
    }
    const double m = double(m_), spread = count * r_ * q_;
    for (;;) {
      const double u = s.nextDouble() * p4_;
      double v = s.nextDouble();
      int64_t y;
      if (u <= p1_) // the triangle
        return int64_t(std::floor(xm_ - p1_ * v + u));
      if (u <= p2_) { // the parallelograms
        const double x = xl_ + (u - p1_) / c_;
        v = v * c_ + 1.0 - std::fabs(m - x + 0.5) / p1_;
        if (v > 1)
          continue;
        y = int64_t(std::floor(x));
      } else if (u <= p3_) { // the left tail
        if (v == 0)
          continue;
        y = int64_t(std::floor(xl_ + std::log(v) / left_));
        if (y < 0)
          continue;
        v = v * (u - p2_) * left_;
      } else { // the right tail
        if (v == 0)
          continue;
        y = int64_t(std::floor(xr_ - std::log(v) / right_));
        if (y > n)
          continue;
        v = v * (u - p3_) * right_;
      }
      if (accepts(n, y, v, spread))
        return y;
    }
  }

  bool accepts(int64_t n, int64_t y, double v, double spread) const {
    const int64_t away = std::llabs(y - m_);
    const double k = double(away), m = double(m_);
    if (!(away > 20 && k < spread / 2.0 - 1)) {
      const double s = r_ / q_, a = s * double(n + 1);
      double f = 1;
      for (int64_t i = m_ + 1; i <= y; ++i)
        f *= a / double(i) - s;
      for (int64_t i = y + 1; i <= m_; ++i)
        f /= a / double(i) - s;
      return v <= f;
    }
    const double rho =
        (k / spread) * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / spread + 0.5);
    const double t = -k * k / (2 * spread), a = std::log(v);
    if (a < t - rho)
      return true;
    if (a > t + rho)
      return false;
    const double x1 = double(y + 1), f1 = m + 1, z = double(n + 1 - m_), w = double(n - y + 1);
    auto stirling = [](double x) {
      const double x2 = x * x;
      return (13680. - (462. - (132. - (99. - 140. / x2) / x2) / x2) / x2) / x / 166320.;
    };
    return a <= xm_ * std::log(f1 / x1) + (double(n - m_) + 0.5) * std::log(z / w) +
                    double(y - m_) * std::log(w * r_ / (x1 * q_)) + stirling(f1) + stirling(z) +
                    stirling(x1) + stirling(w);
  }

  bool has_ = false;
  int64_t n_ = 0, m_ = 0;
  double p_ = 0, q_ = 0, none_ = 0, r_ = 0, p1_ = 0, xm_ = 0, xl_ = 0, xr_ = 0, c_ = 0, left_ = 0,
         right_ = 0, p2_ = 0, p3_ = 0, p4_ = 0;
};

template <class S> int64_t geometric(S &s, double p) {
  if (p >= 0.333333333333333333333333) {
    double sum = p, term = p;
    const double q = 1.0 - p, u = s.nextDouble();
    int64_t k = 1;
    for (; u > sum; ++k) {
      term *= q;
      sum += term;
    }
    return k;
  }
  const double z = std::ceil(-exponential(s) / std::log1p(-p));
  return z >= 9.223372036854776e+18 ? INT64_MAX : int64_t(z);
}

/// Kemp, "Efficient generation of logarithmically distributed pseudo-random variables", 1981, LK:
/// a geometric number whose parameter is drawn, of which 1 and 2 need no logarithm.
template <class S> int64_t logSeries(S &s, double p) {
  const double logRest = std::log1p(-p);
  for (;;) {
    const double v = s.nextDouble();
    if (v >= p)
      return 1;
    const double q = -std::expm1(logRest * s.nextDouble());
    if (v > q * q)
      return v < q ? 2 : 1;
    if (v == 0)
      continue;
    if (const auto k = int64_t(std::floor(1 + std::log(v) / std::log(q))); k >= 1)
      return k;
  }
}

/// Devroye, "Non-Uniform Random Variate Generation", 1986, X.6.1, over what an int64 holds.
template <class S> int64_t zipf(S &s, double a) {
  if (a >= 1025) // 2^(1 - a) is below all numbers
    return 1;
  const double less = a - 1.0, b = std::pow(2.0, less), least = std::pow(double(INT64_MAX), -less);
  for (;;) {
    const double draw = s.nextDouble(), u = draw * least + (1 - draw), v = s.nextDouble();
    const double x = std::floor(std::pow(u, -1.0 / less));
    if (x > double(INT64_MAX) || x < 1)
      continue;
    const double t = std::pow(1.0 + 1.0 / x, less);
    if (v * x * (t - 1.0) / (b - 1.0) <= t / b)
      return x >= 0x1p63 ? INT64_MAX : int64_t(x);
  }
}

double logFactorial(int64_t k);

/// How many good ones are among so few, drawn one after the other.
template <class S> int64_t drawnGood(S &s, int64_t good, int64_t total, int64_t draws) {
  int64_t found = 0;
  for (int64_t drawn = 0; drawn < draws; ++drawn) {
    const int64_t left = good - found, among = total - drawn;
    if (left == 0)
      return found;
    if (left == among) // there are no others
      return found + (draws - drawn);
    found += int64_t(interval(s, uint64_t(among - 1))) < left;
  }
  return found;
}

/// Up to ten draws, or all but so many, by drawing, else by ratio of uniforms (Stadlober, "The
/// ratio of uniforms approach for generating discrete random variates", 1990, algorithm HRUA).
template <class S> int64_t hypergeometric(S &s, int64_t good, int64_t bad, int64_t sample) {
  const int64_t total = good + bad;
  if (sample < 10 || sample > total - 10) {
    // Of many those that stay are drawn.
    return sample > total / 2 ? good - drawnGood(s, good, total, total - sample)
                              : drawnGood(s, good, total, sample);
  }
  const int64_t n = std::min(sample, total - sample);
  const int64_t fewer = std::min(good, bad), more = std::max(good, bad);
  const double p = double(fewer) / double(total), q = double(more) / double(total);
  const double a = double(n) * p + 0.5;
  const double variance = double(total - n) * double(n) * p * q / double(total - 1);
  const double c = std::sqrt(variance + 0.5);
  const double h = 1.7155277699214135 * c + 0.8989161620588988; // 2 sqrt(2/e), 3 - 2 sqrt(3/e)
  const int64_t m = int64_t(std::floor(double(n + 1) * double(fewer + 1) / double(total + 2)));
  auto weight = [&](int64_t k) {
    return logFactorial(k) + logFactorial(fewer - k) + logFactorial(n - k) +
           logFactorial(more - n + k);
  };
  const double g = weight(m);
  const double most = double(std::min(n, fewer) + 1), far = std::floor(a + 16 * c);
  const double bound = most < far ? most : far;
  int64_t k;
  for (;;) {
    const double u = s.nextDouble(), v = s.nextDouble(), x = a + h * (v - 0.5) / u;
    if (x < 0 || x >= bound)
      continue;
    k = int64_t(std::floor(x));
    const double t = g - weight(k);
    if (u * (4.0 - u) - 3.0 <= t)
      break;
    if (u * (u - t) >= 1)
      continue;
    if (2.0 * std::log(u) <= t)
      break;
  }
  if (good > bad)
    k = n - k;
  return n < sample ? good - k : k;
}

template <class S> double noncentralChisquare(S &s, double df, double noncentrality) {
  if (std::isnan(noncentrality))
    return noncentrality;
  if (noncentrality == 0)
    return chisquare(s, df);
  if (1 < df) {
    const double rest = chisquare(s, df - 1), n = normal(s) + std::sqrt(noncentrality);
    return rest + n * n;
  }
  const int64_t i = poisson(s, noncentrality / 2.0);
  return chisquare(s, df + double(2 * i));
}

template <class S>
double noncentralF(S &s, double numerator, double denominator, double noncentrality) {
  const double t = noncentralChisquare(s, numerator, noncentrality) * denominator;
  return t / (chisquare(s, denominator) * numerator);
}

} // namespace ndrt::random
