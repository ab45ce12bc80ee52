// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What random programs found (tools/fuzz), each as small as it gets.
#include <nd/nd.h>

#include <gtest/gtest.h>

#include <cmath>

namespace {

TEST(Found, RepeatOverOneElementIsNewMemory) {
  nd::array row = nd::array({{1.0, 2.0}});
  nd::array twice = nd::repeat(row, 2, 0);
  twice[0] = 7;
  EXPECT_EQ(twice.to_vector<double>(), (std::vector<double>{7, 7, 1, 2}));
  nd::array once = nd::repeat(row, 1, 0);
  once[0] = 9;
  EXPECT_EQ(row.to_vector<double>(), (std::vector<double>{1, 2}));
}

TEST(Found, TileOverOneElementIsNewMemory) {
  nd::array tiled = nd::tile(nd::array({{1.0, 2.0}}), {3, 1});
  tiled[1] += 4;
  EXPECT_EQ(tiled.to_vector<double>(), (std::vector<double>{1, 2, 5, 6, 1, 2}));
}

// Which zero comes out is the same for one element and for whole vectors, and on every CPU.
TEST(Found, MaximumOfZerosIsTheSecond) {
  for (nd::dtype t : {nd::float32, nd::float64, nd::float16}) {
    nd::array plus = nd::zeros({37}, t), minus = -plus;
    nd::eval(plus, minus);
    for (int64_t n : {1, 37}) {
      nd::array p = plus[nd::slice(0, n)], m = minus[nd::slice(0, n)];
      EXPECT_TRUE(nd::all(nd::signbit(nd::maximum(p, m))).item<bool>());
      EXPECT_FALSE(nd::any(nd::signbit(nd::maximum(m, p))).item<bool>());
      EXPECT_TRUE(nd::all(nd::signbit(nd::minimum(p, m))).item<bool>());
      EXPECT_FALSE(nd::any(nd::signbit(nd::minimum(m, p))).item<bool>());
    }
    nd::array nan = plus + NAN;
    EXPECT_TRUE(nd::all(nd::isnan(nd::maximum(nan, plus)) & nd::isnan(nd::minimum(plus, nan)))
                    .item<bool>());
  }
}

// What the argument holds then depends on no argument, and is computed while the function is
// recorded.
TEST(Found, JitOverwritesAMaskAndUsesIt) {
  auto f = nd::jit([](nd::array mask, nd::array x) {
    mask[nd::all] = true;
    return x[mask];
  });
  for (int64_t n : {3, 0}) {
    nd::array mask = nd::zeros({n}, nd::bool_), x = nd::arange(n);
    EXPECT_EQ(f(mask, x).to_vector<int64_t>(), x.to_vector<int64_t>());
    EXPECT_TRUE(nd::all(mask).item<bool>());
  }
}

TEST(Found, AnInitialValueIsTheMaximumOfNothingChosen) {
  auto f = nd::jit([](nd::array x) { return nd::max(x[x > 5], 0, {.initial = 3}); });
  EXPECT_EQ(f(nd::array({1, 2, 4})).item<int64_t>(), 3);
  EXPECT_EQ(f(nd::array({1, 7, 6})).item<int64_t>(), 7);
  auto none = nd::jit([](nd::array x) { return nd::max(x[x > 5], 0); });
  EXPECT_THROW(none(nd::array({1, 2, 4})).eval(), nd::value_error);
}

} // namespace
