// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef ND_PASSES_TD
#define ND_PASSES_TD

include "mlir/Pass/PassBase.td"

def BindParameters : Pass<"nd-bind-parameters", "::mlir::func::FuncOp"> {
  let summary = "number the sizes and scalars that are given at run time";
  let dependentDialects = ["::nd::NdDialect"];
}
def InferShapes : Pass<"nd-infer-shapes", "::mlir::func::FuncOp"> {
  let summary = "refine `?` extents from the operands";
  let dependentDialects = ["::nd::NdDialect"];
}
def ResolveBroadcasts : Pass<"nd-resolve-broadcasts", "::mlir::func::FuncOp"> {
  let summary = "make promotion and broadcasting explicit, and write composite ops out";
  let dependentDialects = ["::nd::NdDialect"];
}
def FuseSelections : Pass<"nd-fuse-selections", "::mlir::func::FuncOp"> {
  let summary = "reduce what a mask chooses without building it";
  let dependentDialects = ["::nd::NdDialect"];
}
def PlaceDraws : Pass<"nd-place-draws", "::mlir::func::FuncOp"> {
  let summary = "draw random numbers where they are read, without an array of them";
  let dependentDialects = ["::nd::NdDialect"];
}
def Simplify : Pass<"nd-simplify", "::mlir::func::FuncOp"> {
  let summary = "canonicalise and share common work";
  let dependentDialects = ["::nd::NdDialect"];
}
def FuseKernels : Pass<"nd-fuse-kernels", "::mlir::func::FuncOp"> {
  let summary = "grow loop nests until memory traffic stops falling";
  let dependentDialects = ["::nd::NdDialect"];
}
def FollowRows : Pass<"nd-follow-rows", "::mlir::func::FuncOp"> {
  let summary = "put library calls beside the kernels that go on with their rows";
  let dependentDialects = ["::nd::NdDialect"];
}
def PlanBuffers : Pass<"nd-plan-buffers", "::mlir::func::FuncOp"> {
  let summary = "give each array of a program memory, reusing what is dead";
  let dependentDialects = ["::nd::NdDialect"];
}
def LowerToLoops : Pass<"nd-lower-to-loops", "::mlir::ModuleOp"> {
  let summary = "kernels to scf loops over vectors, library ops to calls";
  let options = [
    Option<"exported", "export", "bool", "false", "add an entry that takes DLTensors, for ahead-of-time use">,
    Option<"bounds", "bounds", "bool", "false", "kernels check each access to an array, and end the process at one outside">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect", "::mlir::func::FuncDialect",
                           "::mlir::LLVM::LLVMDialect", "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}
def SplitTails : Pass<"nd-split-tails"> {
  let summary = "loops over masked vectors as loops over whole ones, and the last";
  let options = [Option<"masks", "masks", "bool", "false", "the target takes masks: only loops that gain most">];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}
def LowerToLLVM : Pass<"nd-lower-to-llvm", "::mlir::ModuleOp"> {
  let summary = "loops and vectors to the LLVM dialect, in one conversion";
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // ND_PASSES_TD
