// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A complex number as two values with operators.
#ifndef ND_BODY_COMPLEXDETAIL_H
#define ND_BODY_COMPLEXDETAIL_H

#include "ir/body/Complex.h"
#include "ir/body/Math.h"
#include "ir/body/MathDetail.h"

namespace nd::body::detail {

struct Z {
  V re, im;
};

inline Z parts(Builder &b, Value z) { return {{&b, partOf(b, z, 0)}, {&b, partOf(b, z, 1)}}; }
inline Value join(Z z) { return makeComplex(*z.re.b, z.re, z.im); }

inline Z select(V condition, Z x, Z y) {
  return {select(condition, x.re, y.re), select(condition, x.im, y.im)};
}
inline V call(Value (*f)(Builder &, Value), V x) { return {x.b, f(*x.b, x)}; }
inline V call(Value (*f)(Builder &, Value, Value), V x, V y) { return {x.b, f(*x.b, x, y)}; }

inline V isFinite(V x) { return abs(x) < kInf; }
inline V isInfinite(V x) { return abs(x) == kInf; }
inline V isNan(V x) { return unordered(x, x); }
inline V negated(V condition) { return condition ^ word(condition, ~uint64_t(0)); }
/// x y without nan from 0 times infinity where y is a finite factor's stand-in: plain product.
inline Z multiply(Z x, Z y) { return {x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re}; }

/// \p f in float64, complex64 rounded at the end: there is room for every intermediate result.
inline Value wide(Builder &b, Value z, Z (*f)(Z)) {
  Z x = parts(b, z);
  if (!x.re.isF32())
    return join(f(x));
  Z y = f({toF64(x.re), toF64(x.im)});
  return join({toF32(y.re), toF32(y.im)});
}

Z complexExp(Z z);
Z complexLog(Z z);
Z complexSqrt(Z z);
Z complexDivide(Z x, Z y);

} // namespace nd::body::detail

#endif // ND_BODY_COMPLEXDETAIL_H
