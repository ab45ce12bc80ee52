// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

namespace {
nd::array grid() { return nd::arange(6).reshape(2, 3); }
} // namespace

TEST(Shapes, Facts) {
  nd::array a = nd::zeros({2, 3}, nd::float32);
  EXPECT_EQ(a.ndim(), 2);
  EXPECT_EQ(a.size(), 6);
  EXPECT_EQ(a.itemsize(), 4);
  EXPECT_EQ(a.nbytes(), 24);
  EXPECT_EQ(a.strides(), (nd::shape{12, 4}));
  EXPECT_EQ(nd::to_string(a.shape()), "(2, 3)");
}

TEST(Shapes, Reshaping) {
  expect_array<int64_t>(grid().reshape({3, -1}), {3, 2}, {0, 1, 2, 3, 4, 5});
  expect_array<int64_t>(grid().ravel(), {6}, {0, 1, 2, 3, 4, 5});
  expect_array<int64_t>(grid().T(), {3, 2}, {0, 3, 1, 4, 2, 5});
  EXPECT_EQ(nd::zeros({2, 3, 4}).transpose({2, 0, 1}).shape(), (nd::shape{4, 2, 3}));
  EXPECT_EQ(nd::zeros({2, 3, 4}).swapaxes(0, -1).shape(), (nd::shape{4, 3, 2}));
  EXPECT_EQ(nd::moveaxis(nd::zeros({2, 3, 4}), 0, -1).shape(), (nd::shape{3, 4, 2}));
  EXPECT_EQ(nd::squeeze(nd::zeros({1, 3, 1})).shape(), (nd::shape{3}));
  EXPECT_THROW(nd::squeeze(nd::zeros({2, 3}), 0), nd::value_error);
  EXPECT_EQ(nd::expand_dims(nd::zeros({2}), {0, 2}).shape(), (nd::shape{1, 2, 1}));
  expect_array<int64_t>(nd::broadcast_to({1, 2}, {2, 2}), {2, 2}, {1, 2, 1, 2});
  expect_array<int64_t>(nd::flip(grid()), {2, 3}, {5, 4, 3, 2, 1, 0});
  expect_array<int64_t>(nd::flip(grid(), 1), {2, 3}, {2, 1, 0, 5, 4, 3});
}

TEST(Shapes, Joining) {
  nd::array a({1, 2}), b({3, 4});
  expect_array<int64_t>(nd::concatenate({a, b}), {4}, {1, 2, 3, 4});
  expect_array<int64_t>(nd::stack({a, b}, 1), {2, 2}, {1, 3, 2, 4});
  expect_array<int64_t>(nd::vstack({a, b}), {2, 2}, {1, 2, 3, 4});
  expect_array<int64_t>(nd::hstack({a, b}), {4}, {1, 2, 3, 4});
  expect_array<int64_t>(nd::column_stack({a, b}), {2, 2}, {1, 3, 2, 4});
  expect_array<int64_t>(nd::c_({a, b}), {2, 2}, {1, 3, 2, 4});
  expect_array<double>(nd::concatenate({a, {0.5}}), {3}, {1, 2, 0.5});
  std::vector<nd::array> list = {a, b, a};
  EXPECT_EQ(nd::concatenate(list).size(), 6);
  EXPECT_THROW(nd::stack({a, nd::zeros(3)}), nd::shape_error);
}

TEST(Shapes, Casting) {
  expect_array<int64_t>(nd::array({1.9, -1.9}).astype(nd::int64), {2}, {1, -1});
  expect_array<bool>(nd::array({0, 2}).astype(nd::bool_), {2}, {false, true});
}
