// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// gamma, lgamma.
//
// Method, for a = |x|: Stirling's series from 8 on, gamma(a) = gamma(a + 8) / (a (a + 1) ... (a +
// 7)) below, and gamma(-a) = -pi / (a sin(pi a) gamma(a)); all but the tail of the series as sums
// of two numbers (Dekker 1971). Around its zeros 1 and 2 lgamma(2 + d) is d Q(d), and lgamma(1 + d)
// that less log(1 + d). Polynomials are computed for this file. f32 is computed in f64.

#include "MathDetail.h"

#include "Math.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

// (lgamma(z) - (z - 1/2) log(z) + z - log(2 pi) / 2) z in 1 / z^2, z >= 8; error 2^-54, as the
// first coefficient is rounded.
static constexpr double kStirling[] = {
    0x1.5555555555555p-4,  -0x1.6c16c16c149f4p-9,  0x1.a01a017dcf9e1p-11, -0x1.38134d4f8896fp-11,
    0x1.b92c33f9445e5p-11, -0x1.ef8d748aeb0f2p-10, 0x1.4bffc9d8b455bp-8};
// lgamma(2 + d) / d, |d| <= 1/2, the first coefficient in two parts; error 2^-56.9.
static constexpr double kNearTwoLo = 0x1.6cb90701fbfabp-58;
static constexpr double kNearTwo[] = {
    0x1.b0ee6072093cep-2,   0x1.4a34cc4a60fa6p-2,  -0x1.13e001a557606p-4,  0x1.51322ac7d849bp-6,
    -0x1.e404fc218f61fp-8,  0x1.7add6eadb2c11p-9,  -0x1.38ac5c2bf50a2p-10, 0x1.0b36af88b2884p-11,
    -0x1.d3fd4c7b8f6a9p-13, 0x1.a127af44aaf71p-14, -0x1.78de5a3d2d4d3p-15, 0x1.580e260121a51p-16,
    -0x1.3cbce9a3c4ad1p-17, 0x1.258c9651dbedcp-18, -0x1.11a85684e8499p-19, 0x1.01462b5944f7dp-20,
    -0x1.e40f95a8192dep-22, 0x1.b1a8c8bf04f15p-23, -0x1.9a854795e5fe9p-24, 0x1.15fea8732cd9fp-24,
    -0x1.091589d02d1a3p-25};
// (sin(pi r) / r - pi) / r^2 in r^2, |r| <= 1/2; error 2^-53.6 of pi.
static constexpr double kSinPi[] = {
    -0x1.4abbce625be53p+2,  0x1.466bc6775aae2p+1,  -0x1.32d2cce62bd7cp-1,
    0x1.50783487edb3cp-4,   -0x1.e3074fdd8bd87p-8, 0x1.e8f43419874c7p-12,
    -0x1.6fad6c65af106p-16, 0x1.aac5c5a7945bcp-21, -0x1.7ff5f2829eb3p-26};

static constexpr double kPi = 0x1.921fb54442d18p+1, kPiLo = 0x1.1a62633145c07p-53;

static Pair operator*(Pair x, Pair y) {
  V product = x.hi * y.hi;
  V low = fma(x.hi, y.hi, -product) + fma(x.hi, y.lo, x.lo * y.hi);
  return {product, low};
}
/// The sum of sums, the parts of which may cancel.
static Pair operator+(Pair x, Pair y) {
  Pair sum = twoSum(x.hi, y.hi);
  return fastTwoSum(sum.hi, sum.lo + (x.lo + y.lo));
}
static Pair operator-(Pair x) { return {-x.hi, -x.lo}; }
static Pair choose(V condition, Pair x, Pair y) {
  return {select(condition, x.hi, y.hi), select(condition, x.lo, y.lo)};
}
static Pair single(V x) { return {x, num(x, 0.0)}; }
static Pair pi(V like) { return {num(like, kPi), num(like, kPiLo)}; }

namespace {
/// gamma(a) = exp(stirling) / (a * rest): rest is (a + 1) ... (a + 7) below 8, else the factors
/// do not count.
struct Shifted {
  V below8;
  Pair stirling, rest;
};
} // namespace

static Shifted shifted(V a) {
  V below8 = a < 8.0;
  Pair up = twoSum(num(a, 8.0), a);
  V z = select(below8, up.hi, a), zLo = select(below8, up.lo, 0.0);

  // (z - 1/2) (log(z) - 1) + (log(2 pi) - 1) / 2 + J(1 / z^2) / z, which exceeds the range only
  // with lgamma itself.
  Pair log = preciseLog(z);
  Pair less = fastTwoSum(log.hi, num(a, -1.0));
  V lessLo = less.lo + log.lo;
  V factor = z - 0.5;
  V inverse = 1.0 / z;
  V head = factor * less.hi;
  V tail = fma(factor, less.hi, -head) + factor * lessLo;
  tail = fma(zLo, fma(inverse, -0.5, log.hi), tail);
  tail = fma(inverse, polynomial(inverse * inverse, kStirling), tail + 0x1.3494bc9001442p-56);
  Pair sum = fastTwoSum(head, num(a, 0x1.acfe390c97d69p-2));
  sum = fastTwoSum(sum.hi, sum.lo + tail);
  V finite = head < kInf;
  Pair stirling = {select(finite, sum.hi, kInf), select(finite, sum.lo, 0.0)};

  // u = a (a + 7), (a + 1) (a + 6) = u + 6, (a + 2) (a + 5) = u + 10, (a + 3) (a + 4) = u + 12.
  Pair last = twoSum(num(a, 7.0), a);
  Pair u = single(a) * last;
  auto plus = [&](double n) {
    Pair s = twoSum(num(a, n), u.hi);
    return Pair{s.hi, s.lo + u.lo};
  };
  return {below8, stirling, last * plus(6) * (plus(10) * plus(12))};
}

