// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What functions of matrices share.
#ifndef ND_ARRAY_DECOMPOSITIONS_H
#define ND_ARRAY_DECOMPOSITIONS_H

#include "frontend/array/Formula.h"
#include "ir/rules/linalg.h"
#include "ir/rules/promote.h"
#include "nd/linalg.h"

#include <limits>

namespace nd::detail {

/// The distance from 1 to the next number of a dtype's parts; of float64 for integers.
inline double epsilon_of(dtype_kind k) {
  return rules::real_of(k) == dtype_kind::float32 ? double(std::numeric_limits<float>::epsilon())
         : k == dtype_kind::float16               ? 0x1p-10
         : k == dtype_kind::bfloat16              ? 0x1p-7
                                                  : std::numeric_limits<double>::epsilon();
}

inline void check_matrix(const array &a, std::string_view what, const site &where) {
  if (a.ndim() < 2)
    raise(rules::error_kind::shape, what,
          "the operand has shape " + to_string(a.shape()) +
              "; a matrix (..., m, n) of at least 2 dimensions is needed",
          where);
}

inline void check_square(const array &a, std::string_view what, const site &where) {
  checked(rules::square_shape(a.shape()), what, where);
}

/// \p x where \p condition holds, else a number.
inline term selected(const term &condition, const term &x, double other) {
  return where(condition, x, scalar(other));
}

} // namespace nd::detail

#endif // ND_ARRAY_DECOMPOSITIONS_H
