// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Format.h"
#include "frontend/print/Options.h"
#include "nd/print.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <limits>
#include <numeric>
#include <vector>

using nd::dtype_kind;
using nd::print::float_mode;
using nd::print::format;
using nd::print::format_repr;
using nd::print::options;

namespace {

template <dtype_kind K> struct element;
template <> struct element<dtype_kind::bool_> { using type = uint8_t; };
template <> struct element<dtype_kind::int8> { using type = int8_t; };
template <> struct element<dtype_kind::int16> { using type = int16_t; };
template <> struct element<dtype_kind::int32> { using type = int32_t; };
template <> struct element<dtype_kind::int64> { using type = int64_t; };
template <> struct element<dtype_kind::uint8> { using type = uint8_t; };
template <> struct element<dtype_kind::uint16> { using type = uint16_t; };
template <> struct element<dtype_kind::uint32> { using type = uint32_t; };
template <> struct element<dtype_kind::uint64> { using type = uint64_t; };
template <> struct element<dtype_kind::float32> { using type = float; };
template <> struct element<dtype_kind::float64> { using type = double; };

template <dtype_kind K> using values = std::vector<typename element<K>::type>;

template <dtype_kind K>
void check(const std::vector<int64_t> &shape, const values<K> &elements, const char *str,
           const char *repr) {
  EXPECT_EQ(format(elements.data(), K, shape, {}), str);
  EXPECT_EQ(format_repr(elements.data(), K, shape, {}), repr);
}

template <dtype_kind K>
void check_range(const std::vector<int64_t> &shape, const char *str, const char *repr) {
  int64_t n = 1;
  for (int64_t extent : shape)
    n *= extent;
  values<K> elements(static_cast<size_t>(n));
  std::iota(elements.begin(), elements.end(), typename element<K>::type());
  check<K>(shape, elements, str, repr);
}

#define ND_BRACED(...)                                                                             \
  { __VA_ARGS__ }
#define ND_PRINT_CASE(KIND, SHAPE, VALUES, STR, REPR)                                              \
  {                                                                                                \
    SCOPED_TRACE("print_cases.inc:" + std::to_string(__LINE__));                                   \
    check<dtype_kind::KIND>(ND_BRACED SHAPE, ND_BRACED VALUES, STR, REPR);                         \
  }
#define ND_PRINT_RANGE(KIND, SHAPE, STR, REPR)                                                     \
  {                                                                                                \
    SCOPED_TRACE("print_cases.inc:" + std::to_string(__LINE__));                                   \
    check_range<dtype_kind::KIND>(ND_BRACED SHAPE, STR, REPR);                                     \
  }

TEST(PrintFormat, WritesWhatNumpyWrites){
#include "print_cases.inc"
}

TEST(PrintFormat, ComparesFloat32BoundsInFloat32) {
  // NumPy 2 does; NumPy 1 compared in float64, where float32(0.0001) is less than 0.0001.
  const float a[] = {1e-4f};
  const std::vector<int64_t> shape = {1};
  EXPECT_EQ(format(a, dtype_kind::float32, shape, {}), "[0.0001]");
  EXPECT_EQ(format(a, dtype_kind::float32, {}, {}), "1e-04");
}

TEST(PrintFormat, FollowsStrides) {
  const int64_t a[] = {0, 1, 2, 3, 4, 5};
  const std::vector<int64_t> shape = {3, 2}, transposed = {8, 24}, reversed = {-16, -8};
  EXPECT_EQ(format(a, dtype_kind::int64, shape, transposed), "[[0 3]\n [1 4]\n [2 5]]");
  EXPECT_EQ(format(a + 5, dtype_kind::int64, shape, reversed), "[[5 4]\n [3 2]\n [1 0]]");
  const std::vector<int64_t> repeated = {0, 8};
  EXPECT_EQ(format(a, dtype_kind::int64, shape, repeated), "[[0 1]\n [0 1]\n [0 1]]");
}

TEST(PrintFormat, TakesOptions) {
  const double a[] = {1.0 / 3, 1e-6, 2, NAN, -INFINITY};
  const std::vector<int64_t> shape = {3}, all = {5}, two = {2};
  EXPECT_EQ(format(a, dtype_kind::float64, shape, {}, {.precision = 3}),
            "[3.333e-01 1.000e-06 2.000e+00]");
  EXPECT_EQ(format(a, dtype_kind::float64, shape, {}, {.precision = 3, .suppress = true}),
            "[0.333 0.    2.   ]");
  EXPECT_EQ(format(a, dtype_kind::float64, shape, {}, {.precision = 17, .suppress = true}),
            "[0.3333333333333333 0.000001           2.                ]");
  EXPECT_EQ(format(a, dtype_kind::float64, all, {},
                   {.precision = 2, .suppress = true, .nanstr = "missing", .infstr = "oo"}),
            "[   0.33    0.      2.   missing     -oo]");
  EXPECT_EQ(format(a + 1, dtype_kind::float64, two, {}, {.precision = 0, .suppress = true}),
            "[0. 2.]");
}

TEST(PrintFormat, SummarisesAboveTheThreshold) {
  std::vector<int64_t> a(8);
  std::iota(a.begin(), a.end(), 0);
  const std::vector<int64_t> shape = {8}, matrix = {4, 2};
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.threshold = 8}), "[0 1 2 3 4 5 6 7]");
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.threshold = 7, .edgeitems = 1}),
            "[0 ... 7]");
  EXPECT_EQ(format(a.data(), dtype_kind::int64, matrix, {}, {.threshold = 0, .edgeitems = 1}),
            "[[0 1]\n ...\n [6 7]]");
  // The elements left out do not decide the width of those shown.
  a[4] = 123456;
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.threshold = 7, .edgeitems = 2}),
            "[0 1 ... 6 7]");
}

