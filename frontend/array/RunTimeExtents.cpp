// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arithmetic with extents that are decided at run time: it is recorded like any other.
#include "frontend/array/Compose.h"
#include "ir/rules/extent.h"
#include "nd/ufuncs.h"

namespace nd::detail {

array counted(const extents &list, const site &where) {
  return record_as("nd.count", {}, {{"extents", list}}, dtype_kind::int64, {}, where);
}

int64_t total_extent(const array &a, const site &where) {
  const shape &s = a.shape();
  bool run_time = false;
  for (int64_t extent : s)
    run_time |= rules::is_run_time(extent);
  if (!run_time || s.size() == 1)
    return a.size();
  return run_time_extent(counted(s, where), "reshape", where);
}

rules::slice_bounds bounds_at_run_time(const slice &s, int64_t extent, const site &where) {
  const int64_t step = s.step.value_or(1);
  if (step == 0)
    raise(rules::error_kind::value, "index",
          "the slice step is 0; use a positive or a negative one", where);
  if (!s.start && !s.stop && step == 1)
    return {0, extent, 1};
  array n = counted({extent}, where);
  auto on = [&](const array &a) { return operand(a, where); };
  auto number = [&](int64_t value) { return operand(value, where); };
  // The ends of the range that a bound is clamped to.
  array low = array(int64_t(step > 0 ? 0 : -1)), high = step > 0 ? n : subtract(on(n), number(1));
  auto clamped = [&](std::optional<int64_t> bound, const array &absent) {
    if (!bound)
      return absent;
    return *bound < 0 ? maximum(on(add(on(n), number(*bound))), on(low))
                      : minimum(number(*bound), on(high));
  };
  array start = clamped(s.start, step > 0 ? low : high),
        stop = clamped(s.stop, step > 0 ? high : low);
  array distance = step > 0 ? subtract(on(stop), on(start)) : subtract(on(start), on(stop));
  const int64_t stride = step > 0 ? step : -step;
  array size = maximum(on(floor_divide(on(add(on(distance), number(stride - 1))), number(stride))),
                       number(0));
  int64_t offset = step > 0 && s.start.value_or(0) >= 0
                       ? s.start.value_or(0)
                       : run_time_extent(maximum(on(start), number(0)), "index", where);
  return {offset, run_time_extent(size, "index", where), step};
}

} // namespace nd::detail
