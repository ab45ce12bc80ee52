// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The ops that move elements, as functions of arrays. Public functions are written with these and
// with each other; \p where is the user's line all the way down.
#ifndef ND_ARRAY_COMPOSE_H
#define ND_ARRAY_COMPOSE_H

#include "frontend/trace/Record.h"
#include "ir/rules/index.h"
#include "ir/rules/slice.h"

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
/// The same of an array that nobody else has: in C order, as NumPy makes new arrays.
array rearranged(const array &own, const extents &order, const site &where);
/// Broadcast, read-only; \p what names the caller in errors.
array stretched(const array &a, const shape &s, std::string_view what, const site &where);
// Values.

/// start:stop:step of an axis whose extent is decided at run time, as Python's slice.indices has
/// it.
rules::slice_bounds bounds_at_run_time(const slice &s, int64_t extent, const site &where);
/// Index \p at of such an axis as an offset; the program checks that it is within. With \p end_too
/// it may be the extent itself, as where something is inserted.
int64_t position_at_run_time(int64_t at, int64_t extent, const site &where, bool end_too = false);
/// The product of extents as an extent, also where one is decided at run time.
int64_t extent_product(const extents &list, std::string_view what, const site &where);
/// The sum of two.
int64_t extent_sum(int64_t a, int64_t b, std::string_view what, const site &where);
/// What is left of \p whole behind \p part.
int64_t extent_rest(int64_t whole, int64_t part, std::string_view what, const site &where);
/// The number of elements as an extent, also where it is decided at run time.
int64_t total_extent(const array &a, const site &where);
/// All elements in C order, also of a size that is decided at run time.
inline array flat(const array &a, const site &where) {
  return a.ndim() == 1 ? a : reshaped(a, {total_extent(a, where)}, where);
}
/// The product of extents as a 0-d int64 array.
array counted(const extents &list, const site &where);
// Extents that a run decides are taken as equal to those they meet, which the program checks.

/// Makes arrays that are to broadcast together agree; axis \p except may differ.
void agree(std::span<array> parts, std::string_view what, const site &where, int64_t except = -1);
/// \p a under shape \p s: with \p reshape one of as many elements, else its own but for extents.
array check_shape(const array &a, const shape &s, bool reshape, std::string_view what,
                  const site &where);
/// Integers, which the program checks to lie in [low, high]; \p reason is one of
/// nd.check_within's.
array check_within(const array &a, int64_t low, int64_t high, std::string_view reason,
                   std::string_view what, const site &where);
/// numpy.reshape where a run decides an extent of either shape.
array reshaped_at_run_time(const array &a, const shape &s, const site &where);

/// The dtype of an operation between all of them.
dtype_kind promoted(std::span<const array> parts);
/// Another dtype, or \p a itself.
array converted(const array &a, dtype_kind type, const site &where);
/// The position along \p axis, in a shape.
array positions(const shape &s, int64_t axis, dtype_kind type, const site &where);
/// Joined along an axis within the number of axes.
array joined(std::span<const array> parts, int64_t axis, const site &where);

using rules::scatter_mode;

/// a[items...] with arrays among the items (numpy's advanced indexing): a new array.
array gathered(const array &a, std::span<const index *const> items, const site &where);
/// The value that a has after a[items...] = value, or after the elements are combined with it one
/// after the other (ufunc.at). The value takes the dtype of a, whatever its own.
array scattered(const array &a, std::span<const index *const> items, const operand &value,
                scatter_mode mode, const site &where);
/// The same with positions along axes, sorted, one array for each; what is replaced has the
/// arrays' common shape first.
array scattered_at(const array &a, std::span<const array> positions, const extents &axes,
                   const array &value, scatter_mode mode, const site &where);
/// The elements at positions along axes, sorted, one array for each: the arrays' common shape
/// behind \p place of the other axes.
array gathered_at(const array &a, std::span<const array> positions, const extents &axes,
                  const site &where, size_t place = 0);
/// Where an array is not zero, one array of positions for each axis; at least one axis.
std::vector<array> true_positions(const array &a, std::string_view what, const site &where);
/// An extent that elements decide: \p count, a 0-d array of int64, as a number.
int64_t run_time_extent(const array &count, std::string_view what, const site &where);
/// The number of places where \p mask, of bool, holds; the mask is evaluated with it.
int64_t count_of(const array &mask, std::string_view what, const site &where);
/// \p value as it is assigned to elements of \p a: a scalar takes a's dtype, an array stays.
///
/// Throws  value_error or dtype_error for a scalar that the dtype cannot hold.
array value_for(const array &a, const operand &value, std::string_view what);
/// The same with arrays cast to a's dtype, too.
array value_in(const array &a, const operand &value, std::string_view what);
/// Gives a, and all handles to it, another value; an error while that is computed leaves a alone.
void write(const array &a, const array &value, std::string_view what, const site &where);

/// The axes meant, sorted; all if none are given.
extents axes_of(const axes &axis, int64_t ndim, std::string_view what, const site &where);
/// One axis, from [-ndim, ndim).
int64_t axis_of(int64_t axis, int64_t ndim, std::string_view what, const site &where);
/// The arrays of a list.
std::vector<array> arrays_of(const array_list &list);

/// a[given...] with arrays among the indices, not recorded before somebody looks.
///
/// Throws  index_error for what the shapes show to be wrong.
array choose(const array &a, std::span<const index *const> given, const site &where);
std::vector<const index *> pointers_to(const std::vector<index> &items);
/// Takes from an array what it stands for, if nobody has looked; it is nothing then.
std::unique_ptr<chosen> take_choice(node *n);
/// Writes into what an index with arrays chose.
void write_chosen(const chosen &choice, const operand &value);

} // namespace nd::detail

#endif // ND_ARRAY_COMPOSE_H
