// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// sinh, cosh, tanh and their inverses.

#include "MathDetail.h"

#include "Math.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

// (sinh(r) - r) / r^3 and (cosh(r) - 1) / r^2 in r^2 for |r| <= ln 2 / 2; errors 2^-61.7 and
// 2^-70.0, in f32 2^-37.5 and 2^-34.3.
static constexpr double kSinhF64[] = {0x1.5555555555559p-3, 0x1.111111110f647p-7,
                                      0x1.a01a01b00cbfdp-13, 0x1.71ddf7f0c86f0p-19,
                                      0x1.af5f6c3912f20p-26};
static constexpr double kCoshF64[] = {0x1.0000000000000p-1,  0x1.5555555555558p-5,
                                      0x1.6c16c16c15000p-10, 0x1.a01a01ad7d6b0p-16,
                                      0x1.27e4cc14052abp-22, 0x1.1f8bd99d7c065p-29};
static constexpr double kSinhF32[] = {0x1.555556p-3, 0x1.1110b2p-7, 0x1.a1702cp-13};
static constexpr double kCoshF32[] = {0x1p-1, 0x1.55547ep-5, 0x1.6d9848p-10};

// (2 artanh(s) - 2 s) / s^3 in s^2 for |s| <= 0.2, errors 2^-62.4 and 2^-35.3.
static constexpr double kArtanhF64[] = {
    0x1.555555555554ep-1, 0x1.999999999c652p-2, 0x1.24924921a29ccp-2, 0x1.c71c74c55a108p-3,
    0x1.745c3f10fc0c3p-3, 0x1.3b372f330d857p-3, 0x1.0db47e4de78f9p-3, 0x1.1c188de5b0953p-3};
static constexpr double kArtanhF32[] = {0x1.555554p-1, 0x1.999bf2p-2, 0x1.23e54fp-2, 0x1.ee0c18p-3};

namespace {
/// x = k ln 2 + r: sinh(r), cosh(r) - 1, and a quarter of 2^k and 2^-k.
struct Halves {
  V sinh, coshLess1, up, down;
};
} // namespace

/// For |x| where cosh(x) is finite or little beyond. e^x = 2^k (cosh r + sinh r) needs no division.
static Halves halves(V x) {
  bool f32 = x.isF32();
  double limit = f32 ? 89.5 : 710.5;
  x = atMost(atLeast(x, -limit), limit);
  auto [k, sum] = roundBySum(x, 0x1.71547652b82fep+0);
  V kBits = isub(sum, word(sum, f32 ? 0x4b400000 - 125 : 0x4338000000000000 - 1021));
  V r = fma(k, f32 ? -0x1.62e4p-1 : -0x1.62e42feep-1, x);
  r = fma(k, f32 ? -0x1.7f7d1cp-20 : -0x1.a39ef35793c76p-33, r);
  V z = r * r;
  V s = polynomial(z, f32 ? ArrayRef<double>(kSinhF32) : ArrayRef<double>(kSinhF64));
  V c = polynomial(z, f32 ? ArrayRef<double>(kCoshF32) : ArrayRef<double>(kCoshF64));
  // The exponents of 2^k / 4 and 2^-k / 4 add up to a constant; the smaller power ends in zero.
  V zero = word(kBits, 0);
  V up = powerOfTwo(imax(kBits, zero));
  V down = powerOfTwo(imax(isub(word(kBits, f32 ? 250 : 2042), kBits), zero));
  return {fma(r * z, s, r), c * z, up, down};
}

/// f64: 1.74 ulp, f32: 1.40 ulp.
Value emitSinh(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  Halves h = halves(x);
  V difference = h.up - h.down;
  V quarter = difference + fma(h.sinh, h.up + h.down, h.coshLess1 * difference);
  // x itself where the scaling would lose the last bits, and for the sign of zero.
  return select(abs(x) < (x.isF32() ? 0x1p-14 : 0x1p-28), x, quarter * 2);
}

/// f64: 1.33 ulp, f32: 1.21 ulp.
Value emitCosh(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  Halves h = halves(x);
  V rest = fma(h.sinh, h.up - h.down, h.coshLess1 * (h.up + h.down));
  return (h.up + (h.down + rest)) * 2;
}

