// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Compiled functions called again and again, from 8 elements to ten million. Bytes per second count
// what has to move at least: each operand read once, the result written once.
#include <nd/nd.h>

#include <benchmark/benchmark.h>

namespace {

template <class F, class... A>
void repeat(benchmark::State &state, F function, const A &...arguments) {
  auto f = nd::jit(function);
  nd::array result;
  for (int i = 0; i < 3; ++i) // until the pool has memory for a result beside the last one
    result = f(arguments...);
  for (auto _ : state)
    benchmark::DoNotOptimize(result = f(arguments...));
  state.SetBytesProcessed(state.iterations() * (arguments.nbytes() + ... + result.nbytes()));
}

nd::array filled(const nd::shape &s, nd::dtype type = nd::float64) {
  int64_t size = 1;
  for (int64_t extent : s)
    size *= extent;
  nd::array x = nd::linspace(-1, 1, size).reshape(s).astype(type);
  x.eval();
  return x;
}

void call(benchmark::State &state) {
  repeat(
      state, [](nd::array a, nd::array b, nd::array c) { return (a + b) * c; }, filled(8),
      filled(8), filled(8));
}

// The same without nd::jit: recorded, looked up and run each time.
void lazy(benchmark::State &state) {
  nd::array a = filled(8), b = filled(8), c = filled(8);
  for (auto _ : state) {
    nd::array result = (a + b) * c;
    benchmark::DoNotOptimize(result.eval());
  }
}

void norm(benchmark::State &state) {
  const int64_t n = state.range(0);
  repeat(
      state, [](nd::array a, nd::array b, nd::array c) { return nd::sqrt(a * a + b * b) + c; },
      filled(n), filled(n), filled(n));
}

template <nd::dtype type> void softmax(benchmark::State &state) {
  repeat(
      state,
      [](nd::array x) {
        nd::array e = nd::exp(x - x.max(1, nd::keepdims));
        return e / e.sum(1, nd::keepdims);
      },
      filled({4096, 1024}, type));
}

template <nd::dtype type> void layer_norm(benchmark::State &state) {
  repeat(
      state,
      [](nd::array x) {
        return (x - x.mean(1, nd::keepdims)) / nd::sqrt(x.var(1, nd::keepdims) + 1e-5);
      },
      filled({4096, 1024}, type));
}

template <nd::dtype type> void standardise(benchmark::State &state) {
  repeat(
      state, [](nd::array x) { return (x - x.mean(0)) / x.std(0); }, filled({4096, 1024}, type));
}

} // namespace

BENCHMARK(call)->UseRealTime();
BENCHMARK(lazy)->UseRealTime();
BENCHMARK(norm)->Arg(1'000)->Arg(100'000)->Arg(10'000'000)->UseRealTime();
BENCHMARK(softmax<nd::float32>)->Name("softmax/float32")->UseRealTime();
BENCHMARK(layer_norm<nd::float32>)->Name("layer_norm/float32")->UseRealTime();
BENCHMARK(layer_norm<nd::float64>)->Name("layer_norm/float64")->UseRealTime();
BENCHMARK(standardise<nd::float32>)->Name("standardise/float32")->UseRealTime();
BENCHMARK(standardise<nd::float64>)->Name("standardise/float64")->UseRealTime();

BENCHMARK_MAIN();
