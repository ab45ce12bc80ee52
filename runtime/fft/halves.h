// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Transforms of an even number of real numbers by those of half as many complex ones.
#pragma once

#include <cstdint>

namespace ndrt::fft {

/// Real numbers two by two as complex ones: the lines of an even n, h = n / 2 pairs.
template <class T> struct Halves {
  const T *w; ///< exp(-2 pi i k / n)
  int64_t h;

  /// X of n real numbers from Z of their pairs, the elements k and h - k, 0 < k.
  void split(int64_t k, T ar, T ai, T br, T bi, T *low, T *high) const {
    const T er = (ar + br) / 2, ei = (ai - bi) / 2, dr = (ar - br) / 2, di = (ai + bi) / 2;
    // t = -i w d
    const T wr = w[2 * k], wi = w[2 * k + 1];
    const T tr = wr * di + wi * dr, ti = wi * di - wr * dr;
    low[0] = er + tr;
    low[1] = ei + ti;
    high[0] = er - tr;
    high[1] = ti - ei;
  }
  /// And back, twice as large.
  void join(int64_t k, T ar, T ai, T br, T bi, T *low, T *high) const {
    const T er = ar + br, ei = ai - bi, dr = ar - br, di = ai + bi;
    // t = i conj(w) d
    const T wr = w[2 * k], wi = w[2 * k + 1];
    const T tr = wi * dr - wr * di, ti = wr * dr + wi * di;
    low[0] = er + tr;
    low[1] = ei + ti;
    high[0] = er - tr;
    high[1] = ti - ei;
  }
};

} // namespace ndrt::fft
