// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Simplify: the same bits with less work.
// Before   %1 = nd.multiply %x, %one ; %2 = nd.exp %1 ; %3 = nd.exp %x
// After    %2 = nd.exp %x, used for both
// Needs    resolved types.
// Gives    canonical ops, none twice, none unused.
// Refuses  algebra that changes a bit: x + 0 (it turns -0 into 0), x - x, reassociation.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "passes/Passes.h"
#include "llvm/ADT/MapVector.h"

namespace nd {
#define GEN_PASS_DEF_SIMPLIFY
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;

namespace {
/// Whether every element of \p x is the constant \p value.
bool isConstant(Value x, double value) {
  while (auto broadcast = x.getDefiningOp<nd::BroadcastToOp>())
    x = broadcast.getX();
  auto full = x.getDefiningOp<nd::FullOp>();
  if (!full || full.getParam())
    return false;
  if (auto real = dyn_cast<FloatAttr>(full.getValue()))
    return real.getValueAsDouble() == value && (value != 0 || !real.getValue().isNegative());
  // The parts of a complex number leave traces: (x + iy) 1 is x - 0y + i(0x + y).
  if (isa<ComplexType>(nd::elementOf(full)))
    return false;
  const APInt &integer = cast<IntegerAttr>(full.getValue()).getValue();
  return integer.getBitWidth() > 1 && integer.getSignificantBits() <= 8 &&
         double(integer.getSExtValue()) == value;
}

bool isInteger(Value x) { return isa<IntegerType>(nd::elementOf(x)); }

/// x * 1, x / 1, x - 0, and x + 0 on integers, are x.
template <class Op>
LogicalResult dropNeutral(Op op, PatternRewriter &rewriter, double neutral, bool commutes,
                          bool integersOnly = false) {
  if (integersOnly && !isInteger(op.getResult()))
    return failure();
  for (auto [x, y] : {std::pair(op.getX1(), op.getX2()), std::pair(op.getX2(), op.getX1())}) {
    if (x.getType() == op.getType() && isConstant(y, neutral)) {
      rewriter.replaceOp(op, x);
      return success();
    }
    if (!commutes)
      break;
  }
  return failure();
}

/// -(-x) is x.
LogicalResult dropDoubleNegation(nd::NegativeOp op, PatternRewriter &rewriter) {
  auto inner = op.getX().getDefiningOp<nd::NegativeOp>();
  if (!inner)
    return failure();
  rewriter.replaceOp(op, inner.getX());
  return success();
}

/// A division by a power of two is a multiplication by its reciprocal.
LogicalResult divideByTwo(nd::DivideOp op, PatternRewriter &rewriter) {
  if (!isConstant(op.getX2(), 2))
    return failure();
  ImplicitLocOpBuilder b(op.getLoc(), rewriter);
  Value half = nd::createFull(b, {}, op.getType().getElementType(), 0.5);
  rewriter.replaceOpWithNewOp<nd::MultiplyOp>(op, op.getType(), op.getX1(),
                                              nd::BroadcastToOp::create(b, op.getType(), half));
  return success();
}

/// The part of an update that was written is the value.
LogicalResult readUpdated(nd::SliceOp op, PatternRewriter &rewriter) {
  auto update = op.getX().getDefiningOp<nd::UpdateOp>();
  if (!update || update.getOffsets() != op.getOffsets() || update.getStrides() != op.getStrides() ||
      update.getValue().getType() != op.getType())
    return failure();
  rewriter.replaceOp(op, update.getValue());
  return success();
}

/// One reduction for results with and without the reduced axes: the later is a reshape of the
/// earlier.
void shareReductions(func::FuncOp func, IRRewriter &rewriter) {
  llvm::MapVector<std::tuple<OperationName, Value, Attribute>, Operation *> known;
  for (Operation &op : llvm::make_early_inc_range(func.getOps())) {
    auto reduction = dyn_cast<nd::ReductionOpInterface>(op);
    if (!reduction)
      continue;
    Attribute axes = rewriter.getDenseI64ArrayAttr(reduction.getReducedAxes());
    Operation *&first = known[{op.getName(), op.getOperand(0), axes}];
    if (!first) {
      first = &op;
    } else if (cast<nd::ReductionOpInterface>(first).keepsDims() != reduction.keepsDims()) {
      rewriter.setInsertionPoint(&op);
      rewriter.replaceOpWithNewOp<nd::ReshapeOp>(&op, op.getResult(0).getType(),
                                                 first->getResult(0));
    }
  }
}

struct Simplify : nd::impl::SimplifyBase<Simplify> {
  FrozenRewritePatternSet patterns;

  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet set(context);
    set.add(+[](nd::MultiplyOp op, PatternRewriter &r) { return dropNeutral(op, r, 1, true); });
    set.add(+[](nd::DivideOp op, PatternRewriter &r) { return dropNeutral(op, r, 1, false); });
    set.add(+[](nd::SubtractOp op, PatternRewriter &r) { return dropNeutral(op, r, 0, false); });
    set.add(+[](nd::AddOp op, PatternRewriter &r) { return dropNeutral(op, r, 0, true, true); });
    set.add(dropDoubleNegation);
    set.add(divideByTwo);
    set.add(
        +[](nd::CopyOp op, PatternRewriter &r) { return r.replaceOp(op, op.getX()), success(); });
    set.add(readUpdated);
    nd::PowerOp::getCanonicalizationPatterns(set, context);
    patterns = std::move(set);
    return success();
  }

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    DominanceInfo dominance(getOperation());
    eliminateCommonSubExpressions(rewriter, dominance, getOperation());
    shareReductions(getOperation(), rewriter);
    GreedyRewriteConfig config;
    config.enableFolding(true);
    bool changed = false;
    if (failed(applyPatternsGreedily(getOperation(), patterns, config, &changed)))
      return signalPassFailure();
    if (changed)
      eliminateCommonSubExpressions(rewriter, dominance, getOperation());
  }
};
} // namespace
