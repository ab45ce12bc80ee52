// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The layers of the ziggurats (Marsaglia and Tsang, "The ziggurat method for generating random
// variables", 2000): 256 of equal area v under exp(-x*x/2) and under exp(-x). Layer i ends at x[i],
// x[255] = r, and the base, layer 0, is as wide as its area and the height at r say.
//
// Streams of random numbers rest on the last bit of each. For the exponential function they are the
// exact ones, rounded; for the normal one they follow from each other in double. Five of those that
// NumPy draws with stand one place beside that, and are moved there.
#include "random/ziggurat.h"

namespace ndrt::random {

Layers<double, uint64_t> normalLayers, exponentialLayers;
Layers<float, uint32_t> normalLayers32, exponentialLayers32;

namespace {

constexpr int last = 255;

template <class Real> Real towards(Real from, Real to) { return std::nextafter(from, to); }

/// Layers of \p narrow for those ends, densities and the width of the base.
void narrowed(Layers<float, uint32_t> &narrow, const long double (&x)[256],
              const long double (&f)[256], long double base) {
  constexpr long double places = 0x1p23L;
  for (int i = 0; i <= last; ++i) {
    narrow.width[i] = float((i == 0 ? base : x[i]) / places);
    narrow.density[i] = float(f[i]);
    narrow.bound[i] =
        i == 1 ? 0 : uint32_t(std::llrint((i == 0 ? x[last] / base : x[i - 1] / x[i]) * places));
  }
}

void makeNormal() {
  constexpr double r = normalR, area = 0x1.43016a5a4372ep-8, places = 0x1p52;
  // Rounded from long double, so that no library's log and exp show.
  auto height = [](double x) { return double(std::exp((long double)(-0.5 * x * x))); };
  auto &[bound, width, density] = normalLayers;
  double x[256] = {};
  x[last] = r;
  density[last] = height(r);
  for (int i = last - 1; i > 0; --i) {
    const double level = area / x[i + 1] + density[i + 1];
    x[i] = std::sqrt(-2.0 * double(std::log((long double)level)));
    density[i] = height(x[i]);
    if (i == 38)
      density[i] = towards(density[i], 1.0);
    bound[i + 1] = uint64_t(std::llrint(x[i] / x[i + 1] * places));
    width[i] = x[i] / places;
  }
  width[last] = r / places;
  const double base = area / density[last];
  bound[0] = uint64_t(r * density[last] / area * places);
  bound[1] = 0;
  width[0] = base / places;
  density[0] = 1;
  long double wideX[256], wideF[256];
  for (int i = 0; i <= last; ++i)
    wideX[i] = x[i], wideF[i] = density[i];
  narrowed(normalLayers32, wideX, wideF, base);
}

void makeExponential() {
  constexpr long double r = exponentialR;
  const long double areaOver = r + 1; // the area by the density at r: a rectangle and a tail
  long double x[256] = {}, f[256];
  x[last] = r;
  f[0] = 1;
  f[last] = std::exp(-r);
  const long double area = areaOver * f[last];
  for (int i = last - 1; i > 0; --i) {
    f[i] = area / x[i + 1] + f[i + 1];
    x[i] = -std::log(f[i]);
  }
  x[38] *= 1 + 4e-19L; // 1/600 of a last place above where the rounding of a double turns
  auto &[bound, width, density] = exponentialLayers;
  for (int i = 0; i <= last; ++i) {
    // One place less than a draw has: bounds are even.
    bound[i] = i == 1 ? 0 : 2 * uint64_t((i == 0 ? r / areaOver : x[i - 1] / x[i]) * 0x1p52L);
    width[i] = double((i == 0 ? areaOver : x[i]) / 0x1p53L);
    density[i] = double(f[i]);
  }
  narrowed(exponentialLayers32, x, f, areaOver);
  float *narrow = exponentialLayers32.density;
  narrow[128] = towards(narrow[128], 0.f);
  narrow[171] = towards(narrow[171], 0.f);
  narrow[154] = towards(narrow[154], 1.f);
  exponentialLayers32.width[226] = towards(exponentialLayers32.width[226], 1.f);
}

} // namespace

void makeLayers() {
  static const bool made = [] {
    makeNormal();
    makeExponential();
    return true;
  }();
  static_cast<void>(made);
}

} // namespace ndrt::random
