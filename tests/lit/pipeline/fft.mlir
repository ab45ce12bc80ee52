// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm | nd-opt | FileCheck %s
//
// A filter: what stands before, between and behind the transforms is loops, one each.

// CHECK-LABEL: llvm.func @filter(
// CHECK:       llvm.call @ndrt_rfft({{.*}}) : (!llvm.ptr, !llvm.ptr, i64, i64, i64) -> i32
// CHECK:       llvm.call @ndrt_irfft({{.*}}) : (!llvm.ptr, !llvm.ptr, i64, i64) -> i32
// CHECK:       llvm.return
func.func @filter(%x: tensor<4x64xf32>, %w: tensor<33xf32>) -> tensor<4x64xf32> {
  %mean = nd.mean %x {axes = array<i64: 1>, keepdims = true} : (tensor<4x64xf32>) -> tensor<4x1xf32>
  %d = nd.subtract %x, %mean : (tensor<4x64xf32>, tensor<4x1xf32>) -> tensor<4x64xf32>
  %s = nd.rfft %d {axis = 1, n = -1, norm = 0} : (tensor<4x64xf32>) -> tensor<4x33xcomplex<f32>>
  %f = nd.multiply %s, %w : (tensor<4x33xcomplex<f32>>, tensor<33xf32>) -> tensor<4x33xcomplex<f32>>
  %y = nd.irfft %f {axis = 1, n = -1, norm = 1} : (tensor<4x33xcomplex<f32>>) -> tensor<4x64xf32>
  return %y : tensor<4x64xf32>
}
