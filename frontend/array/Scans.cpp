// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/scans.h"

#include "frontend/array/Formula.h"
#include "ir/rules/extent.h"
#include "ir/rules/promote.h"

namespace nd {
namespace {

using detail::term;

/// The flattened array without an axis; 0-d arrays count as 1-D.
term lanes(const term &x, std::optional<int64_t> &axis) {
  if (axis && x.ndim() > 0)
    return x;
  term flat = x.reshape({detail::total_extent(x, x.where())});
  axis = axis.value_or(0);
  return flat;
}

array accumulated(const char *what, const char *mode, term x, std::optional<int64_t> axis) {
  x = lanes(x, axis);
  int64_t at = detail::axis_of(*axis, x.ndim(), what, x.where());
  return detail::record("nd.accumulate", {&x.value()}, {{"axis", at}, {"mode", mode}}, x.where());
}

array running(const char *what, const char *mode, const operand &a, std::optional<int64_t> axis,
              std::optional<dtype> type) {
  term x = detail::term_of(a);
  return accumulated(what, mode, x.as(type.value_or(rules::sum_result(x.dtype()))), axis);
}

/// The same with nan replaced.
array running_without_nan(const char *what, const char *mode, const operand &a, int neutral,
                          std::optional<int64_t> axis, std::optional<dtype> type) {
  term x = detail::term_of(a);
  if (!rules::is_inexact(x.dtype()))
    return running(what, mode, a, axis, type);
  return running(what, mode, where(isnan(x), neutral, x).on(), axis, type);
}

array cumulative(const char *what, const char *mode, const operand &a, int neutral,
                 std::optional<int64_t> axis, const cumulative_options &options) {
  term x = detail::term_of(a);
  if (!axis && x.ndim() != 1)
    detail::raise(rules::error_kind::value, what,
                  "the array has shape " + to_string(x.shape()) +
                      " and no axis is given; name the axis to go along",
                  x.where());
  if (x.ndim() == 0)
    detail::raise(rules::error_kind::value, what, "a 0-d array has no axis; reshape it to (1,)",
                  x.where());
  array out = running(what, mode, a, axis, options.dtype);
  if (!options.include_initial)
    return out;
  int64_t at = detail::axis_of(axis.value_or(0), x.ndim(), what, x.where());
  shape first = out.shape();
  first[size_t(at)] = 1;
  array parts[] = {detail::record_full(neutral, out.dtype(), first, x.where()), out};
  return detail::joined(parts, at, x.where());
}

term difference(const term &right, const term &left) {
  return rules::is_bool(right.dtype()) ? right != left : right - left;
}

} // namespace

array cumsum(const operand &x, std::optional<int64_t> axis, std::optional<dtype> type) {
  return running("cumsum", "add", x, axis, type);
}
array cumprod(const operand &x, std::optional<int64_t> axis, std::optional<dtype> type) {
  return running("cumprod", "multiply", x, axis, type);
}
array nancumsum(const operand &x, std::optional<int64_t> axis, std::optional<dtype> type) {
  return running_without_nan("nancumsum", "add", x, 0, axis, type);
}
array nancumprod(const operand &x, std::optional<int64_t> axis, std::optional<dtype> type) {
  return running_without_nan("nancumprod", "multiply", x, 1, axis, type);
}

array cumulative_sum(const operand &x, std::optional<int64_t> axis,
                     const cumulative_options &options) {
  return cumulative("cumulative_sum", "add", x, 0, axis, options);
}
array cumulative_sum(const operand &x, const cumulative_options &options) {
  return cumulative_sum(x, {}, options);
}
array cumulative_prod(const operand &x, std::optional<int64_t> axis,
                      const cumulative_options &options) {
  return cumulative("cumulative_prod", "multiply", x, 1, axis, options);
}
array cumulative_prod(const operand &x, const cumulative_options &options) {
  return cumulative_prod(x, {}, options);
}

namespace {

array extremes(const char *what, const char *mode, const operand &a, int64_t axis) {
  term x = detail::term_of(a);
  if (x.ndim() == 0)
    detail::raise(rules::error_kind::value, what,
                  "a 0-d array has no axis to go along; reshape it to (1,)", x.where());
  return accumulated(what, mode, x, axis);
}

} // namespace

array minimum_accumulate(const operand &x, int64_t axis) {
  return extremes("minimum_accumulate", "minimum", x, axis);
}
array maximum_accumulate(const operand &x, int64_t axis) {
  return extremes("maximum_accumulate", "maximum", x, axis);
}

array diff(const operand &a, int64_t n, int64_t axis, const diff_options &options) {
  term x = detail::term_of(a);
  const site &where = x.where();
  if (n < 0)
    detail::raise(rules::error_kind::value, "diff",
                  "the order is " + std::to_string(n) + "; it must be 0 or more", where);
  if (x.ndim() == 0)
    detail::raise(rules::error_kind::value, "diff",
                  "a 0-d array has no neighbours; at least 1 dimension is needed", where);
  const int64_t at = detail::axis_of(axis, x.ndim(), "diff", where);
  if (n == 0)
    return x;
  std::vector<array> parts;
  auto beside = [&](const array &part) {
    if (!detail::given(part))
      return;
    shape s = x.shape();
    s[size_t(at)] = 1;
    parts.push_back(part.ndim() == 0 ? detail::stretched(part, s, "diff", where) : part);
  };
  beside(options.prepend);
  parts.push_back(x);
  beside(options.append);
  if (parts.size() > 1)
    x = x.with(detail::joined(parts, at, where));
  // Of an axis that is empty already nothing changes.
  if (const int64_t extent = x.shape()[size_t(at)]; !rules::is_run_time(extent))
    n = std::min(n, std::max<int64_t>(1, extent));
  for (; n > 0; --n) {
    const int64_t extent = x.shape()[size_t(at)];
    if (rules::is_run_time(extent)) {
      const auto tail = detail::bounds_at_run_time(slice(1, {}), extent, where);
      const auto head = detail::bounds_at_run_time(slice({}, -1), extent, where);
      x = difference(x.part(at, tail.offset, tail.size), x.part(at, head.offset, tail.size));
      continue;
    }
    const int64_t left = std::max<int64_t>(0, extent - 1);
    x = difference(x.part(at, extent - left, left), x.part(at, 0, left));
  }
  return x;
}
array diff(const operand &x, const diff_options &options) { return diff(x, 1, -1, options); }

array ediff1d(const operand &ary, const array &to_end, const array &to_begin) {
  term x = detail::term_of(ary);
  const site &where = x.where();
  x = x.reshape({detail::total_extent(x, where)});
  std::vector<array> parts;
  auto beside = [&](const array &part, const char *name) {
    if (!detail::given(part))
      return;
    const dtype own = x.dtype(), other = part.dtype();
    auto kind = [](dtype t) {
      return rules::is_complex(t) ? 3 : rules::is_float(t) ? 2 : rules::is_bool(t) ? 0 : 1;
    };
    if (kind(other) > kind(own))
      detail::raise(rules::error_kind::dtype, "ediff1d",
                    std::string(name) + " is " + std::string(rules::name(other)) +
                        " and the array is " + std::string(rules::name(own)) +
                        ", which cannot hold it; cast the array first",
                    where);
    parts.push_back(detail::converted(detail::flat(part, where), own, where));
  };
  beside(to_begin, "to_begin");
  parts.push_back(diff(x.on()));
  beside(to_end, "to_end");
  return parts.size() == 1 ? parts[0] : detail::joined(parts, 0, where);
}

} // namespace nd
