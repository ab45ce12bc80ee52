// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Running sums, differences, and folds without nan.
#include "steps.h"

namespace compare {
namespace {

/// Integers: flags, dtype, axes; reals: ddof. The mask and the initial value follow the array.
enum flag { has_axes = 1, keepdims = 2, has_dtype = 4, has_mask = 8, has_initial = 16 };

template <class Function> arrays reduce(const call &c, Function function) {
  const int64_t flags = c.integer(0);
  nd::reduce_options options;
  options.keepdims = flags & keepdims;
  if (!c.s.reals.empty())
    options.ddof = c.real(0);
  if (flags & has_dtype)
    options.dtype = c.dtype(1);
  size_t next = 1;
  if (flags & has_mask)
    options.where = c.array(next++);
  if (flags & has_initial)
    options.initial = c.scalar(next);
  if (!(flags & has_axes) && flags & keepdims && flags == keepdims && options.ddof == 0)
    return {function(c.operand(0), nd::reduce_options(nd::keepdims))};
  return {function(c.operand(0), flags & has_axes ? nd::axes(c.rest(2)) : nd::axes(), options)};
}

} // namespace

void add_scans(table &t) {
  auto axis = [](const call &c, size_t at) {
    return c.integer(at) == none ? std::nullopt : std::optional(c.integer(at));
  };
  auto type = [](const call &c, size_t at) {
    return c.integer(at) < 0 ? std::nullopt : std::optional(c.dtype(at));
  };
  // Integers: the axis or none, the dtype or -1.
#define ND_SCAN(name)                                                                              \
  t[#name] = [=](const call &c) { return arrays{nd::name(c.operand(0), axis(c, 0), type(c, 1))}; };
  ND_SCAN(cumsum)
  ND_SCAN(cumprod)
  ND_SCAN(nancumsum)
  ND_SCAN(nancumprod)
  t[".cumsum"] = [=](const call &c) { return arrays{c.array(0).cumsum(axis(c, 0), type(c, 1))}; };
  t[".cumprod"] = [=](const call &c) { return arrays{c.array(0).cumprod(axis(c, 0), type(c, 1))}; };
  // Integers: the axis or none, the dtype or -1, whether with the first value.
#define ND_CUMULATIVE(name)                                                                        \
  t[#name] = [=](const call &c) {                                                                  \
    return arrays{nd::name(c.operand(0), axis(c, 0),                                               \
                           {.dtype = type(c, 1), .include_initial = c.integer(2) != 0})};          \
  };
  ND_CUMULATIVE(cumulative_sum)
  ND_CUMULATIVE(cumulative_prod)
  // Integers: the axis.
  t["minimum_accumulate"] = [](const call &c) {
    return arrays{nd::minimum_accumulate(c.operand(0), c.integer(0))};
  };
  t["maximum_accumulate"] = [](const call &c) {
    return arrays{nd::maximum_accumulate(c.operand(0), c.integer(0))};
  };
  // Integers: the order, the axis, what is given: 1 prepend, 2 append, which follow.
  t["diff"] = [](const call &c) {
    nd::diff_options options;
    size_t next = 1;
    if (c.integer(2) & 1)
      options.prepend = c.array(next++);
    if (c.integer(2) & 2)
      options.append = c.array(next++);
    return arrays{nd::diff(c.operand(0), c.integer(0), c.integer(1), options)};
  };
  // Integers: what is given: 1 to_end, 2 to_begin, which follow.
  t["ediff1d"] = [](const call &c) {
    nd::array end, begin;
    size_t next = 1;
    if (c.integer(0) & 1)
      end = c.array(next++);
    if (c.integer(0) & 2)
      begin = c.array(next++);
    return arrays{nd::ediff1d(c.operand(0), end, begin)};
  };
#define ND_NAN(name)                                                                               \
  t[#name] = [](const call &c) {                                                                   \
    return reduce(c, [](const auto &...x) { return nd::name(x...); });                             \
  };
  ND_NAN(nansum)
  ND_NAN(nanprod)
  ND_NAN(nanmean)
  ND_NAN(nanvar)
  ND_NAN(nanstd)
  ND_NAN(nanmin)
  ND_NAN(nanmax)
  ND_NAN(nanargmin)
  ND_NAN(nanargmax)
}

} // namespace compare
