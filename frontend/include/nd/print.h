// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays as text.
#ifndef ND_PRINT_H
#define ND_PRINT_H

#include <nd/array.h>

namespace ND_API nd {

/// How arrays print (numpy.set_printoptions).
struct print_options {
  int precision = 8;        ///< digits after the point
  int64_t threshold = 1000; ///< arrays with more elements are summarised
  int edgeitems = 3;        ///< elements at each end of a summary
  int linewidth = 75;       ///< characters to a line
  bool suppress = false;    ///< no exponents
  std::string nanstr = "nan";
  std::string infstr = "inf";
};

/// Sets how arrays print from now on, in all threads.
void set_printoptions(const print_options &options);
/// How arrays print now.
print_options get_printoptions();

/// The text that NumPy prints for the array. Evaluates.
std::string to_string(const array &a, site where = site::current());
/// NumPy's repr: "array([1, 2])". Evaluates.
std::string array_repr(const array &a, site where = site::current());
/// Writes to_string(a).
std::ostream &operator<<(std::ostream &out, const array &a);

} // namespace nd

#endif // ND_PRINT_H
