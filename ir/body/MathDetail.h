// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A value with operators, so that the emitters read like the formulas they come from.
//
// Every operator creates one arith or math op without fast-math flags; a plain number on either
// side becomes a constant of the other operand's type, splat where that is a vector.

#ifndef ND_BODY_MATHDETAIL_H
#define ND_BODY_MATHDETAIL_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/TypeUtilities.h"

#include <cstdint>
#include <limits>

namespace nd::body::detail {

struct V {
  mlir::ImplicitLocOpBuilder *b;
  mlir::Value v;

  operator mlir::Value() const { return v; }
  mlir::Type type() const { return v.getType(); }
  mlir::Type element() const { return mlir::getElementTypeOrSelf(v.getType()); }
  bool isF32() const { return element().isF32(); }
};

inline constexpr double kInf = std::numeric_limits<double>::infinity();
inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// \p type with its element replaced.
inline mlir::Type withElement(mlir::Type type, mlir::Type element) {
  if (auto vector = mlir::dyn_cast<mlir::VectorType>(type))
    return vector.clone(element);
  return element;
}

inline V constant(V like, mlir::TypedAttr scalar, mlir::Type type) {
  if (auto vector = mlir::dyn_cast<mlir::VectorType>(type))
    scalar = mlir::DenseElementsAttr::get(vector, mlir::Attribute(scalar));
  return {like.b, mlir::arith::ConstantOp::create(*like.b, scalar)};
}

/// \p value as a constant of the type of \p like, a float or an integer.
inline V num(V like, double value) {
  return constant(like, like.b->getFloatAttr(like.element(), value), like.type());
}
inline V word(V like, std::uint64_t value) {
  return constant(like, like.b->getIntegerAttr(like.element(), static_cast<std::int64_t>(value)),
                  like.type());
}

template <class Op, class... Args> V make(V first, Args... args) {
  return {first.b, Op::create(*first.b, first.v, args.v...)};
}

inline V operator+(V x, V y) { return make<mlir::arith::AddFOp>(x, y); }
inline V operator-(V x, V y) { return make<mlir::arith::SubFOp>(x, y); }
inline V operator*(V x, V y) { return make<mlir::arith::MulFOp>(x, y); }
inline V operator/(V x, V y) { return make<mlir::arith::DivFOp>(x, y); }
inline V operator-(V x) { return make<mlir::arith::NegFOp>(x); }
inline V operator+(V x, double y) { return x + num(x, y); }
inline V operator-(V x, double y) { return x - num(x, y); }
inline V operator*(V x, double y) { return x * num(x, y); }
inline V operator/(V x, double y) { return x / num(x, y); }
inline V operator+(double x, V y) { return num(y, x) + y; }
inline V operator-(double x, V y) { return num(y, x) - y; }
inline V operator*(double x, V y) { return num(y, x) * y; }
inline V operator/(double x, V y) { return num(y, x) / y; }

/// x * y + z with one rounding.
inline V fma(V x, V y, V z) { return make<mlir::math::FmaOp>(x, y, z); }
inline V fma(V x, double y, V z) { return fma(x, num(x, y), z); }
inline V fma(V x, V y, double z) { return fma(x, y, num(x, z)); }
inline V fma(V x, double y, double z) { return fma(x, num(x, y), num(x, z)); }
inline V abs(V x) { return make<mlir::math::AbsFOp>(x); }
inline V sqrt(V x) { return make<mlir::math::SqrtOp>(x); }
inline V floor(V x) { return make<mlir::math::FloorOp>(x); }
inline V trunc(V x) { return make<mlir::math::TruncOp>(x); }
inline V roundEven(V x) { return make<mlir::math::RoundEvenOp>(x); }
inline V copySign(V magnitude, V sign) { return make<mlir::math::CopySignOp>(magnitude, sign); }

// Integers of the float's width, by representation.
inline V iadd(V x, V y) { return make<mlir::arith::AddIOp>(x, y); }
inline V isub(V x, V y) { return make<mlir::arith::SubIOp>(x, y); }
inline V imul(V x, V y) { return make<mlir::arith::MulIOp>(x, y); }
inline V imax(V x, V y) { return make<mlir::arith::MaxSIOp>(x, y); }
inline V shl(V x, unsigned n) { return make<mlir::arith::ShLIOp>(x, word(x, n)); }
inline V shr(V x, unsigned n) { return make<mlir::arith::ShRUIOp>(x, word(x, n)); }
inline V operator&(V x, V y) { return make<mlir::arith::AndIOp>(x, y); }
inline V operator|(V x, V y) { return make<mlir::arith::OrIOp>(x, y); }
inline V operator^(V x, V y) { return make<mlir::arith::XOrIOp>(x, y); }

inline V bits(V x) {
  mlir::Type element = x.isF32() ? x.b->getI32Type() : x.b->getI64Type();
  return {x.b, mlir::arith::BitcastOp::create(*x.b, withElement(x.type(), element), x.v)};
}
inline V fromBits(V x) {
  mlir::Type element =
      x.element().isInteger(32) ? mlir::Type(x.b->getF32Type()) : mlir::Type(x.b->getF64Type());
  return {x.b, mlir::arith::BitcastOp::create(*x.b, withElement(x.type(), element), x.v)};
}

inline V compare(mlir::arith::CmpFPredicate predicate, V x, V y) {
  return {x.b, mlir::arith::CmpFOp::create(*x.b, predicate, x.v, y.v)};
}
inline V compare(mlir::arith::CmpIPredicate predicate, V x, V y) {
  return {x.b, mlir::arith::CmpIOp::create(*x.b, predicate, x.v, y.v)};
}
inline V operator<(V x, V y) { return compare(mlir::arith::CmpFPredicate::OLT, x, y); }
inline V operator>(V x, V y) { return compare(mlir::arith::CmpFPredicate::OGT, x, y); }
inline V operator<=(V x, V y) { return compare(mlir::arith::CmpFPredicate::OLE, x, y); }
inline V operator>=(V x, V y) { return compare(mlir::arith::CmpFPredicate::OGE, x, y); }
inline V operator==(V x, V y) { return compare(mlir::arith::CmpFPredicate::OEQ, x, y); }
inline V operator<(V x, double y) { return x < num(x, y); }
inline V operator>(V x, double y) { return x > num(x, y); }
inline V operator<=(V x, double y) { return x <= num(x, y); }
inline V operator>=(V x, double y) { return x >= num(x, y); }
inline V operator==(V x, double y) { return x == num(x, y); }
inline V unordered(V x, V y) { return compare(mlir::arith::CmpFPredicate::UNO, x, y); }

inline V select(V condition, V x, V y) {
  return {x.b, mlir::arith::SelectOp::create(*x.b, condition.v, x.v, y.v)};
}
inline V select(V condition, double x, V y) { return select(condition, num(y, x), y); }
inline V select(V condition, V x, double y) { return select(condition, x, num(x, y)); }

/// Bounds that let a NaN in \p x through: one min or max instruction each.
inline V atLeast(V x, double low) { return select(x < low, low, x); }
inline V atMost(V x, double high) { return select(x > high, high, x); }

inline V toF64(V x) {
  return {x.b, mlir::arith::ExtFOp::create(*x.b, withElement(x.type(), x.b->getF64Type()), x.v)};
}
inline V toF32(V x) {
  return {x.b, mlir::arith::TruncFOp::create(*x.b, withElement(x.type(), x.b->getF32Type()), x.v)};
}

/// c[0] + c[1] x + ... by Horner's rule.
inline V polynomial(V x, llvm::ArrayRef<double> c) {
  V sum = num(x, c.back());
  while (!(c = c.drop_back()).empty())
    sum = fma(sum, x, c.back());
  return sum;
}

/// An unevaluated sum, |lo| at most half an ulp of hi.
struct Pair {
  V hi, lo;
};

/// x + y exactly, for |x| >= |y| or x = 0 (Dekker 1971).
inline Pair fastTwoSum(V x, V y) {
  V sum = x + y;
  return {sum, y - (sum - x)};
}
/// x + y exactly (Knuth, TAOCP 2, 4.2.2).
inline Pair twoSum(V x, V y) {
  V sum = x + y;
  V part = sum - x;
  return {sum, (x - (sum - part)) + (y - part)};
}
inline Pair twoProduct(V x, V y) {
  V product = x * y;
  return {product, fma(x, y, -product)};
}

/// The nearest integer to a small number, as a float and as bits, by adding a number whose ulp is
/// 1. The low bits of `bits` hold the integer plus \p bias.
struct Rounded {
  V value, bits;
};
inline Rounded roundBySum(V x, double factor, double bias = 0) {
  double magic = (x.isF32() ? 0x1.8p23 : 0x1.8p52) + bias;
  V sum = fma(x, factor, magic);
  return {sum - magic, bits(sum)};
}

/// exp(x) = 2^k (1 + r + e) with |r| < 0.35 and |e| < 0.07; the low bits of `kBits` are k plus the
/// bias asked for.
struct ExpParts {
  V kBits, r, e;
};

/// For |x| < 2^10 (f64) or 2^7 (f32), \p lo added to x; e makes up for the rounding of r
/// (MathExp.cpp).
ExpParts expParts(V x, double bias, const V *lo = nullptr);

/// 2^k from ExpParts::kBits with a bias of 1023 or 127, for a result in the normal range.
inline V powerOfTwo(V biased) {
  return fromBits(shl(biased, biased.element().isInteger(32) ? 23 : 52));
}

/// Whether \p condition holds in any element, as an i1 (MathTrig.cpp).
V any(V condition);

/// exp(x + lo) for x within the bounds of exp's finite results, lo far below x (MathExp.cpp).
V expOfSum(V x, V lo);

/// x = 2^k m with sqrt(1/2) <= m < sqrt(2).
struct BinaryParts {
  V k, m;
};
BinaryParts splitNormal(V x);   // positive and normal (MathLog.cpp)
BinaryParts splitPositive(V x); // positive and finite

/// log(u + c) for a finite normal u >= 1/2 and |c| < ulp(u), accurate near u = 1 (MathLog.cpp).
V logOfSum(V u, V c);

/// log(x) for 0 < x < inf in f64 to some 66 bits (MathPower.cpp).
Pair preciseLog(V x);

} // namespace nd::body::detail

#endif // ND_BODY_MATHDETAIL_H
