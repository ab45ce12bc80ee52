// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Csv.h"
#include "frontend/io/Fields.h"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>

using namespace nd::io;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

struct expected {
  int64_t rows, cols;
  std::vector<double> values;
};

void check(std::string_view text, const loadtxt_options &opts, const expected &want) {
  SCOPED_TRACE(std::string(text));
  auto t = parse_table<double>(text, "t.csv", opts);
  ASSERT_TRUE(t) << t.error().message;
  EXPECT_EQ(t->rows, want.rows);
  EXPECT_EQ(t->cols, want.cols);
  EXPECT_EQ(t->values, want.values);
}

template <class T = double>
std::string message(std::string_view text, const loadtxt_options &opts = {}) {
  auto t = parse_table<T>(text, "t.csv", opts);
  return t ? "no error" : t.error().message;
}

const loadtxt_options comma = {.delimiter = ","};

TEST(IoCsv, ReadsRowsAndColumns) {
  check("1 2\n3 4\n", {}, {2, 2, {1, 2, 3, 4}});
  check("  1\t 2  \r\n\r\n3 4", {}, {2, 2, {1, 2, 3, 4}});
  check("1,2\n\n3,4", comma, {2, 2, {1, 2, 3, 4}});
  check(" 1 , 2\t\n", comma, {1, 2, {1, 2}});
  check("1\r2\r3", {}, {3, 1, {1, 2, 3}});
  check("\xef\xbb\xbf"
        "1 2",
        {}, {1, 2, {1, 2}});
  check("", {}, {0, 1, {}});
}

TEST(IoCsv, ReadsEveryFormOfANumber) {
  check("+1 -2 .5 5. 1e5 1E+5 1e-2 -0", {}, {1, 8, {1, -2, .5, 5, 1e5, 1e5, 1e-2, 0}});
  check("inf -INF Infinity +inf", {}, {1, 4, {inf, -inf, inf, inf}});
  check("1e999 -1e999 1e-999 0.000e99999999999999999999 4.9e-324", {},
        {1, 5, {inf, -inf, 0, 0, 4.9e-324}});
  auto nan = parse_table<double>("nan NaN -nan", "t.csv");
  for (double v : nan->values)
    EXPECT_TRUE(std::isnan(v));
  for (const char *bad : {"0x10", "1_0", "1d5", "--1", "+-1", "-+1", "nan(abc)", "e5", "1e", ".",
                          "+", "1,2", "infin"})
    EXPECT_TRUE(message(bad).starts_with("t.csv:1: could not convert '" + std::string(bad) +
                                         "' to float64 at column 1"))
        << message(bad);
}

TEST(IoCsv, LeavesOutCommentsAndLines) {
  check("# a\n1 2 # b\n#\n3 4#c", {}, {2, 2, {1, 2, 3, 4}});
  check("1 2 // x\n3 4", {.comments = {"//"}}, {2, 2, {1, 2, 3, 4}});
  check("\"year\",\"GNP, deflated\"\n1947,83\n", {.delimiter = ",", .skiprows = 1},
        {1, 2, {1947, 83}});
  check("a b\n\n1 2\n3 4\n5 6", {.skiprows = 2, .max_rows = 2}, {2, 2, {1, 2, 3, 4}});
  check("1 2", {.skiprows = INT64_MAX}, {0, 1, {}});
  check("x", {.max_rows = 0}, {0, 1, {}});
}

TEST(IoCsv, TakesColumns) {
  check("1 2 3\n4 5 6", {.usecols = {2, 0}}, {2, 2, {3, 1, 6, 4}});
  check("1 2 3\n4 5", {.usecols = {-1}}, {2, 1, {3, 5}});
  check("1947 a\n1948 b", {.usecols = {0}}, {2, 1, {1947, 1948}});
  check("", {.usecols = {0, 1}}, {0, 2, {}});
  EXPECT_EQ(message("1 2\n3", {.usecols = {1}}),
            "t.csv:2: column index 1 is out of bounds for a row of 1 column; columns count from 0");
}

TEST(IoCsv, TakesQuotesOnlyWhenAsked) {
  const loadtxt_options quotes = {.delimiter = ",", .quotechar = "\""};
  check("\"1\",\"2\"\n3,\" 4 \"", quotes, {2, 2, {1, 2, 3, 4}});
  check("\"1\" \"2\" # c\n", {.quotechar = "\""}, {1, 2, {1, 2}});
  EXPECT_EQ(message("\"1\",2", comma), "t.csv:1: could not convert '\"1\"' to float64 at column 1; "
                                       "set quotechar to read quoted fields");
  EXPECT_EQ(message("1,2\n\"3 # 4\",5", quotes),
            "t.csv:2: could not convert '3 # 4' to float64 at column 1");
  EXPECT_EQ(message("1\n2\"\"3", {.quotechar = "\""}),
            "t.csv:2: could not convert '2\"\"3' to float64 at column 1");
  // The line after a field that spans two lines is still counted right.
  EXPECT_EQ(message("1,2\n\"3\n\",4\nx,5", quotes),
            "t.csv:4: could not convert 'x' to float64 at column 1");
}

