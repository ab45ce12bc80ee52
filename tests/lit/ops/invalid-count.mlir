// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// nd.count is one number.

func.func @main() -> tensor<2xf64> {
  // expected-error-re@+1 {{'nd.count' op {{.*}}0-d}}
  %0 = nd.count [3, 4] -> tensor<2xf64>
  return %0 : tensor<2xf64>
}

// -----

func.func @main() -> tensor<i1> {
  // expected-error-re@+1 {{'nd.count' op {{.*}}bool}}
  %0 = nd.count [3, 4] -> tensor<i1>
  return %0 : tensor<i1>
}
