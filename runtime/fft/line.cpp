// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A line on its own.
#include "fft/halves.h"
#include "fft/room.h"
#include "fft/short_line.h"

#include <algorithm>
#include <cstring>

namespace ndrt::fft {

template <class T> bool AxisTransform<T>::line(int64_t other, int64_t lane) const {
  const T *from = in(other, lane);
  T *out = to(other, lane);
  switch (job_.kind) {
  case Kind::complex:
    return single_->run({from, step_, complexIn_, count_, job_.inverse},
                        {out, outStep_, job_.inverse, scale_});
  case Kind::real:
    return even_ ? realLine(from, out) : oddLine(from, out);
  default:
    return even_ ? toRealLine(from, out) : oddToRealLine(from, out);
  }
}

template <class T> bool AxisTransform<T>::lines(int64_t other, int64_t lane, int64_t count) const {
  const int64_t step = job_.x.rank > 1 ? job_.x.stride[laneAxis_] * parts_ : 0;
  const int64_t outStep = job_.x.rank > 1 ? job_.out.stride[laneAxis_] * outParts_ : 0;
  return single_->run({in(other, lane), step_, complexIn_, count_, job_.inverse}, step,
                      {to(other, lane), outStep_, job_.inverse, scale_}, outStep, count);
}

template <class T>
bool AxisTransform<T>::shortLines(int64_t other, int64_t lane, int64_t count) const {
  const int64_t step = job_.x.stride[laneAxis_] * parts_;
  const int64_t toStep = job_.out.stride[laneAxis_] * outParts_;
  const T *from = in(other, lane);
  T *out = to(other, lane);
  switch (job_.kind) {
  case Kind::complex:
    return shortLines<Kind::complex>(from, step, out, toStep, count);
  case Kind::real:
    return shortLines<Kind::real>(from, step, out, toStep, count);
  default:
    return shortLines<Kind::toReal>(from, step, out, toStep, count);
  }
}

template <class T>
template <Kind kind>
bool AxisTransform<T>::shortLines(const T *from, int64_t step, T *to, int64_t toStep,
                                  int64_t count) const {
  const int64_t n = job_.n, wanted = kind == Kind::toReal ? n / 2 + 1 : n;
  const int64_t given = complexIn_ && kind != Kind::real ? 2 : 1; // parts that are read
  const bool whole = step_ == given && count_ == wanted && (kind != Kind::toReal || complexIn_);
  alignas(64) T x[2 * longestShortReal];
  for (int64_t line = 0; line < count; ++line, from += step, to += toStep) {
    const T *source = from;
    const bool isComplex = kind == Kind::toReal || complexIn_;
    if (!whole) {
      const int64_t parts = isComplex ? 2 : 1;
      std::fill_n(x, parts * wanted, T(0));
      for (int64_t i = 0; i < count_; ++i)
        for (int64_t p = 0; p < given; ++p)
          x[i * parts + p] = from[i * step_ + p];
      source = x;
    }
    if (!runShortLine<T, kind>(*short_, n, source, isComplex, to, job_.inverse, scale_))
      return false;
  }
  return true;
}

template <class T> bool AxisTransform<T>::realLine(const T *from, T *out) const {
  const int64_t h = length_;
  const Halves<T> halves{half_->table.data(), h};
  Room<T> room(2 * h), copy(step_ == 1 && count_ % 2 == 0 ? 1 : 2 * h);
  if (!room || !copy)
    return false;
  const T *pairs = from;
  int64_t count = count_ / 2;
  if (step_ != 1 || count_ % 2) {
    for (int64_t i = 0; i < count_; ++i)
      copy.get()[i] = from[i * step_];
    count = (count_ + 1) / 2;
    if (count_ % 2)
      copy.get()[count_] = 0;
    pairs = copy.get();
  }
  T *z = room.get();
  if (!single_->run({pairs, 2, 1, count, false}, {z, 2, false, T(1)}))
    return false;
  if (outStep_ == 2) {
    pairKernels<T>().split(z, h, half_->table.data(), out, scale_);
    return true;
  }
  auto put = [&](int64_t k, T re, T im) {
    out[k * outStep_] = re * scale_;
    out[k * outStep_ + 1] = im * scale_;
  };
  put(0, z[0] + z[1], 0);
  put(h, z[0] - z[1], 0);
  for (int64_t k = 1; k <= h / 2; ++k) {
    const int64_t l = h - k;
    T low[2], high[2];
    halves.split(k, z[2 * k], z[2 * k + 1], z[2 * l], z[2 * l + 1], low, high);
    put(l, high[0], high[1]);
    put(k, low[0], low[1]);
  }
  return true;
}

template <class T> bool AxisTransform<T>::oddLine(const T *from, T *out) const {
  const int64_t n = job_.n;
  const bool direct = step_ == 1 && count_ == n;
  Room<T> room(oddLine_->space + (direct ? 0 : n));
  if (!room)
    return false;
  T *line = room.get() + oddLine_->space;
  for (int64_t i = 0; !direct && i < n; ++i)
    line[i] = i < count_ ? from[i * step_] : T(0);
  return oddLine_->forward(direct ? from : line, out, outStep_, scale_, room.get());
}

/// Element \p k of what is there, of which the ends are real.
template <class T>
void AxisTransform<T>::take(const T *from, int64_t k, int64_t last, T &re, T &im) const {
  re = k < count_ ? from[k * step_] : T(0);
  im = k < count_ && k > 0 && k < last && complexIn_ ? from[k * step_ + 1] : T(0);
}

/// Z of their pairs from a line of whatever there is.
template <class T> void AxisTransform<T>::joinLine(const T *from, T *z) const {
  const int64_t h = length_;
  const Halves<T> halves{half_->table.data(), h};
  T ar, ai, br, bi;
  take(from, 0, h, ar, ai);
  take(from, h, h, br, bi);
  z[0] = ar + br;
  z[1] = ar - br;
  for (int64_t k = 1; k <= h / 2; ++k) {
    const int64_t l = h - k;
    take(from, k, h, ar, ai);
    take(from, l, h, br, bi);
    T low[2], high[2];
    halves.join(k, ar, ai, br, bi, low, high);
    std::memcpy(z + 2 * l, high, sizeof high);
    std::memcpy(z + 2 * k, low, sizeof low);
  }
}

template <class T> bool AxisTransform<T>::toRealLine(const T *from, T *out) const {
  const int64_t h = length_;
  Room<T> room(2 * h), copy(outStep_ == 1 ? 1 : 2 * h);
  if (!room || !copy)
    return false;
  T *z = room.get();
  if (complexIn_ && step_ == 2 && count_ == h + 1)
    pairKernels<T>().join(from, h, half_->table.data(), z);
  else
    joinLine(from, z);
  T *pairs = outStep_ == 1 ? out : copy.get();
  if (!single_->run({z, 2, 1, h, true}, {pairs, 2, true, scale_}))
    return false;
  if (pairs != out)
    for (int64_t i = 0; i < job_.n; ++i)
      out[i * outStep_] = pairs[i];
  return true;
}

template <class T> bool AxisTransform<T>::oddToRealLine(const T *from, T *out) const {
  const int64_t n = job_.n, elements = n / 2 + 1;
  const bool direct = complexIn_ && count_ == elements;
  Room<T> room(oddLine_->space + (direct ? 0 : 2 * elements) + (outStep_ == 1 ? 0 : n));
  if (!room)
    return false;
  T *line = room.get() + oddLine_->space,
    *made = outStep_ == 1 ? out : line + (direct ? 0 : 2 * elements);
  for (int64_t k = 0; !direct && k < elements; ++k)
    take(from, k, n, line[2 * k], line[2 * k + 1]);
  if (!oddLine_->back(direct ? from : line, direct ? step_ : 2, made, scale_, room.get()))
    return false;
  for (int64_t i = 0; made != out && i < n; ++i)
    out[i * outStep_] = made[i];
  return true;
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template bool AxisTransform<T>::line(int64_t, int64_t) const;                                    \
  template bool AxisTransform<T>::lines(int64_t, int64_t, int64_t) const;                          \
  template bool AxisTransform<T>::shortLines(int64_t, int64_t, int64_t) const;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
#undef NDRT_INSTANTIATE

} // namespace ndrt::fft
