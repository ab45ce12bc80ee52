// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Random numbers: those of numpy.random, bit for bit.
#ifndef ND_RANDOM_H
#define ND_RANDOM_H

#include <nd/bit_generators.h>

namespace ND_API nd {
namespace random {

/// Options of Generator::integers.
struct integers_options {
  bool endpoint = false; ///< high is included
};
/// Options of Generator::choice.
struct choice_options {
  bool replace = true; ///< an element may be chosen several times
  array p = {};        ///< the probability of each; all the same without
  int64_t axis = 0;    ///< along which elements are chosen
  bool shuffle = true; ///< without replacement: whether the order is random, too
};
/// Options of Generator::standard_exponential.
struct exponential_options {
  std::string_view method = "zig"; ///< "zig" or "inv"
};
/// Options of Generator::multivariate_hypergeometric.
struct hypergeometric_options {
  std::string_view method = "marginals"; ///< "marginals" or "count"
};

/// Options of Generator::multivariate_normal.
struct multivariate_normal_options {
  std::string_view check_valid = "warn"; ///< "raise" refuses a cov that is no covariance;
                                         ///< "warn" and "ignore" are silent
  double tol = 1e-8;                     ///< of the check
  std::string_view method = "svd";       ///< or "eigh" or "cholesky"
};

/// Draws from distributions (numpy.random.Generator). Copies are handles to the same stream.
///
/// Order   numbers are drawn in C order, when the call is made. The same seed gives the numbers of
///         NumPy 2.x, bit for bit, on any number of threads.
/// Shape   \p size, or what the parameters broadcast to; parameters broadcast to \p size.
/// Jit     inside nd::jit the stream goes on with every call of the compiled function, which may
///         capture the generator or take it as an argument.
/// Cost    random and uniform of PCG64, PCG64DXSM and Philox are drawn in the loops that read them:
///         no array of them exists.
/// Throws  value_error for parameters outside the distribution's domain, shape_error for those that
///         do not broadcast.
class Generator {
public:
  explicit Generator(const BitGenerator &bits) : bits_(bits) {}

  /// The source of the bits.
  const BitGenerator &bit_generator() const { return bits_; }
  /// \p n_children generators whose streams are independent of this one and of each other.
  std::vector<Generator> spawn(int64_t n_children, site where = site::current()) const;

  /// Uniform in [0, 1). Dtype  float64 or float32.
  array random(const size &size = {}, dtype type = float64, site where = site::current()) const;
  /// Integers in [low, high), or with endpoint in [low, high].
  ///
  /// Dtype   any integer or bool; bounds of a uint64 result may be uint64.
  /// Throws  value_error where there is no integer between, or the dtype cannot hold one.
  array integers(const operand &low, const operand &high, const size &size = {}, dtype type = int64,
                 const integers_options &options = {}) const;
  /// Integers in [0, high).
  array integers(const operand &high, std::nullopt_t = std::nullopt, const size &size = {},
                 dtype type = int64, const integers_options &options = {}) const;
  /// \p length random bytes, uint8.
  array bytes(int64_t length, site where = site::current()) const;

  /// Normal with mean 0 and deviation 1. Dtype  float64 or float32.
  array standard_normal(const size &size = {}, dtype type = float64,
                        site where = site::current()) const;
  /// Exponential with scale 1. Dtype  float64 or float32.
  array standard_exponential(const size &size = {}, dtype type = float64,
                             const exponential_options &options = {},
                             site where = site::current()) const;
  /// Gamma with scale 1. Dtype  float64 or float32.
  array standard_gamma(const operand &shape, const size &size = {}, dtype type = float64) const;
  /// Uniform in [low, high).
  array uniform(const operand &low = 0.0, const operand &high = 1.0, const size &size = {}) const;
  /// Normal with mean \p loc and deviation \p scale.
  array normal(const operand &loc = 0.0, const operand &scale = 1.0, const size &size = {}) const;
  /// Exponential with mean \p scale.
  array exponential(const operand &scale = 1.0, const size &size = {}) const;
  /// Gamma with mean shape * scale.
  array gamma(const operand &shape, const operand &scale = 1.0, const size &size = {}) const;
  /// Beta, in [0, 1].
  array beta(const operand &a, const operand &b, const size &size = {}) const;
  /// Chi-square with \p df degrees of freedom.
  array chisquare(const operand &df, const size &size = {}) const;
  /// Fisher's F.
  array f(const operand &dfnum, const operand &dfden, const size &size = {}) const;
  /// Noncentral chi-square.
  array noncentral_chisquare(const operand &df, const operand &nonc, const size &size = {}) const;
  /// Noncentral F.
  array noncentral_f(const operand &dfnum, const operand &dfden, const operand &nonc,
                     const size &size = {}) const;
  /// Cauchy with mode 0.
  array standard_cauchy(const size &size = {}, site where = site::current()) const;
  /// Student's t.
  array standard_t(const operand &df, const size &size = {}) const;
  /// Pareto II (Lomax) of shape \p a.
  array pareto(const operand &a, const size &size = {}) const;
  /// Weibull of shape \p a.
  array weibull(const operand &a, const size &size = {}) const;
  /// In [0, 1] with density a x^(a - 1).
  array power(const operand &a, const size &size = {}) const;
  /// Laplace, double exponential.
  array laplace(const operand &loc = 0.0, const operand &scale = 1.0, const size &size = {}) const;
  /// Gumbel.
  array gumbel(const operand &loc = 0.0, const operand &scale = 1.0, const size &size = {}) const;
  /// Logistic.
  array logistic(const operand &loc = 0.0, const operand &scale = 1.0, const size &size = {}) const;
  /// Whose logarithms are normal.
  array lognormal(const operand &mean = 0.0, const operand &sigma = 1.0,
                  const size &size = {}) const;
  /// Rayleigh.
  array rayleigh(const operand &scale = 1.0, const size &size = {}) const;
  /// Wald, inverse Gaussian.
  array wald(const operand &mean, const operand &scale, const size &size = {}) const;
  /// Von Mises, in [-pi, pi].
  array vonmises(const operand &mu, const operand &kappa, const size &size = {}) const;
  /// Triangular in [left, right] with its peak at \p mode.
  array triangular(const operand &left, const operand &mode, const operand &right,
                   const size &size = {}) const;
  /// Successes of \p n trials. Dtype  int64, as all counts.
  array binomial(const operand &n, const operand &p, const size &size = {}) const;
  /// Failures before \p n successes.
  array negative_binomial(const operand &n, const operand &p, const size &size = {}) const;
  /// Poisson with mean \p lam.
  array poisson(const operand &lam = 1.0, const size &size = {}) const;
  /// Trials up to the first success.
  array geometric(const operand &p, const size &size = {}) const;
  /// Logarithmic series.
  array logseries(const operand &p, const size &size = {}) const;
  /// Zipf, over the int64 numbers.
  array zipf(const operand &a, const size &size = {}) const;
  /// Good ones among \p nsample drawn without replacement.
  array hypergeometric(const operand &ngood, const operand &nbad, const operand &nsample,
                       const size &size = {}) const;

