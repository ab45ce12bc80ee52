// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// FFTW on what transforms.cpp measures, under the same names: plans it estimates, made beforehand,
// on one thread. Built where FFTW is installed; nothing else of nd knows of it.
#include <benchmark/benchmark.h>
#include <fftw3.h>

#include <cmath>
#include <complex>
#include <memory>
#include <vector>

namespace {

using numbers = std::vector<std::complex<double>>;

numbers waves(int64_t size) {
  numbers x(static_cast<size_t>(size));
  for (size_t i = 0; i < x.size(); ++i)
    x[i] = std::sin(static_cast<double>(i) * 0.7);
  return x;
}

fftw_complex *of(numbers &x) { return reinterpret_cast<fftw_complex *>(x.data()); }

void repeat(benchmark::State &state, fftw_plan made) {
  const std::unique_ptr<fftw_plan_s, decltype(&fftw_destroy_plan)> plan(made, fftw_destroy_plan);
  for (auto _ : state) {
    fftw_execute(plan.get());
    benchmark::ClobberMemory();
  }
}

void fft(benchmark::State &state) {
  const int n = int(state.range(0));
  numbers x = waves(n), y(x.size());
  repeat(state, fftw_plan_dft_1d(n, of(x), of(y), FFTW_FORWARD, FFTW_ESTIMATE));
}

void rfft(benchmark::State &state) {
  const int n = int(state.range(0));
  std::vector<double> x(static_cast<size_t>(n));
  for (size_t i = 0; i < x.size(); ++i)
    x[i] = std::sin(static_cast<double>(i) * 0.7);
  numbers y(x.size() / 2 + 1);
  repeat(state, fftw_plan_dft_r2c_1d(n, x.data(), of(y), FFTW_ESTIMATE));
}

void irfft(benchmark::State &state) {
  const int n = int(state.range(0));
  numbers x = waves(n / 2 + 1);
  std::vector<double> y(static_cast<size_t>(n));
  repeat(state, fftw_plan_dft_c2r_1d(n, of(x), y.data(), FFTW_ESTIMATE | FFTW_PRESERVE_INPUT));
}

void fft_rows(benchmark::State &state) {
  const int n = int(state.range(0)), rows = 10'000;
  numbers x = waves(int64_t{rows} * n), y(x.size());
  repeat(state, fftw_plan_many_dft(1, &n, rows, of(x), nullptr, 1, n, of(y), nullptr, 1, n,
                                   FFTW_FORWARD, FFTW_ESTIMATE));
}

void fft2(benchmark::State &state) {
  const int n = int(state.range(0));
  numbers x = waves(int64_t{n} * n), y(x.size());
  repeat(state, fftw_plan_dft_2d(n, n, of(x), of(y), FFTW_FORWARD, FFTW_ESTIMATE));
}

void fft2_mixed(benchmark::State &state) {
  numbers x = waves(1000 * 1001), y(x.size());
  repeat(state, fftw_plan_dft_2d(1000, 1001, of(x), of(y), FFTW_FORWARD, FFTW_ESTIMATE));
}

} // namespace

BENCHMARK(fft)->Arg(1 << 10)->Arg(1000)->Arg(1009)->Arg(1 << 20)->Arg(1'000'003)->UseRealTime();
BENCHMARK(rfft)->Arg(1 << 10)->Arg(1 << 20)->Arg(19'683)->UseRealTime();
BENCHMARK(irfft)->Arg(19'683)->UseRealTime();
BENCHMARK(fft_rows)->Arg(16)->UseRealTime();
BENCHMARK(fft2)->Arg(1024)->UseRealTime();
BENCHMARK(fft2_mixed)->UseRealTime();

BENCHMARK_MAIN();
