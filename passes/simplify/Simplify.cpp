// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Simplify: the same bits with less work.
// Before   %1 = nd.multiply %x, %one ; %2 = nd.exp %1 ; %3 = nd.exp %x
// After    %2 = nd.exp %x, used for both
// Needs    resolved types.
// Gives    canonical ops, none twice, none unused.
// Refuses  algebra that changes a bit: x + 0 (it turns -0 into 0), x - x, reassociation. But a product
//          with an inverse becomes a solution, which is no less accurate, and one with a conjugate
//          transpose a call that makes no copy of it.
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

/// The operand of a transpose that swaps the last two axes; null for anything else.
Value turned(Value x) {
  auto transpose = x.getDefiningOp<nd::TransposeOp>();
  if (!transpose)
    return {};
  ArrayRef<int64_t> axes = transpose.getPermutation();
  const int64_t rank = axes.size();
  for (int64_t axis = 0; axis + 2 < rank; ++axis)
    if (axes[axis] != axis)
      return {};
  return rank >= 2 && axes[rank - 2] == rank - 1 ? transpose.getX() : Value();
}

/// Errors of \p call name the line of \p written, in whose place it stands.
void failAs(Operation *call, Operation *written) {
  if (Attribute site = written->getAttr("nd.site"))
    call->setAttr("nd.site", site);
}

/// The product with a conjugate transpose reads the matrix as it is, and x^H x is half the work.
LogicalResult readAdjoint(nd::MatmulOp op, PatternRewriter &rewriter) {
  Value x = op.getX1();
  auto conjugate = x.getDefiningOp<nd::ConjugateOp>();
  if (conjugate) {
    x = turned(conjugate.getX());
  } else {
    x = turned(x);
    conjugate = x ? x.getDefiningOp<nd::ConjugateOp>() : nullptr;
    x = conjugate ? conjugate.getX() : Value();
  }
  if (!x || !isa<ComplexType>(nd::elementOf(x)) || nd::elementOf(x) != nd::elementOf(op))
    return failure();
  auto product = nd::AdjointMatmulOp::create(rewriter, op.getLoc(), op.getType(), x, op.getX2());
  failAs(product, op);
  rewriter.replaceOp(op, product);
  return success();
}

/// inv(a) b is the x of a x = b: fewer steps and no less accurate, unless an inverse is used for
/// more than one stack of right-hand sides.
LogicalResult solveForInverse(nd::MatmulOp op, PatternRewriter &rewriter) {
  auto inverse = op.getX1().getDefiningOp<nd::InvOp>();
  if (!inverse || !inverse->hasOneUse())
    return failure();
  ArrayRef<int64_t> a = inverse.getA().getType().getShape(), b = op.getX2().getType().getShape();
  ArrayRef<int64_t> batch = a.drop_back(2);
  const bool once = b.size() == 1 ? batch.empty() : b.drop_back(2) == batch;
  if (!once || nd::elementOf(op.getX2()) != nd::elementOf(op) ||
      nd::elementOf(inverse.getA()) != nd::elementOf(op))
    return failure();
  auto solution =
      nd::SolveOp::create(rewriter, inverse.getLoc(), op.getType(), inverse.getA(), op.getX2());
  failAs(solution, inverse);
  rewriter.replaceOp(op, solution);
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
    set.add(readAdjoint);
    set.add(solveForInverse);
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
