// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Solving with the factors of lu.h.
#pragma once

#include <cstdint>

namespace ndrt {

/// x = L^-1 x for the unit lower triangle of the column-major n x n factors; x is n x k, row-major,
/// rows ldx apart.
template <class T>
void solveLower(int64_t n, int64_t k, const T *factors, int64_t ld, T *x, int64_t ldx) noexcept;

/// x = U^-1 x for the upper triangle.
template <class T>
void solveUpper(int64_t n, int64_t k, const T *factors, int64_t ld, T *x, int64_t ldx) noexcept;

} // namespace ndrt
