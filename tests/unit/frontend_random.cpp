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
    auto integers = [&](int64_t low, int64_t high, nd::dtype type) {
      const nd::array x = rng.integers(low, high, 300001, type, {.endpoint = true});
      for (double each : x.astype(nd::float64).to_vector<double>())
        out.push_back(each);
    };
    integers(0, 999, nd::int64);
    integers(-128, 127, nd::int8); // parts of draws as they are
    integers(0, 65535, nd::uint16);
    integers(3, 102, nd::int8);
    nd::set_num_threads(0);
    return out;
  };
  EXPECT_EQ(draw(1), draw(2));
}

/// The first \p n numbers of \p rng, drawn in calls of few.
template <class T> std::vector<T> one_by_one(const nd::random::Generator &rng, int64_t n) {
  std::vector<T> out;
  while (int64_t(out.size()) < n) {
    const int64_t some = std::min<int64_t>(n - int64_t(out.size()), 9999);
    for (T x : rng.random(some, sizeof(T) == 4 ? nd::float32 : nd::float64).to_vector<T>())
      out.push_back(x);
  }
  return out;
}

template <class Bits> void expect_drawn_in_place() {
  using nd::random::Generator;
  const int64_t n = 200003;
  for (int threads : {1, 2, 3}) {
    nd::set_num_threads(threads);
    Generator rng(Bits(3)), same(Bits(3));
    rng.random(1), same.random(1); // in the middle of a block
    nd::array x = nd::arange(n);
    const std::vector<double> got = (x + rng.random(n)).to_vector<double>(),
                              wanted = one_by_one<double>(same, n);
    for (int64_t i = 0; i < n; ++i)
      ASSERT_EQ(got[size_t(i)], double(i) + wanted[size_t(i)]) << i;
    for (int64_t count : {n, n + 1}) { // a half is left, and one that was left comes first
      const std::vector<float> got32 = (2 * rng.random(count, nd::float32)).to_vector<float>(),
                               wanted32 = one_by_one<float>(same, count);
      for (int64_t i = 0; i < count; ++i)
        ASSERT_EQ(got32[size_t(i)], 2 * wanted32[size_t(i)]) << i;
    }
    EXPECT_EQ(rng.bit_generator().state().template to_vector<uint64_t>(),
              same.bit_generator().state().template to_vector<uint64_t>());
  }
  nd::set_num_threads(0);
}
TEST(Random, PhiloxIsDrawnInPlace) { expect_drawn_in_place<nd::random::Philox>(); }
TEST(Random, PCG64IsDrawnInPlace) { expect_drawn_in_place<nd::random::PCG64>(); }
TEST(Random, PCG64DXSMIsDrawnInPlace) { expect_drawn_in_place<nd::random::PCG64DXSM>(); }

TEST(Random, DrawsInPlaceNeedNoArray) {
  nd::random::Generator rng(nd::random::Philox(1));
  auto noisy = nd::jit([rng](nd::array x) {
    nd::array u = rng.random({200, 500}), v = rng.uniform(-1, 2, {200, 500});
    return ((x + 0.1 * u) * v).sum(1);
  });
  nd::program program = noisy.lower(nd::zeros({500}));
  EXPECT_EQ(program.kernels(), 3); // one for each count of draws
  nd::random::Generator same(nd::random::Philox(1));
  for (int call = 0; call < 2; ++call) {
    nd::array u = same.random({200, 500}).copy(), v = same.uniform(-1, 2, {200, 500}).copy();
    EXPECT_EQ(noisy(nd::ones({500})).to_vector<double>(),
              ((1 + 0.1 * u) * v).sum(1).to_vector<double>());
  }
  EXPECT_EQ(rng.random(3).to_vector<double>(), same.random(3).to_vector<double>());
}

TEST(Random, DrawsInPlaceWithASizeThatARunDecides) {
  auto rng = default_rng(4), same = default_rng(4);
  auto f = nd::jit([rng](nd::array x) {
    nd::array chosen = x[x > 0];
    return chosen + rng.random(chosen.shape());
  });
  for (int64_t n : {10, 5000, 0, 77}) {
    nd::array x = nd::arange(2 * n) - n;
    const int64_t chosen = std::max<int64_t>(n - 1, 0);
    EXPECT_EQ(f(x).to_vector<double>(),
              (nd::arange(1, chosen + 1) + same.random(chosen)).to_vector<double>());
  }
}

