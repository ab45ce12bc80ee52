// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// In which order einsum multiplies its operands.
#ifndef ND_ARRAY_CONTRACTION_ORDER_H
#define ND_ARRAY_CONTRACTION_ORDER_H

#include "frontend/array/Subscripts.h"

#include <set>

namespace nd::detail {

/// The order of products: exactly the best by multiplications, then by memory, up to \p exact
/// operands; greedily beyond.
struct contraction_order {
  static constexpr size_t exact = 8;
  using label_set = std::set<label>;

  std::vector<label_set> operands;
  label_set output;
  const std::map<label, int64_t> &sizes;
  std::vector<std::pair<size_t, size_t>>
      steps;                 ///< positions in the list, a product goes to its end
  std::vector<double> costs; ///< multiplications of each step

  contraction_order(const std::vector<std::vector<label>> &lists, const std::vector<label> &out,
                    const std::map<label, int64_t> &extents);

  /// The product of the extents.
  double volume(const label_set &s) const;
  static label_set united(const label_set &a, const label_set &b);

private:
  /// Those of \p s that the output or one of the others needs.
  label_set needed(const label_set &s, const std::vector<const label_set *> &others) const;
  void best();
  void greedy();
};

} // namespace nd::detail

#endif // ND_ARRAY_CONTRACTION_ORDER_H
