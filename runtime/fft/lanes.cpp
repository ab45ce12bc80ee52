// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Plans of lanes at work.
#include "fft/plan.h"

#include <cstring>
#include <utility>

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

#define NDRT_INSTANTIATE(T)                                                                        \
  template T *LanePlan<T>::run(T *, T *, int, const Kernels<T> &, int64_t) const;                  \
  template T *OddPlan<T>::forward(T *, T *, const Kernels<T> &) const;                             \
  template T *OddPlan<T>::back(T *, T *, const Kernels<T> &) const;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
#undef NDRT_INSTANTIATE

} // namespace ndrt::fft
