// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Slice and index arithmetic, as Python's slice.indices.
#ifndef ND_RULES_SLICE_H
#define ND_RULES_SLICE_H

#include "ir/rules/error.h"

#include <optional>
#include <span>

namespace nd::rules {

/// Elements offset, offset + stride, ... of an axis, `size` of them. With size 0 the offset is one
/// that may lie at either end; do not read through it.
struct slice_bounds {
  int64_t offset;
  int64_t size;
  int64_t stride;
  bool operator==(const slice_bounds &) const = default;
};

/// start:stop:step over an axis of size \p extent. Over an unknown extent, the whole axis is
/// {0, ?, 1}; of anything else what the extent decides is `dynamic`.
inline result<slice_bounds> normalise(std::optional<int64_t> start, std::optional<int64_t> stop,
                                      std::optional<int64_t> step, int64_t extent) {
  const int64_t stride = step.value_or(1);
  if (stride == 0)
    return fail(error_kind::value, "slice step is 0; use a positive or a negative step");
  if (extent == dynamic) {
    bool from_front = stride > 0 && start.value_or(0) == 0;
    return slice_bounds{from_front ? 0 : dynamic, dynamic, stride};
  }
  const int64_t lower = stride < 0 ? -1 : 0, upper = stride < 0 ? extent - 1 : extent;
  auto bound = [&](std::optional<int64_t> at, int64_t absent) {
    if (!at)
      return absent;
    if (*at < 0)
      return *at < lower - extent ? lower : *at + extent;
    return *at > upper ? upper : *at;
  };
  const int64_t first = bound(start, stride < 0 ? upper : lower);
  const int64_t last = bound(stop, stride < 0 ? lower : upper);
  int64_t size = 0;
  if (stride > 0 && first < last)
    size = (last - first - 1) / stride + 1;
  else if (stride < 0 && last < first)
    size = int64_t(uint64_t(first - last - 1) / (0 - uint64_t(stride))) + 1;
  return slice_bounds{first, size, stride};
}

/// An index in [-extent, extent) as one in [0, extent). Below an unknown extent a non-negative
/// index stays and a negative one is `dynamic`.
inline result<int64_t> normalise_index(int64_t index, int64_t extent, int64_t axis) {
  if (extent == dynamic)
    return index < 0 ? dynamic : index;
  if (index >= -extent && index < extent)
    return index < 0 ? index + extent : index;
  std::string text = "index " + std::to_string(index) + " is out of bounds for axis " +
                     std::to_string(axis) + " with size " + std::to_string(extent);
  return fail(error_kind::index, text);
}

/// The shape of a slice with an offset, a size and a stride per axis, after checking that every
/// element it names exists.
inline result<shape> slice_shape(const shape &s, std::span<const int64_t> offsets,
                                 std::span<const int64_t> sizes, std::span<const int64_t> strides) {
  if (offsets.size() != s.size() || sizes.size() != s.size() || strides.size() != s.size())
    return fail(error_kind::value, "slice of shape " + to_string(s) + " has " +
                                       std::to_string(offsets.size()) + " offsets, " +
                                       std::to_string(sizes.size()) + " sizes and " +
                                       std::to_string(strides.size()) + " strides; give " +
                                       std::to_string(s.size()) + " of each");
  for (size_t axis = 0; axis < s.size(); ++axis) {
    std::string where = " on axis " + std::to_string(axis) + " of shape " + to_string(s);
    int64_t offset = offsets[axis], size = sizes[axis], stride = strides[axis];
    if (stride == 0 || stride == dynamic)
      return fail(error_kind::value, "slice stride is " + extent_to_string(stride) + where +
                                         "; use a positive or a negative stride");
    if (size == 0 || size == dynamic || offset == dynamic)
      continue;
    if (is_run_time(size) || is_run_time(offset) || is_run_time(s[axis]))
      continue; // whoever computes them keeps them inside
    if (size < 0)
      return fail(error_kind::value,
                  "slice size is " + std::to_string(size) + where + "; sizes are 0 or more");
    int64_t last = 0;
    bool overflow = __builtin_mul_overflow(size - 1, stride, &last) ||
                    __builtin_add_overflow(last, offset, &last);
    bool below = offset < 0 || overflow || last < 0;
    bool above = s[axis] != dynamic && (offset >= s[axis] || last >= s[axis]);
    if (below || above)
      return fail(error_kind::index, "slice with offset " + std::to_string(offset) + ", size " +
                                         std::to_string(size) + " and stride " +
                                         std::to_string(stride) + " leaves the array" + where);
  }
  return shape(sizes.begin(), sizes.end());
}

} // namespace nd::rules

#endif // ND_RULES_SLICE_H
