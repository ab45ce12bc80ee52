// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// PlanBuffers: give each array memory, reusing what is dead.
// Before   %1 = nd.kernel … ; %2 = nd.matmul %1, %b ; return %2
// After    the same with buffers = [0] on the kernel and [-1] on the product: temporary 0, result 0; the
//          function's nd.slots says how large each temporary is.
// Needs    kernels.
// Gives    one buffer per array that must stand in memory. A pointwise kernel writes over an operand that
//          dies there; otherwise a temporary goes to the next array with the same extents and item
//          size.
//          A result that is tied to an argument (nd.ties) lies in the argument's memory, which is
//          also a place for arrays like it once nobody reads the argument: so an update of a part
//          writes that part and nothing else. A kernel computes such a part in its place if it can;
//          the update is then "placed" and has nothing left to do.
//          A followed call and its kernel count as one: a kernel that would write over what the
//          call reads no longer follows it.
// Refuses  to let a library call or a reduction write over its operands.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Passes.h"
#include "passes/fuse/Clusters.h"
#include "passes/schedule/Access.h"
#include "passes/schedule/Placement.h"
#include "llvm/ADT/BitVector.h"

namespace nd {
#define GEN_PASS_DEF_PLANBUFFERS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;
using namespace nd;

namespace {

/// The operand that the result is but for a part, and over which it may be written: no other
/// operand lies in its memory. Null if there is none.
Value rewritten(Operation *op) {
  std::optional<unsigned> updated;
  if (auto library = dyn_cast<LibraryOpInterface>(op))
    updated = library.getUpdatedOperand();
  else if (isa<UpdateOpInterface>(op))
    updated = 0;
  if (!updated)
    return {};
  Value old = op->getOperand(*updated);
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    if (i != *updated && memoryOf(operand) == memoryOf(old))
      return {};
  return old;
}

/// Whether \p value is all of its memory in the same order: at most under another shape or dtype.
bool inOrder(Value value) {
  while (Operation *def = value.getDefiningOp()) {
    if (!isa<ViewOpInterface>(def))
      break;
    if (!isa<ReshapeOp>(def) && !isOpaqueReshape(def))
      return false;
    value = def->getOperand(0);
  }
  return true;
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

LogicalResult checkTies(func::FuncOp func) {
  auto ties = func->getAttrOfType<DenseI64ArrayAttr>("nd.ties");
  if (!ties)
    return success();
  if (ties.size() != func.getNumResults())
    return func.emitError() << "has " << ties.size() << " entries in nd.ties for "
                            << func.getNumResults() << " results; give each the argument that it "
                            << "overwrites, or -1";
  for (auto [tie, type] : llvm::zip_equal(ties.asArrayRef(), func.getResultTypes()))
    if (tie < -1 || tie >= int64_t(func.getNumArguments()) ||
        (tie >= 0 && func.getArgumentTypes()[tie] != type))
      return func.emitError() << "ties a result of type " << type << " to argument " << tie
                              << ", which is none of that type";
  return success();
}

struct PlanBuffers : nd::impl::PlanBuffersBase<PlanBuffers> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (!func.getBody().hasOneBlock())
      return;
    Block &block = func.front();
    Builder b(&getContext());
    if (failed(checkTies(func)))
      return signalPassFailure();
    llvm::DenseMap<Value, Operation *> lastUse;
    for (Operation &op : block)
      for (Value operand : op.getOperands())
        lastUse[memoryOf(operand)] = &op;
    // The first slots are the memory of the results: each has to end in its own, its home. Where a
    // result overwrites an argument, the argument holds it at first.
    llvm::DenseMap<Value, int64_t> bufferOf, home;
    SmallVector<SmallVector<int64_t>> slots;
    SmallVector<Value> holder; // of each slot; null while it is free
    llvm::BitVector tied;
    auto terminator = block.getTerminator();
    auto ties = func->getAttrOfType<DenseI64ArrayAttr>("nd.ties");
    for (OpOperand &operand : terminator->getOpOperands()) {
      int64_t tie = ties ? ties[operand.getOperandNumber()] : -1;
      home[memoryOf(operand.get())] = slots.size();
      if (tie >= 0)
        bufferOf[block.getArgument(tie)] = slots.size();
      slots.push_back(slotOf(operand.get().getType()));
      holder.push_back(tie >= 0 ? block.getArgument(tie) : Value());
      tied.push_back(tie >= 0);
    }
    const int64_t results = slots.size();
    // A view of a view dies with the last reader of either.
    auto dies = [&](Value memory, Operation *op) {
      Operation *last = lastUse.lookup(memory);
      return !last || last == op || last->isBeforeInBlock(op);
    };
    // What an update writes into stands where the update's result has to.
    llvm::DenseMap<Value, int64_t> target = home;
    for (Operation &op : llvm::reverse(block.without_terminator()))
      if (Value old = rewritten(&op); old && lastUse.lookup(memoryOf(old)) == &op && inOrder(old))
        if (auto known = target.find(op.getResult(0)); known != target.end())
          target.try_emplace(memoryOf(old), int64_t(known->second));
    for (Operation &op : block.without_terminator())
      if (Operation *call = leaderOf(&op))
        follow(call, cast<KernelOp>(op), target, tied, lastUse);
    /// The slot that \p update writes a part of in place, -1 if it will not.
    auto updatedSlot = [&](Operation *update) -> int64_t {
      Value old = rewritten(update);
      auto known = old ? bufferOf.find(old) : bufferOf.end();
      if (known == bufferOf.end() || known->second < 0 || holder[known->second] != old ||
          lastUse.lookup(old) != update || home.contains(old))
        return -1;
      auto wanted = target.find(update->getResult(0));
      return wanted == target.end() || wanted->second == known->second ? known->second : -1;
    };

    for (Operation &op : block.without_terminator()) {
      if (isa<ViewOpInterface, GeneratorOpInterface, ExtentOp>(op))
        continue;
      SmallVector<int64_t> buffers;
      auto kernel = dyn_cast<KernelOp>(op);
      // What dies before this op is free for it.
      for (size_t i = 0; i < slots.size(); ++i)
        if (holder[i] && dies(holder[i], &op) && lastUse.lookup(holder[i]) != &op &&
            !home.contains(holder[i]))
          holder[i] = {};
      SmallVector<int64_t> inherited;
      for (Value result : op.getResults()) {
        SmallVector<int64_t> key = slotOf(result.getType());
        auto wanted = target.find(result);
        int64_t slot = -1;
        if (auto update = kernel ? placingUpdate(result) : UpdateOpInterface();
            update && updatedSlot(update) >= 0 && canPlace(kernel, result, update)) {
          update->setAttr("placed", b.getUnitAttr());
          bufferOf[result] = updatedSlot(update);
          buffers.push_back(bufferOf[result]);
          continue;
        }
        auto inherit = [&](int64_t candidate, Value operand) {
          if (candidate < 0 || slot >= 0 || !holder[candidate] ||
              holder[candidate] != memoryOf(operand) || !dies(holder[candidate], &op) ||
              home.contains(holder[candidate]) || !inOrder(operand) ||
              readsMemory(leaderOf(&op), holder[candidate]) ||
              llvm::is_contained(inherited, candidate) ||
              (wanted != target.end() && wanted->second != candidate))
            return;
          slot = candidate;
          inherited.push_back(slot);
        };
        if (kernel)
          for (Value input : kernel.getInputs())
            if (int64_t candidate = overwritten(kernel, input, bufferOf, result.getType());
                candidate >= 0 && slots[candidate] == key)
              inherit(candidate, input);
        if (Value old = rewritten(&op))
          if (auto known = bufferOf.find(memoryOf(old)); known != bufferOf.end())
            inherit(known->second, old);
        if (slot < 0 && wanted != target.end() && !holder[wanted->second])
          slot = wanted->second;
        for (int64_t i = wanted == target.end() ? 0 : results;
             slot < 0 && i < int64_t(slots.size()); ++i)
          if (!holder[i] && slots[i] == key && (i >= results || tied[i]))
            slot = i;
        if (slot < 0) {
          slot = slots.size();
          slots.push_back(key);
          holder.push_back({});
        }
        holder[slot] = result;
        bufferOf[result] = slot;
        buffers.push_back(slot);
      }
      op.setAttr("buffers", b.getDenseI64ArrayAttr(buffers));
      for (Value result : op.getResults())
        if (result.use_empty())
          if (auto known = bufferOf.find(result); known != bufferOf.end() && known->second >= 0)
            holder[known->second] = {};
    }
    for (Operation &op : block.without_terminator())
      if (op.hasAttr("followed") && !leavesOperands(&op, bufferOf, tied))
        op.removeAttr("followed");
    // Results have negative numbers, temporaries count from 0.
    for (Operation &op : block.without_terminator())
      if (auto buffers = op.getAttrOfType<DenseI64ArrayAttr>("buffers")) {
        SmallVector<int64_t> numbers(buffers.asArrayRef());
        for (int64_t &number : numbers)
          number = number < results ? -1 - number : number - results;
        op.setAttr("buffers", b.getDenseI64ArrayAttr(numbers));
      }
    slots.erase(slots.begin(), slots.begin() + results);
    SmallVector<Attribute> sizes;
    for (auto &slot : slots)
      sizes.push_back(b.getDenseI64ArrayAttr(slot));
    func->setAttr("nd.slots", b.getArrayAttr(sizes));
  }

