// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What NumPy's results do not show of linear algebra and transforms: inside nd::jit, and errors.
#include "frontend_expect.h"

#include <cmath>
#include <complex>

namespace {

using namespace std::complex_literals;

TEST(Decompositions, EigenvaluesTurnRealOutsideJitOnly) {
  nd::array a({{2.0, 0}, {0, 3}}), turn({{0.0, 1}, {-1, 0}});
  EXPECT_EQ(nd::linalg::eigvals(a).dtype(), nd::float64);
  EXPECT_EQ(nd::linalg::eig(a).eigenvectors.dtype(), nd::float64);
  EXPECT_EQ(nd::linalg::eigvals(turn).dtype(), nd::complex128);
  auto [w, v] = nd::jit([](nd::array x) { return nd::linalg::eig(x); })(a);
  EXPECT_EQ(w.dtype(), nd::complex128);
  expect_array<std::complex<double>>(w, {2}, {2, 3});
  EXPECT_TRUE(nd::allclose(nd::matmul(a, v), v * w));
}

TEST(Decompositions, ResidualsOfLowRank) {
  nd::array a({{1.0, 1}, {1, 1}, {1, 1}}), b({1.0, 2, 3});
  EXPECT_EQ(nd::linalg::lstsq(a, b).residuals.shape(), (nd::shape{0}));
  auto compiled = nd::jit([](nd::array x, nd::array y) { return nd::linalg::lstsq(x, y); });
  nd::array residuals = compiled(a, b).residuals;
  EXPECT_EQ(residuals.shape(), (nd::shape{1}));
  EXPECT_TRUE(std::isnan(residuals.item<double>()));
}

TEST(Decompositions, ErrorsNameOperationBatchAndLine) {
  nd::array a = nd::stack({nd::eye(2), nd::ones({2, 2})});
  std::string line = ND_BELOW(1);
  nd::array inverse = nd::linalg::inv(a);
  std::string text = message_of<nd::linalg_error>([&] { inverse.eval(); });
  EXPECT_HAS(text, line);
  EXPECT_HAS(text, "inv: singular matrix: pivot 1 of 2 is zero in matrix (1,) of the batch");
  line = ND_BELOW(1);
  nd::array factor = nd::linalg::cholesky(-a);
  text = message_of<nd::linalg_error>([&] { factor.eval(); });
  EXPECT_HAS(text, line);
  EXPECT_HAS(text, "cholesky: the matrix is not positive definite: its leading minor of order 1");
  auto compiled = nd::jit([](nd::array x) { return nd::linalg::svdvals(x); });
  text = message_of<nd::linalg_error>([&] { compiled(a / 0.0).eval(); });
  EXPECT_HAS(text, "svdvals: the singular values did not converge in matrix (0,) of the batch");
  text = message_of<nd::shape_error>([&] { nd::linalg::eigh(nd::ones({2, 3})); });
  EXPECT_HAS(text, "linalg.eigh: the last two axes of shape (2, 3) are 2 and 3");
  text = message_of<nd::value_error>([&] { nd::fft::fft(nd::ones(4), {}, -1, "both"); });
  EXPECT_HAS(text, "fft.fft: norm is 'both'; use 'backward', 'ortho' or 'forward'");
}

TEST(Decompositions, PolynomialFitOfComplexNumbers) {
  nd::array x = nd::arange(6.0);
  nd::array fit = nd::polyfit(x, x * x * (1.0 + 2i) - 3i, 2);
  EXPECT_TRUE(nd::allclose(fit, nd::array({1.0 + 2i, 0i, -3i}), 1e-10, 1e-10));
}

TEST(Fft, OneProgramForManySizes) {
  auto f = nd::jit([](nd::array x) { return nd::absolute(nd::fft::rfft(x * 2)); });
  EXPECT_EQ(f(nd::ones(8)).shape(), (nd::shape{5}));
  const int64_t before = nd::compile_stats().programs;
  for (int64_t n : {9, 100, 1000})
    EXPECT_EQ(f(nd::ones(n))[0].item<double>(), double(2 * n));
  EXPECT_EQ(nd::compile_stats().programs, before);
}

TEST(Fft, OneProgramForManyLengths) {
  nd::array x = nd::arange(40.0);
  auto lengths = [&](int64_t n) {
    nd::array y = nd::fft::irfft(nd::fft::rfft(x, n), n);
    nd::array padded = nd::concatenate({x, nd::zeros(60)})[nd::slice(0, n)];
    EXPECT_TRUE(nd::allclose(y, padded, 0, 1e-12)) << n;
    EXPECT_TRUE(nd::allclose(nd::real(nd::fft::ifft(nd::fft::fft(x, n))), padded, 0, 1e-12)) << n;
  };
  lengths(10); // an even one
  lengths(11); // and an odd one
  lengths(52);
  const int64_t before = nd::compile_stats().programs;
  for (int64_t n : {12, 24, 30, 60, 13, 25, 61})
    nd::eval(nd::fft::irfft(nd::fft::rfft(x, n), n), nd::fft::fft(x, n));
  nd::array y = nd::fft::irfft(nd::fft::rfft(x, 7), 7);
  EXPECT_TRUE(nd::allclose(y, nd::arange(7.0), 0, 1e-12));
  EXPECT_LE(nd::compile_stats().programs - before, 3);
}

TEST(Fft, SizesDecidedAtRunTime) {
  nd::array x({1.0, 5, 0, 9, 3}), four({1.0, 5, 9, 3});
  auto chosen = [](nd::array x) { return x[x > 0.5]; };
  auto f = nd::jit([=](nd::array x) { return nd::real(nd::fft::ifft(nd::fft::fft(chosen(x)))); });
  EXPECT_TRUE(nd::allclose(f(x), four));
  auto half = nd::jit([=](nd::array x) { return nd::fft::rfft(chosen(x)); });
  auto back = nd::jit([=](nd::array x) { return nd::fft::irfft(nd::fft::rfft(chosen(x))); });
  auto whole = nd::jit([=](nd::array x) {
    nd::array y = chosen(x);
    return nd::fft::irfft(nd::fft::rfft(y), y.size());
  });
  auto filled = nd::jit([=](nd::array x) { return nd::fft::rfft(chosen(x), 7); });
  auto other = nd::jit([=](nd::array x) { return nd::fft::rfft(x, chosen(x).size()); });
  auto shifted = nd::jit([=](nd::array x) {
    nd::array y = chosen(x);
    return nd::stack(
        {nd::fft::fftshift(y), nd::fft::ifftshift(y), nd::fft::fftfreq(y.size(), 0.5)});
  });
  auto positive = nd::jit([=](nd::array x) { return nd::fft::rfftfreq(chosen(x).size(), 0.5); });
  for (double limit : {1.0, 0.0}) { // four elements, then five
    nd::array a = x + (1 - limit), y = a[a > 0.5];
    const int64_t n = y.size();
    EXPECT_TRUE(nd::allclose(half(a), nd::fft::rfft(y))) << n;
    EXPECT_TRUE(nd::allclose(back(a), nd::fft::irfft(nd::fft::rfft(y)))) << n;
    EXPECT_TRUE(nd::allclose(whole(a), y)) << n;
    EXPECT_TRUE(nd::allclose(filled(a), nd::fft::rfft(y, 7))) << n;
    EXPECT_TRUE(nd::allclose(other(a), nd::fft::rfft(a, n))) << n;
    EXPECT_TRUE(nd::array_equal(shifted(a), nd::stack({nd::fft::fftshift(y), nd::fft::ifftshift(y),
                                                       nd::fft::fftfreq(n, 0.5)})));
    EXPECT_TRUE(nd::array_equal(positive(a), nd::fft::rfftfreq(n, 0.5)));
  }
  EXPECT_HAS(message_of<nd::value_error>([&] { half(x - 100).eval(); }),
             "fft.rfft: there are no elements along axis 0 to transform");
  EXPECT_HAS(message_of<nd::value_error>([&] { back(nd::ones(1)).eval(); }),
             "fft.irfft: there are no elements along axis 0 to transform");
}

} // namespace
