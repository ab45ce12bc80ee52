// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Matrices of up to 32 rows, alone and many at a time: runtime/linalg/lanes.h and lone.h.
#include "runtime_arrays.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <string>
#include <utility>

using namespace test;

namespace {

constexpr int64_t sides[] = {1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 24, 31, 32};

template <class T> using Part = decltype(std::abs(T()));

template <class T> class Small : public testing::Test {};
using Elements = testing::Types<float, double, std::complex<float>, std::complex<double>>;
TYPED_TEST_SUITE(Small, Elements);

template <class T> class SmallReal : public testing::Test {};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(SmallReal, Reals);

/// \p x times its adjoint, matrix by matrix, and a larger diagonal.
template <class T> Array<T> positive(const Array<T> &x) {
  const int64_t n = x.shape.back();
  Array<T> a(x.shape);
  for (size_t p = 0; p < x.values.size(); p += size_t(n * n))
    for (int64_t i = 0; i < n; ++i)
      for (int64_t j = 0; j < n; ++j) {
        T sum = i == j ? T(Part<T>(n)) : T(0);
        for (int64_t k = 0; k < n; ++k) {
          T y = x.values[p + size_t(j * n + k)];
          if constexpr (isComplex<T>)
            y = std::conj(y);
          sum += x.values[p + size_t(i * n + k)] * y;
        }
        a.values[p + size_t(i * n + j)] = sum;
      }
  return a;
}

TYPED_TEST(Small, MatricesOfABatchHaveTheBitsOfEachAlone) {
  using T = TypeParam;
  for (int64_t n : sides)
    for (int64_t count : {2, 3, 5, 16, 37})
      for (int64_t k : {int64_t{1}, int64_t{3}, n}) {
        Array<T> a = randomArray<T>({count, n, n}), b = randomArray<T>({count, n, k}, 2);
        const Array<T> square = positive(a);
        auto matrix = [&](int64_t i) { return a.values.data() + i * n * n; };
        for (int64_t j = 0; count > 2 && j < n * n; ++j) { // below the normal range, and no numbers
          matrix(1)[j] *= std::numeric_limits<Part<T>>::min() / 16;
          matrix(2)[j] = std::numeric_limits<Part<T>>::quiet_NaN();
        }
        Array<T> x({count, n, k}), inverse({count, n, n}), determinant({count}), l({count, n, n});
        Array<T> positives = square;
        ASSERT_EQ(ndrt_solve(a.tensor(), b.tensor(), x.tensor()), NDRT_OK);
        ASSERT_EQ(ndrt_inv(a.tensor(), inverse.tensor()), NDRT_OK);
        ASSERT_EQ(ndrt_det(a.tensor(), determinant.tensor()), NDRT_OK);
        ASSERT_EQ(ndrt_cholesky(positives.tensor(), l.tensor(), k == 3), NDRT_OK);
        for (int64_t i = 0; i < count; ++i) {
          Array<T> one({n, n}, {matrix(i), matrix(i) + n * n});
          Array<T> side({n, k}, {b.values.data() + i * n * k, b.values.data() + (i + 1) * n * k});
          Array<T> root({n, n},
                        {square.values.data() + i * n * n, square.values.data() + (i + 1) * n * n});
          Array<T> ownX({n, k}), ownInverse({n, n}), ownDeterminant({}), ownL({n, n});
          ASSERT_EQ(ndrt_solve(one.tensor(), side.tensor(), ownX.tensor()), NDRT_OK);
          ASSERT_EQ(ndrt_inv(one.tensor(), ownInverse.tensor()), NDRT_OK);
          ASSERT_EQ(ndrt_det(one.tensor(), ownDeterminant.tensor()), NDRT_OK);
          ASSERT_EQ(ndrt_cholesky(root.tensor(), ownL.tensor(), k == 3), NDRT_OK);
          EXPECT_TRUE(sameBits(ownX.values.data(), x.values.data() + i * n * k, n * k))
              << n << ", " << i << " of " << count;
          EXPECT_TRUE(sameBits(ownInverse.values.data(), inverse.values.data() + i * n * n, n * n))
              << n << ", " << i << " of " << count;
          EXPECT_TRUE(sameBits(ownDeterminant.values.data(), determinant.values.data() + i, 1));
          EXPECT_TRUE(sameBits(ownL.values.data(), l.values.data() + i * n * n, n * n))
              << n << ", " << i << " of " << count;
        }
      }
}

TYPED_TEST(Small, FactorsOfABatchHaveTheBitsOfEachAlone) {
  using T = TypeParam;
  for (int64_t n : sides)
    for (int64_t m : {int64_t{1}, n, int64_t{32}})
      for (int64_t count : {2, 5, 16, 19}) {
        const int64_t k = std::min(m, n);
        Array<T> a = randomArray<T>({count, m, n});
        auto matrix = [&](int64_t i) { return a.values.data() + i * m * n; };
        for (int64_t j = 0; count > 2 && j < m * n;
             ++j) { // near the ends of the range, and no numbers
          matrix(1)[j] *= std::numeric_limits<Part<T>>::min() / 16;
          matrix(2)[j] = std::numeric_limits<Part<T>>::quiet_NaN();
          matrix(3)[j] *= std::numeric_limits<Part<T>>::max() / 256;
        }
        Array<T> q({count, m, k}), r({count, k, n}), h({count, n, m}), tau({count, k});
        ASSERT_EQ(ndrt_qr(a.tensor(), q.tensor(), r.tensor()), NDRT_OK);
        ASSERT_EQ(ndrt_qr_raw(a.tensor(), h.tensor(), tau.tensor()), NDRT_OK);
        for (int64_t i = 0; i < count; ++i) {
          Array<T> one({m, n}, {matrix(i), matrix(i) + m * n});
          Array<T> ownQ({m, k}), ownR({k, n}), ownH({n, m}), ownTau({k});
          ASSERT_EQ(ndrt_qr(one.tensor(), ownQ.tensor(), ownR.tensor()), NDRT_OK);
          ASSERT_EQ(ndrt_qr_raw(one.tensor(), ownH.tensor(), ownTau.tensor()), NDRT_OK);
          EXPECT_TRUE(sameBits(ownQ.values.data(), q.values.data() + i * m * k, m * k));
          EXPECT_TRUE(sameBits(ownR.values.data(), r.values.data() + i * k * n, k * n));
          EXPECT_TRUE(sameBits(ownH.values.data(), h.values.data() + i * m * n, m * n));
          EXPECT_TRUE(sameBits(ownTau.values.data(), tau.values.data() + i * k, k))
              << m << " x " << n << ", " << i << " of " << count;
        }
      }
}

TYPED_TEST(Small, EigenvectorsOfABatchHaveTheBitsOfEachAlone) {
  using T = TypeParam;
  for (int64_t n : sides)
    for (int64_t count : {2, 5, 19})
      for (bool upper : {false, true}) {
        Array<T> a = randomArray<T>({count, n, n});
        auto matrix = [&](int64_t i) { return a.values.data() + i * n * n; };
        for (int64_t j = 0; count > 2 && j < n * n; ++j) {
          matrix(1)[j] *= std::numeric_limits<Part<T>>::min() / 16;
          matrix(3)[j] *= std::numeric_limits<Part<T>>::max() / 256;
        }
        Array<Part<T>> w({count, n}), values({count, n});
        Array<T> v({count, n, n});
        ASSERT_EQ(ndrt_eigh(a.tensor(), w.tensor(), v.tensor(), upper), NDRT_OK);
        ASSERT_EQ(ndrt_eigvalsh(a.tensor(), values.tensor(), upper), NDRT_OK);
        for (int64_t i = 0; i < count; ++i) {
          Array<T> one({n, n}, {matrix(i), matrix(i) + n * n}), ownV({n, n});
          Array<Part<T>> ownW({n}), ownValues({n});
          ASSERT_EQ(ndrt_eigh(one.tensor(), ownW.tensor(), ownV.tensor(), upper), NDRT_OK);
          ASSERT_EQ(ndrt_eigvalsh(one.tensor(), ownValues.tensor(), upper), NDRT_OK);
          EXPECT_TRUE(sameBits(ownW.values.data(), w.values.data() + i * n, n));
          EXPECT_TRUE(sameBits(ownV.values.data(), v.values.data() + i * n * n, n * n))
              << n << ", " << i << " of " << count;
          EXPECT_TRUE(sameBits(ownValues.values.data(), values.values.data() + i * n, n));
        }
      }
}

TYPED_TEST(Small, SingularVectorsOfABatchHaveTheBitsOfEachAlone) {
  using T = TypeParam;
  for (int64_t n : sides)
    for (int64_t m : {int64_t{1}, n, int64_t{32}})
      for (int64_t count : {2, 5, 19})
        for (bool full : {false, true}) {
          const int64_t k = std::min(m, n), columns = full ? m : k, rows = full ? n : k;
          Array<T> a = randomArray<T>({count, m, n});
          auto matrix = [&](int64_t i) { return a.values.data() + i * m * n; };
          for (int64_t j = 0; count > 2 && j < m * n; ++j) {
            matrix(1)[j] *= std::numeric_limits<Part<T>>::min() / 16;
            matrix(3)[j] *= std::numeric_limits<Part<T>>::max() / 256;
          }
          Array<Part<T>> s({count, k}), values({count, k});
          Array<T> u({count, m, columns}), vh({count, rows, n});
          ASSERT_EQ(ndrt_svd(a.tensor(), u.tensor(), s.tensor(), vh.tensor()), NDRT_OK);
          ASSERT_EQ(ndrt_svdvals(a.tensor(), values.tensor()), NDRT_OK);
          for (int64_t i = 0; i < count; ++i) {
            Array<T> one({m, n}, {matrix(i), matrix(i) + m * n}), ownU({m, columns});
            Array<T> ownV({rows, n});
            Array<Part<T>> ownS({k}), ownValues({k});
            ASSERT_EQ(ndrt_svd(one.tensor(), ownU.tensor(), ownS.tensor(), ownV.tensor()), NDRT_OK);
            ASSERT_EQ(ndrt_svdvals(one.tensor(), ownValues.tensor()), NDRT_OK);
            EXPECT_TRUE(
                sameBits(ownU.values.data(), u.values.data() + i * m * columns, m * columns));
            EXPECT_TRUE(sameBits(ownS.values.data(), s.values.data() + i * k, k));
            EXPECT_TRUE(sameBits(ownV.values.data(), vh.values.data() + i * rows * n, rows * n))
                << m << " x " << n << ", " << i << " of " << count;
            EXPECT_TRUE(sameBits(ownValues.values.data(), values.values.data() + i * k, k));
          }
        }
}

/// A matrix whose elements fall from 1 to below the normal range: rotations of such numbers too are
/// rotations.
TYPED_TEST(Small, EigenvectorsOfAGradedMatrixAreOrthonormal) {
  using T = TypeParam;
  const int64_t n = 17, count = 9;
  Array<T> a = randomArray<T>({count, n, n}), v({count, n, n});
  Array<Part<T>> w({count, n});
  const Part<T> last = std::log2(std::numeric_limits<Part<T>>::min()) - 10;
  for (int64_t i = 0; i < count * n * n; ++i)
    a.values[size_t(i)] *= std::exp2(last * Part<T>(i / n % n + i % n) / Part<T>(2 * n - 2));
  ASSERT_EQ(ndrt_eigh(a.tensor(), w.tensor(), v.tensor(), false), NDRT_OK);
  for (int64_t p = 0; p < count; ++p)
    for (int64_t j = 0; j < n; ++j)
      for (int64_t k = 0; k <= j; ++k) {
        T product = 0;
        for (int64_t i = 0; i < n; ++i) {
          T x = v.values[size_t((p * n + i) * n + j)];
          if constexpr (isComplex<T>)
            x = std::conj(x);
          product += x * v.values[size_t((p * n + i) * n + k)];
        }
        ASSERT_LT(std::abs(product - T(Part<T>(j == k))),
                  20 * Part<T>(n) * std::numeric_limits<Part<T>>::epsilon());
      }
}

/// What balancing, deflation and shifts meet: zeros in many places, equal eigenvalues, vectors that
/// are too few, cycles on which the usual shifts stand still, numbers near the ends of the range.
TYPED_TEST(Small, EigenvectorsOfGeneralMatricesFulfilTheirEquation) {
  using T = TypeParam;
  using R = Part<T>;
  const std::pair<const char *, T (*)(T x, int64_t i, int64_t j, int64_t n)> kinds[] = {
      {"random", [](T x, int64_t, int64_t, int64_t) { return x; }},
      {"upper triangle", [](T x, int64_t i, int64_t j, int64_t) { return i <= j ? x : T(0); }},
      {"lower triangle", [](T x, int64_t i, int64_t j, int64_t) { return i >= j ? x : T(0); }},
      {"nilpotent", [](T x, int64_t i, int64_t j, int64_t) { return i < j ? x : T(0); }},
      {"Jordan",
       [](T, int64_t i, int64_t j, int64_t) { return T(R(2 * (i == j) + (i + 1 == j))); }},
      {"nearly Jordan", [](T x, int64_t i, int64_t j,
                           int64_t) { return T(R((i == j) + (i + 1 == j))) + x * R(1e-5); }},
      {"cycle", [](T, int64_t i, int64_t j, int64_t n) { return T(R((i + 1) % n == j)); }},
      {"two cycles", [](T, int64_t i, int64_t j, int64_t n) { return T(R((i + 2) % n == j)); }},
      {"companion",
       [](T x, int64_t i, int64_t j, int64_t) { return i == 0 ? x : T(R(i == j + 1)); }},
      {"ones", [](T, int64_t, int64_t, int64_t) { return T(1); }},
      {"zeros", [](T, int64_t, int64_t, int64_t) { return T(0); }},
      {"blocks", [](T x, int64_t i, int64_t j, int64_t) { return i / 2 <= j / 2 ? x : T(0); }},
      {"chessboard", [](T x, int64_t i, int64_t j, int64_t) { return (i + j) % 2 ? x : T(0); }},
      {"skew", [](T, int64_t i, int64_t j, int64_t) { return T(R(i - j)); }},
      {"tiny",
       [](T x, int64_t, int64_t, int64_t) { return x * (std::numeric_limits<R>::min() * 64); }},
      {"huge",
       [](T x, int64_t, int64_t, int64_t) { return x * (std::numeric_limits<R>::max() / 256); }},
  };
  for (const auto &[label, element] : kinds)
    for (int64_t n : sides) {
      const int64_t count = 5;
      Array<T> a = randomArray<T>({count, n, n});
      for (int64_t p = 0; p < count; ++p)
        for (int64_t i = 0; i < n; ++i)
          for (int64_t j = 0; j < n; ++j) {
            T &x = a.values[size_t((p * n + i) * n + j)];
            x = element(x, i, j, n);
          }
      using C = std::complex<R>;
      Array<C> w({count, n}), alone({count, n}), v({count, n, n});
      ASSERT_EQ(ndrt_eig(a.tensor(), w.tensor(), v.tensor()), NDRT_OK) << label;
      ASSERT_EQ(ndrt_eigvals(a.tensor(), alone.tensor()), NDRT_OK) << label;
      EXPECT_TRUE(sameBits(alone.values.data(), w.values.data(), count * n)) << label << ' ' << n;
      const R eps = std::numeric_limits<R>::epsilon();
      for (int64_t p = 0; p < count; ++p) {
        Array<T> one({n, n}, {a.values.data() + p * n * n, a.values.data() + (p + 1) * n * n});
        Array<C> ownW({n}), ownV({n, n});
        ASSERT_EQ(ndrt_eig(one.tensor(), ownW.tensor(), ownV.tensor()), NDRT_OK);
        EXPECT_TRUE(sameBits(ownW.values.data(), w.values.data() + p * n, n));
        EXPECT_TRUE(sameBits(ownV.values.data(), v.values.data() + p * n * n, n * n));
        R largest = 0;
        for (T x : one.values)
          largest = std::max(largest, std::abs(x));
        for (int64_t k = 0; k < n; ++k) {
          R squares = 0, worst = 0;
          for (int64_t i = 0; i < n; ++i) {
            squares += std::norm(ownV.values[size_t(i * n + k)]);
            C left = -(ownW.values[size_t(k)] / largest) * ownV.values[size_t(i * n + k)];
            for (int64_t j = 0; j < n; ++j)
              left += C(one.values[size_t(i * n + j)] / largest) * ownV.values[size_t(j * n + k)];
            worst = std::max(worst, std::abs(left));
          }
          EXPECT_NEAR(squares, 1, 10 * R(n) * eps) << label << ' ' << n;
          if (largest > 0) {
            EXPECT_LE(worst, 20 * R(n) * eps) << label << ' ' << n << ", vector " << k;
          }
        }
      }
    }
}

TYPED_TEST(Small, ResultsFulfilTheirEquations) {
  using T = TypeParam;
  for (int64_t n : sides)
    for (int64_t count : {1, 37})
      for (bool turned : {false, true}) { // in the order of rows or columns
        Array<T> a = randomArray<T>({count, n, n}), x({count, n, n}), l({count, n, n});
        for (int64_t i = 0; i < count * n; ++i)
          a.values[size_t(i * n + i % n)] += T(Part<T>(2 * n));
        Array<T> square = positive(a);
        auto at = [&](const Array<T> &m, int64_t p, int64_t i, int64_t j) {
          return m.values[size_t(p * n * n + (!m.strides.empty() ? j * n + i : i * n + j))];
        };
        if (turned)
          a.strides = square.strides = {n * n, 1, n};
        ASSERT_EQ(ndrt_inv(a.tensor(), x.tensor()), NDRT_OK) << ndrt_last_error();
        ASSERT_EQ(ndrt_cholesky(square.tensor(), l.tensor(), false), NDRT_OK);
        const Part<T> bound = 20 * Part<T>(n) * std::numeric_limits<Part<T>>::epsilon();
        for (int64_t p = 0; p < count; ++p)
          for (int64_t i = 0; i < n; ++i)
            for (int64_t j = 0; j < n; ++j) {
              T identity = 0, root = 0;
              for (int64_t k = 0; k < n; ++k) {
                identity += at(a, p, i, k) * at(x, p, k, j);
                T y = at(l, p, j, k);
                if constexpr (isComplex<T>)
                  y = std::conj(y);
                root += at(l, p, i, k) * y;
              }
              ASSERT_LT(std::abs(identity - T(Part<T>(i == j))), bound) << n;
              ASSERT_LT(std::abs(root - at(square, p, i, j)),
                        bound * std::abs(at(square, p, i, i) + at(square, p, j, j)))
                  << n;
            }
      }
}

/// Whatever vectors the machine has: each element's terms are taken in order, and none is fused.
TYPED_TEST(SmallReal, MatricesHaveTheSameBitsEverywhere) {
  using T = TypeParam;
  for (int64_t n : sides)
    for (int64_t count : {1, 19}) {
      Array<T> a = randomArray<T>({count, n, n}), b = randomArray<T>({count, n, 1}, 2),
               x({count, n, 1});
      ASSERT_EQ(ndrt_solve(a.tensor(), b.tensor(), x.tensor()), NDRT_OK);
      for (int64_t p = 0; p < count; ++p) {
        T *m = a.values.data() + p * n * n, *y = b.values.data() + p * n;
        for (int64_t j = 0; j < n; ++j) {
          int64_t pivot = j;
          for (int64_t i = j + 1; i < n; ++i)
            if (std::abs(m[i * n + j]) > std::abs(m[pivot * n + j]))
              pivot = i;
          std::swap_ranges(m + j * n, m + j * n + n, m + pivot * n);
          std::swap(y[j], y[pivot]);
          const T reciprocal = 1 / m[j * n + j];
          for (int64_t i = j + 1; i < n; ++i) {
            const T factor = m[i * n + j] * reciprocal;
            for (int64_t c = j + 1; c < n; ++c)
              m[i * n + c] -= factor * m[j * n + c];
            y[i] -= factor * y[j];
          }
        }
        for (int64_t j = n - 1; j >= 0; --j) {
          y[j] /= m[j * n + j];
          for (int64_t i = 0; i < j; ++i)
            y[i] -= m[i * n + j] * y[j];
        }
        EXPECT_TRUE(sameBits(x.values.data() + p * n, y, n)) << n << ", " << p << " of " << count;
      }
    }
}

TYPED_TEST(Small, SingularMatricesAreNamed) {
  using T = TypeParam;
  for (int64_t n : sides)
    for (int64_t count : {1, 2, 3, 37})
      for (int64_t zero : {int64_t{0}, n / 2, n - 1}) {
        Array<T> a = randomArray<T>({count, n, n}), b = randomArray<T>({count, n, 1}, 2);
        Array<T> x({count, n, 1}), inverse({count, n, n}), determinant({count});
        for (int64_t i = 0; i < n; ++i) // a column of zeros
          a.values[size_t(((count - 1) * n + i) * n + zero)] = T(0);
        const std::string text = "singular matrix: pivot " + std::to_string(zero) + " of " +
                                 std::to_string(n) + " is zero in matrix (" +
                                 std::to_string(count - 1) + ",) of the batch";
        EXPECT_EQ(ndrt_inv(a.tensor(), inverse.tensor()), NDRT_ERR_SINGULAR);
        EXPECT_EQ(ndrt_last_error(), "inv: " + text);
        EXPECT_EQ(ndrt_solve(a.tensor(), b.tensor(), x.tensor()), NDRT_ERR_SINGULAR);
        EXPECT_EQ(ndrt_last_error(), "solve: " + text);
        ASSERT_EQ(ndrt_det(a.tensor(), determinant.tensor()), NDRT_OK);
        EXPECT_EQ(determinant.values.back(), T(0));
      }
}

TYPED_TEST(Small, IndefiniteMatricesAreNamed) {
  using T = TypeParam;
  for (int64_t n : sides)
    for (int64_t count : {1, 3, 37})
      for (Part<T> bad : {Part<T>(-1), Part<T>(0), std::numeric_limits<Part<T>>::quiet_NaN()}) {
        Array<T> a = positive(randomArray<T>({count, n, n})), l({count, n, n});
        a.values.back() = bad;
        EXPECT_EQ(ndrt_cholesky(a.tensor(), l.tensor(), false), NDRT_ERR_SINGULAR);
        EXPECT_EQ(ndrt_last_error(),
                  "cholesky: the matrix is not positive definite: its leading minor of order " +
                      std::to_string(n) + " is not in matrix (" + std::to_string(count - 1) +
                      ",) of the batch");
      }
}

TYPED_TEST(SmallReal, SmallCholeskyFactorsGiveTheMatrixBack) {
  using T = TypeParam;
  for (int64_t n : {1, 2, 3, 5, 8, 12, 27, 32})
    for (int64_t count : {1, 2, 3, 37})
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

} // namespace
