// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays and compiled functions in static and thread-local storage, made before main and gone after
// it. It ends as its argument says: by return, exit() or a thread's exit().
#include <nd/nd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>
#include <thread>

namespace {

struct last {
  ~last() {
    if (ones)
      std::cout << (*ones + 1).sum().item<double>() << std::endl; // records, compiles, runs
  }
  std::unique_ptr<nd::array> ones;
} at_the_end;

nd::array concrete({1.0, 2.0, 3.0}), lazy = concrete * 2 + 1, chosen = concrete[concrete > 1];
nd::array view = lazy[nd::slice(1, {})], never_read = nd::matmul(lazy, concrete);
auto function = nd::jit([kept = nd::ones({3})](nd::array x) { return x * kept + concrete; });
thread_local nd::array of_a_thread = nd::arange(5.0) + 1,
                       chosen_of_a_thread = of_a_thread[of_a_thread > 2];

} // namespace

int main(int argc, char **argv) {
  static nd::array inside = lazy + concrete;
  at_the_end.ones = std::make_unique<nd::array>(nd::ones({3}));
  std::thread([] { std::cout << of_a_thread.sum().item<double>() << "\n"; }).join();
  std::cout << function(inside).sum().item<double>() << " " << view.sum().item<double>() << " "
            << chosen.size() << " " << of_a_thread.size() << std::endl;
  if (argc > 1 && !std::strcmp(argv[1], "exit"))
    std::exit(0);
  if (argc > 1 && !std::strcmp(argv[1], "thread"))
    std::thread([] {
      std::cout << chosen_of_a_thread.sum().item<double>() << std::endl;
      std::exit(0);
    }).join();
}
