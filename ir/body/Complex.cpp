// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/body/ComplexDetail.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

Type complexType(Type part) {
  return LLVM::LLVMStructType::getLiteral(part.getContext(), {part, part});
}
bool isComplex(Type registerType) { return isa<LLVM::LLVMStructType>(registerType); }
Type partType(Type registerType) {
  auto complex = dyn_cast<LLVM::LLVMStructType>(registerType);
  return complex ? complex.getBody()[0] : registerType;
}

Value makeComplex(Builder &b, Value re, Value im) {
  Value none = LLVM::PoisonOp::create(b, complexType(re.getType()));
  Value half = LLVM::InsertValueOp::create(b, none, re, ArrayRef<int64_t>{0});
  return LLVM::InsertValueOp::create(b, half, im, ArrayRef<int64_t>{1});
}

Value partOf(Builder &b, Value z, unsigned k) {
  auto insert = z.getDefiningOp<LLVM::InsertValueOp>();
  while (insert) {
    if (insert.getPosition()[0] == int64_t(k))
      return insert.getValue();
    insert = insert.getContainer().getDefiningOp<LLVM::InsertValueOp>();
  }
  return LLVM::ExtractValueOp::create(b, z, ArrayRef<int64_t>{int64_t(k)});
}

Value eachPart(Builder &b, Value x, llvm::function_ref<Value(Value)> f) {
  if (!isComplex(x))
    return f(x);
  Value re = f(partOf(b, x, 0));
  return makeComplex(b, re, f(partOf(b, x, 1)));
}

Value selectValue(Builder &b, Value condition, Value x, Value y) {
  if (!isComplex(x))
    return arith::SelectOp::create(b, condition, x, y);
  V c{&b, condition};
  return join(select(c, parts(b, x), parts(b, y)));
}

Value emitReal(Builder &b, Value x) { return isComplex(x) ? partOf(b, x, 0) : x; }
Value emitImag(Builder &b, Value x) {
  return isComplex(x) ? partOf(b, x, 1) : constant(b, x.getType(), 0);
}
Value emitConjugate(Builder &b, Value x) {
  if (!isComplex(x))
    return x;
  Z z = parts(b, x);
  return join({z.re, -z.im});
}

Value emitComplexAbsolute(Builder &b, Value z) {
  return emitHypot(b, partOf(b, z, 0), partOf(b, z, 1));
}

// x / |x|, NumPy 2's definition, with 0 for 0 and the direction of an infinite part.
Value emitComplexSign(Builder &b, Value value) {
  Z z = parts(b, value);
  V zero = num(z.re, 0.0), size = call(emitHypot, z.re, z.im);
  V infinite = isInfinite(size);
  auto along = [&](V x, V other) {
    V unit = select(isInfinite(x), copySign(num(x, 1.0), x), 0.0);
    return select(isInfinite(x) & isInfinite(other), kNan, unit);
  };
  Z direction{along(z.re, z.im), along(z.im, z.re)};
  Z out = select(infinite, direction, Z{z.re / size, z.im / size});
  out = select(size == 0.0, Z{zero, zero}, out);
  return join(select(isNan(size), Z{num(zero, kNan), num(zero, kNan)}, out));
}

Value emitComplexMultiply(Builder &b, Value x, Value y) {
  return join(multiply(parts(b, x), parts(b, y)));
}

// Smith (Communications of the ACM 5, 1962, 435), with NumPy's rule for a zero divisor.
Z detail::complexDivide(Z x, Z y) {
  V larger = abs(y.re) >= abs(y.im);
  V major = select(larger, y.re, y.im), minor = select(larger, y.im, y.re);
  V ratio = minor / major;
  V scale = 1.0 / (major + minor * ratio);
  V first = select(larger, x.re, x.im), second = select(larger, x.im, x.re);
  V re = (first + second * ratio) * scale;
  V im = (select(larger, x.im - x.re * ratio, x.im * ratio - x.re)) * scale;
  V zero = (y.re == 0.0) & (y.im == 0.0);
  V none = abs(y.re);
  return select(zero, Z{x.re / none, x.im / none}, Z{re, im});
}
Value emitComplexDivide(Builder &b, Value x, Value y) {
  return join(complexDivide(parts(b, x), parts(b, y)));
}

Value emitComplexReciprocal(Builder &b, Value value) {
  Z z = parts(b, value);
  V flat = abs(z.im) <= abs(z.re);
  V major = select(flat, z.re, z.im), minor = select(flat, z.im, z.re);
  V ratio = minor / major;
  V divisor = major + minor * ratio;
  return join(select(flat, Z{1.0 / divisor, -ratio / divisor},
                     Z{ratio / divisor, num(ratio, -1.0) / divisor}));
}

Value emitComplexRint(Builder &b, Value z) {
  return eachPart(b, z, [&](Value x) { return emitRint(b, x); });
}

Value emitComplexIsnan(Builder &b, Value value) {
  Z z = parts(b, value);
  return isNan(z.re) | isNan(z.im);
}
Value emitComplexIsinf(Builder &b, Value value) {
  Z z = parts(b, value);
  return isInfinite(z.re) | isInfinite(z.im);
}
Value emitComplexIsfinite(Builder &b, Value value) {
  Z z = parts(b, value);
  return isFinite(z.re) & isFinite(z.im);
}

Value emitComplexEqual(Builder &b, Value left, Value right) {
  Z x = parts(b, left), y = parts(b, right);
  return (x.re == y.re) & (x.im == y.im);
}

static V before(Z x, Z y, bool orEqual) {
  V rest = orEqual ? x.im <= y.im : x.im < y.im;
  V plain = negated(unordered(x.im, y.im));
  return ((x.re < y.re) & plain) | ((x.re == y.re) & rest);
}
Value emitComplexLess(Builder &b, Value x, Value y, bool orEqual) {
  return before(parts(b, x), parts(b, y), orEqual);
}

Value emitComplexExtremum(Builder &b, Value left, Value right, bool larger, bool nanWins) {
  Z x = parts(b, left), y = parts(b, right);
  V take = larger ? before(y, x, true) : before(x, y, true);
  V nan{&b, emitComplexIsnan(b, nanWins ? left : right)};
  return join(select(take | nan, x, y));
}

} // namespace nd::body
