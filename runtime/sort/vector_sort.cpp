// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "sort/vector_sort.h"

#include "linalg/parallel.h"
#include "sort/radix.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
// The intrinsics of GCC 12 begin with variables that they mean not to initialise (its bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#define NDRT_VECTOR [[gnu::target("avx512f,avx512dq,bmi2,popcnt"), gnu::always_inline]] inline
#define NDRT_VECTOR_BODY [[gnu::target("avx512f,avx512dq,bmi2,popcnt")]]

namespace ndrt {
namespace {

template <class T> struct Lanes;

template <> struct Lanes<int64_t> {
  static constexpr int count = 8;
  using Mask = __mmask8;
  NDRT_VECTOR static __m512i all(int64_t x) { return _mm512_set1_epi64(x); }
  NDRT_VECTOR static __m512i load(const int64_t *p) { return _mm512_loadu_si512(p); }
  NDRT_VECTOR static __m512i load(const int64_t *p, Mask m, __m512i other) {
    return _mm512_mask_loadu_epi64(other, m, p);
  }
  NDRT_VECTOR static void store(int64_t *p, Mask m, __m512i x) {
    _mm512_mask_storeu_epi64(p, m, x);
  }
  NDRT_VECTOR static __m512i least(__m512i a, __m512i b) { return _mm512_min_epi64(a, b); }
  NDRT_VECTOR static __m512i most(__m512i a, __m512i b) { return _mm512_max_epi64(a, b); }
  NDRT_VECTOR static Mask below(__m512i a, __m512i b) { return _mm512_cmplt_epi64_mask(a, b); }
  NDRT_VECTOR static Mask notAbove(__m512i a, __m512i b) { return _mm512_cmple_epi64_mask(a, b); }
  NDRT_VECTOR static __m512i compress(Mask m, __m512i x) {
    return _mm512_maskz_compress_epi64(m, x);
  }
  NDRT_VECTOR static __m512i blend(Mask m, __m512i a, __m512i b) {
    return _mm512_mask_blend_epi64(m, a, b);
  }
  /// Lane i from lane i ^ distance.
  template <int distance> NDRT_VECTOR static __m512i exchanged(__m512i x) {
    if constexpr (distance == 1)
      return _mm512_permutex_epi64(x, 0xb1);
    else if constexpr (distance == 2)
      return _mm512_permutex_epi64(x, 0x4e);
    else
      return _mm512_shuffle_i64x2(x, x, 0x4e);
  }
};

template <> struct Lanes<int32_t> {
  static constexpr int count = 16;
  using Mask = __mmask16;
  NDRT_VECTOR static __m512i all(int32_t x) { return _mm512_set1_epi32(x); }
  NDRT_VECTOR static __m512i load(const int32_t *p) { return _mm512_loadu_si512(p); }
  NDRT_VECTOR static __m512i load(const int32_t *p, Mask m, __m512i other) {
    return _mm512_mask_loadu_epi32(other, m, p);
  }
  NDRT_VECTOR static void store(int32_t *p, Mask m, __m512i x) {
    _mm512_mask_storeu_epi32(p, m, x);
  }
  NDRT_VECTOR static __m512i least(__m512i a, __m512i b) { return _mm512_min_epi32(a, b); }
  NDRT_VECTOR static __m512i most(__m512i a, __m512i b) { return _mm512_max_epi32(a, b); }
  NDRT_VECTOR static Mask below(__m512i a, __m512i b) { return _mm512_cmplt_epi32_mask(a, b); }
  NDRT_VECTOR static Mask notAbove(__m512i a, __m512i b) { return _mm512_cmple_epi32_mask(a, b); }
  NDRT_VECTOR static __m512i compress(Mask m, __m512i x) {
    return _mm512_maskz_compress_epi32(m, x);
  }
  NDRT_VECTOR static __m512i blend(Mask m, __m512i a, __m512i b) {
    return _mm512_mask_blend_epi32(m, a, b);
  }
  template <int distance> NDRT_VECTOR static __m512i exchanged(__m512i x) {
    if constexpr (distance == 1)
      return _mm512_shuffle_epi32(x, _MM_PERM_ENUM(0xb1));
    else if constexpr (distance == 2)
      return _mm512_shuffle_epi32(x, _MM_PERM_ENUM(0x4e));
    else if constexpr (distance == 4)
      return _mm512_permutex_epi64(x, 0x4e);
    else
      return _mm512_shuffle_i64x2(x, x, 0x4e);
  }
};

/// Bit i is bit \p of of i.
constexpr uint32_t lanesWith(int of) {
  uint32_t mask = 0;
  for (uint32_t i = 0; i < 16; ++i)
    mask |= (i >> of & 1) << i;
  return mask;
}

/// Compares places that are 2^d apart, of blocks of 2^k places, which go up and down in turn.
template <class T, int vectors, int k, int d> NDRT_VECTOR void exchange(__m512i *v) {
  using L = Lanes<T>;
  constexpr int lanes = L::count, log = std::bit_width(unsigned(lanes)) - 1;
  if constexpr (d >= log) {
    constexpr int apart = 1 << (d - log);
#pragma GCC unroll 16
    for (int i = 0; i < vectors; ++i) {
      if (i & apart)
        continue;
      const __m512i a = v[i], b = v[i | apart];
      const bool down = k - log < 31 && (i >> (k - log) & 1);
      v[i] = down ? L::most(a, b) : L::least(a, b);
      v[i | apart] = down ? L::least(a, b) : L::most(a, b);
    }
  } else {
    using Mask = typename L::Mask;
    // Lanes that take the larger one: the upper of two, in blocks that go down the lower.
    constexpr uint32_t upper = lanesWith(d);
#pragma GCC unroll 16
    for (int i = 0; i < vectors; ++i) {
      const __m512i x = v[i], y = L::template exchanged<(1 << d)>(x);
      uint32_t larger;
      if constexpr (k < log)
        larger = upper ^ lanesWith(k);
      else
        larger = (i >> (k - log) & 1) ? ~upper : upper;
      v[i] = L::blend(Mask(larger), L::least(x, y), L::most(x, y));
    }
  }
}

template <class T, int vectors, int k, int d> NDRT_VECTOR void merge(__m512i *v) {
  exchange<T, vectors, k, d>(v);
  if constexpr (d > 0)
    merge<T, vectors, k, d - 1>(v);
}
template <class T, int vectors, int k> NDRT_VECTOR void network(__m512i *v) {
  if constexpr (k > 1)
    network<T, vectors, k - 1>(v);
  merge<T, vectors, k, k - 1>(v);
}

/// The first lanes, at most all.
template <class T> constexpr typename Lanes<T>::Mask laneMask(int64_t count) {
  return typename Lanes<T>::Mask(count >= Lanes<T>::count ? ~0u
                                 : count <= 0             ? 0u
                                                          : (1u << count) - 1);
}

/// Up to so many vectors.
template <class T, int vectors>
[[gnu::target("avx512f,avx512dq,bmi2,popcnt"), gnu::noinline]] void sortFew(T *keys,
                                                                            int64_t count) {
  using L = Lanes<T>;
  __m512i v[vectors];
  const __m512i last = L::all(std::numeric_limits<T>::max());
#pragma GCC unroll 16
  for (int i = 0; i < vectors; ++i)
    v[i] = L::load(keys + i * L::count, laneMask<T>(count - int64_t(i) * L::count), last);
  network<T, vectors, std::bit_width(unsigned(vectors * L::count)) - 1>(v);
#pragma GCC unroll 16
  for (int i = 0; i < vectors; ++i)
    L::store(keys + i * L::count, laneMask<T>(count - int64_t(i) * L::count), v[i]);
}

constexpr int mostVectors = 16;

template <class T> void sortSmall(T *keys, int64_t count) {
  constexpr int lanes = Lanes<T>::count;
  if (count <= lanes)
    sortFew<T, 1>(keys, count);
  else if (count <= 2 * lanes)
    sortFew<T, 2>(keys, count);
  else if (count <= 4 * lanes)
    sortFew<T, 4>(keys, count);
  else if (count <= 8 * lanes)
    sortFew<T, 8>(keys, count);
  else
    sortFew<T, mostVectors>(keys, count);
}

/// Brings what is below \p pivot (or, with \p equals, not above it) to the front; gives how many
/// these are. The others stand in \p room meanwhile.
template <class T, bool equals>
NDRT_VECTOR_BODY int64_t partition(T *keys, T *room, int64_t count, T pivot) {
  using L = Lanes<T>;
  using Mask = typename L::Mask;
  const __m512i p = L::all(pivot);
  T *small = keys, *large = room;
  for (int64_t i = 0; i < count; i += L::count) {
    const Mask valid = laneMask<T>(count - i);
    const __m512i x = L::load(keys + i, valid, p);
    const Mask front = (equals ? L::notAbove(x, p) : L::below(x, p)) & valid;
    const Mask back = Mask(~front & valid);
    const int64_t n = std::popcount(unsigned(front));
    // Compressed in registers: compressing stores are slow on some machines. What is written too
    // far has been read, but at the end.
    if (count - i >= L::count)
      _mm512_storeu_si512(small, L::compress(front, x));
    else
      L::store(small, laneMask<T>(n), L::compress(front, x));
    _mm512_storeu_si512(large, L::compress(back, x));
    small += n;
    large += std::popcount(unsigned(back));
  }
  std::memcpy(small, room, size_t(large - room) * sizeof(T));
  return small - keys;
}

/// The median of some elements, evenly spread.
template <class T> T pivotOf(const T *keys, int64_t count) {
  T sample[64];
  const int64_t n = count >= 4096 ? 64 : 16, step = count / n;
  // Off the beat of patterns that repeat with a power of 2.
  for (int64_t i = 0; i < n; ++i)
    sample[i] = keys[std::min(count - 1, i * step + (i * 7) % step)];
  sortSmall(sample, n);
  return sample[n / 2];
}

template <class T> void sortByDigitsInstead(T *keys, T *room, int64_t count) {
  using U = std::make_unsigned_t<T>;
  T *at = radixSort<U>(keys, room, count, [](T x) { return keyOf(x); });
  if (at != keys)
    std::memcpy(keys, at, size_t(count) * sizeof(T));
}

struct Part {
  int64_t begin, end;
};

/// One step: the parts before and behind what is in its place.
template <class T> std::pair<int64_t, int64_t> split(T *keys, T *room, int64_t count) {
  const T pivot = pivotOf(keys, count);
  const int64_t small = partition<T, false>(keys, room, count, pivot);
  if (small > count / 16)
    return {small, small};
  // Many equal ones, perhaps: they are in place then.
  const int64_t equal = partition<T, true>(keys + small, room, count - small, pivot);
  return {small, small + equal};
}

template <class T> void quicksort(T *keys, T *room, int64_t count, int budget) {
  while (count > mostVectors * Lanes<T>::count) {
    if (budget-- == 0 && count <= UINT32_MAX)
      return sortByDigitsInstead(keys, room, count);
    const auto [before, behind] = split(keys, room, count);
    // The shorter part by a call, the longer one here.
    if (before < count - behind) {
      quicksort(keys, room, before, budget);
      keys += behind;
      count -= behind;
    } else {
      quicksort(keys + behind, room, count - behind, budget);
      count = before;
    }
  }
  if (count > 1)
    sortSmall(keys, count);
}

template <class T> void sortKeys(T *keys, T *room, int64_t count) {
  const int budget = 2 * int(std::bit_width(uint64_t(count)));
  constexpr int64_t worthThread = 1 << 16;
  const int threads = ndrt_num_threads();
  if (threads < 2 || count < 2 * worthThread)
    return quicksort(keys, room, count, budget);
  // A few parts for each thread; each uses the room beside it.
  std::vector<Part> parts{{0, count}};
  for (int turn = 0; turn < 4 * threads; ++turn) {
    auto longest = std::max_element(parts.begin(), parts.end(), [](const Part &a, const Part &b) {
      return a.end - a.begin < b.end - b.begin;
    });
    const Part p = *longest;
    if (p.end - p.begin < worthThread || p.end - p.begin < count / (2 * threads))
      break;
    const auto [before, behind] = split(keys + p.begin, room, p.end - p.begin);
    *longest = {p.begin, p.begin + before};
    parts.push_back({p.begin + behind, p.end});
  }
  std::sort(parts.begin(), parts.end(),
            [](const Part &a, const Part &b) { return a.begin < b.begin; });
  // A partition writes up to a vector behind its room.
  constexpr int64_t margin = Lanes<T>::count;
  parallelFor(int64_t(parts.size()), 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t n = parts[size_t(i)].end - parts[size_t(i)].begin;
      Scratch<T> own(n + margin);
      if (own)
        quicksort(keys + parts[size_t(i)].begin, own.get(), n, budget);
      else
        std::sort(keys + parts[size_t(i)].begin, keys + parts[size_t(i)].end);
    }
  });
}

