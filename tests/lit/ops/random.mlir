// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// A bit generator is a value: its state goes in, and the next one comes out.

// CHECK-LABEL: func.func @draws(
// CHECK-SAME:  %[[S:.*]]: tensor<6xui64>,
// CHECK-SAME:  %[[L:.*]]: tensor<2x1xf64>,
// CHECK-SAME:  %[[W:.*]]: tensor<3xf64>
func.func @draws(%s: tensor<6xui64>, %loc: tensor<2x1xf64>, %scale: tensor<3xf64>) {
  // CHECK: %[[X:.*]], %[[N:.*]] = nd.random %[[S]] {distribution = "uniform01"} : (tensor<6xui64>) -> (tensor<?xf32>, tensor<6xui64>)
  %0, %next = nd.random %s {distribution = "uniform01"} : (tensor<6xui64>) -> (tensor<?xf32>, tensor<6xui64>)
  // CHECK: nd.random %[[N]], %[[L]], %[[W]] {distribution = "normal"} : (tensor<6xui64>, tensor<2x1xf64>, tensor<3xf64>) -> (tensor<2x3xf64>, tensor<6xui64>)
  %1, %last = nd.random %next, %loc, %scale {distribution = "normal"} : (tensor<6xui64>, tensor<2x1xf64>, tensor<3xf64>) -> (tensor<2x3xf64>, tensor<6xui64>)
  return
}

// What nd.random becomes where it is drawn in place.
// CHECK-LABEL: func.func @in_place(
// CHECK-SAME:  %[[W:.*]]: tensor<3xui64>, %[[S:.*]]: tensor<6xui64>, %[[N:.*]]: tensor<i64>
func.func @in_place(%first: tensor<3xui64>, %s: tensor<6xui64>, %n: tensor<i64>) {
  // CHECK: nd.random_at %[[W]] {generator = "pcg64dxsm"} : (tensor<3xui64>) -> tensor<3xf32>
  %0 = nd.random_at %first {generator = "pcg64dxsm"} : (tensor<3xui64>) -> tensor<3xf32>
  // CHECK: nd.random_skip %[[S]], %[[N]] {halves = true} : (tensor<6xui64>, tensor<i64>) -> tensor<6xui64>
  %1 = nd.random_skip %s, %n {halves = true} : (tensor<6xui64>, tensor<i64>) -> tensor<6xui64>
  return
}
