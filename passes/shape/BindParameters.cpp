// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// BindParameters: number what is given at run time.
// Before   nd.full 2.5 : f32 -> tensor<f32>
// After    nd.full 2.5 : f32 {param = 2} -> tensor<f32>, in a function with nd.sizes = [4096, 1024]
// Needs    the recorded stage with its shapes inferred, before any op is rewritten.
// Gives    sizes and scalars that the code reads from its parameters, so that a new size or a new
//          scalar runs the same code; nd.site numbers on library ops, for error locations.
#include "ir/Structure.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Passes.h"

namespace nd {
#define GEN_PASS_DEF_BINDPARAMETERS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;

namespace {
struct BindParameters : nd::impl::BindParametersBase<BindParameters> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (func->hasAttr("nd.sizes") || !func.getBody().hasOneBlock())
      return;
    Builder b(&getContext());
    SmallVector<Value> inputs(func.getArguments());
    SmallVector<Operation *> ops;
    for (Operation &op : func.front().without_terminator())
      ops.push_back(&op);
    nd::Structure structure =
        nd::describe(inputs, ops, SmallVector<Value>(func.front().getTerminator()->getOperands()));
    func->setAttr("nd.sizes",
                  b.getDenseI64ArrayAttr(ArrayRef(structure.params).take_front(structure.sizes)));
    int64_t slot = structure.sizes;
    for (Operation *op : structure.scalars) {
      auto full = cast<nd::FullOp>(op);
      full.setParam(slot);
      slot += nd::bitsOf(full.getValue()).size();
    }
    for (auto [i, op] : llvm::enumerate(ops))
      if (isa<nd::LibraryOpInterface, nd::ExtentOp>(op))
        op->setAttr("nd.site", b.getI64IntegerAttr(i + 1));
  }
};
} // namespace
