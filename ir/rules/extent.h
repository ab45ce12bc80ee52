// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Numbers that stand for extents which are decided at run time. No array has as many elements along
// an axis, so rules and passes, which compare extents for equality only, treat them as any extent.
#ifndef ND_RULES_EXTENT_H
#define ND_RULES_EXTENT_H

#include <cstdint>
#include <string>

namespace nd::rules {

namespace detail {
inline constexpr int64_t first_run_time = int64_t(1) << 42;
inline constexpr int64_t mark_bits = 20, mark = 0x5eed5;
} // namespace detail

/// The number that stands for run-time extent \p k.
constexpr int64_t run_time_extent(int64_t k) {
  return detail::first_run_time + (k << detail::mark_bits) + detail::mark;
}

/// Whether an extent stands for a number that is decided at run time.
constexpr bool is_run_time(int64_t extent) {
  return extent >= detail::first_run_time &&
         (extent & ((int64_t(1) << detail::mark_bits) - 1)) == detail::mark;
}

/// Whether a number was made of a run-time extent by arithmetic, and means nothing.
constexpr bool is_spoilt(int64_t number) {
  return (number >= detail::first_run_time / 2 || number <= -detail::first_run_time / 2) &&
         !is_run_time(number);
}

/// Which run-time extent a number stands for.
constexpr int64_t run_time_number(int64_t extent) {
  return (extent - detail::first_run_time) >> detail::mark_bits;
}

/// How an extent prints: n0, n1, ... for those that are decided at run time.
inline std::string extent_name(int64_t extent) {
  return is_run_time(extent) ? "n" + std::to_string(run_time_number(extent))
                             : std::to_string(extent);
}

} // namespace nd::rules

#endif // ND_RULES_EXTENT_H
