// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/rules/axes.h"
#include "ir/rules/broadcast.h"
#include "ir/rules/linalg.h"

#include <gtest/gtest.h>

using namespace nd::rules;

namespace {

constexpr int64_t any = dynamic;

template <class T> std::string message(const result<T> &r) {
  return r ? std::string("no error") : r.error().message;
}

TEST(RulesShape, WritesShapesAsPython) {
  EXPECT_EQ(to_string(shape{}), "()");
  EXPECT_EQ(to_string(shape{4}), "(4,)");
  EXPECT_EQ(to_string(shape{4, any, 3}), "(4, ?, 3)");
}

TEST(RulesBroadcast, AlignsAtTheLastAxis) {
  EXPECT_EQ(broadcast(shape{4, 3}, shape{3}), (shape{4, 3}));
  EXPECT_EQ(broadcast(shape{4, 1}, shape{1, 3}), (shape{4, 3}));
  EXPECT_EQ(broadcast(shape{}, shape{0}), (shape{0}));
  EXPECT_EQ(broadcast(shape{1}, shape{0, 1}), (shape{0, 1}));
  EXPECT_EQ(broadcast({shape{2, 1, 1}, shape{3, 1}, shape{4}}), (shape{2, 3, 4}));
  EXPECT_EQ(broadcast(std::vector<shape>{}), shape{});
}

TEST(RulesBroadcast, TakesUnknownExtents) {
  EXPECT_EQ(broadcast(shape{any}, shape{any}), shape{any});
  EXPECT_EQ(broadcast(shape{any}, shape{1}), shape{any});
  EXPECT_EQ(broadcast(shape{1}, shape{any}), shape{any});
  EXPECT_EQ(broadcast(shape{any}, shape{5}), shape{5});
  EXPECT_EQ(broadcast(shape{0}, shape{any}), shape{0});
  EXPECT_EQ(broadcast(shape{any, 3}, shape{2, 1, 1}), (shape{2, any, 3}));
}

TEST(RulesBroadcast, SaysWhichAxisAndWhatToDo) {
  EXPECT_EQ(message(broadcast(shape{4, 3}, shape{4}, "add")),
            "shapes (4, 3) and (4,) do not broadcast: axis -1 is 3 and 4; reshape the second to "
            "(4, 1) to add per row");
  EXPECT_EQ(message(broadcast(shape{4}, shape{4, 3}, "hypot")),
            "shapes (4,) and (4, 3) do not broadcast: axis -1 is 4 and 3; reshape the first to "
            "(4, 1) to apply it per row");
  EXPECT_EQ(message(broadcast(shape{2, 4, 3}, shape{4})),
            "shapes (2, 4, 3) and (4,) do not broadcast: axis -1 is 3 and 4; reshape the second to "
            "(4, 1) to apply it along axis 1");
  EXPECT_EQ(
      message(broadcast(shape{4, 3}, shape{3, 4})),
      "shapes (4, 3) and (3, 4) do not broadcast: axis -1 is 3 and 4; transpose the second to "
      "(4, 3)");
  EXPECT_EQ(message(broadcast(shape{4}, shape{5})),
            "shapes (4,) and (5,) do not broadcast: axis -1 is 4 and 5; the sizes of an axis must "
            "be equal or 1");
  EXPECT_EQ(message(broadcast({shape{2, 3}, shape{3}, shape{4, 3}})),
            "shapes (2, 3), (3,) and (4, 3) do not broadcast: axis -2 is 2 and 4; the sizes of an "
            "axis must be equal or 1");
  EXPECT_EQ(broadcast(shape{4}, shape{5}).error().kind, error_kind::shape);
}

TEST(RulesBroadcast, StretchesToATarget) {
  EXPECT_EQ(broadcast_to_shape({3}, {2, 3}), (shape{2, 3}));
  EXPECT_EQ(broadcast_to_shape({1, 3}, {0, 3}), (shape{0, 3}));
  EXPECT_EQ(broadcast_to_shape({3}, {2, any}), (shape{2, 3}));
  EXPECT_EQ(
      message(broadcast_to_shape({2, 3}, {3})),
      "shape (2, 3) does not broadcast to (3,): it has 2 axes and the target has 1; reshape it "
      "or add leading axes to the target");
  EXPECT_EQ(message(broadcast_to_shape({2}, {4})),
            "shape (2,) does not broadcast to (4,): axis -1 is 2 and 4; only an axis of size 1 "
            "stretches");
  EXPECT_EQ(broadcast_to_shape({1}, {-4}).error().kind, error_kind::value);
}

TEST(RulesAxes, NormalisesAxes) {
  EXPECT_EQ(normalise_axis(-1, 3), 2);
  EXPECT_EQ(normalise_axis(0, 1), 0);
  EXPECT_EQ(message(normalise_axis(2, 2)),
            "axis 2 is out of bounds for an array of 2 dimensions; axes run from -2 to 1");
  EXPECT_EQ(message(normalise_axis(0, 0)),
            "axis 0 is out of bounds for an array of 0 dimensions, which has no axes");
  EXPECT_FALSE(normalise_axis(INT64_MIN, 2) || normalise_axis(INT64_MAX, 2));
  EXPECT_EQ(normalise_axes(shape{2, -3}, 3), (shape{0, 2}));
  EXPECT_EQ(message(normalise_axes(shape{1, -1}, 2)),
            "axis 1 is given twice in the axes (1, -1); name each axis once");
}

TEST(RulesAxes, ReducesAndTransposes) {
  const shape s = {2, 3, any};
  EXPECT_EQ(reduce_shape(s, shape{1}, false), (shape{2, any}));
  EXPECT_EQ(reduce_shape(s, shape{-1, 0}, true), (shape{1, 3, 1}));
  EXPECT_EQ(reduce_shape(s, shape{0, 1, 2}, false), shape{});
  EXPECT_EQ(reduce_shape(s, shape{}, false), s);
  EXPECT_FALSE(reduce_shape(s, shape{3}, false));
  EXPECT_EQ(transpose_shape(s, shape{2, 0, 1}), (shape{any, 2, 3}));
  EXPECT_EQ(transpose_shape(s, shape{-1, 0, 1}), (shape{any, 2, 3}));
  EXPECT_EQ(message(transpose_shape(s, shape{0, 1})),
            "axes (0, 1) do not match an array of 3 dimensions; name each axis once");
  EXPECT_EQ(message(transpose_shape(s, shape{0, 1, 1})),
            "axis 1 is given twice in the axes (0, 1, 1); name each axis once");
}

TEST(RulesAxes, Concatenates) {
  const std::vector<shape> good = {{2, 3}, {4, 3}, {0, 3}}, unknown = {{any, 3}, {4, any}},
                           ranks = {{2}, {2, 2}}, wrong = {{2, 3}, {2, 4}}, scalars = {{}, {}};
  EXPECT_EQ(concatenate_shape(good, 0), (shape{6, 3}));
  EXPECT_EQ(concatenate_shape(good, -2), (shape{6, 3}));
  EXPECT_EQ(concatenate_shape(unknown, 0), (shape{any, 3}));
  EXPECT_EQ(message(concatenate_shape(wrong, 0)),
            "array 0 has shape (2, 3) and array 1 has shape (2, 4): axis 1 is 3 and 4; only the "
            "joined axis 0 may differ");
  EXPECT_EQ(
      message(concatenate_shape(ranks, 0)),
      "arrays must have the same number of dimensions: array 0 has shape (2,) and array 1 has "
      "shape (2, 2); reshape one of them");
  EXPECT_FALSE(concatenate_shape({}, 0));
  EXPECT_FALSE(concatenate_shape(scalars, 0));
  EXPECT_FALSE(concatenate_shape(good, 2));
}

TEST(RulesAxes, Reshapes) {
  EXPECT_EQ(reshape_shape({4, 3}, {2, -1}), (shape{2, 6}));
  EXPECT_EQ(reshape_shape({4, 3}, {-1}), shape{12});
  EXPECT_EQ(reshape_shape({1}, {}), shape{});
  EXPECT_EQ(reshape_shape({}, {1, 1}), (shape{1, 1}));
  EXPECT_EQ(reshape_shape({0, 3}, {-1, 5}), (shape{0, 5}));
  EXPECT_EQ(reshape_shape({any, 3}, {-1, 2}), (shape{any, 2}));
  EXPECT_EQ(reshape_shape({any, 3}, {6}), shape{6});
  EXPECT_EQ(message(reshape_shape({4, 3}, {5, 2})),
            "cannot reshape (4, 3) of 12 elements to (5, 2) of 10; the counts must be equal, or "
            "leave one size to be worked out with -1");
  EXPECT_EQ(message(reshape_shape({4, 3}, {5, -1})),
            "cannot reshape (4, 3) of 12 elements to (5, -1): 12 is not a multiple of 5; choose "
            "sizes that divide it");
  EXPECT_EQ(message(reshape_shape({0, 3}, {0, -1})),
            "cannot reshape (0, 3) of 0 elements to (0, -1): the -1 could be any size beside a 0; "
            "give it");
  EXPECT_EQ(message(reshape_shape({4}, {-1, -1})),
            "shape (-1, -1) has -1 on axes 0 and 1; only one size can be worked out");
  EXPECT_EQ(message(reshape_shape({4}, {-2})),
            "shape (-2,) has the negative size -2 on axis 0; only -1 is allowed, for the size to "
            "work out");
  EXPECT_FALSE(reshape_shape({4}, {INT64_MAX, INT64_MAX}));
}

TEST(RulesAxes, CountsElements) {
  EXPECT_EQ(element_count({}), 1);
  EXPECT_EQ(element_count({4, 0}), 0);
  EXPECT_EQ(element_count({4, any}), any);
  EXPECT_EQ(element_count({0, any}), 0);
  EXPECT_FALSE(element_count({2, -1}));
  EXPECT_FALSE(element_count({INT64_MAX, 2}));
  EXPECT_FALSE(element_count({0, INT64_MAX, 2}));
}

TEST(RulesLinalg, MultipliesAsNumpy) {
  EXPECT_EQ(matmul_shape({2, 3}, {3, 4}), (shape{2, 4}));
  EXPECT_EQ(matmul_shape({3}, {3}), shape{});
  EXPECT_EQ(matmul_shape({3}, {5, 3, 4}), (shape{5, 4}));
  EXPECT_EQ(matmul_shape({5, 2, 3}, {3}), (shape{5, 2}));
  EXPECT_EQ(matmul_shape({5, 1, 2, 3}, {7, 3, 4}), (shape{5, 7, 2, 4}));
  EXPECT_EQ(matmul_shape({2, any}, {3, any}), (shape{2, any}));
  EXPECT_EQ(
      message(matmul_shape({2, 3}, {2, 3})),
      "shapes (2, 3) and (2, 3) do not multiply: axis -1 of the first is 3 and axis -2 of the "
      "second is 2; transpose the second");
  EXPECT_EQ(
      message(matmul_shape({2, 3, 3}, {4, 3, 3})),
      "shapes (2, 3, 3) and (4, 3, 3) do not multiply: their leading axes (2,) and (4,) do not "
      "broadcast; the sizes of an axis must be equal or 1");
  EXPECT_FALSE(matmul_shape({}, {3}));
}

TEST(RulesLinalg, SolvesAndFactorises) {
  EXPECT_EQ(square_shape({4, 3, 3}), (shape{4, 3, 3}));
  EXPECT_EQ(square_shape({any, 3}), (shape{3, 3}));
  EXPECT_EQ(det_shape({4, 3, 3}), shape{4});
  EXPECT_EQ(message(det_shape({2, 3})),
            "the last two axes of shape (2, 3) are 2 and 3; they must be equal");
  EXPECT_EQ(message(square_shape({3})),
            "the operand has shape (3,); a matrix (..., m, n) of at least 2 dimensions is needed");
  EXPECT_EQ(solve_shape({3, 3}, {3}), shape{3});
  EXPECT_EQ(solve_shape({5, 3, 3}, {3}), (shape{5, 3}));
  EXPECT_EQ(solve_shape({5, 3, 3}, {3, 2}), (shape{5, 3, 2}));
  // NumPy 1 took this for a stack of five vectors.
  EXPECT_EQ(
      message(solve_shape({5, 3, 3}, {5, 3})),
      "the matrix of shape (5, 3, 3) has 3 rows and the right-hand side of shape (5, 3) has 5; "
      "reshape the right-hand side so that axis -2 is 3, (..., 3, 1) for a stack of vectors");
  EXPECT_EQ(qr_shapes({2, 5, 3})->Q, (shape{2, 5, 3}));
  EXPECT_EQ(qr_shapes({2, 5, 3})->R, (shape{2, 3, 3}));
  EXPECT_EQ(qr_shapes({3, 5})->Q, (shape{3, 3}));
  EXPECT_EQ(qr_shapes({3, 5})->R, (shape{3, 5}));
  EXPECT_EQ(qr_shapes({any, 0})->Q, (shape{any, 0}));
}

TEST(RulesLinalg, LeastSquares) {
  auto vector = lstsq_shapes({5, 3}, {5}), matrix = lstsq_shapes({5, 3}, {5, 2}),
       wide = lstsq_shapes({3, 5}, {3, 2});
  EXPECT_EQ(vector->x, shape{3});
  EXPECT_EQ(vector->residuals, shape{1});
  EXPECT_EQ(vector->rank, shape{});
  EXPECT_EQ(vector->s, shape{3});
  EXPECT_EQ(matrix->x, (shape{3, 2}));
  EXPECT_EQ(matrix->residuals, shape{2});
  EXPECT_EQ(wide->residuals, shape{0});
  EXPECT_EQ(wide->s, shape{3});
  EXPECT_FALSE(lstsq_shapes({5}, {5}) || lstsq_shapes({5, 3}, {4}) || lstsq_shapes({5, 3}, {}));
}

} // namespace
