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

Value MeanOp::decompose(ImplicitLocOpBuilder &b) {
  Type element = getType().getElementType();
  Value x = castTo(b, getX(), element);
  return DivideOp::create(b, sumOver(b, x, getAxesAttr(), getKeepdims()),
                          count(b, x, getAxesAttr(), element));
}

// sum(|x - mean|^2) / max(n - ddof, 0)
static Value variance(ImplicitLocOpBuilder &b, Value x, DenseI64ArrayAttr axes, bool keepdims,
                      double ddof, Type element) {
  x = castTo(b, x, element);
  Value n = count(b, x, axes, element);
  Value mean = DivideOp::create(b, sumOver(b, x, axes, true), n);
  Value deviation = SubtractOp::create(b, x, mean);
  Value squares = sumOver(b, SquareOp::create(b, deviation), axes, keepdims);
  if (ddof == 0)
    return DivideOp::create(b, squares, n);
  Value freedom = MaximumOp::create(b, SubtractOp::create(b, n, createFull(b, {}, element, ddof)),
                                    createFull(b, {}, element, 0));
  return DivideOp::create(b, squares, freedom);
}

Value VarOp::decompose(ImplicitLocOpBuilder &b) {
  return variance(b, getX(), getAxesAttr(), getKeepdims(), getDdof().convertToDouble(),
                  getType().getElementType());
}

Value StdOp::decompose(ImplicitLocOpBuilder &b) {
  Type element = getType().getElementType();
  return SqrtOp::create(
      b, variance(b, getX(), getAxesAttr(), getKeepdims(), getDdof().convertToDouble(), element));
}
