// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fourier transforms in the runtime: error against sums in long double, the same bits for any width
// of vectors and any number of threads, and what is refused.
#include "fft/kernels.h"

#include <ndrt/ndrt.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <cstring>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

namespace {

template <class T> DLDataType type_of(bool complex) {
  return {static_cast<uint8_t>(complex ? kDLComplex : kDLFloat),
          static_cast<uint8_t>(8 * sizeof(T) * (complex ? 2 : 1)), 1};
}

struct Tensor {
  std::vector<int64_t> shape;
  DLTensor raw{};

  template <class T>
  Tensor(std::vector<T> &parts, std::vector<int64_t> extents, bool complex)
      : shape(std::move(extents)) {
    raw.data = parts.data();
    raw.device = {kDLCPU, 0};
    raw.dtype = type_of<T>(complex);
    raw.ndim = static_cast<int>(shape.size());
    raw.shape = shape.data();
  }
};

template <class T> std::vector<T> noise(size_t count, size_t sample = 0) {
  std::mt19937_64 random(count + (sample << 32));
  std::normal_distribution<double> normal;
  std::vector<T> out(count);
  for (T &x : out)
    x = T(normal(random));
  return out;
}

/// sqrt(|got - exact|^2 / |exact|^2) of a forward transform.
template <class T> double error_of(int64_t n, size_t sample = 0) {
  std::vector<T> x = noise<T>(size_t(2 * n), sample), y(size_t(2 * n));
  Tensor from(x, {n}, true), to(y, {n}, true);
  EXPECT_EQ(ndrt_fft(&from.raw, &to.raw, 0, 0, 0), NDRT_OK);
  using wide = std::complex<long double>;
  std::vector<wide> roots(static_cast<size_t>(n));
  for (int64_t k = 0; k < n; ++k)
    roots[size_t(k)] =
        std::polar(1.0L, -2 * std::numbers::pi_v<long double> * static_cast<long double>(k) /
                             static_cast<long double>(n));
  long double wrong = 0, size = 0;
  for (int64_t k = 0; k < n; ++k) {
    wide sum = 0;
    for (int64_t t = 0; t < n; ++t)
      sum += wide(x[size_t(2 * t)], x[size_t(2 * t + 1)]) * roots[size_t(k * t % n)];
    wrong += std::norm(wide(y[size_t(2 * k)], y[size_t(2 * k + 1)]) - sum);
    size += std::norm(sum);
  }
  return double(std::sqrt(wrong / size));
}

TEST(Fft, Errors) {
  for (int64_t n = 1; n <= 1100; n = n < 130 ? n + 1 : n + 97) {
    const double bits = std::sqrt(std::log2(double(n)) + 1);
    EXPECT_LE(error_of<double>(n), 1.1 * bits * std::numeric_limits<double>::epsilon()) << n;
    EXPECT_LE(error_of<float>(n), 1.1 * bits * std::numeric_limits<float>::epsilon()) << n;
  }
}

/// The worse error of ndrt_rfft and ndrt_irfft.
template <class T> double real_error_of(int64_t n, size_t sample = 0) {
  using wide = std::complex<long double>;
  const int64_t half = n / 2 + 1;
  std::vector<T> x = noise<T>(size_t(n), sample), y(size_t(2 * half)), z(static_cast<size_t>(n));
  Tensor from(x, {n}, false), to(y, {half}, true), back(z, {n}, false);
  EXPECT_EQ(ndrt_rfft(&from.raw, &to.raw, 0, n, 0), NDRT_OK);
  EXPECT_EQ(y[1], T(0));
  EXPECT_TRUE(n % 2 || y[size_t(n + 1)] == T(0));
  std::vector<wide> roots(static_cast<size_t>(n));
  for (int64_t k = 0; k < n; ++k)
    roots[size_t(k)] =
        std::polar(1.0L, -2 * std::numbers::pi_v<long double> * static_cast<long double>(k) /
                             static_cast<long double>(n));
  long double wrong = 0, size = 0, wrongBack = 0, sizeBack = 0;
  for (int64_t k = 0; k < half; ++k) {
    wide sum = 0;
    for (int64_t t = 0; t < n; ++t)
      sum += static_cast<long double>(x[size_t(t)]) * roots[size_t(k * t % n)];
    wrong += std::norm(wide(y[size_t(2 * k)], y[size_t(2 * k + 1)]) - sum);
    size += std::norm(sum);
  }
  EXPECT_EQ(ndrt_irfft(&to.raw, &back.raw, 0, 0), NDRT_OK);
  for (int64_t t = 0; t < n; ++t) {
    long double sum = y[0];
    for (int64_t k = 1; k < half; ++k)
      sum += (2 * k == n ? 1 : 2) * std::real(wide(y[size_t(2 * k)], y[size_t(2 * k + 1)]) *
                                              std::conj(roots[size_t(k * t % n)]));
    wrongBack += (z[size_t(t)] - sum) * (z[size_t(t)] - sum);
    sizeBack += sum * sum;
  }
  return double(std::max(std::sqrt(wrong / size), std::sqrt(wrongBack / sizeBack)));
}

TEST(Fft, ErrorsOfRealNumbers) {
  std::vector<int64_t> lengths = {243, 405, 495, 567, 729, 845, 945, 1001, 1029, 1053, 1157, 2187};
  for (int64_t n = 1; n <= 700; n = n < 130 ? n + 1 : n + 37)
    lengths.push_back(n);
  for (int64_t n : lengths) {
    const double bits = std::sqrt(std::log2(double(n)) + 1);
    EXPECT_LE(real_error_of<double>(n), 1.1 * bits * std::numeric_limits<double>::epsilon()) << n;
    EXPECT_LE(real_error_of<float>(n), 1.1 * bits * std::numeric_limits<float>::epsilon()) << n;
  }
}

/// Of one sample the error may be large by chance; over many the root mean square may not.
template <class T> void expect_small_errors(int64_t n) {
  constexpr size_t samples = 10;
  double sum = 0, realSum = 0;
  for (size_t sample = 1; sample <= samples; ++sample) {
    const double error = error_of<T>(n, sample), realError = real_error_of<T>(n, sample);
    sum += error * error;
    realSum += realError * realError;
  }
  const double unit = std::sqrt(std::log2(double(n)) + 1) * std::numeric_limits<T>::epsilon();
  EXPECT_LE(std::sqrt(sum / samples), 0.7 * unit) << n;
  EXPECT_LE(std::sqrt(realSum / samples), 0.7 * unit) << n;
}

TEST(Fft, ErrorsOfManySamples) {
  for (int64_t n = 2; n <= 128; ++n) {
    expect_small_errors<double>(n);
    expect_small_errors<float>(n);
  }
}

/// All that a transform of some kind of an array gives.
template <class T> std::vector<T> results(std::vector<int64_t> shape, int64_t axis) {
  size_t count = 1;
  for (int64_t extent : shape)
    count *= size_t(extent);
  std::vector<T> x = noise<T>(2 * count), all;
  const auto add = [&](const std::vector<T> &y) { all.insert(all.end(), y.begin(), y.end()); };
  std::vector<T> y(2 * count);
  {
    Tensor from(x, shape, true), to(y, shape, true);
    EXPECT_EQ(ndrt_fft(&from.raw, &to.raw, axis, 0, 0), NDRT_OK);
    add(y);
    EXPECT_EQ(ndrt_fft(&from.raw, &to.raw, axis, 1, 2), NDRT_OK);
    add(y);
  }
  std::vector<int64_t> half = shape;
  half[size_t(axis)] = shape[size_t(axis)] / 2 + 1;
  std::vector<T> z(2 * count / size_t(shape[size_t(axis)]) * size_t(half[size_t(axis)]));
  Tensor real(x, shape, false), spectrum(z, half, true);
  EXPECT_EQ(ndrt_rfft(&real.raw, &spectrum.raw, axis, -1, 0), NDRT_OK);
  add(z);
  std::vector<T> w(count);
  Tensor back(w, shape, false);
  EXPECT_EQ(ndrt_irfft(&spectrum.raw, &back.raw, axis, 1), NDRT_OK);
  add(w);
  for (size_t i = 0; i < count; ++i)
    EXPECT_NEAR(w[i], x[i], 100 * std::numeric_limits<T>::epsilon());
  return all;
}

/// Elements that lie apart, or backwards, are transformed as those side by side, to the bit.
template <class T> void same_anyhow(int64_t n) {
  const int64_t half = n / 2 + 1;
  const std::vector<T> wanted = results<T>({n}, 0);
  std::vector<T> x = noise<T>(size_t(2 * n)), apart(size_t(6 * n)), spread(size_t(6 * half)), all;
  const auto add = [&](const std::vector<T> &y) { all.insert(all.end(), y.begin(), y.end()); };
  std::vector<T> y(size_t(2 * n)), z(size_t(2 * half)), w(static_cast<size_t>(n));
  for (int64_t i = 0; i < n; ++i)
    for (int64_t p = 0; p < 2; ++p)
      apart[size_t(6 * (n - 1 - i) + p)] = x[size_t(2 * i + p)];
  int64_t stride = -3;
  Tensor complex(apart, {n}, true), real(apart, {n}, false), to(y, {n}, true),
      middle(z, {half}, true), from(spread, {half}, true), back(w, {n}, false);
  complex.raw.strides = real.raw.strides = from.raw.strides = &stride;
  complex.raw.data = apart.data() + 6 * (n - 1);
  EXPECT_EQ(ndrt_fft(&complex.raw, &to.raw, 0, 0, 0), NDRT_OK);
  add(y);
  EXPECT_EQ(ndrt_fft(&complex.raw, &to.raw, 0, 1, 2), NDRT_OK);
  add(y);
  for (int64_t i = 0; i < n; ++i)
    apart[size_t(3 * (n - 1 - i))] = x[size_t(i)];
  real.raw.data = apart.data() + 3 * (n - 1);
  EXPECT_EQ(ndrt_rfft(&real.raw, &middle.raw, 0, -1, 0), NDRT_OK);
  add(z);
  for (int64_t i = 0; i < half; ++i)
    for (int64_t p = 0; p < 2; ++p)
      spread[size_t(6 * (half - 1 - i) + p)] = z[size_t(2 * i + p)];
  from.raw.data = spread.data() + 6 * (half - 1);
  EXPECT_EQ(ndrt_irfft(&from.raw, &back.raw, 0, 1), NDRT_OK);
  add(w);
  ASSERT_EQ(all.size(), wanted.size());
  EXPECT_EQ(std::memcmp(all.data(), wanted.data(), all.size() * sizeof(T)), 0) << n;
}

template <class T> void same_bits() {
  const std::vector<std::pair<std::vector<int64_t>, int64_t>> cases = {
      {{1000}, 0},      {{1001}, 0},    {{729}, 0},      {{1009}, 0},    {{65536}, 0},
      {{100000}, 0},    {{40, 64}, 1},  {{64, 41}, 0},   {{37, 30}, 1},  {{5, 63, 9}, 1},
      {{3, 59, 20}, 1}, {{8, 15}, 1},   {{200, 169}, 1}, {{106, 12}, 0}, {{2, 143}, 1},
      {{16}, 0},        {{32}, 0},      {{100}, 0},      {{27}, 0},      {{31}, 0},
      {{2}, 0},         {{3}, 0},       {{9}, 0},        {{14}, 0},      {{15}, 0},
      {{30}, 0},        {{63}, 0},      {{120}, 0},      {{256}, 0},     {{500}, 0},
      {{512}, 0},       {{3, 24}, 1},   {{3, 45}, 1},    {{53}, 0},      {{20, 77}, 1},
      {{289, 9}, 0},    {{9, 1001}, 1}, {{2187}, 0},     {{3, 6075}, 1}, {{19683}, 0}};
  for (const auto &[shape, axis] : cases) {
    ndrt::fft::limitVectors(64);
    ndrt_set_num_threads(1);
    const std::vector<T> wanted = results<T>(shape, axis);
    for (int bytes : {16, 32, 64})
      for (int threads : {1, 3}) {
        ndrt::fft::limitVectors(bytes);
        ndrt_set_num_threads(threads);
        const std::vector<T> got = results<T>(shape, axis);
        EXPECT_EQ(std::memcmp(got.data(), wanted.data(), wanted.size() * sizeof(T)), 0)
            << shape[0] << " along " << axis << ", " << bytes << " bytes, " << threads;
      }
  }
  ndrt::fft::limitVectors(64);
  ndrt_set_num_threads(0);
}

TEST(Fft, SameBitsOfElementsApart) {
  for (int64_t n : {2,  3,  4,  7,  8,   9,   10,  15,  16,  17,  20,  26,   27,   30,
                    32, 60, 81, 96, 100, 250, 256, 257, 300, 512, 729, 1000, 1001, 1183}) {
    same_anyhow<double>(n);
    same_anyhow<float>(n);
  }
}

/// An element that stands for all of a line is transformed as so many equal ones, to the bit.
template <class T> void same_repeated(int64_t n, int64_t lines) {
  std::vector<T> one = noise<T>(size_t(2 * lines));
  const int64_t half = n / 2 + 1;
  std::vector<int64_t> strides = {0, 1};
  for (const auto &[kind, extents, complex, complex_out] : {std::tuple(0, n, true, true),
                                                            {0, n, false, true},
                                                            {1, half, false, true},
                                                            {2, 2 * (n - 1), true, false},
                                                            {2, 2 * (n - 1), false, false}}) {
    if (extents == 0)
      continue;
    std::vector<T> wanted(size_t(2 * extents * lines)), got = wanted;
    std::vector<T> rows;
    for (int64_t i = 0; i < n; ++i)
      rows.insert(rows.end(), one.begin(), one.begin() + (complex ? 2 : 1) * lines);
    Tensor repeated(one, {n, lines}, complex), plain(rows, {n, lines}, complex);
    repeated.raw.strides = strides.data();
    auto run = [&](Tensor &x, std::vector<T> &y) {
      Tensor to(y, {extents, lines}, complex_out);
      return kind == 0   ? ndrt_fft(&x.raw, &to.raw, 0, 0, 0)
             : kind == 1 ? ndrt_rfft(&x.raw, &to.raw, 0, -1, 2)
                         : ndrt_irfft(&x.raw, &to.raw, 0, 1);
    };
    EXPECT_EQ(run(repeated, got), NDRT_OK);
    EXPECT_EQ(run(plain, wanted), NDRT_OK);
    EXPECT_EQ(std::memcmp(got.data(), wanted.data(), got.size() * sizeof(T)), 0)
        << n << " x " << lines << ", kind " << kind;
  }
}

/// Rows of few elements are transformed as each alone, to the bit, wherever their elements lie.
template <class T> void same_rows(int64_t n) {
  constexpr int64_t rows = 5, spread = 3;
  for (const auto &[kind, given, results] :
       {std::tuple(0, n, n), {1, n, n / 2 + 1}, {2, n / 2 + 1, n}}) {
    const bool from_complex = kind != 1, to_complex = kind != 2;
    const int64_t parts = from_complex ? 2 : 1, out_parts = to_complex ? 2 : 1;
    std::vector<T> x = noise<T>(size_t(rows * given * parts)),
                   alone(size_t(rows * results * out_parts));
    std::vector<T> apart(x.size() * spread);
    auto run = [&](DLTensor &from, DLTensor &to, int64_t axis) {
      return kind == 0   ? ndrt_fft(&from, &to, axis, 1, 2)
             : kind == 1 ? ndrt_rfft(&from, &to, axis, n, 0)
                         : ndrt_irfft(&from, &to, axis, 1);
    };
    for (int64_t row = 0; row < rows; ++row) {
      Tensor from(x, {given}, from_complex), to(alone, {results}, to_complex);
      from.raw.data = x.data() + row * given * parts;
      to.raw.data = alone.data() + row * results * out_parts;
      ASSERT_EQ(run(from.raw, to.raw, 0), NDRT_OK);
    }
    std::vector<T> together(alone.size());
    Tensor all(x, {rows, given}, from_complex), out(together, {rows, results}, to_complex);
    ASSERT_EQ(run(all.raw, out.raw, 1), NDRT_OK);
    EXPECT_EQ(std::memcmp(together.data(), alone.data(), alone.size() * sizeof(T)), 0)
        << n << " " << kind;
    for (size_t i = 0; i < x.size(); ++i)
      apart[i / size_t(parts) * size_t(parts * spread) + i % size_t(parts)] = x[i];
    Tensor wide(apart, {rows, given}, from_complex);
    int64_t strides[] = {given * spread, spread};
    wide.raw.strides = strides;
    std::fill(together.begin(), together.end(), T(0));
    ASSERT_EQ(run(wide.raw, out.raw, 1), NDRT_OK);
    EXPECT_EQ(std::memcmp(together.data(), alone.data(), alone.size() * sizeof(T)), 0)
        << n << " " << kind;
  }
}

TEST(Fft, SameBitsOfRowsAndLines) {
  for (int64_t n : {2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15}) {
    same_rows<double>(n);
    same_rows<float>(n);
  }
}

TEST(Fft, SameBitsOfARepeatedElement) {
  for (int64_t n : {1, 2, 3, 4, 7, 9, 16, 27, 30, 59, 61, 64, 100, 121, 1000, 4096})
    for (int64_t lines : {1, 2, 3, 8, 13}) {
      same_repeated<double>(n, lines);
      same_repeated<float>(n, lines);
    }
}

TEST(Fft, SameBitsOfDoubles) { same_bits<double>(); }
TEST(Fft, SameBitsOfFloats) { same_bits<float>(); }

TEST(Fft, ManyLengthsFromManyThreads) { // more than the cache of plans holds
  struct Context {
    std::vector<double> errors = std::vector<double>(400);
  } context;
  ndrt_parallel_for(
      [](void *c, int64_t begin, int64_t end) {
        for (int64_t n = begin; n < end; ++n)
          static_cast<Context *>(c)->errors[size_t(n)] = n ? error_of<float>(n % 200 + 1) : 0;
      },
      &context, 400, 1);
  for (double error : context.errors)
    EXPECT_LE(error, 1e-6);
}

TEST(Fft, Refused) {
  std::vector<double> x(32), y(32);
  Tensor real(x, {4, 4}, false), complex(x, {4, 4}, true), out(y, {4, 4}, true),
      half(y, {4, 3}, true), row(y, {4}, true), none(x, {4, 0}, true), nothing(y, {4, 0}, true);
  EXPECT_EQ(ndrt_fft(&real.raw, &out.raw, 2, 0, 0), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_fft(&real.raw, &out.raw, -1, 0, 0), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_fft(&real.raw, &out.raw, 0, 0, 3), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_fft(&real.raw, &half.raw, 0, 0, 0), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_fft(&real.raw, &row.raw, 0, 0, 0), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_fft(&none.raw, &nothing.raw, 1, 0, 0), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_fft(&real.raw, &real.raw, 0, 0, 0), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_rfft(&complex.raw, &half.raw, 1, -1, 0), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_rfft(&real.raw, &out.raw, 1, -1, 0), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(ndrt_rfft(&real.raw, &half.raw, 1, 4, 0), NDRT_OK);
  EXPECT_EQ(ndrt_rfft(&real.raw, &half.raw, 1, 5, 0), NDRT_OK);
  EXPECT_EQ(ndrt_irfft(&complex.raw, &out.raw, 1, 0), NDRT_ERR_ARGUMENT);
}

} // namespace
