// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// cbrt, hypot, power.

#include "MathDetail.h"

#include "Math.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

// (artanh(s) / s - 1 - s^2 / 3) / s^4 in s^2, |s| <= 0.1716; error 2^-73.5.
static constexpr double kLogF64[] = {
    0x1.9999999999996p-3, 0x1.2492492492f51p-3, 0x1.c71c71c59688ep-4, 0x1.745d18295d92bp-4,
    0x1.3b1364c66a32dp-4, 0x1.11206fbf31354p-4, 0x1.de3d54ad069b5p-5, 0x1.eac6caaeafd98p-5};
// (2 artanh(s) - 2 s) / s^3 in s^2, error 2^-37.6.
static constexpr double kLogF32[] = {0x1.555554fd855bdp-1, 0x1.999a7ab4d5855p-2,
                                     0x1.2438ccdb6f91ep-2, 0x1.e2f8098342d07p-3};
// (exp(r) - 1) / r on |r| <= ln 2 / 2, error 2^-28.3 of exp(r).
static constexpr double kExpF32[] = {1,
                                     0x1.fffffb93ecfe3p-2,
                                     0x1.5554908117fc1p-3,
                                     0x1.5558f4ef896dap-5,
                                     0x1.123a7afa3aadep-7,
                                     0x1.6a22f1f23310fp-10};

/// log(x) for 0 < x < inf in f64 to some 66 bits: k ln 2 + 2 artanh(s) with s = (m - 1) / (m + 1),
/// all but the tail of the series as sums of two numbers (Dekker 1971).
Pair detail::preciseLog(V x) {
  auto [k, m] = splitPositive(x);
  V f = m - 1;
  V d = m + 1;
  V dLo = m - (d - 1);
  V inverse = 1.0 / d;
  V s = f * inverse;
  V sLo = (fma(-s, d, f) - s * dLo) * inverse;
  V z = s * s;
  V zLo = fma(s + s, sLo, fma(s, s, -z));
  // 1/3 + z / 5 + ...
  Pair c = fastTwoSum(num(x, 0x1.5555555555555p-2), z * polynomial(z, kLogF64));
  V cLo = c.lo + 0x1.5555555555555p-56;
  V t = z * c.hi;
  V tLo = fma(z, c.hi, -t) + fma(z, cLo, zLo * c.hi);
  V p = s * t;
  V pLo = fma(s, t, -p) + fma(s, tLo, sLo * t);
  Pair artanh = fastTwoSum(s, p);
  Pair sum = fastTwoSum(k * 0x1.62e42fefa38p-1, artanh.hi * 2);
  V low = fma(artanh.lo + (sLo + pLo), 2.0, fma(k, 0x1.ef35793c7673p-45, sum.lo));
  return fastTwoSum(sum.hi, low);
}

/// |x|^y in f64 where |x| is not 1 and y not 0: exp(y log(|x|)), the exponent as a sum of two
/// numbers.
static V magnitudePower(V a, V y) {
  Pair log = preciseLog(a);
  V hi = select(a < kInf, select(a == 0.0, -kInf, log.hi), a);
  V product = y * hi;
  V bounded = atMost(atLeast(product, -746), 710);
  V low = fma(y, log.lo, fma(y, hi, -product));
  return expOfSum(bounded, select(bounded == product, low, 0.0));
}

/// The same for f32 numbers in f64.
static V magnitudePowerF32(V a, V y) {
  auto [k, m] = splitNormal(a);
  V f = m - 1;
  V s = f / (m + 1);
  V z = s * s;
  V log = fma(k, 0x1.62e42fefa39efp-1, fma(s * z, polynomial(z, kLogF32), s + s));
  log = select(a < kInf, select(a == 0.0, -kInf, log), a);
  V x = atMost(atLeast(y * log, -200), 200);
  auto [whole, bits] = roundBySum(x, 0x1.71547652b82fep+0, 1023);
  V r = fma(whole, -0x1.62e42fefa39efp-1, x);
  V power = powerOfTwo(bits);
  return fma(r * polynomial(r, kExpF32), power, power);
}

