// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// fmod, remainder, floor_divide.

#include "MathDetail.h"

#include "Math.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace nd::body {

using namespace detail;

/// |x| modulo |y|, exactly, for f64 with 0 <= x < inf and y > 0.
///
/// The quotient q rounded to nearest, if of 53 bits or more, leaves x - q y exact, by one fused
/// multiply-add, and 2^53 times smaller or of the other sign; a smaller one is cut to an integer
/// first, and the rest is exact too (Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed.,
/// section 4.6). One turn does for quotients below 2^53; an element keeps its value in turns that
/// only others need.
static V modulo(V x, V y, bool f32) {
  ImplicitLocOpBuilder &b = *x.b;
  auto loop = scf::WhileOp::create(
      b, TypeRange{x.type()}, ValueRange{x.v},
      [&](OpBuilder &, Location, ValueRange arguments) {
        scf::ConditionOp::create(b, any(abs(V{&b, arguments[0]}) >= y), arguments);
      },
      [&](OpBuilder &, Location, ValueRange arguments) {
        V rest{&b, arguments[0]};
        V divisor = y;
        if (!f32) {
          // Multiples of y for which the quotient cannot overflow.
          V bound = abs(rest) * 0x1p-1000;
          divisor = select(divisor < bound, divisor * 0x1p+1000, divisor);
          divisor = select(divisor < bound, divisor * 0x1p+1000, divisor);
        }
        V next = fma(-trunc(rest / divisor), divisor, rest);
        scf::YieldOp::create(b, ValueRange{next.v});
      });
  b.setInsertionPointAfter(loop);
  V rest{&b, loop.getResult(0)};
  return select(rest < 0.0, rest + y, rest);
}

/// Exact.
Value emitFmod(ImplicitLocOpBuilder &b, Value inputX, Value inputY) {
  V x{&b, inputX}, y{&b, inputY};
  bool f32 = x.isF32();
  V a = abs(x), c = abs(y);
  V valid = (a < kInf) & (c > 0.0);
  V dividend = select(valid, a, 0.0), divisor = select(valid, c, 1.0);
  V rest =
      f32 ? toF32(modulo(toF64(dividend), toF64(divisor), true)) : modulo(dividend, divisor, false);
  rest = select(c < kInf, rest, a);
  return copySign(select(valid, rest, kNan), x);
}

/// fmod(x, y), plus y where that has the other sign; a zero gets the sign of y (NumPy's
/// npy_divmod).
Value emitRemainder(ImplicitLocOpBuilder &b, Value inputX, Value inputY) {
  V x{&b, inputX}, y{&b, inputY};
  V rest{&b, emitFmod(b, inputX, inputY)};
  V adjust = (rest * copySign(num(x, 1.0), y)) < 0.0;
  V result = select(adjust, rest + y, rest);
  return select(rest == 0.0, copySign(num(x, 0.0), y), result);
}

/// (x - fmod(x, y)) / y, less one where fmod has the other sign, to the nearest integer; a zero
/// gets the sign of x / y, and y = 0 gives x / y (NumPy's npy_floor_divide).
Value emitFloorDivide(ImplicitLocOpBuilder &b, Value inputX, Value inputY) {
  V x{&b, inputX}, y{&b, inputY};
  V rest{&b, emitFmod(b, inputX, inputY)};
  V plain = x / y;
  V quotient = (x - rest) / y;
  V adjust = (rest * copySign(num(x, 1.0), y)) < 0.0;
  quotient = select(adjust, quotient - 1, quotient);
  V whole = floor(quotient);
  whole = select((quotient - whole) > 0.5, whole + 1, whole);
  whole = select(quotient == 0.0, copySign(num(x, 0.0), plain), whole);
  return select(y == 0.0, plain, whole);
}

} // namespace nd::body
