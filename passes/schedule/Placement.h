// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Results that are computed where an update would copy them to.
#ifndef ND_PASSES_SCHEDULE_PLACEMENT_H
#define ND_PASSES_SCHEDULE_PLACEMENT_H

#include "ir/NdOps.h"

namespace nd {

/// The update that is the only reader of \p result and puts all of it, in order, at consecutive
/// elements; null if there is none.
UpdateOpInterface placingUpdate(mlir::Value result);

/// Whether \p kernel may write \p result where \p update puts it: nothing else looks at the array
/// from the kernel to the update, and the kernel reads each element only where it writes it.
bool canPlace(KernelOp kernel, mlir::Value result, UpdateOpInterface update);

} // namespace nd

#endif // ND_PASSES_SCHEDULE_PLACEMENT_H