template <class F, class T>
NDRT_VECTOR_BODY int64_t floatsToKeys(F *x, T *room, int64_t count, bool &negativeZeros) {
  using L = Lanes<T>;
  using Mask = typename L::Mask;
  const __m512i top = L::all(std::numeric_limits<T>::min()),
                magnitude = L::all(std::numeric_limits<T>::max()),
                infinity = L::all(std::bit_cast<T>(std::numeric_limits<F>::infinity()));
  T *keys = reinterpret_cast<T *>(x), *front = keys, *back = room;
  uint32_t zeros = 0;
  for (int64_t i = 0; i < count; i += L::count) {
    const Mask valid = Mask(count - i >= L::count ? ~0u : (1u << (count - i)) - 1);
    const __m512i bits = L::load(keys + i, valid, magnitude);
    const Mask isNan = L::below(infinity, _mm512_and_si512(bits, magnitude)) & valid;
    zeros |= L::notAbove(bits, top) & valid;
    const __m512i sign = sizeof(T) == 8 ? _mm512_srai_epi64(bits, 63) : _mm512_srai_epi32(bits, 31);
    const __m512i key = _mm512_xor_si512(bits, _mm512_and_si512(sign, magnitude));
    const Mask numbers = Mask(~isNan & valid);
    if (isNan == 0) {
      L::store(front, numbers, key);
    } else {
      L::store(front, Mask((1u << std::popcount(unsigned(numbers))) - 1),
               L::compress(numbers, key));
      _mm512_storeu_si512(back, L::compress(isNan, bits));
      back += std::popcount(unsigned(isNan));
    }
    front += std::popcount(unsigned(numbers));
  }
  std::memcpy(front, room, size_t(back - room) * sizeof(T));
  negativeZeros = zeros != 0;
  return front - keys;
}

