// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/batch.h"
#include "linalg/lanes.h"
#include "linalg/lone.h"
#include "linalg/lu.h"
#include "linalg/matrix.h"
#include "linalg/triangular.h"

namespace ndrt {
namespace {

/// What solve() gives, for small matrices.
template <class T>
ndrt_status solveInLanes(const Strided &a, const Strided &b, const Strided &x, const Batch &batch,
                         int core, int64_t k) {
  const int64_t n = a.extent[a.rank - 1], step = Lanes<T>::stepOf(n);
  T *results = reinterpret_cast<T *>(x.data);
  FirstFailure failure;
  const double side = static_cast<double>(n);
  const double work = side * side * (side + static_cast<double>(k));
  auto group = [&](int64_t first, int64_t count, int64_t lanes, Real<T> *memory) {
    const Lanes<T> matrices{memory, lanes, step}, sides{matrices.at(0, n), lanes, step};
    takeLanes(batch, a, 2, first, count, matrices, n, n);
    takeLanes(batch, b, core, first, count, sides, n, k);
    LaneFacts facts;
    solveLanes(n, matrices, k, sides, facts);
    giveLanes(facts, count, sides, results + first * n * k, n, k, false,
              [&](int64_t lane) { failure.singular(first + lane, facts.zero[lane]); });
  };
  auto lone = [&](int64_t i) {
    const Scattered<T> matrix = scatteredAt<T>(batch, a, 2, i);
    const Scattered<T> side = scatteredAt<T>(batch, b, core, i);
    if (int64_t zero = solveLone(n, matrix, k, &side, results + i * n * k).zero; zero >= 0)
      failure.singular(i, zero);
  };
  if (!forLanes<T>(batch, work, step * (n + k), group, lone))
    failure.memory();
  return failure.report(batch, "solve", n);
}

/// \p core is 1 if b is a vector, 2 if it is a stack of matrices of k columns.
template <class T>
ndrt_status solve(const Strided &a, const Strided &b, const Strided &x, int core, int64_t k) {
  Batch batch(x, core);
  int64_t n = a.extent[a.rank - 1];
  if (n == 0 || k == 0)
    return NDRT_OK;
  if (fitLanes(n, k))
    return solveInLanes<T>(a, b, x, batch, core, k);
  T *results = reinterpret_cast<T *>(x.data);
  int64_t rowStride = b.stride[b.rank - core];
  int64_t columnStride = core == 2 ? b.stride[b.rank - 1] : 1;
  FirstFailure failure;
  double side = static_cast<double>(n);
  batch.forEach(side * side * (side + static_cast<double>(k)), [&](int64_t i) {
    Scratch<T> factors(n * n);
    Scratch<int32_t> pivots(n);
    if (!factors || !pivots)
      return failure.memory();
    Matrix<T>(a, batch.offset(a, 2, i)).toColumnMajor(factors.get(), n, n, n);
    int64_t zero = luFactor(n, factors.get(), n, pivots.get());
    if (zero >= 0)
      return failure.singular(i, zero);
    const T *right = reinterpret_cast<const T *>(b.data) + batch.offset(b, core, i);
    T *result = results + i * n * k;
    copyMatrix(right, rowStride, columnStride, result, k, 1, n, k);
    swapRows(n, pivots.get(), k, result, k);
    solveLower(n, k, factors.get(), n, result, k);
    solveUpper(n, k, factors.get(), n, result, k);
  });
  return failure.report(batch, "solve", n);
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_solve(const DLTensor *a, const DLTensor *b, DLTensor *x) {
  using namespace ndrt;
  Strided matrices, right, results;
  if (ndrt_status status = view(a, "solve", "a", matrices))
    return status;
  if (ndrt_status status = view(b, "solve", "b", right))
    return status;
  if (ndrt_status status = viewResult(x, "solve", "x", results))
    return status;
  if (ndrt_status status = checkSquare(matrices, "solve"))
    return status;
  if (right.rank < 1)
    return misfit("solve", {{"b", right}}, "it must be a vector or a matrix");
  // NumPy 2: only a 1-D b is a vector.
  int core = right.rank == 1 ? 1 : 2;
  int64_t n = matrices.extent[matrices.rank - 1];
  int64_t k = core == 1 ? 1 : right.extent[right.rank - 1];
  bool fits = sameType(right.type, matrices.type) && sameType(results.type, matrices.type) &&
              right.extent[right.rank - core] == n && results.rank >= core &&
              results.extent[results.rank - core] == n &&
              (core == 1 || results.extent[results.rank - 1] == k) && k <= blas::most;
  if (fits) {
    Batch batch(results, core);
    fits = batch.accepts(matrices, 2) && batch.accepts(right, core);
  }
  if (!fits)
    return misfit("solve", {{"a", matrices}, {"b", right}, {"x", results}},
                  "one dtype and shapes (..., n, n), (n,) or (..., n, k), and b's broadcast are "
                  "expected");
  return withElement(matrices.type, [&](auto zero) {
    return solve<decltype(zero)>(matrices, right, results, core, k);
  });
}
