// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From recorded to concrete.
#include "frontend/trace/Evaluate.h"
#include "ndrt/ndrt.h"

#include <cstring>

using namespace mlir;

namespace nd::detail {
namespace {

/// A value to compute.
struct target {
  Value value;
  array name; ///< keeps the value in the record; concrete once somebody has computed it
};

struct giving_back {
  void operator()(buffer *b) const { release(b); }
};
using held_buffer = std::unique_ptr<buffer, giving_back>;

/// Whether later evaluations would have to compute a result again although it is there for the
/// taking.
bool worth_keeping(Operation *op, bool again) {
  if (auto draw = dyn_cast<SeekableOpInterface>(op); draw && draw.canSeek())
    return again; // it may be drawn where it is read
  if (isa<LibraryOpInterface, ReductionOpInterface, CompositeOpInterface>(op))
    return true;
  return again && !isa<ViewOpInterface, GeneratorOpInterface>(op);
}

/// Adds named intermediate results that cost nothing to keep: those of libraries and reductions;
/// and all that are computed once more after an earlier evaluation.
void keep_intermediates(recorder &r, record_slice &slice) {
  bool again = llvm::any_of(slice.ops, [&](Operation *op) { return r.info(op).computed; });
  for (Operation *op : slice.ops) {
    const op_info &info = r.info(op);
    if (info.names.empty() || !worth_keeping(op, again))
      continue;
    for (Value result : op->getResults()) {
      bool named = llvm::any_of(info.names, [&](node *n) {
        return n->value == result.getAsOpaquePointer() && !n->base && n->held();
      });
      if (named && !llvm::is_contained(slice.results, result))
        slice.results.push_back(result);
    }
  }
}

/// Writes the value of an nd.full as its element lies in memory.
void store_number(TypedAttr value, char *out) {
  auto put = [&](const APInt &bits) {
    uint64_t word = bits.getZExtValue();
    size_t bytes = std::max(1u, bits.getBitWidth() / 8);
    std::memcpy(out, &word, bytes);
    out += bytes;
  };
  if (auto real = dyn_cast<FloatAttr>(value)) {
    put(real.getValue().bitcastToAPInt());
  } else if (auto complex = dyn_cast<DenseElementsAttr>(value)) {
    auto z = complex.getSplatValue<std::complex<APFloat>>();
    put(z.real().bitcastToAPInt());
    put(z.imag().bitcastToAPInt());
  } else {
    put(cast<IntegerAttr>(value).getValue());
  }
}

/// One scalar everywhere needs no program.
bool fill(const record_slice &slice, recorder &r, node *into, std::string_view what,
          const site &where) {
  if (slice.ops.size() != 1 || slice.results.size() != 1)
    return false;
  auto full = dyn_cast<FullOp>(slice.ops[0]);
  if (!full)
    return false;
  array out;
  if (!into) {
    out = allocate(dtypeOf(elementOf(full)), r.name(full).shape(), what, where);
    into = &access::get(out);
  }
  char element[16] = {};
  store_number(full.getValue(), element);
  size_t width = rules::itemsize(into->dtype);
  if (llvm::all_of(element, [](char byte) { return byte == 0; })) {
    std::memset(into->data, 0, size_t(into->size) * width);
  } else {
    for (int64_t i = 0; i < into->size; ++i)
      std::memcpy(into->data + i * int64_t(width), element, width);
  }
  if (access::raw(out))
    r.settle(full, into->storage, into->data);
  return true;
}

/// A concrete array seen through views is a strided copy.
bool copy_view(const record_slice &slice, recorder &r, std::string_view what, const site &where) {
  if (slice.inputs.size() != 1 || slice.results.size() != 1)
    return false;
  auto in = tensorOf(slice.inputs[0].getType());
  SmallVector<int64_t> strides(in.getRank(), 1);
  for (int64_t axis = in.getRank() - 2; axis >= 0; --axis)
    strides[axis] = strides[axis + 1] * in.getDimSize(axis + 1);
  int64_t offset = 0;
  Value seen = slice.inputs[0];
  for (Operation *op : slice.ops) {
    if (op->getNumOperands() != 1 || op->getOperand(0) != seen)
      return false; // several views of it meet
    seen = op->getResult(0);
    if (isa<CopyOp>(op))
      continue;
    auto view = dyn_cast<ViewOpInterface>(op);
    View v;
    if (!view || !view.getView(v))
      return false;
    SmallVector<int64_t> next;
    for (size_t axis = 0; axis < v.source.size(); ++axis)
      next.push_back(v.source[axis] < 0 ? 0 : strides[v.source[axis]] * v.step[axis]);
    for (size_t axis = 0; axis < v.offset.size(); ++axis)
      offset += v.offset[axis] * strides[axis];
    strides = next;
  }
  Value result = slice.results[0];
  const op_info &leaf = r.info(slice.inputs[0].getDefiningOp());
  auto type = tensorOf(result.getType());
  array out = allocate(dtypeOf(type.getElementType()),
                       nd::shape(type.getShape().data(), type.getShape().size()), what, where);
  node &n = access::get(out);
  int64_t width = int64_t(rules::itemsize(n.dtype));
  rules::layout from{n.shape, {}, offset * width};
  for (int64_t stride : strides)
    from.strides.push_back(stride * width);
  node source;
  source.data = leaf.data;
  copy_elements(source, from, n);
  r.settle(result, n.storage, n.data);
  return true;
}

/// A value that is memory of another array already gets its own.
void copy_input(recorder &r, node &n, std::string_view what, const site &where) {
  const op_info &leaf = r.info(Value::getFromOpaquePointer(n.value).getDefiningOp());
  array out = allocate(n.dtype, n.shape, what, where);
  node &to = access::get(out);
  if (n.size)
    std::memcpy(to.data, leaf.data, size_t(n.size) * rules::itemsize(n.dtype));
  r.take(n, to);
}

/// Computes a slice. The first result goes to the memory of \p into, if given; the others to memory
/// of their own, and their names become concrete. \p tied is the input that lies in that memory.
void run(recorder &r, std::unique_lock<std::recursive_mutex> &guard, record_slice &slice,
         node *into, int64_t tied, std::string_view what, const site &where) {
  std::vector<target> targets;
  std::vector<held_buffer> inputs; // the record may drop them while the program runs
  std::vector<array> outputs;
  std::vector<void *> in, out;
  keep_intermediates(r, slice);
  SmallVector<int64_t> ties;
  if (tied >= 0)
    (ties.assign(slice.results.size(), -1), ties[0] = tied);
  Structure structure = describe(slice.inputs, slice.ops, slice.results, ties);
  executable code = code_for(structure, [&] { return clone(slice, ties); });
  llvm::SmallVector<op_place> places = places_of(slice);
  for (Value input : slice.inputs) {
    const op_info &leaf = r.info(input.getDefiningOp());
    retain(leaf.leaf);
    inputs.emplace_back(leaf.leaf);
    in.push_back(leaf.data);
  }
  for (Operation *op : slice.ops)
    r.info(op).computed = true;
  for (Value result : llvm::ArrayRef(slice.results).drop_front(into ? 1 : 0))
    targets.push_back({result, r.name(result)});
  guard.unlock();

  if (into)
    out.push_back(into->data);
  for (target &t : targets) {
    node &n = access::get(t.name);
    outputs.push_back(allocate(n.dtype, n.shape, what, where));
    out.push_back(access::get(outputs.back()).data);
  }
  if (int32_t status = code.entry(in.data(), out.data(), structure.params.data()))
    raise_status(status, places);

  guard.lock();
  for (size_t i = 0; i < targets.size(); ++i) {
    node &n = access::get(targets[i].name);
    if (n.concrete() || n.value != targets[i].value.getAsOpaquePointer())
      continue; // another thread was faster, and the value is gone
    node &result = access::get(outputs[i]);
    r.settle(targets[i].value, result.storage, result.data);
  }
}

} // namespace

void run_into(recorder &r, std::unique_lock<std::recursive_mutex> &guard, record_slice &slice,
              node &into, int64_t tied, std::string_view what, const site &where) {
  if (!fill(slice, r, &into, what, where))
    run(r, guard, slice, &into, tied, what, where);
}

void evaluate(std::span<node *const> nodes, std::string_view what, const site &where) {
  recorder &r = recorder::get();
  std::unique_lock guard(r.lock());
  llvm::SmallVector<Value> roots;
  for (node *n : nodes) {
    if (n->concrete())
      continue;
    Value value = Value::getFromOpaquePointer(n->value);
    if (r.info(value.getDefiningOp()).traced)
      raise_traced(value, what, where);
    if (n->base) {
      // A view that nobody else shares with is computed alone, the others with the whole array.
      if (n->base->references.load() == 1)
        r.detach(*n);
      else
        n = n->base;
      value = Value::getFromOpaquePointer(n->value);
    }
    if (isa<InputOp>(value.getDefiningOp()))
      copy_input(r, *n, what, where);
    else
      roots.push_back(value);
  }
  if (roots.empty())
    return;
  record_slice slice = slice_behind(roots);
  if (!fill(slice, r, nullptr, what, where) && !copy_view(slice, r, what, where))
    run(r, guard, slice, nullptr, -1, what, where);
}

} // namespace nd::detail
