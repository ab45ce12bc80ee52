// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Distributions of counts, with the draws and the floating-point operations that
// numpy.random.Generator has.
#pragma once

#include "random/bounded.h"
#include "random/continuous.h"

#include <array>
#include <cstdlib>
#include <optional>
#include <tuple>
#include <type_traits>

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

/// log(k!), for few k from a table.
inline double logGammaAbove(int64_t k) {
  static const auto table = [] {
    std::array<double, 256> out;
    for (size_t i = 0; i < out.size(); ++i)
      out[i] = logGamma(double(i + 1));
    return out;
  }();
  return k < int64_t(table.size()) ? table[size_t(k)] : logGamma(double(k + 1));
}

/// Below a mean of 10 by multiplying uniform numbers until they are less likely than none, from 10
/// on by transformed rejection (Hoermann, "The transformed rejection method for generating Poisson
/// random variables", 1993, PTRS).
class Poisson {
public:
  explicit Poisson(double mean) : mean_(mean) {
    if (mean < 10) {
      none_ = std::exp(-mean);
      return;
    }
    slope_ = 0.931 + 2.53 * std::sqrt(mean);
    pole_ = -0.059 + 0.02483 * slope_;
    box_ = 0.9277 - 3.6224 / (slope_ - 2);
  }

  template <class S> int64_t operator()(S &s) {
    if (mean_ >= 10)
      return wide(s);
    if (mean_ == 0)
      return 0;
    int64_t count = -1;
    for (double product = 1; count < 0 || product > none_; ++count)
      product *= s.nextDouble();
    return count;
  }

private:
  template <class S> int64_t wide(S &s) {
    for (;;) {
      const double u = s.nextDouble() - 0.5, v = s.nextDouble(), edge = 0.5 - std::fabs(u);
      const auto k = int64_t(std::floor((2 * pole_ / edge + slope_) * u + mean_ + 0.43));
      const bool inBox = edge >= 0.07 && v <= box_;
      if (inBox || (k >= 0 && !(edge < 0.013 && v > edge) && isBelow(k, v, edge)))
        return k;
    }
  }
  /// Whether v is below the ratio of the densities.
  bool isBelow(int64_t k, double v, double edge) {
    if (!hasLogs_) {
      hasLogs_ = true;
      logMean_ = std::log(mean_);
      logInverse_ = std::log(1.1239 + 1.1328 / (slope_ - 3.4));
    }
    return std::log(v) + logInverse_ - std::log(pole_ / (edge * edge) + slope_) <=
           -mean_ + double(k) * logMean_ - logGammaAbove(k);
  }

  double mean_, none_ = 0, slope_ = 0, pole_ = 0, box_ = 0, logMean_ = 0, logInverse_ = 0;
  bool hasLogs_ = false;
};

template <class S> int64_t negativeBinomial(S &s, double n, double p) {
  return Poisson((1 - p) / p * standardGamma(s, n))(s);
}

/// Up to a mean of 30 by inversion, else BTPE (Kachitvichyanukul and Schmeiser, "Binomial random
/// variate generation", 1988).
class Binomial {
public:
  Binomial(int64_t n, double p) : Binomial(n, p, [&] { return logRestOf(p); }) {}
  /// \p logRest is logRestOf(p).
  Binomial(int64_t n, double p, double logRest) : Binomial(n, p, [&] { return logRest; }) {}

  static double logRestOf(double p) { return std::log1p(-smallOf(p)); }

  template <class S> int64_t operator()(S &s) {
    if (never_)
      return 0;
    const int64_t k = inverts_ ? inversion(s) : btpe(s, n_);
    return upside_ ? k : n_ - k;
  }

private:
  static double smallOf(double p) { return p <= 0.5 ? p : 1.0 - p; }

