// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/body/Half.h"
#include "ir/body/MathDetail.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

namespace {
/// Significant bits, the exponent of the smallest normal number, and the first power of two out of
/// range.
struct Format {
  int bits, lowest, beyond;
};
} // namespace

static Format formatOf(Type t) { return t.isF16() ? Format{11, -14, 16} : Format{8, -126, 128}; }

/// Adds and takes away a power of two whose last bit weighs what the half's last bit does at |x|.
static V roundByAddition(V x, Format f) {
  bool f32 = x.isF32();
  int own = f32 ? 24 : 53, bias = f32 ? 127 : 1023, shift = own - 1;
  V size = abs(x);
  // Beyond the range, where the power of two might leave that of x, a number rounds to infinity.
  V bounded = select(size > std::ldexp(1.0, f.beyond), std::ldexp(1.0, f.beyond), size);
  V exponent = bits(bounded) & word(bits(bounded), f32 ? 0x7f800000u : 0x7ff0000000000000u);
  V lowest = word(exponent, uint64_t(bias + f.lowest) << shift);
  V power = fromBits(iadd(imax(exponent, lowest), word(exponent, uint64_t(own - f.bits) << shift)));
  V near = (bounded + power) - power;
  near = select(near >= std::ldexp(1.0, f.beyond), kInf, near);
  return copySign(select(unordered(x, x), x, near), x);
}

/// The upper 16 bits, rounded: what is cut away is more than half, or half and the rest odd.
static V roundBits(V x) {
  V raw = bits(x);
  V odd = shr(raw, 16) & word(raw, 1);
  V up = iadd(raw, iadd(odd, word(raw, 0x7fff)));
  V near = fromBits(up & word(raw, 0xffff0000u));
  return select(unordered(x, x), x, near);
}

Value roundToHalf(Builder &b, Value input, Type t) {
  V x{&b, input};
  if (!x.isF32())
    return toF32(roundByAddition(x, formatOf(t)));
  return t.isF16() ? roundByAddition(x, formatOf(t)) : roundBits(x);
}

static Value toWidth(Builder &b, Value x, unsigned width) {
  Type type = withElement(x.getType(), b.getIntegerType(width));
  if (width == 16)
    return arith::TruncIOp::create(b, type, x);
  return arith::ExtUIOp::create(b, type, x);
}

Value halfToBits(Builder &b, Value input, Type t) {
  V x{&b, input};
  V raw = bits(x);
  V quiet = word(raw, t.isF16() ? 0x7e00 : 0x7fc0);
  V sign = shr(raw, 16) & word(raw, 0x8000);
  V magnitude = shr(raw & word(raw, 0x7fffffff), 16);
  if (t.isF16()) {
    // 2^-112 moves float16's exponents to where float32's are, subnormal numbers included.
    V size = abs(x);
    magnitude = shr(bits(size * 0x1p-112), 13);
    magnitude = select(size == kInf, word(raw, 0x7c00), magnitude);
  }
  V out = select(unordered(x, x), quiet, magnitude) | sign;
  return toWidth(b, out, 16);
}

Value halfFromBits(Builder &b, Value input, Type t) {
  V raw{&b, toWidth(b, input, 32)};
  if (t.isBF16())
    return fromBits(shl(raw, 16));
  V size = raw & word(raw, 0x7fff);
  V value = fromBits(shl(size, 13)) * 0x1p112;
  V special = fromBits(shl(size, 13) | word(raw, 0x7f800000));
  V end = compare(arith::CmpIPredicate::uge, size, word(raw, 0x7c00));
  V sign = shl(raw & word(raw, 0x8000), 16);
  return fromBits(bits(select(end, special, value)) | sign);
}

/// Whether \p op gives one of its operands but for the sign, or a whole number between: nothing to
/// round.
static bool staysExact(Operation *op) {
  return isa<arith::NegFOp, math::AbsFOp, math::CopySignOp, math::FloorOp, math::CeilOp,
             math::TruncOp, math::RoundEvenOp>(op);
}

/// Whether \p v is one of \p x, chosen by conditions.
static bool chosen(Value v, ValueRange x) {
  if (llvm::is_contained(x, v))
    return true;
  auto op = v.getDefiningOp<arith::SelectOp>();
  return op && chosen(op.getTrueValue(), x) && chosen(op.getFalseValue(), x);
}

Value rounded(Builder &b, Value result, ValueRange x, Type t) {
  if (!isHalf(t) || chosen(result, x))
    return result;
  Operation *op = result.getDefiningOp();
  if (op && staysExact(op) &&
      llvm::all_of(op->getOperands(), [&](Value v) { return llvm::is_contained(x, v); }))
    return result;
  return roundToHalf(b, result, t);
}

} // namespace nd::body
