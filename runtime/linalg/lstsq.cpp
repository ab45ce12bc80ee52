// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/svd.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ndrt {
namespace {

struct Problem {
  Strided a, b, x, residuals, s;
  int64_t m, n, k;
  int64_t *rank;
  double rcond;
};

template <class T> void sumResiduals(const Problem &p, int64_t rank, const T *right, int64_t ld) {
  Real<T> *residuals = reinterpret_cast<Real<T> *>(p.residuals.data);
  if (p.residuals.elements() == 0)
    return;
  if (rank < p.n || p.m <= p.n) {
    std::fill_n(residuals, p.k, std::numeric_limits<Real<T>>::quiet_NaN());
    return;
  }
  // gelsd leaves what x cannot reach in the rows below it.
  for (int64_t column = 0; column < p.k; ++column) {
    Real<T> sum = 0;
    for (int64_t row = p.n; row < p.m; ++row)
      sum += squareOf(right[column * ld + row]);
    residuals[column] = sum;
  }
}

[[gnu::cold]] ndrt_status refuseNonFinite() {
  return fail(NDRT_ERR_CONVERGENCE,
              "lstsq: the singular values did not converge: a has NaN or infinity in it");
}

/// The limit below which singular values count as zero, relative to the first.
template <class R> R limitOf(const Problem &p) {
  return p.rcond < 0 ? std::numeric_limits<R>::epsilon() * static_cast<R>(std::max(p.m, p.n))
                     : static_cast<R>(p.rcond);
}

/// A contiguous matrix, or column, in \p values.
template <class T> Strided viewOf(T *values, int64_t rows, int64_t columns, int rank = 2) {
  Strided x;
  x.data = reinterpret_cast<std::byte *>(values);
  x.type = typeOf<T>;
  x.rank = rank;
  x.extent[0] = rows, x.extent[1] = columns;
  x.stride[0] = rank == 2 ? columns : 1, x.stride[1] = 1;
  return x;
}

/// By the factors: x is V S^-1 U^H b, and what U U^H b leaves of b is out of reach.
template <class T> ndrt_status lstsqOfSmall(const Problem &p) {
  using W = Wide<T>;
  using R = Real<T>;
  const int64_t m = p.m, n = p.n, least = std::min(m, n);
  W a[laneSide * laneSide], u[laneSide * laneSide], vh[laneSide * laneSide];
  double s[laneSide];
  const Matrix<T> given(p.a, 0);
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j)
      a[i * n + j] = static_cast<W>(given.data[i * given.rowStride + j * given.columnStride]);
  if (!allFinite(a, m * n))
    return refuseNonFinite();
  if (ndrt_status status = thinSvd<W>("lstsq", viewOf(a, m, n), viewOf(u, m, least),
                                      viewOf(s, least, 1, 1), viewOf(vh, least, n)))
    return status;
  const double limit = static_cast<double>(limitOf<R>(p)) * s[0];
  int64_t rank = 0;
  for (int64_t i = 0; i < least; ++i) {
    reinterpret_cast<R *>(p.s.data)[i] = static_cast<R>(s[i]);
    rank += s[i] > limit;
  }
  *p.rank = rank;
  T *x = reinterpret_cast<T *>(p.x.data);
  R *residuals = p.residuals.elements() ? reinterpret_cast<R *>(p.residuals.data) : nullptr;
  const T *right = reinterpret_cast<const T *>(p.b.data);
  const int64_t across = p.b.rank == 2 ? p.b.stride[1] : 1;
  for (int64_t column = 0; column < p.k; ++column) {
    W b[laneSide], reached[laneSide]{}, solution[laneSide]{};
    for (int64_t i = 0; i < m; ++i) {
      b[i] = static_cast<W>(right[i * p.b.stride[0] + column * across]);
      for (int64_t k = 0; k < least; ++k)
        reached[k] += times(conjugate(u[i * least + k]), b[i]);
    }
    for (int64_t k = 0; k < rank; ++k)
      for (int64_t j = 0; j < n; ++j)
        solution[j] += times(conjugate(vh[k * n + j]), W(reached[k] / s[k]));
    for (int64_t j = 0; j < n; ++j)
      x[j * p.k + column] = static_cast<T>(solution[j]);
    if (!residuals)
      continue;
    double sum = 0;
    for (int64_t i = 0; i < m; ++i) {
      for (int64_t k = 0; k < least; ++k)
        b[i] -= times(u[i * least + k], reached[k]);
      sum += squareOf(b[i]);
    }
    const bool meaningful = rank == n && m > n;
    residuals[column] = meaningful ? static_cast<R>(sum) : std::numeric_limits<R>::quiet_NaN();
  }
  return NDRT_OK;
}

