// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From the LLVM dialect to assembly and objects.
#ifndef ND_PASSES_CODEGEN_EMITOBJECT_H
#define ND_PASSES_CODEGEN_EMITOBJECT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <string>

namespace llvm {
class LLVMContext;
class Module;
class TargetMachine;
} // namespace llvm
namespace mlir {
class DialectRegistry;
class ModuleOp;
} // namespace mlir

namespace nd {

/// A machine to compile for, in LLVM's words.
struct TargetName {
  std::string cpu, features;
};

/// \p cpu by LLVM's name, or empty for this machine (ND_TARGET_CPU overrides that).
TargetName nameTarget(llvm::StringRef cpu);

/// The machine that nameTarget() names. Null, with \p error set, for a name that LLVM does not
/// know.
std::unique_ptr<llvm::TargetMachine> createTarget(llvm::StringRef cpu, std::string &error);

/// Whether the target loads and stores vectors of every dtype under a mask.
bool hasMaskedMemory(const llvm::TargetMachine &target);

/// What a context needs before toLLVMIR.
void registerLLVMTranslation(mlir::DialectRegistry &registry);

/// LLVM IR for \p target, after the slim pipeline: early CSE and CFG simplification. The vectors
/// are explicit, so the O1 to O3 pipelines cost milliseconds and gain nothing.
std::unique_ptr<llvm::Module> toLLVMIR(mlir::ModuleOp module, llvm::LLVMContext &context,
                                       llvm::TargetMachine &target);

enum class Output { assembly, object };
/// False when the target cannot emit the format.
bool emit(llvm::Module &module, llvm::TargetMachine &target, Output output,
          llvm::SmallVectorImpl<char> &bytes);

/// Emits one module after another with a code generator's pipeline that is built once.
class ObjectEmitter {
public:
  explicit ObjectEmitter(llvm::TargetMachine &target);
  ~ObjectEmitter();
  /// The object, which is valid until the next call.
  llvm::ArrayRef<char> emit(llvm::Module &module);

private:
  struct State;
  std::unique_ptr<State> self;
};

} // namespace nd

#endif // ND_PASSES_CODEGEN_EMITOBJECT_H
