// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// mean, var and std in terms of sum: two passes, as accurate as NumPy's.
#include "ir/NdOps.h"

using namespace mlir;
using namespace nd;

static Value castTo(ImplicitLocOpBuilder &b, Value x, Type element) {
  if (elementOf(x) == element)
    return x;
  return CastOp::create(b, tensorType(tensorOf(x.getType()).getShape(), element), x);
}

static Value sumOver(ImplicitLocOpBuilder &b, Value x, DenseI64ArrayAttr axes, bool keepdims) {
  return SumOp::create(b, x, axes, b.getBoolAttr(keepdims));
}

static Value count(ImplicitLocOpBuilder &b, Value x, DenseI64ArrayAttr axes, Type element) {
  SmallVector<int64_t> extents;
  for (int64_t axis : axes.asArrayRef())
    extents.push_back(tensorOf(x.getType()).getDimSize(axis));
  return CountOp::create(b, tensorType({}, element), b.getDenseI64ArrayAttr(extents));
}

/// The halves compute in float32 and round once.
static Type computed(Type dtype) {
  return typeOf(dtype.getContext(), rules::accumulator_of(dtypeOf(dtype)));
}

Value MeanOp::decompose(ImplicitLocOpBuilder &b) {
  Type result = getType().getElementType(), element = computed(result);
  Value x = castTo(b, getX(), element);
  Value n = count(b, x, getAxesAttr(), element);
  Value total = sumOver(b, x, getAxesAttr(), getKeepdims());
  return castTo(b, DivideOp::create(b, total, n), result);
}

// sum(|x - mean|^2) / max(n - ddof, 0); of a complex array |z|^2 is the sum of the parts' squares.
static Value variance(ImplicitLocOpBuilder &b, Value x, DenseI64ArrayAttr axes, bool keepdims,
                      double ddof) {
  Type element =
      typeOf(b.getContext(), rules::accumulator_of(rules::inexact_result(dtypeOf(elementOf(x)))));
  x = castTo(b, x, element);
  Value summed = count(b, x, axes, element), total = sumOver(b, x, axes, true);
  Value mean = DivideOp::create(b, total, summed);
  Value deviation = SubtractOp::create(b, x, mean), square;
  if (auto complex = dyn_cast<ComplexType>(element)) {
    element = complex.getElementType();
    square = AddOp::create(b, SquareOp::create(b, RealOp::create(b, deviation)),
                           SquareOp::create(b, ImagOp::create(b, deviation)));
  } else {
    square = SquareOp::create(b, deviation);
  }
  Value squares = sumOver(b, square, axes, keepdims);
  Value n = count(b, x, axes, element);
  if (ddof == 0)
    return DivideOp::create(b, squares, n);
  Value freedom = MaximumOp::create(b, SubtractOp::create(b, n, createFull(b, {}, element, ddof)),
                                    createFull(b, {}, element, 0));
  return DivideOp::create(b, squares, freedom);
}

Value VarOp::decompose(ImplicitLocOpBuilder &b) {
  return castTo(b, variance(b, getX(), getAxesAttr(), getKeepdims(), getDdof().convertToDouble()),
                getType().getElementType());
}

Value StdOp::decompose(ImplicitLocOpBuilder &b) {
  Value square = variance(b, getX(), getAxesAttr(), getKeepdims(), getDdof().convertToDouble());
  return castTo(b, SqrtOp::create(b, square), getType().getElementType());
}
