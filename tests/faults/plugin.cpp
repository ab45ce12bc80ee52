// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A library that a program loads at run time and that uses nd.
#include <nd/nd.h>

extern "C" __attribute__((visibility("default"))) double use_nd(int seed) {
  nd::array x = nd::arange(12.0).reshape(3, 4) + seed;
  auto f = nd::jit([](nd::array x) { return nd::exp(x - x.max(1, nd::keepdims)).sum(); });
  double refused = 0;
  try {
    x + nd::ones({5});
  } catch (const nd::shape_error &) {
    refused = 100;
  }
  return f(x).item<double>() + nd::matmul(x, x.T())[0, 0].item<double>() + refused;
}
