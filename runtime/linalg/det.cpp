// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/batch.h"
#include "linalg/lanes.h"
#include "linalg/lone.h"
#include "linalg/lu.h"
#include "linalg/matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ndrt {
namespace {

/// x = m 2^e with m of a size that squares stay in range; gives e.
template <class T> int64_t takeExponent(T &x) {
  int power = 0;
  T mantissa = std::frexp(x, &power);
  if (!std::isfinite(mantissa))
    return 0;
  x = mantissa;
  return power;
}
template <class T> int64_t takeExponent(std::complex<T> &x) {
  int power = 0;
  T size = std::frexp(std::max(std::abs(x.real()), std::abs(x.imag())), &power);
  if (!std::isfinite(size) || std::isnan(x.real()) || std::isnan(x.imag()))
    return 0;
  x = {std::ldexp(x.real(), -power), std::ldexp(x.imag(), -power)};
  return power;
}
template <class T> T timesPower(T x, int power) { return std::ldexp(x, power); }
template <class T> std::complex<T> timesPower(std::complex<T> x, int power) {
  return {std::ldexp(x.real(), power), std::ldexp(x.imag(), power)};
}

/// The diagonal of the factors, its elements \p step apart, and whether the rows changed places an
/// odd number of times.
template <class T> struct Diagonal {
  const T *values; ///< none if the matrix is singular
  int64_t step;
  bool odd;

  T operator[](int64_t i) const { return values[i * step]; }
};

/// The product of the diagonal, with its exponent apart: it may leave the range half-way and come
/// back.
template <class T> T signedProduct(int64_t n, const Diagonal<T> &diagonal) {
  // As long as nothing leaves the middle of the range there is no need of exponents apart.
  constexpr Real<T> large = sizeof(Real<T>) == 4 ? Real<T>(0x1p60) : Real<T>(0x1p500);
  T product = diagonal.odd ? -1 : 1;
  bool inRange = true;
  for (int64_t i = 0; i < n; ++i) {
    product = times(product, diagonal[i]);
    inRange = inRange && sizeOf(product) < large && sizeOf(product) > 1 / large;
  }
  if (inRange)
    return product;
  T mantissa = diagonal.odd ? -1 : 1;
  int64_t exponent = 0;
  for (int64_t i = 0; i < n; ++i) {
    T next = diagonal[i];
    exponent += takeExponent(next);
    mantissa = times(mantissa, next);
    exponent += takeExponent(mantissa);
  }
  constexpr int64_t beyond = 10000; // any range there is
  return timesPower(mantissa, static_cast<int>(std::clamp(exponent, -beyond, beyond)));
}

/// Calls result(i, diagonal) for each small matrix.
template <class T, class Result>
bool factorInLanes(const Strided &a, const Batch &batch, Result &&result) {
  const int64_t n = a.extent[a.rank - 1], step = Lanes<T>::stepOf(n);
  const double side = static_cast<double>(n);
  auto group = [&](int64_t first, int64_t count, int64_t lanes, Real<T> *memory) {
    const Lanes<T> matrices{memory, lanes, step};
    takeLanes(batch, a, 2, first, count, matrices, n, n);
    LaneFacts facts;
    solveLanes(n, matrices, 0, matrices, facts);
    for (int64_t lane = 0; lane < count; ++lane) {
      T diagonal[laneSide];
      for (int64_t i = 0; i < n; ++i)
        diagonal[i] = matrices.get(i, i, lane);
      result(first + lane,
             Diagonal<T>{facts.zero[lane] < 0 ? diagonal : nullptr, 1, facts.odd[lane]});
    }
  };
  auto lone = [&](int64_t i) {
    T diagonal[laneSide];
    const LoneFacts facts = factorLone(n, scatteredAt<T>(batch, a, 2, i), diagonal);
    result(i, Diagonal<T>{facts.zero < 0 ? diagonal : nullptr, 1, facts.odd});
  };
  return forLanes<T>(batch, side * side * side, step * n, group, lone);
}

/// Calls result(i, diagonal) for each matrix.
template <class T, class Result>
ndrt_status factorEach(const Strided &a, const char *function, Result &&result) {
  Batch batch(a, 2);
  int64_t n = a.extent[a.rank - 1];
  FirstFailure failure;
  if (fitLanes(n, 0)) {
    if (!factorInLanes<T>(a, batch, result))
      failure.memory();
    return failure.report(batch, function, n);
  }
  double side = static_cast<double>(n);
  batch.forEach(side * side * side, [&](int64_t i) {
    Scratch<T> factors(n * n);
    Scratch<int32_t> pivots(n);
    if (!factors || !pivots)
      return failure.memory();
    Matrix<T>(a, batch.offset(a, 2, i)).toColumnMajor(factors.get(), n, n, n);
    bool singular = luFactor(n, factors.get(), n, pivots.get()) >= 0;
    bool odd = false;
    for (int64_t k = 0; k < n; ++k)
      odd ^= !singular && pivots.get()[k] != k;
    result(i, Diagonal<T>{singular ? nullptr : factors.get(), n + 1, odd});
  });
  return failure.report(batch, function, n);
}

template <class T> ndrt_status det(const Strided &a, const Strided &out) {
  T *results = reinterpret_cast<T *>(out.data);
  const int64_t n = a.extent[a.rank - 1];
  return factorEach<T>(a, "det", [&](int64_t i, const Diagonal<T> &diagonal) {
    results[i] = diagonal.values ? signedProduct(n, diagonal) : T(0);
  });
}

template <class T>
ndrt_status slogdet(const Strided &a, const Strided &sign, const Strided &logabsdet) {
  T *signs = reinterpret_cast<T *>(sign.data);
  Real<T> *logarithms = reinterpret_cast<Real<T> *>(logabsdet.data);
  const int64_t n = a.extent[a.rank - 1];
  return factorEach<T>(a, "slogdet", [&](int64_t i, const Diagonal<T> &diagonal) {
    signs[i] = 0;
    logarithms[i] = -std::numeric_limits<Real<T>>::infinity();
    if (!diagonal.values)
      return;
    T product = diagonal.odd ? -1 : 1;
    Real<T> sum = 0;
    for (int64_t k = 0; k < n; ++k) {
      const T x = diagonal[k];
      const Real<T> size = std::abs(x);
      product = times(product, x / size);
      sum += std::log(size);
    }
    signs[i] = product;
    logarithms[i] = sum;
  });
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
    return misfit("det", {{"a", matrices}, {"out", results}},
                  "out must have a's dtype and leading axes");
  return withElement(matrices.type,
                     [&](auto zero) { return det<decltype(zero)>(matrices, results); });
}

ndrt_status ndrt_slogdet(const DLTensor *a, DLTensor *sign, DLTensor *logabsdet) {
  using namespace ndrt;
  Strided matrices, signs, logarithms;
  if (ndrt_status status = view(a, "slogdet", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(sign, "slogdet", "sign", signs))
    return status;
  if (ndrt_status status = viewResult(logabsdet, "slogdet", "logabsdet", logarithms))
    return status;
  if (ndrt_status status = checkSquare(matrices, "slogdet"))
    return status;
  if (!follows(signs, matrices, matrices.rank - 2) ||
      !followsAs(realType(matrices.type), logarithms, matrices, matrices.rank - 2))
    return misfit("slogdet", {{"a", matrices}, {"sign", signs}, {"logabsdet", logarithms}},
                  "the results must have a's leading axes, sign its dtype, logabsdet the real one");
  return withElement(matrices.type, [&](auto zero) {
    return slogdet<decltype(zero)>(matrices, signs, logarithms);
  });
}
