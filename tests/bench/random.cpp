// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Ten million random numbers of a distribution, a million elements in random order, and numbers
// that a loop draws as it goes. Bytes per second count what is written.
#include <nd/nd.h>

#include <benchmark/benchmark.h>

namespace {

constexpr int64_t many = 10'000'000;
using Generator = nd::random::Generator;

template <class F> void each(benchmark::State &state, F draw) {
  const Generator rng = nd::random::default_rng(1);
  nd::array result;
  for (int i = 0; i < 3; ++i) // until the pool has memory for a result beside the last one
    (result = draw(rng)).eval();
  for (auto _ : state)
    benchmark::DoNotOptimize((result = draw(rng)).eval());
  state.SetBytesProcessed(state.iterations() * result.nbytes());
}

template <nd::dtype type> void uniform(benchmark::State &state) {
  each(state, [](const Generator &rng) { return rng.random(many, type); });
}
void integers(benchmark::State &state) {
  each(state, [](const Generator &rng) { return rng.integers(0, 1000, many); });
}
template <nd::dtype type> void standard_normal(benchmark::State &state) {
  each(state, [](const Generator &rng) { return rng.standard_normal(many, type); });
}
void standard_exponential(benchmark::State &state) {
  each(state, [](const Generator &rng) { return rng.standard_exponential(many); });
}
void standard_gamma(benchmark::State &state) {
  each(state, [](const Generator &rng) { return rng.standard_gamma(2.5, many); });
}
void poisson(benchmark::State &state) {
  each(state, [](const Generator &rng) { return rng.poisson(20, many); });
}
void permutation(benchmark::State &state) {
  each(state, [](const Generator &rng) { return rng.permutation(1'000'000); });
}

/// No array of the noise.
template <nd::dtype type> void noisy_mean(benchmark::State &state) {
  auto mean =
      nd::jit([](nd::array x, Generator g) { return (x + 0.1 * g.random(many, type)).mean(); });
  const nd::array x = nd::zeros({}, type);
  const Generator g{nd::random::Philox(1)};
  nd::array result = mean(x, g);
  for (auto _ : state)
    benchmark::DoNotOptimize(result = mean(x, g));
}

} // namespace

BENCHMARK(uniform<nd::float64>)->Name("random/float64")->UseRealTime();
BENCHMARK(uniform<nd::float32>)->Name("random/float32")->UseRealTime();
BENCHMARK(integers)->UseRealTime();
BENCHMARK(standard_normal<nd::float64>)->Name("standard_normal/float64")->UseRealTime();
BENCHMARK(standard_normal<nd::float32>)->Name("standard_normal/float32")->UseRealTime();
BENCHMARK(standard_exponential)->UseRealTime();
BENCHMARK(standard_gamma)->UseRealTime();
BENCHMARK(poisson)->UseRealTime();
BENCHMARK(permutation)->UseRealTime();
BENCHMARK(noisy_mean<nd::float64>)->Name("noisy_mean/float64")->UseRealTime();
BENCHMARK(noisy_mean<nd::float32>)->Name("noisy_mean/float32")->UseRealTime();

BENCHMARK_MAIN();
