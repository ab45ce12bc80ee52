// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <gtest/gtest.h>
#include <ndrt/ndrt.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <complex>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using Shape = std::vector<int64_t>;

template <class T> DLDataType typeOf() {
  if (std::is_same_v<T, bool>)
    return {NDRT_DL_BOOL, 8, 1};
  if (std::is_same_v<T, std::complex<double>>)
    return {kDLComplex, 128, 1};
  auto code = std::is_floating_point_v<T> ? kDLFloat : std::is_signed_v<T> ? kDLInt : kDLUInt;
  return {static_cast<uint8_t>(code), 8 * sizeof(T), 1};
}

/// A C-contiguous array, and views of it.
template <class T> struct Array {
  using Stored = std::conditional_t<std::is_same_v<T, bool>, uint8_t, T>;
  std::vector<Stored> values;
  Shape shape, strides;
  DLTensor raw{};

  explicit Array(Shape extents) : shape(std::move(extents)) {
    int64_t count = 1;
    for (int64_t extent : shape)
      count *= extent;
    values.assign(static_cast<size_t>(count), Stored(77));
  }
  Array(Shape extents, std::vector<Stored> data)
      : values(std::move(data)), shape(std::move(extents)) {}

  DLTensor *tensor() {
    raw = {values.data(),
           {kDLCPU, 0},
           static_cast<int>(shape.size()),
           typeOf<T>(),
           shape.data(),
           strides.empty() ? nullptr : strides.data(),
           0};
    return &raw;
  }
  Stored &operator()(size_t i, size_t j) {
    return values[i * static_cast<size_t>(shape.back()) + j];
  }
};

template <class T> Array<T> randomArray(Shape shape, unsigned seed = 1) {
  std::mt19937 random(seed);
  Array<T> result(std::move(shape));
  for (auto &value : result.values) {
    if constexpr (std::is_floating_point_v<T>)
      value = static_cast<T>(std::normal_distribution<double>()(random));
    else if constexpr (std::is_same_v<T, bool>)
      value = random() % 8 == 0;
    else
      value = static_cast<T>(random());
  }
  return result;
}

/// The 2-D view \p x.T.
template <class T> Array<T> transposed(Array<T> x) {
  x.strides = {1, x.shape[1]};
  std::swap(x.shape[0], x.shape[1]);
  return x;
}

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

// ---- decompositions -----------------------------------------------------------------------------

template <class T> class Decompose : public testing::Test {};
TYPED_TEST_SUITE(Decompose, Floats);

/// Largest |a b - c| of one matrix each.
template <class T>
double distance(const T *a, const T *b, const T *c, int64_t m, int64_t k, int64_t n) {
  double most = 0;
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j) {
      double sum = 0;
      for (int64_t l = 0; l < k; ++l)
        sum += static_cast<double>(a[i * k + l]) * static_cast<double>(b[l * n + j]);
      most = std::max(most, std::abs(sum - static_cast<double>(c[i * n + j])));
    }
  return most;
}

TYPED_TEST(Decompose, InverseTimesMatrixIsIdentity) {
  using T = TypeParam;
  for (int64_t n : {1, 2, 3, 8, 17, 64, 65, 200}) {
    Array<T> a = randomArray<T>({2, n, n}), out({2, n, n}), identity({n, n});
    for (int64_t i = 0; i < 2 * n * n; i += n + 1)
      if (i % (n * n) == i % (n * n) / (n + 1) * (n + 1))
        a.values[static_cast<size_t>(i)] += static_cast<T>(3);
    Array<T> before = a;
    ASSERT_EQ(ndrt_inv(a.tensor(), out.tensor()), NDRT_OK) << ndrt_last_error();
    EXPECT_EQ(a.values, before.values);
    for (size_t i = 0; i < identity.values.size(); ++i)
      identity.values[i] = i % static_cast<size_t>(n + 1) == 0;
    for (int64_t which : {0, 1})
      EXPECT_LT(distance(a.values.data() + which * n * n, out.values.data() + which * n * n,
                         identity.values.data(), n, n, n),
                std::numeric_limits<T>::epsilon() * 3e4 * static_cast<double>(n))
          << n;
  }
}

