// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sorting signed integers by vectors: quicksort whose partitions compress in registers, down to
// bitonic networks (Batcher, "Sorting networks and their applications", 1968). Floats are sorted as
// integers in the same order.
#pragma once

#include <cstdint>

namespace ndrt {

/// Whether this machine has the instructions (AVX-512 F, DQ).
bool hasVectorSort();

/// Sorts \p count integers with room for as many, and 16 more, at \p room. Only where
/// hasVectorSort().
void vectorSort(int64_t *keys, int64_t *room, int64_t count);
void vectorSort(int32_t *keys, int32_t *room, int64_t count);

/// Turns floats into integers of the same order, -0 before 0, in place, with nan moved behind in
/// their order; gives how many numbers there are before them. \p room as above. \p negativeZeros is
/// set if there is -0.
int64_t toKeys(double *x, int64_t *room, int64_t count, bool &negativeZeros);
int64_t toKeys(float *x, int32_t *room, int64_t count, bool &negativeZeros);
/// Back, in place.
void fromKeys(double *x, int64_t count);
void fromKeys(float *x, int64_t count);

} // namespace ndrt
