// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What programs cost, against figures counted by hand.
#include "frontend_expect.h"

#include <sstream>

namespace {

void expect_counts(const nd::operation_counts &c, int64_t flops, int64_t functions, int64_t read,
                   int64_t written) {
  EXPECT_EQ(c.flops, flops);
  EXPECT_EQ(c.functions, functions);
  EXPECT_EQ(c.bytes_read, read);
  EXPECT_EQ(c.bytes_written, written);
}

} // namespace

TEST(Cost, OneKernel) {
  auto f = nd::jit([](nd::array x, nd::array y) { return nd::exp(x * 2.0 + y); });
  const int line = __LINE__ - 1;
  nd::array x = nd::ones({3, 4}), y = nd::ones({4});
  nd::program_cost c = f.lower(x, y).cost();
  ASSERT_EQ(c.rows.size(), 1u);
  // 12 elements: a multiplication, an addition, a function; y is read once.
  expect_counts(c.rows[0], 36, 12, 12 * 8 + 4 * 8, 12 * 8);
  expect_counts(c, 36, 12, 128, 96);
  EXPECT_EQ(c.rows[0].kind, nd::cost_row::form::kernel);
  EXPECT_EQ(c.rows[0].what, "multiply add exp");
  EXPECT_EQ(c.rows[0].where,
            std::vector<std::string>{std::string(__FILE__) + ":" + std::to_string(line)});
  EXPECT_DOUBLE_EQ(c.intensity(), 36. / 224);
  EXPECT_EQ(c.kernels, 1);
  EXPECT_EQ(c.library_calls, 0);
  EXPECT_EQ(c.temporaries, 0);
  EXPECT_TRUE(c.known);
}

TEST(Cost, Reductions) {
  auto f = nd::jit([](nd::array x) {
    nd::array e = nd::exp(x - x.max(1, nd::keepdims));
    return e / e.sum(1, nd::keepdims);
  });
  nd::program_cost c = f.lower(nd::ones({5, 7}, nd::float32)).cost();
  ASSERT_EQ(c.rows.size(), 1u);
  // 35 elements in 5 rows: 30 merges for the maximum, 35 differences, 35 exp, 30 additions, 35
  // divisions.
  expect_counts(c, 30 + 35 + 35 + 30 + 35, 35, 35 * 4, 35 * 4);
}

TEST(Cost, MovesAreFree) {
  auto f = nd::jit([](nd::array x) { return nd::where(x > 0, x, 0.0).astype(nd::float32); });
  // One comparison an element.
  expect_counts(f.lower(nd::ones(100)).cost(), 100, 0, 800, 400);
  auto g = nd::jit([](nd::array x) { return x.T()[nd::slice(0, 2)] + 1; });
  // Two columns of five.
  expect_counts(g.lower(nd::ones({10, 5})).cost(), 20, 0, 160, 160);
}

TEST(Cost, LibraryCallsAndTemporaries) {
  auto f = nd::jit([](nd::array a, nd::array b) { return nd::tanh(nd::matmul(a, b)) + 1.0; });
  nd::program_cost c = f.lower(nd::ones({3, 4}), nd::ones({4, 5})).cost();
  ASSERT_EQ(c.rows.size(), 2u);
  EXPECT_EQ(c.rows[0].kind, nd::cost_row::form::library_call);
  EXPECT_EQ(c.rows[0].what, "matmul");
  expect_counts(c.rows[0], 2 * 3 * 4 * 5, 0, (12 + 20) * 8, 15 * 8);
  expect_counts(c.rows[1], 2 * 15, 15, 15 * 8, 15 * 8);
  EXPECT_EQ(c.kernels, 1);
  EXPECT_EQ(c.library_calls, 1);
  EXPECT_EQ(c.temporaries, 0); // the product lies where the result will
  EXPECT_EQ(c.temporary_bytes, 0);
  expect_counts(c, 120 + 30, 15, (32 + 15) * 8, 30 * 8);
  auto g = nd::jit([](nd::array a, nd::array b) { return nd::matmul(a, b).sum(0); });
  c = g.lower(nd::ones({3, 4}), nd::ones({4, 5})).cost();
  EXPECT_EQ(c.temporaries, 1);
  EXPECT_EQ(c.temporary_bytes, 15 * 8);
}

