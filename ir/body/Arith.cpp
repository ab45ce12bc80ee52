// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/body/Arith.h"
#include "ir/body/Complex.h"
#include "ir/body/Half.h"
#include "ir/body/Math.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using mlir::arith::CmpFPredicate;
using mlir::arith::CmpIPredicate;

namespace nd::body {

static bool isFloat(Value x) { return isa<FloatType>(getElementTypeOrSelf(x.getType())); }
static bool isBool(Value x) { return getElementTypeOrSelf(x.getType()).isInteger(1); }
static bool isUnsigned(Type t) { return t.isUnsignedInteger() || t.isInteger(1); }
static unsigned width(Value x) { return getElementTypeOrSelf(x.getType()).getIntOrFloatBitWidth(); }

static Type withElement(Type like, Type element) {
  if (auto vector = dyn_cast<VectorType>(like))
    return vector.clone(element);
  return element;
}

static Value splat(Builder &b, Type like, TypedAttr value) {
  if (auto vector = dyn_cast<VectorType>(like))
    return arith::ConstantOp::create(b, DenseElementsAttr::get(vector, Attribute(value)));
  return arith::ConstantOp::create(b, value);
}

Value constantInt(Builder &b, Type like, int64_t value) {
  auto type = cast<IntegerType>(getElementTypeOrSelf(like));
  return splat(b, like,
               b.getIntegerAttr(type, APInt(type.getWidth(), value, true, true).getSExtValue()));
}

Value constant(Builder &b, Type like, double value) {
  Type element = getElementTypeOrSelf(like);
  if (isa<FloatType>(element))
    return splat(b, like, FloatAttr::get(element, value));
  return constantInt(b, like, static_cast<int64_t>(value));
}

static Value cmp(Builder &b, CmpFPredicate p, Value x, Value y) {
  return arith::CmpFOp::create(b, p, x, y);
}
static Value cmp(Builder &b, CmpIPredicate p, Value x, Value y) {
  return arith::CmpIOp::create(b, p, x, y);
}
static Value select(Builder &b, Value c, Value x, Value y) {
  return arith::SelectOp::create(b, c, x, y);
}

// Float to integer. Out of range and nan give the lowest value of 32 or 64 bits, as x86's
// conversions do that NumPy uses; narrower and unsigned results are truncations of the wider one.
static Value floatToSigned(Builder &b, Value x, unsigned bits) {
  Type type = withElement(x.getType(), b.getIntegerType(bits));
  double bound = bits == 64 ? 0x1p63 : 0x1p31;
  // Below float32's precision -2^31 - 1 rounds to -2^31, so the exclusive bound needs the open
  // form.
  Value low = getElementTypeOrSelf(x.getType()).isF64() && bits == 32
                  ? cmp(b, CmpFPredicate::OGT, x, constant(b, x.getType(), -0x1p31 - 1))
                  : cmp(b, CmpFPredicate::OGE, x, constant(b, x.getType(), -bound));
  Value inside =
      arith::AndIOp::create(b, low, cmp(b, CmpFPredicate::OLT, x, constant(b, x.getType(), bound)));
  Value safe = select(b, inside, x, constant(b, x.getType(), 0));
  Value y = arith::FPToSIOp::create(b, type, safe);
  return select(b, inside, y, constantInt(b, type, bits == 64 ? INT64_MIN : INT32_MIN));
}

static Value floatToInteger(Builder &b, Value x, Type to) {
  unsigned bits = to.getIntOrFloatBitWidth();
  if (to.isUnsignedInteger(64)) {
    Value half = constant(b, x.getType(), 0x1p63);
    Value high = cmp(b, CmpFPredicate::OGE, x, half);
    Value shifted = select(b, high, arith::SubFOp::create(b, x, half), x);
    Value y = floatToSigned(b, shifted, 64);
    Value top = constantInt(b, y.getType(), INT64_MIN);
    return select(b, high, arith::XOrIOp::create(b, y, top), y);
  }
  unsigned through = bits == 64 || to.isUnsignedInteger(32) ? 64 : 32;
  Value y = floatToSigned(b, x, through);
  if (bits == through)
    return y;
  return arith::TruncIOp::create(b, withElement(x.getType(), b.getIntegerType(bits)), y);
}

Type registerType(Type dtype) {
  if (auto complex = dyn_cast<ComplexType>(dtype))
    return complexType(complex.getElementType());
  if (isHalf(dtype))
    return Float32Type::get(dtype.getContext());
  if (isa<FloatType>(dtype))
    return dtype;
  return IntegerType::get(dtype.getContext(), dtype.getIntOrFloatBitWidth());
}

/// Among the floats, integers to floats, floats to wider floats and to halves, rounded once.
static Value castToFloat(Builder &b, Value x, Type from, Type to) {
  if (isHalf(to)) {
    // Integers go through float32, as in NumPy.
    Value real = isFloat(x) ? x : castToFloat(b, x, from, b.getF32Type());
    return from.isInteger(1) ? real : roundToHalf(b, real, to);
  }
  Type type = withElement(x.getType(), to);
  if (isFloat(x)) {
    if (x.getType() == type)
      return x;
    if (width(x) < to.getIntOrFloatBitWidth())
      return arith::ExtFOp::create(b, type, x);
    return arith::TruncFOp::create(b, type, x);
  }
  if (isUnsigned(from))
    return arith::UIToFPOp::create(b, type, x);
  return arith::SIToFPOp::create(b, type, x);
}

Value emitCast(Builder &b, Value x, Type from, Type to) {
  if (from == to)
    return x;
  if (auto complex = dyn_cast<ComplexType>(from)) {
    Type part = complex.getElementType();
    if (auto target = dyn_cast<ComplexType>(to))
      return eachPart(b, x, [&](Value v) { return emitCast(b, v, part, target.getElementType()); });
    if (to.isInteger(1))
      return arith::OrIOp::create(b, emitCast(b, partOf(b, x, 0), part, to),
                                  emitCast(b, partOf(b, x, 1), part, to));
    return emitCast(b, partOf(b, x, 0), part, to);
  }
  if (auto complex = dyn_cast<ComplexType>(to)) {
    Value re = emitCast(b, x, from, complex.getElementType());
    return makeComplex(b, re, constant(b, re.getType(), 0));
  }
  if (to.isInteger(1))
    return isFloat(x) ? cmp(b, CmpFPredicate::UNE, x, constant(b, x.getType(), 0))
                      : cmp(b, CmpIPredicate::ne, x, constantInt(b, x.getType(), 0));
  if (isa<FloatType>(to))
    return castToFloat(b, x, from, to);
  if (isFloat(x))
    return floatToInteger(b, x, to);
  Type type = withElement(x.getType(), b.getIntegerType(to.getIntOrFloatBitWidth()));
  unsigned have = width(x), want = to.getIntOrFloatBitWidth();
  if (have == want)
    return x;
  if (have > want)
    return arith::TruncIOp::create(b, type, x);
  if (isUnsigned(from))
    return arith::ExtUIOp::create(b, type, x);
  return arith::ExtSIOp::create(b, type, x);
}

Value emitSqrt(Builder &b, Value x) { return math::SqrtOp::create(b, x); }

Value emitNegative(Builder &b, Value x) {
  if (isComplex(x))
    return eachPart(b, x, [&](Value v) { return emitNegative(b, v); });
  if (isFloat(x))
    return arith::NegFOp::create(b, x);
  return arith::SubIOp::create(b, constantInt(b, x.getType(), 0), x);
}

Value emitAbsolute(Builder &b, Value x, Type t) {
  if (isComplex(x))
    return emitComplexAbsolute(b, x);
  if (isFloat(x))
    return math::AbsFOp::create(b, x);
  return isUnsigned(t) ? x : math::AbsIOp::create(b, x);
}

Value emitSign(Builder &b, Value x, Type t) {
  if (isComplex(x))
    return emitComplexSign(b, x);
  Type type = x.getType();
  if (isFloat(x)) {
    Value zero = constant(b, type, 0);
    Value negative = select(b, cmp(b, CmpFPredicate::OLT, x, zero), constant(b, type, -1),
                            select(b, cmp(b, CmpFPredicate::OEQ, x, zero), zero, x));
    return select(b, cmp(b, CmpFPredicate::OGT, x, zero), constant(b, type, 1), negative);
  }
  Value zero = constantInt(b, type, 0), one = constantInt(b, type, 1);
  if (isUnsigned(t))
    return select(b, cmp(b, CmpIPredicate::ne, x, zero), one, zero);
  Value negative = select(b, cmp(b, CmpIPredicate::slt, x, zero), constantInt(b, type, -1), zero);
  return select(b, cmp(b, CmpIPredicate::sgt, x, zero), one, negative);
}

// An integer's reciprocal is 1, -1 or 0; by zero it is float64's inf converted, as in NumPy.
Value emitReciprocal(Builder &b, Value x, Type t) {
  if (isComplex(x))
    return emitComplexReciprocal(b, x);
  if (isFloat(x))
    return arith::DivFOp::create(b, constant(b, x.getType(), 1), x);
  Value zero = constantInt(b, x.getType(), 0);
  Value one = cmp(b, CmpIPredicate::eq, x, constantInt(b, x.getType(), 1));
  Value y = select(b, one, x, zero);
  if (!isUnsigned(t))
    y = select(b, cmp(b, CmpIPredicate::eq, x, constantInt(b, x.getType(), -1)), x, y);
  unsigned bits = width(x);
  int64_t atZero = bits == 64 ? INT64_MIN : bits == 32 && !isUnsigned(t) ? INT32_MIN : 0;
  return select(b, cmp(b, CmpIPredicate::eq, x, zero), constantInt(b, x.getType(), atZero), y);
}

Value emitFloor(Builder &b, Value x) { return isFloat(x) ? math::FloorOp::create(b, x) : x; }
Value emitCeil(Builder &b, Value x) { return isFloat(x) ? math::CeilOp::create(b, x) : x; }
Value emitTrunc(Builder &b, Value x) { return isFloat(x) ? math::TruncOp::create(b, x) : x; }
Value emitRint(Builder &b, Value x) { return math::RoundEvenOp::create(b, x); }

Value emitInvert(Builder &b, Value x) {
  return arith::XOrIOp::create(b, x, constantInt(b, x.getType(), -1));
}

static Value always(Builder &b, Value x, bool value) {
  return constantInt(b, withElement(x.getType(), b.getI1Type()), value ? -1 : 0);
}

Value emitIsnan(Builder &b, Value x) {
  if (isComplex(x))
    return emitComplexIsnan(b, x);
  return isFloat(x) ? cmp(b, CmpFPredicate::UNO, x, x) : always(b, x, false);
}
Value emitIsinf(Builder &b, Value x) {
  if (isComplex(x))
    return emitComplexIsinf(b, x);
  if (!isFloat(x))
    return always(b, x, false);
  return cmp(b, CmpFPredicate::OEQ, math::AbsFOp::create(b, x), constant(b, x.getType(), INFINITY));
}
Value emitIsfinite(Builder &b, Value x) {
  if (isComplex(x))
    return emitComplexIsfinite(b, x);
  if (!isFloat(x))
    return always(b, x, true);
  return cmp(b, CmpFPredicate::OLT, math::AbsFOp::create(b, x), constant(b, x.getType(), INFINITY));
}
Value emitSignbit(Builder &b, Value x) {
  Type bits = withElement(x.getType(), b.getIntegerType(width(x)));
  return cmp(b, CmpIPredicate::slt, arith::BitcastOp::create(b, bits, x), constantInt(b, bits, 0));
}

/// \p f of the real parts and of the imaginary parts.
static Value byParts(Builder &b, Value x, Value y, Value (*f)(Builder &, Value, Value, Type)) {
  Value re = f(b, partOf(b, x, 0), partOf(b, y, 0), {});
  return makeComplex(b, re, f(b, partOf(b, x, 1), partOf(b, y, 1), {}));
}

Value emitAdd(Builder &b, Value x, Value y, Type) {
  if (isComplex(x))
    return byParts(b, x, y, emitAdd);
  if (isFloat(x))
    return arith::AddFOp::create(b, x, y);
  return isBool(x) ? Value(arith::OrIOp::create(b, x, y)) : Value(arith::AddIOp::create(b, x, y));
}
Value emitSubtract(Builder &b, Value x, Value y, Type) {
  if (isComplex(x))
    return byParts(b, x, y, emitSubtract);
  return isFloat(x) ? Value(arith::SubFOp::create(b, x, y)) : Value(arith::SubIOp::create(b, x, y));
}
Value emitMultiply(Builder &b, Value x, Value y, Type) {
  if (isComplex(x))
    return emitComplexMultiply(b, x, y);
  return isFloat(x) ? Value(arith::MulFOp::create(b, x, y)) : Value(arith::MulIOp::create(b, x, y));
}
Value emitDivide(Builder &b, Value x, Value y, Type) {
  if (isComplex(x))
    return emitComplexDivide(b, x, y);
  return arith::DivFOp::create(b, x, y);
}

// A divisor without the two traps, zero and lowest / -1: there 1 stands, whose quotient and
// remainder are NumPy's for the second; for zero the caller selects 0.
static Value safeDivisor(Builder &b, Value x, Value y, Type t, Value &isZero) {
  isZero = cmp(b, CmpIPredicate::eq, y, constantInt(b, y.getType(), 0));
  Value trap = isZero;
  if (!isUnsigned(t)) {
    int64_t lowest = APInt::getSignedMinValue(width(x)).getSExtValue();
    Value overflow =
        arith::AndIOp::create(b, cmp(b, CmpIPredicate::eq, x, constantInt(b, x.getType(), lowest)),
                              cmp(b, CmpIPredicate::eq, y, constantInt(b, y.getType(), -1)));
    trap = arith::OrIOp::create(b, trap, overflow);
  }
  return select(b, trap, constantInt(b, y.getType(), 1), y);
}

Value emitFloorDivide(Builder &b, Value x, Value y, Type t) {
  if (isFloat(x))
    return emitFloorDivide(b, x, y);
  Value isZero, zero = constantInt(b, x.getType(), 0);
  Value divisor = safeDivisor(b, x, y, t, isZero), quotient;
  if (isUnsigned(t)) {
    quotient = arith::DivUIOp::create(b, x, divisor);
  } else {
    quotient = arith::DivSIOp::create(b, x, divisor);
    Value rest = arith::SubIOp::create(b, x, arith::MulIOp::create(b, quotient, divisor));
    Value down = arith::AndIOp::create(
        b, cmp(b, CmpIPredicate::ne, rest, zero),
        cmp(b, CmpIPredicate::slt, arith::XOrIOp::create(b, rest, divisor), zero));
    quotient = select(b, down, arith::SubIOp::create(b, quotient, constantInt(b, x.getType(), 1)),
                      quotient);
  }
  return select(b, isZero, zero, quotient);
}

Value emitFmod(Builder &b, Value x, Value y, Type t) {
  if (isFloat(x))
    return emitFmod(b, x, y);
  Value isZero, divisor = safeDivisor(b, x, y, t, isZero);
  Value rest = isUnsigned(t) ? Value(arith::RemUIOp::create(b, x, divisor))
                             : Value(arith::RemSIOp::create(b, x, divisor));
  return select(b, isZero, constantInt(b, x.getType(), 0), rest);
}

Value emitRemainder(Builder &b, Value x, Value y, Type t) {
  if (isFloat(x))
    return emitRemainder(b, x, y);
  Value rest = emitFmod(b, x, y, t);
  if (isUnsigned(t))
    return rest;
  Value zero = constantInt(b, x.getType(), 0);
  Value wrap =
      arith::AndIOp::create(b, cmp(b, CmpIPredicate::ne, rest, zero),
                            cmp(b, CmpIPredicate::slt, arith::XOrIOp::create(b, rest, y), zero));
  wrap = arith::AndIOp::create(b, wrap, cmp(b, CmpIPredicate::ne, y, zero));
  return select(b, wrap, arith::AddIOp::create(b, rest, y), rest);
}

// Integers by squaring, modulo 2^width; a negative exponent gives the truncated reciprocal power.
static Value integerPower(Builder &b, Value x, Value y, Type t) {
  Type type = x.getType();
  Value one = constantInt(b, type, 1), zero = constantInt(b, type, 0);
  Value from = arith::ConstantIndexOp::create(b, 0),
        to = arith::ConstantIndexOp::create(b, width(x)),
        step = arith::ConstantIndexOp::create(b, 1);
  auto loop = scf::ForOp::create(
      b, from, to, step, ValueRange{one, x, y},
      [&](OpBuilder &inner, Location loc, Value, ValueRange state) {
        ImplicitLocOpBuilder b(loc, inner);
        Value odd = cmp(b, CmpIPredicate::ne, arith::AndIOp::create(b, state[2], one), zero);
        Value result = select(b, odd, arith::MulIOp::create(b, state[0], state[1]), state[0]);
        Value base = arith::MulIOp::create(b, state[1], state[1]);
        Value rest = arith::ShRUIOp::create(b, state[2], one);
        scf::YieldOp::create(b, ValueRange{result, base, rest});
      });
  Value power = loop.getResult(0);
  if (isUnsigned(t))
    return power;
  Value odd = cmp(b, CmpIPredicate::ne, arith::AndIOp::create(b, y, one), zero);
  Value minusOne = constantInt(b, type, -1);
  Value small = select(
      b, cmp(b, CmpIPredicate::eq, x, one), one,
      select(b, cmp(b, CmpIPredicate::eq, x, minusOne), select(b, odd, minusOne, one), zero));
  return select(b, cmp(b, CmpIPredicate::slt, y, zero), small, power);
}

Value emitPower(Builder &b, Value x, Value y, Type t) {
  if (isComplex(x))
    return emitComplexPower(b, x, y);
  return isFloat(x) ? emitPower(b, x, y) : integerPower(b, x, y, t);
}

// Of two zeros the second, on every CPU: what arith.maximumf does with them under nsz differs
// between targets. A max, a comparison and a blend.
static Value extremum(Builder &b, Value x, Value y, Type t, bool larger) {
  if (isComplex(x))
    return emitComplexExtremum(b, x, y, larger, /*nanWins=*/true);
  if (isFloat(x)) {
    Value taken = cmp(b, larger ? CmpFPredicate::OGT : CmpFPredicate::OLT, x, y);
    return select(b, emitIsnan(b, x), x, select(b, taken, x, y));
  }
  if (larger)
    return isUnsigned(t) ? Value(arith::MaxUIOp::create(b, x, y))
                         : Value(arith::MaxSIOp::create(b, x, y));
  return isUnsigned(t) ? Value(arith::MinUIOp::create(b, x, y))
                       : Value(arith::MinSIOp::create(b, x, y));
}
Value emitMaximum(Builder &b, Value x, Value y, Type t) { return extremum(b, x, y, t, true); }
Value emitMinimum(Builder &b, Value x, Value y, Type t) { return extremum(b, x, y, t, false); }

static Value ignoringNan(Builder &b, Value x, Value y, Type t, bool larger) {
  if (isComplex(x))
    return emitComplexExtremum(b, x, y, larger, /*nanWins=*/false);
  if (!isFloat(x))
    return extremum(b, x, y, t, larger);
  Value takeX = cmp(b, larger ? CmpFPredicate::OGE : CmpFPredicate::OLE, x, y);
  takeX = arith::OrIOp::create(b, takeX, emitIsnan(b, y));
  return select(b, takeX, x, y);
}
Value emitFmax(Builder &b, Value x, Value y, Type t) { return ignoringNan(b, x, y, t, true); }
Value emitFmin(Builder &b, Value x, Value y, Type t) { return ignoringNan(b, x, y, t, false); }
Value emitCopysign(Builder &b, Value x, Value y) { return math::CopySignOp::create(b, x, y); }

Value emitAnd(Builder &b, Value x, Value y, Type) { return arith::AndIOp::create(b, x, y); }
Value emitOr(Builder &b, Value x, Value y, Type) { return arith::OrIOp::create(b, x, y); }
Value emitXor(Builder &b, Value x, Value y, Type) { return arith::XOrIOp::create(b, x, y); }

// Shifts by the width or more, and by negative amounts, push every bit out.
Value emitLeftShift(Builder &b, Value x, Value y, Type) {
  Value inside = cmp(b, CmpIPredicate::ult, y, constantInt(b, y.getType(), width(x)));
  Value amount = select(b, inside, y, constantInt(b, y.getType(), 0));
  return select(b, inside, arith::ShLIOp::create(b, x, amount), constantInt(b, x.getType(), 0));
}
Value emitRightShift(Builder &b, Value x, Value y, Type t) {
  Value last = constantInt(b, y.getType(), width(x) - 1);
  Value inside = cmp(b, CmpIPredicate::ule, y, last);
  if (!isUnsigned(t))
    return arith::ShRSIOp::create(b, x, select(b, inside, y, last));
  Value amount = select(b, inside, y, constantInt(b, y.getType(), 0));
  return select(b, inside, arith::ShRUIOp::create(b, x, amount), constantInt(b, x.getType(), 0));
}

static Value compare(Builder &b, Value x, Value y, Type t, CmpFPredicate f, CmpIPredicate s,
                     CmpIPredicate u) {
  if (isFloat(x))
    return cmp(b, f, x, y);
  return cmp(b, isUnsigned(t) ? u : s, x, y);
}
Value emitEqual(Builder &b, Value x, Value y, Type t) {
  if (isComplex(x))
    return emitComplexEqual(b, x, y);
  return compare(b, x, y, t, CmpFPredicate::OEQ, CmpIPredicate::eq, CmpIPredicate::eq);
}
Value emitNotEqual(Builder &b, Value x, Value y, Type t) {
  if (isComplex(x))
    return emitInvert(b, emitComplexEqual(b, x, y));
  return compare(b, x, y, t, CmpFPredicate::UNE, CmpIPredicate::ne, CmpIPredicate::ne);
}
Value emitLess(Builder &b, Value x, Value y, Type t) {
  if (isComplex(x))
    return emitComplexLess(b, x, y, false);
  return compare(b, x, y, t, CmpFPredicate::OLT, CmpIPredicate::slt, CmpIPredicate::ult);
}
Value emitLessEqual(Builder &b, Value x, Value y, Type t) {
  if (isComplex(x))
    return emitComplexLess(b, x, y, true);
  return compare(b, x, y, t, CmpFPredicate::OLE, CmpIPredicate::sle, CmpIPredicate::ule);
}
Value emitGreater(Builder &b, Value x, Value y, Type t) {
  if (isComplex(x))
    return emitComplexLess(b, y, x, false);
  return compare(b, x, y, t, CmpFPredicate::OGT, CmpIPredicate::sgt, CmpIPredicate::ugt);
}
Value emitGreaterEqual(Builder &b, Value x, Value y, Type t) {
  if (isComplex(x))
    return emitComplexLess(b, y, x, true);
  return compare(b, x, y, t, CmpFPredicate::OGE, CmpIPredicate::sge, CmpIPredicate::uge);
}

Value emitWhere(Builder &b, Value condition, Value x, Value y) {
  return selectValue(b, condition, x, y);
}
Value emitClip(Builder &b, Value x, Value low, Value high, Type t) {
  return emitMinimum(b, emitMaximum(b, x, low, t), high, t);
}

} // namespace nd::body
