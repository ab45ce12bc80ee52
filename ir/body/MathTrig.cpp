// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// sin, cos, tan.
//
// Method: x = q P + r with P = pi (sin, cos) or pi / 2 (tan), q an integer, for cos an integer and
// a half; then sin(x) = +-sin(r), cos(x) = +-sin(r), tan(x) = tan(r) or -1 / tan(r), each by one
// minimax polynomial (computed for this file). Up to 2^22 P the reduction is Cody and Waite's with
// fused multiply-adds (Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed., section
// 10.2), beyond it Payne and Hanek's (1983). The latter runs only where some element needs it: 23
// turns of a loop that a branch skips, so that it costs no time otherwise and little code ever.
// Each element takes the path that its own value asks for. f32 is computed in f64.

#include "MathDetail.h"

#include "Math.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

// (sin(r) - r) / r^3 in r^2 for |r| <= pi / 2, errors 2^-61.5 and 2^-35.3.
static constexpr double kSinF64[] = {
    -0x1.5555555555555p-3,  0x1.11111111110c8p-7,  -0x1.a01a01a014d86p-13, 0x1.71de3a52a2027p-19,
    -0x1.ae6454d55c7d7p-26, 0x1.6123cd53464c6p-33, -0x1.ae439c5483afdp-41, 0x1.88358e9046f99p-49};
static constexpr double kSinF32[] = {-0x1.5555554765992p-3, 0x1.11110c491ad26p-7,
                                     -0x1.a017d957d1e23p-13, 0x1.717076fca32fdp-19,
                                     -0x1.9a67baa6db064p-26};

// (tan(r) - r) / r^3 in r^2 for |r| <= pi / 4, errors 2^-56.2 and 2^-29.6.
static constexpr double kTanF64[] = {
    0x1.55555555554f2p-2,   0x1.11111111182c6p-3,  0x1.ba1ba1b46c194p-5,   0x1.664f49a850e23p-6,
    0x1.226e125d0e477p-7,   0x1.d6d9336aabb4bp-9,  0x1.7d5b5f8726616p-10,  0x1.37fa77abdb9d9p-11,
    0x1.d27174bfc9062p-13,  0x1.1e28176b01bd2p-13, -0x1.b8f14b87e7866p-16, 0x1.76cc1def81f41p-14,
    -0x1.7808e36c85a32p-15, 0x1.5dd46a483ed5fp-16};
static constexpr double kTanF32[] = {
    0x1.5555605bbe44dp-2, 0x1.110d8d9c8f103p-3,  0x1.badbe31b871fep-5, 0x1.5cafbf7d04386p-6,
    0x1.631275678561ep-7, 0x1.76d439e2a0677p-14, 0x1.1ecf419c99821p-8};

// 2^200 / (2 pi) cut into pieces of 53 bits.
static constexpr double kTurns[] = {
    0x1.45f306dc9c880p+197, 0x1.529fc2757d1f5p+146, 0x1.a6ee06db14accp+91,  0x1.3c439041fe514p+38,
    0x1.1d5ef5de2b0dbp-13,  0x1.246e3a424dd2ep-66,  0x1.924bba8274600p-128, 0x1.21cfe1deb1cb0p-174,
    0x1.29a73ee88235ep-226, 0x1.52ebb4484e99cp-278, 0x1.c09ad17df904ep-332, 0x1.91d639835339cp-386,
    0x1.a4e422fc5defcp-437, 0x1.283b1ff897ffdp-490, 0x1.c0b301fde5e23p-543, 0x1.6b414da3eda68p-599,
    0x1.3f6793e584dbap-649, 0x1.e8c7ecd3cbfd4p-703, 0x1.6ba93dd63f5f0p-757, 0x1.7c5ecf41ce7dep-808,
    0x1.4a525d4d7f6bcp-863, 0x1.b11f8d5d08560p-914, 0x1.98237e3db5d5cp-969};
static constexpr double kScale = 0x1p-200;
// The pieces that matter for the largest f32.
static constexpr unsigned kTurnsF32 = 6;

namespace {
enum class Period { pi, piAndHalf, halfPi };

struct Reduced {
  Pair r;
  V quotientBits; // its low bit is that of the quotient's integer part
};
} // namespace

V detail::any(V condition) {
  if (!isa<VectorType>(condition.type()))
    return condition;
  return {condition.b,
          vector::ReductionOp::create(*condition.b, vector::CombiningKind::OR, condition.v)};
}

/// The nearest integer, or for Period::piAndHalf the nearest integer and a half, to a small t.
static Rounded nearestQuotient(V t, double factor, Period period) {
  if (period != Period::piAndHalf)
    return roundBySum(t, factor);
  Rounded rounded = roundBySum(fma(t, factor, -0.5), 1);
  return {rounded.value + 0.5, rounded.bits};
}

