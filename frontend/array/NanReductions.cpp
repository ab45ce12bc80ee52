// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/nan_reductions.h"

#include "frontend/array/Fold.h"
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

using detail::fold_as;
using detail::folding;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Where elements count: they are not nan, and the caller's mask holds.
term counted(const term &x, const reduce_options &options) {
  term mask = !isnan(x);
  return detail::given(options.where) ? mask & mask.with(options.where).as(bool_) : mask;
}

array masked(const char *what, folding f, const operand &a, const axes &axis,
             reduce_options options) {
  term x = term_of(a);
  if (rules::is_inexact(x.dtype()))
    options.where = counted(x, options);
  return fold_as(what, f, a, axis, options);
}

/// var and std: nan where no degree of freedom is left.
array spread(const char *what, folding f, const operand &a, const axes &axis,
             const reduce_options &options) {
  term x = term_of(a), out = x.with(masked(what, f, a, axis, options));
  if (!rules::is_inexact(x.dtype()))
    return out;
  term mask = counted(x, options);
  term count = x.with(sum(mask.on(), axis, {.keepdims = options.keepdims}));
  return where(count <= options.correction.value_or(options.ddof),
               std::numeric_limits<double>::quiet_NaN(), out);
}

array extreme(const char *what, folding f, double beyond, const operand &a, const axes &axis,
              const reduce_options &options) {
  term x = term_of(a);
  if (!rules::is_inexact(x.dtype()))
    return fold_as(what, f, a, axis, options);
  if (options.initial || detail::given(options.where))
    return masked(what, f, a, axis, options);
  fold_as(what, f, a, axis, options); // refuses no elements
  reduce_options with = options;
  with.initial =
      rules::is_complex(x.dtype()) ? scalar(std::complex<double>(beyond, beyond)) : scalar(beyond);
  term out = x.with(masked(what, f, a, axis, with));
  term none = x.with(all(isnan(x).on(), axis, {.keepdims = options.keepdims}));
  return where(none, std::numeric_limits<double>::quiet_NaN(), out);
}

array position(const char *what, folding f, double beyond, const operand &a, const axes &axis,
               const reduce_options &options) {
  term x = term_of(a);
  if (!rules::is_inexact(x.dtype()))
    return fold_as(what, f, a, axis, options);
  term nans = isnan(x);
  array out = fold_as(what, f, where(nans, beyond, x).on(), axis, options);
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
ND_NAN(nansum, masked("nansum", folding::sum, a, axis, options))
ND_NAN(nanprod, masked("nanprod", folding::prod, a, axis, options))
ND_NAN(nanmean, masked("nanmean", folding::mean, a, axis, options))
ND_NAN(nanvar, spread("nanvar", folding::var, a, axis, options))
ND_NAN(nanstd, spread("nanstd", folding::std, a, axis, options))
ND_NAN(nanmin, extreme("nanmin", folding::min, infinity, a, axis, options))
ND_NAN(nanmax, extreme("nanmax", folding::max, -infinity, a, axis, options))
ND_NAN(nanargmin, position("nanargmin", folding::argmin, infinity, a, axis, options))
ND_NAN(nanargmax, position("nanargmax", folding::argmax, -infinity, a, axis, options))
#undef ND_NAN

} // namespace nd
