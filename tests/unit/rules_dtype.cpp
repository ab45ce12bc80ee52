// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/rules/dtype.h"
#include "ir/rules/promote.h"

#include <gtest/gtest.h>

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
  EXPECT_EQ(parse_name("float16"), std::nullopt);
  EXPECT_EQ(npy_descr(float64), "<f8");
  EXPECT_EQ(npy_descr(uint8), "|u1");
}

TEST(RulesDtype, KnowsSizesAndCategories) {
  EXPECT_EQ(itemsize(bool_), 1u);
  EXPECT_EQ(itemsize(uint16), 2u);
  EXPECT_EQ(itemsize(float32), 4u);
  EXPECT_TRUE(is_signed(int64) && is_unsigned(uint8) && is_float(float32) && is_bool(bool_));
  EXPECT_FALSE(is_integer(bool_) || is_integer(float32) || is_signed(uint64) || is_float(uint64));
}

// numpy.result_type of every pair, in the order of the dtypes; a digit or letter stands for a
// dtype.
TEST(RulesPromote, AgreesWithNumpyOnEveryPair) {
  const std::string codes = "?bhilBHILfd"; // bool int8..int64 uint8..uint64 float32 float64
  const char *const rows[] = {"?bhilBHILfd", "bbhilhildfd", "hhhilhildfd", "iiiiliilddd",
                              "llllllllddd", "BhhilBHILfd", "HiiilHHILfd", "IllllIIILdd",
                              "LddddLLLLdd", "fffddffddfd", "ddddddddddd"};
  for (size_t a = 0; a < all_dtypes.size(); ++a)
    for (size_t b = 0; b < all_dtypes.size(); ++b)
      EXPECT_EQ(codes[size_t(promote(all_dtypes[a], all_dtypes[b]))], rows[a][b])
          << name(all_dtypes[a]) << " with " << name(all_dtypes[b]);
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
  EXPECT_EQ(float_result(bool_), float32);
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
