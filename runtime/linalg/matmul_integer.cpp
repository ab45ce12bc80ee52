// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Four rows of a against 64 bytes of columns at a time: the sums stay in registers over all of k.
#include "linalg/matmul_integer.h"

#include "linalg/parallel.h"

#include <algorithm>
#include <cstring>

namespace ndrt {
namespace {

constexpr int64_t vectorBytes = 32, tileRows = 4;

template <class T> struct Vector {
  typedef T type [[gnu::vector_size(vectorBytes)]];
  static constexpr int64_t lanes = vectorBytes / static_cast<int64_t>(sizeof(T));
};
template <class T> constexpr int64_t panelWidth = 2 * Vector<T>::lanes;

template <class T, Ring ring, int64_t rows>
[[gnu::always_inline]] inline void tile(const IntegerProduct<T> &p, int64_t row, int64_t panel) {
  using V = typename Vector<T>::type;
  V low[rows] = {}, high[rows] = {};
  const T *b = p.panels + panel * p.k * panelWidth<T>;
  const T *a = p.a + row * p.aRow;
  for (int64_t i = 0; i < p.k; ++i, b += panelWidth<T>, a += p.aColumn) {
    V left, right;
    std::memcpy(&left, b, sizeof(V));
    std::memcpy(&right, b + Vector<T>::lanes, sizeof(V));
    for (int64_t r = 0; r < rows; ++r) {
      T factor = a[r * p.aRow];
      if constexpr (ring == Ring::boolean) {
        T mask = factor ? static_cast<T>(-1) : T(0);
        low[r] |= left & mask;
        high[r] |= right & mask;
      } else {
        low[r] += left * factor;
        high[r] += right * factor;
      }
    }
  }
  int64_t column = panel * panelWidth<T>;
  size_t bytes = static_cast<size_t>(std::min(panelWidth<T>, p.n - column)) * sizeof(T);
  for (int64_t r = 0; r < rows; ++r) {
    T sums[panelWidth<T>];
    std::memcpy(sums, &low[r], sizeof(V));
    std::memcpy(sums + Vector<T>::lanes, &high[r], sizeof(V));
    std::memcpy(p.c + (row + r) * p.n + column, sums, bytes);
  }
}

template <class T, Ring ring>
[[gnu::always_inline]] inline void tiles(const IntegerProduct<T> &p, int64_t begin, int64_t end) {
  int64_t panels = ceilDiv(p.n, panelWidth<T>);
  for (int64_t panel = 0; panel < panels; ++panel) {
    int64_t row = begin;
    for (; row + tileRows <= end; row += tileRows)
      tile<T, ring, tileRows>(p, row, panel);
    for (; row < end; ++row)
      tile<T, ring, 1>(p, row, panel);
  }
}

template <class T, Ring ring>
void baselineTiles(const IntegerProduct<T> &p, int64_t begin, int64_t end) {
  tiles<T, ring>(p, begin, end);
}

#if defined(__x86_64__)
template <class T, Ring ring>
[[gnu::target("avx2")]] void avx2Tiles(const IntegerProduct<T> &p, int64_t begin, int64_t end) {
  tiles<T, ring>(p, begin, end);
}
#endif

template <class T, Ring ring> void multiplyIn(const IntegerProduct<T> &p) {
  auto body = baselineTiles<T, ring>;
#if defined(__x86_64__)
  static const bool avx2 = __builtin_cpu_supports("avx2");
  if (avx2)
    body = avx2Tiles<T, ring>;
#endif
  auto grain =
      static_cast<int64_t>(worthSharing / 4 / static_cast<double>(p.n) / static_cast<double>(p.k));
  grain = std::max<int64_t>(1, ceilDiv(grain + 1, 16)) * 16;
  parallelFor(p.m, grain, [&](int64_t begin, int64_t end) { body(p, begin, end); });
}

} // namespace

template <class T> int64_t panelElements(int64_t k, int64_t n) {
  return k * ceilDiv(n, panelWidth<T>) * panelWidth<T>;
}

template <class T>
void packPanels(Ring ring, const T *b, int64_t row, int64_t column, int64_t k, int64_t n,
                T *panels) noexcept {
  constexpr int64_t width = panelWidth<T>;
  parallelFor(ceilDiv(n, width), std::max<int64_t>(1, 4096 / k), [&](int64_t begin, int64_t end) {
    for (int64_t panel = begin; panel < end; ++panel) {
      int64_t first = panel * width, columns = std::min(width, n - first);
      T *to = panels + first * k;
      for (int64_t i = 0; i < k; ++i, to += width) {
        const T *from = b + i * row + first * column;
        for (int64_t j = 0; j < columns; ++j)
          to[j] = ring == Ring::boolean ? static_cast<T>(from[j * column] != 0) : from[j * column];
        std::fill(to + columns, to + width, T(0));
      }
    }
  });
}

template <class T> void multiply(Ring ring, const IntegerProduct<T> &p) noexcept {
  if constexpr (sizeof(T) == 1)
    if (ring == Ring::boolean)
      return multiplyIn<T, Ring::boolean>(p);
  multiplyIn<T, Ring::wrapping>(p);
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template int64_t panelElements<T>(int64_t, int64_t);                                             \
  template void packPanels(Ring, const T *, int64_t, int64_t, int64_t, int64_t, T *) noexcept;     \
  template void multiply(Ring, const IntegerProduct<T> &) noexcept;
NDRT_INSTANTIATE(uint8_t)
NDRT_INSTANTIATE(uint16_t)
NDRT_INSTANTIATE(uint32_t)
NDRT_INSTANTIATE(uint64_t)
#undef NDRT_INSTANTIATE

} // namespace ndrt
