// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

TEST(Linalg, Products) {
  nd::array a({{1, 2}, {3, 4}}), v({1, 1});
  expect_array<int64_t>(nd::matmul(a, a), {2, 2}, {7, 10, 15, 22});
  expect_array<int64_t>(nd::dot(a, v), {2}, {3, 7});
  expect_array<int64_t>(a.dot(a), {2, 2}, {7, 10, 15, 22});
  expect_array<int64_t>(nd::outer(v, nd::array({2, 3})), {2, 2}, {2, 3, 2, 3});
  EXPECT_EQ(nd::inner(v, v).item<int64_t>(), 2);
  EXPECT_EQ(nd::vdot(a, a).item<int64_t>(), 30);
  EXPECT_EQ(nd::trace(a).item<int64_t>(), 5);
  EXPECT_EQ(nd::dot(nd::zeros({2, 3, 4}), nd::zeros({5, 4, 6})).shape(), (nd::shape{2, 3, 5, 6}));
  EXPECT_EQ(nd::inner(nd::zeros({2, 4}), nd::zeros({3, 5, 4})).shape(), (nd::shape{2, 3, 5}));
}

TEST(Linalg, SolversAndFactors) {
  nd::array a({{2.0, 1}, {1, 3}}), b({3.0, 5});
  EXPECT_TRUE(nd::allclose(nd::linalg::solve(a, b), {0.8, 1.4}));
  EXPECT_TRUE(nd::allclose(nd::matmul(nd::linalg::inv(a), a), nd::eye(2)));
  EXPECT_NEAR(nd::linalg::det(a).item<double>(), 5, 1e-12);
  auto [Q, R] = nd::linalg::qr(a);
  EXPECT_TRUE(nd::allclose(nd::matmul(Q, R), a));
  nd::array x({{1.0, 0}, {1, 1}, {1, 2}}), y({1.0, 3, 5});
  auto fit = nd::linalg::lstsq(x, y);
  EXPECT_TRUE(nd::allclose(fit.x, {1, 2}));
  EXPECT_EQ(fit.rank.item<int64_t>(), 2);
  EXPECT_EQ(fit.s.shape(), (nd::shape{2}));
  EXPECT_EQ(nd::linalg::inv(nd::array({{2, 0}, {0, 2}})).dtype(), nd::float64);
}

namespace {

/// The bits of what a product and what goes on with it give, in one program and one by one.
template <class F>
void expectSameBits(const nd::array &x, const nd::array &w, F &&epilogue, const char *what) {
  nd::array apart = nd::matmul(x, w);
  apart.eval();
  apart = epilogue(apart);
  apart.eval();
  nd::array lazily = epilogue(nd::matmul(x, w));
  nd::array compiled =
      nd::jit([&](nd::array x, nd::array w) { return epilogue(nd::matmul(x, w)); })(x, w);
  ASSERT_EQ(lazily.shape(), apart.shape());
  EXPECT_EQ(lazily.to_vector<float>(), apart.to_vector<float>()) << what;
  EXPECT_EQ(compiled.to_vector<float>(), apart.to_vector<float>()) << what;
}

} // namespace

