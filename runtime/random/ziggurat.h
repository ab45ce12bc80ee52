// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Standard normal and exponential numbers by the ziggurat method, draw for draw as NumPy.
#pragma once

#include <cmath>
#include <cstdint>

namespace ndrt::random {

extern const uint64_t normalK[256], exponentialK[256];
extern const double normalW[256], normalF[256], exponentialW[256], exponentialF[256];
extern const uint32_t normalK32[256], exponentialK32[256];
extern const float normalW32[256], normalF32[256], exponentialW32[256], exponentialF32[256];

inline constexpr double normalR = 3.6541528853610087963519472518,
                        inverseNormalR = 0.27366123732975827203338247596,
                        exponentialR = 7.6971174701310497140446280481;

template <class T> struct Ziggurat;

template <> struct Ziggurat<double> {
  template <class S> static double uniform(S &s) { return s.nextDouble(); }

  /// The number that a raw draw stands for; \p accepted says whether it is one.
  static double fastNormal(uint64_t raw, bool &accepted) {
    const unsigned layer = raw & 0xff;
    const uint64_t magnitude = raw >> 9 & 0x000fffffffffffff;
    const double x = double(int64_t(magnitude)) * normalW[layer];
    accepted = magnitude < normalK[layer];
    return raw & 0x100 ? -x : x;
  }
  template <class S> static double normal(S &s) {
    for (;;) {
      const uint64_t raw = s.next64();
      bool accepted;
      const double x = fastNormal(raw, accepted);
      if (accepted) [[likely]]
        return x;
      if (double tail; slowNormal(s, raw, x, tail))
        return tail;
    }
  }
  /// What follows a draw that is not accepted at once; false if another one has to be made.
  template <class S>
  [[gnu::noinline]] static bool slowNormal(S &s, uint64_t raw, double x, double &out) {
    const unsigned layer = raw & 0xff;
    if (layer == 0)
      for (;;) {
        const double a = -inverseNormalR * std::log1p(-s.nextDouble());
        const double b = -std::log1p(-s.nextDouble());
        if (b + b > a * a) {
          out = raw >> 17 & 1 ? -(normalR + a) : normalR + a;
          return true;
        }
      }
    out = x;
    return (normalF[layer - 1] - normalF[layer]) * s.nextDouble() + normalF[layer] <
           std::exp(-0.5 * x * x);
  }

  static double fastExponential(uint64_t raw, bool &accepted) {
    const unsigned layer = raw >> 3 & 0xff;
    const uint64_t magnitude = raw >> 11;
    accepted = magnitude < exponentialK[layer];
    return double(int64_t(magnitude)) * exponentialW[layer];
  }
  template <class S> static double exponential(S &s) {
    for (;;) {
      const uint64_t raw = s.next64();
      bool accepted;
      const double x = fastExponential(raw, accepted);
      if (accepted) [[likely]]
        return x;
      if (double tail; slowExponential(s, raw, x, tail))
        return tail;
    }
  }
  template <class S>
  [[gnu::noinline]] static bool slowExponential(S &s, uint64_t raw, double x, double &out) {
    const unsigned layer = raw >> 3 & 0xff;
    out = layer == 0 ? exponentialR - std::log1p(-s.nextDouble()) : x;
    return layer == 0 ||
           (exponentialF[layer - 1] - exponentialF[layer]) * s.nextDouble() + exponentialF[layer] <
               std::exp(-x);
  }
};

template <> struct Ziggurat<float> {
  template <class S> static float uniform(S &s) { return s.nextFloat(); }

  template <class S> static float normal(S &s) {
    for (;;) {
      const uint32_t raw = s.next32();
      const unsigned layer = raw & 0xff;
      const uint32_t magnitude = raw >> 9;
      float x = float(int32_t(magnitude)) * normalW32[layer];
      if (raw & 0x100)
        x = -x;
      if (magnitude < normalK32[layer])
        return x;
      if (layer == 0) {
        for (;;) {
          const float a = -float(inverseNormalR) * std::log1p(-s.nextFloat());
          const float b = -std::log1p(-s.nextFloat());
          if (b + b > a * a)
            return magnitude >> 8 & 1 ? -(float(normalR) + a) : float(normalR) + a;
        }
      }
      // NumPy widens the exponential here, and not the other side.
      if ((normalF32[layer - 1] - normalF32[layer]) * s.nextFloat() + normalF32[layer] <
          std::exp(-0.5 * x * x))
        return x;
    }
  }

  template <class S> static float exponential(S &s) {
    for (;;) {
      uint32_t raw = s.next32() >> 1;
      const unsigned layer = raw & 0xff;
      raw >>= 8;
      const float x = float(int32_t(raw)) * exponentialW32[layer];
      if (raw < exponentialK32[layer])
        return x;
      if (layer == 0)
        return float(exponentialR) - std::log1p(-s.nextFloat());
      if ((exponentialF32[layer - 1] - exponentialF32[layer]) * s.nextFloat() +
              exponentialF32[layer] <
          std::exp(-x))
        return x;
    }
  }
};

} // namespace ndrt::random
