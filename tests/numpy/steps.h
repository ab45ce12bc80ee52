// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the tables of steps are made of: one file for each area adds its names.
#ifndef ND_TESTS_NUMPY_STEPS_H
#define ND_TESTS_NUMPY_STEPS_H

#include "program.h"

#include <functional>
#include <optional>
#include <unordered_map>

namespace compare {

using arrays = std::vector<nd::array>;

/// A step and the values before it.
struct call {
  const step &s;
  const arrays &values;

  size_t count() const { return s.arguments.size(); }
  bool is_array(size_t i) const { return std::holds_alternative<int64_t>(s.arguments[i]); }
  const nd::array &array(size_t i) const { return values.at(size_t(std::get<0>(s.arguments[i]))); }
  const nd::scalar &scalar(size_t i) const { return std::get<1>(s.arguments[i]); }
  nd::operand operand(size_t i) const {
    return is_array(i) ? nd::operand(array(i)) : nd::operand(scalar(i));
  }
  arrays all() const {
    arrays list;
    for (size_t i = 0; i < count(); ++i)
      list.push_back(array(i));
    return list;
  }
  int64_t integer(size_t i) const { return s.integers.at(i); }
  double real(size_t i) const { return s.reals.at(i); }
  nd::dtype dtype(size_t i) const { return nd::dtype(integer(i)); }
  std::vector<int64_t> rest(size_t from) const {
    return {s.integers.begin() + std::ptrdiff_t(from), s.integers.end()};
  }
  nd::shape shape(size_t from = 0) const { return nd::shape(rest(from)); }
  /// As shape(), but no integers mean that no axes are given.
  nd::axes axes(size_t from = 0) const {
    return s.integers.size() > from ? nd::axes(rest(from)) : nd::axes();
  }
};

inline constexpr int64_t none = INT64_MIN; // an integer that is not given

using function = std::function<arrays(const call &)>;
using table = std::unordered_map<std::string, function>;

void add_scans(table &t);
void add_ufuncs(table &t);
void add_statistics(table &t);
void add_choices(table &t);
void add_contraction(table &t);
void add_ordering(table &t);
void add_pieces(table &t);
void add_calculus(table &t);
void add_random(table &t);
void add_linalg(table &t);
void add_fft(table &t);

} // namespace compare

#endif // ND_TESTS_NUMPY_STEPS_H