TEST(IoCsv, NamesTheLineTheColumnAndTheText) {
  EXPECT_EQ(message("1,2\n# c\n3,abc", comma),
            "t.csv:3: could not convert 'abc' to float64 at column 2");
  EXPECT_EQ(message("1,,2", comma),
            "t.csv:1: could not convert '' to float64 at column 2; the field is empty");
  EXPECT_EQ(message("year,GNP\n1,2", comma),
            "t.csv:1: could not convert 'year' to float64 at column 1; set skiprows to leave out a "
            "header, usecols to leave out a column");
  EXPECT_EQ(message("1 2 3\n4 5"),
            "t.csv:2: the number of columns changed from 3 to 2; give every row as many, or set "
            "usecols to columns that every row has");
  EXPECT_EQ(message("1\n" + std::string(100, 'x')),
            "t.csv:2: could not convert '" + std::string(60, 'x') + "...' to float64 at column 1");
}

TEST(IoCsv, ReadsIntegersExactly) {
  auto t = parse_table<int64_t>("9223372036854775807 -9223372036854775808 +3", "t.csv");
  ASSERT_TRUE(t);
  EXPECT_EQ(t->values, (std::vector<int64_t>{INT64_MAX, INT64_MIN, 3}));
  EXPECT_EQ(message<int64_t>("1\n1.5"), "t.csv:2: could not convert '1.5' to int64 at column 1; "
                                        "read it as float64 and convert");
  EXPECT_TRUE(message<int64_t>("9223372036854775808").starts_with("t.csv:1: could not convert"));
  EXPECT_TRUE(message<int64_t>("+-3").starts_with("t.csv:1: could not convert"));
}

TEST(IoCsv, RefusesOptionsThatCannotBe) {
  EXPECT_EQ(message("1", {.delimiter = ";;"}),
            "delimiter is ';;'; one character other than a line end is expected");
  EXPECT_EQ(message("1", {.delimiter = "#"}),
            "delimiter '#' also begins a comment or a quoted field; the three must differ");
  EXPECT_EQ(message("1", {.skiprows = -1}), "skiprows is -1; 0 or more expected");
  EXPECT_EQ(message("1", {.max_rows = -2}),
            "max_rows is -2; 0 or more expected, or -1 for all rows");
}

TEST(IoCsv, ShapesTheTableAsNumpy) {
  using shape = std::vector<int64_t>;
  EXPECT_EQ(table_shape(2, 3, 0), (shape{2, 3}));
  EXPECT_EQ(table_shape(1, 3, 0), shape{3});
  EXPECT_EQ(table_shape(3, 1, 1), shape{3});
  EXPECT_EQ(table_shape(1, 1, 0), shape{});
  EXPECT_EQ(table_shape(1, 1, 1), shape{1});
  EXPECT_EQ(table_shape(1, 3, 2), (shape{1, 3}));
  EXPECT_EQ(table_shape(0, 1, 0), shape{0});
}

TEST(IoCsv, DoesNotDependOnTheLocale) {
  const char *old = std::setlocale(LC_ALL, nullptr);
  const std::string saved = old ? old : "C";
  std::setlocale(LC_ALL, "de_DE.UTF-8");
  check("1.5 2.25", {}, {1, 2, {1.5, 2.25}});
  std::setlocale(LC_ALL, saved.c_str());
}

TEST(IoCsv, ReadsFiles) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "nd-io-csv-reads-files.csv").string();
  std::ofstream(path, std::ios::binary) << "x,y\r\n1,2\r\n3,4";
  auto t = parse_table<double>(*read_text(path), path, {.delimiter = ",", .skiprows = 1});
  ASSERT_TRUE(t) << t.error().message;
  EXPECT_EQ(t->values, (std::vector<double>{1, 2, 3, 4}));
  std::filesystem::remove(path);
  EXPECT_EQ(read_text(path).error().message, path + ": cannot open: no such file or directory");
}

TEST(IoCsv, HoldsIntegersAgainstTheirDtype) {
  const integer_range bytes{-128, 127, "int8"};
  EXPECT_EQ(message<int64_t>("127 -128 128", {.range = bytes}),
            "t.csv:1: could not convert '128' to int8 at column 3; int8 holds -128 to 127, read "
            "it as a wider dtype");
  auto wide =
      parse_table<uint64_t>("18446744073709551615", "t.csv", {.range = {0, UINT64_MAX, "uint64"}});
  ASSERT_TRUE(wide) << wide.error().message;
  EXPECT_EQ(wide->values[0], UINT64_MAX);
  EXPECT_TRUE(message<uint64_t>("-1", {.range = {0, UINT64_MAX, "uint64"}})
                  .starts_with("t.csv:1: could not convert '-1' to uint64 at column 1"));
}

