// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Appending ops, and the dtypes of scalars beside arrays.
#include "frontend/trace/Draw.h"
#include "frontend/trace/Recorder.h"
#include "ir/rules/extent.h"
#include "mlir/IR/Builders.h"

#include <cmath>

using namespace mlir;

namespace nd::detail {
namespace {

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

/// Why no array can be of this type; empty for others.
std::string unfit(RankedTensorType type) {
  nd::shape s(type.getShape().data(), type.getShape().size());
  if (std::string why = too_large(s, dtypeOf(type.getElementType())); !why.empty())
    return why;
  for (size_t axis = 0; axis < s.size(); ++axis)
    if (rules::is_spoilt(s[axis]))
      return "shape " + to_string(s) + " has " + std::to_string(s[axis]) + " elements along axis " +
             std::to_string(axis) + ", and no axis is longer than 2^41; use smaller sizes";
  return "";
}

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
  if (senseless && r.has_extents()) {
    r.erase_if_dead(made);
    throw trace_error(place(loc) + op_name(op) +
                      ": an extent that is decided at run time (a mask, nonzero, unique) has no "
                      "number while nd::jit records, and this needs one; reduce the array, compute "
                      "with it elementwise, or do this step outside the function");
  }
  for (Type type : made->getResultTypes())
    if (std::string why = unfit(tensorOf(type)); !why.empty()) {
      r.erase_if_dead(made);
      raise(rules::error_kind::value, place(loc) + op_name(op) + ": " + why);
    }
  recorded out;
  try {
    for (Value result : made->getResults())
      out.results.push_back(r.name(result));
  } catch (...) {
    if (out.results.empty()) // else it goes with its names
      r.erase_if_dead(made);
    throw;
  }
  out.full = r.is_full(made);
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

std::string origin_of(const array &a) {
  node &n = access::get(a);
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  return n.concrete() ? "" : place(Value::getFromOpaquePointer(n.value).getLoc());
}

std::unique_lock<std::recursive_mutex> locked_record() {
  return std::unique_lock(recorder::get().lock());
}

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

void record_random(const array &state, std::span<const array> parameters, std::string_view name,
                   std::string_view generator, dtype_kind dtype, const shape &s,
                   std::span<array> results, const site &where) {
  recorder &r = recorder::get();
  std::unique_lock guard(r.lock());
  llvm::SmallVector<const array *, 4> operands{&state};
  for (const array &p : parameters)
    operands.push_back(&p);
  const std::string lower = llvm::StringRef(name.data(), name.size()).lower();
  Type types[] = {tensorType(llvm::ArrayRef(s.data(), s.size()), typeOf(&r.context(), dtype)),
                  r.type_of(access::get(state))};
  DictionaryAttr attributes =
      generator.empty() ? dictionary(r, {{"distribution", lower}})
                        : dictionary(r, {{"distribution", lower}, {"generator", generator}});
  recorded made =
      append(r, "nd.random", std::span<const array *const>(operands.data(), operands.size()),
             attributes, types, where);
  guard.unlock();
  bound(made, "nd.random", where);
  for (size_t i = 0; i < results.size(); ++i)
    results[i] = std::move(made.results[i]);
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

array record_full(const scalar &value, dtype_kind dtype, const shape &s, const site &where,
                  std::string_view what) {
  if (std::optional<array> count = stand_in(value, dtype, where))
    return s.empty() ? *count : record_as("nd.broadcast_to", {&*count}, {}, dtype, s, where);
  element_count(s, what, where);
  check_size(s, dtype, what, where);
  alignas(double) char bytes[widest_element] = {};
  if (!store_scalar(value, dtype, bytes))
    raise_unfit(value, dtype, what, where);
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
