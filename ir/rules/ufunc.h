// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which dtypes a ufunc computes in and gives, by the rule its row names.
#ifndef ND_RULES_UFUNC_H
#define ND_RULES_UFUNC_H

#include "ir/rules/dtype.h"
#include "ir/rules/error.h"
#include "ir/rules/promote.h"
#include <span>
#include <string>
#include <vector>

namespace nd::rules {

/// How a pointwise op treats dtypes; operands are promoted together unless said otherwise.
enum class ufunc {
  floating,                 ///< floats and complex stay, the rest become a float that holds them
  floating_real,            ///< the same, but complex is refused
  true_divide,              ///< floats and complex stay, the rest become float64
  arithmetic,               ///< the promoted dtype, bool included
  arithmetic_no_bool,       ///< the same, but bool is refused
  arithmetic_int8_for_bool, ///< the same, but bool computes as int8
  real_int8_for_bool,       ///< that, and complex is refused
  part,                     ///< complex gives its real dtype, any other stays
  complex,                  ///< two floats give a complex number
  rounding,                 ///< any dtype but complex stays
  bitwise,                  ///< bool and integers
  shift,                    ///< integers; bool computes as int8
  comparison,               ///< computed in the promoted dtype, gives bool
  logical,                  ///< operands become bool, gives bool
  integers,                 ///< integers stay, bool is refused
  count,                    ///< integers, gives uint8; bool computes as int8
  exponent,                 ///< operands become floats, gives int32; complex is refused
  scale,                    ///< a float and an integer that counts powers of two, gives the float
  predicate,                ///< operands stay, gives bool
  predicate_float,          ///< operands become floats, gives bool; complex is refused
  select,                   ///< a bool condition and two alternatives
};

struct ufunc_types {
  std::vector<dtype_kind> operands;
  dtype_kind result;
};

inline result<ufunc_types> ufunc_dtypes(ufunc rule, std::span<const dtype_kind> in) {
  auto all = [&](dtype_kind compute, dtype_kind out) {
    return ufunc_types{std::vector<dtype_kind>(in.size(), compute), out};
  };
  if (rule == ufunc::select) {
    dtype_kind t = promote(in[1], in[2]);
    return ufunc_types{{dtype_kind::bool_, t, t}, t};
  }
  if (rule == ufunc::logical)
    return all(dtype_kind::bool_, dtype_kind::bool_);
  if (rule == ufunc::scale) {
    const dtype_kind f = float_result(in[0]), n = in[1];
    if (is_complex(f))
      return fail(error_kind::dtype, "dtype " + std::string(name(in[0])) +
                                         " of x1 is not supported: it takes real numbers; take "
                                         "nd::real(x1) or nd::imag(x1) first");
    if (is_inexact(n) || n == dtype_kind::uint64)
      return fail(error_kind::dtype, "dtype " + std::string(name(n)) +
                                         " of x2 is not supported: it takes integers that int64 "
                                         "holds; cast with astype(nd::int64)");
    const bool wide = itemsize(n) == 8 || n == dtype_kind::uint32;
    return ufunc_types{{f, wide ? dtype_kind::int64 : dtype_kind::int32}, f};
  }
  dtype_kind t = promote_all(in);
  auto refuse = [&](const char *wants, const char *fix) {
    std::string text = "dtype ";
    for (size_t i = 0; i < in.size(); ++i)
      text += (i ? " and " : "") + std::string(name(in[i]));
    return fail(error_kind::dtype, text + (in.size() > 1 ? " are" : " is") +
                                       " not supported: it takes " + wants + "; " + fix);
  };
  auto refuse_complex = [&] {
    return refuse("real numbers", "take nd::real(x), nd::imag(x) or nd::absolute(x) first");
  };
  switch (rule) {
  case ufunc::floating:
  case ufunc::floating_real:
  case ufunc::complex:
  case ufunc::exponent:
  case ufunc::predicate_float: {
    dtype_kind f = float_result(in[0]);
    for (dtype_kind k : in.subspan(1))
      f = promote(f, float_result(k));
    if (is_complex(f) && rule != ufunc::floating)
      return refuse_complex();
    if (rule == ufunc::complex)
      return all(real_of(complex_of(f)), complex_of(f));
    return all(f, rule == ufunc::predicate_float ? dtype_kind::bool_
                  : rule == ufunc::exponent      ? dtype_kind::int32
                                                 : f);
  }
  case ufunc::true_divide:
    return all(inexact_result(t), inexact_result(t));
  case ufunc::arithmetic:
    return all(t, t);
  case ufunc::part:
    return all(t, real_of(t));
  case ufunc::rounding:
    if (is_complex(t))
      return refuse_complex();
    return all(t, t);
  case ufunc::arithmetic_no_bool:
    if (is_bool(t))
      return refuse("numbers", in.size() > 1 ? "use bitwise_xor (^) or logical_xor for bool"
                                             : "use logical_not (~) for bool, or cast with astype");
    return all(t, t);
  case ufunc::arithmetic_int8_for_bool:
  case ufunc::real_int8_for_bool:
    if (is_complex(t) && rule == ufunc::real_int8_for_bool)
      return refuse_complex();
    if (is_bool(t))
      t = dtype_kind::int8;
    return all(t, t);
  case ufunc::bitwise:
    if (is_inexact(t))
      return refuse("bool and integers", "cast with astype(nd::int64)");
    return all(t, t);
  case ufunc::shift:
    if (is_inexact(t))
      return refuse("integers", "cast with astype(nd::int64)");
    if (is_bool(t))
      t = dtype_kind::int8;
    return all(t, t);
  case ufunc::integers:
    if (is_bool(t) || is_inexact(t))
      return refuse("integers", "cast with astype(nd::int64)");
    return all(t, t);
  case ufunc::count:
    if (is_inexact(t))
      return refuse("integers", "cast with astype(nd::int64)");
    return all(is_bool(t) ? dtype_kind::int8 : t, dtype_kind::uint8);
  case ufunc::comparison:
    return all(t, dtype_kind::bool_);
  case ufunc::predicate:
    return all(t, dtype_kind::bool_);
  default:
    return all(t, t);
  }
}

/// How a reduction treats dtypes.
enum class reduction {
  widening,      ///< bool and integers fold in 64 bits, the halves in float32, the rest stays
  floating,      ///< floats and complex stay, the rest become float64
  spread,        ///< the same, but complex gives its real dtype
  same_nonempty, ///< any dtype stays; an empty axis has no answer
  boolean,       ///< elements become bool
  position,      ///< gives int64 positions; an empty axis has no answer
};

struct reduction_types {
  dtype_kind accumulator, result;
};

inline reduction_types reduction_dtypes(reduction rule, dtype_kind x) {
  switch (rule) {
  case reduction::widening:
    return {accumulator_of(sum_result(x)), sum_result(x)};
  case reduction::floating:
    return {inexact_result(x), inexact_result(x)};
  case reduction::spread:
    return {inexact_result(x), real_of(inexact_result(x))};
  case reduction::boolean:
    return {dtype_kind::bool_, dtype_kind::bool_};
  case reduction::position:
    return {x, dtype_kind::int64};
  default:
    return {x, x};
  }
}

} // namespace nd::rules

#endif // ND_RULES_UFUNC_H
