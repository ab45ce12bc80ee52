// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Compose.h"
#include "ir/rules/axes.h"
#include "nd/manipulation.h"

namespace nd {

using detail::extents;

namespace {

/// The arrays with at least \p ndim axes, new ones in front.
std::vector<array> at_least(const array_list &list, size_t ndim) {
  std::vector<array> out = detail::arrays_of(list);
  for (array &a : out) {
    extents s = a.shape();
    if (s.size() < ndim)
      a = detail::reshaped(
          a,
          [&] {
            s.insert(s.begin(), ndim - s.size(), 1);
            return s;
          }(),
          list.where());
  }
  return out;
}

array join(std::vector<array> parts, int64_t axis, const char *what, const site &where) {
  const int64_t ndim = parts.empty() ? 0 : parts[0].ndim();
  detail::agree(parts, what, where, axis < 0 ? axis + ndim : axis);
  std::vector<extents> shapes;
  for (const array &a : parts)
    shapes.push_back(a.shape());
  extents out = detail::checked(rules::concatenate_shape(shapes, axis), what, where);
  return detail::joined(parts, axis < 0 ? axis + int64_t(out.size()) : axis, where);
}

} // namespace

array concatenate(const array_list &list, int64_t axis) {
  return join(detail::arrays_of(list), axis, "concatenate", list.where());
}

array concat(const array_list &list, int64_t axis) { return concatenate(list, axis); }

array stack(const array_list &list, int64_t axis) {
  const site &where = list.where();
  std::vector<array> parts = detail::arrays_of(list);
  if (parts.empty())
    detail::raise(rules::error_kind::value, "stack",
                  "there is nothing to stack; give at least one array", where);
  detail::agree(parts, "stack", where);
  for (size_t i = 1; i < parts.size(); ++i)
    if (!(parts[i].shape() == parts[0].shape()))
      detail::raise(rules::error_kind::shape, "stack",
                    "array 0 has shape " + to_string(parts[0].shape()) + " and array " +
                        std::to_string(i) + " has shape " + to_string(parts[i].shape()) +
                        "; all must have the same shape",
                    where);
  extents s = parts[0].shape();
  int64_t at = detail::axis_of(axis, int64_t(s.size()) + 1, "stack", where);
  s.insert(s.begin() + at, 1);
  for (array &a : parts)
    a = detail::reshaped(a, s, where);
  return join(parts, at, "stack", where);
}

array vstack(const array_list &list) { return join(at_least(list, 2), 0, "vstack", list.where()); }

array hstack(const array_list &list) {
  std::vector<array> parts = at_least(list, 1);
  return join(parts, !parts.empty() && parts[0].ndim() == 1 ? 0 : 1, "hstack", list.where());
}

array dstack(const array_list &list) {
  std::vector<array> parts = at_least(list, 2);
  for (array &a : parts)
    if (a.ndim() == 2) {
      extents s = a.shape();
      s.push_back(1);
      a = detail::reshaped(a, s, list.where());
    }
  return join(parts, 2, "dstack", list.where());
}

array column_stack(const array_list &list) {
  std::vector<array> parts = detail::arrays_of(list);
  for (array &a : parts)
    if (a.ndim() < 2)
      a = detail::reshaped(a, {a.size(), 1}, list.where());
  return join(parts, 1, "column_stack", list.where());
}

array c_(const array_list &list) {
  std::vector<array> parts = detail::arrays_of(list);
  for (array &a : parts)
    if (a.ndim() < 2)
      a = detail::reshaped(a, {a.size(), 1}, list.where());
  return join(parts, -1, "c_", list.where());
}

} // namespace nd
