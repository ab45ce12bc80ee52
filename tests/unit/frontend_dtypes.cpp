// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// float16, bfloat16 and complex numbers in C++.
#include "tests/unit/frontend_expect.h"

#include <cmath>
#include <complex>
#include <cstring>
#include <random>

using std::complex;

namespace {

/// Every float16 and bfloat16 there is.
template <class T> std::vector<T> every() {
  std::vector<T> all(65536);
  for (size_t i = 0; i < all.size(); ++i)
    all[i].bits = uint16_t(i);
  return all;
}

template <class T> bool same(T a, T b) {
  return (std::isnan(float(a)) && std::isnan(float(b))) || a.bits == b.bits;
}

/// The nearest number with \p digits bits, halves to even, by the C library.
float nearest(float x, int digits, int lowest) {
  if (!std::isfinite(x) || x == 0)
    return x;
  int exponent = std::max(std::ilogb(x), lowest);
  float unit = std::ldexp(1.0f, exponent - digits + 1);
  return std::nearbyint(x / unit) * unit;
}

TEST(Halves, GoThroughFloatAndBack) {
  for (nd::float16_t x : every<nd::float16_t>())
    EXPECT_TRUE(same(nd::float16_t(float(x)), x)) << x.bits;
  for (nd::bfloat16_t x : every<nd::bfloat16_t>())
    EXPECT_TRUE(same(nd::bfloat16_t(float(x)), x)) << x.bits;
  EXPECT_EQ(float(nd::float16_t(65519.0f)), 65504.0f);
  EXPECT_TRUE(std::isinf(float(nd::float16_t(65520.0f))));
  EXPECT_EQ(float(nd::float16_t(0x1p-25)), 0.0f);
  EXPECT_EQ(float(nd::float16_t(0x1.8p-25)), 0x1p-24f);
  EXPECT_EQ(nd::float16_t(-0.0).bits, 0x8000);
}

TEST(Halves, CompiledConversionsAreTheSame) {
  nd::array h(every<nd::float16_t>()), b(every<nd::bfloat16_t>());
  std::vector<float> from_h = h.astype(nd::float32).to_vector<float>(),
                     from_b = b.astype(nd::float32).to_vector<float>();
  for (size_t i = 0; i < 65536; ++i) {
    nd::float16_t one;
    one.bits = uint16_t(i);
    nd::bfloat16_t two;
    two.bits = uint16_t(i);
    EXPECT_TRUE(from_h[i] == float(one) || std::isnan(float(one))) << i;
    EXPECT_TRUE(from_b[i] == float(two) || std::isnan(float(two))) << i;
  }
  // float32 and float64 of every size, to the halves.
  std::mt19937_64 bits(7);
  std::vector<float> floats(100000);
  std::vector<double> doubles(100000);
  for (size_t i = 0; i < floats.size(); ++i) {
    uint32_t word = uint32_t(bits());
    std::memcpy(&floats[i], &word, 4);
    doubles[i] = std::ldexp(double(int64_t(bits())) * 0x1p-63, int(bits() % 60) - 40);
  }
  nd::array f(floats), d(doubles);
  auto check = [&]<class T>(T, nd::dtype to) {
    std::vector<T> from_f = f.astype(to).template to_vector<T>(),
                   from_d = d.astype(to).template to_vector<T>();
    for (size_t i = 0; i < floats.size(); ++i) {
      EXPECT_TRUE(same(from_f[i], T(floats[i]))) << floats[i];
      EXPECT_TRUE(same(from_d[i], T(doubles[i]))) << doubles[i];
    }
  };
  check(nd::float16_t(), nd::float16);
  check(nd::bfloat16_t(), nd::bfloat16);
}

/// bfloat16 operations are float32 ones rounded to nearest even.
TEST(Halves, Bfloat16RoundsFloat32) {
  std::mt19937 bits(11);
  std::normal_distribution<float> normal;
  std::vector<float> x(5000), y(5000);
  for (size_t i = 0; i < x.size(); ++i) {
    x[i] = nearest(normal(bits) * 100, 8, -126);
    y[i] = nearest(normal(bits), 8, -126);
  }
  nd::array a = nd::array(x).astype(nd::bfloat16), b = nd::array(y).astype(nd::bfloat16);
  auto check = [&](const char *what, const nd::array &got, auto f) {
    EXPECT_EQ(got.dtype(), nd::bfloat16) << what;
    std::vector<float> values = got.to_vector<float>();
    for (size_t i = 0; i < x.size(); ++i) {
      float want = nearest(f(x[i], y[i]), 8, -126);
      EXPECT_TRUE(values[i] == want || (std::isnan(values[i]) && std::isnan(want)))
          << what << " of " << x[i] << ", " << y[i] << ": " << values[i] << ", not " << want;
    }
  };
  check("add", a + b, [](float p, float q) { return p + q; });
  check("subtract", a - b, [](float p, float q) { return p - q; });
  check("multiply", a * b, [](float p, float q) { return p * q; });
  check("divide", a / b, [](float p, float q) { return p / q; });
  check("sqrt", nd::sqrt(a), [](float p, float) { return std::sqrt(p); });
  check("maximum", nd::maximum(a, b), [](float p, float q) { return std::max(p, q); });
  check("floor", nd::floor(a), [](float p, float) { return std::floor(p); });
  check("two steps", a * b + a, [](float p, float q) { return nearest(p * q, 8, -126) + p; });
  EXPECT_EQ((a + 1).dtype(), nd::bfloat16);
  EXPECT_EQ((a + nd::array({1, 2}).astype(nd::float16)[0]).dtype(), nd::float32);
}

TEST(Halves, SumsGrowInFloat32) {
  nd::array ones = nd::ones({5000}, nd::float16), small = nd::ones({5000}, nd::bfloat16);
  EXPECT_EQ(ones.sum().item<float>(), 5000.0f); // a float16 sum would stay at 2048
  EXPECT_EQ(ones.sum().dtype(), nd::float16);
  EXPECT_EQ(small.sum().item<float>(), 4992.0f); // the bfloat16 next to 5000
  EXPECT_EQ(ones.mean().item<float>(), 1.0f);
  EXPECT_EQ(ones.var().item<float>(), 0.0f);
  nd::array m = nd::matmul(ones.reshape({1, 5000}), ones.reshape({5000, 1}));
  EXPECT_EQ(m.dtype(), nd::float16);
  EXPECT_EQ(m.item<float>(), 5000.0f);
}

TEST(Complex, LiteralsScalarsAndReading) {
  nd::array a({1.0, complex<double>(2, -3)});
  EXPECT_EQ(a.dtype(), nd::complex128);
  EXPECT_EQ(a.to_vector<complex<double>>(), (std::vector<complex<double>>{1.0, {2, -3}}));
  EXPECT_EQ(a[1].item<complex<double>>(), complex<double>(2, -3));
  EXPECT_EQ(a[1].item<double>(), 2.0); // the real part, as astype has it
  EXPECT_EQ(*nd::array(std::vector<complex<float>>{{1, 2}}).data<complex<float>>(),
            complex<float>(1, 2));
  nd::array f({1.0, 2.0}, nd::float32);
  EXPECT_EQ((f * complex<double>(0, 1)).dtype(), nd::complex64);
  EXPECT_EQ((nd::array({1, 2}) * complex<double>(0, 1)).dtype(), nd::complex128);
  EXPECT_EQ((f * complex<double>(0, 1)).to_vector<complex<float>>(),
            (std::vector<complex<float>>{{0, 1}, {0, 2}}));
  EXPECT_EQ(nd::full({2}, complex<double>(1, 2)).to_vector<complex<double>>(),
            (std::vector<complex<double>>{{1, 2}, {1, 2}}));
  EXPECT_HAS(
      message_of<nd::dtype_error>([&] { nd::full({2}, complex<double>(1, 2), nd::float64); }),
      "a complex number is given for dtype float64");
}

TEST(Complex, PartsConjugatesAndAngles) {
  nd::array z({complex<double>(3, 4), complex<double>(0, -1)});
  EXPECT_EQ(z.real().to_vector<double>(), (std::vector<double>{3, 0}));
  EXPECT_EQ(z.imag().to_vector<double>(), (std::vector<double>{4, -1}));
  EXPECT_EQ(nd::abs(z).to_vector<double>(), (std::vector<double>{5, 1}));
  EXPECT_EQ(z.conj().to_vector<complex<double>>()[0], complex<double>(3, -4));
  EXPECT_EQ(nd::angle(z, true).to_vector<double>()[1], -90.0);
  EXPECT_TRUE(nd::iscomplexobj(z));
  EXPECT_TRUE(nd::isrealobj(nd::array({1.0})));
  EXPECT_EQ(nd::complex(nd::array({1.0, 2.0}), 5).to_vector<complex<double>>()[1],
            complex<double>(2, 5));
  EXPECT_EQ(nd::vdot(z, z).item<complex<double>>(), complex<double>(26, 0));
}

/// A new scalar runs the same code: its two numbers are parameters.
TEST(Complex, ScalarsAreParameters) {
  nd::array z({complex<double>(1, 1), complex<double>(2, 0)});
  (z * complex<double>(0.25, 3)).eval();
  auto before = nd::compile_stats().programs;
  for (int i = 1; i < 4; ++i)
    EXPECT_EQ((z * complex<double>(i * 0.3, i)).to_vector<complex<double>>()[1],
              complex<double>(2 * (i * 0.3), 2.0 * i));
  EXPECT_EQ(nd::compile_stats().programs, before);
}

TEST(Complex, WhatIsRefusedSaysWhatToDo) {
  nd::array z({complex<double>(1, 1), complex<double>(2, 0)});
  EXPECT_HAS(message_of<nd::dtype_error>([&] { nd::floor(z); }),
             "dtype complex128 is not supported");
  EXPECT_HAS(message_of<nd::dtype_error>([&] { z % z; }), "take nd::real(x)");
  EXPECT_HAS(message_of<nd::dtype_error>([&] { z &z; }), "complex128");
  EXPECT_HAS(message_of<nd::dtype_error>([&] { nd::fft::rfft(z); }),
             "it takes real numbers; use fft");
}

TEST(Power, NegativeIntegerExponentsAreRefused) {
  nd::array base({2, 3}), exponent({1, -1});
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::power(base, exponent); }),
             "integers to negative integer powers are not allowed");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::power(base, -2); }),
             "integers to negative integer powers are not allowed");
  EXPECT_EQ(nd::power(base.astype(nd::float64), exponent).to_vector<double>()[0], 2.0);
}

} // namespace