namespace {
/// sin(pi a) = sin(pi r) (-1)^n for the integer n nearest to a.
struct SinPi {
  Pair magnitude; // |sin(pi r)|
  V r, odd;
};
} // namespace

static SinPi sinPi(V a) {
  V n = roundEven(a);
  V r = abs(a - n);
  V z = r * r;
  Pair factor = fastTwoSum(num(a, kPi), z * polynomial(z, kSinPi));
  Pair sine = single(r) * Pair{factor.hi, factor.lo + kPiLo};
  V half = n * 0.5;
  return {sine, a - n, compare(arith::CmpFPredicate::UNE, floor(half), half)};
}

static V gammaF64(V x) {
  V size = abs(x), negative = x < 0.0;
  // Beyond 220 every result is infinite or zero.
  V a = atMost(size, 220);
  Shifted shift = shifted(a);
  SinPi sine = sinPi(size);
  Pair one = single(num(x, 1.0));

  // exp(E) / (a rest), or pi rest exp(-E) / |sin(pi a)|; without shift exp(E), or pi exp(-E) / (a
  // |sin(pi a)|).
  Pair rest = choose(shift.below8, shift.rest, one);
  Pair times = choose(negative, pi(x) * rest, one);
  Pair by = choose(negative, sine.magnitude, rest) *
            choose(compare(arith::CmpIPredicate::eq, negative, shift.below8), one, single(a));
  Pair exponent = choose(negative, -shift.stirling, shift.stirling);
  ExpParts exp = expParts(exponent.hi, 2046, &exponent.lo);
  Pair power = fastTwoSum(num(x, 1.0), exp.r);
  power = Pair{power.hi, power.lo + exp.e} * times;
  V quotient = power.hi / by.hi;
  V residue = fma(-quotient, by.hi, power.hi) + fma(-quotient, by.lo, power.lo);
  V value = select(quotient < kInf, quotient + residue / by.hi, quotient);
  V half = shr(exp.kBits, 1);
  value = value * powerOfTwo(half) * powerOfTwo(isub(exp.kBits, half));

  // -1 / sin(pi a) is above 0 where a is just below an even number or just above an odd one.
  V turned = negative & ((sine.r > 0.0) ^ sine.odd);
  value = select(turned, -value, value);
  V whole = negative & (sine.r == 0.0);
  V special = select(whole | (x == -kInf), num(x, kNan), select(unordered(x, x), x, value));
  return select(size < 0x1p-60, 1.0 / x, special);
}

static V lgammaF64(V x) {
  V a = abs(x), negative = x < 0.0;
  Shifted shift = shifted(a);
  V tiny = a < 0x1p-60, near = (a >= 0.75) & (a < 2.5), one = a < 1.5;
  Pair product = single(a) * shift.rest;
  V direct = tiny | near;
  Pair log = preciseLog(select(direct, a, select(shift.below8, product.hi, 1.0)));
  log.lo = select(direct, log.lo, log.lo + product.lo / product.hi);
  Pair none = single(num(x, 0.0));
  Pair far = shift.stirling + choose(shift.below8, -log, none);
  far = choose(shift.below8, far, shift.stirling);

  V d = select(one, a - 1, a - 2);
  Pair q =
      fastTwoSum(num(x, kNearTwo[0]), d * polynomial(d, ArrayRef<double>(kNearTwo).drop_front()));
  Pair close = single(d) * Pair{q.hi, q.lo + kNearTwoLo};
  close = choose(one, close + -log, close);

  Pair value = choose(near, close, far);
  // log(pi) - log(a |sin(pi a)|) - lgamma(a).
  SinPi sine = sinPi(a);
  Pair divisor = sine.magnitude * single(a);
  Pair divisorLog = preciseLog(divisor.hi);
  divisorLog.lo = divisorLog.lo + divisor.lo / divisor.hi;
  Pair logPi = {num(x, 0x1.250d048e7a1bdp+0), num(x, 0x1.7abf2ad8d5088p-57)};
  Pair mirrored = (logPi + -divisorLog) + -value;
  V result = select(negative, mirrored.hi + mirrored.lo, value.hi + value.lo);
  result = select(tiny, -(log.hi + log.lo), result);
  V pole = (x == 0.0) | (negative & (sine.r == 0.0)) | (a == kInf);
  return select(pole, kInf, select(unordered(x, x), x, result));
}

static V inF64(V x, V (*function)(V)) {
  return x.isF32() ? toF32(function(toF64(x))) : function(x);
}

/// f64: 1.58 ulp, f32: 0.51 ulp.
Value emitGamma(ImplicitLocOpBuilder &b, Value x) { return inF64({&b, x}, gammaF64); }

/// f64: 1.60 ulp, f32: 0.51 ulp; where x < 0, which has zeros of its own between the poles, ulps
/// are those of the larger of |lgamma(x)| and 1.
Value emitLgamma(ImplicitLocOpBuilder &b, Value x) { return inF64({&b, x}, lgammaF64); }

} // namespace nd::body