/// x / (2 pi) without its integer part, to some 150 bits, by one loop over the pieces of 1 / (2
/// pi).
static Pair fractionOfTurn(V x, unsigned pieces) {
  ImplicitLocOpBuilder &b = *x.b;
  auto tableType = VectorType::get(std::size(kTurns), b.getF64Type());
  Value table = arith::ConstantOp::create(b, DenseElementsAttr::get(tableType, ArrayRef(kTurns)));
  Value first = arith::ConstantIndexOp::create(b, 0);
  Value last = arith::ConstantIndexOp::create(b, pieces);
  Value step = arith::ConstantIndexOp::create(b, 1);
  V scaled = x * kScale;
  V zero = num(x, 0.0);
  auto loop = scf::ForOp::create(b, first, last, step, ValueRange{zero, zero, zero});
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  V hi{&b, loop.getRegionIterArg(0)}, lo{&b, loop.getRegionIterArg(1)},
      lowest{&b, loop.getRegionIterArg(2)};
  Value piece = vector::ExtractOp::create(b, table, OpFoldResult(loop.getInductionVar()));
  if (auto type = dyn_cast<VectorType>(x.type()))
    piece = vector::BroadcastOp::create(b, type, piece);
  // Each product exactly, each part of it without its whole turns, summed in three parts.
  Pair product = twoProduct(scaled, V{&b, piece});
  Pair high = twoSum(hi, product.hi - roundEven(product.hi));
  Pair low = twoSum(high.hi, product.lo - roundEven(product.lo));
  Pair errors = twoSum(high.lo, low.lo);
  Pair middle = twoSum(lo, errors.hi);
  lowest = lowest + (middle.lo + errors.lo);
  scf::YieldOp::create(b, ValueRange{low.hi - roundEven(low.hi), middle.hi, lowest});
  b.setInsertionPointAfter(loop);
  Pair sum = twoSum(V{&b, loop.getResult(0)}, V{&b, loop.getResult(1)});
  return {sum.hi, sum.lo + V{&b, loop.getResult(2)}};
}

static Reduced reduce(V x, Period period, unsigned pieces) {
  ImplicitLocOpBuilder &b = *x.b;
  // Exact scaling of the constants for pi by `unit` serves pi / 2 as well.
  double unit = period == Period::halfPi ? 0.5 : 1;
  auto [q, bits] = nearestQuotient(x, 0x1.45f306dc9c883p-2 / unit, period);
  V partial = fma(q, -0x1.921fb548p+1 * unit, x);
  Pair middle = twoProduct(q, num(x, -0x1.de973dcb3b39ap-30 * unit));
  auto [r, roundOff] = fastTwoSum(partial, -middle.hi);
  V tail = fma(q, -0x1.45c06e0e68948p-85 * unit, roundOff) - middle.lo;

  V huge = abs(x) > 0x1p22 * 3 * unit;
  auto branch = scf::IfOp::create(b, TypeRange{x.type(), x.type(), bits.type()}, any(huge).v,
                                  /*withElseRegion=*/true);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.thenBlock());
    Pair turn = fractionOfTurn(x, pieces);
    auto [whole, wholeBits] = nearestQuotient(turn.hi, 2 / unit, period);
    Pair rest = twoSum(fma(turn.hi, 2 / unit, -whole), turn.lo * (2 / unit));
    double piHi = 0x1.921fb54442d18p+1 * unit, piLo = 0x1.1a62633145c07p-53 * unit;
    V product = rest.hi * piHi;
    V error = fma(rest.hi, piHi, -product);
    Pair far = fastTwoSum(product, fma(rest.lo, piHi, fma(rest.hi, piLo, error)));
    scf::YieldOp::create(b, ValueRange{select(huge, far.hi, r), select(huge, far.lo, tail),
                                       select(huge, wholeBits, bits)});
    b.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(b, ValueRange{r, tail, bits});
  }
  return {{{&b, branch.getResult(0)}, {&b, branch.getResult(1)}}, {&b, branch.getResult(2)}};
}

/// +-sin(r), negative where the quotient is odd.
static V signedSin(const Reduced &reduced, bool f32) {
  auto [r, tail] = reduced.r;
  V z = r * r;
  auto c = f32 ? ArrayRef<double>(kSinF32) : ArrayRef<double>(kSinF64);
  V factor = fma(z, c.front(), z * z * polynomial(z, c.drop_front()));
  V result = f32 ? fma(factor, r, r) : r + fma(factor, r, tail * fma(z, -0.5, 1.0));
  return fromBits(bits(result) ^ shl(reduced.quotientBits, 63));
}

/// f64: 1.59 ulp, f32: 0.50 ulp.
Value emitSin(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  if (x.isF32()) {
    V wide = toF64(x);
    V result = signedSin(reduce(wide, Period::pi, kTurnsF32), true);
    return toF32(select(wide == 0.0, wide, result));
  }
  V result = signedSin(reduce(x, Period::pi, std::size(kTurns)), false);
  return select(x == 0.0, x, result);
}

/// cos(x) = (-1)^(k + 1) sin(r) with x = (k + 1/2) pi + r. f64: 1.67 ulp, f32: 0.50 ulp.
Value emitCos(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  Reduced reduced =
      reduce(f32 ? toF64(x) : x, Period::piAndHalf, f32 ? kTurnsF32 : std::size(kTurns));
  V result = -signedSin(reduced, f32);
  return f32 ? toF32(result) : result;
}

/// f64: 1.69 ulp, f32: 0.53 ulp.
Value emitTan(ImplicitLocOpBuilder &b, Value input) {
  V x{&b, input};
  bool f32 = x.isF32();
  V wide = f32 ? toF64(x) : x;
  Reduced reduced = reduce(wide, Period::halfPi, f32 ? kTurnsF32 : std::size(kTurns));
  auto [r, tail] = reduced.r;
  V z = r * r;
  V cube = r * z;
  V t = f32 ? fma(cube, polynomial(z, kTanF32), r)
            : r + fma(cube, polynomial(z, kTanF64), fma(tail, z, tail));
  V odd = compare(arith::CmpIPredicate::ne, reduced.quotientBits & word(reduced.quotientBits, 1),
                  word(reduced.quotientBits, 0));
  V result = select(odd, -1.0, t) / select(odd, t, 1.0);
  result = select(wide == 0.0, wide, result);
  return f32 ? toF32(result) : result;
}

} // namespace nd::body
