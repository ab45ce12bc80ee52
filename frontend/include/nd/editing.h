// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays made longer and shorter: new ones, the given one stays as it is.
#ifndef ND_EDITING_H
#define ND_EDITING_H

#include <nd/array.h>
#include <nd/reductions.h>

#include <array>
#include <functional>
#include <string_view>

namespace ND_API nd {

/// What pad takes by name. Numbers are one for all, `{before, after}` for every axis, or
/// `{{before, after}, ...}` for each axis.
struct pad_options {
  detail::designated only_by_name = detail::designated();
  array constant_values = 0;              ///< "constant": what fills
  array end_values = 0;                   ///< "linear_ramp": where the ramps end
  array stat_length = {};                 ///< "maximum", "mean", "median", "minimum": of how many
                                          ///< elements at the edge; all if not given
  std::string_view reflect_type = "even"; ///< "reflect", "symmetric": "odd" turns about the edge
};

/// \p a with \p pad_width more elements before and behind along each axis (numpy.pad): one number,
/// `{before, after}` for every axis, or `{{before, after}, ...}` for each.
///
/// Modes   "constant"; "edge", the outermost element; "linear_ramp" towards end_values; "maximum",
///         "mean", "median", "minimum" along the axis, rounded for integers; "reflect" about the
///         outermost element; "symmetric" about the edge; "wrap" around; "empty", any elements.
/// Order   axis by axis, so that the corners follow from what the axes before have got.
/// Dtype   that of \p a.
/// Throws  value_error for a negative width, an unknown mode or option, an empty axis to extend.
/// Cost    one pass; for ramps, statistics and odd reflections one for each axis that grows.
array pad(const operand &a, const operand &pad_width, std::string_view mode = "constant",
          const pad_options &options = {});

/// What pads a lane of pad with a function: the lane, 1-D and with zeros at its ends, to be written
/// in place; how many are before and behind; the axis.
using pad_function = std::function<void(array lane, std::array<int64_t, 2> width, int64_t axis)>;
/// pad by a function, which is called for every lane of each axis in turn (numpy.pad).
///
/// Cost    a call for each lane.
/// Throws  as above; trace_error where nd::jit does not know the number of lanes.
array pad(const operand &a, const operand &pad_width, const pad_function &mode);

/// Which positions insert and delete_ mean: an integer, nd::slice, positions or a mask.
class places {
public:
  template <std::integral T>
  requires(!std::same_as<T, bool>) places(T at, site where = site::current())
      : at_(static_cast<int64_t>(at)), where_(where) {}
  places(const slice &range, site where = site::current()) : range_(range), where_(where) {}
  places(const array &list, site where = site::current()) : list_(list), where_(where) {}
  places(std::initializer_list<nested> list, site where = site::current());

  const std::optional<int64_t> &at() const { return at_; }
  const std::optional<slice> &range() const { return range_; }
  const array &list() const { return list_; }
  const site &where() const { return where_; }

private:
  std::optional<int64_t> at_;
  std::optional<slice> range_;
  array list_;
  site where_;
};

/// \p values before the given places along \p axis, or of the flattened array (numpy.insert).
///
/// Shape   longer by one for each place; by as many as \p values has for a single one.
/// Dtype   that of \p arr; values are cast.
/// Throws  index_error for a place outside, shape_error for values that do not broadcast.
array insert(const operand &arr, const places &obj, const operand &values,
             std::optional<int64_t> axis = {});
/// The array without the given places along \p axis, or of the flattened array (numpy.delete, whose
/// name is a C++ keyword).
///
/// Shape   decided by the elements of a mask or of positions, which may name a place twice.
/// Throws  index_error for a place outside, value_error for a mask of another length.
array delete_(const operand &arr, const places &obj, std::optional<int64_t> axis = {});
/// \p values behind \p arr along \p axis, or both flattened (numpy.append).
array append(const operand &arr, const operand &values, std::optional<int64_t> axis = {});
/// The elements in C order, over and over, in another shape (numpy.resize); zeros if there are
/// none.
array resize(const operand &a, const shape &new_shape);
/// The array without the zeros at its ends (numpy.trim_zeros): \p trim names the front "f", the
/// back "b" or both; of the given axes, or of all.
///
/// Shape   decided by the elements. Nothing remains if all are zero.
array trim_zeros(const operand &filt, std::string_view trim = "fb", const axes &axis = {});

} // namespace nd

#endif // ND_EDITING_H
