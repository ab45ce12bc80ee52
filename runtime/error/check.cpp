// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Whether an array is what an ahead-of-time program was compiled for.
#include "error/error.h"

#include <cstdio>
#include <cstring>

namespace ndrt {
namespace {

struct Text {
  char text[200];
  size_t used = 0;

  template <class... Values> void add(const char *format, Values... values) {
    if (used < sizeof text) {
      int more = std::snprintf(text + used, sizeof text - used, format, values...);
      used += more > 0 ? static_cast<size_t>(more) : 0;
    }
  }
  void addShape(int32_t rank, const int64_t *shape) {
    add("(");
    for (int32_t i = 0; i < rank; ++i)
      add(i ? ", %lld" : "%lld", static_cast<long long>(shape[i]));
    add(rank == 1 ? ",)" : ")");
  }
  void addDtype(uint8_t code, uint8_t bits) {
    const char *name = code == kDLFloat     ? "float"
                       : code == kDLBfloat  ? "bfloat"
                       : code == kDLComplex ? "complex"
                       : code == kDLUInt    ? "uint"
                       : code == kDLInt     ? "int"
                                            : "bool";
    code == NDRT_DL_BOOL ? add("bool ") : add("%s%d ", name, bits);
  }
};

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
    have.addDtype(x->dtype.code, x->dtype.bits);
    have.addShape(x->ndim, x->shape);
    want.addDtype(wanted.code, wanted.bits);
    want.addShape(rank, shape);
    return fail(NDRT_ERR_ARGUMENT, "parameter %d is %s; the program was compiled for %s", position,
                have.text, want.text);
  }
  if (x->device.device_type != kDLCPU)
    return fail(NDRT_ERR_ARGUMENT, "parameter %d is not in host memory; copy it there", position);
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
