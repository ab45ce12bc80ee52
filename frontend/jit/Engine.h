// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The compiler inside the process: recorded programs in, function pointers out. The only user of
// ORC.
#ifndef ND_FRONTEND_JIT_ENGINE_H
#define ND_FRONTEND_JIT_ENGINE_H

#include "frontend/include/nd/stage.h"
#include "passes/Cost.h"
#include <cstdint>
#include <expected>
#include <memory>
#include <string>

namespace mlir {
class MLIRContext;
class ModuleOp;
} // namespace mlir

namespace nd {

/// A compiled program.
struct executable {
  int32_t (*entry)(void *const *inputs, void *const *outputs, const int64_t *params) = nullptr;
  int kernels = 0;       ///< loop nests
  int library_calls = 0; ///< calls of the runtime library
  bool loaded = false;   ///< from ND_CACHE_DIR, and not compiled
  double compile_ms = 0; ///< or what loading it took
};

/// One per process. Not safe to use from several threads at once: callers hold the recorder's lock.
class jit_engine {
public:
  static jit_engine &get();
  mlir::MLIRContext &context();

  /// Compiles a recorded module with one func.func @main, which it uses up; or says why it cannot.
  std::expected<executable, std::string> compile(mlir::ModuleOp recorded);
  /// The program's text at a stage, the bytes of the object file for stage::object.
  std::expected<std::string, std::string> print(mlir::ModuleOp recorded, stage to);
  /// What the program costs.
  std::expected<Cost, std::string> cost(mlir::ModuleOp recorded);
  /// The fused program as a Graphviz picture.
  std::expected<std::string, std::string> print_dot(mlir::ModuleOp recorded);

private:
  jit_engine();
  ~jit_engine();
  struct state;
  std::unique_ptr<state> self;
};

} // namespace nd

#endif // ND_FRONTEND_JIT_ENGINE_H
