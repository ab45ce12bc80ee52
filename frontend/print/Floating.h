// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Floating-point elements: one layout chosen from all values shown, then the text of each. Works as
// numpy.core.arrayprint.FloatingFormat over Dragon4 (Steele and White 1990): shortest digits that
// identify the value, cut by correct rounding of the exact value where precision allows fewer.
#ifndef ND_PRINT_FLOATING_H
#define ND_PRINT_FLOATING_H

#include "frontend/print/Format.h"

#include <vector>

namespace nd::print {

template <class T> class floating_format {
public:
  floating_format(const std::vector<T> &values, const options &opts);
  std::string operator()(T value) const;

private:
  options opts;
  bool scientific = false;
  int precision; // digits after the point
  int exponent_digits = 2;
  size_t pad_left = 0; // characters before the point
  size_t pad_right = 0;
};

/// A value on its own, as str(numpy.float64(x)) gives it.
template <class T> std::string scalar_text(T value);

extern template class floating_format<float>;
extern template class floating_format<double>;

} // namespace nd::print

#endif // ND_PRINT_FLOATING_H
