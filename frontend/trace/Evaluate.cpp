// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From recorded to concrete.
#include "frontend/trace/Program.h"
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
      bool named = llvm::any_of(info.names,
                                [&](node *n) { return n->value == result.getAsOpaquePointer(); });
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
bool fill(const record_slice &slice, recorder &r) {
  if (slice.ops.size() != 1 || slice.results.size() != 1)
    return false;
  auto full = dyn_cast<FullOp>(slice.ops[0]);
  if (!full)
    return false;
  array out = allocate(dtypeOf(elementOf(full)), r.name(full).shape(), "full", site());
  node &n = access::get(out);
  char element[16] = {};
  store_number(full.getValue(), element);
  size_t width = rules::itemsize(n.dtype);
  if (llvm::all_of(element, [](char byte) { return byte == 0; })) {
    std::memset(n.data, 0, size_t(n.size) * width);
  } else {
    for (int64_t i = 0; i < n.size; ++i)
      std::memcpy(n.data + i * int64_t(width), element, width);
  }
  r.settle(full, n.storage, n.data);
  return true;
}

/// A concrete array seen through views is a strided copy.
bool copy_view(const record_slice &slice, recorder &r) {
  if (slice.inputs.size() != 1 || slice.results.size() != 1)
    return false;
  auto in = tensorOf(slice.inputs[0].getType());
  SmallVector<int64_t> strides(in.getRank(), 1);
  for (int64_t axis = in.getRank() - 2; axis >= 0; --axis)
    strides[axis] = strides[axis + 1] * in.getDimSize(axis + 1);
  int64_t offset = 0;
  for (Operation *op : slice.ops) {
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
  array named = r.name(result);
  array out = allocate(named.dtype(), named.shape(), "copy", site());
  node &n = access::get(out);
  if (n.size) {
    DLDataType type{rules::dl_code(n.dtype), uint8_t(rules::itemsize(n.dtype) * 8), 1};
    auto *extents = n.shape.begin();
    int ndim = int(n.shape.size());
    const op_info &leaf = r.info(slice.inputs[0].getDefiningOp());
    DLTensor from{leaf.data + offset * int64_t(rules::itemsize(n.dtype)),
                  {kDLCPU, 0},
                  ndim,
                  type,
                  extents,
                  strides.data(),
                  0};
    DLTensor to{n.data, {kDLCPU, 0}, ndim, type, extents, nullptr, 0};
    if (int32_t status = ndrt_copy(&from, &to))
      raise_status(status, {});
  }
  r.settle(result, n.storage, n.data);
  return true;
}

} // namespace

void evaluate(std::span<node *const> nodes, std::string_view what, const site &where) {
  recorder &r = recorder::get();
  std::vector<target> targets;
  std::vector<held_buffer> inputs; // the record may drop them while the program runs
  std::vector<array> outputs;
  std::vector<void *> in, out;
  std::unique_lock guard(r.lock());

  llvm::SmallVector<Value> roots;
  for (node *n : nodes) {
    if (n->concrete())
      continue;
    Value value = Value::getFromOpaquePointer(n->value);
    if (r.info(value.getDefiningOp()).traced)
      raise_traced(value, what, where);
    roots.push_back(value);
  }
  if (roots.empty())
    return;
  record_slice slice = slice_behind(roots);
  if (fill(slice, r) || copy_view(slice, r))
    return;
  keep_intermediates(r, slice);

  Structure structure = describe(slice.inputs, slice.ops, slice.results);
  executable code = code_for(structure, [&] { return clone(slice); });
  llvm::SmallVector<op_place> places = places_of(slice);
  for (Value input : slice.inputs) {
    const op_info &leaf = r.info(input.getDefiningOp());
    retain(leaf.leaf);
    inputs.emplace_back(leaf.leaf);
    in.push_back(leaf.data);
  }
  for (Operation *op : slice.ops)
    r.info(op).computed = true;
  for (Value result : slice.results)
    targets.push_back({result, r.name(result)});
  guard.unlock();

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
    if (n.concrete())
      continue; // another thread was faster
    node &result = access::get(outputs[i]);
    r.settle(targets[i].value, result.storage, result.data);
  }
}

} // namespace nd::detail
