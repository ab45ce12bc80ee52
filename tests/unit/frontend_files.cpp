// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

#include <cstdio>
#include <fstream>
#include <sstream>

namespace {
std::string temporary(const char *name) { return testing::TempDir() + name; }
} // namespace

TEST(Files, NpyRoundTrip) {
  std::string path = temporary("frontend.npy");
  nd::array a = nd::arange(6).reshape(2, 3) * 0.5;
  nd::save(path, a);
  expect_array<double>(nd::load(path), {2, 3}, {0, 0.5, 1, 1.5, 2, 2.5});
  std::ofstream(path, std::ios::trunc) << "not an array";
  EXPECT_THROW(nd::load(path), nd::io_error);
}

TEST(Files, LoadtxtReadsTables) {
  std::string path = temporary("frontend.csv");
  std::ofstream(path) << "a,b,c\n1,2,3\n4,5,6\n";
  expect_array<double>(nd::loadtxt(path, {.delimiter = ",", .skiprows = 1}), {2, 3},
                       {1, 2, 3, 4, 5, 6});
  expect_array<int32_t>(
      nd::loadtxt(path, {.dtype = nd::int32, .delimiter = ",", .skiprows = 1, .usecols = {2}}), {2},
      {3, 6});
  EXPECT_THROW(nd::loadtxt(path, {.delimiter = ","}), nd::io_error);
}

TEST(Files, Printing) {
  nd::array a({{1, 2}, {3, 4}});
  EXPECT_EQ(nd::to_string(a), "[[1 2]\n [3 4]]");
  std::ostringstream out;
  out << a + 1 << ' ' << a.dtype() << ' ' << a.shape();
  EXPECT_EQ(out.str(), "[[2 3]\n [4 5]] int64 (2, 2)");
  nd::set_printoptions({.precision = 2});
  EXPECT_EQ(nd::to_string(nd::array({1.23456})), "[1.23]");
  nd::set_printoptions(nd::print_options());
}
