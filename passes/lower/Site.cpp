// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/lower/Site.h"
#include "ir/NdOps.h"
#include "ir/body/Complex.h"
#include "ir/body/Half.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace nd {

Type lanesOf(Type element, int64_t width) {
  if (!width)
    return element;
  if (body::isComplex(element))
    return body::complexType(lanesOf(body::partType(element), width));
  return VectorType::get({width}, element);
}

Type memoryType(Type dtype) {
  if (dtype.isInteger(1))
    return IntegerType::get(dtype.getContext(), 8);
  if (body::isHalf(dtype))
    return IntegerType::get(dtype.getContext(), 16);
  return registerType(dtype);
}

Value splat(ImplicitLocOpBuilder &b, Value scalar, int64_t width) {
  if (!width)
    return scalar;
  return body::eachPart(b, scalar, [&](Value x) -> Value {
    return vector::BroadcastOp::create(b, lanesOf(x.getType(), width), x);
  });
}

Value splatConstant(ImplicitLocOpBuilder &b, TypedAttr value, int64_t width) {
  Type dtype = elementOf(value), type = registerType(dtype);
  auto make = [&](TypedAttr one) -> Value {
    if (!width)
      return arith::ConstantOp::create(b, one);
    auto vector = cast<VectorType>(lanesOf(one.getType(), width));
    return arith::ConstantOp::create(b, DenseElementsAttr::get(vector, Attribute(one)));
  };
  if (auto complex = dyn_cast<DenseElementsAttr>(value)) {
    auto z = complex.getSplatValue<std::complex<APFloat>>();
    Type part = body::partType(type);
    Value re = make(FloatAttr::get(part, z.real()));
    return body::makeComplex(b, re, make(FloatAttr::get(part, z.imag())));
  }
  if (auto integer = dyn_cast<IntegerAttr>(value))
    return make(IntegerAttr::get(type, integer.getValue()));
  return make(body::isHalf(dtype) ? FloatAttr::get(type, cast<FloatAttr>(value).getValueAsDouble())
                                  : value);
}

Value laneNumbers(ImplicitLocOpBuilder &b, int64_t width) {
  auto numbers = llvm::to_vector(llvm::seq<int64_t>(0, width));
  return arith::ConstantOp::create(b, b.getI64VectorAttr(numbers));
}

/// Lanes whose number compares with \p limit, an i64, as \p predicate says.
static Value compareLanes(ImplicitLocOpBuilder &b, arith::CmpIPredicate predicate, Value limit,
                          int64_t width) {
  auto numbers = llvm::to_vector(llvm::seq<int32_t>(0, width));
  Value lanes =
      arith::ConstantOp::create(b, DenseElementsAttr::get(VectorType::get({width}, b.getI32Type()),
                                                          ArrayRef<int32_t>(numbers)));
  limit =
      arith::MinSIOp::create(b, limit, arith::ConstantOp::create(b, b.getI64IntegerAttr(width)));
  Value limits = splat(b, arith::TruncIOp::create(b, b.getI32Type(), limit), width);
  return arith::CmpIOp::create(b, predicate, lanes, limits);
}

Value firstLanes(ImplicitLocOpBuilder &b, Value remaining, int64_t width) {
  return compareLanes(b, arith::CmpIPredicate::slt, remaining, width);
}

Value lanesFrom(ImplicitLocOpBuilder &b, Value first, int64_t width) {
  first = arith::MaxSIOp::create(b, first, arith::ConstantOp::create(b, b.getI64IntegerAttr(0)));
  return compareLanes(b, arith::CmpIPredicate::sge, first, width);
}

static int32_t alignmentOf(Type type) { return body::partType(type).getIntOrFloatBitWidth() / 8; }

static Value fromMemory(ImplicitLocOpBuilder &b, Type dtype, Value x, int64_t width) {
  if (body::isHalf(dtype))
    return body::halfFromBits(b, x, dtype);
  if (!dtype.isInteger(1))
    return x;
  return arith::CmpIOp::create(b, arith::CmpIPredicate::ne, x,
                               splatConstant(b, b.getI8IntegerAttr(0), width));
}

Value addressOf(ImplicitLocOpBuilder &b, Type dtype, Value base, Value offset) {
  return LLVM::GEPOp::create(b, base.getType(), memoryType(dtype), base,
                             ArrayRef<LLVM::GEPArg>{offset});
}

static Value loadPlain(ImplicitLocOpBuilder &b, Type type, Value address, int64_t width,
                       Value mask) {
  if (!width)
    return LLVM::LoadOp::create(b, type, address, alignmentOf(type));
  if (!mask)
    return LLVM::LoadOp::create(b, lanesOf(type, width), address, alignmentOf(type));
  return LLVM::MaskedLoadOp::create(b, lanesOf(type, width), address, mask,
                                    splatConstant(b, cast<TypedAttr>(b.getZeroAttr(type)), width),
                                    b.getI32IntegerAttr(alignmentOf(type)), UnitAttr());
}

