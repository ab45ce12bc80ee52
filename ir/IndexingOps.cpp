// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Rows that choose and order elements: inference and verifiers by ir/rules/index.h.
#include "ir/Infer.h"
#include "ir/rules/index.h"
#include "ir/rules/promote.h"

using namespace mlir;
using namespace nd;

static Type int64Of(Operation *op) { return IntegerType::get(op->getContext(), 64); }
static Type boolOf(Operation *op) { return IntegerType::get(op->getContext(), 1); }
static Type own(Operation *op, unsigned operand) { return elementOf(op->getOperand(operand)); }

SmallVector<Type> nd::gatherDtypes(Operation *op) {
  SmallVector<Type> types(op->getNumOperands(), int64Of(op));
  types[0] = own(op, 0);
  return types;
}
SmallVector<Type> nd::scatterDtypes(Operation *op) {
  SmallVector<Type> types(op->getNumOperands(), int64Of(op));
  types[0] = types[1] = own(op, 0);
  return types;
}
SmallVector<Type> nd::compressDtypes(Operation *op) {
  SmallVector<Type> types(1, boolOf(op));
  for (unsigned i = 1; i < op->getNumOperands(); ++i)
    types.push_back(own(op, i));
  return types;
}
SmallVector<Type> nd::repeatDtypes(Operation *op) { return {own(op, 0), int64Of(op)}; }
SmallVector<Type> nd::ownDtypes(Operation *op) { return {own(op, 0)}; }
SmallVector<Type> nd::partitionDtypes(Operation *op) { return {own(op, 0), int64Of(op)}; }
SmallVector<Type> nd::promotedDtypes(Operation *op) {
  Type both = typeOf(op->getContext(), rules::promote(dtypeOf(own(op, 0)), dtypeOf(own(op, 1))));
  return {both, both};
}

TypedAttr nd::axisBits(Operation *op, ArrayRef<int64_t> axes) {
  uint64_t bits = 0;
  for (int64_t axis : axes)
    bits |= uint64_t(1) << axis;
  return IntegerAttr::get(int64Of(op), int64_t(bits));
}

TypedAttr nd::scatterMode(Operation *op, StringRef mode) {
  auto known =
      rules::parse_scatter_mode(std::string_view(mode.data(), mode.size()), dtypeOf(own(op, 0)));
  return IntegerAttr::get(IntegerType::get(op->getContext(), 32), int64_t(*known));
}

TypedAttr nd::flag(Operation *op, bool value) {
  return IntegerAttr::get(IntegerType::get(op->getContext(), 32), value);
}

static constexpr StringLiteral rangeReasons[] = {"index", "exponent", "size",
                                                 "size_from_end"}; // as ndrt_reason

TypedAttr nd::rangeReason(Operation *op, StringRef reason) {
  return IntegerAttr::get(IntegerType::get(op->getContext(), 32),
                          llvm::find(rangeReasons, reason) - std::begin(rangeReasons));
}

std::optional<unsigned> GatherOp::getListOperand() { return 1; }
std::optional<unsigned> ScatterOp::getListOperand() { return 2; }
std::optional<unsigned> ScatterOp::getUpdatedOperand() { return 0; }

/// The elements of \p x that positions along \p axes name.
static int64_t chosenElements(Value x, ValueRange indices, ArrayRef<int64_t> axes) {
  rules::shape common;
  for (Value i : indices)
    rules::detail::broadcast_into(common, shapeOf(i.getType()));
  int64_t n = 1;
  for (int64_t extent : common)
    n *= extent;
  for (auto [axis, extent] : llvm::enumerate(shapeOf(x.getType())))
    n *= llvm::is_contained(axes, int64_t(axis)) ? 1 : extent;
  return n;
}
std::optional<int64_t> GatherOp::getChosenElements() {
  return chosenElements(getX(), getIndices(), getAxes());
}
std::optional<int64_t> ScatterOp::getChosenElements() {
  return chosenElements(getX(), getIndices(), getAxes());
}

/// The shapes of index operands, once their dtypes are those of positions.
static rules::result<std::vector<rules::shape>> indexShapes(ValueRange indices) {
  std::vector<rules::shape> shapes;
  for (auto [i, index] : llvm::enumerate(indices)) {
    if (auto dtype = rules::index_dtype(dtypeOf(elementOf(index)), i); !dtype)
      return std::unexpected(dtype.error());
    shapes.push_back(shapeOf(index.getType()));
  }
  return shapes;
}

