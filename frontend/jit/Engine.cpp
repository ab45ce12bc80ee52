// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/jit/Engine.h"
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "ndrt/ndrt.h"
#include "passes/Pipeline.h"
#include "passes/codegen/EmitObject.h"
#include "llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h"
#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/ExecutionEngine/Orc/MapperJITLinkMemoryManager.h"
#include "llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"
#include <chrono>
#include <cmath>
#include <map>

using namespace mlir;

namespace nd {

static_assert(int(stage::recorded) == int(Stage::recorded) && int(stage::llvm) == int(Stage::llvm) &&
              int(stage::object) == int(Stage::object));

struct jit_engine::state {
  std::unique_ptr<MLIRContext> context;
  std::unique_ptr<llvm::TargetMachine> target;
  std::unique_ptr<llvm::orc::LLJIT> jit;
  std::unique_ptr<PassManager> compile;
  std::string error; ///< why there is no target or no jit
  uint64_t programs = 0;

  state() {
    DialectRegistry registry;
    registerDialects(registry);
    registerLLVMTranslation(registry);
    context = std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
    context->loadDialect<NdDialect, func::FuncDialect>();
    context->printOpOnDiagnostic(false);
  }

  bool start() {
    if (jit)
      return true;
    if (!error.empty())
      return false;
    context->loadAllAvailableDialects();
    target = createTarget("", error);
    if (!target)
      return false;
    compile = std::make_unique<PassManager>(context.get());
    compile->enableVerifier(false);
    buildPipeline(*compile, Stage::recorded, Stage::llvm);

    using namespace llvm::orc;
    LLJITBuilder builder;
    builder.setJITTargetMachineBuilder(JITTargetMachineBuilder(target->getTargetTriple()));
    builder.setPlatformSetUp(setUpInactivePlatform);
    builder.setLinkProcessSymbolsByDefault(false);
    builder.setObjectLinkingLayerCreator([](ExecutionSession &session) -> llvm::Expected<std::unique_ptr<ObjectLayer>> {
      auto mapper = InProcessMemoryMapper::Create();
      if (!mapper)
        return mapper.takeError();
      auto memory = std::make_unique<MapperJITLinkMemoryManager>(16 << 20, std::move(*mapper));
      return std::make_unique<ObjectLinkingLayer>(session, std::move(memory));
    });
    auto made = builder.create();
    if (!made) {
      error = "the just-in-time linker does not start: " + llvm::toString(made.takeError());
      return false;
    }
    jit = std::move(*made);
    SymbolMap symbols;
    auto add = [&](llvm::StringRef name, auto *function) {
      symbols[jit->mangleAndIntern(name)] = {ExecutorAddr::fromPtr(function), llvm::JITSymbolFlags::Exported | llvm::JITSymbolFlags::Callable};
    };
    add("ndrt_alloc", &ndrt_alloc);
    add("ndrt_free", &ndrt_free);
    add("ndrt_parallel_for", &ndrt_parallel_for);
    add("ndrt_copy", &ndrt_copy);
    add("ndrt_matmul", &ndrt_matmul);
    add("ndrt_inv", &ndrt_inv);
    add("ndrt_det", &ndrt_det);
    add("ndrt_solve", &ndrt_solve);
    add("ndrt_qr", &ndrt_qr);
    add("ndrt_lstsq", &ndrt_lstsq);
    // What LLVM's code generation may call by itself.
    add("memcpy", static_cast<void *(*)(void *, const void *, size_t)>(std::memcpy));
    add("memset", static_cast<void *(*)(void *, int, size_t)>(std::memset));
    add("memmove", static_cast<void *(*)(void *, const void *, size_t)>(std::memmove));
    add("fma", static_cast<double (*)(double, double, double)>(std::fma));
    add("fmaf", static_cast<float (*)(float, float, float)>(std::fma));
    add("roundeven", static_cast<double (*)(double)>(std::nearbyint));
    add("roundevenf", static_cast<float (*)(float)>(std::nearbyint));
    add("floor", static_cast<double (*)(double)>(std::floor));
    add("floorf", static_cast<float (*)(float)>(std::floor));
    add("ceil", static_cast<double (*)(double)>(std::ceil));
    add("ceilf", static_cast<float (*)(float)>(std::ceil));
    add("trunc", static_cast<double (*)(double)>(std::trunc));
    add("truncf", static_cast<float (*)(float)>(std::trunc));
    if (llvm::Error failure = jit->getMainJITDylib().define(absoluteSymbols(std::move(symbols)))) {
      error = llvm::toString(std::move(failure));
      return false;
    }
    return true;
  }
};

jit_engine::jit_engine() : self(std::make_unique<state>()) {}
jit_engine::~jit_engine() = default;

// Never destroyed: arrays in static storage may outlive any order of destruction.
jit_engine &jit_engine::get() {
  static jit_engine *engine = new jit_engine;
  return *engine;
}

MLIRContext &jit_engine::context() { return *self->context; }

/// Runs \p body and returns what was diagnosed meanwhile.
static std::string diagnosed(MLIRContext &context, llvm::function_ref<void()> body) {
  std::string text;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    llvm::raw_string_ostream out(text);
    out << (text.empty() ? "" : "; ") << diagnostic.getLocation() << ": " << diagnostic;
  });
  body();
  return text;
}

