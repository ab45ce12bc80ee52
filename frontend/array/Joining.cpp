// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Known.h"
#include "ir/rules/axes.h"
#include "nd/manipulation.h"

#include <algorithm>

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

array join(std::vector<array> parts, int64_t axis, const char *what, const site &where,
           const join_options &options = {}) {
  for (array &a : parts)
    if (options.dtype) {
      if (!detail::same_kind(a.dtype(), *options.dtype))
        detail::raise(rules::error_kind::dtype, what,
                      std::string(rules::name(a.dtype())) + " is not joined as " +
                          std::string(rules::name(*options.dtype)) +
                          ", which is of a lower kind; cast the array with astype",
                      where);
      a = detail::converted(a, *options.dtype, where);
    }
  const int64_t ndim = parts.empty() ? 0 : parts[0].ndim();
  detail::agree(parts, what, where, axis < 0 ? axis + ndim : axis);
  std::vector<extents> shapes;
  for (const array &a : parts)
    shapes.push_back(a.shape());
  extents out = detail::checked(rules::concatenate_shape(shapes, axis), what, where);
  return detail::joined(parts, axis < 0 ? axis + int64_t(out.size()) : axis, where);
}

} // namespace

array concatenate(const array_list &list, std::optional<int64_t> axis,
                  const join_options &options) {
  std::vector<array> parts = detail::arrays_of(list);
  if (!axis)
    for (array &a : parts)
      a = detail::flat(a, list.where());
  return join(std::move(parts), axis.value_or(0), "concatenate", list.where(), options);
}

array concat(const array_list &list, std::optional<int64_t> axis, const join_options &options) {
  return concatenate(list, axis, options);
}

array stack(const array_list &list, int64_t axis, const join_options &options) {
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
  return join(parts, at, "stack", where, options);
}

array vstack(const array_list &list, const join_options &options) {
  return join(at_least(list, 2), 0, "vstack", list.where(), options);
}

array hstack(const array_list &list, const join_options &options) {
  std::vector<array> parts = at_least(list, 1);
  const int64_t axis = parts.empty() || parts[0].ndim() == 1 ? 0 : 1;
  return join(parts, axis, "hstack", list.where(), options);
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

array r_(const array_list &list) { return join(at_least(list, 1), 0, "r_", list.where()); }

array block(std::initializer_list<array_list> rows, site where) {
  std::vector<std::vector<array>> parts;
  size_t ndim = 2;
  for (const array_list &row : rows) {
    parts.push_back(detail::arrays_of(row));
    for (const array &a : parts.back())
      ndim = std::max(ndim, a.shape().size());
  }
  std::vector<array> joined;
  for (std::vector<array> &row : parts) {
    if (row.empty())
      detail::raise(rules::error_kind::value, "block",
                    "row " + std::to_string(joined.size()) + " is empty; give it an array", where);
    for (array &a : row) {
      extents s = a.shape();
      s.insert(s.begin(), ndim - s.size(), 1);
      a = detail::reshaped(a, s, where);
    }
    joined.push_back(row.size() == 1 ? row[0] : join(row, -1, "block", where));
  }
  if (joined.empty())
    detail::raise(rules::error_kind::value, "block", "there are no blocks; give at least one row",
                  where);
  return joined.size() == 1 ? detail::copied(joined[0], where) : join(joined, -2, "block", where);
}

} // namespace nd
