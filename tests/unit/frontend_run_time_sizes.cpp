// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sizes that are decided at run time, inside nd::jit.
#include "frontend_expect.h"

namespace {

const nd::array x({3.0, -1, 4, -1, 5, -9, 2, 6});

TEST(RunTimeSizes, OneProgramForAllMasks) {
  auto f = nd::jit([](nd::array x) { return x[x > 0] * 2; });
  expect_array<double>(f(x), {5}, {6, 8, 10, 4, 12});
  nd::array negative = (-x).eval(), none = (x - 100).eval(), all = nd::ones(20).eval();
  int64_t programs = nd::compile_stats().programs;
  expect_array<double>(f(negative), {3}, {2, 2, 18});
  expect_array<double>(f(none), {0}, {});
  expect_array<double>(f(all), {20}, std::vector<double>(20, 2));
  EXPECT_EQ(nd::compile_stats().programs, programs);
}

TEST(RunTimeSizes, AChosenSumIsOnePass) {
  auto f = nd::jit([](nd::array x) {
    nd::array y = x[x > 0];
    return std::tuple(y.sum(), y.mean(), (y * y).sum());
  });
  auto [sum, mean, squares] = f(x);
  EXPECT_EQ(sum.item(), 20);
  EXPECT_EQ(mean.item(), 4);
  EXPECT_EQ(squares.item(), 90);
  EXPECT_EQ(f.lower(x).kernels(), 1);
  EXPECT_EQ(f.lower(x).library_calls(), 0);
}

TEST(RunTimeSizes, Compose) {
  auto f = nd::jit([](nd::array x, nd::array y) {
    nd::array m = x > 0, chosen = x[m];
    return std::tuple(chosen + y[m], chosen[chosen > 3], nd::sort(chosen), chosen[nd::slice(1, -1)],
                      nd::concatenate({chosen, x}), nd::flip(chosen), nd::nonzero(m)[0],
                      chosen.sum() / chosen.size());
  });
  auto [sum, nested, sorted, middle, joined, flipped, at, mean] = f(x, nd::arange(8));
  expect_array<double>(sum, {5}, {3, 6, 9, 8, 13});
  expect_array<double>(nested, {3}, {4, 5, 6});
  expect_array<double>(sorted, {5}, {2, 3, 4, 5, 6});
  expect_array<double>(middle, {3}, {4, 5, 2});
  EXPECT_EQ(joined.size(), 13);
  expect_array<double>(flipped, {5}, {6, 2, 5, 4, 3});
  expect_array<int64_t>(at, {5}, {0, 2, 4, 6, 7});
  EXPECT_EQ(mean.item(), 4);
}

TEST(RunTimeSizes, UniqueAndRepeat) {
  auto f = nd::jit([](nd::array x, nd::array n) {
    auto [values, counts] = nd::unique_counts(x);
    return std::tuple(values, counts, nd::unique(x[x < 5]), nd::repeat(x, n));
  });
  auto [values, counts, some, repeated] = f(x, nd::array({0, 0, 2, 0, 0, 0, 0, 1}));
  expect_array<double>(values, {7}, {-9, -1, 2, 3, 4, 5, 6});
  expect_array<int64_t>(counts, {7}, {1, 2, 1, 1, 1, 1, 1});
  expect_array<double>(some, {5}, {-9, -1, 2, 3, 4});
  expect_array<double>(repeated, {3}, {4, 4, 6});
}

TEST(RunTimeSizes, WritesThroughMasks) {
  auto f = nd::jit([](nd::array x) {
    x[x < 0] = 0;
    x[x > 4] *= 10;
  });
  nd::array own = x.copy();
  f(own);
  expect_array<double>(own, {8}, {3, 0, 4, 0, 50, 0, 2, 60});
}

TEST(RunTimeSizes, WritesIntoWhatWasChosen) {
  auto f = nd::jit([](nd::array x) {
    nd::array k = x[x > 0];
    k[0] = 100;
    k[-1] += 5;
    k[nd::slice(1, 2)] = 7;
    return std::pair(k, k.reshape(-1, 1));
  });
  auto [k, column] = f(x);
  expect_array<double>(k, {5}, {100, 7, 5, 2, 11});
  EXPECT_EQ(column.shape(), (nd::shape{5, 1}));
  EXPECT_THROW(f(x - 100), nd::index_error);
}

TEST(RunTimeSizes, ASizeIsNoNumberYet) {
  auto right = nd::jit([](nd::array x) {
    nd::array k = x[x > 0];
    return std::tuple(k.sum() / k.size(), k.sum() / (nd::array(k.size()) - 1),
                      nd::arange(k.size()));
  });
  auto [mean, unbiased, numbers] = right(x);
  EXPECT_EQ(mean.item(), 4);
  EXPECT_EQ(unbiased.item(), 5);
  EXPECT_EQ(numbers.size(), 5);
  auto written = nd::jit([](nd::array x) {
    nd::array out = nd::zeros(3), k = x[x > 0];
    out[0] = k.size();
    out[out < 0] = k.size();
    return out;
  });
  expect_array<double>(written(x), {3}, {5, 0, 0});
  auto refused = [](auto f) { EXPECT_THROW(nd::jit(f)(x), nd::trace_error); };
  refused([](nd::array x) {
    nd::array k = x[x > 0];
    return k.sum() / (k.size() - 1);
  });
  refused([](nd::array x) {
    nd::array k = x[x > 0];
    return k.sum() / double(k.nbytes());
  });
  refused([](nd::array x) {
    for (nd::array row : x[x > 0])
      row += 1;
    return x;
  });
  EXPECT_EQ(nd::jit([](nd::array x) { return x[x > 0].sum() + 5e12; })(x).item(), 5e12 + 20);
}

TEST(RunTimeSizes, TheProgramShowsThem) {
  auto f = nd::jit([](nd::array x) { return x[x > 0]; });
  EXPECT_HAS(f.lower(x).text(nd::stage::recorded), "tensor<n0xf64>");
  EXPECT_HAS(f.lower(x).text(nd::stage::fused), "tensor<n0xf64>");
}

TEST(RunTimeSizes, NoElementsHaveNoMaximum) {
  auto none = nd::jit([](nd::array x) { return x[x > 100].max(); });
  EXPECT_HAS(message_of<nd::value_error>([&] { none(x); }), "the mask chooses none");
}

// Two sizes of one run meet: the program checks that they are equal.
TEST(RunTimeSizes, TwoSizesThatAgree) {
  auto f = nd::jit([](nd::array x, nd::array p, nd::array q) {
    nd::array y = x.copy();
    y[p] = x[q];
    return std::tuple(x[p] + 2 * x[q], nd::stack({x[p], x[q]}), nd::dot(x[p], x[q]), y,
                      nd::concatenate({x[p].reshape(1, -1), x[q].reshape(1, -1)}),
                      x.reshape(2, 4)[nd::array({0, 1, 0}), nd::nonzero(p)[0] % 4]);
  });
  auto [sum, stacked, product, written, joined, taken] = f(x, x > 3, x < 0);
  expect_array<double>(sum, {3}, {2, 3, -12});
  expect_array<double>(stacked, {2, 3}, {4, 5, 6, -1, -1, -9});
  EXPECT_EQ(product.item(), -63);
  expect_array<double>(written, {8}, {3, -1, -1, -1, -1, -9, 2, -9});
  expect_array<double>(joined, {2, 3}, {4, 5, 6, -1, -1, -9});
  expect_array<double>(taken, {3}, {4, 5, -1});
  EXPECT_HAS(message_of<nd::shape_error>([&] { f(x, x > 2, x < 0); }), "turns out not to be (");
}

TEST(RunTimeSizes, ASizeThatMeetsAKnownOne) {
  const nd::array three({1.0, 2, 3});
  auto times = nd::jit([](nd::array x, nd::array y) { return x[x > 3] * y; });
  expect_array<double>(times(x, three), {3}, {4, 10, 18});
  std::string text = message_of<nd::shape_error>([&] { times(x + 1, three); });
  EXPECT_HAS(text, "multiply: shape (4,) turns out not to be (3,)");
  EXPECT_HAS(text, ND_BELOW(-4));
  auto put = nd::jit([](nd::array x, nd::array y) { x[x > 3] = y; });
  nd::array to = x.copy();
  put(to, three);
  expect_array<double>(to, {8}, {3, -1, 1, -1, 2, -9, 2, 3});
  EXPECT_HAS(message_of<nd::shape_error>([&] { put(to, three); }), "assignment: shape (3,)");
  expect_array<double>(to, {8}, {3, -1, 1, -1, 2, -9, 2, 3}); // as before
  auto inner =
      nd::jit([](nd::array x, nd::array p, nd::array y) { return nd::matmul(x[nd::all, p], y); });
  nd::array m = nd::arange(12.0).reshape(3, 4), p({true, false, true, false});
  expect_array<double>(inner(m, p, nd::ones({2, 1})), {3, 1}, {2, 10, 18});
  EXPECT_THROW(inner(m, p, three), nd::shape_error);
}

TEST(RunTimeSizes, Reshaping) {
  auto pairs = nd::jit([](nd::array x) { return x[x > 0].reshape(-1, 2); });
  expect_array<double>(pairs(nd::array({1.0, -1, 2, 3, 4})), {2, 2}, {1, 2, 3, 4});
  EXPECT_HAS(message_of<nd::shape_error>([&] { pairs(x); }),
             "reshape: shape (5,) has 5 elements and (2, 2) has 4; the two must be equal");
  auto known = nd::jit([](nd::array x) { return x[x > 0].reshape(5, 1); });
  expect_array<double>(known(x), {5, 1}, {3, 4, 5, 2, 6});
  EXPECT_THROW(known(x - 2), nd::shape_error);
  auto rows = nd::jit([](nd::array x) { return x[nd::array({true, false, true})].reshape(-1, 6); });
  expect_array<double>(rows(nd::arange(18.0).reshape(3, 2, 3)), {2, 6},
                       {0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17});
  EXPECT_THROW(nd::jit([](nd::array x) { return x[x > 0].reshape(-1, -1); })(x), nd::value_error);
}

TEST(RunTimeSizes, OneElementOrRowIsAView) {
  auto third = nd::jit([](nd::array x) { return x[x > 0][2]; });
  EXPECT_EQ(third(x).item(), 5);
  EXPECT_HAS(message_of<nd::index_error>([&] {
               third(nd::array({1.0, 2}));
             }),
             "index 2 is out of bounds for an axis with size 2");
  auto last = nd::jit([](nd::array x) { return x[x > 0][-3]; });
  EXPECT_EQ(last(x).item(), 5);
  EXPECT_HAS(message_of<nd::index_error>([&] { last(x - 4); }),
             "index -3 is out of bounds for an axis with size 2");
  auto rows = nd::jit([](nd::array x, nd::array p) {
    nd::array k = x[p], row = k[-1], element = k[1, 2];
    row += 100;
    element[nd::ellipsis] = -1;
    return k;
  });
  nd::array m = nd::arange(12.0).reshape(3, 4);
  expect_array<double>(rows(m, nd::array({true, false, true})), {2, 4},
                       {0, 1, 2, 3, 108, 109, -1, 111});
  EXPECT_THROW(rows(m, nd::array({true, false, false})), nd::index_error);
}

TEST(RunTimeSizes, ASizeAsABound) {
  auto f = nd::jit([](nd::array x) {
    nd::array k = x[x > 0];
    int64_t n = k.size();
    return std::tuple(x[nd::slice({}, n)], x[nd::slice(n, {})],
                      x[nd::slice({}, {}, -1)][nd::slice({}, n)]);
  });
  auto [front, back, first] = f(x);
  expect_array<double>(front, {5}, {3, -1, 4, -1, 5});
  expect_array<double>(back, {3}, {-9, 2, 6});
  expect_array<double>(first, {5}, {6, 2, -9, 5, -1});
  EXPECT_THROW(nd::jit([](nd::array x) {
                 nd::array k = x[x > 0];
                 return x[nd::slice({}, k.size() - 1)];
               })(x),
               nd::trace_error);
}

// Where in an array a view is may be decided at run time: what is returned has memory of its own.
TEST(RunTimeSizes, ViewsAreReturned) {
  auto f = nd::jit([](nd::array x) {
    nd::array k = x[x > 0];
    return std::tuple(k, k[-1], k[nd::slice(1, {})], nd::trim_zeros(x));
  });
  auto [k, last, rest, trimmed] = f(nd::array({0.0, 3, 0, 4, 0}));
  expect_array<double>(k, {2}, {3, 4});
  EXPECT_EQ(last.item(), 4);
  expect_array<double>(rest, {1}, {4});
  expect_array<double>(trimmed, {3}, {3, 0, 4});
}

// Beside an index with arrays, integers and slices of such an axis are checked too.
TEST(RunTimeSizes, BesideArraysOfPositions) {
  auto f = nd::jit([](nd::array x, nd::array p) {
    nd::array k = x[nd::all, p], two({0, 1});
    return std::tuple(k[two, 0], k[two, -1], k[two, nd::slice({}, 3)],
                      k[two, nd::slice({}, {}, -1)]);
  });
  nd::array m = nd::arange(12.0).reshape(3, 4);
  auto [first, last, three, backwards] = f(m, nd::array({true, false, true, false}));
  expect_array<double>(first, {2}, {0, 4});
  expect_array<double>(last, {2}, {2, 6});
  expect_array<double>(three, {2, 2}, {0, 2, 4, 6});
  expect_array<double>(backwards, {2, 2}, {2, 0, 6, 4});
  EXPECT_HAS(message_of<nd::index_error>([&] { f(m, nd::zeros({4}, nd::bool_)); }),
             "out of bounds for an axis with size 0");
}

TEST(RunTimeSizes, OneIsASizeLikeOthers) {
  // A function compiled for n > 1 is right for n = 1, and the other way round.
  auto f = nd::jit([](nd::array a, nd::array b) { return a + b; });
  nd::array row = nd::arange(4.0).reshape(1, 4), column = nd::arange(3.0).reshape(3, 1);
  EXPECT_EQ(f(row, column).shape(), (nd::shape{3, 4}));
  EXPECT_EQ(f(column, column).shape(), (nd::shape{3, 1}));
  EXPECT_EQ(f(nd::ones({1, 1}), row).shape(), (nd::shape{1, 4}));
  auto g = nd::jit([](nd::array x) { return x - x[x > 0].mean(); });
  expect_array<double>(g(nd::array({5.0})), {1}, {0});
  expect_array<double>(g(nd::array({5.0, 7})), {2}, {-1, 1});
  auto h = nd::jit([](nd::array x) { return x[x > 0] * nd::ones({1}); });
  EXPECT_EQ(h(nd::array({5.0, -1})).shape(), nd::shape{1});
  EXPECT_EQ(h(nd::array({5.0, 1})).shape(), nd::shape{2});
}

// What is done with known sizes is done with those of a run: the function gives inside nd::jit what
// it gives outside.
TEST(RunTimeSizes, ArithmeticWithSizes) {
  auto same = [](auto function) {
    auto inside = nd::jit(function);
    for (const nd::array &given : {x, x.reshape(2, 4)[0], nd::arange(1.0, 14.0)}) {
      std::vector<nd::array> here = function(given);
      size_t i = 0;
      for (const nd::array &made : inside(given)) {
        EXPECT_EQ(made.shape(), here[i].shape());
        EXPECT_TRUE(nd::array_equal(made, here[i])) << made << "\n" << here[i];
        ++i;
      }
    }
  };
  using list = std::vector<nd::array>;
  same([](nd::array x) { return nd::array_split(x[x > 2], 4); });
  same([](nd::array x) { return nd::split(x[x > 2], {1, -1}); });
  same([](nd::array x) {
    nd::array y = x[x > 2];
    return nd::split(nd::concatenate({y, y + 1, y + 2}), 3);
  });
  same([](nd::array x) {
    nd::array y = x[x > 2];
    return list{nd::tile(y, {2, 3}), nd::tile(y, {4}), nd::repeat(y, 3), nd::kron(y, y),
                nd::kron(nd::array({1.0, 2}), y)};
  });
  same([](nd::array x) {
    nd::array y = x[x > 2];
    return list{nd::insert(y, 1, 7.5),
                nd::insert(y, -1, {7.5, 8.5}),
                nd::insert(y, {0, -1}, 9),
                nd::insert(y, nd::slice(0, 2), 9),
                nd::delete_(y, 1),
                nd::delete_(y, -1),
                nd::delete_(y, nd::slice({}, {}, 2)),
                nd::delete_(y, {0, 1}),
                nd::delete_(y, nd::slice(1, {})),
                nd::delete_(y, y > 4)};
  });
  same([](nd::array x) {
    nd::array y = x[x > 2];
    return list{nd::resize(y, {3, 3}), nd::resize(x[x > 1000], {2}), nd::resize(y, {1})};
  });
  same([](nd::array x) {
    nd::array y = x[x > 2];
    return list{nd::pad(y, 2),
                nd::pad(y, {3, 0}, "edge"),
                nd::pad(y, {1, 9}, "wrap"),
                nd::pad(y, {4, 11}, "reflect"),
                nd::pad(y, {4, 11}, "symmetric"),
                nd::pad(y, 1, "maximum"),
                nd::pad(y, 1, "mean")};
  });
  auto thirds = nd::jit([](nd::array x) { return nd::split(x[x > 0], 3); });
  EXPECT_HAS(message_of<nd::shape_error>([&] { thirds(x); }),
             "split: shape (5,) has 5 elements and (3, 1) has 3; the two must be equal");
  EXPECT_THROW(nd::jit([](nd::array x) { return nd::insert(x[x > 0], 6, 1); })(x), nd::index_error);
}

TEST(RunTimeSizes, MasksOfAnotherRunTimeSize) {
  auto f = nd::jit([](nd::array x, nd::array p, nd::array q) {
    nd::array y = x[p], z = x[q], w = y.copy();
    w[z > 2] = 0;
    return std::tuple(y[z > 2], nd::repeat(y, z.astype(nd::int64) % 3), w);
  });
  auto [chosen, repeated, written] = f(x, x > 3, x < 0);
  expect_array<double>(chosen, {0}, {});
  expect_array<double>(repeated, {4}, {4, 4, 5, 5});
  expect_array<double>(written, {3}, {4, 5, 6});
  EXPECT_HAS(message_of<nd::index_error>([&] { f(x, x > 2, x < 0); }),
             "(3,) turns out not to be (4,)");
}

// The elements of an array of several axes were once counted while tracing.
TEST(RunTimeSizes, PositionsInWhatHasSeveralAxes) {
  auto f = nd::jit([](nd::array x) {
    nd::array where = nd::argwhere(x);
    return std::tuple(nd::flatnonzero(where), nd::extract(where > 0, where),
                      nd::ediff1d(where, where));
  });
  auto [positions, extracted, steps] = f(nd::array({{0, 5}, {7, 0}}));
  expect_array<int64_t>(positions, {2}, {1, 2});
  expect_array<int64_t>(extracted, {2}, {1, 1});
  expect_array<int64_t>(steps, {7}, {1, 0, -1, 0, 1, 1, 0});
}

// A float sum's bits depend on the shape alone: they do not tell whether a size was known.
TEST(RunTimeSizes, ASizeThatTurnsOutOneFoldsAsAKnownOne) {
  auto measures = [](nd::array y, int axis) {
    nd::array centred = y - y.mean(axis, nd::keepdims);
    return std::vector<nd::array>{y.sum(axis), nd::prod(1 + y / 100, axis), y.var(axis), centred,
                                  nd::argmax(y, axis)};
  };
  auto generator = nd::random::default_rng(5);
  for (nd::dtype dtype : {nd::float32, nd::float64, nd::complex128}) {
    nd::array x = generator.standard_normal({70000, 5}).astype(dtype);
    auto columns =
        nd::jit([&](nd::array x, nd::array m) { return measures(nd::compress(m, x, 1), 0); });
    auto blocks = nd::jit([&](nd::array x, nd::array m) {
      return measures(nd::compress(m, x.reshape({7, 10000, 5}), 2), 1);
    });
    auto rows = nd::jit(
        [&](nd::array x, nd::array m) { return measures(nd::compress(m, x.T().copy(), 0), 1); });
    for (int chosen : {1, 3}) {
      nd::array mask = nd::arange(5) < chosen;
      std::vector<nd::array> there[] = {columns(x, mask), blocks(x, mask), rows(x, mask)};
      nd::array some = x.T()[nd::slice(0, chosen)].T().copy().eval();
      nd::array three = some.reshape({7, 10000, chosen}).eval(), across = some.T().copy().eval();
      std::vector<nd::array> here[] = {measures(some, 0), measures(three, 1), measures(across, 1)};
      for (int way = 0; way < 3; ++way)
        for (size_t i = 0; i < here[way].size(); ++i)
          EXPECT_TRUE(nd::array_equal(here[way][i], there[way][i]))
              << "way " << way << ", measure " << i << ", " << chosen << " chosen, " << dtype;
    }
  }
}

} // namespace