template <class F, class T> NDRT_VECTOR_BODY void keysToFloats(F *x, int64_t count) {
  using L = Lanes<T>;
  using Mask = typename L::Mask;
  const __m512i magnitude = L::all(std::numeric_limits<T>::max());
  T *keys = reinterpret_cast<T *>(x);
  for (int64_t i = 0; i < count; i += L::count) {
    const Mask valid = Mask(count - i >= L::count ? ~0u : (1u << (count - i)) - 1);
    const __m512i key = L::load(keys + i, valid, magnitude);
    const __m512i sign = sizeof(T) == 8 ? _mm512_srai_epi64(key, 63) : _mm512_srai_epi32(key, 31);
    L::store(keys + i, valid, _mm512_xor_si512(key, _mm512_and_si512(sign, magnitude)));
  }
}

} // namespace

bool hasVectorSort() {
  static const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                          __builtin_cpu_supports("bmi2");
  return has;
}

void vectorSort(int64_t *keys, int64_t *room, int64_t count) { sortKeys(keys, room, count); }
void vectorSort(int32_t *keys, int32_t *room, int64_t count) { sortKeys(keys, room, count); }

int64_t toKeys(double *x, int64_t *room, int64_t count, bool &negativeZeros) {
  return floatsToKeys(x, room, count, negativeZeros);
}
int64_t toKeys(float *x, int32_t *room, int64_t count, bool &negativeZeros) {
  return floatsToKeys(x, room, count, negativeZeros);
}
void fromKeys(double *x, int64_t count) { keysToFloats<double, int64_t>(x, count); }
void fromKeys(float *x, int64_t count) { keysToFloats<float, int32_t>(x, count); }

} // namespace ndrt

#else

namespace ndrt {

bool hasVectorSort() { return false; }
void vectorSort(int64_t *, int64_t *, int64_t) {}
void vectorSort(int32_t *, int32_t *, int64_t) {}
int64_t toKeys(double *, int64_t *, int64_t count, bool &) { return count; }
int64_t toKeys(float *, int32_t *, int64_t count, bool &) { return count; }
void fromKeys(double *, int64_t) {}
void fromKeys(float *, int64_t) {}

} // namespace ndrt

#endif
