// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

#include <cmath>

TEST(Creation, BracesGiveNumPysDtypes) {
  expect_array<int64_t>(nd::array({1, 2, 3}), {3}, {1, 2, 3});
  expect_array<double>(nd::array({1.0, 2, 3}), {3}, {1, 2, 3});
  expect_array<bool>(nd::array({true, false}), {2}, {true, false});
  expect_array<int64_t>(nd::array({true, 2}), {2}, {1, 2});
  expect_array<double>(nd::array({1.5f}), {1}, {1.5});
  expect_array<double>(nd::array({}), {0}, {});
  expect_array<uint64_t>(nd::array({~uint64_t(0)}), {1}, {~uint64_t(0)});
  expect_array<int64_t>(nd::array(7), {}, {7});
}

TEST(Creation, BracesNestToAnyDepth) {
  expect_array<int64_t>(nd::array({{1, 2}, {3, 4}, {5, 6}}), {3, 2}, {1, 2, 3, 4, 5, 6});
  expect_array<int64_t>(nd::array({{{1}, {2}}, {{3}, {4}}}), {2, 2, 1}, {1, 2, 3, 4});
  expect_array<float>(nd::array({{1, 2}}, nd::float32), {1, 2}, {1, 2});
}

TEST(Creation, RaggedBracesThrow) {
  EXPECT_HAS(message_of<nd::shape_error>([] {
               nd::array({{1, 2}, {3}});
             }),
             "lists at depth 1 have 2 and 1 elements");
  EXPECT_THROW(nd::array({{1}, 2}), nd::shape_error);
  EXPECT_THROW(nd::array({1, {2}}), nd::shape_error);
  EXPECT_HAS(message_of<nd::value_error>([] { nd::array({300}, nd::uint8); }),
             "integer 300 is out of bounds for uint8");
}

TEST(Creation, BuffersKeepTheirType) {
  expect_array<float>(nd::array(std::vector<float>{1, 2}), {2}, {1, 2});
  expect_array<uint8_t>(nd::array(std::vector<uint8_t>{1, 255}), {2}, {1, 255});
  expect_array<bool>(nd::array(std::vector<bool>{true, false, true}), {3}, {true, false, true});
  std::vector<int16_t> v = {1, 2, 3, 4, 5, 6};
  expect_array<int16_t>(nd::array(std::span(v), {2, 3}), {2, 3}, v);
  EXPECT_THROW(nd::array(std::span(v), {4, 2}), nd::shape_error);
}

TEST(Creation, Filled) {
  expect_array<double>(nd::zeros({2, 2}), {2, 2}, {0, 0, 0, 0});
  expect_array<float>(nd::ones(3, nd::float32), {3}, {1, 1, 1});
  expect_array<int64_t>(nd::full({2}, 7), {2}, {7, 7});
  expect_array<int8_t>(nd::full({2}, 7, nd::int8), {2}, {7, 7});
  expect_array<int64_t>(nd::full({2, 2}, nd::array({1, 2})), {2, 2}, {1, 2, 1, 2});
  expect_array<int64_t>(nd::ones_like(nd::array({5, 6})), {2}, {1, 1});
  EXPECT_EQ(nd::empty({3, 4}, nd::int16).nbytes(), 24);
  EXPECT_EQ(nd::zeros({0, 3}).size(), 0);
  EXPECT_THROW(nd::zeros({2, -1}), nd::value_error);
}

TEST(Creation, Ranges) {
  expect_array<int64_t>(nd::arange(4), {4}, {0, 1, 2, 3});
  expect_array<int64_t>(nd::arange(2, 9, 3), {3}, {2, 5, 8});
  expect_array<int64_t>(nd::arange(5, 0, -2), {3}, {5, 3, 1});
  expect_array<int64_t>(nd::arange(3, 3), {0}, {});
  expect_array<float>(nd::arange(0, 3, 1, nd::float32), {3}, {0, 1, 2});
  EXPECT_EQ(nd::arange(0, 1, 0.1).to_vector<double>()[3], 0.30000000000000004);
  EXPECT_THROW(nd::arange(0, 1, 0), nd::value_error);
  expect_array<double>(nd::linspace(0, 1, 5), {5}, {0, 0.25, 0.5, 0.75, 1});
  expect_array<double>(nd::linspace(0, 1, 4, false), {4}, {0, 0.25, 0.5, 0.75});
  expect_array<double>(nd::linspace(2, 3, 1), {1}, {2});
  EXPECT_EQ(nd::geomspace(1, 1000, 4).to_vector<double>()[3], 1000);
}

TEST(Creation, Matrices) {
  expect_array<double>(nd::eye(2), {2, 2}, {1, 0, 0, 1});
  expect_array<int64_t>(nd::eye(2, 3, 1, nd::int64), {2, 3}, {0, 1, 0, 0, 0, 1});
  expect_array<double>(nd::tri(2, 3), {2, 3}, {1, 0, 0, 1, 1, 0});
  nd::array a({{1, 2, 3}, {4, 5, 6}});
  expect_array<int64_t>(nd::tril(a), {2, 3}, {1, 0, 0, 4, 5, 0});
  expect_array<int64_t>(nd::triu(a, 1), {2, 3}, {0, 2, 3, 0, 0, 6});
  expect_array<int64_t>(nd::diag(a), {2}, {1, 5});
  expect_array<int64_t>(nd::diag(a, 1), {2}, {2, 6});
  expect_array<int64_t>(nd::diag(a, -1), {1}, {4});
  expect_array<int64_t>(nd::diag(nd::array({1, 2})), {2, 2}, {1, 0, 0, 2});
  expect_array<int64_t>(nd::diag(nd::array({1, 2}), -1), {3, 3}, {0, 0, 0, 1, 0, 0, 0, 2, 0});
  expect_array<int64_t>(nd::vander({1, 2, 3}), {3, 3}, {1, 1, 1, 4, 2, 1, 9, 3, 1});
  auto xy = nd::meshgrid({nd::arange(2), nd::arange(3)});
  expect_array<int64_t>(xy[0], {3, 2}, {0, 1, 0, 1, 0, 1});
  expect_array<int64_t>(xy[1], {3, 2}, {0, 0, 1, 1, 2, 2});
}

TEST(Creation, DiagonalsKeepBool) {
  nd::array flags({true, false, true});
  EXPECT_EQ(nd::diag(flags, -1).dtype(), nd::bool_);
  EXPECT_EQ(nd::tril(nd::diag(flags)).dtype(), nd::bool_);
}
