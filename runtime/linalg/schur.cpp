// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/schur.h"

#include "linalg/reflector.h"
#include "linalg/rotation.h"

#include <limits>
#include <type_traits>

namespace ndrt {
namespace {

constexpr double ulp = std::numeric_limits<double>::epsilon();
constexpr double smallest = std::numeric_limits<double>::min();

/// ((a, b), (c, d)) turned until c is zero or a and d are equal, and b c negative then.
struct Standardized {
  double a, b, c, d;
  Rotation by{1, 0};

  Standardized(double a, double b, double c, double d) : a(a), b(b), c(c), d(d) {
    if (c == 0 || (a == d && std::signbit(b) != std::signbit(c)))
      return;
    if (b == 0) {
      by = {0, 1};
      std::swap(this->a, this->d);
      this->b = -c;
      this->c = 0;
      return;
    }
    const double half = (a - d) / 2, large = std::max(std::abs(b), std::abs(c));
    const double small = std::copysign(std::min(std::abs(b), std::abs(c)),
                                       std::signbit(b) == std::signbit(c) ? 1.0 : -1.0);
    const double scale = std::max(std::abs(half), large);
    const double root = half / scale * half + large / scale * small;
    if (root >= 4 * ulp)
      makeTriangular(half + std::copysign(std::sqrt(scale) * std::sqrt(root), half), large, small);
    else
      makeEqual();
  }

private:
  /// The eigenvalues are real and far from each other.
  void makeTriangular(double shift, double large, double small) {
    a = d + shift;
    d -= large / shift * small;
    const double length = std::hypot(c, shift);
    by = {shift / length, c / length};
    b -= c;
    c = 0;
  }

