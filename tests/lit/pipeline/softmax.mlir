// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm | nd-opt | FileCheck %s
//
// Softmax over rows: one kernel, no temporary.

// CHECK-NOT:   ndrt_alloc
// CHECK-LABEL: llvm.func @main(
// CHECK:         llvm.mlir.addressof @main_kernel0
// CHECK-NOT:   main_kernel1
func.func @main(%x: tensor<4096x1024xf32>) -> tensor<4096x1024xf32> {
  %m = nd.max %x {axes = array<i64: 1>, keepdims = true} : (tensor<4096x1024xf32>) -> tensor<4096x1xf32>
  %s = nd.subtract %x, %m : (tensor<4096x1024xf32>, tensor<4096x1xf32>) -> tensor<4096x1024xf32>
  %e = nd.exp %s : (tensor<4096x1024xf32>) -> tensor<4096x1024xf32>
  %d = nd.sum %e {axes = array<i64: 1>, keepdims = true} : (tensor<4096x1024xf32>) -> tensor<4096x1xf32>
  %q = nd.divide %e, %d : (tensor<4096x1024xf32>, tensor<4096x1xf32>) -> tensor<4096x1024xf32>
  return %q : tensor<4096x1024xf32>
}
