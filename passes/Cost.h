// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a fused program costs, counted and not measured.
#ifndef ND_PASSES_COST_H
#define ND_PASSES_COST_H

#include <cstdint>
#include <string>
#include <vector>

namespace mlir {
class ModuleOp;
class OpPassManager;
} // namespace mlir

namespace nd {

/// A kernel, a library call, or a copy.
struct CostRow {
  enum class Kind { kernel, call, copy } kind;
  std::string what;               ///< the ops
  std::vector<std::string> where; ///< file:line of each, as the user wrote them
  bool known = true; ///< false where an extent is decided at run time; nothing is counted then
  int64_t flops = 0, functions = 0, read = 0, written = 0;
};

struct Cost {
  std::vector<CostRow> rows; ///< in the order in which they run
  int64_t temporaries = 0, temporaryBytes = 0;
};

/// The passes that lead from a recorded program to one that costOf takes.
void buildCostPipeline(mlir::OpPassManager &passes);

/// Flops come from the op rows (getFlops of the interfaces). A kernel reads each element of its
/// operands that it looks at once from memory and writes each result once.
Cost costOf(mlir::ModuleOp planned);

} // namespace nd

#endif // ND_PASSES_COST_H
