// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// InferShapes: refine `?` extents.
// Before   %1 = nd.add %a, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<?x?xf64>
// After    %1 = nd.add %a, %b : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
// Gives    the most precise types that follow from the arguments; a contradiction is an error.
#include "ir/NdOps.h"
#include "ir/rules/axes.h"
#include "ir/rules/broadcast.h"
#include "ir/rules/extent.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Passes.h"
#include "llvm/ADT/DenseSet.h"

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

/// A run-time extent is made once, before a type names it.
LogicalResult checkExtents(func::FuncOp func) {
  llvm::SmallDenseSet<int64_t> made;
  auto known = [&](TypeRange types, Location loc) -> LogicalResult {
    for (Type type : types)
      if (auto tensor = dyn_cast<RankedTensorType>(type))
        for (int64_t extent : tensor.getShape())
          if (nd::rules::is_run_time(extent) && !made.contains(extent))
            return emitError(loc) << "names the extent " << nd::rules::extent_name(extent)
                                  << ", which no nd.extent before has made; make it of a count";
    return success();
  };
  if (failed(known(func.getArgumentTypes(), func.getLoc())))
    return failure();
  for (Operation &op : func.front()) {
    if (auto extent = dyn_cast<nd::ExtentOp>(op); extent && !made.insert(extent.getExtent()).second)
      return extent.emitOpError() << "makes the extent "
                                  << nd::rules::extent_name(extent.getExtent())
                                  << " a second time; name another";
    if (failed(known(op.getResultTypes(), op.getLoc())))
      return failure();
  }
  return success();
}

/// Programs are functions of one block that take and give arrays and hold ops of nd alone.
LogicalResult checkProgram(func::FuncOp func) {
  for (Type type : llvm::concat<const Type>(func.getArgumentTypes(), func.getResultTypes()))
    if (!isa<RankedTensorType>(type))
      return func.emitError() << "takes or gives " << type
                              << "; programs work on arrays, a scalar is a 0-d one: tensor<f64>";
  if (!func.getBody().hasOneBlock())
    return func.emitError() << "has several blocks; a program is straight-line code";
  if (failed(checkExtents(func)))
    return failure();
  for (Operation &op : func.front().without_terminator())
    if (!isa_and_present<nd::NdDialect>(op.getDialect()) || isa<nd::InputOp>(op))
      return op.emitError()
             << "'" << op.getName()
             << "' is no op of a program; use ops of nd, and arguments for arrays that exist";
  return success();
}

struct InferShapes : nd::impl::InferShapesBase<InferShapes> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (failed(checkProgram(func)))
      return signalPassFailure();
    WalkResult walk = func.walk([&](Operation *op) {
      SmallVector<Type> types;
      if (auto infer = dyn_cast<InferTypeOpInterface>(op)) {
        if (!isa<nd::NdDialect>(op->getDialect()))
          return WalkResult::advance();
        if (failed(infer.inferReturnTypes(&getContext(), op->getLoc(), op->getOperands(),
                                          op->getRawDictionaryAttrs(), op->getPropertiesStorage(),
                                          op->getRegions(), types)))
          return WalkResult::interrupt();
        if (!nd::compatibleTypes(types, op->getResultTypes())) {
          op->emitOpError() << "has result types " << op->getResultTypes()
                            << " but its operands give " << types;
          return WalkResult::interrupt();
        }
      } else if (isa<nd::ReshapeOp>(op)) {
        // With one `?` the number of elements decides it.
        nd::rules::shape wanted = nd::shapeOf(op->getResult(0).getType());
        if (llvm::count(wanted, nd::rules::dynamic) == 1 &&
            nd::tensorOf(op->getOperand(0).getType()).hasStaticShape()) {
          *llvm::find(wanted, nd::rules::dynamic) = -1;
          if (auto shape =
                  nd::rules::reshape_shape(nd::shapeOf(op->getOperand(0).getType()), wanted))
            types.push_back(nd::tensorType(*shape, nd::elementOf(op->getResult(0))));
        }
      } else if (isa<nd::BroadcastToOp>(op)) {
        if (auto shape = nd::rules::broadcast_to_shape(nd::shapeOf(op->getOperand(0).getType()),
                                                       nd::shapeOf(op->getResult(0).getType())))
          types.push_back(nd::tensorType(*shape, nd::elementOf(op->getResult(0))));
      } else if (isa<nd::CastOp, nd::CopyOp>(op)) {
        types.push_back(nd::tensorType(nd::tensorOf(op->getOperand(0).getType()).getShape(),
                                       nd::elementOf(op->getResult(0))));
      }
      for (auto [result, type] : llvm::zip(op->getResults(), types))
        result.setType(refine(result.getType(), type));
      return WalkResult::advance();
    });
    if (walk.wasInterrupted())
      return signalPassFailure();
    if (func.getBody().hasOneBlock())
      func.setType(FunctionType::get(&getContext(), func.getArgumentTypes(),
                                     func.front().getTerminator()->getOperandTypes()));
  }
};
} // namespace
