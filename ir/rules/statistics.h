// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The shapes of running folds, order statistics, counts and correlations.
#ifndef ND_RULES_STATISTICS_H
#define ND_RULES_STATISTICS_H

#include "ir/rules/axes.h"
#include "ir/rules/dtype.h"

namespace nd::rules {

/// A running fold along \p axis has the shape of what it folds.
inline result<shape> accumulate_shape(const shape &s, int64_t axis) {
  if (axis >= 0 && axis < int64_t(s.size()))
    return s;
  return fail(error_kind::shape, "axis " + std::to_string(axis) +
                                     " is out of bounds for an array of " +
                                     detail::dimensions(int64_t(s.size())));
}

/// Ranks (m,) for all rows of \p s, or (..., m) for each of them: the result is (..., m).
inline result<shape> order_statistics_shape(const shape &s, const shape &ranks) {
  if (s.empty() || ranks.empty())
    return fail(error_kind::shape, "the array has shape " + to_string(s) + " and the ranks " +
                                       to_string(ranks) + "; both need at least 1 dimension");
  shape out = s;
  out.back() = ranks.back();
  if (ranks.size() > 1 && ranks != out)
    return fail(error_kind::shape, "the array has shape " + to_string(s) + " and the ranks " +
                                       to_string(ranks) +
                                       "; give one list of ranks, or one for each row");
  return out;
}

/// The number of the largest element and one, \p size, as a shape.
inline result<shape> bincount_shape(const shape &x, const shape &weights, int64_t size) {
  if (x.size() != 1)
    return fail(error_kind::shape,
                "the array has shape " + to_string(x) + "; 1 dimension is needed");
  if (weights != x)
    return fail(error_kind::shape, "the array has shape " + to_string(x) + " and the weights " +
                                       to_string(weights) + "; give one weight for each element");
  return shape{size};
}

/// How far a sliding sum runs over the ends: not at all, centred, or as long as both overlap.
enum class overlap : uint8_t { valid, same, full };

/// The shape of the correlation of vectors of \p a and \p v elements, a at least as long as v.
inline result<shape> correlate_shape(const shape &a, const shape &v, overlap mode) {
  if (a.size() != 1 || v.size() != 1)
    return fail(error_kind::shape, "the operands have shapes " + to_string(a) + " and " +
                                       to_string(v) + "; 1 dimension is needed");
  if (v[0] != dynamic && v[0] < 1)
    return fail(error_kind::value, "an operand is empty; give at least one element");
  if (mode == overlap::same || v[0] == 1)
    return a;
  if (a[0] == dynamic || v[0] == dynamic)
    return shape{dynamic};
  if (a[0] < v[0])
    return fail(error_kind::shape, "the first operand has " + std::to_string(a[0]) +
                                       " elements and the second " + std::to_string(v[0]) +
                                       "; the first must be the longer one");
  if (mode == overlap::valid)
    return shape{a[0] - v[0] + 1};
  int64_t length;
  if (__builtin_add_overflow(a[0], v[0] - 1, &length))
    return fail(error_kind::value,
                "vectors of " + std::to_string(a[0]) + " and " + std::to_string(v[0]) +
                    " elements overlap in more than 2^63 - 1 places; use smaller sizes");
  return shape{length};
}

} // namespace nd::rules

#endif // ND_RULES_STATISTICS_H