TYPED_TEST(Decompose, SolveForVectorsAndMatrices) {
  using T = TypeParam;
  for (int64_t n : {1, 2, 5, 16, 17, 40, 150})
    for (int64_t k : {0, 1, 3, 200}) {
      Array<T> a = randomArray<T>({n, n}), b = randomArray<T>({n, std::max<int64_t>(k, 1)}, 3);
      for (int64_t i = 0; i < n * n; i += n + 1)
        a.values[static_cast<size_t>(i)] += static_cast<T>(2 * n);
      Array<T> before = a;
      if (k == 0)
        b.shape = {n}; // a vector
      Array<T> x(b.shape), rightBefore = b;
      ASSERT_EQ(ndrt_solve(a.tensor(), b.tensor(), x.tensor()), NDRT_OK) << ndrt_last_error();
      EXPECT_EQ(a.values, before.values);
      EXPECT_EQ(b.values, rightBefore.values);
      EXPECT_LT(distance(a.values.data(), x.values.data(), b.values.data(), n, n,
                         std::max<int64_t>(k, 1)),
                std::numeric_limits<T>::epsilon() * 200 * std::sqrt(static_cast<double>(n)));
    }
}

TYPED_TEST(Decompose, QrGivesBackTheMatrix) {
  using T = TypeParam;
  for (Shape mn : {Shape{1, 1}, {5, 3}, {3, 5}, {40, 40}, {200, 70}, {70, 200}}) {
    int64_t m = mn[0], n = mn[1], k = std::min(m, n);
    Array<T> a = randomArray<T>({3, m, n}), q({3, m, k}), r({3, k, n});
    ASSERT_EQ(ndrt_qr(a.tensor(), q.tensor(), r.tensor()), NDRT_OK) << ndrt_last_error();
    for (int64_t which = 0; which < 3; ++which) {
      EXPECT_LT(distance(q.values.data() + which * m * k, r.values.data() + which * k * n,
                         a.values.data() + which * m * n, m, k, n),
                std::numeric_limits<T>::epsilon() * 300);
      for (int64_t i = 0; i < k; ++i)
        for (int64_t j = 0; j < i; ++j)
          EXPECT_EQ(r.values[static_cast<size_t>(which * k * n + i * n + j)], 0);
    }
  }
}

TEST(Decomposition, NoThreadCountChangesABit) {
  Array<double> a = randomArray<double>({300, 300}), b = randomArray<double>({300, 280}, 2);
  std::vector<double> inverse, solution, q;
  for (int threads : {1, 2, 3}) {
    ndrt_set_num_threads(threads);
    Array<double> x({300, 300}), y({300, 280}), orthogonal({300, 300}), upper({300, 300});
    ASSERT_EQ(ndrt_inv(a.tensor(), x.tensor()), NDRT_OK);
    ASSERT_EQ(ndrt_solve(a.tensor(), b.tensor(), y.tensor()), NDRT_OK);
    ASSERT_EQ(ndrt_qr(a.tensor(), orthogonal.tensor(), upper.tensor()), NDRT_OK);
    if (threads == 1) {
      inverse = x.values;
      solution = y.values;
      q = orthogonal.values;
    }
    EXPECT_EQ(inverse, x.values);
    EXPECT_EQ(solution, y.values);
    EXPECT_EQ(q, orthogonal.values);
  }
  ndrt_set_num_threads(0);
}

TEST(Decomposition, Determinants) {
  Array<double> a({4, 2, 2}, {1, 2, 3, 4, 1, 2, 2, 4, 0, 1, 1, 0, 2, 0, 0, 5}), out({4});
  ASSERT_EQ(ndrt_det(a.tensor(), out.tensor()), NDRT_OK);
  EXPECT_NEAR(out.values[0], -2, 1e-15);
  EXPECT_EQ(out.values[1], 0); // singular is not an error
  EXPECT_EQ(out.values[2], -1);
  EXPECT_EQ(out.values[3], 10);

  Array<double> none({0, 0}), one({});
  ASSERT_EQ(ndrt_det(none.tensor(), one.tensor()), NDRT_OK);
  EXPECT_EQ(one.values[0], 1);

  Array<double> wide({4, 4}); // the product leaves the range half-way
  std::fill(wide.values.begin(), wide.values.end(), 0.0);
  wide(0, 0) = wide(1, 1) = 1e200;
  wide(2, 2) = wide(3, 3) = 1e-200;
  ASSERT_EQ(ndrt_det(wide.tensor(), one.tensor()), NDRT_OK);
  EXPECT_NEAR(one.values[0], 1, 1e-12);
}

