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
