// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Splits, joins, edits, sets and contractions as users write them, and the texts of their errors;
// values are compared with NumPy's in tests/numpy.
#include "frontend_expect.h"

namespace {

nd::array grid() { return nd::arange(12).reshape(3, 4); }

TEST(Pieces, SplittingSpellings) {
  nd::array a = nd::arange(6);
  EXPECT_EQ(nd::split(a, 3).size(), 3u);
  EXPECT_EQ(nd::split(a, {3}).size(), 2u);
  expect_array<int64_t>(nd::split(a, {2, 5})[1], {3}, {2, 3, 4});
  EXPECT_EQ(nd::array_split(a, 4)[3].size(), 1);
  EXPECT_EQ(nd::hsplit(grid(), 2)[1].shape(), (nd::shape{3, 2}));
  EXPECT_EQ(nd::vsplit(grid(), {1})[1].shape(), (nd::shape{2, 4}));
  EXPECT_EQ(nd::unstack(grid(), 1).size(), 4u);
  nd::split(a, 2)[1][0] = 100; // parts are views
  expect_array<int64_t>(a, {6}, {0, 1, 2, 100, 4, 5});
  std::string text = message_of<nd::value_error>([&] { nd::split(a, 4); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "split: axis 0 of (6,) has size 6, which does not divide into 4 equal parts; "
                   "use array_split");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::dsplit(a, 2); }),
             "dsplit: the array has shape (6,); at least 3 dimensions are needed");
}

TEST(Pieces, JoiningSpellings) {
  nd::array a = {1, 2}, b = {3, 4};
  expect_array<int64_t>(nd::concatenate({grid(), a}, std::nullopt), {14},
                        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2});
  expect_array<float>(nd::stack({a, b}, 0, {.dtype = nd::float32}), {2, 2}, {1, 2, 3, 4});
  expect_array<int64_t>(nd::r_({a, 7, b}), {5}, {1, 2, 7, 3, 4});
  expect_array<int64_t>(nd::block({{a, b}, {b, a}}), {2, 4}, {1, 2, 3, 4, 3, 4, 1, 2});
  EXPECT_HAS(message_of<nd::dtype_error>([&] {
               nd::concatenate({a, 1.5}, std::nullopt, {.dtype = nd::int64});
             }),
             "concatenate: float64 is not joined as int64, which is of a lower kind");
  EXPECT_EQ(nd::atleast_2d(a, 1).size(), 2u);
  EXPECT_EQ(nd::broadcast_shapes({{2, 1}, {3}, {1, 1, 1}}), (nd::shape{1, 2, 3}));
  EXPECT_HAS(message_of<nd::shape_error>([] {
               nd::broadcast_shapes({{2}, {3}});
             }),
             "broadcast_shapes: shapes (2,) and (3,) do not broadcast");
  EXPECT_EQ(nd::ndim(grid()), 2);
  EXPECT_EQ(nd::size(grid(), 1), 4);
}

TEST(Pieces, MovingSpellings) {
  nd::array a = {1, 2, 3};
  expect_array<int64_t>(nd::roll(a, 1), {3}, {3, 1, 2});
  expect_array<int64_t>(nd::roll(grid(), {1, -1}, {0, 1})[0], {4}, {9, 10, 11, 8});
  expect_array<int64_t>(nd::tile(a, 2), {6}, {1, 2, 3, 1, 2, 3});
  EXPECT_EQ(nd::tile(a, {2, 2}).shape(), (nd::shape{2, 6}));
  expect_array<int64_t>(nd::rot90({{1, 2}, {3, 4}}), {2, 2}, {2, 4, 1, 3});
  EXPECT_HAS(message_of<nd::value_error>([&] {
               nd::roll(grid(), {1, 2, 3}, {0, 1});
             }),
             "roll: 3 shifts are given for 2 axes; give one for each, or one for all");
}

