// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fourier transforms.
#include "steps.h"

namespace compare {
namespace {

constexpr std::string_view norms[] = {"backward", "ortho", "forward", "other"};

} // namespace

void add_fft(table &t) {
  // Integers: n or none, the axis, the norm.
#define ND_FFT(name)                                                                               \
  t[#name] = [](const call &c) {                                                                   \
    return arrays{nd::fft::name(c.operand(0),                                                      \
                                c.integer(0) == none ? std::nullopt : std::optional(c.integer(0)), \
                                c.integer(1), norms[c.integer(2)])};                               \
  };
  ND_FFT(fft)
  ND_FFT(ifft)
  ND_FFT(rfft)
  ND_FFT(irfft)
  ND_FFT(hfft)
  ND_FFT(ihfft)
  // Integers: the norm, how many extents and they, how many axes and they; -9 of either: not given.
  auto lists = [](const call &c) {
    std::pair<nd::axes, nd::axes> out;
    size_t at = 1;
    for (nd::axes *list : {&out.first, &out.second}) {
      const int64_t count = c.integer(at++);
      if (count == -9)
        continue;
      const auto first = c.s.integers.begin() + std::ptrdiff_t(at);
      *list = nd::axes(std::vector<int64_t>(first, first + count));
      at += size_t(count);
    }
    return out;
  };
#define ND_FFTN(name)                                                                              \
  t[#name] = [=](const call &c) {                                                                  \
    auto [s, axes] = lists(c);                                                                     \
    return arrays{nd::fft::name(c.operand(0), s, axes, norms[c.integer(0)])};                      \
  };
  ND_FFTN(fftn)
  ND_FFTN(ifftn)
  ND_FFTN(rfftn)
  ND_FFTN(irfftn)
  ND_FFTN(fft2)
  ND_FFTN(ifft2)
  ND_FFTN(rfft2)
  ND_FFTN(irfft2)
  // Integers: n. Reals: d.
  t["fftfreq"] = [](const call &c) { return arrays{nd::fft::fftfreq(c.integer(0), c.real(0))}; };
  t["rfftfreq"] = [](const call &c) { return arrays{nd::fft::rfftfreq(c.integer(0), c.real(0))}; };
  // Integers: the axes.
  t["fftshift"] = [](const call &c) { return arrays{nd::fft::fftshift(c.operand(0), c.axes())}; };
  t["ifftshift"] = [](const call &c) { return arrays{nd::fft::ifftshift(c.operand(0), c.axes())}; };
}

} // namespace compare
