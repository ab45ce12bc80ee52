// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions of elements that are more than a row.
#include "steps.h"

namespace compare {

void add_ufuncs(table &t) {
  // Integers: the decimals, if given.
  t["round"] = [](const call &c) {
    return arrays{c.s.integers.empty() ? nd::round(c.operand(0))
                                       : nd::round(c.operand(0), c.integer(0))};
  };
  t["around"] = [](const call &c) { return arrays{nd::around(c.operand(0), c.integer(0))}; };
  t[".round"] = [](const call &c) {
    return arrays{c.s.integers.empty() ? c.array(0).round() : c.array(0).round(c.integer(0))};
  };
  t["frexp"] = [](const call &c) {
    auto [mantissa, exponent] = nd::frexp(c.operand(0));
    return arrays{mantissa, exponent};
  };
  t["modf"] = [](const call &c) {
    auto [fractional, integral] = nd::modf(c.operand(0));
    return arrays{fractional, integral};
  };
  t["float_power"] = [](const call &c) {
    return arrays{nd::float_power(c.operand(0), c.operand(1))};
  };
  t["sinc"] = [](const call &c) { return arrays{nd::sinc(c.operand(0))}; };
}

} // namespace compare
