// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One place of a loop nest where code is emitted: its positions, its lanes and what is known there.
#ifndef ND_PASSES_LOWER_SITE_H
#define ND_PASSES_LOWER_SITE_H

#include "ir/body/Arith.h"
#include "passes/lower/Sizes.h"
#include "passes/schedule/KernelPlan.h"

namespace nd {

/// Code for one lane (width 0) or a vector of lanes at given loop positions.
struct Site {
  mlir::ImplicitLocOpBuilder *b = nullptr;
  llvm::SmallVector<mlir::Value> position; ///< per loop of the plan, null where it is not walked
  int64_t width = 0;                       ///< lanes along the plan's lane loop; 0 for a scalar
  mlir::Value mask;                        ///< which lanes exist; null for a scalar
  llvm::DenseMap<mlir::Operation *, mlir::Value> values;
  llvm::SmallVector<std::tuple<mlir::Value, mlir::ArrayRef<int64_t>, mlir::Value>> reads;
};

using body::registerType;

/// \p element, a register type, or a vector of it; of complex numbers one of each part.
mlir::Type lanesOf(mlir::Type element, int64_t width);
/// The element type in memory: bytes for bool, 16 bits for the halves, signless integers.
mlir::Type memoryType(mlir::Type dtype);
mlir::Value splat(mlir::ImplicitLocOpBuilder &b, mlir::Value scalar, int64_t width);
mlir::Value splatConstant(mlir::ImplicitLocOpBuilder &b, mlir::TypedAttr value, int64_t width);
/// 0, 1, 2, … as i64 lanes.
mlir::Value laneNumbers(mlir::ImplicitLocOpBuilder &b, int64_t width);
/// The lanes below \p remaining, an i64.
mlir::Value firstLanes(mlir::ImplicitLocOpBuilder &b, mlir::Value remaining, int64_t width);
/// The lanes from \p first on, an i64.
mlir::Value lanesFrom(mlir::ImplicitLocOpBuilder &b, mlir::Value first, int64_t width);

mlir::Value load(mlir::ImplicitLocOpBuilder &b, mlir::Type dtype, mlir::Value address,
                 int64_t width, mlir::Value mask);
mlir::Value gather(mlir::ImplicitLocOpBuilder &b, mlir::Type dtype, mlir::Value address,
                   mlir::Value stride, int64_t width, mlir::Value mask);
void store(mlir::ImplicitLocOpBuilder &b, mlir::Type dtype, mlir::Value value, mlir::Value address,
           mlir::Value mask);
mlir::Value addressOf(mlir::ImplicitLocOpBuilder &b, mlir::Type dtype, mlir::Value base,
                      mlir::Value offset);

} // namespace nd

#endif // ND_PASSES_LOWER_SITE_H
