// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a composition has to know before it can be written down.
#ifndef ND_ARRAY_KNOWN_H
#define ND_ARRAY_KNOWN_H

#include "frontend/array/Compose.h"
#include "ir/rules/extent.h"

#include <array>

namespace nd::detail {

/// Throws trace_error for an extent that nd::jit decides at run time.
inline int64_t known_extent(const array &a, int64_t axis, std::string_view what,
                            const site &where) {
  const int64_t extent = a.shape()[size_t(axis)];
  if (rules::is_run_time(extent))
    throw trace_error(prefix(what, where) + "the size of axis " + std::to_string(axis) + " of " +
                      to_string(a.shape()) +
                      " is decided at run time, and nd::jit needs to know it here; call it outside "
                      "the function");
  return extent;
}

/// NumPy's casting='same_kind': bool, unsigned, signed, floating, complex, never downwards.
inline bool same_kind(dtype_kind from, dtype_kind to) {
  auto rank = [](dtype_kind k) {
    return rules::is_bool(k)       ? 0
           : rules::is_unsigned(k) ? 1
           : rules::is_signed(k)   ? 2
           : rules::is_complex(k)  ? 4
                                   : 3;
  };
  return rank(from) <= rank(to);
}

/// The order of axes in which \p axis comes first, and the one in which the first comes there
/// again.
inline extents first_axis(int64_t ndim, int64_t axis) {
  extents order = {axis};
  for (int64_t i = 0; i < ndim; ++i)
    if (i != axis)
      order.push_back(i);
  return order;
}
inline extents back_axis(int64_t ndim, int64_t axis) {
  extents order;
  for (int64_t i = 0; i < ndim; ++i)
    order.push_back(i < axis ? i + 1 : i == axis ? 0 : i);
  return order;
}

/// Elements of \p a along \p axis, in the place of which stand the axes of \p positions.
inline array taken_along(const array &a, int64_t axis, const array &positions, const site &where) {
  return gathered_at(a, std::array{positions}, {axis}, where, size_t(axis));
}

} // namespace nd::detail

#endif // ND_ARRAY_KNOWN_H