TEST(Cost, LinearAlgebra) {
  auto flops = [](auto f, const auto &...x) { return nd::jit(f).lower(x...).cost().flops; };
  nd::array a = nd::eye(6), b = nd::ones({6, 2}), stack = nd::broadcast_to(a, {3, 6, 6}).copy();
  using A = nd::array;
  EXPECT_EQ(flops([](A x) { return nd::linalg::inv(x); }, a), 2 * 6 * 6 * 6);
  EXPECT_EQ(flops([](A x) { return nd::linalg::inv(x); }, stack), 3 * 2 * 6 * 6 * 6);
  EXPECT_EQ(flops([](A x) { return nd::linalg::det(x); }, a), 6 * 6 * 6 * 2 / 3);
  EXPECT_EQ(flops([](A x, A y) { return nd::linalg::solve(x, y); }, a, b),
            6 * 6 * 6 * 2 / 3 + 2 * 6 * 6 * 2);
  EXPECT_EQ(flops([](A x) { return nd::linalg::qr(x).R; }, nd::ones({9, 6})),
            2 * (2 * 9 * 6 * 6 - 6 * 6 * 6 * 2 / 3));
  // A complex multiplication and addition are 8 operations.
  EXPECT_EQ(flops([](A x) { return nd::matmul(x, x); }, a.astype(nd::complex128)), 8 * 6 * 6 * 6);
  EXPECT_EQ(flops([](A x) { return nd::sort(x); }, b), 0);
}

TEST(Cost, UpdatesAndChoicesCountTheirPart) {
  using A = nd::array;
  nd::array x = nd::ones({100, 50}), rows = nd::array({0, 2, 4});
  auto in_place = nd::jit([](A w, A g) { w -= 0.1 * g; });
  expect_counts(in_place.lower(x, x.copy()).cost(), 10000, 0, 80000, 40000);
  auto some = nd::jit([](A a, A i) { return a[i]; });
  nd::program_cost c = some.lower(x, rows).cost();
  ASSERT_EQ(c.rows.size(), 1u);
  expect_counts(c.rows[0], 0, 0, 3 * 50 * 8 + 3 * 8, 3 * 50 * 8);
  auto put = nd::jit([](A a, A i, A v) { a[i] = v; });
  c = put.lower(x, rows, nd::ones(50)).cost();
  ASSERT_EQ(c.rows.size(), 1u);
  expect_counts(c.rows[0], 0, 0, 50 * 8 + 3 * 8, 3 * 50 * 8);
  auto part = nd::jit([](A a, A v) { a[nd::slice(0, 10)] = v * 2; });
  c = part.lower(x, nd::ones({10, 50})).cost();
  ASSERT_EQ(c.rows.size(), 2u);
  EXPECT_EQ(c.rows[1].kind, nd::cost_row::form::copy);
  expect_counts(c.rows[1], 0, 0, 4000, 4000);
}

TEST(Cost, ComplexNumbers) {
  auto f = nd::jit([](nd::array z) { return z * z + z; });
  expect_counts(f.lower(nd::ones(10, nd::complex64)).cost(), 10 * (6 + 2), 0, 80, 80);
}

TEST(Cost, SizesDecidedAtRunTime) {
  auto f = nd::jit([](nd::array x) { return x[x > 0] * 2.0; });
  nd::program_cost c = f.lower(nd::ones(10)).cost();
  EXPECT_FALSE(c.known);
  bool unknown = false;
  for (const nd::cost_row &row : c.rows)
    unknown |= !row.known;
  EXPECT_TRUE(unknown);
  std::ostringstream out;
  out << c;
  EXPECT_HAS(out.str(), "?");
}

TEST(Cost, NothingToDo) {
  auto f = nd::jit([](nd::array x) { return x; });
  nd::program_cost c = f.lower(nd::ones(10)).cost();
  EXPECT_EQ(c.rows.size(), 0u);
  expect_counts(c, 0, 0, 0, 0);
  EXPECT_EQ(c.intensity(), 0);
}

TEST(Cost, PrintsATable) {
  auto f = nd::jit([](nd::array a, nd::array b) {
    nd::array y = nd::matmul(a, b);
    return y - 1.0;
  });
  const std::string first = std::to_string(__LINE__ - 3), second = std::to_string(__LINE__ - 2);
  std::ostringstream out;
  out << f.lower(nd::ones({30, 40}), nd::ones({40, 50})).cost();
  EXPECT_EQ(out.str(),
            "                   flops  functions   read  written  flops/byte  written at\n"
            "call: matmul      120000          0  25600    12000        3.19  frontend_cost.cpp:" +
                first +
                "\n"
                "kernel: subtract    1500          0  12000    12000        0.06  "
                "frontend_cost.cpp:" +
                second +
                "\n"
                "total             121500          0  37600    24000        1.97\n"
                "1 loop nest, 1 library call, 0 copies, 0 temporaries of 0 bytes\n");
}