TEST(Decomposition, SingularMatricesNameThePivot) {
  Array<double> a({3, 3}, {1, 0, 0, 0, 1, 0, 0, 0, 0}), x({3, 3});
  EXPECT_EQ(ndrt_inv(a.tensor(), x.tensor()), NDRT_ERR_SINGULAR);
  EXPECT_STREQ(ndrt_last_error(), "inv: singular matrix: pivot 2 of 3 is zero");
  Array<double> stack({2, 2, 2, 2}), b({2}, {1, 2}), y({2, 2, 2});
  std::fill(stack.values.begin(), stack.values.end(), 0.0);
  for (size_t i : {0u, 3u, 4u, 7u, 12u, 15u}) // the third matrix stays zero
    stack.values[i] = 1;
  EXPECT_EQ(ndrt_solve(stack.tensor(), b.tensor(), y.tensor()), NDRT_ERR_SINGULAR);
  EXPECT_STREQ(ndrt_last_error(),
               "solve: singular matrix: pivot 0 of 2 is zero in matrix (1, 0) of the batch");
}

TEST(Decomposition, BIsAVectorOnlyIfItHasOneAxis) {
  // NumPy 2: (2, 2, 2) with (2, 2) is a matrix for both, not two vectors.
  Array<double> a({2, 2, 2}, {1, 0, 0, 1, 2, 0, 0, 2}), b({2, 2}, {1, 2, 3, 4}), x({2, 2, 2});
  ASSERT_EQ(ndrt_solve(a.tensor(), b.tensor(), x.tensor()), NDRT_OK) << ndrt_last_error();
  EXPECT_EQ(x.values, (std::vector<double>{1, 2, 3, 4, 0.5, 1, 1.5, 2}));
}

TEST(Decomposition, EmptyMatrices) {
  Array<float> a({0, 0}), out({0, 0}), q({0, 0}), r({0, 0}), wide({0, 3}), wideR({0, 3});
  EXPECT_EQ(ndrt_inv(a.tensor(), out.tensor()), NDRT_OK);
  EXPECT_EQ(ndrt_qr(a.tensor(), q.tensor(), r.tensor()), NDRT_OK);
  EXPECT_EQ(ndrt_qr(wide.tensor(), q.tensor(), wideR.tensor()), NDRT_OK);
  Array<float> batch({0, 3, 3}), results({0, 3, 3}), dets({0});
  EXPECT_EQ(ndrt_inv(batch.tensor(), results.tensor()), NDRT_OK);
  EXPECT_EQ(ndrt_det(batch.tensor(), dets.tensor()), NDRT_OK);
}

TYPED_TEST(Decompose, NonFiniteInputsComeThrough) {
  using T = TypeParam;
  T nan = std::numeric_limits<T>::quiet_NaN(), infinity = std::numeric_limits<T>::infinity();
  for (T poison : {nan, infinity, -infinity})
    for (int64_t n : {1, 3, 20, 90})
      for (bool all : {false, true}) {
        Array<T> a = randomArray<T>({n, n}), x({n, n}), q({n, n}), r({n, n}), det({});
        if (all)
          std::fill(a.values.begin(), a.values.end(), poison);
        else
          a.values[static_cast<size_t>(n * n / 2)] = poison;
        ndrt_inv(a.tensor(), x.tensor());
        ndrt_solve(a.tensor(), a.tensor(), x.tensor());
        ndrt_qr(a.tensor(), q.tensor(), r.tensor());
        ASSERT_EQ(ndrt_det(a.tensor(), det.tensor()), NDRT_OK);
        EXPECT_FALSE(std::isfinite(det.values[0]) && std::isnan(poison));
        Array<T> b = randomArray<T>({n}), y({n}), residuals({0}), s({n});
        Array<int64_t> rank({});
        EXPECT_EQ(ndrt_lstsq(a.tensor(), b.tensor(), y.tensor(), residuals.tensor(), rank.tensor(),
                             s.tensor(), -1),
                  NDRT_ERR_CONVERGENCE);
        Array<T> good = randomArray<T>({n, n});
        b.values[0] = poison;
        ndrt_lstsq(good.tensor(), b.tensor(), y.tensor(), residuals.tensor(), rank.tensor(),
                   s.tensor(), -1);
      }
}

