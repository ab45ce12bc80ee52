// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/jit/Engine.h"
#include "frontend/jit/DiskCache.h"
#include "ir/NdOps.h"
#include "ir/Structure.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "ndrt/ndrt.h"
#include "passes/Extents.h"
#include "passes/Pipeline.h"
#include "passes/codegen/EmitObject.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h"
#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/ExecutionEngine/Orc/MapperJITLinkMemoryManager.h"
#include "llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>

using namespace mlir;

namespace nd {

static_assert(int(stage::recorded) == int(Stage::recorded) &&
              int(stage::llvm) == int(Stage::llvm) && int(stage::object) == int(Stage::object));

namespace {

/// What ND_DEBUG asks for: a list of bounds, dump, time and repro.
struct debug_options {
  bool bounds = false, dump = false, time = false, repro = false;

  debug_options() {
    const char *text = std::getenv("ND_DEBUG");
    for (llvm::StringRef word : llvm::split(llvm::StringRef(text ? text : ""), ',')) {
      bounds |= word == "bounds";
      dump |= word == "dump";
      time |= word == "time";
      repro |= word == "repro";
      if (!llvm::is_contained({"", "bounds", "dump", "time", "repro"}, word))
        llvm::errs() << "nd: ND_DEBUG=" << word
                     << " is not known; use bounds, dump, time or repro, separated by commas\n";
    }
  }
};

/// Milliseconds since it was last asked.
class stopwatch {
  std::chrono::steady_clock::time_point last = std::chrono::steady_clock::now();

public:
  double lap() {
    auto now = std::chrono::steady_clock::now();
    double ms = std::chrono::duration<double, std::milli>(now - last).count();
    last = now;
    return ms;
  }
};

/// Memory of linked programs. Their constants lie in pages that may be executed as their code does:
/// neighbours of one kind are one piece of the address space, of which Linux gives a process
/// 65,530.
class program_memory : public llvm::orc::InProcessMemoryMapper {
public:
  using InProcessMemoryMapper::InProcessMemoryMapper;

  void initialize(AllocInfo &info, OnInitializedFunction done) override {
    using llvm::orc::MemProt;
    for (AllocInfo::SegInfo &segment : info.Segments)
      if (segment.AG.getMemProt() == MemProt::Read)
        segment.AG = {MemProt::Read | MemProt::Exec, segment.AG.getMemLifetime()};
    InProcessMemoryMapper::initialize(info, std::move(done));
  }
};

} // namespace

struct jit_engine::state {
  debug_options debug;
  std::unique_ptr<MLIRContext> context;
  std::unique_ptr<llvm::TargetMachine> target;
  std::unique_ptr<llvm::orc::LLJIT> jit;
  std::unique_ptr<ObjectEmitter> emitter;
  std::unique_ptr<PassManager> fuse, lower;
  std::string error; ///< why there is no target or no jit
  std::string linker_error;
  std::optional<disk_cache> cache;
  llvm::StringSet<> names; ///< of the programs that the cache has named
  uint64_t programs = 0;

  state() {
    DialectRegistry registry;
    registerDialects(registry);
    registerLLVMTranslation(registry);
    context = std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
    context->loadDialect<NdDialect, func::FuncDialect>();
    context->printOpOnDiagnostic(false);
  }

  PipelineOptions options() const {
    return {.bounds = debug.bounds, .masks = hasMaskedMemory(*target)};
  }

  /// What compiling takes. A program of the cache is linked without it.
  bool start_compiler() {
    if (target)
      return true;
    if (!error.empty())
      return false;
    context->loadAllAvailableDialects();
    target = createTarget("", error);
    if (!target)
      return false;
    emitter = std::make_unique<ObjectEmitter>(*target);
    for (auto [passes, from, to] : {std::tuple(&fuse, Stage::recorded, Stage::fused),
                                    std::tuple(&lower, Stage::fused, Stage::llvm)}) {
      *passes = std::make_unique<PassManager>(context.get());
      (*passes)->enableVerifier(false);
      buildPipeline(**passes, from, to, options());
    }
    return true;
  }

