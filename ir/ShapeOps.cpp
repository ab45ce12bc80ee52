// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Shape and creation ops: inference, verifiers, views, folds.
#include "ir/NdOps.h"
#include "ir/rules/axes.h"
#include "ir/rules/broadcast.h"
#include "ir/rules/extent.h"
#include "ir/rules/slice.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace nd;

static View identityView(int64_t rank) {
  View view;
  for (int64_t i = 0; i < rank; ++i)
    view.source.push_back(i);
  view.step.assign(rank, 1);
  view.offset.assign(rank, 0);
  return view;
}

static LogicalResult sameDtype(Operation *op) {
  Type x = elementOf(op->getOperand(0)), result = elementOf(op->getResult(0));
  if (x != result)
    return op->emitOpError() << "has a result of dtype " << result << " for an operand of dtype "
                             << x << "; change dtypes with nd.cast";
  return success();
}

// reshape

LogicalResult ReshapeOp::verify() {
  auto shape = rules::reshape_shape(shapeOf(getX().getType()), shapeOf(getType()));
  if (!shape)
    return ruleFailure(getLoc(), "reshape", shape.error());
  return sameDtype(*this);
}

bool ReshapeOp::getView(View &view) {
  ArrayRef<int64_t> in = tensorOf(getX().getType()).getShape(), out = getType().getShape();
  view.offset.assign(in.size(), 0);
  size_t i = 0;
  for (int64_t extent : out) {
    while (i < in.size() && in[i] == 1 && extent != 1)
      ++i;
    bool matches = i < in.size() && in[i] == extent && !ShapedType::isDynamic(extent);
    if (!matches && extent != 1)
      return false;
    view.source.push_back(matches ? int64_t(i++) : -1);
    view.step.push_back(1);
  }
  return llvm::all_of(in.drop_front(i), [](int64_t extent) { return extent == 1; });
}

OpFoldResult ReshapeOp::fold(FoldAdaptor) {
  if (getX().getType() == getType())
    return getX();
  if (auto inner = getX().getDefiningOp<ReshapeOp>()) {
    getXMutable().assign(inner.getX());
    return getResult();
  }
  return {};
}

// bitcast

LogicalResult BitcastOp::verify() {
  auto bytes = [](Value x) {
    auto count = rules::element_count(shapeOf(x.getType()));
    return count && *count != rules::dynamic
               ? std::optional(*count * int64_t(rules::itemsize(dtypeOf(elementOf(x)))))
               : std::nullopt;
  };
  std::optional<int64_t> from = bytes(getX()), to = bytes(getResult());
  if (from && to && *from != *to)
    return emitOpError() << "gives " << *to << " bytes of " << *from
                         << "; the last extent changes with the item size";
  return success();
}

bool BitcastOp::getView(View &) { return false; }

// broadcast_to

LogicalResult BroadcastToOp::verify() {
  auto shape = rules::broadcast_to_shape(shapeOf(getX().getType()), shapeOf(getType()));
  if (!shape)
    return ruleFailure(getLoc(), "broadcast_to", shape.error());
  return sameDtype(*this);
}

bool BroadcastToOp::getView(View &view) {
  ArrayRef<int64_t> in = tensorOf(getX().getType()).getShape(), out = getType().getShape();
  view.offset.assign(in.size(), 0);
  int64_t shift = out.size() - in.size();
  for (int64_t i = 0; i < int64_t(out.size()); ++i) {
    bool walks = i >= shift && (in[i - shift] != 1 || out[i] == 1);
    view.source.push_back(walks ? i - shift : -1);
    view.step.push_back(1);
  }
  return true;
}

OpFoldResult BroadcastToOp::fold(FoldAdaptor) {
  if (getX().getType() == getType())
    return getX();
  if (auto inner = getX().getDefiningOp<BroadcastToOp>()) {
    getXMutable().assign(inner.getX());
    return getResult();
  }
  return {};
}

// transpose

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *, std::optional<Location> loc,
                                            ValueRange operands, DictionaryAttr attributes,
                                            OpaqueProperties properties, RegionRange regions,
                                            SmallVectorImpl<Type> &types) {
  Adaptor op(operands, attributes, properties, regions);
  auto shape = rules::transpose_shape(shapeOf(op.getX().getType()), op.getPermutation());
  if (!shape)
    return ruleFailure(loc, "transpose", shape.error());
  if (llvm::any_of(op.getPermutation(), [](int64_t axis) { return axis < 0; }))
    return ruleFailure(loc, "transpose",
                       {rules::error_kind::value,
                        "the attribute permutation holds a negative axis; count from 0"});
  types.push_back(tensorType(*shape, elementOf(op.getX())));
  return success();
}

bool TransposeOp::getView(View &view) {
  view = identityView(getPermutation().size());
  view.source.assign(getPermutation().begin(), getPermutation().end());
  return true;
}

OpFoldResult TransposeOp::fold(FoldAdaptor) {
  if (llvm::equal(getPermutation(), llvm::seq<int64_t>(0, getPermutation().size())))
    return getX();
  if (auto inner = getX().getDefiningOp<TransposeOp>()) {
    SmallVector<int64_t> both;
    for (int64_t axis : getPermutation())
      both.push_back(inner.getPermutation()[axis]);
    setPermutation(both);
    getXMutable().assign(inner.getX());
    return getResult();
  }
  return {};
}

