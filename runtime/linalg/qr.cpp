// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/batch.h"
#include "linalg/matrix.h"

#include <algorithm>

namespace ndrt {
namespace {

template <class T> ndrt_status qr(const Strided &a, const Strided &q, const Strided &r) {
  Batch batch(a, 2);
  int64_t m = a.extent[a.rank - 2], n = a.extent[a.rank - 1], k = std::min(m, n);
  if (k == 0)
    return NDRT_OK;
  blas::keepSerial();
  int rows = static_cast<int>(m), columns = static_cast<int>(n), reflectors = static_cast<int>(k);
  T wanted[2] = {1, 1}, unused = 0;
  blas::geqrf(rows, columns, &unused, rows, &unused, &wanted[0], -1);
  blas::orgqr(rows, reflectors, reflectors, &unused, rows, &unused, &wanted[1], -1);
  int lwork = std::max(static_cast<int>(std::max(wanted[0], wanted[1])), columns);
  T *qs = reinterpret_cast<T *>(q.data), *rs = reinterpret_cast<T *>(r.data);
  FirstFailure failure;
  double work = 4.0 * static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k);
  batch.forEach(work, [&](int64_t i) {
    Scratch<T> factors(m * n), tau(k), space(lwork);
    if (!factors || !tau || !space)
      return failure.memory();
    T *f = factors.get();
    Matrix<T>(a, batch.offset(a, 2, i)).toColumnMajor(f, m, m, n);
    blas::geqrf(rows, columns, f, rows, tau.get(), space.get(), lwork);
    T *upper = rs + i * k * n;
    copyMatrix(f, 1, m, upper, n, 1, k, n);
    for (int64_t row = 1; row < k; ++row)
      std::fill_n(upper + row * n, row, T(0));
    blas::orgqr(rows, reflectors, reflectors, f, rows, tau.get(), space.get(), lwork);
    copyMatrix(f, 1, m, qs + i * m * k, k, 1, m, k);
  });
  return failure.report(batch, "qr", std::max(m, n));
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
  int64_t m = matrices.extent[matrices.rank - 2], n = matrices.extent[matrices.rank - 1];
  int64_t k = std::min(m, n);
  if (!follows(orthogonal, matrices, matrices.rank - 2, m, k) ||
      !follows(upper, matrices, matrices.rank - 2, k, n))
    return fail(NDRT_ERR_ARGUMENT, "qr: dtypes or shapes of q and r do not fit those of a");
  return isFloat(matrices.type, 32) ? qr<float>(matrices, orthogonal, upper)
                                    : qr<double>(matrices, orthogonal, upper);
}
