// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What comparisons with NumPy do not see: streams across calls, threads and compiled functions.
#include "frontend_expect.h"

#include <nd/nd.h>

#include <gtest/gtest.h>

#include <thread>

namespace {

using nd::random::default_rng;

TEST(Random, ACompiledFunctionGoesOnWithTheStream) {
  auto rng = default_rng(42), same = default_rng(42);
  auto f = nd::jit([rng](nd::array x) { return x + rng.normal(0, 1, {3}); });
  for (int call = 0; call < 3; ++call)
    EXPECT_EQ(f(nd::zeros({3})).to_vector<double>(), same.normal(0, 1, {3}).to_vector<double>());
  // And so does who draws afterwards.
  EXPECT_EQ(rng.random(5).to_vector<double>(), same.random(5).to_vector<double>());
}

TEST(Random, SeveralDrawsOfOneFunctionFollowEachOther) {
  auto rng = default_rng(1), same = default_rng(1);
  auto f = nd::jit([rng](nd::array scale) {
    nd::array a = rng.exponential(scale), b = rng.integers(0, 100, 7);
    return std::pair(a, b);
  });
  nd::array scale{1.0, 2.0, 3.0};
  for (int call = 0; call < 2; ++call) {
    auto [a, b] = f(scale);
    EXPECT_EQ(a.to_vector<double>(), same.exponential(scale).to_vector<double>());
    EXPECT_EQ(b.to_vector<int64_t>(), same.integers(0, 100, 7).to_vector<int64_t>());
  }
}

TEST(Random, TwoGeneratorsInOneFunction) {
  auto first = default_rng(1), second = nd::random::Generator(nd::random::Philox(2));
  auto f = nd::jit([first, second](nd::array x) {
    nd::array u = first.random(4), z = second.standard_normal(4), v = first.random(4);
    return u + z * x + v;
  });
  auto a = default_rng(1);
  auto b = nd::random::Generator(nd::random::Philox(2));
  for (int call = 0; call < 2; ++call) {
    nd::array u = a.random(4), z = b.standard_normal(4), v = a.random(4);
    EXPECT_EQ(f(2.0).to_vector<double>(), (u + z * 2.0 + v).to_vector<double>());
  }
}

TEST(Random, AGeneratorMadeInsideStartsAnewWithEachCall) {
  auto f = nd::jit([](nd::array x) { return x + default_rng(3).random(2); });
  EXPECT_EQ(f(0.0).to_vector<double>(), f(0.0).to_vector<double>());
}

TEST(Random, AFailingCallLeavesTheStreamAlone) {
  auto rng = default_rng(5), same = default_rng(5);
  EXPECT_THROW(rng.normal(0, -1, 3), nd::value_error);
  auto f = nd::jit([rng](nd::array scale) { return rng.normal(0, scale, 3); });
  EXPECT_THROW(f(nd::array(-1.0)), nd::value_error);
  EXPECT_EQ(rng.random(3).to_vector<double>(), same.random(3).to_vector<double>());
}

TEST(Random, ShuffleInsideACompiledFunctionWritesTheArgument) {
  auto rng = default_rng(5), same = default_rng(5);
  auto f = nd::jit([rng](nd::array x) {
    rng.shuffle(x);
    return x.sum();
  });
  nd::array x = nd::arange(20), y = nd::arange(20);
  f(x);
  same.shuffle(y);
  EXPECT_EQ(x.to_vector<int64_t>(), y.to_vector<int64_t>());
}

TEST(Random, CopiesShareTheStream) {
  auto rng = default_rng(9), handle = rng;
  EXPECT_NE(rng.random().item(), handle.random().item());
}

TEST(Random, UnseededStreamsDiffer) {
  EXPECT_NE(default_rng().random().item(), default_rng().random().item());
}

TEST(Random, ThreadsThatShareAGeneratorGetEachDrawOnce) {
  auto rng = default_rng(11), same = default_rng(11);
  std::vector<double> got[4];
  {
    std::vector<std::jthread> threads;
    for (auto &mine : got)
      threads.emplace_back([&] {
        for (int i = 0; i < 200; ++i)
          mine.push_back(rng.random().item());
      });
  }
  std::vector<double> all, wanted = same.random(800).to_vector<double>();
  for (auto &mine : got)
    all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(all, wanted);
}

TEST(Random, TheThreadCountChangesNothing) {
  auto draw = [](int threads) {
    nd::set_num_threads(threads);
    auto rng = default_rng(2);
    std::vector<double> out = rng.random(300001).to_vector<double>();
    for (double x : rng.standard_normal(300001).to_vector<double>())
      out.push_back(x);
    for (int64_t x : rng.integers(0, 1000, 300001).to_vector<int64_t>())
      out.push_back(double(x));
    nd::set_num_threads(0);
    return out;
  };
  EXPECT_EQ(draw(1), draw(2));
}

TEST(Random, SizesArePartsOfShapes) {
  auto rng = default_rng(1);
  EXPECT_EQ(rng.random().shape(), nd::shape());
  EXPECT_EQ(rng.random({2, 3}).shape(), (nd::shape{2, 3}));
  EXPECT_EQ(rng.random(1000, nd::float32).dtype(), nd::float32);
  EXPECT_EQ(rng.random(nd::zeros({4, 5}).shape()).shape(), (nd::shape{4, 5}));
  EXPECT_EQ(rng.integers(0, 10, 5).shape(), nd::shape{5});
  EXPECT_EQ(rng.choice({1.5, 2.5, 3.5}, 2, {.replace = false}).size(), 2);
  EXPECT_EQ(rng.choice({1, 2}, 2, {.p = {0.0, 1.0}}).to_vector<int64_t>(),
            (std::vector<int64_t>{2, 2}));
}

TEST(Random, MultivariateNormalRefusesWhatIsNoCovariance) {
  auto rng = default_rng(1);
  const nd::array mean{0.0, 0.0}, bad{{1.0, 2.0}, {2.0, 1.0}};
  EXPECT_THROW(rng.multivariate_normal(mean, bad, 3, {.check_valid = "raise"}), nd::value_error);
  EXPECT_THROW(rng.multivariate_normal(mean, bad, 3, {.check_valid = "raise", .method = "eigh"}),
               nd::value_error);
  EXPECT_THROW(rng.multivariate_normal(mean, bad, 3, {.method = "cholesky"}).eval(),
               nd::linalg_error);
  EXPECT_THROW(rng.multivariate_normal(mean, nd::eye(3)), nd::shape_error);
  EXPECT_THROW(rng.multivariate_normal(mean, nd::eye(2), 3, {.method = "lu"}), nd::value_error);
}

TEST(Random, Errors) {
  auto rng = default_rng(1);
  EXPECT_THROW(rng.random(3, nd::int32), nd::dtype_error);
  EXPECT_THROW(rng.binomial(2.5, 0.5), nd::dtype_error);
  EXPECT_THROW(rng.integers(0, 10, 3, nd::float64), nd::dtype_error);
  EXPECT_THROW(rng.normal(nd::zeros({3}), 1, {2}), nd::shape_error);
  EXPECT_THROW(rng.random({-1}), nd::value_error);
  EXPECT_THROW(nd::random::SeedSequence(-1), nd::value_error);
  EXPECT_THROW(nd::random::SeedSequence("12x"), nd::value_error);
  EXPECT_THROW(nd::random::SFC64(1).jumped(), nd::value_error);
  EXPECT_THROW(nd::random::MT19937(1).advance(1), nd::value_error);
  EXPECT_THROW(nd::random::PCG64(1).set_state(nd::random::SFC64(1).state()), nd::value_error);
  EXPECT_THROW(nd::random::seed("0x100000000"), nd::value_error);
}

} // namespace
