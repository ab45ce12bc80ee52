// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

#include <thread>

TEST(Jit, RecordsOncePerSignature) {
  int runs = 0;
  auto f = nd::jit([&](nd::array x, nd::array y) {
    ++runs;
    return x * 2 + y;
  });
  nd::array x({1.0, 2}), y({10.0, 20});
  expect_array<double>(f(x, y), {2}, {12, 24});
  expect_array<double>(f(y, x), {2}, {21, 42});
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(f(nd::array({1, 2}), y).dtype(), nd::float64);
  EXPECT_EQ(runs, 2);
}

TEST(Jit, FiftySizesUseTheSameCode) {
  auto f = nd::jit([](nd::array x) { return nd::sqrt(x * x + 3.25) - x; });
  int64_t before = nd::compile_stats().programs;
  for (int64_t n = 2; n < 52; ++n)
    EXPECT_EQ(f(nd::ones(n)).size(), n);
  EXPECT_LE(nd::compile_stats().programs - before, 2);
}

TEST(Jit, GivesWhatTheFunctionGives) {
  nd::array x({{2.0, 1}, {1, 3}});
  auto [a, b] = nd::jit([](nd::array v) { return std::tuple(v + 1, v - 1); })(x);
  EXPECT_EQ((a[0, 0].item<double>()), 3);
  EXPECT_EQ((b[0, 0].item<double>()), 1);
  auto [c, d] = nd::jit([](nd::array v) { return std::pair(v, v.copy()); })(x);
  c += 1; // the argument itself, as in Python
  EXPECT_EQ((d[0, 0].item<double>()), 2);
  EXPECT_EQ((x[0, 0].item<double>()), 3);
  x -= 1;
  auto [Q, R] = nd::jit([](nd::array v) { return nd::linalg::qr(v); })(x);
  EXPECT_TRUE(nd::allclose(nd::matmul(Q, R), x));
  auto parts = nd::jit([](nd::array v) { return std::vector<nd::array>{v[0], v[1], v.sum()}; })(x);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[2].item<double>(), 7);
}

TEST(Jit, ScalarsStayWeak) {
  auto f = nd::jit([](nd::array x, nd::array s) { return x * s; });
  nd::array x({1, 2}, nd::float32);
  EXPECT_EQ(f(x, 2.0).dtype(), nd::float32);
  expect_array<float>(f(x, 3.0), {2}, {3, 6});
  EXPECT_EQ(f(x, nd::array(2.0)).dtype(), nd::float64);
}

TEST(Jit, CapturedArraysAreConstants) {
  nd::array w({1.0, 2}), lazy = w * 10;
  auto f = nd::jit([&](nd::array x) { return x + w + lazy; });
  expect_array<double>(f(nd::array({0.0, 0})), {2}, {11, 22});
  expect_array<double>(f(nd::array({1.0, 1})), {2}, {12, 23});
}

TEST(Jit, CapturedArraysMayChangeAfterwards) {
  nd::array w({1.0, 2});
  auto f = nd::jit([&](nd::array x) { return std::pair(w, x + w); });
  f(nd::array({0.0, 0}));
  w += 1;
  auto [same, sum] = f(nd::array({0.0, 0}));
  expect_array<double>(same, {2}, {2, 3});
  expect_array<double>(sum, {2}, {2, 3});
}

TEST(Jit, Nests) {
  auto g = nd::jit([](nd::array x) { return x * x; });
  auto f = nd::jit([&](nd::array x) { return g(x) + g(x + 1); });
  expect_array<double>(f(nd::array({1.0, 2})), {2}, {5, 13});
}

TEST(Jit, ReadingAValueInsideThrows) {
  nd::array x({1.0});
  std::string here = ND_BELOW(1);
  auto f = nd::jit([](nd::array v) { return v * v.item<double>(); });
  std::string text = message_of<nd::trace_error>([&] { f(x); });
  EXPECT_TRUE(text.starts_with(here)) << text;
  EXPECT_HAS(text, "item: ");
  here = ND_BELOW(2);
  auto g = nd::jit([](nd::array v) {
    if (v > 0)
      return v;
    return -v;
  });
  text = message_of<nd::trace_error>([&] { g(x); });
  EXPECT_TRUE(text.starts_with(here)) << text;
  EXPECT_HAS(text, "nd::where");
  expect_array<double>(nd::jit([](nd::array v) { return nd::where(v > 0, v, -v); })(x), {1}, {1});
}

TEST(Jit, ErrorsOfTheFunctionComeThrough) {
  auto f = nd::jit([](nd::array x, nd::array y) { return x + y; });
  EXPECT_THROW(f(nd::zeros(2), nd::zeros(3)), nd::shape_error);
  expect_array<double>(f(nd::ones(2), nd::ones(2)), {2}, {2, 2});
  auto inverse = nd::jit([](nd::array m) { return nd::linalg::inv(m); });
  EXPECT_THROW(inverse(nd::zeros({2, 2})), nd::linalg_error);
}

TEST(Jit, ServesThreads) {
  auto f = nd::jit([](nd::array x) { return x * 2 + 1; });
  std::vector<std::thread> threads;
  std::vector<double> sums(4);
  for (size_t t = 0; t < sums.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i)
        sums[t] += f(nd::ones({int64_t(1 + i % 7)}) * double(t)).sum().item<double>() > 0;
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(sums, (std::vector<double>(4, 200)));
}

TEST(Jit, LooksInside) {
  auto f = nd::jit([](nd::array x) { return nd::exp(x) + 1; });
  nd::program p = f.lower(nd::zeros({4}));
  EXPECT_HAS(p.text(nd::stage::recorded), "nd.exp");
  EXPECT_EQ(p.kernels(), 1);
  EXPECT_EQ(p.library_calls(), 0);
  EXPECT_HAS(p.dot(), "digraph");
}
