// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime_arrays.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <complex>
#include <cstring>
#include <limits>
#include <random>

using namespace test;

namespace {

template <class T> class MatmulFloat : public testing::Test {};
using Floats = testing::Types<float, double>;
TYPED_TEST_SUITE(MatmulFloat, Floats);

TYPED_TEST(MatmulFloat, AllSizesAndTranspositions) {
  using T = TypeParam;
  for (Shape mkn : {Shape{1, 1, 1},
                    {2, 3, 4},
                    {7, 7, 7},
                    {1, 50, 30},
                    {30, 50, 1},
                    {1, 1000, 1},
                    {33, 65, 17},
                    {130, 140, 150},
                    {3, 40000, 5},
                    {300, 2, 500},
                    {64, 1, 64}})
    for (int layout = 0; layout < 4; ++layout) {
      int64_t m = mkn[0], k = mkn[1], n = mkn[2];
      Array<T> a = layout & 1 ? transposed(randomArray<T>({k, m})) : randomArray<T>({m, k});
      Array<T> b = layout & 2 ? transposed(randomArray<T>({n, k}, 2)) : randomArray<T>({k, n}, 2);
      Array<T> out({m, n});
      ASSERT_EQ(ndrt_matmul(a.tensor(), b.tensor(), out.tensor()), NDRT_OK) << ndrt_last_error();
      auto at = [](Array<T> &x, int64_t i, int64_t j) {
        return static_cast<double>(x.values[static_cast<size_t>(
            x.strides.empty() ? i * x.shape[1] + j : i * x.strides[0] + j * x.strides[1])]);
      };
      double bound = std::numeric_limits<T>::epsilon() * 4 * std::sqrt(static_cast<double>(k)) *
                     (8 + std::sqrt(static_cast<double>(k)));
      for (int64_t i = 0; i < m; i += 1 + m / 20)
        for (int64_t j = 0; j < n; j += 1 + n / 20) {
          double sum = 0;
          for (int64_t l = 0; l < k; ++l)
            sum += at(a, i, l) * at(b, l, j);
          ASSERT_NEAR(static_cast<double>(out.values[static_cast<size_t>(i * n + j)]), sum, bound)
              << m << ' ' << k << ' ' << n << " layout " << layout;
        }
    }
}

TYPED_TEST(MatmulFloat, NoThreadCountChangesABit) {
  using T = TypeParam;
  struct Case {
    Shape a, b, out;
  };
  for (const Case &shapes :
       {Case{{700, 600}, {600, 500}, {700, 500}}, Case{{5, 90000}, {90000, 7}, {5, 7}},
        Case{{2000, 1500}, {1500}, {2000}}, Case{{1500}, {1500, 2000}, {2000}},
        Case{{500000}, {500000}, {}}, Case{{9, 200, 150}, {9, 150, 170}, {9, 200, 170}}}) {
    Array<T> a = randomArray<T>(shapes.a), b = randomArray<T>(shapes.b, 2);
    std::vector<T> first;
    for (int threads : {1, 2, 3}) {
      ndrt_set_num_threads(threads);
      Array<T> out(shapes.out);
      ASSERT_EQ(ndrt_matmul(a.tensor(), b.tensor(), out.tensor()), NDRT_OK);
      if (threads == 1)
        first = out.values;
      EXPECT_EQ(std::memcmp(first.data(), out.values.data(), first.size() * sizeof(T)), 0);
    }
  }
  ndrt_set_num_threads(0);
}

TYPED_TEST(MatmulFloat, ProductWithTheOwnTransposeIsSymmetric) {
  using T = TypeParam;
  for (Shape shape : {Shape{60, 40}, Shape{500, 700}}) {
    Array<T> x = randomArray<T>(shape);
    DLTensor turned = *x.tensor();
    Shape extents{shape[1], shape[0]}, strides{1, shape[1]};
    turned.shape = extents.data();
    turned.strides = strides.data();
    Array<T> symmetric({shape[1], shape[1]}), copied({shape[1], shape[1]});
    ASSERT_EQ(ndrt_matmul(&turned, x.tensor(), symmetric.tensor()), NDRT_OK);
    Array<T> other = x;
    ASSERT_EQ(ndrt_matmul(&turned, other.tensor(), copied.tensor()), NDRT_OK);
    auto n = static_cast<size_t>(shape[1]);
    for (size_t i = 0; i < n; ++i)
      for (size_t j = 0; j < n; ++j) {
        ASSERT_EQ(symmetric(i, j), symmetric(j, i));
        ASSERT_NEAR(symmetric(i, j), copied(i, j), std::numeric_limits<T>::epsilon() * 3000);
      }
  }
}

// Whatever vectors the machine has: each sum is in order, fused for rows of 32 bytes or more.
TYPED_TEST(MatmulFloat, TinyProductsHaveTheSameBitsEverywhere) {
  using T = TypeParam;
  for (int64_t n = 1; n <= 32; ++n)
    for (int64_t m : {1, 2, 5, 8, 32}) {
      const int64_t k = 9;
      Array<T> a = randomArray<T>({2, m, k}), b = randomArray<T>({2, k, n}, 2), out({2, m, n});
      ASSERT_EQ(ndrt_matmul(a.tensor(), b.tensor(), out.tensor()), NDRT_OK) << ndrt_last_error();
      for (int64_t i = 0; i < 2 * m; ++i)
        for (int64_t j = 0; j < n; ++j) {
          T sum = 0;
          for (int64_t l = 0; l < k; ++l) {
            const T x = a.values[size_t(i * k + l)], y = b.values[size_t((i / m * k + l) * n + j)];
            sum = n * int64_t(sizeof(T)) >= 32 ? std::fma(x, y, sum) : sum + x * y;
          }
          ASSERT_EQ(out.values[size_t(i * n + j)], sum)
              << m << " x " << n << " at " << i << ", " << j;
        }
    }
}

TEST(Matmul, VectorsAndBatchesFollowNumPy) {
  Array<double> v({3}, {1, 2, 3}), w({3}, {4, 5, 6}), dot({});
  ASSERT_EQ(ndrt_matmul(v.tensor(), w.tensor(), dot.tensor()), NDRT_OK);
  EXPECT_EQ(dot.values[0], 32);

  Array<double> stack({2, 1, 2, 3}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}), left({2, 1, 2});
  ASSERT_EQ(ndrt_matmul(stack.tensor(), v.tensor(), left.tensor()), NDRT_OK);
  EXPECT_EQ(left.values, (std::vector<double>{8, 26, 44, 62}));

