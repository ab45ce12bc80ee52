// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "sort/vector_sort.h"

#include "linalg/parallel.h"
#include "sort/packed_keys.h"
#include "sort/radix.h"

#include <algorithm>
#include <atomic>

namespace ndrt {
namespace {

int widest() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt")) {
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
      return 64;
    if (__builtin_cpu_supports("avx2"))
      return 32;
  }
#endif
  return 0;
}

std::atomic<int> limit = 64;

#if defined(__x86_64__)
/// The widest of both that may be used.
template <class Kernels> const Kernels *choose(const Kernels &wide, const Kernels &narrow) {
  static const int available = widest();
  const int bytes = std::min(available, limit.load(std::memory_order_relaxed));
  return bytes >= 64 ? &wide : bytes >= 32 ? &narrow : nullptr;
}
#define NDRT_CHOICE(name) choose(avx512##name, avx2##name)
#else
#define NDRT_CHOICE(name) nullptr
#endif

} // namespace

void limitSortVectors(int bytes) noexcept { limit = bytes; }

template <> const SortKernels<int32_t> *sortKernels() noexcept { return NDRT_CHOICE(Sort32); }
template <> const SortKernels<int64_t> *sortKernels() noexcept { return NDRT_CHOICE(Sort64); }
template <> const SelectKernels<float> *selectKernels() noexcept { return NDRT_CHOICE(SelectF32); }
template <> const SelectKernels<double> *selectKernels() noexcept { return NDRT_CHOICE(SelectF64); }
template <> const SelectKernels<int32_t> *selectKernels() noexcept {
  return NDRT_CHOICE(SelectI32);
}
template <> const SelectKernels<int64_t> *selectKernels() noexcept {
  return NDRT_CHOICE(SelectI64);
}
template <> const SelectKernels<uint32_t> *selectKernels() noexcept {
  return NDRT_CHOICE(SelectU32);
}
template <> const SelectKernels<uint64_t> *selectKernels() noexcept {
  return NDRT_CHOICE(SelectU64);
}

#define NDRT_CHOSEN(name, type)                                                                    \
  template <> const PackKernels<type> *packKernels() noexcept { return NDRT_CHOICE(Pack##name); }
NDRT_PACKED_TYPES(NDRT_CHOSEN)
#undef NDRT_CHOSEN

template <class Key> void sortWithoutPivots(const Part<Key> &part) {
  Key *at = part.at;
  if (part.count <= UINT32_MAX) {
    at = radixSort<std::make_unsigned_t<Key>>(part.at, part.other, part.count,
                                              [](Key x) { return keyOf(x); });
  } else {
    std::make_heap(at, at + part.count);
    std::sort_heap(at, at + part.count);
  }
  if (Key *wanted = part.stay ? part.at : part.other; at != wanted)
    std::memcpy(wanted, at, size_t(part.count) * sizeof(Key));
}

template <class Key>
void vectorSort(const SortKernels<Key> &kernels, Key *keys, Key *room, int64_t count) {
  constexpr int64_t worthThread = 1 << 16;
  constexpr int mostParts = 64;
  const int threads = count < 2 * worthThread ? 1 : ndrt_num_threads();
  if (threads == 1)
    return kernels.sort({keys, room, count, true});
  Part<Key> parts[mostParts] = {{keys, room, count, true}};
  int pieces = 1;
  // A few parts for each thread.
  while (pieces < std::min(4 * threads, mostParts)) {
    Part<Key> *longest =
        std::max_element(parts, parts + pieces,
                         [](const Part<Key> &a, const Part<Key> &b) { return a.count < b.count; });
    if (longest->count < std::max(2 * worthThread, count / (2 * threads)))
      break;
    const Part<Key> whole = *longest;
    kernels.split(whole, *longest, parts[pieces]);
    ++pieces;
  }
  parallelFor(pieces, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      kernels.sort(parts[i]);
  });
}

template void sortWithoutPivots(const Part<int32_t> &);
template void sortWithoutPivots(const Part<int64_t> &);
template void vectorSort(const SortKernels<int32_t> &, int32_t *, int32_t *, int64_t);
template void vectorSort(const SortKernels<int64_t> &, int64_t *, int64_t *, int64_t);

} // namespace ndrt
