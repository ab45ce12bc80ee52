// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Order in the runtime against std::stable_sort, bit for bit, for every width of vectors: each
// dtype, lengths, patterns and strides.
#include <ndrt/ndrt.h>

#include "sort/vector_sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>
#include <cstring>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace {

template <uint8_t dlpack_code, int exponent_bits> struct half {
  uint16_t bits;

  double value() const {
    const int mantissa_bits = 15 - exponent_bits, most = (1 << exponent_bits) - 1;
    const int exponent = bits >> mantissa_bits & most, mantissa = bits & ((1 << mantissa_bits) - 1);
    const double sign = bits & 0x8000 ? -1 : 1;
    if (exponent == most)
      return mantissa ? std::nan("") : sign * std::numeric_limits<double>::infinity();
    return sign * std::ldexp(exponent ? mantissa + (1 << mantissa_bits) : mantissa,
                             std::max(exponent, 1) - most / 2 - mantissa_bits);
  }
};
using float16 = half<kDLFloat, 5>;
using bfloat16 = half<kDLBfloat, 8>;

template <class T> constexpr bool is_half = false;
template <uint8_t code, int bits> constexpr bool is_half<half<code, bits>> = true;
template <class T> constexpr bool is_complex = false;
template <class T> constexpr bool is_complex<std::complex<T>> = true;

template <uint8_t code, int bits> DLDataType dlpack(half<code, bits>) { return {code, 16, 1}; }
template <class T> DLDataType dlpack(std::complex<T>) { return {kDLComplex, 16 * sizeof(T), 1}; }
template <class T>
requires std::is_arithmetic_v<T> DLDataType dlpack(T) {
  return {uint8_t(std::is_floating_point_v<T> ? kDLFloat
                  : std::is_signed_v<T>       ? kDLInt
                                              : kDLUInt),
          8 * sizeof(T), 1};
}

/// NumPy's order.
template <class T> bool before(const T &a, const T &b) {
  if constexpr (is_half<T>) {
    return before(a.value(), b.value());
  } else if constexpr (is_complex<T>) {
    auto nans = [](const T &x) { return 2 * std::isnan(x.real()) + std::isnan(x.imag()); };
    if (nans(a) != nans(b))
      return nans(a) < nans(b);
    if (!std::isnan(a.real()) && a.real() != b.real())
      return a.real() < b.real();
    return !std::isnan(a.imag()) && a.imag() < b.imag();
  } else {
    return a < b || (b != b && a == a);
  }
}

struct tensor {
  std::vector<int64_t> shape, strides;
  DLTensor raw{};

  template <class T>
  tensor(T *data, std::vector<int64_t> extents, std::vector<int64_t> steps = {})
      : shape(std::move(extents)), strides(std::move(steps)) {
    raw.data = data;
    raw.device = {kDLCPU, 0};
    raw.dtype = dlpack(T());
    raw.ndim = static_cast<int>(shape.size());
    raw.shape = shape.data();
    raw.strides = strides.empty() ? nullptr : strides.data();
  }
};

template <class T> T from_bits(uint64_t r) {
  if constexpr (is_half<T>)
    return {uint16_t(r)};
  else if constexpr (sizeof(T) == 4)
    return std::bit_cast<T>(uint32_t(r));
  else if constexpr (sizeof(T) == 8)
    return std::bit_cast<T>(r);
  else
    return T(r);
}
template <class T> T number(int64_t n) {
  if constexpr (is_half<T>)
    return {uint16_t((n & 0x7fff) | (n < 0 ? 0x8000 : 0))};
  else
    return T(n);
}

const char *const patterns[] = {"any bits",      "few",          "numbers",    "sorted",
                                "reversed",      "pipe",         "teeth",      "equal",
                                "nearly sorted", "one far away", "mostly nan", "mostly ends"};

template <class T> using same_size = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;

