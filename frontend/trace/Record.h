// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Appending to the record and evaluating from it, without a word of MLIR.
#ifndef ND_TRACE_RECORD_H
#define ND_TRACE_RECORD_H

#include "frontend/trace/Node.h"
#include "ir/rules/ufunc.h"

#include <initializer_list>
#include <mutex>
#include <span>
#include <variant>

namespace nd::detail {

/// An attribute of an op.
struct attribute {
  std::string_view name;
  std::variant<bool, int64_t, double, std::string_view, std::span<const int64_t>> value;
};

using arrays = std::initializer_list<const array *>;
using attributes = std::initializer_list<attribute>;

/// Records an op whose result type follows from its operands and attributes.
///
/// Throws  what its rule says, with the place and the name of the op in front.
array record(std::string_view op, std::span<const array *const> operands, attributes, const site &);
inline array record(std::string_view op, arrays operands, attributes a, const site &where) {
  return record(op, std::span(operands.begin(), operands.size()), a, where);
}
/// The same for an op with several results.
void record(std::string_view op, arrays operands, attributes, std::span<array> results,
            const site &);
/// Records an op whose result type is given.
array record_as(std::string_view op, arrays operands, attributes, dtype_kind, const shape &,
                const site &);
/// nd.full: \p value, which fits \p dtype, everywhere.
array record_full(const scalar &value, dtype_kind dtype, const shape &s, const site &where,
                  std::string_view what = "full");

/// The elements in memory of their own.
array copied(const array &a, const site &where);
/// A view of \p a: it shares memory, and each sees what is written through the other. A reshape
/// that no strides describe is a copy.
array view(const array &a, const view_step &step, const site &where);
/// All of \p a under another handle.
array alias(const array &a);
/// A number that stands for an extent of this trace, as the 0-d array that it will be; nothing for
/// other numbers.
///
/// Throws  trace_error for one that arithmetic has made of such a number.
std::optional<array> stand_in(const scalar &value, dtype_kind dtype, const site &where);
/// The number that stands for the 0-d int64 \p count, which nd::jit does not know yet, as an
/// extent.
int64_t traced_extent(const array &count, const site &where);
/// The run-time extent that counts the elements of a traced mask that hold, 0 if there is none; and
/// setting it. Arrays that one mask chooses are known to be equally long.
int64_t known_count(const array &mask);
void remember_count(const array &mask, int64_t extent);
/// Gives \p n, which stands for nothing yet, the value of \p from, which nobody else holds.
void become(node &n, const array &from);
/// "file:line:column: " of the operation that an array's value comes from, where that is known.
std::string origin_of(const array &a);
/// The record, for this thread alone.
std::unique_lock<std::recursive_mutex> locked_record();
/// Records what indices with arrays chose and nobody has looked at: \p t is about to change.
void complete_choices(node &t);
/// For a fork, which must not find the list of them half changed.
void lock_choices();
void unlock_choices();
/// Writes \p value, broadcast and cast to the dtype, into the elements of \p a. At once for arrays
/// with memory, into the record inside nd::jit.
///
/// \p fresh  nobody else holds \p value.
/// Throws  value_error for a read-only array, shape_error if \p value does not broadcast,
///         trace_error inside nd::jit for an array from outside.
void write(const array &a, const array &value, bool fresh, std::string_view what,
           const site &where);

/// \p a as it broadcasts to \p s: extents that a run decides are taken as those of \p s, which the
/// program checks.
array agreeing(const array &a, const shape &s, std::string_view what, const site &where);

/// A pointwise row. Scalars take the dtype that NEP 50 gives them beside the arrays.
array pointwise(const char *op, rules::ufunc rule, std::initializer_list<const operand *> operands);

/// An operand as an array: a scalar becomes 0-d, of its category's dtype.
array as_array(const operand &x);

/// Makes the arrays concrete, with one program for all that are not.
///
/// Throws  trace_error for a value that nd::jit has not yet; what evaluation throws. \p what names
/// the reader.
void evaluate(std::span<node *const> nodes, std::string_view what, const site &where);
inline const node &evaluated(const array &a, std::string_view what, const site &where) {
  node *n = &access::get(a, where);
  if (!n->concrete())
    evaluate(std::span(&n, 1), what, where);
  return *n;
}

} // namespace nd::detail

#endif // ND_TRACE_RECORD_H
