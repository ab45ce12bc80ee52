// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/codegen/EmitObject.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Analysis/CGSCCPassManager.h"
#include "llvm/Analysis/LoopAnalysisManager.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/LICM.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include <mutex>

namespace nd {

TargetName nameTarget(llvm::StringRef cpu) {
  TargetName out{cpu.str(), ""};
  if (out.cpu.empty())
    if (const char *wanted = std::getenv("ND_TARGET_CPU"))
      out.cpu = wanted;
  if (!out.cpu.empty() && out.cpu != "native")
    return out;
  out.cpu = llvm::sys::getHostCPUName().str();
  llvm::SmallVector<std::string, 0> features; // the host's come in no order
  for (auto &[feature, has] : llvm::sys::getHostCPUFeatures())
    features.push_back((has ? "+" : "-") + feature.str());
  llvm::sort(features);
  out.features = llvm::join(features, ",");
  return out;
}

std::unique_ptr<llvm::TargetMachine> createTarget(llvm::StringRef cpu, std::string &error) {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    // Compile time for nothing gained: x86 addresses what loop strength reduction would reduce.
    auto &options = llvm::cl::getRegisteredOptions();
    if (auto known = options.find("disable-lsr"); known != options.end())
      static_cast<llvm::cl::opt<bool> *>(known->second)->setValue(true);
  });
  auto [name, features] = nameTarget(cpu);
  llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return nullptr;
  llvm::TargetOptions options;
  std::unique_ptr<llvm::TargetMachine> machine(
      target->createTargetMachine(triple, name, features, options, llvm::Reloc::PIC_, std::nullopt,
                                  llvm::CodeGenOptLevel::Default));
  if (!machine || !machine->getMCSubtargetInfo()->isCPUStringValid(name)) {
    error = "target CPU '" + name +
            "' is not known; use native, x86-64-v3, x86-64-v4 or a name that llc -mcpu=help lists";
    return nullptr;
  }
  return machine;
}

bool hasMaskedMemory(const llvm::TargetMachine &target) {
  return target.getTargetTriple().isX86() &&
         target.getMCSubtargetInfo()->checkFeatures("+avx512bw,+avx512vl");
}

void registerLLVMTranslation(mlir::DialectRegistry &registry) {
  mlir::registerBuiltinDialectTranslation(registry);
  mlir::registerLLVMDialectTranslation(registry);
}

std::unique_ptr<llvm::Module> toLLVMIR(mlir::ModuleOp module, llvm::LLVMContext &context,
                                       llvm::TargetMachine &target) {
  std::unique_ptr<llvm::Module> out =
      mlir::translateModuleToLLVMIR(module, context, "nd", /*disableVerification=*/true);
  if (!out)
    return nullptr;
  out->setDataLayout(target.createDataLayout());
  out->setTargetTriple(target.getTargetTriple());
  for (llvm::Function &function : *out) {
    function.addFnAttr(llvm::Attribute::NoUnwind);
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", target.getTargetCPU());
    if (!target.getTargetFeatureString().empty())
      function.addFnAttr("target-features", target.getTargetFeatureString());
    function.addFnAttr("prefer-vector-width", "512");
    function.addFnAttr("min-legal-vector-width", "512");
  }

  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(&target);
  functions.registerPass([&] {
    return llvm::TargetLibraryAnalysis(llvm::TargetLibraryInfoImpl(target.getTargetTriple()));
  });
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  llvm::FunctionPassManager slim;
  slim.addPass(llvm::EarlyCSEPass());
  slim.addPass(llvm::SimplifyCFGPass());
  for (llvm::Function &function : *out)
    if (!function.isDeclaration())
      slim.run(function, functions);
  return out;
}

bool emit(llvm::Module &module, llvm::TargetMachine &target, Output output,
          llvm::SmallVectorImpl<char> &bytes) {
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  auto type = output == Output::object ? llvm::CodeGenFileType::ObjectFile
                                       : llvm::CodeGenFileType::AssemblyFile;
  if (target.addPassesToEmitFile(passes, stream, nullptr, type, /*DisableVerify=*/true))
    return false;
  passes.run(module);
  return true;
}

struct ObjectEmitter::State {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream{bytes};
  llvm::legacy::PassManager passes;
};

ObjectEmitter::ObjectEmitter(llvm::TargetMachine &target) : self(std::make_unique<State>()) {
  target.addPassesToEmitFile(self->passes, self->stream, nullptr, llvm::CodeGenFileType::ObjectFile,
                             /*DisableVerify=*/true);
}
ObjectEmitter::~ObjectEmitter() = default;

llvm::ArrayRef<char> ObjectEmitter::emit(llvm::Module &module) {
  self->bytes.clear();
  self->passes.run(module);
  return self->bytes;
}

} // namespace nd