/// Elements in one of the orders that sorts fear.
template <class T> std::vector<T> made(const std::string &pattern, size_t n) {
  std::mt19937_64 random(n + pattern.size());
  std::vector<T> x(n);
  if constexpr (is_complex<T>) {
    using part = typename T::value_type;
    // Few real parts, so that the imaginary ones count.
    std::vector<part> real = made<part>(pattern == "any bits" ? "few" : "teeth", n),
                      imag = made<part>(pattern, n);
    for (size_t i = 0; i < n; ++i)
      x[i] = {real[i], imag[i]};
  } else {
    const int64_t end = int64_t(n);
    for (int64_t i = 0; i < end; ++i) {
      const uint64_t r = random();
      T &to = x[size_t(i)];
      if (pattern == "any bits")
        to = from_bits<T>(r); // of floats nan of many kinds
      else if (pattern == "few") {
        to = number<T>(int64_t(r >> 40) % 5 - 2);
        if constexpr (std::is_floating_point_v<T>)
          to = r % 7 == 0 ? std::numeric_limits<T>::quiet_NaN() : r % 7 == 1 ? -T(0) : to;
        else if constexpr (is_half<T>)
          to.bits = r % 7 == 0 ? 0x7fff : r % 7 == 1 ? 0x8000 : to.bits;
      } else if (pattern == "numbers")
        to = number<T>(int64_t(r >> 33) - (int64_t(1) << 30));
      else if (pattern == "sorted" || pattern == "nearly sorted")
        to = number<T>(i);
      else if (pattern == "reversed")
        to = number<T>(end - i);
      else if (pattern == "pipe")
        to = number<T>(std::min(i, end - i));
      else if (pattern == "teeth")
        to = number<T>(i % 7);
      else if (pattern == "equal")
        to = number<T>(3);
      else if (pattern == "mostly ends") { // infinite ones, the numbers between them are few
        to = number<T>(int64_t(r >> 33) % 3 - 1);
        if (r % 10 > 0) {
          if constexpr (std::is_floating_point_v<T>)
            to = (r & 32 ? 1 : -1) * std::numeric_limits<T>::infinity();
          else if constexpr (is_half<T>)
            to.bits = r & 32 ? 0x7c00 : 0xfc00;
          else
            to = r & 32 ? std::numeric_limits<T>::max() : std::numeric_limits<T>::min();
        }
      } else if (pattern == "mostly nan") {
        to = number<T>(int64_t(r >> 33) - (int64_t(1) << 30));
        if (r % 10 > 1) {
          if constexpr (std::is_floating_point_v<T>) // of several kinds
            to = std::bit_cast<T>(std::bit_cast<same_size<T>>(std::numeric_limits<T>::quiet_NaN()) |
                                  same_size<T>(r % 3));
          else if constexpr (is_half<T>)
            to.bits = uint16_t(0x7fc0 | r % 3);
        } else if (r % 30 == 0) {
          if constexpr (std::is_floating_point_v<T>)
            to = r % 60 == 0 ? std::numeric_limits<T>::infinity() : -T(0);
        }
      } else { // keys whose first bits are equal, but for one
        if constexpr (std::is_floating_point_v<T>)
          to = i == end / 2 ? std::numeric_limits<T>::max()
                            : 1 + T(r % 1000) * std::numeric_limits<T>::epsilon();
        else
          to = i == end / 2 ? from_bits<T>(~uint64_t(0) >> 1) : number<T>(int64_t(r % 1000));
      }
    }
    if (pattern == "nearly sorted" && n > 2)
      std::swap(x[n / 2], x[n / 3]);
  }
  return x;
}

