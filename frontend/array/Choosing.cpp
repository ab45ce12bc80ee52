// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements of one array or another, by conditions.
#include "frontend/array/Known.h"
#include "nd/selection.h"
#include "nd/ufuncs.h"

namespace nd {

void copyto(const array &dst, const operand &src, const copyto_options &options) {
  const site &where = src.where();
  auto on = [&](const array &v) { return operand(v, where); };
  const dtype_kind to = dst.dtype();
  const std::string_view casting = options.casting;
  if (casting != "same_kind" && casting != "unsafe" && casting != "safe" && casting != "no")
    detail::raise(rules::error_kind::value, "copyto",
                  "the casting is '" + std::string(casting) +
                      "'; use 'same_kind', 'unsafe', 'safe' or 'no'",
                  where);
  if (!src.is_scalar() || src.value().kind == scalar::category::floating ||
      src.value().kind == scalar::category::complex) {
    const dtype_kind from = detail::as_array(src).dtype();
    const bool fits = casting == "unsafe" ? true
                      : casting == "no"   ? from == to
                      : casting == "safe" ? rules::promote(from, to) == to
                                          : detail::same_kind(from, to);
    if (!fits)
      detail::raise(rules::error_kind::dtype, "copyto",
                    std::string(rules::name(from)) + " is not cast to " +
                        std::string(rules::name(to)) + " by the rule '" + std::string(casting) +
                        "'; use 'unsafe', or cast it with astype",
                    where);
  }
  array value = detail::value_in(dst, src, "copyto");
  if (detail::access::raw(options.where)) {
    array mask = options.where;
    if (mask.dtype() != bool_)
      detail::raise(rules::error_kind::dtype, "copyto",
                    "the mask is " + std::string(rules::name(mask.dtype())) + "; use bool", where);
    mask = detail::stretched(mask, dst.shape(), "copyto", where);
    value = detail::stretched(value, dst.shape(), "copyto", where);
    value = nd::where(on(mask), on(value), on(dst));
  }
  detail::alias(dst)[ellipsis] = on(value);
}

array select(const array_list &condlist, const array_list &choicelist, const operand &otherwise) {
  const site &where = condlist.where();
  auto on = [&](const array &v) { return operand(v, where); };
  std::vector<array> conditions = detail::arrays_of(condlist),
                     choices = detail::arrays_of(choicelist);
  if (conditions.size() != choices.size() || conditions.empty())
    detail::raise(rules::error_kind::value, "select",
                  std::to_string(conditions.size()) + " conditions and " +
                      std::to_string(choices.size()) +
                      " choices are given; give one choice for each condition, at least one",
                  where);
  std::vector<array> given = choices;
  if (!otherwise.is_scalar())
    given.push_back(detail::as_array(otherwise));
  dtype_kind type = detail::promoted(given);
  if (otherwise.is_scalar())
    type = rules::promote_weak(type, detail::weak_kind_of(otherwise.value()));
  array out = otherwise.is_scalar() ? detail::record_full(otherwise.value(), type, {}, where)
                                    : detail::converted(detail::as_array(otherwise), type, where);
  for (size_t i = conditions.size(); i-- > 0;) {
    if (conditions[i].dtype() != bool_)
      detail::raise(rules::error_kind::dtype, "select",
                    "condition " + std::to_string(i) + " is " +
                        std::string(rules::name(conditions[i].dtype())) + "; use bool",
                    where);
    out = nd::where(on(conditions[i]), on(detail::converted(choices[i], type, where)), on(out));
  }
  return out;
}

} // namespace nd
