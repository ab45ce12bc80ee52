// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Folds that leave nan out: those of nd/reductions.h with a mask, fused with it.
#ifndef ND_NAN_REDUCTIONS_H
#define ND_NAN_REDUCTIONS_H

#include <nd/reductions.h>

namespace ND_API nd {

/// Sum of the elements that are not nan (numpy.nansum); 0 where there are none.
array nansum(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nansum(const operand &a, const reduce_options &options);
/// Product of the elements that are not nan (numpy.nanprod); 1 where there are none.
array nanprod(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nanprod(const operand &a, const reduce_options &options);
/// Mean of the elements that are not nan (numpy.nanmean); nan where there are none.
array nanmean(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nanmean(const operand &a, const reduce_options &options);
/// Variance of the elements that are not nan (numpy.nanvar); nan where they are not more than ddof.
array nanvar(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nanvar(const operand &a, const reduce_options &options);
/// Standard deviation of the elements that are not nan (numpy.nanstd); as nanvar.
array nanstd(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nanstd(const operand &a, const reduce_options &options);
/// Smallest of the elements that are not nan (numpy.nanmin); nan where there are none.
///
/// Throws  value_error for no elements without an initial value, as min.
array nanmin(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nanmin(const operand &a, const reduce_options &options);
/// Largest of the elements that are not nan (numpy.nanmax); as nanmin.
array nanmax(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nanmax(const operand &a, const reduce_options &options);
/// Position of the first smallest element that is not nan (numpy.nanargmin).
///
/// Throws  value_error where all elements are nan. To know it the elements are computed at once;
///         inside nd::jit, where they have no values yet, the position is 0.
array nanargmin(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nanargmin(const operand &a, const reduce_options &options);
/// Position of the first largest element that is not nan (numpy.nanargmax); as nanargmin.
array nanargmax(const operand &a, const axes &axis = {}, const reduce_options &options = {});
array nanargmax(const operand &a, const reduce_options &options);

} // namespace nd

#endif // ND_NAN_REDUCTIONS_H
