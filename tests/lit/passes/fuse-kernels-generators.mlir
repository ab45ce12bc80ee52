// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-fuse-kernels --split-input-file | FileCheck %s
//
// A generator that must stand in memory gets a kernel that writes it.

// CHECK-LABEL: func.func @returned
// CHECK:       %[[R:.*]] = nd.kernel () -> (tensor<2x3xf64>) domain [2, 3] reduced []
// CHECK:         %[[F:.*]] = nd.full 7.000000e+00
// CHECK:         nd.copy %[[F]]
// CHECK:       return %[[R]]
func.func @returned() -> tensor<2x3xf64> {
  %f = nd.full 7.0 : f64 -> tensor<2x3xf64>
  return %f : tensor<2x3xf64>
}

// -----

// CHECK-LABEL: func.func @returned_through_views
// CHECK:       %[[K:.*]] = nd.kernel () -> (tensor<3x2xi64>)
// CHECK:       %[[R:.*]] = nd.reshape %[[K]]
// CHECK:       return %[[R]]
func.func @returned_through_views() -> tensor<6xi64> {
  %i = nd.iota {axis = 0 : i64} -> tensor<2x3xi64>
  %t = nd.transpose %i {permutation = array<i64: 1, 0>} : (tensor<2x3xi64>) -> tensor<3x2xi64>
  %r = nd.reshape %t : (tensor<3x2xi64>) -> tensor<6xi64>
  return %r : tensor<6xi64>
}

// -----

// CHECK-LABEL: func.func @library_operand(
// CHECK:       %[[I:.*]] = nd.kernel () -> (tensor<4x4xf64>)
// CHECK:       nd.matmul %{{.*}}, %[[I]]
func.func @library_operand(%x: tensor<4x4xf64>) -> tensor<4x4xf64> {
  %i = nd.iota {axis = 0 : i64} -> tensor<4x4xf64>
  %p = nd.matmul %x, %i : (tensor<4x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  return %p : tensor<4x4xf64>
}

// -----

// CHECK-LABEL: func.func @part(
// CHECK:       %[[F:.*]] = nd.kernel () -> (tensor<2xf64>)
// CHECK:       nd.concatenate %{{.*}}, %[[F]]
func.func @part(%x: tensor<4xf64>) -> tensor<6xf64> {
  %f = nd.full 0.0 : f64 -> tensor<2xf64>
  %c = nd.concatenate %x, %f {axis = 0 : i64} : (tensor<4xf64>, tensor<2xf64>) -> tensor<6xf64>
  return %c : tensor<6xf64>
}
