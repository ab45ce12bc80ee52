// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// A kernel prints its arguments, results, domain and what it folds, and parses back.

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>,
// CHECK-SAME:  %[[B:.*]]: tensor<3xf64>
func.func @rows(%x: tensor<4x3xf64>, %b: tensor<3xf64>) -> (tensor<4xf64>, tensor<4x3xf64>) {
  // CHECK: %[[K:.*]]:2 = nd.kernel (%[[A:.*]] = %[[X]] : tensor<4x3xf64>, %[[C:.*]] = %[[B]] : tensor<3xf64>)
  // CHECK-SAME: -> (tensor<4xf64>, tensor<4x3xf64>) domain [4, 3] reduced [1]
  // CHECK: nd.broadcast_to %[[C]] : (tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.add %[[A]], %{{.*}} {loops = array<i64: 0, 1>}
  // CHECK: nd.sum %{{.*}} {axes = array<i64: 1>, loops = array<i64: 0, 1>}
  // CHECK: nd.yield %{{.*}}, %{{.*}} : tensor<4xf64>, tensor<4x3xf64>
  // CHECK: return %[[K]]#0, %[[K]]#1
  %0:2 = nd.kernel (%a = %x : tensor<4x3xf64>, %c = %b : tensor<3xf64>) -> (tensor<4xf64>, tensor<4x3xf64>) domain [4, 3] reduced [1] {
    %1 = nd.broadcast_to %c : (tensor<3xf64>) -> tensor<4x3xf64>
    %2 = nd.add %a, %1 {loops = array<i64: 0, 1>} : (tensor<4x3xf64>, tensor<4x3xf64>) -> tensor<4x3xf64>
    %3 = nd.sum %2 {axes = array<i64: 1>, loops = array<i64: 0, 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
    nd.yield %3, %2 : tensor<4xf64>, tensor<4x3xf64>
  }
  return %0#0, %0#1 : tensor<4xf64>, tensor<4x3xf64>
}

// A 0-d kernel has no dimensions and may have no inputs; buffers and other attributes follow a keyword.
// CHECK-LABEL: func.func @scalar
func.func @scalar() -> tensor<f32> {
  // CHECK: nd.kernel () -> (tensor<f32>) domain [] reduced [] attributes {buffers = array<i64: -1>} {
  %0 = nd.kernel () -> (tensor<f32>) domain [] reduced [] attributes {buffers = array<i64: -1>} {
    %1 = nd.full 3.000000e+00 : f32 -> tensor<f32>
    %2 = nd.exp %1 {loops = array<i64>} : (tensor<f32>) -> tensor<f32>
    nd.yield %2 : tensor<f32>
  }
  return %0 : tensor<f32>
}

// Axes of extent 1 walk no dimension; `?` extents stand in types only.
// CHECK-LABEL: func.func @unit_axes
func.func @unit_axes(%x: tensor<1x?xi8>) -> tensor<1x?xi64> {
  // CHECK: nd.cast %{{.*}} {loops = array<i64: -1, 0>} : (tensor<1x?xi8>) -> tensor<1x?xi64>
  %0 = nd.kernel (%a = %x : tensor<1x?xi8>) -> (tensor<1x?xi64>) domain [7] reduced [] {
    %1 = nd.cast %a {loops = array<i64: -1, 0>} : (tensor<1x?xi8>) -> tensor<1x?xi64>
    nd.yield %1 : tensor<1x?xi64>
  }
  return %0 : tensor<1x?xi64>
}

// Extents that are not known print as such.
// CHECK-LABEL: func.func @unknown_domain
// CHECK: domain [?, 3] reduced []
func.func @unknown_domain(%x: tensor<?x3xf64>) -> tensor<?x3xf64> {
  %0 = nd.kernel (%a = %x : tensor<?x3xf64>) -> (tensor<?x3xf64>) domain [?, 3] reduced [] {
    %1 = nd.exp %a {loops = array<i64: 0, 1>} : (tensor<?x3xf64>) -> tensor<?x3xf64>
    nd.yield %1 : tensor<?x3xf64>
  }
  return %0 : tensor<?x3xf64>
}
