// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// LU by panels: a few columns are factored one by one, then the others follow, of which each
// element is read and written once for all of the panel.
#include "linalg/lanes_vector.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace ndrt {
namespace {

template <class T, int bytes> struct LuKernel {
  using C = Columns<T, bytes>;
  using X = Value<T, bytes>;
  using Vector = typename X::Vector;
  using M = Mask<T, bytes>;
  static constexpr int64_t lanes = bytes / int64_t(sizeof(Real<T>));
  static constexpr int most = abreast<T, bytes>;
  /// The smallest normal number, as order() has it.
  static constexpr Number<T> smallest =
      std::bit_cast<Number<T>>(std::numeric_limits<Real<T>>::min());

  int64_t n;
  C a;
  LaneFacts &facts;
  M pivots[laneSide];      ///< row j changed places with row pivots[j], j = 0, 1, ...
  X reciprocals[laneSide]; ///< of the pivots
  bool allPlain = true;    ///< no reciprocal overflows

  NDRT_LANES LuKernel(int64_t n, const C &a, LaneFacts &facts) : n(n), a(a), facts(facts) {}

  /// Exchanges row j of \p columns columns of \p x with row pivots[j].
  NDRT_LANES void exchange(int64_t j, const C &x, int64_t columns) const {
    // As soon as the rows are more than lanes it is less to move those of each lane.
    if (n - j > lanes) {
      int64_t rows[lanes]; // from row j, in numbers
      for (int64_t lane = 0; lane < lanes; ++lane)
        rows[lane] = (pivots[j][lane] - j) * lanes * X::parts;
      auto *top = reinterpret_cast<Real<T> *>(x.at(j, 0));
      for (int64_t c = 0; c < columns; ++c, top += x.step() * lanes)
#pragma GCC unroll 4
        for (int64_t lane = 0; lane < lanes; ++lane) {
          Real<T> *other = top + rows[lane];
          std::swap(top[lane], other[lane]);
          if constexpr (X::parts == 2)
            std::swap(top[lane + lanes], other[lane + lanes]);
        }
      return;
    }
    for (int64_t c = 0; c < columns; ++c) {
      const X top = x.get(j, c);
      X first = top;
      for (int64_t i = j + 1; i < n; ++i) {
        const auto here = pivots[j] == Number<T>(i);
        X other = x.get(i, c);
        first.select(here, other);
        other.select(here, top);
        other.store(x.at(i, c));
      }
      first.store(x.at(j, c));
    }
  }

  /// What is left of \p columns columns after the panel's: its rows of U, and what they are taken
  /// from.
  template <int depth, int columns>
  NDRT_LANES void eliminate(int64_t j, Vector *to, int64_t toStep) const {
    X y[columns][depth];
#pragma GCC unroll 4
    for (int c = 0; c < columns; ++c)
#pragma GCC unroll 4
      for (int k = 0; k < depth; ++k) {
        y[c][k].load(to + c * toStep + (j + k) * X::parts);
#pragma GCC unroll 4
        for (int l = 0; l < k; ++l)
          y[c][k].lessProduct(a.get(j + k, j + l), y[c][l]);
        y[c][k].store(to + c * toStep + (j + k) * X::parts);
      }
    lessProducts<X, depth, columns>(n - j - depth, a.at(j + depth, j), a.step(), y,
                                    to + (j + depth) * X::parts, toStep);
  }

  template <int depth>
  NDRT_LANES void followBy(int64_t j, const C &x, int64_t begin, int64_t end) const {
    int64_t c = begin;
    if constexpr (most > 1)
      for (; c + most <= end; c += most)
        eliminate<depth, most>(j, x.at(0, c), x.step());
    for (; c < end; ++c)
      eliminate<depth, 1>(j, x.at(0, c), x.step());
  }
  /// Columns \p begin to \p end of \p x follow the panel.
  NDRT_LANES void follow(int64_t j, int64_t depth, const C &x, int64_t begin, int64_t end) const {
    if (depth == panel)
      return followBy<panel>(j, x, begin, end);
    for (int64_t k = j; k < j + depth; ++k)
      followBy<1>(k, x, begin, end);
  }

  NDRT_LANES void factorPanel(int64_t begin, int64_t depth, int64_t k, const C &x, M &regular,
                              M &ranks, M &odd) {
    for (int64_t j = begin; j < begin + depth; ++j) {
      M largest = a.get(j, j).size();
      M pivot = M{} + Number<T>(j);
      for (int64_t i = j + 1; i < n; ++i) {
        const M size = a.get(i, j).size();
        pivot = size > largest ? M{} + Number<T>(i) : pivot;
        largest = size > largest ? size : largest;
      }
      pivots[j] = pivot;
      odd ^= pivot != Number<T>(j) ? M{} + 1 : M{};
      regular = largest == 0 ? M{} : regular;
      ranks -= regular;
      for (int which = 0; which < 1 + (k != 0); ++which)
        exchange(j, which ? x : a, which ? k : n);
      const X top = a.get(j, j);
      // As LAPACK does, and unless the reciprocal overflows.
      X reciprocal = top;
      reciprocal.invert();
      const auto plain = largest >= smallest;
      const bool allHere = none(plain ? M{} : M{} + 1);
      allPlain = allPlain && allHere;
      reciprocals[j] = reciprocal;
      for (int64_t i = j + 1; i < n; ++i) {
        X x = a.get(i, j), scaled = x;
        scaled.times(reciprocal);
        if (!allHere) {
          x.divide(top);
          x.select(plain, scaled);
          scaled = x;
        }
        scaled.store(a.at(i, j));
      }
      for (int64_t c = j + 1; c < begin + depth; ++c) {
        const X y[1][1] = {{a.get(j, c)}};
        lessProducts<X, 1, 1>(n - j - 1, a.at(j + 1, j), 0, y, a.at(j + 1, c), 0);
      }
    }
  }

  /// Factors a, and takes \p k columns of x, if there are any, on the way. \p inverse: x becomes P
  /// when it is known and follows then.
  NDRT_LANES void factor(int64_t k, const C &x, bool inverse) {
    M regular = M{} - 1, ranks = {}, odd = {}; // as many steps as there were no zeros yet
    for (int pass = 0; pass <= inverse; ++pass) {
      for (int64_t j = 0; j < n; j += panel) {
        const int64_t depth = std::min<int64_t>(panel, n - j);
        if (pass == 0)
          factorPanel(j, depth, inverse ? 0 : k, x, regular, ranks, odd);
        for (int which = pass; which < 1 + (pass == 1 || (k != 0 && !inverse)); ++which)
          follow(j, depth, which ? x : a, which ? 0 : j + depth, which ? k : n);
      }
      if (pass == 0 && inverse)
        permutation(x);
    }
    for (int64_t lane = 0; lane < lanes; ++lane) {
      facts.zero[lane] = int8_t(ranks[lane] < n ? ranks[lane] : -1);
      facts.odd[lane] = odd[lane];
    }
  }

  /// By the pivot of \p row. Complex numbers by its reciprocal, as a division takes long.
  NDRT_LANES void divide(X &x, int64_t row) const {
    const X pivot = a.get(row, row);
    if constexpr (X::parts == 1) {
      x.divide(pivot);
    } else {
      X scaled = x;
      scaled.times(reciprocals[row]);
      if (!allPlain) {
        x.divide(pivot);
        x.select(pivot.size() >= smallest, scaled);
        scaled = x;
      }
      x = scaled;
    }
  }

  template <int depth, int columns>
  NDRT_LANES void substitute(int64_t j, Vector *to, int64_t toStep) const {
    X y[columns][depth];
#pragma GCC unroll 4
    for (int c = 0; c < columns; ++c)
#pragma GCC unroll 4
      for (int k = 0; k < depth; ++k) {
        const int64_t row = j + depth - 1 - k;
        y[c][k].load(to + c * toStep + row * X::parts);
#pragma GCC unroll 4
        for (int l = 0; l < k; ++l)
          y[c][k].lessProduct(a.get(row, j + depth - 1 - l), y[c][l]);
        divide(y[c][k], row);
        y[c][k].store(to + c * toStep + row * X::parts);
      }
    lessProducts<X, depth, columns>(j, a.at(0, j + depth - 1), -a.step(), y, to, toStep);
  }

  template <int depth> NDRT_LANES void substituteBy(int64_t j, int64_t k, const C &x) const {
    int64_t c = 0;
    if constexpr (most > 1)
      for (; c + most <= k; c += most)
        substitute<depth, most>(j, x.at(0, c), x.step());
    for (; c < k; ++c)
      substitute<depth, 1>(j, x.at(0, c), x.step());
  }
  /// x = U^-1 x
  NDRT_LANES void substituteAll(int64_t k, const C &x) const {
    int64_t j = n;
    for (; j % panel != 0; --j)
      substituteBy<1>(j - 1, k, x);
    for (; j > 0; j -= panel)
      substituteBy<panel>(j - panel, k, x);
  }

  NDRT_LANES void identity(const C &x) const {
    for (int64_t c = 0; c < n; ++c)
      for (int64_t i = 0; i < n; ++i) {
        X value{};
        value.re += Real<T>(i == c);
        value.store(x.at(i, c));
      }
  }
  /// x = P
  NDRT_LANES void permutation(const C &x) const {
    for (int64_t c = 0; c < n; ++c)
      for (int64_t i = 0; i < n; ++i)
        X{}.store(x.at(i, c));
    auto *values = reinterpret_cast<Real<T> *>(x.values);
    for (int64_t lane = 0; lane < lanes; ++lane) {
      int8_t rows[laneSide];
      for (int64_t i = 0; i < n; ++i)
        rows[i] = int8_t(i);
      for (int64_t i = 0; i < n; ++i) {
        std::swap(rows[i], rows[pivots[i][lane]]);
        values[(rows[i] * x.elements + i) * X::parts * lanes + lane] = 1;
      }
    }
  }
};

template <class T> struct LuTask {
  int64_t n, k;
  const Lanes<T> &a, &x;
  LaneFacts &facts;
  bool inverse;

  template <int bytes> NDRT_LANES void run() const {
    using C = Columns<T, bytes>;
    const C others(x);
    LuKernel<T, bytes> kernel(n, C(a), facts);
    const bool later = inverse && n > panel; // few rows are exchanged sooner than found out
    if (inverse && !later)
      kernel.identity(others);
    kernel.factor(k, others, later);
    kernel.substituteAll(k, others);
  }
};

} // namespace

template <class T>
void solveLanes(int64_t n, const Lanes<T> &a, int64_t k, const Lanes<T> &x,
                LaneFacts &facts) noexcept {
  runLanes(LuTask<T>{n, k, a, x, facts, false}, a.count * int64_t(sizeof(Real<T>)));
}

template <class T>
void invertLanes(int64_t n, const Lanes<T> &a, const Lanes<T> &x, LaneFacts &facts) noexcept {
  runLanes(LuTask<T>{n, n, a, x, facts, true}, a.count * int64_t(sizeof(Real<T>)));
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template void solveLanes(int64_t, const Lanes<T> &, int64_t, const Lanes<T> &,                   \
                           LaneFacts &) noexcept;                                                  \
  template void invertLanes(int64_t, const Lanes<T> &, const Lanes<T> &, LaneFacts &) noexcept;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
NDRT_INSTANTIATE(std::complex<float>)
NDRT_INSTANTIATE(std::complex<double>)
#undef NDRT_INSTANTIATE

} // namespace ndrt
