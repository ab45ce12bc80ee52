// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ndrt_random: checks the arrays and the parameters, then draws.
#include "random/request.h"
#include "random/ziggurat.h"

#include <cmath>
#include <cstdio>
#include <iterator>

namespace ndrt::random {
namespace {

/// What a parameter has to be; nan passes where NumPy lets it.
enum class Domain : uint8_t {
  any,
  nonNegative, ///< not -0 either
  positive,
  positiveNotNan,
  unit,       ///< [0, 1]
  unitAbove0, ///< (0, 1]
  unitBelow1, ///< [0, 1)
  above1,
  count, ///< an integer, 0 or more
  poissonMean,
};

/// The largest mean whose numbers are safely within an int64.
constexpr double mostPoisson = 9.223372036854775807e18 - 3.0370004999760498e10;

struct Row {
  const char *name;
  int parameters;
  const char *names[mostParameters];
  Domain domains[mostParameters];
};

using enum Domain;
constexpr Row rows[] = {
    {"random", 0, {}, {}},
    {"standard_normal", 0, {}, {}},
    {"standard_exponential", 0, {}, {}},
    {"standard_exponential", 0, {}, {}},
    {"standard_gamma", 1, {"shape"}, {nonNegative}},
    {"uniform", 2, {"low", "high"}, {any, any}},
    {"normal", 2, {"loc", "scale"}, {any, nonNegative}},
    {"exponential", 1, {"scale"}, {nonNegative}},
    {"gamma", 2, {"shape", "scale"}, {nonNegative, nonNegative}},
    {"beta", 2, {"a", "b"}, {positive, positive}},
    {"chisquare", 1, {"df"}, {positive}},
    {"f", 2, {"dfnum", "dfden"}, {positive, positive}},
    {"noncentral_chisquare", 2, {"df", "nonc"}, {positive, nonNegative}},
    {"noncentral_f", 3, {"dfnum", "dfden", "nonc"}, {positive, positive, nonNegative}},
    {"standard_cauchy", 0, {}, {}},
    {"standard_t", 1, {"df"}, {positive}},
    {"pareto", 1, {"a"}, {positive}},
    {"weibull", 1, {"a"}, {nonNegative}},
    {"power", 1, {"a"}, {positive}},
    {"laplace", 2, {"loc", "scale"}, {any, nonNegative}},
    {"gumbel", 2, {"loc", "scale"}, {any, nonNegative}},
    {"logistic", 2, {"loc", "scale"}, {any, nonNegative}},
    {"lognormal", 2, {"mean", "sigma"}, {any, nonNegative}},
    {"rayleigh", 1, {"scale"}, {nonNegative}},
    {"wald", 2, {"mean", "scale"}, {positive, positive}},
    {"vonmises", 2, {"mu", "kappa"}, {any, nonNegative}},
    {"triangular", 3, {"left", "mode", "right"}, {any, any, any}},
    {"binomial", 2, {"n", "p"}, {count, unit}},
    {"negative_binomial", 2, {"n", "p"}, {positiveNotNan, unitAbove0}},
    {"poisson", 1, {"lam"}, {poissonMean}},
    {"geometric", 1, {"p"}, {unitAbove0}},
    {"logseries", 1, {"p"}, {unitBelow1}},
    {"zipf", 1, {"a"}, {above1}},
    {"hypergeometric", 3, {"ngood", "nbad", "nsample"}, {count, count, count}},
    {"integers", 2, {"low", "high"}, {any, any}},
    {"integers", 2, {"low", "high"}, {any, any}},
    {"randint", 2, {"low", "high"}, {any, any}},
    {"multinomial", 2, {"n", "pvals"}, {count, unit}},
    {"dirichlet", 1, {"alpha"}, {nonNegative}},
    {"multivariate_hypergeometric", 2, {"colors", "nsample"}, {count, count}},
    {"multivariate_hypergeometric", 2, {"colors", "nsample"}, {count, count}},
    {"permuted", 1, {"x"}, {any}},
    {"choice", 1, {"a"}, {count}},
    {"choice", 1, {"a"}, {count}},
    {"choice", 1, {"p"}, {nonNegative}},
    {"choice", 1, {"p"}, {nonNegative}},
    {"standard_normal", 0, {}, {}},
};
static_assert(std::size(rows) == NDRT_RANDOM_LEGACY_GAUSS + 1);

const char *violated(Domain domain, double x) {
  switch (domain) {
  case nonNegative:
    return !std::isnan(x) && std::signbit(x) ? "it must be 0 or more" : nullptr;
  case positive:
    return x <= 0 ? "it must be above 0" : nullptr;
  case positiveNotNan:
    return !(x > 0) ? "it must be above 0" : nullptr;
  case unit:
    return !(x >= 0 && x <= 1) ? "it must be between 0 and 1" : nullptr;
  case unitAbove0:
    return !(x > 0 && x <= 1) ? "it must be above 0 and at most 1" : nullptr;
  case unitBelow1:
    return !(x >= 0 && x < 1) ? "it must be 0 or more and below 1" : nullptr;
  case above1:
    return !(x > 1) ? "it must be above 1" : nullptr;
  case poissonMean:
    return !(x >= 0) || std::signbit(x) ? "it must be 0 or more"
           : x > mostPoisson            ? "it must be at most 9.2e18"
                                        : nullptr;
  case count:
  case any:
    return nullptr;
  }
  return nullptr;
}

/// Calls look(element) for the elements until it returns true.
template <class T, class Look> void eachElement(const Strided &x, Look &&look) {
  const int64_t n = x.elements();
  int64_t at[maxRank] = {}, offset = 0;
  for (int64_t i = 0; i < n; ++i) {
    if (look(reinterpret_cast<const T *>(x.data)[offset]))
      return;
    for (int axis = x.rank - 1; axis >= 0; --axis) {
      offset += x.stride[axis];
      if (++at[axis] < x.extent[axis])
        break;
      offset -= x.stride[axis] * x.extent[axis];
      at[axis] = 0;
    }
  }
}

ndrt_status checkDomain(const Request &r, int p, const Row &row) {
  const Strided &x = r.parameters[p];
  ndrt_status status = NDRT_OK;
  auto real = [&](auto value) {
    const char *must = violated(row.domains[p], double(value));
    if (must)
      status =
          fail(NDRT_ERR_ARGUMENT, "%s: %s is %g; %s", row.name, row.names[p], double(value), must);
    return must != nullptr;
  };
  if (row.domains[p] == any)
    return NDRT_OK;
  if (x.type.code == kDLInt)
    eachElement<int64_t>(x, [&](int64_t value) {
      if (value < 0)
        status = fail(NDRT_ERR_ARGUMENT, "%s: %s is %lld; it must be 0 or more", row.name,
                      row.names[p], static_cast<long long>(value));
      return value < 0;
    });
  else if (x.type.bits == 32)
    eachElement<float>(x, real);
  else
    eachElement<double>(x, real);
  return status;
}

/// Calls look for the parameters of each element of the result.
template <class T, class Look> void eachPlace(const Request &r, Look &&look) {
  bool scalars = true;
  for (int p = 0; p < r.count; ++p)
    scalars &= r.parameters[p].elements() == 1;
  Walk walk(r, r.out.rank);
  const int64_t n = scalars ? 1 : r.elements; // also where nothing is drawn
  for (int64_t i = 0; i < n; ++i, walk.next()) {
    T x[mostParameters] = {};
    for (int p = 0; p < r.count; ++p)
      x[p] = r.data<T>(p)[walk.offset(p)];
    if (look(x))
      return;
  }
}

ndrt_status checkIntegers(const Request &r, const char *name, bool closed) {
  if (r.elements == 0) // as NumPy, which gives an empty array for any bounds
    return NDRT_OK;
  const DLDataType type = r.out.type;
  const bool isBool = type.code == NDRT_DL_BOOL || (type.code == kDLUInt && type.bits == 1);
  const bool isSigned = type.code == kDLInt, wide = r.parameters[0].type.code == kDLUInt;
  const int bits = isBool ? 1 : type.bits;
  const uint64_t most = isSigned ? UINT64_MAX >> (65 - bits) : UINT64_MAX >> (64 - bits);
  char typeName[16] = "bool";
  if (!isBool)
    std::snprintf(typeName, sizeof typeName, "%s%d", isSigned ? "int" : "uint", bits);
  ndrt_status status = NDRT_OK;
  if (wide) {
    eachPlace<uint64_t>(r, [&](const uint64_t *x) {
      if (x[0] > x[1] || (x[0] == x[1] && !closed))
        status = fail(NDRT_ERR_ARGUMENT, "%s: low is %llu and high is %llu; there is no integer %s",
                      name, (unsigned long long)x[0], (unsigned long long)x[1],
                      closed ? "in [low, high]" : "in [low, high)");
      else if (x[1] - !closed > most)
        status = fail(NDRT_ERR_ARGUMENT, "%s: high is %llu and %s ends at %llu; use a wider dtype",
                      name, (unsigned long long)x[1], typeName, (unsigned long long)most);
      return status != NDRT_OK;
    });
    return status;
  }
  const int64_t least = isSigned ? int64_t(~most) : 0;
  eachPlace<int64_t>(r, [&](const int64_t *x) {
    if (x[0] > x[1] || (x[0] == x[1] && !closed))
      status =
          fail(NDRT_ERR_ARGUMENT, "%s: low is %lld and high is %lld; there is no integer %s", name,
               (long long)x[0], (long long)x[1], closed ? "in [low, high]" : "in [low, high)");
    else if (x[0] < least)
      status = fail(NDRT_ERR_ARGUMENT, "%s: low is %lld and %s begins at %lld; use a wider dtype",
                    name, (long long)x[0], typeName, (long long)least);
    else if (const int64_t last = x[1] - !closed; last > 0 && uint64_t(last) > most)
      status = fail(NDRT_ERR_ARGUMENT, "%s: high is %lld and %s ends at %llu; use a wider dtype",
                    name, (long long)x[1], typeName, (unsigned long long)most);
    return status != NDRT_OK;
  });
  return status;
}

/// Kahan's sum of \p n numbers.
double sumOf(const double *p, int64_t stride, int64_t n) {
  double sum = n ? p[0] : 0, carry = 0;
  for (int64_t i = 1; i < n; ++i) {
    const double y = p[i * stride] - carry, t = sum + y;
    carry = (t - sum) - y;
    sum = t;
  }
  return sum;
}

ndrt_status checkWeights(const Request &r) {
  const Strided &p = r.parameters[0];
  const bool replace = r.distribution == NDRT_RANDOM_CHOICE_WEIGHTED_REPLACE;
  const double *weights = r.data<double>(0);
  const int64_t k = p.elements();
  double sum = sumOf(weights, 1, k);
  if (!(std::fabs(sum - 1) <= 1.4901161193847656e-08))
    return fail(NDRT_ERR_ARGUMENT, "choice: the probabilities sum to %g; they must sum to 1", sum);
  int64_t some = 0;
  for (int64_t i = 0; i < k; ++i)
    some += weights[i] > 0;
  if (!replace && some < r.elements)
    return fail(NDRT_ERR_ARGUMENT,
                "choice: %lld entries of p are not 0 and %lld are to be chosen without "
                "replacement; choose fewer, or with replacement",
                (long long)some, (long long)r.elements);
  return NDRT_OK;
}

ndrt_status checkTogether(const Request &r, const char *name) {
  ndrt_status status = NDRT_OK;
  switch (r.distribution) {
  case NDRT_RANDOM_UNIFORM:
    eachPlace<double>(r, [&](const double *x) {
      const double range = x[1] - x[0];
      if (!std::isfinite(range))
        status =
            fail(NDRT_ERR_ARGUMENT,
                 "uniform: low is %g and high is %g; their difference must be finite", x[0], x[1]);
      else if (std::signbit(range) && range != 0)
        status = fail(NDRT_ERR_ARGUMENT, "uniform: low is %g and high is %g; high must not be less",
                      x[0], x[1]);
      return status != NDRT_OK;
    });
    break;
  case NDRT_RANDOM_TRIANGULAR:
    eachPlace<double>(r, [&](const double *x) {
      if (x[0] > x[1] || x[1] > x[2] || x[0] == x[2])
        status = fail(NDRT_ERR_ARGUMENT,
                      "triangular: left is %g, mode %g, right %g; they must be in this order, left "
                      "and right different",
                      x[0], x[1], x[2]);
      return status != NDRT_OK;
    });
    break;
  case NDRT_RANDOM_NEGATIVE_BINOMIAL:
    eachPlace<double>(r, [&](const double *x) {
      if ((1 - x[1]) / x[1] * (x[0] + 10 * std::sqrt(x[0])) > mostPoisson)
        status = fail(NDRT_ERR_ARGUMENT,
                      "negative_binomial: n is %g and p is %g; n is too large "
                      "or p too small",
                      x[0], x[1]);
      return status != NDRT_OK;
    });
    break;
  case NDRT_RANDOM_HYPERGEOMETRIC:
    eachPlace<int64_t>(r, [&](const int64_t *x) {
      constexpr int64_t bound = 1000000000;
      if (x[0] >= bound || x[1] >= bound)
        status = fail(NDRT_ERR_ARGUMENT,
                      "hypergeometric: ngood is %lld and nbad %lld; both must be below 1000000000",
                      (long long)x[0], (long long)x[1]);
      else if (x[2] > x[0] + x[1])
        status = fail(NDRT_ERR_ARGUMENT,
                      "hypergeometric: nsample is %lld; it must be at most ngood + nbad, which is "
                      "%lld",
                      (long long)x[2], (long long)(x[0] + x[1]));
      return status != NDRT_OK;
    });
    break;
  case NDRT_RANDOM_INTEGERS:
  case NDRT_RANDOM_INTEGERS_CLOSED:
  case NDRT_RANDOM_INTEGERS_MASKED:
    return checkIntegers(r, name, r.distribution == NDRT_RANDOM_INTEGERS_CLOSED);
  case NDRT_RANDOM_MULTINOMIAL: {
    const Strided &p = r.parameters[1];
    const int64_t k = p.extent[p.rank - 1], rows = k ? p.elements() / k : 0;
    for (int64_t row = 0; row < rows; ++row) // in C order
      if (double sum = sumOf(r.data<double>(1) + row * k, 1, k - 1); sum > 1.0 + 1e-12)
        return fail(NDRT_ERR_ARGUMENT,
                    "multinomial: all but the last of pvals sum to %g; that is above 1", sum);
    break;
  }
  case NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_MARGINALS:
  case NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_COUNT: {
    int64_t sum = 0;
    const bool counts = r.distribution == NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_COUNT;
    for (int64_t j = 0; j < r.parameters[0].elements(); ++j)
      if (__builtin_add_overflow(sum, r.data<int64_t>(0)[j], &sum))
        return fail(NDRT_ERR_ARGUMENT, "%s: colors sum to more than 2^63 - 1; use fewer", name);
    if (!counts && sum >= 1000000000)
      return fail(NDRT_ERR_ARGUMENT,
                  "%s: colors sum to %lld, and by marginals it must be less than 1000000000; use "
                  "method count",
                  name, (long long)sum);
    if (r.scalar<int64_t>(1) > sum)
      return fail(NDRT_ERR_ARGUMENT,
                  "%s: nsample is %lld; it must be at most the sum of colors, which is %lld", name,
                  (long long)r.scalar<int64_t>(1), (long long)sum);
    break;
  }
  case NDRT_RANDOM_CHOICE:
  case NDRT_RANDOM_CHOICE_UNSHUFFLED:
    if (r.elements > r.scalar<int64_t>(0))
      return fail(NDRT_ERR_ARGUMENT,
                  "choice: %lld are to be chosen of %lld without replacement; choose fewer, or "
                  "with replacement",
                  (long long)r.elements, (long long)r.scalar<int64_t>(0));
    break;
  case NDRT_RANDOM_CHOICE_WEIGHTED:
  case NDRT_RANDOM_CHOICE_WEIGHTED_REPLACE:
    return checkWeights(r);
  }
  return status;
}

/// The dtype that parameter \p p of \p r has to have.
bool rightDtype(const Request &r, int p) {
  const DLDataType type = r.parameters[p].type;
  const bool isReal = type.code == kDLFloat && type.bits == 64;
  const bool isInt = type.code == kDLInt && type.bits == 64;
  switch (r.distribution) {
  case NDRT_RANDOM_STANDARD_GAMMA:
    return sameType(type, r.out.type);
  case NDRT_RANDOM_BINOMIAL:
  case NDRT_RANDOM_MULTINOMIAL:
    return p == 0 ? isInt : isReal;
  case NDRT_RANDOM_HYPERGEOMETRIC:
  case NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_MARGINALS:
  case NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_COUNT:
  case NDRT_RANDOM_CHOICE:
  case NDRT_RANDOM_CHOICE_UNSHUFFLED:
    return isInt;
  case NDRT_RANDOM_INTEGERS:
  case NDRT_RANDOM_INTEGERS_CLOSED:
  case NDRT_RANDOM_INTEGERS_MASKED:
    return (isInt || (type.code == kDLUInt && type.bits == 64)) &&
           sameType(type, r.parameters[0].type);
  case NDRT_RANDOM_PERMUTED:
    return sameType(type, r.out.type);
  }
  return isReal;
}

bool fitsResult(const Strided &x, const Strided &out) {
  if (x.rank > out.rank)
    return false;
  for (int axis = 0; axis < x.rank; ++axis)
    if (const int64_t e = x.extent[axis]; e != 1 && e != out.extent[out.rank - x.rank + axis])
      return false;
  return true;
}

/// Whether the parameter is as long as the result, or of any length.
ndrt_status checkFit(const Request &r, int p, const Row &row) {
  const Strided &x = r.parameters[p];
  bool fits;
  switch (r.distribution) {
  case NDRT_RANDOM_CHOICE:
  case NDRT_RANDOM_CHOICE_UNSHUFFLED:
    fits = x.elements() == 1;
    break;
  case NDRT_RANDOM_CHOICE_WEIGHTED:
  case NDRT_RANDOM_CHOICE_WEIGHTED_REPLACE:
    fits = x.rank == 1 && x.contiguous();
    break;
  case NDRT_RANDOM_DIRICHLET:
    fits = x.rank == 1 && x.contiguous() && r.out.rank > 0 &&
           x.extent[0] == r.out.extent[r.out.rank - 1];
    break;
  case NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_MARGINALS:
  case NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_COUNT:
    fits = p == 1 ? x.elements() == 1
                  : x.rank == 1 && x.contiguous() && r.out.rank > 0 &&
                        x.extent[0] == r.out.extent[r.out.rank - 1];
    break;
  case NDRT_RANDOM_MULTINOMIAL:
    fits = x.rank > 0 && fitsResult(x, r.out) &&
           (p == 0 || (x.contiguous() && x.extent[x.rank - 1] == r.out.extent[r.out.rank - 1]));
    break;
  case NDRT_RANDOM_PERMUTED:
    fits = x.rank == r.out.rank && fitsResult(x, r.out) && x.elements() == r.elements;
    break;
  default:
    fits = fitsResult(x, r.out);
  }
  return fits ? NDRT_OK
              : (misfit(row.name, {{row.names[p], x}, {"out", r.out}},
                        "the parameter's shape does not fit out"),
                 NDRT_ERR_SHAPE);
}

} // namespace

ndrt_status checkParameters(const Request &r) {
  const Row &row = rows[r.distribution];
  for (int p = 0; p < r.count; ++p) {
    if (!rightDtype(r, p))
      return misfit(row.name, {{row.names[p], r.parameters[p]}, {"out", r.out}},
                    "this is not the dtype of the parameter, cast it first");
    if (ndrt_status status = checkFit(r, p, row))
      return status;
    if (ndrt_status status = checkDomain(r, p, row))
      return status;
  }
  return checkTogether(r, row.name);
}

/// The words of a state.
static ndrt_status readState(const DLTensor *state, const char *name, Strided &words) {
  if (ndrt_status status = view(state, "random", name, words))
    return status;
  const bool isWords =
      words.type.code == kDLUInt && words.type.bits == 64 && words.rank == 1 && words.contiguous();
  return isWords
             ? NDRT_OK
             : fail(NDRT_ERR_ARGUMENT,
                    "random: %s is not a vector of uint64; pass what ndrt_random_seed fills", name);
}

ndrt_status readStates(const DLTensor *state, const DLTensor *next, Strided &from, Strided &to,
                       const uint64_t *&words) {
  if (ndrt_status status = readState(state, "the state", from))
    return status;
  if (ndrt_status status = readState(next, "the next state", to))
    return status;
  words = reinterpret_cast<const uint64_t *>(from.data);
  const int64_t n = from.extent[0] > 1 ? stateWords(words[0]) : 0;
  return n != 0 && n == from.extent[0] && n == to.extent[0] ? NDRT_OK : noGenerator();
}

} // namespace ndrt::random