  Array<double> pairs({3, 3, 2});
  for (size_t i = 0; i < 18; ++i)
    pairs.values[i] = static_cast<double>(i);
  Array<double> out({2, 3, 2, 2}); // (2, 1, 2, 3) x (3, 3, 2)
  ASSERT_EQ(ndrt_matmul(stack.tensor(), pairs.tensor(), out.tensor()), NDRT_OK);
  for (int64_t p = 0; p < 2; ++p)
    for (int64_t q = 0; q < 3; ++q)
      for (int64_t i = 0; i < 2; ++i)
        for (int64_t j = 0; j < 2; ++j) {
          double sum = 0;
          for (int64_t l = 0; l < 3; ++l)
            sum += static_cast<double>((p * 6 + i * 3 + l) * (q * 6 + l * 2 + j));
          EXPECT_EQ(out.values[static_cast<size_t>(((p * 3 + q) * 2 + i) * 2 + j)], sum);
        }
}

TEST(Matmul, AStackOfRowsMeetsOneMatrix) {
  Array<double> a = randomArray<double>({4, 5, 30, 20}), b = randomArray<double>({20, 40}, 2);
  Array<double> out({4, 5, 30, 40});
  ASSERT_EQ(ndrt_matmul(a.tensor(), b.tensor(), out.tensor()), NDRT_OK);
  for (size_t row : {0u, 31u, 599u})
    for (size_t j : {0u, 39u}) {
      double sum = 0;
      for (size_t l = 0; l < 20; ++l)
        sum += a.values[row * 20 + l] * b.values[l * 40 + j];
      EXPECT_NEAR(out.values[row * 40 + j], sum, 1e-12);
    }
}

