// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Complex numbers in registers, and the bodies of pointwise ops on them.
//
// A complex value is one SSA value of the LLVM type struct<(part, part)>, where a part is a float
// or a vector of floats: so scf loops carry it and maps hold it as they do any other. Taking it
// apart sees through the op that put it together, so that no struct is left where no loop carries
// one.
#ifndef ND_BODY_COMPLEX_H
#define ND_BODY_COMPLEX_H

#include "ir/body/Arith.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace nd::body {

/// The type of a complex value whose parts are of type \p part.
Type complexType(Type part);
bool isComplex(Type registerType);
inline bool isComplex(Value x) { return isComplex(x.getType()); }
/// The type of a complex value's parts; any other type itself.
Type partType(Type registerType);

Value makeComplex(Builder &b, Value re, Value im);
/// Part \p k (0 real, 1 imaginary) of a complex value.
Value partOf(Builder &b, Value z, unsigned k);
/// \p f of a value that is not complex, or of both parts.
Value eachPart(Builder &b, Value x, llvm::function_ref<Value(Value)> f);
/// \p x where \p condition holds, else \p y; any register type.
Value selectValue(Builder &b, Value condition, Value x, Value y);

/// \p real of a float, \p complex of a complex number.
inline Value emitEither(Builder &b, Value x, Value (*real)(Builder &, Value),
                        Value (*complex)(Builder &, Value)) {
  return isComplex(x) ? complex(b, x) : real(b, x);
}

// Arithmetic as NumPy's loops compute it: no fused multiply-add, Smith's division (Complex.cpp).
Value emitReal(Builder &b, Value x);
Value emitImag(Builder &b, Value x);
Value emitConjugate(Builder &b, Value x);
Value emitComplexAbsolute(Builder &b, Value z);
Value emitComplexSign(Builder &b, Value z);
Value emitComplexMultiply(Builder &b, Value x, Value y);
Value emitComplexDivide(Builder &b, Value x, Value y);
Value emitComplexReciprocal(Builder &b, Value z);
Value emitComplexRint(Builder &b, Value z);
Value emitComplexIsnan(Builder &b, Value z);
Value emitComplexIsinf(Builder &b, Value z);
Value emitComplexIsfinite(Builder &b, Value z);
Value emitComplexEqual(Builder &b, Value x, Value y);
/// The order of NumPy: by real part, equal ones by imaginary part; false for nan.
Value emitComplexLess(Builder &b, Value x, Value y, bool orEqual);
/// The larger or smaller; \p nanWins as maximum has it, else as fmax.
Value emitComplexExtremum(Builder &b, Value x, Value y, bool larger, bool nanWins);

// Exponential, logarithm and powers (ComplexExp.cpp).
Value emitComplexExp(Builder &b, Value z);
Value emitComplexExp2(Builder &b, Value z);
Value emitComplexExpm1(Builder &b, Value z);
Value emitComplexLog(Builder &b, Value z);
Value emitComplexLog2(Builder &b, Value z);
Value emitComplexLog10(Builder &b, Value z);
Value emitComplexLog1p(Builder &b, Value z);
Value emitComplexSqrt(Builder &b, Value z);
Value emitComplexPower(Builder &b, Value x, Value y);

// Circular and hyperbolic functions (ComplexTrig.cpp).
Value emitComplexSin(Builder &b, Value z);
Value emitComplexCos(Builder &b, Value z);
Value emitComplexTan(Builder &b, Value z);
Value emitComplexSinh(Builder &b, Value z);
Value emitComplexCosh(Builder &b, Value z);
Value emitComplexTanh(Builder &b, Value z);
Value emitComplexArcsin(Builder &b, Value z);
Value emitComplexArccos(Builder &b, Value z);
Value emitComplexArctan(Builder &b, Value z);
Value emitComplexArcsinh(Builder &b, Value z);
Value emitComplexArccosh(Builder &b, Value z);
Value emitComplexArctanh(Builder &b, Value z);

} // namespace nd::body

#endif // ND_BODY_COMPLEX_H
