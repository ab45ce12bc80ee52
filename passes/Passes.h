// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The passes; Passes.td says what each does, the head of its file what it needs and gives.
#ifndef ND_PASSES_PASSES_H
#define ND_PASSES_PASSES_H

#include "mlir/Pass/Pass.h"
#include <memory>

namespace mlir::arith {
class ArithDialect;
}
namespace mlir::cf {
class ControlFlowDialect;
}
namespace mlir::func {
class FuncDialect;
class FuncOp;
} // namespace mlir::func
namespace mlir::LLVM {
class LLVMDialect;
}
namespace mlir::math {
class MathDialect;
}
namespace mlir::scf {
class SCFDialect;
}
namespace mlir::vector {
class VectorDialect;
}

namespace nd {
#define GEN_PASS_DECL
#include "passes/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "passes/Passes.h.inc"
} // namespace nd

#endif // ND_PASSES_PASSES_H
