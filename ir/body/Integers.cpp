// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions of whole numbers.
#include "ir/body/Arith.h"
#include "ir/body/MathDetail.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using mlir::arith::CmpIPredicate;

namespace nd::body {

using namespace detail;

/// The number of zeros below the lowest bit set, less than the width for any \p x, so that one can
/// shift by it.
static V zerosBelow(V x) {
  V count{x.b, math::CountTrailingZerosOp::create(*x.b, x.v)};
  return count & word(x, x.element().getIntOrFloatBitWidth() - 1);
}
static V shr(V x, V n) { return make<arith::ShRUIOp>(x, n); }
static V shl(V x, V n) { return make<arith::ShLIOp>(x, n); }

/// Of unsigned numbers, without divisions: the difference of two odd numbers is even, and its odd
/// part has the same divisors with the smaller one (Stein 1967; Knuth, TAOCP 2, 4.5.2, algorithm
/// B). An element keeps its value in turns that only others need.
static V gcd(V x, V y) {
  ImplicitLocOpBuilder &b = *x.b;
  V zero = word(x, 0), one = word(x, 1);
  V trivial = compare(CmpIPredicate::eq, x, zero) | compare(CmpIPredicate::eq, y, zero);
  V oddX = select(trivial, one, shr(x, zerosBelow(x)));
  V oddY = select(trivial, one, shr(y, zerosBelow(y)));
  auto loop = scf::WhileOp::create(
      b, TypeRange{x.type(), x.type()}, ValueRange{oddX.v, oddY.v},
      [&](OpBuilder &, Location, ValueRange arguments) {
        V more = compare(CmpIPredicate::ne, {&b, arguments[0]}, {&b, arguments[1]});
        scf::ConditionOp::create(b, any(more), arguments);
      },
      [&](OpBuilder &, Location, ValueRange arguments) {
        V p{&b, arguments[0]}, q{&b, arguments[1]};
        V smaller = make<arith::MinUIOp>(p, q);
        V difference = isub(make<arith::MaxUIOp>(p, q), smaller);
        V odd = shr(difference, zerosBelow(difference));
        V next = select(compare(CmpIPredicate::eq, p, q), smaller, odd);
        scf::YieldOp::create(b, ValueRange{smaller.v, next.v});
      });
  b.setInsertionPointAfter(loop);
  V common = shl({&b, loop.getResult(0)}, zerosBelow(x | y));
  return select(trivial, x | y, common);
}

/// |x| as an unsigned number.
static V magnitude(Builder &b, Value x, Type t) { return {&b, emitAbsolute(b, x, t)}; }

Value emitGcd(Builder &b, Value x, Value y, Type t) {
  return gcd(magnitude(b, x, t), magnitude(b, y, t));
}

/// |x| / gcd |y|, modulo 2^width.
Value emitLcm(Builder &b, Value inputX, Value inputY, Type t) {
  V x = magnitude(b, inputX, t), y = magnitude(b, inputY, t);
  V common = gcd(x, y);
  V none = compare(CmpIPredicate::eq, common, word(x, 0));
  V share = make<arith::DivUIOp>(x, select(none, word(x, 1), common));
  return imul(share, y);
}

Value emitBitwiseCount(Builder &b, Value x, Type t) {
  V count{&b, math::CtPopOp::create(b, magnitude(b, x, t).v)};
  if (count.element().isInteger(8))
    return count;
  return arith::TruncIOp::create(b, withElement(count.type(), b.getI8Type()), count.v);
}

} // namespace nd::body
