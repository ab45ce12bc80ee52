// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products that sum over axes.
#ifndef ND_CONTRACTION_H
#define ND_CONTRACTION_H

#include <nd/array.h>
#include <nd/reductions.h>

#include <string_view>

namespace ND_API nd {

/// What einsum takes by name.
struct einsum_options {
  detail::designated only_by_name = detail::designated();
  std::optional<nd::dtype> dtype = {}; ///< to compute in, and of the result; it holds the operands'
};
/// Einstein's summation (numpy.einsum): `nd::einsum("ij,jk->ik", {a, b})`.
///
/// Letters   one for each axis, `...` for those that are left; a letter twice in one operand is its
///           diagonal. Letters that the output does not name are summed over; without `->` the
///           output has those that occur once, in alphabetical order, behind the `...`.
/// Shape     the extents of the letters; an extent of 1 stretches.
/// Dtype     the promoted one; integers wrap, of bool the sum is "any".
/// Throws    value_error for malformed subscripts, naming the position; shape_error for extents that
///           disagree.
/// Cost      operands are multiplied two at a time in the order that takes the fewest operations
///           (found exactly for up to 8 operands, greedily beyond). What is a matrix product is
///           one, the rest are fused multiplications and sums.
array einsum(std::string_view subscripts, const array_list &operands,
             const einsum_options &options = {});

/// The label of an axis where einsum takes lists: a number in [0, 52), or nd::ellipsis.
struct axis_label {
  int64_t number; ///< -1 for the ellipsis
  template <std::integral T>
  requires(!std::same_as<T, bool>) axis_label(T n) : number(static_cast<int64_t>(n)) {}
  axis_label(ellipsis_t) : number(-1) {}
};
/// An operand of einsum with its labels: `{a, {0, 1}}`.
struct labelled_operand {
  array x;
  std::vector<axis_label> labels;
  site where;
  labelled_operand(const array &x, std::initializer_list<axis_label> labels,
                   site where = site::current())
      : x(x), labels(labels), where(where) {}
};
/// einsum with lists in the place of letters, `nd::einsum({{a, {0, 1}}, {b, {1, 2}}}, {0, 2})`;
/// without the last the labels that occur once, in ascending order.
///
/// Throws  value_error for a label outside [0, 52); else as above.
array einsum(std::initializer_list<labelled_operand> operands,
             std::initializer_list<axis_label> output, const einsum_options &options = {});
array einsum(std::initializer_list<labelled_operand> operands, const einsum_options &options = {});

/// How einsum proceeds.
struct einsum_path_result {
  std::vector<std::vector<int64_t>> path; ///< positions in the list of operands; a product goes to
                                          ///< its end
  std::string report; ///< the steps in words, with the operations that each takes
};
/// The order in which einsum multiplies (numpy.einsum_path); nothing is computed.
einsum_path_result einsum_path(std::string_view subscripts, const array_list &operands);

/// Over which axes tensordot sums: the last n of the first and the first n of the second, or, in
/// braces, those of the first and those of the second: `{1, 0}`, `{{0, 1}, {1, 0}}`.
class tensordot_axes {
public:
  template <std::integral T> tensordot_axes(T count) : count_(static_cast<int64_t>(count)) {}
  tensordot_axes(const axes &first, const axes &second) : first_(first), second_(second) {}

  bool counted() const { return !first_.given(); }
  int64_t count() const { return count_; }
  const axes &first() const { return first_; }
  const axes &second() const { return second_; }

private:
  int64_t count_ = 0;
  axes first_, second_;
};
/// Sum over axes of both (numpy.tensordot): the other axes of \p a, then those of \p b.
///
/// Throws  shape_error for extents that differ, value_error for lists of different lengths.
/// Cost    one matrix product.
array tensordot(const operand &a, const operand &b, const tensordot_axes &axes = 2);
/// Kronecker product (numpy.kron): each element of \p a times all of \p b.
///
/// Shape   the products of the extents; the array with fewer axes gets ones in front.
array kron(const operand &a, const operand &b);
/// Sum of conj(x1) * x2 along an axis, the others broadcast (numpy.vecdot).
array vecdot(const operand &x1, const operand &x2, int64_t axis = -1);
/// Matrices times vectors, (..., m, n) x (..., n) -> (..., m) (numpy.matvec).
array matvec(const operand &x1, const operand &x2);
/// Vectors, conjugated, times matrices, (..., n) x (..., n, m) -> (..., m) (numpy.vecmat).
array vecmat(const operand &x1, const operand &x2);

} // namespace nd

#endif // ND_CONTRACTION_H
