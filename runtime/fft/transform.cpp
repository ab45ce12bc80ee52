// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Plans at work.
#include "fft/plan.h"
#include "fft/room.h"
#include "linalg/parallel.h"

#include <algorithm>
#include <cstring>

namespace ndrt::fft {
namespace {

/// x[row] *= factor[row] (its conjugate with \p conjugated) on all lanes; then the conjugate of it,
/// too, where \p reflected.
template <class T>
void multiplyRows(T *x, const T *factor, int64_t rows, int width, bool reflected) {
  for (int64_t row = 0; row < rows; ++row, x += 2 * width) {
    const T wr = factor[2 * row], wi = factor[2 * row + 1];
    for (int l = 0; l < width; ++l) {
      const T r = x[l] * wr - x[width + l] * wi, i = x[l] * wi + x[width + l] * wr;
      x[l] = r;
      x[width + l] = reflected ? -i : i;
    }
  }
}

} // namespace

template <class T>
T *LanePlan<T>::run(T *a, T *b, int width, const Kernels<T> &kernel, int64_t beside) const {
  if (!inner) {
    for (const Step &step : steps) {
      kernel.pass(step.radix, width, a, b, step.m, beside * step.s, step.twiddles, step.roots);
      std::swap(a, b);
    }
    return a;
  }
  // The inverse transform of z is the conjugate of the transform of z's conjugate.
  multiplyRows(a, chirp.data(), n, width, false);
  std::memset(a + n * 2 * width, 0, size_t((rows - n) * 2 * width) * sizeof(T));
  T *middle = inner->run(a, b, width, kernel);
  multiplyRows(middle, spectrum.data(), rows, width, true);
  T *out = inner->run(middle, middle == a ? b : a, width, kernel);
  for (int64_t row = 0; row < n; ++row) {
    T *x = out + row * 2 * width;
    const T wr = chirp[size_t(2 * row)], wi = chirp[size_t(2 * row + 1)];
    for (int l = 0; l < width; ++l) {
      const T r = x[l] * wr + x[width + l] * wi, i = x[l] * wi - x[width + l] * wr;
      x[l] = r;
      x[width + l] = i;
    }
  }
  return out;
}

template <class T> T *OddPlan<T>::forward(T *a, T *b, const Kernels<T> &kernel) const {
  kernel.fold(radix, a, b, m, twiddles.data(), roots.data());
  const T *made = rest->run(b, a, narrow, kernel, beside);
  T *out = made == a ? b : a;
  // Row q + beside k has element radix k + q.
  constexpr int64_t row = 2 * narrow;
  for (int64_t i = 0, k = 0, q = 0; i <= n / 2; ++i) {
    const bool own = q < beside;
    const T *x = made + row * (own ? q + beside * k : radix - q + beside * ((n - i) / radix));
    T *y = out + row * i;
    for (int l = 0; l < narrow; ++l) {
      y[l] = x[l];
      y[narrow + l] = own ? x[narrow + l] : -x[narrow + l];
    }
    if (++q == radix) {
      q = 0;
      ++k;
    }
  }
  return out;
}

template <class T> T *OddPlan<T>::back(T *a, T *b, const Kernels<T> &kernel) const {
  constexpr int64_t row = 2 * narrow;
  T *y = b;
  for (int64_t k = 0; k < m; ++k)
    for (int64_t q = 0; q < beside; ++q, y += row) {
      const int64_t i = radix * k + q;
      const bool own = i <= n / 2;
      const T *x = a + row * (own ? i : n - i);
      for (int l = 0; l < narrow; ++l) { // parts swapped for the inverse
        y[narrow + l] = x[l];
        y[l] = own ? x[narrow + l] : -x[narrow + l];
      }
    }
  T *made = rest->run(b, a, narrow, kernel, beside), *out = made == a ? b : a;
  kernel.unfold(radix, made, out, m, twiddles.data(), roots.data());
  return out;
}

template <class T> bool SinglePlan<T>::run(const Line<T> &from, const LineTarget<T> &to) const {
  if (radix == 16)
    return runSixteen(from, 0, to, 0, 1), true;
  if (inner)
    return runConvolution(from, to);
  if (!cosines.empty())
    return runDirectly(from, to), true;
  return down ? runGrid(from, to) : runLanes(from, to);
}

template <class T>
bool SinglePlan<T>::run(const Line<T> &from, int64_t fromStep, const LineTarget<T> &to,
                        int64_t toStep, int64_t lines) const {
  if (radix == 16)
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
  // Vectors no longer than there are rows: the step across takes as many at a time.
  const int together = m < 4 ? 2 : m < 8 ? 4 : 8;
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
  for (int64_t k = 0; k < count; ++k) {
    const T *x = from.data + k * from.step;
    T re = x[0], im = from.imag ? x[from.imag] : T(0);
    if (from.swapped)
      std::swap(re, im);
    const T wr = chirp[size_t(2 * k)], wi = chirp[size_t(2 * k + 1)];
    y[2 * k] = re * wr - im * wi;
    y[2 * k + 1] = re * wi + im * wr;
  }
  if (!inner->run({y, 2, 1, count, false}, {z, 2, false, T(1)}))
    return false;
  for (int64_t k = 0; k < size; ++k) {
    const T re = z[2 * k], im = z[2 * k + 1];
    const T wr = spectrum[size_t(2 * k)], wi = spectrum[size_t(2 * k + 1)];
    z[2 * k] = re * wr - im * wi;
    z[2 * k + 1] = -(re * wi + im * wr);
  }
  if (!inner->run({z, 2, 1, size, false}, {y, 2, false, T(1)}))
    return false;
  for (int64_t k = 0; k < n; ++k) {
    const T re = y[2 * k], im = y[2 * k + 1];
    const T wr = chirp[size_t(2 * k)], wi = chirp[size_t(2 * k + 1)];
    const T r = (re * wr + im * wi) * to.scale, i = (re * wi - im * wr) * to.scale;
    T *x = to.data + k * to.step;
    x[0] = to.swapped ? i : r;
    x[1] = to.swapped ? r : i;
  }
  return true;
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template T *LanePlan<T>::run(T *, T *, int, const Kernels<T> &, int64_t) const;                  \
  template T *OddPlan<T>::forward(T *, T *, const Kernels<T> &) const;                             \
  template T *OddPlan<T>::back(T *, T *, const Kernels<T> &) const;                                \
  template bool SinglePlan<T>::run(const Line<T> &, const LineTarget<T> &) const;                  \
  template bool SinglePlan<T>::run(const Line<T> &, int64_t, const LineTarget<T> &, int64_t,       \
                                   int64_t) const;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
#undef NDRT_INSTANTIATE

} // namespace ndrt::fft
