// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Running folds, elements by rank, counts, sliding sums, eigenvalues.

// CHECK-LABEL: func.func @accumulate(
// CHECK-SAME:  %[[X:.*]]: tensor<4x5xf16>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?x5xi64>
func.func @accumulate(%x: tensor<4x5xf16>, %q: tensor<?x5xi64>) {
  // CHECK: nd.accumulate %[[X]] {axis = 1 : i64, mode = "add"} : (tensor<4x5xf16>) -> tensor<4x5xf16>
  %0 = nd.accumulate %x {axis = 1 : i64, mode = "add"} : (tensor<4x5xf16>) -> tensor<4x5xf16>
  // CHECK: nd.accumulate %[[Q]] {axis = 0 : i64, mode = "maximum"} : (tensor<?x5xi64>) -> tensor<?x5xi64>
  %1 = nd.accumulate %q {axis = 0 : i64, mode = "maximum"} : (tensor<?x5xi64>) -> tensor<?x5xi64>
  return
}

// CHECK-LABEL: func.func @order_statistics(
// CHECK-SAME:  %[[X:.*]]: tensor<4x5xf32>,
// CHECK-SAME:  %[[R:.*]]: tensor<2xi64>,
// CHECK-SAME:  %[[E:.*]]: tensor<4x3xi32>
func.func @order_statistics(%x: tensor<4x5xf32>, %r: tensor<2xi64>, %e: tensor<4x3xi32>) {
  // CHECK: nd.order_statistics %[[X]], %[[R]] : (tensor<4x5xf32>, tensor<2xi64>) -> tensor<4x2xf32>
  %0 = nd.order_statistics %x, %r : (tensor<4x5xf32>, tensor<2xi64>) -> tensor<4x2xf32>
  // CHECK: nd.order_statistics %[[X]], %[[E]] : (tensor<4x5xf32>, tensor<4x3xi32>) -> tensor<4x3xf32>
  %1 = nd.order_statistics %x, %e : (tensor<4x5xf32>, tensor<4x3xi32>) -> tensor<4x3xf32>
  return
}

// CHECK-LABEL: func.func @counts(
// CHECK-SAME:  %[[X:.*]]: tensor<7xi32>,
// CHECK-SAME:  %[[W:.*]]: tensor<7xf64>
func.func @counts(%x: tensor<7xi32>, %w: tensor<7xf64>) {
  // CHECK: nd.bincount %[[X]], %[[W]] : (tensor<7xi32>, tensor<7xf64>) -> tensor<3xf64>
  %0 = nd.bincount %x, %w : (tensor<7xi32>, tensor<7xf64>) -> tensor<3xf64>
  // CHECK: nd.bincount %[[X]], %[[W]] : (tensor<7xi32>, tensor<7xf64>) -> tensor<?xf64>
  %1 = nd.bincount %x, %w : (tensor<7xi32>, tensor<7xf64>) -> tensor<?xf64>
  return
}

// CHECK-LABEL: func.func @correlate(
// CHECK-SAME:  %[[A:.*]]: tensor<7xf32>,
// CHECK-SAME:  %[[V:.*]]: tensor<3xf64>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?xf32>
func.func @correlate(%a: tensor<7xf32>, %v: tensor<3xf64>, %q: tensor<?xf32>) {
  // CHECK: nd.correlate %[[A]], %[[V]] {mode = 0 : i64} : (tensor<7xf32>, tensor<3xf64>) -> tensor<5xf64>
  %0 = nd.correlate %a, %v {mode = 0 : i64} : (tensor<7xf32>, tensor<3xf64>) -> tensor<5xf64>
  // CHECK: nd.correlate %[[A]], %[[V]] {mode = 1 : i64} : (tensor<7xf32>, tensor<3xf64>) -> tensor<7xf64>
  %1 = nd.correlate %a, %v {mode = 1 : i64} : (tensor<7xf32>, tensor<3xf64>) -> tensor<7xf64>
  // CHECK: nd.correlate %[[A]], %[[V]] {mode = 2 : i64} : (tensor<7xf32>, tensor<3xf64>) -> tensor<9xf64>
  %2 = nd.correlate %a, %v {mode = 2 : i64} : (tensor<7xf32>, tensor<3xf64>) -> tensor<9xf64>
  // CHECK: nd.correlate %[[Q]], %[[V]] {mode = 2 : i64} : (tensor<?xf32>, tensor<3xf64>) -> tensor<?xf64>
  %3 = nd.correlate %q, %v {mode = 2 : i64} : (tensor<?xf32>, tensor<3xf64>) -> tensor<?xf64>
  return
}

// CHECK-LABEL: func.func @eigvals(
// CHECK-SAME:  %[[A:.*]]: tensor<2x4x4xf32>,
// CHECK-SAME:  %[[I:.*]]: tensor<4x4xi64>,
// CHECK-SAME:  %[[C:.*]]: tensor<3x3xcomplex<f64>>
func.func @eigvals(%a: tensor<2x4x4xf32>, %i: tensor<4x4xi64>, %c: tensor<3x3xcomplex<f64>>) {
  // CHECK: nd.eigvals %[[A]] : (tensor<2x4x4xf32>) -> tensor<2x4xcomplex<f32>>
  %0 = nd.eigvals %a : (tensor<2x4x4xf32>) -> tensor<2x4xcomplex<f32>>
  // CHECK: nd.eigvals %[[I]] : (tensor<4x4xi64>) -> tensor<4xcomplex<f64>>
  %1 = nd.eigvals %i : (tensor<4x4xi64>) -> tensor<4xcomplex<f64>>
  // CHECK: nd.eigvals %[[C]] : (tensor<3x3xcomplex<f64>>) -> tensor<3xcomplex<f64>>
  %2 = nd.eigvals %c : (tensor<3x3xcomplex<f64>>) -> tensor<3xcomplex<f64>>
  return
}
