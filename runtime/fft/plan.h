// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is known of a transform before its elements: factors and tables, by length, shared by all
// threads. An inverse transform is a forward one with real and imaginary parts swapped on both
// sides.
#pragma once

#include "fft/kernels.h"
#include "fft/pair_kernels.h"

#include <array>
#include <atomic>
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

/// The transform of few contiguous elements, complex ones or real.
template <class T> struct ShortPlan {
  ShortSteps<T> whole = {}; ///< of n; down is 0 where there is none, as with a large prime
  ShortSteps<T> half = {};  ///< of the pairs of an even n
  T scales[3];              ///< by norm
  std::vector<T> twiddles, halfTwiddles, roots;

  explicit ShortPlan(int64_t n);
  bool takesComplex() const { return whole.down; }
  bool takesReal() const { return n_ % 2 ? whole.down : half.down; }
  void complex(const T *from, bool isComplex, T *to, bool inverse, T scale) const {
    const PairKernels<T> &kernel = pairKernels<T>();
    if (whole.across == 1)
      return kernel.alone[whole.down](from, isComplex, to, inverse, scale);
    kernel.transform(whole, from, isComplex, to, inverse, scale);
  }
  void real(const T *from, T *to, T scale) const;
  void toReal(const T *from, T *to, T scale) const;
  size_t bytes() const {
    return (twiddles.size() + halfTwiddles.size() + roots.size()) * sizeof(T) + 256;
  }

private:
  int n_;
};

/// The longest line of real numbers that a short plan takes.
inline constexpr int64_t longestShortReal = 2 * longestShort;

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
/// hierarchical memory", 1990). Lengths with a large prime: a convolution. Few elements: see
/// ShortPlan; small primes: all sums as they stand.
template <class T> struct SinglePlan {
  int64_t n;
  int radix = 0, width = narrow; ///< of the step across
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
  std::shared_ptr<const ShortPlan<T>> few; ///< where it takes n
  std::vector<T> cosines, sines; ///< of 2 pi j t / n: rows of t, columns of j, both from 1 on

  explicit SinglePlan(int64_t n);
  /// False without memory.
  bool run(const Line<T> &from, const LineTarget<T> &to) const;
  /// Lines that lie \p fromStep and \p toStep parts apart; those of 16 elements have a step of
  /// their own, as many of them cost less together.
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
  void runFew(const Line<T> &from, const LineTarget<T> &to) const;
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

/// Real transforms of one line of an odd n, by the same half of the work: a first step of radix R
/// leaves a line of m reals, transformed in the same way, and R / 2 complex ones.
template <class T> struct OddLinePlan {
  int64_t n, m = 0, space;
  int radix = 0;
  std::shared_ptr<const SinglePlan<T>> complex; ///< of m; of n where that has no rest
  std::shared_ptr<const OddLinePlan> rest;      ///< of m; none: n is short or has no small factor
  std::vector<T> twiddles, roots;

  explicit OddLinePlan(int64_t n);
  /// From contiguous reals to the first n / 2 + 1 elements, \p step parts apart; \p room is for
  /// `space` elements. False without memory.
  bool forward(const T *from, T *to, int64_t step, T scale, T *room) const;
  /// And back; the imaginary part of the first element is not looked at.
  bool back(const T *from, int64_t step, T *to, T scale, T *room) const;
  size_t bytes() const { return (twiddles.size() + roots.size()) * sizeof(T) + 192; }
};

/// exp(-2 pi i k / n) for k <= n / 2, for real transforms of an even n.
template <class T> struct HalfPlan {
  std::vector<T> table;

  explicit HalfPlan(int64_t n);
  size_t bytes() const { return table.size() * sizeof(T) + 64; }
};

/// From a cache of bounded size; throws std::bad_alloc.
template <class Plan> std::shared_ptr<const Plan> planOf(int64_t n);

/// Plans up to this length are never given up.
inline constexpr int64_t longestKept = longestShortReal;
template <class Plan>
inline constinit std::array<std::atomic<const Plan *>, longestKept + 1> keptPlans = {};

/// The plan of such a length, without a lock; throws std::bad_alloc.
template <class Plan> const Plan &keptPlan(int64_t n) {
  std::atomic<const Plan *> &kept = keptPlans<Plan>[size_t(n)];
  const Plan *plan = kept.load(std::memory_order_acquire);
  if (plan) [[likely]]
    return *plan;
  auto made = std::make_unique<const Plan>(n); // asks for plans itself
  if (kept.compare_exchange_strong(plan, made.get(), std::memory_order_acq_rel))
    plan = made.release();
  return *plan;
}

/// Has n no prime above largestRadix?
bool isSmooth(int64_t n);

} // namespace ndrt::fft
