// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// pad: each axis in turn gets what its mode makes of the array so far.
#include "frontend/array/Formula.h"
#include "frontend/array/Known.h"
#include "nd/editing.h"
#include "nd/manipulation.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

#include <algorithm>

namespace nd {
namespace {

using detail::as_array;
using detail::extents;
using pairs = std::vector<std::array<int64_t, 2>>;

/// Where the element comes from that stands at \p at of an axis of \p n.
detail::term taken_from(std::string_view mode, const detail::term &at, const detail::term &n) {
  if (mode == "edge")
    return minimum(maximum(at, 0), n - 1);
  if (mode == "wrap")
    return at % n;
  const bool twice = mode == "symmetric"; // there and back, with the edges once or twice
  const detail::term period = twice ? n * 2 : maximum((n - 1) * 2, 1), turned = at % period;
  return where(turned < n, turned, period - turned - int64_t(twice));
}

struct padding {
  const pad_options &options;
  const site &where;

  operand on(const array &a) const { return operand(a, where); }
  [[noreturn]] void raise(const std::string &text) const {
    detail::raise(rules::error_kind::value, "pad", text, where);
  }

  /// A number for each side of each axis: (ndim, 2).
  array sides(const array &x, int64_t ndim, std::string_view name) const {
    const bool one_row = x.size() == 2 && !(x.ndim() == 2 && x.shape()[1] == 1);
    array row = x.size() == 1 ? detail::reshaped(x, {1, 1}, where)
                : one_row     ? detail::reshaped(x, {1, 2}, where)
                              : x;
    if (row.ndim() > 2 || (row.ndim() == 2 && row.shape()[0] != 1 && row.shape()[0] != ndim) ||
        (row.ndim() >= 1 && row.shape().back() != 1 && row.shape().back() != 2))
      raise(std::string(name) + " has shape " + to_string(x.shape()) + " for an array of " +
            std::to_string(ndim) +
            " dimensions; give one number, {before, after}, or {before, after} for each axis");
    return detail::stretched(row, {ndim, 2}, "pad", where);
  }
  pairs numbers(const array &x, int64_t ndim, std::string_view name, int64_t least) const {
    if (!rules::is_integer(x.dtype()))
      detail::raise(rules::error_kind::dtype, "pad",
                    std::string(name) + " is " + std::string(rules::name(x.dtype())) +
                        "; use integers",
                    where);
    std::vector<int64_t> flat = sides(x, ndim, name).to_vector<int64_t>(where);
    pairs out;
    for (size_t i = 0; i < flat.size(); i += 2) {
      if (std::min(flat[i], flat[i + 1]) < least)
        raise(std::string(name) + " is " + std::to_string(std::min(flat[i], flat[i + 1])) +
              "; it must be " + std::to_string(least) + " or more");
      out.push_back({flat[i], flat[i + 1]});
    }
    return out;
  }
  /// The number for one side of an axis, 0-d.
  array number(const array &sides, int64_t axis, int64_t side) const {
    return detail::reshaped(detail::sliced(sides, {axis, side}, {1, 1}, {1, 1}, where), {}, where);
  }
  array part(const array &a, int64_t axis, int64_t first, int64_t count, int64_t step = 1) const {
    return detail::sliced_along(a, size_t(axis), first, count, step, where);
  }
  /// \p x, of extent 1 along the axis or 0-d, \p count times.
  array many(const array &a, const array &x, int64_t axis, int64_t count) const {
    extents s = a.shape();
    s[size_t(axis)] = count;
    return detail::stretched(x, s, "pad", where);
  }
  array joined(const array &before, const array &a, const array &behind, int64_t axis) const {
    std::vector<array> parts;
    for (const array *x : {&before, &a, &behind})
      if (detail::access::raw(*x) && x->shape()[size_t(axis)])
        parts.push_back(*x);
    return parts.empty() ? a : detail::joined(parts, axis, where);
  }

  /// The edge of \p a and \p count elements that lead away from it to \p end, which is the last,
  /// in the order of numpy.linspace(end, edge, count, endpoint=False).
  array ramp(const array &a, const array &end, int64_t axis, int64_t count, bool behind) const {
    const int64_t n = a.shape()[size_t(axis)];
    const dtype work = rules::is_complex(a.dtype()) ? complex128 : float64;
    array edge = detail::converted(part(a, axis, behind ? n - 1 : 0, 1), work, where),
          from = detail::converted(end, work, where);
    array delta = subtract(on(edge), on(from)),
          parts = detail::record_full(double(count), float64, {}, where);
    array step = divide(on(delta), on(parts));
    extents own(size_t(a.ndim()), 1);
    own[size_t(axis)] = count;
    array i = detail::positions(own, axis, float64, where);
    array flat = any(on(equal(on(step), operand(0, where))));
    array y = nd::where(on(flat), on(multiply(on(divide(on(i), on(parts))), on(delta))),
                        on(multiply(on(i), on(step))));
    y = add(on(y), on(from));
    if (rules::is_integer(a.dtype()))
      y = floor(on(y));
    y = detail::converted(y, a.dtype(), where);
    return behind ? flip(on(y), axis) : y;
  }

