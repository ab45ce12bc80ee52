// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// float16 and bfloat16: two bytes in memory, in registers a float32 that the 16 bits can hold.
//
// Operations compute in float32 and round once to nearest even, which is what NumPy's loops do. The
// conversions are integer and float arithmetic of their own: LLVM's differ by machine, and call
// routines where the processor has no instruction for them.
#ifndef ND_BODY_HALF_H
#define ND_BODY_HALF_H

#include "ir/body/Arith.h"

namespace nd::body {

inline bool isHalf(Type t) { return t.isF16() || t.isBF16(); }

/// An f32 or f64 to the nearest number of the half dtype \p t, as f32.
Value roundToHalf(Builder &b, Value x, Type t);
/// The 16 bits of an f32 that \p t can hold, and back.
Value halfToBits(Builder &b, Value x, Type t);
Value halfFromBits(Builder &b, Value bits, Type t);

/// What a body gave for the operands \p x as a value of dtype \p t: the halves are rounded.
Value rounded(Builder &b, Value result, mlir::ValueRange x, Type t);

} // namespace nd::body

#endif // ND_BODY_HALF_H
