// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <gtest/gtest.h>
#include <ndrt/ndrt.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace {

template <class T> DLDataType typeOf() {
  if constexpr (std::is_floating_point_v<T>)
    return {kDLFloat, 8 * sizeof(T), 1};
  else if constexpr (std::is_integral_v<T>)
    return {std::is_signed_v<T> ? uint8_t{kDLInt} : uint8_t{kDLUInt}, 8 * sizeof(T), 1};
  else
    return {kDLComplex, 8 * sizeof(T), 1};
}

struct Tensor {
  std::vector<int64_t> shape, strides;
  DLTensor raw{};

  template <class T>
  Tensor(const std::vector<T> &data, std::vector<int64_t> extents, std::vector<int64_t> steps = {})
      : shape(std::move(extents)), strides(std::move(steps)) {
    raw.data = const_cast<T *>(data.data());
    raw.device = {kDLCPU, 0};
    raw.dtype = typeOf<T>();
    raw.ndim = static_cast<int>(shape.size());
    raw.shape = shape.data();
    raw.strides = strides.empty() ? nullptr : strides.data();
  }
  Tensor(const Tensor &) = delete;
};

std::string lastError() { return ndrt_last_error(); }

std::vector<double> randomNumbers(int64_t count) {
  std::mt19937_64 engine(7);
  std::normal_distribution<double> normal;
  std::vector<double> out(static_cast<size_t>(count));
  for (double &x : out)
    x = normal(engine);
  return out;
}

TEST(Accumulate, EveryAxisInOrderForAnyThreadCount) {
  const int64_t a = 3, b = 500, c = 40;
  std::vector<double> x = randomNumbers(a * b * c), got(x.size()), wanted;
  for (int64_t axis = 0; axis < 3; ++axis) {
    const int64_t extent[] = {a, b, c}, step[] = {b * c, c, 1};
    wanted = x;
    for (size_t i = 0; i < x.size(); ++i)
      if (int64_t(i) / step[axis] % extent[axis] > 0)
        wanted[i] = wanted[i - size_t(step[axis])] + x[i];
    for (int threads : {1, 4}) {
      ndrt_set_num_threads(threads);
      Tensor in(x, {a, b, c}), out(got, {a, b, c});
      ASSERT_EQ(ndrt_accumulate(&in.raw, &out.raw, axis, NDRT_ADD), NDRT_OK);
      EXPECT_EQ(got, wanted);
    }
    ndrt_set_num_threads(0);
  }
}

TEST(Accumulate, StridedOperandsAndModes) {
  std::vector<int8_t> x = {100, 3, 100, 5, 100, 7}, got(3);
  Tensor in(x, {3}, {2}), out(got, {3});
  ASSERT_EQ(ndrt_accumulate(&in.raw, &out.raw, 0, NDRT_ADD), NDRT_OK);
  EXPECT_EQ(got, (std::vector<int8_t>{100, -56, 44}));
  ASSERT_EQ(ndrt_accumulate(&in.raw, &out.raw, 0, NDRT_MULTIPLY), NDRT_OK);
  EXPECT_EQ(got, (std::vector<int8_t>{100, 16, 64}));
  EXPECT_EQ(ndrt_accumulate(&in.raw, &out.raw, 0, NDRT_SET), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_accumulate(&in.raw, &out.raw, 1, NDRT_ADD), NDRT_ERR_ARGUMENT);
  EXPECT_NE(lastError().find("axis 1 is out of bounds for 1 axes"), std::string::npos);
}

TEST(OrderStatistics, SelectsWhatSortingWouldGive) {
  const int64_t rows = 5, n = 1001;
  std::vector<double> x = randomNumbers(rows * n), sorted = x;
  x[3] = x[7] = sorted[3] = sorted[7] = std::numeric_limits<double>::quiet_NaN();
  std::vector<int64_t> ranks = {500, 0, 1000, 999, 501, 500};
  std::vector<double> got(size_t(rows) * ranks.size());
  Tensor in(x, {rows, n}), at(ranks, {6}), out(got, {rows, 6});
  ASSERT_EQ(ndrt_order_statistics(&in.raw, &at.raw, &out.raw), NDRT_OK);
  for (int64_t row = 0; row < rows; ++row) {
    auto first = sorted.begin() + row * n;
    std::sort(first, first + n, [](double l, double r) { return l < r || (r != r && l == l); });
    for (size_t i = 0; i < ranks.size(); ++i) {
      const double wanted = first[ranks[i]], value = got[size_t(row) * ranks.size() + i];
      EXPECT_TRUE(value == wanted || (value != value && wanted != wanted)) << row << " " << i;
    }
  }
}

