// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/lanes_reflect.h"

#include <algorithm>

namespace ndrt {
namespace {

template <class T> struct QrTask {
  int64_t m, n, columns;
  const Lanes<T> &a, &q;
  Real<T> *taus;

  template <int bytes> NDRT_LANES void run() const {
    using H = Reflectors<T, bytes>;
    using X = typename H::X;
    const H h{m, 0, Columns<T, bytes>(a), reinterpret_cast<typename H::Vector *>(taus)};
    const int64_t k = std::min(m, n);
    for (int64_t j = 0; j < k; ++j) {
      h.reflect(j);
      X factor = h.tau(j);
      factor.conjugate();
      h.apply(j, factor, h.a, j + 1, n);
    }
    if (columns == 0)
      return;

    // Times as many columns of the identity, from the right.
    const Columns<T, bytes> to(q);
    for (int64_t j = k; j < columns; ++j)
      for (int64_t i = 0; i < m; ++i)
        X::real(i == j).store(to.at(i, j));
    for (int64_t j = k - 1; j >= 0; --j) {
      const X factor = h.tau(j);
      h.apply(j, factor, to, j + 1, columns);
      for (int64_t i = 0; i < j; ++i)
        X::real(0).store(to.at(i, j));
      X top = X::real(1);
      top.less(factor);
      top.store(to.at(j, j));
      for (int64_t i = j + 1; i < m; ++i) {
        X x = X::real(0);
        x.lessProduct(factor, h.a.get(i, j));
        x.store(to.at(i, j));
      }
    }
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = j + 1; i < m; ++i)
        X::real(0).store(h.a.at(i, j));
  }
};

} // namespace

template <class T>
void qrLanes(int64_t m, int64_t n, int64_t columns, const Lanes<T> &a, const Lanes<T> &q,
             Real<T> *taus) noexcept {
  runLanes(QrTask<T>{m, n, columns, a, q, taus}, a.count * int64_t(sizeof(Real<T>)));
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template void qrLanes(int64_t, int64_t, int64_t, const Lanes<T> &, const Lanes<T> &,             \
                        Real<T> *) noexcept;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
NDRT_INSTANTIATE(std::complex<float>)
NDRT_INSTANTIATE(std::complex<double>)
#undef NDRT_INSTANTIATE

} // namespace ndrt
