// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/runtime.h"

#include "ndrt/ndrt.h"

namespace nd {

memory_statistics memory_stats() {
  ndrt_memory_stats_t s;
  ndrt_memory_stats(&s);
  return {s.live_bytes, s.pooled_bytes, s.peak_bytes, s.allocations, s.system_allocations};
}

void release_memory() { ndrt_trim(); }
int num_threads() { return ndrt_num_threads(); }
void set_num_threads(int count) { ndrt_set_num_threads(count); }

} // namespace nd
