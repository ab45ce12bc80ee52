// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/rules/index.h"

#include <gtest/gtest.h>

namespace {

using namespace nd::rules;
using form = index_item::form;

index_item at(int64_t i) {
  index_item out;
  out.at = i;
  return out;
}
index_item cut(std::optional<int64_t> start, std::optional<int64_t> stop,
               std::optional<int64_t> step = {}) {
  index_item out;
  out.kind = form::slice;
  out.start = start;
  out.stop = stop;
  out.step = step;
  return out;
}
index_item of(form kind, shape extents = {}) {
  index_item out;
  out.kind = kind;
  out.extents = std::move(extents);
  return out;
}
const index_item all = cut({}, {}), newaxis = of(form::newaxis), dots = of(form::ellipsis);
index_item ints(shape s) { return of(form::integers, std::move(s)); }
index_item mask(shape s) { return of(form::mask, std::move(s)); }

result<index_plan> plan(const shape &s, const std::vector<index_item> &items) {
  return plan_index(s, items);
}
/// The result's shape with index arrays that broadcast to B.
shape indexed(const shape &s, const std::vector<index_item> &items, const shape &B) {
  auto p = plan(s, items);
  EXPECT_TRUE(p) << p.error().message;
  return p ? p->result_shape(B) : shape{-1};
}
std::string refusal(const shape &s, const std::vector<index_item> &items) {
  auto p = plan(s, items);
  EXPECT_FALSE(p);
  if (p)
    return "";
  EXPECT_EQ(p.error().kind, error_kind::index);
  return p.error().message;
}

TEST(RulesIndex, AdjacentArraysStayInPlace) {
  EXPECT_EQ(indexed({4, 5, 6}, {ints({2, 3})}, {2, 3}), (shape{2, 3, 5, 6}));
  EXPECT_EQ(indexed({4, 5, 6}, {all, ints({2, 3})}, {2, 3}), (shape{4, 2, 3, 6}));
  EXPECT_EQ(indexed({4, 5, 6}, {all, ints({3}), ints({2, 1})}, {2, 3}), (shape{4, 2, 3}));
  EXPECT_EQ(indexed({4, 5, 6, 7}, {all, ints({3}), ints({3})}, {3}), (shape{4, 3, 7}));
  EXPECT_EQ(indexed({4, 5, 6}, {dots, ints({3})}, {3}), (shape{4, 5, 3}));
  EXPECT_EQ(indexed({4, 5, 6}, {newaxis, cut(1, 3), ints({3})}, {3}), (shape{1, 2, 3, 6}));
}

TEST(RulesIndex, PartedArraysComeFirst) {
  EXPECT_EQ(indexed({4, 5, 6}, {ints({3}), all, ints({3})}, {3}), (shape{3, 5}));
  EXPECT_EQ(indexed({4, 5, 6}, {ints({3}), newaxis, ints({3})}, {3}), (shape{3, 1, 6}));
  EXPECT_EQ(indexed({4, 5, 6}, {all, ints({3}), newaxis, ints({3})}, {3}), (shape{3, 4, 1}));
  // An ellipsis parts even where it stands for no axis.
  EXPECT_EQ(indexed({4, 5, 6}, {all, ints({3}), dots, ints({3})}, {3}), (shape{3, 4}));
}

TEST(RulesIndex, IntegersBesideArraysCountAsArrays) {
  EXPECT_EQ(indexed({4, 5, 6}, {all, at(0), ints({3})}, {3}), (shape{4, 3}));
  EXPECT_EQ(indexed({4, 5, 6}, {at(0), all, ints({3})}, {3}), (shape{3, 5}));
  EXPECT_EQ(indexed({4, 5, 6, 7}, {all, at(-1), all, ints({3})}, {3}), (shape{3, 4, 6}));
  EXPECT_EQ(indexed({4, 5, 6}, {at(1), all, at(2)}, {}), (shape{5}));
  auto p = plan({4, 5, 6}, {all, at(-1), ints({3})});
  ASSERT_TRUE(p);
  EXPECT_EQ(p->chosen, (std::vector<int64_t>{2}));
  EXPECT_EQ(p->bounds[1], (slice_bounds{4, 1, 1}));
  EXPECT_EQ(p->before, 1u);
}

TEST(RulesIndex, MasksCoverTheirAxes) {
  EXPECT_EQ(indexed({4, 5, 6}, {mask({4, 5})}, {7}), (shape{7, 6}));
  EXPECT_EQ(indexed({4, 5, 6}, {all, mask({5, 6})}, {7}), (shape{4, 7}));
  EXPECT_EQ(indexed({4, 5, 6}, {mask({4}), all, ints({7})}, {7}), (shape{7, 5}));
  EXPECT_EQ(indexed({4, 5}, {mask({})}, {1}), (shape{1, 4, 5}));
  EXPECT_EQ(indexed({4, 5}, {all, mask({})}, {0}), (shape{4, 0, 5}));
  auto p = plan({4, 5, 6}, {all, mask({5, 6})});
  ASSERT_TRUE(p);
  EXPECT_EQ(p->chosen, (std::vector<int64_t>{1, 2}));
}

TEST(RulesIndex, BasicIndicesAlone) {
  auto p = plan({4, 5, 6}, {at(-1), newaxis, cut(4, 0, -2)});
  ASSERT_TRUE(p);
  EXPECT_FALSE(p->advanced);
  EXPECT_EQ(p->layout, (std::vector<int64_t>{1, 2, 6}));
  EXPECT_EQ(p->bounds[0], (slice_bounds{3, 1, 1}));
  EXPECT_EQ(p->bounds[1], (slice_bounds{4, 2, -2}));
}

TEST(RulesIndex, UnknownExtents) {
  EXPECT_EQ(indexed({dynamic, 5}, {ints({3}), all}, {3}), (shape{3, 5}));
  EXPECT_EQ(indexed({dynamic, 5}, {mask({4, 5})}, {dynamic}), (shape{dynamic}));
  EXPECT_EQ(indexed({dynamic, 5}, {all, ints({3})}, {3}), (shape{dynamic, 3}));
}

TEST(RulesIndex, Refusals) {
  EXPECT_EQ(refusal({4, 5}, {ints({1}), ints({1}), at(0)}),
            "too many indices: the array has shape (4, 5), 2 axes, and 3 are given");
  EXPECT_EQ(refusal({4}, {mask({4, 5})}),
            "too many indices: the array has shape (4,), 1 axis, and 2 are given");
  EXPECT_EQ(refusal({4, 5}, {dots, dots}), "only one ellipsis can stand between the brackets");
  EXPECT_EQ(refusal({4, 5}, {all, mask({4})}),
            "boolean index did not match: axis 1 of the array has size 5 and axis 0 of the mask "
            "has size 4; give a mask of shape (5,)");
  EXPECT_EQ(refusal({4, 5}, {mask({4, 6})}),
            "boolean index did not match: axis 1 of the array has size 5 and axis 1 of the mask "
            "has size 6; give a mask of shape (4, 5)");
  EXPECT_EQ(refusal({4, 5}, {ints({2}), at(5)}), "index 5 is out of bounds for axis 1 with size 5");
  EXPECT_EQ(plan({4}, {cut({}, {}, 0)}).error().kind, error_kind::value);
}

TEST(RulesIndex, IndexArraysBroadcast) {
  std::vector<shape> fit = {{2, 1}, {3}, {}}, lists = {{2}, {3}}, grids = {{2, 3}, {3, 2}};
  EXPECT_EQ(*broadcast_indices(fit), (shape{2, 3}));
  auto refused = broadcast_indices(lists);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, error_kind::index);
  EXPECT_EQ(refused.error().message, "index arrays of shapes (2,) and (3,) do not broadcast: axis "
                                     "-1 is 2 and 3; combine each with each by nd::ix_");
  EXPECT_EQ(broadcast_indices(grids).error().message,
            "index arrays of shapes (2, 3) and (3, 2) do not broadcast: axis -1 is 3 and 2; "
            "transpose the second to (2, 3)");
}

