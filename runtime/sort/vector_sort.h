// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Order by vectors, for the instructions that the machine has: quicksort whose partitions pack
// vectors, down to networks, and the passes of selection. Floats are sorted as integers in the same
// order. All of it gives the same bits for every width of vectors.
#pragma once

#include <cstdint>
#include <type_traits>

namespace ndrt {

/// Integers to sort: with \p stay they end where they are, else in \p other, which is as long.
template <class Key> struct Part {
  Key *at, *other;
  int64_t count;
  bool stay;
};

/// What bits mean.
enum class Form { signedInteger, unsignedInteger, floating };
template <class T>
inline constexpr Form formOf = std::is_floating_point_v<T> ? Form::floating
                               : std::is_signed_v<T>       ? Form::signedInteger
                                                           : Form::unsignedInteger;

/// What sorts keys, int32_t or int64_t.
template <class Key> struct SortKernels {
  /// Cuts a part in two; what lies between is in place.
  void (*split)(const Part<Key> &part, Part<Key> &less, Part<Key> &greater);
  /// On this thread.
  void (*sort)(const Part<Key> &part);
  /// Floats as integers of the same order, -0 before 0, in place; tells whether there are nan or
  /// -0.
  void (*toKeys)(Key *bits, int64_t count, bool &nans, bool &negativeZeros);
  /// Back, in place.
  void (*fromKeys)(Key *keys, int64_t count);
  /// Sorts rows of 1 to longestRow elements of each form, equals in their order; \p from and \p to
  /// may be the same.
  void (*sortShort[3])(const Key *from, Key *to, int64_t rows, int64_t length);
  int64_t longestRow;
};

/// What selects among numbers of 32 or 64 bits. nan is neither less nor equal.
template <class T> struct SelectKernels {
  /// How many are less than \p pivot, and how many equal.
  void (*rank)(const T *x, int64_t count, T pivot, int64_t &less, int64_t &equal);
  /// Those from \p low to \p high in their order, with room for as many as x has and 16 more; gives
  /// how many there are and how many are \p less than low.
  int64_t (*within)(const T *x, int64_t count, T low, T high, T *inside, int64_t &less);
  /// Those less than \p pivot, and those that are neither less nor equal, in their order.
  void (*split)(const T *x, int64_t count, T pivot, T *less, int64_t lessCount, T *greater,
                int64_t greaterCount);
};

/// Those for this machine; nullptr where it has neither AVX2 nor AVX-512.
template <class Key> const SortKernels<Key> *sortKernels() noexcept;
template <class T> const SelectKernels<T> *selectKernels() noexcept;
template <> const SortKernels<int32_t> *sortKernels() noexcept;
template <> const SortKernels<int64_t> *sortKernels() noexcept;
template <> const SelectKernels<float> *selectKernels() noexcept;
template <> const SelectKernels<double> *selectKernels() noexcept;
template <> const SelectKernels<int32_t> *selectKernels() noexcept;
template <> const SelectKernels<int64_t> *selectKernels() noexcept;
template <> const SelectKernels<uint32_t> *selectKernels() noexcept;
template <> const SelectKernels<uint64_t> *selectKernels() noexcept;

/// Makes them those of vectors of at most \p bytes, for tests: 64, 32, or fewer for none.
void limitSortVectors(int bytes) noexcept;

/// Sorts \p count integers with room for as many, by several threads if they are many.
template <class Key>
void vectorSort(const SortKernels<Key> &kernels, Key *keys, Key *room, int64_t count);

/// What is left to a sort whose pivots do not get on: n log n steps whatever the keys are.
template <class Key> void sortWithoutPivots(const Part<Key> &part);

#if defined(__x86_64__)
extern const SortKernels<int32_t> avx2Sort32, avx512Sort32;
extern const SortKernels<int64_t> avx2Sort64, avx512Sort64;
#define NDRT_SELECTS(isa)                                                                          \
  extern const SelectKernels<float> isa##SelectF32;                                                \
  extern const SelectKernels<double> isa##SelectF64;                                               \
  extern const SelectKernels<int32_t> isa##SelectI32;                                              \
  extern const SelectKernels<int64_t> isa##SelectI64;                                              \
  extern const SelectKernels<uint32_t> isa##SelectU32;                                             \
  extern const SelectKernels<uint64_t> isa##SelectU64;
NDRT_SELECTS(avx2)
NDRT_SELECTS(avx512)
#undef NDRT_SELECTS
#endif

} // namespace ndrt
