// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Standard normal and exponential numbers by the ziggurat method, draw for draw as NumPy.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace ndrt::random {

/// A layer accepts magnitudes below its bound at once; times its width they are numbers.
template <class Real, class Word> struct Layers {
  Word bound[256];
  Real width[256], density[256];
};
extern Layers<double, uint64_t> normalLayers, exponentialLayers;
extern Layers<float, uint32_t> normalLayers32, exponentialLayers32;
/// Computes them, once; before anything is drawn.
void makeLayers();

/// Where the tails begin.
inline constexpr double normalR = 3.6541528853610087963519472518,
                        inverseNormalR = 0.27366123732975827203338247596;
inline constexpr long double exponentialR = 7.6971174701310497140446280481L;

// A layer says of a raw draw which number it stands for (fast), which is right where it is
// accepted; slow goes on behind one that is not, and says false if another has to be drawn.

template <class T> struct NormalLayer;
template <class T> struct ExponentialLayer;

/// A number behind the last layer, whose density falls as a normal one's (Marsaglia and Tsang).
template <class T, class Uniform> T normalTail(Uniform uniform, bool negative) {
  for (;;) {
    const T a = -T(inverseNormalR) * std::log1p(-uniform());
    const T b = -std::log1p(-uniform());
    if (b + b > a * a)
      return negative ? -(T(normalR) + a) : T(normalR) + a;
  }
}

template <> struct NormalLayer<double> {
  static double fast(uint64_t raw, bool &accepted) {
    const unsigned layer = raw & 0xff;
    const uint64_t magnitude = raw >> 9 & 0x000fffffffffffff;
    const double x = double(int64_t(magnitude)) * normalLayers.width[layer];
    accepted = magnitude < normalLayers.bound[layer];
    return std::bit_cast<double>(std::bit_cast<uint64_t>(x) ^ (raw & 0x100) << 55);
  }
  template <class S> [[gnu::noinline]] static bool slow(S &s, uint64_t raw, double x, double &out) {
    const unsigned layer = raw & 0xff;
    if (layer == 0) {
      out = normalTail<double>([&] { return s.nextDouble(); }, raw >> 17 & 1);
      return true;
    }
    out = x;
    const double *f = normalLayers.density;
    return (f[layer - 1] - f[layer]) * s.nextDouble() + f[layer] < std::exp(-0.5 * x * x);
  }
  template <class S> static double one(S &s) {
    for (;;) {
      const uint64_t raw = s.next64();
      bool accepted;
      double x = fast(raw, accepted);
      if (accepted) [[likely]]
        return x;
      if (slow(s, raw, x, x))
        return x;
    }
  }
};

template <> struct ExponentialLayer<double> {
  static double fast(uint64_t raw, bool &accepted) {
    const unsigned layer = raw >> 3 & 0xff;
    const uint64_t magnitude = raw >> 11;
    accepted = magnitude < exponentialLayers.bound[layer];
    return double(int64_t(magnitude)) * exponentialLayers.width[layer];
  }
  template <class S> [[gnu::noinline]] static bool slow(S &s, uint64_t raw, double x, double &out) {
    const unsigned layer = raw >> 3 & 0xff;
    out = layer == 0 ? double(exponentialR) - std::log1p(-s.nextDouble()) : x;
    const double *f = exponentialLayers.density;
    return layer == 0 || (f[layer - 1] - f[layer]) * s.nextDouble() + f[layer] < std::exp(-x);
  }
  template <class S> static double one(S &s) {
    for (;;) {
      const uint64_t raw = s.next64();
      bool accepted;
      double x = fast(raw, accepted);
      if (accepted) [[likely]]
        return x;
      if (slow(s, raw, x, x))
        return x;
    }
  }
};

template <> struct NormalLayer<float> {
  static float fast(uint32_t raw, bool &accepted) {
    const unsigned layer = raw & 0xff;
    const uint32_t magnitude = raw >> 9;
    const float x = float(int32_t(magnitude)) * normalLayers32.width[layer];
    accepted = magnitude < normalLayers32.bound[layer];
    return std::bit_cast<float>(std::bit_cast<uint32_t>(x) ^ (raw & 0x100) << 23);
  }
  template <class S> [[gnu::noinline]] static float one(S &s) {
    for (;;) {
      const uint32_t raw = s.next32();
      bool accepted;
      const float x = fast(raw, accepted);
      if (accepted)
        return x;
      const unsigned layer = raw & 0xff;
      if (layer == 0)
        return normalTail<float>([&] { return s.nextFloat(); }, raw >> 17 & 1);
      // This exponential is of doubles, what stands left of it is not.
      const float *f = normalLayers32.density;
      if ((f[layer - 1] - f[layer]) * s.nextFloat() + f[layer] < std::exp(-0.5 * x * x))
        return x;
    }
  }
};

template <> struct ExponentialLayer<float> {
  static float fast(uint32_t raw, bool &accepted) {
    const unsigned layer = raw >> 1 & 0xff;
    const uint32_t magnitude = raw >> 9;
    accepted = magnitude < exponentialLayers32.bound[layer];
    return float(int32_t(magnitude)) * exponentialLayers32.width[layer];
  }
  template <class S> [[gnu::noinline]] static float one(S &s) {
    for (;;) {
      const uint32_t raw = s.next32();
      bool accepted;
      const float x = fast(raw, accepted);
      if (accepted)
        return x;
      const unsigned layer = raw >> 1 & 0xff;
      if (layer == 0)
        return float(exponentialR) - std::log1p(-s.nextFloat());
      const float *f = exponentialLayers32.density;
      if ((f[layer - 1] - f[layer]) * s.nextFloat() + f[layer] < std::exp(-x))
        return x;
    }
  }
};

/// What distributions draw from in T.
template <class T> struct Ziggurat {
  template <class S> static T uniform(S &s) {
    if constexpr (sizeof(T) == 8)
      return s.nextDouble();
    else
      return s.nextFloat();
  }
  template <class S> static T normal(S &s) { return NormalLayer<T>::one(s); }
  template <class S> static T exponential(S &s) { return ExponentialLayer<T>::one(s); }
};

} // namespace ndrt::random
