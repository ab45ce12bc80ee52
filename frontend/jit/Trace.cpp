// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Running a function on arguments without values.
#include "frontend/jit/Jit.h"
#include "ir/rules/extent.h"

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
  const node &n = access::get(a);
  for (size_t i = 0; i < out.captured.size(); ++i)
    if (const node &known = access::get(out.captured[i]);
        known.data == n.data && known.shape == n.shape && known.dtype == n.dtype &&
        known.strides == n.strides)
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

/// This thread records while it lives.
class recording_scope {
public:
  recording_scope() : outer_(current_trace) {
    static std::atomic<uint64_t> traces{0};
    current_trace = ++traces;
    std::swap(outer_generators_, traced_generators());
  }
  /// What the trace recorded is gone by now but for extents that nothing came to need.
  ~recording_scope() {
    std::swap(outer_generators_, traced_generators());
    outer_generators_.clear(); // states that are values of this trace
    current_trace = outer_;
    recorder &r = recorder::get();
    std::lock_guard guard(r.lock());
    r.forget_extents();
  }

private:
  uint64_t outer_;
  std::vector<traced_generator> outer_generators_;
};

/// Whether it is decided at run time which bytes of its root a view is.
bool is_placed_at_run_time(const node &n) {
  auto open = [](const auto &numbers) { return llvm::any_of(numbers, rules::is_run_time); };
  return n.base && (open(n.shape) || llvm::any_of(n.steps, [&](const view_step &step) {
                      return open(step.shape) || open(step.numbers);
                    }));
}

/// Whether the result needs memory of its own to be given away: an array that was concrete when the
/// function made it, or a value that is another's memory.
bool needs_copy(const array &a) {
  node &n = access::get(a);
  if (n.concrete())
    return n.root().trace != 0;
  return isa<InputOp>(Value::getFromOpaquePointer(n.root().value).getDefiningOp());
}

array copy_of(recorder &r, const array &a) {
  std::lock_guard guard(r.lock());
  return r.name(r.copied(r.value_of(access::get(a)), UnknownLoc::get(&r.context())));
}

} // namespace

std::unique_ptr<recording>
trace(jit_core &core, traced_call call, std::span<node *const> arguments,
      llvm::function_ref<void(recording &, const record_slice &)> finish) {
  recorder &r = recorder::get();
  auto out = std::make_unique<recording>();
  recording_scope scope; // goes after the arrays
  std::vector<array> given, results;
  llvm::SmallVector<Value> own;
  std::unique_lock guard(r.lock());
  for (node *n : arguments) {
    out->arguments.push_back({n->dtype, n->weak, n->shape});
    own.push_back(r.argument(r.type_of(*n), int(own.size()), UnknownLoc::get(&r.context())));
    given.push_back(r.name(own.back()));
    access::get(given.back()).weak = n->weak;
  }
  // Names that keep the arguments' values when the function writes into the arguments.
  std::vector<array> placeholders;
  for (Value argument : own)
    placeholders.push_back(r.name(argument));
  uint64_t start = r.next_sequence();
  guard.unlock();
  call(function_of(&core), std::vector<array>(given).data(), results);

  auto argument_of = [&](node &root) {
    for (size_t i = 0; i < given.size(); ++i)
      if (&access::get(given[i]) == &root)
        return int64_t(i);
    return int64_t(-1);
  };
  for (array &a : results)
    if (is_placed_at_run_time(access::get(a, where_of(core))) ||
        (argument_of(access::get(a).root()) < 0 && needs_copy(a)))
      a = copy_of(r, a);
  // What the program computes: of views that share an array, the array.
  auto computed = [&](const array &a) -> node & {
    node &n = access::get(a), &root = n.root();
    size_t sharing = 0;
    for (const array &other : results)
      sharing += &access::get(other).root() == &root;
    return n.base && sharing > 1 ? root : n;
  };
  auto value_of = [](node &n) { return Value::getFromOpaquePointer(n.value); };
  // What the function left in argument i. Overwritten with what does not depend on arguments it may
  // have been computed meanwhile: then a copy of that.
  std::vector<array> computed_meanwhile(given.size());
  auto left_in = [&](size_t i) {
    const array &a = given[i];
    if (!access::get(a).concrete())
      return value_of(access::get(a));
    array &c = computed_meanwhile[i];
    if (!access::raw(c))
      c = record_as("nd.copy", {&a}, {}, a.dtype(), a.shape(), site());
    return value_of(access::get(c));
  };

  record_slice slice;
  llvm::SmallVector<size_t> written;
  for (;;) {
    guard.lock();
    llvm::SmallVector<Value> roots;
    written.clear();
    for (size_t i = 0; i < given.size(); ++i)
      if (Value value = left_in(i); value != own[i]) {
        roots.push_back(value);
        written.push_back(i);
      }
    for (const array &a : results)
      if (node &n = access::get(a); !n.concrete() && argument_of(n.root()) < 0)
        roots.push_back(value_of(computed(a)));
    for (const traced_generator &g : traced_generators())
      if (g.core->born != current_trace)
        roots.push_back(value_of(access::get(g.next)));
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
    out->outputs.back().sized = llvm::none_of(type.getShape(), rules::is_run_time);
  }
  auto position = [&](Value v) {
    return size_t(llvm::find(slice.results, v) - slice.results.begin());
  };
  for (const traced_generator &g : traced_generators())
    if (g.core->born != current_trace) {
      out->outputs[position(value_of(access::get(g.next)))].generator =
          int64_t(out->generators.size());
      out->generators.push_back(g.core);
    }
  bool fallible = !fails_first(slice);
  for (size_t i : written) {
    size_t at = position(left_in(i));
    out->outputs[at].overwrites = int64_t(i);
    out->writes = true;
    if (fallible) // its result goes there when nothing has failed
      continue;
    out->ties.resize(slice.results.size(), -1);
    out->ties[at] = -1;
    for (size_t k = 0; k < out->inputs.size(); ++k)
      if (out->inputs[k].kind == source::from::argument && out->inputs[k].position == i)
        out->ties[at] = int64_t(k);
  }
  out->direct = !fallible;
  for (const array &a : results) {
    node &n = access::get(a);
    if (int64_t argument = argument_of(n.root()); argument >= 0) {
      out->results.push_back({source::from::argument, size_t(argument), n.steps});
    } else if (n.concrete()) {
      out->results.push_back({source::from::captured, capture(*out, a)});
    } else {
      node &whole = computed(a);
      out->results.push_back({source::from::output, position(value_of(whole)),
                              &whole == &n ? std::vector<view_step>() : n.steps});
    }
  }
  out->structure = describe(slice.inputs, slice.ops, slice.results, out->ties);
  out->places = places_of(slice);
  finish(*out, slice);
  return out;
}

} // namespace nd::detail
