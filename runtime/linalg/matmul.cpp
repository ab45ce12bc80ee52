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
#include <utility>

namespace ndrt {
namespace {

/// m x k times k x n, batched.
struct Product {
  Strided a, b;
  Batch batch;
  int64_t m, n, k;
  std::byte *out;
  RowTask after = {};      ///< of all rows of the result, where these are as long as n
  bool conjugated = false; ///< a counts as its conjugate
};

template <class T> bool isTiny(const Product &p) { return isTinyProduct<T>(p.m, p.n, p.k); }

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

/// Matrix vector, vector matrix, dot, gram or gemm of what is not tiny; both operands are readable
/// where that is called for. Whether it has gone on with the rows.
template <class T>
bool multiplyFloat(const Product &p, const Matrix<T> &a, const Matrix<T> &b, T *c,
                   const RowTask &after) {
  int64_t aStep = p.k == 1 ? 1 : a.columnStride, bStep = p.k == 1 ? 1 : b.rowStride;
  if (p.m == 1 && p.n == 1) {
    *c = dot(p.k, a.data, aStep, b.data, bStep);
    return false;
  }
  if (p.n == 1) {
    gemv(p.m, p.k, *readable(a, p.m, p.k), b.data, bStep, c);
    return false;
  }
  Readable<T> right = *readable(b, p.k, p.n);
  if (p.m == 1) {
    right.transposed = !right.transposed;
    gemv(p.n, p.k, right, a.data, aStep, c);
    return false;
  }
  Readable<T> left = *readable(a, p.m, p.k);
  left.conjugated = p.conjugated;
  if (a.data == b.data && p.m == p.n && left.ld == right.ld &&
      left.transposed != right.transposed && p.k <= blas::most) {
    gram(p.n, p.k, right, p.conjugated, c, p.n);
    return false;
  }
  gemm<T>(p.m, p.n, p.k, 1, left, right, 0, c, p.n, after);
  return bool(after);
}

/// Products of [begin, end), tiny ones.
template <class T> void multiplyTinies(const Product &p, int64_t begin, int64_t end) {
  const Matrix<T> a(p.a, p.batch.offset(p.a, 2, begin)), b(p.b, p.batch.offset(p.b, 2, begin));
  Scattered<T> left{a.data, a.rowStride, a.columnStride};
  Scattered<T> right{b.data, b.rowStride, b.columnStride};
  T *c = reinterpret_cast<T *>(p.out) + begin * p.m * p.n;
  const int64_t size = p.m * p.n;
  if (p.batch.rank <= 1) { // evenly spaced
    const int64_t aStep = p.batch.offset(p.a, 2, 1), bStep = p.batch.offset(p.b, 2, 1);
    for (int64_t i = begin; i < end; ++i, left.data += aStep, right.data += bStep, c += size)
      multiplyTiny<T>(p.m, p.n, p.k, left, right, c);
    return;
  }
  for (int64_t i = begin; i < end; ++i, c += size) {
    left.data = Matrix<T>(p.a, p.batch.offset(p.a, 2, i)).data;
    right.data = Matrix<T>(p.b, p.batch.offset(p.b, 2, i)).data;
    multiplyTiny<T>(p.m, p.n, p.k, left, right, c);
  }
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

/// Of a conjugate left matrix: can BLAS conjugate it as it reads?
template <class T> bool leftConjugates(const Product &p) {
  if (isTiny<T>(p) || p.m == 1 || p.n == 1)
    return false;
  std::optional<Readable<T>> left = readable(Matrix<T>(p.a, 0), p.m, p.k);
  return left && left->transposed;
}

/// Replaces the left matrices by their conjugates.
template <class T> bool conjugateLeft(Product &p, std::optional<Scratch<T>> &room) {
  if (!makeContiguous(p.a, room))
    return false;
  T *values = room->get();
  parallelFor(p.a.elements(), 32768, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      values[i] = conjugate(values[i]);
  });
  p.conjugated = false;
  return true;
}

template <class T> ndrt_status matmulFloat(Product &p) {
  std::optional<Scratch<T>> aRoom, bRoom;
  if (!isComplexElement<T>)
    p.conjugated = false;
  if (p.conjugated && !leftConjugates<T>(p) && !conjugateLeft(p, aRoom))
    return NDRT_ERR_MEMORY;
  if (!isTiny<T>(p)) {
    if (!leftFits<T>(p) && !aRoom && !makeContiguous(p.a, aRoom))
      return NDRT_ERR_MEMORY;
    if (!rightFits<T>(p) && !makeContiguous(p.b, bRoom))
      return NDRT_ERR_MEMORY;
    if (!leftFits<T>(p) || !rightFits<T>(p) || (p.m > 1 && p.n > blas::most))
      return fail(NDRT_ERR_ARGUMENT, "matmul: a matrix has rows longer than 2^31 - 1; split it");
  }
  if (p.batch.count > 1 && p.n <= blas::most && !p.conjugated) {
    Product joined = p;
    joinRows(joined);
    if (leftFits<T>(joined) && rightFits<T>(joined))
      p = joined;
  }
  double work = static_cast<double>(p.m) * static_cast<double>(p.n) * static_cast<double>(p.k);
  bool oneByOne = p.batch.oneByOne(work);
  p.batch.forRuns(work, [&](int64_t begin, int64_t end) {
    // Of small matrices a run is finished at a time, of large ones a few rows.
    RowTask after = p.after.from(begin * p.m), inside = oneByOne ? after : RowTask();
    bool done = false;
    if (isTiny<T>(p))
      multiplyTinies<T>(p, begin, end);
    else
      for (int64_t i = begin; i < end; ++i)
        done = multiplyFloat(p, Matrix<T>(p.a, p.batch.offset(p.a, 2, i)),
                             Matrix<T>(p.b, p.batch.offset(p.b, 2, i)),
                             reinterpret_cast<T *>(p.out) + i * p.m * p.n, inside);
    if (!done)
      after.all((end - begin) * p.m, p.n);
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
    p.after.from(i * p.m).all(p.m, p.n);
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
  return unknownDtype("matmul", type);
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

/// Names the arrays as they were given.
[[gnu::cold, gnu::noinline]] ndrt_status
refuse(const char *name, const DLTensor *a, const DLTensor *b, DLTensor *out, const char *must) {
  Strided left, right, result;
  view(a, name, "a", left);
  view(b, name, "b", right);
  view(out, name, "out", result);
  return misfit(name, {{"a", left}, {"b", right}, {"out", result}}, must);
}

/// \p adjoint: a counts as its conjugate transpose.
ndrt_status matmul(const DLTensor *a, const DLTensor *b, DLTensor *out, bool adjoint,
                   const RowTask &after) {
  const char *name = adjoint ? "adjoint_matmul" : "matmul";
  Product product;
  Strided &left = product.a, &right = product.b, result;
  if (ndrt_status status = view(a, name, "a", left))
    return status;
  if (ndrt_status status = view(b, name, "b", right))
    return status;
  if (ndrt_status status = viewResult(out, name, "out", result))
    return status;
  if (!sameType(left.type, right.type) || !sameType(left.type, result.type))
    return refuse(name, a, b, out, "their dtypes must be equal, cast first");
  if (left.rank == 0 || right.rank == 0 || (adjoint && left.rank < 2))
    return refuse(name, a, b, out,
                  adjoint ? "a must have 2 axes or more, and b one"
                          : "a and b must have axes, scale by a number with multiply");
  bool vectorLeft = left.rank == 1, vectorRight = right.rank == 1;
  if (vectorLeft)
    makeMatrix(left, true);
  if (vectorRight)
    makeMatrix(right, false);
  if (adjoint) {
    std::swap(left.extent[left.rank - 2], left.extent[left.rank - 1]);
    std::swap(left.stride[left.rank - 2], left.stride[left.rank - 1]);
    product.conjugated = true;
  }
  int core = (vectorLeft ? 0 : 1) + (vectorRight ? 0 : 1);
  int64_t m = left.extent[left.rank - 2], k = left.extent[left.rank - 1];
  int64_t n = right.extent[right.rank - 1];
  if (right.extent[right.rank - 2] != k)
    return fail(NDRT_ERR_ARGUMENT, "%s: a has rows of %lld, b columns of %lld; they must be equal",
                name, static_cast<long long>(k),
                static_cast<long long>(right.extent[right.rank - 2]));
  bool fits = result.rank == std::max(left.rank, right.rank) - 2 + core &&
              (vectorLeft || result.extent[result.rank - core] == m) &&
              (vectorRight || result.extent[result.rank - 1] == n);
  if (!fits)
    return refuse(name, a, b, out, "out must have the shape of the product");
  product.batch.assign(result, core);
  product.m = m;
  product.n = n;
  product.k = k;
  product.out = result.data;
  if (!vectorRight)
    product.after = after;
  if (!product.batch.accepts(left, 2) || !product.batch.accepts(right, 2))
    return refuse(name, a, b, out, "the leading axes of a and b must broadcast to those of out");
  int64_t elements = result.elements();
  if (elements > 0 && k > 0) {
    if (ndrt_status status = dispatch(product, left.type))
      return status;
    if (!vectorRight)
      return NDRT_OK;
  } else if (elements > 0) {
    std::fill_n(result.data, elements * itemBytes(result.type), std::byte{0});
  }
  int64_t rows = 1;
  for (int axis = 0; axis < result.rank - 1; ++axis)
    rows *= result.extent[axis];
  if (after)
    after.all(rows, result.rank ? result.extent[result.rank - 1] : 1);
  return NDRT_OK;
}

} // namespace
} // namespace ndrt

ndrt_status ndrt_matmul(const DLTensor *a, const DLTensor *b, DLTensor *out) {
  return ndrt::matmul(a, b, out, false, {});
}

ndrt_status ndrt_matmul_rows(const DLTensor *a, const DLTensor *b, DLTensor *out, ndrt_task task,
                             void *context, int64_t unit) {
  return ndrt::matmul(a, b, out, false, {task, context, unit});
}

ndrt_status ndrt_adjoint_matmul(const DLTensor *a, const DLTensor *b, DLTensor *out) {
  return ndrt::matmul(a, b, out, true, {});
}

ndrt_status ndrt_adjoint_matmul_rows(const DLTensor *a, const DLTensor *b, DLTensor *out,
                                     ndrt_task task, void *context, int64_t unit) {
  return ndrt::matmul(a, b, out, true, {task, context, unit});
}
