// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/reductions.h"

#include "frontend/array/Compose.h"
#include "frontend/array/Fold.h"
#include "ir/rules/axes.h"
#include "ir/rules/promote.h"
#include "nd/manipulation.h"
#include "nd/ufuncs.h"

namespace nd {
namespace {

using detail::as_array;
using detail::extents;

/// A call with its arguments in order.
struct fold {
  const char *name;
  array x;
  extents over;
  const reduce_options &options;
  const site &where;

  fold(const char *name, const operand &a, const axes &axis, const reduce_options &options)
      : name(name), x(as_array(a)), over(detail::axes_of(axis, x.ndim(), name, a.where())),
        options(options), where(a.where()) {}

  operand on(const array &a) const { return operand(a, where); }
  bool masked() const { return detail::access::raw(options.where) != nullptr; }

  array record(const char *op, const array &a, bool keepdims) const {
    return detail::record(op, {&a}, {{"axes", over}, {"keepdims", keepdims}}, where);
  }
  array record(const char *op) const { return record(op, x, options.keepdims); }
  /// As large as x, which it does not stretch.
  array mask() const {
    return detail::stretched(detail::converted(options.where, bool_, where), x.shape(),
                             std::string(name) + ": where", where);
  }
  /// x where the mask holds, \p neutral elsewhere.
  array chosen(const operand &neutral) const {
    return masked() ? nd::where(on(mask()), on(x), neutral) : x;
  }
  /// The number of elements that count, as the result's dtype divides by it.
  array count(bool keepdims, dtype_kind type) const {
    if (!masked()) {
      extents sizes;
      for (int64_t axis : over)
        sizes.push_back(x.shape()[size_t(axis)]);
      return detail::converted(detail::counted(sizes, where), type, where);
    }
    return detail::converted(record("nd.sum", mask(), keepdims), type, where);
  }
  void refuse(bool given, const char *option) const {
    if (given)
      detail::raise(rules::error_kind::value, name, std::string("it takes no option ") + option,
                    where);
  }
  /// Refuses what only var and std take.
  void refuse_spread() const {
    refuse(options.ddof != 0, "ddof");
    refuse(options.correction.has_value(), "correction");
    refuse(detail::access::raw(options.mean) != nullptr, "mean");
  }
  void to_dtype() {
    if (options.dtype)
      x = detail::converted(x, *options.dtype, where);
  }
  array from_dtype(const array &a) const {
    return options.dtype ? detail::converted(a, *options.dtype, where) : a;
  }
};

array widening(const char *name, const char *op, int neutral,
               array (*join)(const operand &, const operand &), const operand &a, const axes &axis,
               const reduce_options &options) {
  fold f(name, a, axis, options);
  f.refuse_spread();
  f.to_dtype();
  if (f.masked())
    f.x = f.chosen(operand(neutral, f.where));
  array out = f.record(op);
  if (options.initial)
    out = join(f.on(out), operand(*options.initial, f.where));
  return f.from_dtype(out);
}

array extreme(const char *name, const char *op, array (*join)(const operand &, const operand &),
              const operand &a, const axes &axis, const reduce_options &options) {
  fold f(name, a, axis, options);
  f.refuse_spread();
  f.refuse(options.dtype.has_value(), "dtype");
  if (f.masked()) {
    if (!options.initial)
      detail::raise(rules::error_kind::value, name,
                    "with where it needs an initial value; add .initial", f.where);
    f.x = f.chosen(operand(*options.initial, f.where));
  }
  if (!options.initial)
    return f.record(op);
  bool nothing = false;
  for (int64_t i : f.over)
    nothing |= f.x.shape()[size_t(i)] == 0;
  if (nothing) {
    extents out =
        detail::checked(rules::reduce_shape(f.x.shape(), f.over, options.keepdims), name, f.where);
    return detail::record_full(*options.initial, f.x.dtype(), out, f.where);
  }
  array most = detail::record(
      op, {&f.x}, {{"axes", f.over}, {"keepdims", options.keepdims}, {"initial", true}}, f.where);
  return join(f.on(most), operand(*options.initial, f.where));
}

array truth(const char *name, const char *op, bool neutral, const operand &a, const axes &axis,
            const reduce_options &options) {
  fold f(name, a, axis, options);
  f.refuse_spread();
  f.refuse(options.dtype.has_value(), "dtype");
  f.refuse(options.initial.has_value(), "initial");
  if (f.masked()) {
    f.x = detail::converted(f.x, bool_, f.where);
    f.x = f.chosen(operand(neutral, f.where));
  }
  return f.record(op);
}

array position(const char *name, const char *op, const operand &a, const axes &axis,
               const reduce_options &options) {
  fold f(name, a, axis, options);
  f.refuse_spread();
  f.refuse(options.dtype.has_value(), "dtype");
  f.refuse(options.initial.has_value(), "initial");
  f.refuse(f.masked(), "where");
  if (axis.given() && f.over.size() != 1)
    detail::raise(rules::error_kind::value, name,
                  std::to_string(f.over.size()) +
                      " axes are given; it takes one, or none for the position in C order",
                  f.where);
  return f.record(op);
}

/// What mean and var compute in: the halves in float32, rounded at the end.
dtype_kind work_dtype(dtype_kind k) { return rules::accumulator_of(rules::inexact_result(k)); }

/// var, before a root is taken.
array spread(fold &f, const char *op) {
  const reduce_options &o = f.options;
  f.refuse(o.initial.has_value(), "initial");
  if (o.correction && o.ddof != 0)
    detail::raise(rules::error_kind::value, f.name,
                  "both ddof and correction are given, which are one; leave out either", f.where);
  const double ddof = o.correction.value_or(o.ddof);
  const bool centred = detail::access::raw(o.mean);
  f.to_dtype();
  if (!f.masked() && !centred)
    return f.from_dtype(detail::record(
        op, {&f.x}, {{"axes", f.over}, {"keepdims", o.keepdims}, {"ddof", ddof}}, f.where));
  const dtype_kind out_type = rules::real_of(rules::inexact_result(f.x.dtype()));
  f.x = detail::converted(f.x, work_dtype(f.x.dtype()), f.where);
  operand zero(0, f.where);
  array mean = o.mean;
  if (centred) {
    mean = detail::converted(mean, f.x.dtype(), f.where);
  } else {
    array total = f.record("nd.sum", f.chosen(zero), true);
    mean = divide(f.on(total), f.on(f.count(true, f.x.dtype())));
  }
  array deviation =
      detail::stretched(subtract(f.on(f.x), f.on(mean)), f.x.shape(), f.name, f.where);
  f.x = square(f.on(real(f.on(deviation))));
  if (rules::is_complex(deviation.dtype()))
    f.x = add(f.on(f.x), f.on(square(f.on(imag(f.on(deviation))))));
  array squares = f.record("nd.sum", f.chosen(zero), o.keepdims);
  array freedom = subtract(f.on(f.count(o.keepdims, f.x.dtype())), operand(ddof, f.where));
  array out = divide(f.on(squares), f.on(maximum(f.on(freedom), zero)));
  if (std::string_view(op) == "nd.std")
    out = sqrt(f.on(out));
  return f.from_dtype(detail::converted(out, out_type, f.where));
}

array average(const char *name, const operand &a, const axes &axis, const reduce_options &options) {
  fold f(name, a, axis, options);
  f.refuse_spread();
  f.refuse(options.initial.has_value(), "initial");
  f.to_dtype();
  if (!f.masked())
    return f.from_dtype(f.record("nd.mean"));
  const dtype_kind type = rules::inexact_result(f.x.dtype());
  f.x = detail::converted(f.x, work_dtype(type), f.where);
  array total = f.record("nd.sum", f.chosen(operand(0, f.where)), options.keepdims);
  array out = divide(f.on(total), f.on(f.count(options.keepdims, f.x.dtype())));
  return f.from_dtype(detail::converted(out, type, f.where));
}

} // namespace

array detail::fold_as(const char *name, folding kind, const operand &a, const axes &axis,
                      const reduce_options &options) {
  switch (kind) {
  case folding::sum:
    return widening(name, "nd.sum", 0, add, a, axis, options);
  case folding::prod:
    return widening(name, "nd.prod", 1, multiply, a, axis, options);
  case folding::mean:
    return average(name, a, axis, options);
  case folding::var:
  case folding::std: {
    fold f(name, a, axis, options);
    return spread(f, kind == folding::var ? "nd.var" : "nd.std");
  }
  case folding::min:
    return extreme(name, "nd.min", minimum, a, axis, options);
  case folding::max:
    return extreme(name, "nd.max", maximum, a, axis, options);
  case folding::all:
    return truth(name, "nd.all", true, a, axis, options);
  case folding::argmin:
    return position(name, "nd.argmin", a, axis, options);
  case folding::argmax:
    return position(name, "nd.argmax", a, axis, options);
  }
  return {};
}

#define ND_FOLD(name)                                                                              \
  array name(const operand &a, const axes &axis, const reduce_options &options) {                  \
    return detail::fold_as(#name, detail::folding::name, a, axis, options);                        \
  }
ND_FOLD(sum)
ND_FOLD(prod)
ND_FOLD(mean)
ND_FOLD(var)
ND_FOLD(std)
ND_FOLD(min)
ND_FOLD(max)
ND_FOLD(argmin)
ND_FOLD(argmax)
#undef ND_FOLD

array any(const operand &a, const axes &axis, const reduce_options &options) {
  return truth("any", "nd.any", false, a, axis, options);
}

array ptp(const operand &a, const axes &axis, const reduce_options &options) {
  using detail::folding;
  auto end = [&](folding kind) { return detail::fold_as("ptp", kind, a, axis, options); };
  return subtract(operand(end(folding::max), a.where()), operand(end(folding::min), a.where()));
}

array count_nonzero(const operand &a, const axes &axis, const reduce_options &options) {
  array x = as_array(a);
  return detail::fold_as("count_nonzero", detail::folding::sum,
                         operand(detail::converted(x, bool_, a.where()), a.where()), axis, options);
}

array all_t::operator()(const operand &a, const axes &axis, const reduce_options &options) const {
  return detail::fold_as("all", detail::folding::all, a, axis, options);
}
array all_t::operator()(const operand &a) const { return (*this)(a, axes(), reduce_options()); }
array all_t::operator()(const operand &a, const axes &axis) const {
  return (*this)(a, axis, reduce_options());
}
array all_t::operator()(const operand &a, const reduce_options &options) const {
  return (*this)(a, axes(), options);
}

#define ND_ALL_AXES(name)                                                                          \
  array name(const operand &a, const reduce_options &options) { return name(a, axes(), options); }
ND_ALL_AXES(sum)
ND_ALL_AXES(prod)
ND_ALL_AXES(mean)
ND_ALL_AXES(var)
ND_ALL_AXES(std)
ND_ALL_AXES(min)
ND_ALL_AXES(max)
ND_ALL_AXES(ptp)
ND_ALL_AXES(any)
ND_ALL_AXES(argmin)
ND_ALL_AXES(argmax)
ND_ALL_AXES(count_nonzero)
#undef ND_ALL_AXES

} // namespace nd
