// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Compose.h"
#include "nd/ufuncs.h"

namespace nd {
namespace {

int kind_rank(dtype_kind k) {
  return rules::is_bool(k)       ? 0
         : rules::is_unsigned(k) ? 1
         : rules::is_signed(k)   ? 2
         : rules::is_float(k)    ? 3
                                 : 4;
}

/// a = f(a, b) in place: the array keeps its shape and dtype, as NumPy's casting='same_kind' has
/// it.
void check_in_place(const array &a, const char *what, const array &result, const site &where) {
  if (!(result.shape() == a.shape()))
    detail::raise(rules::error_kind::shape, what,
                  "the result has shape " + to_string(result.shape()) +
                      " and does not fit in place into " + to_string(a.shape()) +
                      "; write a = a op b for a new array",
                  where);
  if (kind_rank(result.dtype()) > kind_rank(a.dtype()))
    detail::raise(rules::error_kind::dtype, what,
                  "the result is " + std::string(name(result.dtype())) +
                      " and does not fit in place into " + std::string(name(a.dtype())) +
                      "; write a = a op b for a new array, or cast with astype",
                  where);
}

void assign(const array &a, const char *what, const array &result, const site &where) {
  check_in_place(a, what, result, where);
  detail::write(a, result, true, what, where);
}

/// Gives \p f the operand that is combined with \p a in place: it takes the shape of \p a where a
/// run decides which that is.
array combined(array f(const operand &, const operand &), const array &a, const operand &b,
               const char *what) {
  const site &where = b.where();
  if (b.is_scalar())
    return f(operand(a, where), b);
  array fitting = detail::agreeing(detail::as_array(b), a.shape(), what, where);
  return f(operand(a, where), operand(fitting, where));
}

} // namespace
} // namespace nd

namespace ND_API nd {

array operator+(const operand &a, const operand &b) { return add(a, b); }
array operator-(const operand &a, const operand &b) { return subtract(a, b); }
array operator*(const operand &a, const operand &b) { return multiply(a, b); }
array operator/(const operand &a, const operand &b) { return divide(a, b); }
array operator%(const operand &a, const operand &b) { return remainder(a, b); }
array operator&(const operand &a, const operand &b) { return bitwise_and(a, b); }
array operator|(const operand &a, const operand &b) { return bitwise_or(a, b); }
array operator^(const operand &a, const operand &b) { return bitwise_xor(a, b); }
array operator<<(const operand &a, const operand &b) { return left_shift(a, b); }
array operator>>(const operand &a, const operand &b) { return right_shift(a, b); }
array operator==(const operand &a, const operand &b) { return equal(a, b); }
array operator!=(const operand &a, const operand &b) { return not_equal(a, b); }
array operator<(const operand &a, const operand &b) { return less(a, b); }
array operator<=(const operand &a, const operand &b) { return less_equal(a, b); }
array operator>(const operand &a, const operand &b) { return greater(a, b); }
array operator>=(const operand &a, const operand &b) { return greater_equal(a, b); }
array operator-(const operand &a) { return negative(a); }
array operator+(const operand &a) { return positive(a); }
array operator~(const operand &a) { return invert(a); }

void array::operator=(const operand &value) && {
  if (auto choice = detail::take_choice(node_))
    return detail::write_chosen(*choice, value);
  bool fresh = value.is_scalar() || value.node()->expiring;
  detail::write(*this, detail::value_for(*this, value, "assignment"), fresh, "assignment",
                value.where());
}

#define ND_IN_PLACE(symbol, function)                                                              \
  array &array::operator symbol(const operand &b) & {                                              \
    assign(*this, #function, combined(function, *this, b, #function), b.where());                  \
    return *this;                                                                                  \
  }                                                                                                \
  void array::operator symbol(const operand &b) && {                                               \
    auto choice = detail::take_choice(node_);                                                      \
    if (!choice)                                                                                   \
      return assign(*this, #function, combined(function, *this, b, #function), b.where());         \
    array old = detail::choose(choice->base, detail::pointers_to(choice->items), choice->where);   \
    array result = combined(function, old, b, #function);                                          \
    check_in_place(old, #function, result, b.where());                                             \
    detail::write_chosen(*choice, operand(result, b.where()));                                     \
  }
ND_IN_PLACE(+=, add)
ND_IN_PLACE(-=, subtract)
ND_IN_PLACE(*=, multiply)
ND_IN_PLACE(/=, divide)
ND_IN_PLACE(%=, remainder)
ND_IN_PLACE(&=, bitwise_and)
ND_IN_PLACE(|=, bitwise_or)
ND_IN_PLACE(^=, bitwise_xor)
ND_IN_PLACE(<<=, left_shift)
ND_IN_PLACE(>>=, right_shift)
#undef ND_IN_PLACE

} // namespace nd
