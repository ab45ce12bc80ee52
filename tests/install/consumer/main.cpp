// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A user's translation unit: exceptions and run-time type information are its own business.
#include <nd/nd.h>

#include <iostream>
#include <typeinfo>

int main() {
  auto centred = nd::jit([](nd::array x) { return x - x.mean(0); });
  std::cout << centred(nd::array({{1.0, 2.0}, {3.0, 6.0}})) << "\n";
  try {
    nd::zeros({4, 3}) + nd::zeros({4});
  } catch (const nd::error &e) {
    std::cout << (dynamic_cast<const nd::shape_error *>(&e) ? "shape_error" : typeid(e).name())
              << "\n";
  }
}
