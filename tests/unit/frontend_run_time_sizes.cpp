// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sizes that are decided at run time, inside nd::jit.
#include "frontend_expect.h"

namespace {

const nd::array x({3.0, -1, 4, -1, 5, -9, 2, 6});

TEST(RunTimeSizes, OneProgramForAllMasks) {
  auto f = nd::jit([](nd::array x) { return x[x > 0] * 2; });
  expect_array<double>(f(x), {5}, {6, 8, 10, 4, 12});
  nd::array negative = (-x).eval(), none = (x - 100).eval(), all = nd::ones(20).eval();
  int64_t programs = nd::compile_stats().programs;
  expect_array<double>(f(negative), {3}, {2, 2, 18});
  expect_array<double>(f(none), {0}, {});
  expect_array<double>(f(all), {20}, std::vector<double>(20, 2));
  EXPECT_EQ(nd::compile_stats().programs, programs);
}

TEST(RunTimeSizes, AChosenSumIsOnePass) {
  auto f = nd::jit([](nd::array x) {
    nd::array y = x[x > 0];
    return std::tuple(y.sum(), y.mean(), (y * y).sum());
  });
  auto [sum, mean, squares] = f(x);
  EXPECT_EQ(sum.item(), 20);
  EXPECT_EQ(mean.item(), 4);
  EXPECT_EQ(squares.item(), 90);
  EXPECT_EQ(f.lower(x).kernels(), 1);
  EXPECT_EQ(f.lower(x).library_calls(), 0);
}

TEST(RunTimeSizes, Compose) {
  auto f = nd::jit([](nd::array x, nd::array y) {
    nd::array m = x > 0, chosen = x[m];
    return std::tuple(chosen + y[m], chosen[chosen > 3], nd::sort(chosen), chosen[nd::slice(1, -1)],
                      nd::concatenate({chosen, x}), nd::flip(chosen), nd::nonzero(m)[0],
                      chosen.sum() / chosen.size());
  });
  auto [sum, nested, sorted, middle, joined, flipped, at, mean] = f(x, nd::arange(8));
  expect_array<double>(sum, {5}, {3, 6, 9, 8, 13});
  expect_array<double>(nested, {3}, {4, 5, 6});
  expect_array<double>(sorted, {5}, {2, 3, 4, 5, 6});
  expect_array<double>(middle, {3}, {4, 5, 2});
  EXPECT_EQ(joined.size(), 13);
  expect_array<double>(flipped, {5}, {6, 2, 5, 4, 3});
  expect_array<int64_t>(at, {5}, {0, 2, 4, 6, 7});
  EXPECT_EQ(mean.item(), 4);
}

TEST(RunTimeSizes, UniqueAndRepeat) {
  auto f = nd::jit([](nd::array x, nd::array n) {
    auto [values, counts] = nd::unique_counts(x);
    return std::tuple(values, counts, nd::unique(x[x < 5]), nd::repeat(x, n));
  });
  auto [values, counts, some, repeated] = f(x, nd::array({0, 0, 2, 0, 0, 0, 0, 1}));
  expect_array<double>(values, {7}, {-9, -1, 2, 3, 4, 5, 6});
  expect_array<int64_t>(counts, {7}, {1, 2, 1, 1, 1, 1, 1});
  expect_array<double>(some, {5}, {-9, -1, 2, 3, 4});
  expect_array<double>(repeated, {3}, {4, 4, 6});
}

TEST(RunTimeSizes, WritesThroughMasks) {
  auto f = nd::jit([](nd::array x) {
    x[x < 0] = 0;
    x[x > 4] *= 10;
  });
  nd::array own = x.copy();
  f(own);
  expect_array<double>(own, {8}, {3, 0, 4, 0, 50, 0, 2, 60});
}

TEST(RunTimeSizes, WritesIntoWhatWasChosen) {
  auto f = nd::jit([](nd::array x) {
    nd::array k = x[x > 0];
    k[0] = 100;
    k[-1] += 5;
    k[nd::slice(1, 2)] = 7;
    return std::pair(k, k.reshape(-1, 1));
  });
  auto [k, column] = f(x);
  expect_array<double>(k, {5}, {100, 7, 5, 2, 11});
  EXPECT_EQ(column.shape(), (nd::shape{5, 1}));
  EXPECT_THROW(f(x - 100), nd::index_error);
}

TEST(RunTimeSizes, ASizeIsNoNumberYet) {
  auto right = nd::jit([](nd::array x) {
    nd::array k = x[x > 0];
    return std::tuple(k.sum() / k.size(), k.sum() / (nd::array(k.size()) - 1),
                      nd::arange(k.size()));
  });
  auto [mean, unbiased, numbers] = right(x);
  EXPECT_EQ(mean.item(), 4);
  EXPECT_EQ(unbiased.item(), 5);
  EXPECT_EQ(numbers.size(), 5);
  auto refused = [](auto f) { EXPECT_THROW(nd::jit(f)(x), nd::trace_error); };
  refused([](nd::array x) {
    nd::array k = x[x > 0];
    return k.sum() / (k.size() - 1);
  });
  refused([](nd::array x) {
    nd::array k = x[x > 0];
    return k.sum() / double(k.nbytes());
  });
  refused([](nd::array x) {
    for (nd::array row : x[x > 0])
      row += 1;
    return x;
  });
  EXPECT_EQ(nd::jit([](nd::array x) { return x[x > 0].sum() + 5e12; })(x).item(), 5e12 + 20);
}

TEST(RunTimeSizes, TheProgramShowsThem) {
  auto f = nd::jit([](nd::array x) { return x[x > 0]; });
  EXPECT_HAS(f.lower(x).text(nd::stage::recorded), "tensor<n0xf64>");
  EXPECT_HAS(f.lower(x).text(nd::stage::fused), "tensor<n0xf64>");
}

TEST(RunTimeSizes, WhatIsNotKnownIsRefused) {
  auto tell = [](auto f) { return message_of<nd::trace_error>([&] { nd::jit(f)(x); }); };
  EXPECT_HAS(tell([](nd::array x) { return x[x > 0].reshape(2, -1); }),
             "is decided at run time, and nd::jit needs to know");
  EXPECT_HAS(message_of<nd::shape_error>(
                 [] { nd::jit([](nd::array x) { return x[x > 0] + x[x < 0]; })(x); }),
             "do not broadcast: axis -1 is n");
  auto none = nd::jit([](nd::array x) { return x[x > 100].max(); });
  EXPECT_HAS(message_of<nd::value_error>([&] { none(x); }), "the mask chooses none");
  auto third = nd::jit([](nd::array x) { return x[x > 0][2]; });
  EXPECT_EQ(third(x).item(), 5);
  EXPECT_HAS(message_of<nd::index_error>([&] {
               third(nd::array({1.0, 2}));
             }),
             "index 2 is out of bounds for axis 0 with size 2");
}

TEST(RunTimeSizes, OneIsASizeLikeOthers) {
  // A function compiled for n > 1 is right for n = 1, and the other way round.
  auto f = nd::jit([](nd::array a, nd::array b) { return a + b; });
  nd::array row = nd::arange(4.0).reshape(1, 4), column = nd::arange(3.0).reshape(3, 1);
  EXPECT_EQ(f(row, column).shape(), (nd::shape{3, 4}));
  EXPECT_EQ(f(column, column).shape(), (nd::shape{3, 1}));
  EXPECT_EQ(f(nd::ones({1, 1}), row).shape(), (nd::shape{1, 4}));
  auto g = nd::jit([](nd::array x) { return x - x[x > 0].mean(); });
  expect_array<double>(g(nd::array({5.0})), {1}, {0});
  expect_array<double>(g(nd::array({5.0, 7})), {2}, {-1, 1});
  auto h = nd::jit([](nd::array x) { return x[x > 0] * nd::ones({1}); });
  EXPECT_EQ(h(nd::array({5.0, -1})).shape(), nd::shape{1});
  EXPECT_EQ(h(nd::array({5.0, 1})).shape(), nd::shape{2});
}

} // namespace
