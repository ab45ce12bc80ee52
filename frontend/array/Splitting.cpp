// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/splitting.h"

#include "frontend/array/Known.h"
#include "nd/ufuncs.h"

namespace nd {
namespace {

/// Parts of an axis whose extent is decided at run time.
std::vector<array> parted_at_run_time(const char *what, const array &a, const cuts &at,
                                      int64_t axis, bool must_divide, const site &where) {
  const int64_t n = a.shape()[size_t(axis)];
  array length = detail::counted({n}, where);
  auto on = [&](const array &x) { return operand(x, where); };
  std::vector<array> out;
  auto take = [&](const rules::slice_bounds &b) {
    out.push_back(detail::sliced_along(a, size_t(axis), b.offset, b.size, b.stride, where));
  };
  if (!at.equal_parts()) {
    std::optional<int64_t> from;
    for (int64_t cut : at.positions()) {
      take(detail::bounds_at_run_time(slice(from, cut), n, where));
      from = cut;
    }
    take(detail::bounds_at_run_time(slice(from, {}), n, where));
    return out;
  }
  const int64_t sections = at.sections();
  array size = floor_divide(on(length), operand(sections, where));
  if (must_divide) { // the program says if it does not
    detail::extents s = a.shape();
    s[size_t(axis)] = detail::run_time_extent(size, what, where);
    s.insert(s.begin() + axis, sections);
    array whole = detail::check_shape(a, s, true, what, where);
    s.erase(s.begin() + axis);
    for (int64_t i = 0; i < sections; ++i)
      out.push_back(
          detail::reshaped(detail::sliced_along(whole, size_t(axis), i, 1, 1, where), s, where));
    return out;
  }
  array longer = remainder(on(length), operand(sections, where));
  for (int64_t i = 0; i < sections; ++i) {
    const operand index(i, where);
    array first = add(on(multiply(on(size), index)), on(minimum(on(longer), index))),
          count = add(on(size), on(detail::converted(greater(on(longer), index), int64, where)));
    take({detail::run_time_extent(first, what, where), detail::run_time_extent(count, what, where),
          1});
  }
  return out;
}

/// The elements from \p first up to \p last of an axis.
array part(const array &a, int64_t axis, int64_t first, int64_t last, const site &where) {
  const int64_t count = std::max<int64_t>(0, last - first);
  return detail::sliced_along(a, size_t(axis), count ? first : 0, count, 1, where);
}

std::vector<array> parted(const char *what, const operand &x, const cuts &at, int64_t axis,
                          bool must_divide) {
  const site &where = x.where();
  array a = detail::as_array(x);
  axis = detail::axis_of(axis, a.ndim(), what, where);
  const int64_t n = a.shape()[size_t(axis)];
  if (at.equal_parts() && at.sections() < 1)
    detail::raise(rules::error_kind::value, what,
                  "the number of parts is " + std::to_string(at.sections()) +
                      "; it must be 1 or more",
                  where);
  if (rules::is_run_time(n))
    return parted_at_run_time(what, a, at, axis, must_divide, where);
  std::vector<array> out;
  if (!at.equal_parts()) {
    // As Python's slices a[: cut], a[cut : next], ...
    auto clamped = [n](int64_t p) { return std::clamp<int64_t>(p < 0 ? p + n : p, 0, n); };
    int64_t from = 0;
    for (int64_t cut : at.positions()) {
      out.push_back(part(a, axis, from, clamped(cut), where));
      from = clamped(cut);
    }
    out.push_back(part(a, axis, from, n, where));
    return out;
  }
  const int64_t sections = at.sections();
  if (must_divide && n % sections)
    detail::raise(rules::error_kind::value, what,
                  "axis " + std::to_string(axis) + " of " + to_string(a.shape()) + " has size " +
                      std::to_string(n) + ", which does not divide into " +
                      std::to_string(sections) + " equal parts; use array_split",
                  where);
  detail::expect_memory(sections, detail::bytes_of_array, what, where);
  for (int64_t i = 0, from = 0; i < sections; ++i) {
    const int64_t size = n / sections + (i < n % sections);
    out.push_back(part(a, axis, from, from + size, where));
    from += size;
  }
  return out;
}

void need_axes(const char *what, const operand &x, int64_t least) {
  array a = detail::as_array(x);
  if (a.ndim() < least)
    detail::raise(rules::error_kind::value, what,
                  "the array has shape " + to_string(a.shape()) + "; at least " +
                      std::to_string(least) + (least == 1 ? " dimension is" : " dimensions are") +
                      " needed",
                  x.where());
}

} // namespace

std::vector<array> split(const operand &x, const cuts &at, int64_t axis) {
  return parted("split", x, at, axis, true);
}
std::vector<array> array_split(const operand &x, const cuts &at, int64_t axis) {
  return parted("array_split", x, at, axis, false);
}
std::vector<array> hsplit(const operand &x, const cuts &at) {
  need_axes("hsplit", x, 1);
  return parted("hsplit", x, at, detail::as_array(x).ndim() > 1, true);
}
std::vector<array> vsplit(const operand &x, const cuts &at) {
  need_axes("vsplit", x, 2);
  return parted("vsplit", x, at, 0, true);
}
std::vector<array> dsplit(const operand &x, const cuts &at) {
  need_axes("dsplit", x, 3);
  return parted("dsplit", x, at, 2, true);
}

std::vector<array> unstack(const operand &x, int64_t axis) {
  const site &where = x.where();
  need_axes("unstack", x, 1);
  array a = detail::as_array(x);
  axis = detail::axis_of(axis, a.ndim(), "unstack", where);
  const int64_t n = detail::known_extent(a, axis, "unstack", where);
  detail::extents rest = a.shape();
  rest.erase(rest.begin() + axis);
  detail::expect_memory(n, detail::bytes_of_array, "unstack", where);
  std::vector<array> out;
  for (int64_t i = 0; i < n; ++i)
    out.push_back(detail::reshaped(part(a, axis, i, i + 1, where), rest, where));
  return out;
}

} // namespace nd