  /// The followed call that runs \p op, if there is one.
  static Operation *leaderOf(Operation *op) {
    Operation *before = op->getPrevNode();
    return before && before->hasAttr("followed") ? before : nullptr;
  }

  /// What a call makes for the kernel behind it lies where the kernel writes over it, and what it
  /// reads lives as long as the kernel runs. Where the kernel had better write over that, in memory
  /// of the caller's, it no longer follows.
  static void follow(Operation *call, KernelOp kernel, llvm::DenseMap<Value, int64_t> &target,
                     const llvm::BitVector &tied, llvm::DenseMap<Value, Operation *> &lastUse) {
    Value made = call->getResult(0);
    for (Value result : kernel.getResults()) {
      auto known = target.find(result);
      if (known == target.end())
        continue;
      int64_t slot = known->second;
      if (tied[slot]) {
        call->removeAttr("followed");
        return;
      }
      if (lastUse.lookup(made) == kernel && slotOf(made.getType()) == slotOf(result.getType()) &&
          overwrites(kernel, made, result.getType()))
        target.try_emplace(made, slot);
    }
    for (Value operand : call->getOperands())
      if (Operation *&last = lastUse[memoryOf(operand)]; last->isBeforeInBlock(kernel))
        last = kernel;
  }

  static bool readsMemory(Operation *call, Value memory) {
    return call && llvm::any_of(call->getOperands(),
                                [&](Value operand) { return memoryOf(operand) == memory; });
  }

