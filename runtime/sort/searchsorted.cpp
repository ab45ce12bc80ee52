// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "select/packed.h"
#include "sort/order.h"

#include <algorithm>

ndrt_status ndrt_searchsorted(const DLTensor *sorted, const DLTensor *values, DLTensor *out,
                              int32_t right) {
  using namespace ndrt;
  Strided in, keys, to;
  if (ndrt_status status = view(sorted, "searchsorted", "sorted", in))
    return status;
  if (ndrt_status status = view(values, "searchsorted", "values", keys))
    return status;
  if (ndrt_status status = viewResult(out, "searchsorted", "out", to))
    return status;
  bool fits = in.rank == 1 && keys.rank == to.rank && to.type.code == kDLInt && to.type.bits == 64;
  for (int axis = 0; fits && axis < to.rank; ++axis)
    fits = keys.extent[axis] == to.extent[axis];
  if (!fits)
    return fail(NDRT_ERR_ARGUMENT,
                "searchsorted: sorted is not 1-D, or out is not int64 in the shape of values");
  if (!sameType(in.type, keys.type))
    return fail(NDRT_ERR_ARGUMENT,
                "searchsorted: sorted and values have different dtypes: cast first");
  Packed inRoom, keyRoom;
  if (!inRoom.make(in) || !keyRoom.make(keys))
    return NDRT_ERR_MEMORY;
  bool known = withElement(in.type, [&]<class T>(T) {
    const T *first = reinterpret_cast<const T *>(in.data), *last = first + in.extent[0];
    const T *key = reinterpret_cast<const T *>(keys.data);
    int64_t *place = reinterpret_cast<int64_t *>(to.data);
    auto less = [](const T &a, const T &b) { return before(a, b); };
    parallelFor(to.elements(), 2048, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        place[i] = (right ? std::upper_bound(first, last, key[i], less)
                          : std::lower_bound(first, last, key[i], less)) -
                   first;
    });
  });
  return known ? NDRT_OK
               : fail(NDRT_ERR_ARGUMENT, "searchsorted: dtype code %d of %d bits is not supported",
                      in.type.code, in.type.bits);
}
