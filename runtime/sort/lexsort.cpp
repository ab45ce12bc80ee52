// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Few keys of long rows: a sort by each, the one that weighs most last. Else one sort with all
// keys: those of an element lie side by side, so a comparison that the first of them decides
// touches one place.
#include "sort/positions_by_key.h"
#include "sort/rows.h"

#include <numeric>

namespace ndrt {
namespace {

constexpr int64_t fewKeys = 4;

/// Keys of an element side by side, the one that weighs most first; false without memory.
template <class T> bool lexsortRow(const T *values, int64_t count, int64_t *out, int64_t length) {
  if ((Keyed<T> || isComplex<T>)&&count <= fewKeys && length >= radixPays) {
    Scratch<T> keys(length);
    Scratch<int64_t> order(length), old(length);
    if (!keys || !order || !old)
      return false;
    for (int64_t k = count; k-- > 0;) {
      const bool first = k == count - 1;
      for (int64_t i = 0; i < length; ++i)
        keys.get()[i] = values[(first ? i : out[i]) * count + k];
      if (!sortPositions(keys.get(), first ? out : order.get(), length))
        return false;
      if (first)
        continue;
      std::copy_n(out, length, old.get());
      for (int64_t i = 0; i < length; ++i)
        out[i] = old.get()[order.get()[i]];
    }
    return true;
  }
  std::iota(out, out + length, int64_t{0});
  std::stable_sort(out, out + length, [values, count](int64_t a, int64_t b) {
    const T *left = values + a * count, *right = values + b * count;
    for (int64_t k = 0; k < count; ++k) {
      if (before(left[k], right[k]))
        return true;
      if (before(right[k], left[k]))
        return false;
    }
    return false;
  });
  return true;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_lexsort(const DLTensor *keys, DLTensor *out) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(keys, "lexsort", "keys", from))
    return status;
  if (ndrt_status status = viewResult(out, "lexsort", "out", to))
    return status;
  if (ndrt_status status = checkPositions("lexsort", "out", to))
    return status;
  bool fits = from.rank == to.rank + 1 && to.rank > 0 && from.extent[0] > 0;
  for (int axis = 0; fits && axis < to.rank; ++axis)
    fits = from.extent[axis + 1] == to.extent[axis];
  if (!fits)
    return misfit("lexsort", {{"keys", from}, {"out", to}},
                  "shapes (k, ..., n), k at least 1, and (..., n) are expected");
  if (to.elements() == 0)
    return NDRT_OK;

  // (..., n, key), the key that weighs most first.
  const int64_t count = from.extent[0];
  Strided turned = to;
  turned.type = from.type;
  for (int axis = 0; axis < to.rank; ++axis)
    turned.stride[axis] = from.stride[axis + 1];
  turned.rank = to.rank + 1;
  turned.extent[to.rank] = count;
  turned.stride[to.rank] = -from.stride[0];
  turned.data = from.data + (count - 1) * from.stride[0] * itemBytes(from.type);
  Packed room;
  if (!room.make(turned))
    return NDRT_ERR_MEMORY;
  std::atomic<bool> enough = true;
  bool known = withElement(from.type, [&]<class T>(T) {
    const int64_t length = to.extent[to.rank - 1];
    forRows(to, [&](int64_t row) {
      if (!lexsortRow(reinterpret_cast<const T *>(turned.data) + row * length * count, count,
                      reinterpret_cast<int64_t *>(to.data) + row * length, length))
        enough = false;
    });
  });
  return !known ? unknownDtype("lexsort", from.type) : enough ? NDRT_OK : NDRT_ERR_MEMORY;
}