TEST(IoCsv, ReadsComplexNumbers) {
  using C = std::complex<double>;
  auto t = parse_table<C>("1+2j (3-4j) 5j -6 +1e2-1e-2j infj (7)", "t.csv");
  ASSERT_TRUE(t) << t.error().message;
  EXPECT_EQ(t->values,
            (std::vector<C>{{1, 2}, {3, -4}, {0, 5}, {-6, 0}, {100, -.01}, {0, inf}, {7, 0}}));
  for (const char *bad :
       {"j", "1+j", "1 +2j", "1+2", "(1+2j", "1+2j)", "1+2i", "1j2", "()", "1-+2j"})
    EXPECT_TRUE(message<C>(bad, {.delimiter = ","}).starts_with("t.csv:1: could not convert"))
        << bad << ": " << message<C>(bad, {.delimiter = ","});
  EXPECT_TRUE(message("1+2j").ends_with("; read it as complex128"));
}

TEST(IoCsv, TakesSeveralCommentMarksAndConverters) {
  check("1 2 // x\n% y\n3 4 % z // w", {.comments = {"//", "%"}}, {2, 2, {1, 2, 3, 4}});
  EXPECT_EQ(message("1", {.comments = {""}}),
            "a comment begins with empty text; leave comments empty to have none");
  auto percent = [](std::string_view text) { return double(text.size()); };
  check("ab,1\nc,2", {.delimiter = ",", .converters = {{0, percent}}}, {2, 2, {2, 1, 1, 2}});
  check("1,ab\n2,c", {.delimiter = ",", .converters = {{-1, percent}}}, {2, 2, {1, 2, 2, 1}});
  EXPECT_EQ(
      message("1,2", {.delimiter = ",", .converters = {{2, percent}}}),
      "t.csv:1: a converter is given for column 2, and the row has 2 columns; columns count from "
      "0");
}

template <class T = double>
std::string ragged(std::string_view text, const genfromtxt_options &opts) {
  auto t = parse_ragged_table<T>(text, "t.csv", opts);
  return t ? "no error" : t.error().message;
}

TEST(IoCsv, NamesTheLinesOfRaggedRows) {
  EXPECT_EQ(ragged("# x\n1,2\n\n3\n4,5\n6,7,8", {.delimiter = ","}),
            "t.csv:4: 1 columns; t.csv:6: 3 columns, where 2 are expected as in the first row; set "
            "invalid_raise = false to leave such rows out");
  EXPECT_EQ(ragged("1,2\n3", {.delimiter = ",", .usecols = {1}}),
            "t.csv:2: 1 columns, where usecols needs more; set invalid_raise = false to leave such "
            "rows out");
  EXPECT_EQ(ragged("1,x", {.delimiter = ",", .loose = false}),
            "t.csv:1: could not convert 'x' to float64 at column 2; name it in missing_values, or "
            "set loose = true to fill it in");
  EXPECT_EQ(ragged<int64_t>("1\n300", {.range = {0, 255, "uint8"}, .rounding = true}),
            "t.csv:2: could not convert '300' to uint8 at column 1, which cannot hold it");
  EXPECT_EQ(ragged<uint64_t>("1\n?", {.range = {0, UINT64_MAX, "uint64"}}),
            "t.csv:2: could not convert '?' to uint64 at column 1, which cannot hold -1; give "
            "filling_values");
  EXPECT_EQ(ragged("1", {.skip_footer = 1, .max_rows = 1}),
            "skip_footer is 1 and max_rows is 1; use one of them");
  EXPECT_EQ(ragged("1", {.widths = {0}}), "a field is 0 wide; 1 or more expected");
}

TEST(IoCsv, SurvivesRandomText) {
  std::mt19937 random(1);
  const std::string_view alphabet("0123456789..--+eE,, \t\n\r\"#nai\0\xff", 31);
  const loadtxt_options all[] = {
      {}, comma, {.quotechar = "\""}, {.delimiter = ",", .skiprows = 1, .quotechar = "\""}};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (size_t n = random() % 24; n-- > 0;)
      text += alphabet[random() % alphabet.size()];
    for (const loadtxt_options &opts : all) {
      auto t = parse_table<double>(text, "t.csv", opts);
      if (t) {
        EXPECT_EQ(t->values.size(), size_t(t->rows * t->cols));
      }
    }
  }
}

} // namespace