template <class T> bool same_bits(const std::vector<T> &a, const std::vector<T> &b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

std::vector<size_t> lengths() {
  std::vector<size_t> all(301);
  std::iota(all.begin(), all.end(), size_t(0));
  all.insert(all.end(), {513, 1025, 4099, 9001, 20011});
  return all;
}

template <class T> class widths : public testing::Test {
protected:
  void TearDown() override {
    ndrt::limitSortVectors(64);
    ndrt_set_num_threads(0);
  }
};
using elements =
    testing::Types<double, float, int64_t, uint64_t, int32_t, uint32_t, int16_t, uint16_t, int8_t,
                   uint8_t, std::complex<double>, std::complex<float>, float16, bfloat16>;
TYPED_TEST_SUITE(widths, elements);

TYPED_TEST(widths, sort_and_argsort_as_a_stable_sort_does) {
  using T = TypeParam;
  for (const char *pattern : patterns)
    for (size_t n : lengths()) {
      std::vector<T> x = made<T>(pattern, n), wanted(n), got(n);
      std::vector<int64_t> order(n), at(n);
      std::iota(order.begin(), order.end(), 0);
      std::stable_sort(order.begin(), order.end(),
                       [&](int64_t i, int64_t j) { return before(x[size_t(i)], x[size_t(j)]); });
      for (size_t i = 0; i < n; ++i)
        wanted[i] = x[size_t(order[i])];
      tensor in(x.data(), {int64_t(n)}), out(got.data(), {int64_t(n)}),
          positions(at.data(), {int64_t(n)});
      for (int bytes : {64, 32, 0}) {
        ndrt::limitSortVectors(bytes);
        ASSERT_EQ(ndrt_sort(&in.raw, &out.raw), NDRT_OK);
        ASSERT_TRUE(same_bits(got, wanted)) << pattern << " " << n << " by " << bytes;
        ASSERT_EQ(ndrt_argsort(&in.raw, &positions.raw), NDRT_OK);
        ASSERT_EQ(at, order) << pattern << " " << n << " by " << bytes;
      }
    }
}

/// What partition promises: the element of the middle position's rank cuts in three, each part in
/// its order, and so on.
template <class T>
void cut(std::vector<T> &x, int64_t begin, int64_t end, const std::vector<int64_t> &kth) {
  if (kth.empty() || end - begin < 2)
    return;
  std::vector<T> part(x.begin() + begin, x.begin() + end), sorted = part;
  std::stable_sort(sorted.begin(), sorted.end(), before<T>);
  const T pivot = sorted[size_t(kth[kth.size() / 2] - begin)];
  auto less = [&](const T &e) { return before(e, pivot); };
  auto not_greater = [&](const T &e) { return !before(pivot, e); };
  auto behind = std::stable_partition(part.begin(), part.end(), not_greater);
  auto equals = std::stable_partition(part.begin(), behind, less);
  const int64_t first = begin + (equals - part.begin()), last = begin + (behind - part.begin());
  std::copy(part.begin(), part.end(), x.begin() + begin);
  std::vector<int64_t> low, high;
  for (int64_t k : kth) {
    if (k < first)
      low.push_back(k);
    if (k >= last)
      high.push_back(k);
  }
  cut(x, begin, first, low);
  cut(x, last, end, high);
}

// Keys whose first bits do not tell them apart: clusters with others far away on either side, sizes
// of all magnitudes, elements that differ in their last bits.
TYPED_TEST(widths, argsort_of_uneven_elements) {
  using T = TypeParam;
  if constexpr (sizeof(T) == 8 && std::is_arithmetic_v<T>) {
    std::mt19937_64 random(5);
    std::vector<uint64_t> drawn(3'000);
    for (uint64_t &bits : drawn)
      bits = random() >> 2;
    for (int64_t n : {4'095, 4'096, 10'007, 32'768, 50'021})
      for (int pattern = 0; pattern < 10; ++pattern) {
        std::vector<T> x(static_cast<size_t>(n));
        for (T &to : x) {
          const uint64_t r = random();
          constexpr uint64_t base = uint64_t(1) << 62;
          uint64_t bits = base + (r >> 40); // a cluster
          if (pattern == 0 && r % 10'000 == 0)
            bits = r >> 1 | (r & 1) << 63;
          else if (pattern == 1)
            bits = (r >> 1) >> (r % 63);
          else if (pattern == 2 && r % 2 == 0)
            bits = r >> 40;
          else if (pattern == 3)
            bits = r % 3 == 0 ? 1 : r % 3 == 1 ? base + 1 : base;
          else if (pattern == 4)
            bits = (r % 7 << 60) + (r >> 44);
          else if (pattern == 5)
            bits = r % 20'000 == 0 ? base * 2 - 1 : r % 2;
          else if (pattern == 6) // runs of equal ones
            bits = drawn[r % 3'000];
          else if (pattern == 7) // that differ in their last bits
            bits = drawn[r % 3'000] + (r >> 56);
          else if (pattern == 8) // long runs, and those of one
            bits = r % 3 == 0 ? r >> 2 : drawn[r % 9] + (r >> 56);
          else if (pattern == 9) // few runs
            bits = r % 100 == 0 ? drawn[0] + (r >> 56) : r >> 2;
          to = std::bit_cast<T>(bits);
        }
        std::vector<int64_t> wanted(x.size()), got(x.size());
        std::iota(wanted.begin(), wanted.end(), 0);
        std::stable_sort(wanted.begin(), wanted.end(),
                         [&](int64_t a, int64_t b) { return before(x[size_t(a)], x[size_t(b)]); });
        tensor in(x.data(), {n}), out(got.data(), {n});
        for (int bytes : {64, 32, 0})
          for (int threads : {1, 3}) {
            ndrt::limitSortVectors(bytes);
            ndrt_set_num_threads(threads);
            ASSERT_EQ(ndrt_argsort(&in.raw, &out.raw), NDRT_OK);
            ASSERT_EQ(got, wanted) << pattern << " of " << n << " by " << bytes;
          }
      }
  }
}

TYPED_TEST(widths, partition_and_ranks) {
  using T = TypeParam;
  std::vector<size_t> some = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 100, 127, 129, 300};
  some.insert(some.end(), {2047, 2049, 4095, 4097, 8191, 8193, 16385, 40001});
  for (const char *pattern : patterns)
    for (size_t n : some) {
      const int64_t length = int64_t(n);
      std::vector<T> x = made<T>(pattern, n), sorted = x, got(n), chosen(n);
      std::stable_sort(sorted.begin(), sorted.end(), before<T>);
      std::vector<std::vector<int64_t>> lists = {{length / 2}, {0}, {length - 1}};
      if (n > 3)
        lists.push_back({length / 4, length / 4 + 1, length / 2, length - 2});
      for (std::vector<int64_t> &kth : lists) {
        std::vector<T> wanted = x, ranked(kth.size());
        cut(wanted, 0, length, kth);
        std::vector<int64_t> at(n);
        tensor in(x.data(), {length}), k(kth.data(), {int64_t(kth.size())}),
            out(got.data(), {length}), positions(at.data(), {length}),
            values(ranked.data(), {int64_t(kth.size())});
        for (int bytes : {64, 32, 0}) {
          ndrt::limitSortVectors(bytes);
          ASSERT_EQ(ndrt_partition(&in.raw, &k.raw, &out.raw), NDRT_OK);
          ASSERT_TRUE(same_bits(got, wanted)) << pattern << " " << n << " by " << bytes;
          ASSERT_EQ(ndrt_argpartition(&in.raw, &k.raw, &positions.raw), NDRT_OK);
          for (size_t i = 0; i < n; ++i)
            chosen[i] = x[size_t(at[i])];
          ASSERT_TRUE(same_bits(chosen, wanted)) << pattern << " " << n << " by " << bytes;
          std::sort(at.begin(), at.end());
          for (int64_t i = 0; i < length; ++i)
            ASSERT_EQ(at[size_t(i)], i);
          ASSERT_EQ(ndrt_order_statistics(&in.raw, &k.raw, &values.raw), NDRT_OK);
          for (size_t i = 0; i < kth.size(); ++i) {
            const T want = sorted[size_t(kth[i])];
            if constexpr (is_complex<T>)
              ASSERT_TRUE(!before(ranked[i], want) && !before(want, ranked[i]))
                  << pattern << " " << n << " by " << bytes;
            else
              ASSERT_EQ(std::memcmp(&ranked[i], &want, sizeof want), 0)
                  << pattern << " " << n << " rank " << kth[i] << " by " << bytes;
          }
        }
      }
    }
}

TYPED_TEST(widths, views_along_any_stride) {
  using T = TypeParam;
  // (3, 5, 41) of a larger array: every second plane backwards, and the rows are its columns.
  const int64_t rows = 41, columns = 9, planes = 6;
  std::vector<T> whole = made<T>("few", size_t(planes * rows * columns));
  auto element = [&](int64_t p, int64_t c, int64_t r) -> T & {
    return whole[size_t((5 - 2 * p) * rows * columns + r * columns + c)];
  };
  std::vector<T> got(3 * 5 * size_t(rows)), cutting = got;
  std::vector<int64_t> at(got.size()), kth = {7, 30};
  tensor in(&element(0, 0, 0), {3, 5, rows}, {-2 * rows * columns, 1, columns}),
      out(got.data(), {3, 5, rows}), positions(at.data(), {3, 5, rows}), k(kth.data(), {2}),
      parts(cutting.data(), {3, 5, rows});
  for (int bytes : {64, 32, 0}) {
    ndrt::limitSortVectors(bytes);
    ASSERT_EQ(ndrt_sort(&in.raw, &out.raw), NDRT_OK);
    ASSERT_EQ(ndrt_argsort(&in.raw, &positions.raw), NDRT_OK);
    ASSERT_EQ(ndrt_partition(&in.raw, &k.raw, &parts.raw), NDRT_OK);
    for (int64_t p = 0; p < 3; ++p)
      for (int64_t c = 0; c < 5; ++c) {
        std::vector<T> row;
        for (int64_t r = 0; r < rows; ++r)
          row.push_back(element(p, c, r));
        std::vector<T> halves = row;
        cut(halves, 0, rows, kth);
        std::vector<T> sorted = row;
        std::stable_sort(sorted.begin(), sorted.end(), before<T>);
        const auto begin = (p * 5 + c) * rows;
        ASSERT_TRUE(same_bits({got.begin() + begin, got.begin() + begin + rows}, sorted));
        ASSERT_TRUE(same_bits({cutting.begin() + begin, cutting.begin() + begin + rows}, halves));
        for (int64_t r = 0; r < rows; ++r)
          row[size_t(r)] = element(p, c, at[size_t(begin + r)]);
        ASSERT_TRUE(same_bits(row, sorted));
      }
  }
}

// Rows that fit into a vector or some, and longer ones: nan and zeros of both signs in some of
// them, what is behind a row belongs to the next; where they stand, elsewhere, and from other
// strides.
TYPED_TEST(widths, many_short_rows) {
  using T = TypeParam;
  constexpr int64_t rows = 13;
  std::vector<int64_t> lengths(35);
  std::iota(lengths.begin(), lengths.end(), int64_t{1});
  lengths.insert(lengths.end(), {47, 48, 49, 63, 64, 65, 66, 100, 127, 128, 129, 130});
  for (int64_t length : lengths)
    for (const char *pattern : {"any bits", "few", "numbers", "mostly nan", "mostly ends"}) {
      const auto n = size_t(rows * length);
      const std::vector<T> x = made<T>(pattern, n);
      std::vector<T> wanted = x, twice(2 * n), got(n), parts(n);
      std::vector<int64_t> order(n), at(n), kth = {length / 2}, cuts(n);
      std::iota(order.begin(), order.end(), int64_t{0});
      for (int64_t row = 0; row < rows; ++row) {
        const auto first = row * length;
        std::stable_sort(wanted.begin() + first, wanted.begin() + first + length, before<T>);
        std::stable_sort(order.begin() + first, order.begin() + first + length,
                         [&](int64_t i, int64_t j) { return before(x[size_t(i)], x[size_t(j)]); });
        for (int64_t i = first; i < first + length; ++i)
          order[size_t(i)] -= first;
      }
      std::vector<T> halves = x;
      for (int64_t row = 0; row < rows; ++row)
        cut(halves, row * length, (row + 1) * length, {row * length + length / 2});
      for (size_t i = 0; i < n; ++i)
        twice[2 * i] = x[i];
      for (int bytes : {64, 32, 0}) {
        ndrt::limitSortVectors(bytes);
        std::vector<T> here = x;
        tensor in(here.data(), {rows, length}), out(got.data(), {rows, length}),
            spread(twice.data(), {rows, length}, {2 * length, 2}),
            positions(at.data(), {rows, length}), k(kth.data(), {1}),
            partitioned(parts.data(), {rows, length});
        ASSERT_EQ(ndrt_argsort(&in.raw, &positions.raw), NDRT_OK);
        ASSERT_EQ(at, order) << pattern << " " << length << " by " << bytes;
        ASSERT_EQ(ndrt_sort(&in.raw, &out.raw), NDRT_OK);
        ASSERT_TRUE(same_bits(got, wanted)) << pattern << " " << length << " by " << bytes;
        ASSERT_TRUE(same_bits(here, x));
        std::fill(got.begin(), got.end(), T());
        ASSERT_EQ(ndrt_sort(&spread.raw, &out.raw), NDRT_OK);
        ASSERT_TRUE(same_bits(got, wanted)) << pattern << " " << length << " by " << bytes;
        ASSERT_EQ(ndrt_partition(&in.raw, &k.raw, &partitioned.raw), NDRT_OK);
        ASSERT_TRUE(same_bits(parts, halves)) << pattern << " " << length << " by " << bytes;
        ASSERT_EQ(ndrt_argpartition(&in.raw, &k.raw, &positions.raw), NDRT_OK);
        for (size_t i = 0; i < n; ++i)
          parts[i] = x[i - i % size_t(length) + size_t(at[i])];
        ASSERT_TRUE(same_bits(parts, halves)) << pattern << " " << length << " by " << bytes;
        ASSERT_EQ(ndrt_sort(&in.raw, &in.raw), NDRT_OK);
        ASSERT_TRUE(same_bits(here, wanted)) << pattern << " " << length << " by " << bytes;
      }
    }
}

TYPED_TEST(widths, any_number_of_threads) {
  using T = TypeParam;
  const size_t n = 300007;
  for (const char *pattern : {"any bits", "few", "numbers", "equal", "one far away"}) {
    std::vector<T> x = made<T>(pattern, n), wanted = x, got(n);
    std::vector<int64_t> first, at(n);
    std::stable_sort(wanted.begin(), wanted.end(), before<T>);
    tensor in(x.data(), {int64_t(n)}), out(got.data(), {int64_t(n)}),
        positions(at.data(), {int64_t(n)});
    for (int threads : {1, 2, 5}) {
      ndrt_set_num_threads(threads);
      for (int bytes : {64, 32}) {
        ndrt::limitSortVectors(bytes);
        ASSERT_EQ(ndrt_sort(&in.raw, &out.raw), NDRT_OK);
        ASSERT_TRUE(same_bits(got, wanted)) << pattern << " " << threads << " " << bytes;
        ASSERT_EQ(ndrt_argsort(&in.raw, &positions.raw), NDRT_OK);
        if (first.empty())
          first = at;
        ASSERT_EQ(at, first) << pattern << " " << threads << " " << bytes;
      }
    }
  }
}

TYPED_TEST(widths, searchsorted_of_keys_in_order_and_in_none) {
  using T = TypeParam;
  for (const char *pattern : {"few", "numbers", "teeth", "one far away", "any bits"})
    for (size_t n : {0, 1, 2, 5, 16, 100, 3000}) {
      std::vector<T> sorted = made<T>(pattern, n), keys = made<T>("any bits", 1003);
      std::stable_sort(sorted.begin(), sorted.end(), before<T>);
      keys.insert(keys.end(), sorted.begin(), sorted.end());
      for (bool in_order : {false, true}) {
        if (in_order)
          std::stable_sort(keys.begin(), keys.end(), before<T>);
        std::vector<int64_t> got(keys.size());
        tensor s(sorted.data(), {int64_t(n)}), k(keys.data(), {int64_t(keys.size())}),
            out(got.data(), {int64_t(keys.size())});
        for (int right : {0, 1}) {
          ASSERT_EQ(ndrt_searchsorted(&s.raw, &k.raw, &out.raw, right), NDRT_OK);
          for (size_t i = 0; i < keys.size(); ++i) {
            auto at = right ? std::upper_bound(sorted.begin(), sorted.end(), keys[i], before<T>)
                            : std::lower_bound(sorted.begin(), sorted.end(), keys[i], before<T>);
            ASSERT_EQ(got[i], at - sorted.begin()) << pattern << " " << n << " key " << i;
          }
        }
      }
    }
}

TYPED_TEST(widths, lexsort_as_stable_sorts_by_each_key) {
  using T = TypeParam;
  for (size_t n : {1, 40, 127, 128, 1000, 9000}) {
    std::vector<T> keys = made<T>("numbers", n), more = made<T>("few", n),
                   last = made<T>("teeth", n);
    keys.insert(keys.end(), more.begin(), more.end());
    keys.insert(keys.end(), last.begin(), last.end());
    std::vector<int64_t> wanted(n), at(n);
    std::iota(wanted.begin(), wanted.end(), 0);
    for (size_t k = 0; k < 3; ++k)
      std::stable_sort(wanted.begin(), wanted.end(), [&](int64_t i, int64_t j) {
        return before(keys[k * n + size_t(i)], keys[k * n + size_t(j)]);
      });
    tensor in(keys.data(), {3, int64_t(n)}), out(at.data(), {int64_t(n)});
    for (int bytes : {64, 32, 0}) {
      ndrt::limitSortVectors(bytes);
      ASSERT_EQ(ndrt_lexsort(&in.raw, &out.raw), NDRT_OK);
      ASSERT_EQ(at, wanted) << n << " by " << bytes;
    }
  }
}

TEST(sort_without_pivots, ends_where_it_should) {
  for (bool stay : {true, false}) {
    std::vector<int64_t> keys = made<int64_t>("any bits", 10007), wanted = keys, room(keys.size());
    std::sort(wanted.begin(), wanted.end());
    ndrt::sortWithoutPivots(ndrt::Part<int64_t>{keys.data(), room.data(), 10007, stay});
    EXPECT_EQ(stay ? keys : room, wanted);
  }
}

} // namespace
