// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sorting, selecting and searching among a million random elements, called one by one.
#include <nd/nd.h>

#include <benchmark/benchmark.h>

namespace {

nd::array drawn(nd::dtype type, uint64_t seed = 0) {
  nd::array x = (nd::random::default_rng(seed).standard_normal({1'000'000}) * 1e6).astype(type);
  x.eval();
  return x;
}

template <class F> void each(benchmark::State &state, const nd::array &x, F call) {
  nd::array result;
  for (int i = 0; i < 3; ++i) // until the pool has memory for a result beside the last one
    (result = call(x)).eval();
  for (auto _ : state)
    benchmark::DoNotOptimize((result = call(x)).eval());
  state.SetItemsProcessed(state.iterations() * x.size());
}

template <nd::dtype type> void sort(benchmark::State &state) {
  each(state, drawn(type), [](const nd::array &x) { return nd::sort(x); });
}
template <nd::dtype type> void argsort(benchmark::State &state) {
  each(state, drawn(type), [](const nd::array &x) { return nd::argsort(x); });
}
void partition(benchmark::State &state) {
  each(state, drawn(nd::float64), [](const nd::array &x) { return nd::partition(x, 500'000); });
}
void median(benchmark::State &state) {
  each(state, drawn(nd::float64), [](const nd::array &x) { return nd::median(x); });
}
void unique(benchmark::State &state) {
  each(state, drawn(nd::float64), [](const nd::array &x) { return nd::unique(x); });
}
void searchsorted(benchmark::State &state) {
  const nd::array sorted = nd::sort(drawn(nd::float64, 1));
  sorted.eval();
  each(state, drawn(nd::float64), [&](const nd::array &x) { return nd::searchsorted(sorted, x); });
}

} // namespace

BENCHMARK(sort<nd::float64>)->Name("sort/float64")->UseRealTime();
BENCHMARK(sort<nd::float32>)->Name("sort/float32")->UseRealTime();
BENCHMARK(sort<nd::int32>)->Name("sort/int32")->UseRealTime();
BENCHMARK(argsort<nd::float64>)->Name("argsort/float64")->UseRealTime();
BENCHMARK(partition)->UseRealTime();
BENCHMARK(median)->UseRealTime();
BENCHMARK(unique)->UseRealTime();
BENCHMARK(searchsorted)->UseRealTime();

BENCHMARK_MAIN();
