// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Advanced indexing as NumPy has it: which axes of the array the indices take, where the axes of
// the index arrays go in the result, and the shapes of the ops that choose elements.
#ifndef ND_RULES_INDEX_H
#define ND_RULES_INDEX_H

#include "ir/rules/axes.h"
#include "ir/rules/broadcast.h"
#include "ir/rules/dtype.h"
#include "ir/rules/extent.h"
#include "ir/rules/slice.h"

#include <array>
#include <string_view>

namespace nd::rules {

/// One entry between the brackets.
struct index_item {
  enum class form : uint8_t { integer, slice, newaxis, ellipsis, integers, mask };
  form kind = form::integer;
  int64_t at = 0;                           ///< integer
  std::optional<int64_t> start, stop, step; ///< slice
  shape extents;                            ///< integers and mask: the shape of the array
  bool advanced() const { return kind == form::integers || kind == form::mask; }
};

/// How a list of indices is carried out:
///   1. slice every axis with `bounds`; an integer is a slice of one element;
///   2. the index arrays, broadcast together to a shape B, choose from the axes `chosen`: the
///      result has the axes B, then all others;
///   3. move B behind `before` of these;
///   4. drop the axes of integers and add the new ones: result_shape().
struct index_plan {
  std::vector<slice_bounds> bounds; ///< per axis of the array
  std::vector<int64_t> chosen;      ///< axes that integer arrays and masks take, in order
  std::vector<int64_t> fixed;       ///< axes that integers take
  bool advanced = false;            ///< whether there is an index array at all
  size_t before = 0;                ///< axes that are not chosen in front of B
  size_t position = 0;              ///< where B stands in `layout`
  std::vector<int64_t> layout;      ///< sizes of the result's axes but for B,
  std::vector<int64_t> origin;      ///< and of which axis each is; -1 for a new one