TEST(RulesIndex, DtypesOfPositions) {
  EXPECT_TRUE(index_dtype(nd::dtype_kind::uint8, 0));
  for (auto dtype : {nd::dtype_kind::bool_, nd::dtype_kind::float64})
    EXPECT_EQ(index_dtype(dtype, 0).error().kind, error_kind::index);
  EXPECT_EQ(index_dtype(nd::dtype_kind::float32, 1).error().message,
            "index array 1 has dtype float32; positions are integers, cast it with "
            "astype(nd::int64)");
}

TEST(RulesIndex, ShapesOfOps) {
  std::vector<shape> two = {{3}, {2, 1}};
  std::vector<int64_t> outer = {0, 2}, unsorted = {2, 0}, beyond = {0, 3};
  EXPECT_EQ(*gather_shape({4, 5, 6}, two, outer), (shape{2, 3, 5}));
  EXPECT_EQ(gather_shape({4, 5, 6}, two, unsorted).error().message,
            "2 index arrays choose from axes (2, 0) of an array of shape (4, 5, 6); name one axis "
            "for each, in ascending order");
  EXPECT_FALSE(gather_shape({4, 5, 6}, two, beyond));
  EXPECT_EQ(*gather_shape({4, 5, 6}, two, outer, 1), (shape{5, 2, 3}));
  EXPECT_EQ(gather_shape({4, 5, 6}, two, outer, 2).error().message,
            "the axes of the indices are to stand behind 2 of the 1 others of shape (4, 5, 6)");
  EXPECT_EQ(*scatter_shape({4, 5, 6}, {3, 5}, two, outer), (shape{4, 5, 6}));
  EXPECT_EQ(scatter_shape({4, 5, 6}, {4, 5}, two, outer).error().message,
            "shape (4, 5) does not broadcast to (2, 3, 5): axis -2 is 4 and 3; only an axis of "
            "size 1 stretches");
  EXPECT_EQ(*compress_shape({4, 5}, {4, 5, 6}, 7), (shape{7, 6}));
  EXPECT_FALSE(compress_shape({}, {4}, 1) || compress_shape({4, 5}, {4}, 1));
  EXPECT_EQ(*repeat_shape({4, 5}, {5}, -1, 9), (shape{4, 9}));
  EXPECT_EQ(repeat_shape({4, 5}, {3}, 1, 9).error().message,
            "there are 3 counts and axis 1 of shape (4, 5) has size 5; give one count for each "
            "element, or a single one");
  EXPECT_FALSE(sort_shape({}) || searchsorted_shape({2, 2}, {}));
}

TEST(RulesIndex, ScatterModes) {
  EXPECT_EQ(*parse_scatter_mode("maximum", nd::dtype_kind::int8), scatter_mode::maximum);
  EXPECT_EQ(name(scatter_mode::bitwise_xor), "bitwise_xor");
  for (size_t i = 0; i < scatter_mode_names.size(); ++i)
    EXPECT_EQ(name(scatter_mode(i)), scatter_mode_names[i]);
  EXPECT_EQ(parse_scatter_mode("mean", nd::dtype_kind::int8).error().kind, error_kind::value);
  EXPECT_EQ(parse_scatter_mode("divide", nd::dtype_kind::int8).error().message,
            "divide in place has no meaning for int8; cast the array with astype");
  EXPECT_FALSE(parse_scatter_mode("subtract", nd::dtype_kind::bool_) ||
               parse_scatter_mode("bitwise_or", nd::dtype_kind::float32));
}

} // namespace
