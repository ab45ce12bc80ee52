// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Running folds, order statistics, counts and correlations: inference and verifiers by
// ir/rules/statistics.h.
#include "ir/Infer.h"
#include "ir/rules/index.h"
#include "ir/rules/promote.h"
#include "ir/rules/statistics.h"

using namespace mlir;
using namespace nd;

SmallVector<Type> nd::bincountDtypes(Operation *op) {
  return {IntegerType::get(op->getContext(), 64), elementOf(op->getOperand(1))};
}

ND_INFER(AccumulateOp) {
  Adaptor adaptor(operands, attributes, properties);
  StringRef mode = adaptor.getMode();
  auto known = rules::parse_scatter_mode(std::string_view(mode.data(), mode.size()),
                                         dtypeOf(elementOf(operands[0])));
  if (!known)
    return ruleFailure(loc, "accumulate", known.error());
  using enum rules::scatter_mode;
  if (*known != add && *known != multiply && *known != minimum && *known != maximum)
    return ruleFailure(loc, "accumulate",
                       {rules::error_kind::value,
                        "the mode is " + mode.str() + "; use add, multiply, minimum or maximum"});
  return inferOne(loc, "accumulate",
                  rules::accumulate_shape(shapeOf(operands[0].getType()), adaptor.getAxis()),
                  elementOf(operands[0]), types);
}
ND_INFER(OrderStatisticsOp) {
  if (dtype_kind k = dtypeOf(elementOf(operands[1])); !rules::is_integer(k))
    return ruleFailure(loc, "order_statistics",
                       {rules::error_kind::dtype,
                        "the ranks are " + std::string(rules::name(k)) + "; use integers"});
  return inferOne(
      loc, "order_statistics",
      rules::order_statistics_shape(shapeOf(operands[0].getType()), shapeOf(operands[1].getType())),
      elementOf(operands[0]), types);
}
ND_INFER(CorrelateOp) {
  Adaptor adaptor(operands, attributes, properties);
  if (adaptor.getMode() > 2) // it is unsigned
    return ruleFailure(
        loc, "correlate",
        {rules::error_kind::value,
         "the mode is " + std::to_string(int64_t(adaptor.getMode())) + "; use 0, 1 or 2"});
  dtype_kind both =
      rules::promote(dtypeOf(elementOf(operands[0])), dtypeOf(elementOf(operands[1])));
  return inferOne(loc, "correlate",
                  rules::correlate_shape(shapeOf(operands[0].getType()),
                                         shapeOf(operands[1].getType()),
                                         rules::overlap(adaptor.getMode())),
                  typeOf(context, both), types);
}

LogicalResult BincountOp::verify() {
  rules::shape given = shapeOf(getResult().getType());
  auto shape = rules::bincount_shape(shapeOf(getX().getType()), shapeOf(getWeights().getType()),
                                     given.empty() ? rules::dynamic : given[0]);
  if (!shape)
    return ruleFailure(getLoc(), "bincount", shape.error());
  Type wanted = tensorType(*shape, elementOf(getWeights()));
  if (!compatibleTypes(wanted, getResult().getType()))
    return emitOpError() << "has the result " << getResult().getType()
                         << " where its operands give " << wanted;
  return success();
}