TEST(Matmul, ReversedAndRepeatedViews) {
  // a[::-1, ::-1] with a of 30 x 40, and a row repeated 40 times
  Array<double> a = randomArray<double>({30, 40}), b = randomArray<double>({1, 25}, 2);
  DLTensor left = *a.tensor(), right = *b.tensor();
  Shape backwards{-40, -1}, repeated{0, 1}, extents{40, 25};
  left.byte_offset = (30 * 40 - 1) * sizeof(double);
  left.strides = backwards.data();
  right.strides = repeated.data();
  right.shape = extents.data();
  Array<double> out({30, 25});
  ASSERT_EQ(ndrt_matmul(&left, &right, out.tensor()), NDRT_OK) << ndrt_last_error();
  for (size_t i = 0; i < 30; ++i)
    for (size_t j = 0; j < 25; ++j) {
      double sum = 0;
      for (size_t l = 0; l < 40; ++l)
        sum += a.values[(29 - i) * 40 + 39 - l] * b.values[j];
      EXPECT_NEAR(out(i, j), sum, 1e-12);
    }
}

TEST(Matmul, NoTermsGiveZeros) {
  Array<float> a({3, 0}), b({0, 2}), out({3, 2});
  ASSERT_EQ(ndrt_matmul(a.tensor(), b.tensor(), out.tensor()), NDRT_OK);
  EXPECT_EQ(out.values, std::vector<float>(6, 0.0f));
  Array<int32_t> none({0, 4}), four({4, 2}), empty({0, 2});
  EXPECT_EQ(ndrt_matmul(none.tensor(), four.tensor(), empty.tensor()), NDRT_OK);
}

/// What ndrt_matmul_rows hands on: each row once, finished.
template <class T> struct Rows {
  const Array<T> *expected;
  Array<T> *out;
  int64_t columns, unit;
  std::vector<int> seen;
  std::atomic<bool> finished = true;

  static void task(void *context, int64_t begin, int64_t end) {
    auto &self = *static_cast<Rows *>(context);
    for (int64_t row = begin / self.unit; row < end / self.unit; ++row) {
      ++self.seen[static_cast<size_t>(row)];
      auto first = static_cast<size_t>(row * self.columns);
      T *values = self.out->values.data() + first;
      if (std::memcmp(values, self.expected->values.data() + first,
                      static_cast<size_t>(self.columns) * sizeof(T)) != 0)
        self.finished = false;
      std::fill_n(values, self.columns, T(7)); // as an epilogue that writes over them
    }
  }
};

TYPED_TEST(MatmulFloat, RowsAreHandedOnOnceAndFinished) {
  using T = TypeParam;
  struct Case {
    Shape a, b, out;
  };
  for (const Case &shapes :
       {Case{{3, 4}, {4, 5}, {3, 5}}, Case{{70, 60}, {60, 50}, {70, 50}},
        Case{{700, 600}, {600, 500}, {700, 500}}, Case{{900, 40}, {40, 3000}, {900, 3000}},
        Case{{5, 90000}, {90000, 7}, {5, 7}}, Case{{40, 200, 30}, {40, 30, 20}, {40, 200, 20}},
        Case{{5000, 4, 4}, {5000, 4, 4}, {5000, 4, 4}},
        Case{{6, 300, 200}, {200, 100}, {6, 300, 100}}, Case{{1, 1500}, {1500, 2000}, {1, 2000}},
        Case{{9, 20, 15}, {15}, {9, 20}}, Case{{15}, {9, 15, 20}, {9, 20}},
        Case{{6, 0}, {0, 5}, {6, 5}}})
    for (int threads : {1, 3})
      for (int64_t unit : {int64_t{1}, shapes.out.back()}) {
        ndrt_set_num_threads(threads);
        Array<T> a = randomArray<T>(shapes.a), b = randomArray<T>(shapes.b, 2);
        Array<T> expected(shapes.out), out(shapes.out);
        ASSERT_EQ(ndrt_matmul(a.tensor(), b.tensor(), expected.tensor()), NDRT_OK);
        int64_t columns = shapes.out.back();
        Rows<T> rows{&expected, &out, columns, unit,
                     std::vector<int>(expected.values.size() / static_cast<size_t>(columns))};
        ASSERT_EQ(
            ndrt_matmul_rows(a.tensor(), b.tensor(), out.tensor(), Rows<T>::task, &rows, unit),
            NDRT_OK);
        EXPECT_EQ(rows.seen, std::vector<int>(rows.seen.size(), 1));
        EXPECT_TRUE(rows.finished);
        EXPECT_EQ(out.values, std::vector<T>(out.values.size(), T(7)));
      }
  ndrt_set_num_threads(0);
}

