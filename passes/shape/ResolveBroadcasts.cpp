// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// ResolveBroadcasts: nothing implicit is left.
// Before   nd.add %a, %b : (tensor<4x3xf64>, tensor<3xi64>) -> tensor<4x3xf64>
// After    %c = nd.broadcast_to %b ; %d = nd.cast %c ; nd.add %a, %d : (tensor<4x3xf64>, tensor<4x3xf64>) -> …
// Needs    inferred shapes.
// Gives    pointwise operands of the result's shape in the dtypes that the body computes in; composite
//          ops (mean, var, std) written with others; library operands in the library's dtype.
// Refuses  an extent of `?` where another is known: whether it is 1 decides if it broadcasts.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Passes.h"

namespace nd {
#define GEN_PASS_DEF_RESOLVEBROADCASTS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;

namespace {
Value toDtype(ImplicitLocOpBuilder &b, Value x, Type element) {
  if (nd::elementOf(x) == element)
    return x;
  return nd::CastOp::create(b, nd::tensorType(nd::tensorOf(x.getType()).getShape(), element), x);
}

Value toShape(ImplicitLocOpBuilder &b, Value x, ArrayRef<int64_t> shape) {
  if (nd::tensorOf(x.getType()).getShape() == shape)
    return x;
  return nd::BroadcastToOp::create(b, nd::tensorType(shape, nd::elementOf(x)), x);
}

bool isSigned(Type t) { return isa<IntegerType>(t) && !t.isUnsignedInteger() && !t.isInteger(1); }

/// Signed and 64-bit unsigned integers have no common integer dtype, yet compare exactly (NumPy 2):
/// below zero the signed one is less than any other, else both are unsigned.
void compareExactly(nd::PointwiseOpInterface op) {
  if (op->getNumOperands() != 2 || !nd::elementOf(op->getResult(0)).isInteger(1) ||
      !isa<FloatType>(op.getComputeDtypes()[0]))
    return;
  Value x = op->getOperand(0), y = op->getOperand(1);
  bool signedFirst = isSigned(nd::elementOf(x)) && nd::elementOf(y).isUnsignedInteger(64);
  if (!signedFirst && !(isSigned(nd::elementOf(y)) && nd::elementOf(x).isUnsignedInteger(64)))
    return;
  ImplicitLocOpBuilder b(op->getLoc(), op);
  auto again = [&](Value left, Value right, Type type) {
    OperationState state(op->getLoc(), op->getName().getIdentifier(), ValueRange{left, right},
                         type);
    return b.create(state)->getResult(0);
  };
  auto scalar = [&](double value) { return nd::createFull(b, {}, b.getI64Type(), value); };
  auto unsign = [&](Value v) { return toDtype(b, v, b.getIntegerType(64, /*isSigned=*/false)); };
  Value signedOne = signedFirst ? x : y;
  Value below =
      nd::LessOp::create(b, signedOne, nd::createFull(b, {}, nd::elementOf(signedOne), 0));
  Value whenBelow = again(scalar(signedFirst ? -1 : 0), scalar(signedFirst ? 0 : -1),
                          nd::tensorType({}, b.getI1Type()));
  Value whenNot = again(unsign(x), unsign(y), op->getResult(0).getType());
  op->getResult(0).replaceAllUsesWith(nd::WhereOp::create(b, below, whenBelow, whenNot));
  op->erase();
}

/// Where the operands' dtype decides a wider result than was recorded, as float32 for sums of
/// float16: gives it, and rounds once behind.
void roundBehind(Operation *op) {
  SmallVector<Type> types;
  auto rule = dyn_cast<InferTypeOpInterface>(op);
  if (!rule || failed(rule.inferReturnTypes(op->getContext(), op->getLoc(), op->getOperands(),
                                            op->getRawDictionaryAttrs(), op->getPropertiesStorage(),
                                            op->getRegions(), types)))
    return;
  for (auto [result, type] : llvm::zip_equal(op->getResults(), types)) {
    Type element = nd::elementOf(result), wider = nd::tensorOf(type).getElementType();
    if (element == wider)
      continue;
    ImplicitLocOpBuilder b(op->getLoc(), op->getContext());
    b.setInsertionPointAfter(op);
    ArrayRef<int64_t> shape = nd::tensorOf(result.getType()).getShape();
    Type narrow = result.getType();
    result.setType(nd::tensorType(shape, wider));
    auto cast = nd::CastOp::create(b, narrow, result);
    result.replaceAllUsesExcept(cast, cast);
  }
}

struct ResolveBroadcasts : nd::impl::ResolveBroadcastsBase<ResolveBroadcasts> {
  void runOnOperation() override {
    SmallVector<Operation *> composites;
    getOperation().walk([&](nd::CompositeOpInterface op) { composites.push_back(op); });
    for (Operation *op : composites) {
      ImplicitLocOpBuilder b(op->getLoc(), op);
      op->getResult(0).replaceAllUsesWith(cast<nd::CompositeOpInterface>(op).decompose(b));
      op->erase();
    }
    for (Operation &op : llvm::make_early_inc_range(getOperation().getOps()))
      if (auto pointwise = dyn_cast<nd::PointwiseOpInterface>(op))
        compareExactly(pointwise);
    WalkResult walk = getOperation().walk([&](Operation *op) {
      ImplicitLocOpBuilder b(op->getLoc(), op);
      auto cast = [&](OpOperand &operand, Type element) {
        operand.set(toDtype(b, operand.get(), element));
      };
      if (auto pointwise = dyn_cast<nd::PointwiseOpInterface>(op)) {
        ArrayRef<int64_t> shape = nd::tensorOf(op->getResult(0).getType()).getShape();
        for (auto [operand, dtype] :
             llvm::zip_equal(op->getOpOperands(), pointwise.getComputeDtypes())) {
          if (failed(decided(op, operand.get(), shape)))
            return WalkResult::interrupt();
          // A cast behind the broadcast joins the kernel that reads it; one element is cast once.
          if (llvm::all_of(nd::tensorOf(operand.get().getType()).getShape(),
                           [](int64_t extent) { return extent == 1; }))
            cast(operand, dtype);
          operand.set(toShape(b, operand.get(), shape));
          cast(operand, dtype);
        }
      } else if (auto reduction = dyn_cast<nd::ReductionOpInterface>(op)) {
        cast(op->getOpOperand(0), reduction.getAccumulatorDtype());
        roundBehind(op);
      } else if (auto library = dyn_cast<nd::LibraryOpInterface>(op)) {
        for (auto [operand, dtype] :
             llvm::zip_equal(op->getOpOperands(), library.getOperandDtypes()))
          cast(operand, dtype);
        roundBehind(op);
      } else if (isa<nd::AssemblyOpInterface>(op)) {
        Type dtype = nd::elementOf(op->getResult(0));
        for (OpOperand &operand : op->getOpOperands())
          cast(operand, dtype);
      }
      return WalkResult::advance();
    });
    if (walk.wasInterrupted())
      signalPassFailure();
  }

  /// Whether it is known that \p x broadcasts to \p shape: an unknown extent meets an unknown one,
  /// and is it.
  LogicalResult decided(Operation *op, Value x, ArrayRef<int64_t> shape) {
    ArrayRef<int64_t> from = nd::tensorOf(x.getType()).getShape();
    for (auto [have, want] : llvm::zip_equal(from, shape.take_back(from.size())))
      if (ShapedType::isDynamic(have) && !ShapedType::isDynamic(want))
        return op->emitOpError()
               << "has an operand " << x.getType()
               << " with an extent that is not known where the result has " << want
               << ": whether it broadcasts depends on it; give the argument its size";
    return success();
  }
};
} // namespace
