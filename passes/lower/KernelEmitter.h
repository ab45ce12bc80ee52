// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A kernel's loops: scf over explicit vectors, memory through llvm.ptr.
//
// Vectors have a fixed number of lanes, whatever the machine's registers, and rows fold in chunks
// of a fixed length: the order of a float sum depends on the shape alone. The last vector of a row
// is masked.
#ifndef ND_PASSES_LOWER_KERNELEMITTER_H
#define ND_PASSES_LOWER_KERNELEMITTER_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "passes/lower/Sizes.h"
#include "passes/schedule/KernelPlan.h"

namespace nd {

/// Lanes of a vector.
constexpr int64_t laneCount = 16;
/// Elements that a row folds before it adds to the row's total.
constexpr int64_t chunkLength = 1024;
/// Elements of a whole-array reduction that one partial result stands for.
constexpr int64_t blockLength = 65536;
/// Lanes of Shape::columns that share one set of accumulator rows.
constexpr int64_t columnBlock = 1024;
/// Element visits that are worth a thread of their own.
constexpr int64_t taskWork = 32768;

/// The functions of one kernel. Each takes (context, begin, end); the context is an array of
/// pointers: parameters, inputs, results, then for Shape::whole the scalars and the partial
/// results.
struct KernelCode {
  Shape shape;
  struct Part {
    mlir::LLVM::LLVMFuncOp traverse; ///< over rows, lanes or blocks
    mlir::LLVM::LLVMFuncOp combine;  ///< Shape::whole: folds the blocks' partial results, once
    mlir::LLVM::LLVMFuncOp single;   ///< Shape::columns: instead, where there is one column
  };
  llvm::SmallVector<Part> parts;
  int64_t states = 0; ///< Shape::whole: 8-byte scalars, and as many per block
  llvm::SmallVector<int64_t>
      work; ///< numbers whose product is the element visits per unit of range
  llvm::SmallVector<int64_t> range;   ///< numbers whose product is the range
  int64_t grainMultiple = 1;          ///< tasks take multiples of this
  llvm::SmallVector<int64_t> columns; ///< where parts have a `single`: numbers of columns
};

/// \p bounds  check each access to an array, and end the process at one outside
KernelCode emitKernel(KernelOp kernel, llvm::StringRef name, llvm::ArrayRef<int64_t> sizes,
                      bool bounds, mlir::OpBuilder &module);

} // namespace nd

#endif // ND_PASSES_LOWER_KERNELEMITTER_H
