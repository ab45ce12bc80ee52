// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --split-input-file | FileCheck %s
//
// Calls of the runtime: operands, results, then scalars. Views are read where they lie.

// CHECK-LABEL: llvm.func @running(
// CHECK-NOT:   llvm.call @ndrt_parallel_for
// CHECK:       llvm.call @ndrt_accumulate(%{{.*}}, %{{.*}}, %c1_i64{{[_0-9]*}}, %c6_i32{{[_0-9]*}}) : (!llvm.ptr, !llvm.ptr, i64, i32) -> i32
func.func @running(%x: tensor<5x4xf32>) -> tensor<4x5xf32> {
  %t = nd.transpose %x {permutation = array<i64: 1, 0>} : (tensor<5x4xf32>) -> tensor<4x5xf32>
  %0 = nd.accumulate %t {axis = 1 : i64, mode = "maximum"} : (tensor<4x5xf32>) -> tensor<4x5xf32>
  return %0 : tensor<4x5xf32>
}

// -----

// CHECK-LABEL: llvm.func @counts(
// The numbers are cast; the weights are one scalar, repeated by a stride of 0.
// CHECK:       llvm.call @ndrt_order_statistics(%{{.*}}, %{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32
// CHECK:       llvm.call @ndrt_bincount(%{{.*}}, %{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32
func.func @counts(%x: tensor<7xi64>, %one: tensor<i64>, %y: tensor<4x9xf64>, %r: tensor<2xi64>) -> (tensor<4x2xf64>, tensor<3xi64>) {
  %w = nd.broadcast_to %one : (tensor<i64>) -> tensor<7xi64>
  %0 = nd.order_statistics %y, %r : (tensor<4x9xf64>, tensor<2xi64>) -> tensor<4x2xf64>
  %1 = nd.bincount %x, %w : (tensor<7xi64>, tensor<7xi64>) -> tensor<3xi64>
  return %0, %1 : tensor<4x2xf64>, tensor<3xi64>
}

// -----

// CHECK-LABEL: llvm.func @others(
// CHECK:       llvm.call @ndrt_correlate(%{{.*}}, %{{.*}}, %{{.*}}, %c2_i64{{[_0-9]*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i64) -> i32
// CHECK:       llvm.call @ndrt_eigvals(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> i32
func.func @others(%a: tensor<7xf64>, %v: tensor<3xf64>, %m: tensor<4x4xf64>) -> (tensor<9xf64>, tensor<4xcomplex<f64>>) {
  %0 = nd.correlate %a, %v {mode = 2 : i64} : (tensor<7xf64>, tensor<3xf64>) -> tensor<9xf64>
  %1 = nd.eigvals %m : (tensor<4x4xf64>) -> tensor<4xcomplex<f64>>
  return %0, %1 : tensor<9xf64>, tensor<4xcomplex<f64>>
}
