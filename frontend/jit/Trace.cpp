// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Running a function on arguments without values.
#include "frontend/jit/Jit.h"

using namespace mlir;

namespace nd::detail {
namespace {

/// Values that were waiting before the trace began and that its results use: they are computed
/// once, not in every call. Returns names of them.
std::vector<array> captured_work(recorder &r, const record_slice &slice, uint64_t start) {
  auto old = [&](Operation *op) {
    const op_info &info = r.info(op);
    return info.sequence < start && !info.traced && !isa<InputOp>(op);
  };
  std::vector<array> names;
  auto take = [&](Value v) {
    if (old(v.getDefiningOp()))
      names.push_back(r.name(v));
  };
  for (Operation *op : slice.ops)
    if (!old(op))
      for (Value operand : op->getOperands())
        take(operand);
  for (Value result : slice.results)
    take(result);
  return names;
}

/// Position among the captured arrays; \p a is concrete.
size_t capture(recording &out, array a) {
  for (size_t i = 0; i < out.captured.size(); ++i)
    if (access::get(out.captured[i]).data == access::get(a).data &&
        out.captured[i].shape() == a.shape() && out.captured[i].dtype() == a.dtype())
      return i;
  out.captured.push_back(std::move(a));
  return out.captured.size() - 1;
}

/// The memory behind an nd.input as an array.
array leaf_array(recorder &r, Value input) {
  const op_info &leaf = r.info(input.getDefiningOp());
  auto type = tensorOf(input.getType());
  auto *n = new node;
  n->dtype = dtypeOf(type.getElementType());
  n->shape = nd::shape(type.getShape().data(), type.getShape().size());
  n->size = type.getNumElements();
  retain(leaf.leaf);
  n->storage = leaf.leaf;
  n->data = leaf.data;
  return access::adopt(n);
}

} // namespace

std::unique_ptr<recording>
trace(traced_call call, void *function, std::span<node *const> arguments,
      llvm::function_ref<void(recording &, const record_slice &)> finish) {
  recorder &r = recorder::get();
  auto out = std::make_unique<recording>();
  std::vector<array> placeholders, results;
  llvm::SmallVector<Value> own;
  std::unique_lock guard(r.lock());
  for (node *n : arguments) {
    out->arguments.push_back({n->dtype, n->weak, n->shape});
    own.push_back(r.argument(r.type_of(*n), int(own.size()), UnknownLoc::get(&r.context())));
    placeholders.push_back(r.name(own.back()));
    access::get(placeholders.back()).weak = n->weak;
  }
  uint64_t start = r.next_sequence();
  guard.unlock();
  // The function gets copies of the handles, so that x += 1 inside does not change our
  // placeholders.
  {
    std::vector<array> given;
    for (const array &a : placeholders) {
      guard.lock();
      given.push_back(r.name(Value::getFromOpaquePointer(access::get(a).value)));
      guard.unlock();
      access::get(given.back()).weak = access::get(a).weak;
    }
    call(function, given.data(), results);
  }

  record_slice slice;
  for (;;) {
    guard.lock();
    llvm::SmallVector<Value> roots;
    for (const array &a : results)
      if (node &n = access::get(a); !n.concrete())
        roots.push_back(Value::getFromOpaquePointer(n.value));
    slice = slice_behind(roots);
    std::vector<array> waiting = captured_work(r, slice, start);
    if (waiting.empty())
      break;
    guard.unlock();
    llvm::SmallVector<node *> nodes;
    for (const array &a : waiting)
      nodes.push_back(&access::get(a));
    evaluate(std::span(nodes.data(), nodes.size()), "jit", site());
  }

  auto origin = [&](Value input) -> source {
    const op_info &info = r.info(input.getDefiningOp());
    if (info.argument < 0)
      return {source::from::captured, capture(*out, leaf_array(r, input))};
    if (!llvm::is_contained(own, input))
      raise_traced(input, "jit", site());
    return {source::from::argument, size_t(info.argument)};
  };
  for (Value input : slice.inputs)
    out->inputs.push_back(origin(input));
  for (Value result : slice.results) {
    auto type = tensorOf(result.getType());
    out->outputs.push_back({dtypeOf(type.getElementType()),
                            nd::shape(type.getShape().data(), type.getShape().size())});
  }
  for (const array &a : results) {
    node &n = access::get(a);
    if (n.concrete()) {
      out->results.push_back({source::from::captured, capture(*out, view_of(n, n.shape, 0))});
      continue;
    }
    Value value = Value::getFromOpaquePointer(n.value);
    if (isa<InputOp>(value.getDefiningOp()))
      out->results.push_back(origin(value));
    else
      out->results.push_back(
          {source::from::output, size_t(llvm::find(slice.results, value) - slice.results.begin())});
  }
  out->structure = describe(slice.inputs, slice.ops, slice.results);
  out->places = places_of(slice);
  finish(*out, slice);
  return out;
}

} // namespace nd::detail