TEST(Pieces, PaddingSpellings) {
  nd::array a = {1, 2, 3};
  expect_array<int64_t>(nd::pad(a, 1), {5}, {0, 1, 2, 3, 0});
  expect_array<int64_t>(nd::pad(a, {2, 1}, "edge"), {6}, {1, 1, 1, 2, 3, 3});
  expect_array<int64_t>(nd::pad(a, {1, 2}, "constant", {.constant_values = {7, 8}}), {6},
                        {7, 1, 2, 3, 8, 8});
  EXPECT_EQ(nd::pad(grid(), {{1, 0}, {2, 3}}, "reflect").shape(), (nd::shape{4, 9}));
  expect_array<int64_t>(nd::pad(a, 2, "reflect", {.reflect_type = "odd"}), {7},
                        {-1, 0, 1, 2, 3, 4, 5});
  std::string text = message_of<nd::value_error>([&] { nd::pad(a, 1, "mirror"); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "pad: the mode is 'mirror'; use constant, edge, linear_ramp, maximum, mean, "
                   "median, minimum, reflect, symmetric, wrap or empty");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::pad(a, -1); }),
             "pad: pad_width is -1; it must be 0 or more");
  EXPECT_HAS(message_of<nd::value_error>([] {
               nd::pad(nd::zeros({0, 2}), 1, "edge");
             }),
             "pad: axis 0 of (0, 2) is empty and cannot grow by mode 'edge'");
  EXPECT_HAS(message_of<nd::value_error>([&] {
               nd::pad(grid(), {{1, 1}, {1, 1}, {1, 1}});
             }),
             "pad: pad_width has shape (3, 2) for an array of 2 dimensions");
}

TEST(Pieces, PaddingByAFunction) {
  auto tens = [](nd::array lane, std::array<int64_t, 2> width, int64_t) {
    lane[nd::slice({}, width[0])] = 10;
    lane[nd::slice(lane.size() - width[1], {})] = -10;
  };
  nd::array a = nd::arange(4).reshape(2, 2);
  expect_array<int64_t>(nd::pad(a, {1, 2}, tens), {5, 5},
                        {10,  10,  10, -10, -10, 10,  0,   1,  -10, -10, 10,  2,  3,
                         -10, -10, 10, -10, -10, -10, -10, 10, -10, -10, -10, -10});
  auto sums = [](nd::array lane, std::array<int64_t, 2>, int64_t axis) {
    lane[0] = lane.sum() + axis;
  };
  expect_array<int64_t>(nd::pad(a, {{1, 0}, {1, 0}}, sums), {3, 3}, {7, 2, 4, 2, 0, 1, 6, 2, 3});
  auto inside = nd::jit([&](nd::array a) { return nd::pad(a, 1, tens); });
  expect_array<int64_t>(inside(nd::array({7})), {3}, {10, 7, -10});
}

TEST(Pieces, EditingSpellings) {
  nd::array a = nd::arange(5);
  expect_array<int64_t>(nd::insert(a, 1, 9), {6}, {0, 9, 1, 2, 3, 4});
  expect_array<int64_t>(nd::insert(a, {1, 1, 5}, {7, 8, 9}), {8}, {0, 7, 8, 1, 2, 3, 4, 9});
  expect_array<int64_t>(nd::insert(a, nd::slice(0, 4, 2), 6), {7}, {6, 0, 1, 6, 2, 3, 4});
  expect_array<int64_t>(nd::delete_(a, -1), {4}, {0, 1, 2, 3});
  expect_array<int64_t>(nd::delete_(a, {0, 0, 3}), {3}, {1, 2, 4});
  expect_array<int64_t>(nd::delete_(a, nd::slice({}, {}, 2)), {2}, {1, 3});
  expect_array<int64_t>(nd::delete_(a, a > 2), {3}, {0, 1, 2});
  expect_array<int64_t>(nd::append(a, {5, 6}), {7}, {0, 1, 2, 3, 4, 5, 6});
  expect_array<int64_t>(nd::resize(a, {2, 4}), {2, 4}, {0, 1, 2, 3, 4, 0, 1, 2});
  expect_array<int64_t>(nd::trim_zeros({0, 0, 1, 0, 2, 0}), {3}, {1, 0, 2});
  expect_array<int64_t>(nd::trim_zeros({0, 1, 0}, "b"), {2}, {0, 1});
  std::string text = message_of<nd::index_error>([&] { nd::insert(a, 6, 0); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "insert: index 6 is out of bounds for axis 0 with size 5");
  EXPECT_HAS(message_of<nd::index_error>([&] { nd::delete_(a, 5); }),
             "delete_: index 5 is out of bounds for axis 0 with size 5");
  EXPECT_HAS(message_of<nd::value_error>([&] {
               nd::delete_(a, {true, false});
             }),
             "delete_: the mask has shape (2,); it must be (5,), as long as the axis");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::trim_zeros(a, "x"); }),
             "trim_zeros: trim is 'x'; use 'f', 'b' or 'fb'");
}

