// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --split-input-file | FileCheck %s
//
// Two ops do not share a nest where something else must run between them.

// Through a library op.
// CHECK-LABEL: func.func @library(
// CHECK-SAME:  %[[X:.*]]: tensor<64x64xf64>, %[[W:.*]]: tensor<64x64xf64>)
// CHECK:       %[[A:.*]] = nd.kernel (%{{.*}} = %[[X]] :
// CHECK:         nd.exp
// CHECK:       %[[P:.*]] = nd.matmul %[[A]], %[[W]]
// CHECK:       %[[Y:.*]] = nd.kernel
// CHECK:         nd.add
// CHECK:       return %[[Y]]
func.func @library(%x: tensor<64x64xf64>, %w: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %a = nd.exp %x : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %p = nd.matmul %a, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %y = nd.add %p, %a : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  return %y : tensor<64x64xf64>
}

// -----

// Through concatenate.
// CHECK-LABEL: func.func @concatenate
// CHECK:       %[[A:.*]] = nd.kernel
// CHECK:       %[[C:.*]] = nd.concatenate %[[A]], %[[A]]
// CHECK:       %[[Y:.*]] = nd.kernel
// CHECK:       return %[[Y]]
func.func @concatenate(%x: tensor<1x8xf64>) -> tensor<2x8xf64> {
  %a = nd.exp %x : (tensor<1x8xf64>) -> tensor<1x8xf64>
  %c = nd.concatenate %a, %a {axis = 0 : i64} : (tensor<1x8xf64>, tensor<1x8xf64>) -> tensor<2x8xf64>
  %y = nd.multiply %c, %a : (tensor<2x8xf64>, tensor<1x8xf64>) -> tensor<2x8xf64>
  return %y : tensor<2x8xf64>
}

// -----

// Through a nest with another set of reduced axes: the variance of row sums.
// CHECK-LABEL: func.func @reduction
// CHECK:       %[[R:.*]] = nd.kernel {{.*}} -> (tensor<33xf64>) domain [33, 9] reduced [1]
// CHECK:       %[[V:.*]] = nd.kernel (%{{.*}} = %[[R]] : tensor<33xf64>) -> (tensor<f64>) domain [33] reduced [0]
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[V]]
func.func @reduction(%x: tensor<33x9xf64>) -> tensor<f64> {
  %r = nd.sum %x {axes = array<i64: 1>} : (tensor<33x9xf64>) -> tensor<33xf64>
  %v = nd.var %r {axes = array<i64: 0>} : (tensor<33xf64>) -> tensor<f64>
  return %v : tensor<f64>
}

// -----

// Through a slice of the producer, where a scalar of it comes back to every element.
// CHECK-LABEL: func.func @slice
// CHECK:       %[[D:.*]] = nd.kernel {{.*}} -> (tensor<64xf64>) domain [64] reduced []
// CHECK-NOT:     nd.slice
// CHECK:       nd.kernel
// CHECK-SAME:  %[[D]] : tensor<64xf64>
// CHECK:         nd.slice
// CHECK:       return
func.func @slice(%x: tensor<64xf64>) -> tensor<64xf64> {
  %d = nd.exp %x : (tensor<64xf64>) -> tensor<64xf64>
  %f = nd.slice %d {offsets = array<i64: 24>, sizes = array<i64: 1>, strides = array<i64: 1>} : (tensor<64xf64>) -> tensor<1xf64>
  %g = nd.tanh %f : (tensor<1xf64>) -> tensor<1xf64>
  %y = nd.multiply %d, %g : (tensor<64xf64>, tensor<1xf64>) -> tensor<64xf64>
  return %y : tensor<64xf64>
}

// -----

// Integers are cast once for both; all axes and one axis do not share a nest.
// CHECK-LABEL: func.func @shared_cast
// CHECK-COUNT-2: nd.kernel
// CHECK:       return
func.func @shared_cast(%x: tensor<8x33xi32>) -> (tensor<8xf64>, tensor<8x33xf64>) {
  %v = nd.mean %x {axes = array<i64: 1>} : (tensor<8x33xi32>) -> tensor<8xf64>
  %s = nd.std %x {axes = array<i64: 0, 1>, keepdims = true} : (tensor<8x33xi32>) -> tensor<1x1xf64>
  %y = nd.divide %x, %s : (tensor<8x33xi32>, tensor<1x1xf64>) -> tensor<8x33xf64>
  return %v, %y : tensor<8xf64>, tensor<8x33xf64>
}