TEST(Lstsq, LineThroughPoints) {
  Array<double> a({4, 2}, {0, 1, 1, 1, 2, 1, 3, 1}), b({4}, {-1, 0.2, 0.9, 2.1});
  Array<double> x({2}), residuals({1}), s({2});
  Array<int64_t> rank({});
  ASSERT_EQ(ndrt_lstsq(a.tensor(), b.tensor(), x.tensor(), residuals.tensor(), rank.tensor(),
                       s.tensor(), -1),
            NDRT_OK)
      << ndrt_last_error();
  EXPECT_NEAR(x.values[0], 1, 1e-14);
  EXPECT_NEAR(x.values[1], -0.95, 1e-14);
  EXPECT_NEAR(residuals.values[0], 0.05, 1e-14);
  EXPECT_EQ(rank.values[0], 2);
  EXPECT_NEAR(s.values[0], 4.10003045, 1e-8);
  EXPECT_NEAR(s.values[1], 1.09075677, 1e-8);
}

TEST(Lstsq, DeficientRankHasNoResiduals) {
  Array<double> a({4, 2}, {1, 2, 2, 4, 3, 6, 4, 8}), b({4, 2}, {1, 0, 2, 1, 3, 0, 4, 1});
  Array<double> x({2, 2}), residuals({2}), s({2});
  Array<int64_t> rank({});
  ASSERT_EQ(ndrt_lstsq(a.tensor(), b.tensor(), x.tensor(), residuals.tensor(), rank.tensor(),
                       s.tensor(), -1),
            NDRT_OK);
  EXPECT_EQ(rank.values[0], 1);
  EXPECT_TRUE(std::isnan(residuals.values[0]) && std::isnan(residuals.values[1]));
  EXPECT_NEAR(x(0, 0), 0.2, 1e-14); // of the solutions the shortest
  EXPECT_NEAR(x(1, 0), 0.4, 1e-14);
}

TEST(Lstsq, WideProblemsAndEmptyOnes) {
  Array<float> a = randomArray<float>({3, 5}), b = randomArray<float>({3}, 2), x({5});
  Array<float> residuals({0}), s({3});
  Array<int64_t> rank({});
  ASSERT_EQ(ndrt_lstsq(a.tensor(), b.tensor(), x.tensor(), residuals.tensor(), rank.tensor(),
                       s.tensor(), -1),
            NDRT_OK);
  EXPECT_EQ(rank.values[0], 3);
  EXPECT_LT(distance(a.values.data(), x.values.data(), b.values.data(), 3, 5, 1), 1e-5);

  Array<float> none({0, 2}), nothing({0}), zeros({2}), empty({0});
  ASSERT_EQ(ndrt_lstsq(none.tensor(), nothing.tensor(), zeros.tensor(), residuals.tensor(),
                       rank.tensor(), empty.tensor(), -1),
            NDRT_OK);
  EXPECT_EQ(zeros.values, (std::vector<float>{0, 0}));
  EXPECT_EQ(rank.values[0], 0);
}

/// Bits of \p a and \p b, any NaN for any other.
template <class T> bool sameBits(const T *a, const T *b, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    if (std::memcmp(a + i, b + i, sizeof(T)) != 0 && !(std::isnan(a[i]) && std::isnan(b[i])))
      return false;
  return true;
}

