// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Plans of one line at work.
#include "fft/plan.h"
#include "fft/room.h"
#include "linalg/parallel.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace ndrt::fft {
template <class T> bool SinglePlan<T>::run(const Line<T> &from, const LineTarget<T> &to) const {
  if (few)
    return runFew(from, to), true;
  if (inner)
    return runConvolution(from, to);
  if (!cosines.empty())
    return runDirectly(from, to), true;
  return down ? runGrid(from, to) : runLanes(from, to);
}

template <class T>
bool SinglePlan<T>::run(const Line<T> &from, int64_t fromStep, const LineTarget<T> &to,
                        int64_t toStep, int64_t lines) const {
  if (n == 16)
    return runSixteen(from, fromStep, to, toStep, lines), true;
  bool memory = true;
  for (int64_t line = 0; line < lines; ++line) {
    Line<T> x = from;
    LineTarget<T> y = to;
    x.data += line * fromStep;
    y.data += line * toStep;
    memory &= run(x, y);
  }
  return memory;
}

template <class T> void SinglePlan<T>::runFew(const Line<T> &from, const LineTarget<T> &to) const {
  // Parts that are exchanged on both sides make an inverse transform.
  const bool inverse = from.swapped && to.swapped, exchanged = from.swapped != to.swapped;
  const bool packed = from.imag ? from.imag == 1 && from.step == 2 : from.step == 1;
  const bool direct = !exchanged && packed && to.step == 2;
  if (direct && from.count >= n) {
    few->complex(from.data, from.imag, to.data, inverse, to.scale);
    return;
  }
  alignas(64) T x[2 * longestShort];
  const int64_t count = std::min(from.count, n);
  if (direct) { // zeros behind it
    const int64_t parts = from.imag ? 2 : 1;
    std::copy_n(from.data, parts * count, x);
    std::fill(x + parts * count, x + parts * n, T(0));
    few->complex(x, from.imag, to.data, inverse, to.scale);
    return;
  }
  const bool swapIn = exchanged && from.swapped, swapOut = exchanged && to.swapped;
  for (int64_t t = 0; t < count; ++t) {
    const T *part = from.data + t * from.step;
    x[2 * t + swapIn] = part[0];
    x[2 * t + !swapIn] = from.imag ? part[from.imag] : T(0);
  }
  std::fill(x + 2 * count, x + 2 * n, T(0));
  few->complex(x, true, x, inverse, to.scale);
  for (int64_t k = 0; k < n; ++k) {
    T *part = to.data + k * to.step;
    part[0] = x[2 * k + swapOut];
    part[1] = x[2 * k + !swapOut];
  }
}

template <class T>
void SinglePlan<T>::runSixteen(const Line<T> &from, int64_t fromStep, const LineTarget<T> &to,
                               int64_t toStep, int64_t lines) const {
  const Kernels<T> &kernel = kernels<T>();
  const bool packed = from.step == 2 && from.imag == 1 && from.count >= n;
  if (packed && to.step == 2 && from.swapped == to.swapped) {
    kernel.sixteen(from.data, fromStep, to.data, toStep, lines, twiddles.data(), from.swapped,
                   to.scale);
    return;
  }
  alignas(64) T x[32], y[32];
  const int64_t count = std::min(from.count, n);
  for (int64_t line = 0; line < lines; ++line) {
    for (int64_t t = 0; t < n; ++t) {
      const T *part = from.data + line * fromStep + t * from.step;
      const T re = t < count ? part[0] : T(0);
      const T im = t < count && from.imag ? part[from.imag] : T(0);
      x[2 * t] = from.swapped ? im : re;
      x[2 * t + 1] = from.swapped ? re : im;
    }
    kernel.sixteen(x, 0, y, 0, 1, twiddles.data(), false, to.scale);
    for (int64_t k = 0; k < n; ++k) {
      T *part = to.data + line * toStep + k * to.step;
      part[0] = y[2 * k + to.swapped];
      part[1] = y[2 * k + !to.swapped];
    }
  }
}

