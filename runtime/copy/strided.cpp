// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "copy/strided.h"

#include "error/text.h"

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
    return fail(NDRT_ERR_ARGUMENT, "%s: %s is NULL; pass an array", function, name);
  if (deviceType(*tensor) != kDLCPU)
    return fail(NDRT_ERR_ARGUMENT, "%s: %s is on device type %d; copy it to host memory, type 1",
                function, name, deviceType(*tensor));
  const int64_t bytes = itemBytes(tensor->dtype);
  if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8 && bytes != 16) {
    Text type;
    type.addDtype(tensor->dtype);
    return fail(NDRT_ERR_ARGUMENT,
                "%s: %s is %s; elements of 1, 2, 4, 8 and 16 bytes are supported", function, name,
                type.text);
  }
  if (tensor->ndim < 0 || tensor->ndim > maxRank)
    return fail(NDRT_ERR_ARGUMENT, "%s: %s has %d axes; 0 to %d are supported", function, name,
                static_cast<int>(tensor->ndim), maxRank);
  if (tensor->ndim > 0 && !tensor->shape)
    return fail(NDRT_ERR_ARGUMENT, "%s: %s has %d axes and a NULL pointer for its shape", function,
                name, static_cast<int>(tensor->ndim));
  view.rank = tensor->ndim;
  view.type = tensor->dtype;
  bool empty = false;
  int64_t count = itemBytes(tensor->dtype);
  for (int axis = view.rank - 1; axis >= 0; --axis) {
    int64_t extent = tensor->shape[axis];
    if (extent < 0)
      return fail(NDRT_ERR_ARGUMENT, "%s: %s has extent %lld on axis %d; extents are 0 or more",
                  function, name, static_cast<long long>(extent), axis);
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
      return fail(NDRT_ERR_ARGUMENT, "%s: %s has more than 2^63 - 1 bytes; use smaller extents",
                  function, name);
  }
  view.data = static_cast<std::byte *>(tensor->data);
  if (view.data)
    view.data += tensor->byte_offset;
  else if (!empty)
    return fail(NDRT_ERR_ARGUMENT, "%s: %s has a NULL pointer for data; pass its elements",
                function, name);
  return NDRT_OK;
}

ndrt_status viewResult(DLTensor *tensor, const char *function, const char *name,
                       Strided &result) noexcept {
  if (ndrt_status status = view(tensor, function, name, result))
    return status;
  if (!result.contiguous())
    return fail(NDRT_ERR_ARGUMENT, "%s: %s is not C-contiguous; results have to be", function,
                name);
  return NDRT_OK;
}

ndrt_status misfit(const char *function, std::initializer_list<Named> arrays,
                   const char *must) noexcept {
  Text text;
  for (const Named &n : arrays) {
    text.add(text.used ? ", %s is " : "%s is ", n.name);
    text.addDtype(n.array.type);
    text.add(" ");
    text.addShape(n.array.rank, n.array.extent);
  }
  return fail(NDRT_ERR_ARGUMENT, "%s: %s; %s", function, text.text, must);
}

ndrt_status unknownDtype(const char *function, DLDataType type) noexcept {
  Text text;
  text.addDtype(type);
  return fail(NDRT_ERR_ARGUMENT, "%s: dtype %s is not supported; cast it first", function,
              text.text);
}

} // namespace ndrt
