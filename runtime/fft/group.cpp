// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Eight lines side by side, or what is left of them.
#include "fft/axis.h"
#include "fft/halves.h"
#include "fft/room.h"

#include <algorithm>

namespace ndrt::fft {

template <class T> bool AxisTransform<T>::group(int64_t other, int64_t first) const {
  const int used = int(std::min<int64_t>(narrow, laneCount_ - first));
  const int64_t rows = std::max(lanes_ ? lanes_->rows : 0, length_ + 1);
  const int64_t size = (rows + narrow) * 2 * narrow;
  Room<T> room(2 * size);
  if (!room)
    return false;
  T *a = room.get(), *b = a + size;
  const int64_t laneStep = job_.x.stride[laneAxis_] * parts_;
  const int64_t outLane = job_.out.stride[laneAxis_] * outParts_;
  const T *from = in(other, first);
  T *out = to(other, first);
  const Kernels<T> &kernel = kernels<T>();
  Lines<T> lines{from, step_, laneStep,    complexIn_, count_, used == narrow ? count_ : 0,
                 used, 0,     job_.inverse};
  Target<T> target{out, outStep_, outLane, 1, used, job_.inverse, scale_};
  switch (job_.kind) {
  case Kind::complex:
    kernel.load(lines, a, length_, narrow);
    kernel.store(lanes_->run(a, b, narrow, kernel), length_, narrow, target);
    break;
  case Kind::real:
    if (even_) {
      loadPairs(lines, a);
      T *z = lanes_->run(a, b, narrow, kernel);
      splitRows(z, z == a ? b : a);
      kernel.store(z == a ? b : a, length_ + 1, narrow, target);
    } else {
      kernel.load(lines, a, length_, narrow);
      T *z = odd_ ? odd_->forward(a, b, kernel) : lanes_->run(a, b, narrow, kernel);
      std::fill_n(z + narrow, narrow, T(0));
      kernel.store(z, length_ / 2 + 1, narrow, target);
    }
    break;
  case Kind::toReal:
    lines.swapped = false;
    target.swapped = true;
    if (even_) {
      kernel.load(lines, b, length_ + 1, narrow);
      joinRows(b, a);
      T *z = lanes_->run(a, b, narrow, kernel);
      target.rowStep = 2 * outStep_;
      target.imag = outStep_;
      kernel.store(z, length_, narrow, target);
    } else if (odd_) {
      kernel.load(lines, a, length_ / 2 + 1, narrow);
      std::fill_n(a + narrow, narrow, T(0));
      target.swapped = false;
      target.imag = 0;
      kernel.store(odd_->back(a, b, kernel), length_, narrow, target);
    } else {
      kernel.load(lines, b, length_ / 2 + 1, narrow);
      reflectRows(b, a);
      target.imag = 0;
      kernel.store(lanes_->run(a, b, narrow, kernel), length_, narrow, target);
    }
  }
  return true;
}

template <class T> void AxisTransform<T>::loadPairs(Lines<T> lines, T *a) const {
  lines.rowStep = 2 * step_;
  lines.imag = step_;
  lines.rows = count_ / 2;
  lines.whole = lines.lanes == narrow ? lines.rows : 0;
  kernels<T>().load(lines, a, length_, narrow);
  if (count_ % 2) // the last of an odd count has no partner
    for (int l = 0; l < lines.lanes; ++l)
      a[lines.rows * 2 * narrow + l] = lines.data[(count_ - 1) * step_ + l * lines.laneStep];
}

template <class T> void AxisTransform<T>::splitRows(const T *z, T *x) const {
  const int64_t h = length_;
  const Halves<T> halves{half_->table.data(), h};
  constexpr int64_t row = 2 * narrow;
  for (int l = 0; l < narrow; ++l) {
    x[l] = z[l] + z[narrow + l];
    x[h * row + l] = z[l] - z[narrow + l];
    x[narrow + l] = x[h * row + narrow + l] = 0;
  }
  for (int64_t k = 1; k <= h / 2; ++k) {
    const T *p = z + k * row, *q = z + (h - k) * row;
    T *low = x + k * row, *high = x + (h - k) * row;
    for (int l = 0; l < narrow; ++l) {
      T a[2], b[2];
      halves.split(k, p[l], p[narrow + l], q[l], q[narrow + l], a, b);
      high[l] = b[0];
      high[narrow + l] = b[1];
      low[l] = a[0];
      low[narrow + l] = a[1];
    }
  }
}

/// Z, its parts swapped for the inverse.
template <class T> void AxisTransform<T>::joinRows(T *x, T *z) const {
  const int64_t h = length_;
  const Halves<T> halves{half_->table.data(), h};
  constexpr int64_t row = 2 * narrow;
  for (int l = 0; l < narrow; ++l) {
    z[narrow + l] = x[l] + x[h * row + l];
    z[l] = x[l] - x[h * row + l];
  }
  for (int64_t k = 1; k <= h / 2; ++k) {
    const T *p = x + k * row, *q = x + (h - k) * row;
    T *low = z + k * row, *high = z + (h - k) * row;
    for (int l = 0; l < narrow; ++l) {
      T a[2], b[2];
      halves.join(k, p[l], p[narrow + l], q[l], q[narrow + l], a, b);
      high[narrow + l] = b[0];
      high[l] = b[1];
      low[narrow + l] = a[0];
      low[l] = a[1];
    }
  }
}

template <class T> void AxisTransform<T>::reflectRows(const T *x, T *z) const {
  const int64_t n = length_;
  constexpr int64_t row = 2 * narrow;
  for (int64_t k = 0; k <= n / 2; ++k)
    for (int l = 0; l < narrow; ++l) {
      const T re = x[k * row + l], im = k ? x[k * row + narrow + l] : T(0);
      z[k * row + narrow + l] = re;
      z[k * row + l] = im;
      if (k) {
        z[(n - k) * row + narrow + l] = re;
        z[(n - k) * row + l] = -im;
      }
    }
}

#define NDRT_INSTANTIATE(T) template bool AxisTransform<T>::group(int64_t, int64_t) const;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
#undef NDRT_INSTANTIATE

} // namespace ndrt::fft
