// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Cholesky factors by panels, as lanes_lu.cpp has it.
#include "linalg/lanes_vector.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ndrt {
namespace {

template <class T, int bytes> struct CholeskyKernel {
  using C = Columns<T, bytes>;
  using X = Value<T, bytes>;
  using Vector = typename X::Vector;
  using M = Mask<T, bytes>;
  static constexpr int64_t lanes = bytes / int64_t(sizeof(Real<T>));
  static constexpr int most = abreast<T, bytes>;

  int64_t n;
  C a;

  NDRT_LANES void factorPanel(int64_t begin, int64_t depth, M &positive, M &minors) const {
    for (int64_t j = begin; j < begin + depth; ++j) {
      X top = a.get(j, j);
      top.onlyReal();
      positive = top.re > 0 ? positive : M{};
      minors -= positive;
      Real<T> roots[lanes];
      std::memcpy(roots, &top.re, bytes);
      for (int64_t lane = 0; lane < lanes; ++lane)
        roots[lane] = std::sqrt(roots[lane]);
      std::memcpy(&top.re, roots, bytes);
      top.store(a.at(j, j));
      const Vector reciprocal = 1 / top.re;
      for (int64_t i = j + 1; i < n; ++i) {
        X x = a.get(i, j);
        x.scale(reciprocal);
        x.store(a.at(i, j));
      }
      for (int64_t c = j + 1; c < begin + depth; ++c) {
        X y[1][1] = {{a.get(c, j)}};
        y[0][0].conjugate();
        lessProducts<X, 1, 1>(n - c, a.at(c, j), 0, y, a.at(c, c), 0);
      }
    }
  }

  /// Columns \p c and on, from row c: what lies above the diagonal is nobody's.
  template <int depth, int columns> NDRT_LANES void eliminate(int64_t j, int64_t c) const {
    X y[columns][depth];
#pragma GCC unroll 4
    for (int i = 0; i < columns; ++i)
#pragma GCC unroll 4
      for (int k = 0; k < depth; ++k) {
        y[i][k] = a.get(c + i, j + k);
        y[i][k].conjugate();
      }
    lessProducts<X, depth, columns>(n - c, a.at(c, j), a.step(), y, a.at(c, c), a.step());
  }

  NDRT_LANES void factor(M &minors) const {
    M positive = M{} - 1; // up to here
    minors = M{};
    for (int64_t j = 0; j < n; j += panel) {
      const int64_t depth = std::min<int64_t>(panel, n - j);
      factorPanel(j, depth, positive, minors);
      int64_t c = j + depth; // there are more after whole panels only
      if constexpr (most > 1)
        for (; c + most <= n; c += most)
          eliminate<panel, most>(j, c);
      for (; c < n; ++c)
        eliminate<panel, 1>(j, c);
    }
    for (int64_t j = 1; j < n; ++j)
      for (int64_t i = 0; i < j; ++i)
        X{}.store(a.at(i, j));
  }
};

template <class T> struct CholeskyTask {
  int64_t n;
  const Lanes<T> &a;
  LaneFacts &facts;

  template <int bytes> NDRT_LANES void run() const {
    CholeskyKernel<T, bytes> kernel{n, Columns<T, bytes>(a)};
    Mask<T, bytes> minors;
    kernel.factor(minors);
    for (int64_t lane = 0; lane < a.count; ++lane)
      facts.zero[lane] = int8_t(minors[lane] < n ? minors[lane] : -1);
  }
};

} // namespace

template <class T> void choleskyLanes(int64_t n, const Lanes<T> &a, LaneFacts &facts) noexcept {
  runLanes(CholeskyTask<T>{n, a, facts}, a.count * int64_t(sizeof(Real<T>)));
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template void choleskyLanes(int64_t, const Lanes<T> &, LaneFacts &) noexcept;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
NDRT_INSTANTIATE(std::complex<float>)
NDRT_INSTANTIATE(std::complex<double>)
#undef NDRT_INSTANTIATE

} // namespace ndrt
