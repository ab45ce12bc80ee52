// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops over blocks of raw draws with the instructions of the machine that runs them; every choice
// gives the same bits.
#pragma once

#include <cstdint>

namespace ndrt::random {

struct Pcg64;
struct Pcg64Dxsm;
struct Philox;

/// Draws of both PCG64 by 52-bit multiplications, 32 places of the stream at a time; gives how many
/// it has made, a multiple of 32, and 0 on a machine that has not got them.
int64_t fillByLanes(Pcg64 &engine, uint64_t *out, int64_t count);
int64_t fillByLanes(Pcg64Dxsm &engine, uint64_t *out, int64_t count);

/// Whole blocks of Philox, until the lowest word of the counter would wrap; gives how many draws it
/// has made, a multiple of 32, and 0 on a machine that has not got the instructions.
int64_t fillByLanes(Philox &engine, uint64_t *out, int64_t count);

/// out[i] = draws[i] as a number in [0, 1).
void toDoubles(const uint64_t *draws, double *out, int64_t count);
/// The same for both halves of each draw, the low one first.
void toFloats(const uint64_t *draws, float *out, int64_t count);

// Integers by Lemire's method. They give how many draws they have made into numbers, a multiple of
// 8, and move out behind those, where there must be room for as many as if none were refused.

/// Both halves of each draw, the low one first, as low + (half * bound >> 32), where the low 32
/// bits of the product are not below \p threshold.
int64_t toBounded(const uint64_t *draws, int64_t count, uint32_t bound, uint32_t threshold,
                  uint64_t low, uint64_t *&out);
int64_t toBounded(const uint64_t *draws, int64_t count, uint32_t bound, uint32_t threshold,
                  uint32_t low, uint32_t *&out);

/// Each draw as low + (draw * bound >> 64), where the low 64 bits of the product are not below
/// \p threshold.
int64_t toBounded(const uint64_t *draws, int64_t count, uint64_t bound, uint64_t threshold,
                  uint64_t low, uint64_t *&out);

} // namespace ndrt::random
