// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays from braces and from C++ memory.
#include "frontend/trace/Record.h"
#include "ir/rules/axes.h"

#include <cstring>

namespace nd {
namespace {

using detail::access;
using scalar_kind = scalar::category;

/// What braces hold, found in one walk.
struct literal {
  shape extents;
  size_t depth = SIZE_MAX; ///< of the numbers, once one is met
  bool complex = false, floating = false, integer = false, huge = false, negative = false,
       any = false;

  void visit(const std::initializer_list<nested> &list, size_t level, const site &where) {
    if (extents.size() == level) {
      if (depth != SIZE_MAX)
        ragged("a list stands where other rows have numbers", where);
      extents.push_back(int64_t(list.size()));
    } else if (extents[level] != int64_t(list.size())) {
      ragged("lists at depth " + std::to_string(level) + " have " + std::to_string(extents[level]) +
                 " and " + std::to_string(list.size()) + " elements",
             where);
    }
    for (const nested &item : list)
      item.is_list() ? visit(item.list(), level + 1, where) : leaf(item.leaf(), level + 1, where);
  }

  void leaf(const scalar &s, size_t level, const site &where) {
    if (depth == SIZE_MAX && extents.size() == level)
      depth = level;
    if (depth != level)
      ragged("a number stands where other rows have lists", where);
    any = true;
    complex |= s.kind == scalar_kind::complex;
    floating |= s.kind == scalar_kind::floating;
    integer |= s.kind == scalar_kind::integer || s.kind == scalar_kind::unsigned_integer;
    huge |= s.kind == scalar_kind::unsigned_integer && s.integer < 0;
    negative |= s.kind == scalar_kind::integer && s.integer < 0;
  }

  [[noreturn]] void ragged(const std::string &why, const site &where) {
    detail::raise(rules::error_kind::shape, "array",
                  "the braces are ragged: " + why + "; give rows of one length", where);
  }

  dtype_kind dtype() const {
    if (complex)
      return complex128;
    if (floating || !any)
      return float64;
    if (huge)
      return negative ? float64 : uint64;
    return integer ? int64 : bool_;
  }
};

void store(const std::initializer_list<nested> &list, dtype_kind type, char *&out,
           const site &where) {
  for (const nested &item : list) {
    if (item.is_list()) {
      store(item.list(), type, out, where);
      continue;
    }
    if (!detail::store_scalar(item.leaf(), type, out))
      detail::raise_unfit(item.leaf(), type, "array", where);
    out += rules::itemsize(type);
  }
}

array from_literal(const std::initializer_list<nested> &values, std::optional<dtype_kind> type,
                   const site &where) {
  literal found;
  found.visit(values, 0, where);
  dtype_kind chosen = type.value_or(found.dtype());
  array out = detail::allocate(chosen, found.extents, "array", where);
  char *at = detail::bytes_of(out);
  store(values, chosen, at, where);
  return out;
}

} // namespace

array::array(std::initializer_list<nested> values, site where) {
  *this = from_literal(values, {}, where);
}

array::array(std::initializer_list<nested> values, nd::dtype type, site where) {
  *this = from_literal(values, type, where);
}

array::array(const scalar &value, site where) {
  bool huge = value.kind == scalar_kind::unsigned_integer && value.integer < 0;
  nd::dtype type = huge ? uint64 : rules::default_dtype(detail::weak_kind_of(value));
  if (std::optional<array> size = detail::stand_in(value, type, where)) {
    *this = std::move(*size);
    return;
  }
  *this = detail::allocate(type, {}, "array", where);
  detail::store_scalar(value, type, storage());
}

void array::construct(const void *data, nd::dtype type, const nd::shape &s, int64_t count,
                      const site &where) {
  int64_t wanted = detail::element_count(s, "array", where);
  if (wanted != count)
    detail::raise(rules::error_kind::shape, "array",
                  std::to_string(count) + " elements do not fill shape " + nd::to_string(s) +
                      " of " + std::to_string(wanted) + "; the counts must be equal",
                  where);
  *this = detail::allocate(type, s, "array", where);
  if (data && count)
    std::memcpy(storage(), data, size_t(count) * rules::itemsize(type));
}

void *array::storage() const { return access::get(*this).data; }

} // namespace nd
