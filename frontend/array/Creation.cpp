// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/creation.h"

#include "frontend/array/Compose.h"
#include "nd/manipulation.h"
#include "nd/ufuncs.h"

#include <cmath>

namespace nd {

using detail::as_array;

array detail::over_memory(void *memory, dtype type, const shape &s, const shape &strides,
                          std::function<void()> give_back, bool readonly, const site &where) {
  element_count(s, "from_buffer", where);
  check_size(s, type, "from_buffer", where);
  if (!strides.empty() && strides.size() != s.size())
    raise(rules::error_kind::value, "from_buffer",
          "shape " + to_string(s) + " has " + std::to_string(s.size()) + " axes and " +
              std::to_string(strides.size()) + " strides are given; give one for each, in bytes",
          where);
  rules::layout how{s, strides, 0};
  if (strides.empty())
    how.strides = rules::c_strides(how.extents, int64_t(rules::itemsize(type)));
  array out = over(memory, type, how, std::move(give_back));
  access::get(out).readonly = readonly ? read_only::given : read_only::no;
  return out;
}

array zeros(const shape &s, dtype type, site where) {
  return detail::record_full(0, type, s, where, "zeros");
}
array ones(const shape &s, dtype type, site where) {
  return detail::record_full(1, type, s, where, "ones");
}
array empty(const shape &s, dtype type, site where) {
  return detail::allocate(type, s, "empty", where);
}

array full(const shape &s, const operand &value, std::optional<dtype> type) {
  const site &where = value.where();
  if (value.is_scalar()) {
    dtype chosen = type.value_or(as_array(value).dtype());
    return detail::record_full(value.value(), chosen, s, where);
  }
  array a = as_array(value);
  detail::element_count(s, "full", where);
  return detail::stretched(detail::converted(a, type.value_or(a.dtype()), where), s, "full", where);
}

array zeros_like(const operand &a, std::optional<dtype> type, const like_options &options) {
  return full_like(a, operand(0, a.where()), type, options);
}
array ones_like(const operand &a, std::optional<dtype> type, const like_options &options) {
  return full_like(a, operand(1, a.where()), type, options);
}
array empty_like(const operand &a, std::optional<dtype> type, const like_options &options) {
  array like = as_array(a);
  return empty(options.shape.value_or(like.shape()), type.value_or(like.dtype()), a.where());
}
array full_like(const operand &a, const operand &value, std::optional<dtype> type,
                const like_options &options) {
  array like = as_array(a);
  return full(options.shape.value_or(like.shape()), value, type.value_or(like.dtype()));
}

array asarray(const operand &a, std::optional<dtype> type) {
  array x = as_array(a);
  return detail::converted(x, type.value_or(x.dtype()), a.where());
}

namespace {

bool is_floating(const scalar &s) { return s.kind == scalar::category::floating; }

double real_of(const scalar &s) {
  double out;
  detail::store_scalar(s, dtype_kind::float64, &out);
  return out;
}

std::string text_of(const scalar &s) { return detail::number_text(real_of(s)); }

[[noreturn]] void refuse(const std::string &start, const std::string &stop, const std::string &step,
                         const site &where) {
  detail::raise(rules::error_kind::value, "arange",
                "from " + start + " to " + stop + " by " + step +
                    " are too many elements; use finite bounds and a larger step",
                where);
}

/// ceil((stop - start) / step), not below 0.
int64_t count_of(const scalar &start, const scalar &stop, const scalar &step, const site &where) {
  if (real_of(step) == 0)
    detail::raise(rules::error_kind::value, "arange",
                  "the step is 0; use a positive or a negative step", where);
  if (!is_floating(start) && !is_floating(stop) && !is_floating(step)) {
    __int128 span = __int128(stop.integer) - start.integer, by = step.integer;
    __int128 count = by > 0 ? (span + by - 1) / by : (span + by + 1) / by;
    if ((by > 0) != (span > 0) || span == 0)
      return 0;
    if (count > INT64_MAX)
      refuse(std::to_string(start.integer), std::to_string(stop.integer),
             std::to_string(step.integer), where);
    return int64_t(count);
  }
  double count = std::ceil((real_of(stop) - real_of(start)) / real_of(step));
  if (!(count < 0x1p62))
    refuse(text_of(start), text_of(stop), text_of(step), where);
  return count > 0 ? int64_t(count) : 0;
}

/// start + i * delta over \p count positions, where second = start + delta; computed in \p T, the
/// widest of its kind.
template <class T>
array progression(T start, T second, int64_t count, dtype type, const site &where) {
  array i = detail::positions({count}, 0, type, where);
  T delta = second - start;
  array steps = delta == T(1) ? i : multiply(operand(i, where), operand(delta, where));
  return start == T(0) ? steps : add(operand(steps, where), operand(start, where));
}

} // namespace

array arange(const scalar &stop, std::optional<dtype> type, site where) {
  return arange(is_floating(stop) ? scalar(0.0) : scalar(0), stop, 1, type, where);
}

array arange(const scalar &start, const scalar &stop, const scalar &step, std::optional<dtype> type,
             site where) {
  for (const scalar &s : {start, stop, step})
    if (s.kind == scalar::category::complex)
      detail::raise(rules::error_kind::dtype, "arange",
                    "a bound or the step is complex; give real ones and a complex dtype", where);
  bool floating = is_floating(start) || is_floating(stop) || is_floating(step);
  dtype chosen = type.value_or(floating ? float64 : int64);
  int64_t count = count_of(start, stop, step, where);
  scalar second = floating ? scalar(real_of(start) + real_of(step))
                           : scalar(int64_t(uint64_t(start.integer) + uint64_t(step.integer)));
  if (chosen == bool_)
    return detail::converted(arange(start, stop, step, int64, where), bool_, where);
  if (rules::is_complex(chosen))
    return detail::converted(arange(start, stop, step, rules::real_of(chosen), where), chosen,
                             where);
  if (rules::is_float(chosen)) {
    // NumPy stores the first two elements and continues with their difference, for float16 in
    // float32.
    dtype work = rules::accumulator_of(chosen);
    auto rounded = [](double x, dtype to) {
      char bytes[8];
      detail::store_scalar(x, to, bytes);
      detail::convert(bytes, to, &x, float64, 1);
      return x;
    };
    double first = rounded(real_of(start), chosen), next = rounded(real_of(second), chosen);
    array out = progression(first, next, count, work, where);
    double delta = rounded(next - first, work);
    bool exact = rounded(first + delta, work) == next;
    if (!exact && count >= 2) {
      array i = detail::positions({count}, 0, int64, where);
      out = nd::where(operand(equal(operand(i, where), operand(1, where)), where),
                      operand(next, where), operand(out, where));
    }
    return detail::converted(out, chosen, where);
  }
  int64_t first = 0, next = 0;
  detail::store_scalar(start, int64, &first);
  detail::store_scalar(second, int64, &next);
  return detail::converted(progression(first, next, count, int64, where), chosen, where);
}

array linspace(double start, double stop, int64_t num, bool endpoint, dtype type, site where) {
  if (num < 0)
    detail::raise(rules::error_kind::value, "linspace",
                  "the number of elements is " + std::to_string(num) + "; it must be 0 or more",
                  where);
  auto on = [&](const array &a) { return operand(a, where); };
  auto number = [&](double x) { return operand(x, where); };
  const int64_t parts = endpoint ? num - 1 : num;
  const double span = stop - start, step = span / double(parts);
  array i = detail::positions({num}, 0, float64, where);
  array y = parts <= 0  ? multiply(on(i), number(span))
            : step == 0 ? multiply(on(divide(on(i), number(double(parts)))), number(span))
                        : multiply(on(i), number(step));
  y = add(on(y), number(start));
  if (endpoint && num > 1)
    y = nd::where(on(equal(on(i), number(double(num - 1)))), number(stop), on(y));
  if (rules::is_integer(type))
    y = floor(on(y));
  return detail::converted(y, type, where);
}

array logspace(double start, double stop, int64_t num, bool endpoint, double base, dtype type,
               site where) {
  array y = linspace(start, stop, num, endpoint, float64, where);
  array b = detail::record_full(base, float64, {}, where);
  return detail::converted(power(operand(b, where), operand(y, where)), type, where);
}

array geomspace(double start, double stop, int64_t num, bool endpoint, dtype type, site where) {
  if (start == 0 || stop == 0 || (start < 0) != (stop < 0))
    detail::raise(rules::error_kind::value, "geomspace",
                  "no geometric progression leads from " + detail::number_text(start) + " to " +
                      detail::number_text(stop) + "; use bounds of one sign, neither 0",
                  where);
  auto on = [&](const array &a) { return operand(a, where); };
  const double sign = start < 0 ? -1 : 1, first = sign * start, last = sign * stop;
  array y = logspace(std::log10(first), std::log10(last), num, endpoint, 10, float64, where);
  array i = detail::positions({num}, 0, float64, where);
  y = nd::where(on(equal(on(i), operand(0.0, where))), operand(first, where), on(y));
  if (endpoint && num > 1)
    y = nd::where(on(equal(on(i), operand(double(num - 1), where))), operand(last, where), on(y));
  if (sign < 0)
    y = negative(on(y));
  return detail::converted(y, type, where);
}

} // namespace nd
