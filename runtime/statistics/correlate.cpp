// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A block of neighbouring results stays in registers while v passes by; what only some of a block
// need, at the ends of a, is added element by element. Each sum runs in ascending order.
#include "linalg/parallel.h"
#include "select/element.h"
#include "select/packed.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace ndrt {
namespace {

constexpr int64_t vectorBytes = 32, vectors = 8; // enough sums to hide an addition's latency

/// Truth values: any of and.
struct Truth {
  uint8_t bits;
};

template <class T> struct Problem {
  const T *a, *v;
  T *out;
  int64_t n, m, length, origin;

  int64_t firstOf(int64_t k) const { return std::max<int64_t>(0, origin - k); }
  int64_t lastOf(int64_t k) const { return std::min(m, n + origin - k); }
};

template <class T> inline void accumulate(T &sum, const T &a, const T &v) {
  if constexpr (isComplex<T>)
    sum += times(a, v);
  else if constexpr (std::is_same_v<T, Truth>)
    sum.bits |= a.bits & v.bits;
  else if constexpr (std::is_integral_v<T>)
    sum = T(sum + uint64_t(a) * uint64_t(v));
  else
    sum += a * v;
}

template <class T>
inline void some(const Problem<T> &p, T &sum, int64_t k, int64_t first, int64_t last) {
  const T *a = p.a + (k - p.origin);
  for (int64_t j = first; j < last; ++j)
    accumulate(sum, a[j], p.v[j]);
}

template <class T> constexpr int64_t lanes = vectorBytes / int64_t(sizeof(T));
/// Results of a block.
template <class T> constexpr int64_t width = std::is_arithmetic_v<T> ? vectors *lanes<T> : 4;

/// Adds the products for j in [first, last) to all sums of a block.
template <class T>
[[gnu::always_inline]] inline void common(const Problem<T> &p, T *sums, int64_t k, int64_t first,
                                          int64_t last) {
  const T *a = p.a + (k - p.origin);
  if constexpr (std::is_arithmetic_v<T>) {
    typedef T V [[gnu::vector_size(vectorBytes)]];
    V s[vectors];
    std::memcpy(s, sums, sizeof s);
    for (int64_t j = first; j < last; ++j) {
      const T factor = p.v[j];
      for (int64_t i = 0; i < vectors; ++i) {
        V x;
        std::memcpy(&x, a + j + i * lanes<T>, sizeof x);
        s[i] += x * factor;
      }
    }
    std::memcpy(sums, s, sizeof s);
  } else {
    for (int64_t j = first; j < last; ++j)
      for (int64_t i = 0; i < width<T>; ++i)
        accumulate(sums[i], a[j + i], p.v[j]);
  }
}

template <class T>
[[gnu::always_inline]] inline void blocks(const Problem<T> &p, int64_t begin, int64_t end) {
  for (int64_t block = begin; block < end; ++block) {
    const int64_t k = block * width<T>, count = std::min(width<T>, p.length - k);
    T sums[width<T>] = {};
    if (count == width<T> && p.firstOf(k) == 0 && p.lastOf(k + count - 1) == p.m) {
      common(p, sums, k, 0, p.m);
      std::memcpy(static_cast<void *>(p.out + k), sums, sizeof sums);
      continue;
    }
    const int64_t first = p.firstOf(k), last = count < width<T> ? 0 : p.lastOf(k + width<T> - 1);
    const bool whole = first < last;
    for (int64_t i = 0; i < count; ++i)
      some(p, sums[i], k + i, p.firstOf(k + i), whole ? first : p.lastOf(k + i));
    if (whole) {
      common(p, sums, k, first, last);
      for (int64_t i = 0; i < count; ++i)
        some(p, sums[i], k + i, last, p.lastOf(k + i));
    }
    std::copy_n(sums, count, p.out + k);
  }
}

#if defined(__x86_64__)
template <class T>
[[gnu::target("avx2")]] void avx2Blocks(const Problem<T> &p, int64_t begin, int64_t end) {
  blocks(p, begin, end);
}
#endif
template <class T> void plainBlocks(const Problem<T> &p, int64_t begin, int64_t end) {
  blocks(p, begin, end);
}

template <class T> void correlate(const Problem<T> &p) {
  auto run = plainBlocks<T>;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2"))
    run = avx2Blocks<T>;
#endif
  const double work = double(p.m) * double(width<T>);
  const int64_t grain = std::max<int64_t>(1, static_cast<int64_t>(worthSharing / 8 / work));
  parallelFor(ceilDiv(p.length, width<T>), grain,
              [&](int64_t begin, int64_t end) { run(p, begin, end); });
}

struct Operands {
  Strided a, v, out;
  int64_t origin;
};

template <class T> ndrt_status elements(const Operands &o) {
  correlate(Problem<T>{reinterpret_cast<const T *>(o.a.data), reinterpret_cast<const T *>(o.v.data),
                       reinterpret_cast<T *>(o.out.data), o.a.extent[0], o.v.extent[0],
                       o.out.extent[0], o.origin});
  return NDRT_OK;
}

/// The 16-bit floats in float32, rounded at the end.
template <class H> ndrt_status halves(const Operands &o) {
  const int64_t n = o.a.extent[0], m = o.v.extent[0], length = o.out.extent[0];
  Scratch<float> a(n), v(m), out(length);
  if (!a || !v || !out)
    return NDRT_ERR_MEMORY;
  std::copy_n(reinterpret_cast<const H *>(o.a.data), n, a.get());
  std::copy_n(reinterpret_cast<const H *>(o.v.data), m, v.get());
  correlate(Problem<float>{a.get(), v.get(), out.get(), n, m, length, o.origin});
  H *to = reinterpret_cast<H *>(o.out.data);
  for (int64_t i = 0; i < length; ++i)
    to[i] = out.get()[i];
  return NDRT_OK;
}

ndrt_status correlate(const Operands &o) {
  const DLDataType type = o.a.type;
  if (type.code == NDRT_DL_BOOL || (type.code == kDLUInt && type.bits == 1))
    return elements<Truth>(o);
  const bool integer = type.code == kDLInt || type.code == kDLUInt;
  if (integer && type.bits == 8)
    return elements<uint8_t>(o);
  if (integer && type.bits == 16)
    return elements<uint16_t>(o);
  if (integer && type.bits == 32)
    return elements<uint32_t>(o);
  if (integer && type.bits == 64)
    return elements<uint64_t>(o);
  if (type.code == kDLFloat && type.bits == 16)
    return halves<Half<5>>(o);
  if (type.code == kDLBfloat)
    return halves<Half<8>>(o);
  if (type.code == kDLFloat && type.bits == 32)
    return elements<float>(o);
  if (type.code == kDLFloat && type.bits == 64)
    return elements<double>(o);
  if (type.code == kDLComplex && type.bits == 64)
    return elements<std::complex<float>>(o);
  if (type.code == kDLComplex && type.bits == 128)
    return elements<std::complex<double>>(o);
  return unknownDtype("correlate", type);
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_correlate(const DLTensor *a, const DLTensor *v, DLTensor *out, int64_t mode) {
  using namespace ndrt;
  Operands o;
  if (ndrt_status status = view(a, "correlate", "a", o.a))
    return status;
  if (ndrt_status status = view(v, "correlate", "v", o.v))
    return status;
  if (ndrt_status status = viewResult(out, "correlate", "out", o.out))
    return status;
  if (!sameType(o.a.type, o.v.type) || !sameType(o.a.type, o.out.type))
    return misfit("correlate", {{"a", o.a}, {"v", o.v}, {"out", o.out}},
                  "their dtypes must be equal, cast first");
  bool vectors = o.a.rank == 1 && o.v.rank == 1 && o.out.rank == 1;
  const int64_t n = vectors ? o.a.extent[0] : 0, m = vectors ? o.v.extent[0] : 0;
  if (m < 1 || n < m)
    return misfit("correlate", {{"a", o.a}, {"v", o.v}, {"out", o.out}},
                  "all must be 1-D, v have at least one element and a as many as v");
  const int64_t lengths[] = {n - m + 1, n, n + m - 1}, origins[] = {0, m / 2, m - 1};
  if (mode < 0 || mode > 2 || o.out.extent[0] != lengths[mode])
    return fail(NDRT_ERR_ARGUMENT,
                "correlate: mode %lld does not give %lld elements, which out has; modes are 0 to 2",
                static_cast<long long>(mode), static_cast<long long>(o.out.extent[0]));
  o.origin = origins[mode];
  Packed room, room2;
  if (!room.make(o.a) || !room2.make(o.v))
    return NDRT_ERR_MEMORY;
  return correlate(o);
}
