// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/rules/slice.h"

#include <gtest/gtest.h>

using namespace nd::rules;

namespace {

using bound = std::optional<int64_t>;

/// What Python does, one element at a time.
std::vector<int64_t> python_slice(bound start, bound stop, int64_t step, int64_t n) {
  auto clamp = [&](bound at, int64_t absent) {
    if (!at)
      return absent;
    int64_t i = *at < 0 ? *at + n : *at;
    int64_t lowest = step < 0 ? -1 : 0, highest = step < 0 ? n - 1 : n;
    return i < lowest ? lowest : i > highest ? highest : i;
  };
  int64_t first = clamp(start, step < 0 ? n - 1 : 0), last = clamp(stop, step < 0 ? -1 : n);
  std::vector<int64_t> out;
  for (int64_t i = first; step < 0 ? i > last : i < last; i += step)
    out.push_back(i);
  return out;
}

TEST(RulesSlice, SelectsTheElementsThatPythonSelects) {
  std::vector<bound> bounds = {std::nullopt};
  for (int64_t i = -7; i <= 7; ++i)
    bounds.push_back(i);
  for (int64_t n = 0; n <= 5; ++n)
    for (bound start : bounds)
      for (bound stop : bounds)
        for (int64_t step : {-7, -3, -2, -1, 1, 2, 3, 7}) {
          auto got = normalise(start, stop, step, n);
          ASSERT_TRUE(got);
          std::vector<int64_t> elements;
          for (int64_t i = 0; i < got->size; ++i)
            elements.push_back(got->offset + i * got->stride);
          ASSERT_EQ(elements, python_slice(start, stop, step, n));
        }
}

TEST(RulesSlice, TakesExtremeBounds) {
  constexpr int64_t huge = INT64_MAX, least = INT64_MIN;
  EXPECT_EQ(normalise(least, huge, 1, 5), (slice_bounds{0, 5, 1}));
  EXPECT_EQ(normalise(huge, least, -1, 5), (slice_bounds{4, 5, -1}));
  EXPECT_EQ(normalise({}, {}, huge, 5), (slice_bounds{0, 1, huge}));
  EXPECT_EQ(normalise({}, {}, least, 5), (slice_bounds{4, 1, least}));
  EXPECT_EQ(normalise({}, {}, 2, huge), (slice_bounds{0, huge / 2 + 1, 2}));
  EXPECT_EQ(normalise({}, {}, -1, huge), (slice_bounds{huge - 1, huge, -1}));
}

TEST(RulesSlice, RefusesStepZero) {
  auto got = normalise({}, {}, 0, 5);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, error_kind::value);
  EXPECT_EQ(got.error().message, "slice step is 0; use a positive or a negative step");
}

TEST(RulesSlice, TakesUnknownExtents) {
  EXPECT_EQ(normalise({}, {}, {}, dynamic), (slice_bounds{0, dynamic, 1}));
  EXPECT_EQ(normalise({}, {}, -1, dynamic), (slice_bounds{dynamic, dynamic, -1}));
  EXPECT_EQ(normalise_index(3, dynamic, 0), 3);
  EXPECT_EQ(normalise_index(-3, dynamic, 0), dynamic);
}

TEST(RulesSlice, NormalisesIndices) {
  EXPECT_EQ(normalise_index(3, 4, 0), 3);
  EXPECT_EQ(normalise_index(-4, 4, 0), 0);
  for (int64_t index : {int64_t(4), int64_t(-5), INT64_MAX, INT64_MIN})
    EXPECT_FALSE(normalise_index(index, 4, 0));
  auto got = normalise_index(7, 4, 0);
  EXPECT_EQ(got.error().kind, error_kind::index);
  EXPECT_EQ(got.error().message, "index 7 is out of bounds for axis 0 with size 4");
}

TEST(RulesSlice, ChecksThatElementsExist) {
  const shape s = {4, 5};
  auto of = [&](shape offsets, shape sizes, shape strides) {
    return slice_shape(s, offsets, sizes, strides);
  };
  EXPECT_EQ(of({0, 4}, {4, 5}, {1, -1}), (shape{4, 5}));
  EXPECT_EQ(of({3, 0}, {1, 3}, {9, 2}), (shape{1, 3}));
  EXPECT_EQ(of({4, -1}, {0, 0}, {1, 1}), (shape{0, 0}));
  EXPECT_EQ(of({0, 1}, {4, 3}, {1, 2}).error().message,
            "slice with offset 1, size 3 and stride 2 leaves the array on axis 1 of shape (4, 5)");
  EXPECT_EQ(of({0, 1}, {4, 3}, {1, -1}).error().kind, error_kind::index);
  EXPECT_EQ(of({0, 0}, {4, 3}, {1, 0}).error().kind, error_kind::value);
  EXPECT_FALSE(of({0, 0}, {-1, 3}, {1, 1}) || of({0}, {4, 3}, {1, 1}));
  EXPECT_FALSE(of({0, 0}, {4, INT64_MAX}, {1, INT64_MAX}));
  EXPECT_TRUE(slice_shape({dynamic}, shape{2}, shape{9}, shape{3}));
}

} // namespace
