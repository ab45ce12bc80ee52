// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arithmetic with extents that are decided at run time: it is recorded like any other.
#include "frontend/array/Compose.h"
#include "ir/rules/extent.h"
#include "nd/ufuncs.h"

#include <algorithm>

namespace nd::detail {

array counted(const extents &list, const site &where) {
  return record_as("nd.count", {}, {{"extents", list}}, dtype_kind::int64, {}, where);
}

array check_within(const array &a, int64_t low, int64_t high, std::string_view reason,
                   std::string_view what, const site &where) {
  return record_as("nd.check_within", {&a},
                   {{"what", what}, {"reason", reason}, {"low", low}, {"high", high}}, a.dtype(),
                   a.shape(), where);
}

array check_shape(const array &a, const shape &s, bool reshape, std::string_view what,
                  const site &where) {
  return record_as("nd.check_shape", {&a}, {{"what", what}, {"reshape", reshape}}, a.dtype(), s,
                   where);
}

namespace {

bool is_open(const array &a) {
  return std::any_of(a.shape().begin(), a.shape().end(), rules::is_run_time);
}

/// \p a with its last axes as long as those of \p to, where a run decides either extent.
array taken_as(const array &a, const shape &to, std::string_view what, const site &where) {
  shape own = a.shape();
  bool differs = false;
  for (size_t back = 1; back <= std::min(own.size(), to.size()); ++back) {
    int64_t &e = own[own.size() - back], wanted = to[to.size() - back];
    if (e == 1 || e == wanted || !(rules::is_run_time(e) || rules::is_run_time(wanted)))
      continue;
    e = wanted;
    differs = true;
  }
  return differs ? check_shape(a, own, false, what, where) : a;
}

} // namespace

void agree(std::span<array> parts, std::string_view what, const site &where, int64_t except) {
  if (std::none_of(parts.begin(), parts.end(), is_open))
    return;
  shape common;
  for (const array &a : parts)
    while (common.size() < a.shape().size())
      common.push_back(1);
  for (const array &a : parts)
    for (size_t back = 1; back <= a.shape().size(); ++back) {
      int64_t &c = common[common.size() - back], e = a.shape()[a.shape().size() - back];
      if (c == 1 || (rules::is_run_time(c) && e != 1 && !rules::is_run_time(e)))
        c = e;
    }
  for (array &a : parts) {
    shape wanted = common;
    if (except >= 0 && size_t(except) < a.shape().size())
      wanted[size_t(except)] = a.shape()[size_t(except)];
    a = taken_as(a, wanted, what, where);
  }
}

array agreeing(const array &a, const shape &s, std::string_view what, const site &where) {
  return taken_as(a, s, what, where);
}

array reshaped_at_run_time(const array &a, const shape &s, const site &where) {
  extents left, right;
  size_t holes = 0, hole = 0;
  for (int64_t extent : a.shape())
    if (extent != 1)
      left.push_back(extent);
  for (size_t axis = 0; axis < s.size(); ++axis) {
    if (s[axis] < -1)
      raise(rules::error_kind::value, "reshape",
            "the new shape has the size " + std::to_string(s[axis]) +
                "; sizes are 0 or more, and -1 stands for one that follows",
            where);
    if (s[axis] == -1) {
      hole = axis;
      ++holes;
    } else if (auto same = std::find(left.begin(), left.end(), s[axis]); same != left.end()) {
      left.erase(same);
    } else if (s[axis] != 1) {
      right.push_back(s[axis]);
    }
  }
  if (holes > 1)
    raise(rules::error_kind::value, "reshape",
          "the new shape has " + std::to_string(holes) + " sizes of -1; one can follow", where);
  if (!holes && left.empty() && right.empty())
    return reshaped(a, s, where);
  shape out = s;
  if (holes && right.empty()) { // every count of elements fits
    out[hole] = left.empty()       ? 1
                : left.size() == 1 ? left[0]
                                   : run_time_extent(counted(left, where), "reshape", where);
    return reshaped(a, out, where);
  }
  if (holes) {
    array all = counted(left.empty() ? extents{1} : left, where), known = counted(right, where);
    out[hole] =
        run_time_extent(floor_divide(operand(all, where), operand(known, where)), "reshape", where);
  }
  return check_shape(a, out, true, "reshape", where);
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

int64_t extent_product(const extents &list, std::string_view what, const site &where) {
  if (std::any_of(list.begin(), list.end(), rules::is_run_time))
    return list.size() == 1 ? list[0] : run_time_extent(counted(list, where), what, where);
  int64_t out = 1;
  for (int64_t extent : list)
    if (__builtin_mul_overflow(out, extent, &out))
      return INT64_MAX; // a shape with it is refused
  return out;
}

int64_t extent_sum(int64_t a, int64_t b, std::string_view what, const site &where) {
  if (!rules::is_run_time(a) && !rules::is_run_time(b))
    return added(a, b, what, where);
  if (a == 0 || b == 0)
    return a + b;
  array first = counted({a}, where), second = counted({b}, where);
  return run_time_extent(add(operand(first, where), operand(second, where)), what, where);
}

int64_t extent_rest(int64_t whole, int64_t part, std::string_view what, const site &where) {
  if (!rules::is_run_time(whole) && !rules::is_run_time(part))
    return whole - part;
  if (part == 0)
    return whole;
  array first = counted({whole}, where), second = counted({part}, where);
  return run_time_extent(subtract(operand(first, where), operand(second, where)), what, where);
}

int64_t position_at_run_time(int64_t at, int64_t extent, const site &where, bool end_too) {
  const int64_t least = at < 0 ? -at : at + !end_too;
  array n = check_within(counted({extent}, where), least, INT64_MAX,
                         at < 0 ? "size_from_end" : "size", "index", where);
  operand size(n, where), position(at, where);
  return run_time_extent(at < 0 ? add(size, position) : minimum(size, position), "index", where);
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
  const int64_t first = s.start.value_or(0);
  int64_t offset = step > 0 && first >= 0 && !rules::is_run_time(first)
                       ? first
                       : run_time_extent(maximum(on(start), number(0)), "index", where);
  return {offset, run_time_extent(size, "index", where), step};
}

} // namespace nd::detail
