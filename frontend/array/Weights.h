// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Weights beside an array, or along some of its axes.
#ifndef ND_ARRAY_WEIGHTS_H
#define ND_ARRAY_WEIGHTS_H

#include "frontend/array/Formula.h"

#include <string>

namespace nd::detail {

/// Weights as they broadcast against an array of shape \p s: of that shape, or one for each
/// position along the axes.
///
/// Throws  dtype_error, as NumPy's TypeError, if axes have to be named; value_error if the shape is
///         not theirs.
term weights_beside(const array &weights, const shape &s, const axes &axis, const char *what,
                    const site &here);

/// The first element of \p x where \p holds does, for a message; both have as many, with values.
std::string first_where(const term &holds, const term &x);

} // namespace nd::detail

#endif // ND_ARRAY_WEIGHTS_H
