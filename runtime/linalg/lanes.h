// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Small matrices many at a time: each is one lane of vectors.
//
// A lane takes the same steps whatever is beside it, and rows that change places do so by selection
// or one by one, so the bits of a matrix depend neither on its batch, nor on how many lanes there
// are, nor on the machine's vectors.
#pragma once

#include "linalg/batch.h"
#include "linalg/matmul_tiny.h"
#include "linalg/matrix.h"

#include <cstdint>
#include <utility>

namespace ndrt {

/// Up to this side, and this many right-hand sides.
inline constexpr int64_t laneSide = 32;
inline constexpr int64_t mostLanes = 16;

/// Bytes of the machine's longest vectors: 64, 32 or 16.
int64_t longestVector() noexcept;

/// Lanes of vectors that are as short as \p count matrices allow, but not shorter than 16 bytes.
template <class T> int64_t lanesFor(int64_t count) {
  constexpr int64_t size = sizeof(Real<T>);
  int64_t bytes = 16;
  while (bytes < count * size && bytes < longestVector())
    bytes *= 2;
  return bytes / size;
}

/// The matrices of a group, column by column; the parts of a complex number are a vector each.
template <class T> struct Lanes {
  static constexpr int64_t parts = isComplexElement<T> ? 2 : 1;
  Real<T> *values;
  int64_t count, step; ///< lanes; elements from one column to the next

  /// Columns of \p rows do not all fall on the same lines of the cache.
  static int64_t stepOf(int64_t rows) { return rows + (rows % 8 == 0); }

  Real<T> *at(int64_t i, int64_t j) const { return values + (j * step + i) * count * parts; }
  T get(int64_t i, int64_t j, int64_t lane) const {
    const Real<T> *x = at(i, j) + lane;
    if constexpr (isComplexElement<T>)
      return {x[0], x[count]};
    else
      return x[0];
  }

  void set(int64_t i, int64_t j, int64_t lane, T value) const {
    Real<T> *x = at(i, j) + lane;
    x[0] = std::real(value);
    if constexpr (isComplexElement<T>)
      x[count] = std::imag(value);
  }

  /// From a matrix for each lane.
  void take(const T *const *from, int64_t rowStride, int64_t columnStride, int64_t rows,
            int64_t columns) const;
  /// To row-major contiguous matrices, or their transposes.
  void give(T *const *to, int64_t rows, int64_t columns, bool transposed) const;
};

/// What came of each lane.
struct LaneFacts {
  int8_t zero[mostLanes]; ///< the first pivot that is zero, -1 if none is
  bool odd[mostLanes];    ///< whether rows changed places an odd number of times
};

/// LU factors of the n x n matrices \p a, in their place, by partial pivoting, and the solutions
/// for the k right-hand sides in \p x, in theirs.
template <class T>
void solveLanes(int64_t n, const Lanes<T> &a, int64_t k, const Lanes<T> &x,
                LaneFacts &facts) noexcept;

/// LU factors, and the inverse in \p x.
template <class T>
void invertLanes(int64_t n, const Lanes<T> &a, const Lanes<T> &x, LaneFacts &facts) noexcept;

/// The Cholesky factor of each, with zeros above the diagonal; facts.zero is the first pivot that
/// is not positive.
template <class T> void choleskyLanes(int64_t n, const Lanes<T> &a, LaneFacts &facts) noexcept;

/// The m x n matrices \p a become R, with zeros below it, and \p q gets \p columns of Q; with no
/// columns a has LAPACK's reflectors. \p taus is memory for their min(m, n) factors.
template <class T>
void qrLanes(int64_t m, int64_t n, int64_t columns, const Lanes<T> &a, const Lanes<T> &q,
             Real<T> *taus) noexcept;

/// Hermitian matrices, by their lower triangles, become tridiagonal: \p diagonal, and \p beside
/// (n - 1 of them, then a number that the eigenvalues are to be divided by). a keeps the reflectors
/// and \p memory, of 2 n elements, their factors. facts.zero is not -1 where there is NaN or
/// infinity.
template <class T>
void tridiagonalLanes(int64_t n, const Lanes<T> &a, Real<T> *memory, Real<T> *diagonal,
                      Real<T> *beside, LaneFacts &facts) noexcept;

/// From the tridiagonal matrix's vectors, the columns of \p z, to those of the Hermitian one.
template <class T>
void untridiagonalLanes(int64_t n, const Lanes<T> &a, Real<T> *memory, const Lanes<T> &z) noexcept;

/// Eigenvalues and singular values of small matrices are worked out in double precision, as NumPy
/// does with all, so that the vectors have the signs that it gives them.
template <class T>
using Wide = std::conditional_t<isComplexElement<T>, std::complex<double>, double>;

/// LAPACK divides larger problems where vectors are asked for (divide.h), which gives other signs.
inline constexpr int64_t mostUndivided = 25;

/// What svd.cpp does in lanes, for m x n matrices, m >= n.
template <class T> struct SvdLanes {
  int64_t m, n, columns;     ///< of the longer factor; none if no vectors are asked for
  bool tall, adjoint;        ///< R comes first, as in LAPACK; a is the adjoint of the wide matrix
  Lanes<T> a, r, p;          ///< m x n, and n x n for R if it is tall and for rows
  Lanes<T> longer, shorter;  ///< m x columns: U, or V of the adjoint; n x n
  double *taus;              ///< memory for 3 n + m elements
  double *diagonal, *beside; ///< n each, of which the last beside is what singular values are to be
                             ///< divided by

  /// The matrix becomes upper bidiagonal, or its adjoint lower if it is not tall.
  void reduce(LaneFacts &facts) const noexcept;
  /// From the bidiagonal matrix's vectors to those of the matrix.
  void restore() const noexcept;
};

/// Do n x n matrices with \p k right-hand sides go through lanes? However many they are, so that a
/// batch changes no bit.
inline bool fitLanes(int64_t n, int64_t k) { return n > 0 && n <= laneSide && k <= laneSide; }

/// Fewer than these are faster one by one.
inline constexpr int64_t fewestLanes = 3;

/// Calls group(first, count, lanes, memory) for groups of the batch, \p count of \p lanes in use,
/// and lone(index) for matrices that are too few for one; memory for \p positions elements of each
/// lane. Gives false without memory.
template <class T, class Group, class Lone>
bool forLanes(const Batch &batch, double work, int64_t positions, Group &&group, Lone &&lone) {
  const int64_t wide = lanesFor<T>(batch.count), groups = ceilDiv(batch.count, wide);
  const int64_t grain = std::max<int64_t>(1, int64_t(worthSharing / double(wide) / (work + 200)));
  std::atomic<bool> memory = true;
  parallelFor(groups, grain, [&](int64_t begin, int64_t end) {
    int64_t first = begin * wide, last = std::min(batch.count, end * wide);
    for (int64_t over = last - first < fewestLanes ? last - first : (last - first) % wide;
         over > 0 && over < fewestLanes; --over)
      lone(--last);
    if (first == last)
      return;
    Scratch<Real<T>> scratch(positions * lanesFor<T>(last - first) * Lanes<T>::parts);
    if (!scratch) {
      memory = false;
      return;
    }
    while (first < last) {
      const int64_t lanes = lanesFor<T>(last - first);
      const int64_t count = std::min(lanes, last - first);
      group(first, count, lanes, scratch.get());
      first += count;
    }
  });
  return memory;
}

/// Those that are too few go through a group of the shortest vectors.
template <class T, class Group>
bool forLanes(const Batch &batch, double work, int64_t positions, Group &&group) {
  std::atomic<bool> memory = true;
  auto lone = [&](int64_t i) {
    const int64_t lanes = lanesFor<T>(1);
    if (Scratch<Real<T>> scratch(positions * lanes * Lanes<T>::parts); scratch)
      group(i, 1, lanes, scratch.get());
    else
      memory = false;
  };
  return forLanes<T>(batch, work, positions, group, lone) && memory;
}

/// Matrix \p index of \p a, or its transpose; a column where \p core is 1.
template <class T>
Scattered<T> scatteredAt(const Batch &batch, const Strided &a, int core, int64_t index,
                         bool transposed = false) {
  Scattered<T> m{reinterpret_cast<const T *>(a.data) + batch.offset(a, core, index),
                 a.stride[a.rank - core], core == 2 ? a.stride[a.rank - 1] : 1};
  if (transposed)
    std::swap(m.row, m.column);
  return m;
}

/// Takes the matrices of \p a from \p first on, or their transposes; lanes left over have the last
/// one again.
template <class T>
void takeLanes(const Batch &batch, const Strided &a, int core, int64_t first, int64_t count,
               const Lanes<T> &lanes, int64_t rows, int64_t columns, bool transposed = false) {
  const T *from[mostLanes];
  for (int64_t lane = 0; lane < lanes.count; ++lane)
    from[lane] = lane < count
                     ? reinterpret_cast<const T *>(a.data) + batch.offset(a, core, first + lane)
                     : from[count - 1];
  const Scattered<T> one = scatteredAt<T>(batch, a, core, first, transposed);
  lanes.take(from, one.row, one.column, rows, columns);
}

/// Gives \p count lanes to the contiguous matrices at \p to, but for those where facts has a zero,
/// for which it calls failed(lane).
template <class T, class Failed>
void giveLanes(const LaneFacts &facts, int64_t count, const Lanes<T> &lanes, T *to, int64_t rows,
               int64_t columns, bool transposed, Failed &&failed) {
  T nobody[laneSide * laneSide], *each[mostLanes];
  for (int64_t lane = 0; lane < lanes.count; ++lane) {
    const bool gives = lane < count && facts.zero[lane] < 0;
    each[lane] = gives ? to + lane * rows * columns : nobody;
    if (lane < count && !gives)
      failed(lane);
  }
  lanes.give(each, rows, columns, transposed);
}

} // namespace ndrt
