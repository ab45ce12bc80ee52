// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The emitter of one kernel's functions; EmitValues.cpp writes values, KernelEmitter.cpp the loops
// that the shapes share, EmitColumns.cpp and EmitWhole.cpp those of two shapes that have more to
// them.
#ifndef ND_PASSES_LOWER_EMITTER_H
#define ND_PASSES_LOWER_EMITTER_H

#include "ir/body/Arith.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "passes/lower/KernelEmitter.h"
#include "passes/lower/Site.h"
#include "llvm/ADT/DenseSet.h"

namespace nd {

/// A body of more ops than this is dear: reading its value back costs less than computing it twice.
constexpr size_t dearOps = 12;
/// Rows, in C order, that a column of floats folds before it adds to the column's total.
constexpr int64_t rowChunk = 128;

using Values = llvm::SmallVector<mlir::Value>;

/// Whether the order of a fold shows in its result: sums and products of floats, whose identity is
/// finite. Extremes start from an infinity and are exact.
bool rounds(mlir::Operation *op);

/// Emits the functions of one kernel.
class Emitter {
public:
  Emitter(KernelOp kernel, llvm::StringRef name, llvm::ArrayRef<int64_t> slots, bool bounds,
          mlir::OpBuilder &module)
      : plan(kernel), kernel(kernel), name(name), slots(slots), bounds(bounds), module(module),
        b(kernel.getLoc(), kernel.getContext()) {}

  KernelCode run();

private:
  KernelPlan plan;
  KernelOp kernel;
  llvm::StringRef name;
  llvm::ArrayRef<int64_t> slots;
  bool bounds;
  int accesses = 0; ///< that are checked
  mlir::OpBuilder &module;
  mlir::ImplicitLocOpBuilder b;

  // Of the function that is being emitted.
  mlir::LLVM::LLVMFuncOp function;
  std::optional<Sizes> sizes;
  mlir::Value context, begin, end;
  Values inputs, results;
  llvm::DenseMap<mlir::Operation *, mlir::Value> outer; ///< scalars, known once per row
  llvm::SmallVector<std::tuple<mlir::Value, llvm::ArrayRef<int64_t>, mlir::Value>>
      hoisted; ///< reads that do not walk the inner loops
  llvm::DenseMap<mlir::Operation *, Values>
      rows; ///< Shape::columns: memory of states and outer values
  llvm::DenseMap<mlir::Operation *, Values> parts; ///< and of the states of a run of rows

  llvm::DenseMap<mlir::Operation *, mlir::Value> runs; ///< memory of positional ops

  // Inner values that cost more to compute again than to load, and those kept in a result's memory.
  struct Stash {
    unsigned result;
    int stage; ///< that computes it
  };
  llvm::DenseSet<mlir::Operation *> dear;
  llvm::DenseMap<mlir::Operation *, Stash> stashed;
  int stageHere = 0;

  mlir::Value i64(int64_t value) {
    return mlir::arith::ConstantOp::create(b, b.getI64IntegerAttr(value));
  }
  mlir::Value add(mlir::Value x, mlir::Value y) { return mlir::arith::AddIOp::create(b, x, y); }
  mlir::Value mul(mlir::Value x, mlir::Value y) { return mlir::arith::MulIOp::create(b, x, y); }
  mlir::Value pointer(int64_t slot);
  mlir::LLVM::LLVMFuncOp open(const llvm::Twine &suffix);
  void close();
  /// for (i = from; i < to; i += step) state = body(i, state)
  Values loop(mlir::Value from, mlir::Value to, mlir::Value step, mlir::ValueRange init,
              llvm::function_ref<Values(mlir::Value, mlir::ValueRange)> body);
  mlir::Value extent(const Loop &loop) { return sizes->product(loop.extents); }
  /// Positions of the loops that are reduced.
  mlir::Value reducedCount() {
    llvm::SmallVector<int64_t> extents;
    for (const Loop &loop : llvm::ArrayRef(plan.loops).slice(plan.parallel, plan.reduced))
      extents.append(loop.extents);
    return sizes->product(extents);
  }
  bool innerLoop(int loop) const {
    return plan.shape == Shape::pointwise ? loop == plan.lanes : loop >= plan.parallel;
  }

