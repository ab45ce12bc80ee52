// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "random/bounded.h"
#include "random/request.h"

namespace ndrt::random {
namespace {

/// Both halves of each raw draw, while none is rejected.
template <class T> int64_t fillHalves(Wide &s, T *out, int64_t n, T low, uint32_t range) {
  const uint32_t bound = range + 1;
  int64_t done = 0;
  if (s.has32() || range == UINT32_MAX)
    return 0;
  while (n - done >= 2) {
    const uint64_t *draws;
    const int64_t m = s.ready(draws, (n - done) / 2);
    T *to = out + done;
    int64_t i = 0;
    for (; i < m; ++i) {
      const uint64_t a = uint64_t(uint32_t(draws[i])) * bound, b = (draws[i] >> 32) * bound;
      if (uint32_t(a) < bound || uint32_t(b) < bound) [[unlikely]]
        break; // may be rejected
      to[2 * i] = T(low + T(a >> 32));
      to[2 * i + 1] = T(low + T(b >> 32));
    }
    if (i)
      s.keep(uint32_t(draws[i - 1] >> 32));
    s.take(i);
    done += 2 * i;
    if (i < m) {
      out[done] = T(low + T(lemire32(s, range)));
      ++done;
      // A half is left over unless a rejection took it.
      while (s.has32() && done < n) {
        out[done] = T(low + T(lemire32(s, range)));
        ++done;
      }
      if (s.has32())
        return done;
    }
  }
  return done;
}

template <class U, class S> void fill(S &s, const Request &r, bool closed, bool masks) {
  // Bounds are of 64 bits, signed or not; the arithmetic wraps.
  using Word = std::conditional_t<std::is_same_v<U, bool>, uint8_t, U>;
  Word *out = r.results<Word>();
  BoundedDraws<U, S> draws(s, masks);
  if (r.parameters[0].elements() == 1 && r.parameters[1].elements() == 1) {
    const uint64_t low = r.scalar<uint64_t>(0);
    const U range = U(r.scalar<uint64_t>(1) - low - !closed);
    int64_t i = 0;
    if constexpr (std::is_same_v<S, Wide> && sizeof(U) >= 4)
      if (!masks && range && range < UINT32_MAX)
        i = fillHalves<Word>(s, out, r.elements, Word(low), uint32_t(range));
    for (; i < r.elements; ++i)
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
