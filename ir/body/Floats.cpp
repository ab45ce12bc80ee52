// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Floats taken apart and put together by their bits, and what is little more.
#include "ir/body/Half.h"
#include "ir/body/MathDetail.h"

#include <numbers>

using namespace mlir;
using mlir::arith::CmpIPredicate;

namespace nd::body {

using namespace detail;

namespace {
/// x = m 2^k with 1/2 <= |m| < 1, k an integer of x's width; x itself and 0 for 0, inf and nan.
struct Parts {
  V m, k;
};
} // namespace

static Parts split(V x) {
  const bool f32 = x.isF32();
  const unsigned fraction = f32 ? 23 : 52;
  const std::uint64_t field = f32 ? 0xff : 0x7ff, below = f32 ? 126 : 1022, up = f32 ? 24 : 54;
  V a = abs(x);
  V denormal = a < (f32 ? 0x1p-126 : 0x1p-1022);
  V raw = bits(select(denormal, x * (f32 ? 0x1p24 : 0x1p54), x));
  V offset = select(denormal, word(raw, below + up), word(raw, below));
  V k = isub(shr(raw, fraction) & word(raw, field), offset);
  V m = fromBits((raw & word(raw, ~(field << fraction))) | word(raw, below << fraction));
  V ordinary = (a > 0.0) & (a < kInf);
  return {select(ordinary, m, x), select(ordinary, k, word(k, 0))};
}

/// An integer as one of \p width bits; the wider one's value has to fit.
static V resized(V x, unsigned width) {
  const unsigned have = x.element().getIntOrFloatBitWidth();
  Type type = withElement(x.type(), x.b->getIntegerType(width));
  if (have == width)
    return x;
  if (have > width)
    return {x.b, arith::TruncIOp::create(*x.b, type, x.v)};
  return {x.b, arith::ExtSIOp::create(*x.b, type, x.v)};
}

static V clamped(V x, std::int64_t bound) {
  V low{x.b, arith::MaxSIOp::create(*x.b, x.v, word(x, std::uint64_t(-bound)))};
  return {x.b, arith::MinSIOp::create(*x.b, low.v, word(x, std::uint64_t(bound)))};
}

Value emitFrexpMantissa(Builder &b, Value x) { return split({&b, x}).m; }
Value emitFrexpExponent(Builder &b, Value x) { return resized(split({&b, x}).k, 32); }

/// m 2^(k + n) in two products, of which the first is exact.
Value emitLdexp(Builder &b, Value x, Value exponent) {
  auto [m, k] = split({&b, x});
  const bool f32 = m.isF32();
  // Beyond these every result is 0 or infinite.
  V n = resized(clamped({&b, exponent}, f32 ? 400 : 2400), f32 ? 32 : 64);
  V total = clamped(iadd(k, n), f32 ? 200 : 1200);
  V biased = iadd(total, word(total, f32 ? 254 : 2046));
  V half = shr(biased, 1);
  return m * powerOfTwo(half) * powerOfTwo(isub(biased, half));
}

/// The bits of \p x in the dtype \p t, and back.
static V bitsIn(V x, Type t) { return isHalf(t) ? V{x.b, halfToBits(*x.b, x, t)} : bits(x); }
static V fromBitsIn(V raw, Type t) {
  return isHalf(t) ? V{raw.b, halfFromBits(*raw.b, raw, t)} : fromBits(raw);
}
static V signMask(V raw) {
  return word(raw, std::uint64_t{1} << (raw.element().getIntOrFloatBitWidth() - 1));
}

/// The neighbour on the side that \p up tells.
static V neighbour(V x, V up, Type t) {
  V raw = bitsIn(x, t);
  V one = word(raw, 1), zero = x == 0.0;
  V sign = select(up, word(raw, 0), signMask(raw));
  V away = up ^ (x < 0.0);
  V next = select(away, iadd(raw, one), isub(raw, one));
  return fromBitsIn(select(zero, sign | one, next), t);
}

/// NumPy's npy_nextafter; of two equal numbers float16 gives the first, C's function the second.
Value emitNextafter(Builder &b, Value inputX, Value inputY, Type t) {
  V x{&b, inputX}, y{&b, inputY};
  V next = select(x == y, t.isF16() ? x : y, neighbour(x, y > x, t));
  return select(unordered(x, y), kNan, next);
}

/// NumPy's npy_spacing: away from zero, with the sign of x; for float16 the step upwards.
Value emitSpacing(Builder &b, Value input, Type t) {
  V x{&b, input};
  V up = t.isF16() ? x == x : x >= 0.0;
  return select(abs(x) < kInf, neighbour(x, up, t) - x, kNan);
}

Value emitFabs(Builder &b, Value x) { return math::AbsFOp::create(b, x); }

Value emitHeaviside(Builder &b, Value inputX, Value inputY) {
  V x{&b, inputX}, y{&b, inputY};
  return select(x > 0.0, 1.0, select(x < 0.0, 0.0, select(x == 0.0, y, x)));
}

// Factors are quotients in the dtype, as in NumPy.
Value emitDegrees(Builder &b, Value input) {
  V x{&b, input};
  return x * (x.isF32() ? double(180.0f / std::numbers::pi_v<float>) : 180.0 / std::numbers::pi);
}
Value emitRadians(Builder &b, Value input) {
  V x{&b, input};
  return x * (x.isF32() ? double(std::numbers::pi_v<float> / 180.0f) : std::numbers::pi / 180.0);
}

} // namespace nd::body
