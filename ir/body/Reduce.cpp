// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/body/Reduce.h"
#include "ir/NdOps.h"
#include "ir/body/Complex.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;

namespace nd::body {

static TypedAttr scalar(Type t, const APInt &value) {
  return IntegerAttr::get(IntegerType::get(t.getContext(), t.getIntOrFloatBitWidth()), value);
}

State identity(Type t, double value) {
  if (isa<FloatType, ComplexType>(t))
    return {numberAttr(t, value)};
  return {scalar(t, APInt(t.getIntOrFloatBitWidth(), static_cast<uint64_t>(value), false, true))};
}

static State bound(Type t, bool highest) {
  double end = highest ? INFINITY : -INFINITY;
  if (isa<FloatType, ComplexType>(t))
    return {numberAttr(t, end, end)};
  unsigned bits = t.getIntOrFloatBitWidth();
  bool isUnsigned = t.isUnsignedInteger() || bits == 1;
  if (highest)
    return {scalar(t, isUnsigned ? APInt::getMaxValue(bits) : APInt::getSignedMaxValue(bits))};
  return {scalar(t, isUnsigned ? APInt::getMinValue(bits) : APInt::getSignedMinValue(bits))};
}
State identityLowest(Type t) { return bound(t, false); }
State identityHighest(Type t) { return bound(t, true); }

static State withPosition(State state) {
  Type position = IntegerType::get(state[0].getContext(), 64);
  state.push_back(IntegerAttr::get(position, INT64_MAX));
  return state;
}
State identityArgmax(Type t) { return withPosition(identityLowest(t)); }
State identityArgmin(Type t) { return withPosition(identityHighest(t)); }

static Values mergeArg(Builder &b, ValueRange left, ValueRange right, Type t, bool larger) {
  auto both = [&](Value x, Value y) -> Value { return arith::AndIOp::create(b, x, y); };
  auto either = [&](Value x, Value y) -> Value { return arith::OrIOp::create(b, x, y); };
  Value better = larger ? emitGreater(b, right[0], left[0], t) : emitLess(b, right[0], left[0], t);
  Value equal = emitEqual(b, left[0], right[0], t);
  if (isa<FloatType, ComplexType>(t)) {
    Value leftNan = emitIsnan(b, left[0]), rightNan = emitIsnan(b, right[0]);
    equal = either(equal, both(leftNan, rightNan));
    better = either(better, both(rightNan, emitInvert(b, leftNan)));
  }
  Value earlier = arith::CmpIOp::create(b, arith::CmpIPredicate::slt, right[1], left[1]);
  Value take = either(better, both(equal, earlier));
  return {selectValue(b, take, right[0], left[0]),
          arith::SelectOp::create(b, take, right[1], left[1])};
}
Values mergeArgmax(Builder &b, ValueRange left, ValueRange right, Type t) {
  return mergeArg(b, left, right, t, true);
}
Values mergeArgmin(Builder &b, ValueRange left, ValueRange right, Type t) {
  return mergeArg(b, left, right, t, false);
}

} // namespace nd::body
