// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Index arrays, broadcast together, and the axes that they choose from.
#pragma once

#include "copy/strided.h"

namespace ndrt {

/// Axes that are walked together on several sides; adjacent ones are merged where memory allows.
struct Walk {
  int rank = 0;
  int64_t extent[maxRank + 1];

  int64_t count() const {
    int64_t product = 1;
    for (int axis = 0; axis < rank; ++axis)
      product *= extent[axis];
    return product;
  }
  /// Calls run(index, length) for the positions [begin, end) in C order: \p length of them along
  /// the last axis from \p index on. There has to be an axis.
  template <class Run> void forRuns(int64_t begin, int64_t end, Run &&run) const {
    int64_t index[maxRank + 1], rest = begin;
    for (int axis = rank - 1; axis >= 0; --axis) {
      index[axis] = rest % extent[axis];
      rest /= extent[axis];
    }
    while (begin < end) {
      int64_t length = extent[rank - 1] - index[rank - 1];
      if (length > end - begin)
        length = end - begin;
      run(index, length);
      begin += length;
      index[rank - 1] = 0;
      for (int axis = rank - 2; axis >= 0 && ++index[axis] == extent[axis]; --axis)
        index[axis] = 0;
    }
  }
};

/// What a gather and a scatter do with their indices. Some 35 KiB: for the stack, not for copies.
class Positions {
public:
  /// Reads \p count index arrays; bit i of \p axes says that axis i of \p x is chosen from. Checks
  /// everything but their elements.
  ndrt_status read(const char *function, const DLTensor *const *indices, int32_t count,
                   int64_t axes, const Strided &x) noexcept;
  /// NDRT_ERR_INDEX with the first position that lies outside its axis.
  ndrt_status check(const char *function) const noexcept;
  /// Gives the index shape to \p companion, which is walked with the indices: its strides over
  /// that shape.
  void accompany(const int64_t *strides) noexcept;
  /// Merges axes; the shape is gone then.
  void merge() noexcept;

  int64_t total() const { return walk.count(); }
  bool chosen(int axis) const { return axes >> axis & 1; }
  const Walk &shape() const { return walk; }

  /// For positions [begin, begin + count): where in x they point, in elements, and, unless
  /// \p companion is NULL, where in the companion they are.
  void offsets(int64_t begin, int64_t count, int64_t *out, int64_t *companion) const noexcept;

private:
  struct Index {
    const int64_t *data;
    int64_t size; ///< of the axis it chooses from
    int64_t step; ///< of that axis in x
    int axis;     ///< and its number
    int64_t stride[maxRank + 1];
  };

  uint64_t axes = 0;
  int arrays = 0;
  Walk walk;
  int64_t other[maxRank + 1] = {};
  Index index[maxRank];
};

/// The axes of x that are not chosen from, walked on both sides of a copy.
struct Rest {
  Walk walk;
  int64_t left[maxRank + 1], right[maxRank + 1];

  void add(int64_t extent, int64_t leftStride, int64_t rightStride);
  /// Rows of adjacent elements on both sides?
  bool isRow() const { return walk.rank == 1 && left[0] == 1 && right[0] == 1; }

  /// Calls each(left, right, length, leftStride, rightStride) for every run along the last axis.
  template <class Each> void forRuns(Each &&each) const { forRuns(0, walk.count(), each); }
  /// The same for the positions [begin, end).
  template <class Each> void forRuns(int64_t begin, int64_t end, Each &&each) const {
    walk.forRuns(begin, end, [&](const int64_t *at, int64_t length) {
      int64_t l = 0, r = 0;
      for (int axis = 0; axis < walk.rank; ++axis) {
        l += at[axis] * left[axis];
        r += at[axis] * right[axis];
      }
      each(l, r, length, left[walk.rank - 1], right[walk.rank - 1]);
    });
  }
};

} // namespace ndrt
