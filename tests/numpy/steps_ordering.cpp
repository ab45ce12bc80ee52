// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Elements put in order, and arrays as sets.
#include "steps.h"

namespace compare {
namespace {

std::optional<int64_t> maybe(const call &c, size_t at) {
  return c.integer(at) == none ? std::nullopt : std::optional(c.integer(at));
}

template <class... A> arrays listed(const std::tuple<A...> &results) {
  return std::apply([](const auto &...a) { return arrays{a...}; }, results);
}

} // namespace

void add_ordering(table &t) {
  // Integers: the axis or none.
  t["sort descending"] = [](const call &c) {
    return arrays{nd::sort(c.operand(0), maybe(c, 0), {.kind = "mergesort", .descending = true})};
  };
  t["argsort descending"] = [](const call &c) {
    return arrays{nd::argsort(c.operand(0), maybe(c, 0), {.descending = true})};
  };
  t[".sort"] = [](const call &c) {
    nd::array a = nd::copy(c.array(0));
    a.sort(c.integer(0));
    return arrays{a};
  };
  // Integers: the axis or none, the positions.
  t["partition"] = [](const call &c) {
    return arrays{nd::partition(c.operand(0), c.rest(1), maybe(c, 0))};
  };
  t["argpartition"] = [](const call &c) {
    return arrays{nd::argpartition(c.operand(0), c.rest(1), maybe(c, 0))};
  };
  t[".partition"] = [](const call &c) {
    nd::array a = nd::copy(c.array(0));
    a.partition(c.rest(1), c.integer(0));
    return arrays{a};
  };
  t[".argpartition"] = [](const call &c) {
    return arrays{c.array(0).argpartition(c.rest(1), maybe(c, 0))};
  };
  t["lexsort"] = [](const call &c) { return arrays{nd::lexsort(c.all(), c.integer(0))}; };
  t["lexsort of an array"] = [](const call &c) {
    return arrays{nd::lexsort(c.array(0), c.integer(0))};
  };
  t["sort_complex"] = [](const call &c) { return arrays{nd::sort_complex(c.operand(0))}; };

  // Integers: 1 for the index, 2 for the inverse, 4 for counts; the axis or none, equal_nan.
  t["unique with"] = [](const call &c) {
    const nd::unique_options options = {.axis = maybe(c, 1), .equal_nan = c.integer(2) != 0};
    nd::operand x = c.operand(0);
    switch (c.integer(0)) {
    case 1:
      return listed(nd::unique(x, nd::return_index, options));
    case 2:
      return listed(nd::unique(x, nd::return_inverse, options));
    case 3:
      return listed(nd::unique(x, nd::return_index, nd::return_inverse, options));
    case 4:
      return listed(nd::unique(x, nd::return_counts, options));
    case 5:
      return listed(nd::unique(x, nd::return_index, nd::return_counts, options));
    case 6:
      return listed(nd::unique(x, nd::return_inverse, nd::return_counts, options));
    case 7:
      return listed(
          nd::unique(x, nd::return_index, nd::return_inverse, nd::return_counts, options));
    }
    return arrays{nd::unique(x, options)};
  };
  t["isin"] = [](const call &c) {
    return arrays{nd::isin(c.operand(0), c.operand(1), {.invert = c.integer(0) != 0})};
  };
  t["union1d"] = [](const call &c) { return arrays{nd::union1d(c.operand(0), c.operand(1))}; };
  // Integers: assume_unique.
  auto options = [](const call &c) { return nd::set_options{.assume_unique = c.integer(0) != 0}; };
#define ND_SET(name)                                                                               \
  t[#name] = [=](const call &c) {                                                                  \
    return arrays{nd::name(c.operand(0), c.operand(1), options(c))};                               \
  };
  ND_SET(intersect1d)
  ND_SET(setdiff1d)
  ND_SET(setxor1d)
  t["intersect1d with indices"] = [=](const call &c) {
    auto [values, i, j] =
        nd::intersect1d(c.operand(0), c.operand(1), nd::return_indices, options(c));
    return arrays{values, i, j};
  };
}

} // namespace compare
