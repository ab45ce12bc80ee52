// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/lanes.h"
#include "linalg/reflector.h"
#include "linalg/rotation.h"
#include "linalg/schur.h"

#include <limits>
#include <utility>

namespace ndrt {
namespace {

constexpr double ulp = std::numeric_limits<double>::epsilon();
constexpr double smallest = std::numeric_limits<double>::min();

template <class T> struct SmallEigen {
  using Complex = std::complex<double>;

  int64_t n;
  T *a;
  int64_t low = 0, high = n - 1; ///< what lies outside is triangular already
  double scale[laneSide]{};      ///< of the row, or outside of [low, high] the row it came from

  T &at(int64_t i, int64_t j) const { return a[j * n + i]; }

  bool run(Complex *values, Complex *vectors) {
    const int exponent = moderate();
    permute();
    if (low < high)
      equalize();
    T taus[laneSide], z[laneSide * laneSide];
    toHessenberg(taus);
    if (vectors)
      formTransformation(taus, z);
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = j + 2; i < n; ++i)
        at(i, j) = 0;
    if (!schurForm(n, low, high, a, vectors ? z : nullptr, values))
      return false;
    if (vectors)
      findVectors(z, values, vectors);
    for (int64_t i = 0; exponent != 0 && i < n; ++i)
      values[i] = {std::scalbn(values[i].real(), exponent),
                   std::scalbn(values[i].imag(), exponent)};
    return true;
  }

  /// Brings the largest element near one where it is far from it; gives the exponent it had.
  int moderate() const {
    double largest = 0;
    for (int64_t i = 0; i < n * n; ++i)
      largest = std::max({largest, std::abs(std::real(a[i])), std::abs(std::imag(a[i]))});
    const int exponent = largest == 0 ? 0 : std::ilogb(largest);
    if (std::abs(exponent) <= 16)
      return 0;
    for (int64_t i = 0; i < n * n; ++i)
      if constexpr (isComplexElement<T>)
        a[i] = {std::scalbn(a[i].real(), -exponent), std::scalbn(a[i].imag(), -exponent)};
      else
        a[i] = std::scalbn(a[i], -exponent);
    return exponent;
  }

  /// Rows with nothing but their diagonal go to the end, columns to the beginning.
  void permute() {
    auto alone = [&](int64_t j, bool row) {
      for (int64_t i = low; i <= high; ++i)
        if (i != j && (row ? at(j, i) : at(i, j)) != T(0))
          return false;
      return true;
    };
    auto exchange = [&](int64_t j, int64_t with) {
      scale[with] = static_cast<double>(j);
      if (j == with)
        return;
      for (int64_t i = 0; i <= high; ++i)
        std::swap(at(i, j), at(i, with));
      for (int64_t i = low; i < n; ++i)
        std::swap(at(j, i), at(with, i));
    };
    for (int64_t j = high; j >= 0; --j)
      if (alone(j, true)) {
        exchange(j, high);
        if (high == 0)
          return;
        j = high--;
      }
    for (int64_t j = low; j <= high; ++j)
      if (alone(j, false)) {
        exchange(j, low);
        j = low++;
      }
  }

  /// Powers of two make the lengths of each row and its column alike.
  void equalize() {
    constexpr double least = smallest / ulp, most = 1 / least;
    std::fill_n(scale + low, high - low + 1, 1.0);
    for (bool changed = true; changed;) {
      changed = false;
      for (int64_t i = low; i <= high; ++i) {
        double c = lengthOf(high - low + 1, &at(low, i)), r = rowLength(i);
        if (c == 0 || r == 0)
          continue;
        double columnMost = 0, rowMost = 0;
        for (int64_t k = 0; k <= high; ++k)
          columnMost = std::max(columnMost, std::abs(at(k, i)));
        for (int64_t k = low; k < n; ++k)
          rowMost = std::max(rowMost, std::abs(at(i, k)));
        const double before = c + r;
        double f = 1;
        for (double g = r / 2; c < g && std::max({f, c, columnMost}) < most / 2 &&
                               std::min({r, g, rowMost}) > least * 2;) {
          f *= 2, c *= 2, columnMost *= 2;
          r /= 2, g /= 2, rowMost /= 2;
        }
        for (double g = c / 2; g >= r && std::max(r, rowMost) < most / 2 &&
                               std::min({f, c, g, columnMost}) > least * 2;) {
          f /= 2, c /= 2, g /= 2, columnMost /= 2;
          r *= 2, rowMost *= 2;
        }
        if (c + r >= 0.95 * before || (f < 1 && scale[i] < 1 && f * scale[i] <= least) ||
            (f > 1 && scale[i] > 1 && scale[i] >= most / f))
          continue;
        scale[i] *= f;
        changed = true;
        for (int64_t k = low; k < n; ++k)
          at(i, k) *= 1 / f;
        for (int64_t k = 0; k <= high; ++k)
          at(k, i) *= f;
      }
    }
  }

  double rowLength(int64_t i) const {
    T row[laneSide];
    for (int64_t k = low; k <= high; ++k)
      row[k] = at(i, k);
    return lengthOf(high - low + 1, row + low);
  }

  void toHessenberg(T *taus) const {
    for (int64_t i = low; i < high; ++i) {
      T *v = &at(i + 1, i);
      const int64_t count = high - i;
      taus[i] = reflectorOf(count, v);
      reflectColumns(count, v, taus[i], &at(0, i + 1), n, high + 1);
      reflectRows(count, v, taus[i], &at(i + 1, i + 1), n, n - i - 1);
    }
  }

