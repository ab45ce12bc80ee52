// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All positions are checked first, so that nothing is written when one is outside. Then the
// elements are written one after the other, in order: positions may repeat.
#include "copy/transpose.h"
#include "select/combine.h"
#include "select/positions.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>

namespace ndrt {
namespace {

constexpr int64_t block = 256; // offsets on the stack at a time

struct Scatter {
  const Positions &positions;
  const Rest &rest; // left: the value, right: out
  const std::byte *value;
  std::byte *out;
};

template <class T, class Combine> void scatterAs(const Scatter &s, Combine combine) {
  const T *value = reinterpret_cast<const T *>(s.value);
  T *out = reinterpret_cast<T *>(s.out);
  const bool single = s.rest.walk.count() == 1, isRow = s.rest.isRow();
  const int64_t row = s.rest.walk.extent[0], total = s.positions.total();
  for (int64_t begin = 0; begin < total; begin += block) {
    int64_t at[block], from[block];
    const int64_t count = std::min(block, total - begin);
    s.positions.offsets(begin, count, at, from);
    if (single)
      for (int64_t j = 0; j < count; ++j)
        combine(out[at[j]], value[from[j]]);
    else if (isRow)
      for (int64_t j = 0; j < count; ++j)
        for (int64_t i = 0; i < row; ++i)
          combine(out[at[j] + i], value[from[j] + i]);
    else
      for (int64_t j = 0; j < count; ++j)
        s.rest.forRuns([&](int64_t l, int64_t r, int64_t length, int64_t left, int64_t right) {
          for (int64_t i = 0; i < length; ++i)
            combine(out[at[j] + r + i * right], value[from[j] + l + i * left]);
        });
  }
}

template <class T> void set(const Scatter &s) {
  scatterAs<T>(s, [](T &to, const T &x) { to = x; });
}

/// Smith's division, as NumPy's.
template <class T> std::complex<T> over(std::complex<T> a, std::complex<T> b) {
  T br = b.real(), bi = b.imag(), abs_r = std::fabs(br), abs_i = std::fabs(bi);
  if (abs_r >= abs_i) {
    if (abs_r == 0 && abs_i == 0)
      return {a.real() / abs_r, a.imag() / abs_r};
    T ratio = bi / br, scale = T(1) / (br + bi * ratio);
    return {(a.real() + a.imag() * ratio) * scale, (a.imag() - a.real() * ratio) * scale};
  }
  T ratio = br / bi, scale = T(1) / (bi + br * ratio);
  return {(a.real() * ratio + a.imag()) * scale, (a.imag() * ratio - a.real()) * scale};
}

/// subtract, divide of floats and complex numbers, and of bits.
template <class T> bool others(const Scatter &s, int32_t mode) {
  using Wide = WideOf<T>;
  if (mode == NDRT_SUBTRACT)
    return scatterAs<T>(s, [](T &to, const T &x) { to = Wide(Wide(to) - Wide(x)); }), true;
  if constexpr (std::is_integral_v<T>) {
    switch (mode) {
    case NDRT_BITWISE_AND:
      return scatterAs<T>(s, [](T &to, const T &x) { to &= x; }), true;
    case NDRT_BITWISE_OR:
      return scatterAs<T>(s, [](T &to, const T &x) { to |= x; }), true;
    case NDRT_BITWISE_XOR:
      return scatterAs<T>(s, [](T &to, const T &x) { to ^= x; }), true;
    }
    return false;
  } else {
    if (mode != NDRT_DIVIDE)
      return false;
    if constexpr (isComplex<T>)
      scatterAs<T>(s, [](T &to, const T &x) { to = over(to, x); });
    else
      scatterAs<T>(s, [](T &to, const T &x) { to = Wide(Wide(to) / Wide(x)); });
    return true;
  }
}

bool combine(const Scatter &s, DLDataType type, int32_t mode) {
  auto apply = [&]<class T>(T, auto combination) {
    scatterAs<T>(s, [=](T &to, const T &x) { to = combination(to, x); });
  };
  if (withCombination(type, mode, apply))
    return true;
  if (isBool(type))
    return mode != NDRT_SUBTRACT && others<uint8_t>(s, mode);
  return withArithmetic(type, [&]<class T>(T) { return others<T>(s, mode); });
}

void setElements(const Scatter &s, int64_t bytes) {
  switch (bytes) {
  case 1:
    return set<uint8_t>(s);
  case 2:
    return set<uint16_t>(s);
  case 4:
    return set<uint32_t>(s);
  case 8:
    return set<uint64_t>(s);
  default:
    return set<Wide>(s);
  }
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_scatter(const DLTensor *value, const DLTensor *const *indices, int32_t count,
                         DLTensor *out, int64_t axes, int32_t mode) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(value, "scatter", "value", from))
    return status;
  if (ndrt_status status = view(out, "scatter", "out", to))
    return status;
  if (!sameType(from.type, to.type))
    return misfit("scatter", {{"value", from}, {"out", to}},
                  "their dtypes must be equal, cast value first");
  Positions positions;
  if (ndrt_status status = positions.read("scatter", indices, count, axes, to))
    return status;

  // The value's strides over the index shape and over the axes that are not chosen from.
  const int leading = positions.shape().rank, rank = leading + to.rank - count;
  int64_t strides[2 * maxRank + 1], extents[2 * maxRank + 1], steps[2 * maxRank + 1];
  int next = 0;
  for (; next < leading; ++next)
    extents[next] = positions.shape().extent[next];
  for (int axis = 0; axis < to.rank; ++axis)
    if (!positions.chosen(axis)) {
      extents[next] = to.extent[axis];
      steps[next++] = to.stride[axis];
    }
  bool fits = from.rank <= rank;
  for (int axis = 0; fits && axis < rank; ++axis) {
    int own = axis - (rank - from.rank);
    strides[axis] = own < 0 || from.extent[own] == 1 ? 0 : from.stride[own];
    fits = own < 0 || from.extent[own] == 1 || from.extent[own] == extents[axis];
  }
  if (!fits)
    return misfit("scatter", {{"value", from}, {"out", to}},
                  "value must broadcast to the shape of the index arrays, then the other axes of "
                  "out");
  if (ndrt_status status = positions.check("scatter"))
    return status;
  Rest rest;
  rest.add(1, 1, 1);
  int64_t elements = positions.total();
  for (int axis = leading; axis < rank; ++axis) {
    elements *= extents[axis];
    if (extents[axis] != 1)
      rest.add(extents[axis], strides[axis], steps[axis]);
  }
  positions.accompany(strides);
  positions.merge();
  const Scatter s{positions, rest, from.data, to.data};
  if (elements == 0)
    return NDRT_OK;
  if (mode == NDRT_SET)
    setElements(s, itemBytes(to.type));
  else if (!combine(s, to.type, mode))
    return misfit("scatter", {{"out", to}},
                  "this mode is none of NDRT_SET to NDRT_BITWISE_XOR, or not for this dtype");
  return NDRT_OK;
}
