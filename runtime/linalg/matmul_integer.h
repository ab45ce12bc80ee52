// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products of integer matrices (they wrap, so signs do not matter) and of bool ones ("any of and").
#pragma once

#include <cstdint>

namespace ndrt {

enum class Ring { wrapping, boolean };

/// What a block of rows needs: a is strided, b packed by packPanels.
template <class T> struct IntegerProduct {
  int64_t m, n, k;
  const T *a;
  int64_t aRow, aColumn;
  const T *panels;
  T *c; // row-major
};

/// Elements that the panels of a k x n matrix take.
template <class T> int64_t panelElements(int64_t k, int64_t n);

/// Lays \p b out as k rows of 64 bytes for each 64 bytes of columns, zeros beyond the last.
template <class T>
void packPanels(Ring ring, const T *b, int64_t row, int64_t column, int64_t k, int64_t n,
                T *panels) noexcept;

/// c = a b, on the pool's threads if that pays; k > 0.
template <class T> void multiply(Ring ring, const IntegerProduct<T> &product) noexcept;

} // namespace ndrt
