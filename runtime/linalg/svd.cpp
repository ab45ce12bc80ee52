// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LAPACK sees the row-major a as its transpose, whose decomposition is conj(V) S U^T: its left
// factor lies as Vh does and its right one as U does, so no result is transposed.
#include "linalg/batch.h"
#include "linalg/matrix.h"

#include <algorithm>

namespace ndrt {
namespace {

struct Factors {
  const Strided *u = nullptr, *vh = nullptr; ///< both, or none
  bool full = false;
};

template <class T>
ndrt_status svd(const char *function, const Strided &a, const Strided &s, const Factors &factors) {
  using R = Real<T>;
  Batch batch(a, 2);
  const int64_t m = a.extent[a.rank - 2], n = a.extent[a.rank - 1], k = std::min(m, n);
  if (k == 0) { // the full factors are any basis
    for (const Strided *factor : {factors.u, factors.vh})
      if (factor) {
        T *x = reinterpret_cast<T *>(factor->data);
        const int64_t side = factor->extent[factor->rank - 1], count = factor->elements();
        std::fill_n(x, count, T(0));
        for (int64_t i = 0; i < count; i += side * side)
          for (int64_t row = 0; row < side; ++row)
            x[i + row * side + row] = 1;
      }
    return NDRT_OK;
  }
  if (batch.count == 0)
    return NDRT_OK;
  blas::keepSerial();
  const char job = !factors.u ? 'N' : factors.full ? 'A' : 'S';
  const int rows = static_cast<int>(n), columns = static_cast<int>(m);
  const int64_t uColumns = factors.full ? m : k, vRows = factors.full ? n : k;
  T wanted = 1, unused = 0;
  R unusedReal = 0;
  int unusedInt = 0;
  blas::gesdd(job, rows, columns, &unused, rows, &unusedReal, &unused, rows, &unused,
              static_cast<int>(uColumns), &wanted, -1, &unusedReal, &unusedInt);
  // As a float the size may have been rounded down.
  const int lwork = static_cast<int>(
      std::min(static_cast<double>(std::real(wanted)) * (1 + 1e-6) + 1, 2147483647.0));
  const int64_t longer = std::max(m, n);
  const int64_t realSize = !isComplexElement<T> ? 1
                           : job == 'N'
                               ? 7 * k
                               : std::max(5 * k * k + 7 * k, 2 * longer * k + 2 * k * k + k);
  R *values = reinterpret_cast<R *>(s.data);
  T *us = factors.u ? reinterpret_cast<T *>(factors.u->data) : nullptr;
  T *vs = factors.vh ? reinterpret_cast<T *>(factors.vh->data) : nullptr;
  FirstFailure failure;
  const double work =
      14.0 * static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k);
  batch.forEach(work, [&](int64_t i) {
    Scratch<T> matrix(m * n), space(lwork);
    Scratch<R> realSpace(realSize);
    Scratch<int> ints(8 * k);
    if (!matrix || !space || !realSpace || !ints)
      return failure.memory();
    T *x = matrix.get(), none = 0;
    Matrix<T>(a, batch.offset(a, 2, i)).toRowMajor(x, m, n);
    if (!allFinite(x, m * n) ||
        blas::gesdd(job, rows, columns, x, rows, values + i * k, vs ? vs + i * vRows * n : &none,
                    rows, us ? us + i * m * uColumns : &none, static_cast<int>(uColumns),
                    space.get(), lwork, realSpace.get(), ints.get()) != 0)
      return failure.diverged(i);
  });
  return failure.reportDiverged(batch, function, longer, "the singular values");
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_svd(const DLTensor *a, DLTensor *u, DLTensor *s, DLTensor *vh) {
  using namespace ndrt;
  Strided matrices, left, values, right;
  if (ndrt_status status = view(a, "svd", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(u, "svd", "u", left))
    return status;
  if (ndrt_status status = viewResult(s, "svd", "s", values))
    return status;
  if (ndrt_status status = viewResult(vh, "svd", "vh", right))
    return status;
  if (ndrt_status status = checkMatrices(matrices, "svd"))
    return status;
  const int batch = matrices.rank - 2;
  const int64_t m = matrices.extent[batch], n = matrices.extent[batch + 1], k = std::min(m, n);
  const bool thin = follows(left, matrices, batch, m, k) && follows(right, matrices, batch, k, n);
  const bool full = follows(left, matrices, batch, m, m) && follows(right, matrices, batch, n, n);
  if ((!thin && !full) || !followsAs(realType(matrices.type), values, matrices, batch, k))
    return misfit("svd", {{"a", matrices}, {"u", left}, {"s", values}, {"vh", right}},
                  "the results must have the dtypes and shapes that follow from a");
  return withElement(matrices.type, [&](auto zero) {
    return svd<decltype(zero)>("svd", matrices, values, {&left, &right, !thin});
  });
}

ndrt_status ndrt_svdvals(const DLTensor *a, DLTensor *s) {
  using namespace ndrt;
  Strided matrices, values;
  if (ndrt_status status = view(a, "svdvals", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(s, "svdvals", "s", values))
    return status;
  if (ndrt_status status = checkMatrices(matrices, "svdvals"))
    return status;
  const int batch = matrices.rank - 2;
  if (!followsAs(realType(matrices.type), values, matrices, batch,
                 std::min(matrices.extent[batch], matrices.extent[batch + 1])))
    return misfit("svdvals", {{"a", matrices}, {"s", values}},
                  "s must be of the real dtype and (..., min(m, n))");
  return withElement(matrices.type, [&](auto zero) {
    return svd<decltype(zero)>("svdvals", matrices, values, {});
  });
}
