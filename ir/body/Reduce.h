// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// States of reductions: identities and merges.
#ifndef ND_BODY_REDUCE_H
#define ND_BODY_REDUCE_H

#include "ir/body/Arith.h"
#include "mlir/IR/BuiltinAttributeInterfaces.h"

namespace nd::body {

using State = llvm::SmallVector<mlir::TypedAttr>;
using Values = llvm::SmallVector<mlir::Value>;
using Body = Value (*)(Builder &, Value, Value, Type);

/// \p value of dtype \p t (integers signless), as nd.full holds it.
State identity(Type t, double value);
State identityLowest(Type t);
State identityHighest(Type t);
/// Value and position; the position of the identity is beyond every real one.
State identityArgmax(Type t);
State identityArgmin(Type t);

inline Values merge(Body body, Builder &b, mlir::ValueRange left, mlir::ValueRange right, Type t) {
  return {body(b, left[0], right[0], t)};
}
/// The larger (smaller) value, nan before any; of equals the lower position.
Values mergeArgmax(Builder &b, mlir::ValueRange left, mlir::ValueRange right, Type t);
Values mergeArgmin(Builder &b, mlir::ValueRange left, mlir::ValueRange right, Type t);

} // namespace nd::body

#endif // ND_BODY_REDUCE_H
