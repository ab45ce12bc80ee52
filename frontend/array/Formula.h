// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Formulas of arrays: what public functions are composed of, written with operators, each op at the
// user's line.
#ifndef ND_ARRAY_FORMULA_H
#define ND_ARRAY_FORMULA_H

#include "frontend/array/Compose.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

namespace nd::detail {

/// An array and the line it is computed for.
class term {
public:
  term(array value, const site &where) : value_(std::move(value)), where_(&where) {}

  const array &value() const { return value_; }
  operator const array &() const { return value_; }
  const site &where() const { return *where_; }
  nd::dtype dtype() const { return value_.dtype(); }
  const nd::shape &shape() const { return value_.shape(); }
  int64_t ndim() const { return value_.ndim(); }
  int64_t size() const { return value_.size(); }
  operand on() const { return operand(value_, *where_); }

  term with(array other) const { return {std::move(other), *where_}; }
  term as(nd::dtype type) const { return with(converted(value_, type, *where_)); }
  term reshape(const nd::shape &s) const { return with(reshaped(value_, s, *where_)); }
  /// count elements of an axis from \p first on.
  term part(int64_t axis, int64_t first, int64_t count, int64_t step = 1) const {
    return with(sliced_along(value_, size_t(axis), first, count, step, *where_));
  }
  /// An element of an axis, which disappears.
  term at(int64_t axis, int64_t position) const {
    nd::shape s(value_.shape().data(), size_t(axis));
    for (int64_t i = axis + 1; i < ndim(); ++i)
      s.push_back(value_.shape()[size_t(i)]);
    return part(axis, position, 1).reshape(s);
  }
  term sum(int64_t axis, bool keepdims = false) const {
    return with(nd::sum(on(), axis, {.keepdims = keepdims}));
  }

#define ND_TERM_BINARY(symbol, name)                                                               \
  friend term operator symbol(const term &a, const term &b) {                                      \
    return a.with(name(a.on(), b.on()));                                                           \
  }                                                                                                \
  friend term operator symbol(const term &a, const scalar &b) {                                    \
    return a.with(name(a.on(), operand(b, *a.where_)));                                            \
  }                                                                                                \
  friend term operator symbol(const scalar &a, const term &b) {                                    \
    return b.with(name(operand(a, *b.where_), b.on()));                                            \
  }
  ND_TERM_BINARY(+, add)
  ND_TERM_BINARY(-, subtract)
  ND_TERM_BINARY(*, multiply)
  ND_TERM_BINARY(/, divide)
  ND_TERM_BINARY(%, remainder)
  ND_TERM_BINARY(<, less)
  ND_TERM_BINARY(<=, less_equal)
  ND_TERM_BINARY(>, greater)
  ND_TERM_BINARY(>=, greater_equal)
  ND_TERM_BINARY(==, equal)
  ND_TERM_BINARY(!=, not_equal)
  ND_TERM_BINARY(&, logical_and)
  ND_TERM_BINARY(|, logical_or)
#undef ND_TERM_BINARY
  friend term operator!(const term &a) { return a.with(logical_not(a.on())); }
  friend term operator-(const term &a) { return a.with(negative(a.on())); }

#define ND_TERM_UNARY(name)                                                                        \
  friend term name(const term &a) { return a.with(nd::name(a.on())); }
  ND_TERM_UNARY(floor)
  ND_TERM_UNARY(ceil)
  ND_TERM_UNARY(rint)
  ND_TERM_UNARY(sqrt)
  ND_TERM_UNARY(isnan)
  ND_TERM_UNARY(conjugate)
  ND_TERM_UNARY(real)
  ND_TERM_UNARY(imag)
#undef ND_TERM_UNARY
  friend term minimum(const term &a, const scalar &b) {
    return a.with(nd::minimum(a.on(), operand(b, *a.where_)));
  }
  friend term minimum(const term &a, const term &b) { return a.with(nd::minimum(a.on(), b.on())); }
  friend term maximum(const term &a, const scalar &b) {
    return a.with(nd::maximum(a.on(), operand(b, *a.where_)));
  }
  friend term maximum(const term &a, const term &b) { return a.with(nd::maximum(a.on(), b.on())); }
  friend term where(const term &condition, const term &x, const term &y) {
    return condition.with(nd::where(condition.on(), x.on(), y.on()));
  }
  friend term where(const term &condition, const scalar &x, const term &y) {
    return condition.with(nd::where(condition.on(), operand(x, *condition.where_), y.on()));
  }
  friend term where(const term &condition, const term &x, const scalar &y) {
    return condition.with(nd::where(condition.on(), x.on(), operand(y, *condition.where_)));
  }

private:
  array value_;
  const site *where_;
};

/// An operand as a term.
inline term term_of(const operand &x) { return {as_array(x), x.where()}; }
/// A number, also one that stands for an extent of this trace, as a 0-d array.
inline term number(const scalar &value, dtype_kind type, const site &where) {
  return {record_full(value, type, {}, where), where};
}
/// 0, 1, ... along a new vector.
inline term counting(int64_t count, dtype_kind type, const site &where) {
  return {positions({count}, 0, type, where), where};
}
/// Whether the array holds one, as optional array arguments may not.
inline bool given(const array &a) { return access::raw(a) != nullptr; }
/// Whether its elements can be had now: nothing of it is an argument of nd::jit.
inline bool known(const array &a) { return !access::get(a).traced; }
/// Whether any element holds, of an array that is known. Evaluates.
bool any_of(const term &condition);

} // namespace nd::detail

#endif // ND_ARRAY_FORMULA_H
