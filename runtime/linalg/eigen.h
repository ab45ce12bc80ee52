// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What eig and eigh are given.
#pragma once

#include "linalg/matrix.h"

namespace ndrt {

struct EigenArrays {
  Strided matrices, values, vectors;
};

/// Checks the arrays of a function that gives the eigenvalues of \p a in \p w and, unless that is
/// null, the eigenvectors in \p v. The dtypes of both follow from that of a.
inline ndrt_status viewEigen(const char *function, const DLTensor *a, DLTensor *w, DLTensor *v,
                             DLDataType (*valueType)(DLDataType),
                             DLDataType (*vectorType)(DLDataType), EigenArrays &to) {
  if (ndrt_status status = view(a, function, "a", to.matrices))
    return status;
  if (ndrt_status status = viewResult(w, function, "the eigenvalues", to.values))
    return status;
  if (v)
    if (ndrt_status status = viewResult(v, function, "the eigenvectors", to.vectors))
      return status;
  const Strided &given = to.matrices;
  if (ndrt_status status = checkSquare(given, function))
    return status;
  const int batchRank = given.rank - 2;
  const int64_t n = given.extent[batchRank];
  if (!followsAs(valueType(given.type), to.values, given, batchRank, n) ||
      (v && !followsAs(vectorType(given.type), to.vectors, given, batchRank, n, n)))
    return v ? misfit(function,
                      {{"a", given}, {"eigenvalues", to.values}, {"eigenvectors", to.vectors}},
                      "the results must have the dtypes and shapes that follow from a")
             : misfit(function, {{"a", given}, {"eigenvalues", to.values}},
                      "the result must have the dtype and shape that follow from a");
  return NDRT_OK;
}

} // namespace ndrt
