// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/batch.h"
#include "linalg/lanes.h"
#include "linalg/lone.h"
#include "linalg/lu.h"
#include "linalg/matrix.h"
#include "linalg/triangular.h"

#include <algorithm>

namespace ndrt {
namespace {

/// x = U^-1 L^-1. L^-1 of unit columns from c on is zero above row c: blocks of columns solve only
/// what is below.
template <class T> void invertFactors(int64_t n, const T *factors, T *x) {
  std::fill_n(x, n * n, T(0));
  for (int64_t i = 0; i < n; ++i)
    x[i * n + i] = 1;
  constexpr int64_t columns = 64;
  double side = static_cast<double>(n);
  int64_t grain = side * side * side > worthSharing ? 1 : n;
  parallelFor(ceilDiv(n, columns), grain, [&](int64_t begin, int64_t end) {
    for (int64_t block = begin; block < end; ++block) {
      int64_t c = block * columns, width = std::min(columns, n - c);
      solveLower(n - c, width, factors + c * n + c, n, x + c * n + c, n);
      solveUpper(n, width, factors, n, x + c, n);
    }
  });
}

/// inverse = x P: undoes the row swaps on the columns, last first. Rows do not touch each other.
template <class T> void swapColumnsBack(int64_t n, const int32_t *pivots, T *x) {
  parallelFor(n, std::max<int64_t>(1, 100000 / n), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row)
      for (int64_t i = n - 1; i >= 0; --i)
        if (pivots[i] != i)
          std::swap(x[row * n + i], x[row * n + pivots[i]]);
  });
}

/// What inv() gives, for small matrices.
template <class T>
ndrt_status invInLanes(const Strided &a, const Strided &out, const Batch &batch) {
  const int64_t n = a.extent[a.rank - 1], step = Lanes<T>::stepOf(n);
  T *results = reinterpret_cast<T *>(out.data);
  FirstFailure failure;
  const double side = static_cast<double>(n);
  const double work = 2 * side * side * side;
  auto group = [&](int64_t first, int64_t count, int64_t lanes, Real<T> *memory) {
    const Lanes<T> matrices{memory, lanes, step}, inverses{matrices.at(0, n), lanes, step};
    takeLanes(batch, a, 2, first, count, matrices, n, n);
    LaneFacts facts;
    invertLanes(n, matrices, inverses, facts);
    giveLanes(facts, count, inverses, results + first * n * n, n, n, false,
              [&](int64_t lane) { failure.singular(first + lane, facts.zero[lane]); });
  };
  auto lone = [&](int64_t i) {
    const Scattered<T> matrix = scatteredAt<T>(batch, a, 2, i);
    const Scattered<T> *identity = nullptr;
    if (int64_t zero = solveLone(n, matrix, n, identity, results + i * n * n).zero; zero >= 0)
      failure.singular(i, zero);
  };
  if (!forLanes<T>(batch, work, 2 * step * n, group, lone))
    failure.memory();
  return failure.report(batch, "inv", n);
}

template <class T> ndrt_status inv(const Strided &a, const Strided &out) {
  Batch batch(a, 2);
  int64_t n = a.extent[a.rank - 1];
  if (n == 0)
    return NDRT_OK;
  if (fitLanes(n, n))
    return invInLanes<T>(a, out, batch);
  T *results = reinterpret_cast<T *>(out.data);
  FirstFailure failure;
  double side = static_cast<double>(n);
  batch.forEach(2 * side * side * side, [&](int64_t i) {
    Scratch<T> factors(n * n);
    Scratch<int32_t> pivots(n);
    if (!factors || !pivots)
      return failure.memory();
    Matrix<T>(a, batch.offset(a, 2, i)).toColumnMajor(factors.get(), n, n, n);
    int64_t zero = luFactor(n, factors.get(), n, pivots.get());
    if (zero >= 0)
      return failure.singular(i, zero);
    T *x = results + i * n * n;
    invertFactors(n, factors.get(), x);
    swapColumnsBack(n, pivots.get(), x);
  });
  return failure.report(batch, "inv", n);
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_inv(const DLTensor *a, DLTensor *out) {
  using namespace ndrt;
  Strided matrices, results;
  if (ndrt_status status = view(a, "inv", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(out, "inv", "out", results))
    return status;
  if (ndrt_status status = checkSquare(matrices, "inv"))
    return status;
  int64_t n = matrices.extent[matrices.rank - 1];
  if (!follows(results, matrices, matrices.rank - 2, n, n))
    return misfit("inv", {{"a", matrices}, {"out", results}}, "out must have a's dtype and shape");
  return withElement(matrices.type,
                     [&](auto zero) { return inv<decltype(zero)>(matrices, results); });
}
