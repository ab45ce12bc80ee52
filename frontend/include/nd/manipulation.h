// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Other shapes of the same elements, and arrays joined.
#ifndef ND_MANIPULATION_H
#define ND_MANIPULATION_H

#include <nd/array.h>

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

/// \p a stretched to shape \p s (numpy.broadcast_to).
array broadcast_to(const operand &a, const shape &s);
/// The arrays stretched to their common shape (numpy.broadcast_arrays).
std::vector<array> broadcast_arrays(const array_list &arrays);

/// The order of elements reversed along all axes, or those named (numpy.flip).
array flip(const operand &m, const axes &axis = {});
/// Axis 0 reversed (numpy.flipud).
array flipud(const operand &m);
/// Axis 1 reversed (numpy.fliplr).
array fliplr(const operand &m);

/// Arrays joined along an existing axis (numpy.concatenate).
///
/// Shape   equal but for \p axis.
/// Dtype   the promoted one.
array concatenate(const array_list &arrays, int64_t axis = 0);
/// The same under the Array API's name.
array concat(const array_list &arrays, int64_t axis = 0);
/// Arrays of one shape joined along a new axis (numpy.stack).
array stack(const array_list &arrays, int64_t axis = 0);
/// Arrays stacked as rows, along axis 0 (numpy.vstack).
array vstack(const array_list &arrays);
/// Arrays joined as columns, along axis 1, or 0 for 1-D ones (numpy.hstack).
array hstack(const array_list &arrays);
/// Arrays joined along axis 2 (numpy.dstack).
array dstack(const array_list &arrays);
/// 1-D arrays as columns of a matrix, beside matrices (numpy.column_stack).
array column_stack(const array_list &arrays);
/// The same as numpy.c_[...].
array c_(const array_list &arrays);

} // namespace nd

#endif // ND_MANIPULATION_H
