// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Pipeline.h"
#include "ir/NdOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/Passes.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace nd {

void buildPipeline(OpPassManager &passes, Stage from, Stage to, const PipelineOptions &options) {
  auto enters = [&](Stage stage) { return from < stage && stage <= to; };
  if (enters(Stage::resolved)) {
    passes.addNestedPass<func::FuncOp>(createInferShapes());
    passes.addNestedPass<func::FuncOp>(createBindParameters());
    passes.addNestedPass<func::FuncOp>(createResolveBroadcasts());
  }
  if (enters(Stage::fused)) {
    passes.addNestedPass<func::FuncOp>(createFuseSelections());
    passes.addNestedPass<func::FuncOp>(createPlaceDraws());
    passes.addNestedPass<func::FuncOp>(createSimplify());
    passes.addNestedPass<func::FuncOp>(createFuseKernels());
  }
  if (enters(Stage::loops)) {
    passes.addNestedPass<func::FuncOp>(createFollowRows());
    passes.addNestedPass<func::FuncOp>(createPlanBuffers());
    passes.addPass(createLowerToLoops({options.exported, options.bounds}));
  }
  if (enters(Stage::llvm)) {
    passes.addPass(createSplitTails({options.masks}));
    passes.addPass(createLowerToLLVM());
  }
}

void registerDialects(DialectRegistry &registry) {
  registry.insert<NdDialect, arith::ArithDialect, cf::ControlFlowDialect, func::FuncDialect,
                  LLVM::LLVMDialect, math::MathDialect, scf::SCFDialect, vector::VectorDialect>();
}

static constexpr llvm::StringLiteral names[] = {"recorded", "resolved", "fused", "loops",
                                                "llvm",     "asm",      "obj"};

std::optional<Stage> parseStage(StringRef name) {
  for (auto [i, known] : llvm::enumerate(names))
    if (name == known)
      return static_cast<Stage>(i);
  return std::nullopt;
}

StringRef stageName(Stage stage) { return names[static_cast<int>(stage)]; }

} // namespace nd
