// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Row-major the lower triangle of a Hermitian matrix is the upper one of LAPACK's conjugate of it,
// whose factor U has U^H U = conj(a), so that U's transpose, which lies as L does, is the L sought.
// The other way round likewise. LAPACK is faster at lower triangles, so that large matrices are
// turned on the way in and out where the lower one is sought.
#include "linalg/batch.h"
#include "linalg/lanes.h"
#include "linalg/lone.h"
#include "linalg/matrix.h"

#include <algorithm>

namespace ndrt {
namespace {

/// What cholesky() gives, for small matrices. The upper triangle is the lower one of the transpose.
template <class T>
ndrt_status choleskyInLanes(const Strided &a, const Strided &out, const Batch &batch, bool upper) {
  const int64_t n = a.extent[a.rank - 1], step = Lanes<T>::stepOf(n);
  T *results = reinterpret_cast<T *>(out.data);
  FirstFailure failure;
  const double side = static_cast<double>(n);
  const double work = side * side * side / 3;
  auto group = [&](int64_t first, int64_t count, int64_t lanes, Real<T> *memory) {
    const Lanes<T> matrices{memory, lanes, step};
    takeLanes(batch, a, 2, first, count, matrices, n, n, upper);
    LaneFacts facts;
    choleskyLanes(n, matrices, facts);
    giveLanes(facts, count, matrices, results + first * n * n, n, n, upper,
              [&](int64_t lane) { failure.indefinite(first + lane, facts.zero[lane] + 1); });
  };
  auto lone = [&](int64_t i) {
    const Scattered<T> matrix = scatteredAt<T>(batch, a, 2, i, upper);
    if (int64_t minor = choleskyLone(n, matrix, results + i * n * n, upper).zero; minor >= 0)
      failure.indefinite(i, minor + 1);
  };
  if (!forLanes<T>(batch, work, step * n, group, lone))
    failure.memory();
  return failure.reportIndefinite(batch, "cholesky", n);
}

/// About \p target, in multiples of 16 but for the last.
int64_t evenTile(int64_t extent, int64_t target) {
  const int64_t count = ceilDiv(extent, target);
  return ceilDiv(ceilDiv(extent, count), 16) * 16;
}

/// The factor of column-major \p a in its lower triangle. Large matrices by halves, so that threads
/// share what is between them: rows below the first factor, then tiles of the rest. The order of
/// the first minor that is not positive, or 0.
template <class T> int64_t factor(int64_t n, T *a, int64_t ld) {
  constexpr int64_t whole = 256;
  const int lda = static_cast<int>(ld);
  if (n <= whole)
    return blas::potrf('L', static_cast<int>(n), a, lda);
  const int64_t left = ceilDiv(n, 32) * 16, rest = n - left;
  if (int64_t minor = factor(left, a, ld))
    return minor;
  const int64_t side = evenTile(rest, std::clamp<int64_t>(rest / 6, 160, 384));
  const int64_t tiles = ceilDiv(rest, side);
  const int columns = static_cast<int>(left);
  T *below = a + left, *last = a + left * ld + left;
  auto rows = [&](int64_t t) { return static_cast<int>(std::min(side, rest - t * side)); };
  parallelFor(tiles, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      blas::trsm('R', 'L', 'C', 'N', rows(i), columns, T(1), a, lda, below + i * side, lda);
  });
  // Less the product with its own transpose, on the diagonal and below it.
  parallelFor(tiles * (tiles + 1) / 2, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      int64_t row = 0, column = i;
      while (column > row)
        column -= ++row;
      T *to = last + (column * ld + row) * side;
      if (row == column)
        blas::herk('L', 'N', rows(row), columns, Real<T>(-1), below + row * side, lda, Real<T>(1),
                   to, lda);
      else
        blas::gemm('N', 'C', rows(row), rows(column), columns, T(-1), below + row * side, lda,
                   below + column * side, lda, T(1), to, lda);
    }
  });
  const int64_t minor = factor(rest, last, ld);
  return minor ? left + minor : 0;
}

/// Turns column-major L into row-major, zeros above it.
template <class T> void turnLower(int64_t n, T *x) {
  constexpr int64_t side = 64;
  parallelFor(ceilDiv(n, side), 4, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin * side; row < std::min(n, end * side); row += side) {
      const int64_t rows = std::min(side, n - row);
      for (int64_t column = 0; column < row; column += side) {
        T *from = x + column * n + row;
        copyMatrix(from, 1, n, x + row * n + column, n, 1, rows, side);
        for (int64_t j = 0; j < side; ++j)
          std::fill_n(from + j * n, rows, T(0));
      }
      T *block = x + row * n + row;
      for (int64_t i = 0; i < rows; ++i)
        for (int64_t j = 0; j < i; ++j) {
          block[i * n + j] = block[j * n + i];
          block[j * n + i] = T(0);
        }
    }
  });
}

template <class T> ndrt_status cholesky(const Strided &a, const Strided &out, bool upper) {
  Batch batch(a, 2);
  const int64_t n = a.extent[a.rank - 1];
  if (n == 0)
    return NDRT_OK;
  if (fitLanes(n, 0))
    return choleskyInLanes<T>(a, out, batch, upper);
  blas::keepSerial();
  const bool turned = !upper && n >= 48; // where it costs less than it saves
  T *results = reinterpret_cast<T *>(out.data);
  FirstFailure failure;
  const double side = static_cast<double>(n);
  batch.forEach(side * side * side / 3, [&](int64_t i) {
    T *x = results + i * n * n;
    const Matrix<T> matrix(a, batch.offset(a, 2, i));
    if (turned)
      matrix.toColumnMajor(x, n, n, n);
    else
      matrix.toRowMajor(x, n, n);
    int minor = static_cast<int>(
        upper || turned ? factor(n, x, n)
                        : blas::potrf('U', static_cast<int>(n), x, static_cast<int>(n)));
    // Some BLAS take nan for positive.
    for (int64_t row = 0; row < n && minor == 0; ++row)
      if (std::isnan(std::real(x[row * n + row])))
        minor = static_cast<int>(row + 1);
    if (minor > 0)
      return failure.indefinite(i, minor);
    if (turned)
      return turnLower(n, x);
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
