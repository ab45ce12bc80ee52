// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

TEST(Promotion, ScalarsAreWeak) {
  nd::array f({1, 2}, nd::float32), i({1, 2}, nd::int8), b({true, false});
  EXPECT_EQ((f * 2.0).dtype(), nd::float32);
  EXPECT_EQ((2 * i).dtype(), nd::int8);
  EXPECT_EQ((i * 2.0).dtype(), nd::float64);
  EXPECT_EQ((b + 1).dtype(), nd::int64);
  EXPECT_EQ((b + true).dtype(), nd::bool_);
  EXPECT_EQ(nd::where(f > 1, 1, 0).dtype(), nd::int64);
  EXPECT_EQ(nd::where(f > 1, f, 0.0).dtype(), nd::float32);
  EXPECT_EQ(nd::add(1, 2.5).item<double>(), 3.5);
}

TEST(Promotion, ZeroDimensionalArraysAreNot) {
  nd::array f({1, 2}, nd::float32);
  EXPECT_EQ((f * nd::array(2.0)).dtype(), nd::float64);
}

TEST(Promotion, ArraysMeet) {
  nd::array u8({1}, nd::uint8), i8({1}, nd::int8), i64({1}), f32({1}, nd::float32);
  EXPECT_EQ((u8 + i8).dtype(), nd::int16);
  EXPECT_EQ((i64 + f32).dtype(), nd::float64);
  EXPECT_EQ((i8 + f32).dtype(), nd::float32);
  EXPECT_EQ((i64 / i64).dtype(), nd::float64);
  EXPECT_EQ(nd::sqrt(i8).dtype(), nd::float16);
  EXPECT_EQ(nd::sqrt(i64).dtype(), nd::float64);
  EXPECT_EQ(nd::sum(u8).dtype(), nd::uint64);
  EXPECT_EQ(nd::mean(i8).dtype(), nd::float64);
}

TEST(Promotion, ScalarsThatDoNotFitThrow) {
  nd::array u8({1, 2}, nd::uint8);
  EXPECT_HAS(message_of<nd::value_error>([&] { u8 + 300; }),
             "integer 300 is out of bounds for uint8");
  EXPECT_THROW(u8 - -1, nd::value_error);
}

TEST(Promotion, ComparisonsTakeAnyInteger) {
  nd::array u8({1, 2}, nd::uint8), i64({1, 2});
  EXPECT_EQ((u8 < 300).to_vector<bool>(), (std::vector<bool>{true, true}));
  EXPECT_EQ((u8 == -1).to_vector<bool>(), (std::vector<bool>{false, false}));
  EXPECT_EQ((i64 < ~uint64_t(0)).to_vector<bool>(), (std::vector<bool>{true, true}));
}

TEST(Promotion, IntegersToNegativePowersThrow) {
  nd::array a({1, 2});
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::power(a, -1); }),
             "integers to negative integer powers are not allowed");
  EXPECT_EQ(nd::power(a, 2).to_vector<int64_t>(), (std::vector<int64_t>{1, 4}));
  EXPECT_EQ(nd::power(nd::array({2.0}), -1).item<double>(), 0.5);
}
