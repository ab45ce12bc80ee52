// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// SplitTails: loops over vectors as whole vectors, and a last one.
// Before   scf.for loops whose vectors are all masked, as the last one has to be
// After    a loop over whole vectors without masks, then one over what is left
// Needs    masks that nd-lower-to-loops has marked nd.tail: lane numbers below (upper bound - position).
// Gives    the same bits. Where loads and stores take no mask, or not of all dtypes, LLVM writes a masked
//          vector as a branch for each lane.
// Refuses  with `masks`, which then cost little, loops that would gain less than compiling them twice
//          costs: those of many ops, and those that store elements of more than a byte.
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
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

/// Whether masks take much of the time of \p loop even where the CPU has them: sums and the like in
/// cache take 0.5 to 0.85 of it without them, what stores bytes 0.6 to 0.7, the rest 0.9 to 1.
bool isLight(scf::ForOp loop) {
  constexpr int64_t mostOps = 32;
  int64_t ops = 0;
  bool stores = false;
  loop.getBody()->walk([&](Operation *op) {
    ++ops;
    if (auto store = dyn_cast<LLVM::MaskedStoreOp>(op))
      stores |= !cast<VectorType>(store.getValue().getType()).getElementType().isInteger(8);
  });
  return ops <= mostOps && !stores;
}

struct SplitTails : nd::impl::SplitTailsBase<SplitTails> {
  using SplitTailsBase::SplitTailsBase;

  void runOnOperation() override {
    llvm::MapVector<scf::ForOp, SmallVector<Operation *, 1>> loops;
    getOperation()->walk([&](arith::CmpIOp op) {
      if (op->hasAttr("nd.tail"))
        loops[op->getParentOfType<scf::ForOp>()].push_back(op);
    });
    for (auto &[loop, marked] : loops)
      if (!masks || isLight(loop))
        split(loop, marked);
  }
};

} // namespace
