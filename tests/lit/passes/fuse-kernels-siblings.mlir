// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --split-input-file | FileCheck %s
//
// Reading the same array is not enough where one also reads the other's result, and does so across axes.

// exp(x) and the row sums of x read x alike, but the sums are added as a row: element (i, j) needs the sum of row j.
// CHECK-LABEL: func.func @square(
// CHECK-SAME:  %[[X:.*]]: tensor<64x64xf64>)
// CHECK:       %[[S:.*]] = nd.kernel {{.*}} reduced [1]
// CHECK:         nd.sum
// CHECK:       %[[Y:.*]] = nd.kernel
// CHECK-SAME:  domain [64, 64] reduced []
// CHECK:       return %[[Y]]
func.func @square(%x: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %e = nd.exp %x : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %s = nd.sum %x {axes = array<i64: 1>} : (tensor<64x64xf64>) -> tensor<64xf64>
  %y = nd.add %e, %s : (tensor<64x64xf64>, tensor<64xf64>) -> tensor<64x64xf64>
  return %y : tensor<64x64xf64>
}

// -----

// With the axis kept the sums line up, and one nest does it all.
// CHECK-LABEL: func.func @kept(
// CHECK:       %[[Y:.*]] = nd.kernel {{.*}} domain [64, 64] reduced [1]
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[Y]]
func.func @kept(%x: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %e = nd.exp %x : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %s = nd.sum %x {axes = array<i64: 1>, keepdims = true} : (tensor<64x64xf64>) -> tensor<64x1xf64>
  %y = nd.add %e, %s : (tensor<64x64xf64>, tensor<64x1xf64>) -> tensor<64x64xf64>
  return %y : tensor<64x64xf64>
}
