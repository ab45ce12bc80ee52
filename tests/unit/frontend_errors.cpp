// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

TEST(Errors, OperatorsNameTheCallersLine) {
  nd::array a = nd::zeros({4, 3}), b = nd::zeros({4});
  std::string here = ND_HERE, text = message_of<nd::shape_error>([&] { a + b; });
  EXPECT_TRUE(text.starts_with(here)) << text;
  EXPECT_HAS(text, "add: shapes (4, 3) and (4,) do not broadcast: axis -1 is 3 and 4");
  EXPECT_HAS(text, "reshape the second to (4, 1)");
}

TEST(Errors, MethodsAndFunctionsNameTheCallersLine) {
  nd::array a = nd::zeros({4, 3});
  std::string line = ND_HERE, text = message_of<nd::shape_error>([&] { a.reshape(5, -1); });
  EXPECT_TRUE(text.starts_with(line)) << text;
  line = ND_HERE, text = message_of<nd::shape_error>([&] { a.sum(2); });
  EXPECT_TRUE(text.starts_with(line)) << text;
  EXPECT_HAS(text, "sum: axis 2 is out of bounds");
  line = ND_HERE, text = message_of<nd::shape_error>([&] { nd::matmul(a, a); });
  EXPECT_TRUE(text.starts_with(line)) << text;
  nd::array c = nd::zeros({2, 2});
  line = ND_HERE, text = message_of<nd::shape_error>([&] { nd::concatenate({a, c}); });
  EXPECT_TRUE(text.starts_with(line)) << text;
}

TEST(Errors, HaveTheirKinds) {
  nd::array b({true}), f({1.5});
  EXPECT_THROW(b - b, nd::dtype_error);
  EXPECT_THROW(-b, nd::dtype_error);
  EXPECT_THROW(f & 1, nd::dtype_error);
  EXPECT_THROW(nd::sum(f, {0, 0}), nd::value_error);
  EXPECT_THROW(nd::max(nd::zeros({0})), nd::value_error);
  EXPECT_THROW(nd::zeros({1}).data<float>(), nd::dtype_error);
  EXPECT_THROW(nd::linalg::inv(nd::zeros({2, 3})), nd::shape_error);
  EXPECT_THROW(nd::load("/nowhere/x.npy"), nd::io_error);
  EXPECT_THROW(nd::array() + 1, nd::value_error);
}

TEST(Errors, FunctionsOfElementsNameTheDtypeThatTheyRefuse) {
  nd::array f({1.5, 2}), b({true, false}), z = nd::zeros({2}, nd::complex128);
  std::string here = ND_HERE, text = message_of<nd::dtype_error>([&] { nd::gcd(f, 4); });
  EXPECT_TRUE(text.starts_with(here)) << text;
  EXPECT_HAS(text, "gcd: dtype float64 and float64 are not supported: it takes integers; cast with "
                   "astype(nd::int64)");
  EXPECT_HAS(message_of<nd::dtype_error>([&] { nd::ldexp(f, f); }),
             "ldexp: dtype float64 of x2 is not supported: it takes integers that int64 holds");
  EXPECT_HAS(message_of<nd::dtype_error>([&] { nd::bitwise_count(f); }),
             "bitwise_count: dtype float64 is not supported: it takes integers");
  EXPECT_HAS(message_of<nd::dtype_error>([&] { nd::erf(z); }),
             "erf: dtype complex128 is not supported: it takes real numbers");
  here = ND_HERE, text = message_of<nd::dtype_error>([&] { b.round(1); });
  EXPECT_TRUE(text.starts_with(here)) << text;
  EXPECT_HAS(text, "round: bool has no decimals, and 1 are asked for; cast with "
                   "astype(nd::float64), or leave decimals at 0");
}

TEST(Errors, ASingularMatrixIsReportedWithItsLine) {
  nd::array a({{1.0, 2}, {2, 4}});
  std::string here = ND_BELOW(1);
  nd::array x = nd::linalg::inv(a);
  std::string text = message_of<nd::linalg_error>([&] { x.eval(); });
  EXPECT_TRUE(text.starts_with(here)) << text;
  EXPECT_HAS(text, "inv");
  EXPECT_EQ((a + 1).to_vector<double>(), (std::vector<double>{2, 3, 3, 5}));
}

TEST(Errors, TruthOfManyIsAmbiguous) {
  nd::array a({1, 2});
  EXPECT_HAS(message_of<nd::value_error>([&] {
               if (a > 0)
                 FAIL();
             }),
             "use nd::any(a) or nd::all(a)");
  EXPECT_TRUE(bool(nd::all(a > 0)));
  EXPECT_THROW(a.item<int>(), nd::value_error);
}
