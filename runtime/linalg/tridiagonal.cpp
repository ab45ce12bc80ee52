// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/tridiagonal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace ndrt {
namespace {

template <class R> struct Rotation { R c, s; };

/// c f + s g is \p left, which has f's sign, and c g - s f is zero.
template <class R> Rotation<R> rotationFor(R f, R g, R &left) {
  if (g == 0) {
    left = f;
    return {1, 0};
  }
  if (f == 0) {
    left = std::abs(g);
    return {0, std::copysign(R(1), g)};
  }
  const R squares = f * f + g * g;
  if (!(squares >= std::numeric_limits<R>::min() / std::numeric_limits<R>::epsilon() &&
        squares <= std::numeric_limits<R>::max())) { // they vanish or overflow
    const int exponent = std::ilogb(std::max(std::abs(f), std::abs(g)));
    const Rotation<R> by = rotationFor(std::scalbn(f, -exponent), std::scalbn(g, -exponent), left);
    left = std::scalbn(left, exponent);
    return by;
  }
  const R size = std::sqrt(squares);
  left = std::copysign(size, f);
  return {std::abs(f) / size, g / left};
}

/// The eigenvalues of ((a, b), (b, c)), that of larger absolute value first, and the rotation that
/// has its vector (c, s).
template <class R> Rotation<R> diagonalizePair(R a, R b, R c, R &large, R &small) {
  const R sum = a + c, difference = a - c, twice = b + b;
  const R more = std::max(std::abs(difference), std::abs(twice));
  const R less = std::min(std::abs(difference), std::abs(twice));
  const R root = more == 0 ? R(0) : more * std::sqrt(1 + (less / more) * (less / more));
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
  const R far = falling ? difference + root : difference - root;
  Rotation<R> r;
  if (std::abs(far) > std::abs(twice)) {
    const R cotangent = -twice / far;
    r.s = 1 / std::sqrt(1 + cotangent * cotangent);
    r.c = cotangent * r.s;
  } else if (twice == 0) {
    r = {1, 0};
  } else {
    const R tangent = -far / twice;
    r.c = 1 / std::sqrt(1 + tangent * tangent);
    r.s = tangent * r.c;
  }
  return negative != falling ? Rotation<R>{-r.s, r.c} : r;
}

/// x and y become c x + s y and c y - s x.
template <class R> void turn(Rotation<R> by, int64_t rows, R *x, R *y) {
  for (int64_t i = 0; i < rows; ++i) {
    const R first = x[i], second = y[i];
    x[i] = by.c * first + by.s * second;
    y[i] = by.c * second - by.s * first;
  }
}

/// One matrix with nothing beside the diagonal that is as good as zero. Position i from the end
/// where work is done, towards the other end, is at first + i * step, so that QL and QR are one.
template <class R> struct Block {
  R *d, *e, *vectors;
  int64_t rows, at, last, step; ///< at moves to last

  R &diagonal(int64_t i) const { return d[i]; }
  /// Between i and the next one.
  R &next(int64_t i) const { return e[step > 0 ? i : i - 1]; }
  int64_t left() const { return (last - at) * step; } ///< below zero: nothing
  void rotate(Rotation<R> by, int64_t i) const {
    if (vectors)
      turn(by, rows, vectors + i * rows, vectors + (i + step) * rows);
  }

  bool run(int64_t &patience) {
    constexpr R eps = std::numeric_limits<R>::epsilon() / 2, least = std::numeric_limits<R>::min();
    while (left() >= 0) {
      int64_t end = at;
      for (; end != last; end += step) {
        const R size = std::abs(next(end));
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
    R large, small;
    const Rotation<R> by = diagonalizePair(d[low], e[low], d[low + 1], large, small);
    d[low] = large;
    d[low + 1] = small;
    e[low] = 0;
    if (vectors)
      turn(by, rows, vectors + low * rows, vectors + (low + 1) * rows);
  }

  /// The bulge goes from \p end to the position worked at.
  void chase(int64_t end) const {
    R g = (d[at + step] - d[at]) / (2 * next(at)), r = std::sqrt(g * g + 1);
    g = d[end] - d[at] + next(at) / (g + std::copysign(r, g));
    Rotation<R> by{1, 1};
    R shift = 0;
    for (int64_t i = end - step;; i -= step) {
      const R f = by.s * next(i), b = by.c * next(i);
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

template <class R> bool diagonalize(int64_t n, R *d, R *e, R *vectors, int64_t rows) noexcept {
  constexpr R eps = std::numeric_limits<R>::epsilon() / 2;
  int64_t patience = 30 * n;
  for (int64_t first = 0; first < n;) {
    int64_t last = first;
    for (; last < n - 1; ++last) {
      const R size = std::abs(e[last]);
      if (size == 0)
        break;
      if (size <= std::sqrt(std::abs(d[last])) * std::sqrt(std::abs(d[last + 1])) * eps) {
        e[last] = 0;
        break;
      }
    }
    // Squares may neither overflow nor vanish.
    R largest = 0;
    for (int64_t i = first; i <= last; ++i)
      largest = std::max({largest, std::abs(d[i]), i < last ? std::abs(e[i]) : R(0)});
    constexpr int half = std::numeric_limits<R>::max_exponent / 2;
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
    Block<R> block{d, e, vectors, rows, down ? first : last, down ? last : first, down ? 1 : -1};
    const bool converged = first == last || block.run(patience);
    scale(exponent);
    if (!converged)
      return false;
    first = last + 1;
  }
  for (int64_t i = 0; i < n - 1; ++i) {
    const int64_t least = std::min_element(d + i, d + n) - d;
    if (least == i)
      continue;
    std::swap(d[least], d[i]);
    if (vectors)
      std::swap_ranges(vectors + i * rows, vectors + (i + 1) * rows, vectors + least * rows);
  }
  return true;
}

template bool diagonalize(int64_t, float *, float *, float *, int64_t) noexcept;
template bool diagonalize(int64_t, double *, double *, double *, int64_t) noexcept;

} // namespace ndrt