TEST(PrintFormat, BreaksLinesAtTheWidth) {
  std::vector<int64_t> a(6, 100);
  const std::vector<int64_t> shape = {6};
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.linewidth = 13}),
            "[100 100 100\n 100 100 100]");
  // A word wider than the line still stands alone on it.
  EXPECT_EQ(format(a.data(), dtype_kind::int64, shape, {}, {.linewidth = 1}),
            "[100\n 100\n 100\n 100\n 100\n 100]");
}

// Elements of float16 and bfloat16 are their bits.

TEST(PrintFormat, PrintsFloat16WithTheDigitsThatIdentifyIt) {
  // 65504, 0.1, 2049 (which is 2048), the least, infinity
  const uint16_t a[] = {0x7bff, 0x2e66, 0x6800, 0x0001, 0x7c00};
  const std::vector<int64_t> all = {5}, two = {2}, none = {2, 0};
  EXPECT_EQ(format(a, dtype_kind::float16, all, {}),
            "[6.550e+04 9.998e-02 2.048e+03 5.960e-08       inf]");
  EXPECT_EQ(format_repr(a, dtype_kind::float16, all, {}),
            "array([6.550e+04, 9.998e-02, 2.048e+03, 5.960e-08,       inf],\n"
            "      dtype=float16)");
  EXPECT_EQ(format(a, dtype_kind::float16, two, {}, {.suppress = true}), "[65504.      0.1]");
  EXPECT_EQ(format(a, dtype_kind::float16, {}, {}), "65500.0");
  EXPECT_EQ(format(a + 1, dtype_kind::float16, {}, {}), "0.1");
  EXPECT_EQ(format(a + 3, dtype_kind::float16, {}, {}), "6e-08");
  EXPECT_EQ(format_repr(a, dtype_kind::float16, {}, {}), "array(65504., dtype=float16)");
  EXPECT_EQ(format_repr(a, dtype_kind::float16, none, {}),
            "array([], shape=(2, 0), dtype=float16)");
}