template <class T>
void SinglePlan<T>::runDirectly(const Line<T> &from, const LineTarget<T> &to) const {
  // An odd n by its symmetry: of x[t] and x[n - t] the sums meet cosines, the differences sines.
  constexpr int most = int(largestRadix) / 2, padded = (most + narrow - 1) / narrow * narrow;
  const int half = int(n / 2), parts = from.imag ? 2 : 1;
  const int columns = (half + narrow - 1) / narrow * narrow;
  alignas(64) T sums[2 * most], differences[2 * most], even[2 * padded], odd[2 * padded];
  const T zero[2] = {0, 0};
  auto part = [&](int64_t t, int p) {
    return t < from.count ? from.data[t * from.step + p * from.imag] : T(0);
  };
  T first[2] = {part(0, 0), part(0, parts - 1)}, total[2] = {first[0], first[1]};
  for (int t = 0; t < half; ++t)
    for (int p = 0; p < parts; ++p) {
      const T a = part(t + 1, p), b = part(n - 1 - t, p);
      sums[parts * t + p] = a + b;
      differences[parts * t + p] = a - b;
      total[p] += a + b;
    }
  const Kernels<T> &kernel = kernels<T>();
  kernel.dense(cosines.data(), half, columns, parts, sums, first, even);
  kernel.dense(sines.data(), half, columns, parts, differences, zero, odd);
  if (parts == 1) {
    total[1] = 0;
    std::memset(even + columns, 0, size_t(columns) * sizeof(T));
    std::memset(odd + columns, 0, size_t(columns) * sizeof(T));
  }
  auto put = [&](int64_t k, T re, T im) {
    T *x = to.data + k * to.step;
    x[0] = (to.swapped ? im : re) * to.scale;
    x[1] = (to.swapped ? re : im) * to.scale;
  };
  // Parts exchanged on the way in change the sign of the sines' share alone.
  if (from.swapped) {
    put(0, total[1], total[0]);
    for (int j = 0; j < half; ++j) {
      const T er = even[columns + j], ei = even[j], qr = odd[columns + j], qi = odd[j];
      put(j + 1, er + qi, ei - qr);
      put(n - 1 - j, er - qi, ei + qr);
    }
    return;
  }
  put(0, total[0], total[1]);
  for (int j = 0; j < half; ++j) {
    const T er = even[j], ei = even[columns + j], qr = odd[j], qi = odd[columns + j];
    put(j + 1, er + qi, ei - qr);
    put(n - 1 - j, er - qi, ei + qr);
  }
}

template <class T>
bool SinglePlan<T>::runLanes(const Line<T> &from, const LineTarget<T> &to) const {
  // The step across takes as many rows at a time as vectors have elements; shorter ones of doubles
  // where longer ones would be half empty.
  const bool empty = sizeof(T) == 8 && m < 64 && m % 8 && m % 8 <= 4;
  const int together = m < 4 ? 2 : m < 8 || empty ? 4 : 8;
  const Kernels<T> &kernel = kernels<T>(int(together * sizeof(T)));
  const int64_t padded = (m + together - 1) / together * together, size = padded * 2 * width;
  Room<T> room(2 * size);
  if (!room)
    return false;
  T *a = room.get(), *b = a + size;
  const bool packed = from.imag == 1 ? from.step == 2 : from.step == 1 && !from.imag;
  Lines<T> lines{from.data, radix * from.step, from.step, from.imag, m, wholeRows, radix,
                 0,         from.swapped};
  if (from.count < n) {
    lines.rows = from.count / radix;
    lines.tail = int(from.count % radix);
    lines.whole = from.count >= width ? (from.count - width) / radix + 1 : 0;
  }
  if (!packed)
    lines.whole = 0;
  kernel.load(lines, a, m, width);
  T *out = lanes->run(a, b, width, kernel);
  if (padded != m)
    std::memset(out + m * 2 * width, 0, size_t((padded - m) * 2 * width) * sizeof(T));
  kernel.across(radix, out, m, radix > 1 ? twiddles.data() : nullptr, roots.data(),
                {to.data, to.step, m * to.step, 1, radix, to.swapped, to.scale});
  return true;
}

