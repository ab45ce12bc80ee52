// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stacks of matrices: the last axes are the matrix, those before it the batch.
#pragma once

#include "copy/strided.h"
#include "linalg/parallel.h"

#include <algorithm>
#include <atomic>
#include <cstdio>

namespace ndrt {

struct Batch {
  int rank = 0;
  int64_t extent[maxRank];
  int64_t count = 1;

  Batch() = default;
  Batch(const Strided &operand, int core) { assign(operand, core); }

  /// The leading axes of \p operand, but for its last \p core ones.
  void assign(const Strided &operand, int core) {
    rank = operand.rank - core;
    count = 1;
    for (int axis = 0; axis < rank; ++axis)
      count *= extent[axis] = operand.extent[axis];
  }

  /// Does \p operand broadcast to this batch?
  bool accepts(const Strided &operand, int core) const {
    int leading = operand.rank - core;
    if (leading > rank)
      return false;
    for (int axis = 0; axis < leading; ++axis) {
      int64_t here = operand.extent[axis];
      if (here != 1 && here != extent[rank - leading + axis])
        return false;
    }
    return true;
  }

  /// Where matrix \p index of \p operand starts, in elements.
  int64_t offset(const Strided &operand, int core, int64_t index) const {
    int64_t sum = 0;
    int leading = std::max(0, operand.rank - core);
    for (int axis = rank - 1, own = leading - 1; own >= 0; --axis, --own) {
      int64_t at = axis == 0 ? index : index % extent[axis];
      if (axis != 0)
        index /= extent[axis];
      if (operand.extent[own] != 1)
        sum += at * operand.stride[own];
    }
    return sum;
  }

  /// Whether each matrix is large enough to use the threads itself. \p work is the multiply-adds
  /// of one.
  bool oneByOne(double work) const {
    return count == 1 || (work > 32 * worthSharing && count < 4 * int64_t{ndrt_num_threads()});
  }

  /// Calls run(begin, end) for runs of matrices that together are all; a run is worth a task.
  template <class Run> void forRuns(double work, Run &&run) const {
    int64_t grain =
        oneByOne(work)
            ? 1
            : std::max<int64_t>(1, static_cast<int64_t>(worthSharing / 4 / (work + 200)));
    auto runs = [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i += grain)
        run(i, std::min(end, i + grain));
    };
    if (oneByOne(work))
      runs(0, count);
    else
      parallelFor(count, grain, runs);
  }

  /// Calls each(index) for all matrices.
  template <class Each> void forEach(double work, Each &&each) const {
    forRuns(work, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        each(i);
    });
  }

  /// " in matrix (2, 1) of the batch", or nothing where there is no batch.
  struct Place {
    char text[128] = "";
  };
  Place place(int64_t index) const {
    Place place;
    if (rank == 0)
      return place;
    int64_t at[maxRank];
    for (int axis = rank - 1; axis >= 0; --axis) {
      at[axis] = index % extent[axis];
      index /= extent[axis];
    }
    size_t used = static_cast<size_t>(std::snprintf(place.text, sizeof place.text, " in matrix ("));
    for (int axis = 0; axis < rank && used < sizeof place.text - 48; ++axis)
      used += static_cast<size_t>(std::snprintf(place.text + used, sizeof place.text - used,
                                                axis ? ", %lld" : "%lld",
                                                static_cast<long long>(at[axis])));
    std::snprintf(place.text + used, sizeof place.text - used, "%s) of the batch",
                  rank == 1 ? "," : "");
    return place;
  }
};

/// What went wrong in the first matrix of the batch where something did, whichever thread met it.
class FirstFailure {
public:
  void singular(int64_t index, int64_t pivot) { note(index, static_cast<uint64_t>(pivot)); }
  void indefinite(int64_t index, int64_t minor) { note(index, static_cast<uint64_t>(minor)); }
  void diverged(int64_t index) { note(index, 0); }
  void memory() { note(0, noMemory); }

  /// NDRT_OK, or the failure with its text.
  ndrt_status report(const Batch &batch, const char *function, int64_t n) const {
    return reportAs(batch, function, n, [&](int64_t index, long long pivot) {
      return fail(NDRT_ERR_SINGULAR, "%s: singular matrix: pivot %lld of %lld is zero%s", function,
                  pivot, static_cast<long long>(n), batch.place(index).text);
    });
  }
  ndrt_status reportIndefinite(const Batch &batch, const char *function, int64_t n) const {
    return reportAs(batch, function, n, [&](int64_t index, long long minor) {
      return fail(NDRT_ERR_SINGULAR,
                  "%s: the matrix is not positive definite: its leading minor of order %lld is "
                  "not%s",
                  function, minor, batch.place(index).text);
    });
  }
  /// \p what are "the eigenvalues" or "the singular values".
  ndrt_status reportDiverged(const Batch &batch, const char *function, int64_t n,
                             const char *what) const {
    return reportAs(batch, function, n, [&](int64_t index, long long) {
      return fail(NDRT_ERR_CONVERGENCE,
                  "%s: %s did not converge%s; a matrix with NaN or infinity has none", function,
                  what, batch.place(index).text);
    });
  }

private:
  static constexpr uint64_t nothing = UINT64_MAX, detailMask = UINT32_MAX;
  static constexpr uint64_t noMemory = UINT32_MAX - 1;
  std::atomic<uint64_t> first_{nothing};

  template <class Text>
  ndrt_status reportAs(const Batch &batch, const char *function, int64_t n, Text &&text) const {
    uint64_t first = first_.load(std::memory_order_relaxed);
    if (first == nothing)
      return NDRT_OK;
    uint64_t detail = first & detailMask;
    if (detail == noMemory)
      return fail(NDRT_ERR_MEMORY, "%s: cannot allocate working memory for %lld x %lld matrices",
                  function, static_cast<long long>(n), static_cast<long long>(n));
    return text(static_cast<int64_t>(first >> 32), static_cast<long long>(detail));
  }

  void note(int64_t index, uint64_t detail) {
    uint64_t mine = static_cast<uint64_t>(index) << 32 | detail;
    uint64_t least = first_.load(std::memory_order_relaxed);
    while (mine < least && !first_.compare_exchange_weak(least, mine, std::memory_order_relaxed)) {
    }
  }
};

} // namespace ndrt