  /// Whether the kernel behind a followed call writes nothing that the call reads: they run side by
  /// side. The memory of a tied result belongs to the caller, who may know it by another name.
  static bool leavesOperands(Operation *call, const llvm::DenseMap<Value, int64_t> &bufferOf,
                             const llvm::BitVector &tied) {
    for (Value result : call->getNextNode()->getResults()) {
      int64_t written = bufferOf.lookup(result);
      if (written < int64_t(tied.size()) && tied[written])
        return false;
      for (Value operand : call->getOperands())
        if (auto read = bufferOf.find(memoryOf(operand));
            read != bufferOf.end() && read->second == written)
          return false;
    }
    return true;
  }

  /// Whether \p kernel reads each element of \p input, whose memory it reads in no other way, just
  /// where it writes that of a result.
  static bool overwrites(KernelOp kernel, Value input, Type result) {
    if (!kernel.getReduced().empty() ||
        tensorOf(input.getType()).getShape() != tensorOf(result).getShape() ||
        llvm::count(kernel.getInputs(), input) != 1)
      return false;
    for (auto [i, other] : llvm::enumerate(kernel.getInputs())) {
      // Another input may read the same memory through a reshape or a slice.
      if (other != input && memoryOf(other) == input)
        return false;
      if (other == input)
        for (Operation *user : kernel.getBody().getArgument(i).getUsers())
          if (!isa<PointwiseOpInterface>(user))
            return false;
    }
    return true;
  }

  /// The slot of an input that the kernel can write \p result over, -1 if it cannot.
  static int64_t overwritten(KernelOp kernel, Value input,
                             const llvm::DenseMap<Value, int64_t> &bufferOf, Type result) {
    auto known = bufferOf.find(input);
    return known != bufferOf.end() && overwrites(kernel, input, result) ? known->second : -1;
  }
};
} // namespace
