// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Eigenvalues and eigenvectors of Hermitian matrices, by divide and conquer.
#include "linalg/batch.h"
#include "linalg/eigen.h"

#include <algorithm>

namespace ndrt {
namespace {

template <class T> bool triangleFinite(const T *m, int64_t n, bool upper) {
  for (int64_t column = 0; column < n; ++column)
    if (!(upper ? allFinite(m + column * n, column + 1)
                : allFinite(m + column * n + column, n - column)))
      return false;
  return true;
}

/// \p vectors may be null.
template <class T>
ndrt_status eigh(const char *function, const Strided &a, const Strided &out, const Strided *vectors,
                 bool upper) {
  using R = Real<T>;
  Batch batch(a, 2);
  const int64_t n = a.extent[a.rank - 1];
  if (n == 0 || batch.count == 0)
    return NDRT_OK;
  blas::keepSerial();
  const int size = static_cast<int>(n);
  const char job = vectors ? 'V' : 'N', triangle = upper ? 'U' : 'L';
  T wanted = 1, unused = 0;
  R wantedReal = 1, unusedReal = 0;
  int wantedInts = 1;
  blas::heevd(job, triangle, size, &unused, size, &unusedReal, &wanted, -1, &wantedReal, -1,
              &wantedInts, -1);
  // As floats the sizes may have been rounded down.
  auto rounded = [](R wanted) {
    return static_cast<int>(std::min(static_cast<double>(wanted) * (1 + 1e-6) + 1, 2147483647.0));
  };
  const int lwork = rounded(std::real(wanted)), lrwork = rounded(wantedReal);
  R *values = reinterpret_cast<R *>(out.data);
  T *results = vectors ? reinterpret_cast<T *>(vectors->data) : nullptr;
  FirstFailure failure;
  const double side = static_cast<double>(n);
  batch.forEach((vectors ? 9.0 : 4.0 / 3) * side * side * side, [&](int64_t i) {
    Scratch<T> matrix(n * n), space(lwork);
    Scratch<R> realSpace(lrwork);
    Scratch<int> ints(std::max(1, wantedInts));
    if (!matrix || !space || !realSpace || !ints)
      return failure.memory();
    T *m = matrix.get();
    Matrix<T>(a, batch.offset(a, 2, i)).toColumnMajor(m, n, n, n);
    if (!triangleFinite(m, n, upper) ||
        blas::heevd(job, triangle, size, m, size, values + i * n, space.get(), lwork,
                    realSpace.get(), lrwork, ints.get(), wantedInts) != 0)
      return failure.diverged(i);
    if (vectors)
      copyMatrix(m, 1, n, results + i * n * n, n, 1, n, n);
  });
  return failure.reportDiverged(batch, function, n, "the eigenvalues");
}

DLDataType sameAsGiven(DLDataType type) { return type; }

ndrt_status checked(const char *function, const DLTensor *a, DLTensor *w, DLTensor *v, bool upper) {
  EigenArrays arrays;
  if (ndrt_status status = viewEigen(function, a, w, v, realType, sameAsGiven, arrays))
    return status;
  return withElement(arrays.matrices.type, [&](auto zero) {
    return eigh<decltype(zero)>(function, arrays.matrices, arrays.values,
                                v ? &arrays.vectors : nullptr, upper);
  });
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_eigvalsh(const DLTensor *a, DLTensor *out, int32_t upper) {
  return ndrt::checked("eigvalsh", a, out, nullptr, upper != 0);
}

ndrt_status ndrt_eigh(const DLTensor *a, DLTensor *eigenvalues, DLTensor *eigenvectors,
                      int32_t upper) {
  return ndrt::checked("eigh", a, eigenvalues, eigenvectors, upper != 0);
}
