// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the decompositions share: checking their operands, and bringing one matrix into LAPACK's
// layout.
#pragma once

#include "copy/strided.h"
#include "linalg/blas.h"
#include "linalg/element.h"

namespace ndrt {

template <class T>
constexpr DLDataType typeOf{isComplexElement<T> ? kDLComplex : kDLFloat, 8 * sizeof(T), 1};

inline bool isFloat(DLDataType type, int bits) {
  return type.code == kDLFloat && type.bits == bits && type.lanes == 1;
}

inline bool isComplex(DLDataType type, int bits) {
  return type.code == kDLComplex && type.bits == bits && type.lanes == 1;
}

/// NDRT_OK for a stack of matrices of floats or complex numbers that LAPACK can index.
inline ndrt_status checkMatrices(const Strided &a, const char *function) {
  if (!isFloat(a.type, 32) && !isFloat(a.type, 64) && !isComplex(a.type, 64) &&
      !isComplex(a.type, 128))
    return misfit(function, {{"a", a}},
                  "it must be float32, float64 or complex over them, cast it first");
  if (a.rank < 2)
    return misfit(function, {{"a", a}}, "a matrix needs 2 axes");
  if (a.extent[a.rank - 2] > blas::most || a.extent[a.rank - 1] > blas::most)
    return misfit(function, {{"a", a}}, "no extent of a matrix may be above 2^31 - 1");
  return NDRT_OK;
}

inline ndrt_status checkSquare(const Strided &a, const char *function) {
  if (ndrt_status status = checkMatrices(a, function))
    return status;
  if (a.extent[a.rank - 2] != a.extent[a.rank - 1])
    return misfit(function, {{"a", a}}, "matrices have to be square");
  return NDRT_OK;
}

/// Calls f(T()) for the element type that checkMatrices() lets through.
template <class F> ndrt_status withElement(DLDataType type, F &&f) {
  if (type.code == kDLFloat)
    return type.bits == 32 ? f(float()) : f(double());
  return type.bits == 64 ? f(std::complex<float>()) : f(std::complex<double>());
}

/// The type of the parts, and the complex one over it.
inline DLDataType realType(DLDataType type) {
  if (type.code == kDLComplex)
    type = {kDLFloat, static_cast<uint8_t>(type.bits / 2), 1};
  return type;
}
inline DLDataType complexType(DLDataType type) {
  if (type.code == kDLFloat)
    type = {kDLComplex, static_cast<uint8_t>(type.bits * 2), 1};
  return type;
}

/// Is \p x of \p type, and its shape a's batch followed by \p core extents?
template <class... Extents>
bool followsAs(DLDataType type, const Strided &x, const Strided &a, int batchRank,
               Extents... core) {
  if (!sameType(x.type, type) || x.rank != batchRank + static_cast<int>(sizeof...(core)))
    return false;
  for (int axis = 0; axis < batchRank; ++axis)
    if (x.extent[axis] != a.extent[axis])
      return false;
  int axis = batchRank;
  return (... && (x.extent[axis++] == core));
}

/// Is \p x the same type as \p a, and its shape a's batch followed by \p core extents?
template <class... Extents>
bool follows(const Strided &x, const Strided &a, int batchRank, Extents... core) {
  return followsAs(a.type, x, a, batchRank, core...);
}

/// The matrix of rows x columns at \p src, of any strides, to \p dst, of other strides.
template <class T>
void copyMatrix(const T *src, int64_t rowStride, int64_t columnStride, T *dst, int64_t dstRow,
                int64_t dstColumn, int64_t rows, int64_t columns) {
  if (rows * columns <= 256) {
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t j = 0; j < columns; ++j)
        dst[i * dstRow + j * dstColumn] = src[i * rowStride + j * columnStride];
    return;
  }
  Strided from, to;
  from.data = reinterpret_cast<std::byte *>(const_cast<T *>(src));
  to.data = reinterpret_cast<std::byte *>(dst);
  from.type = to.type = typeOf<T>;
  from.rank = to.rank = 2;
  from.extent[0] = to.extent[0] = rows;
  from.extent[1] = to.extent[1] = columns;
  from.stride[0] = rowStride;
  from.stride[1] = columnStride;
  to.stride[0] = dstRow;
  to.stride[1] = dstColumn;
  copyElements(from, to);
}

/// A matrix of a stack, still strided.
template <class T> struct Matrix {
  const T *data;
  int64_t rowStride, columnStride;

  Matrix(const Strided &stack, int64_t offset)
      : data(reinterpret_cast<const T *>(stack.data) + offset),
        rowStride(stack.stride[stack.rank - 2]), columnStride(stack.stride[stack.rank - 1]) {}

  void toColumnMajor(T *dst, int64_t ld, int64_t rows, int64_t columns) const {
    copyMatrix(data, rowStride, columnStride, dst, 1, ld, rows, columns);
  }
  void toRowMajor(T *dst, int64_t rows, int64_t columns) const {
    copyMatrix(data, rowStride, columnStride, dst, columns, 1, rows, columns);
  }
};

} // namespace ndrt
