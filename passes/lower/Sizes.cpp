// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/lower/Sizes.h"
#include "ir/body/Complex.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

namespace nd {

static Location nowhere(OpBuilder &b) { return b.getUnknownLoc(); }

Value Sizes::constant(int64_t value) {
  Value &known = constants[value];
  if (!known)
    known = arith::ConstantOp::create(head, nowhere(head), head.getI64IntegerAttr(value));
  return known;
}

Value Sizes::param(int64_t slot) {
  Value &known = loaded[slot];
  if (!known) {
    Value address = LLVM::GEPOp::create(head, nowhere(head), params.getType(), head.getI64Type(),
                                        params, ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(slot)});
    known = LLVM::LoadOp::create(head, nowhere(head), head.getI64Type(), address);
  }
  return known;
}

Value Sizes::slot(int64_t value) {
  const int64_t *slot = llvm::find(slots, value);
  assert(slot != slots.end() && "every size of a program is one of its parameters");
  return param(slot - slots.begin());
}

Value Sizes::number(int64_t extent) { return extent == 1 ? constant(1) : slot(extent); }
Value Sizes::offset(int64_t position) { return position == 0 ? constant(0) : slot(position); }

Value Sizes::multiply(Value a, Value b) {
  if (a == constant(1))
    return b;
  if (b == constant(1))
    return a;
  Value &known = products[{a.getAsOpaquePointer(), b.getAsOpaquePointer()}];
  if (!known)
    known = arith::MulIOp::create(head, nowhere(head), a, b);
  return known;
}

Value Sizes::add(Value a, Value b) {
  if (a == constant(0))
    return b;
  if (b == constant(0))
    return a;
  return arith::AddIOp::create(head, nowhere(head), a, b);
}

Value Sizes::product(ArrayRef<int64_t> values) {
  Value out = constant(1);
  for (int64_t value : values)
    if (value != 1)
      out = multiply(out, number(value));
  return out;
}

Value Sizes::stride(ArrayRef<int64_t> shape, int64_t axis) {
  Value out = constant(1);
  for (int64_t extent : llvm::reverse(shape.drop_front(axis + 1)))
    if (extent != 1)
      out = multiply(number(extent), out);
  return out;
}

Value Sizes::scalar(int64_t slot, Type type) {
  if (body::isComplex(type)) {
    ImplicitLocOpBuilder b(nowhere(head), head);
    Type part = body::partType(type);
    Value re = scalar(slot, part), im;
    if (part.isF64()) {
      im = scalar(slot + 1, part);
    } else {
      Value high = arith::ShRUIOp::create(b, param(slot), constant(32));
      im = arith::BitcastOp::create(b, part, arith::TruncIOp::create(b, b.getI32Type(), high));
    }
    return body::makeComplex(b, re, im);
  }
  Value bits = param(slot);
  unsigned width = type.getIntOrFloatBitWidth();
  Type integer = head.getIntegerType(width);
  if (width < 64)
    bits = arith::TruncIOp::create(head, nowhere(head), integer, bits);
  if (isa<FloatType>(type))
    return arith::BitcastOp::create(head, nowhere(head), type, bits);
  return bits;
}

} // namespace nd