/// expm1(2 |x|) / (expm1(2 |x|) + 2). f64: 1.80 ulp, f32: 1.77 ulp.
Value emitTanh(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  V twice = atMost(abs(x) * 2, f32 ? 20 : 40);
  ExpParts parts = expParts(twice, f32 ? 127 : 1023);
  V power = powerOfTwo(parts.kBits);
  V expm1 = fma(power, parts.e, fma(power, parts.r, power - 1));
  V quotient = expm1 / (expm1 + 2);
  // One step against the roundings of the divisor and the quotient q: 1 / divisor is (1 - q) / 2.
  V rest = fma(-quotient, expm1, fma(quotient, -2.0, expm1));
  V better = fma(rest, fma(quotient, -0.5, 0.5), quotient);
  return copySign(select(expm1 < 1024.0, better, quotient), x);
}

/// log(a + b + c) with a + b + c = 1 + |x| + x^2 / (1 + sqrt(1 + x^2)), in two parts; for large |x|
/// log(|x|) + log(2). f64: 1.69 ulp, f32: 1.60 ulp.
Value emitArcsinh(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  V magnitude = abs(x);
  // Beyond this bound x / 2 + ... is log(2 |x|): halve and double to stay finite.
  V large = magnitude > (f32 ? 0x1p14 : 0x1p28);
  V t = select(large, 1.0, magnitude);
  V square = t * t;
  V rest = square / (sqrt(square + 1) + 1);
  Pair first = twoSum(num(x, 1.0), t);
  Pair second = twoSum(first.hi, rest);
  V u = select(large, magnitude, second.hi);
  V c = select(large, 0.0, second.lo + first.lo);
  V log = logOfSum(u, c);
  V result = select(large, log + 0x1.62e42fefa39efp-1, log);
  result = select(magnitude < kInf, result, magnitude);
  return copySign(result, x);
}

/// log(x + sqrt(x^2 - 1)) with x^2 - 1 = t^2 + 2 t, t = x - 1.
/// f64: 1.61 ulp, f32: 1.53 ulp.
Value emitArccosh(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  V large = x > (x.isF32() ? 0x1p14 : 0x1p28);
  V t = x - 1;
  V square = fma(t, t, t * 2);
  V root = sqrt(square);
  // What the root's rounding lost; the addend only keeps 0 / 0 away at x = 1.
  V rest = fma(-root, root, square) / fma(root, 2.0, x.isF32() ? 0x1p-100 : 0x1p-900);
  Pair sum = twoSum(x, root);
  V log = logOfSum(select(large, x, sum.hi), select(large, 0.0, sum.lo + rest));
  V result = select(large, log + 0x1.62e42fefa39efp-1, log);
  V special = select(x < 1.0, kNan, x);
  return select((x >= 1.0) & (x < kInf), result, special);
}

/// log((1 + |x|) / (1 - |x|)) / 2 = k ln 2 / 2 + artanh(s), s = (n - d) / (n + d) for n = (1 + |x|)
/// / 2^k and d = 1 - |x|; 2^k from the difference of their bits. f64: 1.66 ulp, f32: 1.66 ulp.
Value emitArctanh(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  unsigned fraction = f32 ? 23 : 52;
  V a = abs(x);
  V above = 1.0 + a, below = 1.0 - a;
  V difference = isub(bits(above), bits(below));
  V k = shr(iadd(difference, word(difference, std::uint64_t{1} << (fraction - 1))), fraction);
  V power = powerOfTwo(isub(word(k, f32 ? 127 : 1023), k)); // 2^-k
  V kValue = fromBits(k | word(k, f32 ? 0x4b000000 : 0x4330000000000000)) - (f32 ? 0x1p23 : 0x1p52);
  // n - d and n + d with one rounding each, while 1 +- 2^-k is exact.
  V far = kValue > (f32 ? 16.0 : 32.0);
  V less = power - 1, more = power + 1;
  V s = select(far, fma(above, power, -below), fma(a, more, less)) /
        select(far, fma(above, power, below), fma(a, less, more));
  V z = s * s;
  V p = polynomial(z, f32 ? ArrayRef<double>(kArtanhF32) : ArrayRef<double>(kArtanhF64));
  V tail = fma(s * z, p * 0.5, kValue * (f32 ? 0x1.7f7d1cp-21 : 0x1.a39ef35793c76p-34));
  V result = fma(kValue, f32 ? 0x1.62e4p-2 : 0x1.62e42feep-2, s + tail);
  result = select(a < 1.0, result, select(a == 1.0, kInf, num(x, kNan)));
  return copySign(result, x);
}

} // namespace nd::body