template <class T> bool SinglePlan<T>::runGrid(const Line<T> &from, const LineTarget<T> &to) const {
  Room<T> middle(2 * n);
  if (!middle)
    return false;
  const Kernels<T> &kernel = kernels<T>();
  const int64_t count = std::min(from.count, n);
  bool memory = true;
  // Columns: eight at a time, each a lane.
  const int64_t padded = (columns->rows + narrow - 1) / narrow * narrow * 2 * narrow;
  parallelFor(
      ceilDiv(beside, narrow), std::max<int64_t>(1, 4096 / down), [&](int64_t begin, int64_t end) {
        Room<T> room(2 * padded);
        if (!room) {
          __atomic_store_n(&memory, false, __ATOMIC_RELAXED);
          return;
        }
        for (int64_t group = begin; group < end; ++group) {
          const int64_t first = group * narrow;
          const int used = int(std::min<int64_t>(narrow, beside - first));
          T *a = room.get(), *b = a + padded;
          Lines<T> lines{from.data + first * from.step,
                         beside * from.step,
                         from.step,
                         from.imag,
                         down,
                         0,
                         used,
                         0,
                         from.swapped};
          // Rows whose `used` elements are all there, and the rest of the next one.
          lines.rows = count < first + used ? 0 : (count - first - used) / beside + 1;
          lines.tail = int(std::clamp<int64_t>(count - lines.rows * beside - first, 0, used));
          lines.whole = used == narrow ? lines.rows : 0;
          kernel.load(lines, a, down, narrow);
          T *out = columns->run(a, b, narrow, kernel);
          // exp(-2 pi i first k / n) here, the lane's part in the step across.
          for (int64_t k = 0, at = 0; k < down; ++k) {
            const T *c = coarse.data() + 2 * (at / finePart),
                    *f = fine.data() + 2 * (at % finePart);
            const T wr = c[0] * f[0] - c[1] * f[1], wi = c[0] * f[1] + c[1] * f[0];
            T *x = out + k * 2 * narrow;
            for (int l = 0; l < narrow; ++l) {
              const T r = x[l] * wr - x[narrow + l] * wi, i = x[l] * wi + x[narrow + l] * wr;
              x[l] = r;
              x[narrow + l] = i;
            }
            at += first;
            at -= at >= n ? n : 0;
          }
          kernel.across(0, out, down, twiddles.data(), nullptr,
                        {middle.get() + first * 2 * down, 2, 2 * down, 1, used, false, T(1)});
        }
      });
  // Rows, which are columns of what is there now.
  const int64_t size = (rows->rows + narrow - 1) / narrow * narrow * 2 * narrow;
  parallelFor(ceilDiv(down, narrow), std::max<int64_t>(1, 4096 / beside),
              [&](int64_t begin, int64_t end) {
                Room<T> room(2 * size);
                if (!room) {
                  __atomic_store_n(&memory, false, __ATOMIC_RELAXED);
                  return;
                }
                for (int64_t group = begin; group < end; ++group) {
                  const int64_t first = group * narrow;
                  const int used = int(std::min<int64_t>(narrow, down - first));
                  T *a = room.get(), *b = a + size;
                  kernel.load({middle.get() + 2 * first, 2 * down, 2, 1, beside,
                               used == narrow ? beside : 0, used, 0, false},
                              a, beside, narrow);
                  T *out = rows->run(a, b, narrow, kernel);
                  kernel.store(out, beside, narrow,
                               {to.data + first * to.step, down * to.step, to.step, 1, used,
                                to.swapped, to.scale});
                }
              });
  return memory;
}

template <class T>
bool SinglePlan<T>::runConvolution(const Line<T> &from, const LineTarget<T> &to) const {
  const int64_t size = inner->n, count = std::min(from.count, n);
  Room<T> first(2 * size), second(2 * size);
  if (!first || !second)
    return false;
  T *y = first.get(), *z = second.get();
  constexpr int64_t grain = 16384;
  parallelFor(count, grain, [&](int64_t begin, int64_t end) {
    for (int64_t k = begin; k < end; ++k) {
      const T *x = from.data + k * from.step;
      T re = x[0], im = from.imag ? x[from.imag] : T(0);
      if (from.swapped)
        std::swap(re, im);
      const T wr = chirp[size_t(2 * k)], wi = chirp[size_t(2 * k + 1)];
      y[2 * k] = re * wr - im * wi;
      y[2 * k + 1] = re * wi + im * wr;
    }
  });
  if (!inner->run({y, 2, 1, count, false}, {z, 2, false, T(1)}))
    return false;
  parallelFor(size, grain, [&](int64_t begin, int64_t end) {
    for (int64_t k = begin; k < end; ++k) {
      const T re = z[2 * k], im = z[2 * k + 1];
      const T wr = spectrum[size_t(2 * k)], wi = spectrum[size_t(2 * k + 1)];
      z[2 * k] = re * wr - im * wi;
      z[2 * k + 1] = -(re * wi + im * wr);
    }
  });
  if (!inner->run({z, 2, 1, size, false}, {y, 2, false, T(1)}))
    return false;
  parallelFor(n, grain, [&](int64_t begin, int64_t end) {
    for (int64_t k = begin; k < end; ++k) {
      const T re = y[2 * k], im = y[2 * k + 1];
      const T wr = chirp[size_t(2 * k)], wi = chirp[size_t(2 * k + 1)];
      const T r = (re * wr + im * wi) * to.scale, i = (re * wi - im * wr) * to.scale;
      T *x = to.data + k * to.step;
      x[0] = to.swapped ? i : r;
      x[1] = to.swapped ? r : i;
    }
  });
  return true;
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template bool SinglePlan<T>::run(const Line<T> &, const LineTarget<T> &) const;                  \
  template bool SinglePlan<T>::run(const Line<T> &, int64_t, const LineTarget<T> &, int64_t,       \
                                   int64_t) const;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
#undef NDRT_INSTANTIATE

} // namespace ndrt::fft
