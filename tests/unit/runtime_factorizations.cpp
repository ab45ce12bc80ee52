// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime_arrays.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <string>

using namespace test;

namespace {

using Floats = testing::Types<float, double>;

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
