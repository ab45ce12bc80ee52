// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// InferShapes: refine `?` extents.
// Before   %1 = nd.add %a, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<?x?xf64>
// After    %1 = nd.add %a, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
// Gives    the most precise types that follow from the arguments; a contradiction is an error.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Passes.h"

namespace nd {
#define GEN_PASS_DEF_INFERSHAPES
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;

namespace {
Type refine(Type known, Type inferred) {
  SmallVector<int64_t> shape(nd::tensorOf(known).getShape());
  for (auto [extent, better] : llvm::zip_equal(shape, nd::tensorOf(inferred).getShape()))
    if (ShapedType::isDynamic(extent))
      extent = better;
  return nd::tensorType(shape, nd::tensorOf(known).getElementType());
}

struct InferShapes : nd::impl::InferShapesBase<InferShapes> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    WalkResult walk = func.walk([&](Operation *op) {
      SmallVector<Type> types;
      if (auto infer = dyn_cast<InferTypeOpInterface>(op)) {
        if (!isa<nd::NdDialect>(op->getDialect()))
          return WalkResult::advance();
        if (failed(infer.inferReturnTypes(&getContext(), op->getLoc(), op->getOperands(), op->getRawDictionaryAttrs(),
                                          op->getPropertiesStorage(), op->getRegions(), types)))
          return WalkResult::interrupt();
        if (!nd::compatibleTypes(types, op->getResultTypes())) {
          op->emitOpError() << "has result types " << op->getResultTypes() << " but its operands give " << types;
          return WalkResult::interrupt();
        }
      } else if (isa<nd::CastOp, nd::CopyOp>(op)) {
        types.push_back(nd::tensorType(nd::tensorOf(op->getOperand(0).getType()).getShape(), nd::elementOf(op->getResult(0))));
      }
      for (auto [result, type] : llvm::zip(op->getResults(), types))
        result.setType(refine(result.getType(), type));
      return WalkResult::advance();
    });
    if (walk.wasInterrupted())
      return signalPassFailure();
    if (func.getBody().hasOneBlock())
      func.setType(FunctionType::get(&getContext(), func.getArgumentTypes(), func.front().getTerminator()->getOperandTypes()));
  }
};
} // namespace
