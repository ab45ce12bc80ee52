// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every block of the result is one BLAS call whose operands and sizes follow from the shape, so the
// bits of the result do not depend on how many threads share the blocks. Our row-major c = a b is
// BLAS's column-major c' = b' a'.
#include "linalg/gemm.h"

#include "linalg/blas.h"
#include "linalg/element.h"
#include "linalg/parallel.h"

#include <algorithm>
#include <atomic>
#include <new>

namespace ndrt {
namespace {

/// Blocks of the result. BLAS packs both operands per block: large blocks pack less, small ones
/// feed more threads.
struct Blocks {
  int64_t rows, columns;

  Blocks(int64_t m, int64_t n, int64_t k) : rows(m), columns(n) {
    double work = static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k);
    if (work <= worthSharing)
      return;
    // Long rows of blocks suit OpenBLAS best; narrow results get tall blocks instead.
    columns = even(n, 1024);
    int64_t tall = std::clamp<int64_t>((256 << 10) / columns, 256, 1024);
    auto count = [&] { return ceilDiv(m, rows = even(m, tall)) * ceilDiv(n, columns); };
    if (count() < 16)
      tall /= 2;
    while (count() < 4 && tall > 128)
      tall /= 2;
    // A block must be worth a task, and no small product to BLAS unless the whole is one: those it
    // adds up in another order.
    auto small = [&] {
      return static_cast<double>(rows) * static_cast<double>(columns) * static_cast<double>(k) <
             1.25e6;
    };
    while (rows < m && small())
      rows = even(m, std::min(m, rows * 2));
    while (columns < n && small())
      columns = even(n, std::min(n, columns * 2));
  }

  /// About \p target, in multiples of 16, so that the last block is not a sliver.
  static int64_t even(int64_t extent, int64_t target) {
    int64_t parts = ceilDiv(extent, target);
    return ceilDiv(ceilDiv(extent, parts), 16) * 16;
  }
};

template <class T>
void gemmBlock(int64_t m, int64_t n, int64_t k, T alpha, const Readable<T> &a, int64_t row,
               const Readable<T> &b, int64_t column, T beta, T *c, int64_t ldc) {
  constexpr int64_t longest = int64_t{1} << 30; // BLAS counts in 32 bits
  for (int64_t k0 = 0; k0 < k; k0 += longest) {
    blas::gemm(b.transposed ? 'T' : 'N',
               a.conjugated   ? 'C'
               : a.transposed ? 'T'
                              : 'N',
               static_cast<int>(n), static_cast<int>(m),
               static_cast<int>(std::min(longest, k - k0)), alpha, b.at(k0, column),
               static_cast<int>(b.ld), a.at(row, k0), static_cast<int>(a.ld), beta,
               c + row * ldc + column, static_cast<int>(ldc));
    beta = 1;
  }
}

/// A small result of long sums: the sums are cut, and the parts added up in order.
template <class T>
bool gemmLong(int64_t m, int64_t n, int64_t k, T alpha, const Readable<T> &a, const Readable<T> &b,
              T beta, T *c, int64_t ldc) {
  constexpr int64_t most = 64 * 64;
  int64_t part = std::max<int64_t>(2048, ceilDiv(k, 64));
  if (m > 64 || n > 64 || m * n > most || k < 2 * part ||
      static_cast<double>(m * n) * static_cast<double>(k) <= worthSharing)
    return false;
  int64_t parts = ceilDiv(k, part);
  Scratch<T> sums(parts * m * n);
  if (!sums)
    return false;
  parallelFor(parts, 1, [&](int64_t begin, int64_t end) {
    for (int64_t p = begin; p < end; ++p) {
      int64_t k0 = p * part;
      Readable<T> left = a, right = b;
      left.data = a.at(0, k0);
      right.data = b.at(k0, 0);
      gemmBlock<T>(m, n, std::min(part, k - k0), alpha, left, 0, right, 0, 0,
                   sums.get() + p * m * n, n);
    }
  });
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j) {
      T sum = sums.get()[i * n + j];
      for (int64_t p = 1; p < parts; ++p)
        sum += sums.get()[(p * m + i) * n + j];
      c[i * ldc + j] = beta == T(0) ? sum : sum + beta * c[i * ldc + j];
    }
  return true;
}

/// Counts the blocks of each band of rows that are not finished yet.
class Unfinished {
public:
  Unfinished(int64_t bands, uint32_t blocks) : counts_(bands), bands_(bands) {
    for (int64_t band = 0; band < bands && counts_; ++band)
      new (counts_.get() + band) std::atomic<uint32_t>(blocks);
  }

  /// Whether there was no memory to count in: then no band ever ends.
  bool failed() const { return bands_ > 0 && !counts_; }

  /// One more block is finished; true of the last in the band. With one block a band it counts
  /// nothing.
  bool finish(int64_t band) {
    return bands_ == 0 ||
           (counts_ && counts_.get()[band].fetch_sub(1, std::memory_order_acq_rel) == 1);
  }

private:
  Scratch<std::atomic<uint32_t>> counts_;
  int64_t bands_;
};

} // namespace