TEST(PrintFormat, PrintsBfloat16WithTheDigitsThatIdentifyIt) {
  // 1, 0.1, -3.140625, not a number; 99840
  const uint16_t a[] = {0x3f80, 0x3dcd, 0xc049, 0x7fc0, 0x47c3};
  const std::vector<int64_t> four = {4}, two = {2};
  EXPECT_EQ(format(a, dtype_kind::bfloat16, four, {}), "[ 1.    0.1  -3.14   nan]");
  EXPECT_EQ(format_repr(a, dtype_kind::bfloat16, two, {}), "array([1. , 0.1], dtype=bfloat16)");
  EXPECT_EQ(
      format(a, dtype_kind::bfloat16, two, {}, {.precision = 10, .floatmode = float_mode::fixed}),
      "[1.0000000000 0.1000976562]");
  EXPECT_EQ(format(a + 1, dtype_kind::bfloat16, {}, {}), "0.1");
  EXPECT_EQ(format(a + 4, dtype_kind::bfloat16, {}, {}), "100000.0");
}

TEST(PrintFormat, PrintsComplexNumbersPartByPart) {
  using c64 = std::complex<float>;
  using c128 = std::complex<double>;
  const double nan = NAN, inf = INFINITY;
  const c64 a[] = {{1, 2}, {3, -0.5f}};
  const std::vector<int64_t> two = {2}, four = {4}, none = {0, 3};
  EXPECT_EQ(format(a, dtype_kind::complex64, two, {}), "[1.+2.j  3.-0.5j]");
  EXPECT_EQ(format_repr(a, dtype_kind::complex64, two, {}),
            "array([1.+2.j , 3.-0.5j], dtype=complex64)");
  EXPECT_EQ(format_repr(a, dtype_kind::complex64, none, {}),
            "array([], shape=(0, 3), dtype=complex64)");
  const c128 b[] = {{nan, 1}, {-inf, inf}, {1.25, nan}, {-0.0, -0.0}};
  EXPECT_EQ(format(b, dtype_kind::complex128, four, {}),
            "[  nan +1.j  -inf+infj  1.25+nanj -0.   -0.j]");
  EXPECT_EQ(format_repr(b, dtype_kind::complex128, four, {}),
            "array([  nan +1.j,  -inf+infj,  1.25+nanj, -0.   -0.j])");
  const c64 mixed[] = {{1e-10f, 1}, {1, 1e10f}};
  EXPECT_EQ(format(mixed, dtype_kind::complex64, two, {}), "[1.e-10+1.e+00j 1.e+00+1.e+10j]");
  EXPECT_EQ(format(mixed, dtype_kind::complex64, two, {}, {.suppress = true}),
            "[0.+1.e+00j 1.+1.e+10j]");
  const c128 c[] = {{1 / 3.0, -2 / 3.0}, {-100.125, 1e-3}};
  EXPECT_EQ(format(c, dtype_kind::complex128, two, {}, {.precision = 2}),
            "[   0.33-0.67j -100.12+0.j  ]");
  // Backwards, over strides.
  const std::vector<int64_t> backwards = {-16};
  EXPECT_EQ(format(a + 1, dtype_kind::complex64, two, std::vector<int64_t>{-8}),
            "[3.-0.5j 1.+2.j ]");
  EXPECT_EQ(format(c + 1, dtype_kind::complex128, two, backwards, {.precision = 1}),
            "[-100.1+0.j     0.3-0.7j]");
}

