// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/divide.h"

#include "linalg/bidiagonal.h"
#include "linalg/rotation.h"
#include "linalg/secular.h"
#include "linalg/tridiagonal.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace ndrt {
namespace {

constexpr double eps = std::numeric_limits<double>::epsilon() / 2;

/// An n x n matrix, column by column, in a corner of rows of laneSide.
struct Square {
  double values[laneSide * laneSide];

  double *column(int64_t j) { return values + j * laneSide; }
  const double *column(int64_t j) const { return values + j * laneSide; }
  void clear(int64_t n) {
    for (int64_t j = 0; j < n; ++j)
      std::fill_n(column(j), n, 0.0);
  }
};

void makeIdentity(int64_t n, double *x) {
  std::fill_n(x, n * n, 0.0);
  for (int64_t i = 0; i < n; ++i)
    x[i * n + i] = 1;
}

/// The largest element of the matrix, by which it is divided; 0 if there is none.
double normalize(int64_t n, double *d, double *e) {
  double largest = 0;
  for (int64_t i = 0; i < n; ++i)
    largest = std::max({largest, std::abs(d[i]), i < n - 1 ? std::abs(e[i]) : 0.0});
  for (int64_t i = 0; largest != 0 && i < n; ++i) {
    d[i] /= largest;
    if (i < n - 1)
      e[i] /= largest;
  }
  return largest;
}

/// Columns of two parts, without those that are vectors of the whole already: where z has nothing,
/// or where two values are equal, which a rotation brings there.
struct Parts {
  int64_t kept[laneSide], count = 0; ///< by ascending values

