// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// Views: read in place by kernels, as strides by library ops, copied where they are results.

// CHECK-LABEL: llvm.func @reversed(
// CHECK-NOT:   ndrt_copy
// CHECK:       llvm.return
func.func @reversed(%x: tensor<100xf64>) -> tensor<100xf64> {
  %0 = nd.slice %x {offsets = array<i64: 99>, sizes = array<i64: 100>, strides = array<i64: -1>} : (tensor<100xf64>) -> tensor<100xf64>
  %1 = nd.subtract %x, %0 : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  return %1 : tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @strided(
// CHECK:       llvm.return
func.func @strided(%x: tensor<60x80xi16>) -> tensor<13x10xi16> {
  %0 = nd.slice %x {offsets = array<i64: 59, 1>, sizes = array<i64: 20, 26>, strides = array<i64: -3, 3>} : (tensor<60x80xi16>) -> tensor<20x26xi16>
  %1 = nd.slice %0 {offsets = array<i64: 1, 25>, sizes = array<i64: 10, 13>, strides = array<i64: 2, -2>} : (tensor<20x26xi16>) -> tensor<10x13xi16>
  %2 = nd.transpose %1 {permutation = array<i64: 1, 0>} : (tensor<10x13xi16>) -> tensor<13x10xi16>
  return %2 : tensor<13x10xi16>
}

// -----

// CHECK-LABEL: llvm.func @library(
// CHECK-NOT:   ndrt_copy
// CHECK:       llvm.call @ndrt_matmul
// CHECK:       llvm.return
func.func @library(%x: tensor<60x80xf64>) -> tensor<60x60xf64> {
  %0 = nd.transpose %x {permutation = array<i64: 1, 0>} : (tensor<60x80xf64>) -> tensor<80x60xf64>
  %1 = nd.matmul %x, %0 : (tensor<60x80xf64>, tensor<80x60xf64>) -> tensor<60x60xf64>
  return %1 : tensor<60x60xf64>
}

// -----

// CHECK-LABEL: llvm.func @reshaped(
// CHECK:       llvm.return
func.func @reshaped(%x: tensor<6x4xf32>) -> tensor<3x8xf32> {
  %0 = nd.transpose %x {permutation = array<i64: 1, 0>} : (tensor<6x4xf32>) -> tensor<4x6xf32>
  %1 = nd.reshape %0 : (tensor<4x6xf32>) -> tensor<3x8xf32>
  %2 = nd.exp %1 : (tensor<3x8xf32>) -> tensor<3x8xf32>
  return %2 : tensor<3x8xf32>
}

// -----

// CHECK-LABEL: llvm.func @broadcast(
// CHECK:       llvm.return
func.func @broadcast(%x: tensor<1x5xui8>) -> tensor<3x4x5xui8> {
  %0 = nd.broadcast_to %x : (tensor<1x5xui8>) -> tensor<3x4x5xui8>
  return %0 : tensor<3x4x5xui8>
}

// -----

// CHECK-LABEL: llvm.func @argument(
// CHECK:       llvm.return
func.func @argument(%x: tensor<5xf64>) -> (tensor<5xf64>, tensor<5xf64>) {
  return %x, %x : tensor<5xf64>, tensor<5xf64>
}

// -----

// CHECK-LABEL: llvm.func @empty(
// CHECK:       llvm.return
func.func @empty(%x: tensor<5xf64>) -> tensor<0xf64> {
  %0 = nd.slice %x {offsets = array<i64: 5>, sizes = array<i64: 0>, strides = array<i64: 1>} : (tensor<5xf64>) -> tensor<0xf64>
  %1 = nd.exp %0 : (tensor<0xf64>) -> tensor<0xf64>
  return %1 : tensor<0xf64>
}
