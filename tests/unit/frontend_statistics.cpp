// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

#include <cmath>

TEST(Scans, FunctionsAndMethods) {
  nd::array a({{1, 2, 3}, {4, 5, 6}});
  expect_array<int64_t>(nd::cumsum(a), {6}, {1, 3, 6, 10, 15, 21});
  expect_array<int64_t>(a.cumsum(1), {2, 3}, {1, 3, 6, 4, 9, 15});
  expect_array<int64_t>(a.cumprod(0), {2, 3}, {1, 2, 3, 4, 10, 18});
  EXPECT_EQ(nd::cumsum(a, 0, nd::float32).dtype(), nd::float32);
  expect_array<int64_t>(nd::diff({1, 4, 9}, 1, -1, {.prepend = 0}), {3}, {1, 3, 5});
  expect_array<int64_t>(nd::diff({1, 4, 9}, {.append = 9}), {3}, {3, 5, 0});
  expect_array<int64_t>(nd::cumulative_sum({1, 2}, {.include_initial = true}), {3}, {0, 1, 3});
}

TEST(Scans, ErrorsNameTheCallersLine) {
  nd::array a = nd::ones({2, 3});
  std::string here = ND_HERE, text = message_of<nd::shape_error>([&] { a.cumsum(2); });
  EXPECT_TRUE(text.starts_with(here)) << text;
  EXPECT_HAS(text, "cumsum: axis 2 is out of bounds for an array of 2 dimensions");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::diff(a, -1); }),
             "diff: the order is -1; it must be 0 or more");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::cumulative_sum(a); }),
             "cumulative_sum: the array has shape (2, 3) and no axis is given; name the axis");
}

TEST(NanReductions, FuseToOneKernel) {
  auto f = nd::jit([](nd::array x) { return nd::nanmean(x, 1); });
  nd::array x({{1.0, NAN, 3}, {NAN, NAN, 5}});
  expect_array<double>(f(x), {2}, {2, 5});
  EXPECT_EQ(f.lower(x).kernels(), 1);
  EXPECT_HAS(message_of<nd::shape_error>([&] { nd::nansum(x, 2); }),
             "nansum: axis 2 is out of bounds for an array of 2 dimensions");
  EXPECT_HAS(message_of<nd::value_error>([] {
               nd::nanargmax({NAN, NAN});
             }),
             "nanargmax: all elements of a slice are nan");
}

TEST(Quantiles, ByMethodAndAxis) {
  nd::array a({{10, 7, 4}, {3, 2, 1}});
  EXPECT_DOUBLE_EQ(nd::median(a).item<double>(), 3.5);
  expect_array<double>(nd::median(a, 0), {3}, {6.5, 4.5, 2.5});
  expect_array<double>(nd::percentile(a, 50, 1, nd::keepdims), {2, 1}, {7, 2});
  expect_array<int64_t>(nd::quantile(a, 0.5, {.method = "lower"}), {}, {3});
  expect_array<double>(nd::quantile(a, {0.0, 0.5, 1.0}, 0), {3, 3},
                       {3, 2, 1, 6.5, 4.5, 2.5, 10, 7, 4});
  EXPECT_DOUBLE_EQ(nd::nanmedian({NAN, 1.0, 3.0}).item<double>(), 2);
}

TEST(Quantiles, Errors) {
  nd::array a = nd::ones({4});
  std::string here = ND_HERE, text = message_of<nd::value_error>([&] { nd::quantile(a, 1.5); });
  EXPECT_TRUE(text.starts_with(here)) << text;
  EXPECT_HAS(text, "quantile: q has the element 1.5; it must be from 0 to 1");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::percentile(a, 1, {.method = "guess"}); }),
             "percentile: there is no method 'guess'; use inverted_cdf,");
  EXPECT_HAS(message_of<nd::index_error>([&] { nd::quantile(nd::ones({0}), 0.5); }),
             "quantile: an array of shape (0,) has no elements along the axes");
}

TEST(Quantiles, SizesDecidedAtRunTime) {
  auto f = nd::jit([](nd::array x) { return nd::median(x[x > 0]); });
  EXPECT_DOUBLE_EQ(f(nd::array({-1.0, 5, 2, 9})).item<double>(), 5);
  EXPECT_DOUBLE_EQ(f(nd::array({1.0, 5, 2, 9})).item<double>(), 3.5);
  auto g = nd::jit([](nd::array x) { return nd::quantile(x[x > 0], 0.25); });
  EXPECT_DOUBLE_EQ(g(nd::array({-1.0, 5, 2, 9})).item<double>(), 3.5);
}

