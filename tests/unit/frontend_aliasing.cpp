// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays that share memory, and writing into them.
#include "frontend_expect.h"

#include <array>
#include <cstring>

namespace {

template <class E, class F> void expect_throws(F f, const char *part) {
  EXPECT_HAS(message_of<E>(f), part);
}

TEST(Aliasing, AWriteThroughAnyAliasIsSeenByAll) {
  nd::array a = nd::arange(6).reshape(2, 3), row = a[1], column = a[nd::all, 0], t = a.T();
  row[2] = 50;
  column += 10;
  t[1] = nd::array({7, 8});
  expect_array<int64_t>(a, {2, 3}, {10, 7, 2, 13, 8, 50});
  expect_array<int64_t>(row, {3}, {13, 8, 50});
  expect_array<int64_t>(t, {3, 2}, {10, 13, 7, 8, 2, 50});
}

TEST(Aliasing, OverlappingCopiesAreRight) {
  nd::array x = nd::arange(6);
  x[nd::slice(1, {})] = x[nd::slice({}, -1)];
  expect_array<int64_t>(x, {6}, {0, 0, 1, 2, 3, 4});
  x[nd::all] = x[nd::slice({}, {}, -1)];
  expect_array<int64_t>(x, {6}, {4, 3, 2, 1, 0, 0});
  nd::array m({{1, 2}, {3, 4}});
  m += m.T();
  expect_array<int64_t>(m, {2, 2}, {2, 5, 5, 8});
}

TEST(Aliasing, WhatWaitsKeepsTheOldElements) {
  nd::array a = nd::arange(3.0), later = a * 10, view = a[nd::slice(1, {})];
  a[1] = 100;
  expect_array<double>(later, {3}, {0, 10, 20});
  expect_array<double>(view, {2}, {100, 2});
}

TEST(Aliasing, AViewOfAnArrayThatWaitsFollowsIt) {
  nd::array a = nd::arange(4.0) + 1, reversed = a[nd::slice({}, {}, -1)];
  reversed[0] = -1;
  a *= 2;
  expect_array<double>(reversed, {4}, {-2, 6, 4, 2});
  nd::array lone = (nd::arange(4.0) + 1)[nd::slice(1, 3)];
  lone += 1;
  expect_array<double>(lone, {2}, {3, 4});
}

TEST(Aliasing, ACopyIsItsOwn) {
  nd::array a = nd::arange(3), b = a.copy(), c = a.astype(nd::int64), d = a.flatten();
  a += 1;
  for (const nd::array &x : {b, c, d})
    expect_array<int64_t>(x, {3}, {0, 1, 2});
  nd::array y = nd::arange(3) + 0, z = nd::zeros({3}, nd::int64);
  z[nd::all] = y;
  y += 5;
  expect_array<int64_t>(z, {3}, {0, 1, 2});
}

TEST(Aliasing, RowsOfARangeForAreViews) {
  nd::array a = nd::zeros({3, 2}, nd::int64);
  int64_t i = 0;
  for (nd::array row : a)
    row += ++i;
  expect_array<int64_t>(a, {3, 2}, {1, 1, 2, 2, 3, 3});
}

TEST(Aliasing, PartsAndBytesAreViews) {
  nd::array z = nd::zeros({2}, nd::complex128), re = z.real(), im = nd::imag(z);
  re[0] = 1;
  im += 2;
  z[1] = std::complex<double>(5, 6);
  expect_array<std::complex<double>>(z, {2}, {{1, 2}, {5, 6}});
  expect_array<double>(re, {2}, {1, 5});
  expect_array<double>(im, {2}, {2, 6});
  EXPECT_EQ(im.strides(), (nd::shape{16}));
  nd::array x = nd::array({1.0, -1.0}, nd::float32), bits = x.view(nd::uint32),
            bytes = x.view(nd::uint8);
  bits[0] = 0x40000000u;
  bytes[7] = 0x3f;
  expect_array<float>(x, {2}, {2, 1});
  EXPECT_EQ(bytes.shape(), nd::shape{8});
  auto f = nd::jit([](nd::array z, nd::array x) {
    z.real()[0] = 10;
    nd::array b = x.view(nd::int32);
    b += 0x800000;
    return std::pair(z.imag() * 1, x * 1);
  });
  auto [i, twice] = f(z, x);
  expect_array<std::complex<double>>(z, {2}, {{10, 2}, {5, 6}});
  expect_array<double>(i, {2}, {2, 6});
  expect_array<float>(twice, {2}, {4, 2});
  expect_array<float>(x, {2}, {4, 2});
  EXPECT_HAS(message_of<nd::value_error>([&] {
               nd::array({1, 2, 3}, nd::int8).view(nd::int16);
             }),
             "the last axis has 3 bytes, and 2 make an element");
}

TEST(Aliasing, CallersMemoryIsWrittenAndGivenBack) {
  std::array<double, 12> memory{};
  bool given_back = false;
  {
    nd::array a =
        nd::from_buffer(memory.data(), {3, 2}, {32, 8}, [&](double *) { given_back = true; });
    a[1] = 5;
    a += 1;
    nd::array twice = a * 2;
    a[2, 1] = 9;
    expect_array<double>(twice, {3, 2}, {2, 2, 12, 12, 2, 2});
    EXPECT_EQ(a.strides(), (nd::shape{32, 8}));
    EXPECT_EQ(memory[2], 0);
  }
  EXPECT_TRUE(given_back);
  EXPECT_EQ((std::vector(memory.begin(), memory.begin() + 10)),
            (std::vector<double>{1, 1, 0, 0, 6, 6, 0, 0, 1, 9}));
}

TEST(Aliasing, UnalignedMemoryWorks) {
  std::array<char, 4 * 8 + 1> bytes{};
  double values[] = {1, 2, 3, 4};
  std::memcpy(bytes.data() + 1, values, sizeof values);
  nd::array a = nd::from_buffer(reinterpret_cast<double *>(bytes.data() + 1), {4});
  expect_array<double>(a + 1, {4}, {2, 3, 4, 5});
  a *= 2;
  a[0] = 7;
  std::memcpy(values, bytes.data() + 1, sizeof values);
  EXPECT_EQ(values[0], 7);
  EXPECT_EQ(values[3], 8);
}

TEST(Aliasing, InsideJitTheCallersArrayIsWritten) {
  auto f = nd::jit([](nd::array x, nd::array row) {
    nd::array first = x[0];
    x[1] = row;
    x += 1;
    return first.sum();
  });
  nd::array x = nd::zeros({2, 2});
  EXPECT_EQ(f(x, nd::array({5.0, 6})).item(), 2);
  expect_array<double>(x, {2, 2}, {1, 1, 6, 7});
  nd::array wide = nd::zeros({2, 4}), part = wide[nd::all, nd::slice({}, {}, 2)];
  f(part, nd::array({5.0, 6}));
  expect_array<double>(wide, {2, 4}, {1, 0, 1, 0, 6, 0, 7, 0});
}

TEST(Aliasing, ArgumentsOfJitThatShareMemoryAreRight) {
  auto f = nd::jit([](nd::array a, nd::array b) {
    a += b;
    b *= 2;
    return a + 0;
  });
  nd::array p = nd::arange(4);
  expect_array<int64_t>(f(p, p), {4}, {0, 4, 8, 12});
  f(p[nd::slice(1, {})], p[nd::slice({}, -1)]);
  expect_array<int64_t>(p, {4}, {0, 8, 24, 20});
}

TEST(Aliasing, ResultsOfJitShareMemoryAsTheyWould) {
  nd::array x = nd::arange(3.0);
  auto [whole, part, own] = nd::jit([](nd::array v) {
    nd::array made = v * 2;
    return std::tuple(made, made[1], v[0]);
  })(x);
  part[nd::ellipsis] = 50;
  own[nd::ellipsis] = 70;
  expect_array<double>(whole, {3}, {0, 50, 4});
  expect_array<double>(x, {3}, {70, 1, 2});
}

TEST(Aliasing, AFailingProgramWritesNothing) {
  auto f = nd::jit([](nd::array a) { a[nd::all] = nd::linalg::inv(a); });
  nd::array a = nd::zeros({2, 2});
  EXPECT_THROW(f(a), nd::linalg_error);
  expect_array<double>(a, {2, 2}, {0, 0, 0, 0});
}

TEST(Aliasing, ErrorsSayWhatToDo) {
  nd::array a = nd::arange(4);
  expect_throws<nd::value_error>(
      [&] {
        nd::broadcast_to(a, {2, 4})[0] = 1;
      },
      "the array is read-only: broadcast_to repeats elements");
  for (const nd::shape &s :
       {nd::shape{4}, nd::shape{1, 4}, nd::shape{0, 4}}) // found: with as many elements
    expect_throws<nd::value_error>(
        [&] {
          nd::broadcast_to(s[0] ? a : nd::zeros({0, 4}), s)[nd::all] = 1;
        },
        "the array is read-only");
  nd::array nothing = nd::broadcast_to(nd::zeros({0, 4}), {2, 0, 4}).reshape(0, 4);
  expect_throws<nd::value_error>([&] { nothing *= 2; }, "the array is read-only");
  expect_throws<nd::value_error>(
      [&] {
        nd::array({{1, 2}, {3, 4}}).diagonal()[0] = 1;
      },
      "read-only");
  expect_throws<nd::shape_error>([&] { a[nd::slice(0, 2)] = nd::arange(3); },
                                 "a value of shape (3,) does not broadcast to shape (2,)");
  expect_throws<nd::value_error>([&] { nd::array({1}, nd::int8)[0] = 300; },
                                 "integer 300 is out of bounds for int8");
  expect_throws<nd::trace_error>(
      [&] {
        nd::jit([&](nd::array x) {
          a[0] = x;
          return x;
        })(nd::array(1));
      },
      "the array comes from outside the function that nd::jit records");
  expect_array<int64_t>(a, {4}, {0, 1, 2, 3});
}

TEST(Aliasing, TwoViewsOfOneArrayMeet) {
  nd::array three = nd::broadcast_to(nd::array(3.0), {2}), a = nd::arange(4.0).eval();
  expect_array<double>(three * three, {2}, {9, 9});
  nd::array once = a[nd::newaxis, nd::slice({}, {}, 2)];
  expect_array<double>(once.T() + once, {2, 2}, {0, 2, 2, 4});
}

TEST(Aliasing, RowUpdatesAllocateNothing) {
  nd::array a = nd::zeros({1000, 100}).eval(), row = nd::ones({100}).eval();
  a[0] = row;
  a[1] += row;
  auto before = nd::memory_stats();
  for (int64_t i = 0; i < 1000; ++i)
    a[i] = row;
  for (int64_t i = 0; i < 1000; ++i)
    a[i] += row;
  EXPECT_EQ(nd::memory_stats().allocations, before.allocations);
  EXPECT_EQ(a.sum().item(), 200000);
  auto f = nd::jit([](nd::array x, nd::array r) {
    x[3] = r;
    x[nd::slice(4, 9), 1] = 0;
    x[9] += r;
    x[nd::slice(20, 30)] *= x[nd::slice(20, 30)] + r;
  });
  f(a, row);
  before = nd::memory_stats();
  f(a, row);
  EXPECT_EQ(nd::memory_stats().allocations, before.allocations);
}

} // namespace
