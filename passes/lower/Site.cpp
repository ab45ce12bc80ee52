// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/lower/Site.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace nd {

Type lanesOf(Type element, int64_t width) {
  return width ? Type(VectorType::get({width}, element)) : element;
}

Type registerType(Type dtype) {
  if (isa<FloatType>(dtype))
    return dtype;
  return IntegerType::get(dtype.getContext(), dtype.getIntOrFloatBitWidth());
}

Type memoryType(Type dtype) {
  return dtype.isInteger(1) ? IntegerType::get(dtype.getContext(), 8) : registerType(dtype);
}

Value splat(ImplicitLocOpBuilder &b, Value scalar, int64_t width) {
  return width ? Value(vector::BroadcastOp::create(b, lanesOf(scalar.getType(), width), scalar))
               : scalar;
}

Value splatConstant(ImplicitLocOpBuilder &b, TypedAttr value, int64_t width) {
  Type type = registerType(value.getType());
  TypedAttr signless = value;
  if (auto integer = dyn_cast<IntegerAttr>(value))
    signless = IntegerAttr::get(type, integer.getValue());
  if (!width)
    return arith::ConstantOp::create(b, signless);
  return arith::ConstantOp::create(
      b, DenseElementsAttr::get(cast<VectorType>(lanesOf(type, width)), Attribute(signless)));
}

Value laneNumbers(ImplicitLocOpBuilder &b, int64_t width) {
  auto numbers = llvm::to_vector(llvm::seq<int64_t>(0, width));
  return arith::ConstantOp::create(b, b.getI64VectorAttr(numbers));
}

Value firstLanes(ImplicitLocOpBuilder &b, Value remaining, int64_t width) {
  auto numbers = llvm::to_vector(llvm::seq<int32_t>(0, width));
  Value lanes =
      arith::ConstantOp::create(b, DenseElementsAttr::get(VectorType::get({width}, b.getI32Type()),
                                                          ArrayRef<int32_t>(numbers)));
  Value limit = arith::MinSIOp::create(b, remaining,
                                       arith::ConstantOp::create(b, b.getI64IntegerAttr(width)));
  Value limits = splat(b, arith::TruncIOp::create(b, b.getI32Type(), limit), width);
  return arith::CmpIOp::create(b, arith::CmpIPredicate::slt, lanes, limits);
}

static int32_t alignmentOf(Type type) { return type.getIntOrFloatBitWidth() / 8; }

static Value fromMemory(ImplicitLocOpBuilder &b, Type dtype, Value x, int64_t width) {
  if (!dtype.isInteger(1))
    return x;
  return arith::CmpIOp::create(b, arith::CmpIPredicate::ne, x,
                               splatConstant(b, b.getI8IntegerAttr(0), width));
}

Value addressOf(ImplicitLocOpBuilder &b, Type dtype, Value base, Value offset) {
  return LLVM::GEPOp::create(b, base.getType(), memoryType(dtype), base,
                             ArrayRef<LLVM::GEPArg>{offset});
}

Value load(ImplicitLocOpBuilder &b, Type dtype, Value address, int64_t width, Value mask) {
  Type type = memoryType(dtype);
  Value x;
  if (!width)
    x = LLVM::LoadOp::create(b, type, address, alignmentOf(type));
  else if (!mask)
    x = LLVM::LoadOp::create(b, lanesOf(type, width), address, alignmentOf(type));
  else
    x = LLVM::MaskedLoadOp::create(b, lanesOf(type, width), address, mask,
                                   splatConstant(b, cast<TypedAttr>(b.getZeroAttr(type)), width),
                                   b.getI32IntegerAttr(alignmentOf(type)), UnitAttr());
  return fromMemory(b, dtype, x, width);
}

Value gather(ImplicitLocOpBuilder &b, Type dtype, Value address, Value stride, int64_t width,
             Value mask) {
  Type type = memoryType(dtype);
  Value steps = arith::MulIOp::create(b, laneNumbers(b, width), splat(b, stride, width));
  Type pointers = VectorType::get({width}, address.getType());
  Value addresses = LLVM::GEPOp::create(b, pointers, type, address, ArrayRef<LLVM::GEPArg>{steps});
  Value zeros = splatConstant(b, cast<TypedAttr>(b.getZeroAttr(type)), width);
  Value x = LLVM::masked_gather::create(b, lanesOf(type, width), addresses, mask, ValueRange{zeros},
                                        b.getI32IntegerAttr(alignmentOf(type)));
  return fromMemory(b, dtype, x, width);
}

void store(ImplicitLocOpBuilder &b, Type dtype, Value value, Value address, Value mask) {
  auto vector = dyn_cast<VectorType>(value.getType());
  Type type = memoryType(dtype);
  if (dtype.isInteger(1))
    value = arith::ExtUIOp::create(b, vector ? Type(vector.clone(type)) : type, value);
  if (!vector || !mask)
    LLVM::StoreOp::create(b, value, address, alignmentOf(type));
  else
    LLVM::MaskedStoreOp::create(b, value, address, mask, b.getI32IntegerAttr(alignmentOf(type)));
}

} // namespace nd
