// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays taken apart into views.
#ifndef ND_SPLITTING_H
#define ND_SPLITTING_H

#include <nd/array.h>

namespace ND_API nd {

/// Where split and its kin cut: an integer is a number of parts, braces are the positions of cuts.
/// `nd::split(a, 3)` gives three parts, `nd::split(a, {3})` two.
class cuts {
public:
  template <std::integral T>
  requires(!std::same_as<T, bool>) cuts(T sections) : sections_(static_cast<int64_t>(sections)) {}
  cuts(std::initializer_list<extent> positions) : at_(shape(positions)) {}
  cuts(const std::vector<int64_t> &positions) : at_(shape(positions)) {}

  bool equal_parts() const { return !at_.has_value(); }
  int64_t sections() const { return sections_; }
  const shape &positions() const { return *at_; }

private:
  int64_t sections_ = 0;
  std::optional<shape> at_;
};

/// Parts of \p ary along \p axis (numpy.split): equal ones, or those between cuts.
///
/// Shape   that of ary but for the axis; cuts beyond its end leave parts of size 0.
/// Throws  value_error if the axis does not divide into equal parts.
/// Cost    none: the parts are views.
std::vector<array> split(const operand &ary, const cuts &indices_or_sections, int64_t axis = 0);
/// The same, where the first parts are longer by 1 if the axis does not divide (numpy.array_split).
std::vector<array> array_split(const operand &ary, const cuts &indices_or_sections,
                               int64_t axis = 0);
/// split along axis 1, or 0 of a 1-D array (numpy.hsplit).
std::vector<array> hsplit(const operand &ary, const cuts &indices_or_sections);
/// split along axis 0 of at least 2 (numpy.vsplit).
std::vector<array> vsplit(const operand &ary, const cuts &indices_or_sections);
/// split along axis 2 (numpy.dsplit).
std::vector<array> dsplit(const operand &ary, const cuts &indices_or_sections);
/// The parts of extent 1 along \p axis, without that axis (numpy.unstack); views.
std::vector<array> unstack(const operand &x, int64_t axis = 0);

} // namespace nd

#endif // ND_SPLITTING_H
