// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/batch.h"
#include "linalg/lanes.h"
#include "linalg/matrix.h"

#include <algorithm>

namespace ndrt {
namespace {

/// Factors each matrix and calls rest(i, factors, tau, space, lwork); factors are column-major, of
/// m rows and \p columns columns, at least n.
template <class T, class Rest>
ndrt_status factorEach(const Strided &a, int64_t columns, Rest &&rest) {
  Batch batch(a, 2);
  int64_t m = a.extent[a.rank - 2], n = a.extent[a.rank - 1], k = std::min(m, n);
  blas::keepSerial();
  int rows = static_cast<int>(m), across = static_cast<int>(n), made = static_cast<int>(columns);
  T wanted[2] = {1, 1}, unused = 0;
  blas::geqrf(rows, across, &unused, rows, &unused, &wanted[0], -1);
  blas::orgqr(rows, made, static_cast<int>(k), &unused, rows, &unused, &wanted[1], -1);
  int lwork = std::max(static_cast<int>(std::max(std::real(wanted[0]), std::real(wanted[1]))),
                       std::max(across, made));
  FirstFailure failure;
  double work = 4.0 * static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k);
  batch.forEach(work, [&](int64_t i) {
    Scratch<T> factors(m * std::max(n, columns)), tau(k), space(lwork);
    if (!factors || !tau || !space)
      return failure.memory();
    Matrix<T>(a, batch.offset(a, 2, i)).toColumnMajor(factors.get(), m, m, n);
    blas::geqrf(rows, across, factors.get(), rows, tau.get(), space.get(), lwork);
    rest(i, factors.get(), tau.get(), space.get(), lwork);
  });
  return failure.report(batch, "qr", std::max(m, n));
}

/// Factors groups of small matrices and calls rest(first, count, a, q, taus). \p columns of Q.
template <class T, class Rest>
ndrt_status factorLanes(const Strided &a, int64_t columns, Rest &&rest) {
  Batch batch(a, 2);
  const int64_t m = a.extent[a.rank - 2], n = a.extent[a.rank - 1], k = std::min(m, n);
  const int64_t step = Lanes<T>::stepOf(m), positions = step * (n + columns) + k;
  auto group = [&](int64_t first, int64_t count, int64_t lanes, Real<T> *memory) {
    const Lanes<T> factors{memory, lanes, step}, q{factors.at(0, n), lanes, step};
    Real<T> *taus = q.at(0, columns);
    takeLanes(batch, a, 2, first, count, factors, m, n);
    qrLanes(m, n, columns, factors, q, taus);
    rest(first, count, factors, q, taus);
  };
  const double work =
      4.0 * static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k);
  FirstFailure failure;
  if (!forLanes<T>(batch, work, positions, group))
    failure.memory();
  return failure.report(batch, "qr", std::max(m, n));
}

/// \p rows x columns matrices from lanes, or their transposes, to the contiguous ones at \p to.
template <class T>
void giveAll(int64_t count, const Lanes<T> &lanes, T *to, int64_t rows, int64_t columns,
             bool transposed = false) {
  LaneFacts facts;
  std::fill_n(facts.zero, mostLanes, int8_t(-1));
  giveLanes(facts, count, lanes, to, rows, columns, transposed, [](int64_t) {});
}

/// \p columns of Q: min(m, n), or m.
template <class T>
ndrt_status qr(const Strided &a, const Strided &q, const Strided &r, int64_t columns) {
  int64_t m = a.extent[a.rank - 2], n = a.extent[a.rank - 1], k = std::min(m, n);
  T *qs = reinterpret_cast<T *>(q.data), *rs = reinterpret_cast<T *>(r.data);
  if (k == 0) { // no columns: Q is any basis
    std::fill_n(qs, q.elements(), T(0));
    const int64_t matrices = m == 0 || columns == 0 ? 0 : q.elements() / (m * columns);
    for (int64_t i = 0; i < matrices; ++i)
      for (int64_t row = 0; row < std::min(m, columns); ++row)
        qs[i * m * columns + row * columns + row] = 1;
    return NDRT_OK;
  }
  if (fitLanes(m, n))
    return factorLanes<T>(a, columns,
                          [&](int64_t first, int64_t count, const Lanes<T> &factors,
                              const Lanes<T> &own, const Real<T> *) {
                            giveAll(count, factors, rs + first * columns * n, columns, n);
                            giveAll(count, own, qs + first * m * columns, m, columns);
                          });
  return factorEach<T>(a, columns, [&](int64_t i, T *f, const T *tau, T *space, int lwork) {
    T *upper = rs + i * columns * n;
    copyMatrix(f, 1, m, upper, n, 1, k, n);
    for (int64_t row = 1; row < columns; ++row)
      std::fill_n(upper + row * n, std::min(row, n), T(0));
    blas::orgqr(static_cast<int>(m), static_cast<int>(columns), static_cast<int>(k), f,
                static_cast<int>(m), tau, space, lwork);
    copyMatrix(f, 1, m, qs + i * m * columns, columns, 1, m, columns);
  });
}

