// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "select/positions.h"
#include "linalg/parallel.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdio>

namespace ndrt {
namespace {

constexpr int64_t checkedPerPiece = int64_t{1} << 16;

/// Position \p flat of \p shape, as "(1, 3)".
void writePosition(char *text, size_t size, int64_t flat, const Walk &shape, int rank) {
  int64_t at[maxRank + 1];
  for (int axis = rank - 1; axis >= 0; --axis) {
    at[axis] = flat % shape.extent[axis];
    flat /= shape.extent[axis];
  }
  size_t used = 0;
  auto put = [&](const char *format, long long value) {
    if (used < size)
      used +=
          static_cast<size_t>(std::max(0, std::snprintf(text + used, size - used, format, value)));
  };
  put("(", 0);
  for (int axis = 0; axis < rank; ++axis)
    put(axis ? ", %lld" : "%lld", at[axis]);
  put(rank == 1 ? ",)" : ")", 0);
}

bool outside(int64_t at, int64_t size) {
  at += (at >> 63) & size;
  return static_cast<uint64_t>(at) >= static_cast<uint64_t>(size);
}

} // namespace

ndrt_status Positions::read(const char *function, const DLTensor *const *indices, int32_t count,
                            int64_t axisBits, const Strided &x) noexcept {
  axes = static_cast<uint64_t>(axisBits);
  arrays = count;
  bool inside = x.rank == 64 || axes >> x.rank == 0;
  if (count < 0 || count > maxRank || std::popcount(axes) != count || !inside)
    return fail(NDRT_ERR_ARGUMENT,
                "%s: %d index arrays for %d of %d axes; give one for each axis that is chosen from",
                function, static_cast<int>(count), std::popcount(axes), x.rank);
  if (count > 0 && !indices)
    return fail(NDRT_ERR_ARGUMENT, "%s: %d index arrays are announced and indices is NULL",
                function, static_cast<int>(count));
  Strided views[2];
  walk.rank = 0;
  for (int i = 0; i < count; ++i) {
    Strided &v = views[0];
    if (ndrt_status status = view(indices[i], function, "an index array", v))
      return status;
    if (!isInt64(v.type))
      return misfit(function, {{"an index array", v}}, "it must be int64, cast it first");
    for (; walk.rank < v.rank; ++walk.rank) {
      std::copy_backward(walk.extent, walk.extent + walk.rank, walk.extent + walk.rank + 1);
      walk.extent[0] = 1;
    }
    for (int axis = 0; axis < v.rank; ++axis) {
      int64_t &common = walk.extent[walk.rank - v.rank + axis];
      if (common == 1)
        common = v.extent[axis];
      else if (v.extent[axis] != 1 && v.extent[axis] != common)
        return fail(NDRT_ERR_ARGUMENT,
                    "%s: index arrays have sizes %lld and %lld on one axis; they must be equal or "
                    "1",
                    function, static_cast<long long>(common),
                    static_cast<long long>(v.extent[axis]));
    }
  }
  int axis = 0;
  for (int i = 0; i < count; ++i, ++axis) {
    Strided &v = views[0];
    view(indices[i], function, "an index array", v);
    while (!chosen(axis))
      ++axis;
    Index &to = index[i];
    to.data = reinterpret_cast<const int64_t *>(v.data);
    to.axis = axis;
    to.size = x.extent[axis];
    to.step = x.stride[axis];
    for (int own = 0; own < walk.rank; ++own) {
      int at = own - (walk.rank - v.rank);
      to.stride[own] = at < 0 || v.extent[at] == 1 ? 0 : v.stride[at];
    }
  }
  return NDRT_OK;
}

ndrt_status Positions::check(const char *function) const noexcept {
  if (total() == 0)
    return NDRT_OK;
  for (int i = 0; i < arrays; ++i) {
    const Index &array = index[i];
    Walk own = walk; // an element that is repeated is looked at once
    for (int axis = 0; axis < walk.rank; ++axis)
      if (array.stride[axis] == 0)
        own.extent[axis] = 1;
    if (own.rank == 0)
      own.extent[own.rank++] = 1;
    const int64_t none = INT64_MAX, size = array.size;
    std::atomic<int64_t> first = none;
    parallelFor(own.count(), checkedPerPiece, [&](int64_t begin, int64_t end) {
      int64_t at = begin;
      own.forRuns(begin, end, [&](const int64_t *from, int64_t length) {
        const int64_t *p = array.data;
        for (int axis = 0; axis < walk.rank; ++axis)
          p += from[axis] * array.stride[axis];
        int64_t stride = walk.rank ? array.stride[walk.rank - 1] : 0;
        bool bad = false;
        if (stride == 1)
          for (int64_t j = 0; j < length; ++j)
            bad |= outside(p[j], size);
        else
          for (int64_t j = 0; j < length; ++j)
            bad |= outside(p[j * stride], size);
        for (int64_t j = 0; bad; ++j)
          if (outside(p[j * stride], size)) {
            int64_t known = first.load();
            while (at + j < known && !first.compare_exchange_weak(known, at + j)) {
            }
            break;
          }
        at += length;
      });
    });
    if (first == none)
      continue;
    long long value = 0;
    own.forRuns(first, first + 1, [&](const int64_t *from, int64_t) {
      const int64_t *p = array.data;
      for (int axis = 0; axis < walk.rank; ++axis)
        p += from[axis] * array.stride[axis];
      value = *p;
    });
    if (walk.rank == 0)
      return fail(NDRT_ERR_INDEX, "%s: index %lld is out of bounds for axis %d with size %lld",
                  function, value, array.axis, static_cast<long long>(size));
    char position[256];
    writePosition(position, sizeof position, first, own, walk.rank);
    return fail(NDRT_ERR_INDEX,
                "%s: index %lld at position %s is out of bounds for axis %d with size %lld",
                function, value, position, array.axis, static_cast<long long>(size));
  }
  return NDRT_OK;
}

void Positions::accompany(const int64_t *strides) noexcept {
  std::copy(strides, strides + walk.rank, other);
}

void Positions::merge() noexcept {
  int kept = 0;
  for (int axis = 0; axis < walk.rank; ++axis) {
    int64_t extent = walk.extent[axis];
    if (extent == 1)
      continue;
    bool joins = kept > 0 && other[kept - 1] == other[axis] * extent;
    for (int i = 0; i < arrays; ++i)
      joins = joins && index[i].stride[kept - 1] == index[i].stride[axis] * extent;
    int to = joins ? kept - 1 : kept++;
    walk.extent[to] = joins ? walk.extent[to] * extent : extent;
    other[to] = other[axis];
    for (int i = 0; i < arrays; ++i)
      index[i].stride[to] = index[i].stride[axis];
  }
  if (kept == 0) {
    walk.extent[0] = 1;
    other[0] = 0;
    for (int i = 0; i < arrays; ++i)
      index[i].stride[0] = 0;
    kept = 1;
  }
  walk.rank = kept;
}

void Positions::offsets(int64_t begin, int64_t count, int64_t *out,
                        int64_t *companion) const noexcept {
  walk.forRuns(begin, begin + count, [&](const int64_t *from, int64_t length) {
    auto locate = [&](const int64_t *strides) {
      int64_t sum = 0;
      for (int axis = 0; axis < walk.rank; ++axis)
        sum += from[axis] * strides[axis];
      return sum;
    };
    std::fill_n(out, length, int64_t{0});
    for (int i = 0; i < arrays; ++i) {
      const Index &array = index[i];
      const int64_t *p = array.data + locate(array.stride);
      const int64_t stride = array.stride[walk.rank - 1], size = array.size, step = array.step;
      auto add = [&](int64_t *to, int64_t at) { *to += (at + ((at >> 63) & size)) * step; };
      if (stride == 1)
        for (int64_t j = 0; j < length; ++j)
          add(out + j, p[j]);
      else
        for (int64_t j = 0; j < length; ++j)
          add(out + j, p[j * stride]);
    }
    out += length;
    if (companion) {
      int64_t at = locate(other), stride = other[walk.rank - 1];
      for (int64_t j = 0; j < length; ++j)
        companion[j] = at + j * stride;
      companion += length;
    }
  });
}

void Rest::add(int64_t extent, int64_t leftStride, int64_t rightStride) {
  int last = walk.rank - 1;
  if (last >= 0 && left[last] == leftStride * extent && right[last] == rightStride * extent) {
    walk.extent[last] *= extent;
  } else {
    if (last >= 0 && walk.extent[last] == 1)
      --walk.rank;
    last = walk.rank++;
    walk.extent[last] = extent;
  }
  left[last] = leftStride;
  right[last] = rightStride;
}

} // namespace ndrt