/// C99's pow. f64: 0.84 ulp, f32: 0.55 ulp.
Value emitPower(ImplicitLocOpBuilder &b, Value inputX, Value inputY) {
  V x{&b, inputX}, y{&b, inputY};
  bool f32 = x.isF32();
  V a = abs(x);
  V result = f32 ? toF32(magnitudePowerF32(toF64(a), toF64(y))) : magnitudePower(a, y);
  result = select((y == 0.0) | (a == 1.0), 1.0, result);
  // Negative bases: nan unless y is an integer, the sign of x where it is odd.
  V whole = floor(y) == y;
  V half = y * 0.5;
  V odd = whole & compare(arith::CmpFPredicate::UNE, floor(half), half);
  V raw = bits(x);
  V sign = raw & word(raw, f32 ? 0x80000000 : 0x8000000000000000);
  result = fromBits(bits(result) ^ select(odd, sign, word(raw, 0)));
  V undefined = (x < 0.0) & (a < kInf) & compare(arith::CmpFPredicate::UNE, floor(y), y);
  return select(undefined, kNan, result);
}

/// y = x^(-1/3) from a third of x's bits and two steps of the series of (1 - e)^(-1/3), e = 1 - x
/// y^3; then x y^2 and a step of Newton's with an exact residual. f64: 0.50 ulp, f32: 0.52 ulp.
Value emitCbrt(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  V wide = f32 ? toF64(x) : x;
  V a = abs(wide);
  V scaled = a;
  V tiny = a;
  if (!f32) {
    tiny = a < 0x1p-500;
    scaled = select(tiny, a * 0x1p600, a);
  }
  V third = shr(imul(shr(bits(scaled), 32), word(bits(scaled), 0x55555556)), 32);
  V y = fromBits(isub(word(third, 0x553ee90000000000), shl(third, 32)));
  V e = fma(scaled * y, -(y * y), 1.0);
  y = fma(y * e, fma(fma(e, 14.0 / 81, 2.0 / 9), e, 1.0 / 3), y);
  e = fma(scaled * y, -(y * y), 1.0);
  y = fma(y * e, f32 ? num(e, 1.0 / 3) : fma(e, 2.0 / 9, 1.0 / 3), y);
  V square = y * y;
  V root = scaled * square;
  if (!f32) {
    V t = root * root;
    V rest = fma(-t, root, scaled) - fma(root, root, -t) * root;
    root = fma(rest, square * (1.0 / 3), root);
    root = select(tiny, root * 0x1p-200, root);
  }
  root = copySign(select((a > 0.0) & (a < kInf), root, a), wide);
  return f32 ? toF32(root) : root;
}

/// sqrt(x^2 + y^2), scaled by a power of two where squares leave the range.
/// f64: 1.00 ulp, f32: 0.50 ulp.
Value emitHypot(ImplicitLocOpBuilder &b, Value inputX, Value inputY) {
  V x{&b, inputX}, y{&b, inputY};
  V a = abs(x), c = abs(y);
  V infinite = (a == kInf) | (c == kInf);
  if (x.isF32()) {
    V wideX = toF64(x), wideY = toF64(y);
    return select(infinite, kInf, toF32(sqrt(fma(wideX, wideX, wideY * wideY))));
  }
  V swap = a < c;
  V larger = select(swap, c, a), smaller = select(swap, a, c);
  V huge = larger > 0x1p500, tiny = larger < 0x1p-450;
  V scale = select(huge, num(x, 0x1p-600), select(tiny, num(x, 0x1p600), 1.0));
  V inverse = select(huge, num(x, 0x1p600), select(tiny, num(x, 0x1p-600), 1.0));
  larger = larger * scale;
  smaller = smaller * scale;
  return select(infinite, kInf, sqrt(fma(larger, larger, smaller * smaller)) * inverse);
}

} // namespace nd::body