TEST(Histograms, BinsByCountEdgesAndRule) {
  nd::array x({1.0, 2, 1, 4, 5});
  auto [counts, edges] = nd::histogram(x, 4);
  expect_array<int64_t>(counts, {4}, {2, 1, 0, 2});
  expect_array<double>(edges, {5}, {1, 2, 3, 4, 5});
  expect_array<int64_t>(nd::histogram(x, {0, 2, 5}).counts, {2}, {2, 3});
  expect_array<int64_t>(nd::histogram(x, 2, {.range = {{0, 4}}}).counts, {2}, {2, 2});
  EXPECT_EQ(nd::histogram(x, "sturges").counts.size(), 4);
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::histogram(x, "best"); }),
             "histogram: there is no rule 'best'; use auto, doane");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::histogram(x, 0); }),
             "histogram: the number of bins is 0; it must be 1 or more");
}

TEST(Histograms, Counts) {
  expect_array<int64_t>(nd::bincount({1, 3, 1}), {4}, {0, 2, 0, 1});
  auto f = nd::jit([](nd::array x) { return nd::bincount(x, {}, 2) * 10; });
  expect_array<int64_t>(f(nd::array({1, 3, 1})), {4}, {0, 20, 0, 10});
  expect_array<int64_t>(f(nd::array({0, 0, 0})), {2}, {30, 0});
  std::string here = ND_BELOW(1);
  nd::array negative = nd::bincount({1, -3});
  std::string text = message_of<nd::value_error>([&] { negative.eval(); });
  EXPECT_TRUE(text.starts_with(here)) << text;
  EXPECT_HAS(text, "bincount: element -3 at position 1 is negative");
  EXPECT_HAS(message_of<nd::value_error>([] {
               nd::digitize({1}, {1, 3, 2});
             }),
             "digitize: the bins neither increase nor decrease all along; sort them");
}

TEST(Averages, WeightsAndSums) {
  nd::array x({{1.0, 2}, {3, 4}});
  expect_array<double>(nd::average(x, 0, {1.0, 3.0}), {2}, {2.5, 3.5});
  auto [mean, total] = nd::average(x, 1, {1, 1}, nd::returned);
  expect_array<double>(mean, {2}, {1.5, 3.5});
  expect_array<double>(total, {2}, {2, 2});
  EXPECT_HAS(message_of<nd::value_error>([&] {
               nd::average(x, 0, {1, -1});
             }),
             "average: the weights add up to 0");
  EXPECT_DOUBLE_EQ(nd::cov({1.0, 2, 3}).item<double>(), 1);
  EXPECT_DOUBLE_EQ(nd::cov({1.0, 2, 3}, {.bias = true}).item<double>(), 2.0 / 3);
  EXPECT_EQ(nd::cov(x, x, {.rowvar = false}).shape(), (nd::shape{4, 4}));
  EXPECT_EQ(nd::corrcoef({{1.0, 2, 3}, {3.0, 2, 1}}).to_vector<double>(),
            (std::vector<double>{1, -1, -1, 1}));
}

TEST(Calculus, Samples) {
  EXPECT_DOUBLE_EQ(nd::interp(2.5, {1, 2, 3}, {3, 2, 0}).item<double>(), 1);
  EXPECT_DOUBLE_EQ(nd::trapezoid({1, 2, 3}).item<double>(), 4);
  EXPECT_DOUBLE_EQ(nd::trapezoid({1, 2, 3}, {4, 6, 8}).item<double>(), 8);
  expect_array<double>(nd::gradient({1.0, 4, 9}, 2.0), {3}, {1.5, 2, 2.5});
  expect_array<double>(nd::gradient({1.0, 4, 9}, {.edge_order = 2}), {3}, {2, 4, 6});
  nd::array both = nd::gradient(nd::array({{1.0, 2}, {3, 6}}));
  expect_array<double>(both[0], {2, 2}, {2, 4, 2, 4});
  expect_array<double>(both[1], {2, 2}, {1, 1, 3, 3});
  expect_array<int64_t>(nd::convolve({1, 2, 3}, {0, 1, 2}), {5}, {0, 1, 4, 7, 6});
  expect_array<int64_t>(nd::correlate({1, 2, 3}, {0, 1, 2}, "same"), {3}, {5, 8, 3});
  expect_array<int64_t>(nd::cross({1, 2, 3}, {4, 5, 6}), {3}, {-3, 6, -3});
  EXPECT_HAS(message_of<nd::value_error>([] { nd::convolve({1}, {2}, "most"); }),
             "convolve: the mode is 'most'; use 'full', 'same' or 'valid'");
  EXPECT_HAS(message_of<nd::value_error>([] { nd::gradient({1.0}); }),
             "gradient: axis 0 has 1 elements; differences of order 1 need 2");
  EXPECT_HAS(message_of<nd::value_error>([] {
               nd::cross({1, 2, 3, 4}, {1, 2, 3});
             }),
             "cross: the vectors have 4 and 3 components; they need 2 or 3");
}
