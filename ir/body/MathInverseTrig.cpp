// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// arcsin, arccos, arctan, arctan2.

#include "MathDetail.h"

#include "Math.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

// (arcsin(s) - s) / s^3 in s^2 <= 1/4, errors 2^-59.9 and 2^-31.8.
static constexpr double kArcsinF64[] = {
    0x1.5555555555577p-3, 0x1.333333332e13bp-4, 0x1.6db6db7211b69p-5, 0x1.f1c71a9541ad2p-6,
    0x1.6e8bded6c2f9dp-6, 0x1.1c49f110945ecp-6, 0x1.ca1f7c0d9e40bp-7, 0x1.75861ac727060p-7,
    0x1.613954f129037p-7, 0x1.e6267f55b38c9p-9, 0x1.638d7dcf711b2p-6, -0x1.57e847c1de3aap-6,
    0x1.0b401b7d0c14dp-5};
static constexpr double kArcsinF32[] = {0x1.55554cp-3, 0x1.33387cp-4, 0x1.6caee0p-5,
                                        0x1.04911cp-5, 0x1.d92840p-7, 0x1.335294p-5};

// (arctan(q) - q) / q^3 in q^2 for |q| <= 1/2, errors 2^-57.8 and 2^-31.7.
static constexpr double kArctanF64[] = {
    -0x1.5555555555516p-2, 0x1.9999999991111p-3, -0x1.249249215c50ap-3, 0x1.c71c709045db9p-4,
    -0x1.745cf4b99f5b0p-4, 0x1.3b113c9c033cbp-4, -0x1.10f312e9460d0p-4, 0x1.dfe8cd9112260p-5,
    -0x1.a3955f315fdc0p-5, 0x1.56ed1f47a67e0p-5, -0x1.c1639eaf737dap-6, 0x1.4b5c137eeeb48p-7};
static constexpr double kArctanF32[] = {-0x1.555552p-2, 0x1.999742p-3,  -0x1.244ff8p-3,
                                        0x1.c06e22p-4,  -0x1.47fbaep-4, 0x1.3fa16ap-5};

// pi / 2 in two parts; every other multiple used is this by a power of two.
static double halfPiHi(V like) { return like.isF32() ? 0x1.921fb6p+0 : 0x1.921fb54442d18p+0; }
static double halfPiLo(V like) { return like.isF32() ? -0x1.777a5cp-25 : 0x1.1a62633145c07p-54; }

namespace {
/// s = |x| and z = x^2 up to 1/2, else s = sqrt(z) and z = (1 - |x|) / 2; arcsin(s) = s +
/// correction.
struct Arcsin {
  V large, s, correction;
};
} // namespace

static Arcsin arcsinParts(V magnitude) {
  V large = magnitude > 0.5;
  V z = select(large, fma(magnitude, -0.5, 0.5), magnitude * magnitude);
  V s = select(large, sqrt(z), magnitude);
  V p = polynomial(z, z.isF32() ? ArrayRef<double>(kArcsinF32) : ArrayRef<double>(kArcsinF64));
  return {large, s, s * z * p};
}

/// pi / 2 - 2 arcsin(sqrt((1 - |x|) / 2)) beyond 1/2. f64: 1.09 ulp, f32: 1.09 ulp.
Value emitArcsin(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  auto [large, s, correction] = arcsinParts(abs(x));
  Pair head = fastTwoSum(num(x, halfPiHi(x)), s * -2.0);
  V rest = head.hi + (fma(correction, -2.0, halfPiLo(x)) + head.lo);
  return copySign(select(large, rest, s + correction), x);
}

/// pi / 2 - arcsin(x), or 2 arcsin(sqrt((1 - |x|) / 2)) and pi minus that beyond 1/2.
/// f64: 1.07 ulp, f32: 1.07 ulp.
Value emitArccos(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  auto [large, s, correction] = arcsinParts(abs(x));
  // The sum of base and +-factor (s + correction).
  V negative = x < 0.0;
  V base = select(large, select(negative, 2 * halfPiHi(x), num(x, 0.0)), halfPiHi(x));
  V baseLo = select(large, select(negative, 2 * halfPiLo(x), num(x, 0.0)), halfPiLo(x));
  V factor = select(negative, select(large, num(x, -2.0), 1.0), select(large, num(x, 2.0), -1.0));
  Pair head = fastTwoSum(base, s * factor);
  return head.hi + (fma(correction, factor, baseLo) + head.lo);
}

/// arctan(y / x) for y, x >= 0, not both zero or infinite.
static V arctanOfRatio(V y, V x) {
  // arctan(t) is pi / 2 - arctan(1 / t) beyond 2 and pi / 4 + arctan((t - 1) / (t + 1)) from 1/2
  // on, where y - x is exact; each as a ratio, so that there is one division.
  V high = y > x * 2;
  V middle = y * 2 >= x; // not x / 2, which rounds where x is denormal
  V numerator = select(high, -x, select(middle, y - x, y));
  V denominator = select(high, y, select(middle, y + x, x));
  V q = numerator / denominator;
  V z = q * q;
  V p = polynomial(z, z.isF32() ? ArrayRef<double>(kArctanF32) : ArrayRef<double>(kArctanF64));
  V base = select(high, halfPiHi(x), select(middle, halfPiHi(x) / 2, num(x, 0.0)));
  V baseLo = select(high, halfPiLo(x), select(middle, halfPiLo(x) / 2, num(x, 0.0)));
  Pair head = fastTwoSum(base, q);
  return head.hi + (head.lo + fma(q * z, p, baseLo));
}

/// f64: 1.38 ulp, f32: 1.36 ulp.
Value emitArctan(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  return copySign(arctanOfRatio(abs(x), num(x, 1.0)), x);
}

/// f64: 1.44 ulp, f32: 1.44 ulp.
Value emitArctan2(ImplicitLocOpBuilder &b, Value inputY, Value inputX) {
  V y{&b, inputY}, x{&b, inputX};
  V a = abs(y), c = abs(x);
  V larger = select(a > c, a, c);
  // Equal arguments stand for two infinities; zeros keep their zero over one.
  V infinite = (a == kInf) & (c == kInf);
  // Keep y + x finite.
  V scale = select(larger > (x.isF32() ? 0x1p126 : 0x1p1022), num(x, 0.25), 1.0);
  V top = select(infinite, 1.0, a * scale);
  V bottom = select(infinite, 1.0, select(larger == 0.0, 1.0, c * scale));
  V angle = arctanOfRatio(top, bottom);
  V left = compare(arith::CmpIPredicate::slt, bits(x), word(bits(x), 0));
  angle = select(left, num(x, 2 * halfPiHi(x)) - (angle - 2 * halfPiLo(x)), angle);
  angle = copySign(angle, y);
  return select(unordered(x, y), x + y, angle);
}

} // namespace nd::body
