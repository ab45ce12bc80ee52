// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A checked DLTensor: first element, extents and strides, with the strides spelled out.
#pragma once

#include "error/error.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace ndrt {

inline constexpr int maxRank = 64; // as NumPy's

inline int64_t itemBytes(DLDataType type) { return (int64_t{type.bits} * type.lanes + 7) / 8; }

inline bool sameType(DLDataType a, DLDataType b) {
  bool bothBool = (a.code == NDRT_DL_BOOL || (a.code == kDLUInt && a.bits == 1)) &&
                  (b.code == NDRT_DL_BOOL || (b.code == kDLUInt && b.bits == 1));
  return bothBool || (a.code == b.code && a.bits == b.bits && a.lanes == b.lanes);
}

/// Only the first `rank` entries of extent and stride are set.
struct Strided {
  std::byte *data;
  DLDataType type;
  int rank;
  int64_t extent[maxRank];
  int64_t stride[maxRank]; // in elements

  int64_t elements() const {
    int64_t count = 1;
    for (int axis = 0; axis < rank; ++axis)
      count *= extent[axis];
    return count;
  }
  bool contiguous() const;
};

/// Reads \p tensor into \p view; NDRT_ERR_ARGUMENT with "\p function: \p name ..." if it is not an
/// array in host memory, or of elements that are not 1, 2, 4, 8 or 16 bytes.
ndrt_status view(const DLTensor *tensor, const char *function, const char *name,
                 Strided &view) noexcept;

/// The same, and refuses what is not C-contiguous.
ndrt_status viewResult(DLTensor *tensor, const char *function, const char *name,
                       Strided &view) noexcept;

/// An array by the name of its parameter.
struct Named {
  const char *name;
  const Strided &array;
};
/// NDRT_ERR_ARGUMENT with "function: a is float64 (2, 3), b is int8 (2,); must".
[[gnu::cold]] ndrt_status misfit(const char *function, std::initializer_list<Named> arrays,
                                 const char *must) noexcept;
/// NDRT_ERR_ARGUMENT with "function: dtype int8 is not supported; cast it first".
[[gnu::cold]] ndrt_status unknownDtype(const char *function, DLDataType type) noexcept;

inline bool isInt64(DLDataType type) {
  return type.code == kDLInt && type.bits == 64 && type.lanes == 1;
}

/// dst[...] = src[...] for equal shapes and dtypes, both checked by the caller; itemBytes 1, 2, 4,
/// 8 or 16.
void copyElements(const Strided &src, const Strided &dst) noexcept;

} // namespace ndrt
