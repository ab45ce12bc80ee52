// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What random programs found (tools/fuzz), each as small as it gets.
#include <nd/nd.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>

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

TEST(Found, WhatIsOrderedAlongAnotherAxisIsNewMemoryInCOrder) {
  nd::array x({{3.0, 1.0}, {2.0, 4.0}}), keys({{1, 0}, {0, 1}});
  auto rng = nd::random::default_rng(1);
  for (nd::array made :
       {nd::sort(x, 0), nd::argsort(x, 0), nd::partition(x, 1, 0), nd::argpartition(x, 1, 0),
        nd::take(x, nd::array({1, 0, 1}), 1), nd::compress(nd::array({true, true}), x, 1),
        nd::quantile(x, nd::array({0.25, 0.5}), 0), rng.permuted(x, 0)}) {
    nd::array flat = nd::ravel(made); // a view
    flat[1] = 7;
    EXPECT_EQ((made[0, 1].item<double>()), 7);
  }
  EXPECT_EQ(x.to_vector<double>(), (std::vector<double>{3, 1, 2, 4}));
}

TEST(Found, AMaskDoesNotStretchWhatIsReduced) {
  nd::array x = nd::ones({1, 3});
  for (nd::array mask : {nd::ones({2, 3}, nd::bool_), nd::ones({0, 3}, nd::bool_)}) {
    EXPECT_THROW(nd::sum(x, 1, {.where = mask}), nd::shape_error);
    EXPECT_THROW(nd::any(x, 0, {.where = mask}), nd::shape_error);
    EXPECT_THROW((nd::max(x, 1, {.where = mask, .initial = 0})), nd::shape_error);
    EXPECT_THROW(nd::mean(x, 1, {.where = mask}), nd::shape_error);
  }
  EXPECT_EQ(nd::sum(x, 1, {.where = nd::array({true, false, true})}).item<double>(), 2);
}

TEST(Found, RealTransformsOfARepeatedElement) {
  for (int64_t n : {2, 3, 8, 16, 30, 100})
    for (int64_t columns : {1, 13}) {
      nd::array one = nd::arange(1.0, double(columns) + 1);
      nd::eval(one);
      nd::array all = nd::broadcast_to(one, {n, columns}), rows = all.copy();
      nd::eval(rows);
      EXPECT_TRUE(bool(nd::array_equal(nd::fft::rfft(all, {}, 0), nd::fft::rfft(rows, {}, 0))))
          << n << " " << columns;
      EXPECT_TRUE(bool(nd::array_equal(nd::fft::irfft(all, {}, 0), nd::fft::irfft(rows, {}, 0))));
      EXPECT_TRUE(bool(nd::array_equal(nd::fft::fft(all, {}, 0), nd::fft::fft(rows, {}, 0))));
    }
}

// A process has 65,530 pieces of address space.
TEST(Found, ProgramsTakeNoPieceOfTheAddressSpaceEach) {
  auto pieces = [] { // but for data, of which sanitizers have more
    std::ifstream maps("/proc/self/maps");
    int64_t count = 0;
    for (std::string line; std::getline(maps, line);)
      count += line.find(" rw") == std::string::npos;
    return count;
  };
  const int64_t programs = nd::compile_stats().programs, before = pieces();
  for (unsigned which = 0; which < 64; ++which) {
    nd::array x = nd::ones({5});
    for (int bit = 0; bit < 6; ++bit)
      x = which >> bit & 1 ? nd::sqrt(x) + 3.5 : x * x - 0.75;
    nd::eval(x);
  }
  EXPECT_GE(nd::compile_stats().programs - programs, 60);
  EXPECT_LE(pieces() - before, 20);
}

} // namespace
