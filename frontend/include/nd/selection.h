// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements chosen by position or by a mask, replaced, and put in order.
#ifndef ND_SELECTION_H
#define ND_SELECTION_H

#include <nd/array.h>
#include <nd/reductions.h>

#include <string_view>

namespace ND_API nd {

// Where a condition holds. These evaluate the condition: it decides the shape.

/// The positions of the elements that are not zero, one array for each axis (numpy.nonzero).
///
/// Throws  value_error for a 0-d array.
std::vector<array> nonzero(const operand &a);
/// nonzero (numpy.where with one argument).
std::vector<array> where(const operand &condition);
/// The positions in C order of the elements that are not zero (numpy.flatnonzero).
array flatnonzero(const operand &a);
/// The positions of the elements that are not zero as rows (numpy.argwhere).
///
/// Shape   (number of elements, a.ndim()).
array argwhere(const operand &a);

// Elements by position. A position outside its axis throws index_error, which names the position,
// its value and the size of the axis, when the elements are computed.

/// What take, put and ravel_multi_index do with positions outside: "raise", "wrap" around, or
/// "clip" to the first or the last one; clip knows no positions from the end.
struct mode_options {
  detail::designated only_by_name = detail::designated();
  std::string_view mode = "raise";
};

/// Elements along \p axis, or of the flattened array (numpy.take).
///
/// Shape   that of \p indices in the place of the axis.
array take(const operand &a, const operand &indices, std::optional<int64_t> axis = {},
           const mode_options &options = {});
array take(const operand &a, const operand &indices, const mode_options &options);
/// Replaces elements by their positions in C order (numpy.put); \p v is repeated as often as it
/// takes.
void put(const array &a, const operand &ind, const operand &v, const mode_options &options = {});
/// Elements along \p axis, positions given for each line of it (numpy.take_along_axis).
///
/// Shape   of a and indices, broadcast but for the axis; without an axis both are flat.
array take_along_axis(const operand &arr, const operand &indices, std::optional<int64_t> axis = -1);
/// Replaces elements along \p axis (numpy.put_along_axis).
void put_along_axis(const array &arr, const operand &indices, const operand &values,
                    std::optional<int64_t> axis);
/// For each element of \p a the element of that one of \p choices (numpy.choose), all broadcast.
array choose(const operand &a, const array_list &choices, const mode_options &options = {});

// Elements by a mask.

/// The parts along \p axis, or of the flattened array, where \p condition holds (numpy.compress).
array compress(const operand &condition, const operand &a, std::optional<int64_t> axis = {});
/// The elements where \p condition holds (numpy.extract).
array extract(const operand &condition, const operand &arr);
/// Replaces the elements where \p mask holds by those of \p vals one after the other
/// (numpy.place).
void place(const array &arr, const operand &mask, const operand &vals);
/// Replaces the elements where \p mask holds by those of \p values at the same position, repeated
/// (numpy.putmask).
void putmask(const array &a, const operand &mask, const operand &values);

/// What copyto takes by name.
struct copyto_options {
  detail::designated only_by_name = detail::designated();
  std::string_view casting = "same_kind"; ///< or "unsafe", "safe", "no", as numpy.can_cast has it
  array where = {};                       ///< bool; elements to write
};
/// Writes \p src, broadcast and cast, into \p dst (numpy.copyto).
///
/// Throws  dtype_error for a cast that the casting forbids; what assignment throws.
void copyto(const array &dst, const operand &src, const copyto_options &options = {});
/// For each element that of the first choice whose condition holds, else \p otherwise
/// (numpy.select), all broadcast.
///
/// Throws  value_error for lists of different lengths, dtype_error for conditions that are not bool.
array select(const array_list &condlist, const array_list &choicelist,
             const operand &otherwise = 0);

// Updates, element after element, so that positions may repeat (numpy.add.at and its kin). Nothing
// is written if a position is outside.

/// a[indices] += b for each position.
void add_at(const array &a, const index_list &indices, const operand &b);
/// a[indices] -= b for each position.
void subtract_at(const array &a, const index_list &indices, const operand &b);
/// a[indices] *= b for each position.
void multiply_at(const array &a, const index_list &indices, const operand &b);
/// a[indices] /= b for each position; of floats.
void divide_at(const array &a, const index_list &indices, const operand &b);
/// The smaller of a[indices] and b for each position.
void minimum_at(const array &a, const index_list &indices, const operand &b);
/// The larger of a[indices] and b for each position.
void maximum_at(const array &a, const index_list &indices, const operand &b);

// Positions.

/// Arrays of positions that choose every combination (numpy.ix_); bool ones become positions.
std::vector<array> ix_(const array_list &sequences);
/// The positions of a main diagonal (numpy.diag_indices), one array for each of \p ndim axes.
std::vector<array> diag_indices(int64_t n, int64_t ndim = 2, site where = site::current());
/// The positions on and below the \p k-th diagonal of an n x m matrix (numpy.tril_indices).
std::vector<array> tril_indices(int64_t n, int64_t k = 0, std::optional<int64_t> m = {},
                                site where = site::current());
/// The positions on and above the \p k-th diagonal of an n x m matrix (numpy.triu_indices).
std::vector<array> triu_indices(int64_t n, int64_t k = 0, std::optional<int64_t> m = {},
                                site where = site::current());
/// The position along each axis of \p dimensions (numpy.indices); the axis comes first.
array indices(const shape &dimensions, dtype type = int64, site where = site::current());
/// Positions in C order of shape \p s as positions along its axes (numpy.unravel_index).
///
/// Throws  index_error for a position outside, where the elements are known.
std::vector<array> unravel_index(const operand &positions, const shape &s);
/// Positions along axes as positions in C order of shape \p dims (numpy.ravel_multi_index).
///
/// Throws  index_error for a position outside, where the elements are known.
array ravel_multi_index(const array_list &multi_index, const shape &dims,
                        const mode_options &options = {});

// Order: nan stands behind everything.

/// Where \p v belongs in the sorted vector \p a, before its equals ("left") or behind them
/// ("right") (numpy.searchsorted); \p sorter sorts a that is not.
array searchsorted(const operand &a, const operand &v, std::string_view side = "left",
                   const array &sorter = {});

/// What sort and argsort take.
struct sort_options {
  detail::designated only_by_name = detail::designated();
  std::string_view kind = "stable"; ///< any of NumPy's names; all of them are stable here
  bool stable = true;               ///< equals keep their order, asked or not
  bool descending = false;          ///< largest first, equals in their order (Array API)
};
/// The elements in ascending order along \p axis, or of the flattened array (numpy.sort).
///
/// Throws  shape_error for a 0-d array, value_error for an unknown kind.
/// Cost    linear for long rows of real numbers, by the digits of the elements; else n log n.
array sort(const operand &a, std::optional<int64_t> axis = -1, const sort_options &options = {});
/// The positions that sort \p a along \p axis, or flattened (numpy.argsort).
array argsort(const operand &a, std::optional<int64_t> axis = -1, const sort_options &options = {});
/// The positions that sort by several keys along \p axis, the last key first (numpy.lexsort).
///
/// Shape   that of each key; all are equal.
array lexsort(const array_list &keys, int64_t axis = -1);
/// The same with keys along the first axis of an array.
array lexsort(const array &keys, int64_t axis = -1, site where = site::current());
/// The elements along \p axis, or of the flattened array, with those at positions \p kth (one, or
/// several in braces) where sorting would put them: no larger ones before, no smaller ones behind
/// (numpy.partition).
///
/// Throws  value_error for a position outside.
/// Cost    linear in the length of the axis, for any elements (introselect).
array partition(const operand &a, const axes &kth, std::optional<int64_t> axis = -1);
/// The positions that partition \p a (numpy.argpartition).
array argpartition(const operand &a, const axes &kth, std::optional<int64_t> axis = -1);
/// The elements along the last axis in ascending order as complex numbers (numpy.sort_complex).
array sort_complex(const operand &a);

/// Each element along \p axis, or of the flattened array, as often as \p repeats says: one number
/// for all, or one for each (numpy.repeat).
///
/// Throws  value_error for a negative number, shape_error for too many or too few of them.
array repeat(const operand &a, const operand &repeats, std::optional<int64_t> axis = {});

} // namespace nd

#endif // ND_SELECTION_H
