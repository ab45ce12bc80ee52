// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/lanes_reflect.h"

namespace ndrt {
namespace {

/// By reflectors from both sides: Golub, Kahan, "Calculating the singular values and pseudo-inverse
/// of a matrix", SIAM J. Numer. Anal. 2(2), 1965; R first: Chan, "An improved algorithm for
/// computing the singular value decomposition", ACM Trans. Math. Softw. 8(1), 1982.
template <class T, int bytes> struct SvdKernel {
  using H = Reflectors<T, bytes>;
  using X = typename H::X;
  using Vector = typename H::Vector;
  using M = typename H::M;

  const SvdLanes<T> &s;
  int64_t n, rows;      ///< of the matrix that becomes bidiagonal
  H first, left, right; ///< of a, where R is taken first; from both sides
  Vector *product;

  NDRT_LANES explicit SvdKernel(const SvdLanes<T> &s)
      : s(s), n(s.n), rows(s.tall ? s.n : s.m), first{s.m, 0, Columns<T, bytes>(s.a), factors(0)},
        left{rows, 0, Columns<T, bytes>(s.tall ? s.r : s.a), factors(n)},
        right{n, 1, Columns<T, bytes>(s.p), factors(2 * n)}, product(factors(3 * n)) {}
  NDRT_LANES Vector *factors(int64_t from) const {
    return reinterpret_cast<Vector *>(s.taus) + from * X::parts;
  }

  NDRT_LANES void reduce(LaneFacts &facts) const {
    M largest{}, bad{};
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = 0; i < s.m; ++i) {
        const X x = first.a.get(i, j);
        bad |= x.bad();
        const M size = x.size();
        largest = size > largest ? size : largest;
      }
    for (int64_t lane = 0; lane < s.a.count; ++lane)
      facts.zero[lane] = bad[lane] ? 0 : -1;
    const Vector scale = H::scaleOf(largest);
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = 0; i < s.m; ++i) {
        X x = first.a.get(i, j);
        x.scale(scale);
        x.store(first.a.at(i, j));
      }
    if (s.tall)
      takeTriangle();

    auto *d = reinterpret_cast<Vector *>(s.diagonal), *e = reinterpret_cast<Vector *>(s.beside);
    for (int64_t j = 0; j < n; ++j) {
      left.reflect(j);
      X factor = left.tau(j);
      factor.conjugate();
      left.apply(j, factor, left.a, j + 1, n);
      d[j] = left.a.get(j, j).re;
      if (j + 1 < n)
        e[j] = reflectRow(j);
    }
    e[n - 1] = scale;
  }

  /// R of the matrix, zeros below it, or its adjoint.
  NDRT_LANES void takeTriangle() const {
    for (int64_t j = 0; j < n; ++j) {
      first.reflect(j);
      X factor = first.tau(j);
      factor.conjugate();
      first.apply(j, factor, first.a, j + 1, n);
    }
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = 0; i < n; ++i) {
        X x = i <= j ? first.a.get(i, j) : X::real(0);
        if (s.adjoint)
          x.conjugate();
        x.store(s.adjoint ? left.a.at(j, i) : left.a.at(i, j));
      }
  }

  /// What a reflector from the right leaves of row \p j behind the diagonal.
  NDRT_LANES Vector reflectRow(int64_t j) const {
    for (int64_t c = j + 1; c < n; ++c) {
      X x = left.a.get(j, c);
      x.conjugate();
      x.store(right.a.at(c, j));
    }
    right.reflect(j);
    const X kept = right.a.get(j + 1, j), factor = right.tau(j);
    X::real(1).store(right.a.at(j + 1, j));
    for (int64_t i = j + 1; i < rows; ++i)
      X::real(0).store(product + i * X::parts);
    for (int64_t c = j + 1; c < n; ++c) {
      X v = right.a.get(c, j);
      v.conjugate(); // which plusConjugateProduct takes back
      for (int64_t i = j + 1; i < rows; ++i) {
        X sum;
        sum.load(product + i * X::parts);
        sum.plusConjugateProduct(v, left.a.get(i, c));
        sum.store(product + i * X::parts);
      }
    }
    for (int64_t c = j + 1; c < n; ++c) {
      X v = right.a.get(c, j);
      v.conjugate();
      v.times(factor);
      for (int64_t i = j + 1; i < rows; ++i) {
        X x = left.a.get(i, c), sum;
        sum.load(product + i * X::parts);
        x.lessProduct(sum, v);
        x.store(left.a.at(i, c));
      }
    }
    return kept.re;
  }

  NDRT_LANES void restore() const {
    const Columns<T, bytes> longer(s.longer), shorter(s.shorter);
    const bool exchanged = s.tall && s.adjoint;
    for (int64_t j = n - 1; j >= 0; --j)
      left.apply(j, left.tau(j), exchanged ? shorter : longer, 0, exchanged ? n : s.columns);
    for (int64_t j = n - 2; j >= 0; --j)
      right.apply(j, right.tau(j), exchanged ? longer : shorter, 0, exchanged ? s.columns : n);
    for (int64_t j = n - 1; s.tall && j >= 0; --j)
      first.apply(j, first.tau(j), longer, 0, s.columns);
  }
};

template <class T> struct ReduceTask {
  const SvdLanes<T> &lanes;
  LaneFacts &facts;
  template <int bytes> NDRT_LANES void run() const { SvdKernel<T, bytes>(lanes).reduce(facts); }
};

template <class T> struct RestoreTask {
  const SvdLanes<T> &lanes;
  template <int bytes> NDRT_LANES void run() const { SvdKernel<T, bytes>(lanes).restore(); }
};

} // namespace

template <class T> void SvdLanes<T>::reduce(LaneFacts &facts) const noexcept {
  runLanes(ReduceTask<T>{*this, facts}, a.count * int64_t(sizeof(Real<T>)));
}
template <class T> void SvdLanes<T>::restore() const noexcept {
  runLanes(RestoreTask<T>{*this}, a.count * int64_t(sizeof(Real<T>)));
}

template struct SvdLanes<double>;
template struct SvdLanes<std::complex<double>>;

} // namespace ndrt
