// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Kernels that go on with an array row by row, so that they can run while it is being made.
#ifndef ND_PASSES_SCHEDULE_ROWS_H
#define ND_PASSES_SCHEDULE_ROWS_H

#include "ir/NdOps.h"
#include "passes/schedule/KernelPlan.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>

namespace nd {

/// What a kernel's range counts per row of \p made, an input of its own, as numbers whose product
/// it is; nothing if a run of the range needs other rows than its own.
std::optional<llvm::SmallVector<int64_t>> walkRows(KernelOp kernel, mlir::Value made);

} // namespace nd

#endif // ND_PASSES_SCHEDULE_ROWS_H
