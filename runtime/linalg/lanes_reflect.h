// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reflectors of all lanes: Householder, "Unitary triangularization of a nonsymmetric matrix", J.
// ACM 5(4), 1958. The signs are LAPACK's: what is left of a column has the other sign than its
// first element, which stays as it is where there is nothing below.
#pragma once

#include "linalg/lanes_vector.h"

#include <bit>

namespace ndrt {
namespace {

/// Reflectors I - tau v v^H in the columns of a matrix of m rows. That of column j has a one in row
/// j + under, and below it what the column has.
template <class T, int bytes> struct Reflectors {
  using C = Columns<T, bytes>;
  using X = Value<T, bytes>;
  using Vector = typename X::Vector;
  using M = Mask<T, bytes>;
  using R = Real<T>;
  using I = Number<T>;
  static constexpr int64_t lanes = bytes / int64_t(sizeof(R));
  static constexpr int most = abreast<T, bytes>, mantissa = std::numeric_limits<R>::digits - 1;

  int64_t m, under;
  C a;
  Vector *taus;

  NDRT_LANES X tau(int64_t j) const {
    X x;
    x.load(taus + j * X::parts);
    return x;
  }

  /// Where squares of numbers of this size overflow or vanish, a power of two that brings them near
  /// one; else one.
  NDRT_LANES static Vector scaleOf(const M &size) {
    constexpr int half = std::numeric_limits<R>::max_exponent / 2;
    constexpr I top = I(2 * std::numeric_limits<R>::max_exponent - 3) << mantissa;
    constexpr I one = std::bit_cast<I>(R(1)), reach = I(half - mantissa - 4) << mantissa;
    const M power = size & (I(-1) << mantissa), limited = power > top ? M{} + top : power;
    const M fits = (size > one - reach ? size : M{} + (one + 2 * reach)) < one + reach;
    return Vector(fits ? M{} + one : top + (I(1) << mantissa) - limited);
  }

  /// Makes the reflector of column \p j, that leaves only the first element.
  NDRT_LANES void reflect(int64_t j) const {
    const int64_t row = j + under;
    X top = a.get(row, j);
    M below{};
    for (int64_t i = row + 1; i < m; ++i) {
      const M size = a.get(i, j).size();
      below = size > below ? size : below;
    }
    const M first = top.size(), nothing = (below | top.imaginarySize()) == 0 ? M{} - 1 : M{};
    const Vector scale = scaleOf(first > below ? first : below);
    top.scale(scale);
    Vector squares = top.square();
    for (int64_t i = row + 1; i < m; ++i) {
      X x = a.get(i, j);
      x.scale(scale);
      squares += x.square();
    }
    R roots[lanes];
    std::memcpy(roots, &squares, bytes);
    for (int64_t lane = 0; lane < lanes; ++lane)
      roots[lane] = std::sqrt(roots[lane]);
    Vector left;
    std::memcpy(&left, roots, bytes);
    constexpr I sign = std::numeric_limits<I>::min();
    left = Vector(M(left) | (~M(top.re) & sign));
    X difference = top, factor = top;
    difference.re -= left;
    factor.re = (left - top.re) / left;
    factor.divideImaginary(-left);
    factor.select(nothing, X::real(0));
    factor.store(taus + j * X::parts);
    left = nothing ? top.re : left;
    difference.select(nothing, X::real(1));
    difference.invert();
    for (int64_t i = row + 1; i < m; ++i) {
      X x = a.get(i, j);
      x.scale(scale);
      x.times(difference);
      x.store(a.at(i, j));
    }
    top.onlyReal();
    top.re = left / scale;
    top.store(a.at(row, j));
  }

  /// Columns [c, c + count) of \p to less v (factor v^H column).
  template <int count>
  NDRT_LANES void apply(int64_t j, const X &factor, const C &to, int64_t c) const {
    const int64_t row = j + under;
    X sums[count];
#pragma GCC unroll 4
    for (int k = 0; k < count; ++k)
      sums[k] = to.get(row, c + k);
    for (int64_t i = row + 1; i < m; ++i) {
      const X v = a.get(i, j);
#pragma GCC unroll 4
      for (int k = 0; k < count; ++k)
        sums[k].plusConjugateProduct(v, to.get(i, c + k));
    }
#pragma GCC unroll 4
    for (int k = 0; k < count; ++k) {
      sums[k].times(factor);
      X x = to.get(row, c + k);
      x.less(sums[k]);
      x.store(to.at(row, c + k));
    }
    for (int64_t i = row + 1; i < m; ++i) {
      const X v = a.get(i, j);
#pragma GCC unroll 4
      for (int k = 0; k < count; ++k) {
        X x = to.get(i, c + k);
        x.lessProduct(v, sums[k]);
        x.store(to.at(i, c + k));
      }
    }
  }

  NDRT_LANES void apply(int64_t j, const X &factor, const C &to, int64_t c, int64_t columns) const {
    if constexpr (most > 1)
      for (; c + most <= columns; c += most)
        apply<most>(j, factor, to, c);
    for (; c < columns; ++c)
      apply<1>(j, factor, to, c);
  }
};

} // namespace
} // namespace ndrt
