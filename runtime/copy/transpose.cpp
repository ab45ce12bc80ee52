// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "copy/transpose.h"

#include <algorithm>

namespace ndrt {

template <class T>
void transpose(const T *src, int64_t srcColumn, T *dst, int64_t dstRow, int64_t rows,
               int64_t columns) noexcept {
  // A tile is a cache line of the source by a cache line of the destination, or more: both are used
  // up at once, so no stride can throw them out of the cache in between. A band of tiles reads a
  // few lines in a row from each column, and writes its rows from left to right: the hardware sees
  // streams on both sides.
  constexpr int64_t tile = std::max<int64_t>(8, 64 / static_cast<int64_t>(sizeof(T)));
  constexpr int64_t band = 4 * tile;
  for (int64_t begin = 0; begin < rows; begin += band) {
    int64_t end = std::min(begin + band, rows);
    for (int64_t j = 0; j < columns; j += tile) {
      int64_t width = std::min(tile, columns - j);
      int64_t i = begin;
      if (width == tile)
        for (; i + tile <= end; i += tile)
          for (int64_t r = 0; r < tile; ++r)
            for (int64_t c = 0; c < tile; ++c)
              dst[(i + r) * dstRow + j + c] = src[i + r + (j + c) * srcColumn];
      for (; i < end; ++i)
        for (int64_t c = 0; c < width; ++c)
          dst[i * dstRow + j + c] = src[i + (j + c) * srcColumn];
    }
  }
}

template void transpose(const uint8_t *, int64_t, uint8_t *, int64_t, int64_t, int64_t) noexcept;
template void transpose(const uint16_t *, int64_t, uint16_t *, int64_t, int64_t, int64_t) noexcept;
template void transpose(const uint32_t *, int64_t, uint32_t *, int64_t, int64_t, int64_t) noexcept;
template void transpose(const uint64_t *, int64_t, uint64_t *, int64_t, int64_t, int64_t) noexcept;
template void transpose(const Wide *, int64_t, Wide *, int64_t, int64_t, int64_t) noexcept;
template void transpose(const Bytes<2> *, int64_t, Bytes<2> *, int64_t, int64_t, int64_t) noexcept;
template void transpose(const Bytes<4> *, int64_t, Bytes<4> *, int64_t, int64_t, int64_t) noexcept;
template void transpose(const Bytes<8> *, int64_t, Bytes<8> *, int64_t, int64_t, int64_t) noexcept;
template void transpose(const Bytes<16> *, int64_t, Bytes<16> *, int64_t, int64_t,
                        int64_t) noexcept;

} // namespace ndrt
