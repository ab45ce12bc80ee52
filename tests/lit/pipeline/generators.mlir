// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// full and iota as results, as parts and as operands of library ops.

// CHECK-LABEL: llvm.func @full(
// CHECK:       llvm.return
func.func @full() -> tensor<3x4xf64> {
  %0 = nd.full 7.0 : f64 -> tensor<3x4xf64>
  return %0 : tensor<3x4xf64>
}

// -----

// CHECK-LABEL: llvm.func @scalar(
// CHECK:       llvm.return
func.func @scalar() -> tensor<ui8> {
  %0 = nd.full 7 : ui8 -> tensor<ui8>
  return %0 : tensor<ui8>
}

// -----

// CHECK-LABEL: llvm.func @iota(
// CHECK:       llvm.return
func.func @iota() -> tensor<12xi32> {
  %0 = nd.iota {axis = 1 : i64} -> tensor<3x4xi32>
  %1 = nd.transpose %0 {permutation = array<i64: 1, 0>} : (tensor<3x4xi32>) -> tensor<4x3xi32>
  %2 = nd.reshape %1 : (tensor<4x3xi32>) -> tensor<12xi32>
  return %2 : tensor<12xi32>
}

// -----

// CHECK-LABEL: llvm.func @operands(
// CHECK:       llvm.return
func.func @operands(%x: tensor<4x4xf64>) -> tensor<5x4xf64> {
  %0 = nd.iota {axis = 0 : i64} -> tensor<4x4xf64>
  %1 = nd.matmul %x, %0 : (tensor<4x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  %2 = nd.full 0.0 : f64 -> tensor<1x4xf64>
  %3 = nd.concatenate %1, %2 {axis = 0 : i64} : (tensor<4x4xf64>, tensor<1x4xf64>) -> tensor<5x4xf64>
  return %3 : tensor<5x4xf64>
}

// -----

// The same array at both ends of a computation.
// CHECK-LABEL: llvm.func @linspace(
// CHECK:       llvm.return
func.func @linspace() -> (tensor<50xf64>, tensor<f64>) {
  %0 = nd.iota {axis = 0 : i64} -> tensor<50xf64>
  %1 = nd.full 0.125 : f64 -> tensor<f64>
  %2 = nd.multiply %0, %1 : (tensor<50xf64>, tensor<f64>) -> tensor<50xf64>
  %3 = nd.sum %2 {axes = array<i64: 0>} : (tensor<50xf64>) -> tensor<f64>
  return %2, %3 : tensor<50xf64>, tensor<f64>
}
