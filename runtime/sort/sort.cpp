// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rows are sorted one by one, several at a time: 32- and 64-bit ones by vectors where the machine
// has them, other long ones by the digits of a key, short ones and those of complex numbers by
// comparing.
#include "sort/counting.h"
#include "sort/positions_by_key.h"
#include "sort/radix.h"
#include "sort/rows.h"
#include "sort/select.h"
#include "sort/vector_sort.h"
#include "sort/widened.h"

#include <bit>
#include <limits>
#include <numeric>
#include <optional>

namespace ndrt {
namespace {

/// The length from which vectors beat comparisons.
constexpr int64_t vectorsPay = 4;

/// So many at most are sorted where the stack has room for them.
constexpr int64_t shortLength = 512;

/// nan behind the other keys, each kind in its order and nan with their bits; gives how many keys
/// are before them.
template <class F, class Key> int64_t nansLast(Key *keys, Key *room, int64_t count) {
  constexpr Key infinity = std::bit_cast<Key>(std::numeric_limits<F>::infinity()),
                magnitude = std::numeric_limits<Key>::max();
  int64_t numbers = 0, nans = 0;
  for (int64_t i = 0; i < count; ++i) {
    const Key key = keys[i];
    const Key bits = key < 0 ? Key(key ^ magnitude) : key;
    const bool nan = (bits & magnitude) > infinity;
    keys[numbers] = key;
    room[nans] = bits;
    nans += nan;
    numbers += !nan;
  }
  std::memcpy(keys + numbers, room, size_t(nans) * sizeof(Key));
  return numbers;
}

/// By vectors, as integers of the same order; false without memory. Equal elements cannot be told
/// apart, but for 0 and -0, which are put in the order that they had.
template <class T, class Key>
bool sortByVectors(const SortKernels<Key> &kernels, T *first, int64_t length, Key *room) {
  auto *keys = reinterpret_cast<Key *>(first);
  if constexpr (std::is_floating_point_v<T>) {
    bool nans, negativeZeros;
    kernels.toKeys(keys, length, nans, negativeZeros);
    const int64_t numbers = nans ? nansLast<T>(keys, room, length) : length;
    constexpr Key minusZero = -1; // the key of -0; that of 0 is 0
    std::optional<Scratch<bool>> signs;
    int64_t zeros = 0;
    if (negativeZeros) {
      auto zero = [](Key key) { return int(key == 0) | int(key == minusZero); };
      for (int64_t i = 0; i < numbers; ++i)
        zeros += zero(keys[i]);
      signs.emplace(zeros + 1);
      if (!*signs)
        return false;
      bool *sign = signs->get();
      for (int64_t i = 0; i < numbers; ++i) { // without a branch
        *sign = keys[i] != 0;
        sign += zero(keys[i]);
      }
    }
    vectorSort(kernels, keys, room, numbers);
    if (zeros) {
      Key *zero = std::lower_bound(keys, keys + numbers, minusZero);
      for (int64_t i = 0; i < zeros; ++i)
        zero[i] = signs->get()[i] ? minusZero : 0;
    }
    kernels.fromKeys(keys, numbers);
  } else {
    constexpr bool flips = std::is_unsigned_v<T>;
    auto flip = [&] {
      if constexpr (flips)
        for (int64_t i = 0; i < length; ++i)
          first[i] ^= T(1) << (8 * sizeof(T) - 1);
    };
    flip();
    vectorSort(kernels, keys, room, length);
    flip();
  }
  return true;
}

template <class T, class Key>
bool sortByVectors(const SortKernels<Key> &kernels, T *first, int64_t length) {
  if (length <= shortLength) {
    alignas(64) Key room[shortLength + 1];
    return sortByVectors(kernels, first, length, room);
  }
  Scratch<Key> room(length + 1);
  return room && sortByVectors(kernels, first, length, room.get());
}

/// A few elements of one or two bytes as ones of four; false without memory.
template <class T, class Key>
bool sortWidened(const SortKernels<Key> &kernels, T *first, int64_t length) {
  using Wide = typename Widened<T>::Type;
  alignas(64) Wide wide[shortLength];
  for (int64_t i = 0; i < length; ++i)
    wide[i] = Widened<T>::there(first[i]);
  if (!sortByVectors(kernels, wide, length))
    return false;
  for (int64_t i = 0; i < length; ++i)
    first[i] = Widened<T>::back(wide[i]);
  return true;
}

/// Whether rows hold so few elements that each is sorted in a vector or some.
template <class T> bool shortRows([[maybe_unused]] int64_t length) {
  if constexpr (Keyed<T> && sizeof(T) >= 4)
    if (const auto *kernels = sortKernels<std::make_signed_t<decltype(keyOf(T()))>>())
      return length >= vectorsPay && length <= kernels->longestRow;
  return false;
}
/// Such rows, read at \p from, which may be \p to.
template <class T> void sortShortRows(const T *from, T *to, int64_t rows, int64_t length) {
  if constexpr (Keyed<T> && sizeof(T) >= 4) {
    using Key = std::make_signed_t<decltype(keyOf(T()))>;
    if (const SortKernels<Key> *kernels = sortKernels<Key>())
      kernels->sortShort[int(formOf<T>)](reinterpret_cast<const Key *>(from),
                                         reinterpret_cast<Key *>(to), rows, length);
  }
}

} // namespace

template <class T> bool sortRow(T *first, int64_t length) {
  auto less = [](const T &a, const T &b) { return before(a, b); };
  if constexpr (Keyed<T>) {
    using U = decltype(keyOf(T()));
    if constexpr (sizeof(T) >= 4) {
      if (shortRows<T>(length))
        return sortShortRows(first, first, 1, length), true;
      if (const auto *kernels = sortKernels<std::make_signed_t<U>>();
          kernels && length >= vectorsPay)
        return std::is_sorted(first, first + length, less) ||
               sortByVectors(*kernels, first, length);
    }
    if constexpr (sizeof(T) <= 2)
      if (length >= vectorsPay && length <= shortLength && length < 4 * countingPays<T>)
        if (const auto *kernels = sortKernels<int32_t>())
          return std::is_sorted(first, first + length, less) ||
                 sortWidened(*kernels, first, length);
    if (length >= radixPays && length <= UINT32_MAX) {
      if (std::is_sorted(first, first + length, less))
        return true;
      if constexpr (sizeof(T) <= 2)
        if (length >= countingPays<T>)
          return countingSort(first, length);
      Scratch<T> room(length);
      if (!room)
        return false;
      if (T *at = radixSort<U>(first, room.get(), length, [](const T &x) { return keyOf(x); });
          at != first)
        std::memcpy(first, at, size_t(length) * sizeof(T));
      return true;
    }
  }
  if constexpr (isComplex<T>)
    if (length >= packingPays) {
      if (std::is_sorted(first, first + length, less))
        return true;
      Scratch<int64_t> positions(length);
      Scratch<T> old(length);
      if (!positions || !old || !sortPositions(first, positions.get(), length))
        return false;
      std::copy_n(first, length, old.get());
      for (int64_t i = 0; i < length; ++i)
        first[i] = old.get()[positions.get()[i]];
      return true;
    }
  if (length < vectorsPay)
    detail::insertionSort(first, first + length, less);
  else
    std::stable_sort(first, first + length, less);
  return true;
}

namespace {

/// Whether elements can be read at \p from while they are written at \p to, row by row.
bool readWhereTheyAre(const Strided &from, const Strided &to) {
  const int64_t bytes = to.elements() * itemBytes(to.type);
  return from.contiguous() &&
         (from.data == to.data || from.data + bytes <= to.data || to.data + bytes <= from.data);
}

} // namespace

template <class T> bool sortRow(const T *from, T *to, int64_t length) {
  if (shortRows<T>(length))
    return sortShortRows(from, to, 1, length), true;
  std::copy_n(from, length, to);
  return sortRow(to, length);
}

#define NDRT_SORT_ROW(type)                                                                        \
  template bool sortRow(type *, int64_t);                                                          \
  template bool sortRow(const type *, type *, int64_t);
NDRT_SORT_ROW(int8_t)
NDRT_SORT_ROW(int16_t)
NDRT_SORT_ROW(int32_t)
NDRT_SORT_ROW(int64_t)
NDRT_SORT_ROW(uint8_t)
NDRT_SORT_ROW(uint16_t)
NDRT_SORT_ROW(uint32_t)
NDRT_SORT_ROW(uint64_t)
NDRT_SORT_ROW(float)
NDRT_SORT_ROW(double)
NDRT_SORT_ROW(Bits16<0x7c00>)
NDRT_SORT_ROW(Bits16<0x7f80>)

} // namespace ndrt

