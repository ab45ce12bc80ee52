// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// log, log2, log10, log1p, logaddexp, logaddexp2.
//
// Method: x = 2^k (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), by integer arithmetic on the bits. In
// f64 log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)) with s = f / (2 + f), the form of fdlibm's
// e_log.c (Sun Microsystems 1993); in f32 log(1 + f) = f - f^2/2 + f^3 P(f), which needs no
// division (Cephes' logf). R and P are minimax polynomials computed for this file. k ln 2 is added
// in two parts of which the first is exact.

#include "MathDetail.h"

#include "Math.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

// (2 artanh(s) - 2 s) / s^3 in s^2, error 2^-59.5; (log1p(f) - f + f^2/2) / f^3, error 2^-30.3.
static constexpr double kArtanhF64[] = {
    0x1.5555555555592p-1, 0x1.999999997ff0dp-2, 0x1.24924941e2ad5p-2, 0x1.c71c5212afd83p-3,
    0x1.74663d5e3376ep-3, 0x1.39a1dacb5a62fp-3, 0x1.2f04607afd351p-3};
static constexpr double kLog1pF32[] = {0x1.555548p-2,  -0x1.000008p-2, 0x1.99a478p-3,
                                       -0x1.555b8cp-3, 0x1.233af6p-3,  -0x1.fc3e38p-4,
                                       0x1.e6dd26p-4,  -0x1.dd991ep-4, 0x1.13bdc4p-4};

// ln 2 in two parts, the first short enough for k times it to be exact.
static double ln2Hi(V like) { return like.isF32() ? 0x1.62e4p-1 : 0x1.62e42feep-1; }
static double ln2Lo(V like) { return like.isF32() ? 0x1.7f7d1cp-20 : 0x1.a39ef35793c76p-33; }

/// For a positive normal \p x; \p offset is subtracted from k.
static BinaryParts split(V x, V offset) {
  bool f32 = x.isF32();
  std::uint64_t one = f32 ? 0x3f800000 : 0x3ff0000000000000;
  std::uint64_t rootHalf = f32 ? 0x3f3504f3 : 0x3fe6a09e667f3bcd;
  unsigned fraction = f32 ? 23 : 52;
  V raw = bits(x);
  V shifted = iadd(raw, word(raw, one - rootHalf));
  V fractionMask = word(raw, (std::uint64_t{1} << fraction) - 1);
  V m = fromBits(iadd(shifted & fractionMask, word(raw, rootHalf)));
  // The biased exponent becomes the low bits of a float whose ulp is 1.
  V exponent = shr(shifted, fraction) | word(raw, f32 ? 0x4b000000 : 0x4330000000000000);
  return {fromBits(exponent) - offset, m};
}

static V exponentOffset(V x, double denormal) {
  return num(x, (x.isF32() ? 0x1p23 + 127 : 0x1p52 + 1023) + denormal);
}

BinaryParts detail::splitNormal(V x) { return split(x, exponentOffset(x, 0)); }

BinaryParts detail::splitPositive(V x) {
  bool f32 = x.isF32();
  V denormal = x < (f32 ? 0x1p-126 : 0x1p-1022);
  return split(select(denormal, x * (f32 ? 0x1p23 : 0x1p52), x),
               select(denormal, exponentOffset(x, f32 ? 23 : 52), exponentOffset(x, 0)));
}

/// log(1 + f) - f + f^2/2 + extra, given f^2/2.
static V logTail(V f, V halfSquare, const V *extra) {
  if (f.isF32()) {
    V cube = f * halfSquare * 2;
    V p = polynomial(f, kLog1pF32);
    return extra ? fma(cube, p, *extra) : cube * p;
  }
  V s = f / (f + 2);
  V z = s * s;
  V sum = fma(z, polynomial(z, kArtanhF64), halfSquare);
  return extra ? fma(s, sum, *extra) : s * sum;
}

/// k ln 2 + log(1 + f).
static V naturalLog(V k, V f) {
  V halfSquare = f * f * 0.5;
  V low = k * ln2Lo(f);
  V tail = logTail(f, halfSquare, &low);
  return fma(k, ln2Hi(f), f - (halfSquare - tail));
}

/// log(1 + f) as a sum of two numbers.
static Pair mantissaLog(V f) {
  V halfSquare = f * f * 0.5;
  Pair head = fastTwoSum(f, -halfSquare);
  return {head.hi, head.lo + logTail(f, halfSquare, nullptr)};
}

