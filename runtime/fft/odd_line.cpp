// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Real lines of odd length at work.
#include "fft/plan.h"

namespace ndrt::fft {

template <class T>
bool OddLinePlan<T>::forward(const T *from, T *to, int64_t step, T scale, T *room) const {
  if (!rest) {
    if (!complex->run({from, 1, 0, n, false}, {room, 2, false, scale}))
      return false;
    room[1] = 0;
    for (int64_t k = 0; k <= n / 2; ++k) {
      to[k * step] = room[2 * k];
      to[k * step + 1] = room[2 * k + 1];
    }
    return true;
  }
  kernels<T>().foldLine(radix, from, room, m, twiddles.data(), roots.data());
  T *next = room + n;
  if (!rest->forward(room, to, radix * step, scale, next))
    return false;
  for (int64_t j = 1; j <= radix / 2; ++j) {
    if (!complex->run({room + (2 * j - 1) * m, 1, m, m, false}, {next, 2, false, scale}))
      return false;
    // Element radix k + j, or the conjugate of what it mirrors.
    const int64_t own = (n / 2 - j) / radix + 1;
    for (int64_t k = 0; k < own; ++k) {
      T *x = to + (radix * k + j) * step;
      x[0] = next[2 * k];
      x[1] = next[2 * k + 1];
    }
    for (int64_t k = own; k < m; ++k) {
      T *x = to + (n - radix * k - j) * step;
      x[0] = next[2 * k];
      x[1] = -next[2 * k + 1];
    }
  }
  return true;
}

template <class T>
bool OddLinePlan<T>::back(const T *from, int64_t step, T *to, T scale, T *room) const {
  if (!rest) {
    room[0] = from[0];
    room[1] = 0;
    for (int64_t k = 1; k <= n / 2; ++k) {
      room[2 * k] = room[2 * (n - k)] = from[k * step];
      room[2 * k + 1] = from[k * step + 1];
      room[2 * (n - k) + 1] = -from[k * step + 1];
    }
    T *made = room + 2 * n;
    if (!complex->run({room, 2, 1, n, true}, {made, 2, true, scale}))
      return false;
    for (int64_t i = 0; i < n; ++i)
      to[i] = made[2 * i];
    return true;
  }
  T *next = room + n;
  if (!rest->back(from, radix * step, room, scale, next))
    return false;
  for (int64_t j = 1; j <= radix / 2; ++j) {
    const int64_t own = (n / 2 - j) / radix + 1;
    for (int64_t k = 0; k < own; ++k) {
      const T *x = from + (radix * k + j) * step;
      next[2 * k] = x[0];
      next[2 * k + 1] = x[1];
    }
    for (int64_t k = own; k < m; ++k) {
      const T *x = from + (n - radix * k - j) * step;
      next[2 * k] = x[0];
      next[2 * k + 1] = -x[1];
    }
    if (!complex->run({next, 2, 1, m, true}, {room + (2 * j - 1) * m, 2, true, scale}))
      return false;
  }
  kernels<T>().unfoldLine(radix, room, to, m, twiddles.data(), roots.data());
  return true;
}

template bool OddLinePlan<float>::forward(const float *, float *, int64_t, float, float *) const;
template bool OddLinePlan<float>::back(const float *, int64_t, float *, float, float *) const;
template bool OddLinePlan<double>::forward(const double *, double *, int64_t, double,
                                           double *) const;
template bool OddLinePlan<double>::back(const double *, int64_t, double *, double, double *) const;

} // namespace ndrt::fft
