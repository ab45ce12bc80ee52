// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One transform of few elements that lie side by side.
#pragma once

#include "fft/axis.h"

namespace ndrt::fft {

/// What the plan of \p n elements makes of a line; false where it takes no such one, and nothing
/// was done.
template <class T, Kind kind>
[[gnu::always_inline]] inline bool runShortLine(const ShortPlan<T> &plan, int64_t n, const T *from,
                                                bool isComplex, T *to, bool inverse, T scale) {
  if constexpr (kind == Kind::complex) {
    if (n <= largestPairRadix)
      return pairKernels<T>().alone[n](from, isComplex, to, inverse, scale), true;
    if (!plan.takesComplex())
      return false;
    plan.complex(from, isComplex, to, inverse, scale);
  } else {
    if (isOneStep(n)) {
      const PairKernels<T> &kernel = pairKernels<T>();
      (kind == Kind::real ? kernel.real : kernel.toReal)[n](from, plan.roots.data(), to, scale);
      return true;
    }
    if (!plan.takesReal())
      return false;
    kind == Kind::real ? plan.real(from, to, scale) : plan.toReal(from, to, scale);
  }
  return true;
}

} // namespace ndrt::fft