template <class T> ndrt_status lstsq(const Problem &p) {
  int64_t least = std::min(p.m, p.n), ld = std::max<int64_t>(1, std::max(p.m, p.n));
  if (least > 0 && fitSvdLanes(p.m, p.n))
    return lstsqOfSmall<T>(p);
  int64_t columns = std::max<int64_t>(1, p.k); // gelsd wants one; rank and s are asked for anyway
  Scratch<T> matrix(p.m * p.n), right(ld * columns);
  if (!matrix || !right)
    return NDRT_ERR_MEMORY;
  std::fill_n(right.get(), ld * columns, T(0));
  if (p.k > 0 && p.m > 0) {
    int64_t columnStride = p.b.rank == 2 ? p.b.stride[1] : 1;
    copyMatrix(reinterpret_cast<const T *>(p.b.data), p.b.stride[0], columnStride, right.get(), 1,
               ld, p.m, p.k);
  }
  T *x = reinterpret_cast<T *>(p.x.data);
  if (least == 0) {
    *p.rank = 0;
    std::fill_n(x, p.n * p.k, T(0));
    sumResiduals(p, 0, right.get(), ld);
    return NDRT_OK;
  }
  Matrix<T>(p.a, 0).toColumnMajor(matrix.get(), p.m, p.m, p.n);
  if (!allFinite(matrix.get(), p.m * p.n))
    return refuseNonFinite();

  blas::keepSerial();
  int rank = 0, m = static_cast<int>(p.m), n = static_cast<int>(p.n);
  int nrhs = static_cast<int>(columns), ldb = static_cast<int>(ld);
  using R = Real<T>;
  R *s = reinterpret_cast<R *>(p.s.data);
  const R rcond = limitOf<R>(p);
  T wantedWork = 0;
  R wantedReals = 0;
  int wantedInts = 0;
  int info = blas::gelsd(m, n, nrhs, matrix.get(), m, right.get(), ldb, s, rcond, &rank,
                         &wantedWork, -1, &wantedReals, &wantedInts);
  if (info != 0)
    return fail(NDRT_ERR_ARGUMENT, "lstsq: LAPACK refuses its argument %d", -info);
  // As a float the size may have been rounded down.
  auto lwork = static_cast<int64_t>(static_cast<double>(std::real(wantedWork)) * (1 + 1e-6)) + 1;
  lwork = std::min<int64_t>(lwork, blas::most);
  Scratch<T> work(lwork);
  Scratch<R> reals(static_cast<int64_t>(static_cast<double>(wantedReals) * (1 + 1e-6)) + 1);
  Scratch<int> ints(std::max(1, wantedInts));
  if (!work || !reals || !ints)
    return NDRT_ERR_MEMORY;
  info = blas::gelsd(m, n, nrhs, matrix.get(), m, right.get(), ldb, s, rcond, &rank, work.get(),
                     static_cast<int>(lwork), reals.get(), ints.get());
  if (info != 0)
    return fail(NDRT_ERR_CONVERGENCE,
                "lstsq: the singular values of a %d x %d matrix did not "
                "converge",
                m, n);
  *p.rank = rank;
  if (p.k > 0) {
    copyMatrix(right.get(), 1, ld, x, p.k, 1, p.n, p.k);
    sumResiduals(p, rank, right.get(), ld);
  }
  return NDRT_OK;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_lstsq(const DLTensor *a, const DLTensor *b, DLTensor *x, DLTensor *residuals,
                       DLTensor *rank, DLTensor *s, double rcond) {
  using namespace ndrt;
  Problem p;
  Strided rankView;
  if (ndrt_status status = view(a, "lstsq", "a", p.a))
    return status;
  if (ndrt_status status = view(b, "lstsq", "b", p.b))
    return status;
  if (ndrt_status status = viewResult(x, "lstsq", "x", p.x))
    return status;
  if (ndrt_status status = viewResult(residuals, "lstsq", "residuals", p.residuals))
    return status;
  if (ndrt_status status = viewResult(rank, "lstsq", "rank", rankView))
    return status;
  if (ndrt_status status = viewResult(s, "lstsq", "s", p.s))
    return status;
  if (ndrt_status status = checkMatrices(p.a, "lstsq"))
    return status;
  p.m = p.a.extent[0];
  p.n = p.a.extent[1];
  p.k = p.b.rank == 2 ? p.b.extent[1] : 1;
  p.rcond = rcond;
  p.rank = reinterpret_cast<int64_t *>(rankView.data);
  bool fits = p.a.rank == 2 && (p.b.rank == 1 || p.b.rank == 2) && p.b.extent[0] == p.m &&
              p.x.rank == p.b.rank && p.x.extent[0] == p.n &&
              (p.x.rank == 1 || p.x.extent[1] == p.k) && p.residuals.rank == 1 &&
              (p.residuals.extent[0] == 0 || p.residuals.extent[0] == p.k) &&
              rankView.elements() == 1 && p.s.rank == 1 && p.s.extent[0] == std::min(p.m, p.n) &&
              p.k <= blas::most;
  if (!fits)
    return misfit("lstsq", {{"a", p.a}, {"b", p.b}, {"x", p.x}},
                  "a must be (m, n), b (m,) or (m, k), x (n,) or (n, k), and the others follow");
  const DLDataType real = realType(p.a.type);
  if (!sameType(p.b.type, p.a.type) || !sameType(p.x.type, p.a.type) ||
      !sameType(p.residuals.type, real) || !sameType(p.s.type, real) || !isInt64(rankView.type))
    return misfit("lstsq",
                  {{"a", p.a}, {"b", p.b}, {"x", p.x}, {"residuals", p.residuals}, {"s", p.s}},
                  "a, b and x must have one dtype, residuals and s the real one, rank int64");
  return withElement(p.a.type, [&](auto zero) { return lstsq<decltype(zero)>(p); });
}
