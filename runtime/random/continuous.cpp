// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "random/continuous.h"
#include "random/bounded.h"
#include "random/discrete.h"
#include "random/lanes.h"
#include "random/request.h"

#include <type_traits>

namespace ndrt::random {
namespace {

// Blocks of raw draws are turned into numbers where nothing can reject.

void fillUniform(Wide &s, double *out, int64_t n) {
  if (s.inPieces(n, [out](const uint64_t *draws, int64_t at, int64_t count) {
        toDoubles(draws, out + at, count);
      }))
    return;
  while (n) {
    const uint64_t *draws;
    const int64_t m = s.ready(draws, n);
    toDoubles(draws, out, m);
    s.take(m);
    out += m;
    n -= m;
  }
}
void fillUniform(Wide &s, float *out, int64_t n) {
  if (n && s.has32()) {
    *out++ = s.nextFloat();
    --n;
  }
  if (s.inPieces(n / 2, [out](const uint64_t *draws, int64_t at, int64_t count) {
        toFloats(draws, out + 2 * at, count);
      })) {
    s.rememberLast();
    out += n / 2 * 2;
    n %= 2;
  }
  while (n >= 2) {
    const uint64_t *draws;
    const int64_t m = s.ready(draws, n / 2);
    toFloats(draws, out, m);
    s.keep(uint32_t(draws[m - 1] >> 32));
    s.take(m);
    out += 2 * m;
    n -= 2 * m;
  }
  if (n)
    *out = s.nextFloat();
}
void fillUniform(Narrow &s, double *out, int64_t n) {
  while (n > 0) {
    const uint32_t *draws;
    const int64_t m = s.ready(draws, 2 * n) / 2;
    for (int64_t i = 0; i < m; ++i)
      out[i] = Narrow::toDouble(draws[2 * i], draws[2 * i + 1]);
    s.take(2 * m);
    out += m;
    n -= m;
    if (m == 0) { // its draws do not lie side by side
      *out++ = s.nextDouble();
      --n;
    }
  }
}
void fillUniform(Narrow &s, float *out, int64_t n) {
  for (int64_t i = 0; i < n; ++i)
    out[i] = s.nextFloat();
}

/// Numbers by layers: accepted draws run through; one that is not stops the run and takes what
/// follows it. \p left says how many draws may be looked at.
template <class Z, class Left> double *runLayers(Wide &s, double *out, Left left) {
  while (const int64_t most = left(out)) {
    const uint64_t *draws;
    const int64_t m = s.ready(draws, most);
    int64_t i = 0;
    bool accepted = true;
    double x = 0;
    for (; i < m; ++i) {
      x = Z::fast(draws[i], accepted);
      if (!accepted) [[unlikely]]
        break;
      out[i] = x;
    }
    out += i;
    if (i == m) {
      s.take(m);
      continue;
    }
    const uint64_t raw = draws[i];
    s.take(i + 1);
    if (double tail; Z::slow(s, raw, x, tail))
      *out++ = tail;
  }
  return out;
}
/// The same with both halves of each draw.
template <class Z, class Left> float *runLayers(Wide &s, float *out, Left left) {
  while (const int64_t most = left(out)) {
    if (s.has32() || most == 1) {
      *out++ = Z::one(s);
      continue;
    }
    const uint64_t *draws;
    const int64_t m = s.ready(draws, most / 2);
    int64_t i = 0;
    for (; i < m; ++i) {
      bool low, high;
      out[2 * i] = Z::fast(uint32_t(draws[i]), low);
      out[2 * i + 1] = Z::fast(uint32_t(draws[i] >> 32), high);
      if (!(low && high)) [[unlikely]]
        break;
    }
    out += 2 * i;
    if (i)
      s.keep(uint32_t(draws[i - 1] >> 32));
    s.take(i);
    if (i < m)
      *out++ = Z::one(s);
  }
  return out;
}

template <class T, class Z> struct Layered {
  T one(Wide &s) { return Z::one(s); }
  template <bool narrow> int64_t until(Wide &s, T *out, int64_t limit) {
    return runLayers<Z>(s, out,
                        [&](T *) { return std::max<int64_t>(limit - Places<narrow>::of(s), 0); }) -
           out;
  }
};

template <class Z, class T> void fillLayers(Wide &s, T *out, int64_t n) {
  Layered<T, Z> sampler;
  if (!inChunks<std::is_same_v<T, float>>(s, out, n, sampler))
    runLayers<Z>(s, out, [end = out + n](T *at) { return end - at; });
}
template <class Z, class T> void fillLayers(Narrow &s, T *out, int64_t n) {
  for (int64_t i = 0; i < n; ++i)
    out[i] = Z::one(s);
}
template <class S, class T> void fillNormal(S &s, T *out, int64_t n) {
  fillLayers<NormalLayer<T>>(s, out, n);
}
template <class S, class T> void fillExponential(S &s, T *out, int64_t n) {
  fillLayers<ExponentialLayer<T>>(s, out, n);
}

template <class T, class S> bool drawStandard(S &s, const Request &r) {
  using Z = Ziggurat<T>;
  T *out = r.results<T>();
  const int64_t n = r.elements;
  switch (r.distribution) {
  case NDRT_RANDOM_UNIFORM01:
    fillUniform(s, out, n);
    return true;
  case NDRT_RANDOM_STANDARD_NORMAL:
    fillNormal(s, out, n);
    return true;
  case NDRT_RANDOM_STANDARD_EXPONENTIAL:
    fillExponential(s, out, n);
    return true;
  case NDRT_RANDOM_STANDARD_EXPONENTIAL_INVERSE:
    fillEach(s, out, n, [](auto &s) {
      return T(-std::log1p(-double(Z::uniform(s)))); // in double for float32, too
    });
    return true;
  case NDRT_RANDOM_STANDARD_GAMMA:
    eachOf<T, T>(s, r, [](auto &s, T shape) { return standardGamma(s, shape); });
    return true;
  }
  return false;
}

template <class S> bool drawLocated(S &s, const Request &r) {
  double *out = r.results<double>();
  const int64_t n = r.elements;
  switch (r.distribution) {
  case NDRT_RANDOM_UNIFORM:
    if (areScalars(r)) {
      const double low = r.scalar<double>(0), range = r.scalar<double>(1) - low;
      fillUniform(s, out, n);
      for (int64_t i = 0; i < n; ++i)
        out[i] = low + range * out[i];
    } else {
      eachOf<double, double, double>(s, r, [](auto &s, double low, double high) {
        const double range = high - low;
        return low + range * s.nextDouble();
      });
    }
    return true;
  case NDRT_RANDOM_NORMAL:
    if (areScalars(r)) {
      const double loc = r.scalar<double>(0), scale = r.scalar<double>(1);
      fillNormal(s, out, n);
      for (int64_t i = 0; i < n; ++i)
        out[i] = loc + scale * out[i];
    } else {
      eachOf<double, double, double>(
          s, r, [](auto &s, double loc, double scale) { return loc + scale * normal(s); });
    }
    return true;
  case NDRT_RANDOM_EXPONENTIAL:
    if (areScalars(r)) {
      const double scale = r.scalar<double>(0);
      fillExponential(s, out, n);
      for (int64_t i = 0; i < n; ++i)
        out[i] = scale * out[i];
    } else {
      eachOf<double, double>(s, r, [](auto &s, double scale) { return scale * exponential(s); });
    }
    return true;
  case NDRT_RANDOM_LAPLACE:
    eachOf<double, double, double>(s, r,
                                   [](auto &s, double a, double b) { return laplace(s, a, b); });
    return true;
  case NDRT_RANDOM_GUMBEL:
    eachOf<double, double, double>(s, r,
                                   [](auto &s, double a, double b) { return gumbel(s, a, b); });
    return true;
  case NDRT_RANDOM_LOGISTIC:
    eachOf<double, double, double>(s, r,
                                   [](auto &s, double a, double b) { return logistic(s, a, b); });
    return true;
  case NDRT_RANDOM_LOGNORMAL:
    eachOf<double, double, double>(s, r, [](auto &s, double mean, double sigma) {
      return std::exp(mean + sigma * normal(s));
    });
    return true;
  case NDRT_RANDOM_VONMISES:
    eachOf<double, double, double>(s, r,
                                   [](auto &s, double a, double b) { return vonMises(s, a, b); });
    return true;
  case NDRT_RANDOM_TRIANGULAR:
    if (areScalars(r)) {
      const Triangular at(r.scalar<double>(0), r.scalar<double>(1), r.scalar<double>(2));
      fillUniform(s, out, n);
      for (int64_t i = 0; i < n; ++i)
        out[i] = at(out[i]);
    } else {
      eachOf<double, double, double, double>(s, r, [](auto &s, double a, double b, double c) {
        return Triangular(a, b, c)(s.nextDouble());
      });
    }
    return true;
  }
  return false;
}

template <class S> bool drawShaped(S &s, const Request &r) {
  switch (r.distribution) {
  case NDRT_RANDOM_GAMMA:
    eachOf<double, double, double>(
        s, r, [](auto &s, double shape, double scale) { return scale * standardGamma(s, shape); });
    return true;
  case NDRT_RANDOM_BETA:
    eachOf<double, double, double>(s, r, [](auto &s, double a, double b) { return beta(s, a, b); });
    return true;
  case NDRT_RANDOM_CHISQUARE:
    eachOf<double, double>(s, r, [](auto &s, double df) { return chisquare(s, df); });
    return true;
  case NDRT_RANDOM_F:
    eachOf<double, double, double>(s, r,
                                   [](auto &s, double a, double b) { return fRatio(s, a, b); });
    return true;
  case NDRT_RANDOM_NONCENTRAL_CHISQUARE:
    eachOf<double, double, double>(
        s, r, [](auto &s, double df, double nonc) { return noncentralChisquare(s, df, nonc); });
    return true;
  case NDRT_RANDOM_NONCENTRAL_F:
    eachOf<double, double, double, double>(
        s, r, [](auto &s, double a, double b, double c) { return noncentralF(s, a, b, c); });
    return true;
  case NDRT_RANDOM_STANDARD_CAUCHY:
    fillEach(s, r.results<double>(), r.elements, [](auto &s) { return cauchy(s); });
    return true;
  case NDRT_RANDOM_STANDARD_T:
    eachOf<double, double>(s, r, [](auto &s, double df) { return studentT(s, df); });
    return true;
  case NDRT_RANDOM_PARETO:
    eachOf<double, double>(s, r, [](auto &s, double a) { return std::expm1(exponential(s) / a); });
    return true;
  case NDRT_RANDOM_WEIBULL:
    eachOf<double, double>(s, r, [](auto &s, double a) { return weibull(s, a); });
    return true;
  case NDRT_RANDOM_POWER:
    eachOf<double, double>(
        s, r, [](auto &s, double a) { return std::pow(-std::expm1(-exponential(s)), 1. / a); });
    return true;
  case NDRT_RANDOM_RAYLEIGH:
    eachOf<double, double>(
        s, r, [](auto &s, double mode) { return mode * std::sqrt(2.0 * exponential(s)); });
    return true;
  case NDRT_RANDOM_WALD:
    eachOf<double, double, double>(
        s, r, [](auto &s, double mean, double scale) { return wald(s, mean, scale); });
    return true;
  }
  return false;
}

template <class S> bool draw(S &s, const Request &r) {
  if (r.out.type.code != kDLFloat)
    return false;
  if (r.out.type.bits == 32)
    return drawStandard<float>(s, r);
  if (r.out.type.bits != 64)
    return false;
  if constexpr (std::is_same_v<S, Narrow>)
    if (r.distribution == NDRT_RANDOM_LEGACY_GAUSS) {
      for (int64_t i = 0; i < r.elements; ++i)
        r.results<double>()[i] = legacyGauss(s);
      return true;
    }
  return drawStandard<double>(s, r) || drawLocated(s, r) || drawShaped(s, r);
}

} // namespace

double legacyGauss(Narrow &s) {
  Mt19937 &engine = s.engine();
  if (engine.hasGauss) {
    const double kept = engine.gauss;
    engine.hasGauss = false;
    engine.gauss = 0;
    return kept;
  }
  for (;;) {
    const double x = 2.0 * s.nextDouble() - 1.0, y = 2.0 * s.nextDouble() - 1.0;
    const double square = x * x + y * y;
    if (square >= 1.0 || square == 0.0)
      continue;
    const double f = std::sqrt(-2.0 * std::log(square) / square);
    engine.gauss = f * x;
    engine.hasGauss = true;
    return f * y;
  }
}

bool drawContinuous(Wide &s, const Request &r) { return draw(s, r); }
bool drawContinuous(Narrow &s, const Request &r) { return draw(s, r); }

} // namespace ndrt::random
