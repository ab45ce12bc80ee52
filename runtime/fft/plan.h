// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is known of a transform before its elements: factors and tables, by length, shared by all
// threads. An inverse transform is a forward one with real and imaginary parts swapped on both
// sides.
#pragma once

#include "fft/kernels.h"

#include <memory>
#include <vector>

namespace ndrt::fft {

/// The transform of lanes. A length with a prime above largestRadix is a convolution with a chirp
/// (Bluestein, "A linear filtering approach to the computation of discrete Fourier transform",
/// 1970).
template <class T> struct LanePlan {
  struct Step {
    int radix;
    int64_t m, s;
    const T *twiddles, *roots;
  };
  int64_t n;
  int64_t rows; ///< of each of the two buffers that it needs
  std::vector<Step> steps;
  std::vector<T> table;
  std::shared_ptr<const LanePlan> inner; ///< of the convolution
  std::vector<T> chirp, spectrum;

  explicit LanePlan(int64_t n);
  /// Transforms the n rows in \p a; gives \p a or \p b, where they are then. With \p beside several
  /// transforms take turns, row by row; not where there is a convolution.
  T *run(T *a, T *b, int width, const Kernels<T> &kernel, int64_t beside = 1) const;
  size_t bytes() const { return (table.size() + chirp.size() + spectrum.size()) * sizeof(T) + 256; }
};

/// Elements along a line: element i at data + i * step, counted in parts; zero from count on.
template <class T> struct Line {
  const T *data;
  int64_t step, imag, count;
  bool swapped;
};
template <class T> struct LineTarget {
  T *data;
  int64_t step;
  bool swapped;
  T scale;
};

/// The transform of one line. Up to a bound: every radix-th element in a lane, then one step across
/// lanes. Beyond: as a grid, columns, twiddles, then rows (Bailey, "FFTs in external or
/// hierarchical memory", 1990). Lengths with a large prime: a convolution. Small odd
/// lengths: all sums as they stand.
template <class T> struct SinglePlan {
  int64_t n;
  int radix = 0, width = narrow; ///< of the step across; 16: n is that, and has a step of its own
  int64_t m = 0;
  int64_t wholeRows = 0; ///< of m, those behind whose start there are `width` elements
  std::shared_ptr<const LanePlan<T>> lanes; ///< of m
  std::vector<T> twiddles, roots;
  int64_t down = 0, beside = 0; ///< the grid
  std::shared_ptr<const LanePlan<T>> columns, rows;
  std::vector<T> coarse, fine;
  int64_t finePart = 0;
  std::shared_ptr<const SinglePlan> inner; ///< of the convolution
  std::vector<T> chirp, spectrum;
  std::vector<T> cosines, sines; ///< of 2 pi j t / n: rows of t, columns of j, both from 1 on

  explicit SinglePlan(int64_t n);
  /// False without memory.
  bool run(const Line<T> &from, const LineTarget<T> &to) const;
  /// Lines that lie \p fromStep and \p toStep parts apart; short ones cost less together.
  bool run(const Line<T> &from, int64_t fromStep, const LineTarget<T> &to, int64_t toStep,
           int64_t lines) const;
  size_t bytes() const {
    return (twiddles.size() + coarse.size() + fine.size() + chirp.size() + spectrum.size() +
            cosines.size() + sines.size()) *
               sizeof(T) +
           512;
  }

private:
  void runSixteen(const Line<T> &from, int64_t fromStep, const LineTarget<T> &to, int64_t toStep,
                  int64_t lines) const;
  void runDirectly(const Line<T> &from, const LineTarget<T> &to) const;
  bool runLanes(const Line<T> &from, const LineTarget<T> &to) const;
  bool runGrid(const Line<T> &from, const LineTarget<T> &to) const;
  bool runConvolution(const Line<T> &from, const LineTarget<T> &to) const;
};

/// Real transforms of an odd n on narrow lanes: of the transforms behind a first step of radix R
/// only those are made that are no conjugates of others, half of the work (Sorensen et al.,
/// "Real-valued fast Fourier transform algorithms", 1987).
template <class T> struct OddPlan {
  int radix = 0;
  int64_t n, m = 0, beside = 0;            ///< transforms of m elements
  std::shared_ptr<const LanePlan<T>> rest; ///< of m; none: n has a large prime
  std::vector<T> twiddles, roots;

  explicit OddPlan(int64_t n);
  /// From the real parts of n rows in \p a the first n / 2 + 1 elements; they are in \p a or \p b.
  T *forward(T *a, T *b, const Kernels<T> &kernel) const;
  /// And back, in the real parts of n rows.
  T *back(T *a, T *b, const Kernels<T> &kernel) const;
  size_t bytes() const { return (twiddles.size() + roots.size()) * sizeof(T) + 128; }
};

/// exp(-2 pi i k / n) for k <= n / 2, for real transforms of an even n.
template <class T> struct HalfPlan {
  std::vector<T> table;

  explicit HalfPlan(int64_t n);
  size_t bytes() const { return table.size() * sizeof(T) + 64; }
};

/// From a cache of bounded size; throws std::bad_alloc.
template <class Plan> std::shared_ptr<const Plan> planOf(int64_t n);

/// Has n no prime above largestRadix?
bool isSmooth(int64_t n);

} // namespace ndrt::fft
