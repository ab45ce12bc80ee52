// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How a kernel's domain becomes loops.
//
// The domain's dimensions split into P (parallel rows), R (reduced) and lanes. Vectors run along
// the domain's last dimension: if it is reduced, each row folds its own lanes; if not, a row of
// accumulators runs beside it; without a reduction there is just the loop. Ops whose loops do not
// meet R are computed once per row ("outer"), the others ("inner") once per element in a stage: a
// stage is one traversal, and a value that needs the result of a reduction is in a later stage than
// it.
#ifndef ND_PASSES_SCHEDULE_KERNELPLAN_H
#define ND_PASSES_SCHEDULE_KERNELPLAN_H

#include "ir/NdOps.h"
#include "passes/schedule/Access.h"
#include "llvm/ADT/MapVector.h"

namespace nd {

enum class Shape {
  scalar,    ///< no domain: straight-line code
  pointwise, ///< no reduction
  rows,      ///< the last dimension is reduced, others are not
  columns,   ///< the last dimension is kept
  whole,     ///< every dimension is reduced
};

/// A loop: one dimension of the domain, or adjacent ones that memory runs through as one.
struct Loop {
  llvm::SmallVector<int64_t> dimensions; ///< in order
  llvm::SmallVector<int64_t> extents;    ///< their numbers
};

class KernelPlan {
public:
  explicit KernelPlan(KernelOp kernel);

  mutable KernelOp kernel; // MLIR handles have no const accessors
  Shape shape = Shape::scalar;
  llvm::SmallVector<Loop>
      loops; ///< P, then R, then the lanes of Shape::columns and Shape::pointwise
  int parallel = 0, reduced = 0; ///< how many of loops are P, and R
  int lanes = -1;                ///< the loop that vectors run along
  int stages = 0;
  llvm::SmallVector<mlir::Operation *> ops; ///< pointwise and reductions, in order

  /// Whether \p op folds a dimension; one whose axes all have extent 1 is a pointwise step.
  bool isReduction(mlir::Operation *op) const;
  /// Whether \p op runs once per element of R (or of the lanes where nothing is reduced).
  bool isInner(mlir::Operation *op) const { return inner.lookup(op); }
  /// For inner ops the stage they are first computed in; for outer ops the stage before which they
  /// are known.
  int stageOf(mlir::Operation *op) const { return stage.lookup(op); }
  llvm::ArrayRef<int64_t> loopsOf(mlir::Operation *op) const;
  int loopOf(int64_t dimension) const { return loopOfDimension[dimension]; }
  llvm::SmallVector<int64_t> resultLoops(mlir::Operation *op) const;
  /// The results that \p op is: positions among the kernel's.
  llvm::SmallVector<unsigned> resultsOf(mlir::Operation *op) const;
  /// Whether an inner op of a later stage, or a reduction there, needs \p op's value.
  bool crosses(mlir::Operation *op) const;
  /// The last stage that needs it.
  int lastUse(mlir::Operation *op) const;

private:
  bool canCollapse(int64_t first, int64_t second) const;
  void planLoops();
  void planStages();

  llvm::DenseMap<mlir::Operation *, bool> inner;
  llvm::DenseMap<mlir::Operation *, int> stage;
  llvm::SmallVector<int> loopOfDimension;
};

/// The compute op behind \p value, seen through views; null for arguments and generators.
mlir::Operation *producerOf(mlir::Value value);

} // namespace nd

#endif // ND_PASSES_SCHEDULE_KERNELPLAN_H
