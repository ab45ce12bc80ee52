// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

namespace {
nd::array grid() { return nd::array({{1.0, 2, 3}, {4, 5, 6}}); }
} // namespace

TEST(Reductions, Axes) {
  nd::array a = grid();
  EXPECT_EQ(a.sum().item<double>(), 21);
  expect_array<double>(a.sum(0), {3}, {5, 7, 9});
  expect_array<double>(a.sum(-1), {2}, {6, 15});
  EXPECT_EQ(a.sum({0, 1}).item<double>(), 21);
  expect_array<double>(a.mean(1, nd::keepdims), {2, 1}, {2, 5});
  EXPECT_EQ(a.sum(nd::keepdims).shape(), (nd::shape{1, 1}));
  expect_array<double>(a.max(0), {3}, {4, 5, 6});
  expect_array<double>(nd::min(a, 1), {2}, {1, 4});
  expect_array<double>(nd::ptp(a, 1), {2}, {2, 2});
  expect_array<int64_t>(a.argmax(1), {2}, {2, 2});
  EXPECT_EQ(a.argmin().item<int64_t>(), 0);
  EXPECT_EQ(nd::prod(nd::array({2, 3})).item<int64_t>(), 6);
}

TEST(Reductions, Options) {
  nd::array a = grid(), mask({{true, false, true}, {false, true, false}});
  EXPECT_DOUBLE_EQ(nd::var(a, {.ddof = 1}).item<double>(), 3.5);
  EXPECT_DOUBLE_EQ(nd::std(nd::array({1.0, 3})).item<double>(), 1);
  expect_array<double>(nd::sum(a, 0, {.keepdims = true, .where = mask, .initial = 1}), {1, 3},
                       {2, 6, 4});
  expect_array<double>(nd::max(a, 1, {.where = mask, .initial = 0}), {2}, {3, 5});
  expect_array<double>(nd::mean(a, 1, {.where = mask}), {2}, {2, 5});
  EXPECT_EQ(nd::sum(nd::array({1, 2}), {.dtype = nd::float32}).dtype(), nd::float32);
  EXPECT_EQ(nd::max(nd::zeros({0}), {.initial = 5.0}).item<double>(), 5);
  EXPECT_THROW(nd::max(a, 1, {.where = mask}), nd::value_error);
}

TEST(Reductions, Truth) {
  nd::array a({{1, 0}, {2, 3}});
  EXPECT_FALSE(nd::all(a).item<bool>());
  expect_array<bool>(nd::all(a, 1), {2}, {false, true});
  expect_array<bool>(a.any(0), {2}, {true, true});
  EXPECT_EQ(nd::count_nonzero(a).item<int64_t>(), 3);
}

TEST(Reductions, Closeness) {
  EXPECT_TRUE(nd::allclose({1.0, 2}, {1.0, 2 + 1e-9}));
  EXPECT_FALSE(nd::allclose({1.0, 2}, {1.0, 2.1}));
  EXPECT_TRUE(nd::array_equal({1, 2}, {1.0, 2.0}));
  EXPECT_FALSE(nd::array_equal({1, 2}, {1, 2, 3}));
}
