// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// PlanBuffers: give each array memory, reusing what is dead.
// Before   %1 = nd.kernel … ; %2 = nd.matmul %1, %b ; return %2
// After    the same with buffers = [0] on the kernel and [-1] on the product: temporary 0, result 0; the
//          function's nd.slots says how large each temporary is.
// Needs    kernels.
// Gives    one buffer per array that must stand in memory. A pointwise kernel writes over an operand that
//          dies there; otherwise a temporary goes to the next array with the same extents and item
//          size.
// Refuses  to let a library call or a reduction write over its operands.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Passes.h"
#include "passes/schedule/Access.h"

namespace nd {
#define GEN_PASS_DEF_PLANBUFFERS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;
using namespace nd;

namespace {

/// The value whose memory \p value lies in, seen through views and reshapes.
Value memoryOf(Value value) {
  while (Operation *def = value.getDefiningOp()) {
    if (!isa<ViewOpInterface>(def))
      break;
    value = def->getOperand(0);
  }
  return value;
}

/// Extents in ascending order, then the item size: arrays that agree in it occupy equally much.
SmallVector<int64_t> slotOf(Type type) {
  SmallVector<int64_t> key;
  for (int64_t extent : tensorOf(type).getShape())
    if (extent != 1)
      key.push_back(extent);
  llvm::sort(key);
  key.push_back(rules::itemsize(dtypeOf(tensorOf(type).getElementType())));
  return key;
}

struct PlanBuffers : nd::impl::PlanBuffersBase<PlanBuffers> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (!func.getBody().hasOneBlock())
      return;
    Block &block = func.front();
    Builder b(&getContext());
    llvm::DenseMap<Value, Operation *> lastUse;
    for (Operation &op : block)
      for (Value operand : op.getOperands())
        lastUse[memoryOf(operand)] = &op;
    llvm::DenseMap<Value, int64_t> bufferOf;
    for (OpOperand &operand : block.getTerminator()->getOpOperands())
      bufferOf[memoryOf(operand.get())] = -1 - int64_t(operand.getOperandNumber());
    // A view of a view dies with the last reader of either.
    auto dies = [&](Value memory, Operation *op) { return lastUse.lookup(memory) == op; };

    SmallVector<SmallVector<int64_t>> slots;
    SmallVector<bool> taken;
    for (Operation &op : block.without_terminator()) {
      if (isa<ViewOpInterface, GeneratorOpInterface>(op))
        continue;
      SmallVector<int64_t> buffers, inherited;
      auto kernel = dyn_cast<KernelOp>(op);
      for (Value result : op.getResults()) {
        if (auto known = bufferOf.find(result); known != bufferOf.end()) {
          buffers.push_back(known->second);
          continue;
        }
        SmallVector<int64_t> key = slotOf(result.getType());
        int64_t slot = -1;
        if (kernel)
          for (auto [i, input] : llvm::enumerate(kernel.getInputs()))
            if (int64_t candidate = overwritten(kernel, i, bufferOf, result.getType());
                candidate >= 0 && dies(memoryOf(input), &op) && slots[candidate] == key &&
                !llvm::is_contained(inherited, candidate)) {
              slot = candidate;
              inherited.push_back(slot);
              break;
            }
        for (size_t i = 0; slot < 0 && i < slots.size(); ++i)
          if (!taken[i] && slots[i] == key)
            slot = i;
        if (slot < 0) {
          slot = slots.size();
          slots.push_back(key);
          taken.push_back(false);
        }
        taken[slot] = true;
        bufferOf[result] = slot;
        buffers.push_back(slot);
      }
      op.setAttr("buffers", b.getDenseI64ArrayAttr(buffers));
      auto release = [&](Value memory) {
        auto known = bufferOf.find(memory);
        if (known != bufferOf.end() && known->second >= 0 &&
            !llvm::is_contained(inherited, known->second))
          taken[known->second] = false;
      };
      for (Value operand : op.getOperands())
        if (dies(memoryOf(operand), &op))
          release(memoryOf(operand));
      for (Value result : op.getResults())
        if (result.use_empty())
          release(result);
    }
    SmallVector<Attribute> sizes;
    for (auto &slot : slots)
      sizes.push_back(b.getDenseI64ArrayAttr(slot));
    func->setAttr("nd.slots", b.getArrayAttr(sizes));
  }

  /// The temporary of input \p i if the kernel reads each of its elements just where it writes the
  /// result's.
  int64_t overwritten(KernelOp kernel, unsigned i, const llvm::DenseMap<Value, int64_t> &bufferOf,
                      Type result) {
    Value input = kernel.getInputs()[i];
    auto known = bufferOf.find(input);
    if (!kernel.getReduced().empty() || known == bufferOf.end() || known->second < 0 ||
        tensorOf(input.getType()).getShape() != tensorOf(result).getShape() ||
        llvm::count(kernel.getInputs(), input) != 1)
      return -1;
    for (Operation *user : kernel.getBody().getArgument(i).getUsers())
      if (!isa<PointwiseOpInterface>(user))
        return -1;
    // Another input may read the same memory through a reshape or a slice.
    for (auto [j, other] : llvm::enumerate(kernel.getInputs()))
      if (j != i && memoryOf(other) == input)
        return -1;
    return known->second;
  }
};
} // namespace
