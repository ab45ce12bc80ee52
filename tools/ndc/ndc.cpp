// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// ndc: moves a program along the road, or runs it.
#include "frontend/jit/Engine.h"
#include "ir/NdOps.h"
#include "ir/rules/extent.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "passes/Extents.h"
#include "passes/Pipeline.h"
#include "passes/ReadProgram.h"
#include "passes/codegen/EmitObject.h"
#include "tools/ndc/Run.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;
namespace cl = llvm::cl;

namespace {

cl::OptionCategory category("ndc");
cl::SubCommand runCommand("run", "run a program on arrays from .npy files");

cl::opt<std::string> input(cl::Positional, cl::desc("<program.mlir, or - for standard input>"),
                           cl::Required, cl::sub(cl::SubCommand::getTopLevel()),
                           cl::sub(runCommand), cl::cat(category));
cl::list<std::string> arrays(cl::Positional, cl::desc("<arguments.npy>..."), cl::sub(runCommand),
                             cl::cat(category));
cl::list<std::string>
    output("o", cl::desc("write here; with run, once for each result (default: print)"),
           cl::value_desc("file"), cl::sub(cl::SubCommand::getTopLevel()), cl::sub(runCommand),
           cl::cat(category));
cl::opt<std::string> emitStage("emit",
                               cl::desc("what to write: recorded, resolved, fused, loops, llvm, "
                                        "asm, obj, header or dot (default: obj)"),
                               cl::value_desc("stage"), cl::init("obj"), cl::cat(category));
cl::opt<std::string> fromStage("from",
                               cl::desc("the stage that the program is at: recorded, resolved, "
                                        "fused, loops or llvm (default: recorded)"),
                               cl::value_desc("stage"), cl::init("recorded"), cl::cat(category));
cl::opt<std::string> cpu("cpu",
                         cl::desc("the CPU to compile for: native, x86-64-v3, x86-64-v4 or another "
                                  "of LLVM's names (default: native)"),
                         cl::value_desc("name"), cl::cat(category));

cl::opt<bool> bounds("bounds",
                     cl::desc("check each access of a kernel to an array, and end the process at "
                              "one outside; for programs that run here: ND_DEBUG=bounds"),
                     cl::cat(category));

int fail(const llvm::Twine &text) {
  llvm::errs() << "ndc: " << text << "\n";
  return 1;
}

int compile(ModuleOp module, nd::Stage from, nd::Stage to, raw_ostream &out) {
  std::string error;
  auto target = nd::createTarget(cpu, error);
  if (!target)
    return fail(error);
  PassManager passes(module.getContext());
  nd::buildPipeline(passes, from, std::min(to, nd::Stage::llvm),
                    {.exported = true, .bounds = bounds, .masks = nd::hasMaskedMemory(*target)});
  if (failed(passes.run(module)))
    return 1;
  for (func::FuncOp func : module.getOps<func::FuncOp>())
    for (Type type : func.getResultTypes())
      if (emitStage == "header" &&
          llvm::any_of(nd::tensorOf(type).getShape(), nd::rules::is_run_time))
        return fail("'" + func.getName() + "' gives " + nd::rules::to_string(nd::shapeOf(type)) +
                    ", whose extent is decided at run time: an entry for callers outside takes "
                    "results that are allocated");
  if (emitStage == "dot" || emitStage == "header") {
    out << (emitStage == "dot" ? nd::drawDot(module) : nd::declareEntries(module));
    return 0;
  }
  if (to <= nd::Stage::llvm) {
    std::string text;
    llvm::raw_string_ostream raw(text);
    module.print(raw);
    out << nd::nameExtents(text);
    return 0;
  }
  llvm::LLVMContext context;
  auto code = nd::toLLVMIR(module, context, *target);
  llvm::SmallVector<char, 0> bytes;
  if (!code ||
      !nd::emit(*code, *target, to == nd::Stage::object ? nd::Output::object : nd::Output::assembly,
                bytes))
    return fail("the program cannot be emitted for " + target->getTargetCPU());
  out.write(bytes.data(), bytes.size());
  return 0;
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::HideUnrelatedOptions(category, runCommand);
  cl::ParseCommandLineOptions(argc, argv,
                              "ndc: compiles programs of nd ahead of time, to any stage or to an "
                              "object file that needs libndrt alone,\n"
                              "and runs them: ndc run program.mlir a.npy b.npy -o out.npy\n");
  auto to = emitStage == "dot"      ? nd::Stage::fused
            : emitStage == "header" ? nd::Stage::resolved
                                    : nd::parseStage(emitStage);
  auto from = nd::parseStage(fromStage);
  if (!to)
    return fail(
        "--emit=" + emitStage +
        " is no stage; use recorded, resolved, fused, loops, llvm, asm, obj, header or dot");
  if (!from || *from > nd::Stage::llvm)
    return fail(
        "--from=" + fromStage +
        " is no stage that a program is read at; use recorded, resolved, fused, loops or llvm");
  if (*from > *to)
    return fail("--from=" + fromStage + " is after --emit=" + emitStage +
                "; the road goes one way");

  std::string error;
  auto buffer = openInputFile(input, &error);
  if (!buffer)
    return fail(error);
  MLIRContext &context = nd::jit_engine::get().context();
  context.loadAllAvailableDialects();
  auto sources = nd::sourceOf(buffer->getBuffer(), buffer->getBufferIdentifier());
  SourceMgrDiagnosticHandler handler(*sources, &context);
  OwningOpRef<ModuleOp> module = nd::readProgram(sources, context);
  if (!module)
    return 1;
  if (runCommand)
    return ndc::run(*module, {arrays.begin(), arrays.end()}, {output.begin(), output.end()});

  if (output.size() > 1)
    return fail("several -o files are given; one is written");
  auto file = openOutputFile(output.empty() ? "-" : output.front(), &error);
  if (!file)
    return fail(error);
  int status = compile(*module, *from, *to, file->os());
  if (status == 0)
    file->keep();
  return status;
}
