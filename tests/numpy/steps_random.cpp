// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Random numbers. A step makes a generator, draws, and gives two raw draws more, which show that it
// has taken as many as NumPy.
#include "steps.h"

namespace compare {
namespace {

using nd::random::Generator;

/// Integers of a step: the bit generator, the seed, the dtype, whether a size is given, the size.
Generator generator(const call &c) {
  const int64_t seed = c.integer(1);
  switch (c.integer(0)) {
  case 0:
    return Generator(nd::random::PCG64(seed));
  case 1:
    return Generator(nd::random::PCG64DXSM(seed));
  case 2:
    return Generator(nd::random::Philox(seed));
  case 3:
    return Generator(nd::random::SFC64(seed));
  }
  return Generator(nd::random::MT19937(seed));
}
nd::random::size size_of(const call &c) {
  return c.integer(3) ? nd::random::size(c.shape(4)) : nd::random::size();
}

using drawing = std::function<nd::array(const Generator &, const call &, const nd::random::size &)>;
void add(table &t, const char *name, drawing draw) {
  t[std::string("rng.") + name] = [draw](const call &c) {
    const Generator rng = generator(c);
    const nd::array out = draw(rng, c, size_of(c));
    return arrays{out, rng.bit_generator().random_raw(2)};
  };
}

void add_integers_and_choices(table &t) {
  add(t, "integers", [](const Generator &g, const call &c, const nd::random::size &n) {
    return g.integers(c.operand(0), c.operand(1), n, c.dtype(2));
  });
  add(t, "integers to endpoint", [](const Generator &g, const call &c, const nd::random::size &n) {
    return g.integers(c.operand(0), c.operand(1), n, c.dtype(2), {.endpoint = true});
  });
  add(t, "integers below", [](const Generator &g, const call &c, const nd::random::size &n) {
    return g.integers(c.operand(0), std::nullopt, n, c.dtype(2));
  });
  // The dtype stands for the length.
  add(t, "bytes", [](const Generator &g, const call &c, const nd::random::size &) {
    return g.bytes(c.integer(2));
  });
  // Bits of the dtype's integer: replace, shuffle; the axis above.
  add(t, "choice", [](const Generator &g, const call &c, const nd::random::size &n) {
    const int64_t bits = c.integer(2);
    nd::random::choice_options options{
        .replace = (bits & 1) != 0, .axis = bits >> 2, .shuffle = (bits & 2) != 0};
    if (c.count() > 1)
      options.p = c.array(1);
    return g.choice(c.operand(0), n, options);
  });
  add(t, "permutation", [](const Generator &g, const call &c, const nd::random::size &) {
    return g.permutation(c.operand(0), c.integer(2));
  });
  add(t, "permuted", [](const Generator &g, const call &c, const nd::random::size &) {
    return c.integer(2) == none ? g.permuted(c.operand(0)) : g.permuted(c.operand(0), c.integer(2));
  });
  add(t, "shuffle", [](const Generator &g, const call &c, const nd::random::size &) {
    nd::array x = nd::copy(c.array(0));
    g.shuffle(x, c.integer(2));
    return x;
  });
}

void add_rows(table &t) {
  add(t, "multinomial", [](const Generator &g, const call &c, const nd::random::size &n) {
    return g.multinomial(c.operand(0), c.operand(1), n);
  });
  add(t, "dirichlet", [](const Generator &g, const call &c, const nd::random::size &n) {
    return g.dirichlet(c.operand(0), n);
  });
  add(t, "multivariate_hypergeometric",
      [](const Generator &g, const call &c, const nd::random::size &n) {
        return g.multivariate_hypergeometric(c.operand(0), c.operand(1), n,
                                             {.method = c.integer(2) ? "count" : "marginals"});
      });
}

void add_vectors(table &t) {
  // The dtype stands for the method.
  add(t, "multivariate_normal", [](const Generator &g, const call &c, const nd::random::size &n) {
    constexpr std::string_view methods[] = {"svd", "eigh", "cholesky"};
    return g.multivariate_normal(c.operand(0), c.operand(1), n, {.method = methods[c.integer(2)]});
  });
}

void add_seeds(table &t) {
  // Integers: 1 for uint64, how many words, children on the way, the entropy.
  t["SeedSequence"] = [](const call &c) {
    nd::random::SeedSequence seed(c.rest(3));
    for (int64_t i = 0; i < c.integer(2); ++i)
      seed = seed.spawn(i + 2)[size_t(i) + 1];
    return arrays{seed.generate_state(c.integer(1), c.integer(0) ? nd::uint64 : nd::uint32)};
  };
  // The same for 0xff...: integers: how many hexadecimal digits.
  t["SeedSequence of a long integer"] = [](const call &c) {
    const std::string digits(size_t(c.integer(0)), 'f');
    return arrays{nd::random::SeedSequence("0x" + digits).generate_state(8)};
  };
  // As generator(), and: how many draws first, jumps.
  t["jumped"] = [](const call &c) {
    const Generator rng = generator(c);
    rng.random(c.integer(2), nd::float32);
    return arrays{rng.bit_generator().jumped(c.integer(3)).random_raw(10)};
  };
  t["advance"] = [](const call &c) {
    const Generator rng = generator(c);
    rng.random(c.integer(2), nd::float32);
    rng.bit_generator().advance(c.integer(3));
    return arrays{rng.random(5, nd::float32), rng.bit_generator().random_raw(10)};
  };
  t["state"] = [](const call &c) {
    const Generator rng = generator(c), other = generator(c);
    rng.random(c.integer(2), nd::float32);
    const nd::array at = rng.bit_generator().state();
    rng.random(c.integer(3));
    other.bit_generator().set_state(at);
    return arrays{other.random(20, nd::float32), other.random(3)};
  };
  t["rng.spawn"] = [](const call &c) {
    const Generator rng = generator(c);
    rng.spawn(2);
    return arrays{rng.spawn(3)[size_t(c.integer(2))].random(5)};
  };
}

/// Integers: the seed, or several; then their number, -1 for one that is no list; then a size.
void restart(const call &c) {
  if (c.integer(1) < 0)
    return nd::random::seed(c.integer(0));
  const std::vector<int64_t> all = c.rest(2);
  nd::random::seed(std::vector<int64_t>(all.begin(), all.begin() + c.integer(1)));
}
nd::shape legacy_size(const call &c) {
  return c.shape(2 + size_t(std::max<int64_t>(0, c.integer(1))));
}

void add_legacy(table &t) {
  auto add = [&](const char *name, auto draw) {
    t[std::string("legacy.") + name] = [draw](const call &c) {
      restart(c);
      const nd::array out = draw(c, nd::random::size(legacy_size(c)));
      return arrays{out, nd::random::randn(3), nd::random::rand(2)};
    };
  };
  add("rand", [](const call &, const nd::random::size &n) { return nd::random::rand(n); });
  add("randn", [](const call &, const nd::random::size &n) { return nd::random::randn(n); });
  add("randint", [](const call &c, const nd::random::size &n) {
    return nd::random::randint(c.operand(0), c.operand(1), n);
  });
  add("randint of int16", [](const call &c, const nd::random::size &n) {
    return nd::random::randint(c.operand(0), c.operand(1), n, nd::int16);
  });
  add("choice",
      [](const call &c, const nd::random::size &n) { return nd::random::choice(c.operand(0), n); });
  add("choice without", [](const call &c, const nd::random::size &n) {
    return nd::random::choice(c.operand(0), n, {.replace = false});
  });
  add("choice by", [](const call &c, const nd::random::size &n) {
    return nd::random::choice(c.operand(0), n, {.p = c.array(1)});
  });
  add("choice by without", [](const call &c, const nd::random::size &n) {
    return nd::random::choice(c.operand(0), n, {.replace = false, .p = c.array(1)});
  });
  add("permutation", [](const call &c, const nd::random::size &) {
    return nd::random::permutation(c.operand(0));
  });
  add("shuffle", [](const call &c, const nd::random::size &) {
    nd::array x = nd::copy(c.array(0));
    nd::random::shuffle(x);
    return x;
  });
}

} // namespace

void add_random(table &t) {
#define ND_NONE(name)                                                                              \
  add(t, #name, [](const Generator &g, const call &c, const nd::random::size &n) {                 \
    return g.name(n, c.dtype(2));                                                                  \
  });
  ND_NONE(random)
  ND_NONE(standard_normal)
  ND_NONE(standard_exponential)
#undef ND_NONE
  add(t, "standard_exponential by inversion",
      [](const Generator &g, const call &c, const nd::random::size &n) {
        return g.standard_exponential(n, c.dtype(2), {.method = "inv"});
      });
  add(t, "standard_gamma", [](const Generator &g, const call &c, const nd::random::size &n) {
    return g.standard_gamma(c.operand(0), n, c.dtype(2));
  });
  add(t, "standard_cauchy", [](const Generator &g, const call &, const nd::random::size &n) {
    return g.standard_cauchy(n);
  });
#define ND_ONE(name)                                                                               \
  add(t, #name, [](const Generator &g, const call &c, const nd::random::size &n) {                 \
    return g.name(c.operand(0), n);                                                                \
  });
  ND_ONE(exponential)
  ND_ONE(chisquare)
  ND_ONE(standard_t)
  ND_ONE(pareto)
  ND_ONE(weibull)
  ND_ONE(power)
  ND_ONE(rayleigh)
  ND_ONE(poisson)
  ND_ONE(geometric)
  ND_ONE(logseries)
  ND_ONE(zipf)
#undef ND_ONE
#define ND_TWO(name)                                                                               \
  add(t, #name, [](const Generator &g, const call &c, const nd::random::size &n) {                 \
    return g.name(c.operand(0), c.operand(1), n);                                                  \
  });
  ND_TWO(uniform)
  ND_TWO(normal)
  ND_TWO(gamma)
  ND_TWO(beta)
  ND_TWO(f)
  ND_TWO(noncentral_chisquare)
  ND_TWO(laplace)
  ND_TWO(gumbel)
  ND_TWO(logistic)
  ND_TWO(lognormal)
  ND_TWO(wald)
  ND_TWO(vonmises)
  ND_TWO(binomial)
  ND_TWO(negative_binomial)
#undef ND_TWO
#define ND_THREE(name)                                                                             \
  add(t, #name, [](const Generator &g, const call &c, const nd::random::size &n) {                 \
    return g.name(c.operand(0), c.operand(1), c.operand(2), n);                                    \
  });
  ND_THREE(noncentral_f)
  ND_THREE(triangular)
  ND_THREE(hypergeometric)
#undef ND_THREE
  add_integers_and_choices(t);
  add_rows(t);
  add_vectors(t);
  add_seeds(t);
  add_legacy(t);
}

} // namespace compare
