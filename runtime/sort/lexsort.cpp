// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Few keys of long rows: a sort by the digits of each, the one that weighs most last. Else one sort
// with all keys: those of an element lie side by side, so a comparison that the first of them
// decides touches one place.
#include "sort/radix.h"
#include "sort/rows.h"

#include <numeric>

namespace ndrt {
namespace {

constexpr int64_t fewKeys = 4;

/// Keys of an element side by side, the one that weighs most first; false without memory.
template <class T> bool lexsortRow(const T *values, int64_t count, int64_t *out, int64_t length) {
  if constexpr (Keyed<T>) {
    using U = decltype(keyOf(T()));
    if (count <= fewKeys && length >= radixPays && length <= UINT32_MAX) {
      using Item = Placed<U>;
      Scratch<Item> items(length), room(length);
      if (!items || !room)
        return false;
      Item *now = items.get(), *other = room.get();
      for (int64_t i = 0; i < length; ++i)
        now[i].at = uint32_t(i);
      for (int64_t k = count; k-- > 0;) {
        for (int64_t i = 0; i < length; ++i)
          now[i].key = keyOf(values[now[i].at * count + k]);
        if (radixSort<U>(now, other, length, [](const Item &x) { return x.key; }) == other)
          std::swap(now, other);
      }
      for (int64_t i = 0; i < length; ++i)
        out[i] = now[i].at;
      return true;
    }
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
    return fail(NDRT_ERR_ARGUMENT,
                "lexsort: keys has no key or no axis to sort, or out has another shape");
  if (to.elements() == 0)
    return NDRT_OK;

  // (..., n, key), the key that weighs most first.
  const int64_t count = from.extent[0];
  Strided turned = to;
  turned.type = from.type;
  for (int axis = 0; axis < to.rank; ++axis)
    turned.stride[axis] = from.stride[axis + 1];
  turned.rank = to.rank + 1;
  if (turned.rank > maxRank)
    return fail(NDRT_ERR_ARGUMENT, "lexsort: keys has more than %d axes", maxRank - 1);
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
