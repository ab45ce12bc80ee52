// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What programs check of arrays: that they are what the code was compiled for, and what only a run
// can show.
#include "error/error.h"
#include "error/text.h"

#include <cstring>
#include <type_traits>

namespace ndrt {
namespace {

/// The first element outside [low, high], or how many there are.
template <class T>
int64_t firstOutside(const DLTensor &x, int64_t count, int64_t low, int64_t high) {
  const char *data = static_cast<const char *>(x.data) + x.byte_offset;
  for (int64_t i = 0; i < count; ++i) {
    T value; // at any address
    std::memcpy(&value, data + i * int64_t(sizeof(T)), sizeof value);
    bool outside;
    if constexpr (std::is_signed_v<T>)
      outside = value < low || value > high;
    else
      outside = low > 0 && value < uint64_t(low);
    if constexpr (!std::is_signed_v<T>)
      outside |= high < 0 || value > uint64_t(high);
    if (outside)
      return i;
  }
  return count;
}

/// Calls \p f with a value of the integer type of \p x.
template <class F> auto withInteger(const DLTensor &x, F f) {
  bool isSigned = x.dtype.code == kDLInt;
  switch (x.dtype.bits) {
  case 8:
    return isSigned ? f(int8_t()) : f(uint8_t());
  case 16:
    return isSigned ? f(int16_t()) : f(uint16_t());
  case 32:
    return isSigned ? f(int32_t()) : f(uint32_t());
  default:
    return isSigned ? f(int64_t()) : f(uint64_t());
  }
}

bool isContiguous(const DLTensor &x) {
  if (!x.strides)
    return true;
  int64_t expected = 1;
  for (int32_t i = x.ndim - 1; i >= 0; --i) {
    if (x.shape[i] == 0)
      return true;
    if (x.shape[i] != 1 && x.strides[i] != expected)
      return false;
    expected *= x.shape[i];
  }
  return true;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_check(const DLTensor *x, int32_t dtype, int32_t rank, const int64_t *shape,
                       int32_t position) {
  using namespace ndrt;
  if (!x)
    return fail(NDRT_ERR_ARGUMENT, "parameter %d is NULL; pass an array", position);
  DLDataType wanted;
  std::memcpy(&wanted, &dtype, sizeof wanted);
  bool isBool = wanted.code == NDRT_DL_BOOL && x->dtype.code == kDLUInt && x->dtype.bits == 1;
  bool fits = x->ndim == rank && x->dtype.lanes == 1 &&
              (isBool || (x->dtype.code == wanted.code && x->dtype.bits == wanted.bits));
  for (int32_t i = 0; fits && i < rank; ++i)
    fits = x->shape[i] == shape[i];
  if (!fits) {
    Text have, want;
    have.addDtype(x->dtype);
    have.add(" ");
    have.addShape(x->ndim, x->shape);
    want.addDtype(wanted);
    want.add(" ");
    want.addShape(rank, shape);
    return fail(NDRT_ERR_ARGUMENT, "parameter %d is %s; the program was compiled for %s", position,
                have.text, want.text);
  }
  if (deviceType(*x) != kDLCPU)
    return fail(NDRT_ERR_ARGUMENT, "parameter %d is not in host memory; copy it there", position);
  bool empty = false;
  for (int32_t i = 0; i < rank; ++i)
    empty |= shape[i] == 0;
  if (!x->data && !empty)
    return fail(NDRT_ERR_ARGUMENT, "parameter %d has a NULL pointer for data; pass its elements",
                position);
  if (!isContiguous(*x))
    return fail(NDRT_ERR_ARGUMENT, "parameter %d is not C-contiguous; copy it with ndrt_copy",
                position);
  return NDRT_OK;
}

ndrt_status ndrt_check_nonempty(int64_t count) {
  if (count == 0)
    return ndrt::fail(NDRT_ERR_ARGUMENT,
                      "a minimum or maximum of no elements has no answer: the mask "
                      "chooses none; check nd::any(mask) first");
  return NDRT_OK;
}

ndrt_status ndrt_check_shape(const DLTensor *x, const DLTensor *wanted, int32_t reshape) {
  using namespace ndrt;
  int64_t have = 1, want = 1;
  bool same = x->ndim == wanted->ndim;
  for (int32_t i = 0; i < x->ndim; ++i) {
    have *= x->shape[i];
    same = same && x->shape[i] == wanted->shape[i];
  }
  for (int32_t i = 0; i < wanted->ndim; ++i)
    want *= wanted->shape[i];
  if (reshape ? have == want : same)
    return NDRT_OK;
  Text from, to;
  from.addShape(x->ndim, x->shape);
  to.addShape(wanted->ndim, wanted->shape);
  if (reshape)
    return fail(NDRT_ERR_SHAPE, "shape %s has %lld elements and %s has %lld; the two must be equal",
                from.text, static_cast<long long>(have), to.text, static_cast<long long>(want));
  return fail(NDRT_ERR_SHAPE,
              "shape %s turns out not to be %s: sizes that elements decide must agree (inside "
              "nd::jit none of them stretches, not even 1)",
              from.text, to.text);
}

ndrt_status ndrt_check_within(const DLTensor *x, const DLTensor *, int64_t low, int64_t high,
                              int32_t reason) {
  using namespace ndrt;
  int64_t count = 1;
  for (int32_t i = 0; i < x->ndim; ++i)
    count *= x->shape[i];
  int64_t first = withInteger(
      *x, [&](auto zero) { return firstOutside<decltype(zero)>(*x, count, low, high); });
  if (first == count)
    return NDRT_OK;
  long long value = withInteger(*x, [&](auto element) {
    std::memcpy(&element,
                static_cast<const char *>(x->data) + x->byte_offset +
                    first * int64_t(sizeof element),
                sizeof element);
    return static_cast<long long>(element);
  });
  if (reason == NDRT_REASON_SIZE || reason == NDRT_REASON_SIZE_FROM_END)
    return fail(NDRT_ERR_INDEX, "index %lld is out of bounds for an axis with size %lld",
                static_cast<long long>(reason == NDRT_REASON_SIZE ? low - 1 : -low), value);
  if (reason == NDRT_REASON_EXPONENT)
    return fail(NDRT_ERR_ARGUMENT,
                "integers to negative integer powers are not allowed, and the exponent has %lld; "
                "cast the base with astype(nd::float64)",
                value);
  return fail(NDRT_ERR_INDEX,
              "index %lld, element %lld in C order, is out of bounds: it must be "
              "from %lld to %lld",
              value, static_cast<long long>(first), static_cast<long long>(low),
              static_cast<long long>(high));
}
