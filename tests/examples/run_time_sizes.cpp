// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sizes that the data decide, inside a compiled function: how many elements a mask keeps, how many
// distinct values there are. It is compiled once and called on whatever comes.
//
// Elsewhere this is refused: under jax.jit a mask as an index raises NonConcreteBooleanIndexError,
// and MLX raises that boolean indices are not supported.
//
// The data are Simon Newcomb's 66 measurements of the speed of light, 1882: how many nanoseconds
// light took over 24.8 microseconds to cross the Potomac and come back. Two of them went wrong.
#include <nd/nd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>

void expect(bool condition, const char *what) {
  if (condition)
    return;
  std::fprintf(stderr, "expected %s\n", what);
  std::exit(1);
}

struct clipped {
  nd::array positions, far, kept, mean;
};

int main() try {
  nd::array nanoseconds = {28, 26, 33, 24, 34, -44, 27, 16, 40, -2, 29, 22, 24, 21, 25, 30, 23,
                           29, 31, 19, 24, 20, 36,  32, 36, 28, 25, 21, 28, 29, 37, 25, 28, 26,
                           30, 32, 36, 26, 30, 22,  36, 23, 27, 27, 28, 27, 31, 27, 26, 33, 26,
                           32, 32, 24, 39, 28, 24,  25, 32, 25, 29, 27, 28, 29, 16, 23};

  // What lies further than so many standard deviations from the mean, and where; and all the rest.
  auto clip = nd::jit([](nd::array x, nd::array deviations) {
    nd::array far = nd::abs(x - x.mean()) > deviations * x.std();
    return clipped{nd::nonzero(far)[0], x[far], x[~far], x.mean()};
  });
  // Each round leaves fewer elements, and the same code runs on them.
  clipped now = clip(nanoseconds, 3);
  const int64_t after_one = nd::compile_stats().programs;
  for (int round = 1;; ++round) {
    std::cout << "round " << round << ": mean " << now.mean << ", too far off: " << now.far
              << " at " << now.positions << "\n";
    if (now.far.size() == 0)
      break;
    now = clip(now.kept, 3);
  }
  expect(nd::compile_stats().programs == after_one, "later rounds to run the code of the first");
  nd::array kept = now.kept;
  expect(kept.size() == 64 && std::abs(now.mean.item() - 27.75) < 1e-12,
         "64 measurements to be kept, of mean 27.75");

  // The distinct values and how often each occurs: two results whose common size is not known.
  auto tally = nd::jit([](nd::array x) { return nd::unique_counts(x); });
  auto [values, counts] = tally(kept);
  nd::array often = counts.max();
  std::cout << "\n"
            << values.size() << " distinct values, the commonest " << often
            << " times: " << values[counts == often] << "\n\n";
  expect(counts.sum().item<int64_t>() == 64, "each measurement to be counted once");

  // In the record the size is n0, computed from the mask. A sum needs none of that: what the mask
  // chooses is never built.
  auto total = nd::jit([](nd::array x, nd::array mask) { return x[mask].sum(); });
  nd::program program = total.lower(kept, kept > 30);
  std::cout << program.text(nd::stage::recorded) << "\nas fused:\n\n"
            << program.text(nd::stage::fused) << "\n";
  expect(program.text(nd::stage::recorded).find("n0") != std::string::npos, "n0 in the record");
  expect(program.kernels() == 1 && program.library_calls() == 0, "one loop nest and nothing else");

  // Any size and any mask, also one that chooses nothing.
  int64_t more = 0;
  for (int64_t size : {2, 1'000, 100'000}) {
    nd::array x = nd::arange(size);
    for (int64_t every : {2, 7, 1'000'000}) {
      nd::array mask = x % every == every - 1;
      nd::eval(x, mask);
      const int64_t before = nd::compile_stats().programs;
      nd::array sum = total(x, mask);
      more += nd::compile_stats().programs - before;
      const int64_t chosen = size / every; // every - 1, 2 * every - 1, ...
      expect(sum.item<int64_t>() == every * chosen * (chosen + 1) / 2 - chosen,
             "the sum of what is chosen");
    }
  }
  std::cout << "programs compiled for 9 more calls: " << more << "\n";
  expect(more == 0, "the program of lower() to serve all of them");
} catch (const nd::error &e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