  shape result_shape(const shape &B) const {
    shape out(layout.begin(), layout.begin() + int64_t(position));
    out.insert(out.end(), B.begin(), B.end());
    out.insert(out.end(), layout.begin() + int64_t(position), layout.end());
    return out;
  }
};

namespace detail {

inline error mask_mismatch(const shape &s, const shape &mask, size_t from, size_t own) {
  shape covered(s.begin() + int64_t(from), s.begin() + int64_t(from + mask.size()));
  return {error_kind::index, "boolean index did not match: axis " + std::to_string(from + own) +
                                 " of the array has size " + extent_to_string(s[from + own]) +
                                 " and axis " + std::to_string(own) + " of the mask has size " +
                                 extent_to_string(mask[own]) + "; give a mask of shape " +
                                 to_string(covered)};
}

} // namespace detail

/// Plans \p items over an array of shape \p s.
///
/// The axes of index arrays stand where the first of them stands if all are adjacent, an integer
/// beside arrays counting as one of them, and first if a slice, a new axis or an ellipsis parts
/// them.
inline result<index_plan> plan_index(const shape &s, std::span<const index_item> items) {
  using form = index_item::form;
  index_plan plan;
  size_t named = 0, ellipses = 0;
  for (const index_item &i : items) {
    named += i.kind == form::mask ? i.extents.size()
                                  : i.kind != form::newaxis && i.kind != form::ellipsis;
    ellipses += i.kind == form::ellipsis;
    plan.advanced |= i.advanced();
  }
  if (named > s.size())
    return fail(error_kind::index, "too many indices: the array has shape " + to_string(s) + ", " +
                                       std::to_string(s.size()) +
                                       (s.size() == 1 ? " axis" : " axes") + ", and " +
                                       std::to_string(named) + " are given");
  if (ellipses > 1)
    return fail(error_kind::index, "only one ellipsis can stand between the brackets");

  bool apart = false, behind = false; // behind: a basic index stands after an advanced one
  bool placed = false;
  auto basic = [&] { behind |= placed; };
  auto choose = [&] {
    apart |= behind;
    if (!placed) {
      plan.before = plan.bounds.size() - plan.chosen.size();
      plan.position = plan.layout.size();
    }
    placed = true;
  };
  auto keep = [&](slice_bounds b) {
    plan.origin.push_back(int64_t(plan.bounds.size()));
    plan.bounds.push_back(b);
    plan.layout.push_back(b.size);
  };
  for (const index_item &i : items) {
    const size_t axis = plan.bounds.size();
    switch (i.kind) {
    case form::integer: {
      auto at = normalise_index(i.at, s[axis], int64_t(axis));
      if (!at)
        return std::unexpected(at.error());
      if (plan.advanced)
        choose();
      plan.fixed.push_back(int64_t(axis));
      plan.bounds.push_back({*at, 1, 1});
      break;
    }
    case form::slice: {
      auto b = normalise(i.start, i.stop, i.step, s[axis]);
      if (!b)
        return std::unexpected(b.error());
      basic();
      keep({b->size ? b->offset : 0, b->size, b->size > 1 || b->size == dynamic ? b->stride : 1});
      break;
    }
    case form::newaxis:
      basic();
      plan.layout.push_back(1);
      plan.origin.push_back(-1);
      break;
    case form::ellipsis:
      basic();
      for (size_t count = s.size() - named; count; --count)
        keep({0, s[plan.bounds.size()], 1});
      break;
    case form::integers:
      choose();
      plan.chosen.push_back(int64_t(axis));
      plan.bounds.push_back({0, s[axis], 1});
      break;
    case form::mask:
      choose();
      for (size_t own = 0; own < i.extents.size(); ++own) {
        int64_t have = s[axis + own], given = i.extents[own];
        if (have != given && have != dynamic && given != dynamic && !is_run_time(have) &&
            !is_run_time(given)) // a run compares those
          return std::unexpected(detail::mask_mismatch(s, i.extents, axis, own));
        plan.chosen.push_back(int64_t(axis + own));
        plan.bounds.push_back({0, have, 1});
      }
      break;
    }
  }
  while (plan.bounds.size() < s.size())
    keep({0, s[plan.bounds.size()], 1});
  if (apart)
    plan.before = plan.position = 0;
  return plan;
}

/// The common shape of index arrays.
inline result<shape> broadcast_indices(std::span<const shape> shapes) {
  auto out = broadcast(shapes);
  if (out)
    return out;
  std::string text = "index arrays of " + out.error().message;
  bool lists = true;
  for (const shape &s : shapes)
    lists &= s.size() == 1;
  if (size_t fix = text.rfind("; "); lists && fix != std::string::npos)
    text = text.substr(0, fix) + "; combine each with each by nd::ix_";
  return fail(error_kind::index, text);
}

/// Refuses dtypes that name no position.
inline result<dtype_kind> index_dtype(dtype_kind dtype, size_t position) {
  if (is_integer(dtype))
    return dtype;
  return fail(error_kind::index, "index array " + std::to_string(position) + " has dtype " +
                                     std::string(name(dtype)) +
                                     "; positions are integers, cast it with astype(nd::int64)");
}

/// Elements of \p x by positions along \p axes, sorted, one index array for each: the arrays'
/// common shape behind \p place of the other axes of \p x.
inline result<shape> gather_shape(const shape &x, std::span<const shape> indices,
                                  std::span<const int64_t> axes, int64_t place = 0) {
  bool fits = axes.size() == indices.size();
  for (size_t i = 0; i < axes.size(); ++i)
    fits &= axes[i] >= 0 && axes[i] < int64_t(x.size()) && (i == 0 || axes[i - 1] < axes[i]);
  if (!fits)
    return fail(error_kind::index,
                std::to_string(indices.size()) + " index arrays choose from axes " +
                    to_string(shape(axes.begin(), axes.end())) + " of an array of shape " +
                    to_string(x) + "; name one axis for each, in ascending order");
  if (place < 0 || place > int64_t(x.size() - axes.size()))
    return fail(error_kind::index, "the axes of the indices are to stand behind " +
                                       std::to_string(place) + " of the " +
                                       std::to_string(x.size() - axes.size()) +
                                       " others of shape " + to_string(x));
  auto common = broadcast_indices(indices);
  if (!common)
    return common;
  shape out;
  for (size_t axis = 0; axis < x.size(); ++axis)
    if (std::find(axes.begin(), axes.end(), int64_t(axis)) == axes.end())
      out.push_back(x[axis]);
  out.insert(out.begin() + place, common->begin(), common->end());
  return out;
}

/// \p x with what gather takes replaced by \p value, which has to broadcast to it.
inline result<shape> scatter_shape(const shape &x, const shape &value,
                                   std::span<const shape> indices, std::span<const int64_t> axes) {
  auto part = gather_shape(x, indices, axes);
  if (!part)
    return part;
  auto fits = broadcast_to_shape(value, *part);
  if (!fits)
    return fits;
  return x;
}

/// The rows of \p x where a mask over its leading axes holds, \p count of them.
inline result<shape> compress_shape(const shape &mask, const shape &x, int64_t count) {
  if (mask.empty())
    return fail(error_kind::shape, "the mask has shape (); at least 1 dimension is needed");
  if (mask.size() > x.size())
    return fail(error_kind::index, "too many indices: the array has shape " + to_string(x) +
                                       " and the mask has shape " + to_string(mask) +
                                       "; give it at most the axes of the array");
  for (size_t axis = 0; axis < mask.size(); ++axis)
    if (mask[axis] != x[axis] && mask[axis] != dynamic && x[axis] != dynamic)
      return std::unexpected(detail::mask_mismatch(x, mask, 0, axis));
  shape out = {count};
  out.insert(out.end(), x.begin() + int64_t(mask.size()), x.end());
  return out;
}

/// The elements of \p x along \p axis as often as \p counts says, \p total of them.
inline result<shape> repeat_shape(const shape &x, const shape &counts, int64_t axis,
                                  int64_t total) {
  auto at = normalise_axis(axis, int64_t(x.size()));
  if (!at)
    return std::unexpected(at.error());
  if (counts.size() != 1)
    return fail(error_kind::shape, "the counts have shape " + to_string(counts) +
                                       "; give a 1-D array, one count for each element");
  int64_t extent = x[size_t(*at)];
  if (counts[0] != extent && counts[0] != dynamic && extent != dynamic)
    return fail(error_kind::shape, "there are " + std::to_string(counts[0]) + " counts and axis " +
                                       std::to_string(*at) + " of shape " + to_string(x) +
                                       " has size " + std::to_string(extent) +
                                       "; give one count for each element, or a single one");
  shape out = x;
  out[size_t(*at)] = total;
  return out;
}

/// Sorting runs along the last axis, so there must be one.
inline result<shape> sort_shape(const shape &x) {
  if (x.empty())
    return fail(error_kind::shape, "a 0-d array has no axis to sort along; use ravel first");
  return x;
}

/// Partitioning runs along the last axis, around the positions in a 1-D array.
inline result<shape> partition_shape(const shape &x, const shape &kth) {
  if (x.empty())
    return fail(error_kind::shape, "a 0-d array has no axis to partition along; use ravel first");
  if (kth.size() != 1)
    return fail(error_kind::shape,
                "kth has shape " + to_string(kth) + "; give a 1-D array of positions");
  return x;
}

/// Keys are counted along the first axis and sorted along the last one, another.
inline result<shape> lexsort_shape(const shape &keys) {
  if (keys.size() < 2)
    return fail(error_kind::shape, "the keys have shape " + to_string(keys) +
                                       "; at least 2 dimensions are needed, the keys along the "
                                       "first");
  if (keys[0] == 0)
    return fail(error_kind::value, "there are no keys; give at least one");
  return shape(keys.begin() + 1, keys.end());
}

/// Positions in a sorted vector, one for each of \p values.
inline result<shape> searchsorted_shape(const shape &sorted, const shape &values) {
  if (sorted.size() != 1)
    return fail(error_kind::shape,
                "the sorted array has shape " + to_string(sorted) + "; it must be 1-D, use ravel");
  return values;
}

/// What a scatter does with the element that is there.
enum class scatter_mode : uint8_t {
  set,
  add,
  subtract,
  multiply,
  divide,
  minimum,
  maximum,
  bitwise_and,
  bitwise_or,
  bitwise_xor
};

inline constexpr std::array<std::string_view, 10> scatter_mode_names = {
    "set",     "add",     "subtract",    "multiply",   "divide",
    "minimum", "maximum", "bitwise_and", "bitwise_or", "bitwise_xor"};

inline std::string_view name(scatter_mode mode) { return scatter_mode_names[size_t(mode)]; }

/// A mode by its name, for elements of \p dtype.
inline result<scatter_mode> parse_scatter_mode(std::string_view text, dtype_kind dtype) {
  auto found = std::find(scatter_mode_names.begin(), scatter_mode_names.end(), text);
  if (found == scatter_mode_names.end())
    return fail(error_kind::value, "there is no mode '" + std::string(text) +
                                       "'; use set, add, subtract, multiply, divide, minimum, "
                                       "maximum, bitwise_and, bitwise_or or bitwise_xor");
  auto mode = scatter_mode(found - scatter_mode_names.begin());
  bool bits = mode >= scatter_mode::bitwise_and;
  bool integral = is_integer(dtype) || is_bool(dtype);
  if ((mode == scatter_mode::divide && integral) || (bits && !integral) ||
      (mode == scatter_mode::subtract && is_bool(dtype)))
    return fail(error_kind::dtype, std::string(text) + " in place has no meaning for " +
                                       std::string(name(dtype)) + "; cast the array with astype");
  return mode;
}

} // namespace nd::rules

#endif // ND_RULES_INDEX_H
