// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/tridiagonal.h"

#include "linalg/divide.h"
#include "linalg/lanes.h"
#include "linalg/rotation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace ndrt {
namespace {

constexpr double eps = std::numeric_limits<double>::epsilon() / 2;
constexpr double least = std::numeric_limits<double>::min();

/// The eigenvalues of ((a, b), (b, c)), that of larger absolute value first, and the rotation that
/// has its vector (c, s).
Rotation diagonalizePair(double a, double b, double c, double &large, double &small) {
  const double sum = a + c, difference = a - c, twice = b + b;
  const double more = std::max(std::abs(difference), std::abs(twice));
  const double less = std::min(std::abs(difference), std::abs(twice));
  const double root = more == 0 ? 0.0 : more * std::sqrt(1 + (less / more) * (less / more));
  const bool negative = sum < 0;
  if (sum == 0) {
    large = root / 2;
    small = -large;
  } else {
    large = (negative ? sum - root : sum + root) / 2;
    const bool first = std::abs(a) > std::abs(c);
    small = ((first ? a : c) / large) * (first ? c : a) - (b / large) * b;
  }
  const bool falling = difference >= 0;
  const double far = falling ? difference + root : difference - root;
  Rotation r;
  if (std::abs(far) > std::abs(twice)) {
    const double cotangent = -twice / far;
    r.s = 1 / std::sqrt(1 + cotangent * cotangent);
    r.c = cotangent * r.s;
  } else if (twice == 0) {
    r = {1, 0};
  } else {
    const double tangent = -far / twice;
    r.c = 1 / std::sqrt(1 + tangent * tangent);
    r.s = tangent * r.c;
  }
  return negative != falling ? Rotation{-r.s, r.c} : r;
}

/// A part of the matrix with nothing beside the diagonal that is as good as zero. It is worked at
/// from one end to the other, step by step up or down, so that QL and QR are one.
struct Block {
  int64_t n;
  double *d, *e, *vectors;
  int64_t at, last, step; ///< at moves to last

  /// Between i and the next one.
  double &next(int64_t i) const { return e[step > 0 ? i : i - 1]; }
  int64_t left() const { return (last - at) * step; } ///< below zero: nothing
  void rotate(Rotation by, int64_t i) const {
    if (vectors)
      turn(by, n, vectors + i * n, vectors + (i + step) * n);
  }

  bool run(int64_t &patience) {
    while (left() >= 0) {
      int64_t end = at;
      for (; end != last; end += step) {
        const double size = std::abs(next(end));
        if (size * size <= eps * eps * std::abs(d[end]) * std::abs(d[end + step]) + least) {
          next(end) = 0;
          break;
        }
      }
      if (end == at) {
        at += step;
        continue;
      }
      if (end == at + step) {
        pair();
        at += 2 * step;
        continue;
      }
      if (patience-- == 0)
        return false;
      chase(end);
    }
    return true;
  }

  void pair() const {
    const int64_t low = std::min(at, at + step);
    double large, small;
    const Rotation by = diagonalizePair(d[low], e[low], d[low + 1], large, small);
    d[low] = large;
    d[low + 1] = small;
    e[low] = 0;
    if (vectors)
      turn(by, n, vectors + low * n, vectors + (low + 1) * n);
  }

  /// The bulge goes from \p end to the position worked at.
  void chase(int64_t end) const {
    double g = (d[at + step] - d[at]) / (2 * next(at)), r = std::sqrt(g * g + 1);
    g = d[end] - d[at] + next(at) / (g + std::copysign(r, g));
    Rotation by{1, 1};
    double shift = 0;
    for (int64_t i = end - step;; i -= step) {
      const double f = by.s * next(i), b = by.c * next(i);
      by = rotationFor(g, f, r);
      if (i != end - step)
        next(i + step) = r;
      g = d[i + step] - shift;
      r = (d[i] - g) * by.s + 2 * by.c * b;
      shift = by.s * r;
      d[i + step] = g + shift;
      g = by.c * r - b;
      rotate({by.c, -by.s}, i);
      if (i == at)
        break;
    }
    d[at] -= shift;
    next(at) = g;
  }
};

} // namespace

bool diagonalizeTridiagonal(int64_t n, double *d, double *e, double *vectors) noexcept {
  if (vectors && n > mostUndivided)
    return divideTridiagonal(n, d, e, vectors);
  int64_t patience = 30 * n;
  for (int64_t first = 0; first < n;) {
    int64_t last = first;
    for (; last < n - 1; ++last) {
      const double size = std::abs(e[last]);
      if (size == 0)
        break;
      if (size <= std::sqrt(std::abs(d[last])) * std::sqrt(std::abs(d[last + 1])) * eps) {
        e[last] = 0;
        break;
      }
    }
    // Squares may neither overflow nor vanish.
    double largest = 0;
    for (int64_t i = first; i <= last; ++i)
      largest = std::max({largest, std::abs(d[i]), i < last ? std::abs(e[i]) : 0.0});
    constexpr int half = std::numeric_limits<double>::max_exponent / 2;
    int exponent = largest == 0 ? 0 : std::ilogb(largest);
    exponent = exponent > half - 4 || exponent < -half / 2 ? exponent : 0;
    auto scale = [&](int by) {
      if (exponent != 0)
        for (int64_t i = first; i <= last; ++i) {
          d[i] = std::scalbn(d[i], by);
          if (i < last)
            e[i] = std::scalbn(e[i], by);
        }
    };
    scale(-exponent);
    const bool down = std::abs(d[last]) >= std::abs(d[first]);
    Block block{n, d, e, vectors, down ? first : last, down ? last : first, down ? 1 : -1};
    const bool converged = first == last || block.run(patience);
    scale(exponent);
    if (!converged)
      return false;
    first = last + 1;
  }
  for (int64_t i = 0; i < n - 1; ++i) {
    const int64_t next = std::min_element(d + i, d + n) - d;
    if (next == i)
      continue;
    std::swap(d[next], d[i]);
    if (vectors)
      std::swap_ranges(vectors + i * n, vectors + (i + 1) * n, vectors + next * n);
  }
  return true;
}

} // namespace ndrt