ndrt_status ndrt_random(const DLTensor *state, const DLTensor *const *parameters, int32_t count,
                        DLTensor *out, DLTensor *next, int32_t distribution) {
  using namespace ndrt;
  using namespace ndrt::random;
  Strided from, to;
  const uint64_t *words;
  if (ndrt_status status = readStates(state, next, from, to, words))
    return status;
  if (distribution < 0 || distribution >= int32_t(std::size(rows)) ||
      rows[distribution].parameters != count)
    return fail(NDRT_ERR_ARGUMENT,
                "random: there is no distribution %d of %d parameters; see NDRT_RANDOM_UNIFORM01",
                distribution, count);
  Request r;
  r.name = rows[distribution].name;
  r.distribution = distribution;
  r.count = count;
  if (count > 0 && !parameters)
    return fail(NDRT_ERR_ARGUMENT, "%s: %d parameters are announced and parameters is NULL", r.name,
                count);
  if (ndrt_status status = viewResult(out, r.name, "out", r.out))
    return status;
  r.elements = r.out.elements();
  for (int p = 0; p < count; ++p)
    if (ndrt_status status =
            view(parameters[p], r.name, rows[distribution].names[p], r.parameters[p]))
      return status;
  if (ndrt_status status = checkParameters(r))
    return status;
  makeLayers();
  ndrt_status status = NDRT_OK;
  bool known = false;
  withSource(words, reinterpret_cast<uint64_t *>(to.data), r.elements, [&](auto &source) {
    known = drawRows(source, r, status) || drawIntegers(source, r) || drawDiscrete(source, r) ||
            drawContinuous(source, r);
  });
  return known ? status : misfit(r.name, {{"out", r.out}}, "the distribution has no such dtype");
}
