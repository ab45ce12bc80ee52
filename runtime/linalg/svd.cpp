// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LAPACK gets the matrix itself, not the transpose that row-major memory looks like to it: the
// vectors have the signs that they have in NumPy. So have those of small matrices, which take
// LAPACK's steps.
#include "linalg/svd.h"
#include "linalg/batch.h"
#include "linalg/bidiagonal.h"

#include <algorithm>

namespace ndrt {
namespace {

struct Factors {
  const Strided *u = nullptr, *vh = nullptr; ///< both, or none
  bool full = false;
};

template <class T>
ndrt_status svdInLanes(const char *function, const Strided &a, const Strided &out,
                       const Factors &factors) {
  using W = Wide<T>;
  const Batch batch(a, 2);
  const int64_t height = a.extent[a.rank - 2], width = a.extent[a.rank - 1];
  const int64_t m = std::max(height, width), n = std::min(height, width);
  const bool wide = height < width, vectors = factors.u;
  const int64_t columns = !vectors ? 0 : factors.full ? m : n;
  const bool tall = isComplexElement<T> ? m >= n * 17 / 9 : m >= n * 11 / 6;
  Real<T> *values = reinterpret_cast<Real<T> *>(out.data);
  FirstFailure failure;

  /// \p x as the rows x columns matrix of result \p to, or the adjoint of it.
  auto give = [&](int64_t lane, const Lanes<W> &x, int64_t height, int64_t width, bool adjoint,
                  T *to) {
    for (int64_t i = 0; i < height; ++i)
      for (int64_t j = 0; j < width; ++j)
        if (const W value = x.get(i, j, lane); !adjoint)
          to[i * width + j] = static_cast<T>(value);
        else if constexpr (isComplexElement<T>)
          to[j * height + i] = static_cast<T>(std::conj(value));
        else
          to[j * height + i] = static_cast<T>(value);
  };
  auto group = [&](int64_t first, int64_t count, int64_t lanes, double *memory) {
    auto next = [&](int64_t height, int64_t width) {
      const Lanes<W> x{memory, lanes, Lanes<W>::stepOf(height)};
      memory = x.at(0, width);
      return x;
    };
    SvdLanes<W> s;
    s.m = m, s.n = n, s.columns = columns;
    s.tall = tall, s.adjoint = wide;
    s.a = next(m, n), s.r = next(n, tall ? n : 0), s.p = next(n, n);
    s.longer = next(m, columns), s.shorter = next(n, vectors ? n : 0);
    s.taus = memory;
    s.diagonal = s.taus + (3 * n + m) * lanes * Lanes<W>::parts;
    s.beside = s.diagonal + n * lanes;
    for (int64_t lane = 0; lane < lanes; ++lane) {
      const Scattered<T> x = scatteredAt<T>(batch, a, 2, first + std::min(lane, count - 1), wide);
      for (int64_t j = 0; j < n; ++j)
        for (int64_t i = 0; i < m; ++i) {
          W value(x.data[i * x.row + j * x.column]);
          if constexpr (isComplexElement<T>)
            value = wide ? std::conj(value) : value;
          s.a.set(i, j, lane, value);
        }
    }
    LaneFacts facts;
    s.reduce(facts);
    for (int64_t lane = 0; lane < lanes; ++lane) {
      double d[laneSide], e[laneSide];
      double u[laneSide * laneSide], v[laneSide * laneSide];
      for (int64_t i = 0; i < n; ++i) {
        d[i] = s.diagonal[i * lanes + lane];
        e[i] = s.beside[i * lanes + lane];
      }
      for (double *x : {u, v})
        if (vectors) {
          std::fill_n(x, n * n, 0.0);
          for (int64_t i = 0; i < n; ++i)
            x[i * n + i] = 1;
        }
      if (lane < count) {
        const double scale = e[n - 1];
        if (facts.zero[lane] >= 0 || !diagonalizeBidiagonal(n, d, e, vectors ? u : nullptr,
                                                            vectors ? v : nullptr, wide && !tall)) {
          failure.diverged(first + lane);
          facts.zero[lane] = 0;
        } else {
          for (int64_t i = 0; i < n; ++i)
            values[(first + lane) * n + i] = static_cast<Real<T>>(d[i] / scale);
        }
      }
      for (int64_t k = 0; k < columns; ++k)
        for (int64_t i = 0; i < m; ++i)
          s.longer.set(i, k, lane, W(k < n && i < n ? (wide ? v : u)[k * n + i] : double(i == k)));
      for (int64_t k = 0; vectors && k < n; ++k)
        for (int64_t i = 0; i < n; ++i)
          s.shorter.set(i, k, lane, W((wide ? u : v)[k * n + i]));
    }
    if (!vectors)
      return;
    s.restore();
    T *us = reinterpret_cast<T *>(factors.u->data), *vs = reinterpret_cast<T *>(factors.vh->data);
    if (wide)
      std::swap(us, vs);
    for (int64_t lane = 0; lane < count; ++lane)
      if (facts.zero[lane] < 0) {
        give(lane, s.longer, m, columns, wide, us + (first + lane) * m * columns);
        give(lane, s.shorter, n, n, !wide, vs + (first + lane) * n * n);
      }
  };
  auto side = [](int64_t x) { return static_cast<double>(x); };
  const double work = (vectors ? 14.0 : 4.0) * side(m) * side(n) * side(n);
  const int64_t longStep = Lanes<W>::stepOf(m), shortStep = Lanes<W>::stepOf(n);
  const int64_t positions =
      longStep * (n + columns) + shortStep * n * (1 + tall + vectors) + 5 * n + m;
  if (!forLanes<W>(batch, work, positions, group))
    failure.memory();
  return failure.reportDiverged(batch, function, m, "the singular values");
}

template <class T>
ndrt_status svd(const char *function, const Strided &a, const Strided &s, const Factors &factors) {
  using R = Real<T>;
  Batch batch(a, 2);
  const int64_t m = a.extent[a.rank - 2], n = a.extent[a.rank - 1], k = std::min(m, n);
  if (k == 0) { // the full factors are any basis
    for (const Strided *factor : {factors.u, factors.vh})
      if (factor) {
        T *x = reinterpret_cast<T *>(factor->data);
        const int64_t side = factor->extent[factor->rank - 1], count = factor->elements();
        std::fill_n(x, count, T(0));
        for (int64_t i = 0; i < count; i += side * side)
          for (int64_t row = 0; row < side; ++row)
            x[i + row * side + row] = 1;
      }
    return NDRT_OK;
  }
  if (batch.count == 0)
    return NDRT_OK;
  if (fitSvdLanes(m, n))
    return svdInLanes<T>(function, a, s, factors);
  blas::keepSerial();
  const char job = !factors.u ? 'N' : factors.full ? 'A' : 'S';
  const int rows = static_cast<int>(m), columns = static_cast<int>(n);
  const int64_t uColumns = factors.full ? m : k, vRows = factors.full ? n : k;
  T wanted = 1, unused = 0;
  R unusedReal = 0;
  int unusedInt = 0;
  blas::gesdd(job, rows, columns, &unused, rows, &unusedReal, &unused, rows, &unused,
              static_cast<int>(vRows), &wanted, -1, &unusedReal, &unusedInt);
  // As a float the size may have been rounded down.
  const int lwork = static_cast<int>(
      std::min(static_cast<double>(std::real(wanted)) * (1 + 1e-6) + 1, 2147483647.0));
  const int64_t longer = std::max(m, n);
  const int64_t realSize = !isComplexElement<T> ? 1
                           : job == 'N'
                               ? 7 * k
                               : std::max(5 * k * k + 7 * k, 2 * longer * k + 2 * k * k + k);
  R *values = reinterpret_cast<R *>(s.data);
  T *us = factors.u ? reinterpret_cast<T *>(factors.u->data) : nullptr;
  T *vs = factors.vh ? reinterpret_cast<T *>(factors.vh->data) : nullptr;
  FirstFailure failure;
  const double work =
      14.0 * static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k);
  batch.forEach(work, [&](int64_t i) {
    Scratch<T> matrix(m * n), space(lwork), left(us ? m * uColumns : 1), right(vs ? vRows * n : 1);
    Scratch<R> realSpace(realSize);
    Scratch<int> ints(8 * k);
    if (!matrix || !space || !left || !right || !realSpace || !ints)
      return failure.memory();
    T *x = matrix.get();
    Matrix<T>(a, batch.offset(a, 2, i)).toColumnMajor(x, m, m, n);
    if (!allFinite(x, m * n) ||
        blas::gesdd(job, rows, columns, x, rows, values + i * k, left.get(), rows, right.get(),
                    static_cast<int>(vRows), space.get(), lwork, realSpace.get(), ints.get()) != 0)
      return failure.diverged(i);
    if (us) {
      copyMatrix(left.get(), 1, m, us + i * m * uColumns, uColumns, 1, m, uColumns);
      copyMatrix(right.get(), 1, vRows, vs + i * vRows * n, n, 1, vRows, n);
    }
  });
  return failure.reportDiverged(batch, function, longer, "the singular values");
}

} // namespace

