// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What inferReturnTypes of ops with one result is written with: a rule's shape and a dtype.
#ifndef ND_IR_INFER_H
#define ND_IR_INFER_H

#include "ir/NdOps.h"

#define ND_INFER(Op)                                                                               \
  llvm::LogicalResult Op::inferReturnTypes(                                                        \
      [[maybe_unused]] mlir::MLIRContext *context, std::optional<mlir::Location> loc,              \
      [[maybe_unused]] mlir::ValueRange operands,                                                  \
      [[maybe_unused]] mlir::DictionaryAttr attributes,                                            \
      [[maybe_unused]] mlir::OpaqueProperties properties, mlir::RegionRange,                       \
      llvm::SmallVectorImpl<mlir::Type> &types)

namespace nd {

/// The one type, or the rule's error at \p loc.
inline llvm::LogicalResult inferOne(std::optional<mlir::Location> loc, llvm::StringRef op,
                                    const rules::result<rules::shape> &shape, mlir::Type element,
                                    llvm::SmallVectorImpl<mlir::Type> &types) {
  if (!shape)
    return ruleFailure(loc, op, shape.error());
  types.push_back(tensorType(*shape, element));
  return llvm::success();
}

} // namespace nd

#endif // ND_IR_INFER_H
