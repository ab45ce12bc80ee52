// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --split-input-file | FileCheck %s
//
// What keeps its own loop nest, and the order in which nests and calls stand.

// exp of a vector that is broadcast over rows: fused it would run once per element, not once per column.
// CHECK-LABEL: func.func @recomputes(
// CHECK-SAME:  %[[X:.*]]: tensor<64x512xf64>, %[[V:.*]]: tensor<512xf64>)
// CHECK:       %[[E:.*]] = nd.kernel (%{{.*}} = %[[V]] : tensor<512xf64>) -> (tensor<512xf64>) domain [512] reduced []
// CHECK-NEXT:    nd.exp
// CHECK:       nd.kernel (%{{.*}} = %[[X]] : tensor<64x512xf64>, %{{.*}} = %[[E]] : tensor<512xf64>) -> (tensor<64x512xf64>) domain [64, 512]
// CHECK-NOT:     nd.exp
// CHECK:       return
func.func @recomputes(%x: tensor<64x512xf64>, %v: tensor<512xf64>) -> tensor<64x512xf64> {
  %e = nd.exp %v : (tensor<512xf64>) -> tensor<512xf64>
  %y = nd.add %x, %e : (tensor<64x512xf64>, tensor<512xf64>) -> tensor<64x512xf64>
  return %y : tensor<64x512xf64>
}

// -----

// Sums over different axes.
// CHECK-LABEL: func.func @different_axes
// CHECK:       %[[R:.*]] = nd.kernel {{.*}} reduced [1]
// CHECK:       %[[C:.*]] = nd.kernel {{.*}} reduced [0]
// CHECK:       return %[[R]], %[[C]]
func.func @different_axes(%x: tensor<64x512xf64>) -> (tensor<64xf64>, tensor<512xf64>) {
  %r = nd.sum %x {axes = array<i64: 1>} : (tensor<64x512xf64>) -> tensor<64xf64>
  %c = nd.sum %x {axes = array<i64: 0>} : (tensor<64x512xf64>) -> tensor<512xf64>
  return %r, %c : tensor<64xf64>, tensor<512xf64>
}

// -----

// A reduction of a reduction.
// CHECK-LABEL: func.func @nested
// CHECK:       %[[R:.*]] = nd.kernel {{.*}} -> (tensor<64xf64>) domain [64, 512] reduced [1]
// CHECK:       %[[S:.*]] = nd.kernel (%{{.*}} = %[[R]] : tensor<64xf64>) -> (tensor<f64>) domain [64] reduced [0]
// CHECK:       return %[[S]]
func.func @nested(%x: tensor<64x512xf64>) -> tensor<f64> {
  %r = nd.max %x {axes = array<i64: 1>} : (tensor<64x512xf64>) -> tensor<64xf64>
  %s = nd.sum %r {axes = array<i64: 0>} : (tensor<64xf64>) -> tensor<f64>
  return %s : tensor<f64>
}

// -----

// A slice of an intermediate: the consumer would ask for elements that the loop has not reached.
// CHECK-LABEL: func.func @slice_of_an_intermediate
// CHECK:       %[[E:.*]] = nd.kernel {{.*}} -> (tensor<64xf64>) domain [64]
// CHECK:       nd.kernel (%[[A:.*]] = %[[E]] : tensor<64xf64>) -> (tensor<32xf64>) domain [32]
// CHECK:         nd.slice %[[A]]
// CHECK:         nd.slice %[[A]]
// CHECK-NOT:     nd.exp
// CHECK:       return
func.func @slice_of_an_intermediate(%x: tensor<64xf64>) -> tensor<32xf64> {
  %e = nd.exp %x : (tensor<64xf64>) -> tensor<64xf64>
  %a = nd.slice %e {offsets = array<i64: 0>, sizes = array<i64: 32>, strides = array<i64: 2>} : (tensor<64xf64>) -> tensor<32xf64>
  %b = nd.slice %e {offsets = array<i64: 1>, sizes = array<i64: 32>, strides = array<i64: 2>} : (tensor<64xf64>) -> tensor<32xf64>
  %y = nd.add %a, %b : (tensor<32xf64>, tensor<32xf64>) -> tensor<32xf64>
  return %y : tensor<32xf64>
}

