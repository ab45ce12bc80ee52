// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays of positions, and positions in C order and along axes.
#include "frontend/array/Compose.h"
#include "nd/creation.h"
#include "nd/manipulation.h"
#include "nd/selection.h"
#include "nd/ufuncs.h"

namespace nd {
namespace {

using detail::as_array;
using detail::extents;

operand on(const array &a, const site &where) { return operand(a, where); }

array integers(const array &a, const char *what, const site &where) {
  if (a.size() == 0 && a.dtype() == float64)
    return detail::converted(a, int64, where);
  detail::checked(rules::index_dtype(a.dtype(), 0), what, where);
  return detail::converted(a, int64, where);
}

/// \p p, of int64, once its elements are within [0, size): looked at now, or inside nd::jit by the
/// program.
array inside(const array &p, int64_t size, const char *what, const std::string &of,
             const site &where) {
  if (detail::access::get(p).traced)
    return detail::check_within(p, 0, size - 1, "index", what, where);
  detail::evaluated(p, what, where);
  array whole = detail::packed(p);
  const detail::node &n = detail::access::get(whole);
  const int64_t *at = reinterpret_cast<const int64_t *>(n.data);
  for (int64_t i = 0; i < n.size; ++i)
    if (at[i] < 0 || at[i] >= size)
      detail::raise(rules::error_kind::index, what,
                    "index " + std::to_string(at[i]) + " is out of bounds for " + of, where);
  return p;
}

/// row + k >= column, over n x m.
array lower(int64_t n, int64_t m, int64_t k, const char *what, const site &where) {
  detail::element_count({n, m}, what, where);
  array row = detail::positions({n, 1}, 0, int64, where),
        column = detail::positions({1, m}, 1, int64, where);
  array moved = add(on(row, where), on(detail::record_full(k, int64, {}, where), where));
  return greater_equal(on(moved, where), on(column, where));
}

} // namespace

std::vector<array> ix_(const array_list &sequences) {
  const site &where = sequences.where();
  std::vector<array> out = detail::arrays_of(sequences);
  for (size_t i = 0; i < out.size(); ++i) {
    if (out[i].ndim() != 1)
      detail::raise(rules::error_kind::shape, "ix_",
                    "array " + std::to_string(i) + " has shape " + to_string(out[i].shape()) +
                        "; all must be 1-D",
                    where);
    array p = out[i].dtype() == bool_ ? detail::true_positions(out[i], "ix_", where)[0]
              : out[i].size() == 0    ? detail::converted(out[i], int64, where)
                                      : out[i];
    extents own(out.size(), 1);
    own[i] = p.size();
    out[i] = detail::reshaped(p, own, where);
  }
  return out;
}

std::vector<array> diag_indices(int64_t n, int64_t ndim, site where) {
  detail::expect_memory(std::max<int64_t>(ndim, 0), detail::bytes_of_array, "diag_indices", where);
  return std::vector<array>(size_t(std::max<int64_t>(ndim, 0)),
                            detail::positions({n}, 0, int64, where));
}

std::vector<array> tril_indices(int64_t n, int64_t k, std::optional<int64_t> m, site where) {
  return detail::true_positions(lower(n, m.value_or(n), k, "tril_indices", where), "tril_indices",
                                where);
}

std::vector<array> triu_indices(int64_t n, int64_t k, std::optional<int64_t> m, site where) {
  array below = lower(n, m.value_or(n), k - 1, "triu_indices", where);
  return detail::true_positions(logical_not(on(below, where)), "triu_indices", where);
}

array indices(const shape &dimensions, dtype type, site where) {
  detail::element_count(dimensions, "indices", where);
  extents full = dimensions;
  full.insert(full.begin(), 1);
  std::vector<array> parts;
  for (size_t axis = 0; axis < dimensions.size(); ++axis)
    parts.push_back(detail::positions(full, int64_t(axis) + 1, type, where));
  if (parts.empty())
    return detail::record_full(0, type, {0}, where);
  return detail::joined(parts, 0, where);
}

std::vector<array> unravel_index(const operand &positions, const shape &s) {
  const site &where = positions.where();
  int64_t size = detail::element_count(s, "unravel_index", where);
  array p = inside(integers(as_array(positions), "unravel_index", where), size, "unravel_index",
                   "an array of shape " + to_string(s) + ", which has " + std::to_string(size) +
                       " elements",
                   where);
  std::vector<array> out;
  int64_t inner = size;
  for (size_t axis = 0; axis < s.size(); ++axis) {
    inner = s[axis] ? inner / s[axis] : 0;
    array at = p;
    if (inner > 1)
      at = floor_divide(on(at, where), on(detail::record_full(inner, int64, {}, where), where));
    if (axis > 0)
      at = remainder(on(at, where), on(detail::record_full(s[axis], int64, {}, where), where));
    out.push_back(at);
  }
  return out;
}

array ravel_multi_index(const array_list &multi_index, const shape &dims,
                        const mode_options &options) {
  const site &where = multi_index.where();
  const char *what = "ravel_multi_index";
  detail::element_count(dims, what, where);
  if (multi_index.size() != dims.size())
    detail::raise(rules::error_kind::value, what,
                  std::to_string(multi_index.size()) + " index arrays are given for shape " +
                      to_string(dims) + "; give one for each axis",
                  where);
  array out = detail::record_full(0, int64, {}, where);
  for (size_t axis = 0; axis < dims.size(); ++axis) {
    array p = integers(multi_index[axis], what, where);
    array extent = detail::record_full(dims[axis], int64, {}, where);
    if (options.mode == "raise")
      p = inside(p, dims[axis], what,
                 "axis " + std::to_string(axis) + " of shape " + to_string(dims), where);
    else if (options.mode == "wrap")
      p = remainder(on(p, where), on(extent, where));
    else if (options.mode == "clip")
      p = minimum(on(maximum(on(p, where), operand(0, where)), where),
                  on(detail::record_full(dims[axis] - 1, int64, {}, where), where));
    else
      detail::raise(
          rules::error_kind::value, what,
          "the mode is '" + std::string(options.mode) + "'; use 'raise', 'wrap' or 'clip'", where);
    out = axis == 0 ? p : add(on(multiply(on(out, where), on(extent, where)), where), on(p, where));
  }
  return out;
}

} // namespace nd