  template <class LogRest>
  requires std::is_invocable_v<LogRest> Binomial(int64_t n, double p, LogRest &&logRest)
      : n_(n), p_(smallOf(p)), never_(n == 0 || p == 0), upside_(p <= 0.5),
        inverts_(p_ * double(n) <= 30) {
    if (never_)
      return;
    const double count = double(n);
    if (inverts_) {
      q_ = 1.0 - p_;
      terms_[0] = std::exp(count * logRest());
      const double mean = count * p_, bound = mean + 10.0 * std::sqrt(mean * q_ + 1);
      m_ = int64_t(count < bound ? count : bound);
      return;
    }
    r_ = p_ < 1.0 - p_ ? p_ : 1.0 - p_;
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

  /// The probabilities one after the other; what lies behind the last one is drawn again.
  template <class S> int64_t inversion(S &s) {
    for (;;) {
      double u = s.nextDouble();
      for (int64_t k = 0; k <= m_; ++k) {
        if (k == known_) {
          terms_[k] = (double(n_ - k + 1) * p_ * terms_[k - 1]) / (double(k) * q_);
          ++known_;
        }
        if (!(u > terms_[k]))
          return k;
        u -= terms_[k];
      }
    }
  }

  template <class S> int64_t btpe(S &s, int64_t n) const {
    const double m = double(m_), spread = double(n) * r_ * q_;
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

  /// The mean is at most 30, and m_ ten deviations above it.
  static constexpr int mostTerms = 88;

  int64_t n_, m_ = 0;
  double p_; ///< at most 1/2
  bool never_, upside_, inverts_;
  int64_t known_ = 1; ///< terms
  double q_ = 0, r_ = 0, p1_ = 0, xm_ = 0, xl_ = 0, xr_ = 0, c_ = 0, left_ = 0, right_ = 0, p2_ = 0,
         p3_ = 0, p4_ = 0;
  double terms_[mostTerms]; ///< probabilities of 0, 1, ...
};

class Geometric {
public:
  explicit Geometric(double p) : p_(p), logRest_(std::log1p(-p)) {}
  template <class S> int64_t operator()(S &s) const {
    if (p_ >= 0.333333333333333333333333) {
      double sum = p_, term = p_;
      const double q = 1.0 - p_, u = s.nextDouble();
      int64_t k = 1;
      for (; u > sum; ++k) {
        term *= q;
        sum += term;
      }
      return k;
    }
    const double z = std::ceil(-exponential(s) / logRest_);
    return z >= 9.223372036854776e+18 ? INT64_MAX : int64_t(z);
  }

private:
  double p_, logRest_;
};

/// Kemp, "Efficient generation of logarithmically distributed pseudo-random variables", 1981, LK:
/// a geometric number whose parameter is drawn, of which 1 and 2 need no logarithm.
class LogSeries {
public:
  explicit LogSeries(double p) : p_(p), logRest_(std::log1p(-p)) {}
  template <class S> int64_t operator()(S &s) const {
    for (;;) {
      const double v = s.nextDouble();
      if (v >= p_)
        return 1;
      const double q = -std::expm1(logRest_ * s.nextDouble());
      if (v > q * q)
        return v < q ? 2 : 1;
      if (v == 0)
        continue;
      if (const auto k = int64_t(std::floor(1 + std::log(v) / std::log(q))); k >= 1)
        return k;
    }
  }

private:
  double p_, logRest_;
};

/// Devroye, "Non-Uniform Random Variate Generation", 1986, X.6.1, over what an int64 holds.
class Zipf {
public:
  explicit Zipf(double a)
      : a_(a), less_(a - 1.0), b_(std::pow(2.0, less_)),
        least_(std::pow(double(INT64_MAX), -less_)) {}
  template <class S> int64_t operator()(S &s) const {
    if (a_ >= 1025) // 2^(1 - a) is below all numbers
      return 1;
    for (;;) {
      const double draw = s.nextDouble(), u = draw * least_ + (1 - draw), v = s.nextDouble();
      const double x = std::floor(std::pow(u, -1.0 / less_));
      if (x > double(INT64_MAX) || x < 1)
        continue;
      const double t = std::pow(1.0 + 1.0 / x, less_);
      if (v * x * (t - 1.0) / (b_ - 1.0) <= t / b_)
        return x >= 0x1p63 ? INT64_MAX : int64_t(x);
    }
  }

private:
  double a_, less_, b_, least_;
};

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
class Hypergeometric {
public:
  Hypergeometric(int64_t good, int64_t bad, int64_t sample)
      : good_(good), bad_(bad), sample_(sample), total_(good + bad) {
    if (draws())
      return;
    n_ = std::min(sample, total_ - sample);
    fewer_ = std::min(good, bad);
    more_ = std::max(good, bad);
    const double p = double(fewer_) / double(total_), q = double(more_) / double(total_);
    a_ = double(n_) * p + 0.5;
    const double variance = double(total_ - n_) * double(n_) * p * q / double(total_ - 1);
    const double c = std::sqrt(variance + 0.5);
    h_ = 1.7155277699214135 * c + 0.8989161620588988; // 2 sqrt(2/e), 3 - 2 sqrt(3/e)
    g_ = weight(int64_t(std::floor(double(n_ + 1) * double(fewer_ + 1) / double(total_ + 2))));
    const double most = double(std::min(n_, fewer_) + 1), far = std::floor(a_ + 16 * c);
    bound_ = most < far ? most : far;
  }

  /// Whether it draws one after the other, from halves of the source's draws.
  bool draws() const { return sample_ < 10 || sample_ > total_ - 10; }

  template <class S> int64_t operator()(S &s) const {
    if (draws()) // of many those that stay are drawn
      return sample_ > total_ / 2 ? good_ - drawnGood(s, good_, total_, total_ - sample_)
                                  : drawnGood(s, good_, total_, sample_);
    int64_t k;
    for (;;) {
      const double u = s.nextDouble(), v = s.nextDouble(), x = a_ + h_ * (v - 0.5) / u;
      if (x < 0 || x >= bound_)
        continue;
      k = int64_t(std::floor(x));
      const double t = g_ - weight(k);
      if (u * (4.0 - u) - 3.0 <= t)
        break;
      if (u * (u - t) >= 1)
        continue;
      if (2.0 * std::log(u) <= t)
        break;
    }
    if (good_ > bad_)
      k = n_ - k;
    return n_ < sample_ ? good_ - k : k;
  }

private:
  double weight(int64_t k) const {
    return logFactorial(k) + logFactorial(fewer_ - k) + logFactorial(n_ - k) +
           logFactorial(more_ - n_ + k);
  }

  int64_t good_, bad_, sample_, total_, n_ = 0, fewer_ = 0, more_ = 0;
  double a_ = 0, h_ = 0, g_ = 0, bound_ = 0;
};

/// A distribution D of parameters P, which is made again where they change.
template <class D, class... P> class Kept {
public:
  template <class S> auto operator()(S &s, P... p) {
    if (!made_ || of_ != std::tuple(p...)) [[unlikely]] {
      made_.emplace(p...);
      of_ = {p...};
    }
    return (*made_)(s);
  }

private:
  std::optional<D> made_;
  std::tuple<P...> of_;
};

template <class S> double noncentralChisquare(S &s, double df, double noncentrality) {
  if (std::isnan(noncentrality))
    return noncentrality;
  if (noncentrality == 0)
    return chisquare(s, df);
  if (1 < df) {
    const double rest = chisquare(s, df - 1), n = normal(s) + std::sqrt(noncentrality);
    return rest + n * n;
  }
  const int64_t i = Poisson(noncentrality / 2.0)(s);
  return chisquare(s, df + double(2 * i));
}

template <class S>
double noncentralF(S &s, double numerator, double denominator, double noncentrality) {
  const double t = noncentralChisquare(s, numerator, noncentrality) * denominator;
  return t / (chisquare(s, denominator) * numerator);
}

} // namespace ndrt::random
