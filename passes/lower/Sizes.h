// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Run-time numbers: sizes and scalars read from the program's parameters.
#ifndef ND_PASSES_LOWER_SIZES_H
#define ND_PASSES_LOWER_SIZES_H

#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/DenseMap.h"

namespace nd {

/// Emits each number once, at a fixed place that dominates its uses: the head of a function.
class Sizes {
public:
  /// \p slots are the program's nd.sizes; \p params points to the parameters.
  Sizes(llvm::ArrayRef<int64_t> slots, mlir::Value params, mlir::OpBuilder head)
      : slots(slots), params(params), head(head) {}

  mlir::Value number(int64_t extent);
  mlir::Value offset(int64_t position);
  mlir::Value product(llvm::ArrayRef<int64_t> values);
  mlir::Value constant(int64_t value);
  mlir::Value multiply(mlir::Value a, mlir::Value b);
  mlir::Value add(mlir::Value a, mlir::Value b);
  /// Elements between neighbours on \p axis of an array of \p shape in C order.
  mlir::Value stride(llvm::ArrayRef<int64_t> shape, int64_t axis);
  /// The 64 bits of a parameter.
  mlir::Value param(int64_t slot);
  /// The scalar of a register type in a parameter; of complex128 in two.
  mlir::Value scalar(int64_t slot, mlir::Type type);
  mlir::OpBuilder &at() { return head; }

private:
  mlir::Value slot(int64_t value);

  llvm::ArrayRef<int64_t> slots;
  mlir::Value params;
  mlir::OpBuilder head;
  llvm::DenseMap<int64_t, mlir::Value> numbers, constants, loaded;
  llvm::DenseMap<std::pair<void *, void *>, mlir::Value> products;
};

} // namespace nd

#endif // ND_PASSES_LOWER_SIZES_H
