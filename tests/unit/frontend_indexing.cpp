// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

namespace {
nd::array grid() { return nd::arange(12).reshape(3, 4); }
} // namespace

TEST(Indexing, IntegersDropTheirAxis) {
  nd::array a = grid();
  EXPECT_EQ((a[1, 2].item<int64_t>()), 6);
  EXPECT_EQ((a[-1, -1].item<int64_t>()), 11);
  expect_array<int64_t>(a[1], {4}, {4, 5, 6, 7});
  expect_array<int64_t>(a[nd::all, 1], {3}, {1, 5, 9});
}

TEST(Indexing, Slices) {
  nd::array a = nd::arange(6);
  expect_array<int64_t>(a[nd::slice(2, 5)], {3}, {2, 3, 4});
  expect_array<int64_t>(a[nd::slice({}, 2)], {2}, {0, 1});
  expect_array<int64_t>(a[nd::slice(4, {})], {2}, {4, 5});
  expect_array<int64_t>(a[nd::slice({}, {}, -1)], {6}, {5, 4, 3, 2, 1, 0});
  expect_array<int64_t>(a[nd::slice(-2, {}, -2)], {3}, {4, 2, 0});
  expect_array<int64_t>(a[nd::slice(3, 100)], {3}, {3, 4, 5});
  expect_array<int64_t>(a[nd::slice(4, 2)], {0}, {});
  expect_array<int64_t>(grid()[nd::slice(1, 3), nd::slice({}, {}, 2)], {2, 2}, {4, 6, 8, 10});
  EXPECT_THROW(a[nd::slice(0, 4, 0)], nd::value_error);
}

TEST(Indexing, NewAxesAndEllipsis) {
  nd::array a = grid();
  EXPECT_EQ((a[nd::newaxis, nd::ellipsis, 0].shape()), (nd::shape{1, 3}));
  EXPECT_EQ((a[nd::ellipsis, nd::newaxis].shape()), (nd::shape{3, 4, 1}));
  expect_array<int64_t>(a[nd::newaxis, nd::ellipsis, 0], {1, 3}, {0, 4, 8});
}

TEST(Indexing, OutOfRangeSaysWhere) {
  nd::array a = grid();
  std::string text = message_of<nd::index_error>([&] { a[0, 7]; });
  EXPECT_HAS(text, ND_HERE.substr(0, ND_HERE.find(".cpp")));
  EXPECT_HAS(text, "index 7 is out of bounds for axis 1 with size 4");
  EXPECT_HAS(message_of<nd::index_error>([&] { a[0, 0, 0]; }), "too many indices");
}

TEST(Indexing, RowsOfAnEvaluatedArrayAreViews) {
  nd::array a = grid();
  a.eval();
  EXPECT_EQ(a[1].data<int64_t>(), a.data<int64_t>() + 4);
  EXPECT_EQ((a[nd::slice(1, 3)].data<int64_t>()), a.data<int64_t>() + 4);
}

TEST(Indexing, RangeForWalksTheFirstAxis) {
  std::vector<int64_t> sums;
  for (nd::array row : grid())
    sums.push_back(row.sum().item<int64_t>());
  EXPECT_EQ(sums, (std::vector<int64_t>{6, 22, 38}));
  EXPECT_THROW(nd::array(1).begin(), nd::value_error);
}
