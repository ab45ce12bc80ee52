// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// OpenBLAS starts a thread per core when it is loaded, and each looks for work actively for some 30
// ms before it sleeps. We cut matrices up ourselves, so those threads are only in the way: they are
// stopped at load where that is safe, and never given work.
#include "linalg/blas.h"

#include <sys/stat.h>

extern "C" {
[[gnu::weak]] void openblas_set_num_threads(int count);
[[gnu::weak]] int openblas_get_num_threads(void);
[[gnu::weak]] int blas_thread_shutdown_(void);
}

namespace ndrt::blas {
namespace {

/// Threads of this process: /proc/self/task has a subdirectory, and so a link, for each.
int64_t processThreads() {
  struct stat directory;
  return stat("/proc/self/task", &directory) == 0 ? static_cast<int64_t>(directory.st_nlink) - 2
                                                  : -1;
}

[[gnu::constructor]] void stopBlasThreads() {
  if (!openblas_set_num_threads || !openblas_get_num_threads)
    return;
  int before = openblas_get_num_threads();
  openblas_set_num_threads(1);
  // With this thread and OpenBLAS's own in the process, nobody can be waiting for theirs.
  if (before > 1 && blas_thread_shutdown_ && processThreads() == before)
    blas_thread_shutdown_();
}

} // namespace

void keepSerial() noexcept {
  static const bool serial = [] {
    if (openblas_set_num_threads && openblas_get_num_threads && openblas_get_num_threads() != 1)
      openblas_set_num_threads(1);
    return true;
  }();
  static_cast<void>(serial);
}

} // namespace ndrt::blas
