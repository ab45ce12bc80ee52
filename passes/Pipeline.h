// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The road from what the user wrote to code, and its stages.
#ifndef ND_PASSES_PIPELINE_H
#define ND_PASSES_PIPELINE_H

#include "mlir/Pass/PassManager.h"
#include <optional>

namespace mlir {
class DialectRegistry;
class ModuleOp;
} // namespace mlir

namespace nd {

enum class Stage { recorded, resolved, fused, loops, llvm, assembly, object };

std::optional<Stage> parseStage(llvm::StringRef name);
llvm::StringRef stageName(Stage stage);

/// The dialects of every stage.
void registerDialects(mlir::DialectRegistry &registry);

struct PipelineOptions {
  bool exported = false; ///< an entry that takes DLTensors and checks them has the function's name
  bool bounds =
      false;         ///< kernels check each access to an array, and end the process at one outside
  bool masks = true; ///< the target loads and stores vectors of every dtype under a mask
};

/// Adds the passes that lead from stage \p from to stage \p to, at most llvm.
void buildPipeline(mlir::OpPassManager &passes, Stage from, Stage to,
                   const PipelineOptions &options = {});

/// A C header that declares the exported entries of a program at a stage before loops.
std::string declareEntries(mlir::ModuleOp module);

/// A Graphviz picture of a program: kernels are boxes that list their ops. Pipe it through dot
/// -Tsvg.
std::string drawDot(mlir::ModuleOp module);

} // namespace nd

#endif // ND_PASSES_PIPELINE_H