  /// A statistic of the \p length elements at one edge, of extent 1 along the axis.
  array statistic(std::string_view mode, const array &a, int64_t axis, int64_t length,
                  bool behind) const {
    const int64_t n = a.shape()[size_t(axis)];
    if (length != n) // which a run may decide
      length = std::min(length, n);
    array x = part(a, axis, behind ? n - length : 0, length);
    if (mode == "maximum")
      return nd::max(on(x), axis, keepdims);
    if (mode == "minimum")
      return nd::min(on(x), axis, keepdims);
    array value;
    if (mode == "mean") {
      value = nd::mean(on(x), axis, keepdims);
    } else {
      array turned = detail::permuted(x, last(a.ndim(), axis, false), where);
      array sorted = detail::permuted(detail::record("nd.sort", {&turned}, {}, where),
                                      last(a.ndim(), axis, true), where);
      array middle = part(sorted, axis, (length - 1) / 2, length % 2 ? 1 : 2);
      value = nd::mean(on(middle), axis, keepdims);
      if (rules::is_inexact(a.dtype())) {
        array greatest = part(sorted, axis, length - 1, 1);
        value = nd::where(on(isnan(on(greatest))), on(greatest), on(value));
      }
    }
    if (rules::is_integer(a.dtype()))
      value = rint(on(value));
    return detail::converted(value, a.dtype(), where);
  }
  /// The order with \p axis last, or the way back.
  static extents last(int64_t ndim, int64_t axis, bool back) {
    extents order;
    for (int64_t i = 0; i < ndim; ++i)
      if (back)
        order.push_back(i < axis ? i : i == axis ? ndim - 1 : i - 1);
      else if (i != axis)
        order.push_back(i);
    if (!back)
      order.push_back(axis);
    return order;
  }

  /// Positions first, first + step, ... of an axis.
  struct run {
    int64_t first, count, step; ///< a step of 0 repeats one element
  };
  /// \p at gives the position in the array for one in the result, counted from its first element.
  template <class At> static std::vector<run> runs(int64_t first, int64_t behind, At at) {
    std::vector<run> out;
    for (int64_t i = first; i < behind;) {
      int64_t from = at(i), step = i + 1 < behind ? at(i + 1) - from : 1, end = i + 1;
      if (step < -1 || step > 1)
        step = 1;
      while (end < behind && at(end) - at(end - 1) == step)
        ++end;
      out.push_back({from, end - i, end - i > 1 ? step : 1});
      i = end;
    }
    return out;
  }
  array taken(const array &a, int64_t axis, const run &r) const {
    return r.step ? part(a, axis, r.first, r.count, r.step)
                  : many(a, part(a, axis, r.first, 1), axis, r.count);
  }
  /// The elements that the runs name along each axis. If several axes grow, each block of the
  /// result is written from where it lies in the array.
  array mapped(const array &a, const std::vector<std::vector<run>> &along,
               const extents &whole) const {
    auto grows = [&](size_t axis) { return whole[axis] != a.shape()[axis]; };
    size_t blocks = 1, grown = 0;
    for (size_t axis = 0; axis < along.size(); ++axis) {
      blocks *= along[axis].size();
      grown += grows(axis);
    }
    if (grown < 2 || blocks > 64) {
      array out = a;
      for (size_t axis = 0; axis < along.size(); ++axis) {
        if (!grows(axis))
          continue;
        std::vector<array> parts;
        for (const run &r : along[axis])
          parts.push_back(taken(out, int64_t(axis), r));
        out = parts.size() > 1 ? detail::joined(parts, int64_t(axis), where)
                               : detail::copied(parts[0], where);
      }
      return out;
    }
    array out = detail::record_as("nd.empty", {}, {}, a.dtype(), whole, where);
    const extents steps(whole.size(), 1);
    for (size_t block = 0; block < blocks; ++block) {
      array piece = a;
      extents offsets;
      size_t rest = block;
      for (size_t axis = 0; axis < along.size(); ++axis) {
        const size_t k = rest % along[axis].size();
        rest /= along[axis].size();
        int64_t offset = 0;
        for (size_t i = 0; i < k; ++i)
          offset += along[axis][i].count;
        offsets.push_back(offset);
        if (grows(axis))
          piece = taken(piece, int64_t(axis), along[axis][k]);
      }
      out = detail::record_as("nd.update", {&out, &piece},
                              {{"offsets", offsets}, {"strides", steps}}, a.dtype(), whole, where);
    }
    return out;
  }

