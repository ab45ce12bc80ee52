// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-resolve-broadcasts --verify-diagnostics
//
// Whether an unknown extent is 1 decides if it broadcasts, and so what code runs.

func.func @unknown(%x: tensor<?x3xf64>, %y: tensor<?xf64>) -> tensor<?x3xf64> {
  // expected-error-re@+1 {{'nd.add' op {{.*}}not known}}
  %0 = nd.add %x, %y : (tensor<?x3xf64>, tensor<?xf64>) -> tensor<?x3xf64>
  return %0 : tensor<?x3xf64>
}
