// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The record: one block of nd ops, and which arrays name their results.
#ifndef ND_TRACE_RECORDER_H
#define ND_TRACE_RECORDER_H

#include "frontend/jit/Engine.h"
#include "frontend/trace/Record.h"
#include "ir/NdOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <mutex>

namespace nd::detail {

/// What the record knows of an op beside the op itself.
struct op_info {
  uint64_t sequence = 0; ///< ops are numbered as they are recorded
  uint32_t height = 0;   ///< the longest chain of ops below
  bool traced = false;   ///< depends on an argument of nd::jit
  bool computed = false; ///< was part of an evaluation whose results it is not among
  int argument = -1;     ///< nd.input of a trace: its position
  llvm::SmallVector<mlir::Operation *, 1> extents; ///< nd.extent ops of run-time extents it names
  int dependents = 0;                              ///< of nd.extent: ops that name its extent
  int64_t count_extent = 0;           ///< of a mask: the run-time extent that counts what holds
  buffer *leaf = nullptr;             ///< nd.input of a concrete array: its memory,
  char *data = nullptr;               ///< and where in it
  llvm::SmallVector<node *, 1> names; ///< arrays whose value is a result of this op
};

/// The one record of the process. Every member function wants the lock held.
class recorder {
public:
  /// Never destroyed: arrays may outlive main.
  static recorder &get();
  std::recursive_mutex &lock() { return mutex_; }

  mlir::MLIRContext &context() { return context_; }
  mlir::Location locate(const site &where);
  mlir::RankedTensorType type_of(const node &n);

  /// The value of an array; a concrete one enters as nd.input.
  mlir::Value value_of(node &n);
  /// An nd.input that is argument number \p position of a trace.
  mlir::Value argument(mlir::RankedTensorType type, int position, mlir::Location loc);
  /// Appends an op. \p types is inferred where it is empty. Null if inference fails: the text is in
  /// failure().
  mlir::Operation *append(mlir::OperationName name, mlir::ValueRange operands,
                          mlir::DictionaryAttr attributes, mlir::TypeRange types,
                          mlir::Location loc);
  const std::string &failure() const { return failure_; }

  /// A run-time extent: the number that the 0-d \p count will be.
  int64_t extent(mlir::Value count, mlir::Location loc);
  /// Whether a trace of this thread has run-time extents.
  bool has_extents() const;
  /// Whether a number is near a run-time extent of this thread, or a small multiple of one.
  bool is_spoilt(int64_t number) const;
  /// Drops this thread's run-time extents that no op names.
  void forget_extents();
  /// The nd.extent op of a run-time extent; null if there is none any more.
  mlir::Operation *extent_op(int64_t number) const { return extents_.lookup(number); }
  /// The nd.extent ops of the run-time extents that types and attributes of \p op name.
  llvm::SmallVector<mlir::Operation *, 1> extents_of(mlir::Operation *op) const;

  /// A new array that names \p value.
  array name(mlir::Value value);
  /// Makes \p n a name of \p value, whatever it named before.
  void bind(node &n, mlir::Value value);
  /// \p n names no value any more; erases what nobody can reach now.
  void unbind(node &n);
  /// The array that names \p value, and its views, become concrete in \p b; other names and later
  /// ops read that memory as nd.input.
  void settle(mlir::Value value, buffer *b, char *data);
  /// The lazy \p n becomes what the concrete \p from is.
  void take(node &n, node &from);
  /// Makes a lazy view an array of its own; its root has no other.
  void detach(node &view);
  /// A view of \p from.
  mlir::Value replay(mlir::Value from, const view_step &step, mlir::Location loc);
  /// \p from with \p part in place of its view by \p steps.
  mlir::Value replaced(mlir::Value from, const std::vector<view_step> &steps, mlir::Value part,
                       mlir::Location loc);
  /// Gives a root another value, and its views those that follow.
  void rewrite(node &root, mlir::Value value, mlir::Location loc);
  /// Arrays without memory that are computed from bytes that \p written touches.
  llvm::SmallVector<node *> readers(const node &written);
  /// Erases \p op and what only it used, if nothing needs it.
  void erase_if_dead(mlir::Operation *op);

  /// The elements of \p value as a value that is no other array's memory.
  mlir::Value copied(mlir::Value value, mlir::Location loc);

  op_info &info(mlir::Operation *op) { return *infos_.find(op)->second; }
  /// Whether what \p op stands on has grown past its bounds, or the whole record has: then its
  /// value is computed without being asked for.
  bool is_full(mlir::Operation *op);
  uint64_t next_sequence() const { return sequence_; }

private:
  recorder();
  op_info &enter(mlir::Operation *op);
  /// The same; erases \p op if that fails.
  op_info &enter_or_erase(mlir::Operation *op);
  mlir::Value replaced(mlir::Value from, std::span<const view_step> steps, mlir::Value part,
                       mlir::Location loc);
  mlir::Value diagonal(mlir::Value from, int64_t offset, mlir::Location loc);
  mlir::Value input(buffer *b, char *data, mlir::Type type, mlir::Location loc);
  void make_concrete(node &n, buffer *b, char *data);
  mlir::Operation *forget(node &n);

  std::recursive_mutex mutex_;
  mlir::MLIRContext &context_;
  mlir::ModuleOp module_;
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<op_info>> infos_;
  llvm::DenseMap<std::pair<void *, mlir::Type>, mlir::Operation *>
      inputs_; // by address of the data
  llvm::DenseMap<buffer *, llvm::SmallVector<mlir::Operation *, 1>> leaves_; ///< inputs by memory
  llvm::DenseMap<const char *, mlir::StringAttr> files_;
  llvm::DenseMap<int64_t, mlir::Operation *> extents_; ///< nd.extent by the number it names
  llvm::SmallVector<mlir::Operation *, 4> replays_;
  uint64_t sequence_ = 0;
  std::string failure_;
};

/// Throws trace_error: \p what reads a value that depends on an argument of nd::jit.
[[noreturn]] void raise_traced(mlir::Value value, std::string_view what, const site &where);
/// "file:line:column: " of an op's location.
std::string place(mlir::Location loc);

} // namespace nd::detail

#endif // ND_TRACE_RECORDER_H
