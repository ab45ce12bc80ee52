// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Programs that differ in one attribute, dtype or operand each, and what they give: a cache that
// took one for another would show. The last line counts what was compiled and what was loaded.
#include <nd/nd.h>

#include <iostream>

namespace {

void show(const nd::array &a) {
  for (double x : a.astype(nd::float64).to_vector<double>())
    std::cout << std::hexfloat << x << ' ';
  std::cout << '\n';
}

} // namespace

int main() {
  nd::array x = nd::arange(24.0).reshape(4, 6) / 7, y = nd::arange(6.0) - 2;
  nd::eval(x, y);
  for (const nd::array &a : {x, x.astype(nd::float32), x.astype(nd::int32)}) {
    show(a.sum(0));
    show(a.sum(1));
    show(a.sum(0, nd::keepdims));
    show(a.max(1));
    show(nd::sort(a, 0));
    show(nd::sort(a, 1));
    show(a[nd::all, nd::slice({}, {}, 2)] + 1);
    show(a[nd::all, nd::slice({}, {}, 3)] + 1);
    show(nd::cumsum(a, 0));
    show(nd::cumsum(a, 1));
  }
  show(x * 2 + y);
  show(x * 0.5 + y);
  show(x * 3 + y);
  show(nd::matmul(x, x.T()));
  auto f = nd::jit([](nd::array a, nd::array b) {
    nd::array chosen = a[a > b];
    return std::pair(chosen, nd::exp(chosen).sum());
  });
  auto [chosen, sum] = f(x, y);
  show(chosen);
  show(sum);
  nd::array target = nd::zeros({4, 6});
  nd::jit([](nd::array to, nd::array from) { to += from * from; })(target, x);
  show(target);
  nd::compile_statistics done = nd::compile_stats();
  std::cout << done.programs << " compiled, " << done.loaded << " loaded\n";
}
