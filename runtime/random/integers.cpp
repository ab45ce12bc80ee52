// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "random/bounded.h"
#include "random/lanes.h"
#include "random/request.h"

namespace ndrt::random {
namespace {

/// Lemire's method without a branch: a draw that is rejected is written over by the next.
template <class T, class S> void fillBounded(S &s, T *out, int64_t n, T low, uint64_t range) {
  constexpr int bits = 8 * sizeof(T);
  if (bits == 64 && range > UINT32_MAX) {
    const uint64_t bound = range + 1, threshold = (UINT64_MAX - range) % bound;
    s.each64(n, [&](uint64_t draw) {
      const u128 m = u128(draw) * bound;
      *out = T(low + T(uint64_t(m >> 64)));
      const bool used = uint64_t(m) >= threshold;
      out += used;
      return used;
    });
    return;
  }
  const uint32_t bound = uint32_t(range) + 1, threshold = (UINT32_MAX - uint32_t(range)) % bound;
  auto one = [&](uint32_t draw) {
    const uint64_t m = uint64_t(draw) * bound;
    *out = T(low + T(m >> 32));
    const bool used = uint32_t(m) >= threshold;
    out += used;
    return used;
  };
  if constexpr (std::is_same_v<S, Wide>) {
    // Whole vectors while nothing is rejected; the vector in which something is one by one.
    T *const end = out + n;
    if (n && s.has32())
      s.each32(1, one);
    while (end - out >= 32 && !s.has32()) {
      const uint64_t *draws;
      const int64_t ready = s.ready(draws, (end - out) / 2);
      if (const int64_t done = toBounded(draws, ready, bound, threshold, low, out)) {
        s.keep(uint32_t(draws[done - 1] >> 32));
        s.take(done);
        out += 2 * done;
      } else {
        s.each32(16, one);
        if (s.has32()) // a half is left behind what was rejected
          s.each32(1, one);
      }
    }
    n = end - out;
  }
  s.each32(n, one);
}

/// The same with the parts of 32-bit draws, of which those of the last one may be left.
template <class T, class S> void fillCut(S &s, T *out, int64_t n, T low, T range) {
  constexpr int bits = 8 * sizeof(T), parts = 32 / bits;
  const T bound = T(range + 1), threshold = T(T(T(-1) - range) % bound);
  T room[parts + 1]; // of the last draw some may be too many
  T *end = out + n;
  while (out < end) {
    const uint32_t draw = s.next32();
    T *at = room;
    for (int part = 0; part < parts; ++part) {
      const uint32_t m = (draw >> (part * bits) & T(-1)) * uint32_t(bound);
      *at = T(low + T(m >> bits));
      at += T(m) >= threshold;
    }
    for (T *x = room; x < at && out < end; ++x)
      *out++ = *x;
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
      if (!masks && range && range != UINT32_MAX && range != UINT64_MAX)
        return fillBounded<Word>(s, out, r.elements, Word(low), range);
    if constexpr (sizeof(U) <= 2 && !std::is_same_v<U, bool>)
      if (!masks && range && range != U(-1))
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
