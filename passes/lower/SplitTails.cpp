// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// SplitTails: loops over vectors as whole vectors, and a last one.
// Before   scf.for loops whose vectors are all masked, as the last one has to be
// After    a loop over whole vectors without masks, then one over what is left
// Needs    masks that nd-lower-to-loops has marked nd.tail: lane numbers below (upper bound - position).
// Gives    the same bits. Worth it for CPUs whose loads and stores take no mask, or not of all dtypes:
//          there LLVM writes a masked vector as a branch for each lane.
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/BuiltinOps.h"
#include "passes/Passes.h"
#include "llvm/ADT/MapVector.h"

namespace nd {
#define GEN_PASS_DEF_SPLITTAILS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;

namespace {

void split(scf::ForOp loop, ArrayRef<Operation *> masks) {
  OpBuilder b(loop);
  Location at = loop.getLoc();
  Value from = loop.getLowerBound(), to = loop.getUpperBound(), step = loop.getStep();
  Value zero = arith::ConstantOp::create(b, at, b.getZeroAttr(step.getType()));
  Value count = arith::MaxSIOp::create(b, at, arith::SubIOp::create(b, at, to, from), zero);
  Value rest = arith::RemUIOp::create(b, at, count, step);
  Value middle = arith::AddIOp::create(b, at, from, arith::SubIOp::create(b, at, count, rest));
  b.setInsertionPointAfter(loop);
  auto last = cast<scf::ForOp>(b.clone(*loop));
  last.setLowerBound(middle);
  loop.replaceAllUsesWith(last.getResults());
  last.getInitArgsMutable().assign(loop.getResults());
  loop.setUpperBound(middle);
  for (Operation *mask : masks) {
    b.setInsertionPoint(mask);
    auto type = cast<VectorType>(mask->getResult(0).getType());
    mask->replaceAllUsesWith(arith::ConstantOp::create(b, at, DenseElementsAttr::get(type, true)));
    mask->erase();
  }
}

struct SplitTails : nd::impl::SplitTailsBase<SplitTails> {
  void runOnOperation() override {
    llvm::MapVector<scf::ForOp, SmallVector<Operation *, 1>> loops;
    getOperation()->walk([&](arith::CmpIOp op) {
      if (op->hasAttr("nd.tail"))
        loops[op->getParentOfType<scf::ForOp>()].push_back(op);
    });
    for (auto &[loop, masks] : loops)
      split(loop, masks);
  }
};

} // namespace
