// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Eigenvalues and eigenvectors of Hermitian matrices, by divide and conquer and, of up to 25 rows,
// by implicit QL, as LAPACK has it.
#include "linalg/batch.h"
#include "linalg/eigen.h"
#include "linalg/lanes.h"
#include "linalg/tridiagonal.h"

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

/// What eigh() gives, for small matrices. The upper triangle is the lower one of the matrix with
/// rows and columns reversed.
template <class T>
ndrt_status eighInLanes(const char *function, Strided a, const Strided &out, const Strided *vectors,
                        bool upper) {
  using W = Wide<T>;
  const Batch batch(a, 2);
  const int64_t n = a.extent[a.rank - 1], step = Lanes<W>::stepOf(n);
  if (upper)
    for (int axis = a.rank - 2; axis < a.rank; ++axis) {
      a.data += (n - 1) * a.stride[axis] * int64_t(sizeof(T));
      a.stride[axis] = -a.stride[axis];
    }
  Real<T> *values = reinterpret_cast<Real<T> *>(out.data);
  T *results = vectors ? reinterpret_cast<T *>(vectors->data) : nullptr;
  FirstFailure failure;
  auto group = [&](int64_t first, int64_t count, int64_t lanes, double *memory) {
    const Lanes<W> matrices{memory, lanes, step}, z{matrices.at(0, n), lanes, step};
    double *space = z.at(0, vectors ? n : 0), *diagonal = space + 2 * n * lanes * Lanes<W>::parts;
    double *beside = diagonal + n * lanes;
    for (int64_t lane = 0; lane < lanes; ++lane) {
      const Scattered<T> from = scatteredAt<T>(batch, a, 2, first + std::min(lane, count - 1));
      for (int64_t j = 0; j < n; ++j)
        for (int64_t i = j; i < n; ++i)
          matrices.set(i, j, lane, W(from.data[i * from.row + j * from.column]));
    }
    LaneFacts facts;
    tridiagonalLanes(n, matrices, space, diagonal, beside, facts);
    for (int64_t lane = 0; lane < lanes; ++lane) {
      double d[laneSide], e[laneSide], turned[laneSide * laneSide];
      for (int64_t i = 0; i < n; ++i) {
        const int64_t from = upper ? n - 1 - i : i;
        d[i] = diagonal[from * lanes + lane];
        if (i < n - 1)
          e[i] = beside[(upper ? from - 1 : from) * lanes + lane];
      }
      if (vectors) {
        std::fill_n(turned, n * n, 0.0);
        for (int64_t i = 0; i < n; ++i)
          turned[i * n + i] = 1;
      }
      if (lane < count) {
        const double scale = beside[(n - 1) * lanes + lane];
        if (facts.zero[lane] >= 0 || !diagonalizeTridiagonal(n, d, e, vectors ? turned : nullptr))
          failure.diverged(first + lane);
        else
          for (int64_t i = 0; i < n; ++i)
            values[(first + lane) * n + i] = static_cast<Real<T>>(d[i] / scale);
      }
      for (int64_t k = 0; vectors && k < n; ++k)
        for (int64_t i = 0; i < n; ++i)
          z.set(upper ? n - 1 - i : i, k, lane, W(turned[k * n + i]));
    }
    if (!vectors)
      return;
    untridiagonalLanes(n, matrices, space, z);
    for (int64_t lane = 0; lane < count; ++lane) {
      T *to = results + (first + lane) * n * n;
      for (int64_t i = 0; i < n; ++i)
        for (int64_t k = 0; k < n; ++k)
          to[i * n + k] = static_cast<T>(z.get(upper ? n - 1 - i : i, k, lane));
    }
  };
  const double side = static_cast<double>(n);
  const int64_t positions = (vectors ? 2 : 1) * n * step + 4 * n;
  if (!forLanes<W>(batch, (vectors ? 9.0 : 4.0 / 3) * side * side * side, positions, group))
    failure.memory();
  return failure.reportDiverged(batch, function, n, "the eigenvalues");
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
  if (n <= laneSide)
    return eighInLanes<T>(function, a, out, vectors, upper);
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