TEST(Random, NumbersThatWaitAreThoseOfTheirCall) {
  auto rng = default_rng(6), same = default_rng(6);
  nd::array first = rng.random(70000), second = rng.random(70000);
  const double next = rng.random().item();
  const std::vector<double> wanted = one_by_one<double>(same, 70000);
  EXPECT_EQ(second.to_vector<double>(), one_by_one<double>(same, 70000));
  EXPECT_EQ(first.to_vector<double>(), wanted);
  EXPECT_EQ((first * 1).to_vector<double>(), wanted);
  EXPECT_EQ(next, same.random().item());
}

template <class Bits> void expect_argument() {
  using nd::random::Generator;
  Generator rng(Bits(8)), same(Bits(8));
  auto f = nd::jit([](nd::array x, Generator g) {
    nd::array u = g.random({3, 4}), z = g.normal(0, x, 4);
    return std::pair(u * x, z);
  });
  nd::array x{1.0, 2.0, 3.0, 4.0};
  for (int call = 0; call < 3; ++call) {
    auto [a, b] = f(x, rng);
    EXPECT_EQ(a.template to_vector<double>(),
              (same.random({3, 4}).copy() * x).template to_vector<double>());
    EXPECT_EQ(b.template to_vector<double>(), same.normal(0, x, 4).template to_vector<double>());
    EXPECT_EQ(rng.bit_generator().state().template to_vector<uint64_t>(),
              same.bit_generator().state().template to_vector<uint64_t>());
  }
  Generator other(Bits(9)), again(Bits(9)); // another stream, the same code
  EXPECT_EQ(f(x, other).first.template to_vector<double>(),
            (again.random({3, 4}).copy() * x).template to_vector<double>());
}
TEST(Random, AGeneratorIsAnArgument) {
  expect_argument<nd::random::PCG64>();
  expect_argument<nd::random::Philox>();
  expect_argument<nd::random::SFC64>();
  expect_argument<nd::random::MT19937>();
}

TEST(Random, AGeneratorThatIsAnArgumentStaysWhereACallFails) {
  auto rng = default_rng(5), same = default_rng(5);
  auto f = nd::jit([](nd::random::Generator g, nd::array scale) {
    nd::array u = g.random(5);
    return u + g.normal(0, scale, 5);
  });
  EXPECT_THROW(f(rng, nd::array(-1.0)), nd::value_error);
  EXPECT_EQ(rng.random(3).to_vector<double>(), same.random(3).to_vector<double>());
}

TEST(Random, AGeneratorIsGivenOnToAnInnerFunction) {
  auto rng = default_rng(5), same = default_rng(5);
  auto inner = nd::jit([](nd::random::Generator g) { return g.random(4); });
  auto outer = nd::jit([&](nd::random::Generator g, nd::array x) {
    nd::array a = inner(g), b = g.random(4);
    return (a - b) * x;
  });
  nd::array a = same.random(4), b = same.random(4);
  EXPECT_EQ(outer(rng, 2.0).to_vector<double>(), ((a - b) * 2.0).to_vector<double>());
  EXPECT_EQ(rng.random(3).to_vector<double>(), same.random(3).to_vector<double>());
}

TEST(Random, ThreadsThatCallWithOneGeneratorGetEachDrawOnce) {
  auto rng = default_rng(11), same = default_rng(11);
  auto f = nd::jit([](nd::random::Generator g) { return g.random(1); });
  std::vector<double> got[4];
  {
    std::vector<std::jthread> threads;
    for (auto &mine : got)
      threads.emplace_back([&] {
        for (int i = 0; i < 100; ++i)
          mine.push_back(f(rng).item());
      });
  }
  std::vector<double> all, wanted = same.random(400).to_vector<double>();
  for (auto &mine : got)
    all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(all, wanted);
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
  EXPECT_THROW(nd::random::MT19937(1).advance(-1), nd::value_error);
  EXPECT_THROW(nd::random::PCG64(1).set_state(nd::random::SFC64(1).state()), nd::value_error);
  EXPECT_THROW(nd::random::seed("0x100000000"), nd::value_error);
  EXPECT_THROW(rng.choice(0, 2), nd::value_error);
}

TEST(Random, OfNothingNothingIsChosen) {
  auto rng = default_rng(1);
  EXPECT_EQ(rng.choice(0, 0).shape(), (nd::shape{0}));
  EXPECT_EQ(rng.choice(nd::zeros({0, 3}), 0).shape(), (nd::shape{0, 3}));
  EXPECT_EQ(rng.integers(5, 5, {2, 0}).shape(), (nd::shape{2, 0}));
}

} // namespace
