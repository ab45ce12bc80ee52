// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef ND_TOOLS_NDC_RUN_H
#define ND_TOOLS_NDC_RUN_H

#include <string>
#include <vector>

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace ndc {

/// Runs the module's one function on arrays from .npy files; results go to \p outputs, or are
/// printed where there are none. The arrays decide the extents that the program leaves open. Gives
/// the process's exit status; says on standard error what is wrong.
int run(mlir::ModuleOp module, const std::vector<std::string> &inputs,
        const std::vector<std::string> &outputs);

} // namespace ndc

#endif // ND_TOOLS_NDC_RUN_H
