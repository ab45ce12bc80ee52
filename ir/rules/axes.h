// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Axis arithmetic, and the shapes that reductions, transposition, joining and reshaping give.
#ifndef ND_RULES_AXES_H
#define ND_RULES_AXES_H

#include "ir/rules/error.h"

#include <algorithm>
#include <span>

namespace nd::rules {
namespace detail {

inline bool multiply_overflows(int64_t a, int64_t b, int64_t &out) {
  return __builtin_mul_overflow(a, b, &out);
}

inline std::string dimensions(int64_t ndim) {
  return std::to_string(ndim) + (ndim == 1 ? " dimension" : " dimensions");
}

} // namespace detail

/// The number of elements, or `dynamic`; refuses negative extents and, as strides could not be
/// computed either, a product of the non-zero extents above 2^63 - 1.
inline result<int64_t> element_count(const shape &s) {
  int64_t product = 1;
  bool unknown = false, zero = false, overflow = false;
  for (size_t axis = 0; axis < s.size(); ++axis) {
    if (s[axis] == dynamic || is_run_time(s[axis])) {
      unknown = true;
      continue;
    }
    if (s[axis] < 0)
      return fail(error_kind::value, "shape " + to_string(s) + " has the negative size " +
                                         std::to_string(s[axis]) + " on axis " +
                                         std::to_string(axis) + "; sizes are 0 or more");
    if (s[axis] == 0)
      zero = true;
    else if (!overflow)
      overflow = detail::multiply_overflows(product, s[axis], product);
  }
  if (overflow)
    return fail(error_kind::value,
                "shape " + to_string(s) + " has more than 2^63 - 1 elements; use smaller sizes");
  return zero ? 0 : unknown ? dynamic : product;
}

/// An axis in [-ndim, ndim) as one in [0, ndim).
inline result<int64_t> normalise_axis(int64_t axis, int64_t ndim) {
  if (axis >= -ndim && axis < ndim)
    return axis < 0 ? axis + ndim : axis;
  std::string text = "axis " + std::to_string(axis) + " is out of bounds for an array of " +
                     detail::dimensions(ndim);
  return fail(error_kind::shape, ndim == 0 ? text + ", which has no axes"
                                           : text + "; axes run from " + std::to_string(-ndim) +
                                                 " to " + std::to_string(ndim - 1));
}

/// A list of axes as sorted axes in [0, ndim); an axis given twice is refused.
inline result<std::vector<int64_t>> normalise_axes(std::span<const int64_t> axes, int64_t ndim) {
  std::vector<int64_t> out;
  out.reserve(axes.size());
  for (int64_t axis : axes) {
    result<int64_t> n = normalise_axis(axis, ndim);
    if (!n)
      return std::unexpected(n.error());
    if (std::find(out.begin(), out.end(), *n) != out.end())
      return fail(error_kind::value, "axis " + std::to_string(*n) + " is given twice in the axes " +
                                         to_string(shape(axes.begin(), axes.end())) +
                                         "; name each axis once");
    out.push_back(*n);
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The shape of a reduction of \p s over \p axes (negative axes count from the end).
inline result<shape> reduce_shape(const shape &s, std::span<const int64_t> axes, bool keepdims) {
  result<std::vector<int64_t>> sorted = normalise_axes(axes, int64_t(s.size()));
  if (!sorted)
    return std::unexpected(sorted.error());
  shape out;
  auto next = sorted->begin();
  for (size_t axis = 0; axis < s.size(); ++axis) {
    if (next == sorted->end() || *next != int64_t(axis)) {
      out.push_back(s[axis]);
      continue;
    }
    ++next;
    if (keepdims)
      out.push_back(1);
  }
  return out;
}

/// A permutation of the axes, negative ones counted from the end, as axes in [0, ndim).
inline result<std::vector<int64_t>> normalise_permutation(std::span<const int64_t> permutation,
                                                          int64_t ndim) {
  std::string given = to_string(shape(permutation.begin(), permutation.end()));
  if (int64_t(permutation.size()) != ndim)
    return fail(error_kind::value, "axes " + given + " do not match an array of " +
                                       detail::dimensions(ndim) + "; name each axis once");
  std::vector<int64_t> out;
  for (int64_t axis : permutation) {
    result<int64_t> n = normalise_axis(axis, ndim);
    if (!n)
      return std::unexpected(n.error());
    if (std::find(out.begin(), out.end(), *n) != out.end())
      return fail(error_kind::value, "axis " + std::to_string(*n) + " is given twice in the axes " +
                                         given + "; name each axis once");
    out.push_back(*n);
  }
  return out;
}

/// Axis i of the result is axis permutation[i] of \p s.
inline result<shape> transpose_shape(const shape &s, std::span<const int64_t> permutation) {
  result<std::vector<int64_t>> p = normalise_permutation(permutation, int64_t(s.size()));
  if (!p)
    return std::unexpected(p.error());
  shape out;
  for (int64_t axis : *p)
    out.push_back(s[size_t(axis)]);
  return out;
}

/// The shape of \p shapes joined along \p axis; all other extents must be equal.
inline result<shape> concatenate_shape(std::span<const shape> shapes, int64_t axis) {
  if (shapes.empty())
    return fail(error_kind::value, "there are no arrays to concatenate; give at least one");
  const shape &first = shapes[0];
  if (first.empty())
    return fail(error_kind::shape,
                "zero-dimensional arrays cannot be concatenated; reshape them to "
                "(1,) or use stack");
  result<int64_t> n = normalise_axis(axis, int64_t(first.size()));
  if (!n)
    return std::unexpected(n.error());
  size_t along = size_t(*n);
  shape out = first;
  for (size_t i = 1; i < shapes.size(); ++i) {
    const shape &s = shapes[i];
    if (s.size() != first.size())
      return fail(error_kind::shape,
                  "arrays must have the same number of dimensions: array 0 has shape " +
                      to_string(first) + " and array " + std::to_string(i) + " has shape " +
                      to_string(s) + "; reshape one of them");
    for (size_t d = 0; d < s.size(); ++d) {
      if (d == along) {
        if (out[d] == dynamic || s[d] == dynamic)
          out[d] = dynamic;
        else if (__builtin_add_overflow(out[d], s[d], &out[d]))
          return fail(error_kind::value,
                      "the joined axis " + std::to_string(d) + " has more than 2^63 - 1 elements");
      } else if (out[d] == dynamic) {
        out[d] = s[d];
      } else if (s[d] != dynamic && s[d] != out[d]) {
        return fail(error_kind::shape,
                    "array 0 has shape " + to_string(first) + " and array " + std::to_string(i) +
                        " has shape " + to_string(s) + ": axis " + std::to_string(d) + " is " +
                        std::to_string(out[d]) + " and " + std::to_string(s[d]) +
                        "; only the joined axis " + std::to_string(along) + " may differ");
      }
    }
  }
  return out;
}

/// \p wanted with its one -1 filled in so that it has as many elements as \p s (numpy.reshape).
/// Where an unknown extent leaves the -1 open it becomes `dynamic`.
inline result<shape> reshape_shape(const shape &s, const shape &wanted) {
  result<int64_t> have = element_count(s);
  if (!have)
    return std::unexpected(have.error());
  shape out = wanted;
  size_t hole = wanted.size();
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] >= 0 || wanted[i] == dynamic)
      continue;
    if (wanted[i] != -1)
      return fail(error_kind::value, "shape " + to_string(wanted) + " has the negative size " +
                                         std::to_string(wanted[i]) + " on axis " +
                                         std::to_string(i) +
                                         "; only -1 is allowed, for the size to work out");
    if (hole != wanted.size())
      return fail(error_kind::value, "shape " + to_string(wanted) + " has -1 on axes " +
                                         std::to_string(hole) + " and " + std::to_string(i) +
                                         "; only one size can be worked out");
    hole = i;
    out[i] = 1;
  }
  auto mismatch = [&](const std::string &why) {
    return fail(error_kind::shape, "cannot reshape " + to_string(s) + " of " +
                                       std::to_string(*have) + " elements to " + to_string(wanted) +
                                       why);
  };
  result<int64_t> known = element_count(out);
  if (!known)
    return *have == dynamic ? result<shape>(std::unexpected(known.error()))
                            : mismatch(", which has more than 2^63 - 1 elements");
  if (hole == wanted.size()) {
    if (*have != dynamic && *known != dynamic && *have != *known)
      return mismatch(" of " + std::to_string(*known) + "; the counts must be equal" +
                      (wanted.empty() ? "" : ", or leave one size to be worked out with -1"));
    return out;
  }
  if (*have == dynamic || *known == dynamic) {
    out[hole] = dynamic;
    return out;
  }
  if (*known == 0)
    return mismatch(": the -1 could be any size beside a 0; give it");
  if (*have % *known != 0)
    return mismatch(": " + std::to_string(*have) + " is not a multiple of " +
                    std::to_string(*known) + "; choose sizes that divide it");
  out[hole] = *have / *known;
  return out;
}

} // namespace nd::rules

#endif // ND_RULES_AXES_H
