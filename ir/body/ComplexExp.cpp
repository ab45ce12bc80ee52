// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// exp, log, sqrt and powers of complex numbers. Special values are those of C99 annex G.
#include "ir/body/ComplexDetail.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include <cmath>

using namespace mlir;

namespace nd::body {

using namespace detail;

/// What exp does at the ends: a real argument stays real, -inf gives 0 whatever the angle.
static Z finishPolar(V x, V y, Z out) {
  V open = negated(isFinite(y));
  out.im = select(y == 0.0, y, out.im);
  out.re = select((x == kInf) & open, kInf, out.re);
  V gone = (x == -kInf) & open;
  return select(gone, Z{num(x, 0.0), num(x, 0.0)}, out);
}

/// size (cos, sin) of \p angle, size = base(x): with size = base(x - shift) base(shift), so that a
/// small cosine can bring back what size alone would overflow.
static Z polar(V x, V y, V angle, Value (*base)(Builder &, Value), double shift, double up,
               double down) {
  V high = x > shift, low = x < -shift;
  V by = select(high, num(x, shift), select(low, num(x, -shift), 0.0));
  V factor = select(high, num(x, up), select(low, num(x, down), 1.0));
  V size = call(base, x - by);
  Z out{(size * call(emitCos, angle)) * factor, (size * call(emitSin, angle)) * factor};
  return finishPolar(x, y, out);
}

Z detail::complexExp(Z z) {
  return polar(z.re, z.im, z.im, emitExp, 700, std::exp(700.0), std::exp(-700.0));
}
Value emitComplexExp(Builder &b, Value z) { return wide(b, z, complexExp); }

// 2^x (cos(y ln 2), sin(y ln 2)).
static Z complexExp2(Z z) {
  V angle = z.im * 0x1.62e42fefa39efp-1;
  return polar(z.re, z.im, angle, emitExp2, 1000, 0x1p1000, 0x1p-1000);
}
Value emitComplexExp2(Builder &b, Value z) { return wide(b, z, complexExp2); }

// expm1(x) cos y - 2 sin^2(y / 2) + i e^x sin y, as NumPy has it.
static Z complexExpm1(Z z) {
  V half = call(emitSin, z.im * 0.5);
  Z e = complexExp(z);
  V re = call(emitExpm1, z.re) * call(emitCos, z.im) - 2.0 * half * half;
  V far = (z.re > 700.0) & isFinite(z.re);
  V im = select(isFinite(z.re), e.im, call(emitExp, z.re) * call(emitSin, z.im));
  return {select(far, e.re - 1.0, re), im};
}
Value emitComplexExpm1(Builder &b, Value z) { return wide(b, z, complexExpm1); }

/// a + b + ... of a sum whose leading terms may cancel: the terms, then what their sum lost.
static Pair sumOf(V a, Pair p, Pair q) {
  Pair first = twoSum(a, p.hi), second = twoSum(first.hi, q.hi);
  return {second.hi, second.lo + ((first.lo + p.lo) + q.lo)};
}

/// log|z| from log1p(|z|^2 - 1) near the unit circle, the square exact in two numbers.
static V logOfSize(V x, V y) {
  V size = call(emitHypot, x, y);
  V near = (size > 0.5) & (size < 1.6);
  V a = select(near, x, 1.0), c = select(near, y, 0.0);
  Pair excess = sumOf(num(a, -1.0), twoProduct(a, a), twoProduct(c, c));
  V close = call(emitLog1p, excess.hi + excess.lo) * 0.5;
  return select(near, close, call(emitLog, size));
}

Z detail::complexLog(Z z) { return {logOfSize(z.re, z.im), call(emitArctan2, z.im, z.re)}; }
Value emitComplexLog(Builder &b, Value z) { return wide(b, z, complexLog); }

static Z scaled(Z z, double factor) { return {z.re * factor, z.im * factor}; }
Value emitComplexLog2(Builder &b, Value z) {
  return wide(b, z, [](Z z) { return scaled(complexLog(z), 0x1.71547652b82fep+0); });
}
Value emitComplexLog10(Builder &b, Value z) {
  return wide(b, z, [](Z z) { return scaled(complexLog(z), 0x1.bcb7b1526e50ep-2); });
}

// Near 0: log1p(x (2 + x) + y^2) / 2, the argument as a sum of two numbers.
static Z complexLog1p(Z z) {
  V near = (abs(z.re) < 0.7) & (abs(z.im) < 0.7);
  V x = select(near, z.re, 0.0), y = select(near, z.im, 0.0);
  Pair two = twoSum(num(x, 2.0), x);
  Pair product = twoProduct(x, two.hi);
  Pair square = twoProduct(y, y);
  Pair sum = twoSum(product.hi, square.hi);
  V rest = sum.lo + ((product.lo + square.lo) + x * two.lo);
  V close = call(emitLog1p, sum.hi + rest) * 0.5;
  V shifted = z.re + 1.0;
  V re = select(near, close, logOfSize(shifted, z.im));
  return {re, call(emitArctan2, z.im, shifted)};
}
Value emitComplexLog1p(Builder &b, Value z) { return wide(b, z, complexLog1p); }

// t = sqrt((|x| + |z|) / 2), the other part y / 2t (Kahan 1987, section 8), scaled by an even power
// of two where |z| would leave the range.
Z detail::complexSqrt(Z z) {
  V a = abs(z.re), c = abs(z.im);
  V most = select(a < c, c, a);
  V huge = most > 0x1p1000, tiny = most < 0x1p-900;
  V scale = select(huge, num(a, 0x1p-100), select(tiny, num(a, 0x1p200), 1.0));
  V back = select(huge, num(a, 0x1p50), select(tiny, num(a, 0x1p-100), 1.0));
  V x = a * scale, y = c * scale;
  V t = sqrt((x + call(emitHypot, x, y)) * 0.5);
  V u = y / (t * 2.0);
  t = t * back;
  u = u * back;
  V right = z.re >= 0.0;
  V re = select(right, t, u), im = copySign(select(right, u, t), z.im);
  V zero = (z.re == 0.0) & (z.im == 0.0);
  re = select(zero, 0.0, re);
  im = select(zero, z.im, im);
  // sqrt(inf + iy), sqrt(-inf + iy); an infinite y wins over any x.
  V inf = num(a, kInf), lost = z.im - z.im;
  V end = isInfinite(z.re);
  re = select(end, select(z.re > 0.0, inf, abs(lost)), re);
  im = select(end, select(z.re > 0.0, copySign(lost, z.im), copySign(inf, z.im)), im);
  V top = isInfinite(z.im);
  return {select(top, inf, re), select(top, z.im, im)};
}
Value emitComplexSqrt(Builder &b, Value z) { return wide(b, z, complexSqrt); }

/// z^n for whole |n| < 100 by squaring, as NumPy multiplies.
static Z wholePower(Z z, V n) {
  Builder &b = *z.re.b;
  V count = abs(n);
  Value one = num(n, 1.0), zero = num(n, 0.0);
  Value from = arith::ConstantIndexOp::create(b, 0), to = arith::ConstantIndexOp::create(b, 7),
        step = arith::ConstantIndexOp::create(b, 1);
  auto loop = scf::ForOp::create(
      b, from, to, step, ValueRange{one, zero, z.re.v, z.im.v, count.v},
      [&](OpBuilder &inner, Location loc, Value, ValueRange state) {
        ImplicitLocOpBuilder b(loc, inner);
        auto v = [&](unsigned i) { return V{&b, state[i]}; };
        Z result{v(0), v(1)}, base{v(2), v(3)};
        V halved = floor(v(4) * 0.5);
        V odd = compare(arith::CmpFPredicate::UNE, halved * 2.0, v(4));
        V first = (v(0) == 1.0) & (v(1) == 0.0);
        Z product = select(first, base, multiply(result, base));
        Z next = select(odd, product, result);
        Z square = multiply(base, base);
        V more = halved > 0.0;
        base = select(more, square, base);
        scf::YieldOp::create(b, ValueRange{next.re.v, next.im.v, base.re.v, base.im.v, halved.v});
      });
  auto v = [&](unsigned i) { return V{&b, loop.getResult(i)}; };
  Z power{v(0), v(1)};
  return select(n < 0.0, complexDivide({{&b, one}, {&b, zero}}, power), power);
}

// npy_cpow: z^0 is 1; 0^w is 0 for Re w > 0, else nan; whole real exponents below 100 multiply; the
// rest is exp(w log z).
Value emitComplexPower(Builder &b, Value left, Value right) {
  Z x = parts(b, left), y = parts(b, right);
  V whole = (y.im == 0.0) & (floor(y.re) == y.re) & (abs(y.re) < 100.0);
  Z small = wholePower(x, select(whole, y.re, 1.0));
  bool narrow = x.re.isF32();
  Z wideX = narrow ? Z{toF64(x.re), toF64(x.im)} : x;
  Z wideY = narrow ? Z{toF64(y.re), toF64(y.im)} : y;
  Z other = complexExp(multiply(wideY, complexLog(wideX)));
  if (narrow)
    other = {toF32(other.re), toF32(other.im)};
  V one = num(x.re, 1.0), zero = num(x.re, 0.0), nan = num(x.re, kNan);
  Z out = select(whole, small, other);
  V origin = (x.re == 0.0) & (x.im == 0.0);
  out = select(origin, select(y.re > 0.0, Z{zero, zero}, Z{nan, nan}), out);
  return join(select((y.re == 0.0) & (y.im == 0.0), Z{one, zero}, out));
}

} // namespace nd::body