TEST(OrderStatistics, LongRows) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::nan("");
  const int64_t n = 50000;
  std::vector<double> normal = randomNumbers(n), ties(normal), sorted(normal), few(normal),
                      special(normal), same(size_t(n), 7.0), none(size_t(n), nan);
  for (size_t i = 0; i < size_t(n); ++i) {
    ties[i] = std::round(normal[i]);
    few[i] = i % 3 ? nan : normal[i];
    special[i] = i % 5 == 0 ? inf : i % 7 == 0 ? -inf : i % 11 == 0 ? nan : normal[i];
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> clustered(sorted); // what the sample sees is not what is there
  for (size_t i = 0; i < size_t(n); ++i)
    if (i % 48 == 0)
      clustered[i] = 100;
  auto less = [](double l, double r) { return l < r || (r != r && l == l); };
  for (const std::vector<double> &x : {normal, ties, sorted, few, special, same, none, clustered}) {
    std::vector<double> wanted(x);
    std::sort(wanted.begin(), wanted.end(), less);
    for (const std::vector<int64_t> &ranks : {std::vector<int64_t>{n / 2 - 1, n / 2, n - 1},
                                              {0},
                                              {n - 1, 0, 17, 17, 30000},
                                              {1, 2, 3, 4, 49998, 49997, 25000, 12500},
                                              {0, 1, 2, 3, 4, 5, 6, 7, 8, 40000}}) {
      std::vector<double> got(ranks.size());
      Tensor in(x, {n}), at(ranks, {int64_t(ranks.size())}), out(got, {int64_t(ranks.size())});
      ASSERT_EQ(ndrt_order_statistics(&in.raw, &at.raw, &out.raw), NDRT_OK);
      for (size_t i = 0; i < ranks.size(); ++i) {
        const double w = wanted[size_t(ranks[i])];
        EXPECT_TRUE(got[i] == w || (got[i] != got[i] && w != w)) << ranks[i] << " " << got[i];
      }
    }
  }
}

TEST(OrderStatistics, RanksOfTheirOwnForEachRow) {
  std::vector<int32_t> x = {5, 1, 3, 2, 9, 4}, got(2);
  std::vector<int64_t> ranks = {0, 2};
  Tensor in(x, {2, 3}), at(ranks, {2, 1}), out(got, {2, 1});
  ASSERT_EQ(ndrt_order_statistics(&in.raw, &at.raw, &out.raw), NDRT_OK);
  EXPECT_EQ(got, (std::vector<int32_t>{1, 9}));
  ranks[1] = 3;
  EXPECT_EQ(ndrt_order_statistics(&in.raw, &at.raw, &out.raw), NDRT_ERR_INDEX);
  EXPECT_NE(lastError().find("rank 3 is out of bounds for rows with size 3"), std::string::npos);
}

TEST(Searchsorted, EvenUnevenAndRepeatedElements) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::nan("");
  std::vector<std::vector<double>> cases(5);
  for (int i = 0; i <= 100; ++i) {
    cases[0].push_back(-3 + i * 0.06);
    cases[1].push_back(std::exp(i * 0.3));
    cases[2].push_back(i / 10);
    cases[3].push_back(i < 98 ? i : inf);
    cases[4].push_back(i < 90 ? i : nan);
  }
  cases.push_back({});
  cases.push_back({2});
  for (std::vector<double> &sorted : cases) {
    std::vector<double> keys = randomNumbers(1000);
    for (size_t i = 0; i < keys.size(); ++i)
      keys[i] *= i % 3 ? 10 : 1;
    keys.insert(keys.end(), sorted.begin(), sorted.end());
    keys.insert(keys.end(), {inf, -inf, nan, 0, -0.0});
    std::vector<int64_t> got(keys.size());
    auto less = [](double a, double b) { return a < b || (b != b && a == a); };
    for (int right : {0, 1}) {
      Tensor s(sorted, {int64_t(sorted.size())}), k(keys, {int64_t(keys.size())}),
          out(got, {int64_t(keys.size())});
      ASSERT_EQ(ndrt_searchsorted(&s.raw, &k.raw, &out.raw, right), NDRT_OK);
      for (size_t i = 0; i < keys.size(); ++i) {
        auto at = right ? std::upper_bound(sorted.begin(), sorted.end(), keys[i], less)
                        : std::lower_bound(sorted.begin(), sorted.end(), keys[i], less);
        EXPECT_EQ(got[i], at - sorted.begin()) << keys[i] << " right=" << right;
      }
    }
  }
}

