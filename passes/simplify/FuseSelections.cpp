// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// FuseSelections: reduce what a mask chooses without building it.
// Before   %c = nd.sum %m ; nd.extent %c {extent = n0} ; %y = nd.compress %m, %x -> tensor<n0xf64>
//          %z = nd.multiply %y, %y ; %s = nd.sum %z
// After    %z = nd.multiply %x, %x ; %w = nd.where %m, %z, 0 ; %s = nd.sum %w
// Needs    resolved types.
// Gives    one pass over the array; nd.count of the chosen elements is the sum of the mask; an extent
//          that nothing names any more is gone.
// Refuses  a chosen array that something else reads too: it has to be built anyway; positions
//          (argmax), which count among the chosen.
#include "ir/NdOps.h"
#include "ir/rules/extent.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "passes/Passes.h"

namespace nd {
#define GEN_PASS_DEF_FUSESELECTIONS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;
using namespace nd;

namespace {

bool namesRunTime(Type type) { return llvm::any_of(tensorOf(type).getShape(), rules::is_run_time); }

/// Whether \p op folds all that its operand's first axis has into values.
bool folds(Operation *op) {
  auto reduction = dyn_cast<ReductionOpInterface>(op);
  return reduction && !reduction.usesPosition() &&
         llvm::is_contained(reduction.getReducedAxes(), 0);
}

/// Whether nothing needs the elements of \p value but reductions.
bool isOnlyReduced(Value value) {
  return llvm::all_of(value.getUsers(), [](Operation *user) {
    return folds(user) || (isa<PointwiseOpInterface>(user) && isOnlyReduced(user->getResult(0)));
  });
}

/// The mask by which a tree of pointwise ops chooses, if it is one mask and only reductions read
/// the tree; null otherwise.
Value maskOf(Value root) {
  Value mask;
  SmallVector<Value> work = {root};
  while (!work.empty()) {
    Value value = work.pop_back_val();
    if (!namesRunTime(value.getType()))
      return {};
    Operation *def = value.getDefiningOp();
    if (!def || !isOnlyReduced(value))
      return {};
    if (auto chosen = dyn_cast<CompressOp>(def)) {
      if (namesRunTime(chosen.getX().getType()) || (mask && chosen.getMask() != mask))
        return {};
      mask = chosen.getMask();
    } else if (isa<PointwiseOpInterface>(def)) {
      for (Value operand : def->getOperands())
        if (!isa_and_present<FullOp>(operand.getDefiningOp()))
          work.push_back(operand);
    } else if (auto broadcast = dyn_cast<BroadcastToOp>(def)) {
      if (namesRunTime(broadcast.getX().getType()))
        return {};
    } else {
      return {};
    }
  }
  return mask;
}

/// The tree over all elements and not only the chosen ones, whose first axis becomes the mask's.
Value overAll(ImplicitLocOpBuilder &b, Value value, ArrayRef<int64_t> maskShape) {
  auto type = tensorOf(value.getType());
  SmallVector<int64_t> shape(maskShape);
  llvm::append_range(shape, type.getShape().drop_front());
  Operation *def = value.getDefiningOp();
  if (auto chosen = dyn_cast<CompressOp>(def))
    return chosen.getX();
  RankedTensorType wide = tensorType(shape, type.getElementType());
  if (auto full = dyn_cast<FullOp>(def))
    return FullOp::create(b, wide, full.getValue(), full.getParamAttr());
  if (auto broadcast = dyn_cast<BroadcastToOp>(def)) {
    Value x = broadcast.getX();
    auto in = tensorOf(x.getType());
    if (in.getRank() == type.getRank()) { // its first axis has extent 1
      SmallVector<int64_t> ones(maskShape.size(), 1);
      llvm::append_range(ones, in.getShape().drop_front());
      x = ReshapeOp::create(b, tensorType(ones, in.getElementType()), x);
    }
    return BroadcastToOp::create(b, wide, x);
  }
  IRMapping map;
  for (Value operand : def->getOperands())
    map.map(operand, overAll(b, operand, maskShape));
  Operation *clone = b.clone(*def, map);
  clone->getResult(0).setType(wide);
  return clone->getResult(0);
}

bool fuse(ReductionOpInterface reduction) {
  Value x = reduction->getOperand(0);
  if (!folds(reduction) || !namesRunTime(x.getType()))
    return false;
  Value mask = maskOf(x);
  if (!mask)
    return false;
  ImplicitLocOpBuilder b(reduction.getLoc(), reduction);
  ArrayRef<int64_t> maskShape = tensorOf(mask.getType()).getShape();
  const int64_t more = int64_t(maskShape.size()) - 1;
  Value all = overAll(b, x, maskShape);
  auto type = tensorOf(all.getType());
  SmallVector<int64_t> shape(maskShape);
  shape.resize(type.getRank(), 1);
  Value choose = mask;
  if (shape.size() != maskShape.size())
    choose = ReshapeOp::create(b, tensorType(shape, b.getI1Type()), choose);
  if (shape != type.getShape())
    choose = BroadcastToOp::create(b, tensorType(type.getShape(), b.getI1Type()), choose);
  TypedAttr identity = reduction.getIdentity()[0];
  if (auto whole = dyn_cast<IntegerAttr>(identity)) // without a sign, as arithmetic takes it
    identity = IntegerAttr::get(type.getElementType(), whole.getValue());
  Value neutral = FullOp::create(b, type, identity, IntegerAttr());
  Value chosen = WhereOp::create(b, type, choose, all, neutral);
  SmallVector<int64_t> axes;
  for (int64_t axis = 0; axis <= more; ++axis)
    axes.push_back(axis);
  for (int64_t axis : reduction.getReducedAxes().drop_front())
    axes.push_back(axis + more);
  OperationState state(reduction.getLoc(), reduction->getName());
  state.addOperands(chosen);
  NamedAttrList attributes(reduction->getAttrDictionary());
  attributes.set("axes", b.getDenseI64ArrayAttr(axes));
  state.addAttributes(attributes.getAttrs());
  RankedTensorType old = tensorOf(reduction->getResult(0).getType());
  SmallVector<int64_t> result(old.getShape());
  if (reduction.keepsDims())
    result.insert(result.begin(), more, 1);
  state.addTypes(tensorType(result, old.getElementType()));
  Value folded = b.create(state)->getResult(0);
  if (folded.getType() != old)
    folded = ReshapeOp::create(b, old, folded);
  reduction->getResult(0).replaceAllUsesWith(folded);
  return true;
}

struct FuseSelections : nd::impl::FuseSelectionsBase<FuseSelections> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (!func.getBody().hasOneBlock())
      return;
    llvm::DenseMap<int64_t, ExtentOp> extents;
    for (auto extent : func.getOps<ExtentOp>())
      extents[extent.getExtent()] = extent;
    if (extents.empty())
      return;
    // The number of chosen elements is at hand.
    for (auto count : llvm::make_early_inc_range(func.getOps<CountOp>())) {
      SmallVector<int64_t> rest;
      Value product;
      ImplicitLocOpBuilder b(count.getLoc(), count);
      for (int64_t extent : count.getExtents()) {
        auto known = extents.find(extent);
        if (known == extents.end()) {
          rest.push_back(extent);
          continue;
        }
        Value number = known->second.getCount();
        product =
            product ? Value(MultiplyOp::create(b, product.getType(), product, number)) : number;
      }
      if (!product)
        continue;
      if (!rest.empty())
        product = MultiplyOp::create(b, product.getType(), product,
                                     CountOp::create(b, tensorOf(product.getType()), rest));
      if (product.getType() != count.getType())
        product = CastOp::create(b, count.getType(), product);
      count.replaceAllUsesWith(product);
      count.erase();
    }
    SmallVector<ReductionOpInterface> reductions(func.getOps<ReductionOpInterface>());
    for (ReductionOpInterface reduction : reductions)
      fuse(reduction);
    // What is left of the trees, and extents that nothing names.
    llvm::SmallDenseSet<int64_t> named;
    SmallVector<Operation *> ops;
    for (Operation &op : func.front().without_terminator())
      ops.push_back(&op);
    for (Operation *each : llvm::reverse(ops)) {
      Operation &op = *each;
      if (isMemoryEffectFree(&op) && op.use_empty()) {
        op.erase();
        continue;
      }
      if (auto extent = dyn_cast<ExtentOp>(op)) {
        if (!extent.getNonempty() && !named.contains(extent.getExtent()))
          op.erase();
        continue;
      }
      for (Type type : llvm::concat<const Type>(op.getOperandTypes(), op.getResultTypes()))
        for (int64_t extent : tensorOf(type).getShape())
          named.insert(extent);
      if (auto count = dyn_cast<CountOp>(op))
        named.insert_range(count.getExtents());
      else if (auto slice = dyn_cast<SliceOp>(op))
        named.insert_range(slice.getOffsets());
      else if (auto update = dyn_cast<UpdateOp>(op))
        named.insert_range(update.getOffsets());
    }
  }
};
} // namespace
