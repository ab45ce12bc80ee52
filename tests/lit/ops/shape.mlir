// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Ops that move elements and compute none.

// CHECK-LABEL: func.func @reshape(
// CHECK-SAME:  %[[X:.*]]: tensor<4x6xf64>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?x?xf64>,
// CHECK-SAME:  %[[S:.*]]: tensor<f64>,
// CHECK-SAME:  %[[B:.*]]: tensor<0x3xi1>
func.func @reshape(%x: tensor<4x6xf64>, %q: tensor<?x?xf64>, %s: tensor<f64>, %b: tensor<0x3xi1>) {
  // CHECK: nd.reshape %[[X]] : (tensor<4x6xf64>) -> tensor<24xf64>
  %0 = nd.reshape %x : (tensor<4x6xf64>) -> tensor<24xf64>
  // CHECK: nd.reshape %[[X]] : (tensor<4x6xf64>) -> tensor<2x2x3x2xf64>
  %1 = nd.reshape %x : (tensor<4x6xf64>) -> tensor<2x2x3x2xf64>
  // CHECK: nd.reshape %[[X]] : (tensor<4x6xf64>) -> tensor<4x1x6xf64>
  %2 = nd.reshape %x : (tensor<4x6xf64>) -> tensor<4x1x6xf64>
  // CHECK: nd.reshape %[[Q]] : (tensor<?x?xf64>) -> tensor<?xf64>
  %3 = nd.reshape %q : (tensor<?x?xf64>) -> tensor<?xf64>
  // CHECK: nd.reshape %[[S]] : (tensor<f64>) -> tensor<1x1xf64>
  %4 = nd.reshape %s : (tensor<f64>) -> tensor<1x1xf64>
  // CHECK: nd.reshape %[[B]] : (tensor<0x3xi1>) -> tensor<7x0xi1>
  %5 = nd.reshape %b : (tensor<0x3xi1>) -> tensor<7x0xi1>
  return
}

// CHECK-LABEL: func.func @broadcast_to(
// CHECK-SAME:  %[[X:.*]]: tensor<3xf32>,
// CHECK-SAME:  %[[S:.*]]: tensor<ui8>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?x1xi64>,
// CHECK-SAME:  %[[O:.*]]: tensor<1xf64>
func.func @broadcast_to(%x: tensor<3xf32>, %s: tensor<ui8>, %q: tensor<?x1xi64>, %o: tensor<1xf64>) {
  // CHECK: nd.broadcast_to %[[X]] : (tensor<3xf32>) -> tensor<4x3xf32>
  %0 = nd.broadcast_to %x : (tensor<3xf32>) -> tensor<4x3xf32>
  // CHECK: nd.broadcast_to %[[S]] : (tensor<ui8>) -> tensor<2x0xui8>
  %1 = nd.broadcast_to %s : (tensor<ui8>) -> tensor<2x0xui8>
  // CHECK: nd.broadcast_to %[[Q]] : (tensor<?x1xi64>) -> tensor<5x?x7xi64>
  %2 = nd.broadcast_to %q : (tensor<?x1xi64>) -> tensor<5x?x7xi64>
  // CHECK: nd.broadcast_to %[[O]] : (tensor<1xf64>) -> tensor<4xf64>
  %3 = nd.broadcast_to %o : (tensor<1xf64>) -> tensor<4xf64>
  return
}

// CHECK-LABEL: func.func @transpose(
// CHECK-SAME:  %[[X:.*]]: tensor<4x6xf64>,
// CHECK-SAME:  %[[Q:.*]]: tensor<2x?x3xi16>,
// CHECK-SAME:  %[[S:.*]]: tensor<f64>
func.func @transpose(%x: tensor<4x6xf64>, %q: tensor<2x?x3xi16>, %s: tensor<f64>) {
  // CHECK: nd.transpose %[[X]] {permutation = array<i64: 1, 0>} : (tensor<4x6xf64>) -> tensor<6x4xf64>
  %0 = nd.transpose %x {permutation = array<i64: 1, 0>} : (tensor<4x6xf64>) -> tensor<6x4xf64>
  // CHECK: nd.transpose %[[Q]] {permutation = array<i64: 2, 0, 1>} : (tensor<2x?x3xi16>) -> tensor<3x2x?xi16>
  %1 = nd.transpose %q {permutation = array<i64: 2, 0, 1>} : (tensor<2x?x3xi16>) -> tensor<3x2x?xi16>
  // CHECK: nd.transpose %[[S]] {permutation = array<i64>} : (tensor<f64>) -> tensor<f64>
  %2 = nd.transpose %s {permutation = array<i64>} : (tensor<f64>) -> tensor<f64>
  return
}

