// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From a new expression to its first result: recording, compiling, running on a few elements.
#include <nd/nd.h>

#include <benchmark/benchmark.h>

#include <chrono>
#include <functional>
#include <random>

namespace {

// Digits of a counter choose the first ops of a chain, so that each program is a new one; chance
// chooses the rest.
nd::array chain(const nd::array &a, const nd::array &b, int64_t ops, unsigned counter) {
  std::minstd_rand chance(counter + 1);
  nd::array x = a;
  for (int64_t i = 0; i < ops; ++i) {
    const nd::array &y = i % 2 ? a : b;
    const unsigned choice = i < 3 ? counter % 5 : chance() % 5;
    counter /= i < 3 ? 5 : 1;
    switch (choice) {
    case 0:
      x = x + y;
      break;
    case 1:
      x = x - y;
      break;
    case 2:
      x = x * y;
      break;
    case 3:
      x = x / y;
      break;
    default:
      x = nd::maximum(x, y);
    }
  }
  return x;
}

// Softmax over rows, of a different function of x each time.
nd::array softmax(nd::array x, unsigned counter) {
  const std::function<nd::array(const nd::array &)> before[] = {
      [](const nd::array &x) { return x; },
      [](const nd::array &x) { return -x; },
      [](const nd::array &x) { return nd::absolute(x); },
      [](const nd::array &x) { return nd::square(x); },
      [](const nd::array &x) { return nd::sqrt(x); },
      [](const nd::array &x) { return nd::reciprocal(x); },
      [](const nd::array &x) { return nd::floor(x); },
      [](const nd::array &x) { return nd::ceil(x); },
      [](const nd::array &x) { return nd::trunc(x); },
      [](const nd::array &x) { return nd::rint(x); },
      [](const nd::array &x) { return nd::sign(x); },
  };
  x = before[counter % std::size(before)](x);
  nd::array e = nd::exp(x - x.max(1, nd::keepdims));
  return e / e.sum(1, nd::keepdims);
}

// Times one first call; the time inside the compiler is a counter.
template <class F, class... A>
void first_call(benchmark::State &state, F function, A... arguments) {
  for (auto _ : state) {
    const nd::compile_statistics before = nd::compile_stats();
    auto f = nd::jit(function);
    const auto start = std::chrono::steady_clock::now();
    nd::array result = f(arguments...);
    benchmark::DoNotOptimize(result.eval());
    state.SetIterationTime(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    const nd::compile_statistics after = nd::compile_stats();
    if (after.programs != before.programs + 1)
      state.SkipWithError("the program was compiled already");
    state.counters["compiler_ms"] = after.ms - before.ms;
  }
}

void compile(benchmark::State &state) {
  static unsigned counter = 0;
  const unsigned now = ++counter;
  const int64_t ops = state.range(0);
  nd::array a = nd::ones(8) * 2, b = nd::ones(8) * 3;
  nd::eval(a, b);
  first_call(
      state, [=](nd::array a, nd::array b) { return chain(a, b, ops, now); }, a, b);
}

void compile_softmax(benchmark::State &state) {
  static unsigned counter = 0;
  const unsigned now = counter++;
  nd::array x = nd::ones({4, 8}, nd::float32) * 2;
  x.eval();
  first_call(
      state, [=](nd::array x) { return softmax(x, now); }, x);
}

} // namespace

BENCHMARK(compile)
    ->Arg(3)
    ->Arg(20)
    ->Arg(100)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->Repetitions(25);
BENCHMARK(compile_softmax)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->Repetitions(11);

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  nd::jit([](nd::array a) { return nd::tanh(a); })(nd::ones(8)).eval(); // the process's very first
  benchmark::RunSpecifiedBenchmarks();
}
