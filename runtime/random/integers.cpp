// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "random/bounded.h"
#include "random/lanes.h"
#include "random/request.h"

#include <cstring>

namespace ndrt::random {
namespace {

/// Integers on several threads. Whether a draw, or a part of it, is used does not depend on the
/// others: stretches of the stream are made into numbers side by side, as many as that gives, and
/// pushed together. \p made(draws, count, to) gives where its numbers end, at most \p each for a
/// draw of 64 bits. What is left for one thread stands behind \p out.
template <int64_t each, class T, class Made> void inStretches(Wide &s, T *&out, T *end, Made made) {
  constexpr int64_t length = 1 << 14, mostParts = 64;
  const int64_t threads = ndrt_num_threads();
  if (threads < 2 || !s.canSeek() || s.has32())
    return;
  const int64_t parts = std::min(mostParts, 8 * threads);
  // The last numbers are left: the state keeps what of their draws is not used.
  while (end - out >= (2 * length + 64) * each) {
    const int64_t draws = std::min(parts * length, (end - out) / each - 64);
    T *ends[mostParts];
    for (int64_t part = 0; part < parts; ++part)
      ends[part] = out + part * length * each;
    s.inParts(draws, length, [&](int64_t part, const uint64_t *block, int64_t count) {
      ends[part] = made(block, count, ends[part]);
    });
    const T *from = out;
    for (int64_t part = 0; part * length < draws; ++part, from += length * each) {
      if (out != from)
        std::memmove(out, from, size_t(ends[part] - from) * sizeof(T));
      out += ends[part] - from;
    }
  }
}

/// Lemire's method without a branch: a draw that is rejected is written over by the next. All
/// draws are used where \p range is that of the draw.
template <class T, class S> void fillBounded(S &s, T *out, int64_t n, T low, uint64_t range) {
  constexpr int bits = 8 * sizeof(T);
  T *const end = out + n;
  if (bits == 64 && range > UINT32_MAX) {
    const u128 bound = u128(range) + 1;
    const uint64_t threshold = uint64_t((UINT64_MAX - range) % bound);
    auto one = [=](uint64_t draw, T *&to) {
      const u128 m = u128(draw) * bound;
      *to = T(low + T(uint64_t(m >> 64)));
      const bool used = uint64_t(m) >= threshold;
      to += used;
      return used;
    };
    if constexpr (std::is_same_v<S, Wide> && bits == 64) {
      const bool vectors = range != UINT64_MAX;
      auto some = [=](const uint64_t *draws, int64_t count, T *to) {
        int64_t i = vectors ? toBounded(draws, count, range + 1, threshold, low, to) : 0;
        for (; i < count; ++i)
          one(draws[i], to);
        return to;
      };
      if (!s.has32()) // a half stays behind
        inStretches<1>(s, out, end, some);
      while (out < end) {
        const uint64_t *draws;
        const int64_t ready = s.ready(draws, end - out);
        out = some(draws, ready, out);
        s.take(ready);
      }
    }
    s.each64(end - out, [&](uint64_t draw) { return one(draw, out); });
    return;
  }
  const uint64_t bound = range + 1;
  const uint32_t threshold = uint32_t((UINT32_MAX - range) % bound);
  auto one = [=](uint32_t draw, T *&to) {
    const uint64_t m = draw * bound;
    *to = T(low + T(m >> 32));
    const bool used = uint32_t(m) >= threshold;
    to += used;
    return used;
  };
  auto next = [&](uint32_t draw) { return one(draw, out); };
  if constexpr (std::is_same_v<S, Wide>) {
    const bool vectors = bound <= UINT32_MAX;
    auto some = [=](const uint64_t *draws, int64_t count, T *to) {
      int64_t i = vectors ? toBounded(draws, count, uint32_t(bound), threshold, low, to) : 0;
      for (; i < count; ++i) {
        one(uint32_t(draws[i]), to);
        one(uint32_t(draws[i] >> 32), to);
      }
      return to;
    };
    if (n && s.has32())
      s.each32(1, next);
    inStretches<2>(s, out, end, some);
    while (end - out >= 2 && !s.has32()) {
      const uint64_t *draws;
      const int64_t ready = s.ready(draws, (end - out) / 2);
      out = some(draws, ready, out);
      s.keep(uint32_t(draws[ready - 1] >> 32));
      s.take(ready);
    }
  }
  s.each32(end - out, next);
}

/// The same with the parts of 32-bit draws, of which those of the last one may be left.
template <class T, class S> void fillCut(S &s, T *out, int64_t n, T low, T range) {
  constexpr int bits = 8 * sizeof(T), parts = 32 / bits;
  const uint32_t bound = uint32_t(range) + 1;
  const T threshold = T(T(T(-1) - range) % bound);
  auto cut = [=](uint32_t draw, T *to) {
#pragma GCC unroll 4
    for (int part = 0; part < parts; ++part) {
      const uint32_t m = (draw >> (part * bits) & T(-1)) * bound;
      *to = T(low + T(m >> bits));
      to += T(m) >= threshold;
    }
    return to;
  };
  T *const end = out + n;
  if constexpr (std::is_same_v<S, Wide>) {
    if (n && s.has32()) {
      T room[parts + 1];
      const T *behind = cut(s.next32(), room);
      out = std::copy_n(room, std::min<int64_t>(behind - room, n), out);
    }
    auto some = [=](const uint64_t *draws, int64_t count, T *to) {
      if (range == T(-1)) { // all parts as they are
        T *const last = to + 2 * parts * count;
        std::memcpy(to, draws, size_t(count) * sizeof(uint64_t));
        for (; low && to < last; ++to)
          *to = T(*to + low);
        return last;
      }
      for (int64_t i = 0; i < count; ++i)
        to = cut(uint32_t(draws[i] >> 32), cut(uint32_t(draws[i]), to));
      return to;
    };
    inStretches<2 * parts>(s, out, end, some);
    while (end - out >= 2 * parts && !s.has32()) {
      const uint64_t *draws;
      const int64_t ready = s.ready(draws, (end - out) / (2 * parts));
      out = some(draws, ready, out);
      s.keep(uint32_t(draws[ready - 1] >> 32));
      s.take(ready);
    }
  }
  while (end - out >= parts)
    out = cut(s.next32(), out);
  while (out < end) { // of the last draw some may be too many
    T room[parts + 1];
    const T *behind = cut(s.next32(), room);
    out = std::copy_n(room, std::min(behind - room, end - out), out);
  }
}

template <class U, class S> void fill(S &s, const Request &r, bool closed, bool masks) {
  // Bounds are of 64 bits, signed or not; the arithmetic wraps.
  using Word = std::conditional_t<std::is_same_v<U, bool>, uint8_t, U>;
  Word *out = r.results<Word>();
  BoundedDraws<U, S> draws(s, masks);
  if (r.parameters[0].elements() == 1 && r.parameters[1].elements() == 1) {
    const uint64_t low = r.scalar<uint64_t>(0);
    const U range = U(r.scalar<uint64_t>(1) - low - !closed);
    if constexpr (sizeof(U) >= 4)
      if (!masks && range)
        return fillBounded<Word>(s, out, r.elements, Word(low), range);
    if constexpr (sizeof(U) <= 2 && !std::is_same_v<U, bool>)
      if (!masks && range)
        return fillCut<Word>(s, out, r.elements, Word(low), range);
    for (int64_t i = 0; i < r.elements; ++i)
      out[i] = Word(Word(low) + Word(draws(range)));
    return;
  }
  Walk walk(r, r.out.rank);
  for (int64_t i = 0; i < r.elements; ++i, walk.next()) {
    const uint64_t low = r.data<uint64_t>(0)[walk.offset(0)];
    const uint64_t high = r.data<uint64_t>(1)[walk.offset(1)];
    out[i] = Word(Word(low) + Word(draws(U(high - low - !closed))));
  }
}

template <class S> bool draw(S &s, const Request &r) {
  const bool masks = r.distribution == NDRT_RANDOM_INTEGERS_MASKED;
  const bool closed = r.distribution == NDRT_RANDOM_INTEGERS_CLOSED;
  if (!masks && !closed && r.distribution != NDRT_RANDOM_INTEGERS)
    return false;
  const DLDataType type = r.out.type;
  if (type.code == NDRT_DL_BOOL || (type.code == kDLUInt && type.bits == 1))
    fill<bool>(s, r, closed, masks);
  else if (type.bits == 8)
    fill<uint8_t>(s, r, closed, masks);
  else if (type.bits == 16)
    fill<uint16_t>(s, r, closed, masks);
  else if (type.bits == 32)
    fill<uint32_t>(s, r, closed, masks);
  else
    fill<uint64_t>(s, r, closed, masks);
  return true;
}

} // namespace

bool drawIntegers(Wide &s, const Request &r) { return draw(s, r); }
bool drawIntegers(Narrow &s, const Request &r) { return draw(s, r); }

} // namespace ndrt::random
