// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

#include <complex>
#include <sstream>

TEST(Polynomials, Fits) {
  nd::array x({0.0, 1, 2, 3}), y({1.0, 3, 7, 13});
  EXPECT_TRUE(nd::allclose(nd::polyfit(x, y, 2), {1.0, 1, 1}));
  auto [p, residuals, rank, s, rcond] = nd::polyfit_full(x, y, 1);
  EXPECT_EQ(rank.item<int64_t>(), 2);
  EXPECT_NEAR(residuals.item<double>(), 4, 1e-12);
  auto [c, V] = nd::polyfit_cov(x, y, 1, {.unscaled = true});
  EXPECT_EQ(V.shape(), (nd::shape{2, 2}));
  auto f = nd::jit([](nd::array x, nd::array y) { return nd::polyfit(x, y, 1); });
  EXPECT_TRUE(nd::allclose(f(x, y), p));
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::polyfit(x, y, -1); }),
             "polyfit: the degree is -1; it must be 0 or more");
}

TEST(Polynomials, Zeros) {
  nd::array real = nd::roots({1, -3, 2});
  EXPECT_EQ(real.dtype(), nd::float64);
  EXPECT_TRUE(nd::allclose(nd::sort(real), {1.0, 2.0}));
  EXPECT_EQ(nd::roots({1, 0, 1}).dtype(), nd::complex128);
  EXPECT_EQ(nd::roots({0, 0, 2, -4, 0}).size(), 2);
  auto f = nd::jit([](nd::array p) { return nd::roots(p); });
  EXPECT_EQ(f(nd::array({1.0, -3, 2})).dtype(), nd::complex128);
  EXPECT_TRUE(nd::allclose(nd::poly(nd::array({1, 2})), {1.0, -3, 2}));
}

TEST(Poly1d, Arithmetic) {
  nd::poly1d p({1, 2, 3}), q({1, -1});
  EXPECT_EQ(p.order(), 2);
  expect_array<int64_t>((p * q).c(), {4}, {1, 1, 1, -3});
  expect_array<int64_t>((p + 1).c(), {3}, {1, 2, 4});
  expect_array<int64_t>((2 * p - q).c(), {3}, {2, 3, 7});
  auto [quotient, remainder] = p / q;
  expect_array<double>(quotient.c(), {2}, {1, 3});
  expect_array<double>(remainder.c(), {1}, {6});
  EXPECT_DOUBLE_EQ(p(0.5).item<double>(), 4.25);
  expect_array<int64_t>(p(nd::array({0, 1})), {2}, {3, 6});
  expect_array<int64_t>(p(q).c(), {3}, {1, 0, 2});
  EXPECT_EQ(p[1].item<int64_t>(), 2);
  EXPECT_EQ(p[7].item<int64_t>(), 0);
  expect_array<int64_t>(p.deriv().c(), {2}, {2, 2});
  expect_array<double>(nd::poly1d({2.0, 2}).integ(1, 3.0).c(), {3}, {1, 2, 3});
  EXPECT_TRUE(p == nd::poly1d({0, 1, 2, 3}));
  EXPECT_FALSE(p == q);
  p.set(3, 9);
  expect_array<int64_t>(p.c(), {4}, {9, 1, 2, 3});
  EXPECT_TRUE(nd::allclose(nd::poly1d({1, 2}, true).c(), {1.0, -3, 2}));
  EXPECT_EQ(nd::polyval(q, 5).item<int64_t>(), 4);
  EXPECT_EQ(nd::polyder(p).order(), 2);
  EXPECT_HAS(message_of<nd::value_error>([&] { p.pow(-1); }),
             "poly1d: the power is -1; it must be 0 or more");
}

// What print(numpy.poly1d(...)) gives.
TEST(Poly1d, PrintsInTwoLines) {
  auto text = [](const nd::poly1d &p) {
    std::ostringstream out;
    out << p;
    return out.str();
  };
  EXPECT_EQ(text(nd::poly1d({1, 2, 3})), "   2\n1 x + 2 x + 3");
  EXPECT_EQ(text(nd::poly1d({1.5, 0, -2.25, 0}, false, "z")), "     3\n1.5 z - 2.25 z");
  EXPECT_EQ(text(nd::poly1d({0, 0})), " \n0");
  EXPECT_EQ(text(nd::poly1d({-1.0, 1e-5, 123456})), "    2\n-1 x + 1e-05 x + 1.235e+05");
  using number = std::complex<double>;
  EXPECT_EQ(text(nd::poly1d({number(1, 2), number(0, -1), number(3, 0)})),
            "          2\n(1 + 2j) x - 1j x + 3");
  EXPECT_EQ(text(nd::poly1d(nd::ones({14}))),
            "   13     12     11     10     9     8     7     6     5     4     3\n"
            "1 x  + 1 x  + 1 x  + 1 x  + 1 x + 1 x + 1 x + 1 x + 1 x + 1 x + 1 x\n"
            "      2\n + 1 x + 1 x + 1");
}
