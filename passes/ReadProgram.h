// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Programs from text.
#ifndef ND_PASSES_READPROGRAM_H
#define ND_PASSES_READPROGRAM_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include <memory>

namespace llvm {
class SourceMgr;
}

namespace nd {

/// \p text for readProgram and for the handlers of diagnostics that show its lines; n0, n1, … are
/// extents that a run decides.
std::shared_ptr<llvm::SourceMgr> sourceOf(llvm::StringRef text, llvm::StringRef name = "program");

/// The program of a text at any stage, verified; null after a diagnostic.
mlir::OwningOpRef<mlir::ModuleOp> readProgram(const std::shared_ptr<llvm::SourceMgr> &source,
                                              mlir::MLIRContext &context);

} // namespace nd

#endif // ND_PASSES_READPROGRAM_H
