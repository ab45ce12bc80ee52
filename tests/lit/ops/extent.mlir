// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s --implicit-check-not=439804
//
// A number becomes an extent. It has a name, n0, n1, ..., in types and in attributes.

// CHECK-LABEL: func.func @types(
// CHECK-SAME:  %[[M:.*]]: tensor<6xi1>,
// CHECK-SAME:  %[[X:.*]]: tensor<6x2xf32>,
// CHECK-SAME:  %[[C:.*]]: tensor<i64>) -> (tensor<n0x2xf32>, tensor<n1x2xf32>, tensor<n0xi64>)
func.func @types(%m: tensor<6xi1>, %x: tensor<6x2xf32>, %c: tensor<i64>) -> (tensor<n0x2xf32>, tensor<n1x2xf32>, tensor<n0xi64>) {
  // CHECK: %[[N:.*]] = nd.sum %[[M]]
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<6xi1>) -> tensor<i64>
  // CHECK: nd.extent %[[N]] {extent = n0 : i64} : tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  // CHECK: nd.extent %[[C]] {extent = n1 : i64, nonempty} : tensor<i64>
  nd.extent %c {extent = n1 : i64, nonempty} : tensor<i64>
  // CHECK: nd.compress %[[M]], %[[X]] : (tensor<6xi1>, tensor<6x2xf32>) -> tensor<n0x2xf32>
  %0 = nd.compress %m, %x : (tensor<6xi1>, tensor<6x2xf32>) -> tensor<n0x2xf32>
  // CHECK: nd.slice {{.*}} {offsets = array<i64: 0, 0>, sizes = array<i64: n1, 2>, strides = array<i64: 1, 1>} : (tensor<n0x2xf32>) -> tensor<n1x2xf32>
  %1 = nd.slice %0 {offsets = array<i64: 0, 0>, sizes = array<i64: n1, 2>, strides = array<i64: 1, 1>} : (tensor<n0x2xf32>) -> tensor<n1x2xf32>
  // CHECK: nd.flatnonzero {{.*}} -> tensor<n0xi64>
  %2 = nd.flatnonzero %m : (tensor<6xi1>) -> tensor<n0xi64>
  return %0, %1, %2 : tensor<n0x2xf32>, tensor<n1x2xf32>, tensor<n0xi64>
}

// CHECK-LABEL: func.func @attributes(
// CHECK-SAME:  attributes {nd.sizes = array<i64: 6, n0, n12>}
func.func @attributes(%c: tensor<i64>) attributes {nd.sizes = array<i64: 6, n0, n12>} {
  // CHECK: nd.extent %{{.*}} {extent = n12 : i64}
  nd.extent %c {extent = n12 : i64} : tensor<i64>
  // CHECK: nd.count [n12, 3] -> tensor<i64>
  %0 = nd.count [n12, 3] -> tensor<i64>
  // CHECK: nd.iota {axis = 1 : i64} -> tensor<3xn12xi64>
  %1 = nd.iota {axis = 1 : i64} -> tensor<3xn12xi64>
  // CHECK: nd.full 0.000000e+00 : f64 -> tensor<n12xn12xf64>
  %2 = nd.full 0.0 : f64 -> tensor<n12xn12xf64>
  // CHECK: nd.add {{.*}} : (tensor<3xn12xi64>, tensor<1xi64>) -> tensor<3xn12xi64>
  %one = nd.full 1 : i64 -> tensor<1xi64>
  %3 = nd.add %1, %one : (tensor<3xn12xi64>, tensor<1xi64>) -> tensor<3xn12xi64>
  return
}

// Names of other things that look alike stay as they are.
// CHECK-LABEL: func.func @n0(
// CHECK: call @n0
// CHECK: nd.full 4398046511104 : i64
// CHECK-NEXT: return
func.func @n0(%n0: tensor<i64>) {
  call @n0(%n0) : (tensor<i64>) -> ()
  %0 = nd.full 4398046511104 : i64 -> tensor<i64>
  return
}
