// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Coordinates, elements of one array or another, and whether arrays are equal.
#include "steps.h"

namespace compare {

void add_choices(table &t) {
  // Integers: how many, endpoint, the dtype or -1, the axis.
  t["linspace of arrays"] = [](const call &c) {
    const auto type = c.integer(2) < 0 ? std::nullopt : std::optional(c.dtype(2));
    return arrays{nd::linspace(c.operand(0), c.operand(1), c.integer(0), c.integer(1) != 0, type,
                               {.axis = c.integer(3)})};
  };
  t["linspace and step"] = [](const call &c) {
    const auto type = c.integer(2) < 0 ? std::nullopt : std::optional(c.dtype(2));
    auto [x, step] = nd::linspace(c.operand(0), c.operand(1), c.integer(0), c.integer(1) != 0,
                                  nd::retstep, type, {.axis = c.integer(3)});
    return arrays{x, step};
  };
  t["logspace of arrays"] = [](const call &c) {
    return arrays{nd::logspace(c.operand(0), c.operand(1), c.integer(0), c.integer(1) != 0,
                               c.operand(2), {}, {.axis = c.integer(2)})};
  };
  t["geomspace of arrays"] = [](const call &c) {
    return arrays{nd::geomspace(c.operand(0), c.operand(1), c.integer(0), c.integer(1) != 0, {},
                                {.axis = c.integer(2)})};
  };
  t["fill_diagonal"] = [](const call &c) {
    nd::array a = nd::copy(c.array(0));
    nd::fill_diagonal(a, c.operand(1));
    return arrays{a};
  };
  // Integers: 1 for 'ij', sparse, copy.
  t["meshgrid with"] = [](const call &c) {
    return nd::meshgrid(c.all(), c.integer(0) ? "ij" : "xy",
                        {.sparse = c.integer(1) != 0, .copy = c.integer(2) != 0});
  };
  // Integers: the ends and the step of two ranges.
  t["mgrid"] = [](const call &c) {
    return arrays{nd::mgrid[nd::slice(c.integer(0), c.integer(1), c.integer(2)),
                            nd::slice(c.integer(3), c.integer(4), c.integer(5))]};
  };
  t["mgrid of one"] = [](const call &c) {
    return arrays{nd::mgrid[nd::slice(c.integer(0), c.integer(1), c.integer(2))]};
  };
  t["ogrid"] = [](const call &c) {
    return nd::ogrid[nd::slice(c.integer(0), c.integer(1), c.integer(2)),
                     nd::slice(c.integer(3), c.integer(4), c.integer(5))];
  };
  t["fromfunction"] = [](const call &c) {
    auto f = [](nd::array i, nd::array j) { return i * 3 - j; };
    return arrays{nd::fromfunction(f, c.shape(1), c.dtype(0))};
  };
  t["diagflat"] = [](const call &c) { return arrays{nd::diagflat(c.operand(0), c.integer(0))}; };
  // Integers: a shape.
  t["ones_like in"] = [](const call &c) {
    return arrays{nd::ones_like(c.operand(0), {}, {.shape = c.shape()})};
  };
  t["asarray as"] = [](const call &c) { return arrays{nd::asarray(c.operand(0), c.dtype(0))}; };

  // Arguments: where to, what, a mask if there is one. Integers: whether unsafe.
  t["copyto"] = [](const call &c) {
    nd::array a = nd::copy(c.array(0));
    nd::copyto_options options;
    if (c.integer(0))
      options.casting = "unsafe";
    if (c.count() > 2)
      options.where = c.array(2);
    nd::copyto(a, c.operand(1), options);
    return arrays{a};
  };
  t["fill"] = [](const call &c) {
    nd::array a = nd::copy(c.array(0));
    a.fill(c.operand(1));
    return arrays{a};
  };
  t[".choose"] = [](const call &c) {
    arrays choices = c.all();
    choices.erase(choices.begin());
    return arrays{c.array(0).choose(choices)};
  };
  // Arguments: the conditions, as many choices, what else.
  t["select"] = [](const call &c) {
    const size_t n = (c.count() - 1) / 2;
    arrays conditions, choices;
    for (size_t i = 0; i < n; ++i) {
      conditions.push_back(c.array(i));
      choices.push_back(c.array(n + i));
    }
    return arrays{nd::select(conditions, choices, c.operand(2 * n))};
  };
  // Integers: whether in place; reals: for nan, for inf and for -inf if they are given.
  t["nan_to_num"] = [](const call &c) {
    nd::nan_to_num_options options;
    if (!c.s.reals.empty())
      options.nan = c.real(0);
    if (c.s.reals.size() > 1) {
      options.posinf = c.real(1);
      options.neginf = c.real(2);
    }
    if (!c.integer(0))
      return arrays{nd::nan_to_num(c.operand(0), options)};
    nd::array a = nd::copy(c.array(0));
    options.copy = false;
    nd::nan_to_num(a, options);
    return arrays{a};
  };
  // Integers: equal_nan.
  t["array_equal"] = [](const call &c) {
    return arrays{nd::array(nd::array_equal(c.operand(0), c.operand(1), c.integer(0) != 0))};
  };
  t["array_equiv"] = [](const call &c) {
    return arrays{nd::array(nd::array_equiv(c.operand(0), c.operand(1)))};
  };
  // Reals: rtol, atol.
  t["allclose"] = [](const call &c) {
    return arrays{nd::array(
        nd::allclose(c.operand(0), c.operand(1), c.real(0), c.real(1), c.integer(0) != 0))};
  };
  t["isclose with"] = [](const call &c) {
    return arrays{nd::isclose(c.operand(0), c.operand(1), c.real(0), c.real(1), c.integer(0) != 0)};
  };
}

} // namespace compare
