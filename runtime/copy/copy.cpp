// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Axes are sorted by the destination's strides and merged where both sides allow it. What is left
// is a loop over all axes but the last one or two, around one of three bodies: a run (memcpy), a
// transposition, a strided row.
#include "copy/strided.h"
#include "copy/transpose.h"

#include <algorithm>
#include <cstring>

namespace ndrt {
namespace {

/// Copying pays for a second thread from about here.
constexpr int64_t bytesPerPiece = int64_t{256} << 10;

struct Axis {
  int64_t extent, src, dst; // strides in elements
};

template <class T> struct Plan {
  const T *src;
  T *dst;
  int rank = 0;
  Axis axes[maxRank + 1];

  void build(const Strided &from, const Strided &to);
  void cutLongAxis();
  void run() const;
  void runOuter(int outer, int64_t begin, int64_t end) const;
  void body(int outer, const T *src, T *dst) const;
  bool transposed() const;
};

template <class T> void Plan<T>::build(const Strided &from, const Strided &to) {
  src = reinterpret_cast<const T *>(from.data);
  dst = reinterpret_cast<T *>(to.data);
  for (int axis = 0; axis < to.rank; ++axis) {
    if (to.extent[axis] == 1)
      continue;
    Axis added{to.extent[axis], from.stride[axis], to.stride[axis]};
    if (added.dst < 0) { // count the other way round
      src += (added.extent - 1) * added.src;
      dst += (added.extent - 1) * added.dst;
      added.src = -added.src;
      added.dst = -added.dst;
    }
    axes[rank++] = added;
  }
  std::stable_sort(axes, axes + rank, [](const Axis &a, const Axis &b) { return a.dst > b.dst; });
  int kept = 0;
  for (int axis = 0; axis < rank; ++axis) {
    Axis &now = axes[axis];
    if (kept > 0) {
      Axis &outer = axes[kept - 1];
      if (outer.src == now.src * now.extent && outer.dst == now.dst * now.extent) {
        outer = {outer.extent * now.extent, now.src, now.dst};
        continue;
      }
    }
    axes[kept++] = now;
  }
  rank = kept;
  // The axis that is dense in the source goes next to the last: the two are a transposition.
  if (rank < 3 || axes[rank - 1].src == 1)
    return;
  Axis *dense = std::find_if(axes, axes + rank - 1, [](const Axis &axis) { return axis.src == 1; });
  if (dense != axes + rank - 1)
    std::rotate(dense, dense + 1, axes + rank - 1);
}

/// One long row becomes rows of a piece each, and a rest that the caller's loop over the first axis
/// does not see.
template <class T> void Plan<T>::cutLongAxis() {
  if (rank != 1)
    return;
  const Axis whole = axes[0];
  // glibc copies less than about a megabyte by an instruction that takes eight times as long where
  // source and destination lie a few bytes apart modulo a page.
  const bool run = whole.src == 1 && whole.dst == 1;
  const int64_t piece = (run ? 4 : 1) * bytesPerPiece / static_cast<int64_t>(sizeof(T));
  if (whole.extent < 2 * piece)
    return;
  int64_t rows = whole.extent / piece, rest = whole.extent % piece;
  if (rest > 0) {
    Plan tail;
    tail.src = src + rows * piece * whole.src;
    tail.dst = dst + rows * piece * whole.dst;
    tail.axes[tail.rank++] = {rest, whole.src, whole.dst};
    tail.run();
  }
  axes[0] = {rows, whole.src * piece, whole.dst * piece};
  axes[1] = {piece, whole.src, whole.dst};
  rank = 2;
}

/// The last axis is dense in the destination, the one before it in the source.
template <class T> bool Plan<T>::transposed() const {
  return rank >= 2 && axes[rank - 1].dst == 1 && axes[rank - 1].src != 1 && axes[rank - 2].src == 1;
}

template <class T> void Plan<T>::body(int outer, const T *src, T *dst) const {
  if (outer == rank) {
    *dst = *src;
    return;
  }
  if (outer == rank - 2) {
    const Axis &i = axes[rank - 2], &j = axes[rank - 1];
    return transpose(src, j.src, dst, i.dst, i.extent, j.extent);
  }
  const Axis &row = axes[rank - 1];
  if (row.src == 1 && row.dst == 1) {
    std::memcpy(dst, src, static_cast<size_t>(row.extent) * sizeof(T));
  } else if (row.src == 0 && row.dst == 1) {
    std::fill_n(dst, row.extent, *src);
  } else {
    for (int64_t i = 0; i < row.extent; ++i)
      dst[i * row.dst] = src[i * row.src];
  }
}

template <class T> void Plan<T>::runOuter(int outer, int64_t begin, int64_t end) const {
  int64_t index[maxRank + 1];
  int64_t from = 0, to = 0, rest = begin;
  for (int axis = outer - 1; axis >= 0; --axis) {
    index[axis] = rest % axes[axis].extent;
    rest /= axes[axis].extent;
    from += index[axis] * axes[axis].src;
    to += index[axis] * axes[axis].dst;
  }
  for (int64_t i = begin; i < end; ++i) {
    body(outer, src + from, dst + to);
    for (int axis = outer - 1; axis >= 0; --axis) {
      from += axes[axis].src;
      to += axes[axis].dst;
      if (++index[axis] < axes[axis].extent)
        break;
      from -= axes[axis].extent * axes[axis].src;
      to -= axes[axis].extent * axes[axis].dst;
      index[axis] = 0;
    }
  }
}

template <class T> void Plan<T>::run() const {
  if (rank == 0)
    return body(0, src, dst);
  bool turned = transposed();
  struct Work {
    const Plan *plan;
    int outer;
  } work{this, rank - (turned ? 2 : 1)};
  int64_t outer = 1, inner = axes[rank - 1].extent;
  for (int axis = 0; axis < work.outer; ++axis)
    outer *= axes[axis].extent;
  if (turned)
    inner *= axes[rank - 2].extent;
  int64_t bytes = inner * static_cast<int64_t>(sizeof(T));

  if (turned && outer == 1 && bytes > bytesPerPiece) { // one big matrix: bands of rows
    struct Band {
      const T *src;
      T *dst;
      Axis i, j;
    } band{src, dst, axes[rank - 2], axes[rank - 1]};
    int64_t rowBytes = band.j.extent * static_cast<int64_t>(sizeof(T));
    int64_t rows = std::max<int64_t>(64, bytesPerPiece / rowBytes / 64 * 64);
    auto task = [](void *context, int64_t begin, int64_t end) {
      const Band &b = *static_cast<const Band *>(context);
      transpose(b.src + begin, b.j.src, b.dst + begin * b.i.dst, b.i.dst, end - begin, b.j.extent);
    };
    return ndrt_parallel_for(task, &band, band.i.extent, rows);
  }
  auto task = [](void *context, int64_t begin, int64_t end) {
    const Work &w = *static_cast<const Work *>(context);
    w.plan->runOuter(w.outer, begin, end);
  };
  ndrt_parallel_for(task, &work, outer, std::max<int64_t>(1, bytesPerPiece / bytes));
}

template <class T> void copyAs(const Strided &src, const Strided &dst) {
  Plan<T> plan;
  plan.build(src, dst);
  plan.cutLongAxis();
  plan.run();
}

} // namespace

void copyElements(const Strided &src, const Strided &dst) noexcept {
  if (dst.elements() == 0)
    return;
  const uintptr_t unit = std::min<uintptr_t>(8, uintptr_t(itemBytes(dst.type)));
  if ((reinterpret_cast<uintptr_t>(src.data) | reinterpret_cast<uintptr_t>(dst.data)) % unit)
    switch (itemBytes(dst.type)) {
    case 2:
      return copyAs<Bytes<2>>(src, dst);
    case 4:
      return copyAs<Bytes<4>>(src, dst);
    case 8:
      return copyAs<Bytes<8>>(src, dst);
    default:
      return copyAs<Bytes<16>>(src, dst);
    }
  switch (itemBytes(dst.type)) {
  case 1:
    return copyAs<uint8_t>(src, dst);
  case 2:
    return copyAs<uint16_t>(src, dst);
  case 4:
    return copyAs<uint32_t>(src, dst);
  case 8:
    return copyAs<uint64_t>(src, dst);
  default:
    return copyAs<Wide>(src, dst);
  }
}

} // namespace ndrt

ndrt_status ndrt_copy(const DLTensor *src, DLTensor *dst) {
  using namespace ndrt;
  Strided from, to;
  if (ndrt_status status = view(src, "copy", "src", from))
    return status;
  if (ndrt_status status = view(dst, "copy", "dst", to))
    return status;
  if (!sameType(from.type, to.type))
    return misfit("copy", {{"src", from}, {"dst", to}},
                  "their dtypes must be equal, cast src first");
  bool same = from.rank == to.rank;
  for (int axis = 0; same && axis < to.rank; ++axis)
    same = from.extent[axis] == to.extent[axis];
  if (!same)
    return misfit("copy", {{"src", from}, {"dst", to}},
                  "their shapes must be equal, broadcast src first");
  copyElements(from, to);
  return NDRT_OK;
}
