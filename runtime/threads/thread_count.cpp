// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "threads/thread_count.h"

#include <ndrt/ndrt.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <sched.h>
#include <unistd.h>

namespace ndrt {
namespace {

constexpr int mostThreads = 4096;

/// The processors this process may run on. The mask grows until the kernel's fits
/// (sched_getaffinity(2)).
int availableCores() {
  for (int processors = 1024; processors <= (1 << 20); processors *= 4) {
    cpu_set_t *set = CPU_ALLOC(processors);
    if (!set)
      break;
    size_t bytes = CPU_ALLOC_SIZE(processors);
    int count = sched_getaffinity(0, bytes, set) == 0 ? CPU_COUNT_S(bytes, set) : 0;
    CPU_FREE(set);
    if (count > 0)
      return count;
  }
  return static_cast<int>(std::max(1l, sysconf(_SC_NPROCESSORS_ONLN)));
}

int defaultThreads() {
  if (const char *text = std::getenv("ND_NUM_THREADS")) {
    char *end = nullptr;
    long count = std::strtol(text, &end, 10);
    if (end != text && *end == '\0' && count >= 1)
      return static_cast<int>(std::min<long>(count, mostThreads));
  }
  return std::min(availableCores(), mostThreads);
}

constinit std::atomic<int> chosen{0}; // 0: not decided yet

} // namespace

int threadCount() noexcept {
  int count = chosen.load(std::memory_order_relaxed);
  if (count == 0) [[unlikely]] {
    int undecided = 0;
    count = defaultThreads();
    if (!chosen.compare_exchange_strong(undecided, count, std::memory_order_relaxed))
      count = undecided;
  }
  return count;
}

} // namespace ndrt

int ndrt_num_threads(void) { return ndrt::threadCount(); }

void ndrt_set_num_threads(int count) {
  ndrt::chosen.store(count < 1 ? ndrt::defaultThreads() : std::min(count, ndrt::mostThreads),
                     std::memory_order_relaxed);
}
