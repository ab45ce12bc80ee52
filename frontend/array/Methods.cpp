// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Methods that are functions too.
#include "frontend/array/Compose.h"
#include "nd/creation.h"
#include "nd/linalg.h"
#include "nd/manipulation.h"
#include "nd/reductions.h"
#include "nd/scans.h"
#include "nd/selection.h"
#include "nd/ufuncs.h"

namespace nd {

array array::astype(nd::dtype type, site where) const {
  return nd::astype(operand(*this, where), type);
}
array array::copy(site where) const { return nd::copy(operand(*this, where)); }
array array::reshape(const nd::shape &s, site where) const {
  return nd::reshape(operand(*this, where), s);
}
array array::ravel(site where) const { return nd::ravel(operand(*this, where)); }
array array::flatten(site where) const { return nd::ravel(operand(copy(where), where)); }
array array::T(site where) const { return nd::transpose(operand(*this, where)); }
array array::transpose(site where) const { return nd::transpose(operand(*this, where)); }
array array::transpose(const axes &order, site where) const {
  return nd::transpose(operand(*this, where), order);
}
array array::swapaxes(int64_t axis1, int64_t axis2, site where) const {
  return nd::swapaxes(operand(*this, where), axis1, axis2);
}
array array::squeeze(const axes &axis, site where) const {
  return nd::squeeze(operand(*this, where), axis);
}
array array::clip(const operand &min, const operand &max) const {
  return nd::clip(operand(*this, min.where()), min, max);
}
array array::round(int64_t decimals, site where) const {
  return nd::round(operand(*this, where), decimals);
}
array array::dot(const operand &b) const { return nd::dot(operand(*this, b.where()), b); }
array array::diagonal(int64_t offset, int64_t axis1, int64_t axis2, site where) const {
  return nd::diagonal(operand(*this, where), offset, axis1, axis2);
}
array array::trace(int64_t offset, int64_t axis1, int64_t axis2, std::optional<nd::dtype> type,
                   site where) const {
  return nd::trace(operand(*this, where), offset, axis1, axis2, type);
}
array array::view(site) const { return detail::alias(*this); }

array array::view(nd::dtype type, site where) const {
  const int64_t old = itemsize(where), width = int64_t(rules::itemsize(type));
  auto refuse = [&](const std::string &why) {
    detail::raise(rules::error_kind::value, "view",
                  "elements of " + std::string(rules::name(dtype())) + " in shape " +
                      to_string(shape()) + " are no elements of " + std::string(rules::name(type)) +
                      ": " + why,
                  where);
  };
  nd::shape s = shape();
  if (old != width) {
    if (s.empty())
      refuse("a 0-d array has no axis whose extent could change; use an array of 1 axis");
    const int64_t bytes = s.back() * old;
    if (bytes % width)
      refuse("the last axis has " + std::to_string(bytes) + " bytes, and " + std::to_string(width) +
             " make an element");
    if (s.back() != 1 && strides().back() != old)
      refuse("the last axis is not contiguous; take a copy() first");
    s[s.size() - 1] = bytes / width;
  }
  return detail::view(*this, {detail::view_step::form::bitcast, s, {}, type}, where);
}

array array::real(site where) const { return nd::real(operand(*this, where)); }
array array::imag(site where) const { return nd::imag(operand(*this, where)); }
array array::conj(site where) const {
  return rules::is_complex(dtype()) ? nd::conjugate(operand(*this, where)) : *this;
}

array array::cumsum(std::optional<int64_t> axis, std::optional<nd::dtype> type, site where) const {
  return nd::cumsum(operand(*this, where), axis, type);
}
array array::cumprod(std::optional<int64_t> axis, std::optional<nd::dtype> type, site where) const {
  return nd::cumprod(operand(*this, where), axis, type);
}

std::vector<array> array::nonzero(site where) const { return nd::nonzero(operand(*this, where)); }
array array::take(const operand &indices, std::optional<int64_t> axis) const {
  return nd::take(operand(*this, indices.where()), indices, axis);
}
array array::compress(const operand &condition, std::optional<int64_t> axis) const {
  return nd::compress(condition, operand(*this, condition.where()), axis);
}
array array::repeat(const operand &repeats, std::optional<int64_t> axis) const {
  return nd::repeat(operand(*this, repeats.where()), repeats, axis);
}
array array::searchsorted(const operand &v, std::string_view side, const array &sorter) const {
  return nd::searchsorted(operand(*this, v.where()), v, side, sorter);
}
array array::argsort(std::optional<int64_t> axis, site where) const {
  return nd::argsort(operand(*this, where), axis);
}
void array::sort(int64_t axis, site where) {
  detail::write(*this, nd::sort(operand(*this, where), axis), "sort", where);
}
void array::put(const operand &ind, const operand &v) { nd::put(*this, ind, v); }
void array::partition(const axes &kth, int64_t axis, site where) {
  detail::write(*this, nd::partition(operand(*this, where), kth, axis), "partition", where);
}
array array::argpartition(const axes &kth, std::optional<int64_t> axis, site where) const {
  return nd::argpartition(operand(*this, where), kth, axis);
}
array array::choose(const array_list &choices) const {
  return nd::choose(operand(*this, choices.where()), choices);
}
void array::fill(const operand &value) { detail::alias(*this)[ellipsis] = value; }

#define ND_REDUCTION(name)                                                                         \
  array array::name(const axes &axis, site where) const {                                          \
    return nd::name(operand(*this, where), axis, reduce_options());                                \
  }                                                                                                \
  array array::name(const axes &axis, const reduce_options &options, site where) const {           \
    return nd::name(operand(*this, where), axis, options);                                         \
  }                                                                                                \
  array array::name(const reduce_options &options, site where) const {                             \
    return nd::name(operand(*this, where), axes(), options);                                       \
  }
ND_REDUCTION(sum)
ND_REDUCTION(prod)
ND_REDUCTION(mean)
ND_REDUCTION(var)
ND_REDUCTION(std)
ND_REDUCTION(min)
ND_REDUCTION(max)
ND_REDUCTION(ptp)
ND_REDUCTION(any)
ND_REDUCTION(all)
ND_REDUCTION(argmin)
ND_REDUCTION(argmax)
#undef ND_REDUCTION

} // namespace nd