  Site site(int64_t width) {
    Site out;
    out.b = &b;
    out.position.resize(plan.loops.size());
    out.width = width;
    return out;
  }
  mlir::Value element(const Site &at, llvm::StringRef action, mlir::Type array, mlir::Value memory,
                      mlir::Value position, mlir::Value laneStride);
  mlir::Value resultElement(Site &at, llvm::StringRef action, unsigned result, mlir::Operation *op);
  mlir::Value address(const Site &at, mlir::Value value, llvm::ArrayRef<int64_t> walk,
                      mlir::Value &laneStride, bool &contiguous);
  mlir::Value readMemory(Site &at, mlir::Value value, llvm::ArrayRef<int64_t> walk);
  mlir::Value generate(Site &at, GeneratorOpInterface source, const Access &access,
                       llvm::ArrayRef<int64_t> walk);
  mlir::Value resultPosition(Site &at, mlir::Operation *op);
  mlir::Value operand(Site &at, mlir::Value value, llvm::ArrayRef<int64_t> walk);
  mlir::Value compute(Site &at, mlir::Operation *op);
  mlir::Value runOf(Site &at, PositionalOpInterface op);
  mlir::Value outerAt(Site &at, mlir::Operation *op);
  bool dependsOnInner(mlir::Value value, llvm::ArrayRef<int64_t> walk) const;
  bool walksLanes(mlir::Operation *op) const {
    return llvm::any_of(plan.loopsOf(op), [&](int64_t dimension) {
      return dimension >= 0 && plan.loopOf(dimension) == plan.lanes;
    });
  }

  void hoist(Site &row);
  void computeOuter(Site &row, int before);
  void storeOuter(Site &row, int from, int to);
  void storeResult(Site &at, mlir::Operation *op, mlir::Value value);
  void storeInner(Site &at, int stage);
  llvm::SmallVector<mlir::Operation *> reductionsOf(int stage) const;
  Values lift(Site &at, mlir::Operation *op, int64_t width);
  Values identities(llvm::ArrayRef<mlir::Operation *> ops, int64_t width);
  Values mergeMasked(Site &at, llvm::ArrayRef<mlir::Operation *> ops, mlir::ValueRange states);
  Values merge(llvm::ArrayRef<mlir::Operation *> ops, mlir::ValueRange left,
               mlir::ValueRange right);
  Values fold(mlir::Operation *op, mlir::ValueRange states);
  Values foldRow(Site &row, int stage, llvm::ArrayRef<mlir::Operation *> ops, mlir::Value from,
                 mlir::Value to);
  static int64_t stateCount(mlir::Operation *op) {
    return cast<ReductionOpInterface>(op).usesPosition() ? 2 : 1;
  }

  void decode(Site &at, mlir::Value row, int from, int to);
  Values vectors(Site &at, int stage, llvm::ArrayRef<mlir::Operation *> ops, mlir::ValueRange init,
                 mlir::Value from, mlir::Value to, mlir::Value phase);
  Values traverse(Site &at, int stage, llvm::ArrayRef<mlir::Operation *> ops, mlir::ValueRange init,
                  mlir::Value from, mlir::Value to);
  void overLanes(llvm::function_ref<void(Site &, mlir::Value, mlir::Value)> body);
  void emitPointwise();
  void emitRows(llvm::StringRef suffix);
  llvm::SmallVector<int64_t> columnsOfRunTime();
  void emitColumns();
  void columnBlockOf(Site &row, mlir::Value from, mlir::Value to);
  void emitWhole(KernelCode &code);
};

} // namespace nd

#endif // ND_PASSES_LOWER_EMITTER_H
