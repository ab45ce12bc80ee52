// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Fourier transforms: n or the axis decides the extent, halves have n / 2 + 1 elements.

// CHECK-LABEL: func.func @transforms(
// CHECK-SAME:  %[[X:.*]]: tensor<3x8xf64>,
// CHECK-SAME:  %[[F:.*]]: tensor<3x8xf32>,
// CHECK-SAME:  %[[I:.*]]: tensor<8xi32>,
// CHECK-SAME:  %[[C:.*]]: tensor<3x5xcomplex<f32>>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?x8xf64>
func.func @transforms(%x: tensor<3x8xf64>, %f: tensor<3x8xf32>, %i: tensor<8xi32>, %c: tensor<3x5xcomplex<f32>>, %q: tensor<?x8xf64>) {
  // CHECK: nd.fft %[[X]] {axis = 1 : i64, inverse = false, n = -1 : i64, norm = 0 : i64} : (tensor<3x8xf64>) -> tensor<3x8xcomplex<f64>>
  %0 = nd.fft %x {axis = 1, n = -1, inverse = false, norm = 0} : (tensor<3x8xf64>) -> tensor<3x8xcomplex<f64>>
  // CHECK: nd.fft %[[F]] {axis = 0 : i64, inverse = true, n = 5 : i64, norm = 2 : i64} : (tensor<3x8xf32>) -> tensor<5x8xcomplex<f32>>
  %1 = nd.fft %f {axis = 0, n = 5, inverse = true, norm = 2} : (tensor<3x8xf32>) -> tensor<5x8xcomplex<f32>>
  // CHECK: nd.rfft %[[I]] {axis = 0 : i64, n = -1 : i64, norm = 1 : i64} : (tensor<8xi32>) -> tensor<5xcomplex<f64>>
  %2 = nd.rfft %i {axis = 0, n = -1, norm = 1} : (tensor<8xi32>) -> tensor<5xcomplex<f64>>
  // CHECK: nd.rfft %[[F]] {axis = 1 : i64, n = 7 : i64, norm = 0 : i64} : (tensor<3x8xf32>) -> tensor<3x4xcomplex<f32>>
  %3 = nd.rfft %f {axis = 1, n = 7, norm = 0} : (tensor<3x8xf32>) -> tensor<3x4xcomplex<f32>>
  // CHECK: nd.irfft %[[C]] {axis = 1 : i64, n = -1 : i64, norm = 1 : i64} : (tensor<3x5xcomplex<f32>>) -> tensor<3x8xf32>
  %4 = nd.irfft %c {axis = 1, n = -1, norm = 1} : (tensor<3x5xcomplex<f32>>) -> tensor<3x8xf32>
  // CHECK: nd.irfft %[[C]] {axis = 1 : i64, n = 9 : i64, norm = 1 : i64} : (tensor<3x5xcomplex<f32>>) -> tensor<3x9xf32>
  %5 = nd.irfft %c {axis = 1, n = 9, norm = 1} : (tensor<3x5xcomplex<f32>>) -> tensor<3x9xf32>
  // CHECK: nd.fft %[[Q]] {axis = 0 : i64, inverse = false, n = -1 : i64, norm = 0 : i64} : (tensor<?x8xf64>) -> tensor<?x8xcomplex<f64>>
  %6 = nd.fft %q {axis = 0, n = -1, inverse = false, norm = 0} : (tensor<?x8xf64>) -> tensor<?x8xcomplex<f64>>
  // CHECK: nd.rfft %[[Q]] {axis = 0 : i64, n = -3 : i64, norm = 0 : i64} : (tensor<?x8xf64>) -> tensor<4x8xcomplex<f64>>
  %7 = nd.rfft %q {axis = 0, n = -3, norm = 0} : (tensor<?x8xf64>) -> tensor<4x8xcomplex<f64>>
  // CHECK: nd.irfft %[[C]] {axis = 1 : i64, n = -2 : i64, norm = 1 : i64} : (tensor<3x5xcomplex<f32>>) -> tensor<3x7xf32>
  %8 = nd.irfft %c {axis = 1, n = -2, norm = 1} : (tensor<3x5xcomplex<f32>>) -> tensor<3x7xf32>
  return
}