/// \p result where 0 < x < inf; else -inf, nan, inf and nan for 0, x < 0, inf and nan.
static V withLogSpecials(V x, V result) {
  V special = select(x < 0.0, kNan, select(x == 0.0, -kInf, x));
  V raw = bits(x);
  V ordinary =
      compare(arith::CmpIPredicate::ult, isub(raw, word(raw, std::uint64_t{1})),
              word(raw, x.isF32() ? std::uint64_t{0x7f7fffff} : std::uint64_t{0x7fefffffffffffff}));
  return select(ordinary, result, special);
}

/// f64: 0.80 ulp, f32: 0.81 ulp.
Value emitLog(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  BinaryParts parts = splitPositive(x);
  return withLogSpecials(x, naturalLog(parts.k, parts.m - 1));
}

/// k + log(m) / ln 2, the product in two parts. f64: 0.78 ulp, f32: 0.73 ulp.
Value emitLog2(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  BinaryParts parts = splitPositive(x);
  Pair log = mantissaLog(parts.m - 1);
  double inverse = f32 ? 0x1.715476p+0 : 0x1.71547652b82fep+0;
  double inverseLo = f32 ? 0x1.4ae0cp-26 : 0x1.777d0ffda0d24p-56;
  V head = log.hi * inverse;
  V tail = fma(log.hi, inverse, -head);
  tail = fma(log.lo, inverse, fma(log.hi, inverseLo, tail));
  Pair sum = fastTwoSum(parts.k, head);
  return withLogSpecials(x, sum.hi + (sum.lo + tail));
}

/// k log10(2) + log(m) / ln 10, both in two parts. f64: 0.70 ulp, f32: 0.67 ulp.
Value emitLog10(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  BinaryParts parts = splitPositive(x);
  Pair log = mantissaLog(parts.m - 1);
  double inverse = f32 ? 0x1.bcb7b2p-2 : 0x1.bcb7b1526e50ep-2;
  double inverseLo = f32 ? -0x1.5b235ep-27 : 0x1.95355baaafad3p-57;
  V head = log.hi * inverse;
  V tail = fma(log.hi, inverse, -head);
  tail = fma(log.lo, inverse, fma(log.hi, inverseLo, tail));
  tail = fma(parts.k, f32 ? 0x1.3509f8p-18 : 0x1.fef311f12b358p-46, tail);
  Pair sum = fastTwoSum(parts.k * (f32 ? 0x1.344p-2 : 0x1.34413509f78p-2), head);
  return withLogSpecials(x, sum.hi + (sum.lo + tail));
}

V detail::logOfSum(V u, V c) {
  BinaryParts parts = splitNormal(u);
  // 2^(1 - k), whose exponent field is 0 for the largest u, where c does not count.
  V raw = bits(u);
  V scale = iadd(isub(bits(parts.m), raw), word(raw, u.isF32() ? 0x40000000 : 0x4000000000000000));
  return naturalLog(parts.k, fma(c * 0.5, fromBits(scale), parts.m - 1));
}

/// log(u + c) with u + c = 1 + x exactly. f64: 1.33 ulp, f32: 1.35 ulp.
Value emitLog1p(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  Pair sum = twoSum(num(x, 1.0), x);
  V special = select(x < -1.0, kNan, select(x == -1.0, -kInf, x));
  V ordinary = (x > -1.0) & (abs(x) < kInf) & (abs(x) > 0.0);
  return select(ordinary, logOfSum(sum.hi, sum.lo), special);
}

/// The larger of the two plus log(1 + exp(-|x - y|)), to the base e or 2 (NumPy's npy_logaddexp;
/// base 2 in one fused multiply-add). Where the two summands cancel the error is relative to the
/// larger.
static V logOfPowers(V x, V y, bool two) {
  ImplicitLocOpBuilder &b = *x.b;
  V difference = x - y, down = -abs(difference);
  V log{&b, emitLog1p(b, two ? emitExp2(b, down) : emitExp(b, down))};
  V larger = select(x > y, x, y);
  V sum = two ? fma(log, 0x1.71547652b82fep+0, larger) : larger + log;
  sum = select(unordered(difference, difference), difference, sum);
  return select(x == y, x + (two ? 1 : 0x1.62e42fefa39efp-1), sum);
}

/// f64: 1.63 ulp, f32: 1.76 ulp.
Value emitLogaddexp(ImplicitLocOpBuilder &b, Value x, Value y) {
  return logOfPowers({&b, x}, {&b, y}, false);
}

/// f64: 1.99 ulp, f32: 2.13 ulp.
Value emitLogaddexp2(ImplicitLocOpBuilder &b, Value x, Value y) {
  return logOfPowers({&b, x}, {&b, y}, true);
}

} // namespace nd::body
