// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Indexing with arrays as users write it, and the texts of its errors; values are compared with
// NumPy's in tests/numpy/families/advanced.py.
#include "frontend_expect.h"

namespace {

nd::array grid() { return nd::arange(12).reshape(3, 4); }

/// The text of the index_error that evaluating throws.
template <class F> std::string outside(F f) {
  return message_of<nd::index_error>([&] { f().eval(); });
}

} // namespace

TEST(AdvancedIndexing, ArraysAndBraces) {
  nd::array a = grid();
  nd::array i = {2, 0};
  expect_array<int64_t>(a[i], {2, 4}, {8, 9, 10, 11, 0, 1, 2, 3});
  expect_array<int64_t>(a[nd::array({0, 2}), nd::slice(1, 3), nd::newaxis], {2, 2, 1},
                        {1, 2, 9, 10});
  expect_array<int64_t>((a[{0, 2}, {1, -1}]), {2}, {1, 11});
  expect_array<int64_t>((a[nd::all, {{0}, {3}}]), {3, 2, 1}, {0, 3, 4, 7, 8, 11});
  expect_array<int64_t>(a[i, 1], {2}, {9, 1});
  expect_array<int64_t>(a[nd::array(1)], {4}, {4, 5, 6, 7});
  expect_array<int64_t>(a[std::initializer_list<nd::nested>{}], {0, 4}, {});
}

TEST(AdvancedIndexing, Masks) {
  nd::array a = grid();
  expect_array<int64_t>(a[a > 8], {3}, {9, 10, 11});
  expect_array<int64_t>((a[{true, false, true}, 0]), {2}, {0, 8});
  expect_array<int64_t>(a[nd::all, a[0] > 1], {3, 2}, {2, 3, 6, 7, 10, 11});
  EXPECT_EQ((a[true].shape()), (nd::shape{1, 3, 4}));
  EXPECT_EQ((a[false].shape()), (nd::shape{0, 3, 4}));
  EXPECT_EQ((a[nd::zeros({3}, nd::bool_)].shape()), (nd::shape{0, 4}));
}

TEST(AdvancedIndexing, WorksInsideJit) {
  auto rows = nd::jit([](nd::array a, nd::array i) { return a[i + 1, nd::slice({}, 2)] * 2; });
  nd::array i = {0, -1, 1};
  expect_array<int64_t>(rows(grid(), i), {3, 2}, {8, 10, 0, 2, 16, 18});
}

TEST(AdvancedIndexing, OutOfRangeNamesPositionBoundAndLine) {
  nd::array a = grid(), i = nd::array({{0, 1}, {2, 7}});
  std::string text = outside([&] { return a[i]; });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "index: index 7 at position (1, 1) is out of bounds for axis 0 with size 3");
  EXPECT_HAS(outside([&] {
               return a[nd::all, nd::array({0, -5})];
             }),
             "index -5 at position (1,) is out of bounds for axis 1 with size 4");
  EXPECT_HAS(outside([&] { return nd::take(a, 12); }),
             "index 12 is out of bounds for axis 0 with size 12");
}

TEST(AdvancedIndexing, WhatDoesNotFitIsRefusedWhereItIsWritten) {
  nd::array a = grid();
  std::string text = message_of<nd::index_error>([&] {
    a[nd::array({0, 1}), nd::array({0, 1, 2})];
  });
  EXPECT_HAS(text, ND_BELOW(-2));
  EXPECT_HAS(text, "index: index arrays of shapes (2,) and (3,) do not broadcast: axis -1 is 2 and "
                   "3; combine each with each by nd::ix_");
  EXPECT_HAS(message_of<nd::index_error>([&] { a[nd::ones({4}, nd::bool_)]; }),
             "index: boolean index did not match: axis 0 of the array has size 3 and axis 0 of the "
             "mask has size 4; give a mask of shape (3,)");
  EXPECT_HAS(message_of<nd::index_error>([&] { a[nd::array({0.5})]; }),
             "index: index array 0 has dtype float64; positions are integers, cast it with "
             "astype(nd::int64)");
  EXPECT_HAS(message_of<nd::index_error>([&] { a[nd::array({0}), nd::array({0}), 0]; }),
             "index: too many indices: the array has shape (3, 4), 2 axes, and 3 are given");
  EXPECT_HAS(message_of<nd::index_error>([&] { a[nd::array({0}), 4]; }),
             "index 4 is out of bounds for axis 1 with size 4");
}

TEST(Updates, RepeatedPositionsAccumulate) {
  nd::array a = nd::zeros({4}, nd::int64), handle = a;
  nd::add_at(a, nd::array({0, 1, 0, 0}), 2);
  expect_array<int64_t>(handle, {4}, {6, 2, 0, 0});
  nd::subtract_at(a, 1, 5);
  nd::multiply_at(a, {nd::slice(0, 2)}, 3);
  expect_array<int64_t>(handle, {4}, {18, -9, 0, 0});
  nd::array m = grid();
  nd::maximum_at(m, {nd::array({0, 2}), 3}, nd::array({7, 7}));
  expect_array<int64_t>(m[nd::all, 3], {3}, {7, 7, 11});
}

