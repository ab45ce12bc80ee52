// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "copy/strided.h"

#include <algorithm>
#include <complex>

namespace ndrt {
namespace {

/// The first position outside, or -1.
template <class T> int64_t add(const Strided &x, const Strided &weights, const Strided &out) {
  const int64_t *at = reinterpret_cast<const int64_t *>(x.data);
  const T *weight = reinterpret_cast<const T *>(weights.data);
  T *to = reinterpret_cast<T *>(out.data);
  const int64_t n = x.extent[0], size = out.extent[0];
  const int64_t step = x.stride[0], weightStep = weights.stride[0];
  std::fill_n(to, size, T(0));
  for (int64_t i = 0; i < n; ++i) {
    const int64_t place = at[i * step];
    if (static_cast<uint64_t>(place) >= static_cast<uint64_t>(size))
      return i;
    to[place] += weight[i * weightStep];
  }
  return -1;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_bincount(const DLTensor *x, const DLTensor *weights, DLTensor *out) {
  using namespace ndrt;
  Strided at, weight, to;
  if (ndrt_status status = view(x, "bincount", "x", at))
    return status;
  if (ndrt_status status = view(weights, "bincount", "weights", weight))
    return status;
  if (ndrt_status status = viewResult(out, "bincount", "out", to))
    return status;
  auto refuse = [&](const char *must) {
    return misfit("bincount", {{"x", at}, {"weights", weight}, {"out", to}}, must);
  };
  if (!isInt64(at.type) || !sameType(weight.type, to.type))
    return refuse("x must be int64, weights and out have one dtype, cast first");
  if (at.rank != 1 || weight.rank != 1 || to.rank != 1 || at.extent[0] != weight.extent[0])
    return refuse("all must be 1-D, x and weights of one size");
  int64_t outside;
  if (to.type.code == kDLInt && to.type.bits == 64)
    outside = add<uint64_t>(at, weight, to);
  else if (to.type.code == kDLFloat && to.type.bits == 64)
    outside = add<double>(at, weight, to);
  else if (to.type.code == kDLComplex && to.type.bits == 128)
    outside = add<std::complex<double>>(at, weight, to);
  else
    return refuse("weights must be int64, float64 or complex128, cast them first");
  if (outside < 0)
    return NDRT_OK;
  const int64_t value = reinterpret_cast<const int64_t *>(at.data)[outside * at.stride[0]];
  return fail(
      NDRT_ERR_ARGUMENT,
      value < 0
          ? "bincount: element %lld at position %lld is negative; it counts numbers "
            "from 0 on"
          : "bincount: element %lld at position %lld has no room in out; give it a longer one",
      static_cast<long long>(value), static_cast<long long>(outside));
}
