// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Operands become stacks of matrices; what BLAS cannot read in place is copied once, up front. Then
// one product per matrix, or a single one where the whole stack meets the same right-hand matrix.
#include "linalg/batch.h"
#include "linalg/gemm.h"
#include "linalg/matmul_integer.h"
#include "linalg/matmul_tiny.h"
#include "linalg/matrix.h"

#include <optional>

namespace ndrt {
namespace {

/// m x k times k x n, batched.
struct Product {
  Strided a, b;
  Batch batch;
  int64_t m, n, k;
  std::byte *out;
};

bool isTiny(const Product &p) { return isTinyProduct(p.m, p.n, p.k); }

/// The matrix as BLAS reads it, if it can.
template <class T>
std::optional<Readable<T>> readable(const Matrix<T> &x, int64_t rows, int64_t columns) {
  int64_t row = x.rowStride, column = x.columnStride;
  bool rowMajor = (column == 1 || columns == 1) && (row >= columns || rows == 1);
  bool columnMajor = (row == 1 || rows == 1) && (column >= rows || columns == 1);
  if (rowMajor) {
    int64_t ld = rows == 1 ? columns : row;
    if (ld <= blas::most)
      return Readable<T>{x.data, ld, false};
  }
  if (columnMajor) {
    int64_t ld = columns == 1 ? rows : column;
    if (ld <= blas::most)
      return Readable<T>{x.data, ld, true};
  }
  return {};
}

bool usableStep(int64_t stride, int64_t extent) {
  return extent == 1 || (stride >= 1 && stride <= blas::most);
}

/// Matrix vector, vector matrix, dot, gram or gemm; both operands are readable where that is called
/// for.
template <class T>
void multiplyFloat(const Product &p, const Matrix<T> &a, const Matrix<T> &b, T *c) {
  if (isTiny(p))
    return multiplyTiny<T>(p.m, p.n, p.k, {a.data, a.rowStride, a.columnStride},
                           {b.data, b.rowStride, b.columnStride}, c);
  int64_t aStep = p.k == 1 ? 1 : a.columnStride, bStep = p.k == 1 ? 1 : b.rowStride;
  if (p.m == 1 && p.n == 1) {
    *c = dot(p.k, a.data, aStep, b.data, bStep);
    return;
  }
  if (p.n == 1)
    return gemv(p.m, p.k, *readable(a, p.m, p.k), b.data, bStep, c);
  Readable<T> right = *readable(b, p.k, p.n);
  if (p.m == 1) {
    right.transposed = !right.transposed;
    return gemv(p.n, p.k, right, a.data, aStep, c);
  }
  Readable<T> left = *readable(a, p.m, p.k);
  if (a.data == b.data && p.m == p.n && left.ld == right.ld &&
      left.transposed != right.transposed && p.k <= blas::most)
    return gram(p.n, p.k, right, c, p.n);
  gemm<T>(p.m, p.n, p.k, 1, left, right, 0, c, p.n);
}

/// Replaces \p x by a contiguous copy in \p room.
template <class T> bool makeContiguous(Strided &x, std::optional<Scratch<T>> &room) {
  room.emplace(x.elements());
  if (!*room)
    return false;
  Strided copy = x;
  copy.data = reinterpret_cast<std::byte *>(room->get());
  int64_t packed = 1;
  for (int axis = x.rank - 1; axis >= 0; --axis) {
    copy.stride[axis] = packed;
    packed *= x.extent[axis];
  }
  copyElements(x, copy);
  x = copy;
  return true;
}

/// (..., m, k) x (k, n) with evenly spaced rows is one product of many rows.
void joinRows(Product &p) {
  if (p.batch.count == 1 || p.a.rank - 2 != p.batch.rank)
    return;
  for (int axis = 0; axis < p.b.rank - 2; ++axis)
    if (p.b.extent[axis] != 1)
      return;
  int64_t rows = 1, rowStride = 0;
  for (int axis = p.a.rank - 2; axis >= 0; --axis) {
    int64_t extent = p.a.extent[axis], stride = p.a.stride[axis];
    if (axis < p.batch.rank && extent != p.batch.extent[axis])
      return;
    if (extent == 1)
      continue;
    if (rows == 1)
      rowStride = stride;
    else if (stride != rowStride * rows)
      return;
    rows *= extent;
  }
  Strided &a = p.a, &b = p.b;
  a.extent[1] = p.k;
  a.stride[1] = a.stride[a.rank - 1];
  a.extent[0] = p.m = rows;
  a.stride[0] = rowStride;
  for (int axis = 0; axis < 2; ++axis) {
    b.extent[axis] = b.extent[b.rank - 2 + axis];
    b.stride[axis] = b.stride[b.rank - 2 + axis];
  }
  a.rank = b.rank = 2;
  p.batch.assign(a, 2);
}

/// A vector needs only a positive step, a matrix what readable() says.
template <class T> bool leftFits(const Product &p) {
  return p.m == 1 ? usableStep(p.a.stride[p.a.rank - 1], p.k)
                  : readable(Matrix<T>(p.a, 0), p.m, p.k).has_value();
}
template <class T> bool rightFits(const Product &p) {
  return p.n == 1 ? usableStep(p.b.stride[p.b.rank - 2], p.k)
                  : readable(Matrix<T>(p.b, 0), p.k, p.n).has_value();
}

template <class T> ndrt_status matmulFloat(Product &p) {
  std::optional<Scratch<T>> aRoom, bRoom;
  if (!isTiny(p)) {
    if (!leftFits<T>(p) && !makeContiguous(p.a, aRoom))
      return NDRT_ERR_MEMORY;
    if (!rightFits<T>(p) && !makeContiguous(p.b, bRoom))
      return NDRT_ERR_MEMORY;
    if (!leftFits<T>(p) || !rightFits<T>(p) || (p.m > 1 && p.n > blas::most))
      return fail(NDRT_ERR_ARGUMENT, "matmul: a matrix has rows longer than 2^31 - 1");
  }
  if (p.batch.count > 1 && p.n <= blas::most) {
    Product joined = p;
    joinRows(joined);
    if (leftFits<T>(joined) && rightFits<T>(joined))
      p = joined;
  }
  double work = static_cast<double>(p.m) * static_cast<double>(p.n) * static_cast<double>(p.k);
  p.batch.forEach(work, [&](int64_t i) {
    multiplyFloat(p, Matrix<T>(p.a, p.batch.offset(p.a, 2, i)),
                  Matrix<T>(p.b, p.batch.offset(p.b, 2, i)),
                  reinterpret_cast<T *>(p.out) + i * p.m * p.n);
  });
  return NDRT_OK;
}

template <class T> ndrt_status matmulInteger(Product &p, Ring ring) {
  joinRows(p);
  FirstFailure failure;
  double work = static_cast<double>(p.m) * static_cast<double>(p.n) * static_cast<double>(p.k);
  p.batch.forEach(work, [&](int64_t i) {
    Scratch<T> panels(panelElements<T>(p.k, p.n));
    if (!panels)
      return failure.memory();
    Matrix<T> a(p.a, p.batch.offset(p.a, 2, i)), b(p.b, p.batch.offset(p.b, 2, i));
    packPanels(ring, b.data, b.rowStride, b.columnStride, p.k, p.n, panels.get());
    multiply<T>(ring, {p.m, p.n, p.k, a.data, a.rowStride, a.columnStride, panels.get(),
                       reinterpret_cast<T *>(p.out) + i * p.m * p.n});
  });
  return failure.report(p.batch, "matmul", std::max(p.k, p.n));
}

ndrt_status dispatch(Product &p, DLDataType type) {
  if (isFloat(type, 32))
    return matmulFloat<float>(p);
  if (isFloat(type, 64))
    return matmulFloat<double>(p);
  if (isComplex(type, 64))
    return matmulFloat<std::complex<float>>(p);
  if (isComplex(type, 128))
    return matmulFloat<std::complex<double>>(p);
  bool boolean = type.code == NDRT_DL_BOOL || (type.code == kDLUInt && type.bits == 1);
  if (boolean)
    return matmulInteger<uint8_t>(p, Ring::boolean);
  if (type.code == kDLInt || type.code == kDLUInt) {
    switch (type.bits) {
    case 8:
      return matmulInteger<uint8_t>(p, Ring::wrapping);
    case 16:
      return matmulInteger<uint16_t>(p, Ring::wrapping);
    case 32:
      return matmulInteger<uint32_t>(p, Ring::wrapping);
    case 64:
      return matmulInteger<uint64_t>(p, Ring::wrapping);
    }
  }
  return fail(NDRT_ERR_ARGUMENT, "matmul: dtype code %d of %d bits is not supported", type.code,
              type.bits);
}

/// A vector becomes a matrix with an axis of 1 before it (a row) or behind it (a column).
void makeMatrix(Strided &x, bool row) {
  int vector = row ? 1 : 0;
  x.extent[vector] = x.extent[0];
  x.stride[vector] = x.stride[0];
  x.extent[1 - vector] = 1;
  x.stride[1 - vector] = row ? std::max<int64_t>(x.extent[0], 1) : 1;
  x.rank = 2;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_matmul(const DLTensor *a, const DLTensor *b, DLTensor *out) {
  using namespace ndrt;
  Product product;
  Strided &left = product.a, &right = product.b, result;
  if (ndrt_status status = view(a, "matmul", "a", left))
    return status;
  if (ndrt_status status = view(b, "matmul", "b", right))
    return status;
  if (ndrt_status status = viewResult(out, "matmul", "out", result))
    return status;
  if (!sameType(left.type, right.type) || !sameType(left.type, result.type))
    return fail(NDRT_ERR_ARGUMENT, "matmul: a, b and out have different dtypes: cast first");
  if (left.rank == 0 || right.rank == 0)
    return fail(NDRT_ERR_ARGUMENT, "matmul: an operand has no axes: use multiply");
  bool vectorLeft = left.rank == 1, vectorRight = right.rank == 1;
  if (vectorLeft)
    makeMatrix(left, true);
  if (vectorRight)
    makeMatrix(right, false);
  int core = (vectorLeft ? 0 : 1) + (vectorRight ? 0 : 1);
  int64_t m = left.extent[left.rank - 2], k = left.extent[left.rank - 1];
  int64_t n = right.extent[right.rank - 1];
  if (right.extent[right.rank - 2] != k)
    return fail(NDRT_ERR_ARGUMENT,
                "matmul: a has rows of %lld, b columns of %lld: they have to match",
                static_cast<long long>(k), static_cast<long long>(right.extent[right.rank - 2]));
  bool fits = result.rank == std::max(left.rank, right.rank) - 2 + core &&
              (vectorLeft || result.extent[result.rank - core] == m) &&
              (vectorRight || result.extent[result.rank - 1] == n);
  if (!fits)
    return fail(NDRT_ERR_ARGUMENT, "matmul: out has not the shape of the product");
  product.batch.assign(result, core);
  product.m = m;
  product.n = n;
  product.k = k;
  product.out = result.data;
  if (!product.batch.accepts(left, 2) || !product.batch.accepts(right, 2))
    return fail(NDRT_ERR_ARGUMENT, "matmul: the leading axes of a and b do not broadcast to out's");
  int64_t elements = result.elements();
  if (elements == 0)
    return NDRT_OK;
  if (k == 0) {
    std::fill_n(result.data, elements * itemBytes(result.type), std::byte{0});
    return NDRT_OK;
  }
  return dispatch(product, left.type);
}