// CHECK-LABEL: func.func @slice(
// CHECK-SAME:  %[[X:.*]]: tensor<4x6xf64>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?xi1>
func.func @slice(%x: tensor<4x6xf64>, %q: tensor<?xi1>) {
  // CHECK: nd.slice %[[X]] {offsets = array<i64: 1, 0>, sizes = array<i64: 2, 6>, strides = array<i64: 1, 1>} : (tensor<4x6xf64>) -> tensor<2x6xf64>
  %0 = nd.slice %x {offsets = array<i64: 1, 0>, sizes = array<i64: 2, 6>, strides = array<i64: 1, 1>} : (tensor<4x6xf64>) -> tensor<2x6xf64>
  // CHECK: nd.slice %[[X]] {offsets = array<i64: 3, 5>, sizes = array<i64: 4, 3>, strides = array<i64: -1, -2>} : (tensor<4x6xf64>) -> tensor<4x3xf64>
  %1 = nd.slice %x {offsets = array<i64: 3, 5>, sizes = array<i64: 4, 3>, strides = array<i64: -1, -2>} : (tensor<4x6xf64>) -> tensor<4x3xf64>
  // CHECK: nd.slice %[[X]] {offsets = array<i64: 4, 0>, sizes = array<i64: 0, 6>, strides = array<i64: 1, 1>} : (tensor<4x6xf64>) -> tensor<0x6xf64>
  %2 = nd.slice %x {offsets = array<i64: 4, 0>, sizes = array<i64: 0, 6>, strides = array<i64: 1, 1>} : (tensor<4x6xf64>) -> tensor<0x6xf64>
  // CHECK: nd.slice %[[Q]] {offsets = array<i64: 2>, sizes = array<i64: 5>, strides = array<i64: 3>} : (tensor<?xi1>) -> tensor<5xi1>
  %3 = nd.slice %q {offsets = array<i64: 2>, sizes = array<i64: 5>, strides = array<i64: 3>} : (tensor<?xi1>) -> tensor<5xi1>
  return
}

// CHECK-LABEL: func.func @concatenate(
// CHECK-SAME:  %[[X:.*]]: tensor<4x6xf64>,
// CHECK-SAME:  %[[Y:.*]]: tensor<2x6xf32>,
// CHECK-SAME:  %[[Z:.*]]: tensor<?x6xi8>
func.func @concatenate(%x: tensor<4x6xf64>, %y: tensor<2x6xf32>, %z: tensor<?x6xi8>) {
  // CHECK: nd.concatenate %[[X]], %[[Y]] {axis = 0 : i64} : (tensor<4x6xf64>, tensor<2x6xf32>) -> tensor<6x6xf64>
  %0 = nd.concatenate %x, %y {axis = 0 : i64} : (tensor<4x6xf64>, tensor<2x6xf32>) -> tensor<6x6xf64>
  // CHECK: nd.concatenate %[[Y]], %[[Z]], %[[Y]] {axis = 0 : i64} : (tensor<2x6xf32>, tensor<?x6xi8>, tensor<2x6xf32>) -> tensor<?x6xf32>
  %1 = nd.concatenate %y, %z, %y {axis = 0 : i64} : (tensor<2x6xf32>, tensor<?x6xi8>, tensor<2x6xf32>) -> tensor<?x6xf32>
  // CHECK: nd.concatenate %[[X]] {axis = 1 : i64} : (tensor<4x6xf64>) -> tensor<4x6xf64>
  %2 = nd.concatenate %x {axis = 1 : i64} : (tensor<4x6xf64>) -> tensor<4x6xf64>
  return
}
