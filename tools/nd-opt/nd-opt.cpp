// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nd-opt: any pass on any stage.
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Support/ToolUtilities.h"
#include "mlir/Transforms/Passes.h"
#include "passes/Extents.h"
#include "passes/Passes.h"
#include "passes/Pipeline.h"
#include "passes/ReadProgram.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;

int main(int argc, char **argv) {
  static llvm::cl::opt<std::string> input(llvm::cl::Positional,
                                          llvm::cl::desc("<program.mlir, or - for standard input>"),
                                          llvm::cl::init("-"));
  static llvm::cl::opt<std::string> output("o", llvm::cl::desc("write to this file"),
                                           llvm::cl::value_desc("file"), llvm::cl::init("-"));
  static llvm::cl::opt<bool> split(
      "split-input-file",
      llvm::cl::desc("treat the parts between // ----- lines as programs of their own"));
  static llvm::cl::opt<bool> verify(
      "verify-diagnostics", llvm::cl::desc("check diagnostics against expected-error comments"));
  static llvm::cl::opt<bool> locations("print-locations",
                                       llvm::cl::desc("print the source line of every op"));
  llvm::InitLLVM init(argc, argv);
  nd::registerNdPasses();
  registerCanonicalizerPass();
  registerCSEPass();
  PassPipelineCLParser passes("", "passes to run, in this order");
  registerPassManagerCLOptions();
  llvm::cl::ParseCommandLineOptions(argc, argv,
                                    "nd-opt: runs passes of nd on a program at any stage\n");

  std::string error;
  auto buffer = openInputFile(input, &error);
  auto out = buffer ? openOutputFile(output, &error) : nullptr;
  if (!out) {
    llvm::errs() << "nd-opt: " << error << "\n";
    return 1;
  }
  DialectRegistry registry;
  nd::registerDialects(registry);
  auto process = [&](std::unique_ptr<llvm::MemoryBuffer> chunk, raw_ostream &os) -> LogicalResult {
    auto sources = nd::sourceOf(chunk->getBuffer(), chunk->getBufferIdentifier());
    MLIRContext context(registry, MLIRContext::Threading::DISABLED);
    context.loadAllAvailableDialects();
    context.printOpOnDiagnostic(!verify);
    auto run = [&]() -> LogicalResult {
      OwningOpRef<ModuleOp> module = nd::readProgram(sources, context);
      if (!module)
        return failure();
      PassManager manager(&context, ModuleOp::getOperationName(), PassManager::Nesting::Implicit);
      if (failed(applyPassManagerCLOptions(manager)) ||
          failed(passes.addToPipeline(manager,
                                      [&](const Twine &text) {
                                        return emitError(UnknownLoc::get(&context)) << text,
                                               failure();
                                      })) ||
          failed(manager.run(*module)))
        return failure();
      OpPrintingFlags flags;
      flags.enableDebugInfo(locations, /*prettyForm=*/true);
      std::string text;
      llvm::raw_string_ostream raw(text);
      (*module)->print(raw, flags);
      os << nd::nameExtents(text);
      return success();
    };
    if (verify) {
      SourceMgrDiagnosticVerifierHandler handler(*sources, &context);
      (void)run();
      return handler.verify();
    }
    SourceMgrDiagnosticHandler handler(*sources, &context);
    return run();
  };
  LogicalResult result = split ? splitAndProcessBuffer(std::move(buffer), process, out->os(),
                                                       kDefaultSplitMarker, kDefaultSplitMarker)
                               : process(std::move(buffer), out->os());
  out->keep();
  return failed(result);
}
