// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/batch.h"
#include "linalg/lu.h"
#include "linalg/matrix.h"

#include <cmath>

namespace ndrt {
namespace {

/// The product of the diagonal, with its exponent apart: it may leave the range half-way and come
/// back.
template <class T> T signedProduct(int64_t n, const T *factors, const int32_t *pivots) {
  T mantissa = 1;
  int64_t exponent = 0;
  for (int64_t i = 0; i < n; ++i) {
    int power = 0;
    mantissa *= std::frexp(factors[i * n + i], &power);
    exponent += std::isfinite(mantissa) ? power : 0;
    mantissa = std::frexp(mantissa, &power);
    exponent += std::isfinite(mantissa) ? power : 0;
    if (pivots[i] != i)
      mantissa = -mantissa;
  }
  constexpr int64_t beyond = 10000; // any range there is
  return std::ldexp(mantissa, static_cast<int>(std::clamp(exponent, -beyond, beyond)));
}

template <class T> ndrt_status det(const Strided &a, const Strided &out) {
  Batch batch(a, 2);
  int64_t n = a.extent[a.rank - 1];
  T *results = reinterpret_cast<T *>(out.data);
  FirstFailure failure;
  double side = static_cast<double>(n);
  batch.forEach(side * side * side, [&](int64_t i) {
    Scratch<T> factors(n * n);
    Scratch<int32_t> pivots(n);
    if (!factors || !pivots)
      return failure.memory();
    Matrix<T>(a, batch.offset(a, 2, i)).toColumnMajor(factors.get(), n, n, n);
    bool singular = luFactor(n, factors.get(), n, pivots.get()) >= 0;
    results[i] = singular ? T(0) : signedProduct(n, factors.get(), pivots.get());
  });
  return failure.report(batch, "det", n);
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_det(const DLTensor *a, DLTensor *out) {
  using namespace ndrt;
  Strided matrices, results;
  if (ndrt_status status = view(a, "det", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(out, "det", "out", results))
    return status;
  if (ndrt_status status = checkSquare(matrices, "det"))
    return status;
  if (!follows(results, matrices, matrices.rank - 2))
    return fail(NDRT_ERR_ARGUMENT, "det: out has not a's dtype and leading axes");
  return isFloat(matrices.type, 32) ? det<float>(matrices, results)
                                    : det<double>(matrices, results);
}