  /// \p order has the columns by ascending values from \p first on; \p turn(by, i, j) turns the
  /// columns i and j and their values.
  template <class Nothing, class Equal, class Turn>
  Parts(const int64_t *order, int64_t first, int64_t n, double *z, Nothing &&nothing, Equal &&equal,
        Turn &&turn) {
    int64_t before = -1;
    for (int64_t position = first; position < n; ++position) {
      const int64_t j = order[position];
      if (nothing(j))
        continue;
      if (before >= 0) {
        const double length = std::hypot(z[before], z[j]);
        const Rotation by{z[j] / length, -z[before] / length};
        if (equal(before, j, by)) {
          z[j] = length;
          z[before] = 0;
          turn(by, before, j);
        } else {
          kept[count++] = before;
        }
      }
      before = j;
    }
    if (before >= 0)
      kept[count++] = before;
  }
};

/// The columns of \p from that are kept, times \p factors (row by row of the new columns).
void combine(int64_t n, const Square &from, const Parts &parts, const double *factors, double *to) {
  std::fill_n(to, n, 0.0);
  for (int64_t i = 0; i < parts.count; ++i) {
    const double *column = from.column(parts.kept[i]);
    for (int64_t row = 0; row < n; ++row)
      to[row] += factors[i] * column[row];
  }
}

void sortByValue(int64_t *begin, int64_t *end, const double *d) {
  std::sort(begin, end,
            [d](int64_t i, int64_t j) { return d[i] < d[j] || (d[i] == d[j] && i < j); });
}

void makeUnit(int64_t n, double *x) {
  double squares = 0;
  for (int64_t i = 0; i < n; ++i)
    squares += x[i] * x[i];
  const double length = std::sqrt(squares);
  for (int64_t i = 0; i < n; ++i)
    x[i] /= length;
}

/// One block, of more than mostUndivided rows; \p q gets the vectors.
bool divideBlock(int64_t n, double *d, double *e, Square &q) {
  const double scale = normalize(n, d, e);
  const int64_t cut = n / 2;
  double rho = e[cut - 1];
  d[cut - 1] -= std::abs(rho);
  d[cut] -= std::abs(rho);
  q.clear(n);
  for (auto [from, to] : {std::pair(int64_t{0}, cut), std::pair(cut, n)}) {
    double part[laneSide * laneSide];
    const int64_t side = to - from;
    makeIdentity(side, part);
    if (!diagonalizeTridiagonal(side, d + from, e + from, part))
      return false;
    for (int64_t j = 0; j < side; ++j)
      std::copy_n(part + j * side, side, q.column(from + j) + from);
  }

  double z[laneSide], largest = 0, largestZ = 0;
  int64_t order[laneSide];
  for (int64_t j = 0; j < n; ++j) {
    z[j] = j < cut ? q.column(j)[cut - 1] : q.column(j)[cut];
    z[j] = (j >= cut && rho < 0 ? -z[j] : z[j]) * std::sqrt(0.5);
    largest = std::max(largest, std::abs(d[j]));
    largestZ = std::max(largestZ, std::abs(z[j]));
  }
  rho = std::abs(2 * rho);
  std::iota(order, order + n, int64_t{0});
  sortByValue(order, order + n, d);
  const double tolerance = 8 * eps * std::max(largest, largestZ);
  Parts parts(
      order, 0, n, z, [&](int64_t j) { return rho * std::abs(z[j]) <= tolerance; },
      [&](int64_t i, int64_t j, Rotation by) {
        return std::abs((d[j] - d[i]) * by.c * by.s) <= tolerance;
      },
      [&](Rotation by, int64_t i, int64_t j) {
        turn(by, n, q.column(i), q.column(j));
        const double low = d[i] * (by.c * by.c) + d[j] * (by.s * by.s);
        d[j] = d[i] * (by.s * by.s) + d[j] * (by.c * by.c);
        d[i] = low;
      });

  const int64_t k = parts.count;
  double poles[laneSide], weights[laneSide], exact[laneSide], values[laneSide];
  for (int64_t i = 0; i < k; ++i) {
    poles[i] = d[parts.kept[i]];
    weights[i] = z[parts.kept[i]];
  }
  auto apart = [&](int64_t i, int64_t j) { return poles[i] - poles[j]; };
  Secular<decltype(apart)> secular{k, rho, weights, apart, {}};
  for (int64_t j = 0; j < k; ++j) {
    const auto root = secular.root(j);
    values[j] = poles[root.pole] + root.shift;
  }
  secular.refine(exact);
  Square made;
  for (int64_t j = 0; j < k; ++j) {
    double s[laneSide];
    for (int64_t i = 0; i < k; ++i)
      s[i] = k == 1 ? 1 : exact[i] / secular.distance[j][i];
    makeUnit(k, s);
    combine(n, q, parts, s, made.column(j));
  }
  for (int64_t j = 0; j < k; ++j) {
    std::copy_n(made.column(j), n, q.column(parts.kept[j]));
    d[parts.kept[j]] = values[j];
  }
  for (int64_t i = 0; i < n; ++i)
    d[i] *= scale;
  return true;
}

/// An upper bidiagonal block of more than mostUndivided rows.
bool divideBidiagonalBlock(int64_t n, double *d, double *e, Square &u, Square &v) {
  const int64_t cut = n / 2, behind = n - cut - 1; // rows before and behind row `cut`
  double alpha = d[cut], beta = e[cut];
  u.clear(n);
  v.clear(n);
  double part[laneSide * laneSide], other[laneSide * laneSide];

  // The part before has a column more than rows, which rotations empty.
  double turned[laneSide * laneSide], left;
  const int64_t wide = cut + 1;
  makeIdentity(wide, turned); // row by row
  for (int64_t i = 0; i < cut; ++i) {
    const Rotation by = rotationFor(d[i], e[i], left);
    d[i] = left;
    if (i + 1 < cut) {
      e[i] = by.s * d[i + 1];
      d[i + 1] = by.c * d[i + 1];
    }
    turn(by, wide, turned + i * wide, turned + (i + 1) * wide);
  }
  makeIdentity(cut, part);
  makeIdentity(cut, other);
  if (!diagonalizeBidiagonal(cut, d, e, part, other, true))
    return false;
  for (int64_t j = 0; j < cut; ++j) {
    std::copy_n(part + j * cut, cut, u.column(j));
    for (int64_t i = 0; i < cut; ++i)
      for (int64_t c = 0; c < wide; ++c)
        v.column(j)[c] += other[j * cut + i] * turned[i * wide + c];
  }
  u.column(cut)[cut] = 1;
  std::copy_n(turned + cut * wide, wide, v.column(cut));
  makeIdentity(behind, part);
  makeIdentity(behind, other);
  if (!diagonalizeBidiagonal(behind, d + wide, e + wide, part, other, false))
    return false;
  for (int64_t j = 0; j < behind; ++j) {
    std::copy_n(part + j * behind, behind, u.column(wide + j) + wide);
    std::copy_n(other + j * behind, behind, v.column(wide + j) + wide);
  }

  d[cut] = 0;
  double scale = std::max(std::abs(alpha), std::abs(beta));
  for (int64_t i = 0; i < n; ++i)
    scale = std::max(scale, std::abs(d[i]));
  double z[laneSide], largest = 0;
  alpha /= scale;
  beta /= scale;
  for (int64_t j = 0; j < n; ++j) {
    d[j] /= scale;
    largest = std::max(largest, d[j]);
    z[j] = j <= cut ? alpha * v.column(j)[cut] : beta * v.column(j)[wide];
  }
  int64_t order[laneSide];
  std::iota(order, order + n, int64_t{0});
  std::swap(order[0], order[cut]); // which has no value of its own
  sortByValue(order + 1, order + n, d);
  const double tolerance = 8 * eps * std::max({largest, std::abs(alpha), std::abs(beta)});
  Parts parts(
      order, 1, n, z, [&](int64_t j) { return std::abs(z[j]) <= tolerance; },
      [&](int64_t i, int64_t j, Rotation) { return std::abs(d[j] - d[i]) <= tolerance; },
      [&](Rotation by, int64_t i, int64_t j) {
        turn(by, n, u.column(i), u.column(j));
        turn(by, n, v.column(i), v.column(j));
      });
  std::copy_backward(parts.kept, parts.kept + parts.count, parts.kept + parts.count + 1);
  parts.kept[0] = cut;
  const int64_t k = ++parts.count;

  double poles[laneSide], weights[laneSide]{}, exact[laneSide], values[laneSide];
  for (int64_t i = 0; i < k; ++i) {
    poles[i] = d[parts.kept[i]];
    weights[i] = z[parts.kept[i]];
  }
  poles[0] = 0;
  if (k > 1 && poles[1] <= tolerance / 2)
    poles[1] = tolerance / 2;
  if (std::abs(weights[0]) <= tolerance)
    weights[0] = tolerance;
  Square leftMade, rightMade;
  if (k == 1) {
    values[0] = std::abs(weights[0]);
    std::copy_n(u.column(cut), n, leftMade.column(0));
    std::copy_n(v.column(cut), n, rightMade.column(0));
    for (int64_t i = 0; weights[0] < 0 && i < n; ++i)
      leftMade.column(0)[i] = -leftMade.column(0)[i];
  } else {
    double squares = 0;
    for (int64_t i = 0; i < k; ++i)
      squares += weights[i] * weights[i];
    const double length = std::sqrt(squares);
    for (int64_t i = 0; i < k; ++i)
      weights[i] /= length;
    auto apart = [&](int64_t i, int64_t j) {
      return (poles[i] - poles[j]) * (poles[i] + poles[j]);
    };
    Secular<decltype(apart)> secular{k, length * length, weights, apart, {}}; // of squares
    for (int64_t j = 0; j < k; ++j) {
      const auto root = secular.root(j);
      const double pole = poles[root.pole];
      values[j] = pole + root.shift / (pole + std::sqrt(pole * pole + root.shift));
    }
    secular.refine(exact);
    for (int64_t j = 0; j < k; ++j) {
      double first[laneSide], second[laneSide];
      for (int64_t i = 0; i < k; ++i) {
        second[i] = exact[i] / secular.distance[j][i];
        first[i] = i == 0 ? -1 : poles[i] * second[i];
      }
      makeUnit(k, first);
      makeUnit(k, second);
      combine(n, u, parts, first, leftMade.column(j));
      combine(n, v, parts, second, rightMade.column(j));
    }
  }
  for (int64_t j = 0; j < k; ++j) {
    const int64_t to = parts.kept[j];
    d[to] = values[j];
    std::copy_n(leftMade.column(j), n, u.column(to));
    std::copy_n(rightMade.column(j), n, v.column(to));
  }
  for (int64_t i = 0; i < n; ++i)
    d[i] *= scale;
  return true;
}

/// Brings the values into order, each the first of those left that precedes all.
template <class Precedes>
void sortColumns(int64_t n, double *d, double *x, double *y, Precedes &&precedes) {
  for (int64_t i = 0; i < n - 1; ++i) {
    int64_t next = i;
    for (int64_t j = i + 1; j < n; ++j)
      if (precedes(d[j], d[next]))
        next = j;
    if (next == i)
      continue;
    std::swap(d[next], d[i]);
    for (double *vectors : {x, y})
      if (vectors)
        std::swap_ranges(vectors + i * n, vectors + (i + 1) * n, vectors + next * n);
  }
}

} // namespace