  /// How often each of k outcomes comes in \p n trials with probabilities \p pvals.
  ///
  /// Shape   n (...) and pvals (..., k) broadcast to \p size, then k.
  array multinomial(const operand &n, const operand &pvals, const size &size = {}) const;
  /// Normal vectors with mean \p mean (k,) and covariance \p cov (k, k). Shape  \p size, then k.
  ///
  /// Values  NumPy's over the same OpenBLAS on one thread; within rounding of up to 32 variables,
  /// whose
  ///         factors are nd's own, and of the product of few short vectors.
  /// Throws  linalg_error for method "cholesky" and a cov that is not positive definite.
  array multivariate_normal(const operand &mean, const operand &cov, const size &size = {},
                            const multivariate_normal_options &options = {}) const;
  /// Proportions that sum to 1; alpha (k,). Shape  \p size, then k.
  array dirichlet(const operand &alpha, const size &size = {}) const;
  /// How many of each colour are among \p nsample drawn without replacement; colors (k,).
  array multivariate_hypergeometric(const operand &colors, const operand &nsample,
                                    const size &size = {},
                                    const hypergeometric_options &options = {}) const;

  /// Elements of \p a along an axis, or of 0 ... a - 1 for an integer.
  ///
  /// Throws  value_error for probabilities that do not sum to 1, and where fewer are left than are
  ///         to be chosen without replacement.
  array choice(const operand &a, const size &size = {}, const choice_options &options = {}) const;
  /// \p x, or 0 ... x - 1 for an integer, in a random order along an axis, as a new array.
  array permutation(const operand &x, int64_t axis = 0) const;
  /// Each vector along \p axis in a random order of its own; all elements without an axis.
  array permuted(const operand &x, std::optional<int64_t> axis = {}) const;
  /// Puts the parts of \p x along \p axis in a random order, in place.
  void shuffle(const array &x, int64_t axis = 0, site where = site::current()) const;

private:
  BitGenerator bits_;
};

/// A generator over PCG64 (numpy.random.default_rng); without a seed the system gives one.
Generator default_rng(const entropy &seed = {});
Generator default_rng(const SeedSequence &seed);
Generator default_rng(const BitGenerator &bits);
Generator default_rng(const Generator &generator);

// The older functions, over one MT19937 for the program.

/// Starts them anew (numpy.random.seed): an integer below 2^32, or a list of them.
void seed(const entropy &value, site where = site::current());
/// Uniform in [0, 1) (numpy.random.rand).
array rand(const size &size = {}, site where = site::current());
/// Normal with mean 0 and deviation 1, by the polar method (numpy.random.randn).
array randn(const size &size = {}, site where = site::current());
/// Integers in [low, high) (numpy.random.randint).
array randint(const operand &low, const operand &high, const size &size = {}, dtype type = int64);
/// Integers in [0, high).
array randint(const operand &high, std::nullopt_t = std::nullopt, const size &size = {},
              dtype type = int64);
/// Elements of \p a (numpy.random.choice); options axis and shuffle do not count.
array choice(const operand &a, const size &size = {}, const choice_options &options = {});
/// Puts the parts of \p x along the first axis in a random order, in place (numpy.random.shuffle).
void shuffle(const array &x, site where = site::current());
/// \p x, or 0 ... x - 1, in a random order along the first axis (numpy.random.permutation).
array permutation(const operand &x);

} // namespace random
} // namespace nd

#endif // ND_RANDOM_H
