// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Elementary functions as straight-line arith/math/vector code.
//
// Each emitter takes an f32, an f64 or a one-dimensional fixed-size vector of either and gives a
// value of the same type. The code calls nothing, reads no tables (but one vector constant for huge
// angles) and has no branches, but for an scf.if around the reduction of huge arguments in sin, cos
// and tan and an scf.while in fmod, remainder and floor_divide, which test all elements at once.
// Every rounding is explicit, so that an element's result does not depend on the vector width it
// was computed at nor on the machine. Special values are those of C99 annex F, which NumPy follows.
//
// Errors given in ulp are the largest found against MPFR in 1 to 2 million arguments per function
// (tests/unit/math_ulp.cpp).

#ifndef ND_BODY_MATH_H
#define ND_BODY_MATH_H

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace nd::body {

// Exponentials (MathExp.cpp).
mlir::Value emitExp(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitExp2(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitExpm1(mlir::ImplicitLocOpBuilder &b, mlir::Value x);

// Logarithms (MathLog.cpp).
mlir::Value emitLog(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitLog2(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitLog10(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitLog1p(mlir::ImplicitLocOpBuilder &b, mlir::Value x);

// Circular functions and their inverses (MathTrig.cpp, MathInverseTrig.cpp).
mlir::Value emitSin(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitCos(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitTan(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitArcsin(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitArccos(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitArctan(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitArctan2(mlir::ImplicitLocOpBuilder &b, mlir::Value y, mlir::Value x);

// Hyperbolic functions and their inverses (MathHyperbolic.cpp).
mlir::Value emitSinh(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitCosh(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitTanh(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitArcsinh(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitArccosh(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitArctanh(mlir::ImplicitLocOpBuilder &b, mlir::Value x);

// Powers and roots (MathPower.cpp).
mlir::Value emitCbrt(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitHypot(mlir::ImplicitLocOpBuilder &b, mlir::Value x, mlir::Value y);
mlir::Value emitPower(mlir::ImplicitLocOpBuilder &b, mlir::Value x, mlir::Value y);

// log(exp(x) + exp(y)) and the same to base 2, by NumPy's formula (MathLog.cpp).
mlir::Value emitLogaddexp(mlir::ImplicitLocOpBuilder &b, mlir::Value x, mlir::Value y);
mlir::Value emitLogaddexp2(mlir::ImplicitLocOpBuilder &b, mlir::Value x, mlir::Value y);

// The error function and the gamma function (MathErf.cpp, MathGamma.cpp).
mlir::Value emitErf(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitErfc(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitGamma(mlir::ImplicitLocOpBuilder &b, mlir::Value x);
mlir::Value emitLgamma(mlir::ImplicitLocOpBuilder &b, mlir::Value x);

// Division with remainder, exact (MathRemainder.cpp): numpy.fmod has the sign of the dividend,
// numpy.remainder that of the divisor, numpy.floor_divide is the quotient that goes with the
// latter.
mlir::Value emitFmod(mlir::ImplicitLocOpBuilder &b, mlir::Value x, mlir::Value y);
mlir::Value emitRemainder(mlir::ImplicitLocOpBuilder &b, mlir::Value x, mlir::Value y);
mlir::Value emitFloorDivide(mlir::ImplicitLocOpBuilder &b, mlir::Value x, mlir::Value y);

} // namespace nd::body

#endif // ND_BODY_MATH_H
