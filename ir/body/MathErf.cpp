// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// erf, erfc.
//
// Method: |x| < 1: erf(x) = x + x P(x^2). Beyond: erfc(a) = exp(-a^2) F(t) / (1 + 2 a) with t = (a
// - 4) / (a + 4), one polynomial for all a (Shepherd and Laframboise 1981, Chebyshev approximation
// of (1 + 2x) exp(x^2) erfc x in 0 <= x < infinity). In f64 a^2, the quotient and the sum that the
// exponential is are carried as sums of two numbers. f32 is computed in f64 with shorter
// polynomials, computed for this file like the longer ones.

#include "MathDetail.h"

#include "Math.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

// erf(x) / x - 1 in x^2, |x| <= 1; errors 2^-56.3 and 2^-34.7.
static constexpr double kErfF64[] = {
    0x1.06eba8214db69p-3,  -0x1.812746b0379e7p-2,  0x1.ce2f21a042bdep-4,  -0x1.b82ce312889bap-6,
    0x1.565bcd0e6502dp-8,  -0x1.c02db3feeb579p-11, 0x1.f9a326c233146p-14, -0x1.f4d2561aeafd4p-17,
    0x1.b9e6509b9867dp-20, -0x1.5f6d925a0bc7ap-23, 0x1.fc4356498c2d9p-27, -0x1.4e607b41a6416p-30,
    0x1.7f072188e194dp-34, -0x1.29b9f1b3df556p-38};
static constexpr double kErfF32[] = {
    0x1.06eba82022eadp-3, -0x1.81274665754c3p-2,  0x1.ce2f08fec14fdp-4,  -0x1.b829c897922e5p-6,
    0x1.562a60ddba6e6p-8, -0x1.bccf664d7f763p-11, 0x1.d887505de3ba6p-14, -0x1.445f47d33d87bp-17};

// F(t), the first coefficient in two parts, -1 <= t <= 0.75, and -1 <= t <= 0.45; errors 2^-55.9
// and 2^-29.9.
static constexpr double kErfcLo = -0x1.9ec6b05d1f8fep-55;
static constexpr double kErfcF64[] = {
    0x1.3ba5916e9fd7fp+0,   -0x1.1df1ad154a28fp-3,  0x1.f7f5df66fd6a7p-7,   0x1.16ecefcfa540ep-4,
    -0x1.9ddb23c3e8874p-4,  0x1.7fee004e112c3p-4,   -0x1.0fb06dfe56142p-4,  0x1.3079edf6aa5a8p-5,
    -0x1.096238828c1cbp-6,  0x1.49c6727af5d87p-8,   -0x1.8d4a9c3d62797p-11, -0x1.a1df1e2a70512p-13,
    0x1.3be068698b9ccp-13,  -0x1.9959f4cc5a01cp-16, -0x1.788ca4d342b82p-17, 0x1.7f2d5af276bp-18,
    0x1.3b713b970cad2p-22,  -0x1.bb2bbabb02ec5p-21, 0x1.40eafd5947706p-24,  0x1.d8b4353ca5555p-24,
    -0x1.353a87be1712dp-26, -0x1.e432644b5660ap-27, 0x1.00cd8e2f991c3p-29,  0x1.5b62d008c2d94p-30};
static constexpr double kErfcF32[] = {
    0x1.3ba5916ed1001p+0,  -0x1.1df1af88059f9p-3, 0x1.f7f5b5f12e7b7p-7,  0x1.16edf0f579a2fp-4,
    -0x1.9dd9a93d38c9bp-4, 0x1.7fe014ff2d349p-4,  -0x1.0fcd3dfa5df82p-4, 0x1.30f319ada7d47p-5,
    -0x1.06561a3aa29bfp-6, 0x1.4b2e1657cf164p-8,  -0x1.2990663659e4p-10, -0x1.50fb59a6487f2p-11};

/// erf(x) for |x| < 1.
static V erfNear(V x, bool f32) {
  V p = polynomial(x * x, f32 ? ArrayRef<double>(kErfF32) : ArrayRef<double>(kErfF64));
  return fma(x, p, x);
}

/// erfc(a) for a >= 0.75; 0 from where the result dtype has no other number.
static V erfcFar(V a, bool f32) {
  a = atMost(a, f32 ? 10.5 : 28);
  V t = (a - 4) / (a + 4);
  V square = a * a;
  if (f32) {
    ExpParts exp = expParts(-square, 1023);
    V quotient = polynomial(t, kErfcF32) / fma(a, 2.0, 1.0);
    return fma(quotient, exp.r + exp.e, quotient) * powerOfTwo(exp.kBits);
  }
  V squareLo = -fma(a, a, -square);
  ExpParts exp = expParts(-square, 2046, &squareLo);
  V rest = t * polynomial(t, ArrayRef<double>(kErfcF64).drop_front());
  Pair f = fastTwoSum(num(a, kErfcF64[0]), rest);
  Pair divisor = twoSum(num(a, 1.0), a * 2);
  V inverse = 1.0 / divisor.hi;
  V quotient = f.hi * inverse;
  V residue = fma(-quotient, divisor.hi, f.hi) + fma(-quotient, divisor.lo, f.lo + kErfcLo);
  V value = quotient + fma(quotient, exp.r + exp.e, residue * inverse);
  V half = shr(exp.kBits, 1);
  return value * powerOfTwo(half) * powerOfTwo(isub(exp.kBits, half));
}

static V inF64(V x, V (*function)(V, bool)) {
  return x.isF32() ? toF32(function(toF64(x), true)) : function(x, false);
}

/// f64: 0.90 ulp, f32: 0.51 ulp.
Value emitErf(ImplicitLocOpBuilder &b, Value input) {
  return inF64({&b, input}, [](V x, bool f32) {
    V a = abs(x);
    return select(a < 1.0, erfNear(x, f32), copySign(1.0 - erfcFar(a, f32), x));
  });
}

/// f64: 1.75 ulp, f32: 0.52 ulp.
Value emitErfc(ImplicitLocOpBuilder &b, Value input) {
  return inF64({&b, input}, [](V x, bool f32) {
    V a = abs(x);
    V far = erfcFar(a, f32);
    V near = (x < 0.75) & (a < 1.0);
    return select(near, 1.0 - erfNear(x, f32), select(x < 0.0, 2.0 - far, far));
  });
}

} // namespace nd::body
