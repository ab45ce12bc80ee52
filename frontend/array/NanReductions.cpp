// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/nan_reductions.h"

#include "frontend/array/Formula.h"
#include "ir/rules/promote.h"

#include <complex>
#include <limits>

namespace nd {

bool detail::any_of(const term &condition) {
  return nd::any(condition.on()).item<bool>(condition.where());
}

namespace {

using detail::term;
using detail::term_of;

using reduction = array (*)(const operand &, const axes &, const reduce_options &);

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Where elements count: they are not nan, and the caller's mask holds.
term counted(const term &x, const reduce_options &options) {
  term mask = !isnan(x);
  return detail::given(options.where) ? mask & mask.with(options.where).as(bool_) : mask;
}

array masked(reduction f, const operand &a, const axes &axis, reduce_options options) {
  term x = term_of(a);
  if (rules::is_inexact(x.dtype()))
    options.where = counted(x, options);
  return f(a, axis, options);
}

/// var and std: nan where no degree of freedom is left.
array spread(reduction f, const operand &a, const axes &axis, const reduce_options &options) {
  term x = term_of(a), out = x.with(masked(f, a, axis, options));
  if (!rules::is_inexact(x.dtype()))
    return out;
  term mask = counted(x, options);
  term count = x.with(sum(mask.on(), axis, {.keepdims = options.keepdims}));
  return where(count <= options.ddof, std::numeric_limits<double>::quiet_NaN(), out);
}

array extreme(reduction f, double beyond, const operand &a, const axes &axis,
              const reduce_options &options) {
  term x = term_of(a);
  if (!rules::is_inexact(x.dtype()))
    return f(a, axis, options);
  if (options.initial || detail::given(options.where))
    return masked(f, a, axis, options);
  f(a, axis, options); // refuses no elements
  reduce_options with = options;
  with.initial =
      rules::is_complex(x.dtype()) ? scalar(std::complex<double>(beyond, beyond)) : scalar(beyond);
  term out = x.with(masked(f, a, axis, with));
  term none = x.with(all(isnan(x).on(), axis, {.keepdims = options.keepdims}));
  return where(none, std::numeric_limits<double>::quiet_NaN(), out);
}

array position(const char *what, reduction f, double beyond, const operand &a, const axes &axis,
               const reduce_options &options) {
  term x = term_of(a);
  if (!rules::is_inexact(x.dtype()))
    return f(a, axis, options);
  term nans = isnan(x);
  array out = f(where(nans, beyond, x).on(), axis, options);
  if (detail::known(x) && x.size() > 0 &&
      detail::any_of(x.with(all(nans.on(), axis, reduce_options()))))
    detail::raise(rules::error_kind::value, what,
                  "all elements of a slice are nan, so that none has a position; "
                  "leave the slice out",
                  a.where());
  return out;
}

} // namespace

#define ND_NAN(name, call)                                                                         \
  array name(const operand &a, const axes &axis, const reduce_options &options) { return call; }   \
  array name(const operand &a, const reduce_options &options) { return name(a, axes(), options); }
ND_NAN(nansum, masked(sum, a, axis, options))
ND_NAN(nanprod, masked(prod, a, axis, options))
ND_NAN(nanmean, masked(mean, a, axis, options))
ND_NAN(nanvar, spread(var, a, axis, options))
ND_NAN(nanstd, spread(nd::std, a, axis, options))
ND_NAN(nanmin, extreme(min, infinity, a, axis, options))
ND_NAN(nanmax, extreme(max, -infinity, a, axis, options))
ND_NAN(nanargmin, position("nanargmin", argmin, infinity, a, axis, options))
ND_NAN(nanargmax, position("nanargmax", argmax, -infinity, a, axis, options))
#undef ND_NAN

} // namespace nd