TEST(Bincount, AddsInOrderAndChecks) {
  std::vector<int64_t> x = {1, 0, 1, 3}, one = {1}, counts(4);
  Tensor in(x, {4}), ones(one, {4}, {0}), out(counts, {4});
  ASSERT_EQ(ndrt_bincount(&in.raw, &ones.raw, &out.raw), NDRT_OK);
  EXPECT_EQ(counts, (std::vector<int64_t>{1, 2, 0, 1}));
  x[2] = -2;
  EXPECT_EQ(ndrt_bincount(&in.raw, &ones.raw, &out.raw), NDRT_ERR_ARGUMENT);
  EXPECT_NE(lastError().find("element -2 at position 2 is negative"), std::string::npos);
  x[2] = 4;
  EXPECT_EQ(ndrt_bincount(&in.raw, &ones.raw, &out.raw), NDRT_ERR_ARGUMENT);
  EXPECT_NE(lastError().find("element 4 at position 2 has no room"), std::string::npos);
}

template <class T>
std::vector<T> correlated(const std::vector<T> &a, const std::vector<T> &v, int mode) {
  const int64_t n = int64_t(a.size()), m = int64_t(v.size());
  const int64_t length[] = {n - m + 1, n, n + m - 1}, origin[] = {0, m / 2, m - 1};
  std::vector<T> out;
  for (int64_t k = 0; k < length[mode]; ++k) {
    T sum = 0;
    for (int64_t j = 0; j < m; ++j)
      if (int64_t i = k + j - origin[mode]; i >= 0 && i < n)
        sum = T(sum + a[size_t(i)] * v[size_t(j)]);
    out.push_back(sum);
  }
  return out;
}

TEST(Correlate, EverySizeAroundABlockForAnyThreadCount) {
  for (int64_t n : {1, 3, 15, 16, 17, 33, 100, 5000})
    for (int64_t m : {1, 2, 7, 16, 31, 100}) {
      if (m > n)
        continue;
      std::vector<double> a = randomNumbers(n), v = randomNumbers(m);
      for (int mode : {0, 1, 2}) {
        std::vector<double> wanted = correlated(a, v, mode), got(wanted.size());
        for (int threads : {1, 4}) {
          ndrt_set_num_threads(threads);
          Tensor x(a, {n}), y(v, {m}), out(got, {int64_t(got.size())});
          ASSERT_EQ(ndrt_correlate(&x.raw, &y.raw, &out.raw, mode), NDRT_OK);
          EXPECT_EQ(got, wanted) << n << " " << m << " " << mode;
        }
      }
    }
  ndrt_set_num_threads(0);
}

TEST(Correlate, IntegersWrapAndSizesAreChecked) {
  std::vector<int16_t> a = {30000, 30000, 1}, v = {2, 1}, got(4);
  Tensor x(a, {3}), y(v, {2}), out(got, {4});
  ASSERT_EQ(ndrt_correlate(&x.raw, &y.raw, &out.raw, 2), NDRT_OK);
  EXPECT_EQ(got, correlated(a, v, 2));
  EXPECT_EQ(ndrt_correlate(&x.raw, &y.raw, &out.raw, 1), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_correlate(&y.raw, &x.raw, &out.raw, 2), NDRT_ERR_ARGUMENT);
}

TEST(Eigvals, RotationsAndWhatHasNone) {
  std::vector<double> a = {0, 1, -1, 0, 2, 0, 0, 3};
  std::vector<std::complex<double>> got(4);
  Tensor x(a, {2, 2, 2}), out(got, {2, 2});
  ASSERT_EQ(ndrt_eigvals(&x.raw, &out.raw), NDRT_OK);
  EXPECT_NEAR(std::abs(got[0] - std::complex<double>(0, 1)), 0, 1e-15);
  EXPECT_NEAR(std::abs(got[1] - std::complex<double>(0, -1)), 0, 1e-15);
  EXPECT_NEAR(got[2].real() + got[3].real(), 5, 1e-14);
  a[6] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(ndrt_eigvals(&x.raw, &out.raw), NDRT_ERR_CONVERGENCE);
  EXPECT_NE(lastError().find("in matrix (1,) of the batch"), std::string::npos);
}

} // namespace