bool divideTridiagonal(int64_t n, double *d, double *e, double *vectors) noexcept {
  makeIdentity(n, vectors);
  for (int64_t first = 0; first < n;) {
    int64_t last = first;
    while (last < n - 1 && std::abs(e[last]) > eps * std::sqrt(std::abs(d[last])) *
                                                   std::sqrt(std::abs(d[last + 1])))
      ++last;
    const int64_t side = last - first + 1;
    if (side > mostUndivided) {
      Square q;
      if (!divideBlock(side, d + first, e + first, q))
        return false;
      for (int64_t j = 0; j < side; ++j)
        std::copy_n(q.column(j), side, vectors + (first + j) * n + first);
    } else if (side > 1) {
      double part[laneSide * laneSide];
      makeIdentity(side, part);
      if (!diagonalizeTridiagonal(side, d + first, e + first, part))
        return false;
      for (int64_t j = 0; j < side; ++j)
        std::copy_n(part + j * side, side, vectors + (first + j) * n + first);
    }
    first = last + 1;
  }
  sortColumns(n, d, vectors, nullptr, std::less());
  return true;
}

bool divideBidiagonal(int64_t n, double *d, double *e, double *u, double *v) noexcept {
  const double scale = normalize(n, d, e);
  makeIdentity(n, u);
  makeIdentity(n, v);
  if (scale == 0)
    return true;
  constexpr double tiny = 0.9 * eps;
  for (int64_t i = 0; i < n; ++i)
    if (std::abs(d[i]) < tiny)
      d[i] = std::copysign(tiny, d[i]);
  for (int64_t first = 0; first < n;) {
    int64_t last = first;
    while (last < n - 1 && std::abs(e[last]) >= tiny)
      ++last;
    const int64_t side = last - first + 1;
    Square left, right;
    double part[laneSide * laneSide], other[laneSide * laneSide];
    if (side > mostUndivided) {
      if (!divideBidiagonalBlock(side, d + first, e + first, left, right))
        return false;
    } else {
      makeIdentity(side, part);
      makeIdentity(side, other);
      if (!diagonalizeBidiagonal(side, d + first, e + first, part, other, false))
        return false;
      if (side == 1 && last < n - 1) // only the last one has its sign on the left
        std::swap(part[0], other[0]);
    }
    const bool divided = side > mostUndivided;
    for (int64_t j = 0; j < side; ++j) {
      std::copy_n(divided ? left.column(j) : part + j * side, side, u + (first + j) * n + first);
      std::copy_n(divided ? right.column(j) : other + j * side, side, v + (first + j) * n + first);
    }
    first = last + 1;
  }
  for (int64_t i = 0; i < n; ++i)
    d[i] *= scale;
  sortColumns(n, d, u, v, std::greater());
  return true;
}

} // namespace ndrt