// slice

LogicalResult SliceOp::inferReturnTypes(MLIRContext *, std::optional<Location> loc,
                                        ValueRange operands, DictionaryAttr attributes,
                                        OpaqueProperties properties, RegionRange regions,
                                        SmallVectorImpl<Type> &types) {
  Adaptor op(operands, attributes, properties, regions);
  auto shape = rules::slice_shape(shapeOf(op.getX().getType()), op.getOffsets(), op.getSizes(),
                                  op.getStrides());
  if (!shape)
    return ruleFailure(loc, "slice", shape.error());
  types.push_back(tensorType(*shape, elementOf(op.getX())));
  return success();
}

LogicalResult SliceOp::verify() { return success(); }

bool SliceOp::getView(View &view) {
  view = identityView(getOffsets().size());
  view.step.assign(getStrides().begin(), getStrides().end());
  view.offset.assign(getOffsets().begin(), getOffsets().end());
  return true;
}

// update

LogicalResult UpdateOp::verify() {
  auto value = tensorOf(getValue().getType());
  if (value.getElementType() != getType().getElementType())
    return emitOpError() << "writes dtype " << value.getElementType() << " into "
                         << getType().getElementType() << "; change dtypes with nd.cast";
  const size_t rank = getType().getRank();
  if (!value.hasStaticShape() && (value.getRank() != int64_t(rank) || getOffsets().size() != rank ||
                                  getStrides().size() != rank))
    return emitOpError() << "writes a value of rank " << value.getRank() << " with "
                         << getOffsets().size() << " offsets and " << getStrides().size()
                         << " strides into an array of rank " << rank << "; give one for each axis";
  if (value.hasStaticShape()) {
    auto shape =
        rules::slice_shape(shapeOf(getType()), getOffsets(), value.getShape(), getStrides());
    if (!shape)
      return ruleFailure(getLoc(), "update", shape.error());
  }
  return success();
}

void UpdateOp::getPart(View &view) {
  view = identityView(getOffsets().size());
  view.step.assign(getStrides().begin(), getStrides().end());
  view.offset.assign(getOffsets().begin(), getOffsets().end());
}

// concatenate

LogicalResult ConcatenateOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                              ValueRange operands, DictionaryAttr attributes,
                                              OpaqueProperties properties, RegionRange regions,
                                              SmallVectorImpl<Type> &types) {
  Adaptor op(operands, attributes, properties, regions);
  if (operands.empty())
    return ruleFailure(
        loc, "concatenate",
        {rules::error_kind::value, "there is nothing to concatenate; give at least one array"});
  auto shapes = llvm::map_to_vector(operands, [](Value v) { return shapeOf(v.getType()); });
  auto shape = rules::concatenate_shape(shapes, op.getAxis());
  if (!shape)
    return ruleFailure(loc, "concatenate", shape.error());
  const dtype_kind dtype =
      rules::promote_all(operands, [](Value v) { return dtypeOf(elementOf(v)); });
  types.push_back(tensorType(*shape, typeOf(context, dtype)));
  return success();
}

int64_t ConcatenateOp::getAssemblyAxis() {
  int64_t axis = getAxis();
  return axis < 0 ? axis + getType().getRank() : axis;
}

// full and iota

Source FullOp::getSource() {
  if (std::optional<int64_t> param = getParam())
    return {.param = param};
  return {.constant = getValue()};
}

LogicalResult FullOp::verify() {
  Type dtype = getType().getElementType();
  Type wanted = isa<ComplexType>(dtype) ? Type(RankedTensorType::get({}, dtype)) : dtype;
  if (getValue().getType() != wanted)
    return emitOpError() << "has a value of type " << getValue().getType()
                         << " for a result of dtype " << dtype
                         << (wanted == dtype ? "; they must be equal"
                                             : "; a complex number stands as a 0-d array of it");
  return success();
}

Source IotaOp::getSource() { return {.axis = getAxis()}; }

Source CountOp::getSource() {
  Source source;
  source.extents.assign(getExtents().begin(), getExtents().end());
  return source;
}

LogicalResult ExtentOp::verify() {
  auto count = tensorOf(getCount().getType());
  if (count.getRank() != 0 || !count.getElementType().isSignlessInteger(64))
    return emitOpError() << "takes " << count << "; an extent is one 64-bit integer, tensor<i64>";
  if (!rules::is_run_time(getExtent()))
    return emitOpError() << "names the extent " << int64_t(getExtent())
                         << ", which an array may have; name one that stands for a number: n0";
  return success();
}

LogicalResult IotaOp::verify() {
  if (int64_t(getAxis()) < 0 || int64_t(getAxis()) >= getType().getRank())
    return emitOpError() << "has axis " << int64_t(getAxis()) << " for a result with "
                         << getType().getRank() << " axes";
  if (getType().getElementType().isInteger(1))
    return emitOpError()
           << "counts positions, which bool cannot hold; use an integer or a float dtype";
  return success();
}

LogicalResult CountOp::verify() {
  if (getType().getRank() != 0)
    return emitOpError() << "has a result of type " << getType()
                         << "; the product is one number, a 0-d array";
  if (getType().getElementType().isInteger(1))
    return emitOpError() << "has a bool result; use an integer or a float dtype";
  return success();
}
