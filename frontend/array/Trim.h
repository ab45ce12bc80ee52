// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Coefficients without the zeros in front.
#ifndef ND_ARRAY_TRIM_H
#define ND_ARRAY_TRIM_H

#include "frontend/array/Formula.h"

namespace nd::detail {

/// How many zeros stand first. Evaluates.
int64_t leading_zeros(const term &c);
/// Without them, at least one element; as they are where the elements are not known.
term trimmed(const term &c);

} // namespace nd::detail

#endif // ND_ARRAY_TRIM_H