  /// The cache that ND_CACHE_DIR asks for. Its files say which build of this library, for which
  /// processor, has made them.
  void open_cache() {
    const char *folder = secure_getenv("ND_CACHE_DIR");
    std::string build = folder && *folder ? build_id() : "";
    if (build.empty())
      return;
    TargetName machine = nameTarget("");
    cache.emplace(folder, "nd " + build + " " + llvm::sys::getDefaultTargetTriple() + " " +
                              machine.cpu + " " + machine.features +
                              (debug.bounds ? " bounds" : ""));
  }

  /// Memory has run out somewhere in a pass: nothing of what was interrupted is used again.
  void stop_compiler() {
    fuse.reset();
    lower.reset();
    emitter.reset();
    target.reset();
  }

  bool start_linker() {
    if (jit)
      return true;
    if (!error.empty())
      return false;
    open_cache();
    using namespace llvm::orc;
    LLJITBuilder builder;
    llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
    builder.setDataLayout(llvm::DataLayout(triple.computeDataLayout()));
    builder.setJITTargetMachineBuilder(JITTargetMachineBuilder(triple));
    builder.setCompileFunctionCreator([](JITTargetMachineBuilder) { // it links objects only
      return llvm::Expected<std::unique_ptr<IRCompileLayer::IRCompiler>>(
          std::unique_ptr<IRCompileLayer::IRCompiler>());
    });
    builder.setPlatformSetUp(setUpInactivePlatform);
    builder.setLinkProcessSymbolsByDefault(false);
    builder.setObjectLinkingLayerCreator(
        [](ExecutionSession &session) -> llvm::Expected<std::unique_ptr<ObjectLayer>> {
          auto page = llvm::sys::Process::getPageSize();
          if (!page)
            return page.takeError();
          auto memory = std::make_unique<MapperJITLinkMemoryManager>(
              16 << 20, std::make_unique<program_memory>(*page));
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
      symbols[jit->mangleAndIntern(name)] = {ExecutorAddr::fromPtr(function),
                                             llvm::JITSymbolFlags::Exported |
                                                 llvm::JITSymbolFlags::Callable};
    };
    add("ndrt_alloc", &ndrt_alloc);
    add("ndrt_free", &ndrt_free);
    add("ndrt_parallel_for", &ndrt_parallel_for);
    add("ndrt_check_nonempty", &ndrt_check_nonempty);
    add("ndrt_check_shape", &ndrt_check_shape);
    add("ndrt_check_within", &ndrt_check_within);
    add("ndrt_out_of_bounds", &ndrt_out_of_bounds);
    add("ndrt_copy", &ndrt_copy);
    add("ndrt_gather", &ndrt_gather);
    add("ndrt_scatter", &ndrt_scatter);
    add("ndrt_compress", &ndrt_compress);
    add("ndrt_flatnonzero", &ndrt_flatnonzero);
    add("ndrt_random", &ndrt_random);
    add("ndrt_random_run", &ndrt_random_run);
    add("ndrt_random_skip", &ndrt_random_skip);
    add("ndrt_repeat", &ndrt_repeat);
    add("ndrt_sort", &ndrt_sort);
    add("ndrt_argsort", &ndrt_argsort);
    add("ndrt_partition", &ndrt_partition);
    add("ndrt_argpartition", &ndrt_argpartition);
    add("ndrt_lexsort", &ndrt_lexsort);
    add("ndrt_searchsorted", &ndrt_searchsorted);
    add("ndrt_accumulate", &ndrt_accumulate);
    add("ndrt_order_statistics", &ndrt_order_statistics);
    add("ndrt_bincount", &ndrt_bincount);
    add("ndrt_correlate", &ndrt_correlate);
    add("ndrt_matmul", &ndrt_matmul);
    add("ndrt_matmul_rows", &ndrt_matmul_rows);
    add("ndrt_adjoint_matmul", &ndrt_adjoint_matmul);
    add("ndrt_adjoint_matmul_rows", &ndrt_adjoint_matmul_rows);
    add("ndrt_inv", &ndrt_inv);
    add("ndrt_det", &ndrt_det);
    add("ndrt_solve", &ndrt_solve);
    add("ndrt_qr", &ndrt_qr);
    add("ndrt_lstsq", &ndrt_lstsq);
    add("ndrt_eigvals", &ndrt_eigvals);
    add("ndrt_slogdet", &ndrt_slogdet);
    add("ndrt_cholesky", &ndrt_cholesky);
    add("ndrt_qr_raw", &ndrt_qr_raw);
    add("ndrt_eig", &ndrt_eig);
    add("ndrt_eigh", &ndrt_eigh);
    add("ndrt_eigvalsh", &ndrt_eigvalsh);
    add("ndrt_svd", &ndrt_svd);
    add("ndrt_svdvals", &ndrt_svdvals);
    add("ndrt_fft", &ndrt_fft);
    add("ndrt_rfft", &ndrt_rfft);
    add("ndrt_irfft", &ndrt_irfft);
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
    jit->getExecutionSession().setErrorReporter([this](llvm::Error failure) {
      linker_error = llvm::toString(std::move(failure)); // lookups say only that there was one
    });
    if (llvm::Error failure = jit->getMainJITDylib().define(absoluteSymbols(std::move(symbols)))) {
      error = llvm::toString(std::move(failure));
      jit.reset();
      return false;
    }
    return true;
  }

  /// The program \p name of an object file.
  llvm::Expected<decltype(executable::entry)> link(const std::string &name,
                                                   std::unique_ptr<llvm::MemoryBuffer> object) {
    linker_error.clear();
    llvm::orc::ResourceTrackerSP tracker = jit->getMainJITDylib().createResourceTracker();
    llvm::Error failure = jit->addObjectFile(tracker, std::move(object));
    if (!failure) {
      auto symbol = jit->lookup(name);
      if (symbol)
        return symbol->toPtr<decltype(executable::entry)>();
      failure = symbol.takeError();
      if (!linker_error.empty()) {
        llvm::consumeError(std::move(failure));
        failure = llvm::createStringError(linker_error);
      }
    }
    llvm::consumeError(tracker->remove());
    return failure;
  }

  /// The program of the cache by this name.
  std::optional<executable> load(const std::string &name, std::string_view words) {
    stopwatch watch;
    std::optional<cached_object> found = cache->find(words);
    if (!found)
      return std::nullopt;
    auto entry = link(name, llvm::MemoryBuffer::getMemBufferCopy(
                                llvm::StringRef(found->object.data(), found->object.size()), name));
    if (!entry) {
      llvm::consumeError(entry.takeError()); // a file that no compiler of ours has written
      return std::nullopt;
    }
    executable out{*entry, found->kernels, found->library_calls, /*loaded=*/true, watch.lap()};
    if (debug.time)
      llvm::errs() << llvm::format("nd: %s: %d kernels, %d library calls, %zu bytes of object; "
                                   "loaded and linked %.2f ms\n",
                                   name.c_str(), out.kernels, out.library_calls,
                                   found->object.size(), out.compile_ms);
    return out;
  }
};

/// What the program is, in words that mean the same in the next process; empty where the module is
/// not one function of one block.
static std::string words_of(ModuleOp module) {
  auto functions = module.getOps<func::FuncOp>();
  if (!llvm::hasSingleElement(functions) || !(*functions.begin()).getBody().hasOneBlock())
    return "";
  func::FuncOp main = *functions.begin();
  Block &body = main.front();
  llvm::SmallVector<Value> inputs(body.getArguments());
  llvm::SmallVector<Value> results(body.getTerminator()->getOperands());
  auto ops = llvm::map_to_vector(body.without_terminator(), [](Operation &op) { return &op; });
  llvm::SmallVector<int64_t> ties;
  if (auto given = main->getAttrOfType<DenseI64ArrayAttr>("nd.ties"))
    ties.assign(given.asArrayRef().begin(), given.asArrayRef().end());
  return wordsOf(inputs, ops, results, ties);
}

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
  return nameExtents(text);
}

std::expected<executable, std::string> jit_engine::compile(ModuleOp module) {
  if (!self->start_linker())
    return std::unexpected(self->error);
  stopwatch watch;
  std::string name = "nd_program" + std::to_string(self->programs++);
  std::string words = self->cache ? words_of(module) : "";
  if (!words.empty()) {
    std::string known = "nd_" + self->cache->name_of(words);
    if (self->names.insert(known).second)
      name = known;
    else
      words.clear();
  }
  if (self->debug.repro) {
    std::error_code failure;
    llvm::raw_fd_ostream file(name + ".mlir", failure);
    if (!failure)
      module.print(file);
    llvm::errs() << "nd: " << (failure ? "cannot write " : "wrote ") << name
                 << ".mlir; ndc --emit=STAGE " << name << ".mlir\n";
  }
  if (!words.empty() && !self->debug.dump)
    if (std::optional<executable> known = self->load(name, words))
      return *known;
  if (!self->start_compiler())
    return std::unexpected(self->error);
  executable out;
  llvm::SmallVector<char, 0> object;
  double passes = 0, ir = 0;
  llvm::scope_exit interrupted([&] { self->stop_compiler(); });
  std::string text = diagnosed(*self->context, [&] {
    for (func::FuncOp func : module.getOps<func::FuncOp>())
      func.setName(name);
    if (failed(self->fuse->run(module)))
      return;
    module.walk([&](Operation *op) {
      out.kernels += isa<KernelOp>(op);
      out.library_calls += isa<LibraryOpInterface>(op);
    });
    if (self->debug.dump) {
      std::string dumped;
      llvm::raw_string_ostream out(dumped);
      module.print(out);
      llvm::errs() << nameExtents(dumped);
    }
    if (failed(self->lower->run(module)))
      return;
    passes = watch.lap();
    llvm::LLVMContext llvmContext;
    std::unique_ptr<llvm::Module> code = toLLVMIR(module, llvmContext, *self->target);
    if (!code)
      return;
    ir = watch.lap();
    object.assign(self->emitter->emit(*code));
  });
  interrupted.release();
  if (object.empty())
    return std::unexpected(text.empty() ? "the program does not compile" : text);
  double machine = watch.lap();
  size_t bytes = object.size();
  cached_object entry{out.kernels, out.library_calls, {}};
  if (!words.empty())
    entry.object.assign(object.begin(), object.end());
  auto linked = self->link(name, std::make_unique<llvm::SmallVectorMemoryBuffer>(
                                     std::move(object), name, /*RequiresNullTerminator=*/false));
  if (!linked)
    return std::unexpected(llvm::toString(linked.takeError()));
  out.entry = *linked;
  double link = watch.lap();
  bool stored = !words.empty() && self->cache->store(words, entry);
  double store = watch.lap();
  out.compile_ms = passes + ir + machine + link + store;
  if (self->debug.time) {
    llvm::errs() << llvm::format("nd: %s: %d kernels, %d library calls, %zu bytes of object; "
                                 "passes %.2f ms, LLVM IR %.2f, code %.2f, link %.2f",
                                 name.c_str(), out.kernels, out.library_calls, bytes, passes, ir,
                                 machine, link);
    if (stored)
      llvm::errs() << llvm::format(", stored %.2f", store);
    llvm::errs() << (words.empty() || stored ? "\n" : ", and cannot be stored in ND_CACHE_DIR\n");
  }
  return out;
}

std::expected<std::string, std::string> jit_engine::print(ModuleOp recorded, stage to) {
  if (!self->start_compiler())
    return std::unexpected(self->error);
  OwningOpRef<ModuleOp> module = recorded.clone();
  std::string text;
  bool done = false;
  std::string failure = diagnosed(*self->context, [&] {
    PassManager passes(self->context.get());
    buildPipeline(passes, Stage::recorded, std::min(Stage(to), Stage::llvm), self->options());
    if (failed(passes.run(*module)))
      return;
    if (to <= stage::llvm) {
      std::string raw;
      llvm::raw_string_ostream out(raw);
      module->print(out);
      text = nameExtents(raw);
      done = true;
      return;
    }
    llvm::LLVMContext llvmContext;
    std::unique_ptr<llvm::Module> code = toLLVMIR(*module, llvmContext, *self->target);
    llvm::SmallVector<char, 0> bytes;
    done = code && emit(*code, *self->target,
                        to == stage::assembly ? Output::assembly : Output::object, bytes);
    text.assign(bytes.begin(), bytes.end());
  });
  if (!done)
    return std::unexpected(failure.empty() ? "the program does not compile" : failure);
  return text;
}

std::expected<Cost, std::string> jit_engine::cost(ModuleOp recorded) {
  OwningOpRef<ModuleOp> module = recorded.clone();
  bool done = false;
  std::string failure = diagnosed(*self->context, [&] {
    PassManager passes(self->context.get());
    buildCostPipeline(passes);
    done = succeeded(passes.run(*module));
  });
  if (!done)
    return std::unexpected(failure);
  return costOf(*module);
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
