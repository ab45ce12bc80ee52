// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays taken apart, put together, moved, padded, made longer and shorter.
#include "steps.h"

namespace compare {
namespace {

std::optional<int64_t> maybe(const call &c, size_t at) {
  return c.integer(at) == none ? std::nullopt : std::optional(c.integer(at));
}

/// Integers from \p at on: how many axes, the extents, the elements; \p at moves behind them.
nd::array numbers(const call &c, size_t &at) {
  std::vector<int64_t> all = c.rest(at);
  const size_t ndim = size_t(all[0]);
  nd::shape s(all.data() + 1, ndim);
  size_t count = 1;
  for (int64_t e : s)
    count *= size_t(e);
  at += 1 + ndim + count;
  return nd::array(std::span<const int64_t>(all.data() + 1 + ndim, count), s);
}

/// Integers: the axis or none, whether these are cuts, the sections or cuts.
template <class Split> arrays parts(const call &c, Split split) {
  if (c.integer(1))
    return split(nd::cuts(c.rest(2)));
  return split(nd::cuts(c.integer(2)));
}

/// Integers from \p at on: 0 and an integer; 1, then for start, stop and step whether it is there
/// and what it is; 2 and the number of the argument.
nd::places places(const call &c, size_t at) {
  auto bound = [&](size_t i) {
    return c.integer(i) ? std::optional<int64_t>(c.integer(i + 1)) : std::nullopt;
  };
  switch (c.integer(at)) {
  case 0:
    return nd::places(c.integer(at + 1));
  case 1:
    return nd::places(nd::slice(bound(at + 1), bound(at + 3), bound(at + 5)));
  }
  return nd::places(c.array(size_t(c.integer(at + 1))));
}

constexpr std::string_view pad_modes[] = {"constant",  "edge",   "linear_ramp", "maximum",
                                          "mean",      "median", "minimum",     "reflect",
                                          "symmetric", "wrap",   "empty"};

} // namespace

void add_pieces(table &t) {
  t["split"] = [](const call &c) {
    return parts(c, [&](const nd::cuts &at) { return nd::split(c.operand(0), at, c.integer(0)); });
  };
  t["array_split"] = [](const call &c) {
    return parts(
        c, [&](const nd::cuts &at) { return nd::array_split(c.operand(0), at, c.integer(0)); });
  };
#define ND_SPLIT(name)                                                                             \
  t[#name] = [](const call &c) {                                                                   \
    return parts(c, [&](const nd::cuts &at) { return nd::name(c.operand(0), at); });               \
  };
  ND_SPLIT(hsplit)
  ND_SPLIT(vsplit)
  ND_SPLIT(dsplit)
  t["unstack"] = [](const call &c) { return nd::unstack(c.operand(0), c.integer(0)); };

  // Integers: the dtype, the axis or none.
  t["concatenate as"] = [](const call &c) {
    return arrays{nd::concatenate(c.all(), maybe(c, 1), {.dtype = c.dtype(0)})};
  };
  t["concat flat"] = [](const call &c) { return arrays{nd::concat(c.all(), std::nullopt)}; };
  t["stack as"] = [](const call &c) {
    return arrays{nd::stack(c.all(), c.integer(1), {.dtype = c.dtype(0)})};
  };
  t["vstack as"] = [](const call &c) { return arrays{nd::vstack(c.all(), {.dtype = c.dtype(0)})}; };
  t["hstack as"] = [](const call &c) { return arrays{nd::hstack(c.all(), {.dtype = c.dtype(0)})}; };
  t["r_"] = [](const call &c) { return arrays{nd::r_(c.all())}; };
  // Four blocks, or two in a row.
  t["block"] = [](const call &c) {
    if (c.count() == 2)
      return arrays{nd::block({{c.array(0), c.array(1)}})};
    return arrays{nd::block({{c.array(0), c.array(1)}, {c.array(2), c.array(3)}})};
  };
  t["tile"] = [](const call &c) { return arrays{nd::tile(c.operand(0), c.shape())}; };
  // Integers: how many shifts, the shifts, the axes.
  t["roll"] = [](const call &c) {
    const size_t n = size_t(c.integer(0));
    auto all = c.rest(1);
    return arrays{nd::roll(
        c.operand(0), std::vector<int64_t>(all.begin(), all.begin() + int64_t(n)), c.axes(1 + n))};
  };
  t["rot90"] = [](const call &c) {
    return arrays{nd::rot90(c.operand(0), c.integer(0), {c.integer(1), c.integer(2)})};
  };
  t["rollaxis"] = [](const call &c) {
    return arrays{nd::rollaxis(c.operand(0), c.integer(0), c.integer(1))};
  };
#define ND_ATLEAST(name) t[#name] = [](const call &c) { return arrays{nd::name(c.operand(0))}; };
  ND_ATLEAST(atleast_1d)
  ND_ATLEAST(atleast_2d)
  ND_ATLEAST(atleast_3d)
  t["atleast_2d of two"] = [](const call &c) { return nd::atleast_2d(c.operand(0), c.operand(1)); };
  t["ndim and size"] = [](const call &c) {
    return arrays{nd::array(nd::ndim(c.operand(0))), nd::array(nd::size(c.operand(0))),
                  nd::array(nd::size(c.operand(0), -1))};
  };
  // Integers: the mode, whether odd, the widths, the lengths of statistics if there are some.
  // Arguments: the array, what is constant or where ramps end.
  t["pad"] = [](const call &c) {
    size_t at = 2;
    nd::array widths = numbers(c, at);
    nd::pad_options options;
    options.reflect_type = c.integer(1) ? "odd" : "even";
    if (at < c.s.integers.size())
      options.stat_length = numbers(c, at);
    if (c.count() > 1)
      options.constant_values = options.end_values =
          nd::array(c.operand(1).is_scalar() ? nd::array(c.scalar(1)) : c.array(1));
    return arrays{nd::pad(c.operand(0), widths, pad_modes[c.integer(0)], options)};
  };
  // Integers: the axis or none, the places.
  t["insert"] = [](const call &c) {
    return arrays{nd::insert(c.operand(0), places(c, 1), c.operand(1), maybe(c, 0))};
  };
  t["delete_"] = [](const call &c) {
    return arrays{nd::delete_(c.operand(0), places(c, 1), maybe(c, 0))};
  };
  t["append"] = [](const call &c) {
    return arrays{nd::append(c.operand(0), c.operand(1), maybe(c, 0))};
  };
  t["resize"] = [](const call &c) { return arrays{nd::resize(c.operand(0), c.shape())}; };
  // Integers: 1 for the front, 2 for the back, 3 for both; the axes.
  t["trim_zeros"] = [](const call &c) {
    constexpr std::string_view ends[] = {"", "f", "b", "fb"};
    return arrays{nd::trim_zeros(c.operand(0), ends[c.integer(0)], c.axes(1))};
  };
}

} // namespace compare
