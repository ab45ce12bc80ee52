// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Keys of 32 or 64 bits beside their places in one integer: what sorts integers orders places then.
// A key is an element as an unsigned number in the same order (keyOf in radix.h).
#pragma once

#include <array>
#include <cstdint>

namespace ndrt {

/// How keys lose bits: those from `from[i]` on, and before `from[i + 1]`, are shifted by
/// `shift[i]`.
struct Pieces {
  static constexpr int logMost = 3, most = 1 << logMost;
  std::array<uint64_t, most> from{};
  std::array<int, most> shift{};
  int count = 0, bits = 63; // of a shifted key, above which the piece's number stands

  /// \p lost takes what of the key is shifted out.
  uint64_t operator()(uint64_t key, uint64_t &lost) const {
    int piece = count - 1;
    while (key < from[size_t(piece)])
      --piece;
    const uint64_t offset = key - from[size_t(piece)];
    const int by = shift[size_t(piece)];
    lost |= offset & ((uint64_t(1) << by) - 1);
    return uint64_t(piece) << bits | offset >> by;
  }
};

/// For elements of type T.
template <class T> struct PackKernels {
  /// The least and the largest key of at least one element.
  void (*range)(const T *x, int64_t count, uint64_t &low, uint64_t &high);
  /// The shifted key of each element above \p bits bits of its place; gives bits that were lost.
  uint64_t (*pack)(const T *x, int64_t count, const Pieces &pieces, int bits, int64_t *packed);
  /// Their places, which may take the memory of \p packed; \p alike tells which have the shifted
  /// key of the one before, of a piece that is in the set \p lossy. Tells whether there are any.
  bool (*unpack)(const int64_t *packed, int64_t count, const Pieces &pieces, uint64_t lossy,
                 int bits, int64_t *places, bool *alike);
};

/// Those for this machine; nullptr where it has neither AVX2 nor AVX-512.
template <class T> const PackKernels<T> *packKernels() noexcept;

#define NDRT_PACKED_TYPES(each)                                                                    \
  each(F32, float) each(F64, double) each(I32, int32_t) each(I64, int64_t) each(U32, uint32_t)     \
      each(U64, uint64_t)
#define NDRT_DECLARED(name, type) template <> const PackKernels<type> *packKernels() noexcept;
NDRT_PACKED_TYPES(NDRT_DECLARED)
#undef NDRT_DECLARED

#if defined(__x86_64__)
#define NDRT_DECLARED(name, type) extern const PackKernels<type> avx2Pack##name, avx512Pack##name;
NDRT_PACKED_TYPES(NDRT_DECLARED)
#undef NDRT_DECLARED
#endif

} // namespace ndrt