  void formTransformation(const T *taus, T *z) const {
    std::fill_n(z, n * n, T(0));
    for (int64_t i = 0; i < n; ++i)
      z[i * n + i] = 1;
    for (int64_t i = high - 1; i >= low; --i)
      reflectRows(high - i, &at(i + 1, i), conjugate(taus[i]), z + (i + 1) * n + i + 1, n,
                  high - i);
  }

  void findVectors(const T *z, const Complex *values, Complex *vectors) const {
    for (int64_t top = n - 1; top >= 0; --top) {
      Complex *to = vectors + top * n;
      if constexpr (!isComplexElement<T>)
        if (values[top].imag() != 0) {
          Complex x[laneSide];
          const double above = at(top - 1, top), below = at(top, top - 1);
          const Complex value = values[top - 1];
          const bool first = std::abs(above) >= std::abs(below);
          x[top - 1] = first ? 1 : -value.imag() / below;
          x[top] = first ? Complex(0, value.imag() / above) : Complex(0, 1);
          for (int64_t i = 0; i < top - 1; ++i)
            x[i] = -(x[top - 1] * at(i, top - 1) + x[top] * at(i, top));
          solve(top - 1, top, value, x);
          give(z, top, x, to - n);
          makeReal(to - n);
          for (int64_t i = 0; i < n; ++i)
            to[i] = std::conj(to[i - n]);
          --top;
          continue;
        }
      T x[laneSide];
      x[top] = 1;
      for (int64_t i = 0; i < top; ++i)
        x[i] = -at(i, top);
      solve(top, top, at(top, top), x);
      give(z, top, x, to);
      if constexpr (isComplexElement<T>)
        makeReal(to);
    }
  }

  /// Solves (T - value) x = x for the first \p rows rows; x up to \p top is scaled where it would
  /// grow too large.
  template <class E> void solve(int64_t rows, int64_t top, E value, E *x) const {
    const double least = std::max(ulp * sizeOf(value), smallest * (static_cast<double>(n) / ulp));
    auto apart = [&](E difference) { return sizeOf(difference) < least ? E(least) : difference; };
    auto limit = [&](int64_t j) {
      if (const double size = sizeOf(x[j]); size > 1e10)
        for (int64_t i = 0; i <= top; ++i)
          x[i] *= 1 / size;
    };
    auto eliminate = [&](int64_t j, int64_t count) {
      for (int64_t i = 0; i < count; ++i)
        x[i] -= times(x[j], at(i, j));
    };
    for (int64_t j = rows - 1; j >= 0; --j) {
      if (isComplexElement<T> || j == 0 || at(j, j - 1) == T(0)) {
        x[j] /= apart(at(j, j) - value);
        limit(j);
        eliminate(j, j);
        continue;
      }
      const T b = at(j - 1, j), c = at(j, j - 1);
      const E a = at(j - 1, j - 1) - value, d = at(j, j) - value, p = x[j - 1], q = x[j];
      if (sizeOf(a) >= sizeOf(c)) {
        const E factor = E(c) / a;
        x[j] = (q - times(factor, p)) / apart(d - times(factor, b));
        x[j - 1] = (p - times(x[j], b)) / a;
      } else {
        const E factor = a / c;
        x[j] = (p - times(factor, q)) / apart(E(b) - times(factor, d));
        x[j - 1] = (q - times(x[j], d)) / c;
      }
      limit(j);
      limit(j - 1);
      eliminate(j, j - 1);
      eliminate(j - 1, j - 1);
      --j;
    }
  }

  /// The vector \p x of the Schur form as one of the matrix, of length one.
  template <class E> void give(const T *z, int64_t top, const E *x, Complex *to) const {
    E y[laneSide]{};
    for (int64_t j = 0; j <= top; ++j)
      for (int64_t i = 0; i < n; ++i)
        y[i] += times(x[j], z[j * n + i]);
    for (int64_t i = low; low < high && i <= high; ++i)
      y[i] *= scale[i];
    for (int64_t i = low - 1; i >= 0; --i)
      std::swap(y[i], y[static_cast<int64_t>(scale[i])]);
    for (int64_t i = high + 1; i < n; ++i)
      std::swap(y[i], y[static_cast<int64_t>(scale[i])]);
    const double length = lengthOf(n, y);
    for (int64_t i = 0; i < n; ++i)
      to[i] = y[i] * (1 / length);
  }

  /// Makes the largest element of a complex vector real: positive for complex matrices, of the sign
  /// of its real part for real ones.
  void makeReal(Complex *x) const {
    const Complex *largest = std::max_element(
        x, x + n, [](Complex one, Complex other) { return squareOf(one) < squareOf(other); });
    const int64_t k = largest - x;
    double left;
    Rotation by = rotationFor(x[k].real(), x[k].imag(), left);
    if (isComplexElement<T> && left < 0)
      by = {-by.c, -by.s}, left = -left;
    for (int64_t i = 0; i < n; ++i)
      x[i] = {by.c * x[i].real() + by.s * x[i].imag(), by.c * x[i].imag() - by.s * x[i].real()};
    x[k] = left;
  }
};

} // namespace

template <class T>
bool eigenOfSmall(int64_t n, T *a, std::complex<double> *values,
                  std::complex<double> *vectors) noexcept {
  return SmallEigen<T>{n, a}.run(values, vectors);
}

template bool eigenOfSmall(int64_t, double *, std::complex<double> *,
                           std::complex<double> *) noexcept;
template bool eigenOfSmall(int64_t, std::complex<double> *, std::complex<double> *,
                           std::complex<double> *) noexcept;

} // namespace ndrt
