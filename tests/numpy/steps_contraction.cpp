// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products that sum over axes.
#include "steps.h"

namespace compare {

void add_contraction(table &t) {
  // Integers: the dtype or none, the characters of the subscripts.
  auto text = [](const call &c, size_t at) {
    auto all = c.rest(at);
    return std::string(all.begin(), all.end());
  };
  t["einsum"] = [=](const call &c) {
    nd::einsum_options options;
    if (c.integer(0) != none)
      options.dtype = c.dtype(0);
    return arrays{nd::einsum(text(c, 1), c.all(), options)};
  };
  t["einsum_path"] = [=](const call &c) {
    arrays steps;
    for (const std::vector<int64_t> &step : nd::einsum_path(text(c, 0), c.all()).path)
      steps.push_back(nd::array(step));
    return arrays{nd::concatenate(steps)};
  };
  // Integers: how many axes, or -1 and the axes of the first, as many as of the second.
  t["tensordot"] = [](const call &c) {
    if (c.integer(0) >= 0)
      return arrays{nd::tensordot(c.operand(0), c.operand(1), c.integer(0))};
    auto all = c.rest(1);
    auto middle = all.begin() + std::ptrdiff_t(all.size() / 2);
    return arrays{nd::tensordot(
        c.operand(0), c.operand(1),
        {std::vector<int64_t>(all.begin(), middle), std::vector<int64_t>(middle, all.end())})};
  };
#define ND_PRODUCT(name)                                                                           \
  t[#name] = [](const call &c) { return arrays{nd::name(c.operand(0), c.operand(1))}; };
  ND_PRODUCT(kron)
  ND_PRODUCT(matvec)
  ND_PRODUCT(vecmat)
  // Integers: the axis.
  t["vecdot"] = [](const call &c) {
    return arrays{nd::vecdot(c.operand(0), c.operand(1), c.integer(0))};
  };
  // Integers: the offset, two axes.
  t["trace of axes"] = [](const call &c) {
    return arrays{nd::trace(c.operand(0), c.integer(0), c.integer(1), c.integer(2))};
  };
  t[".trace"] = [](const call &c) {
    return arrays{c.array(0).trace(c.integer(0), c.integer(1), c.integer(2))};
  };
  t["diagonal of axes"] = [](const call &c) {
    return arrays{nd::diagonal(c.operand(0), c.integer(0), c.integer(1), c.integer(2))};
  };
  t[".diagonal"] = [](const call &c) {
    return arrays{c.array(0).diagonal(c.integer(0), c.integer(1), c.integer(2))};
  };
}

} // namespace compare
