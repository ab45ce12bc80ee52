// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/bidiagonal.h"

#include "linalg/divide.h"
#include "linalg/lanes.h"
#include "linalg/rotation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ndrt {
namespace {

constexpr double eps = std::numeric_limits<double>::epsilon() / 2;
constexpr double least = std::numeric_limits<double>::min();

/// The smaller singular value of ((f, g), (0, h)).
double smallerValue(double f, double g, double h) {
  const double low = std::min(std::abs(f), std::abs(h)), high = std::max(std::abs(f), std::abs(h));
  const double beside = std::abs(g);
  if (low == 0)
    return 0;
  const double sum = 1 + low / high, difference = (high - low) / high;
  if (beside < high) {
    const double ratio = beside / high, square = ratio * ratio;
    return low *
           (2 / (std::sqrt(sum * sum + square) + std::sqrt(difference * difference + square)));
  }
  const double ratio = high / beside;
  if (ratio == 0)
    return low * high / beside;
  const double x = sum * ratio, y = difference * ratio;
  return 2 * (low * (1 / (std::sqrt(1 + x * x) + std::sqrt(1 + y * y))) * ratio);
}

struct Pair {
  double large, small; ///< with signs
  Rotation left, right;
};

/// The singular values and vectors of ((f, g), (0, h)).
Pair pairOf(double f, double g, double h) {
  const bool swapped = std::abs(h) > std::abs(f);
  const double first = swapped ? h : f, last = swapped ? f : h;
  const double fa = std::abs(first), ha = std::abs(last), ga = std::abs(g);
  enum { upperLeft, upperRight, lowerRight } largest = swapped ? lowerRight : upperLeft;
  double large = fa, small = ha;
  Rotation left{1, 0}, right{1, 0};
  if (ga > fa)
    largest = upperRight;
  if (ga > fa && fa / ga < eps) {
    large = ga;
    small = ha > 1 ? fa / (ga / ha) : (fa / ga) * ha;
    left = {1, last / g};
    right = {first / g, 1};
  } else if (ga != 0) {
    const double d = fa - ha, l = d == fa ? 1 : d / fa, m = g / first, t = 2 - l;
    const double s = std::sqrt(t * t + m * m), r = l == 0 ? std::abs(m) : std::sqrt(l * l + m * m);
    const double a = (s + r) / 2;
    small = ha / a;
    large = fa * a;
    double tangent;
    if (m * m != 0)
      tangent = (m / (s + t) + m / (r + l)) * (1 + a);
    else if (l == 0)
      tangent = std::copysign(2.0, first) * std::copysign(1.0, g);
    else
      tangent = g / std::copysign(d, first) + m / t;
    const double length = std::sqrt(tangent * tangent + 4);
    right = {2 / length, tangent / length};
    left = {(right.c + right.s * m) / a, (last / first) * right.s / a};
  }
  if (swapped) {
    const Rotation was = left;
    left = {right.s, right.c};
    right = {was.s, was.c};
  }
  auto sign = [](double x) { return std::copysign(1.0, x); };
  const double plus = largest == upperLeft    ? sign(right.c) * sign(left.c) * sign(f)
                      : largest == upperRight ? sign(right.s) * sign(left.c) * sign(g)
                                              : sign(right.s) * sign(left.s) * sign(h);
  return {std::copysign(large, plus), std::copysign(small, plus * sign(f) * sign(h)), left, right};
}

/// Position i of a block is worked at from one end to the other, so that both directions are one;
/// upwards the matrix is its transpose, whose vectors change places.
struct Bidiagonal {
  int64_t n;
  double *d, *e, *u, *v;
  int64_t step = 1;

  double &next(int64_t i) const { return e[step > 0 ? i : i - 1]; }
  void turnColumns(double *vectors, Rotation by, int64_t i) const {
    if (vectors)
      turn(by, n, vectors + i * n, vectors + (i + step) * n);
  }
  void turnRight(Rotation by, int64_t i) const { turnColumns(step > 0 ? v : u, by, i); }
  void turnLeft(Rotation by, int64_t i) const { turnColumns(step > 0 ? u : v, by, i); }