TEST(PrintFormat, PrintsComplexScalars) {
  auto text = [](double real, double imaginary) {
    const double z[] = {real, imaginary};
    return format(z, dtype_kind::complex128, {}, {});
  };
  EXPECT_EQ(text(1, 2), "(1+2j)");
  EXPECT_EQ(text(0, 0), "0j");
  EXPECT_EQ(text(0, -1), "-1j");
  EXPECT_EQ(text(-0.0, 1), "(-0+1j)");
  EXPECT_EQ(text(1.5, -0.0), "(1.5-0j)");
  EXPECT_EQ(text(1e16, 1e-5), "(1e+16+1e-05j)");
  EXPECT_EQ(text(INFINITY, -INFINITY), "(inf-infj)");
  EXPECT_EQ(text(1, NAN), "(1+nanj)");
  EXPECT_EQ(text(0, NAN), "nanj");
  const double z[] = {1, 2};
  EXPECT_EQ(format_repr(z, dtype_kind::complex128, {}, {}), "array(1.+2.j)");
  // The digits before the point that complex64 does not need are zeros.
  const float w[] = {0, -86358294528.0f};
  EXPECT_EQ(format(w, dtype_kind::complex64, {}, {}), "-86358295000j");
}

TEST(PrintFormat, WritesSigns) {
  const double a[] = {1.5, -2.25}, b[] = {1.5, 2.25, NAN};
  const std::complex<double> c[] = {{1, 2}, {3, -0.5}};
  const int32_t mixed[] = {-5, 30}, positive[] = {5, 30};
  const std::vector<int64_t> two = {2}, three = {3};
  EXPECT_EQ(format(a, dtype_kind::float64, two, {}, {.sign = '+'}), "[+1.5  -2.25]");
  EXPECT_EQ(format(b, dtype_kind::float64, three, {}, {.sign = '+'}), "[+1.5  +2.25  +nan]");
  EXPECT_EQ(format(c, dtype_kind::complex128, two, {}, {.sign = '+'}), "[+1.+2.j  +3.-0.5j]");
  EXPECT_EQ(format(a, dtype_kind::float64, two, {}, {.sign = ' '}), "[ 1.5  -2.25]");
  EXPECT_EQ(format(b, dtype_kind::float64, three, {}, {.sign = ' '}), "[ 1.5   2.25   nan]");
  EXPECT_EQ(format(c, dtype_kind::complex128, two, {}, {.sign = ' '}), "[ 1.+2.j   3.-0.5j]");
  // Integers as well, since NumPy 2.
  EXPECT_EQ(format(mixed, dtype_kind::int32, two, {}, {.sign = '+'}), "[ -5 +30]");
  EXPECT_EQ(format(positive, dtype_kind::int32, two, {}, {.sign = '+'}), "[ +5 +30]");
  EXPECT_EQ(format(mixed, dtype_kind::int32, two, {}, {.sign = ' '}), "[-5 30]");
  EXPECT_EQ(format(positive, dtype_kind::int32, two, {}, {.sign = ' '}), "[  5  30]");
}

TEST(PrintFormat, FollowsTheFloatMode) {
  const double a[] = {0.5, 1.0 / 3, 2}, exponents[] = {1e-10, 1.0 / 3}, quarters[] = {0.5, 0.25};
  const float singles[] = {0.1f, 2};
  const std::vector<int64_t> two = {2}, three = {3};
  auto check = [&](float_mode mode, const char *first, const char *second, const char *third,
                   const char *fourth) {
    const options opts = {.precision = 3, .floatmode = mode};
    EXPECT_EQ(format(a, dtype_kind::float64, three, {}, opts), first);
    EXPECT_EQ(format(exponents, dtype_kind::float64, two, {}, opts), second);
    EXPECT_EQ(format(singles, dtype_kind::float32, two, {}, opts), third);
    EXPECT_EQ(format(quarters, dtype_kind::float64, two, {}, opts), fourth);
  };
  check(float_mode::fixed, "[0.500 0.333 2.000]", "[1.000e-10 3.333e-01]", "[0.100 2.000]",
        "[0.500 0.250]");
  check(float_mode::unique, "[0.5                0.3333333333333333 2.                ]",
        "[1.000000000000000e-10 3.333333333333333e-01]", "[0.1 2. ]", "[0.5  0.25]");
  check(float_mode::maxprec, "[0.5   0.333 2.   ]", "[1.000e-10 3.333e-01]", "[0.1 2. ]",
        "[0.5  0.25]");
  check(float_mode::maxprec_equal, "[0.500 0.333 2.000]", "[1.000e-10 3.333e-01]", "[0.1 2.0]",
        "[0.50 0.25]");
  // More digits than identify a float32 are those of its exact value.
  EXPECT_EQ(format(singles, dtype_kind::float32, two, {},
                   {.precision = 12, .floatmode = float_mode::fixed}),
            "[0.100000001490 2.000000000000]");
}

