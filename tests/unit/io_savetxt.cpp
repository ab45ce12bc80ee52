// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Savetxt.h"

#include <gtest/gtest.h>

#include <clocale>
#include <limits>

using nd::dtype_kind;
using namespace nd::io;

namespace {

template <class T> struct kind_of;
template <> struct kind_of<double> { static constexpr dtype_kind value = dtype_kind::float64; };
template <> struct kind_of<int64_t> { static constexpr dtype_kind value = dtype_kind::int64; };
template <> struct kind_of<uint8_t> { static constexpr dtype_kind value = dtype_kind::bool_; };

template <class T> std::string text(const std::string &format, T value) {
  auto f = row_format::parse(format);
  if (!f)
    return "refused: " + f.error();
  std::string out;
  auto done = f->append(out, reinterpret_cast<const std::byte *>(&value), kind_of<T>::value);
  return done ? out : "failed: " + done.error().message;
}

// Python's % is compared with in tests/numpy/files.py; here are the refusals and a few anchors.
TEST(IoSavetxt, WritesAsPython) {
  EXPECT_EQ(text("%.18e", 0.1), "1.000000000000000056e-01");
  EXPECT_EQ(text("%+08.2f|", 3.14159), "+0003.14|");
  EXPECT_EQ(text("%-8g|", 1e20), "1e+20   |");
  EXPECT_EQ(text("%d", 1e20), "100000000000000000000");
  EXPECT_EQ(text("%d%%", int64_t(INT64_MIN)), "-9223372036854775808%");
  EXPECT_EQ(text("%#X", int64_t(255)), "0XFF");
  EXPECT_EQ(text("%s", uint8_t(1)), "True");
  EXPECT_EQ(text("%E", std::numeric_limits<double>::infinity()), "INF");
}

TEST(IoSavetxt, RefusesWhatPythonRefuses) {
  EXPECT_EQ(text("%d", std::numeric_limits<double>::quiet_NaN()),
            "failed: %d cannot write nan; use %e, %f or %g");
  EXPECT_EQ(text("%x", 1.0),
            "failed: %x writes integers and the elements are float64; use %e, %f or %g");
  EXPECT_EQ(text("%q", 1.0), "refused: the conversion '%q' is not known; use one of d e f g s x o");
  EXPECT_EQ(text("%5", 1.0),
            "refused: the conversion '%5' has no type; use one like %.18e, %d or %s");
  EXPECT_EQ(text("%99999f", 1.0), "refused: a width or precision in '%99999f' is above 1000");
  EXPECT_EQ(row_format_of({.fmt = {"%d", "%d"}}, 3, false).error(),
            "fmt has 2 formats for 3 columns; give one for each, or one for all");
  EXPECT_EQ(row_format_of({.fmt = {"%d %d"}}, 3, false).error(),
            "fmt '%d %d' has 2 % signs and a row has 3 numbers; give one, or as many as there are "
            "numbers");
  EXPECT_EQ(row_format_of({.fmt = {"%d%%", "%d"}}, 2, true).error(),
            "fmt '%d%% %d' has 2 conversions and a row has 4 numbers; %% is none");
  EXPECT_EQ(text("%c", int64_t(65)),
            "refused: the conversion '%c' is not known; use one of d e f g s x o");
}

TEST(IoSavetxt, DoesNotDependOnTheLocale) {
  const char *old = std::setlocale(LC_ALL, nullptr);
  const std::string saved = old ? old : "C";
  std::setlocale(LC_ALL, "de_DE.UTF-8");
  EXPECT_EQ(text("%.2f", 1.5), "1.50");
  std::setlocale(LC_ALL, saved.c_str());
}

} // namespace
