// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// FuseKernels: grow loop nests until memory traffic stops falling.
// Before   %t = nd.exp %x ; %y = nd.sum %t {axes = [1]}
// After    %y = nd.kernel (%a = %x) domain [R, C] reduced [1] { … one nest … }
// Needs    resolved types.
// Gives    no pointwise op, generator or reduction outside a kernel; results of the function in memory
//          of their own.
// Refuses  a merge that recomputes a broadcast operand per element, one that walks a producer through a
//          slice or out of order, and two different sets of reduced dimensions in one nest.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "passes/Passes.h"
#include "passes/fuse/Clusters.h"
#include "llvm/ADT/SetVector.h"

namespace nd {
#define GEN_PASS_DEF_FUSEKERNELS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;
using namespace nd;

namespace {

/// Inserts nd.copy where a value must stand in memory and would not: results of the function that
/// are an argument, a view, a generator or another result; and what a library call, an assembly,
/// an update or a reshape reads from a generator, or in C order from a view.
void insertCopies(func::FuncOp func) {
  auto copy = [](OpOperand &operand) {
    ImplicitLocOpBuilder b(operand.getOwner()->getLoc(), operand.getOwner());
    if (Operation *def = operand.get().getDefiningOp())
      b.setLoc(def->getLoc());
    operand.set(CopyOp::create(b, operand.get()));
  };
  auto isGenerated = [](Value value) {
    Operation *root = value.getDefiningOp();
    while (root && isa<ViewOpInterface>(root) && !isOpaqueReshape(root))
      root = root->getOperand(0).getDefiningOp();
    return isa_and_present<GeneratorOpInterface>(root);
  };
  func.walk([&](Operation *op) {
    bool reshapes = isOpaqueReshape(op);
    if (!reshapes && !isa<LibraryOpInterface, AssemblyOpInterface, UpdateOpInterface>(op))
      return;
    for (OpOperand &operand : op->getOpOperands()) {
      Operation *def = operand.get().getDefiningOp();
      bool isView = isa_and_present<ViewOpInterface>(def) && !isOpaqueReshape(def);
      if (isGenerated(operand.get()) || (reshapes && isView))
        copy(operand);
    }
  });
  llvm::SmallPtrSet<Value, 4> returned;
  for (OpOperand &operand : func.front().getTerminator()->getOpOperands()) {
    Value memory = operand.get();
    // Before a check nobody knows whether the result has room for it.
    while (isOpaqueReshape(memory.getDefiningOp()) &&
           !isa<LibraryOpInterface>(memory.getDefiningOp()))
      memory = memory.getDefiningOp()->getOperand(0);
    Operation *def = memory.getDefiningOp();
    if (!def || isa<ViewOpInterface, GeneratorOpInterface>(def) || !returned.insert(memory).second)
      copy(operand);
  }
}

struct Emitter {
  func::FuncOp func;
  Clusters &clusters;
  Block &block = func.front();
  IRMapping outer = {};

  /// Clones \p value's views (and generators) into the kernel; the root becomes an input.
  Value inside(Value value, OpBuilder &b, IRMapping &map, Block &body, SmallVector<Value> &inputs) {
    if (Value known = map.lookupOrNull(value))
      return known;
    Operation *def = value.getDefiningOp();
    if (def &&
        (isa<GeneratorOpInterface>(def) || (isa<ViewOpInterface>(def) && !isOpaqueReshape(def)))) {
      for (Value operand : def->getOperands())
        inside(operand, b, map, body, inputs);
      b.clone(*def, map);
      return map.lookup(value);
    }
    inputs.push_back(outer.lookupOrDefault(value));
    map.map(value, body.addArgument(value.getType(), value.getLoc()));
    return map.lookup(value);
  }

  void kernel(OpBuilder &at, const Cluster &cluster) {
    SmallVector<Location> locations;
    SmallVector<Value> inputs, results, yielded;
    Region region;
    Block &body = region.emplaceBlock();
    OpBuilder b(at.getContext());
    b.setInsertionPointToEnd(&body);
    IRMapping map;
    for (Operation *op : cluster.ops) {
      locations.push_back(op->getLoc());
      for (Value operand : op->getOperands())
        inside(operand, b, map, body, inputs);
      Operation *clone = b.clone(*op, map);
      clone->setAttr("loops", b.getDenseI64ArrayAttr(clusters.loopsOf(op)));
      if (llvm::any_of(op->getUsers(),
                       [&](Operation *user) { return clusters.usedOutside(op, user); })) {
        results.push_back(op->getResult(0));
        yielded.push_back(clone->getResult(0));
      }
    }
    YieldOp::create(b, at.getUnknownLoc(), yielded);
    Location loc =
        locations.size() == 1 ? locations.front() : FusedLoc::get(at.getContext(), locations);
    auto kernel = KernelOp::create(at, loc, ValueRange(yielded).getTypes(), inputs, cluster.extents,
                                   cluster.reducedDimensions());
    kernel.getBody().takeBody(region);
    outer.map(results, kernel.getResults());
  }

  void run() {
    SmallVector<Operation *> old;
    for (Operation &op : block)
      old.push_back(&op);
    OpBuilder b = OpBuilder::atBlockEnd(&block);
    for (const Unit &unit : clusters.inOrder()) {
      if (unit.cluster) {
        kernel(b, *unit.cluster);
      } else {
        Operation *clone = b.clone(*unit.op, outer);
        for (auto [from, to] : llvm::zip_equal(unit.op->getResults(), clone->getResults()))
          outer.map(from, to);
      }
    }
    for (Operation *op : llvm::reverse(old)) {
      op->dropAllUses();
      op->erase();
    }
  }
};

struct FuseKernels : nd::impl::FuseKernelsBase<FuseKernels> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (!func.getBody().hasOneBlock())
      return;
    insertCopies(func);
    Clusters clusters(func.front());
    Emitter{func, clusters}.run();
  }
};
} // namespace
