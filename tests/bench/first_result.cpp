// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The least a program can do: start, compile (a + b) * c, print the result. start.cpp times it.
#include <nd/nd.h>

#include <iostream>

int main() {
  nd::array a = nd::arange(8.0), b = nd::ones(8), c = nd::full(8, 0.5);
  std::cout << (a + b) * c << "\n";
}
