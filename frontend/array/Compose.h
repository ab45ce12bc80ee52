// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The ops that move elements, as functions of arrays. Public functions are written with these and
// with each other; \p where is the user's line all the way down.
#ifndef ND_ARRAY_COMPOSE_H
#define ND_ARRAY_COMPOSE_H

#include "frontend/trace/Record.h"

namespace nd::detail {

using extents = std::vector<int64_t>;

// Views, which share memory with a; a reshape that no strides describe is a copy.

/// The elements under another shape of as many elements.
array reshaped(const array &a, const shape &s, const site &where);
/// Offsets, sizes and steps per axis.
array sliced(const array &a, const extents &offsets, const extents &sizes, const extents &steps,
             const site &where);
/// Elements first, first + step, ... of one axis.
array sliced_along(const array &a, size_t axis, int64_t first, int64_t count, int64_t step,
                   const site &where);
/// Axis i of the result is axis order[i].
array permuted(const array &a, const extents &order, const site &where);
/// Broadcast, read-only; \p what names the caller in errors.
array stretched(const array &a, const shape &s, std::string_view what, const site &where);
// Values.

/// Another dtype, or \p a itself.
array converted(const array &a, dtype_kind type, const site &where);
/// The elements in memory of their own.
array copied(const array &a, const site &where);
/// The position along \p axis, in a shape.
array positions(const shape &s, int64_t axis, dtype_kind type, const site &where);
/// Joined along an axis within the number of axes.
array joined(std::span<const array> parts, int64_t axis, const site &where);

/// The axes meant, sorted; all if none are given.
extents axes_of(const axes &axis, int64_t ndim, std::string_view what, const site &where);
/// One axis, from [-ndim, ndim).
int64_t axis_of(int64_t axis, int64_t ndim, std::string_view what, const site &where);
/// The arrays of a list.
std::vector<array> arrays_of(const array_list &list);

} // namespace nd::detail

#endif // ND_ARRAY_COMPOSE_H
