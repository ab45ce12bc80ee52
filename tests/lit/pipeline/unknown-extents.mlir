// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// A program whose arguments have sizes may leave the rest open: inference decides, and every size it finds is numbered.

// CHECK-LABEL: llvm.func @decided(
// CHECK:       llvm.return
func.func @decided(%x: tensor<5x3xf64>) -> tensor<?x3xf64> {
  %0 = nd.exp %x : (tensor<5x3xf64>) -> tensor<?x?xf64>
  %1 = nd.concatenate %0, %0 {axis = 0 : i64} : (tensor<?x?xf64>, tensor<?x?xf64>) -> tensor<?x3xf64>
  %2 = nd.exp %1 : (tensor<?x3xf64>) -> tensor<?x3xf64>
  return %2 : tensor<?x3xf64>
}
