// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --split-input-file | FileCheck %s
//
// The state, the parameters as a list, the numbers, the next state, the distribution. Two draws from one
// state are not one draw.

// CHECK-LABEL: llvm.func @noisy(
// CHECK:       llvm.call @ndrt_random(%{{.*}}, %{{.*}}, %c2_i32{{[_0-9]*}}, %{{.*}}, %{{.*}}, %c6_i32{{[_0-9]*}}) : (!llvm.ptr, !llvm.ptr, i32, !llvm.ptr, !llvm.ptr, i32) -> i32
// CHECK:       llvm.call @ndrt_random(%{{.*}}, %{{.*}}, %c0_i32{{[_0-9]*}}, %{{.*}}, %{{.*}}, %c1_i32{{[_0-9]*}}) : (!llvm.ptr, !llvm.ptr, i32, !llvm.ptr, !llvm.ptr, i32) -> i32
func.func @noisy(%s: tensor<6xui64>, %x: tensor<4xf64>, %scale: tensor<f64>) -> (tensor<4xf64>, tensor<6xui64>) {
  %0, %next = nd.random %s, %x, %scale {distribution = "normal"} : (tensor<6xui64>, tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, tensor<6xui64>)
  %1, %last = nd.random %next {distribution = "standard_normal"} : (tensor<6xui64>) -> (tensor<4xf64>, tensor<6xui64>)
  %2 = nd.add %0, %1 : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %2, %last : tensor<4xf64>, tensor<6xui64>
}