  /// They are complex, or nearly equal.
  void makeEqual() {
    const double difference = a - d, sum = b + c, length = std::hypot(sum, difference);
    by.c = std::sqrt((1 + std::abs(sum) / length) / 2);
    by.s = -(difference / 2 / (length * by.c)) * std::copysign(1.0, sum);
    const double aa = a * by.c + b * by.s, bb = b * by.c - a * by.s;
    const double cc = c * by.c + d * by.s, dd = d * by.c - c * by.s;
    b = bb * by.c + dd * by.s;
    c = cc * by.c - aa * by.s;
    a = d = (aa * by.c + cc * by.s + (dd * by.c - bb * by.s)) / 2;
    if (c == 0)
      return;
    if (b == 0) {
      b = -c;
      c = 0;
      by = {-by.s, by.c};
    } else if (std::signbit(b) == std::signbit(c)) { // they are real
      const double rootB = std::sqrt(std::abs(b)), rootC = std::sqrt(std::abs(c));
      const double apart = std::copysign(rootB * rootC, c), one = std::sqrt(std::abs(b + c));
      a += apart;
      d -= apart;
      b -= c;
      c = 0;
      by = {by.c * (rootB / one) - by.s * (rootC / one),
            by.c * (rootC / one) + by.s * (rootB / one)};
    }
  }
};

template <class T> struct Iteration {
  static constexpr int64_t order = isComplexElement<T> ? 2 : 3; ///< of the reflectors
  using Complex = std::complex<double>;

  int64_t n, low, high;
  T *h, *z;
  Complex *values;
  double tiny = smallest * (static_cast<double>(high - low + 1) / ulp);

  T &at(int64_t i, int64_t j) const { return h[j * n + i]; }
  double size(int64_t i, int64_t j) const { return sizeOf(at(i, j)); }

  bool run() const {
    for (int64_t i = 0; i < n; ++i)
      if (i < low || i > high)
        values[i] = at(i, i);
    const int64_t patience = 30 * std::max<int64_t>(10, high - low + 1);
    for (int64_t last = high; last >= low;) {
      int64_t first = low;
      for (int64_t tries = 1;; ++tries) {
        first = split(first, last);
        if (last - first < order - 1)
          break;
        if (tries > patience)
          return false;
        sweep(first, last, tries);
      }
      finish(first, last);
      last = first - 1;
    }
    return true;
  }

  /// Where the last part starts that has no zero below its diagonal.
  int64_t split(int64_t first, int64_t last) const {
    int64_t k = last;
    for (; k > first && !negligible(k); --k)
      ;
    if (k > low)
      at(k, k - 1) = 0;
    return k;
  }

  /// Is the element left of the diagonal in row \p k as good as zero?
  bool negligible(int64_t k) const {
    const double below = size(k, k - 1);
    if (below <= tiny)
      return true;
    double near = size(k - 1, k - 1) + size(k, k);
    if (near == 0) {
      near += k - 2 >= low ? size(k - 1, k - 2) : 0;
      near += k + 1 <= high ? size(k + 1, k) : 0;
    }
    if (below > ulp * near)
      return false;
    const double above = size(k - 1, k), own = size(k, k);
    const double apart = sizeOf(at(k - 1, k - 1) - at(k, k));
    const double ab = std::max(below, above), ba = std::min(below, above);
    const double aa = std::max(own, apart), bb = std::min(own, apart), sum = aa + ab;
    return ba * (ab / sum) <= std::max(tiny, ulp * (bb * (aa / sum)));
  }

  void sweep(int64_t first, int64_t last, int64_t tries) const {
    T v[order];
    const int64_t begin = start(first, last, tries, v);
    const int64_t top = z ? 0 : first, right = z ? n : last + 1;
    for (int64_t k = begin; k < last; ++k) {
      const bool whole = k + order - 1 <= last;
      const int64_t rows = whole ? order : order - 1;
      if (k > begin)
        std::copy_n(&at(k, k - 1), rows, v);
      const T tau = reflectorOf(rows, v);
      if (k > begin) {
        at(k, k - 1) = v[0];
        std::fill_n(&at(k + 1, k - 1), rows - 1, T(0));
      } else if (k > first) {
        at(k, k - 1) = times(at(k, k - 1), T(1) - conjugate(tau));
      }
      auto reflect = [&](auto count) {
        reflectRows(count, v, tau, &at(k, k), n, right - k);
        reflectColumns(count, v, tau, &at(top, k), n, std::min(k + order, last) + 1 - top);
        if (z)
          reflectColumns(count, v, tau, z + k * n, n, n);
      };
      if (whole)
        reflect(std::integral_constant<int64_t, order>());
      else
        reflect(std::integral_constant<int64_t, order - 1>());
      if constexpr (isComplexElement<T>)
        if (k == begin && k > first)
          makeReal(k, top, right);
    }
    if constexpr (isComplexElement<T>)
      makeReal(last, top, right);
  }

  /// Turns the element left of the diagonal in row \p k; the reflectors leave the others real.
  void makeReal(int64_t k, int64_t top, int64_t right) const {
    const double length = std::abs(at(k, k - 1));
    if (at(k, k - 1).imag() == 0 || length == 0)
      return;
    const Complex by = at(k, k - 1) / length;
    at(k, k - 1) = length;
    for (int64_t j = k + 1; j < right; ++j)
      at(k, j) = timesConjugate(at(k, j), by);
    for (int64_t i = top; i < std::min(k + 3, n); ++i) // with the bulge below
      if (i != k)
        at(i, k) = times(at(i, k), by);
    for (int64_t i = 0; z && i < n; ++i)
      z[k * n + i] = times(z[k * n + i], by);
  }

  /// The row where a sweep can begin, and what its first reflector is made of.
  int64_t start(int64_t first, int64_t last, int64_t tries, double *v) const {
    double a, b, c, d; // whose eigenvalues are the shifts
    if (tries % 10 == 0) {
      const int64_t i = tries % 20 == 0 ? last - 2 : first;
      const double sum = size(i + 1, i) + size(i + 2, i + 1);
      a = d = 0.75 * sum + at(tries % 20 == 0 ? last : first, tries % 20 == 0 ? last : first);
      b = -0.4375 * sum;
      c = sum;
    } else {
      a = at(last - 1, last - 1), b = at(last - 1, last), c = at(last, last - 1);
      d = at(last, last);
    }
    Complex one = 0, two = 0;
    if (const double s = std::abs(a) + std::abs(b) + std::abs(c) + std::abs(d); s != 0) {
      a /= s, b /= s, c /= s, d /= s;
      const double mean = (a + d) / 2, squares = (a - mean) * (d - mean) - b * c;
      const double root = std::sqrt(std::abs(squares));
      if (squares >= 0) {
        one = {mean * s, root * s};
        two = std::conj(one);
      } else {
        const double more = mean + root, less = mean - root;
        one = two = (std::abs(more - d) <= std::abs(less - d) ? more : less) * s;
      }
    }
    int64_t m = last - 2;
    for (;; --m) {
      const double own = at(m, m);
      const double s = std::abs(own - two.real()) + std::abs(two.imag()) + size(m + 1, m);
      const double below = at(m + 1, m) / s;
      v[0] = below * at(m, m + 1) + (own - one.real()) * ((own - two.real()) / s) -
             one.imag() * (two.imag() / s);
      v[1] = below * (own + at(m + 1, m + 1) - one.real() - two.real());
      v[2] = below * at(m + 2, m + 1);
      const double sum = std::abs(v[0]) + std::abs(v[1]) + std::abs(v[2]);
      for (int i = 0; i < 3; ++i)
        v[i] /= sum;
      if (m == first ||
          size(m, m - 1) * (std::abs(v[1]) + std::abs(v[2])) <=
              ulp * std::abs(v[0]) * (size(m - 1, m - 1) + std::abs(own) + size(m + 1, m + 1)))
        return m;
    }
  }

  int64_t start(int64_t first, int64_t last, int64_t tries, Complex *v) const {
    Complex shift = at(last, last);
    if (tries % 20 == 0) {
      shift += 0.75 * size(last, last - 1);
    } else if (tries % 10 == 0) {
      shift = at(first, first) + 0.75 * size(first + 1, first);
    } else {
      const Complex beside = times(std::sqrt(at(last - 1, last)), std::sqrt(at(last, last - 1)));
      if (double s = sizeOf(beside); s != 0) {
        const Complex half = 0.5 * (at(last - 1, last - 1) - shift);
        const double apart = sizeOf(half);
        s = std::max(s, apart);
        const Complex x = half / s, y = beside / s;
        Complex root = s * std::sqrt(times(x, x) + times(y, y));
        if (apart > 0 && half.real() / apart * root.real() + half.imag() / apart * root.imag() < 0)
          root = -root;
        shift -= times(beside, beside / (half + root));
      }
    }
    int64_t m = last - 1;
    for (;; --m) {
      const Complex own = at(m, m), less = own - shift;
      const double s = sizeOf(less) + size(m + 1, m);
      v[0] = less / s;
      v[1] = at(m + 1, m) / s;
      if (m == first || size(m, m - 1) * sizeOf(v[1]) <=
                            ulp * (sizeOf(v[0]) * (sizeOf(own) + size(m + 1, m + 1))))
        return m;
    }
  }

  void finish(int64_t first, int64_t last) const {
    if (first == last) {
      values[last] = at(last, last);
      return;
    }
    if constexpr (!isComplexElement<T>) {
      const Standardized block(at(first, first), at(first, last), at(last, first), at(last, last));
      at(first, first) = block.a, at(first, last) = block.b;
      at(last, first) = block.c, at(last, last) = block.d;
      const double apart =
          block.c == 0 ? 0 : std::sqrt(std::abs(block.b)) * std::sqrt(std::abs(block.c));
      values[first] = {block.a, apart};
      values[last] = {block.d, -apart};
      if (!z)
        return;
      for (int64_t j = last + 1; j < n; ++j)
        turn(block.by, 1, &at(first, j), &at(last, j));
      turn(block.by, first, &at(0, first), &at(0, last));
      turn(block.by, n, z + first * n, z + last * n);
    }
  }
};

} // namespace

template <class T>
bool schurForm(int64_t n, int64_t low, int64_t high, T *h, T *z,
               std::complex<double> *values) noexcept {
  return Iteration<T>{n, low, high, h, z, values}.run();
}

template bool schurForm(int64_t, int64_t, int64_t, double *, double *,
                        std::complex<double> *) noexcept;
template bool schurForm(int64_t, int64_t, int64_t, std::complex<double> *, std::complex<double> *,
                        std::complex<double> *) noexcept;

} // namespace ndrt
