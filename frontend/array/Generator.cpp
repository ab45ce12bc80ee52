// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The methods of Generator: parameters become arrays of the dtype that the runtime wants, and it
// draws.
#include "frontend/array/Draws.h"
#include "ir/rules/broadcast.h"
#include "ir/rules/promote.h"

#include <cmath>

namespace nd::random {

std::string name_and(std::string_view message) {
  const size_t colon = message.find(": ");
  return std::string(colon == std::string_view::npos ? message : message.substr(colon + 2));
}

array parameter(const operand &x, dtype type, const char *what, const char *name) {
  const site &where = x.where();
  auto refuse = [&](std::string_view given, const char *wanted) {
    detail::raise(rules::error_kind::dtype, what,
                  std::string(name) + " is " + std::string(given) + "; use " + wanted, where);
  };
  const bool counts = rules::is_integer(type);
  if (x.is_scalar()) {
    using category = scalar::category;
    if (x.value().kind == category::complex)
      refuse("complex", counts ? "an integer" : "a real number");
    if (counts && x.value().kind == category::floating)
      refuse("a float", "an integer");
    if (std::optional<array> extent = detail::stand_in(x.value(), type, where))
      return *extent;
    array out = detail::allocate(type, {}, what, where);
    if (!detail::store_scalar(x.value(), type, detail::bytes_of(out)))
      detail::raise_unfit(x.value(), type, what, where);
    if (!detail::current_trace)
      return out;
    return detail::record_full(x.value(), type, {}, where);
  }
  array a = detail::as_array(x);
  if (rules::is_complex(a.dtype()))
    refuse(rules::name(a.dtype()), counts ? "integers" : "real numbers");
  if (counts && !rules::is_integer(a.dtype()) && !rules::is_bool(a.dtype()))
    refuse(rules::name(a.dtype()), "integers");
  return detail::converted(a, type, where);
}

nd::shape drawn_shape(const size &size, std::span<const array> parameters, const char *what,
                      const site &where) {
  std::vector<rules::shape> shapes;
  for (const array &p : parameters)
    shapes.push_back(p.shape());
  if (!size.given())
    return detail::checked(rules::broadcast(shapes, what), what, where);
  for (const rules::shape &s : shapes)
    if (nd::shape wanted = size.value(); !rules::broadcast_to_shape(s, wanted))
      detail::raise(rules::error_kind::shape, what,
                    "a parameter of shape " + to_string(nd::shape(s)) +
                        " does not broadcast to the size " + to_string(wanted) +
                        "; give a size that it broadcasts to",
                    where);
  return size.value();
}

namespace {

/// float64, or float32 where the distribution has it.
void require_float(dtype type, const char *what, const site &where) {
  if (type != float64 && type != float32)
    detail::raise(rules::error_kind::dtype, what,
                  "the dtype is " + std::string(rules::name(type)) + "; use float64 or float32",
                  where);
}

struct named {
  const operand &value;
  const char *name;
  dtype type = float64;
};

array drawn(const BitGenerator &bits, detail::distribution d, const char *what, dtype type,
            std::initializer_list<named> list, const size &size, const site &where) {
  std::vector<array> parameters;
  for (const named &p : list)
    parameters.push_back(parameter(p.value, p.type, what, p.name));
  return detail::draw(bits.core(), d, parameters, type, drawn_shape(size, parameters, what, where),
                      what, where);
}

/// The user's line: that of the first parameter that has one.
const site &place(const operand &a, const operand &b) {
  return a.is_scalar() ? b.where() : a.where();
}

} // namespace

std::vector<Generator> Generator::spawn(int64_t n_children, site where) const {
  std::vector<Generator> out;
  for (const BitGenerator &child : bits_.spawn(n_children, where))
    out.push_back(Generator(child));
  return out;
}

array Generator::random(const size &size, dtype type, site where) const {
  require_float(type, "random", where);
  return drawn(bits_, ND_DISTRIBUTION(UNIFORM01), "random", type, {}, size, where);
}
array Generator::standard_normal(const size &size, dtype type, site where) const {
  require_float(type, "standard_normal", where);
  return drawn(bits_, ND_DISTRIBUTION(STANDARD_NORMAL), "standard_normal", type, {}, size, where);
}
array Generator::standard_exponential(const size &size, dtype type,
                                      const exponential_options &options, site where) const {
  require_float(type, "standard_exponential", where);
  if (options.method != "zig" && options.method != "inv")
    detail::raise(rules::error_kind::value, "standard_exponential",
                  "the method is '" + std::string(options.method) + "'; use 'zig' or 'inv'", where);
  return drawn(bits_,
               options.method == "zig" ? ND_DISTRIBUTION(STANDARD_EXPONENTIAL)
                                       : ND_DISTRIBUTION(STANDARD_EXPONENTIAL_INVERSE),
               "standard_exponential", type, {}, size, where);
}
array Generator::standard_gamma(const operand &shape, const size &size, dtype type) const {
  require_float(type, "standard_gamma", shape.where());
  return drawn(bits_, ND_DISTRIBUTION(STANDARD_GAMMA), "standard_gamma", type,
               {{shape, "shape", type}}, size, shape.where());
}

namespace {

/// Bounds are int64, or uint64 where one is.
bool wide(const operand &x) {
  if (!x.is_scalar())
    return detail::as_array(x).dtype() == uint64;
  return x.value().kind == scalar::category::unsigned_integer && x.value().integer < 0;
}

} // namespace

array integers_of(const detail::generator_ref &core, const operand &low, const operand &high,
                  const size &size, dtype type, detail::distribution d, const char *what) {
  const site &where = place(low, high);
  if (!rules::is_integer(type) && !rules::is_bool(type))
    detail::raise(rules::error_kind::dtype, what,
                  "the dtype is " + std::string(rules::name(type)) + "; use an integer or bool",
                  where);
  const dtype bounds = wide(low) || wide(high) ? uint64 : int64;
  const array parameters[] = {parameter(low, bounds, what, "low"),
                              parameter(high, bounds, what, "high")};
  return detail::draw(core, d, parameters, type, drawn_shape(size, parameters, what, where), what,
                      where);
}

array Generator::integers(const operand &low, const operand &high, const size &size, dtype type,
                          const integers_options &options) const {
  return integers_of(
      bits_.core(), low, high, size, type,
      options.endpoint ? ND_DISTRIBUTION(INTEGERS_CLOSED) : ND_DISTRIBUTION(INTEGERS), "integers");
}
array Generator::integers(const operand &high, std::nullopt_t, const size &size, dtype type,
                          const integers_options &options) const {
  return integers(operand(0, high.where()), high, size, type, options);
}

array Generator::bytes(int64_t length, site where) const {
  if (length < 0)
    detail::raise(rules::error_kind::value, "bytes",
                  "the length is " + std::to_string(length) + "; it must be 0 or more", where);
  const array words =
      integers(operand(0, where), operand(int64_t(UINT32_MAX), where),
               length ? length / 4 + (length % 4 != 0) : 1, uint32, {.endpoint = true});
  return detail::sliced_along(words.view(uint8, where), 0, 0, length, 1, where);
}

namespace {

/// A scalar that stands for itself, and for no extent that a run decides.
std::optional<double> number(const scalar &x) {
  if (x.kind == scalar::category::floating)
    return x.real;
  if (x.kind == scalar::category::complex || std::abs(double(x.integer)) > 0x1p53)
    return std::nullopt;
  return double(x.integer);
}

} // namespace

array Generator::uniform(const operand &low, const operand &high, const size &size) const {
  const site &where = place(low, high);
  if (low.is_scalar() && high.is_scalar() && size.given() &&
      detail::draws_in_place(*bits_.core(), size.value(), "uniform", where)) {
    const std::optional<double> first = number(low.value()), last = number(high.value());
    // What will not do is the runtime's to refuse.
    if (first && last && std::isfinite(*last - *first) && *last >= *first)
      return *first + (*last - *first) * random(size, float64, where);
  }
  return drawn(bits_, ND_DISTRIBUTION(UNIFORM), "uniform", float64, {{low, "low"}, {high, "high"}},
               size, where);
}
array Generator::normal(const operand &loc, const operand &scale, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(NORMAL), "normal", float64, {{loc, "loc"}, {scale, "scale"}},
               size, place(loc, scale));
}
array Generator::exponential(const operand &scale, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(EXPONENTIAL), "exponential", float64, {{scale, "scale"}},
               size, scale.where());
}
array Generator::gamma(const operand &shape, const operand &scale, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(GAMMA), "gamma", float64,
               {{shape, "shape"}, {scale, "scale"}}, size, place(shape, scale));
}
array Generator::beta(const operand &a, const operand &b, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(BETA), "beta", float64, {{a, "a"}, {b, "b"}}, size,
               place(a, b));
}
array Generator::chisquare(const operand &df, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(CHISQUARE), "chisquare", float64, {{df, "df"}}, size,
               df.where());
}
array Generator::f(const operand &dfnum, const operand &dfden, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(F), "f", float64, {{dfnum, "dfnum"}, {dfden, "dfden"}}, size,
               place(dfnum, dfden));
}
array Generator::noncentral_chisquare(const operand &df, const operand &nonc,
                                      const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(NONCENTRAL_CHISQUARE), "noncentral_chisquare", float64,
               {{df, "df"}, {nonc, "nonc"}}, size, place(df, nonc));
}
array Generator::noncentral_f(const operand &dfnum, const operand &dfden, const operand &nonc,
                              const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(NONCENTRAL_F), "noncentral_f", float64,
               {{dfnum, "dfnum"}, {dfden, "dfden"}, {nonc, "nonc"}}, size, place(dfnum, dfden));
}
array Generator::standard_cauchy(const size &size, site where) const {
  return drawn(bits_, ND_DISTRIBUTION(STANDARD_CAUCHY), "standard_cauchy", float64, {}, size,
               where);
}
array Generator::standard_t(const operand &df, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(STANDARD_T), "standard_t", float64, {{df, "df"}}, size,
               df.where());
}
array Generator::pareto(const operand &a, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(PARETO), "pareto", float64, {{a, "a"}}, size, a.where());
}
array Generator::weibull(const operand &a, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(WEIBULL), "weibull", float64, {{a, "a"}}, size, a.where());
}
array Generator::power(const operand &a, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(POWER), "power", float64, {{a, "a"}}, size, a.where());
}
array Generator::laplace(const operand &loc, const operand &scale, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(LAPLACE), "laplace", float64,
               {{loc, "loc"}, {scale, "scale"}}, size, place(loc, scale));
}
array Generator::gumbel(const operand &loc, const operand &scale, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(GUMBEL), "gumbel", float64, {{loc, "loc"}, {scale, "scale"}},
               size, place(loc, scale));
}
array Generator::logistic(const operand &loc, const operand &scale, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(LOGISTIC), "logistic", float64,
               {{loc, "loc"}, {scale, "scale"}}, size, place(loc, scale));
}
array Generator::lognormal(const operand &mean, const operand &sigma, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(LOGNORMAL), "lognormal", float64,
               {{mean, "mean"}, {sigma, "sigma"}}, size, place(mean, sigma));
}
array Generator::rayleigh(const operand &scale, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(RAYLEIGH), "rayleigh", float64, {{scale, "scale"}}, size,
               scale.where());
}
array Generator::wald(const operand &mean, const operand &scale, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(WALD), "wald", float64, {{mean, "mean"}, {scale, "scale"}},
               size, place(mean, scale));
}
array Generator::vonmises(const operand &mu, const operand &kappa, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(VONMISES), "vonmises", float64,
               {{mu, "mu"}, {kappa, "kappa"}}, size, place(mu, kappa));
}
array Generator::triangular(const operand &left, const operand &mode, const operand &right,
                            const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(TRIANGULAR), "triangular", float64,
               {{left, "left"}, {mode, "mode"}, {right, "right"}}, size, place(left, mode));
}

