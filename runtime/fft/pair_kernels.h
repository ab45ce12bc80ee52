// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops over complex numbers whose parts lie side by side, two to a vector whatever the machine, so
// that all give the same bits: transforms of few elements, which are over before lanes are filled.
#pragma once

#include <atomic>
#include <cstdint>

namespace ndrt::fft {

/// The largest radix of a step.
inline constexpr int largestPairRadix = 16;
/// The most real numbers that are transformed in one step.
inline constexpr int longestRealStep = 2 * largestPairRadix;
/// The most elements of a short transform.
inline constexpr int longestShort = largestPairRadix * largestPairRadix;

/// n = down * across elements: `across` transforms of `down`, twiddles, then `down` of `across`;
/// or across is 1. Twiddles exp(-2 pi i j b / n) of row 0 < j < down, column b < across: cosines
/// twice each, and sines with the signs that the exchanged parts need, of the inverse ones too.
template <class T> struct ShortSteps {
  int down, across;
  const T *cosines, *sines[2];
};

/// All elements in one step, contiguous on both sides; complex, or where not, real ones.
template <class T>
using ComplexStep = void (*)(const T *from, bool isComplex, T *to, bool inverse, T scale);
/// n real numbers and the first n / 2 + 1 elements of their transform; w is exp(-2 pi i k / n).
template <class T> using RealStep = void (*)(const T *from, const T *w, T *to, T scale);

template <class T> struct PairKernels {
  /// By the number of elements, from 2 on.
  ComplexStep<T> alone[largestPairRadix + 1];
  /// By n, where isOneStep(n).
  RealStep<T> real[longestRealStep + 1], toReal[longestRealStep + 1];
  /// Two steps; \p from and \p to may be the same.
  void (*transform)(const ShortSteps<T> &steps, const T *from, bool isComplex, T *to, bool inverse,
                    T scale);
  /// X of 2 h real numbers, h + 1 elements, from Z of their pairs; w is exp(-pi i k / h).
  void (*split)(const T *z, int64_t h, const T *w, T *x, T scale);
  /// And back, twice as large; the imaginary parts of the ends are not looked at.
  void (*join)(const T *x, int64_t h, const T *w, T *z);
};

/// Are n real numbers, n from 2 on, transformed in one step?
constexpr bool isOneStep(int64_t n) {
  return n <= largestPairRadix || (n % 2 == 0 && n <= longestRealStep);
}

/// Those for this machine and limitVectors().
template <class T> const PairKernels<T> &choosePairKernels() noexcept;
template <class T> inline constinit std::atomic<const PairKernels<T> *> chosenPairKernels = nullptr;

template <class T> const PairKernels<T> &pairKernels() noexcept {
  const PairKernels<T> *chosen = chosenPairKernels<T>.load(std::memory_order_relaxed);
  return chosen ? *chosen : choosePairKernels<T>();
}

} // namespace ndrt::fft