  bool run();
  void pair(int64_t low) const;
  void sweep(int64_t first, int64_t last, double shift) const;
  void sweepUnshifted(int64_t first, int64_t last) const;
  void finish() const;
};

void Bidiagonal::pair(int64_t low) const {
  const Pair p = pairOf(d[low], e[low], d[low + 1]);
  d[low] = p.large;
  d[low + 1] = p.small;
  e[low] = 0;
  if (v)
    turn(p.right, n, v + low * n, v + (low + 1) * n);
  if (u)
    turn(p.left, n, u + low * n, u + (low + 1) * n);
}

void Bidiagonal::sweepUnshifted(int64_t first, int64_t last) const {
  Rotation right{1, 0}, left{1, 0};
  double r;
  for (int64_t i = first; i != last; i += step) {
    right = rotationFor(d[i] * right.c, next(i), r);
    if (i != first)
      next(i - step) = left.s * r;
    left = rotationFor(left.c * r, d[i + step] * right.s, d[i]);
    turnRight(right, i);
    turnLeft(left, i);
  }
  const double h = d[last] * right.c;
  d[last] = h * left.c;
  next(last - step) = h * left.s;
}

void Bidiagonal::sweep(int64_t first, int64_t last, double shift) const {
  double f = (std::abs(d[first]) - shift) * (std::copysign(1.0, d[first]) + shift / d[first]);
  double g = next(first), r;
  for (int64_t i = first; i != last; i += step) {
    double &here = d[i], &beside = next(i), &there = d[i + step];
    const Rotation right = rotationFor(f, g, r);
    if (i != first)
      next(i - step) = r;
    f = right.c * here + right.s * beside;
    beside = right.c * beside - right.s * here;
    g = right.s * there;
    there = right.c * there;
    const Rotation left = rotationFor(f, g, here);
    f = left.c * beside + left.s * there;
    there = left.c * there - left.s * beside;
    if (i + step != last) {
      g = left.s * next(i + step);
      next(i + step) = left.c * next(i + step);
    }
    turnRight(right, i);
    turnLeft(left, i);
  }
  next(last - step) = f;
}

/// Nothing below zero, the largest first.
void Bidiagonal::finish() const {
  for (int64_t i = 0; i < n; ++i)
    if (d[i] < 0) {
      d[i] = -d[i];
      for (int64_t k = 0; v && k < n; ++k)
        v[i * n + k] = -v[i * n + k];
    }
  for (int64_t end = n - 1; end > 0; --end) {
    int64_t at = 0;
    for (int64_t i = 1; i <= end; ++i)
      if (d[i] <= d[at])
        at = i;
    if (at == end)
      continue;
    std::swap(d[at], d[end]);
    for (double *vectors : {u, v})
      if (vectors)
        std::swap_ranges(vectors + at * n, vectors + (at + 1) * n, vectors + end * n);
  }
}

bool Bidiagonal::run() {
  constexpr double tolerance = 98.70149282610821 * eps; // the eighth root of 1 / eps
  double smallest = std::abs(d[0]), estimate = smallest;
  for (int64_t i = 1; i < n && smallest != 0; ++i) {
    estimate = std::abs(d[i]) * (estimate / (estimate + std::abs(e[i - 1])));
    smallest = std::min(smallest, estimate);
  }
  const auto side = static_cast<double>(n);
  const double threshold =
      std::max(tolerance * (smallest / std::sqrt(side)), 6 * (side * (side * least)));

  int64_t patience = 6 * n * n, end = n - 1, firstBefore = -1, endBefore = -1;
  while (end > 0) {
    if (patience < 0)
      return false;
    int64_t first = end;
    double largest = std::abs(d[end]);
    for (; first > 0; --first) {
      if (std::abs(e[first - 1]) <= threshold) {
        e[first - 1] = 0;
        break;
      }
      largest = std::max({largest, std::abs(d[first - 1]), std::abs(e[first - 1])});
    }
    if (first == end) {
      --end;
      continue;
    }
    if (first == end - 1) {
      pair(first);
      end -= 2;
      continue;
    }
    if (first > endBefore || end < firstBefore)
      step = std::abs(d[first]) >= std::abs(d[end]) ? 1 : -1;
    const int64_t from = step > 0 ? first : end, to = step > 0 ? end : first;

    // Is one beside the diagonal as good as zero?
    bool split = std::abs(next(to - step)) <= tolerance * std::abs(d[to]);
    if (split)
      next(to - step) = 0;
    double least = std::abs(d[from]);
    estimate = least;
    for (int64_t i = from; i != to && !split; i += step) {
      split = std::abs(next(i)) <= tolerance * estimate;
      if (split)
        next(i) = 0;
      estimate = std::abs(d[i + step]) * (estimate / (estimate + std::abs(next(i))));
      least = std::min(least, estimate);
    }
    if (split)
      continue;
    firstBefore = first;
    endBefore = end;

    double shift = 0;
    if (side * tolerance * (least / largest) > std::max(eps, 0.01 * tolerance)) {
      shift = smallerValue(d[to - step], next(to - step), d[to]);
      const double ratio = shift / std::abs(d[from]);
      if (d[from] != 0 && ratio * ratio < eps)
        shift = 0;
    }
    patience -= end - first;
    if (shift == 0)
      sweepUnshifted(from, to);
    else
      sweep(from, to, shift);
    if (std::abs(next(to - step)) <= threshold)
      next(to - step) = 0;
  }
  finish();
  return true;
}

} // namespace

bool diagonalizeBidiagonal(int64_t n, double *d, double *e, double *u, double *v,
                           bool lower) noexcept {
  if (n == 1) { // with the sign on the left
    if (u)
      u[0] = std::copysign(u[0], d[0]);
    d[0] = std::abs(d[0]);
    return true;
  }
  Rotation turned[laneSide];
  for (int64_t i = 0; lower && i < n - 1; ++i) {
    const Rotation by = turned[i] = rotationFor(d[i], e[i], d[i]);
    e[i] = by.s * d[i + 1];
    d[i + 1] = by.c * d[i + 1];
  }
  if (u && n > mostUndivided ? !divideBidiagonal(n, d, e, u, v) : !Bidiagonal{n, d, e, u, v}.run())
    return false;
  for (int64_t i = n - 2; lower && u && i >= 0; --i)
    for (int64_t k = 0; k < n; ++k) {
      double *rows = u + k * n + i;
      turn({turned[i].c, -turned[i].s}, 1, rows, rows + 1);
    }
  return true;
}

} // namespace ndrt
