// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/rules/dtype.h"
#include "ir/rules/promote.h"
#include "ir/rules/ufunc.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

using namespace nd::rules;
using nd::dtype_kind;
using enum nd::dtype_kind;

namespace {

TEST(RulesDtype, NamesParseBack) {
  for (dtype_kind k : all_dtypes)
    EXPECT_EQ(parse_name(name(k)), k);
  EXPECT_EQ(name(bool_), "bool");
  EXPECT_EQ(parse_name("bool_"), bool_);
  EXPECT_EQ(parse_name("float128"), std::nullopt);
  EXPECT_EQ(npy_descr(complex128), "<c16");
  EXPECT_EQ(npy_descr(float16), "<f2");
  EXPECT_EQ(npy_descr(float64), "<f8");
  EXPECT_EQ(npy_descr(uint8), "|u1");
}

/// Found by random programs: integers of both signs beside a float went through a larger integer.
TEST(RulesDtype, ManyPromoteInAnyOrder) {
  for (auto [a, b, c, result] : {std::array{int8, uint16, complex64, complex64},
                                 {int16, uint16, float32, float32},
                                 {uint8, int8, float16, float16},
                                 {int8, uint16, float16, float32},
                                 {int32, uint32, float32, float64},
                                 {bool_, int8, uint8, int16},
                                 {uint64, int64, bool_, float64}})
    for (auto in : {std::array{a, b, c}, {b, a, c}, {c, a, b}, {a, c, b}, {b, c, a}, {c, b, a}})
      EXPECT_EQ(promote_all(in), result) << name(in[0]) << name(in[1]) << name(in[2]);
}

TEST(RulesDtype, KnowsSizesAndCategories) {
  EXPECT_EQ(itemsize(bool_), 1u);
  EXPECT_EQ(itemsize(uint16), 2u);
  EXPECT_EQ(itemsize(float32), 4u);
  EXPECT_TRUE(is_signed(int64) && is_unsigned(uint8) && is_float(float32) && is_bool(bool_));
  EXPECT_TRUE(is_float(float16) && is_float(bfloat16) && is_half(bfloat16) &&
              is_complex(complex64));
  EXPECT_FALSE(is_float(complex64) || is_complex(float64) || is_half(float32));
  EXPECT_EQ(itemsize(complex128), 16u);
  EXPECT_EQ(real_of(complex64), float32);
  EXPECT_EQ(real_of(int8), int8);
  EXPECT_EQ(complex_of(float16), complex64);
  EXPECT_EQ(complex_of(int16), complex64);
  EXPECT_EQ(complex_of(int32), complex128);
  EXPECT_EQ(complex_of(float64), complex128);
  EXPECT_FALSE(is_integer(bool_) || is_integer(float32) || is_signed(uint64) || is_float(uint64));
}

// A letter stands for a dtype, in their order: bool int8..int64 uint8..uint64 float16 bfloat16
// float32 float64 complex64 complex128.
const std::string codes = "?bhilBHILegfdFD";

char code(dtype_kind k) { return codes[size_t(k)]; }

// numpy.promote_types of every pair; bfloat16 (g), which NumPy has not, as promote() says.
TEST(RulesPromote, AgreesWithNumpyOnEveryPair) {
  const char *const rows[] = {"?bhilBHILegfdFD", "bbhilhildegfdFD", "hhhilhildfgfdFD",
                              "iiiiliilddgddDD", "llllllllddgddDD", "BhhilBHILegfdFD",
                              "HiiilHHILfgfdFD", "IllllIIILdgddDD", "LddddLLLLdgddDD",
                              "eefddefddeffdFD", "gggggggggfgfdFD", "fffddffddfffdFD",
                              "dddddddddddddDD", "FFFDDFFDDFFFDFD", "DDDDDDDDDDDDDDD"};
  for (size_t a = 0; a < all_dtypes.size(); ++a)
    for (size_t b = 0; b < all_dtypes.size(); ++b)
      EXPECT_EQ(code(promote(all_dtypes[a], all_dtypes[b])), rows[a][b])
          << name(all_dtypes[a]) << " with " << name(all_dtypes[b]);
}

// The dtypes that exp, divide, sum, mean and var give in NumPy.
TEST(RulesPromote, AgreesWithNumpyOnResults) {
  const std::string floats = "eefddefddegfdFD", divided = "dddddddddegfdFD",
                    sums = "lllllLLLLegfdFD", spreads = "dddddddddegfdfd";
  for (dtype_kind k : all_dtypes) {
    size_t i = size_t(k);
    EXPECT_EQ(code(float_result(k)), floats[i]) << name(k);
    EXPECT_EQ(code(inexact_result(k)), divided[i]) << name(k);
    EXPECT_EQ(code(sum_result(k)), sums[i]) << name(k);
    EXPECT_EQ(code(reduction_dtypes(reduction::spread, k).result), spreads[i]) << name(k);
  }
}

// NEP 50 for a Python complex beside each dtype.
TEST(RulesPromote, WeakComplexScalars) {
  const std::string with_complex = "DDDDDDDDDFFFDFD", with_float = "dddddddddegfdFD",
                    with_integer = "lbhilBHILegfdFD";
  for (dtype_kind k : all_dtypes) {
    size_t i = size_t(k);
    EXPECT_EQ(code(promote_weak(k, weak_kind::complex)), with_complex[i]) << name(k);
    EXPECT_EQ(code(promote_weak(k, weak_kind::floating)), with_float[i]) << name(k);
    EXPECT_EQ(code(promote_weak(k, weak_kind::integer)), with_integer[i]) << name(k);
  }
  EXPECT_EQ(default_dtype(weak_kind::complex), complex128);
}

TEST(RulesUfunc, RefusesWhatComplexNumbersHaveNot) {
  const dtype_kind pair[] = {complex64, complex64};
  for (ufunc rule : {ufunc::floating_real, ufunc::real_int8_for_bool, ufunc::rounding,
                     ufunc::bitwise, ufunc::shift, ufunc::predicate_float, ufunc::complex,
                     ufunc::integers, ufunc::count, ufunc::exponent}) {
    auto refused = ufunc_dtypes(rule, pair);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, error_kind::dtype);
    EXPECT_NE(refused.error().message.find("complex64 and complex64 are not supported"),
              std::string::npos);
  }
  EXPECT_EQ(ufunc_dtypes(ufunc::part, pair)->result, float32);
  EXPECT_EQ(ufunc_dtypes(ufunc::comparison, pair)->result, bool_);
}