array Generator::binomial(const operand &n, const operand &p, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(BINOMIAL), "binomial", int64, {{n, "n", int64}, {p, "p"}},
               size, place(n, p));
}
array Generator::negative_binomial(const operand &n, const operand &p, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(NEGATIVE_BINOMIAL), "negative_binomial", int64,
               {{n, "n"}, {p, "p"}}, size, place(n, p));
}
array Generator::poisson(const operand &lam, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(POISSON), "poisson", int64, {{lam, "lam"}}, size,
               lam.where());
}
array Generator::geometric(const operand &p, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(GEOMETRIC), "geometric", int64, {{p, "p"}}, size, p.where());
}
array Generator::logseries(const operand &p, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(LOGSERIES), "logseries", int64, {{p, "p"}}, size, p.where());
}
array Generator::zipf(const operand &a, const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(ZIPF), "zipf", int64, {{a, "a"}}, size, a.where());
}
array Generator::hypergeometric(const operand &ngood, const operand &nbad, const operand &nsample,
                                const size &size) const {
  return drawn(bits_, ND_DISTRIBUTION(HYPERGEOMETRIC), "hypergeometric", int64,
               {{ngood, "ngood", int64}, {nbad, "nbad", int64}, {nsample, "nsample", int64}}, size,
               place(ngood, nbad));
}

Generator default_rng(const entropy &seed) { return Generator(PCG64(seed)); }
Generator default_rng(const SeedSequence &seed) { return Generator(PCG64(seed)); }
Generator default_rng(const BitGenerator &bits) { return Generator(bits); }
Generator default_rng(const Generator &generator) { return generator; }

} // namespace nd::random
