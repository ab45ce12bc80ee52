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

TEST(Reductions, AMeanThatIsKnown) {
  nd::array a = nd::arange(12.0).reshape(3, 4), m = a > 2;
  for (int64_t axis : {0, 1}) {
    nd::array mean = a.mean(axis, nd::keepdims);
    EXPECT_TRUE(nd::allclose(nd::var(a, axis, {.ddof = 1, .mean = mean}),
                             nd::var(a, axis, {.correction = 1})));
    EXPECT_TRUE(nd::allclose(
        nd::std(a, axis, {.where = m, .mean = a.mean(axis, {.keepdims = true, .where = m})}),
        nd::std(a, axis, {.where = m})));
  }
  EXPECT_EQ(nd::var(nd::array({1, 2, 3, 4}), {.mean = 1}).item(), 3.5); // of integers
  expect_array<float>(
      nd::var(nd::array({1.0, 3.0}).astype(nd::float32), {.keepdims = true, .mean = 0}), {1}, {5});
  EXPECT_EQ(nd::nanvar(nd::array({1.0, NAN, 3}), {.correction = 1}).item(), 2);
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::var(a, {.ddof = 1, .correction = 1}); }),
             "var: both ddof and correction are given");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::sum(a, {.mean = 1}); }),
             "sum: it takes no option mean");
  EXPECT_THROW(nd::var(a, 0, {.mean = nd::zeros({3, 1, 4})}), nd::shape_error);
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

// Sums of several axes once took another order where what is fused into them lay otherwise.
TEST(Reductions, ASumsBitsDoNotDependOnWhatIsFusedIntoIt) {
  for (int64_t rows : {5, 33, 1500})
    for (int64_t columns : {2, 7, 16, 100, 1025}) {
      nd::array x = nd::sin(nd::arange(3.0 * double(rows * columns))).reshape(3, rows, columns),
                row = nd::cos(nd::arange(double(columns))),
                column = nd::cos(nd::arange(double(rows))).reshape(rows, 1);
      for (const nd::array &y : {row, column})
        for (const nd::axes &axes :
             {nd::axes(), nd::axes({1, 2}), nd::axes({0, 1}), nd::axes({0, 2})}) {
          nd::array sum = (x + y).copy();
          sum.eval();
          EXPECT_TRUE(nd::array_equal((x + y).sum(axes), sum.sum(axes))) << rows << ' ' << columns;
        }
      nd::array turned = x.swapaxes(0, 2);
      EXPECT_TRUE(nd::array_equal((turned * 1.5).sum(), (turned.copy() * 1.5).sum()));
    }
}

TEST(Reductions, OfNoElements) {
  nd::array none = nd::zeros({0, 0}), lines = nd::zeros({0, 3});
  EXPECT_EQ(nd::max(none, 0).shape(), (nd::shape{0}));
  EXPECT_EQ(nd::argmax(lines, 1).shape(), (nd::shape{0}));
  EXPECT_THROW(nd::argmax(none, 0), nd::value_error);
  EXPECT_THROW(nd::argmin(lines, 0), nd::value_error);
  EXPECT_THROW(nd::max(lines), nd::value_error);
}

// The loops of two folded axes once became one, as what was read allowed it, and what was written
// beside the fold did not.
TEST(Reductions, WhatAFoldReadsIsWrittenBesideIt) {
  nd::array column = nd::arange(5.0).reshape(5, 1), rows = nd::arange(48.0).reshape(3, 1, 16);
  nd::array sum = column + rows, product = nd::prod(sum, {0, 2});
  nd::eval(sum, product);
  EXPECT_TRUE(nd::array_equal(sum, nd::broadcast_to(column, {3, 5, 16}).copy() + rows));
  EXPECT_TRUE(nd::array_equal(product, nd::prod(sum.copy(), {0, 2})));
}
