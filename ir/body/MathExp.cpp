// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// exp, exp2, expm1.
//
// Method: x = k ln 2 + r with |r| <= ln 2 / 2, k by adding a number whose ulp is 1, k ln 2 in two
// parts of which the first is exact (Cody and Waite 1980, section 6); exp(r) by a minimax
// polynomial (computed for this file); 2^k as a product of two powers so that denormal results
// round once. Largest errors measured against MPFR are given per function.

#include "MathDetail.h"

#include "Math.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

// (exp(r) - 1 - r) / r^2 on |r| <= ln 2 / 2; error 2^-57.9 and 2^-28.2 of exp(r).
static constexpr double kExpF64[] = {
    0x1.000000000000ap-1,  0x1.5555555555503p-3,  0x1.555555555068dp-5,  0x1.11111111258e7p-7,
    0x1.6c16c184875c9p-10, 0x1.a01a0135c3f1dp-13, 0x1.a01999271b78ap-16, 0x1.71df0c64a2e26p-19,
    0x1.28ae38bfc5787p-22, 0x1.ada6591e3db82p-26};
static constexpr double kExpF32[] = {0x1.fffffcp-2, 0x1.55549p-3, 0x1.5558ap-5, 0x1.123ac6p-7,
                                     0x1.6a5feep-10};

// (2^r - 1) / r on |r| <= 1/2; error 2^-57.8 and 2^-28.3 of 2^r.
static constexpr double kExp2F64[] = {
    0x1.62e42fefa39efp-1,  0x1.ebfbdff82c59dp-3,  0x1.c6b08d704a0d9p-5,  0x1.3b2ab6fba0fd0p-7,
    0x1.5d87fe78b2660p-10, 0x1.4309130c604bep-13, 0x1.ffcbfc001761ap-17, 0x1.62bfcd09a15e3p-20,
    0x1.b525fd597d694p-24, 0x1.e612ed4baa39fp-28, 0x1.e82844bb61b5cp-32};
static constexpr double kExp2F32[] = {0x1.62e43p-1,  0x1.ebfbdcp-3,  0x1.c6af7ap-5,
                                      0x1.3b2dd4p-7, 0x1.5f0948p-10, 0x1.417842p-13};

static constexpr double kLog2E = 0x1.71547652b82fep+0;

namespace {
/// x + lo = k ln 2 + r; `exact` is x less the first part of k ln 2.
struct Reduced {
  V kBits, exact, low, r;
};
} // namespace

static Reduced reduce(V x, double bias, const V *lo = nullptr) {
  bool f32 = x.isF32();
  auto [k, kBits] = roundBySum(x, kLog2E, bias);
  V exact = fma(k, f32 ? -0x1.62e4p-1 : -0x1.62e42feep-1, x);
  V rest = num(x, f32 ? -0x1.7f7d1cp-20 : -0x1.a39ef35793c76p-33);
  if (!lo)
    return {kBits, exact, exact, fma(k, rest, exact)};
  V low = fma(k, rest, *lo);
  return {kBits, exact, low, exact + low};
}

/// exp(r) - 1 - r + lo.
static V expTail(V r, V lo) {
  V q = polynomial(r, r.isF32() ? ArrayRef<double>(kExpF32) : ArrayRef<double>(kExpF64));
  return fma(r * r, q, lo);
}

ExpParts detail::expParts(V x, double bias, const V *lo) {
  V zero = num(x, -0.0);
  auto [kBits, exact, low, r] = reduce(x, bias, lo ? lo : &zero);
  return {kBits, r, expTail(r, low - (r - exact))};
}

/// 2^k (1 + p) where `kBits` carries twice the exponent bias, for results of any size.
static V scale(V kBits, V p) {
  V half = shr(kBits, 1);
  V first = powerOfTwo(half);
  return fma(p, first, first) * powerOfTwo(isub(kBits, half));
}

V detail::expOfSum(V x, V lo) {
  ExpParts parts = expParts(x, x.isF32() ? 254 : 2046, &lo);
  return scale(parts.kBits, parts.r + parts.e);
}

/// f64: 0.99 ulp, f32: 0.99 ulp.
Value emitExp(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  x = atMost(atLeast(x, f32 ? -105 : -746), f32 ? 89 : 710);
  Reduced reduced = reduce(x, f32 ? 254 : 2046);
  return scale(reduced.kBits, expTail(reduced.r, reduced.r));
}

/// f64: 0.84 ulp, f32: 0.85 ulp.
Value emitExp2(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  x = atMost(atLeast(x, f32 ? -151 : -1076), f32 ? 128 : 1024);
  auto [k, kBits] = roundBySum(x, 1, f32 ? 254 : 2046);
  V r = x - k;
  auto c = f32 ? ArrayRef<double>(kExp2F32) : ArrayRef<double>(kExp2F64);
  return scale(kBits, fma(r, c.front(), r * r * polynomial(r, c.drop_front())));
}

/// exp(x) - 1 = (2^k r + (2^k - 1)) + 2^k e. f64: 1.30 ulp, f32: 1.32 ulp.
Value emitExpm1(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  // Half of 2^k, so that k = 1024 is within range.
  V bounded = atMost(atLeast(x, f32 ? -20 : -40), f32 ? 89 : 710);
  ExpParts parts = expParts(bounded, f32 ? 126 : 1022);
  V half = powerOfTwo(parts.kBits);
  V result = fma(half, parts.e, fma(half, parts.r, half - 0.5)) * 2;
  // x itself where the halving above would lose the last bits, and for the sign of zero.
  return select(abs(x) < (f32 ? 0x1p-30 : 0x1p-60), x, result);
}

} // namespace nd::body
