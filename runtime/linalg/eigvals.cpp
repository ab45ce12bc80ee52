// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/batch.h"
#include "linalg/matrix.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <complex>

namespace ndrt {
namespace {

/// The real type of an element.
template <class T> struct RealOf { using type = T; };
template <class T> struct RealOf<std::complex<T>> { using type = T; };

template <class T> ndrt_status eigvals(const Strided &a, const Strided &out) {
  using Real = typename RealOf<T>::type;
  Batch batch(a, 2);
  const int64_t n = a.extent[a.rank - 1];
  if (n == 0 || batch.count == 0)
    return NDRT_OK;
  blas::keepSerial();
  const int size = static_cast<int>(n);
  T wanted = 1, unused = 0;
  Real unusedReal = 0;
  std::complex<Real> unusedComplex = 0;
  blas::geev(size, &unused, &unusedReal, &unusedReal, &unusedComplex, &wanted, -1, &unusedReal);
  const int lwork = std::max(static_cast<int>(std::real(wanted)), 4 * size);
  std::complex<Real> *values = reinterpret_cast<std::complex<Real> *>(out.data);
  std::atomic<int64_t> failed = INT64_MAX;
  std::atomic<bool> noMemory = false;
  const double work =
      10.0 * static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(n);
  batch.forEach(work, [&](int64_t i) {
    Scratch<T> matrix(n * n), space(lwork);
    Scratch<Real> parts(2 * n);
    if (!matrix || !space || !parts) {
      noMemory = true;
      return;
    }
    T *m = matrix.get();
    const Matrix<T> from(a, batch.offset(a, 2, i));
    bool finite = true;
    for (int64_t column = 0; column < n; ++column)
      for (int64_t row = 0; row < n; ++row) {
        const T x = from.data[row * from.rowStride + column * from.columnStride];
        finite = finite && std::isfinite(std::real(x)) && std::isfinite(std::imag(x));
        m[column * n + row] = x;
      }
    std::complex<Real> *to = values + i * n;
    if (!finite || blas::geev(size, m, parts.get(), parts.get() + n, to, space.get(), lwork,
                              parts.get()) != 0) {
      int64_t least = failed.load();
      while (i < least && !failed.compare_exchange_weak(least, i)) {
      }
      return;
    }
    if constexpr (std::is_same_v<T, Real>)
      for (int64_t k = 0; k < n; ++k)
        to[k] = {parts.get()[k], parts.get()[n + k]};
  });
  if (noMemory)
    return fail(NDRT_ERR_MEMORY, "eigvals: cannot allocate working memory for %lld x %lld matrices",
                static_cast<long long>(n), static_cast<long long>(n));
  if (failed != INT64_MAX)
    return fail(NDRT_ERR_CONVERGENCE,
                "eigvals: the eigenvalues did not converge%s; a matrix with NaN or infinity has "
                "none",
                batch.place(failed).text);
  return NDRT_OK;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_eigvals(const DLTensor *a, DLTensor *out) {
  using namespace ndrt;
  Strided matrices, values;
  if (ndrt_status status = view(a, "eigvals", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(out, "eigvals", "out", values))
    return status;
  const DLDataType type = matrices.type;
  const int bits = type.code == kDLComplex ? type.bits / 2 : type.bits;
  if ((type.code != kDLFloat && type.code != kDLComplex) || (bits != 32 && bits != 64) ||
      !isComplex(values.type, 2 * bits))
    return fail(NDRT_ERR_ARGUMENT, "eigvals: a is neither float32, float64 nor complex over them, "
                                   "or out is not the complex dtype over it: cast first");
  const int rank = matrices.rank;
  bool fits = rank >= 2 && matrices.extent[rank - 1] == matrices.extent[rank - 2] &&
              matrices.extent[rank - 1] <= blas::most && values.rank == rank - 1;
  for (int axis = 0; fits && axis + 1 < rank; ++axis)
    fits = values.extent[axis] == matrices.extent[axis];
  if (!fits)
    return fail(NDRT_ERR_ARGUMENT, "eigvals: a is no stack of square matrices, or out does not "
                                   "have its shape without the last axis");
  if (type.code == kDLFloat)
    return bits == 32 ? eigvals<float>(matrices, values) : eigvals<double>(matrices, values);
  return bits == 32 ? eigvals<std::complex<float>>(matrices, values)
                    : eigvals<std::complex<double>>(matrices, values);
}