ND_INFER(GatherOp) {
  auto shapes = indexShapes(operands.drop_front());
  if (!shapes)
    return ruleFailure(loc, "gather", shapes.error());
  Adaptor adaptor(operands, attributes, properties);
  return inferOne(loc, "gather",
                  rules::gather_shape(shapeOf(operands[0].getType()), *shapes, adaptor.getAxes(),
                                      int64_t(adaptor.getPlace())),
                  elementOf(operands[0]), types);
}
ND_INFER(ScatterOp) {
  Adaptor adaptor(operands, attributes, properties);
  StringRef mode = adaptor.getMode();
  auto known = rules::parse_scatter_mode(std::string_view(mode.data(), mode.size()),
                                         dtypeOf(elementOf(operands[0])));
  if (!known)
    return ruleFailure(loc, "scatter", known.error());
  auto shapes = indexShapes(operands.drop_front(2));
  if (!shapes)
    return ruleFailure(loc, "scatter", shapes.error());
  return inferOne(loc, "scatter",
                  rules::scatter_shape(shapeOf(operands[0].getType()),
                                       shapeOf(operands[1].getType()), *shapes, adaptor.getAxes()),
                  elementOf(operands[0]), types);
}
ND_INFER(SortOp) {
  return inferOne(loc, "sort", rules::sort_shape(shapeOf(operands[0].getType())),
                  elementOf(operands[0]), types);
}
ND_INFER(ArgsortOp) {
  return inferOne(loc, "argsort", rules::sort_shape(shapeOf(operands[0].getType())),
                  IntegerType::get(context, 64), types);
}
static rules::result<rules::shape> partitioned(ValueRange operands) {
  if (auto dtype = rules::index_dtype(dtypeOf(elementOf(operands[1])), 0); !dtype)
    return std::unexpected(dtype.error());
  return rules::partition_shape(shapeOf(operands[0].getType()), shapeOf(operands[1].getType()));
}
ND_INFER(PartitionOp) {
  return inferOne(loc, "partition", partitioned(operands), elementOf(operands[0]), types);
}
ND_INFER(ArgpartitionOp) {
  return inferOne(loc, "argpartition", partitioned(operands), IntegerType::get(context, 64), types);
}
ND_INFER(LexsortOp) {
  return inferOne(loc, "lexsort", rules::lexsort_shape(shapeOf(operands[0].getType())),
                  IntegerType::get(context, 64), types);
}
ND_INFER(SearchsortedOp) {
  return inferOne(
      loc, "searchsorted",
      rules::searchsorted_shape(shapeOf(operands[0].getType()), shapeOf(operands[1].getType())),
      IntegerType::get(context, 64), types);
}

/// The given result against the shape that the rule makes with the extent on \p axis taken from it.
static LogicalResult matches(Operation *op, const rules::result<rules::shape> &shape,
                             Type element) {
  StringRef name = op->getName().stripDialect();
  if (!shape)
    return ruleFailure(op->getLoc(), name, shape.error());
  Type wanted = tensorType(*shape, element), given = op->getResult(0).getType();
  if (!compatibleTypes(wanted, given))
    return op->emitOpError() << "has the result " << given << " where its operands give " << wanted;
  return success();
}

/// An extent of a result that its operands do not decide.
static int64_t given(Operation *op, int64_t axis) {
  rules::shape shape = shapeOf(op->getResult(0).getType());
  return axis < int64_t(shape.size()) ? shape[axis] : rules::dynamic;
}

LogicalResult CompressOp::verify() {
  return matches(*this,
                 rules::compress_shape(shapeOf(getMask().getType()), shapeOf(getX().getType()),
                                       given(*this, 0)),
                 elementOf(getX()));
}
LogicalResult FlatnonzeroOp::verify() {
  return matches(*this, rules::shape{given(*this, 0)}, int64Of(*this));
}
LogicalResult RepeatOp::verify() {
  int64_t axis = int64_t(getAxis());
  return matches(*this,
                 rules::repeat_shape(shapeOf(getX().getType()), shapeOf(getCounts().getType()),
                                     axis, given(*this, axis < 0 ? 0 : axis)),
                 elementOf(getX()));
}

LogicalResult CheckShapeOp::verify() {
  rules::shape from = shapeOf(getX().getType()), to = shapeOf(getResult().getType());
  if (elementOf(getX()) != elementOf(getResult()))
    return emitOpError() << "has a result of another dtype than its operand; change dtypes with "
                            "nd.cast";
  if (!getReshape() && from.size() != to.size())
    return emitOpError() << "has a result with " << to.size() << " axes for an operand with "
                         << from.size() << "; give `reshape = true` for other axes";
  return success();
}

LogicalResult CheckWithinOp::verify() {
  if (getX().getType() != getResult().getType())
    return emitOpError() << "has the result " << getResult().getType() << " for the operand "
                         << getX().getType() << "; they are the same array";
  if (!rules::is_integer(dtypeOf(elementOf(getX()))))
    return emitOpError() << "takes integers, not " << elementOf(getX());
  if (!llvm::is_contained(rangeReasons, getReason()))
    return emitOpError() << "has the reason \"" << getReason()
                         << "\"; it is index, exponent, size or size_from_end";
  return success();
}