TYPED_TEST(MatmulFloat, SmallMatricesOfABatchAreSolvedAsEachAlone) {
  using T = TypeParam;
  for (int64_t n : {1, 2, 3, 5, 8})
    for (int64_t count : {3, 16, 37})
      for (int64_t k : {int64_t{1}, int64_t{3}, n}) {
        Array<T> a = randomArray<T>({count, n, n}), b = randomArray<T>({count, n, k}, 2);
        auto matrix = [&](int64_t i) { return a.values.data() + i * n * n; };
        for (int64_t j = 0; j < n * n; ++j) { // below the normal range, and not numbers at all
          matrix(1)[j] *= std::numeric_limits<T>::min() / 16;
          matrix(2)[j] = std::numeric_limits<T>::quiet_NaN();
        }
        Array<T> x({count, n, k}), inverse({count, n, n}), determinant({count});
        ASSERT_EQ(ndrt_solve(a.tensor(), b.tensor(), x.tensor()), NDRT_OK);
        ASSERT_EQ(ndrt_inv(a.tensor(), inverse.tensor()), NDRT_OK);
        ASSERT_EQ(ndrt_det(a.tensor(), determinant.tensor()), NDRT_OK);
        for (int64_t i = 0; i < count; ++i) {
          Array<T> one({n, n}, {matrix(i), matrix(i) + n * n});
          Array<T> side({n, k}, {b.values.data() + i * n * k, b.values.data() + (i + 1) * n * k});
          Array<T> ownX({n, k}), ownInverse({n, n}), ownDeterminant({});
          ASSERT_EQ(ndrt_solve(one.tensor(), side.tensor(), ownX.tensor()), NDRT_OK);
          ASSERT_EQ(ndrt_inv(one.tensor(), ownInverse.tensor()), NDRT_OK);
          ASSERT_EQ(ndrt_det(one.tensor(), ownDeterminant.tensor()), NDRT_OK);
          EXPECT_TRUE(sameBits(ownX.values.data(), x.values.data() + i * n * k, n * k)) << n;
          EXPECT_TRUE(sameBits(ownInverse.values.data(), inverse.values.data() + i * n * n, n * n));
          EXPECT_TRUE(sameBits(ownDeterminant.values.data(), determinant.values.data() + i, 1));
        }
        std::fill_n(matrix(count - 1), n * n, T(0));
        EXPECT_EQ(ndrt_inv(a.tensor(), inverse.tensor()), NDRT_ERR_SINGULAR);
        EXPECT_EQ(std::string(ndrt_last_error()),
                  "inv: singular matrix: pivot 0 of " + std::to_string(n) + " is zero in matrix (" +
                      std::to_string(count - 1) + ",) of the batch");
        ASSERT_EQ(ndrt_det(a.tensor(), determinant.tensor()), NDRT_OK);
        EXPECT_EQ(determinant.values.back(), T(0));
      }
}

TYPED_TEST(MatmulFloat, SmallCholeskyFactorsGiveTheMatrixBack) {
  using T = TypeParam;
  for (int64_t n : {1, 2, 3, 5, 8, 12})
    for (int64_t count : {1, 3, 37})
      for (bool upper : {false, true}) {
        Array<T> x = randomArray<T>({count, n, n}), a({count, n, n}), l({count, n, n});
        auto at = [n](Array<T> &m, int64_t p, int64_t i, int64_t j) -> T & {
          return m.values[static_cast<size_t>((p * n + i) * n + j)];
        };
        for (int64_t p = 0; p < count; ++p)
          for (int64_t i = 0; i < n; ++i)
            for (int64_t j = 0; j < n; ++j) { // the other triangle is not looked at
              T sum = i == j ? T(n) : T(0);
              for (int64_t k = 0; k < n; ++k)
                sum += at(x, p, i, k) * at(x, p, j, k);
              at(a, p, i, j) =
                  (upper ? i <= j : i >= j) ? sum : std::numeric_limits<T>::quiet_NaN();
            }
        ASSERT_EQ(ndrt_cholesky(a.tensor(), l.tensor(), upper), NDRT_OK) << ndrt_last_error();
        for (int64_t p = 0; p < count; ++p)
          for (int64_t i = 0; i < n; ++i)
            for (int64_t j = 0; j <= i; ++j) {
              T sum = 0;
              for (int64_t k = 0; k < n; ++k)
                sum += upper ? at(l, p, k, i) * at(l, p, k, j) : at(l, p, i, k) * at(l, p, j, k);
              ASSERT_NEAR(sum, upper ? at(a, p, j, i) : at(a, p, i, j),
                          std::numeric_limits<T>::epsilon() * T(100 * n));
              if (i != j) {
                ASSERT_EQ(upper ? at(l, p, i, j) : at(l, p, j, i), T(0));
              }
            }
        at(a, count - 1, n - 1, n - 1) = -1;
        EXPECT_EQ(ndrt_cholesky(a.tensor(), l.tensor(), upper), NDRT_ERR_SINGULAR);
        EXPECT_NE(std::string(ndrt_last_error()).find("minor of order " + std::to_string(n)),
                  std::string::npos);
      }
}

