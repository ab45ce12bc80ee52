// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays as text.
#ifndef ND_PRINT_H
#define ND_PRINT_H

#include <nd/array.h>

#include <optional>
#include <string>

namespace ND_API nd {

/// '-', '+' or ' ', as a character or a text.
struct print_sign {
  char value = '-';

  constexpr print_sign(char sign) : value(sign) {}
  constexpr print_sign(const char *sign) : value(sign[0] && !sign[1] ? sign[0] : '\0') {}
  constexpr operator char() const { return value; }
};

/// What set_printoptions changes: the options given, the others stay. They mean what they do in
/// numpy.set_printoptions.
struct print_changes {
  std::optional<int> precision = {};
  std::optional<int64_t> threshold = {};
  std::optional<int> edgeitems = {};
  std::optional<int> linewidth = {};
  std::optional<bool> suppress = {};
  std::optional<std::string> nanstr = {};
  std::optional<std::string> infstr = {};
  std::optional<print_sign> sign = {};
  std::optional<std::string> floatmode = {};
};

/// How arrays print; print_options() is how they print at first.
struct print_options {
  int precision = 8;        ///< digits after the point
  int64_t threshold = 1000; ///< arrays with more elements are summarised
  int edgeitems = 3;        ///< elements at each end of a summary
  int linewidth = 75;       ///< characters to a line
  bool suppress = false;    ///< no exponents for small numbers
  std::string nanstr = "nan";
  std::string infstr = "inf";
  print_sign sign = '-';             ///< '+' before positive numbers, ' ' to leave room for it
  std::string floatmode = "maxprec"; ///< or "fixed", "unique", "maxprec_equal"

  operator print_changes() const {
    return {precision, threshold, edgeitems, linewidth, suppress, nanstr, infstr, sign, floatmode};
  }
};

/// Sets how arrays print from now on, in all threads: `nd::set_printoptions({.precision = 3})`,
/// `nd::set_printoptions(nd::print_options())` for the options of the start.
///
/// Throws  value_error for a negative precision, a sign or a floatmode that is none; nothing is set.
void set_printoptions(const print_changes &changes, site where = site::current());
/// How arrays print now.
print_options get_printoptions();

/// Other options until the end of a scope, which sets back those of its start (numpy.printoptions):
/// `nd::printoptions scope({.precision = 3});`. In all threads.
class [[nodiscard]] printoptions {
public:
  explicit printoptions(const print_changes &changes, site where = site::current());
  ~printoptions();
  printoptions(const printoptions &) = delete;
  printoptions &operator=(const printoptions &) = delete;

private:
  print_options before;
};

/// The text that NumPy prints for the array. Evaluates.
std::string to_string(const array &a, site where = site::current());
/// NumPy's repr: "array([1, 2])". Evaluates.
std::string array_repr(const array &a, site where = site::current());
/// Writes to_string(a).
std::ostream &operator<<(std::ostream &out, const array &a);

} // namespace nd

#endif // ND_PRINT_H
