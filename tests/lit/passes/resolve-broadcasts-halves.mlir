// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-resolve-broadcasts | FileCheck %s
//
// Sums and products of float16 run in float32 and round once behind.

// CHECK-LABEL: @sum
// CHECK: %[[WIDE:.*]] = nd.cast %{{.*}} : (tensor<4xf16>) -> tensor<4xf32>
// CHECK: %[[SUM:.*]] = nd.sum %[[WIDE]] {{.*}} -> tensor<f32>
// CHECK: %[[HALF:.*]] = nd.cast %[[SUM]] : (tensor<f32>) -> tensor<f16>
// CHECK: return %[[HALF]]
func.func @sum(%x: tensor<4xf16>) -> tensor<f16> {
  %0 = nd.sum %x {axes = array<i64: 0>} : (tensor<4xf16>) -> tensor<f16>
  return %0 : tensor<f16>
}

// CHECK-LABEL: @matmul
// CHECK: %[[PRODUCT:.*]] = nd.matmul {{.*}} : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
// CHECK: nd.cast %[[PRODUCT]] : (tensor<4x4xf32>) -> tensor<4x4xbf16>
func.func @matmul(%x: tensor<4x4xbf16>) -> tensor<4x4xbf16> {
  %0 = nd.matmul %x, %x : (tensor<4x4xbf16>, tensor<4x4xbf16>) -> tensor<4x4xbf16>
  return %0 : tensor<4x4xbf16>
}

// The largest element is one of them: nothing to widen.
// CHECK-LABEL: @max
// CHECK-NOT: nd.cast
// CHECK: nd.max %{{.*}} : (tensor<4xf16>) -> tensor<f16>
func.func @max(%x: tensor<4xf16>) -> tensor<f16> {
  %0 = nd.max %x {axes = array<i64: 0>} : (tensor<4xf16>) -> tensor<f16>
  return %0 : tensor<f16>
}

// Of complex numbers the squares of both parts add up.
// CHECK-LABEL: @var
// CHECK: %[[DEVIATION:.*]] = nd.subtract
// CHECK-DAG: nd.real %[[DEVIATION]]
// CHECK-DAG: nd.imag %[[DEVIATION]]
// CHECK: nd.sum %{{.*}} : (tensor<4xf64>) -> tensor<f64>
func.func @var(%x: tensor<4xcomplex<f64>>) -> tensor<f64> {
  %0 = nd.var %x {axes = array<i64: 0>} : (tensor<4xcomplex<f64>>) -> tensor<f64>
  return %0 : tensor<f64>
}
