// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Rows that choose elements by position or by a mask, and rows that order them.

// CHECK-LABEL: func.func @gather(
// CHECK-SAME:  %[[X:.*]]: tensor<4x5x6xf32>,
// CHECK-SAME:  %[[I:.*]]: tensor<3xi64>,
// CHECK-SAME:  %[[J:.*]]: tensor<2x1xui8>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?x5xf64>
func.func @gather(%x: tensor<4x5x6xf32>, %i: tensor<3xi64>, %j: tensor<2x1xui8>, %q: tensor<?x5xf64>) {
  // CHECK: nd.gather %[[X]], %[[I]] {axes = array<i64: 0>} : (tensor<4x5x6xf32>, tensor<3xi64>) -> tensor<3x5x6xf32>
  %0 = nd.gather %x, %i {axes = array<i64: 0>} : (tensor<4x5x6xf32>, tensor<3xi64>) -> tensor<3x5x6xf32>
  // CHECK: nd.gather %[[X]], %[[I]], %[[J]] {axes = array<i64: 0, 2>} : (tensor<4x5x6xf32>, tensor<3xi64>, tensor<2x1xui8>) -> tensor<2x3x5xf32>
  %1 = nd.gather %x, %i, %j {axes = array<i64: 0, 2>} : (tensor<4x5x6xf32>, tensor<3xi64>, tensor<2x1xui8>) -> tensor<2x3x5xf32>
  // CHECK: nd.gather %[[Q]], %[[I]] {axes = array<i64: 1>} : (tensor<?x5xf64>, tensor<3xi64>) -> tensor<3x?xf64>
  %2 = nd.gather %q, %i {axes = array<i64: 1>} : (tensor<?x5xf64>, tensor<3xi64>) -> tensor<3x?xf64>
  // CHECK: nd.gather %[[Q]], %[[I]] {axes = array<i64: 1>, place = 1 : i64} : (tensor<?x5xf64>, tensor<3xi64>) -> tensor<?x3xf64>
  %3 = nd.gather %q, %i {axes = array<i64: 1>, place = 1 : i64} : (tensor<?x5xf64>, tensor<3xi64>) -> tensor<?x3xf64>
  return
}

// CHECK-LABEL: func.func @scatter(
// CHECK-SAME:  %[[X:.*]]: tensor<4x5xf32>,
// CHECK-SAME:  %[[V:.*]]: tensor<5xi32>,
// CHECK-SAME:  %[[I:.*]]: tensor<3xi64>
func.func @scatter(%x: tensor<4x5xf32>, %v: tensor<5xi32>, %i: tensor<3xi64>) {
  // CHECK: nd.scatter %[[X]], %[[V]], %[[I]] {axes = array<i64: 0>, mode = "set"} : (tensor<4x5xf32>, tensor<5xi32>, tensor<3xi64>) -> tensor<4x5xf32>
  %0 = nd.scatter %x, %v, %i {axes = array<i64: 0>, mode = "set"} : (tensor<4x5xf32>, tensor<5xi32>, tensor<3xi64>) -> tensor<4x5xf32>
  // CHECK: mode = "maximum"
  %1 = nd.scatter %x, %v, %i {axes = array<i64: 0>, mode = "maximum"} : (tensor<4x5xf32>, tensor<5xi32>, tensor<3xi64>) -> tensor<4x5xf32>
  return
}

// CHECK-LABEL: func.func @masks(
// CHECK-SAME:  %[[M:.*]]: tensor<4x5xi1>,
// CHECK-SAME:  %[[X:.*]]: tensor<4x5x6xi16>,
// CHECK-SAME:  %[[C:.*]]: tensor<5xi64>
func.func @masks(%m: tensor<4x5xi1>, %x: tensor<4x5x6xi16>, %c: tensor<5xi64>) {
  // CHECK: nd.compress %[[M]], %[[X]] : (tensor<4x5xi1>, tensor<4x5x6xi16>) -> tensor<7x6xi16>
  %0 = nd.compress %m, %x : (tensor<4x5xi1>, tensor<4x5x6xi16>) -> tensor<7x6xi16>
  // CHECK: nd.compress %[[M]], %[[X]] : (tensor<4x5xi1>, tensor<4x5x6xi16>) -> tensor<?x6xi16>
  %1 = nd.compress %m, %x : (tensor<4x5xi1>, tensor<4x5x6xi16>) -> tensor<?x6xi16>
  // CHECK: nd.flatnonzero %[[M]] : (tensor<4x5xi1>) -> tensor<7xi64>
  %2 = nd.flatnonzero %m : (tensor<4x5xi1>) -> tensor<7xi64>
  // CHECK: nd.repeat %[[X]], %[[C]] {axis = 1 : i64} : (tensor<4x5x6xi16>, tensor<5xi64>) -> tensor<4x9x6xi16>
  %3 = nd.repeat %x, %c {axis = 1 : i64} : (tensor<4x5x6xi16>, tensor<5xi64>) -> tensor<4x9x6xi16>
  return
}

// CHECK-LABEL: func.func @order(
// CHECK-SAME:  %[[X:.*]]: tensor<4x5xi16>,
// CHECK-SAME:  %[[S:.*]]: tensor<7xf32>,
// CHECK-SAME:  %[[K:.*]]: tensor<2xi64>
func.func @order(%x: tensor<4x5xi16>, %s: tensor<7xf32>, %k: tensor<2xi64>) {
  // CHECK: nd.sort %[[X]] : (tensor<4x5xi16>) -> tensor<4x5xi16>
  %0 = nd.sort %x : (tensor<4x5xi16>) -> tensor<4x5xi16>
  // CHECK: nd.argsort %[[X]] : (tensor<4x5xi16>) -> tensor<4x5xi64>
  %1 = nd.argsort %x : (tensor<4x5xi16>) -> tensor<4x5xi64>
  // CHECK: nd.partition %[[X]], %[[K]] : (tensor<4x5xi16>, tensor<2xi64>) -> tensor<4x5xi16>
  %3 = nd.partition %x, %k : (tensor<4x5xi16>, tensor<2xi64>) -> tensor<4x5xi16>
  // CHECK: nd.argpartition %[[X]], %[[K]] : (tensor<4x5xi16>, tensor<2xi64>) -> tensor<4x5xi64>
  %4 = nd.argpartition %x, %k : (tensor<4x5xi16>, tensor<2xi64>) -> tensor<4x5xi64>
  // CHECK: nd.lexsort %[[X]] : (tensor<4x5xi16>) -> tensor<5xi64>
  %5 = nd.lexsort %x : (tensor<4x5xi16>) -> tensor<5xi64>
  // CHECK: nd.searchsorted %[[S]], %[[X]] {right = true} : (tensor<7xf32>, tensor<4x5xi16>) -> tensor<4x5xi64>
  %2 = nd.searchsorted %s, %x {right = true} : (tensor<7xf32>, tensor<4x5xi16>) -> tensor<4x5xi64>
  return
}
