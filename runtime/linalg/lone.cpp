// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/lone.h"

#include "linalg/lanes_vector.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

namespace ndrt {
namespace {

/// The bits of |x|, as order() has them.
template <class R> NDRT_LANES auto orderOf(R x) {
  using I = Number<R>;
  return std::bit_cast<I>(x) & std::numeric_limits<I>::max();
}

/// A number, with the steps of Value.
template <class T, bool = isComplexElement<T>> struct Factor {
  using R = Real<T>;
  R re;

  NDRT_LANES static Factor at(const R *x, int64_t) { return {*x}; }
  NDRT_LANES static Factor of(T x) { return {x}; }
  NDRT_LANES T number() const { return re; }
  NDRT_LANES auto size() const { return orderOf(re); }
  NDRT_LANES void times(const Factor &x) { re *= x.re; }
  NDRT_LANES void divide(const Factor &x) { re /= x.re; }
  NDRT_LANES void lessProduct(const Factor &x, const Factor &y) { re -= x.re * y.re; }
};

template <class T> struct Factor<T, true> {
  using R = Real<T>;
  R re, im;

  /// \p apart: the parts.
  NDRT_LANES static Factor at(const R *x, int64_t apart) { return {x[0], x[apart]}; }
  NDRT_LANES static Factor of(T x) { return {x.real(), x.imag()}; }
  NDRT_LANES T number() const { return {re, im}; }
  NDRT_LANES auto size() const {
    return orderOf(std::bit_cast<R>(orderOf(re)) + std::bit_cast<R>(orderOf(im)));
  }
  NDRT_LANES void times(const Factor &x) {
    const R first = re;
    re = first * x.re - im * x.im;
    im = first * x.im + im * x.re;
  }
  NDRT_LANES void divide(const Factor &x) {
    const bool turned = orderOf(x.re) < orderOf(x.im);
    const R large = turned ? x.im : x.re, small = turned ? x.re : x.im;
    const R ratio = small / large, size = large + small * ratio;
    const R first = turned ? im : re, second = turned ? re : im;
    re = (first + second * ratio) / size;
    const R last = (second - first * ratio) / size;
    im = turned ? -last : last;
  }
  NDRT_LANES void lessProduct(const Factor &x, const Factor &y) {
    re -= x.re * y.re - x.im * y.im;
    im -= x.re * y.im + x.im * y.re;
  }
};

template <class T, int bytes> struct LoneKernel {
  using X = Value<T, bytes>;
  using Vector = typename X::Vector;
  using R = Real<T>;
  using F = Factor<T>;
  using I = Number<T>;
  static constexpr int64_t length = bytes / int64_t(sizeof(R)), parts = X::parts;
  static constexpr I smallest = std::bit_cast<I>(std::numeric_limits<R>::min());

  int64_t n, own, others; ///< vectors of a row of the matrix, and of its right-hand sides
  alignas(64) R rows[laneSide * (2 * laneSide * parts + length)];
  alignas(64) R column[parts][laneSide]; ///< of L
  F reciprocals[laneSide];
  bool plain[laneSide]; ///< whether the reciprocal is of use

  NDRT_LANES LoneKernel(int64_t n, int64_t k)
      : n(n), own(ceilDiv(n, length)), others(k == 0 ? 0 : ceilDiv(k, length)) {
    std::fill_n(rows, n * rowStep(), R(0));
  }

  /// Rows do not all fall on the same lines of the cache.
  NDRT_LANES int64_t rowStep() const { return ((own + others) * parts | 1) * length; }
  NDRT_LANES R *row(int64_t i) { return rows + i * rowStep(); }
  NDRT_LANES R *rightSides(int64_t i) { return row(i) + own * parts * length; }

  /// Element \p j of a row.
  NDRT_LANES static R *at(R *row, int64_t j) {
    return row + j / length * length * parts + j % length;
  }
  NDRT_LANES static F get(const R *x) { return F::at(x, length); }
  /// Vector \p index of a row.
  NDRT_LANES static X load(const R *row, int64_t index) {
    X x;
    x.load(reinterpret_cast<const Vector *>(row) + index * parts);
    return x;
  }
  NDRT_LANES static void store(const X &x, R *row, int64_t index) {
    x.store(reinterpret_cast<Vector *>(row) + index * parts);
  }
  NDRT_LANES F factorOf(int64_t i) const { return F::at(column[0] + i, laneSide); }
  NDRT_LANES X columnVector(int64_t index) const {
    X x;
    x.re = reinterpret_cast<const Vector *>(column[0])[index];
    if constexpr (parts == 2)
      x.im = reinterpret_cast<const Vector *>(column[parts - 1])[index];
    return x;
  }

  NDRT_LANES static void take(const Scattered<T> &from, int64_t i, int64_t columns, R *to) {
    const T *x = from.data + i * from.row;
    for (int64_t begin = 0; begin < columns; begin += length, to += length * parts)
      for (int64_t j = 0; j < std::min(length, columns - begin); ++j, x += from.column) {
        to[j] = std::real(*x);
        if constexpr (parts == 2)
          to[j + length] = std::imag(*x);
      }
  }
  NDRT_LANES static void give(const R *from, int64_t columns, T *to) {
    for (int64_t begin = 0; begin < columns; begin += length, from += length * parts)
      for (int64_t j = 0; j < std::min(length, columns - begin); ++j)
        *to++ = get(from + j).number();
  }

  /// U, and on the right L^-1 P times what is there. L is not kept.
  NDRT_LANES void factor(LoneFacts &facts) {
    const int64_t step = rowStep();
    for (int64_t j = 0; j < n; ++j) {
      R *top = at(row(j), j);
      int64_t pivot = j;
      I largest = get(top).size();
      const R *below = top;
      for (int64_t i = j + 1; i < n; ++i) {
        const I size = get(below += step).size();
        pivot = size > largest ? i : pivot;
        largest = size > largest ? size : largest;
      }
      if (largest == 0) {
        facts.zero = j;
        return;
      }
      if (pivot != j) {
        facts.odd = !facts.odd;
        for (int64_t b = j / length; b < own + others; ++b) {
          const X x = load(row(j), b), y = load(row(pivot), b);
          store(y, row(j), b);
          store(x, row(pivot), b);
        }
      }
      const F here = get(top);
      F reciprocal = F::of(1);
      reciprocal.divide(here);
      reciprocals[j] = reciprocal;
      plain[j] = largest >= smallest;
      const R *from = top;
      for (int64_t i = j + 1; i < n; ++i) {
        F factor = get(from += step);
        if (plain[j])
          factor.times(reciprocal);
        else
          factor.divide(here);
        column[0][i] = factor.re;
        if constexpr (parts == 2)
          column[1][i] = factor.im;
      }
      lessProducts(column[0], 1, laneSide, j + 1, n, row(j), rows, (j + 1) / length, own + others);
    }
  }

  /// to[i] -= factor i * from in vectors \p first to \p last of rows \p begin to \p end. By rows
  /// where the first level of the cache does not hold them all.
  NDRT_LANES void lessProducts(const R *factors, int64_t factorStep, int64_t apart, int64_t begin,
                               int64_t end, const R *from, R *to, int64_t first,
                               int64_t last) const {
    const int64_t step = rowStep();
    auto one = [&](int64_t i, int64_t b, const X &x) __attribute__((always_inline)) {
      X sum = load(to + i * step, b);
      sum.lessProduct(F::at(factors + i * factorStep, apart), x);
      store(sum, to + i * step, b);
    };
    if (n * step * int64_t(sizeof(R)) > 24 * 1024)
      for (int64_t i = begin; i < end; ++i)
        for (int64_t b = first; b < last; ++b)
          one(i, b, load(from, b));
    else
      for (int64_t b = first; b < last; ++b) {
        const X x = load(from, b);
        for (int64_t i = begin; i < end; ++i)
          one(i, b, x);
      }
  }

  template <class N> NDRT_LANES static N everywhere(const F &x) {
    N value;
    value.re = x.re - decltype(value.re){};
    if constexpr (parts == 2)
      value.im = x.im - decltype(value.im){};
    return value;
  }
  /// By pivot j; complex numbers by its reciprocal where that is of use.
  template <class N> NDRT_LANES void divide(N &x, int64_t j) {
    if constexpr (parts == 1)
      x.re /= *at(row(j), j);
    else if (plain[j])
      x.times(reciprocals[j]);
    else
      x.divide(everywhere<N>(get(at(row(j), j))));
  }
  /// The right-hand sides times U^-1.
  NDRT_LANES void substitute() {
    for (int64_t j = n - 1; j >= 0; --j) {
      for (int64_t b = 0; b < others; ++b) {
        X solution = load(rightSides(j), b);
        divide(solution, j);
        store(solution, rightSides(j), b);
      }
      lessProducts(at(rows, j), rowStep(), length, 0, j, rightSides(j), rightSides(0), 0, others);
    }
  }
  /// The same for one right-hand side, to \p x.
  NDRT_LANES void substituteOne(T *x) {
    const int64_t step = rowStep();
    F sums[laneSide];
    for (int64_t i = 0; i < n; ++i)
      sums[i] = get(rightSides(i));
    for (int64_t j = n - 1; j >= 0; --j) {
      F solution = sums[j];
      divide(solution, j);
      x[j] = solution.number();
      const R *factor = at(row(0), j);
      for (int64_t i = 0; i < j; ++i, factor += step)
        sums[i].lessProduct(get(factor), solution);
    }
  }

  NDRT_LANES void cholesky(LoneFacts &facts, T *x, bool transposed) {
    std::fill_n(x, n * n, T(0));
    std::fill_n(column[0], laneSide * parts, R(0));
    const int64_t down = transposed ? 1 : n, step = rowStep();
    for (int64_t j = 0; j < n; ++j) {
      const R *from = at(row(j), j);
      if (!(*from > 0)) {
        facts.zero = j;
        return;
      }
      const R root = std::sqrt(*from);
      const R reciprocal = 1 / root;
      T *to = x + j * (n + 1);
      *to = root;
      for (int64_t i = j + 1; i < n; ++i) {
        F value = get(from += step);
        column[0][i] = value.re *= reciprocal;
        if constexpr (parts == 2)
          column[1][i] = value.im *= reciprocal;
        *(to += down) = value.number();
      }
      for (int64_t b = (j + 1) / length; b < own; ++b) {
        X next = columnVector(b);
        next.conjugate();
        int64_t i = std::max(j + 1, b * length);
        R *line = row(i);
        for (; i < n; ++i, line += step) {
          X sum = load(line, b);
          sum.lessProduct(factorOf(i), next);
          store(sum, line, b);
        }
      }
    }
  }
};

template <class T> struct LoneTask {
  int64_t n, k;
  const Scattered<T> &a, *b;
  T *x;
  enum { solves, inverts, factors, cholesky, choleskyTransposed } what;
  LoneFacts &facts;

  template <int bytes> NDRT_LANES void run() const {
    LoneKernel<T, bytes> kernel(n, k);
    const bool triangle = what == cholesky || what == choleskyTransposed;
    for (int64_t i = 0; i < n; ++i)
      kernel.take(a, i, triangle ? i + 1 : n, kernel.row(i));
    if (triangle)
      return kernel.cholesky(facts, x, what == choleskyTransposed);
    for (int64_t i = 0; i < n; ++i)
      if (what == solves)
        kernel.take(*b, i, k, kernel.rightSides(i));
      else if (what == inverts)
        *kernel.at(kernel.rightSides(i), i) = 1;
    kernel.factor(facts);
    if (facts.zero >= 0)
      return;
    if (what == factors) {
      for (int64_t i = 0; i < n; ++i)
        x[i] = kernel.get(kernel.at(kernel.row(i), i)).number();
    } else if (k == 1) {
      kernel.substituteOne(x);
    } else {
      kernel.substitute();
      for (int64_t i = 0; i < n; ++i)
        kernel.give(kernel.rightSides(i), k, x + i * k);
    }
  }
};

template <class T> LoneFacts runLone(LoneTask<T> task) {
  runLanes(task, lanesFor<T>(task.n) * int64_t(sizeof(Real<T>)));
  return task.facts;
}

} // namespace

template <class T>
LoneFacts solveLone(int64_t n, const Scattered<T> &a, int64_t k, const Scattered<T> *b,
                    T *x) noexcept {
  LoneFacts facts;
  return runLone(LoneTask<T>{n, k, a, b, x, b ? LoneTask<T>::solves : LoneTask<T>::inverts, facts});
}

template <class T> LoneFacts factorLone(int64_t n, const Scattered<T> &a, T *diagonal) noexcept {
  LoneFacts facts;
  return runLone(LoneTask<T>{n, 0, a, nullptr, diagonal, LoneTask<T>::factors, facts});
}

template <class T>
LoneFacts choleskyLone(int64_t n, const Scattered<T> &a, T *x, bool transposed) noexcept {
  LoneFacts facts;
  return runLone(LoneTask<T>{n, 0, a, nullptr, x,
                             transposed ? LoneTask<T>::choleskyTransposed : LoneTask<T>::cholesky,
                             facts});
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template LoneFacts solveLone(int64_t, const Scattered<T> &, int64_t, const Scattered<T> *,       \
                               T *) noexcept;                                                      \
  template LoneFacts factorLone(int64_t, const Scattered<T> &, T *) noexcept;                      \
  template LoneFacts choleskyLone(int64_t, const Scattered<T> &, T *, bool) noexcept;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
NDRT_INSTANTIATE(std::complex<float>)
NDRT_INSTANTIATE(std::complex<double>)
#undef NDRT_INSTANTIATE

} // namespace ndrt