/// Matrices that are factored by halves and tiles: back to a, no bit by the number of threads, the
/// other triangle not looked at, and the minor named wherever it is.
template <class T> void largeCholesky() {
  for (int64_t n : {48, 256, 300, 530}) {
    Array<T> x = randomArray<T>({n, n}), a({n, n});
    if constexpr (!std::is_floating_point_v<T>) {
      const Array<double> re = randomArray<double>({n, n}, 2), im = randomArray<double>({n, n}, 3);
      for (size_t i = 0; i < x.values.size(); ++i)
        x.values[i] = T(re.values[i], im.values[i]);
    }
    for (bool upper : {false, true}) {
      auto at = [n](Array<T> &m, int64_t i, int64_t j) -> T & {
        return m.values[static_cast<size_t>(i * n + j)];
      };
      ASSERT_EQ(ndrt_adjoint_matmul(x.tensor(), x.tensor(), a.tensor()), NDRT_OK);
      for (int64_t i = 0; i < n; ++i) {
        at(a, i, i) += T(n);
        for (int64_t j = i + 1; j < n; ++j)
          (upper ? at(a, j, i) : at(a, i, j)) = std::numeric_limits<double>::quiet_NaN();
      }
      std::vector<T> first;
      for (int threads : {1, 2, 3}) {
        ndrt_set_num_threads(threads);
        Array<T> l({n, n});
        ASSERT_EQ(ndrt_cholesky(a.tensor(), l.tensor(), upper), NDRT_OK) << ndrt_last_error();
        if (threads == 1)
          first = l.values;
        EXPECT_EQ(l.values, first);
      }
      ndrt_set_num_threads(0);
      Array<T> l({n, n}), product({n, n});
      l.values = first;
      for (int64_t i = 0; i < n; ++i)
        for (int64_t j = 0; j < i; ++j)
          ASSERT_EQ(upper ? at(l, i, j) : at(l, j, i), T(0));
      if (!upper) // to an upper one, whose adjoint times itself is a
        for (int64_t i = 0; i < n; ++i)
          for (int64_t j = 0; j <= i; ++j) {
            std::swap(at(l, i, j), at(l, j, i));
            if constexpr (!std::is_floating_point_v<T>)
              at(l, j, i) = std::conj(at(l, j, i));
          }
      ASSERT_EQ(ndrt_adjoint_matmul(l.tensor(), l.tensor(), product.tensor()), NDRT_OK);
      double most = 0;
      for (int64_t i = 0; i < n; ++i)
        for (int64_t j = 0; j <= i; ++j)
          most = std::max(most, double(std::abs(upper ? at(product, j, i) - at(a, j, i)
                                                      : at(product, i, j) - at(a, i, j))));
      double size = 0;
      for (int64_t i = 0; i < n; ++i)
        size = std::max(size, double(std::abs(at(a, i, i))));
      EXPECT_LT(most, 1e-15 * double(n) * size) << n;
      for (int64_t bad : {int64_t{0}, n / 2 + 3, n - 1}) {
        Array<T> wrong = a;
        at(wrong, bad, bad) = T(-1);
        EXPECT_EQ(ndrt_cholesky(wrong.tensor(), product.tensor(), upper), NDRT_ERR_SINGULAR);
        EXPECT_NE(std::string(ndrt_last_error()).find("minor of order " + std::to_string(bad + 1)),
                  std::string::npos)
            << ndrt_last_error();
      }
    }
  }
}

TEST(Decomposition, LargeCholeskyFactors) {
  largeCholesky<double>();
  largeCholesky<std::complex<double>>();
}

} // namespace
