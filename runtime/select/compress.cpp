// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The mask is cut into blocks of fixed length. One pass counts each block, the sums say where each
// block's elements go, and a second pass puts them there: no thread waits for another, and the
// order is that of the mask. Single elements are packed without a branch into a buffer on the
// stack.
#include "copy/transpose.h"
#include "select/packed.h"

#include <algorithm>
#include <cstring>

namespace ndrt {
namespace {

constexpr int64_t blockLength = int64_t{1} << 14;
constexpr int64_t buffered = 512;

struct Blocks {
  const uint8_t *mask;
  int64_t length;
  Scratch<int64_t> starts; ///< per block, where its elements begin; last, how many there are
  int64_t count;

  Blocks(const uint8_t *mask, int64_t length)
      : mask(mask), length(length), starts((length + blockLength - 1) / blockLength + 1),
        count((length + blockLength - 1) / blockLength) {
    if (!starts)
      return;
    int64_t *sums = starts.get();
    parallelFor(count, 4, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        const uint8_t *from = mask + i * blockLength;
        const int64_t n = std::min(blockLength, length - i * blockLength);
        int64_t sum = 0;
        for (int64_t j = 0; j < n; ++j)
          sum += from[j] != 0;
        sums[i] = sum;
      }
    });
    int64_t total = 0;
    for (int64_t i = 0; i < count; ++i) {
      int64_t own = sums[i];
      sums[i] = total;
      total += own;
    }
    sums[count] = total;
  }

  int64_t total() const { return starts.get()[count]; }

  /// Calls pack(first, n, to) for every block: what the mask says of [first, first + n) goes to
  /// position \p to on.
  template <class Pack> void forEach(int64_t grain, Pack &&pack) const {
    parallelFor(count, grain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        if (starts.get()[i] != starts.get()[i + 1])
          pack(i * blockLength, std::min(blockLength, length - i * blockLength), starts.get()[i]);
    });
  }
};

/// get(i) for each i in [first, first + n) where the mask holds.
template <class T, class Get>
void packSingles(const uint8_t *mask, int64_t first, int64_t n, T *out, Get get) {
  for (int64_t end = first + n; first < end; first += buffered) {
    T packed[buffered];
    int64_t count = 0;
    const int64_t stop = std::min(end, first + buffered);
    for (int64_t i = first; i < stop; ++i) {
      packed[count] = get(i);
      count += mask[i] != 0;
    }
    std::memcpy(static_cast<void *>(out), packed, static_cast<size_t>(count) * sizeof(T));
    out += count;
  }
}

template <class T> void compressAs(const Blocks &blocks, const std::byte *x, std::byte *out) {
  T *to = reinterpret_cast<T *>(out);
  blocks.forEach(4, [&](int64_t first, int64_t n, int64_t start) {
    packSingles(blocks.mask, first, n, to + start, [x](int64_t i) {
      T value; // may be a row of smaller elements, which is not aligned
      std::memcpy(&value, x + i * int64_t(sizeof(T)), sizeof(T));
      return value;
    });
  });
}

void compressRows(const Blocks &blocks, const std::byte *x, std::byte *out, int64_t bytes) {
  blocks.forEach(1, [&](int64_t first, int64_t n, int64_t start) {
    std::byte *to = out + start * bytes;
    for (int64_t i = first; i < first + n; ++i)
      if (blocks.mask[i]) {
        std::memcpy(to, x + i * bytes, static_cast<size_t>(bytes));
        to += bytes;
      }
  });
}

bool isBool(DLDataType type) {
  return type.code == NDRT_DL_BOOL || (type.code == kDLUInt && type.bits == 1);
}

ndrt_status wrongCount(const char *function, int64_t have, int64_t given) {
  return fail(NDRT_ERR_ARGUMENT,
              "%s: the mask holds at %lld places and out has room for %lld; they must be equal",
              function, static_cast<long long>(have), static_cast<long long>(given));
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_compress(const DLTensor *mask, const DLTensor *x, DLTensor *out) {
  using namespace ndrt;
  Strided where, from, to;
  if (ndrt_status status = view(mask, "compress", "mask", where))
    return status;
  if (ndrt_status status = view(x, "compress", "x", from))
    return status;
  if (ndrt_status status = viewResult(out, "compress", "out", to))
    return status;
  if (!isBool(where.type))
    return misfit("compress", {{"mask", where}}, "it must be bool, compare or cast first");
  if (!sameType(from.type, to.type))
    return misfit("compress", {{"x", from}, {"out", to}},
                  "their dtypes must be equal, cast x first");
  bool fits = where.rank > 0 && where.rank <= from.rank && to.rank == from.rank - where.rank + 1;
  for (int axis = 0; fits && axis < where.rank; ++axis)
    fits = where.extent[axis] == from.extent[axis];
  int64_t bytes = itemBytes(from.type);
  for (int axis = where.rank; fits && axis < from.rank; ++axis) {
    fits = to.extent[axis - where.rank + 1] == from.extent[axis];
    bytes *= from.extent[axis];
  }
  if (!fits)
    return misfit("compress", {{"mask", where}, {"x", from}, {"out", to}},
                  "mask must have the leading axes of x, out one for them and the others");
  Packed maskRoom, room;
  if (!maskRoom.make(where))
    return NDRT_ERR_MEMORY;
  Blocks blocks(reinterpret_cast<const uint8_t *>(where.data), where.elements());
  if (!blocks.starts)
    return NDRT_ERR_MEMORY;
  if (blocks.total() != to.extent[0])
    return wrongCount("compress", blocks.total(), to.extent[0]);
  if (to.elements() == 0)
    return NDRT_OK;
  if (!room.make(from))
    return NDRT_ERR_MEMORY;
  switch (bytes) {
  case 1:
    compressAs<uint8_t>(blocks, from.data, to.data);
    break;
  case 2:
    compressAs<uint16_t>(blocks, from.data, to.data);
    break;
  case 4:
    compressAs<uint32_t>(blocks, from.data, to.data);
    break;
  case 8:
    compressAs<uint64_t>(blocks, from.data, to.data);
    break;
  case 16:
    compressAs<Wide>(blocks, from.data, to.data);
    break;
  default:
    compressRows(blocks, from.data, to.data, bytes);
  }
  return NDRT_OK;
}

ndrt_status ndrt_flatnonzero(const DLTensor *mask, DLTensor *out) {
  using namespace ndrt;
  Strided where, to;
  if (ndrt_status status = view(mask, "flatnonzero", "mask", where))
    return status;
  if (ndrt_status status = viewResult(out, "flatnonzero", "out", to))
    return status;
  if (!isBool(where.type))
    return misfit("flatnonzero", {{"mask", where}}, "it must be bool, compare or cast first");
  if (to.rank != 1 || !isInt64(to.type))
    return misfit("flatnonzero", {{"out", to}}, "it must be 1-D and int64");
  Packed room;
  if (!room.make(where))
    return NDRT_ERR_MEMORY;
  Blocks blocks(reinterpret_cast<const uint8_t *>(where.data), where.elements());
  if (!blocks.starts)
    return NDRT_ERR_MEMORY;
  if (blocks.total() != to.extent[0])
    return wrongCount("flatnonzero", blocks.total(), to.extent[0]);
  blocks.forEach(4, [&](int64_t first, int64_t n, int64_t start) {
    packSingles(blocks.mask, first, n, reinterpret_cast<int64_t *>(to.data) + start,
                [](int64_t i) { return i; });
  });
  return NDRT_OK;
}
