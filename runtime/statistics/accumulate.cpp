// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Along the last axis lane after lane; along others row after row, so that neighbours in memory
// advance together.
#include "linalg/parallel.h"
#include "select/element.h"
#include "select/packed.h"

#include <algorithm>
#include <type_traits>

namespace ndrt {
namespace {

constexpr int64_t elementsPerPiece = 1 << 14;

struct Lanes {
  const std::byte *x;
  std::byte *out;
  int64_t outer, extent, inner;
};

template <class T, class Combine> void accumulateAs(const Lanes &s, Combine combine) {
  const T *x = reinterpret_cast<const T *>(s.x);
  T *out = reinterpret_cast<T *>(s.out);
  const int64_t slab = s.extent * s.inner;
  if (s.inner == 1) {
    parallelFor(s.outer, std::max<int64_t>(1, elementsPerPiece / s.extent),
                [&](int64_t begin, int64_t end) {
                  for (int64_t lane = begin; lane < end; ++lane) {
                    const T *from = x + lane * slab;
                    T *to = out + lane * slab;
                    T sum = to[0] = from[0];
                    for (int64_t i = 1; i < s.extent; ++i)
                      to[i] = sum = combine(sum, from[i]);
                  }
                });
    return;
  }
  // Pieces of the inner extent: 4 KiB of a row at least.
  const int64_t width = std::min<int64_t>(s.inner, std::max<int64_t>(1, 4096 / int64_t(sizeof(T))));
  const int64_t pieces = ceilDiv(s.inner, width);
  parallelFor(s.outer * pieces, std::max<int64_t>(1, elementsPerPiece / (s.extent * width)),
              [&](int64_t begin, int64_t end) {
                for (int64_t piece = begin; piece < end; ++piece) {
                  const int64_t first = piece % pieces * width;
                  const int64_t count = std::min(width, s.inner - first);
                  const T *from = x + piece / pieces * slab + first;
                  T *to = out + piece / pieces * slab + first;
                  std::copy_n(from, count, to);
                  for (int64_t row = 1; row < s.extent; ++row) {
                    from += s.inner;
                    for (int64_t i = 0; i < count; ++i)
                      to[i + s.inner] = combine(to[i], from[i]);
                    to += s.inner;
                  }
                }
              });
}

/// add and multiply; T is unsigned for integers of both kinds.
template <class T> bool arithmetic(const Lanes &s, int32_t mode) {
  using Wide = std::conditional_t<isHalf<T>, float, T>;
  auto narrow = [](Wide x) {
    if constexpr (isHalf<T>) {
      T t;
      t = x;
      return t;
    } else {
      return x;
    }
  };
  if (mode == NDRT_ADD)
    return accumulateAs<T>(s, [=](T a, T b) { return narrow(Wide(Wide(a) + Wide(b))); }), true;
  if (mode != NDRT_MULTIPLY)
    return false;
  if constexpr (isComplex<T>)
    accumulateAs<T>(s, [](T a, T b) { return times(a, b); });
  else if constexpr (std::is_integral_v<T>)
    accumulateAs<T>(s, [](T a, T b) { return T(uint64_t(a) * uint64_t(b)); });
  else
    accumulateAs<T>(s, [=](T a, T b) { return narrow(Wide(Wide(a) * Wide(b))); });
  return true;
}

template <class T> bool extremes(const Lanes &s, int32_t mode) {
  using Wide = std::conditional_t<isHalf<T>, float, T>;
  auto pick = [](bool right, T a, T b) { return right ? b : a; };
  if (mode == NDRT_MINIMUM)
    accumulateAs<T>(s, [=](T a, T b) {
      return pick(!isNan(Wide(a)) && (isNan(Wide(b)) || less(Wide(b), Wide(a))), a, b);
    });
  else if (mode == NDRT_MAXIMUM)
    accumulateAs<T>(s, [=](T a, T b) {
      return pick(!isNan(Wide(a)) && (isNan(Wide(b)) || less(Wide(a), Wide(b))), a, b);
    });
  else
    return false;
  return true;
}

template <class U> bool integers(const Lanes &s, bool isSigned, int32_t mode) {
  if (arithmetic<U>(s, mode))
    return true;
  return isSigned ? extremes<std::make_signed_t<U>>(s, mode) : extremes<U>(s, mode);
}
template <class T> bool inexact(const Lanes &s, int32_t mode) {
  return arithmetic<T>(s, mode) || extremes<T>(s, mode);
}
bool truth(const Lanes &s, int32_t mode) {
  if (mode == NDRT_ADD || mode == NDRT_MAXIMUM)
    return accumulateAs<uint8_t>(s, [](uint8_t a, uint8_t b) { return uint8_t(a | b); }), true;
  if (mode == NDRT_MULTIPLY || mode == NDRT_MINIMUM)
    return accumulateAs<uint8_t>(s, [](uint8_t a, uint8_t b) { return uint8_t(a & b); }), true;
  return false;
}

bool accumulate(const Lanes &s, DLDataType type, int32_t mode) {
  if (type.code == NDRT_DL_BOOL || (type.code == kDLUInt && type.bits == 1))
    return truth(s, mode);
  const bool isSigned = type.code == kDLInt;
  switch (type.code) {
  case kDLInt:
  case kDLUInt:
    switch (type.bits) {
    case 8:
      return integers<uint8_t>(s, isSigned, mode);
    case 16:
      return integers<uint16_t>(s, isSigned, mode);
    case 32:
      return integers<uint32_t>(s, isSigned, mode);
    case 64:
      return integers<uint64_t>(s, isSigned, mode);
    }
    return false;
  case kDLFloat:
    switch (type.bits) {
    case 16:
      return inexact<Half<5>>(s, mode);
    case 32:
      return inexact<float>(s, mode);
    case 64:
      return inexact<double>(s, mode);
    }
    return false;
  case kDLBfloat:
    return inexact<Half<8>>(s, mode);
  case kDLComplex:
    return type.bits == 64 ? inexact<std::complex<float>>(s, mode)
                           : inexact<std::complex<double>>(s, mode);
  }
  return false;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_accumulate(const DLTensor *x, DLTensor *out, int64_t axis, int32_t mode) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(x, "accumulate", "x", from))
    return status;
  if (ndrt_status status = viewResult(out, "accumulate", "out", to))
    return status;
  bool fits = axis >= 0 && axis < from.rank && to.rank == from.rank;
  for (int i = 0; fits && i < from.rank; ++i)
    fits = from.extent[i] == to.extent[i];
  if (!fits)
    return fail(NDRT_ERR_ARGUMENT, "accumulate: x has no axis %lld, or out has another shape",
                static_cast<long long>(axis));
  if (!sameType(from.type, to.type))
    return fail(NDRT_ERR_ARGUMENT, "accumulate: x and out have different dtypes: cast first");
  if (to.elements() == 0)
    return NDRT_OK;
  Lanes lanes{from.data, to.data, 1, to.extent[axis], 1};
  for (int i = 0; i < to.rank; ++i)
    if (i != axis)
      (i < axis ? lanes.outer : lanes.inner) *= to.extent[i];
  if (!from.contiguous()) { // brought into order where the result will be
    copyElements(from, to);
    lanes.x = to.data;
  }
  return accumulate(lanes, to.type, mode)
             ? NDRT_OK
             : fail(NDRT_ERR_ARGUMENT,
                    "accumulate: mode %d of dtype code %d of %d bits is not supported", mode,
                    to.type.code, to.type.bits);
}
