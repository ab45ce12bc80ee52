// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where an element of a value lies in the memory of its root, as run-time arithmetic on sizes.
#ifndef ND_PASSES_SCHEDULE_ACCESS_H
#define ND_PASSES_SCHEDULE_ACCESS_H

#include "ir/NdOps.h"

namespace nd {

/// A value read through views of a root that lies in memory in C order, or that is generated.
struct Access {
  struct Term {
    int64_t factor, number; ///< factor times a number, which is known by its slot at run time
  };
  mlir::Value root;
  llvm::SmallVector<int64_t> axis; ///< per axis of the value: the root's axis, -1 for none
  llvm::SmallVector<int64_t> step; ///< per axis of the value: steps on the root's axis
  llvm::SmallVector<llvm::SmallVector<Term>>
      first; ///< per axis of the root: the first position, a sum

  bool walks(int64_t rootAxis) const { return llvm::is_contained(axis, rootAxis); }
};

/// Follows the views under \p value down to the value whose memory they read.
Access accessOf(mlir::Value value);

/// The value whose memory \p value lies in, seen through views and reshapes of any kind.
mlir::Value memoryOf(mlir::Value value);

} // namespace nd

#endif // ND_PASSES_SCHEDULE_ACCESS_H
