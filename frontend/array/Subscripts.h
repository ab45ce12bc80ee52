// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// einsum's subscripts, read and checked against shapes.
#ifndef ND_ARRAY_SUBSCRIPTS_H
#define ND_ARRAY_SUBSCRIPTS_H

#include "frontend/trace/Node.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace nd::detail {

/// A letter, or an axis that an ellipsis stands for: 256 and its distance from the last one.
using label = int;
inline constexpr label first_unnamed = 256;

struct subscripts {
  std::vector<std::vector<label>> operands; ///< one label for each axis
  std::vector<label> output;
  std::map<label, int64_t> extents; ///< of each label; one of 1 stretches to others

  /// Throws  value_error for malformed text, with the position; shape_error for extents that
  ///         disagree. \p what is einsum or einsum_path.
  subscripts(std::string_view text, std::span<const nd::shape> shapes, const char *what,
             const site &where);
};

/// A label as it is written.
std::string name_of(label l);

} // namespace nd::detail

#endif // ND_ARRAY_SUBSCRIPTS_H
