// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/lanes_reflect.h"

namespace ndrt {
namespace {

/// H = Q T Q^H by reflectors from both sides: Martin, Reinsch, Wilkinson, "Householder's
/// tridiagonalization of a symmetric matrix", Numer. Math. 11, 1968.
template <class T> struct TridiagonalTask {
  int64_t n;
  const Lanes<T> &a;
  Real<T> *memory, *diagonal, *beside;
  LaneFacts &facts;

  template <int bytes> NDRT_LANES void run() const {
    using H = Reflectors<T, bytes>;
    using X = typename H::X;
    using Vector = typename H::Vector;
    using M = typename H::M;
    auto *vectors = reinterpret_cast<Vector *>(memory);
    const H h{n, 1, Columns<T, bytes>(a), vectors};
    M largest{}, bad{};
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = j; i < n; ++i) {
        const X x = h.a.get(i, j);
        bad |= x.bad();
        const M size = x.size();
        largest = size > largest ? size : largest;
      }
    for (int64_t lane = 0; lane < a.count; ++lane)
      facts.zero[lane] = bad[lane] ? 0 : -1;
    const Vector scale = H::scaleOf(largest);
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = j; i < n; ++i) {
        X x = h.a.get(i, j);
        x.scale(scale);
        if (i == j)
          x.onlyReal();
        x.store(h.a.at(i, j));
        x.conjugate();
        x.store(h.a.at(j, i));
      }

    auto *d = reinterpret_cast<Vector *>(diagonal), *e = reinterpret_cast<Vector *>(beside);
    Vector *product = vectors + n * X::parts;
    for (int64_t j = 0; j + 1 < n; ++j) {
      d[j] = h.a.get(j, j).re;
      h.reflect(j);
      e[j] = h.a.get(j + 1, j).re;
      X::real(1).store(h.a.at(j + 1, j));
      twoSided(h, j, product);
    }
    d[n - 1] = h.a.get(n - 1, n - 1).re;
    e[n - 1] = scale;
  }

  /// A becomes A - v w^H - w v^H, where w = x - tau (x^H v) v / 2 and x = tau A v.
  template <class H>
  NDRT_LANES void twoSided(const H &h, int64_t j, typename H::Vector *product) const {
    using X = typename H::X;
    const X factor = h.tau(j);
    X along = X::real(0);
    auto w = [&](int64_t i) { return product + i * X::parts; };
    for (int64_t k = j + 1; k < n; ++k) {
      X sum = X::real(0);
      for (int64_t i = j + 1; i < n; ++i)
        sum.plusConjugateProduct(h.a.get(i, k), h.a.get(i, j));
      sum.times(factor);
      sum.store(w(k));
      along.plusConjugateProduct(sum, h.a.get(k, j));
    }
    along.times(factor);
    along.scale(X::real(0.5).re);
    for (int64_t k = j + 1; k < n; ++k) {
      X x;
      x.load(w(k));
      x.lessProduct(along, h.a.get(k, j));
      x.store(w(k));
    }
    for (int64_t k = j + 1; k < n; ++k) {
      X v = h.a.get(k, j), other;
      other.load(w(k));
      v.conjugate();
      other.conjugate();
      for (int64_t i = j + 1; i < n; ++i) {
        X x = h.a.get(i, k), y;
        y.load(w(i));
        x.lessProduct(h.a.get(i, j), other);
        x.lessProduct(y, v);
        x.store(h.a.at(i, k));
      }
    }
  }
};

/// Q times what is in z.
template <class T> struct BackTask {
  int64_t n;
  const Lanes<T> &a, &z;
  Real<T> *memory;

  template <int bytes> NDRT_LANES void run() const {
    using H = Reflectors<T, bytes>;
    const H h{n, 1, Columns<T, bytes>(a), reinterpret_cast<typename H::Vector *>(memory)};
    for (int64_t j = n - 2; j >= 0; --j)
      h.apply(j, h.tau(j), Columns<T, bytes>(z), 0, n);
  }
};

} // namespace

template <class T>
void tridiagonalLanes(int64_t n, const Lanes<T> &a, Real<T> *memory, Real<T> *diagonal,
                      Real<T> *beside, LaneFacts &facts) noexcept {
  runLanes(TridiagonalTask<T>{n, a, memory, diagonal, beside, facts},
           a.count * int64_t(sizeof(Real<T>)));
}

template <class T>
void untridiagonalLanes(int64_t n, const Lanes<T> &a, Real<T> *memory, const Lanes<T> &z) noexcept {
  runLanes(BackTask<T>{n, a, z, memory}, a.count * int64_t(sizeof(Real<T>)));
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template void tridiagonalLanes(int64_t, const Lanes<T> &, Real<T> *, Real<T> *, Real<T> *,       \
                                 LaneFacts &) noexcept;                                            \
  template void untridiagonalLanes(int64_t, const Lanes<T> &, Real<T> *, const Lanes<T> &) noexcept;
NDRT_INSTANTIATE(double)
NDRT_INSTANTIATE(std::complex<double>)
#undef NDRT_INSTANTIATE

} // namespace ndrt
