// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "fft/pair_kernels.h"

#include "fft/kernels.h"
#include "fft/pair_steps.h"

namespace ndrt::fft {
namespace {

// Each body once for each instruction set; those of 64 bytes have more registers, not longer ones.

#define NDRT_RADICES(call)                                                                         \
  switch (radix) {                                                                                 \
    call(2) call(3) call(4) call(5) call(6) call(7) call(8) call(9) call(10) call(11) call(12)     \
        call(13) call(14) call(15) call(16)                                                        \
  }

#define NDRT_COLUMNS(R)                                                                            \
  case R:                                                                                          \
    return columnStep<T, R>(steps, from, isComplex, to, inverse);
#define NDRT_ROWS(R)                                                                               \
  case R:                                                                                          \
    return rowStep<T, R>(steps, from, to, inverse, scale);

#define NDRT_SET(name, target)                                                                     \
  template <class T, int n>                                                                        \
  target void alone##name(const T *from, bool isComplex, T *to, bool inverse, T scale) {           \
    alone<T, n>(from, isComplex, to, inverse, scale);                                              \
  }                                                                                                \
  template <class T, int n> target void real##name(const T *from, const T *w, T *to, T scale) {    \
    realOf<T, n>(from, w, to, scale);                                                              \
  }                                                                                                \
  template <class T, int n> target void toReal##name(const T *from, const T *w, T *to, T scale) {  \
    toRealOf<T, n>(from, w, to, scale);                                                            \
  }                                                                                                \
  template <class T>                                                                               \
  target void columns##name(int radix, const ShortSteps<T> &steps, const T *from, bool isComplex,  \
                            T *to, bool inverse) {                                                 \
    NDRT_RADICES(NDRT_COLUMNS)                                                                     \
  }                                                                                                \
  template <class T>                                                                               \
  target void rows##name(int radix, const ShortSteps<T> &steps, const T *from, T *to,              \
                         bool inverse, T scale) {                                                  \
    NDRT_RADICES(NDRT_ROWS)                                                                        \
  }                                                                                                \
  template <class T>                                                                               \
  void transform##name(const ShortSteps<T> &steps, const T *from, bool isComplex, T *to,           \
                       bool inverse, T scale) {                                                    \
    alignas(64) T middle[2 * longestShort];                                                        \
    columns##name<T>(steps.down, steps, from, isComplex, middle, inverse);                         \
    rows##name<T>(steps.across, steps, middle, to, inverse, scale);                                \
  }                                                                                                \
  template <class T> target void split##name(const T *z, int64_t h, const T *w, T *x, T scale) {   \
    splitOf<T>(z, h, w, x, scale);                                                                 \
  }                                                                                                \
  template <class T> target void join##name(const T *x, int64_t h, const T *w, T *z) {             \
    joinOf<T>(x, h, w, z);                                                                         \
  }                                                                                                \
  template <class T, int n> constexpr ComplexStep<T> aloneAt##name() {                             \
    if constexpr (n < 2)                                                                           \
      return nullptr;                                                                              \
    else                                                                                           \
      return alone##name<T, n>;                                                                    \
  }                                                                                                \
  template <class T, int n> constexpr RealStep<T> realAt##name(bool back) {                        \
    if constexpr (n < 2 || !isOneStep(n))                                                          \
      return nullptr;                                                                              \
    else                                                                                           \
      return back ? toReal##name<T, n> : real##name<T, n>;                                         \
  }                                                                                                \
  template <class T, int... n, int... m>                                                           \
  constexpr PairKernels<T> all##name(std::integer_sequence<int, n...>,                             \
                                     std::integer_sequence<int, m...>) {                           \
    return {{aloneAt##name<T, n>()...},                                                            \
            {realAt##name<T, m>(false)...},                                                        \
            {realAt##name<T, m>(true)...},                                                         \
            transform##name<T>,                                                                    \
            split##name<T>,                                                                        \
            join##name<T>};                                                                        \
  }                                                                                                \
  template <class T>                                                                               \
  constexpr PairKernels<T> set##name =                                                             \
      all##name<T>(std::make_integer_sequence<int, largestPairRadix + 1>(),                        \
                   std::make_integer_sequence<int, longestRealStep + 1>());

NDRT_SET(16, )
#if defined(__x86_64__)
NDRT_SET(32, [[gnu::target("avx2")]])
NDRT_SET(64, [[gnu::target("avx512f,avx512dq,avx512vl")]])
#endif

} // namespace

template <class T> const PairKernels<T> &choosePairKernels() noexcept {
  const PairKernels<T> *chosen = &set16<T>;
#if defined(__x86_64__)
  const int bytes = vectorBytes();
  if (bytes >= 64)
    chosen = &set64<T>;
  else if (bytes >= 32)
    chosen = &set32<T>;
#endif
  chosenPairKernels<T>.store(chosen, std::memory_order_relaxed);
  return *chosen;
}

template const PairKernels<float> &choosePairKernels() noexcept;
template const PairKernels<double> &choosePairKernels() noexcept;

} // namespace ndrt::fft