static void storePlain(ImplicitLocOpBuilder &b, Type type, Value value, Value address, Value mask) {
  if (!isa<VectorType>(value.getType()) || !mask)
    LLVM::StoreOp::create(b, value, address, alignmentOf(type));
  else
    LLVM::MaskedStoreOp::create(b, value, address, mask, b.getI32IntegerAttr(alignmentOf(type)));
}

static Value gatherPlain(ImplicitLocOpBuilder &b, Type type, Value addresses, int64_t width,
                         Value mask) {
  Value zeros = splatConstant(b, cast<TypedAttr>(b.getZeroAttr(type)), width);
  return LLVM::masked_gather::create(b, lanesOf(type, width), addresses, mask, ValueRange{zeros},
                                     b.getI32IntegerAttr(alignmentOf(type)));
}

/// The address of the imaginary part behind \p address, or of such lanes.
static Value imaginary(ImplicitLocOpBuilder &b, Type part, Value address) {
  return LLVM::GEPOp::create(b, address.getType(), part, address, ArrayRef<LLVM::GEPArg>{1});
}

/// x0 y0 x1 y1 …
static Value interleave(ImplicitLocOpBuilder &b, Value x, Value y, int64_t width) {
  SmallVector<int64_t> order;
  for (int64_t lane = 0; lane < width; ++lane)
    order.append({lane, width + lane});
  return vector::ShuffleOp::create(b, x, y, order);
}
static Value twice(ImplicitLocOpBuilder &b, Value mask, int64_t width) {
  return mask ? interleave(b, mask, mask, width) : Value();
}
/// Every second lane from \p first on.
static Value everySecond(ImplicitLocOpBuilder &b, Value x, int64_t first, int64_t width) {
  SmallVector<int64_t> order;
  for (int64_t lane = 0; lane < width; ++lane)
    order.push_back(first + 2 * lane);
  return vector::ShuffleOp::create(b, x, x, order);
}

Value load(ImplicitLocOpBuilder &b, Type dtype, Value address, int64_t width, Value mask) {
  Type type = memoryType(dtype);
  if (!body::isComplex(type))
    return fromMemory(b, dtype, loadPlain(b, type, address, width, mask), width);
  Type part = body::partType(type);
  if (!width) {
    Value re = loadPlain(b, part, address, 0, {});
    return body::makeComplex(b, re, loadPlain(b, part, imaginary(b, part, address), 0, {}));
  }
  Value both = loadPlain(b, part, address, 2 * width, twice(b, mask, width));
  Value re = everySecond(b, both, 0, width);
  return body::makeComplex(b, re, everySecond(b, both, 1, width));
}

Value gather(ImplicitLocOpBuilder &b, Type dtype, Value address, Value stride, int64_t width,
             Value mask) {
  Type type = memoryType(dtype);
  Value steps = arith::MulIOp::create(b, laneNumbers(b, width), splat(b, stride, width));
  Type pointers = VectorType::get({width}, address.getType());
  Value addresses = LLVM::GEPOp::create(b, pointers, type, address, ArrayRef<LLVM::GEPArg>{steps});
  if (!body::isComplex(type))
    return fromMemory(b, dtype, gatherPlain(b, type, addresses, width, mask), width);
  Type part = body::partType(type);
  Value re = gatherPlain(b, part, addresses, width, mask);
  return body::makeComplex(b, re, gatherPlain(b, part, imaginary(b, part, addresses), width, mask));
}

void store(ImplicitLocOpBuilder &b, Type dtype, Value value, Value address, Value mask) {
  Type type = memoryType(dtype);
  if (body::isComplex(type)) {
    Value re = body::partOf(b, value, 0), im = body::partOf(b, value, 1);
    Type part = body::partType(type);
    if (auto vector = dyn_cast<VectorType>(re.getType())) {
      int64_t width = vector.getNumElements();
      return storePlain(b, part, interleave(b, re, im, width), address, twice(b, mask, width));
    }
    storePlain(b, part, re, address, {});
    return storePlain(b, part, im, imaginary(b, part, address), {});
  }
  if (dtype.isInteger(1)) {
    auto vector = dyn_cast<VectorType>(value.getType());
    value = arith::ExtUIOp::create(b, vector ? Type(vector.clone(type)) : type, value);
  } else if (body::isHalf(dtype)) {
    value = body::halfToBits(b, value, dtype);
  }
  storePlain(b, type, value, address, mask);
}

} // namespace nd
