// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "copy/strided.h"

namespace ndrt {

bool Strided::contiguous() const {
  int64_t expected = 1;
  for (int axis = rank - 1; axis >= 0; --axis) {
    if (extent[axis] == 0)
      return true;
    if (extent[axis] != 1 && stride[axis] != expected)
      expected = -1;
    if (expected < 0)
      continue; // an empty axis further left still makes it contiguous
    expected *= extent[axis];
  }
  return expected >= 0;
}

ndrt_status view(const DLTensor *tensor, const char *function, const char *name,
                 Strided &view) noexcept {
  if (!tensor)
    return fail(NDRT_ERR_ARGUMENT, "%s: %s is NULL", function, name);
  if (tensor->device.device_type != kDLCPU)
    return fail(NDRT_ERR_ARGUMENT, "%s: %s is on device type %d: only host memory (1) is supported",
                function, name, static_cast<int>(tensor->device.device_type));
  if (tensor->ndim < 0 || tensor->ndim > maxRank)
    return fail(NDRT_ERR_ARGUMENT, "%s: %s has %d axes: 0 to %d are supported", function, name,
                static_cast<int>(tensor->ndim), maxRank);
  view.rank = tensor->ndim;
  view.type = tensor->dtype;
  bool empty = false;
  int64_t count = itemBytes(tensor->dtype);
  for (int axis = view.rank - 1; axis >= 0; --axis) {
    int64_t extent = tensor->shape[axis];
    if (extent < 0)
      return fail(NDRT_ERR_ARGUMENT, "%s: %s has extent %lld on axis %d", function, name,
                  static_cast<long long>(extent), axis);
    view.extent[axis] = extent;
    empty |= extent == 0;
  }
  int64_t packed = 1;
  for (int axis = view.rank - 1; axis >= 0; --axis) {
    view.stride[axis] = tensor->strides ? tensor->strides[axis] : packed;
    if (empty)
      continue;
    // Broadcast operands may have more elements than memory; what is counted here must fit all the
    // same.
    if (__builtin_mul_overflow(packed, view.extent[axis], &packed) ||
        __builtin_mul_overflow(count, view.extent[axis], &count))
      return fail(NDRT_ERR_ARGUMENT, "%s: %s has more than 2^63 bytes", function, name);
  }
  view.data = static_cast<std::byte *>(tensor->data);
  if (view.data)
    view.data += tensor->byte_offset;
  else if (!empty)
    return fail(NDRT_ERR_ARGUMENT, "%s: %s has no data", function, name);
  return NDRT_OK;
}

ndrt_status viewResult(DLTensor *tensor, const char *function, const char *name,
                       Strided &result) noexcept {
  if (ndrt_status status = view(tensor, function, name, result))
    return status;
  if (!result.contiguous())
    return fail(NDRT_ERR_ARGUMENT, "%s: %s is not C-contiguous: results have to be", function,
                name);
  return NDRT_OK;
}

} // namespace ndrt