  /// The same where a run decides how many elements there are: by computed positions.
  array mapped_at_run_time(array a, const pairs &widths, const extents &whole,
                           std::string_view mode) const {
    for (int64_t i = 0; i < a.ndim(); ++i) {
      const auto [before, behind] = widths[size_t(i)];
      if (before + behind == 0)
        continue;
      const detail::term n(detail::counted({a.shape()[size_t(i)]}, where), where),
          to(detail::positions({whole[size_t(i)]}, 0, int64, where), where);
      a = detail::taken_along(a, i, taken_from(mode, to - before, n), where);
    }
    return a;
  }

  /// NumPy's way: as much of the array so far as there is turns about its edges, until the room is
  /// filled.
  array reflected_odd(array a, int64_t axis, int64_t before, int64_t behind, bool edge_too) const {
    const int64_t period = a.shape()[size_t(axis)];
    const dtype work = rules::is_bool(a.dtype()) ? dtype(int64) : a.dtype();
    array two = detail::record_full(2, work, {}, where);
    while (before || behind) {
      const int64_t n = a.shape()[size_t(axis)];
      const int64_t reach = edge_too ? n / period * period : (n - 1) / (period - 1) * (period - 1);
      auto turned = [&](int64_t count, bool at_end) {
        const int64_t nearest = edge_too ? 0 : 1; // from the edge
        array run = part(a, axis, at_end ? n - 1 - nearest : nearest + count - 1, count,
                         count > 1 ? -1 : 1);
        array edge = part(a, axis, at_end ? n - 1 : 0, 1);
        edge = detail::converted(edge, work, where);
        run = detail::converted(run, work, where);
        return detail::converted(subtract(on(multiply(on(two), on(edge))), on(run)), a.dtype(),
                                 where);
      };
      const int64_t left = std::min(before, reach), right = std::min(behind, reach);
      array l, r;
      if (left)
        l = turned(left, false);
      if (right)
        r = turned(right, true);
      a = joined(l, a, r, axis);
      before -= left;
      behind -= right;
    }
    return a;
  }
};

constexpr std::string_view modes[] = {"constant",  "edge",   "linear_ramp", "maximum",
                                      "mean",      "median", "minimum",     "reflect",
                                      "symmetric", "wrap",   "empty"};

} // namespace

array pad(const operand &x, const operand &pad_width, std::string_view mode,
          const pad_options &options) {
  const site &where = x.is_scalar() ? pad_width.where() : x.where();
  padding p{options, where};
  array a = as_array(x);
  if (std::find(std::begin(modes), std::end(modes), mode) == std::end(modes)) {
    std::string all;
    for (std::string_view m : modes)
      all += (all.empty() ? "" : m == "empty" ? " or " : ", ") + std::string(m);
    p.raise("the mode is '" + std::string(mode) + "'; use " + all);
  }
  const bool odd = options.reflect_type == "odd";
  if (!odd && options.reflect_type != "even")
    p.raise("the reflect_type is '" + std::string(options.reflect_type) + "'; use 'even' or 'odd'");
  const int64_t ndim = a.ndim();
  const pairs widths = p.numbers(as_array(pad_width), ndim, "pad_width", 0);
  extents whole = a.shape(), offsets(size_t(ndim), 0);
  int64_t grown = 0;
  bool open = false; // a run decides an extent that grows
  for (int64_t i = 0; i < ndim; ++i) {
    auto [before, behind] = widths[size_t(i)];
    if (before == 0 && behind == 0)
      continue;
    open |= rules::is_run_time(whole[size_t(i)]);
    offsets[size_t(i)] = before;
    whole[size_t(i)] = detail::extent_sum(
        whole[size_t(i)], detail::added(before, behind, "pad", where), "pad", where);
    ++grown;
  }
  if (!grown)
    return detail::copied(a, where);
  detail::check_size(whole, a.dtype(), "pad", where);
  if (std::none_of(whole.begin(), whole.end(), rules::is_run_time))
    detail::expect_memory(detail::element_count(whole, "pad", where),
                          int64_t(rules::itemsize(a.dtype())), "pad", where);

  const bool constant = mode == "constant" || mode == "empty";
  array fill;
  if (constant) {
    fill = mode == "empty" ? detail::record_full(0, a.dtype(), {}, where)
                           : detail::converted(options.constant_values, a.dtype(), where);
    if (grown > 1 && !open &&
        fill.size() == 1) { // one value everywhere: written around the array at once
      array out = detail::copied(
          detail::stretched(detail::reshaped(fill, {}, where), whole, "pad", where), where);
      extents steps(size_t(ndim), 1);
      return detail::record_as("nd.update", {&out, &a}, {{"offsets", offsets}, {"strides", steps}},
                               a.dtype(), whole, where);
    }
    fill = p.sides(fill, ndim, "constant_values");
  }
  array ends = mode == "linear_ramp" ? p.sides(options.end_values, ndim, "end_values") : array();
  pairs lengths;
  const bool statistic =
      mode == "maximum" || mode == "mean" || mode == "median" || mode == "minimum";
  if (statistic && detail::access::raw(options.stat_length))
    lengths = p.numbers(options.stat_length, ndim, "stat_length", 1);

  for (int64_t i = 0; i < ndim; ++i)
    if (const auto [before, behind] = widths[size_t(i)];
        before + behind > 0 && a.shape()[size_t(i)] == 0 && !constant)
      p.raise("axis " + std::to_string(i) + " of " + to_string(a.shape()) +
              " is empty and cannot grow by mode '" + std::string(mode) +
              "'; use 'constant' or 'empty'");

  // Modes whose elements are elements of the array, at positions that an axis alone decides.
  const bool reflects = mode == "reflect" || mode == "symmetric";
  const bool copies = mode == "edge" || mode == "wrap" || (reflects && !odd);
  if (open && copies)
    return p.mapped_at_run_time(a, widths, whole, mode);
  if (copies) {
    std::vector<std::vector<padding::run>> along;
    for (int64_t i = 0; i < ndim; ++i) {
      const auto [before, behind] = widths[size_t(i)];
      const int64_t n = a.shape()[size_t(i)];
      if (before + behind == 0) {
        along.push_back({{0, n, 1}});
        continue;
      }
      const bool twice = mode == "symmetric";
      const int64_t period = mode == "wrap" ? n : twice ? 2 * n : std::max<int64_t>(1, 2 * (n - 1));
      along.push_back(padding::runs(-before, n + behind, [&](int64_t at) {
        if (mode == "edge")
          return std::clamp<int64_t>(at, 0, n - 1);
        at = ((at % period) + period) % period; // there, and back again but for "wrap"
        return at < n ? at : period - at - twice;
      }));
    }
    return p.mapped(a, along, whole);
  }

  for (int64_t i = 0; i < ndim; ++i) {
    const auto [before, behind] = widths[size_t(i)];
    if (before + behind == 0)
      continue;
    const bool of_all = statistic && lengths.empty() && mode != "median";
    const int64_t n =
        constant || of_all ? a.shape()[size_t(i)] : detail::known_extent(a, i, "pad", where);
    if (constant) {
      a = p.joined(p.many(a, p.number(fill, i, 0), i, before), a,
                   p.many(a, p.number(fill, i, 1), i, behind), i);
    } else if (mode == "linear_ramp") {
      array left, right;
      if (before)
        left = p.ramp(a, p.number(ends, i, 0), i, before, false);
      if (behind)
        right = p.ramp(a, p.number(ends, i, 1), i, behind, true);
      a = p.joined(left, a, right, i);
    } else if (statistic) {
      auto side = [&](int64_t count, bool end) {
        if (!count)
          return array();
        const int64_t length = lengths.empty() ? n : lengths[size_t(i)][end];
        return p.many(a, p.statistic(mode, a, i, length, end), i, count);
      };
      array left = side(before, false), right = side(behind, true);
      a = p.joined(left, a, right, i);
    } else if (n == 1) { // nothing to turn about the edge
      a = detail::copied(p.many(a, a, i, 1 + before + behind), where);
    } else {
      a = p.reflected_odd(a, i, before, behind, mode == "symmetric");
    }
  }
  return a;
}

array pad(const operand &x, const operand &pad_width, const pad_function &mode) {
  const site &where = x.is_scalar() ? pad_width.where() : x.where();
  array out = pad(x, pad_width, "constant", {});
  const int64_t ndim = out.ndim();
  const pairs widths =
      padding{pad_options(), where}.numbers(as_array(pad_width), ndim, "pad_width", 0);
  for (int64_t axis = 0; axis < ndim; ++axis) {
    array turned = detail::permuted(out, padding::last(ndim, axis, false), where);
    extents lanes = turned.shape();
    lanes.pop_back();
    int64_t count = 1;
    for (int64_t i = 0; i + 1 < ndim; ++i)
      count *= detail::known_extent(turned, i, "pad", where);
    for (int64_t lane = 0; lane < count; ++lane) {
      extents offsets(size_t(ndim), 0), sizes(size_t(ndim), 1), steps(size_t(ndim), 1);
      for (int64_t i = ndim - 2, rest = lane; i >= 0; rest /= lanes[size_t(i--)])
        offsets[size_t(i)] = rest % lanes[size_t(i)];
      const int64_t length = sizes.back() = turned.shape().back();
      mode(detail::reshaped(detail::sliced(turned, offsets, sizes, steps, where), {length}, where),
           widths[size_t(axis)], axis);
    }
  }
  return out;
}

} // namespace nd
