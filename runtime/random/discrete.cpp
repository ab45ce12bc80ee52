// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "random/discrete.h"
#include "random/request.h"

#include <array>

namespace ndrt::random {

/// Of the first 126 correctly rounded, of the others by Stirling's series.
double logFactorial(int64_t k) {
  static const auto table = [] {
    std::array<double, 126> out{};
    long double sum = 0;
    for (size_t i = 2; i < out.size(); ++i)
      out[i] = double(sum += std::log((long double)i));
    return out;
  }();
  if (k < int64_t(table.size()))
    return table[size_t(k)];
  constexpr double halfLogTwoPi = 0.9189385332046728;
  const double x = double(k);
  return (x + 0.5) * std::log(x) - x +
         (halfLogTwoPi + (1.0 / x) * (1 / 12.0 - 1 / (360.0 * x * x)));
}

namespace {

template <class S> bool draw(S &s, const Request &r) {
  if (r.out.type.code != kDLInt || r.out.type.bits != 64)
    return false;
  switch (r.distribution) {
  case NDRT_RANDOM_BINOMIAL:
    eachOf<int64_t, int64_t, double>(s, r, Kept<Binomial, int64_t, double>());
    return true;
  case NDRT_RANDOM_NEGATIVE_BINOMIAL:
    eachOf<int64_t, double, double>(
        s, r, [](auto &s, double n, double p) { return negativeBinomial(s, n, p); });
    return true;
  case NDRT_RANDOM_POISSON:
    eachOf<int64_t, double>(s, r, Kept<Poisson, double>());
    return true;
  case NDRT_RANDOM_GEOMETRIC:
    eachOf<int64_t, double>(s, r, Kept<Geometric, double>());
    return true;
  case NDRT_RANDOM_LOGSERIES:
    eachOf<int64_t, double>(s, r, Kept<LogSeries, double>());
    return true;
  case NDRT_RANDOM_ZIPF:
    eachOf<int64_t, double>(s, r, Kept<Zipf, double>());
    return true;
  case NDRT_RANDOM_HYPERGEOMETRIC: {
    const Kept<Hypergeometric, int64_t, int64_t, int64_t> kept;
    if (areScalars(r) &&
        !Hypergeometric(r.scalar<int64_t>(0), r.scalar<int64_t>(1), r.scalar<int64_t>(2)).draws())
      eachOf<int64_t, int64_t, int64_t, int64_t>(s, r, kept);
    else
      inTurn<int64_t, int64_t, int64_t, int64_t>(s, r, kept);
    return true;
  }
  }
  return false;
}

} // namespace

bool drawDiscrete(Wide &s, const Request &r) { return draw(s, r); }
bool drawDiscrete(Narrow &s, const Request &r) { return draw(s, r); }

} // namespace ndrt::random
