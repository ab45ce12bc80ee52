// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the kernels of lanes.h are made of: an element of all lanes, and the steps that take nearly
// all of the time. Nothing is fused: machines that cannot would give other bits.
#pragma once

#include "linalg/lanes.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#define NDRT_LANES [[gnu::always_inline]] inline

namespace ndrt {
namespace {

template <class R, int bytes> struct VectorOf {
  typedef R type [[gnu::vector_size(bytes), gnu::may_alias]];
};
template <class T, int bytes> using V = typename VectorOf<Real<T>, bytes>::type;
template <class T, int bytes> using Mask = decltype(V<T, bytes>{} < V<T, bytes>{});

/// All lanes of a mask the same number.
template <class T> using Number = std::conditional_t<sizeof(Real<T>) == 4, int32_t, int64_t>;

// Comparisons stand in a ?: each, or compilers take them lane by lane.

/// |x| as an integer, of which NaN is the largest.
template <class T, int bytes> NDRT_LANES Mask<T, bytes> order(const V<T, bytes> &x) {
  return Mask<T, bytes>(x) & std::numeric_limits<Number<T>>::max();
}

/// Is every lane zero?
template <class M> NDRT_LANES bool none(const M &lanes) {
  uint64_t words[sizeof(M) / 8], any = 0;
  std::memcpy(words, &lanes, sizeof words);
  for (uint64_t word : words)
    any |= word;
  return any == 0;
}

/// An element of all lanes.
template <class T, int bytes, bool = isComplexElement<T>> struct Value {
  using Vector = V<T, bytes>;
  static constexpr int parts = 1;
  Vector re;

  NDRT_LANES static Value real(Real<T> x) { return {x + Vector{}}; }
  NDRT_LANES void load(const Vector *p) { re = *p; }
  NDRT_LANES void store(Vector *p) const { *p = re; }
  /// The absolute value, or the sum of both, as order() has it.
  NDRT_LANES Mask<T, bytes> size() const { return order<T, bytes>(re); }
  /// Not zero where it is NaN or infinite.
  NDRT_LANES Mask<T, bytes> bad() const { return order<T, bytes>(re - re); }
  /// The imaginary part, as order() has it.
  NDRT_LANES static Mask<T, bytes> imaginarySize() { return Mask<T, bytes>{}; }
  NDRT_LANES Vector square() const { return re * re; }
  NDRT_LANES void less(const Value &x) { re -= x.re; }
  /// Plus conj(x) y.
  NDRT_LANES void plusConjugateProduct(const Value &x, const Value &y) { re += x.re * y.re; }
  /// Less x y; x may be a number for all lanes.
  template <class X> NDRT_LANES void lessProduct(const X &x, const Value &y) { re -= x.re * y.re; }
  template <class X> NDRT_LANES void times(const X &x) { re *= x.re; }
  NDRT_LANES void scale(const Vector &x) { re *= x; }
  NDRT_LANES void divide(const Value &x) { re /= x.re; }
  NDRT_LANES void divideImaginary(const Vector &) {}
  NDRT_LANES void invert() { re = 1 / re; }
  NDRT_LANES void conjugate() {}
  NDRT_LANES void onlyReal() {}
  template <class M> NDRT_LANES void select(const M &where, const Value &x) {
    re = where ? x.re : re;
  }
};

template <class T, int bytes> struct Value<T, bytes, true> {
  using Vector = V<T, bytes>;
  static constexpr int parts = 2;
  Vector re, im;

  NDRT_LANES static Value real(Real<T> x) { return {x + Vector{}, Vector{}}; }
  NDRT_LANES void load(const Vector *p) {
    re = p[0];
    im = p[1];
  }
  NDRT_LANES void store(Vector *p) const {
    p[0] = re;
    p[1] = im;
  }
  NDRT_LANES Mask<T, bytes> size() const {
    return order<T, bytes>(Vector(order<T, bytes>(re)) + Vector(order<T, bytes>(im)));
  }
  NDRT_LANES Mask<T, bytes> bad() const {
    return order<T, bytes>(re - re) | order<T, bytes>(im - im);
  }
  NDRT_LANES Mask<T, bytes> imaginarySize() const { return order<T, bytes>(im); }
  NDRT_LANES Vector square() const { return re * re + im * im; }
  NDRT_LANES void less(const Value &x) {
    re -= x.re;
    im -= x.im;
  }
  NDRT_LANES void plusConjugateProduct(const Value &x, const Value &y) {
    re += x.re * y.re + x.im * y.im;
    im += x.re * y.im - x.im * y.re;
  }
  template <class X> NDRT_LANES void lessProduct(const X &x, const Value &y) {
    re -= x.re * y.re - x.im * y.im;
    im -= x.re * y.im + x.im * y.re;
  }
  template <class X> NDRT_LANES void times(const X &x) {
    Vector first = re;
    re = first * x.re - im * x.im;
    im = first * x.im + im * x.re;
  }
  NDRT_LANES void scale(const Vector &x) {
    re *= x;
    im *= x;
  }
  NDRT_LANES void divideImaginary(const Vector &x) { im /= x; }
  /// Smith, "Algorithm 116: Complex division", Comm. ACM 5(8), 1962.
  NDRT_LANES void divide(const Value &x) {
    const auto turned = order<T, bytes>(x.re) < order<T, bytes>(x.im);
    const Vector large = turned ? x.im : x.re, small = turned ? x.re : x.im;
    const Vector ratio = small / large, size = large + small * ratio;
    const Vector first = turned ? im : re, second = turned ? re : im;
    re = (first + second * ratio) / size;
    const Vector last = (second - first * ratio) / size;
    im = turned ? -last : last;
  }
  NDRT_LANES void invert() {
    Value one{1 - Vector{}, Vector{}};
    one.divide(*this);
    *this = one;
  }
  NDRT_LANES void conjugate() { im = -im; }
  NDRT_LANES void onlyReal() { im = Vector{}; }
  template <class M> NDRT_LANES void select(const M &where, const Value &x) {
    re = where ? x.re : re;
    im = where ? x.im : im;
  }
};

/// Columns of a group of lanes.
template <class T, int bytes> struct Columns {
  using X = Value<T, bytes>;
  using Vector = typename X::Vector;
  Vector *values;
  int64_t elements; ///< from one column to the next

  explicit Columns(const Lanes<T> &lanes)
      : values(reinterpret_cast<Vector *>(lanes.values)), elements(lanes.step) {}
  NDRT_LANES Vector *at(int64_t i, int64_t j) const {
    return values + (j * elements + i) * X::parts;
  }
  NDRT_LANES X get(int64_t i, int64_t j) const {
    X x;
    x.load(at(i, j));
    return x;
  }
  /// In vectors.
  NDRT_LANES int64_t step() const { return elements * X::parts; }
};

/// Columns that are worked on at a time, as registers have room.
template <class T, int bytes>
inline constexpr int abreast = (bytes == 64 ? 4 : 2) / (isComplexElement<T> ? 2 : 1);

/// to[c] -= from[0] y[c][0], then from[1] y[c][1] and so on, for \p rows rows. Each element's
/// terms are taken in the same order whatever the numbers of columns.
template <class X, int depth, int columns>
NDRT_LANES void lessProducts(int64_t rows, const typename X::Vector *from, int64_t fromStep,
                             const X (&y)[columns][depth], typename X::Vector *to, int64_t toStep) {
  for (int64_t i = 0; i < rows; ++i, from += X::parts, to += X::parts) {
    X sums[columns];
#pragma GCC unroll 4
    for (int c = 0; c < columns; ++c)
      sums[c].load(to + c * toStep);
#pragma GCC unroll 4
    for (int k = 0; k < depth; ++k) {
      X x;
      x.load(from + k * fromStep);
#pragma GCC unroll 4
      for (int c = 0; c < columns; ++c)
        sums[c].lessProduct(x, y[c][k]);
    }
#pragma GCC unroll 4
    for (int c = 0; c < columns; ++c)
      sums[c].store(to + c * toStep);
  }
}

/// Columns that are factored one by one before the others follow.
inline constexpr int panel = 4;

/// task.run<bytes>() for lanes of so many bytes.
template <class Task> void runBaseline(const Task &task) { task.template run<16>(); }
#if defined(__x86_64__)
template <class Task> [[gnu::target("avx2")]] void runAvx2(const Task &task) {
  task.template run<32>();
}
template <class Task>
[[gnu::target("avx512f,avx512dq,avx512vl")]] void runAvx512(const Task &task) {
  task.template run<64>();
}
#endif
template <class Task> void runLanes(const Task &task, int64_t bytes) {
#if defined(__x86_64__)
  if (bytes == 64)
    return runAvx512(task);
  if (bytes == 32)
    return runAvx2(task);
#endif
  runBaseline(task);
}

} // namespace
} // namespace ndrt
