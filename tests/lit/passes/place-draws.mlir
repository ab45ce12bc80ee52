// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-place-draws --split-input-file | FileCheck %s
//
// Numbers in [0, 1) of a generator whose places can be sought are drawn where they are read.

// CHECK-LABEL: func.func @noisy(
// CHECK-SAME:  %[[S:.*]]: tensor<13xui64>, %[[X:.*]]: tensor<4x5xf64>
// CHECK:       %[[W:.*]] = nd.slice %[[S]] {offsets = array<i64: 0>, sizes = array<i64: 1>, strides = array<i64: 1>}
// CHECK:       %[[A:.*]] = nd.broadcast_to %[[W]] : (tensor<1xui64>) -> tensor<4x5xui64>
// CHECK:       %[[U:.*]] = nd.random_at %[[A]] {generator = "philox"} : (tensor<4x5xui64>) -> tensor<4x5xf64>
// CHECK:       %[[N:.*]] = nd.count [4, 5] -> tensor<i64>
// CHECK:       %[[L:.*]] = nd.random_skip %[[S]], %[[N]] {halves = false} : (tensor<13xui64>, tensor<i64>) -> tensor<13xui64>
// CHECK:       %[[Y:.*]] = nd.add %[[X]], %[[U]]
// CHECK:       return %[[Y]], %[[L]]
func.func @noisy(%s: tensor<13xui64>, %x: tensor<4x5xf64>) -> (tensor<4x5xf64>, tensor<13xui64>) {
  %u, %next = nd.random %s {distribution = "uniform01", generator = "philox"} : (tensor<13xui64>) -> (tensor<4x5xf64>, tensor<13xui64>)
  %y = nd.add %x, %u : (tensor<4x5xf64>, tensor<4x5xf64>) -> tensor<4x5xf64>
  return %y, %next : tensor<4x5xf64>, tensor<13xui64>
}

// -----

// A state that nobody wants is not computed; halves of draws are float32's.
// CHECK-LABEL: func.func @halves(
// CHECK:       nd.random_at
// CHECK-NOT:   nd.random_skip
// CHECK-LABEL: func.func @both(
// CHECK:       nd.random_skip %{{.*}} {halves = true}
func.func @halves(%s: tensor<6xui64>) -> tensor<f32> {
  %u, %next = nd.random %s {distribution = "uniform01", generator = "pcg64"} : (tensor<6xui64>) -> (tensor<100xf32>, tensor<6xui64>)
  %y = nd.sum %u {axes = array<i64: 0>} : (tensor<100xf32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func @both(%s: tensor<6xui64>) -> (tensor<f32>, tensor<6xui64>) {
  %u, %next = nd.random %s {distribution = "uniform01", generator = "pcg64"} : (tensor<6xui64>) -> (tensor<100xf32>, tensor<6xui64>)
  %y = nd.sum %u {axes = array<i64: 0>} : (tensor<100xf32>) -> tensor<f32>
  return %y, %next : tensor<f32>, tensor<6xui64>
}

// -----

// Not so: results, what is read through a view, other distributions, generators that nobody names, a
// state that is a part of an array.
// CHECK-LABEL: func.func @result(
// CHECK-NOT:   nd.random_at
func.func @result(%s: tensor<6xui64>) -> (tensor<100xf64>, tensor<100xf64>) {
  %u, %next = nd.random %s {distribution = "uniform01", generator = "pcg64"} : (tensor<6xui64>) -> (tensor<100xf64>, tensor<6xui64>)
  %y = nd.negative %u : (tensor<100xf64>) -> tensor<100xf64>
  return %u, %y : tensor<100xf64>, tensor<100xf64>
}
func.func @turned(%s: tensor<6xui64>) -> tensor<5x4xf64> {
  %u, %next = nd.random %s {distribution = "uniform01", generator = "pcg64"} : (tensor<6xui64>) -> (tensor<4x5xf64>, tensor<6xui64>)
  %t = nd.transpose %u {permutation = array<i64: 1, 0>} : (tensor<4x5xf64>) -> tensor<5x4xf64>
  %y = nd.negative %t : (tensor<5x4xf64>) -> tensor<5x4xf64>
  return %y : tensor<5x4xf64>
}
func.func @others(%s: tensor<6xui64>) -> tensor<100xf64> {
  %u, %next = nd.random %s {distribution = "standard_normal", generator = "pcg64"} : (tensor<6xui64>) -> (tensor<100xf64>, tensor<6xui64>)
  %v, %last = nd.random %next {distribution = "uniform01"} : (tensor<6xui64>) -> (tensor<100xf64>, tensor<6xui64>)
  %y = nd.add %u, %v : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  return %y : tensor<100xf64>
}
func.func @part(%s: tensor<8xui64>) -> tensor<100xf64> {
  %p = nd.slice %s {offsets = array<i64: 2>, sizes = array<i64: 6>, strides = array<i64: 1>} : (tensor<8xui64>) -> tensor<6xui64>
  %u, %next = nd.random %p {distribution = "uniform01", generator = "pcg64"} : (tensor<6xui64>) -> (tensor<100xf64>, tensor<6xui64>)
  %y = nd.negative %u : (tensor<100xf64>) -> tensor<100xf64>
  return %y : tensor<100xf64>
}