TEST(RulesUfunc, AnExponentOfLdexpPromotesWithNobody) {
  auto of = [](dtype_kind x1, dtype_kind x2) {
    const dtype_kind pair[] = {x1, x2};
    return ufunc_dtypes(ufunc::scale, pair);
  };
  EXPECT_EQ(of(float32, int64)->result, float32);
  EXPECT_EQ(of(float32, int64)->operands[1], int64);
  EXPECT_EQ(of(float32, uint32)->operands[1], int64);
  EXPECT_EQ(of(bfloat16, bool_)->operands[1], int32);
  EXPECT_EQ(of(int16, int8)->result, float32);
  EXPECT_EQ(of(float32, uint64).error().message,
            "dtype uint64 of x2 is not supported: it takes integers that int64 holds; cast with "
            "astype(nd::int64)");
  EXPECT_EQ(of(float64, float32).error().kind, error_kind::dtype);
  EXPECT_EQ(of(complex64, int32).error().message,
            "dtype complex64 of x1 is not supported: it takes real numbers; take nd::real(x1) or "
            "nd::imag(x1) first");
}

TEST(RulesUfunc, IntegersAloneHaveDivisors) {
  const dtype_kind pair[] = {bool_, bool_};
  EXPECT_EQ(ufunc_dtypes(ufunc::integers, pair).error().message,
            "dtype bool and bool are not supported: it takes integers; cast with "
            "astype(nd::int64)");
  EXPECT_EQ(ufunc_dtypes(ufunc::count, std::span(pair, 1))->result, uint8);
  EXPECT_EQ(ufunc_dtypes(ufunc::count, std::span(pair, 1))->operands[0], int8);
}

TEST(RulesPromote, WeakScalarsTakeTheArraysDtype) {
  EXPECT_EQ(promote_weak(float32, weak_kind::floating), float32);
  EXPECT_EQ(promote_weak(uint8, weak_kind::integer), uint8);
  EXPECT_EQ(promote_weak(bool_, weak_kind::bool_), bool_);
  EXPECT_EQ(promote_weak(bool_, weak_kind::integer), int64);
  EXPECT_EQ(promote_weak(int8, weak_kind::floating), float64);
  EXPECT_EQ(promote_weak(int32, weak_kind::bool_), int32);
  EXPECT_EQ(default_dtype(weak_kind::integer), int64);
  EXPECT_EQ(default_dtype(weak_kind::floating), float64);
  EXPECT_EQ(default_dtype(weak_kind::bool_), bool_);
}

TEST(RulesPromote, ResultsOfFunctions) {
  EXPECT_EQ(float_result(bool_), float16);
  EXPECT_EQ(float_result(uint16), float32);
  EXPECT_EQ(float_result(int32), float64);
  EXPECT_EQ(float_result(int16, uint16), float32);
  EXPECT_EQ(float_result(int8, float64), float64);
  EXPECT_EQ(inexact_result(int8), float64);
  EXPECT_EQ(inexact_result(float32), float32);
  EXPECT_EQ(sum_result(bool_), int64);
  EXPECT_EQ(sum_result(uint8), uint64);
  EXPECT_EQ(sum_result(float32), float32);
}

} // namespace
