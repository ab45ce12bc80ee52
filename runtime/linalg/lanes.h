// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Small matrices many at a time: each is one lane of vectors of 64 bytes.
//
// A lane takes the steps that one matrix alone would take, and rows that change places do so by
// selection, so the bits are those of the plain code, whatever the machine's vectors.
#pragma once

#include "linalg/batch.h"
#include "linalg/matrix.h"

#include <array>
#include <cstdint>

namespace ndrt {

/// Up to this side.
inline constexpr int64_t laneSide = 8;

template <class T> inline constexpr int64_t laneCount = 64 / int64_t(sizeof(T));

/// Up to 8 x 8 elements of each lane: row i of column j of \p rows rows at [(j rows + i) lanes].
template <class T> struct Lanes {
  alignas(64) T values[laneSide * laneSide * laneCount<T>];

  T &at(int64_t rows, int64_t i, int64_t j, int64_t lane) {
    return values[(j * rows + i) * laneCount<T> + lane];
  }
  const T &at(int64_t rows, int64_t i, int64_t j, int64_t lane) const {
    return values[(j * rows + i) * laneCount<T> + lane];
  }

  void take(const T *from, int64_t rowStride, int64_t columnStride, int64_t rows, int64_t columns,
            int64_t lane) {
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t j = 0; j < columns; ++j)
        at(rows, i, j, lane) = from[i * rowStride + j * columnStride];
  }
  void takeIdentity(int64_t side, int64_t lane) {
    for (int64_t i = 0; i < side; ++i)
      for (int64_t j = 0; j < side; ++j)
        at(side, i, j, lane) = i == j;
  }
  /// To row-major contiguous \p to.
  void give(T *to, int64_t rows, int64_t columns, int64_t lane) const {
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t j = 0; j < columns; ++j)
        *to++ = at(rows, i, j, lane);
  }
};

/// What came of each lane.
template <class T> struct LaneFacts {
  std::array<int8_t, laneCount<T>> zero; ///< the first pivot that is zero, -1 if none is
  std::array<bool, laneCount<T>> odd;    ///< whether rows changed places an odd number of times
};

/// LU factors of the \p n x \p n matrices in \p a, in their place, by partial pivoting, and for
/// k > 0 the solutions for the k right-hand sides in \p x, in theirs.
template <class T>
void solveLanes(int64_t n, Lanes<T> &a, int64_t k, Lanes<T> &x, LaneFacts<T> &facts) noexcept;

/// The Cholesky factor of each, in its lower triangle; zero is the first pivot that is not
/// positive.
template <class T> void choleskyLanes(int64_t n, Lanes<T> &a, LaneFacts<T> &facts) noexcept;

/// Can \p count n x n matrices of T with \p k right-hand sides go through lanes, and is it worth
/// it?
template <class T> bool fitLanes(int64_t count, int64_t n, int64_t k) {
  return !isComplexElement<T> && n <= laneSide && k <= laneSide && count > 2;
}

/// Calls group(first, lanes, matrices) for groups of the n x n matrices of \p a, or of their
/// transposes, that together are all. Lanes left over have the last matrix again.
template <class T, class Group>
void forLanes(const Batch &batch, double work, const Strided &a, bool transposed, Group &&group) {
  const int64_t n = a.extent[a.rank - 1];
  batch.forRuns(work / 4, [&](int64_t begin, int64_t end) {
    for (int64_t first = begin; first < end; first += laneCount<T>) {
      const int64_t lanes = std::min(laneCount<T>, end - first);
      Lanes<T> matrices;
      for (int64_t lane = 0; lane < laneCount<T>; ++lane) {
        Matrix<T> m(a, batch.offset(a, 2, first + std::min(lane, lanes - 1)));
        matrices.take(m.data, transposed ? m.columnStride : m.rowStride,
                      transposed ? m.rowStride : m.columnStride, n, n, lane);
      }
      group(first, lanes, matrices);
    }
  });
}

} // namespace ndrt