TEST(Pieces, OrderSpellings) {
  nd::array a = {3, 1, 2, 5, 4};
  expect_array<int64_t>(nd::sort(a, -1, {.descending = true}), {5}, {5, 4, 3, 2, 1});
  EXPECT_EQ(nd::partition(a, 2)[2].item<int>(), 3);
  EXPECT_EQ(a[nd::argpartition(a, {0, -1})[4]].item<int>(), 5);
  nd::array own = a.copy();
  own.partition(0);
  EXPECT_EQ(own[0].item<int>(), 1);
  expect_array<int64_t>(nd::lexsort({nd::array({1, 0, 1}), nd::array({2, 2, 1})}), {3}, {2, 1, 0});
  std::string text = message_of<nd::value_error>([&] { nd::partition(a, 5); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "partition: kth 5 is out of bounds for an axis of size 5");
  EXPECT_HAS(message_of<nd::value_error>([&] { nd::sort(a, -1, {.kind = "bubble"}); }),
             "sort: the kind is 'bubble'; use 'stable', 'quicksort', 'mergesort' or 'heapsort'");
  EXPECT_HAS(
      message_of<nd::shape_error>([&] {
        nd::lexsort({a, nd::array({1})});
      }),
      "lexsort: key 0 has shape (5,) and key 1 has shape (1,); all must have the same shape");
}

TEST(Pieces, SetSpellings) {
  nd::array a = {3, 1, 3, 2};
  auto [values, counts] = nd::unique(a, nd::return_counts);
  expect_array<int64_t>(values, {3}, {1, 2, 3});
  expect_array<int64_t>(counts, {3}, {1, 1, 2});
  auto [rows, at, inverse] = nd::unique(nd::array({{1, 2}, {0, 1}, {1, 2}}), nd::return_index,
                                        nd::return_inverse, {.axis = 0});
  expect_array<int64_t>(rows, {2, 2}, {0, 1, 1, 2});
  expect_array<int64_t>(at, {2}, {1, 0});
  expect_array<int64_t>(inverse, {3}, {1, 0, 1});
  expect_array<bool>(nd::isin(a, {1, 2}, {.invert = true}), {4}, {true, false, true, false});
  auto [both, i, j] = nd::intersect1d(a, {2, 3}, nd::return_indices);
  expect_array<int64_t>(both, {2}, {2, 3});
  expect_array<int64_t>(i, {2}, {3, 0});
  expect_array<int64_t>(j, {2}, {0, 1});
}

TEST(Pieces, SizesThatElementsDecideInsideJit) {
  nd::array x = {3.0, -1, 3, -2, 5};
  auto f = nd::jit([](nd::array x) {
    nd::array some = x[x > 0];
    auto [values, inverse] = nd::unique(some, nd::return_inverse);
    return std::tuple(values, inverse, nd::union1d(some, x), nd::intersect1d(some, x),
                      nd::setdiff1d(x, some), nd::setxor1d(some, x), nd::isin(x, some),
                      nd::roll(some, 1));
  });
  auto [values, inverse, all, both, less, apart, there, rolled] = f(x);
  expect_array<double>(values, {2}, {3, 5});
  expect_array<int64_t>(inverse, {3}, {0, 0, 1});
  expect_array<double>(all, {4}, {-2, -1, 3, 5});
  expect_array<double>(both, {2}, {3, 5});
  expect_array<double>(less, {2}, {-2, -1});
  expect_array<double>(apart, {2}, {-2, -1});
  expect_array<bool>(there, {5}, {true, false, true, false, true});
  expect_array<double>(rolled, {3}, {5, 3, 3});
  auto none = f(x - 100);
  EXPECT_EQ(std::get<0>(none).size(), 0);
  expect_array<bool>(std::get<6>(none), {5}, {false, false, false, false, false});

  auto edit = nd::jit([](nd::array x) {
    return std::tuple(nd::delete_(x, x < 0), nd::trim_zeros(nd::where(x > 0, 0, x)),
                      nd::append(x[x < 0], x), nd::partition(x[x > -2], 0));
  });
  auto [kept, trimmed, longer, first] = edit(x);
  expect_array<double>(kept, {3}, {3, 3, 5});
  expect_array<double>(trimmed, {3}, {-1, 0, -2});
  expect_array<double>(longer, {7}, {-1, -2, 3, -1, 3, -2, 5});
  EXPECT_EQ(first[0].item(), -1);
  EXPECT_HAS(message_of<nd::trace_error>(
                 [&] { nd::jit([](nd::array x) { return nd::unstack(x[x > 0])[0]; })(x); }),
             "unstack: the size of axis 0 of (n");
}

TEST(Pieces, ContractionSpellings) {
  nd::array a = nd::arange(6.0).reshape(2, 3), b = nd::arange(12.0).reshape(3, 4);
  expect_array<double>(nd::einsum("ij,jk->ik", {a, b}), {2, 4},
                       nd::matmul(a, b).to_vector<double>());
  EXPECT_EQ(nd::einsum("ij,j", {a, nd::ones(3)}).shape(), (nd::shape{2}));
  EXPECT_EQ(nd::tensordot(a, b, 1).shape(), (nd::shape{2, 4}));
  EXPECT_EQ(nd::tensordot(a, b, {1, 0}).shape(), (nd::shape{2, 4}));
  EXPECT_EQ(nd::tensordot(a, a, {{0, 1}, {0, 1}}).item(), 55);
  expect_array<double>(nd::kron({1.0, 2}, {1.0, 10}), {4}, {1, 10, 2, 20});
  auto path = nd::einsum_path("ij,jk,kl->il",
                              {nd::zeros({2, 50}), nd::zeros({50, 40}), nd::zeros({40, 3})});
  EXPECT_EQ(path.path, (std::vector<std::vector<int64_t>>{{0, 1}, {0, 1}}));
  EXPECT_HAS(path.report, "step 0: operands 0 and 1, 4000 multiplications");
}

TEST(Pieces, EinsumTakesListsOfLabels) {
  nd::array a = grid(), b = nd::arange(8).reshape(4, 2);
  auto same = [](const nd::array &x, const nd::array &y) {
    EXPECT_EQ(x.shape(), y.shape());
    EXPECT_TRUE(nd::array_equal(x, y));
  };
  same(nd::einsum({{a, {0, 1}}, {b, {1, 2}}}, {0, 2}), nd::matmul(a, b));
  same(nd::einsum({{a, {5, 1}}, {b, {1, 30}}}), nd::matmul(a, b));
  same(nd::einsum({{a, {30, 1}}}), a.T());
  same(nd::einsum({{a, {nd::ellipsis, 0}}}, {nd::ellipsis}), a.sum(1));
  EXPECT_HAS(message_of<nd::value_error>([&] {
               nd::einsum({{a, {0, 52}}});
             }),
             "einsum: the label 52 is outside [0, 52)");
}

TEST(Pieces, ContractionsAreProductsWhereTheyCanBe) {
  nd::array a = nd::ones({4, 5}), b = nd::ones({5, 6});
  auto product = nd::jit([](nd::array a, nd::array b) { return nd::einsum("ij,jk->ki", {a, b}); });
  EXPECT_EQ(product.lower(a, b).library_calls(), 1);
  // Dots and products without a matrix are one loop nest.
  auto fused = nd::jit([](nd::array a, nd::array b) {
    return nd::einsum("ij,ij,i->j", {a, a, b});
  });
  EXPECT_EQ(fused.lower(a, nd::ones(4)).library_calls(), 0);
  EXPECT_EQ(fused.lower(a, nd::ones(4)).kernels(), 1);
}

TEST(Pieces, EinsumNamesThePosition) {
  nd::array a = nd::zeros({2, 3}), b = nd::zeros({4, 5});
  auto told = [&](const char *text, std::vector<nd::array> list) {
    return message_of<nd::value_error>([&] { nd::einsum(text, list); });
  };
  std::string text = message_of<nd::shape_error>([&] { nd::einsum("ij,jk", {a, b}); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "einsum: subscript 'j' has size 3 and, in operand 1 of shape (4, 5), size 4; "
                   "equal letters need equal sizes, or 1");
  EXPECT_HAS(told("ij->ik", {a}),
             "einsum: subscripts 'ij->ik', position 5: the output names 'k', which no operand has");
  EXPECT_HAS(told("ij->ii", {a}), "position 5: the output names 'i' twice");
  EXPECT_HAS(told("i1", {a}), "position 1: '1' is no subscript; use letters, ',', '...' and '->'");
  EXPECT_HAS(told("i.j", {a}), "position 1: a '.' that is no ellipsis; write '...'");
  EXPECT_HAS(told("ij->i,j", {a}), "position 5: a ',' in the output; there is one output");
  EXPECT_HAS(told("ij->i->j", {a}), "position 5: a second '->'; there is one output");
  EXPECT_HAS(told("......", {a}), "position 3: a second ellipsis; each operand has at most one");
  EXPECT_HAS(told("ij,k", {a}), "subscripts 'ij,k' are for 2 operands and 1 are given");
  EXPECT_HAS(told("i", {a}),
             "position 0: operand 0 has shape (2, 3) and only 1 subscripts; give one "
             "for each axis, or '...' for the others");
  EXPECT_HAS(told("ijk", {a}),
             "position 2: operand 0 has shape (2, 3) and 3 subscripts; give one for each axis");
  EXPECT_HAS(told("i...->i", {a}),
             "the operands have '...' of 1 axis and the output has none; name it behind '->'");
  EXPECT_HAS(message_of<nd::shape_error>([&] { nd::einsum("ii", {a}); }),
             "operand 0 has shape (2, 3) and subscript 'i' names axes of sizes 2 and 3; a diagonal "
             "needs equal ones");
}

TEST(Pieces, CreationSpellings) {
  auto [x, step] = nd::linspace(0, 1, 5, true, nd::retstep);
  expect_array<double>(x, {5}, {0, 0.25, 0.5, 0.75, 1});
  EXPECT_EQ(step.item(), 0.25);
  expect_array<double>(nd::linspace(nd::array({0.0, 10}), 20, 3, true, {}, {.axis = 1}), {2, 3},
                       {0, 10, 20, 10, 15, 20});
  expect_array<int64_t>((nd::mgrid[nd::slice(0, 2), nd::slice(1, 7, 3)]), {2, 2, 2},
                        {0, 0, 1, 1, 1, 4, 1, 4});
  EXPECT_EQ((nd::ogrid[nd::slice(2), nd::slice(3)][1].shape()), (nd::shape{1, 3}));
  expect_array<int64_t>(
      nd::fromfunction([](nd::array i, nd::array j) { return i * 10 + j; }, {2, 2}, nd::int64),
      {2, 2}, {0, 1, 10, 11});
  EXPECT_EQ(nd::zeros_like(grid(), {}, {.shape = 5}).shape(), nd::shape{5});
  nd::array a = nd::zeros(3);
  nd::copyto(a, {1.0, 2, 3}, {.where = nd::array({true, false, true})});
  expect_array<double>(a, {3}, {1, 0, 3});
  a.fill(7);
  expect_array<double>(a, {3}, {7, 7, 7});
  EXPECT_HAS(message_of<nd::dtype_error>([] { nd::copyto(nd::zeros(1, nd::int64), 1.5); }),
             "copyto: float64 is not cast to int64 by the rule 'same_kind'");
  nd::array i = nd::arange(5);
  expect_array<int64_t>(nd::select({i<2, i> 3}, {i * 10, i}, -1), {5}, {0, 10, -1, -1, 4});
  EXPECT_TRUE(nd::array_equiv({1, 1}, 1));
  EXPECT_FALSE(nd::array_equiv({1, 1}, {1, 1, 1}));
}

} // namespace
