// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Row-major the lower triangle of a Hermitian matrix is the upper one of LAPACK's conjugate of it,
// whose factor U has U^H U = conj(a), so that U's transpose, which lies as L does, is the L sought.
#include "linalg/batch.h"
#include "linalg/lanes.h"
#include "linalg/matrix.h"

#include <algorithm>

namespace ndrt {
namespace {

/// What cholesky() gives, for small matrices. The upper triangle is the lower one of the transpose.
template <class T>
ndrt_status choleskyInLanes(const Strided &a, const Strided &out, const Batch &batch, bool upper) {
  const int64_t n = a.extent[a.rank - 1];
  T *results = reinterpret_cast<T *>(out.data);
  FirstFailure failure;
  const double side = static_cast<double>(n);
  const double work = side * side * side / 3;
  forLanes<T>(batch, work, a, upper, [&](int64_t first, int64_t count, Lanes<T> &matrices) {
    LaneFacts<T> facts;
    choleskyLanes(n, matrices, facts);
    for (int64_t lane = 0; lane < count; ++lane) {
      if (int8_t minor = facts.zero[size_t(lane)]; minor >= 0) {
        failure.indefinite(first + lane, minor + 1);
        continue;
      }
      T *x = results + (first + lane) * n * n;
      for (int64_t i = 0; i < n; ++i)
        for (int64_t j = 0; j < n; ++j)
          x[i * n + j] = (upper ? i > j : j > i) ? T(0)
                         : upper                 ? matrices.at(n, j, i, lane)
                                                 : matrices.at(n, i, j, lane);
    }
  });
  return failure.reportIndefinite(batch, "cholesky", n);
}

template <class T> ndrt_status cholesky(const Strided &a, const Strided &out, bool upper) {
  Batch batch(a, 2);
  const int64_t n = a.extent[a.rank - 1];
  if (n == 0)
    return NDRT_OK;
  if constexpr (!isComplexElement<T>)
    if (n <= laneSide) // alone too, so that a batch changes no bit
      return choleskyInLanes<T>(a, out, batch, upper);
  blas::keepSerial();
  T *results = reinterpret_cast<T *>(out.data);
  FirstFailure failure;
  const double side = static_cast<double>(n);
  batch.forEach(side * side * side / 3, [&](int64_t i) {
    T *x = results + i * n * n;
    Matrix<T>(a, batch.offset(a, 2, i)).toRowMajor(x, n, n);
    int minor = blas::potrf(upper ? 'L' : 'U', static_cast<int>(n), x, static_cast<int>(n));
    // Some BLAS take nan for positive.
    for (int64_t row = 0; row < n && minor == 0; ++row)
      if (std::isnan(std::real(x[row * n + row])))
        minor = static_cast<int>(row + 1);
    if (minor > 0)
      return failure.indefinite(i, minor);
    for (int64_t row = 0; row < n; ++row)
      if (upper)
        std::fill_n(x + row * n, row, T(0));
      else
        std::fill_n(x + row * n + row + 1, n - row - 1, T(0));
  });
  return failure.reportIndefinite(batch, "cholesky", n);
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_cholesky(const DLTensor *a, DLTensor *out, int32_t upper) {
  using namespace ndrt;
  Strided matrices, results;
  if (ndrt_status status = view(a, "cholesky", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(out, "cholesky", "out", results))
    return status;
  if (ndrt_status status = checkSquare(matrices, "cholesky"))
    return status;
  const int64_t n = matrices.extent[matrices.rank - 1];
  if (!follows(results, matrices, matrices.rank - 2, n, n))
    return misfit("cholesky", {{"a", matrices}, {"out", results}},
                  "out must have a's dtype and shape");
  return withElement(matrices.type, [&](auto zero) {
    return cholesky<decltype(zero)>(matrices, results, upper != 0);
  });
}
