// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/manipulation.h"

#include "frontend/array/Compose.h"
#include "ir/rules/axes.h"
#include "ir/rules/broadcast.h"
#include "ir/rules/extent.h"

#include <algorithm>

namespace nd {

using detail::as_array;
using detail::extents;

array astype(const operand &a, dtype type) {
  array from = as_array(a);
  return from.dtype() == type ? detail::copied(from, a.where())
                              : detail::converted(from, type, a.where());
}
array copy(const operand &a) { return detail::copied(as_array(a), a.where()); }

array reshape(const operand &x, const shape &s) {
  array a = as_array(x);
  auto is_open = [](const shape &extents) {
    return std::any_of(extents.begin(), extents.end(), rules::is_run_time);
  };
  if (is_open(a.shape()) || is_open(s))
    return detail::reshaped_at_run_time(a, s, x.where());
  return detail::reshaped(
      a, detail::checked(rules::reshape_shape(a.shape(), s), "reshape", x.where()), x.where());
}

array ravel(const operand &x) {
  array a = as_array(x);
  if (!detail::access::get(a).c_order())
    a = detail::copied(a, x.where());
  return detail::reshaped(a, {detail::total_extent(a, x.where())}, x.where());
}

array transpose(const operand &x, const axes &order) {
  array a = as_array(x);
  extents permutation;
  if (order.given())
    permutation = detail::checked(rules::normalise_permutation(extents(order.list()), a.ndim()),
                                  "transpose", x.where());
  else
    for (int64_t axis = a.ndim(); axis-- > 0;)
      permutation.push_back(axis);
  return detail::permuted(a, permutation, x.where());
}

array permute_dims(const operand &a, const axes &order) { return transpose(a, order); }

array matrix_transpose(const operand &a) {
  if (as_array(a).ndim() < 2)
    detail::raise(rules::error_kind::shape, "matrix_transpose",
                  "the array has shape " + to_string(as_array(a).shape()) +
                      "; at least 2 dimensions are needed",
                  a.where());
  return swapaxes(a, -1, -2);
}

array swapaxes(const operand &x, int64_t axis1, int64_t axis2) {
  array a = as_array(x);
  extents order = detail::axes_of({}, a.ndim(), "swapaxes", x.where());
  std::swap(order[size_t(detail::axis_of(axis1, a.ndim(), "swapaxes", x.where()))],
            order[size_t(detail::axis_of(axis2, a.ndim(), "swapaxes", x.where()))]);
  return detail::permuted(a, order, x.where());
}

array moveaxis(const operand &x, const axes &source, const axes &destination) {
  const site &where = x.where();
  array a = as_array(x);
  auto listed = [&](const axes &list) {
    if (!list.given())
      return extents();
    extents out = list.list();
    for (int64_t &axis : out)
      axis = detail::axis_of(axis, a.ndim(), "moveaxis", where);
    detail::checked(rules::normalise_axes(out, a.ndim()), "moveaxis", where);
    return out;
  };
  extents from = listed(source), to = listed(destination);
  if (from.size() != to.size())
    detail::raise(rules::error_kind::value, "moveaxis",
                  std::to_string(from.size()) + " axes are to move to " +
                      std::to_string(to.size()) + " positions; give as many of each",
                  where);
  extents order;
  for (int64_t axis = 0; axis < a.ndim(); ++axis)
    if (std::find(from.begin(), from.end(), axis) == from.end())
      order.push_back(axis);
  std::vector<std::pair<int64_t, int64_t>> moves;
  for (size_t i = 0; i < from.size(); ++i)
    moves.push_back({to[i], from[i]});
  std::sort(moves.begin(), moves.end());
  for (auto [position, axis] : moves)
    order.insert(order.begin() + position, axis);
  return detail::permuted(a, order, where);
}

array squeeze(const operand &x, const axes &axis) {
  array a = as_array(x);
  extents drop = detail::axes_of(axis, a.ndim(), "squeeze", x.where());
  shape out;
  for (int64_t i = 0; i < a.ndim(); ++i) {
    int64_t extent = a.shape()[size_t(i)];
    bool named = std::find(drop.begin(), drop.end(), i) != drop.end();
    if (named && extent != 1 && axis.given())
      detail::raise(rules::error_kind::value, "squeeze",
                    "axis " + std::to_string(i) + " of shape " + to_string(a.shape()) +
                        " has size " + std::to_string(extent) + "; only an axis of size 1 can go",
                    x.where());
    if (!named || extent != 1)
      out.push_back(extent);
  }
  return detail::reshaped(a, out, x.where());
}

array expand_dims(const operand &x, const axes &axis) {
  array a = as_array(x);
  int64_t ndim = a.ndim() + (axis.given() ? int64_t(axis.list().size()) : 0);
  extents added = axis.given() ? detail::axes_of(axis, ndim, "expand_dims", x.where()) : extents();
  shape out;
  for (int64_t i = 0, from = 0; i < ndim; ++i)
    out.push_back(
        std::find(added.begin(), added.end(), i) != added.end() ? 1 : a.shape()[size_t(from++)]);
  return detail::reshaped(a, out, x.where());
}

array broadcast_to(const operand &a, const shape &s) {
  detail::element_count(s, "broadcast_to", a.where());
  const array x = as_array(a), out = detail::stretched(x, s, "broadcast_to", a.where());
  // Read-only, even where there is nothing to repeat.
  return x.shape() == out.shape()
             ? detail::view(out, {detail::view_step::form::broadcast, out.shape(), {}}, a.where())
             : out;
}

std::vector<array> broadcast_arrays(const array_list &list) {
  std::vector<array> out = detail::arrays_of(list);
  detail::agree(out, "broadcast_arrays", list.where());
  std::vector<extents> shapes;
  for (const array &a : out)
    shapes.push_back(a.shape());
  extents common = detail::checked(rules::broadcast(shapes), "broadcast_arrays", list.where());
  for (array &a : out)
    a = detail::stretched(a, common, "broadcast_arrays", list.where());
  return out;
}

array flip(const operand &x, const axes &axis) {
  array a = as_array(x);
  extents offsets(a.shape().size(), 0), sizes = a.shape(), steps(a.shape().size(), 1);
  for (int64_t i : detail::axes_of(axis, a.ndim(), "flip", x.where()))
    if (rules::is_run_time(sizes[size_t(i)])) {
      offsets[size_t(i)] =
          detail::bounds_at_run_time(slice({}, {}, -1), sizes[size_t(i)], x.where()).offset;
      steps[size_t(i)] = -1;
    } else if (sizes[size_t(i)] > 1) {
      offsets[size_t(i)] = sizes[size_t(i)] - 1;
      steps[size_t(i)] = -1;
    }
  return detail::sliced(a, offsets, sizes, steps, x.where());
}

array flipud(const operand &m) { return flip(m, 0); }
array fliplr(const operand &m) { return flip(m, 1); }

} // namespace nd
