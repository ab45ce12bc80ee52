// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef ND_STAGE_H
#define ND_STAGE_H

#include <nd/export.h>

#include <cstdint>

namespace ND_API nd {

/// The stages of a program, in order.
enum class stage : uint8_t {
  recorded, ///< what was written, op for op
  resolved, ///< casts and broadcasts explicit
  fused,    ///< each nd.kernel is one loop nest
  loops,    ///< buffers planned, kernels are loops over vectors
  llvm,     ///< LLVM IR for this CPU
  assembly, ///< its assembly
  object    ///< its object file
};

} // namespace nd

#endif // ND_STAGE_H
