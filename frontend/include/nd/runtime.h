// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Memory and threads of this process.
#ifndef ND_RUNTIME_H
#define ND_RUNTIME_H

#include <nd/export.h>

#include <cstdint>

namespace ND_API nd {

/// What the allocator of arrays holds.
struct memory_statistics {
  uint64_t live_bytes;         ///< in arrays, rounded up to what each occupies
  uint64_t pooled_bytes;       ///< freed and kept for reuse
  uint64_t peak_bytes;         ///< the most that both have been together
  uint64_t allocations;        ///< blocks handed out so far
  uint64_t system_allocations; ///< how often the system had to be asked
};

/// What the allocator holds now.
memory_statistics memory_stats();
/// Gives freed memory that is kept for reuse back to the system.
void release_memory();

/// How many threads kernels use: ND_NUM_THREADS, else the cores this process may use.
int num_threads();
/// Sets it; below 1 restores the default.
void set_num_threads(int count);

} // namespace nd

#endif // ND_RUNTIME_H