// -----

// The same where extents agree: reversed, element i needs element n-1-i.
// CHECK-LABEL: func.func @reversed
// CHECK-COUNT-2: nd.kernel
// CHECK:       return
func.func @reversed(%x: tensor<64xf64>) -> tensor<64xf64> {
  %e = nd.exp %x : (tensor<64xf64>) -> tensor<64xf64>
  %r = nd.slice %e {offsets = array<i64: 63>, sizes = array<i64: 64>, strides = array<i64: -1>} : (tensor<64xf64>) -> tensor<64xf64>
  %y = nd.add %e, %r : (tensor<64xf64>, tensor<64xf64>) -> tensor<64xf64>
  return %y : tensor<64xf64>
}

// -----

// A matrix plus its transpose: both extents agree and yet element (i, j) needs (j, i).
// CHECK-LABEL: func.func @transposed
// CHECK-COUNT-2: nd.kernel
// CHECK:       return
func.func @transposed(%x: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %e = nd.exp %x : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %t = nd.transpose %e {permutation = array<i64: 1, 0>} : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %y = nd.add %e, %t : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  return %y : tensor<64x64xf64>
}

// -----

// Row sums of a square matrix that are added as a row: column j needs the sum of row j, not of the row at hand.
// CHECK-LABEL: func.func @square_rows_as_columns(
// CHECK-SAME:  %[[X:.*]]: tensor<64x64xf64>)
// CHECK:       %[[S:.*]] = nd.kernel (%{{.*}} = %[[X]] : tensor<64x64xf64>) -> (tensor<64xf64>) domain [64, 64] reduced [1]
// CHECK:       %[[Y:.*]] = nd.kernel
// CHECK-SAME:  %[[S]] : tensor<64xf64>
// CHECK-SAME:  domain [64, 64] reduced []
// CHECK:       return %[[Y]]
func.func @square_rows_as_columns(%x: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %s = nd.sum %x {axes = array<i64: 1>} : (tensor<64x64xf64>) -> tensor<64xf64>
  %y = nd.add %x, %s : (tensor<64x64xf64>, tensor<64xf64>) -> tensor<64x64xf64>
  return %y : tensor<64x64xf64>
}

// -----

// Elements that a reshape moves between axes: memory is reused, not copied.
// CHECK-LABEL: func.func @reshaped
// CHECK:       %[[E:.*]] = nd.kernel {{.*}} -> (tensor<8x8xf64>)
// CHECK:       %[[F:.*]] = nd.reshape %[[E]] : (tensor<8x8xf64>) -> tensor<64xf64>
// CHECK:       nd.kernel
// CHECK-SAME:  %[[F]] : tensor<64xf64>
// CHECK-NOT:   nd.copy
// CHECK:       return
func.func @reshaped(%x: tensor<8x8xf64>, %y: tensor<64xf64>) -> tensor<64xf64> {
  %e = nd.exp %x : (tensor<8x8xf64>) -> tensor<8x8xf64>
  %f = nd.reshape %e : (tensor<8x8xf64>) -> tensor<64xf64>
  %s = nd.add %f, %y : (tensor<64xf64>, tensor<64xf64>) -> tensor<64xf64>
  return %s : tensor<64xf64>
}

// -----

// A reshape of a transposed array reads it in C order, so the array is made first.
// CHECK-LABEL: func.func @reshape_of_a_view
// CHECK:       %[[C:.*]] = nd.kernel
// CHECK:         nd.transpose
// CHECK-NEXT:    nd.copy
// CHECK:       %[[F:.*]] = nd.reshape %[[C]] : (tensor<3x2xf64>) -> tensor<6xf64>
// CHECK:       nd.kernel (%{{.*}} = %[[F]] : tensor<6xf64>)
// CHECK:       return
func.func @reshape_of_a_view(%x: tensor<2x3xf64>) -> tensor<6xf64> {
  %t = nd.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xf64>) -> tensor<3x2xf64>
  %f = nd.reshape %t : (tensor<3x2xf64>) -> tensor<6xf64>
  %y = nd.exp %f : (tensor<6xf64>) -> tensor<6xf64>
  return %y : tensor<6xf64>
}
