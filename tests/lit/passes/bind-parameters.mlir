// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-bind-parameters | FileCheck %s
// RUN: nd-opt %s --nd-bind-parameters --nd-bind-parameters | FileCheck %s

// Extents other than 1 are numbered as they first appear; scalars follow, one slot each even where they are equal.
// 0, 1, -1, 2 and 0.5 stay in the code, where algebra can use them. Library ops get their place in the program.
// CHECK-LABEL: func.func @sizes_and_scalars
// CHECK-SAME: attributes {nd.sizes = array<i64: 4096, 1024, 7>}
func.func @sizes_and_scalars(%x: tensor<4096x1024xf32>, %w: tensor<1024x1xf32>) -> tensor<4096x7xf32> {
  // CHECK: nd.full 2.500000e+00 : f32 {param = 3 : i64} -> tensor<f32>
  %0 = nd.full 2.5 : f32 -> tensor<f32>
  // CHECK: nd.full 2.000000e+00 : f32 -> tensor<f32>
  %1 = nd.full 2.0 : f32 -> tensor<f32>
  // CHECK: nd.full 2.500000e+00 : f32 {param = 4 : i64} -> tensor<7xf32>
  %2 = nd.full 2.5 : f32 -> tensor<7xf32>
  %3 = nd.multiply %x, %0 : (tensor<4096x1024xf32>, tensor<f32>) -> tensor<4096x1024xf32>
  // CHECK: nd.matmul %{{.*}}, %{{.*}} {nd.site = 5 : i64}
  %4 = nd.matmul %3, %w : (tensor<4096x1024xf32>, tensor<1024x1xf32>) -> tensor<4096x1xf32>
  // CHECK-NOT: nd.site
  %5 = nd.add %4, %2 : (tensor<4096x1xf32>, tensor<7xf32>) -> tensor<4096x7xf32>
  %6 = nd.power %5, %1 : (tensor<4096x7xf32>, tensor<f32>) -> tensor<4096x7xf32>
  return %6 : tensor<4096x7xf32>
}

// Slice offsets other than 0 are numbers of the program like extents, and share their slots; steps are code.
// CHECK-LABEL: func.func @offsets
// CHECK-SAME: attributes {nd.sizes = array<i64: 100, 99, 10>}
func.func @offsets(%x: tensor<100xi64>) -> tensor<10xi64> {
  %0 = nd.slice %x {offsets = array<i64: 99>, sizes = array<i64: 10>, strides = array<i64: -3>} : (tensor<100xi64>) -> tensor<10xi64>
  %1 = nd.slice %x {offsets = array<i64: 10>, sizes = array<i64: 10>, strides = array<i64: 1>} : (tensor<100xi64>) -> tensor<10xi64>
  // CHECK: nd.full -3 : i64 {param = 3 : i64}
  %2 = nd.full -3 : i64 -> tensor<i64>
  // CHECK: nd.full -1 : i64 -> tensor<i64>
  %3 = nd.full -1 : i64 -> tensor<i64>
  %4 = nd.add %0, %2 : (tensor<10xi64>, tensor<i64>) -> tensor<10xi64>
  %5 = nd.multiply %1, %3 : (tensor<10xi64>, tensor<i64>) -> tensor<10xi64>
  %6 = nd.add %4, %5 : (tensor<10xi64>, tensor<10xi64>) -> tensor<10xi64>
  return %6 : tensor<10xi64>
}

// -0 is not 0; bool scalars are code; 0-d programs have no sizes.
// CHECK-LABEL: func.func @constants
// CHECK-SAME: attributes {nd.sizes = array<i64>}
func.func @constants(%x: tensor<f64>, %b: tensor<1xi1>) -> (tensor<f64>, tensor<1xi1>) {
  // CHECK: nd.full -0.000000e+00 : f64 {param = 0 : i64} -> tensor<f64>
  %0 = nd.full -0.0 : f64 -> tensor<f64>
  // CHECK: nd.full 0.000000e+00 : f64 -> tensor<f64>
  %1 = nd.full 0.0 : f64 -> tensor<f64>
  // CHECK: nd.full true -> tensor<i1>
  %2 = nd.full true -> tensor<i1>
  %3 = nd.add %x, %0 : (tensor<f64>, tensor<f64>) -> tensor<f64>
  %4 = nd.add %3, %1 : (tensor<f64>, tensor<f64>) -> tensor<f64>
  %5 = nd.logical_and %b, %2 : (tensor<1xi1>, tensor<i1>) -> tensor<1xi1>
  return %4, %5 : tensor<f64>, tensor<1xi1>
}

// An extent of 0 is a number like others: the same code runs for it.
// CHECK-LABEL: func.func @empty
// CHECK-SAME: attributes {nd.sizes = array<i64: 0, 3>}
func.func @empty(%x: tensor<0x3xf64>) -> tensor<3xf64> {
  %0 = nd.sum %x {axes = array<i64: 0>} : (tensor<0x3xf64>) -> tensor<3xf64>
  return %0 : tensor<3xf64>
}
