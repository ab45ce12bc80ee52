// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements moved and repeated as the shape alone says.
#include "frontend/array/Known.h"
#include "ir/rules/axes.h"
#include "ir/rules/broadcast.h"
#include "nd/manipulation.h"
#include "nd/ufuncs.h"

#include <algorithm>

namespace nd {

using detail::as_array;
using detail::extents;

array rot90(const operand &m, int64_t k, const axes &plane) {
  const site &where = m.where();
  array a = as_array(m);
  if (!plane.given() || plane.list().size() != 2)
    detail::raise(rules::error_kind::value, "rot90",
                  std::to_string(plane.given() ? plane.list().size() : 0) +
                      " axes are given; a plane has 2",
                  where);
  const int64_t from = detail::axis_of(plane.list()[0], a.ndim(), "rot90", where),
                to = detail::axis_of(plane.list()[1], a.ndim(), "rot90", where);
  if (from == to)
    detail::raise(rules::error_kind::value, "rot90",
                  "both axes are " + std::to_string(from) + "; a plane has 2 different ones",
                  where);
  auto on = [&](const array &x) { return operand(x, where); };
  k = ((k % 4) + 4) % 4;
  if (k == 0)
    return detail::alias(a);
  if (k == 2)
    return flip(on(a), axes{from, to});
  extents order = detail::axes_of({}, a.ndim(), "rot90", where);
  std::swap(order[size_t(from)], order[size_t(to)]);
  return k == 1 ? detail::permuted(flip(on(a), to), order, where)
                : flip(on(detail::permuted(a, order, where)), to);
}

array roll(const operand &x, const axes &shift, const axes &axis) {
  const site &where = x.where();
  array a = as_array(x);
  if (!shift.given())
    detail::raise(rules::error_kind::value, "roll", "no shift is given; give one or several",
                  where);
  const nd::shape given = a.shape(), &shifts = shift.list();
  std::vector<std::pair<int64_t, int64_t>> moves; // axis, shift
  if (!axis.given()) {
    a = detail::flat(a, where);
    for (int64_t s : shifts)
      moves.push_back({0, s});
  } else {
    const nd::shape &list = axis.list();
    if (list.size() != shifts.size() && list.size() != 1 && shifts.size() != 1)
      detail::raise(rules::error_kind::value, "roll",
                    std::to_string(shifts.size()) + " shifts are given for " +
                        std::to_string(list.size()) + " axes; give one for each, or one for all",
                    where);
    for (size_t i = 0; i < std::max(list.size(), shifts.size()); ++i)
      moves.push_back({detail::axis_of(list[list.size() == 1 ? 0 : i], a.ndim(), "roll", where),
                       shifts[shifts.size() == 1 ? 0 : i]});
  }
  std::vector<int64_t> total(size_t(a.ndim()), 0);
  for (auto [at, s] : moves)
    total[size_t(at)] = int64_t(uint64_t(total[size_t(at)]) + uint64_t(s));
  std::vector<std::pair<size_t, int64_t>> turns; // axis, shift
  bool moved = false;
  for (size_t at = 0; at < total.size(); ++at) {
    const int64_t n = a.shape()[at];
    if (rules::is_run_time(n)) {
      auto on = [&](const array &v) { return operand(v, where); };
      array p = subtract(on(detail::positions({n}, 0, int64, where)), operand(total[at], where));
      array size = detail::counted({n}, where);
      a = detail::taken_along(a, int64_t(at), remainder(on(p), on(size)), where);
      moved = true;
      continue;
    }
    const int64_t by = n ? ((total[at] % n) + n) % n : 0;
    if (by)
      turns.push_back({at, by});
  }
  if (turns.size() == 1) {
    const auto [at, by] = turns[0];
    const int64_t n = a.shape()[at];
    array parts[] = {detail::sliced_along(a, at, n - by, by, 1, where),
                     detail::sliced_along(a, at, 0, n - by, 1, where)};
    a = detail::joined(parts, int64_t(at), where);
    moved = true;
  } else if (!turns.empty()) { // each block goes where it belongs at once
    array out = detail::record_as("nd.empty", {}, {}, a.dtype(), a.shape(), where);
    const extents steps(a.shape().size(), 1);
    for (size_t block = 0; block < size_t(1) << turns.size(); ++block) {
      array piece = a;
      extents offsets(a.shape().size(), 0);
      for (size_t i = 0; i < turns.size(); ++i) {
        const auto [at, by] = turns[i];
        const int64_t n = a.shape()[at];
        const bool leaves = block >> i & 1;
        piece =
            detail::sliced_along(piece, at, leaves ? n - by : 0, leaves ? by : n - by, 1, where);
        offsets[at] = leaves ? 0 : by;
      }
      out =
          detail::record_as("nd.update", {&out, &piece}, {{"offsets", offsets}, {"strides", steps}},
                            a.dtype(), a.shape(), where);
    }
    a = out;
    moved = true;
  }
  if (!moved)
    a = detail::copied(a, where);
  return axis.given() ? a : detail::reshaped(a, given, where);
}

array rollaxis(const operand &x, int64_t axis, int64_t start) {
  const site &where = x.where();
  array a = as_array(x);
  const int64_t n = a.ndim();
  axis = detail::axis_of(axis, n, "rollaxis", where);
  if (start < -n || start > n)
    detail::raise(rules::error_kind::shape, "rollaxis",
                  "start is " + std::to_string(start) + " for an array of " + std::to_string(n) +
                      " dimensions; it runs from " + std::to_string(-n) + " to " +
                      std::to_string(n),
                  where);
  if (start < 0)
    start += n;
  extents order = detail::axes_of({}, n, "rollaxis", where);
  order.erase(order.begin() + axis);
  order.insert(order.begin() + (axis < start ? start - 1 : start), axis);
  return detail::permuted(a, order, where);
}

array tile(const operand &x, const shape &reps) {
  const site &where = x.where();
  array a = as_array(x);
  extents times = reps, s = a.shape();
  const size_t ndim = std::max(times.size(), s.size());
  times.insert(times.begin(), ndim - times.size(), 1);
  s.insert(s.begin(), ndim - s.size(), 1);
  bool once = true;
  extents spread, wide, out;
  for (size_t i = 0; i < ndim; ++i) {
    if (times[i] < 0)
      detail::raise(rules::error_kind::value, "tile",
                    "the number of repetitions is " + std::to_string(times[i]) +
                        "; it must be 0 or more",
                    where);
    once &= times[i] == 1;
    if (times[i] == 1) {
      spread.push_back(s[i]);
      wide.push_back(s[i]);
      out.push_back(s[i]);
      continue;
    }
    array at = detail::reshaped(a, s, where);
    const int64_t n = at.shape()[i];
    spread.insert(spread.end(), {1, n});
    wide.insert(wide.end(), {times[i], n});
    out.push_back(detail::extent_product({times[i], n}, "tile", where));
  }
  if (once)
    return detail::copied(detail::reshaped(a, s, where), where);
  detail::element_count(out, "tile", where);
  // Over axes of one element the merged axes are still a view, which repeats elements.
  a = detail::stretched(detail::reshaped(a, spread, where), wide, "tile", where);
  return detail::copied(detail::reshaped(a, out, where), where);
}

array atleast_1d(const operand &x) {
  array a = as_array(x);
  return a.ndim() ? a : detail::reshaped(a, {1}, x.where());
}

array atleast_2d(const operand &x) {
  array a = as_array(x);
  if (a.ndim() >= 2)
    return a;
  return detail::reshaped(a, a.ndim() ? shape{1, a.shape()[0]} : shape{1, 1}, x.where());
}

array atleast_3d(const operand &x) {
  array a = as_array(x);
  const nd::shape &s = a.shape();
  if (s.size() >= 3)
    return a;
  return detail::reshaped(a,
                          s.size() == 2   ? shape{s[0], s[1], 1}
                          : s.size() == 1 ? shape{1, s[0], 1}
                                          : shape{1, 1, 1},
                          x.where());
}

shape broadcast_shapes(const std::vector<shape> &shapes, site where) {
  std::vector<extents> list(shapes.begin(), shapes.end());
  for (const extents &s : list)
    detail::element_count(s, "broadcast_shapes", where);
  if (list.empty())
    return {};
  return detail::checked(rules::broadcast(list), "broadcast_shapes", where);
}
shape broadcast_shapes(std::initializer_list<shape> shapes, site where) {
  return broadcast_shapes(std::vector<shape>(shapes), where);
}

int64_t ndim(const operand &a) { return as_array(a).ndim(); }
int64_t size(const operand &x, std::optional<int64_t> axis) {
  array a = as_array(x);
  return axis ? a.shape()[size_t(detail::axis_of(*axis, a.ndim(), "size", x.where()))] : a.size();
}

} // namespace nd
