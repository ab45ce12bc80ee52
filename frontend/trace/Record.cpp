// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Appending ops, and the dtypes of scalars beside arrays.
#include "frontend/trace/Recorder.h"
#include "ir/rules/extent.h"
#include "mlir/IR/Builders.h"

#include <cmath>

using namespace mlir;

namespace nd::detail {
namespace {

constexpr uint32_t longest_chain = 200; ///< beyond it the newest value is evaluated,
constexpr size_t most_ops = 2000;       ///< and beyond so many ops that wait

NamedAttribute named(Builder &b, const attribute &a) {
  Attribute value;
  if (auto *flag = std::get_if<bool>(&a.value))
    value = b.getBoolAttr(*flag);
  else if (auto *integer = std::get_if<int64_t>(&a.value))
    value = b.getI64IntegerAttr(*integer);
  else if (auto *real = std::get_if<double>(&a.value))
    value = b.getF64FloatAttr(*real);
  else if (auto *text = std::get_if<std::string_view>(&a.value))
    value = b.getStringAttr(llvm::StringRef(text->data(), text->size()));
  else {
    auto list = std::get<std::span<const int64_t>>(a.value);
    value = b.getDenseI64ArrayAttr(llvm::ArrayRef(list.data(), list.size()));
  }
  return b.getNamedAttr(llvm::StringRef(a.name.data(), a.name.size()), value);
}

DictionaryAttr dictionary(recorder &r, attributes list) {
  Builder b(&r.context());
  llvm::SmallVector<NamedAttribute, 4> entries;
  for (const attribute &a : list)
    entries.push_back(named(b, a));
  return b.getDictionaryAttr(entries);
}

struct recorded {
  llvm::SmallVector<array, 1> results;
  bool full = false; ///< the record has grown past its bounds
};

std::string op_name(std::string_view op) { return std::string(op.substr(3)); }

/// min, max and their positions have no answer for no elements: the program checks.
void require_elements(recorder &r, ReductionOpInterface reduction) {
  if (!isa<MinOp, MaxOp, ArgminOp, ArgmaxOp>(reduction))
    return;
  llvm::ArrayRef<int64_t> shape = tensorOf(reduction->getOperand(0).getType()).getShape();
  for (int64_t axis : reduction.getReducedAxes())
    if (Operation *extent = rules::is_run_time(shape[axis]) ? r.extent_op(shape[axis]) : nullptr)
      cast<ExtentOp>(extent).setNonempty(true);
}

/// Appends with the lock held; throws what inference says.
recorded append(recorder &r, std::string_view op, std::span<const array *const> operands,
                DictionaryAttr attributes, TypeRange types, const site &where) {
  llvm::SmallVector<Value, 4> values;
  for (const array *a : operands)
    values.push_back(r.value_of(access::get(*a)));
  Location loc = r.locate(where);
  OperationName name(llvm::StringRef(op.data(), op.size()), &r.context());
  // With an initial value, which the caller adds, a fold of no elements has an answer.
  const bool initial = attributes.contains("initial");
  if (initial) {
    NamedAttrList kept(attributes);
    kept.erase("initial");
    attributes = kept.getDictionary(&r.context());
  }
  Operation *made = r.append(name, values, attributes, types, loc);
  if (!made) {
    auto from = llvm::map_to_vector(values, [](Value v) { return v.getDefiningOp(); });
    for (Operation *op : from) // one may stand there twice
      r.erase_if_dead(op);
    raise(lastErrorKind(), place(loc) + r.failure());
  }
  // Arithmetic on a number that stands for an extent gives one that stands for nothing.
  auto spoilt = [](llvm::ArrayRef<int64_t> numbers) {
    return llvm::any_of(numbers, rules::is_spoilt);
  };
  bool senseless =
      llvm::any_of(made->getResultTypes(), [&](Type t) { return spoilt(tensorOf(t).getShape()); });
  if (auto slice = dyn_cast<SliceOp>(made))
    senseless |= spoilt(slice.getOffsets());
  if (auto reduction = dyn_cast<ReductionOpInterface>(made);
      reduction && !reduction.getIdentity().empty() && !initial)
    require_elements(r, reduction);
  if (senseless) {
    r.erase_if_dead(made);
    throw trace_error(place(loc) + op_name(op) +
                      ": an extent that is decided at run time (a mask, nonzero, unique) has no "
                      "number while nd::jit records, and this needs one; reduce the array, compute "
                      "with it elementwise, or do this step outside the function");
  }
  recorded out;
  for (Value result : made->getResults())
    out.results.push_back(r.name(result));
  const op_info &info = r.info(made);
  out.full = !info.traced && (info.height > longest_chain || r.live_ops() > most_ops);
  return out;
}

/// Evaluates what is too much to keep recorded; without the lock.
void bound(recorded &made, std::string_view op, const site &where) {
  if (!made.full)
    return;
  llvm::SmallVector<node *, 1> nodes;
  for (array &a : made.results)
    nodes.push_back(&access::get(a));
  evaluate(std::span(nodes.data(), nodes.size()), op.substr(3), where);
}

} // namespace

array record(std::string_view op, std::span<const array *const> operands, attributes list,
             const site &where) {
  recorder &r = recorder::get();
  std::unique_lock guard(r.lock());
  recorded made = append(r, op, operands, dictionary(r, list), {}, where);
  guard.unlock();
  bound(made, op, where);
  return std::move(made.results[0]);
}

void record(std::string_view op, arrays operands, attributes list, std::span<array> results,
            const site &where) {
  recorder &r = recorder::get();
  std::unique_lock guard(r.lock());
  recorded made =
      append(r, op, std::span(operands.begin(), operands.size()), dictionary(r, list), {}, where);
  guard.unlock();
  bound(made, op, where);
  for (size_t i = 0; i < results.size(); ++i)
    results[i] = std::move(made.results[i]);
}

array record_as(std::string_view op, arrays operands, attributes list, dtype_kind dtype,
                const shape &s, const site &where) {
  recorder &r = recorder::get();
  std::unique_lock guard(r.lock());
  Type type = tensorType(llvm::ArrayRef(s.data(), s.size()), typeOf(&r.context(), dtype));
  recorded made =
      append(r, op, std::span(operands.begin(), operands.size()), dictionary(r, list), type, where);
  guard.unlock();
  bound(made, op, where);
  return std::move(made.results[0]);
}

std::optional<array> stand_in(const scalar &value, dtype_kind dtype, const site &where) {
  if (!current_trace || value.kind == scalar::category::boolean ||
      value.kind == scalar::category::complex)
    return std::nullopt;
  bool real = value.kind == scalar::category::floating;
  if (real && !(std::abs(value.real) < 0x1p62))
    return std::nullopt;
  const int64_t number = real ? int64_t(value.real) : value.integer;
  if (rules::is_run_time(number))
    return record_as("nd.count", {}, {{"extents", std::span(&number, 1)}}, dtype, {}, where);
  if (recorder::get().is_spoilt(number))
    throw trace_error(
        prefix("size", where) +
        "a size that is decided at run time has no number while nd::jit records, and "
        "this was computed with one; compute with nd::array(a.size()), which is an array");
  return std::nullopt;
}

array record_full(const scalar &value, dtype_kind dtype, const shape &s, const site &where) {
  if (std::optional<array> count = stand_in(value, dtype, where))
    return s.empty() ? *count : record_as("nd.broadcast_to", {&*count}, {}, dtype, s, where);
  element_count(s, "full", where);
  alignas(double) char bytes[widest_element] = {};
  if (!store_scalar(value, dtype, bytes))
    raise_unfit(value, dtype, "full", where);
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  Type element = typeOf(&r.context(), dtype);
  TypedAttr constant;
  if (rules::is_inexact(dtype)) {
    std::complex<double> number;
    convert(bytes, dtype, &number, dtype_kind::complex128, 1);
    constant = numberAttr(element, number.real(), number.imag());
  } else {
    int64_t integer;
    convert(bytes, dtype, &integer, dtype_kind::int64, 1);
    constant = IntegerAttr::get(
        element, APInt(element.getIntOrFloatBitWidth(), uint64_t(integer), false, true));
  }
  Builder b(&r.context());
  Type type = tensorType(llvm::ArrayRef(s.data(), s.size()), element);
  recorded made =
      append(r, "nd.full", {}, b.getDictionaryAttr(b.getNamedAttr("value", constant)), type, where);
  return std::move(made.results[0]);
}

} // namespace nd::detail
