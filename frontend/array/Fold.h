// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reductions under the name of the function that is made of them, for errors.
#ifndef ND_ARRAY_FOLD_H
#define ND_ARRAY_FOLD_H

#include "nd/reductions.h"

namespace nd::detail {

enum class folding : uint8_t { sum, prod, mean, var, std, min, max, all, argmin, argmax };

array fold_as(const char *name, folding kind, const operand &a, const axes &axis,
              const reduce_options &options);

} // namespace nd::detail

#endif // ND_ARRAY_FOLD_H