TEST(PrintFormat, NamesTheShapeOfASummary) {
  std::vector<int16_t> a(1001);
  std::iota(a.begin(), a.end(), int16_t(0));
  const std::vector<int64_t> shape = {1001}, one = {1};
  EXPECT_EQ(format_repr(a.data(), dtype_kind::int16, shape, {}),
            "array([   0,    1,    2, ...,  998,  999, 1000],\n"
            "      shape=(1001,), dtype=int16)");
  // No edge items leave the last element alone.
  EXPECT_EQ(format(a.data(), dtype_kind::int16, shape, {}, {.edgeitems = 0}), "[... 1000]");
  EXPECT_EQ(format_repr(a.data(), dtype_kind::int16, one, {}, {.threshold = 0}),
            "array([0], shape=(1,), dtype=int16)");
}

TEST(PrintFormat, PrintsNoElements) {
  const std::vector<int64_t> none = {0}, rows = {2, 0}, columns = {0, 3}, deep = {2, 0, 4};
  EXPECT_EQ(format(nullptr, dtype_kind::bool_, none, {}), "[]");
  EXPECT_EQ(format(nullptr, dtype_kind::bool_, deep, {}), "[]");
  EXPECT_EQ(format_repr(nullptr, dtype_kind::bool_, none, {}), "array([], dtype=bool)");
  EXPECT_EQ(format_repr(nullptr, dtype_kind::float64, rows, {}),
            "array([], shape=(2, 0), dtype=float64)");
  EXPECT_EQ(format_repr(nullptr, dtype_kind::complex128, columns, {}),
            "array([], shape=(0, 3), dtype=complex128)");
  EXPECT_EQ(format_repr(nullptr, dtype_kind::bfloat16, deep, {}),
            "array([], shape=(2, 0, 4), dtype=bfloat16)");
}

TEST(PrintFormat, PrintsBools) {
  const uint8_t a[] = {1, 0, 0, 1};
  const std::vector<int64_t> matrix = {2, 2};
  EXPECT_EQ(format(a, dtype_kind::bool_, matrix, {}), "[[ True False]\n [False  True]]");
  EXPECT_EQ(format_repr(a, dtype_kind::bool_, matrix, {}),
            "array([[ True, False],\n       [False,  True]])");
  EXPECT_EQ(format(a, dtype_kind::bool_, {}, {}), "True");
  EXPECT_EQ(format_repr(a, dtype_kind::bool_, {}, {}), "array(True)");
  EXPECT_EQ(format(a + 3, dtype_kind::bool_, matrix, std::vector<int64_t>{-2, -1}),
            "[[ True False]\n [False  True]]");
}

TEST(PrintFormat, PrintsExtremeIntegers) {
  const int64_t a[] = {std::numeric_limits<int64_t>::min(), 0, std::numeric_limits<int64_t>::max()};
  const uint64_t b[] = {0, std::numeric_limits<uint64_t>::max()};
  const int8_t c[] = {-128, 127};
  const std::vector<int64_t> three = {3}, two = {2};
  EXPECT_EQ(format(a, dtype_kind::int64, three, {}),
            "[-9223372036854775808                    0  9223372036854775807]");
  EXPECT_EQ(format(b, dtype_kind::uint64, two, {}), "[                   0 18446744073709551615]");
  EXPECT_EQ(format(c, dtype_kind::int8, two, {}, {.sign = '+'}), "[-128 +127]");
}

