// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Order of elements in the runtime: long rows, which sort by digits, partial order, several keys.
#include <ndrt/ndrt.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

namespace {

template <class T> DLDataType type_of();
template <> DLDataType type_of<double>() { return {kDLFloat, 64, 1}; }
template <> DLDataType type_of<float>() { return {kDLFloat, 32, 1}; }
template <> DLDataType type_of<int64_t>() { return {kDLInt, 64, 1}; }
template <> DLDataType type_of<int32_t>() { return {kDLInt, 32, 1}; }
template <> DLDataType type_of<uint32_t>() { return {kDLUInt, 32, 1}; }
template <> DLDataType type_of<uint64_t>() { return {kDLUInt, 64, 1}; }
template <> DLDataType type_of<int8_t>() { return {kDLInt, 8, 1}; }
template <> DLDataType type_of<uint16_t>() { return {kDLUInt, 16, 1}; }

struct Tensor {
  std::vector<int64_t> shape, strides;
  DLTensor raw{};

  template <class T>
  Tensor(std::vector<T> &data, std::vector<int64_t> extents, std::vector<int64_t> steps = {})
      : shape(std::move(extents)), strides(std::move(steps)) {
    raw.data = data.data();
    raw.device = {kDLCPU, 0};
    raw.dtype = type_of<T>();
    raw.ndim = static_cast<int>(shape.size());
    raw.shape = shape.data();
    raw.strides = strides.empty() ? nullptr : strides.data();
  }
};

template <class T> bool before(T a, T b) { return a < b || (b != b && a == a); }

/// Numbers with many equals, both zeros and, of floats, nan.
template <class T> std::vector<T> mixed(size_t count) {
  std::mt19937_64 random(count);
  std::vector<T> out(count);
  for (T &x : out) {
    const uint64_t r = random();
    x = r % 3 ? static_cast<T>(int64_t(r >> 40) % 7 - 3) : static_cast<T>(int64_t(r >> 20));
    if constexpr (std::is_floating_point_v<T>) {
      if (r % 11 == 0)
        x = std::numeric_limits<T>::quiet_NaN();
      else if (r % 11 == 1)
        x = -T(0);
      else if (r % 11 == 2)
        x = -std::numeric_limits<T>::infinity();
    }
  }
  return out;
}

template <class T> void sorts() {
  for (size_t n : {1, 2, 255, 256, 1023, 1024, 5000}) {
    std::vector<T> data = mixed<T>(n), got(n);
    std::vector<int64_t> at(n), wanted(n);
    std::iota(wanted.begin(), wanted.end(), 0);
    std::stable_sort(wanted.begin(), wanted.end(),
                     [&](int64_t i, int64_t j) { return before(data[i], data[j]); });
    Tensor x(data, {int64_t(n)}), out(got, {int64_t(n)}), order(at, {int64_t(n)});
    ASSERT_EQ(ndrt_argsort(&x.raw, &order.raw), NDRT_OK);
    EXPECT_EQ(at, wanted) << n;
    ASSERT_EQ(ndrt_sort(&x.raw, &out.raw), NDRT_OK);
    for (size_t i = 0; i < n; ++i) {
      const T want = data[size_t(wanted[i])];
      ASSERT_TRUE(got[i] == want || (got[i] != got[i] && want != want)) << n << " " << i;
      ASSERT_EQ(std::signbit(double(got[i])), std::signbit(double(want))) << n << " " << i;
    }
  }
}

TEST(Sort, ByDigitsKeepsTheOrderOfEquals) {
  sorts<double>();
  sorts<float>();
  sorts<int64_t>();
  sorts<int8_t>();
  sorts<uint16_t>();
}

void partitions(const std::vector<double> &data, std::vector<int64_t> kth) {
  const int64_t n = int64_t(data.size());
  std::vector<double> in = data, got(data.size());
  std::vector<int64_t> at(data.size());
  Tensor x(in, {n}), k(kth, {int64_t(kth.size())}), out(got, {n}), order(at, {n});
  ASSERT_EQ(ndrt_partition(&x.raw, &k.raw, &out.raw), NDRT_OK);
  ASSERT_EQ(ndrt_argpartition(&x.raw, &k.raw, &order.raw), NDRT_OK);
  std::vector<double> chosen;
  for (int64_t i : at)
    chosen.push_back(data[size_t(i)]);
  std::vector<int64_t> all = at;
  std::sort(all.begin(), all.end());
  for (int64_t i = 0; i < n; ++i)
    ASSERT_EQ(all[size_t(i)], i);
  for (const std::vector<double> &result : {got, chosen})
    for (int64_t place : kth) {
      place += place < 0 ? n : 0;
      for (int64_t i = 0; i < n; ++i) {
        const double here = result[size_t(i)], there = result[size_t(place)];
        ASSERT_FALSE(i < place ? before(there, here) : before(here, there)) << i << " " << place;
      }
    }
}

TEST(Partition, PutsElementsWhereSortingWould) {
  for (size_t n : {1, 2, 24, 25, 26, 1000}) {
    std::vector<double> data = mixed<double>(n);
    partitions(data, {0});
    partitions(data, {-1});
    partitions(data, {int64_t(n) / 2, 0, int64_t(n) / 3, int64_t(n) / 2});
  }
}

TEST(Partition, IsLinearWhateverTheElementsAre) {
  // An organ pipe, sawteeth, equals, and the killer of medians of three (Musser 1997).
  const size_t n = 1 << 17;
  std::vector<double> pipe(n), teeth(n), equal(n, 1), killer(n);
  for (size_t i = 0; i < n; ++i) {
    pipe[i] = double(std::min(i, n - i));
    teeth[i] = double(i % 7);
  }
  for (size_t k = n / 2, i = 1; i <= k; ++i) {
    killer[i - 1] = i % 2 ? double(i) : double(k + i - 1);
    killer[k + i - 1] = double(2 * i);
  }
  for (const auto &data : {pipe, teeth, equal, killer})
    partitions(data, {int64_t(n) / 2, int64_t(n) - 2});
}

TEST(Partition, NamesAPositionOutside) {
  std::vector<double> data = {3, 1, 2}, got(3);
  std::vector<int64_t> kth = {3};
  Tensor x(data, {3}), k(kth, {1}), out(got, {3});
  EXPECT_EQ(ndrt_partition(&x.raw, &k.raw, &out.raw), NDRT_ERR_INDEX);
  EXPECT_STREQ(ndrt_last_error(), "partition: kth 3 is out of bounds for an axis of size 3");
  EXPECT_EQ(got, std::vector<double>(3));
}

/// Rows of every length up to 600, and long ones in the orders that quicksort fears: each bit as a
/// stable sort has it.
template <class T> void sorts_like_stable_sort() {
  std::mt19937_64 random(7);
  auto check = [](std::vector<T> data, const char *what) {
    std::vector<T> got(data.size()), wanted = data;
    std::stable_sort(wanted.begin(), wanted.end(), before<T>);
    Tensor x(data, {int64_t(data.size())}), out(got, {int64_t(data.size())});
    ASSERT_EQ(ndrt_sort(&x.raw, &out.raw), NDRT_OK);
    EXPECT_EQ(std::memcmp(got.data(), wanted.data(), data.size() * sizeof(T)), 0)
        << what << " " << data.size();
  };
  for (size_t n = 1; n < 600; ++n)
    check(mixed<T>(n), "mixed");
  for (size_t n : {4097, 200001}) {
    check(mixed<T>(n), "mixed");
    std::vector<T> any(n), up(n), pipe(n), teeth(n), ends(n);
    for (size_t i = 0; i < n; ++i) {
      any[i] = T(random());
      up[i] = T(i);
      pipe[i] = T(std::min(i, n - i));
      teeth[i] = T(i % 64);
      ends[i] = random() % 2 ? std::numeric_limits<T>::max() : std::numeric_limits<T>::lowest();
    }
    check(any, "any");
    check(pipe, "organ pipe");
    check(teeth, "teeth");
    check(ends, "ends");
    check({up.rbegin(), up.rend()}, "reversed");
    check(std::vector<T>(n, T(3)), "equal");
    std::swap(up[n / 2], up[n / 3]);
    check(up, "nearly sorted");
  }
}
TEST(Sort, ByVectors) {
  for (int threads : {1, 2}) {
    ndrt_set_num_threads(threads);
    sorts_like_stable_sort<double>();
    sorts_like_stable_sort<float>();
    sorts_like_stable_sort<int64_t>();
    sorts_like_stable_sort<uint64_t>();
    sorts_like_stable_sort<int32_t>();
    sorts_like_stable_sort<uint32_t>();
  }
  ndrt_set_num_threads(0);
}

TEST(Sort, NanKeepTheirOrderAndBits) {
  std::vector<double> data(1000), got(1000);
  for (size_t i = 0; i < data.size(); ++i)
    data[i] = i % 3 ? std::bit_cast<double>((i % 2 ? 0xfff8000000000000 : 0x7ff8000000000000) + i)
                    : double(i * 7919 % 1000);
  Tensor x(data, {1000}), out(got, {1000});
  ASSERT_EQ(ndrt_sort(&x.raw, &out.raw), NDRT_OK);
  std::stable_sort(data.begin(), data.end(), before<double>);
  EXPECT_EQ(std::memcmp(data.data(), got.data(), 8000), 0);
}

TEST(Lexsort, TheLastKeyWeighsMost) {
  std::vector<int64_t> keys = {9, 4, 0, 4, 0, 2, 1, 1, 5, 1, 4, 3, 4, 4}, at(7);
  Tensor k(keys, {2, 7}), out(at, {7});
  ASSERT_EQ(ndrt_lexsort(&k.raw, &out.raw), NDRT_OK);
  // By (1 5 1 4 3 4 4), then by (9 4 0 4 0 2 1).
  EXPECT_EQ(at, (std::vector<int64_t>{2, 0, 4, 6, 5, 3, 1}));
  // Rows of keys that lie as columns.
  std::vector<int64_t> turned(14);
  for (size_t i = 0; i < 14; ++i)
    turned[i % 7 * 2 + i / 7] = keys[i];
  Tensor columns(turned, {2, 7}, {1, 2});
  std::fill(at.begin(), at.end(), -1);
  ASSERT_EQ(ndrt_lexsort(&columns.raw, &out.raw), NDRT_OK);
  EXPECT_EQ(at, (std::vector<int64_t>{2, 0, 4, 6, 5, 3, 1}));
}

} // namespace
