// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Other shapes of the same elements, and arrays joined.
#ifndef ND_MANIPULATION_H
#define ND_MANIPULATION_H

#include <nd/array.h>
#include <nd/reductions.h>

namespace ND_API nd {

/// The elements converted to \p type (numpy.astype): floats truncate towards zero, integers wrap.
array astype(const operand &a, dtype type);
/// The same elements as an array of its own (numpy.copy).
array copy(const operand &a);

/// The elements in C order under shape \p s, one of whose sizes may be -1 (numpy.reshape).
///
/// Throws  shape_error if the number of elements differs.
/// Cost    none for an evaluated array.
array reshape(const operand &a, const shape &s);
/// The elements as a 1-D array (numpy.ravel).
array ravel(const operand &a);

/// The axes in another order, reversed if not given (numpy.transpose); axis i of the result is axis
/// order[i].
array transpose(const operand &a, const axes &order = {});
/// The axes in another order (Array API).
array permute_dims(const operand &a, const axes &order);
/// The last two axes exchanged (numpy.matrix_transpose).
array matrix_transpose(const operand &a);
/// Two axes exchanged (numpy.swapaxes).
array swapaxes(const operand &a, int64_t axis1, int64_t axis2);
/// Axes \p source moved to positions \p destination, the others stay in order (numpy.moveaxis).
array moveaxis(const operand &a, const axes &source, const axes &destination);

/// Axes of extent 1 dropped: all, or those named, which must have extent 1 (numpy.squeeze).
array squeeze(const operand &a, const axes &axis = {});
/// New axes of extent 1 at positions \p axis of the result (numpy.expand_dims).
array expand_dims(const operand &a, const axes &axis);

/// \p a stretched to shape \p s, read-only (numpy.broadcast_to).
array broadcast_to(const operand &a, const shape &s);
/// The arrays stretched to their common shape (numpy.broadcast_arrays).
std::vector<array> broadcast_arrays(const array_list &arrays);

/// The order of elements reversed along all axes, or those named (numpy.flip).
array flip(const operand &m, const axes &axis = {});
/// Axis 0 reversed (numpy.flipud).
array flipud(const operand &m);
/// Axis 1 reversed (numpy.fliplr).
array fliplr(const operand &m);
/// A quarter turn, \p k times, in the plane of two axes, from the first towards the second
/// (numpy.rot90). A view.
array rot90(const operand &m, int64_t k = 1, const axes &axes = {0, 1});
/// The elements moved by \p shift positions, those that leave at one end enter at the other
/// (numpy.roll): along \p axis, several with a shift for each or one for all, or flattened.
///
/// Throws  value_error for as many shifts as there are no axes.
/// Cost    one pass.
array roll(const operand &a, const axes &shift, const axes &axis = {});
/// Axis \p axis moved before \p start (numpy.rollaxis); moveaxis is easier to read.
array rollaxis(const operand &a, int64_t axis, int64_t start = 0);
/// \p A as often as \p reps says along each axis (numpy.tile); the shorter of shape and reps gets
/// ones in front.
array tile(const operand &A, const shape &reps);

/// An array of at least 1 dimension (numpy.atleast_1d).
array atleast_1d(const operand &ary);
/// An array of at least 2 dimensions, new ones in front (numpy.atleast_2d).
array atleast_2d(const operand &ary);
/// An array of at least 3 dimensions (numpy.atleast_3d): (n,) becomes (1, n, 1), (m, n) (m, n, 1).
array atleast_3d(const operand &ary);
#define ND_ATLEAST(name)                                                                           \
  template <class... A>                                                                            \
  std::vector<array> name(const operand &first, const operand &second, const A &...rest) {         \
    return {name(first), name(second), name(rest)...};                                             \
  }
ND_ATLEAST(atleast_1d)
ND_ATLEAST(atleast_2d)
ND_ATLEAST(atleast_3d)
#undef ND_ATLEAST

/// The shape that arrays of these shapes broadcast to (numpy.broadcast_shapes).
///
/// Throws  shape_error if they do not.
shape broadcast_shapes(std::initializer_list<shape> shapes, site where = site::current());
shape broadcast_shapes(const std::vector<shape> &shapes, site where = site::current());
/// The number of axes (numpy.ndim).
int64_t ndim(const operand &a);
/// The number of elements, or the extent of an axis (numpy.size).
int64_t size(const operand &a, std::optional<int64_t> axis = {});

/// What joins take beside their arrays: `nd::stack({a, b}, 0, {.dtype = nd::float32})`.
struct join_options {
  detail::designated only_by_name = detail::designated();
  std::optional<nd::dtype> dtype = {}; ///< of the result, of no lower kind than the arrays'
};

/// Arrays joined along an existing axis, or flattened with axis std::nullopt (numpy.concatenate).
///
/// Shape   equal but for \p axis.
/// Dtype   the promoted one.
array concatenate(const array_list &arrays, std::optional<int64_t> axis = 0,
                  const join_options &options = {});
/// The same under the Array API's name.
array concat(const array_list &arrays, std::optional<int64_t> axis = 0,
             const join_options &options = {});
/// Arrays of one shape joined along a new axis (numpy.stack).
array stack(const array_list &arrays, int64_t axis = 0, const join_options &options = {});
/// Arrays stacked as rows, along axis 0 (numpy.vstack).
array vstack(const array_list &arrays, const join_options &options = {});
/// Arrays joined as columns, along axis 1, or 0 for 1-D ones (numpy.hstack).
array hstack(const array_list &arrays, const join_options &options = {});
/// Arrays joined along axis 2 (numpy.dstack).
array dstack(const array_list &arrays);
/// 1-D arrays as columns of a matrix, beside matrices (numpy.column_stack).
array column_stack(const array_list &arrays);
/// The same as numpy.c_[...].
array c_(const array_list &arrays);
/// Arrays one after the other along axis 0, scalars as arrays of one element (numpy.r_[...]).
array r_(const array_list &arrays);
/// Rows of blocks (numpy.block): `nd::block({{a, b}, {c, d}})`. Each row is joined along the last
/// axis, the rows along the one before it.
array block(std::initializer_list<array_list> rows, site where = site::current());

} // namespace nd

#endif // ND_MANIPULATION_H