template <class T>
ndrt_status thinSvd(const char *function, const Strided &a, const Strided &u, const Strided &s,
                    const Strided &vh) {
  return svd<T>(function, a, s, {&u, &vh, false});
}

template ndrt_status thinSvd<double>(const char *, const Strided &, const Strided &,
                                     const Strided &, const Strided &);
template ndrt_status thinSvd<std::complex<double>>(const char *, const Strided &, const Strided &,
                                                   const Strided &, const Strided &);

} // namespace ndrt

ndrt_status ndrt_svd(const DLTensor *a, DLTensor *u, DLTensor *s, DLTensor *vh) {
  using namespace ndrt;
  Strided matrices, left, values, right;
  if (ndrt_status status = view(a, "svd", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(u, "svd", "u", left))
    return status;
  if (ndrt_status status = viewResult(s, "svd", "s", values))
    return status;
  if (ndrt_status status = viewResult(vh, "svd", "vh", right))
    return status;
  if (ndrt_status status = checkMatrices(matrices, "svd"))
    return status;
  const int batch = matrices.rank - 2;
  const int64_t m = matrices.extent[batch], n = matrices.extent[batch + 1], k = std::min(m, n);
  const bool thin = follows(left, matrices, batch, m, k) && follows(right, matrices, batch, k, n);
  const bool full = follows(left, matrices, batch, m, m) && follows(right, matrices, batch, n, n);
  if ((!thin && !full) || !followsAs(realType(matrices.type), values, matrices, batch, k))
    return misfit("svd", {{"a", matrices}, {"u", left}, {"s", values}, {"vh", right}},
                  "the results must have the dtypes and shapes that follow from a");
  return withElement(matrices.type, [&](auto zero) {
    return svd<decltype(zero)>("svd", matrices, values, {&left, &right, !thin});
  });
}

ndrt_status ndrt_svdvals(const DLTensor *a, DLTensor *s) {
  using namespace ndrt;
  Strided matrices, values;
  if (ndrt_status status = view(a, "svdvals", "a", matrices))
    return status;
  if (ndrt_status status = viewResult(s, "svdvals", "s", values))
    return status;
  if (ndrt_status status = checkMatrices(matrices, "svdvals"))
    return status;
  const int batch = matrices.rank - 2;
  if (!followsAs(realType(matrices.type), values, matrices, batch,
                 std::min(matrices.extent[batch], matrices.extent[batch + 1])))
    return misfit("svdvals", {{"a", matrices}, {"s", values}},
                  "s must be of the real dtype and (..., min(m, n))");
  return withElement(matrices.type, [&](auto zero) {
    return svd<decltype(zero)>("svdvals", matrices, values, {});
  });
}