std::expected<executable, std::string> jit_engine::compile(ModuleOp module) {
  auto begin = std::chrono::steady_clock::now();
  if (!self->start())
    return std::unexpected(self->error);
  executable out;
  std::string name = "nd_program" + std::to_string(self->programs++), failure;
  llvm::SmallVector<char, 0> object;
  bool compiled = false;
  std::string text = diagnosed(*self->context, [&] {
    for (func::FuncOp func : module.getOps<func::FuncOp>())
      func.setName(name);
    if (failed(self->compile->run(module)))
      return;
    llvm::LLVMContext llvmContext;
    std::unique_ptr<llvm::Module> code = toLLVMIR(module, llvmContext, *self->target);
    if (!code)
      return;
    std::map<std::string, int> called;
    for (llvm::Function &function : *code)
      if (!function.isDeclaration() && function.getName().contains("_kernel") && !function.getName().contains("_combine") &&
          (!function.getName().contains("_stage") || function.getName().ends_with("_stage0")))
        ++out.kernels;
      else if (function.isDeclaration() && function.getName().starts_with("ndrt_") && function.getName() != "ndrt_alloc" &&
               function.getName() != "ndrt_free" && function.getName() != "ndrt_parallel_for")
        out.library_calls += function.getNumUses();
    compiled = emit(*code, *self->target, Output::object, object);
  });
  if (!compiled)
    return std::unexpected(text.empty() ? "the program does not compile" : text);
  auto buffer = std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(object), name, /*RequiresNullTerminator=*/false);
  if (llvm::Error error = self->jit->addObjectFile(std::move(buffer)))
    return std::unexpected(llvm::toString(std::move(error)));
  auto symbol = self->jit->lookup(name);
  if (!symbol)
    return std::unexpected(llvm::toString(symbol.takeError()));
  out.entry = symbol->toPtr<decltype(out.entry)>();
  out.compile_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return out;
}

std::expected<std::string, std::string> jit_engine::print(ModuleOp recorded, stage to) {
  if (!self->start())
    return std::unexpected(self->error);
  OwningOpRef<ModuleOp> module = recorded.clone();
  std::string text;
  bool done = false;
  std::string failure = diagnosed(*self->context, [&] {
    PassManager passes(self->context.get());
    buildPipeline(passes, Stage::recorded, std::min(Stage(to), Stage::llvm));
    if (failed(passes.run(*module)))
      return;
    if (to <= stage::llvm) {
      llvm::raw_string_ostream out(text);
      module->print(out);
      done = true;
      return;
    }
    llvm::LLVMContext llvmContext;
    std::unique_ptr<llvm::Module> code = toLLVMIR(*module, llvmContext, *self->target);
    llvm::SmallVector<char, 0> bytes;
    done = code && emit(*code, *self->target, to == stage::assembly ? Output::assembly : Output::object, bytes);
    text.assign(bytes.begin(), bytes.end());
  });
  if (!done)
    return std::unexpected(failure.empty() ? "the program does not compile" : failure);
  return text;
}

std::expected<std::string, std::string> jit_engine::print_dot(ModuleOp recorded) {
  OwningOpRef<ModuleOp> module = recorded.clone();
  bool done = false;
  std::string failure = diagnosed(*self->context, [&] {
    PassManager passes(self->context.get());
    buildPipeline(passes, Stage::recorded, Stage::fused);
    done = succeeded(passes.run(*module));
  });
  if (!done)
    return std::unexpected(failure);
  return drawDot(*module);
}

} // namespace nd
