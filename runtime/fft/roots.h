// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Points of the unit circle.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

namespace ndrt::fft {

/// exp(-2 pi i k / n), from two tables of about the square root of n, in long double.
class Roots {
public:
  explicit Roots(int64_t n) : n_(n), part_(1) {
    while (part_ * part_ < n)
      part_ *= 2;
    for (int64_t i = 0; i < part_ && i < n; ++i)
      fine_.push_back(exactly(i));
    for (int64_t i = 0; i * part_ < n; ++i)
      coarse_.push_back(exactly(i * part_));
  }

  template <class T> void put(int64_t k, T *to) const {
    const Pair a = coarse_[size_t(k / part_)], b = fine_[size_t(k % part_)];
    to[0] = T(a.re * b.re - a.im * b.im);
    to[1] = T(a.re * b.im + a.im * b.re);
  }

private:
  struct Pair {
    long double re, im;
  };
  int64_t n_, part_;
  std::vector<Pair> fine_, coarse_;

  /// By the eighth of the circle, so that multiples of a quarter are exact.
  Pair exactly(int64_t k) const {
    const int64_t turn = 8 * k, octant = turn / n_;
    const bool odd = octant & 1;
    const long double part =
        static_cast<long double>(odd ? (octant + 1) * n_ - turn : turn - octant * n_) /
        static_cast<long double>(n_);
    const long double angle = part * (std::numbers::pi_v<long double> / 4);
    long double c = std::cos(angle), s = std::sin(angle);
    if (((octant + 1) & 3) >= 2)
      std::swap(c, s);
    if (octant >= 2 && octant < 6)
      c = -c;
    if (octant >= 4)
      s = -s;
    return {c, -s};
  }
};

} // namespace ndrt::fft
