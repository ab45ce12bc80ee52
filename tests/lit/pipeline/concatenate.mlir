// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// Parts are copied side by side: arrays, views, results of kernels, of another dtype.

// CHECK-LABEL: llvm.func @arrays(
// CHECK-COUNT-2: llvm.call @ndrt_copy
// CHECK:       llvm.return
func.func @arrays(%x: tensor<3x4xf64>, %y: tensor<5x4xf64>) -> tensor<8x4xf64> {
  %0 = nd.concatenate %x, %y {axis = 0 : i64} : (tensor<3x4xf64>, tensor<5x4xf64>) -> tensor<8x4xf64>
  return %0 : tensor<8x4xf64>
}

// -----

// CHECK-LABEL: llvm.func @parts(
// CHECK-COUNT-3: llvm.call @ndrt_copy
// CHECK:       llvm.return
func.func @parts(%x: tensor<3x4xf64>, %y: tensor<3x2xi32>) -> tensor<3x10xf64> {
  %0 = nd.exp %x : (tensor<3x4xf64>) -> tensor<3x4xf64>
  %1 = nd.slice %y {offsets = array<i64: 2, 1>, sizes = array<i64: 3, 2>, strides = array<i64: -1, -1>} : (tensor<3x2xi32>) -> tensor<3x2xi32>
  %2 = nd.concatenate %0, %1, %x {axis = 1 : i64} : (tensor<3x4xf64>, tensor<3x2xi32>, tensor<3x4xf64>) -> tensor<3x10xf64>
  %3 = nd.sqrt %2 : (tensor<3x10xf64>) -> tensor<3x10xf64>
  return %3 : tensor<3x10xf64>
}