template <class T> ndrt_status raw(const Strided &a, const Strided &h, const Strided &tau) {
  int64_t m = a.extent[a.rank - 2], n = a.extent[a.rank - 1], k = std::min(m, n);
  T *hs = reinterpret_cast<T *>(h.data), *taus = reinterpret_cast<T *>(tau.data);
  if (k == 0)
    return NDRT_OK;
  if (fitLanes(m, n))
    return factorLanes<T>(a, 0,
                          [&](int64_t first, int64_t count, const Lanes<T> &factors,
                              const Lanes<T> &, const Real<T> *own) {
                            giveAll(count, factors, hs + first * m * n, m, n, true);
                            giveAll(count, Lanes<T>{const_cast<Real<T> *>(own), factors.count, k},
                                    taus + first * k, k, 1);
                          });
  return factorEach<T>(a, k, [&](int64_t i, const T *f, const T *own, T *, int) {
    std::copy_n(f, m * n, hs + i * m * n);
    std::copy_n(own, k, taus + i * k);
  });
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_qr(const DLTensor *a, DLTensor *q, DLTensor *r) {
  using namespace ndrt;
  Strided matrices, orthogonal, upper;
  if (ndrt_status status = view(a, "qr", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(q, "qr", "q", orthogonal))
    return status;
  if (ndrt_status status = viewResult(r, "qr", "r", upper))
    return status;
  if (ndrt_status status = checkMatrices(matrices, "qr"))
    return status;
  const int batch = matrices.rank - 2;
  int64_t m = matrices.extent[batch], n = matrices.extent[batch + 1];
  int64_t columns = orthogonal.rank > 0 ? orthogonal.extent[orthogonal.rank - 1] : 0;
  if ((columns != m && columns != std::min(m, n)) ||
      !follows(orthogonal, matrices, batch, m, columns) ||
      !follows(upper, matrices, batch, columns, n))
    return misfit("qr", {{"a", matrices}, {"q", orthogonal}, {"r", upper}},
                  "a's dtype and shapes (..., m, n), (..., m, k) and (..., k, n) are expected");
  return withElement(matrices.type, [&](auto zero) {
    return qr<decltype(zero)>(matrices, orthogonal, upper, columns);
  });
}

ndrt_status ndrt_qr_raw(const DLTensor *a, DLTensor *h, DLTensor *tau) {
  using namespace ndrt;
  Strided matrices, factors, scales;
  if (ndrt_status status = view(a, "qr_raw", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(h, "qr_raw", "h", factors))
    return status;
  if (ndrt_status status = viewResult(tau, "qr_raw", "tau", scales))
    return status;
  if (ndrt_status status = checkMatrices(matrices, "qr_raw"))
    return status;
  const int batch = matrices.rank - 2;
  int64_t m = matrices.extent[batch], n = matrices.extent[batch + 1];
  if (!follows(factors, matrices, batch, n, m) || !follows(scales, matrices, batch, std::min(m, n)))
    return misfit(
        "qr_raw", {{"a", matrices}, {"h", factors}, {"tau", scales}},
        "a's dtype and shapes (..., m, n), (..., n, m) and (..., min(m, n)) are expected");
  return withElement(matrices.type,
                     [&](auto zero) { return raw<decltype(zero)>(matrices, factors, scales); });
}
