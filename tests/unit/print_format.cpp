// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Format.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

using nd::dtype_kind;
using nd::print::format;
using nd::print::format_repr;
using nd::print::options;

namespace {

template <dtype_kind K> struct element;
template <> struct element<dtype_kind::bool_> { using type = uint8_t; };
template <> struct element<dtype_kind::int8> { using type = int8_t; };
template <> struct element<dtype_kind::int16> { using type = int16_t; };
template <> struct element<dtype_kind::int32> { using type = int32_t; };
template <> struct element<dtype_kind::int64> { using type = int64_t; };
template <> struct element<dtype_kind::uint8> { using type = uint8_t; };
template <> struct element<dtype_kind::uint16> { using type = uint16_t; };
template <> struct element<dtype_kind::uint32> { using type = uint32_t; };
template <> struct element<dtype_kind::uint64> { using type = uint64_t; };
template <> struct element<dtype_kind::float32> { using type = float; };
template <> struct element<dtype_kind::float64> { using type = double; };

template <dtype_kind K> using values = std::vector<typename element<K>::type>;

template <dtype_kind K>
void check(const std::vector<int64_t> &shape, const values<K> &elements, const char *str,
           const char *repr) {
  EXPECT_EQ(format(elements.data(), K, shape, {}), str);
  EXPECT_EQ(format_repr(elements.data(), K, shape, {}), repr);
}

template <dtype_kind K>
void check_range(const std::vector<int64_t> &shape, const char *str, const char *repr) {
  int64_t n = 1;
  for (int64_t extent : shape)
    n *= extent;
  values<K> elements(static_cast<size_t>(n));
  std::iota(elements.begin(), elements.end(), typename element<K>::type());
  check<K>(shape, elements, str, repr);
}

#define ND_BRACED(...)                                                                             \
  { __VA_ARGS__ }
#define ND_PRINT_CASE(KIND, SHAPE, VALUES, STR, REPR)                                              \
  {                                                                                                \
    SCOPED_TRACE("print_cases.inc:" + std::to_string(__LINE__));                                   \
    check<dtype_kind::KIND>(ND_BRACED SHAPE, ND_BRACED VALUES, STR, REPR);                         \
  }
#define ND_PRINT_RANGE(KIND, SHAPE, STR, REPR)                                                     \
  {                                                                                                \
    SCOPED_TRACE("print_cases.inc:" + std::to_string(__LINE__));                                   \
    check_range<dtype_kind::KIND>(ND_BRACED SHAPE, STR, REPR);                                     \
  }

TEST(PrintFormat, WritesWhatNumpyWrites){
#include "print_cases.inc"
}

TEST(PrintFormat, ComparesFloat32BoundsInFloat32) {
  // NumPy 2 does; NumPy 1 compared in float64, where float32(0.0001) is less than 0.0001.
  const float a[] = {1e-4f};
  const std::vector<int64_t> shape = {1};
  EXPECT_EQ(format(a, dtype_kind::float32, shape, {}), "[0.0001]");
  EXPECT_EQ(format(a, dtype_kind::float32, {}, {}), "1e-04");
}

TEST(PrintFormat, FollowsStrides) {
  const int64_t a[] = {0, 1, 2, 3, 4, 5};
  const std::vector<int64_t> shape = {3, 2}, transposed = {8, 24}, reversed = {-16, -8};
  EXPECT_EQ(format(a, dtype_kind::int64, shape, transposed), "[[0 3]\n [1 4]\n [2 5]]");
  EXPECT_EQ(format(a + 5, dtype_kind::int64, shape, reversed), "[[5 4]\n [3 2]\n [1 0]]");
  const std::vector<int64_t> repeated = {0, 8};
  EXPECT_EQ(format(a, dtype_kind::int64, shape, repeated), "[[0 1]\n [0 1]\n [0 1]]");
}

TEST(PrintFormat, TakesOptions) {
  const double a[] = {1.0 / 3, 1e-6, 2, NAN, -INFINITY};
  const std::vector<int64_t> shape = {3}, all = {5}, two = {2};
  EXPECT_EQ(format(a, dtype_kind::float64, shape, {}, {.precision = 3}),
            "[3.333e-01 1.000e-06 2.000e+00]");
  EXPECT_EQ(format(a, dtype_kind::float64, shape, {}, {.precision = 3, .suppress = true}),
            "[0.333 0.    2.   ]");
  EXPECT_EQ(format(a, dtype_kind::float64, shape, {}, {.precision = 17, .suppress = true}),
            "[0.3333333333333333 0.000001           2.                ]");
  EXPECT_EQ(format(a, dtype_kind::float64, all, {},
                   {.precision = 2, .suppress = true, .nanstr = "missing", .infstr = "oo"}),
            "[   0.33    0.      2.   missing     -oo]");
  EXPECT_EQ(format(a + 1, dtype_kind::float64, two, {}, {.precision = 0, .suppress = true}),
            "[0. 2.]");
}

TEST(PrintFormat, SummarisesAboveTheThreshold) {
  std::vector<int64_t> a(8);
  std::iota(a.begin(), a.end(), 0);
  const std::vector<int64_t> shape = {8}, matrix = {4, 2};
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.threshold = 8}), "[0 1 2 3 4 5 6 7]");
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.threshold = 7, .edgeitems = 1}),
            "[0 ... 7]");
  EXPECT_EQ(format(a.data(), dtype_kind::int64, matrix, {}, {.threshold = 0, .edgeitems = 1}),
            "[[0 1]\n ...\n [6 7]]");
  // The elements left out do not decide the width of those shown.
  a[4] = 123456;
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.threshold = 7, .edgeitems = 2}),
            "[0 1 ... 6 7]");
}

TEST(PrintFormat, BreaksLinesAtTheWidth) {
  std::vector<int64_t> a(6, 100);
  const std::vector<int64_t> shape = {6};
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.linewidth = 13}),
            "[100 100 100\n 100 100 100]");
  // A word wider than the line still stands alone on it.
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.linewidth = 1}),
            "[100\n 100\n 100\n 100\n 100\n 100]");
}

} // namespace