TEST(PrintFormat, BreaksLinesInsideNestedArrays) {
  std::vector<int64_t> a(24);
  for (size_t i = 0; i < a.size(); ++i)
    a[i] = int64_t(i) * 1000;
  const std::vector<int64_t> cube = {2, 2, 6}, six = {6};
  EXPECT_EQ(format(a.data(), dtype_kind::int64, cube, {}, {.linewidth = 20}), R"([[[    0  1000
    2000  3000
    4000  5000]
  [ 6000  7000
    8000  9000
   10000 11000]]

 [[12000 13000
   14000 15000
   16000 17000]
  [18000 19000
   20000 21000
   22000 23000]]])");
  EXPECT_EQ(format_repr(a.data(), dtype_kind::int64, cube, {}, {.linewidth = 40}),
            R"(array([[[    0,  1000,  2000,  3000,
          4000,  5000],
        [ 6000,  7000,  8000,  9000,
         10000, 11000]],

       [[12000, 13000, 14000, 15000,
         16000, 17000],
        [18000, 19000, 20000, 21000,
         22000, 23000]]]))");
  std::vector<std::complex<double>> z;
  for (int i = 0; i < 6; ++i)
    z.emplace_back(i, i);
  EXPECT_EQ(format(z.data(), dtype_kind::complex128, six, {}, {.linewidth = 20}),
            "[0.+0.j 1.+1.j\n 2.+2.j 3.+3.j\n 4.+4.j 5.+5.j]");
  EXPECT_EQ(format_repr(z.data(), dtype_kind::complex128, six, {}, {.linewidth = 40}),
            "array([0.+0.j, 1.+1.j, 2.+2.j, 3.+3.j,\n       4.+4.j, 5.+5.j])");
}

TEST(PrintOptions, ChangeOnlyWhatIsGiven) {
  nd::set_printoptions({.precision = 3});
  nd::set_printoptions({.linewidth = 40, .sign = "+", .floatmode = "fixed"});
  const options expected = {
      .precision = 3, .linewidth = 40, .sign = '+', .floatmode = float_mode::fixed};
  EXPECT_EQ(nd::print::current_options(), expected);
  EXPECT_EQ(nd::get_printoptions().precision, 3);
  nd::set_printoptions(nd::print_options());
  EXPECT_EQ(nd::print::current_options(), options());
}

TEST(PrintOptions, HoldUntilTheEndOfAScope) {
  {
    nd::printoptions outer({.precision = 2, .nanstr = "missing"});
    {
      nd::printoptions inner({.precision = 4, .suppress = true, .sign = ' '});
      const options expected = {.precision = 4, .suppress = true, .nanstr = "missing", .sign = ' '};
      EXPECT_EQ(nd::print::current_options(), expected);
    }
    EXPECT_EQ(nd::print::current_options(), (options{.precision = 2, .nanstr = "missing"}));
  }
  EXPECT_EQ(nd::print::current_options(), options());
}

TEST(PrintOptions, RefuseWhatMeansNothing) {
  EXPECT_THROW(nd::set_printoptions({.precision = -1}), nd::value_error);
  EXPECT_THROW(nd::set_printoptions({.sign = 'x'}), nd::value_error);
  EXPECT_THROW(nd::set_printoptions({.sign = "+-"}), nd::value_error);
  EXPECT_THROW(nd::printoptions({.precision = 2, .floatmode = "exact"}), nd::value_error);
  try {
    nd::set_printoptions({.precision = 2, .floatmode = "exact"});
    FAIL() << "nothing was thrown";
  } catch (const nd::value_error &e) {
    const std::string text = e.what();
    EXPECT_NE(text.find("print_format.cpp:"), std::string::npos) << text;
    EXPECT_NE(text.find(": set_printoptions: floatmode is \"exact\"; give \"fixed\", \"unique\", "
                        "\"maxprec\" or \"maxprec_equal\""),
              std::string::npos)
        << text;
  }
  EXPECT_EQ(nd::print::current_options(), options());
}

} // namespace