TEST(Updates, NothingIsWrittenIfAPositionIsOutside) {
  nd::array a = nd::arange(4);
  std::string text = message_of<nd::index_error>([&] { nd::put(a, {1, 9}, {5, 6}); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "index 9 at position (1,) is out of bounds for axis 0 with size 4");
  EXPECT_THROW(nd::add_at(a, nd::array({0, -5}), 1), nd::index_error);
  EXPECT_THROW(nd::put_along_axis(a, nd::array({4}), 1, 0), nd::index_error);
  expect_array<int64_t>(a, {4}, {0, 1, 2, 3});
}

TEST(Updates, KeepDtypeAndShape) {
  nd::array a = nd::arange(4);
  EXPECT_HAS(message_of<nd::dtype_error>([&] { nd::add_at(a, 0, 0.5); }),
             "add_at: the result is float64 and does not fit in place into int64; cast the array "
             "with astype");
  EXPECT_HAS(message_of<nd::shape_error>([&] {
               nd::add_at(a, nd::array({0, 1}), {1, 2, 3});
             }),
             "assignment: shape (3,) does not broadcast to (2,): axis -1 is 3 and 2; only an axis "
             "of size 1 stretches");
  nd::put(a, 0, 2.9);
  expect_array<int64_t>(a, {4}, {2, 1, 2, 3});
  EXPECT_THROW(nd::put(a.astype(nd::int8), 0, 300), nd::value_error);
}

TEST(Selection, FunctionsAsUsersCallThem) {
  nd::array a = nd::array({{3, 0}, {0, 5}});
  auto at = nd::nonzero(a);
  ASSERT_EQ(at.size(), 2u);
  expect_array<int64_t>(a[at[0], at[1]], {2}, {3, 5});
  expect_array<int64_t>(nd::argwhere(a), {2, 2}, {0, 0, 1, 1});
  expect_array<int64_t>(nd::take(a, {1, 2}, 1, {.mode = "wrap"}), {2, 2}, {0, 3, 5, 0});
  expect_array<int64_t>(nd::repeat(nd::array({1, 2}), 2), {4}, {1, 1, 2, 2});
  expect_array<int64_t>(nd::repeat(nd::array({1, 2}), {2, 1}, 0), {3}, {1, 1, 2});
  expect_array<int64_t>(nd::sort(a), {2, 2}, {0, 3, 0, 5});
  expect_array<int64_t>(nd::sort(a, {}), {4}, {0, 0, 3, 5});
  expect_array<int64_t>(nd::searchsorted({1, 2, 3}, 2, "right"), {}, {2});
  auto [values, counts] = nd::unique_counts({3, 1, 3});
  expect_array<int64_t>(values, {2}, {1, 3});
  expect_array<int64_t>(counts, {2}, {1, 2});
  auto grid_of = nd::ix_({{0, 1}, {1}});
  expect_array<int64_t>(a[grid_of[0], grid_of[1]], {2, 1}, {0, 5});
}

TEST(Selection, Methods) {
  nd::array a = {3, 0, 2}, handle = a;
  expect_array<int64_t>(a.nonzero()[0], {2}, {0, 2});
  expect_array<int64_t>(a.take({-1, 0}), {2}, {2, 3});
  expect_array<int64_t>(a.compress({true, false, true}), {2}, {3, 2});
  expect_array<int64_t>(a.repeat({1, 0, 2}), {3}, {3, 2, 2});
  expect_array<int64_t>(a.argsort(), {3}, {1, 2, 0});
  a.sort();
  expect_array<int64_t>(handle, {3}, {0, 2, 3});
  expect_array<int64_t>(a.searchsorted(1), {}, {1});
  a.put(0, 7);
  expect_array<int64_t>(handle, {3}, {7, 2, 3});
}

TEST(Selection, ErrorsNameTheFunction) {
  nd::array a = grid();
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::take(a, 0, 0, {.mode = "around"}); }),
             "take: the mode is 'around'; use 'raise', 'wrap' or 'clip'");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::nonzero(nd::array(3)); }),
             "nonzero: a 0-d array has no axes to name positions on; use reshape(1)");
  EXPECT_HAS(message_of<nd::shape_error>([&] { nd::sort(nd::array(3)); }),
             "sort: a 0-d array has no axis to sort along; use ravel first");
  EXPECT_HAS(message_of<nd::value_error>([&] {
               nd::searchsorted({1, 2}, 1, "middle");
             }),
             "searchsorted: the side is 'middle'; use 'left' or 'right'");
  EXPECT_HAS(message_of<nd::shape_error>([&] {
               nd::repeat(a, {1, 2}, 0);
             }),
             "repeat: there are 2 counts and axis 0 of shape (3, 4) has size 3; give one count for "
             "each element, or a single one");
  EXPECT_HAS(message_of<nd::value_error>([&] {
               nd::repeat(a, {1, -2, 0}, 0).eval();
             }),
             "repeat: count -2 at position 1 is negative; counts are 0 or more");
  EXPECT_HAS(message_of<nd::index_error>([&] {
               nd::unravel_index({0, 12}, {3, 4});
             }),
             "unravel_index: index 12 is out of bounds for an array of shape (3, 4), which has 12 "
             "elements");
  EXPECT_HAS(message_of<nd::shape_error>([&] { nd::place(a, {true}, 1); }),
             "place: the array has shape (3, 4) and the mask has shape (1,); give a mask with as "
             "many elements");
}
