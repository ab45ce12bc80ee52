// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "linalg/lanes.h"

#include <cmath>
#include <limits>
#include <type_traits>

namespace ndrt {
namespace {

/// A position of all lanes.
template <class T> struct Vector { typedef T type [[gnu::vector_size(64), gnu::may_alias]]; };
template <class T> using V = typename Vector<T>::type;
template <class T> using Mask = decltype(V<T>{} < V<T>{});

/// All lanes of a mask the same number.
template <class T> using Number = std::conditional_t<sizeof(T) == 4, int32_t, int64_t>;

/// |x|; vectors are not given back by functions, as how they are is up to the machine.
template <class T> [[gnu::always_inline]] inline void takeSize(const V<T> &x, V<T> &size) {
  size = x < T(0) ? -x : x;
}

template <class T>
[[gnu::always_inline]] inline void exchange(const Mask<T> &where, V<T> &x, V<T> &y) {
  V<T> first = where ? y : x, second = where ? x : y;
  x = first;
  y = second;
}

/// The steps of factorNarrow() (lu.cpp), and the same rows of x exchanged.
template <class T>
[[gnu::always_inline]] inline void factor(int64_t n, V<T> *a, int64_t k, V<T> *x, Mask<T> &zero,
                                          Mask<T> &odd) {
  zero = Mask<T>{} - 1;
  odd = Mask<T>{};
  for (int64_t j = 0; j < n; ++j) {
    V<T> *column = a + j * n;
    V<T> most, size;
    takeSize<T>(column[j], most);
    Mask<T> pivot = Mask<T>{} + Number<T>(j);
    for (int64_t i = j + 1; i < n; ++i) {
      takeSize<T>(column[i], size);
      Mask<T> larger = (size > most) | (size != size);
      most = larger ? size : most;
      pivot = larger ? Mask<T>{} + Number<T>(i) : pivot;
    }
    odd ^= pivot != Number<T>(j);
    for (int64_t i = j + 1; i < n; ++i) {
      Mask<T> here = pivot == Number<T>(i);
      for (int64_t c = 0; c < n; ++c)
        exchange<T>(here, a[c * n + j], a[c * n + i]);
      for (int64_t c = 0; c < k; ++c)
        exchange<T>(here, x[c * n + j], x[c * n + i]);
    }
    zero = (column[j] == T(0)) & (zero < 0) ? Mask<T>{} + Number<T>(j) : zero;
    V<T> reciprocal = T(1) / column[j];
    Mask<T> plain = most >= std::numeric_limits<T>::min();
    for (int64_t i = j + 1; i < n; ++i)
      column[i] = plain ? column[i] * reciprocal : column[i] / column[j];
    for (int64_t c = j + 1; c < n; ++c) {
      V<T> *target = a + c * n, first = target[j];
      for (int64_t i = j + 1; i < n; ++i)
        target[i] -= column[i] * first;
    }
  }
}

/// The steps of solveLower() and solveUpper() (triangular.cpp).
template <class T>
[[gnu::always_inline]] inline void substitute(int64_t n, const V<T> *a, int64_t k, V<T> *x) {
  for (int64_t c = 0; c < k; ++c, x += n) {
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = j + 1; i < n; ++i)
        x[i] -= a[j * n + i] * x[j];
    for (int64_t j = n - 1; j >= 0; --j) {
      x[j] /= a[j * n + j];
      for (int64_t i = 0; i < j; ++i)
        x[i] -= a[j * n + i] * x[j];
    }
  }
}

/// Column by column, each taken from those to its right.
template <class T> [[gnu::always_inline]] inline void cholesky(int64_t n, V<T> *a, Mask<T> &zero) {
  zero = Mask<T>{} - 1;
  for (int64_t j = 0; j < n; ++j) {
    V<T> *column = a + j * n;
    zero = (column[j] > T(0)) | (zero >= 0) ? zero : Mask<T>{} + Number<T>(j);
    for (int64_t lane = 0; lane < laneCount<T>; ++lane)
      column[j][lane] = std::sqrt(column[j][lane]);
    for (int64_t i = j + 1; i < n; ++i)
      column[i] /= column[j];
    for (int64_t c = j + 1; c < n; ++c)
      for (int64_t i = c; i < n; ++i)
        a[c * n + i] -= column[i] * column[c];
  }
}

template <class T> struct Task {
  int64_t n, k; ///< k below 0: Cholesky
  Lanes<T> &a, *x;
  LaneFacts<T> &facts;
};

template <class T> [[gnu::always_inline]] inline void run(const Task<T> &t) {
  auto *a = reinterpret_cast<V<T> *>(t.a.values);
  auto *x = t.x ? reinterpret_cast<V<T> *>(t.x->values) : nullptr;
  Mask<T> zero, odd = {};
  if (t.k < 0) {
    cholesky<T>(t.n, a, zero);
  } else {
    factor<T>(t.n, a, t.k, x, zero, odd);
    substitute<T>(t.n, a, t.k, x);
  }
  for (int64_t lane = 0; lane < laneCount<T>; ++lane) {
    t.facts.zero[size_t(lane)] = int8_t(zero[lane]);
    t.facts.odd[size_t(lane)] = odd[lane] != 0;
  }
}

template <class T> void baseline(const Task<T> &t) { run(t); }
#if defined(__x86_64__)
template <class T> [[gnu::target("avx2")]] void avx2(const Task<T> &t) { run(t); }
template <class T> [[gnu::target("avx512f,avx512dq,avx512vl")]] void avx512(const Task<T> &t) {
  run(t);
}
const int widest = [] {
  __builtin_cpu_init();
  bool long512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                 __builtin_cpu_supports("avx512vl");
  return long512 ? 64 : __builtin_cpu_supports("avx2") ? 32 : 16;
}();
#endif

template <class T> void dispatch(const Task<T> &t) {
#if defined(__x86_64__)
  if (widest == 64)
    return avx512(t);
  if (widest == 32)
    return avx2(t);
#endif
  baseline(t);
}

} // namespace

template <class T>
void solveLanes(int64_t n, Lanes<T> &a, int64_t k, Lanes<T> &x, LaneFacts<T> &facts) noexcept {
  dispatch<T>({n, k, a, &x, facts});
}

template <class T> void choleskyLanes(int64_t n, Lanes<T> &a, LaneFacts<T> &facts) noexcept {
  dispatch<T>({n, -1, a, nullptr, facts});
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template void solveLanes(int64_t, Lanes<T> &, int64_t, Lanes<T> &, LaneFacts<T> &) noexcept;     \
  template void choleskyLanes(int64_t, Lanes<T> &, LaneFacts<T> &) noexcept;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
#undef NDRT_INSTANTIATE

} // namespace ndrt
