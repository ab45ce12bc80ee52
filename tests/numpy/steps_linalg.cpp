// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products and decompositions of matrices. Steps named _residual give what is zero where a
// decomposition, which may not be the only one, is right.
#include "steps.h"

namespace compare {
namespace {

using namespace nd::linalg;

nd::array adjoint(const nd::array &a) { return nd::matrix_transpose(nd::conjugate(a)); }

/// a^H a - 1, the columns' distance from orthonormal ones.
nd::array from_orthonormal(const nd::array &a) {
  return nd::matmul(adjoint(a), a) - nd::eye(a.shape().back()).astype(a.dtype());
}

norm_order order(const call &c, size_t at) {
  switch (c.integer(at)) {
  case 0:
    return {};
  case 1:
    return c.real(0);
  case 2:
    return "fro";
  default:
    return "nuc";
  }
}

rank_options with_rtol(const call &c) {
  return {.hermitian = c.integer(0) != 0,
          .rtol = c.s.reals.empty() ? std::nullopt : std::optional(c.real(0))};
}

} // namespace

void add_linalg(table &t) {
  // No integers.
#define ND_PRODUCT(name)                                                                           \
  t[#name] = [](const call &c) { return arrays{nd::name(c.operand(0), c.operand(1))}; };
  ND_PRODUCT(matmul)
  ND_PRODUCT(dot)
  ND_PRODUCT(vdot)
  ND_PRODUCT(inner)
  ND_PRODUCT(outer)
#define ND_OF_ONE(name) t[#name] = [](const call &c) { return arrays{name(c.operand(0))}; };
  ND_OF_ONE(inv)
  ND_OF_ONE(det)
  ND_OF_ONE(eigvals)
  ND_OF_ONE(qr_r)
  t["solve"] = [](const call &c) { return arrays{solve(c.operand(0), c.operand(1))}; };
  t["slogdet"] = [](const call &c) {
    auto [sign, logabsdet] = slogdet(c.operand(0));
    return arrays{sign, logabsdet};
  };
  // Integers: upper.
  t["cholesky"] = [](const call &c) {
    return arrays{cholesky(c.operand(0), {.upper = c.integer(0) != 0})};
  };
  t["qr"] = [](const call &c) {
    auto [q, r] = c.s.integers.empty() ? qr(c.operand(0)) : qr(c.operand(0), "complete");
    return arrays{q, r};
  };
  t["qr of another mode"] = [](const call &c) {
    auto [q, r] = qr(c.operand(0), "full");
    return arrays{q, r};
  };
  t["qr_raw"] = [](const call &c) {
    auto [h, tau] = qr_raw(c.operand(0));
    return arrays{h, tau};
  };
  // Reals: rcond, if it is given.
  t["lstsq"] = [](const call &c) {
    auto [x, residuals, rank, s] = lstsq(
        c.operand(0), c.operand(1), c.s.reals.empty() ? std::nullopt : std::optional(c.real(0)));
    return arrays{x, residuals, rank, s};
  };
  t["eig"] = [](const call &c) {
    auto [w, v] = eig(c.operand(0));
    return arrays{w, v};
  };
  t["eig_residual"] = [](const call &c) {
    nd::array a = c.array(0);
    auto [w, v] = eig(a);
    nd::array lengths = nd::sum(nd::square(nd::absolute(v)), -2);
    return arrays{nd::absolute(nd::matmul(a, v) - v * nd::expand_dims(w, -2)), lengths - 1};
  };
  // Integers: whether the upper triangle.
  auto triangle = [](const call &c) { return c.integer(0) ? "U" : "L"; };
  t["eigh"] = [=](const call &c) {
    auto [w, v] = eigh(c.operand(0), triangle(c));
    return arrays{w, v};
  };
  t["eigh of another triangle"] = [](const call &c) {
    auto [w, v] = eigh(c.operand(0), "X");
    return arrays{w, v};
  };
  t["eigvalsh"] = [=](const call &c) { return arrays{eigvalsh(c.operand(0), triangle(c))}; };
  // The matrix and, second, the whole Hermitian one.
  t["eigh_residual"] = [=](const call &c) {
    auto [w, v] = eigh(c.operand(0), triangle(c));
    return arrays{nd::absolute(nd::matmul(c.array(1), v) - v * nd::expand_dims(w, -2)),
                  nd::absolute(from_orthonormal(v))};
  };
  // Integers: full_matrices, hermitian.
  t["svd"] = [](const call &c) {
    auto [u, s, vh] = svd(c.operand(0), c.integer(0) != 0, {.hermitian = c.integer(1) != 0});
    return arrays{u, s, vh};
  };
  t["svd_residual"] = [](const call &c) {
    nd::array a = c.array(0);
    auto [u, s, vh] = svd(a, c.integer(0) != 0, {.hermitian = c.integer(1) != 0});
    const int64_t k = s.shape().back();
    nd::array left = u[nd::ellipsis, nd::slice(0, k)];
    nd::array right = vh[nd::ellipsis, nd::slice(0, k), nd::all];
    return arrays{nd::absolute(nd::matmul(left * nd::expand_dims(s, -2), right) - a),
                  nd::absolute(from_orthonormal(u)), nd::absolute(from_orthonormal(adjoint(vh)))};
  };
  // Integers: hermitian.
  t["svdvals"] = [](const call &c) {
    return arrays{svdvals(c.operand(0), {.hermitian = c.integer(0) != 0})};
  };
  // Integers: hermitian. Reals: rtol. A second array is rcond, or tol.
  t["pinv"] = [](const call &c) {
    return arrays{c.count() > 1 ? pinv(c.operand(0), c.operand(1), with_rtol(c))
                                : pinv(c.operand(0), with_rtol(c))};
  };
  t["matrix_rank"] = [](const call &c) {
    return arrays{c.count() > 1 ? matrix_rank(c.operand(0), c.operand(1), with_rtol(c))
                                : matrix_rank(c.operand(0), with_rtol(c))};
  };
  // Integers: which order, keepdims, the axes. Reals: the order.
  t["norm"] = [](const call &c) {
    return arrays{norm(c.operand(0), order(c, 0),
                       c.s.integers.size() > 2 ? nd::axes(c.rest(2)) : nd::axes(),
                       {.keepdims = c.integer(1) != 0})};
  };
  t["vector_norm"] = [](const call &c) {
    return arrays{vector_norm(c.operand(0),
                              c.s.integers.size() > 2 ? nd::axes(c.rest(2)) : nd::axes(),
                              order(c, 0), {.keepdims = c.integer(1) != 0})};
  };
  t["matrix_norm"] = [](const call &c) {
    return arrays{matrix_norm(c.operand(0), order(c, 0), {.keepdims = c.integer(1) != 0})};
  };
  t["cond"] = [](const call &c) { return arrays{cond(c.operand(0), order(c, 0))}; };
  // Integers: the power.
  t["matrix_power"] = [](const call &c) {
    return arrays{matrix_power(c.operand(0), c.integer(0))};
  };
  t["multi_dot"] = [](const call &c) { return arrays{multi_dot(c.all())}; };
  // Integers: the axes.
  t["tensorsolve"] = [](const call &c) {
    return arrays{tensorsolve(c.operand(0), c.operand(1), c.axes())};
  };
  t["tensorinv"] = [](const call &c) { return arrays{tensorinv(c.operand(0), c.integer(0))}; };
  t["linalg.outer"] = [](const call &c) {
    return arrays{nd::linalg::outer(c.operand(0), c.operand(1))};
  };
  t["linalg.cross"] = [](const call &c) {
    return arrays{nd::linalg::cross(c.operand(0), c.operand(1), c.integer(0))};
  };
  t["linalg.diagonal"] = [](const call &c) {
    return arrays{nd::linalg::diagonal(c.operand(0), c.integer(0))};
  };
  t["linalg.trace"] = [](const call &c) {
    return arrays{nd::linalg::trace(c.operand(0), c.integer(0))};
  };
}

} // namespace compare
