// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rows are sorted one by one, several at a time: 32- and 64-bit ones by vectors where the machine
// has them, other long ones by the digits of a key, short ones and those of complex numbers by
// comparing.
#include "sort/radix.h"
#include "sort/rows.h"
#include "sort/vector_sort.h"

#include <numeric>
#include <vector>

namespace ndrt {
namespace {

/// The length from which vectors beat comparisons.
constexpr int64_t vectorsPay = 16;

/// By vectors, as integers of the same order; false without memory. Equal elements cannot be told
/// apart, but for 0 and -0, which are put in the order that they had.
template <class T> bool sortByVectors(T *first, int64_t length) {
  using Key = std::conditional_t<sizeof(T) == 8, int64_t, int32_t>;
  Scratch<Key> room(length + 16);
  if (!room)
    return false;
  auto *keys = reinterpret_cast<Key *>(first);
  if constexpr (std::is_floating_point_v<T>) {
    bool negativeZeros = false;
    const int64_t numbers = toKeys(first, room.get(), length, negativeZeros);
    constexpr Key minusZero = -1; // the key of -0; that of 0 is 0
    std::vector<bool> signs;
    if (negativeZeros)
      for (int64_t i = 0; i < numbers; ++i)
        if (keys[i] == 0 || keys[i] == minusZero)
          signs.push_back(keys[i] != 0);
    vectorSort(keys, room.get(), numbers);
    fromKeys(first, numbers);
    if (!signs.empty()) {
      T *zero = std::lower_bound(first, first + numbers, T(0));
      for (bool negative : signs)
        *zero++ = negative ? -T(0) : T(0);
    }
  } else {
    constexpr bool flips = std::is_unsigned_v<T>;
    auto flip = [&] {
      if constexpr (flips)
        for (int64_t i = 0; i < length; ++i)
          first[i] ^= T(1) << (8 * sizeof(T) - 1);
    };
    flip();
    vectorSort(keys, room.get(), length);
    flip();
  }
  return true;
}

/// False without memory.
template <class T> bool sortRow(T *first, int64_t length) {
  auto less = [](const T &a, const T &b) { return before(a, b); };
  if constexpr (Keyed<T>) {
    using U = decltype(keyOf(T()));
    if constexpr (sizeof(T) >= 4)
      if (length >= vectorsPay && hasVectorSort())
        return std::is_sorted(first, first + length, less) || sortByVectors(first, length);
    if (length >= radixPays && length <= UINT32_MAX) {
      if (std::is_sorted(first, first + length, less))
        return true;
      Scratch<T> room(length);
      if (!room)
        return false;
      if (T *at = radixSort<U>(first, room.get(), length, [](const T &x) { return keyOf(x); });
          at != first)
        std::memcpy(first, at, size_t(length) * sizeof(T));
      return true;
    }
  }
  std::stable_sort(first, first + length, less);
  return true;
}

template <class T> bool argsortRow(const T *values, int64_t *out, int64_t length) {
  if constexpr (Keyed<T>) {
    using U = decltype(keyOf(T()));
    if (length >= radixPays && length <= UINT32_MAX) {
      using Item = Placed<U>;
      Scratch<Item> items(length), room(length);
      if (!items || !room)
        return false;
      for (int64_t i = 0; i < length; ++i)
        items.get()[i] = {keyOf(values[i]), uint32_t(i)};
      const Item *sorted =
          radixSort<U>(items.get(), room.get(), length, [](const Item &x) { return x.key; });
      for (int64_t i = 0; i < length; ++i)
        out[i] = sorted[i].at;
      return true;
    }
  }
  std::iota(out, out + length, int64_t{0});
  std::stable_sort(out, out + length,
                   [values](int64_t a, int64_t b) { return before(values[a], values[b]); });
  return true;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_sort(const DLTensor *x, DLTensor *out) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(x, "sort", "x", from))
    return status;
  if (ndrt_status status = viewResult(out, "sort", "out", to))
    return status;
  if (!sameType(from.type, to.type))
    return fail(NDRT_ERR_ARGUMENT, "sort: x and out have different dtypes: cast first");
  if (ndrt_status status = checkShapes("sort", from, to))
    return status;
  if (to.elements() == 0)
    return NDRT_OK;
  copyElements(from, to);
  std::atomic<bool> enough = true;
  bool known = withElement(from.type, [&]<class T>(T) {
    const int64_t length = to.extent[to.rank - 1];
    forRows(to, [&](int64_t row) {
      if (!sortRow(reinterpret_cast<T *>(to.data) + row * length, length))
        enough = false;
    });
  });
  return !known ? unknownDtype("sort", from.type) : enough ? NDRT_OK : NDRT_ERR_MEMORY;
}

ndrt_status ndrt_argsort(const DLTensor *x, DLTensor *out) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(x, "argsort", "x", from))
    return status;
  if (ndrt_status status = viewResult(out, "argsort", "out", to))
    return status;
  if (ndrt_status status = checkPositions("argsort", "out", to))
    return status;
  if (ndrt_status status = checkShapes("argsort", from, to))
    return status;
  if (to.elements() == 0)
    return NDRT_OK;
  Packed room;
  if (!room.make(from))
    return NDRT_ERR_MEMORY;
  std::atomic<bool> enough = true;
  bool known = withElement(from.type, [&]<class T>(T) {
    const int64_t length = to.extent[to.rank - 1];
    forRows(to, [&](int64_t row) {
      if (!argsortRow(reinterpret_cast<const T *>(from.data) + row * length,
                      reinterpret_cast<int64_t *>(to.data) + row * length, length))
        enough = false;
    });
  });
  return !known ? unknownDtype("argsort", from.type) : enough ? NDRT_OK : NDRT_ERR_MEMORY;
}
