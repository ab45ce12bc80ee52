// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <cstdint>

namespace ndrt {

/// dst[i * dstRow + j] = src[i + j * srcColumn] for i < rows, j < columns: reads run along i,
/// writes along j. T is an unsigned integer, or a struct, of the element's size; strides in
/// elements.
template <class T>
void transpose(const T *src, int64_t srcColumn, T *dst, int64_t dstRow, int64_t rows,
               int64_t columns) noexcept;

/// Any 16-byte element.
struct alignas(8) Wide {
  uint64_t low, high;
};

/// An element of memory at any address.
template <size_t N> struct Bytes { unsigned char byte[N]; };

} // namespace ndrt
