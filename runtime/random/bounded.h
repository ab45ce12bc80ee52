// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Integers in [0, range]: by Lemire's multiplication ("Fast random integer generation in an
// interval", 2019), or, as the legacy functions have it, by masks and rejection.
#pragma once

#include "random/source.h"

#include <bit>
#include <type_traits>

namespace ndrt::random {

/// The least 2^k - 1 that is not below \p most.
constexpr uint64_t maskFor(uint64_t most) {
  return most ? UINT64_MAX >> std::countl_zero(most) : 0;
}

template <class S> uint64_t masked32(S &s, uint32_t range, uint32_t mask) {
  for (;;)
    if (const uint32_t x = s.next32() & mask; x <= range)
      return x;
}
template <class S> uint64_t masked64(S &s, uint64_t range, uint64_t mask) {
  for (;;)
    if (const uint64_t x = s.next64() & mask; x <= range)
      return x;
}

/// NumPy's random_interval.
template <class S> uint64_t interval(S &s, uint64_t most) {
  if (most == 0)
    return 0;
  return most <= UINT32_MAX ? masked32(s, uint32_t(most), uint32_t(maskFor(most)))
                            : masked64(s, most, maskFor(most));
}

/// \p range below UINT32_MAX.
template <class S> uint32_t lemire32(S &s, uint32_t range) {
  const uint32_t bound = range + 1;
  uint64_t m = uint64_t(s.next32()) * bound;
  if (uint32_t(m) < bound) [[unlikely]] {
    const uint32_t threshold = (UINT32_MAX - range) % bound;
    while (uint32_t(m) < threshold)
      m = uint64_t(s.next32()) * bound;
  }
  return uint32_t(m >> 32);
}
template <class S> uint64_t lemire64(S &s, uint64_t range) {
  const uint64_t bound = range + 1;
  u128 m = u128(s.next64()) * bound;
  if (uint64_t(m) < bound) [[unlikely]] {
    const uint64_t threshold = (UINT64_MAX - range) % bound;
    while (uint64_t(m) < threshold)
      m = u128(s.next64()) * bound;
  }
  return uint64_t(m >> 64);
}

/// One of [0, range], as numpy's random_bounded_uint64 without a mask.
template <class S> uint64_t bounded(S &s, uint64_t range) {
  if (range == 0)
    return 0;
  if (range < UINT32_MAX)
    return lemire32(s, uint32_t(range));
  if (range == UINT32_MAX)
    return s.next32();
  return range == UINT64_MAX ? s.next64() : lemire64(s, range);
}

/// Draws of 8, 16 or 1 bits that are cut from 32, the low ones first.
template <class S> class Cut {
public:
  explicit Cut(S &s) : source_(s) {}
  template <int bits> uint32_t next() {
    if (left_ == 0) {
      word_ = source_.next32();
      left_ = 32 / bits;
    } else {
      word_ >>= bits;
    }
    --left_;
    return word_ & ((1u << bits) - 1);
  }

private:
  S &source_;
  uint32_t word_ = 0;
  int left_ = 0;
};

/// Integers of type U in [0, range].
template <class U, class S> class BoundedDraws {
public:
  BoundedDraws(S &s, bool masks) : source_(s), cut_(s), masks_(masks) {}

  U operator()(U range) {
    constexpr int bits = 8 * sizeof(U);
    if (range == 0)
      return 0;
    if constexpr (std::is_same_v<U, bool>) {
      return cut_.template next<1>();
    } else if constexpr (bits == 64) {
      if (!masks_)
        return bounded(source_, range);
      if (range == UINT32_MAX)
        return source_.next32();
      return range == UINT64_MAX ? source_.next64() : interval(source_, range);
    } else if constexpr (bits == 32) {
      if (range == UINT32_MAX)
        return source_.next32();
      return masks_ ? U(interval(source_, range)) : lemire32(source_, range);
    } else {
      constexpr U most = U(-1);
      if (range == most)
        return U(cut_.template next<bits>());
      if (masks_) {
        const U mask = U(maskFor(range));
        for (;;)
          if (const U x = U(cut_.template next<bits>()) & mask; x <= range)
            return x;
      }
      const U bound = U(range + 1);
      uint32_t m = cut_.template next<bits>() * uint32_t(bound);
      if (U(m) < bound) {
        const U threshold = U(U(most - range) % bound);
        while (U(m) < threshold)
          m = cut_.template next<bits>() * uint32_t(bound);
      }
      return U(m >> bits);
    }
  }

private:
  S &source_;
  Cut<S> cut_;
  bool masks_;
};

/// The legacy polar normal numbers (Marsaglia and Bray, 1964), two at a time.
double legacyGauss(Narrow &s);

} // namespace ndrt::random