TEST(Matmul, AdjointIsTheConjugateTranspose) {
  using C = std::complex<double>;
  for (Shape shape : {Shape{3, 5}, {60, 40}, {500, 300}, {1, 4}, {200, 1}, {7, 30, 20}})
    for (bool own : {true, false})
      for (bool turned : {false, true}) {
        size_t rank = shape.size();
        int64_t k = shape[rank - 2], m = shape[rank - 1], count = rank == 3 ? shape[0] : 1;
        std::mt19937_64 random(3);
        std::normal_distribution<double> normal;
        Array<C> a(shape), b(shape);
        for (Array<C> *x : {&a, &b})
          for (C &value : x->values)
            value = {normal(random), normal(random)};
        if (turned) // the same shape in the order of columns
          for (Array<C> *x : {&a, &b})
            x->strides = rank == 3 ? Shape{k * m, 1, k} : Shape{1, k};
        Shape outShape = shape;
        outShape[rank - 2] = m;
        Array<C> out(outShape);
        Array<C> &right = own ? a : b;
        ASSERT_EQ(ndrt_adjoint_matmul(a.tensor(), right.tensor(), out.tensor()), NDRT_OK)
            << ndrt_last_error();
        auto at = [&](const Array<C> &x, int64_t p, int64_t i, int64_t j) {
          return x.values[static_cast<size_t>(p * k * m + (turned ? i + j * k : i * m + j))];
        };
        for (int64_t p = 0; p < count; ++p)
          for (int64_t i = 0; i < m; i += 1 + m / 17)
            for (int64_t j = 0; j < m; j += 1 + m / 17) {
              C sum = 0;
              for (int64_t l = 0; l < k; ++l)
                sum += std::conj(at(a, p, l, i)) * at(right, p, l, j);
              C got = out.values[static_cast<size_t>((p * m + i) * m + j)];
              ASSERT_LT(std::abs(got - sum), 1e-13 * static_cast<double>(k + 10))
                  << k << ' ' << m << ' ' << i << ' ' << j << ' ' << own << turned;
              if (own && !turned && m > 8) {
                ASSERT_EQ(got, std::conj(out.values[static_cast<size_t>((p * m + j) * m + i)]));
              }
            }
      }
}

template <class T> class MatmulInteger : public testing::Test {};
using Integers =
    testing::Types<int8_t, int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t, bool>;
TYPED_TEST_SUITE(MatmulInteger, Integers);

TYPED_TEST(MatmulInteger, WrapsAsNumPyDoes) {
  using T = TypeParam;
  for (Shape mkn : {Shape{1, 1, 1}, {5, 9, 6}, {37, 100, 70}, {150, 200, 130}}) {
    int64_t m = mkn[0], k = mkn[1], n = mkn[2];
    Array<T> a = randomArray<T>({m, k}), b = transposed(randomArray<T>({n, k}, 2)), out({m, n});
    ASSERT_EQ(ndrt_matmul(a.tensor(), b.tensor(), out.tensor()), NDRT_OK);
    for (int64_t i = 0; i < m; ++i)
      for (int64_t j = 0; j < n; ++j) {
        uint64_t sum = 0;
        for (int64_t l = 0; l < k; ++l) {
          auto x = static_cast<uint64_t>(a.values[static_cast<size_t>(i * k + l)]);
          auto y = static_cast<uint64_t>(b.values[static_cast<size_t>(j * k + l)]);
          sum = std::is_same_v<T, bool> ? sum | (x & y) : sum + x * y;
        }
        ASSERT_EQ(out(static_cast<size_t>(i), static_cast<size_t>(j)), static_cast<T>(sum));
      }
  }
}

TEST(Matmul, WhatDoesNotFitIsRefused) {
  Array<double> a({2, 3}), b({4, 2}), out({2, 2});
  EXPECT_EQ(ndrt_matmul(a.tensor(), b.tensor(), out.tensor()), NDRT_ERR_ARGUMENT);
  EXPECT_STREQ(ndrt_last_error(), "matmul: a has rows of 3, b columns of 4; they must be equal");
  Array<float> c({3, 2});
  EXPECT_EQ(ndrt_matmul(a.tensor(), c.tensor(), out.tensor()), NDRT_ERR_ARGUMENT);
}

} // namespace