ndrt_status ndrt_sort(const DLTensor *x, DLTensor *out) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(x, "sort", "x", from))
    return status;
  if (ndrt_status status = viewResult(out, "sort", "out", to))
    return status;
  if (!sameType(from.type, to.type))
    return misfit("sort", {{"x", from}, {"out", to}}, "their dtypes must be equal, cast x first");
  if (ndrt_status status = checkShapes("sort", from, to))
    return status;
  if (to.elements() == 0)
    return NDRT_OK;
  if (!readWhereTheyAre(from, to)) {
    copyElements(from, to);
    from = to;
  }
  std::atomic<bool> enough = true;
  bool known = withElement(from.type, [&]<class T>(T) {
    const int64_t length = to.extent[to.rank - 1];
    const T *x = reinterpret_cast<const T *>(from.data);
    T *sorted = reinterpret_cast<T *>(to.data);
    if (shortRows<T>(length))
      return parallelFor(to.elements() / length, std::max<int64_t>(1, elementsPerPiece / length),
                         [&](int64_t begin, int64_t end) {
                           sortShortRows(x + begin * length, sorted + begin * length, end - begin,
                                         length);
                         });
    if (from.data != to.data)
      copyElements(from, to);
    forRows(to, [&](int64_t row) {
      if (!sortRow(sorted + row * length, length))
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
      if (!sortPositions(reinterpret_cast<const T *>(from.data) + row * length,
                         reinterpret_cast<int64_t *>(to.data) + row * length, length))
        enough = false;
    });
  });
  return !known ? unknownDtype("argsort", from.type) : enough ? NDRT_OK : NDRT_ERR_MEMORY;
}
