// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Circular and hyperbolic functions of complex numbers and their inverses. Special values are those
// of C99 annex G; circular functions are hyperbolic ones of i z.
#include "ir/body/ComplexDetail.h"
#include <cmath>

using namespace mlir;

namespace nd::body {

using namespace detail;

namespace {
/// cosh x and sinh x without their common factor: 1, or beyond 40, where the two are equal, e^|x|
/// split so that a small sine or cosine can bring it back into range.
struct Hyperbolic {
  V cosh, sinh, factor;
};
} // namespace

static Hyperbolic hyperbolic(V x) {
  V size = abs(x);
  V big = size > 40.0, huge = size > 700.0;
  V e = call(emitExp, size - select(huge, num(x, 700.0), 0.0));
  V bounded = select(big, 0.0, x);
  return {select(big, e, call(emitCosh, bounded)),
          select(big, copySign(e, x), call(emitSinh, bounded)),
          select(huge, num(x, 0.5 * std::exp(700.0)), select(big, num(x, 0.5), 1.0))};
}

// sinh x cos y + i cosh x sin y
static Z complexSinh(Z z) {
  auto [x, y] = z;
  Hyperbolic h = hyperbolic(x);
  V open = negated(isFinite(y)), endless = isInfinite(x);
  V re = (h.sinh * call(emitCos, y)) * h.factor;
  V im = (h.cosh * call(emitSin, y)) * h.factor;
  im = select(y == 0.0, y, im);
  re = select(open & (x == 0.0), x, select(open & endless, abs(x), re));
  return {re, im};
}
// cosh x cos y + i sinh x sin y
static Z complexCosh(Z z) {
  auto [x, y] = z;
  Hyperbolic h = hyperbolic(x);
  V open = negated(isFinite(y)), endless = isInfinite(x);
  V re = (h.cosh * call(emitCos, y)) * h.factor;
  V im = (h.sinh * call(emitSin, y)) * h.factor;
  im = select(y == 0.0, y * copySign(num(y, 1.0), x), im);
  im = select(open & (x == 0.0), x, im);
  return {select(open & endless, abs(x), re), im};
}
// Kahan 1987, section 8, with t = tan y, s = sinh x: (1 + t^2) s sqrt(1 + s^2) + i t over
// 1 + (1 + t^2) s^2.
static Z complexTanh(Z z) {
  auto [x, y] = z;
  V size = abs(x);
  V far = size > 22.0;
  V near = select(far, 0.0, x);
  V t = call(emitTan, y);
  V beta = 1.0 + t * t;
  V s = call(emitSinh, near);
  V rho = sqrt(1.0 + s * s);
  V divisor = 1.0 + beta * s * s;
  V e = call(emitExp, -size);
  V one = copySign(num(x, 1.0), x);
  V sine = call(emitSin, y), cosine = call(emitCos, y);
  V re = select(far, one, (beta * rho * s) / divisor);
  V im = select(far, (4.0 * sine * cosine * e) * e, t / divisor);
  V open = negated(isFinite(y)), endless = isInfinite(x);
  im = select(endless, copySign(num(x, 0.0), select(isInfinite(y), y, sine * cosine)), im);
  V lost = open & negated(endless);
  re = select(lost, select(x == 0.0, x, num(x, kNan)), re);
  im = select(lost, num(x, kNan), im);
  // nan + 0i keeps its zero.
  im = select(isNan(x) & (y == 0.0), y, im);
  return {re, im};
}

// i z, and back.
static Z turned(Z z) { return {-z.im, z.re}; }
static Z turnedBack(Z z) { return {z.im, -z.re}; }

Value emitComplexSinh(Builder &b, Value z) { return wide(b, z, complexSinh); }
Value emitComplexCosh(Builder &b, Value z) { return wide(b, z, complexCosh); }
Value emitComplexTanh(Builder &b, Value z) { return wide(b, z, complexTanh); }
Value emitComplexSin(Builder &b, Value z) {
  return wide(b, z, [](Z z) { return turnedBack(complexSinh(turned(z))); });
}
Value emitComplexCos(Builder &b, Value z) {
  return wide(b, z, [](Z z) { return complexCosh(turned(z)); });
}
Value emitComplexTan(Builder &b, Value z) {
  return wide(b, z, [](Z z) { return turnedBack(complexTanh(turned(z))); });
}

// The inverses: Kahan, "Branch cuts for complex elementary functions" (1987), section 8. No sum
// below cancels: the roots of 1 - z and 1 + z lie on either side of the real axis.

namespace {
struct Roots {
  Z minus, plus; ///< of 1 - z (or z - 1) and 1 + z
};
} // namespace

static Roots rootsOf(Z z, bool reversed) {
  Z minus = reversed ? Z{z.re - 1.0, z.im} : Z{1.0 - z.re, -z.im};
  return {complexSqrt(minus), complexSqrt({z.re + 1.0, z.im})};
}

/// Where at least one part is infinite: its direction, a unit for each infinite part.
static Z infiniteDirection(Z z) {
  auto along = [](V x) {
    V unit = select(isInfinite(x), num(x, 1.0), select(isNan(x), x, num(x, 0.0)));
    return copySign(unit, x);
  };
  return {along(z.re), along(z.im)};
}
static V anyInfinite(Z z) { return isInfinite(z.re) | isInfinite(z.im); }

static Z complexArcsin(Z z) {
  auto [minus, plus] = rootsOf(z, false);
  V re = call(emitArctan2, z.re, minus.re * plus.re - minus.im * plus.im);
  V im = call(emitArcsinh, minus.re * plus.im - minus.im * plus.re);
  im = copySign(im, z.im);
  V end = anyInfinite(z);
  Z way = infiniteDirection(z);
  re = select(end, call(emitArctan2, way.re, abs(way.im)), re);
  im = select(end, copySign(num(im, kInf), z.im), im);
  return {select((z.re == 0.0) & negated(end), z.re, re), im};
}
static Z complexArccos(Z z) {
  auto [minus, plus] = rootsOf(z, false);
  V re = call(emitArctan2, minus.re, plus.re) * 2.0;
  V im = call(emitArcsinh, plus.re * minus.im - plus.im * minus.re);
  im = copySign(im, -z.im);
  V end = anyInfinite(z);
  Z way = infiniteDirection(z);
  re = select(end, call(emitArctan2, abs(way.im), way.re), re);
  im = select(end, copySign(num(im, kInf), -z.im), im);
  V onAxis = (z.re == 0.0) & isNan(z.im);
  return {select(onAxis, 0x1.921fb54442d18p+0, re), im};
}
static Z complexArccosh(Z z) {
  auto [minus, plus] = rootsOf(z, true);
  V re = call(emitArcsinh, minus.re * plus.re + minus.im * plus.im);
  V im = call(emitArctan2, minus.im, plus.re) * 2.0;
  V end = anyInfinite(z);
  Z way = infiniteDirection(z);
  re = select(end, kInf, re);
  im = select(end, call(emitArctan2, way.im, way.re), im);
  V onAxis = (z.re == 0.0) & isNan(z.im);
  return {re, select(onAxis, 0x1.921fb54442d18p+0, im)};
}

// Real part log1p(4x / ((1 - x)^2 + y^2)) / 4, imaginary part the half of the angle of
// (1 - x)(1 + x) - y^2 + 2iy, for |x| and y by their signs; far out 1 / z and pi / 2.
static Z complexArctanh(Z z) {
  V x = abs(z.re), y = abs(z.im);
  V far = (x > 0x1p54) | (y > 0x1p54);
  V nearX = select(far, 0.0, x), nearY = select(far, 0.0, y);
  V gap = 1.0 - nearX;
  V re = call(emitLog1p, 4.0 * nearX / (gap * gap + nearY * nearY)) * 0.25;
  V im = call(emitArctan2, nearY * 2.0, gap * (1.0 + nearX) - nearY * nearY) * 0.5;
  // At 1 + iy the square of y may vanish.
  V edge = (nearX == 1.0) & (nearY < 0x1p-500);
  re = select(edge, (0x1.62e42fefa39efp-1 - call(emitLog, nearY)) * 0.5, re);
  // x / (x^2 + y^2) without overflow.
  V larger = select(x < y, y, x), ratio = select(x < y, x, y) / larger;
  V inverse = (x / larger) / (larger * (1.0 + ratio * ratio));
  re = select(far, select(anyInfinite(z), 0.0, inverse), re);
  im = select(far, 0x1.921fb54442d18p+0, im);
  V real = x == 0.0;
  re = select(real & negated(isInfinite(y)), x, re);
  V endless = isInfinite(y);
  re = select(endless, 0.0, re);
  im = select(endless, 0x1.921fb54442d18p+0, im);
  im = select(isNan(y), y, im);
  // nan + iy has no angle but for an infinite y.
  im = select(isNan(x) & negated(endless), x, im);
  return {copySign(re, z.re), copySign(im, z.im)};
}

static Z mirrored(Z z) { return {z.im, z.re}; }

Value emitComplexArcsin(Builder &b, Value z) { return wide(b, z, complexArcsin); }
Value emitComplexArccos(Builder &b, Value z) { return wide(b, z, complexArccos); }
Value emitComplexArccosh(Builder &b, Value z) { return wide(b, z, complexArccosh); }
Value emitComplexArctanh(Builder &b, Value z) { return wide(b, z, complexArctanh); }
// asinh(x + iy) = mirrored asin(y + ix), and so for atan.
Value emitComplexArcsinh(Builder &b, Value z) {
  return wide(b, z, [](Z z) { return mirrored(complexArcsin(mirrored(z))); });
}
Value emitComplexArctan(Builder &b, Value z) {
  return wide(b, z, [](Z z) { return mirrored(complexArctanh(mirrored(z))); });
}

} // namespace nd::body
