// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A hundred thousand operations and nobody who reads in between: no stack may overflow, and nothing
// may take time that grows with the square. ctest stops what does.
#include "tests/unit/frontend_expect.h"

namespace {

constexpr int many = 100000;

} // namespace

TEST(DeepGraphs, AChain) {
  nd::array a = nd::zeros({4});
  for (int i = 0; i < many; ++i)
    a = a + 1;
  EXPECT_EQ(a.to_vector<double>(), std::vector<double>(4, many));
}

TEST(DeepGraphs, AChainThatNobodyReads) {
  nd::array a = nd::zeros({4});
  for (int i = 0; i < many; ++i)
    a = a + 1;
}

TEST(DeepGraphs, EachValueIsUsedTwice) {
  nd::array a = nd::ones({4});
  for (int i = 0; i < many; ++i)
    a = a * 0.5 + a * 0.5;
  EXPECT_EQ(a.to_vector<double>(), std::vector<double>(4, 1));
}

TEST(DeepGraphs, AllValuesAreKept) {
  std::vector<nd::array> all{nd::zeros({4})};
  for (int i = 0; i < many; ++i)
    all.push_back(all.back() + 1);
  EXPECT_EQ(all.back().sum().item<double>(), 4.0 * many);
  EXPECT_EQ(all[many / 2].sum().item<double>(), 2.0 * many);
}

TEST(DeepGraphs, ManyArraysMeet) {
  std::vector<nd::array> all;
  for (int i = 0; i < many; ++i)
    all.push_back(nd::full({4}, i % 7));
  nd::array sum = all[0];
  for (int i = 1; i < many; ++i)
    sum = sum + all[size_t(i)];
  EXPECT_EQ(sum[0].item<double>(), 299995.0);
}

// The way from an array to its view was as long as the chain.
TEST(DeepGraphs, ViewsOfViews) {
  nd::array a = nd::arange(24.0).reshape(4, 6), expected = a[nd::all, nd::slice(0, 5)].copy();
  a.eval();
  nd::array b = a[nd::all, nd::slice(0, 5)], c = a[nd::all, nd::slice(0, 5)];
  for (int i = 0; i < many; ++i) {
    b = b[nd::slice({}, {}, -1)];
    c = nd::expand_dims(c, 0).squeeze(0).T();
  }
  EXPECT_TRUE(nd::array_equal(b, expected));
  EXPECT_TRUE(nd::array_equal(c, expected));
  b[0] = 7; // still a view
  EXPECT_EQ((a[0, 3].item<double>()), 7);
}

TEST(DeepGraphs, ViewsOfLazyViews) {
  nd::array a = nd::arange(24.0).reshape(4, 6) + 1, b = a;
  for (int i = 0; i < many; ++i)
    b = b.reshape(6, 4).reshape(4, 6).T().T()[nd::slice({}, {}, -1)];
  EXPECT_EQ((b[0, 0].item<double>()), 1);
  EXPECT_EQ((b[3, 5].item<double>()), 24);
}

// An index with arrays that came to be evaluated on the way had no value in the record to name.
TEST(DeepGraphs, ChoicesOfChoices) {
  nd::array a = nd::arange(8.0), back({7, 6, 5, 4, 3, 2, 1, 0}), b = a, c = a;
  for (int i = 0; i < many / 10; ++i) {
    b = b[back];
    c = c[c > -1];
  }
  EXPECT_TRUE(nd::array_equal(b, a));
  EXPECT_TRUE(nd::array_equal(c, a));
}

TEST(DeepGraphs, ChoicesThatNobodyLooksAt) {
  nd::array a = nd::arange(8.0), at({1, 2});
  std::vector<nd::array> all;
  for (int i = 0; i < many; ++i)
    all.push_back(a[at]);
  std::vector<nd::array> some(all.begin(), all.begin() + 10);
  all.clear();
  a += 1;
  EXPECT_EQ(some[9].to_vector<double>(), (std::vector<double>{1, 2}));
}

TEST(DeepGraphs, ReductionsOfOneArray) {
  nd::array a = nd::arange(8.0), sum = a.sum();
  for (int i = 0; i < many; ++i)
    sum = sum + a.sum();
  EXPECT_EQ(sum.item<double>(), 28.0 * (many + 1));
}

TEST(DeepGraphs, Writes) {
  nd::array a = nd::zeros({16});
  for (int i = 0; i < many; ++i)
    a[i % 16] += 1;
  EXPECT_EQ(a.sum().item<double>(), many);
}

// A program for all of them took 19 ms for each to compile.
TEST(DeepGraphs, ManyPartsAreJoined) {
  std::vector<nd::array> parts;
  for (int i = 0; i < many / 10; ++i)
    parts.push_back(nd::array({1.0 * i}) + 1);
  const int64_t before = nd::compile_stats().programs;
  nd::array all = nd::concatenate(parts);
  EXPECT_EQ(all.size(), many / 10);
  EXPECT_EQ(all[-1].item<double>(), many / 10);
  EXPECT_LE(nd::compile_stats().programs - before, 3);
  EXPECT_EQ(nd::concatenate(std::vector<nd::array>(100, nd::array({true, false}))).dtype(),
            nd::bool_);
  parts.push_back(nd::ones({1}, nd::complex64));
  EXPECT_EQ(nd::stack(parts, 1).dtype(), nd::complex128);
}

// One nest of all of them took minutes to compile.
TEST(DeepGraphs, InsideJit) {
  constexpr int steps = 2000;
  auto f = nd::jit([](nd::array x) {
    for (int i = 0; i < steps; ++i)
      x = x * 1.000001 + 1;
    return x;
  });
  double expected = 1;
  for (int i = 0; i < steps; ++i)
    expected = expected * 1.000001 + 1;
  EXPECT_EQ(f(nd::ones({4})).to_vector<double>(), std::vector<double>(4, expected));
  EXPECT_EQ(f.lower(nd::ones({4})).kernels(), 2 * steps / 256 + 1);
}
