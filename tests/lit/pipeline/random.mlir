// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-place-draws --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --split-input-file | FileCheck %s
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

// Drawn in place: a run of numbers that the runtime makes where the last one ends.
// CHECK-LABEL: llvm.func internal @in_place_kernel0
// CHECK:       %[[KEPT:.*]] = llvm.alloca %{{.*}} x i8 {alignment = 64 : i64}
// CHECK:       scf.for
// CHECK:         %[[FIRST:.*]] = llvm.load %[[KEPT]]
// CHECK:         %[[AT:.*]] = scf.if
// CHECK:           llvm.call @ndrt_random_run(%{{.*}}, %{{.*}}, %{{.*}}, %c3_i32{{[_0-9]*}}, %c0_i32{{[_0-9]*}}, %[[KEPT]])
// CHECK:         llvm.load %{{.*}} -> vector<16xf64>
func.func @in_place(%s: tensor<13xui64>, %x: tensor<4x5xf64>) -> tensor<4x5xf64> {
  %u, %next = nd.random %s {distribution = "uniform01", generator = "philox"} : (tensor<13xui64>) -> (tensor<4x5xf64>, tensor<13xui64>)
  %y = nd.add %x, %u : (tensor<4x5xf64>, tensor<4x5xf64>) -> tensor<4x5xf64>
  return %y : tensor<4x5xf64>
}
