// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The pointwise ops that are more than a row.
#include "ir/NdOps.h"
#include "ir/body/Arith.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace nd;

LogicalResult CastOp::verify() {
  if (shapeOf(getX().getType()) != shapeOf(getType()))
    return emitOpError() << "changes the shape from " << getX().getType() << " to " << getType()
                         << "; it only changes the dtype";
  return success();
}
OpFoldResult CastOp::fold(FoldAdaptor) {
  return getX().getType() == getType() ? getX() : OpFoldResult();
}
SmallVector<Type> CastOp::getComputeDtypes() { return {elementOf(getX())}; }
Value CastOp::emitBody(ImplicitLocOpBuilder &b, ValueRange x) {
  return body::emitCast(b, x[0], elementOf(getX()), getType().getElementType());
}

SmallVector<Type> CopyOp::getComputeDtypes() { return {elementOf(getX())}; }
Value CopyOp::emitBody(ImplicitLocOpBuilder &, ValueRange x) { return x[0]; }

// x**2 is x*x, as NumPy computes it; exact for every dtype.
void PowerOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *) {
  patterns.add(+[](PowerOp op, PatternRewriter &rewriter) -> LogicalResult {
    Value exponent = op.getX2();
    while (auto broadcast = exponent.getDefiningOp<BroadcastToOp>())
      exponent = broadcast.getX();
    auto full = exponent.getDefiningOp<FullOp>();
    if (!full || full.getParam() || elementOf(op.getX1()) != op.getType().getElementType() ||
        op.getX1().getType() != op.getType())
      return failure();
    auto real = dyn_cast<FloatAttr>(full.getValue());
    auto integer = dyn_cast<IntegerAttr>(full.getValue());
    bool two = real      ? real.getValueAsDouble() == 2
               : integer ? integer.getValue() == 2
                         : full.getValue() == numberAttr(op.getType().getElementType(), 2);
    if (!two)
      return failure();
    rewriter.replaceOpWithNewOp<SquareOp>(op, op.getX1());
    return success();
  });
}
