// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Compose.h"

#include "ir/rules/axes.h"
#include "ir/rules/broadcast.h"

namespace nd::detail {

array reshaped(const array &a, const shape &s, const site &where) {
  node &n = access::get(a);
  if (n.concrete())
    return view_of(n, s, 0);
  if (n.shape == s)
    return another(a);
  return record_as("nd.reshape", {&a}, {}, n.dtype, s, where);
}

array sliced(const array &a, const extents &offsets, const extents &sizes, const extents &steps,
             const site &where) {
  node &n = access::get(a);
  const size_t ndim = n.shape.size();
  if (n.concrete()) {
    // Adjacent: single positions, then one run of an axis, then whole axes.
    size_t axis = 0;
    while (axis < ndim && sizes[axis] == 1)
      ++axis;
    bool adjacent = axis == ndim || steps[axis] == 1 || sizes[axis] == 0;
    for (size_t rest = axis + 1; rest < ndim; ++rest)
      adjacent &= sizes[rest] == n.shape[rest] && steps[rest] == 1;
    if (adjacent) {
      int64_t offset = 0;
      for (size_t i = 0; i < ndim; ++i)
        offset = offset * n.shape[i] + offsets[i];
      bool nothing = false;
      for (int64_t size : sizes)
        nothing |= size == 0;
      return view_of(n, sizes, nothing ? 0 : offset);
    }
  }
  return record("nd.slice", {&a}, {{"offsets", offsets}, {"sizes", sizes}, {"strides", steps}},
                where);
}

array sliced_along(const array &a, size_t axis, int64_t first, int64_t count, int64_t step,
                   const site &where) {
  extents offsets(a.shape().size(), 0), sizes = a.shape(), steps(a.shape().size(), 1);
  offsets[axis] = first;
  sizes[axis] = count;
  steps[axis] = step;
  return sliced(a, offsets, sizes, steps, where);
}

array permuted(const array &a, const extents &order, const site &where) {
  bool same = true;
  for (size_t i = 0; i < order.size(); ++i)
    same &= order[i] == int64_t(i);
  return same ? another(a) : record("nd.transpose", {&a}, {{"permutation", order}}, where);
}

array stretched(const array &a, const shape &s, std::string_view what, const site &where) {
  checked(rules::broadcast_to_shape(a.shape(), s), what, where);
  return a.shape() == s ? another(a) : record_as("nd.broadcast_to", {&a}, {}, a.dtype(), s, where);
}

array converted(const array &a, dtype_kind type, const site &where) {
  return a.dtype() == type ? another(a) : record_as("nd.cast", {&a}, {}, type, a.shape(), where);
}

array positions(const shape &s, int64_t axis, dtype_kind type, const site &where) {
  if (rules::is_bool(type))
    return converted(positions(s, axis, dtype_kind::int64, where), type, where);
  return record_as("nd.iota", {}, {{"axis", axis}}, type, s, where);
}

array joined(std::span<const array> parts, int64_t axis, const site &where) {
  std::vector<const array *> operands;
  for (const array &a : parts)
    operands.push_back(&a);
  return record("nd.concatenate", operands, {{"axis", axis}}, where);
}

extents axes_of(const axes &axis, int64_t ndim, std::string_view what, const site &where) {
  if (axis.given())
    return checked(rules::normalise_axes(extents(axis.list()), ndim), what, where);
  extents every;
  for (int64_t i = 0; i < ndim; ++i)
    every.push_back(i);
  return every;
}

int64_t axis_of(int64_t axis, int64_t ndim, std::string_view what, const site &where) {
  return checked(rules::normalise_axis(axis, ndim), what, where);
}

std::vector<array> arrays_of(const array_list &list) {
  std::vector<array> out;
  for (size_t i = 0; i < list.size(); ++i)
    out.push_back(list[i]);
  return out;
}

} // namespace nd::detail
