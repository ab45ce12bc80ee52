// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Plans of few elements.
#include "fft/plan.h"
#include "fft/roots.h"

#include <cmath>
#include <cstring>

namespace ndrt::fft {
namespace {

/// Operations of a step of each radix with its twiddles, loads and stores, about.
constexpr int costs[largestPairRadix + 1] = {0,   0,   12,  22,  28,  46,  56,  86, 76,
                                             104, 112, 190, 112, 250, 190, 168, 172};

/// The two steps of n elements that cost least, or the one; none: down is 0.
void split(int64_t n, int &down, int &across) {
  down = across = 0;
  if (n == 1 || n > longestShort)
    return;
  if (n <= largestPairRadix) {
    down = int(n);
    across = 1;
    return;
  }
  int64_t least = INT64_MAX;
  for (int a = 2; a <= largestPairRadix; ++a) {
    const int64_t b = n / a;
    if (n % a || b > largestPairRadix)
      continue;
    const int64_t cost = (b + 1) / 2 * costs[a] + (a + 1) / 2 * costs[b];
    if (cost < least) {
      least = cost;
      down = a;
      across = int(b);
    }
  }
}

template <class T> ShortSteps<T> stepsOf(int64_t n, std::vector<T> &table) {
  ShortSteps<T> steps = {};
  split(n, steps.down, steps.across);
  if (steps.across <= 1)
    return steps;
  const size_t size = size_t(2 * (steps.down - 1) * steps.across);
  table.resize(3 * size);
  steps.cosines = table.data();
  T *sines[2] = {table.data() + size, table.data() + 2 * size}, *next = table.data();
  steps.sines[0] = sines[0];
  steps.sines[1] = sines[1];
  Roots roots(n);
  for (int j = 1; j < steps.down; ++j)
    for (int b = 0; b < steps.across; ++b) {
      T w[2];
      roots.put(j * b, w);
      *next++ = w[0];
      *next++ = w[0];
      for (int inverse : {0, 1}) {
        *sines[inverse]++ = inverse ? w[1] : -w[1];
        *sines[inverse]++ = inverse ? -w[1] : w[1];
      }
    }
  return steps;
}

} // namespace

template <class T> ShortPlan<T>::ShortPlan(int64_t n) : n_(int(n)) {
  const double size = double(n);
  scales[0] = 1;
  scales[1] = T(1 / size);
  scales[2] = T(1 / std::sqrt(size));
  whole = stepsOf<T>(n, twiddles);
  if (n % 2)
    return;
  if (n == 2)
    half.down = half.across = 1;
  else
    half = stepsOf<T>(n / 2, halfTwiddles);
  roots.resize(size_t(n + 2));
  Roots all(n);
  for (int64_t k = 0; k <= n / 2; ++k)
    all.put(k, roots.data() + 2 * k);
}

template <class T> void ShortPlan<T>::real(const T *from, T *to, T scale) const {
  const PairKernels<T> &kernel = pairKernels<T>();
  if (isOneStep(n_))
    return kernel.real[n_](from, roots.data(), to, scale);
  alignas(64) T z[2 * longestShort];
  if (n_ % 2) {
    kernel.transform(whole, from, false, z, false, scale);
    z[1] = 0;
    std::memcpy(to, z, size_t(n_ + 1) * sizeof(T));
    return;
  }
  kernel.transform(half, from, true, z, false, T(1));
  kernel.split(z, n_ / 2, roots.data(), to, scale);
}

template <class T> void ShortPlan<T>::toReal(const T *from, T *to, T scale) const {
  const PairKernels<T> &kernel = pairKernels<T>();
  if (isOneStep(n_))
    return kernel.toReal[n_](from, roots.data(), to, scale);
  alignas(64) T z[2 * longestShort];
  if (n_ % 2 == 0) {
    kernel.join(from, n_ / 2, roots.data(), z);
    return kernel.transform(half, z, true, to, true, scale);
  }
  z[0] = from[0];
  z[1] = 0;
  for (int k = 1; k <= n_ / 2; ++k) {
    z[2 * k] = z[2 * (n_ - k)] = from[2 * k];
    z[2 * k + 1] = from[2 * k + 1];
    z[2 * (n_ - k) + 1] = -from[2 * k + 1];
  }
  kernel.transform(whole, z, true, z, true, scale);
  for (int i = 0; i < n_; ++i)
    to[i] = z[2 * i];
}

template struct ShortPlan<float>;
template struct ShortPlan<double>;

} // namespace ndrt::fft
