// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Complex numbers are dtypes like others; parts and spreads are real.

// CHECK-LABEL: @parts
func.func @parts(%z: tensor<3xcomplex<f32>>, %x: tensor<3xf32>, %y: tensor<3xf64>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xcomplex<f32>>, tensor<3xcomplex<f64>>) {
  // CHECK: nd.real %{{.*}} : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  %0 = nd.real %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  // CHECK: nd.imag
  %1 = nd.imag %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  // CHECK: nd.absolute
  %2 = nd.absolute %z : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
  // CHECK: nd.conjugate
  %3 = nd.conjugate %z : (tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>>
  // CHECK: nd.complex %{{.*}}, %{{.*}} : (tensor<3xf32>, tensor<3xf64>) -> tensor<3xcomplex<f64>>
  %4 = nd.complex %x, %y : (tensor<3xf32>, tensor<3xf64>) -> tensor<3xcomplex<f64>>
  return %0, %1, %2, %3, %4 : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xcomplex<f32>>, tensor<3xcomplex<f64>>
}

// CHECK-LABEL: @promotion
func.func @promotion(%z: tensor<3xcomplex<f32>>, %i: tensor<3xi32>, %h: tensor<3xf16>, %g: tensor<3xbf16>) -> (tensor<3xcomplex<f64>>, tensor<3xcomplex<f32>>, tensor<3xf32>, tensor<3xi1>, tensor<3xbf16>) {
  // CHECK: nd.add %{{.*}} : (tensor<3xcomplex<f32>>, tensor<3xi32>) -> tensor<3xcomplex<f64>>
  %0 = nd.add %z, %i : (tensor<3xcomplex<f32>>, tensor<3xi32>) -> tensor<3xcomplex<f64>>
  // CHECK: nd.multiply %{{.*}} : (tensor<3xcomplex<f32>>, tensor<3xf16>) -> tensor<3xcomplex<f32>>
  %1 = nd.multiply %z, %h : (tensor<3xcomplex<f32>>, tensor<3xf16>) -> tensor<3xcomplex<f32>>
  // CHECK: nd.add %{{.*}} : (tensor<3xf16>, tensor<3xbf16>) -> tensor<3xf32>
  %2 = nd.add %h, %g : (tensor<3xf16>, tensor<3xbf16>) -> tensor<3xf32>
  // CHECK: nd.less %{{.*}} -> tensor<3xi1>
  %3 = nd.less %z, %h : (tensor<3xcomplex<f32>>, tensor<3xf16>) -> tensor<3xi1>
  // CHECK: nd.add %{{.*}} : (tensor<3xbf16>, tensor<3xi32>) -> tensor<3xbf16>
  %4 = nd.add %g, %i : (tensor<3xbf16>, tensor<3xi32>) -> tensor<3xbf16>
  return %0, %1, %2, %3, %4 : tensor<3xcomplex<f64>>, tensor<3xcomplex<f32>>, tensor<3xf32>, tensor<3xi1>, tensor<3xbf16>
}

// CHECK-LABEL: @reductions
func.func @reductions(%z: tensor<3xcomplex<f64>>, %h: tensor<3xf16>) -> (tensor<complex<f64>>, tensor<f64>, tensor<f16>) {
  // CHECK: nd.mean %{{.*}} -> tensor<complex<f64>>
  %0 = nd.mean %z {axes = array<i64: 0>} : (tensor<3xcomplex<f64>>) -> tensor<complex<f64>>
  // CHECK: nd.var %{{.*}} -> tensor<f64>
  %1 = nd.var %z {axes = array<i64: 0>} : (tensor<3xcomplex<f64>>) -> tensor<f64>
  // CHECK: nd.sum %{{.*}} -> tensor<f16>
  %2 = nd.sum %h {axes = array<i64: 0>} : (tensor<3xf16>) -> tensor<f16>
  return %0, %1, %2 : tensor<complex<f64>>, tensor<f64>, tensor<f16>
}

// CHECK-LABEL: @numbers
func.func @numbers() -> (tensor<2xcomplex<f32>>, tensor<2xf16>) {
  // CHECK: nd.full dense<(1.500000e+00,-2.000000e+00)> : tensor<complex<f32>> -> tensor<2xcomplex<f32>>
  %0 = nd.full dense<(1.5,-2.0)> : tensor<complex<f32>> -> tensor<2xcomplex<f32>>
  // CHECK: nd.full 2.500000e-01 : f16 -> tensor<2xf16>
  %1 = nd.full 0.25 : f16 -> tensor<2xf16>
  return %0, %1 : tensor<2xcomplex<f32>>, tensor<2xf16>
}
