// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The compiler at work: one expression over many elements, from the record to the stopwatch.
//
//   fusion [--elements=N] [NAME=MILLISECONDS...]
//
// What others took for the same expression, as NAME=MILLISECONDS, stands beside it in the table.
#include <nd/nd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <vector>

// Median of repeated calls.
template <class F> double milliseconds(F call) {
  std::vector<double> times;
  for (int i = 0; i < 15; ++i) {
    auto start = std::chrono::steady_clock::now();
    call();
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
  }
  std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
  return times[times.size() / 2];
}

int main(int argc, char **argv) try {
  long long n = 10'000'000;
  std::vector<std::pair<std::string_view, double>> others;
  for (std::string_view argument : std::vector<std::string_view>(argv + 1, argv + argc)) {
    const size_t equals = argument.rfind('=');
    if (equals == argument.npos) {
      std::fprintf(stderr, "usage: fusion [--elements=N] [NAME=MILLISECONDS...]\n");
      return 1;
    }
    const double value = std::atof(argument.data() + equals + 1);
    if (argument.starts_with("--elements="))
      n = static_cast<long long>(value);
    else
      others.emplace_back(argument.substr(0, equals), value);
  }

  nd::array a = nd::linspace(0, 3, n), b = nd::linspace(0, 4, n), c = nd::linspace(1, 2, n);
  nd::eval(a, b, c);
  auto f = nd::jit([](nd::array a, nd::array b, nd::array c) {
    nd::array length = nd::sqrt(a * a + b * b);
    return length + c;
  });

  std::printf("sqrt(a*a + b*b) + c over %lld float64\n\nas recorded:\n\n", n);
  nd::program program = f.lower(a, b, c);
  std::cout << program.text(nd::stage::recorded) << "\nas fused:\n\n"
            << program.text(nd::stage::fused) << "\n"
            << "loop nests      " << program.kernels() << "\n"
            << "library calls   " << program.library_calls() << "\n";
  std::printf("compiled in     %.2f ms\n\n", program.compile_ms());

  nd::array result = f(a, b, c);
  const double last = result[-1].item();
  const double ms = milliseconds([&] { result = f(a, b, c); });
  const double gigabytes = 4.0 * 8.0 * n / 1e9; // three operands read, one result written
  std::printf("%-36s %9s %7s\n", "", "ms a call", "GB/s");
  std::printf("%-36s %9.2f %7.1f\n",
              ("nd, " + std::to_string(nd::num_threads()) + " threads").c_str(), ms,
              gigabytes / ms * 1e3);
  for (auto [name, other] : others)
    std::printf("%-36.*s %9.2f %7.1f   nd is %.1f times as fast\n", int(name.size()), name.data(),
                other, gigabytes / other * 1e3, other / ms);

  if (program.kernels() != 1 || std::abs(last - 7) > 1e-12) {
    std::fprintf(stderr, "expected one loop nest and 7 as the last element, not %d and %.17g\n",
                 program.kernels(), last);
    return 1;
  }
} catch (const nd::error &e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
