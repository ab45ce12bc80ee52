// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "fft/kernels.h"

#include "fft/moves.h"
#include "fft/pair_kernels.h"
#include "fft/passes.h"
#include "fft/short.h"

#include <algorithm>
#include <atomic>

namespace ndrt::fft {
namespace {

// Each body once for each instruction set.

#define NDRT_SET(name, target, bytes)                                                              \
  template <class T, int R, int W>                                                                 \
  target void pass##name(const T *in, T *out, int64_t m, int64_t s, const T *w, const T *roots) {  \
    using V = typename Vector<T, bytes>::type;                                                     \
    if constexpr (R)                                                                               \
      passOf<V, T, R, W>(in, out, m, s, w, roots);                                                 \
  }                                                                                                \
  template <class T, int W>                                                                        \
  target void any##name(int radix, const T *in, T *out, int64_t m, int64_t s, const T *w,          \
                        const T *roots) {                                                          \
    passOfAny<typename Vector<T, bytes>::type, T, W>(radix, in, out, m, s, w, roots);              \
  }                                                                                                \
  template <class T, int R, int W>                                                                 \
  target void across##name(const T *lanes, int64_t m, const T *w, const T *roots,                  \
                           const Target<T> &to) {                                                  \
    acrossOf<typename Vector<T, bytes>::type, T, R, W>(lanes, m, w, roots, to);                    \
  }                                                                                                \
  template <class T>                                                                               \
  target void load##name(const Lines<T> &from, T *lanes, int64_t n, int width) {                   \
    loadOf<typename Vector<T, bytes>::type, T>(from, lanes, n, width);                             \
  }                                                                                                \
  template <class T>                                                                               \
  target void store##name(const T *lanes, int64_t n, int width, const Target<T> &to) {             \
    storeOf<typename Vector<T, bytes>::type, T>(lanes, n, width, to);                              \
  }                                                                                                \
  template <class T, int R>                                                                        \
  target void fold##name(int radix, const T *in, T *out, int64_t m, const T *w, const T *roots) {  \
    foldOf<typename Vector<T, bytes>::type, T, R>(radix, in, out, m, w, roots);                    \
  }                                                                                                \
  template <class T>                                                                               \
  void foldIn##name(int radix, const T *in, T *out, int64_t m, const T *w, const T *roots) {       \
    switch (radix) {                                                                               \
    case 3:                                                                                        \
      return fold##name<T, 3>(radix, in, out, m, w, roots);                                        \
    case 5:                                                                                        \
      return fold##name<T, 5>(radix, in, out, m, w, roots);                                        \
    case 7:                                                                                        \
      return fold##name<T, 7>(radix, in, out, m, w, roots);                                        \
    case 11:                                                                                       \
      return fold##name<T, 11>(radix, in, out, m, w, roots);                                       \
    case 13:                                                                                       \
      return fold##name<T, 13>(radix, in, out, m, w, roots);                                       \
    }                                                                                              \
    fold##name<T, 0>(radix, in, out, m, w, roots);                                                 \
  }                                                                                                \
  template <class T, int R>                                                                        \
  target void unfold##name(int radix, const T *in, T *out, int64_t m, const T *w,                  \
                           const T *roots) {                                                       \
    unfoldOf<typename Vector<T, bytes>::type, T, R>(radix, in, out, m, w, roots);                  \
  }                                                                                                \
  template <class T>                                                                               \
  void unfoldIn##name(int radix, const T *in, T *out, int64_t m, const T *w, const T *roots) {     \
    switch (radix) {                                                                               \
    case 3:                                                                                        \
      return unfold##name<T, 3>(radix, in, out, m, w, roots);                                      \
    case 5:                                                                                        \
      return unfold##name<T, 5>(radix, in, out, m, w, roots);                                      \
    case 7:                                                                                        \
      return unfold##name<T, 7>(radix, in, out, m, w, roots);                                      \
    case 11:                                                                                       \
      return unfold##name<T, 11>(radix, in, out, m, w, roots);                                     \
    case 13:                                                                                       \
      return unfold##name<T, 13>(radix, in, out, m, w, roots);                                     \
    }                                                                                              \
    unfold##name<T, 0>(radix, in, out, m, w, roots);                                               \
  }                                                                                                \
  template <class T, int R>                                                                        \
  target void foldLine##name(int radix, const T *in, T *out, int64_t m, const T *w,                \
                             const T *roots) {                                                     \
    foldLineOf<typename Vector<T, bytes>::type, T, R>(radix, in, out, m, w, roots);                \
  }                                                                                                \
  template <class T>                                                                               \
  void foldLineIn##name(int radix, const T *in, T *out, int64_t m, const T *w, const T *roots) {   \
    switch (radix) {                                                                               \
    case 3:                                                                                        \
      return foldLine##name<T, 3>(radix, in, out, m, w, roots);                                    \
    case 5:                                                                                        \
      return foldLine##name<T, 5>(radix, in, out, m, w, roots);                                    \
    case 7:                                                                                        \
      return foldLine##name<T, 7>(radix, in, out, m, w, roots);                                    \
    case 9:                                                                                        \
      return foldLine##name<T, 9>(radix, in, out, m, w, roots);                                    \
    }                                                                                              \
    foldLine##name<T, 0>(radix, in, out, m, w, roots);                                             \
  }                                                                                                \
  template <class T, int R>                                                                        \
  target void unfoldLine##name(int radix, const T *in, T *out, int64_t m, const T *w,              \
                               const T *roots) {                                                   \
    unfoldLineOf<typename Vector<T, bytes>::type, T, R>(radix, in, out, m, w, roots);              \
  }                                                                                                \
  template <class T>                                                                               \
  void unfoldLineIn##name(int radix, const T *in, T *out, int64_t m, const T *w, const T *roots) { \
    switch (radix) {                                                                               \
    case 3:                                                                                        \
      return unfoldLine##name<T, 3>(radix, in, out, m, w, roots);                                  \
    case 5:                                                                                        \
      return unfoldLine##name<T, 5>(radix, in, out, m, w, roots);                                  \
    case 7:                                                                                        \
      return unfoldLine##name<T, 7>(radix, in, out, m, w, roots);                                  \
    case 9:                                                                                        \
      return unfoldLine##name<T, 9>(radix, in, out, m, w, roots);                                  \
    }                                                                                              \
    unfoldLine##name<T, 0>(radix, in, out, m, w, roots);                                           \
  }                                                                                                \
  template <class T>                                                                               \
  target void sixteen##name(const T *from, int64_t fromStep, T *to, int64_t toStep, int64_t count, \
                            const T *twiddles, bool inverse, T scale) {                            \
    sixteenOf<typename Vector<T, bytes>::type, T>(from, fromStep, to, toStep, count, twiddles,     \
                                                  inverse, scale);                                 \
  }                                                                                                \
  template <class T>                                                                               \
  target void dense##name(const T *table, int rows, int columns, int channels, const T *x,         \
                          const T *init, T *out) {                                                 \
    using V = typename Vector<T, bytes>::type;                                                     \
    if (channels == 1)                                                                             \
      denseOf<V, T, 1>(table, rows, columns, x, init, out);                                        \
    else                                                                                           \
      denseOf<V, T, 2>(table, rows, columns, x, init, out);                                        \
  }                                                                                                \
  template <class T, int W>                                                                        \
  void chosenPass##name(int radix, const T *in, T *out, int64_t m, int64_t s, const T *w,          \
                        const T *roots) {                                                          \
    switch (radix) {                                                                               \
    case 2:                                                                                        \
      return pass##name<T, 2, W>(in, out, m, s, w, roots);                                         \
    case 3:                                                                                        \
      return pass##name<T, 3, W>(in, out, m, s, w, roots);                                         \
    case 4:                                                                                        \
      return pass##name<T, 4, W>(in, out, m, s, w, roots);                                         \
    case 5:                                                                                        \
      return pass##name<T, 5, W>(in, out, m, s, w, roots);                                         \
    case 7:                                                                                        \
      return pass##name<T, 7, W>(in, out, m, s, w, roots);                                         \
    case 8:                                                                                        \
      return pass##name<T, 8, W>(in, out, m, s, w, roots);                                         \
    case 11:                                                                                       \
      return pass##name<T, 11, W>(in, out, m, s, w, roots);                                        \
    case 13:                                                                                       \
      return pass##name<T, 13, W>(in, out, m, s, w, roots);                                        \
    }                                                                                              \
    any##name<T, W>(radix, in, out, m, s, w, roots);                                               \
  }                                                                                                \
  template <class T>                                                                               \
  void passIn##name(int radix, int width, const T *in, T *out, int64_t m, int64_t s, const T *w,   \
                    const T *roots) {                                                              \
    return width == narrow ? chosenPass##name<T, narrow>(radix, in, out, m, s, w, roots)           \
                           : chosenPass##name<T, wide>(radix, in, out, m, s, w, roots);            \
  }                                                                                                \
  template <class T>                                                                               \
  void acrossIn##name(int radix, const T *lanes, int64_t m, const T *w, const T *roots,            \
                      const Target<T> &to) {                                                       \
    switch (radix) {                                                                               \
    case 0:                                                                                        \
      return across##name<T, 0, narrow>(lanes, m, w, roots, to);                                   \
    case 1:                                                                                        \
      return across##name<T, 1, narrow>(lanes, m, w, roots, to);                                   \
    case 2:                                                                                        \
      return across##name<T, 2, narrow>(lanes, m, w, roots, to);                                   \
    case 3:                                                                                        \
      return across##name<T, 3, narrow>(lanes, m, w, roots, to);                                   \
    case 4:                                                                                        \
      return across##name<T, 4, narrow>(lanes, m, w, roots, to);                                   \
    case 5:                                                                                        \
      return across##name<T, 5, narrow>(lanes, m, w, roots, to);                                   \
    case 6:                                                                                        \
      return across##name<T, 6, narrow>(lanes, m, w, roots, to);                                   \
    case 7:                                                                                        \
      return across##name<T, 7, narrow>(lanes, m, w, roots, to);                                   \
    case 8:                                                                                        \
      return across##name<T, 8, narrow>(lanes, m, w, roots, to);                                   \
    case 9:                                                                                        \
      return across##name<T, 9, wide>(lanes, m, w, roots, to);                                     \
    case 11:                                                                                       \
      return across##name<T, 11, wide>(lanes, m, w, roots, to);                                    \
    case 13:                                                                                       \
      return across##name<T, 13, wide>(lanes, m, w, roots, to);                                    \
    case 15:                                                                                       \
      return across##name<T, 15, wide>(lanes, m, w, roots, to);                                    \
    }                                                                                              \
  }                                                                                                \
  template <class T>                                                                               \
  constexpr Kernels<T> set##name = {passIn##name<T>,     foldIn##name<T>,       unfoldIn##name<T>, \
                                    foldLineIn##name<T>, unfoldLineIn##name<T>, load##name<T>,     \
                                    store##name<T>,      acrossIn##name<T>,     sixteen##name<T>,  \
                                    dense##name<T>};

