// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Broadcasting: shapes are aligned at the last axis; on each axis the extents are equal or 1.
// Of an unknown extent: ? with ? gives ?, ? with 1 gives ?, ? with n != 1 gives n.
#ifndef ND_RULES_BROADCAST_H
#define ND_RULES_BROADCAST_H

#include "ir/rules/error.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <string_view>

namespace nd::rules {
namespace detail {

/// The extent of two aligned axes, or -1 when they disagree.
inline int64_t broadcast_extent(int64_t a, int64_t b) {
  if (a == b || b == 1)
    return a;
  if (a == 1 || a == dynamic)
    return b;
  return b == dynamic ? a : -1;
}

/// Merges \p s into \p out; false if an axis disagrees.
inline bool broadcast_into(shape &out, const shape &s) {
  if (s.size() > out.size())
    out.insert(out.begin(), s.size() - out.size(), 1);
  size_t lead = out.size() - s.size();
  for (size_t i = 0; i < s.size(); ++i) {
    int64_t e = broadcast_extent(out[lead + i], s[i]);
    if (e == -1)
      return false;
    out[lead + i] = e;
  }
  return true;
}

inline bool broadcasts(const shape &a, const shape &b) {
  shape out = a;
  return broadcast_into(out, b);
}

/// "a", "a and b", "a, b and c".
inline std::string join_and(const std::vector<std::string> &parts) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

/// What to do about two shapes that do not broadcast.
inline std::string broadcast_fix(const shape &a, const shape &b, std::string_view op) {
  const bool second = b.size() <= a.size();
  const shape &small = second ? b : a, &large = second ? a : b;
  const std::string which = second ? "second" : "first";
  bool verb = op == "add" || op == "subtract" || op == "multiply" || op == "divide";
  std::string apply = verb ? std::string(op) : "apply it";
  shape padded = small;
  while (padded.size() < large.size()) {
    padded.push_back(1);
    if (!broadcasts(large, padded))
      continue;
    std::string text = "reshape the " + which + " to " + to_string(padded) + " to " + apply;
    if (small.size() == 1 && large.size() == 2)
      return text + " per row";
    return text + " along axis " + std::to_string(large.size() - padded.size());
  }
  shape reversed(small.rbegin(), small.rend());
  if (small.size() == 2 && broadcasts(large, reversed))
    return "transpose the " + which + " to " + to_string(reversed);
  return "the sizes of an axis must be equal or 1";
}

inline error broadcast_error(std::span<const shape> shapes, std::string_view op) {
  size_t ndim = 0;
  for (const shape &s : shapes)
    ndim = std::max(ndim, s.size());
  for (size_t back = 1; back <= ndim; ++back) {
    int64_t merged = 1;
    std::vector<std::string> extents;
    for (const shape &s : shapes) {
      if (back > s.size())
        continue;
      int64_t e = s[s.size() - back];
      extents.push_back(extent_to_string(e));
      if (merged != -1)
        merged = broadcast_extent(merged, e);
    }
    if (merged != -1)
      continue;
    std::vector<std::string> texts;
    for (const shape &s : shapes)
      texts.push_back(to_string(s));
    return {error_kind::shape,
            "shapes " + join_and(texts) + " do not broadcast: axis -" + std::to_string(back) +
                " is " + join_and(extents) + "; " +
                (shapes.size() == 2 ? broadcast_fix(shapes[0], shapes[1], op)
                                    : std::string("the sizes of an axis must be equal or 1"))};
  }
  return {error_kind::shape, "shapes do not broadcast"};
}

} // namespace detail

/// The common shape of \p shapes (numpy.broadcast_shapes); () for none. \p op words the fix only.
inline result<shape> broadcast(std::span<const shape> shapes, std::string_view op = {}) {
  shape out;
  for (const shape &s : shapes)
    if (!detail::broadcast_into(out, s))
      return std::unexpected(detail::broadcast_error(shapes, op));
  return out;
}

inline result<shape> broadcast(std::initializer_list<shape> shapes, std::string_view op = {}) {
  return broadcast(std::span<const shape>(shapes.begin(), shapes.size()), op);
}

inline result<shape> broadcast(const shape &a, const shape &b, std::string_view op = {}) {
  shape out = a;
  if (!detail::broadcast_into(out, b)) {
    std::array<shape, 2> both = {a, b};
    return std::unexpected(detail::broadcast_error(both, op));
  }
  return out;
}

/// Checks that \p from stretches to \p to (numpy.broadcast_to) and gives the result, which is \p to
/// with the unknown extents that \p from decides filled in.
inline result<shape> broadcast_to_shape(const shape &from, const shape &to) {
  if (from.size() > to.size())
    return fail(error_kind::shape, "shape " + to_string(from) + " does not broadcast to " +
                                       to_string(to) + ": it has " + std::to_string(from.size()) +
                                       " axes and the target has " + std::to_string(to.size()) +
                                       "; reshape it or add leading axes to the target");
  shape out = to;
  size_t lead = to.size() - from.size();
  for (size_t axis = 0; axis < to.size(); ++axis)
    if (to[axis] < 0 && to[axis] != dynamic)
      return fail(error_kind::value, "shape " + to_string(to) + " has the negative size " +
                                         std::to_string(to[axis]) + " on axis " +
                                         std::to_string(axis) + "; sizes are 0 or more");
  for (size_t i = 0; i < from.size(); ++i) {
    int64_t f = from[i], &t = out[lead + i];
    if (f == t || f == 1 || f == dynamic)
      continue;
    if (t != dynamic)
      return fail(error_kind::shape,
                  "shape " + to_string(from) + " does not broadcast to " + to_string(to) +
                      ": axis -" + std::to_string(from.size() - i) + " is " + std::to_string(f) +
                      " and " + std::to_string(t) + "; only an axis of size 1 stretches");
    t = f;
  }
  return out;
}

} // namespace nd::rules

#endif // ND_RULES_BROADCAST_H
