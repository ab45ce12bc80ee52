// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tests/faults/errors_gallery.h"

using namespace nd;

namespace {

const array two({1.0, 2.0}), none, matrix = ones({3, 3}), table = ones({4, 3});

} // namespace

std::vector<gallery::part> gallery::elsewhere() {
  return {
      {"Inside nd::jit",
       {BAD(jit([](array x) { return x * x.sum().item<double>(); })(two)),
        BAD(jit([](array x) { return x.sum() > 0 ? x : -x; })(two)),
        BAD(jit([](array x) { return array(x.to_vector<double>()); })(two)),
        BAD(jit([](array x) {
          for (array row : x[x > 0])
            row.eval();
          return x;
        })(two)),
        BAD(jit([](array x) { return zeros({x[x > 0].size() * 2}); })(two)),
        BAD(jit([](array x) { return unstack(x[x > 0])[0]; })(two)),
        BAD(jit([outside = zeros({2})](array x) mutable {
          outside[0] = x[0];
          return x;
        })(two)),
        BAD(jit([](array x) { return x[x > 1] + x; })(two)),
        BAD(jit([](array x) { return x[x > 5].max(); })(two)),
        BAD(jit([](array x) { return x[x > 1][3]; })(two)),
        BAD_DO(jit([](array x) { x[0] = 1; })(broadcast_to(two, {3, 2}))),
        BAD(jit([](array x, array y) { return x + y; })(two, ones({3}))),
        BAD(jit([](array x, array at) { return x[at]; })(two, array({7}))),
        BAD(jit([](array x) { return linalg::inv(x); })(zeros({2, 2}))),
        BAD(jit([](array x, array y) { return power(x, y); })(array({2}), array({-1}))),
        BAD(jit([](array x, array n) { return repeat(x, n); })(two, array({-1, 2}))),
        BAD(jit([](array x) { return x[x > 1].reshape(-2, 2); })(two)),
        BAD(jit([](array x) { return x[x > 1].reshape(-1, -1); })(two)),
        BAD(jit([](array x) { return x[x > 0].reshape(3); })(two)),
        BAD(jit([](array x) { return x + (x[x > 1].size() + 1); })(two)),
        BAD(jit([](array x) { return zeros({int64_t(1) << 42}, bool_) + x; })(two)),
        BAD(jit([](array x) {
          random::seed(5);
          return x;
        })(two)),
        BAD(jit([rng = random::default_rng(5)](array x) {
          return x + rng.bit_generator().state().astype(float64)[slice(0, 2)];
        })(two))}},
      {"A handle to nothing",
       {BAD(none + 1),
        BAD(sin(none)),
        BAD(none.sum()),
        BAD(none[0]),
        BAD(two[none]),
        BAD(none.shape()),
        BAD(none.strides()),
        BAD(none.nbytes()),
        BAD(none.item()),
        BAD(none.data<double>()),
        BAD(none.to_vector<double>()),
        BAD(none.eval()),
        BAD_DO(eval(two + 1, none)),
        BAD(none.begin()),
        BAD(none.copy()),
        BAD(none.view(float32)),
        BAD(concatenate({two, none})),
        BAD(none.to_dlpack()),
        BAD_DO(random::default_rng(1).shuffle(none)),
        BAD(jit([](array x) { return x + 1; })(none)),
        BAD(jit([](array x) { return x + none; })(two)),
        BAD(jit([](array) { return none; })(two))}},
      {"Printing",
       {BAD_DO(set_printoptions({.precision = -1})), BAD_DO(set_printoptions({.sign = '*'})),
        BAD_DO(set_printoptions({.sign = "++"})),
        BAD_DO(set_printoptions({.floatmode = "short"}))}},
      {"Memory",
       {BAD(empty({int64_t(1) << 45}, int8)), BAD_DO((ones({int64_t(1) << 40}) + 1).eval()),
        BAD_DO(broadcast_to(two, {int64_t(1) << 40, 2}).copy().eval())}},
  };
}
