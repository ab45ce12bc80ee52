// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "memory/system_pages.h"

#include "memory/accounts.h"

#include <sys/mman.h>
#include <sys/sysinfo.h>

namespace ndrt {

constinit SystemAccount systemAccount;

Pages mapPages(size_t bytes) noexcept {
  bytes = (bytes + pageBytes - 1) / pageBytes * pageBytes;
  systemAccount.countRequest();
  void *base = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED)
    return {};
  return {base, bytes};
}

Pages mapHugePages(size_t bytes) noexcept {
  // Maps enough to find a boundary in, then gives the ends back.
  bytes = (bytes + pageBytes - 1) / pageBytes * pageBytes;
  Pages wide = mapPages(bytes + hugePage + pageBytes);
  if (!wide.base)
    return {};
  uintptr_t begin = reinterpret_cast<uintptr_t>(wide.base), end = begin + wide.bytes;
  uintptr_t data = (begin + pageBytes + hugePage - 1) / hugePage * hugePage;
  uintptr_t first = data - pageBytes, last = data + bytes;
  if (first > begin)
    munmap(wide.base, first - begin);
  if (last < end)
    munmap(reinterpret_cast<void *>(last), end - last);
  madvise(reinterpret_cast<void *>(data), bytes, MADV_HUGEPAGE); // advice: may well be refused
  return {reinterpret_cast<void *>(first), last - first};
}

void unmapPages(Pages pages) noexcept { munmap(pages.base, pages.bytes); }

uint64_t machineMemory() noexcept {
  struct sysinfo info;
  if (sysinfo(&info) != 0)
    return UINT64_MAX;
  return (uint64_t{info.totalram} + info.totalswap) * info.mem_unit;
}

} // namespace ndrt
