// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fourier transforms of doubles: lengths with small factors, a prime, many short ones, two axes.
// Bytes per second count the operand read once and the result written once.
#include <nd/nd.h>

#include <benchmark/benchmark.h>

namespace {

nd::array waves(const nd::shape &s) {
  int64_t size = 1;
  for (int64_t extent : s)
    size *= extent;
  nd::array x = nd::sin(nd::arange(double(size)) * 0.7).reshape(s);
  x.eval();
  return x;
}

template <class F> void repeat(benchmark::State &state, F function, nd::array x) {
  auto f = nd::jit(function);
  x.eval();
  nd::array result = f(x);
  for (auto _ : state)
    benchmark::DoNotOptimize(result = f(x));
  state.SetBytesProcessed(state.iterations() * (x.nbytes() + result.nbytes()));
}

void fft(benchmark::State &state) {
  repeat(
      state, [](nd::array x) { return nd::fft::fft(x); },
      waves({state.range(0)}).astype(nd::complex128));
}

void rfft(benchmark::State &state) {
  repeat(
      state, [](nd::array x) { return nd::fft::rfft(x); }, waves({state.range(0)}));
}

void irfft(benchmark::State &state) {
  const int64_t n = state.range(0);
  repeat(
      state, [n](nd::array x) { return nd::fft::irfft(x, n); },
      waves({n / 2 + 1}).astype(nd::complex128));
}

void fft_rows(benchmark::State &state) {
  repeat(
      state, [](nd::array x) { return nd::fft::fft(x); },
      waves({10'000, state.range(0)}).astype(nd::complex128));
}

void fft2(benchmark::State &state) {
  const int64_t n = state.range(0);
  repeat(
      state, [](nd::array x) { return nd::fft::fft2(x); }, waves({n, n}).astype(nd::complex128));
}

void fft2_mixed(benchmark::State &state) {
  repeat(
      state, [](nd::array x) { return nd::fft::fft2(x); },
      waves({1000, 1001}).astype(nd::complex128));
}

} // namespace

BENCHMARK(fft)->Arg(1 << 10)->Arg(1000)->Arg(1009)->Arg(1 << 20)->Arg(1'000'003)->UseRealTime();
BENCHMARK(rfft)->Arg(1 << 10)->Arg(1 << 20)->Arg(19'683)->UseRealTime();
BENCHMARK(irfft)->Arg(19'683)->UseRealTime();
BENCHMARK(fft_rows)->Arg(16)->UseRealTime();
BENCHMARK(fft2)->Arg(1024)->UseRealTime();
BENCHMARK(fft2_mixed)->UseRealTime();

BENCHMARK_MAIN();