TEST(Linalg, WhatFollowsAProductChangesNoBitOfIt) {
  auto rng = nd::random::default_rng(5);
  for (auto [x, w] : std::vector<std::pair<nd::shape, nd::shape>>{{{5, 4}, {4, 3}},
                                                                  {{64, 30}, {30, 50}},
                                                                  {{600, 300}, {300, 200}},
                                                                  {{500, 40}, {40, 2100}},
                                                                  {{300, 6, 6}, {300, 6, 6}},
                                                                  {{20, 40, 30}, {30, 50}},
                                                                  {{1, 200}, {200, 300}},
                                                                  {{200, 300}, {300, 1}}}) {
    nd::array a = rng.standard_normal(x, nd::float32), b = rng.standard_normal(w, nd::float32);
    nd::array bias = rng.standard_normal({w.back()}, nd::float32);
    expectSameBits(
        a, b, [&](nd::array p) { return nd::maximum(p + bias, 0); }, "bias, maximum");
    expectSameBits(
        a, b, [&](nd::array p) { return p * 2.5f; }, "scale");
    expectSameBits(
        a, b, [&](nd::array p) { return nd::tanh(p) + p; }, "two readers");
    expectSameBits(
        a, b,
        [&](nd::array p) {
          nd::array e = nd::exp(p - p.max(-1, nd::keepdims));
          return e / e.sum(-1, nd::keepdims);
        },
        "softmax");
    expectSameBits(
        a, b, [&](nd::array p) { return p.sum(0); }, "columns");
    expectSameBits(
        a, b, [&](nd::array p) { return nd::swapaxes(p, -1, -2) * 2.0f; }, "transpose");
  }
}

TEST(Linalg, ResidualsAndUpdatesBesideAProduct) {
  auto rng = nd::random::default_rng(6);
  nd::array x = rng.standard_normal({300, 300}), w = rng.standard_normal({300, 300});
  nd::array p = nd::matmul(x, w);
  p.eval();
  nd::array expected = nd::maximum(p, 0) + x;
  expected.eval();
  nd::array residual = nd::maximum(nd::matmul(x, w), 0) + x;
  EXPECT_EQ(residual.to_vector<double>(), expected.to_vector<double>());
  nd::array inPlace = x.copy();
  inPlace[nd::all] = nd::maximum(nd::matmul(inPlace, w), 0) + inPlace;
  EXPECT_EQ(inPlace.to_vector<double>(), expected.to_vector<double>());
  nd::array part = x.copy(); // reads rows that it writes
  nd::array rows = nd::exp(nd::matmul(part[nd::slice(100, 300)], w) * 1e-3);
  rows.eval();
  nd::array changed = x.copy();
  changed[nd::slice(0, 200)] = rows;
  part[nd::slice(0, 200)] = nd::exp(nd::matmul(part[nd::slice(100, 300)], w) * 1e-3);
  EXPECT_EQ(part.to_vector<double>(), changed.to_vector<double>());
}

TEST(Linalg, ProductsWithConjugateTransposesAndInverses) {
  auto rng = nd::random::default_rng(7);
  nd::array a = (rng.standard_normal({70, 40}) +
                 rng.standard_normal({70, 40}) * nd::array(std::complex<double>(0, 1)));
  nd::array turned = a.conj().T();
  turned.eval();
  turned = turned.copy();
  turned.eval();
  EXPECT_TRUE(nd::allclose(nd::matmul(a.conj().T(), a), nd::matmul(turned, a), 1e-12, 1e-12));
  EXPECT_TRUE(nd::allclose(nd::matmul(a.T().conj(), a), nd::matmul(turned, a), 1e-12, 1e-12));
  nd::array m = rng.standard_normal({3, 30, 30}), b = rng.standard_normal({3, 30, 2});
  nd::array inverse = nd::linalg::inv(m);
  inverse.eval();
  EXPECT_TRUE(nd::allclose(nd::matmul(nd::linalg::inv(m), b), nd::matmul(inverse, b), 1e-9, 1e-9));
  EXPECT_TRUE(nd::allclose(nd::matmul(m, nd::matmul(nd::linalg::inv(m), b)), b, 1e-9, 1e-9));
  nd::array singular = nd::zeros({3, 3});
  try {
    nd::matmul(nd::linalg::inv(singular), nd::ones({3})).eval();
    FAIL() << "a singular matrix has an inverse";
  } catch (const nd::linalg_error &e) { // as it was written
    EXPECT_NE(std::string(e.what()).find("linalg.inv: singular matrix: pivot 0 of 3 is zero"),
              std::string::npos)
        << e.what();
  }
}