NDRT_SET(16, , 16)
#if defined(__x86_64__)
NDRT_SET(32, [[gnu::target("avx2")]], 32)
#if defined(__clang__)
NDRT_SET(64, [[gnu::target("avx512f,avx512dq,avx512vl")]], 64)
#else
NDRT_SET(64, [[gnu::target("avx512f,avx512dq,avx512vl,prefer-vector-width=512")]], 64)
#endif
#endif

int widest() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return 64;
  if (__builtin_cpu_supports("avx2"))
    return 32;
#endif
  return 16;
}

constinit std::atomic<int> used = 0; // 0: nobody has asked

} // namespace

int vectorBytes() noexcept {
  int bytes = used.load(std::memory_order_relaxed);
  if (!bytes)
    used.store(bytes = widest(), std::memory_order_relaxed);
  return bytes;
}

template <class T> const Kernels<T> &kernels([[maybe_unused]] int bytes) noexcept {
#if defined(__x86_64__)
  bytes = std::min(bytes, vectorBytes());
  if (bytes >= 64)
    return set64<T>;
  if (bytes >= 32)
    return set32<T>;
#endif
  return set16<T>;
}

void limitVectors(int bytes) noexcept {
  used = std::min(bytes, widest());
  chosenPairKernels<float> = nullptr;
  chosenPairKernels<double> = nullptr;
}

template const Kernels<float> &kernels(int) noexcept;
template const Kernels<double> &kernels(int) noexcept;

} // namespace ndrt::fft
