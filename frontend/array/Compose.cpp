// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Compose.h"

#include "ir/rules/axes.h"
#include "ir/rules/broadcast.h"
#include "ir/rules/extent.h"
#include "ir/rules/slice.h"

namespace nd::detail {

using form = view_step::form;

array reshaped(const array &a, const shape &s, const site &where) {
  return a.shape() == s ? alias(a) : view(a, {form::reshape, s, {}}, where);
}

array sliced(const array &a, const extents &offsets, const extents &sizes, const extents &steps,
             const site &where) {
  checked(rules::slice_shape(a.shape(), offsets, sizes, steps), "slice", where);
  extents numbers = offsets;
  numbers.insert(numbers.end(), sizes.begin(), sizes.end());
  numbers.insert(numbers.end(), steps.begin(), steps.end());
  return view(a, {form::slice, sizes, std::move(numbers)}, where);
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
  if (same)
    return alias(a);
  shape s;
  for (int64_t axis : order)
    s.push_back(a.shape()[size_t(axis)]);
  return view(a, {form::transpose, s, order}, where);
}

array rearranged(const array &own, const extents &order, const site &where) {
  array turned = permuted(own, order, where);
  return access::get(turned).c_order() ? turned : copied(turned, where);
}

array stretched(const array &x, const shape &s, std::string_view what, const site &where) {
  array a = agreeing(x, s, what, where);
  checked(rules::broadcast_to_shape(a.shape(), s), what, where);
  return a.shape() == s ? alias(a) : view(a, {form::broadcast, s, {}}, where);
}

dtype_kind promoted(std::span<const array> parts) {
  return rules::promote_all(parts, [](const array &a) { return a.dtype(); });
}

array converted(const array &a, dtype_kind type, const site &where) {
  return a.dtype() == type ? a : record_as("nd.cast", {&a}, {}, type, a.shape(), where);
}

array value_for(const array &a, const operand &value, std::string_view what) {
  if (!value.is_scalar())
    return as_array(value);
  if (std::optional<array> size = stand_in(value.value(), a.dtype(), value.where()))
    return *size;
  array out = allocate(a.dtype(), {}, what, value.where());
  if (!store_scalar(value.value(), a.dtype(), bytes_of(out)))
    raise_unfit(value.value(), a.dtype(), what, value.where());
  return out;
}

array value_in(const array &a, const operand &value, std::string_view what) {
  return converted(value_for(a, value, what), a.dtype(), value.where());
}

array copied(const array &a, const site &where) {
  return record_as("nd.copy", {&a}, {}, a.dtype(), a.shape(), where);
}

array positions(const shape &s, int64_t axis, dtype_kind type, const site &where) {
  if (rules::is_bool(type))
    return converted(positions(s, axis, dtype_kind::int64, where), type, where);
  return record_as("nd.iota", {}, {{"axis", axis}}, type, s, where);
}

/// The same where an extent is decided at run time: each part is written behind the one before.
static array joined_at_run_time(std::span<const array> parts, int64_t axis, const site &where) {
  const dtype_kind type = promoted(parts);
  std::vector<int64_t> offsets = {0};
  array sum;
  for (const array &a : parts) {
    array count = counted({a.shape()[size_t(axis)]}, where);
    sum = offsets.size() == 1 ? count : record("nd.add", {&sum, &count}, {}, where);
    offsets.push_back(run_time_extent(sum, "concatenate", where));
  }
  shape s = parts[0].shape();
  s[size_t(axis)] = offsets.back();
  array out = record_as("nd.empty", {}, {}, type, s, where);
  extents steps(s.size(), 1);
  for (size_t i = 0; i < parts.size(); ++i) {
    array part = converted(parts[i], type, where);
    extents at(s.size(), 0);
    at[size_t(axis)] = offsets[i];
    out = record_as("nd.update", {&out, &part}, {{"offsets", at}, {"strides", steps}}, type, s,
                    where);
  }
  return out;
}

static constexpr size_t most_in_a_program = 32;

/// The same of so many that a program for all would take longer to compile than to run: each part
/// is computed alone, by a program that others like it share, and copied.
static array joined_one_by_one(std::span<const array> parts, int64_t axis, const site &where) {
  const dtype_kind type = promoted(parts);
  std::vector<extents> shapes;
  for (const array &a : parts)
    shapes.push_back(a.shape());
  array out = allocate(type, checked(rules::concatenate_shape(shapes, axis), "concatenate", where),
                       "concatenate", where);
  int64_t offset = 0;
  for (const array &a : parts) {
    array part = converted(a, type, where);
    const int64_t count = a.shape()[size_t(axis)];
    const node &from = evaluated(part, "concatenate", where);
    array to = sliced_along(out, size_t(axis), offset, count, 1, where);
    copy_elements(from, layout_of(from), access::get(to));
    offset += count;
  }
  return out;
}

array joined(std::span<const array> parts, int64_t axis, const site &where) {
  std::vector<const array *> operands;
  bool run_time = false;
  for (const array &a : parts) {
    operands.push_back(&a);
    run_time |= rules::is_run_time(a.shape()[size_t(axis)]);
  }
  if (run_time)
    return joined_at_run_time(parts, axis, where);
  if (parts.size() > most_in_a_program && !current_trace)
    return joined_one_by_one(parts, axis, where);
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
