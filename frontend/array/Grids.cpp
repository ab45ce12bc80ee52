// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Coordinates: evenly from one array to another, and of the points of a grid.
#include "frontend/array/Known.h"
#include "ir/rules/broadcast.h"
#include "nd/creation.h"
#include "nd/manipulation.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

#include <cmath>

namespace nd {

using detail::as_array;
using detail::extents;

namespace {

/// As numpy.linspace goes about it, so that the results are the same bits.
linspace_result between(const operand &x, const operand &y, int64_t num, bool endpoint,
                        std::optional<dtype> type, const linspace_options &options) {
  const char *what = "linspace";
  const site &where = x.is_scalar() ? y.where() : x.where();
  auto on = [&](const array &a) { return operand(a, where); };
  auto number = [&](double v, dtype_kind t) { return detail::record_full(v, t, {}, where); };
  if (num < 0)
    detail::raise(rules::error_kind::value, what,
                  "the number of elements is " + std::to_string(num) + "; it must be 0 or more",
                  where);
  const bool scalars = x.is_scalar() && y.is_scalar();
  auto floating = [&](const operand &a) {
    array v = as_array(a);
    return rules::is_inexact(v.dtype()) ? v : detail::converted(v, float64, where);
  };
  array start = floating(x), stop = floating(y);
  // Scalars are weak beside arrays.
  dtype_kind work = rules::promote(start.dtype(), stop.dtype());
  if (!scalars && x.is_scalar())
    work = rules::promote_weak(stop.dtype(), detail::weak_kind_of(x.value()));
  if (!scalars && y.is_scalar())
    work = rules::promote_weak(start.dtype(), detail::weak_kind_of(y.value()));
  start = detail::converted(start, work, where);
  stop = detail::converted(stop, work, where);
  extents common = detail::checked(
      rules::broadcast(std::vector<extents>{start.shape(), stop.shape()}), what, where);

  const int64_t parts = endpoint ? num - 1 : num;
  const dtype_kind real = rules::real_of(work);
  array delta = subtract(on(stop), on(start)), count = number(double(parts), real);
  array step = parts > 0 ? divide(on(delta), on(count))
                         : detail::record_full(std::nan(""), work, delta.shape(), where);
  extents own(common.size() + 1, 1), row = common;
  own[0] = num;
  row.insert(row.begin(), 1);
  auto as_row = [&](const array &a) {
    return detail::reshaped(detail::stretched(a, common, what, where), row, where);
  };
  array i = detail::positions(own, 0, real, where), wide = as_row(delta), first = as_row(start),
        samples;
  if (parts > 0) {
    // A step too small for the dtype: the fraction of the way instead.
    array flat = any(on(equal(on(step), operand(0, where))));
    array slow = multiply(on(divide(on(i), on(count))), on(wide)),
          fast = multiply(on(i), on(as_row(step)));
    samples = nd::where(on(flat), on(slow), on(fast));
  } else {
    samples = multiply(on(i), on(wide));
  }
  samples = add(on(samples), on(first));
  if (endpoint && num > 1) {
    array last = equal(on(i), on(number(double(num - 1), real)));
    samples = nd::where(on(last), on(as_row(stop)), on(samples));
  }
  const dtype_kind to = type.value_or(work);
  if (rules::is_integer(to))
    samples = floor(on(samples));
  samples = detail::converted(samples, to, where);
  const int64_t ndim = samples.ndim(), at = detail::axis_of(options.axis, ndim, what, where);
  return {detail::permuted(samples, detail::back_axis(ndim, at), where), step};
}

} // namespace

array linspace(const operand &start, const operand &stop, int64_t num, bool endpoint,
               std::optional<dtype> type, const linspace_options &options) {
  return between(start, stop, num, endpoint, type, options).samples;
}
linspace_result linspace(const operand &start, const operand &stop, int64_t num, bool endpoint,
                         retstep_t, std::optional<dtype> type, const linspace_options &options) {
  return between(start, stop, num, endpoint, type, options);
}

array logspace(const operand &start, const operand &stop, int64_t num, bool endpoint,
               const operand &base, std::optional<dtype> type, const linspace_options &options) {
  const site &where = start.where();
  array y = between(start, stop, num, endpoint, {}, options).samples;
  if (base.is_scalar())
    y = power(base, operand(y, where));
  else // an element for each row of numbers
    y = power(operand(expand_dims(base, options.axis), where), operand(y, where));
  return detail::converted(y, type.value_or(y.dtype()), where);
}

array geomspace(const operand &x, const operand &y, int64_t num, bool endpoint,
                std::optional<dtype> type, const linspace_options &options) {
  const site &where = x.is_scalar() ? y.where() : x.where();
  auto on = [&](const array &a) { return operand(a, where); };
  array start = as_array(x), stop = as_array(y);
  dtype_kind work = rules::promote(start.dtype(), stop.dtype());
  if (!rules::is_inexact(work))
    work = float64;
  start = detail::converted(start, work, where);
  stop = detail::converted(stop, work, where);
  // From 1 in the direction of the start, so that the logarithms are real where they can be.
  array direction = sign(on(start));
  array first = divide(on(start), on(direction)), last = divide(on(stop), on(direction));
  array from = log10(on(first)), to = log10(on(last));
  array out =
      power(operand(10.0, where), on(between(on(from), on(to), num, endpoint, {}, {}).samples));
  extents own(out.shape().size(), 1);
  own[0] = num;
  array i = detail::positions(own, 0, int64, where);
  out = nd::where(on(equal(on(i), operand(0, where))), on(first), on(out));
  if (endpoint && num > 1)
    out = nd::where(on(equal(on(i), operand(num - 1, where))), on(last), on(out));
  out = multiply(on(out), on(direction));
  out = detail::converted(out, type.value_or(work), where);
  const int64_t ndim = out.ndim(), at = detail::axis_of(options.axis, ndim, "geomspace", where);
  return detail::permuted(out, detail::back_axis(ndim, at), where);
}

std::vector<array> meshgrid(const array_list &vectors, std::string_view indexing,
                            const meshgrid_options &options) {
  const site &where = vectors.where();
  if (indexing != "xy" && indexing != "ij")
    detail::raise(rules::error_kind::value, "meshgrid",
                  "indexing is '" + std::string(indexing) + "'; use 'xy' or 'ij'", where);
  std::vector<array> parts = detail::arrays_of(vectors);
  auto axis_for = [&](size_t i) {
    return indexing == "xy" && parts.size() > 1 && i < 2 ? 1 - i : i;
  };
  shape out(std::vector<int64_t>(parts.size(), 1));
  for (size_t i = 0; i < parts.size(); ++i)
    out[axis_for(i)] = detail::total_extent(parts[i], where);
  for (size_t i = 0; i < parts.size(); ++i) {
    shape own(std::vector<int64_t>(parts.size(), 1));
    own[axis_for(i)] = out[axis_for(i)];
    parts[i] = detail::reshaped(parts[i], own, where);
    if (!options.sparse)
      parts[i] = detail::stretched(parts[i], out, "meshgrid", where);
    if (options.copy)
      parts[i] = detail::copied(parts[i], where);
  }
  return parts;
}

std::vector<array> detail::grid(std::span<const slice> ranges, bool open, const site &where) {
  const char *what = open ? "ogrid" : "mgrid";
  std::vector<int64_t> start, step;
  shape whole;
  for (const slice &s : ranges) {
    if (!s.stop)
      raise(rules::error_kind::value, what,
            "axis " + std::to_string(whole.size()) + " has no end; give the slice a stop", where);
    start.push_back(s.start.value_or(0));
    step.push_back(s.step.value_or(1));
    if (step.back() == 0)
      raise(rules::error_kind::value, what, "the slice step is 0; use a positive or a negative one",
            where);
    const __int128 span = __int128(*s.stop) - start.back(), by = step.back();
    const __int128 count = by > 0 ? (span + by - 1) / by : (span + by + 1) / by;
    if (count > INT64_MAX)
      raise(rules::error_kind::value, what,
            "axis " + std::to_string(whole.size()) + " from " + std::to_string(start.back()) +
                " to " + std::to_string(*s.stop) +
                " has more than 2^63 - 1 elements; use closer bounds or a larger step",
            where);
    whole.push_back((by > 0) == (span > 0) && span != 0 ? int64_t(count) : 0);
  }
  element_count(whole, what, where);
  std::vector<array> out;
  for (size_t i = 0; i < whole.size(); ++i) {
    shape own(std::vector<int64_t>(whole.size(), 1));
    own[i] = whole[i];
    array at = positions(own, int64_t(i), int64, where);
    at = add(operand(multiply(operand(at, where), operand(step[i], where)), where),
             operand(start[i], where));
    out.push_back(open ? at : stretched(at, whole, what, where));
  }
  return out;
}

array detail::stacked_grid(std::span<const slice> ranges, const site &where) {
  std::vector<array> parts = grid(ranges, false, where);
  if (parts.size() == 1)
    return copied(parts[0], where);
  for (array &a : parts) {
    extents s = a.shape();
    s.insert(s.begin(), 1);
    a = reshaped(a, s, where);
  }
  return joined(parts, 0, where);
}

std::vector<array> detail::positions_of(const shape &s, dtype type, int64_t count,
                                        const site &where) {
  if (int64_t(s.size()) != count)
    raise(rules::error_kind::shape, "fromfunction",
          "the shape is " + to_string(s) + " and the function takes " + std::to_string(count) +
              (count == 1 ? " array" : " arrays") + "; it takes one for each axis",
          where);
  element_count(s, "fromfunction", where);
  std::vector<array> out;
  for (int64_t axis = 0; axis < count; ++axis)
    out.push_back(positions(s, axis, type, where));
  return out;
}

} // namespace nd