template <class T>
void gemm(int64_t m, int64_t n, int64_t k, T alpha, const Readable<T> &a, const Readable<T> &b,
          T beta, T *c, int64_t ldc, const RowTask &after) noexcept {
  blas::keepSerial();
  if (gemmLong(m, n, k, alpha, a, b, beta, c, ldc))
    return after.all(m, n);
  Blocks blocks(m, n, k);
  int64_t across = ceilDiv(n, blocks.columns), down = ceilDiv(m, blocks.rows);
  Unfinished unfinished(after && across > 1 ? down : 0, static_cast<uint32_t>(across));
  parallelFor(across * down, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      int64_t row = i / across * blocks.rows, column = i % across * blocks.columns;
      int64_t rows = std::min(blocks.rows, m - row);
      gemmBlock(rows, std::min(blocks.columns, n - column), k, alpha, a, row, b, column, beta, c,
                ldc);
      if (after && unfinished.finish(i / across))
        after(row, row + rows);
    }
  });
  if (after && unfinished.failed())
    after.all(m, n);
}

template <class T>
void gram(int64_t n, int64_t k, const Readable<T> &x, bool hermitian, T *c, int64_t ldc) noexcept {
  blas::keepSerial();
  Readable<T> turned{x.data, x.ld, !x.transposed, hermitian};
  int64_t side = n;
  if (static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(k) > worthSharing)
    side = Blocks::even(n, n >= 1024 ? 256 : 192);
  int64_t across = ceilDiv(n, side);
  // Blocks on and above the diagonal; each is mirrored by whoever made it.
  parallelFor(across * across, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      int64_t row = i / across * side, column = i % across * side;
      if (row > column)
        continue;
      int64_t rows = std::min(side, n - row), columns = std::min(side, n - column);
      if (row != column)
        gemmBlock<T>(rows, columns, k, 1, turned, row, x, column, 0, c, ldc);
      else if (hermitian) // 'L' of column-major is the upper triangle of row-major
        blas::herk('L', 'N', static_cast<int>(rows), static_cast<int>(k), Real<T>(1),
                   x.at(0, column), static_cast<int>(x.ld), Real<T>(0), c + row * ldc + column,
                   static_cast<int>(ldc));
      else
        blas::syrk('L', x.transposed ? 'T' : 'N', static_cast<int>(rows), static_cast<int>(k), T(1),
                   x.at(0, column), static_cast<int>(x.ld), T(0), c + row * ldc + column,
                   static_cast<int>(ldc));
      for (int64_t r = row; r < row + rows; ++r)
        for (int64_t s = std::max(column, r + 1); s < column + columns; ++s)
          c[s * ldc + r] = hermitian ? conjugate(c[r * ldc + s]) : c[r * ldc + s];
    }
  });
}

template <class T>
void gemv(int64_t m, int64_t k, const Readable<T> &a, const T *x, int64_t incx, T *y) noexcept {
  blas::keepSerial();
  constexpr int64_t longest = int64_t{1} << 30;
  // Memory sets the pace: pieces of the matrix of 512 KiB or more, and runs of a few KiB where it
  // is column-major.
  constexpr int64_t elements = (int64_t{512} << 10) / static_cast<int64_t>(sizeof(T));
  int64_t rows = std::min(
      longest, std::max<int64_t>(a.transposed ? 1024 : 64, ceilDiv(elements / k + 1, 16) * 16));
  parallelFor(ceilDiv(m, rows), 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      int64_t row = i * rows, count = std::min(rows, m - row);
      std::fill_n(y + row, count, T(0)); // with beta = 0 some BLAS multiply what was there
      for (int64_t k0 = 0; k0 < k; k0 += longest) {
        int64_t terms = std::min(longest, k - k0);
        int down = static_cast<int>(a.transposed ? count : terms);
        int across = static_cast<int>(a.transposed ? terms : count);
        blas::gemv(a.transposed ? 'N' : 'T', down, across, T(1), a.at(row, k0),
                   static_cast<int>(a.ld), x + k0 * incx, static_cast<int>(incx), T(1), y + row, 1);
      }
    }
  });
}

template <class T> T dot(int64_t n, const T *x, int64_t incx, const T *y, int64_t incy) noexcept {
  blas::keepSerial();
  constexpr int64_t part = 65536;
  if (n <= part)
    return blas::dot(static_cast<int>(n), x, static_cast<int>(incx), y, static_cast<int>(incy));
  constexpr int64_t batch = 256; // parts whose sums wait on the stack
  T total = 0;
  for (int64_t first = 0; first < n; first += part * batch) {
    T sums[batch];
    int64_t parts = std::min(batch, ceilDiv(n - first, part));
    parallelFor(parts, 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        int64_t at = first + i * part;
        sums[i] = blas::dot(static_cast<int>(std::min(part, n - at)), x + at * incx,
                            static_cast<int>(incx), y + at * incy, static_cast<int>(incy));
      }
    });
    for (int64_t i = 0; i < parts; ++i)
      total += sums[i];
  }
  return total;
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template void gemm(int64_t, int64_t, int64_t, T, const Readable<T> &, const Readable<T> &, T,    \
                     T *, int64_t, const RowTask &) noexcept;                                      \
  template void gram(int64_t, int64_t, const Readable<T> &, bool, T *, int64_t) noexcept;          \
  template void gemv(int64_t, int64_t, const Readable<T> &, const T *, int64_t, T *) noexcept;     \
  template T dot(int64_t, const T *, int64_t, const T *, int64_t) noexcept;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
NDRT_INSTANTIATE(std::complex<float>)
NDRT_INSTANTIATE(std::complex<double>)
#undef NDRT_INSTANTIATE

} // namespace ndrt
