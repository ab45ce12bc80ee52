// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bodies of pointwise ops that are a few arith or math ops: on scalars and vectors alike. `t` is
// the dtype, which says whether integers (signless in the values) are signed.
#ifndef ND_BODY_ARITH_H
#define ND_BODY_ARITH_H

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace nd::body {

using Builder = mlir::ImplicitLocOpBuilder;
using mlir::Type;
using mlir::Value;

/// A constant of the type of \p like, splat over its lanes.
Value constant(Builder &b, Type like, double value);
Value constantInt(Builder &b, Type like, int64_t value);

/// The type of a value in registers: integers signless, the halves as f32, complex numbers a
/// struct.
Type registerType(Type dtype);
/// \p x of dtype \p from converted to dtype \p to as NumPy converts.
Value emitCast(Builder &b, Value x, Type from, Type to);

Value emitSqrt(Builder &b, Value x);
Value emitNegative(Builder &b, Value x);
inline Value emitPositive(Builder &, Value x) { return x; }
Value emitAbsolute(Builder &b, Value x, Type t);
Value emitSign(Builder &b, Value x, Type t);
Value emitReciprocal(Builder &b, Value x, Type t);
Value emitFloor(Builder &b, Value x);
Value emitCeil(Builder &b, Value x);
Value emitTrunc(Builder &b, Value x);
Value emitRint(Builder &b, Value x);
Value emitInvert(Builder &b, Value x);
Value emitIsnan(Builder &b, Value x);
Value emitIsinf(Builder &b, Value x);
Value emitIsfinite(Builder &b, Value x);
Value emitSignbit(Builder &b, Value x);

Value emitAdd(Builder &b, Value x, Value y, Type t);
Value emitSubtract(Builder &b, Value x, Value y, Type t);
Value emitMultiply(Builder &b, Value x, Value y, Type t);
Value emitDivide(Builder &b, Value x, Value y, Type t);
Value emitFloorDivide(Builder &b, Value x, Value y, Type t);
Value emitRemainder(Builder &b, Value x, Value y, Type t);
Value emitFmod(Builder &b, Value x, Value y, Type t);
Value emitPower(Builder &b, Value x, Value y, Type t);
Value emitMaximum(Builder &b, Value x, Value y, Type t);
Value emitMinimum(Builder &b, Value x, Value y, Type t);
Value emitFmax(Builder &b, Value x, Value y, Type t);
Value emitFmin(Builder &b, Value x, Value y, Type t);
Value emitCopysign(Builder &b, Value x, Value y);

Value emitAnd(Builder &b, Value x, Value y, Type t);
Value emitOr(Builder &b, Value x, Value y, Type t);
Value emitXor(Builder &b, Value x, Value y, Type t);
Value emitLeftShift(Builder &b, Value x, Value y, Type t);
Value emitRightShift(Builder &b, Value x, Value y, Type t);

Value emitEqual(Builder &b, Value x, Value y, Type t);
Value emitNotEqual(Builder &b, Value x, Value y, Type t);
Value emitLess(Builder &b, Value x, Value y, Type t);
Value emitLessEqual(Builder &b, Value x, Value y, Type t);
Value emitGreater(Builder &b, Value x, Value y, Type t);
Value emitGreaterEqual(Builder &b, Value x, Value y, Type t);

// Floats by their bits, angles and steps (Floats.cpp). nextafter and spacing know the halves'
// neighbours; an exponent of ldexp is an integer of any width.
Value emitNextafter(Builder &b, Value x, Value y, Type t);
Value emitSpacing(Builder &b, Value x, Type t);
Value emitFrexpMantissa(Builder &b, Value x);
Value emitFrexpExponent(Builder &b, Value x);
Value emitLdexp(Builder &b, Value x, Value exponent);
Value emitFabs(Builder &b, Value x);
Value emitHeaviside(Builder &b, Value x, Value y);
Value emitDegrees(Builder &b, Value x);
Value emitRadians(Builder &b, Value x);

// Whole numbers (Integers.cpp).
Value emitGcd(Builder &b, Value x, Value y, Type t);
Value emitLcm(Builder &b, Value x, Value y, Type t);
Value emitBitwiseCount(Builder &b, Value x, Type t);

Value emitWhere(Builder &b, Value condition, Value x, Value y);
Value emitClip(Builder &b, Value x, Value low, Value high, Type t);

} // namespace nd::body

#endif // ND_BODY_ARITH_H
