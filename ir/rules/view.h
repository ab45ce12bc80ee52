// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the elements of a view lie in the memory of the array it is of.
#ifndef ND_RULES_VIEW_H
#define ND_RULES_VIEW_H

#include "ir/rules/error.h"
#include <cstddef>
#include <optional>
#include <span>

namespace nd::rules {

/// Extents, the bytes from an element to the next along each axis, and those before the first.
struct layout {
  shape extents;
  shape strides;
  int64_t offset = 0;
};

namespace detail {
/// Wraps around: with a run-time extent the product means nothing and is not looked at.
inline int64_t times(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
}
} // namespace detail

/// The strides of C order.
inline shape c_strides(std::span<const int64_t> extents, int64_t itemsize) {
  shape out(extents.size());
  int64_t step = itemsize;
  for (size_t axis = extents.size(); axis-- > 0;) {
    out[axis] = step;
    step = detail::times(step, extents[axis] > 1 ? extents[axis] : 1);
  }
  return out;
}

/// Whether the elements are adjacent and in C order. Strides of axes with one element mean nothing.
inline bool is_c_order(std::span<const int64_t> extents, std::span<const int64_t> strides,
                       int64_t itemsize) {
  int64_t step = itemsize;
  for (int64_t extent : extents)
    if (extent == 0)
      return true;
  for (size_t axis = extents.size(); axis-- > 0;) {
    if (extents[axis] == 1)
      continue;
    if (strides[axis] != step)
      return false;
    step = detail::times(step, extents[axis]);
  }
  return true;
}

/// Elements offsets[i], offsets[i] + steps[i], ... of each axis, sizes[i] of them.
inline layout slice_view(const layout &of, std::span<const int64_t> offsets,
                         std::span<const int64_t> sizes, std::span<const int64_t> steps) {
  layout out = of;
  bool empty = false;
  for (size_t axis = 0; axis < of.extents.size(); ++axis) {
    empty |= sizes[axis] == 0;
    out.extents[axis] = sizes[axis];
    out.strides[axis] = detail::times(of.strides[axis], steps[axis]);
    out.offset += detail::times(of.strides[axis], offsets[axis]);
  }
  if (empty)
    out.offset = of.offset;
  return out;
}

/// Axis i is axis order[i].
inline layout transpose_view(const layout &of, std::span<const int64_t> order) {
  layout out = of;
  for (size_t axis = 0; axis < order.size(); ++axis) {
    out.extents[axis] = of.extents[size_t(order[axis])];
    out.strides[axis] = of.strides[size_t(order[axis])];
  }
  return out;
}

/// Repeated along new axes and axes of extent 1.
inline layout broadcast_view(const layout &of, std::span<const int64_t> extents) {
  layout out{shape(extents.begin(), extents.end()), shape(extents.size(), 0), of.offset};
  const size_t added = extents.size() - of.extents.size();
  for (size_t axis = 0; axis < of.extents.size(); ++axis)
    if (of.extents[axis] == extents[added + axis])
      out.strides[added + axis] = of.strides[axis];
  return out;
}

/// Elements (i, i + offset) of the first two axes, as the last axis.
inline layout diagonal_view(const layout &of, int64_t offset) {
  layout out{shape(of.extents.begin() + 2, of.extents.end()),
             shape(of.strides.begin() + 2, of.strides.end()), of.offset};
  const int64_t n = of.extents[0], m = of.extents[1];
  const int64_t count =
      offset >= 0 ? (n < m - offset ? n : m - offset) : (n + offset < m ? n + offset : m);
  out.extents.push_back(count > 0 ? count : 0);
  out.strides.push_back(of.strides[0] + of.strides[1]);
  if (count > 0)
    out.offset += offset >= 0 ? offset * of.strides[1] : -offset * of.strides[0];
  return out;
}

/// The same elements in C order under other extents, or nothing where only a copy can have them.
///
/// Source  axes of both sides are grouped from the left while their products differ; within a group
///         of the old side each stride must run through the axis after it.
inline std::optional<layout> reshape_view(const layout &of, std::span<const int64_t> extents,
                                          int64_t itemsize) {
  layout out{shape(extents.begin(), extents.end()), shape(extents.size()), of.offset};
  for (int64_t extent : extents)
    if (extent == 0) {
      out.strides = c_strides(extents, itemsize);
      return out;
    }
  shape from, step;
  for (size_t axis = 0; axis < of.extents.size(); ++axis)
    if (of.extents[axis] != 1) {
      from.push_back(of.extents[axis]);
      step.push_back(of.strides[axis]);
    }
  size_t i = 0, j = 0;
  while (i < from.size() && j < extents.size()) {
    const size_t start = j;
    int64_t old_count = from[i++], new_count = extents[j++];
    while (old_count != new_count) {
      if (old_count < new_count) {
        if (step[i - 1] != from[i] * step[i])
          return std::nullopt;
        old_count *= from[i++];
      } else {
        new_count *= extents[j++];
      }
    }
    int64_t stride = step[i - 1];
    for (size_t k = j; k-- > start;) {
      out.strides[k] = stride;
      stride *= extents[k];
    }
  }
  int64_t last = j ? out.strides[j - 1] : itemsize;
  for (; j < extents.size(); ++j) // only extents of 1 are left
    out.strides[j] = last;
  return out;
}

/// The bytes that a layout touches: [first, last) around its offset.
inline std::pair<int64_t, int64_t> span_of(const layout &of, int64_t itemsize) {
  int64_t first = of.offset, last = of.offset;
  for (size_t axis = 0; axis < of.extents.size(); ++axis) {
    if (of.extents[axis] == 0)
      return {of.offset, of.offset};
    (of.strides[axis] < 0 ? first : last) += of.strides[axis] * (of.extents[axis] - 1);
  }
  return {first, last + itemsize};
}

} // namespace nd::rules

#endif // ND_RULES_VIEW_H
