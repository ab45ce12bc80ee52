// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef ND_IR_VIEW_H
#define ND_IR_VIEW_H

#include "mlir/IR/BuiltinAttributeInterfaces.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace nd {

/// A result that is read from its operand's memory with strides.
struct View {
  llvm::SmallVector<int64_t> source; ///< per result axis: the operand axis it walks, -1 for none
  llvm::SmallVector<int64_t> step;   ///< per result axis: how far in the operand one step goes
  llvm::SmallVector<int64_t> offset; ///< per operand axis: the first position
};

/// What the elements of a generator are: just one of these is set.
struct Source {
  mlir::TypedAttr constant = {};           ///< a scalar known at compile time
  std::optional<int64_t> param = {};       ///< a scalar in this slot of the program's parameters
  std::optional<int64_t> axis = {};        ///< the position along this axis
  llvm::SmallVector<int64_t> extents = {}; ///< the product of these
};

} // namespace nd

#endif // ND_IR_VIEW_H
