// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Eigenvalues and eigenvectors of general matrices.
#include "linalg/batch.h"
#include "linalg/eigen.h"
#include "linalg/lanes.h"
#include "linalg/schur.h"

#include <algorithm>

namespace ndrt {
namespace {

template <class T>
ndrt_status eigOfSmall(const char *function, const Strided &a, const Strided &out,
                       const Strided *vectors) {
  using C = std::complex<Real<T>>;
  const Batch batch(a, 2);
  const int64_t n = a.extent[a.rank - 1];
  C *values = reinterpret_cast<C *>(out.data);
  FirstFailure failure;
  const double side = static_cast<double>(n);
  batch.forEach((vectors ? 25.0 : 10.0) * side * side * side, [&](int64_t index) {
    Wide<T> matrix[laneSide * laneSide];
    std::complex<double> w[laneSide], v[laneSide * laneSide];
    const Scattered<T> x = scatteredAt<T>(batch, a, 2, index);
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = 0; i < n; ++i)
        matrix[j * n + i] = static_cast<Wide<T>>(x.data[i * x.row + j * x.column]);
    if (!allFinite(matrix, n * n) || !eigenOfSmall(n, matrix, w, vectors ? v : nullptr))
      return failure.diverged(index);
    for (int64_t i = 0; i < n; ++i)
      values[index * n + i] = static_cast<C>(w[i]);
    if (C *rows = vectors ? reinterpret_cast<C *>(vectors->data) + index * n * n : nullptr)
      for (int64_t i = 0; i < n; ++i)
        for (int64_t j = 0; j < n; ++j)
          rows[i * n + j] = static_cast<C>(v[j * n + i]);
  });
  return failure.reportDiverged(batch, function, n, "the eigenvalues");
}

/// \p vectors may be null.
template <class T>
ndrt_status eig(const char *function, const Strided &a, const Strided &out,
                const Strided *vectors) {
  using R = Real<T>;
  using C = std::complex<R>;
  Batch batch(a, 2);
  const int64_t n = a.extent[a.rank - 1];
  if (n == 0 || batch.count == 0)
    return NDRT_OK;
  if (n <= laneSide)
    return eigOfSmall<T>(function, a, out, vectors);
  blas::keepSerial();
  const int size = static_cast<int>(n);
  T wanted = 1, unused = 0;
  R unusedReal = 0;
  C unusedComplex = 0;
  blas::geev(size, &unused, &unusedReal, &unusedReal, &unusedComplex, vectors ? &unused : nullptr,
             &wanted, -1, &unusedReal);
  const int lwork = std::max(static_cast<int>(std::real(wanted)), 4 * size);
  C *values = reinterpret_cast<C *>(out.data);
  C *columns = vectors ? reinterpret_cast<C *>(vectors->data) : nullptr;
  FirstFailure failure;
  const double side = static_cast<double>(n);
  batch.forEach((vectors ? 25.0 : 10.0) * side * side * side, [&](int64_t i) {
    Scratch<T> matrix(n * n), space(lwork), right(vectors ? n * n : 1);
    Scratch<R> parts(2 * n);
    if (!matrix || !space || !right || !parts)
      return failure.memory();
    T *m = matrix.get(), *v = vectors ? right.get() : nullptr;
    Matrix<T>(a, batch.offset(a, 2, i)).toColumnMajor(m, n, n, n);
    C *to = values + i * n;
    if (!allFinite(m, n * n) || blas::geev(size, m, parts.get(), parts.get() + n, to, v,
                                           space.get(), lwork, parts.get()) != 0)
      return failure.diverged(i);
    const R *re = parts.get(), *im = re + n;
    if constexpr (!isComplexElement<T>)
      for (int64_t k = 0; k < n; ++k)
        to[k] = {re[k], im[k]};
    if (!vectors)
      return;
    C *rows = columns + i * n * n;
    if constexpr (isComplexElement<T>) {
      copyMatrix(v, 1, n, rows, n, 1, n, n);
    } else {
      // A pair of conjugates has the parts of the first one's vector in two columns.
      for (int64_t k = 0; k < n; ++k)
        if (im[k] != 0 && k + 1 < n) {
          for (int64_t row = 0; row < n; ++row) {
            const R x = v[k * n + row], y = v[(k + 1) * n + row];
            rows[row * n + k] = {x, y};
            rows[row * n + k + 1] = {x, -y};
          }
          ++k;
        } else {
          for (int64_t row = 0; row < n; ++row)
            rows[row * n + k] = v[k * n + row];
        }
    }
  });
  return failure.reportDiverged(batch, function, n, "the eigenvalues");
}

ndrt_status checked(const char *function, const DLTensor *a, DLTensor *w, DLTensor *v) {
  EigenArrays arrays;
  if (ndrt_status status = viewEigen(function, a, w, v, complexType, complexType, arrays))
    return status;
  return withElement(arrays.matrices.type, [&](auto zero) {
    return eig<decltype(zero)>(function, arrays.matrices, arrays.values,
                               v ? &arrays.vectors : nullptr);
  });
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_eigvals(const DLTensor *a, DLTensor *out) {
  return ndrt::checked("eigvals", a, out, nullptr);
}

ndrt_status ndrt_eig(const DLTensor *a, DLTensor *eigenvalues, DLTensor *eigenvectors) {
  return ndrt::checked("eig", a, eigenvalues, eigenvectors);
}
