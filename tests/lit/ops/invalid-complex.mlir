// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics

func.func @order(%z: tensor<3xcomplex<f32>>) {
  // expected-error @+2 {{floor: dtype complex64 is not supported: it takes real numbers; take nd::real(x), nd::imag(x) or nd::absolute(x) first}}
  // expected-error @+1 {{'nd.floor' op failed to infer returned types}}
  %0 = nd.floor %z : (tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>>
  return
}

// -----

func.func @two(%z: tensor<3xcomplex<f32>>, %x: tensor<3xf32>) {
  // expected-error @+2 {{remainder: dtype complex64 and float32 are not supported: it takes real numbers}}
  // expected-error @+1 {{'nd.remainder' op failed to infer returned types}}
  %0 = nd.remainder %z, %x : (tensor<3xcomplex<f32>>, tensor<3xf32>) -> tensor<3xcomplex<f32>>
  return
}

// -----

func.func @angle(%z: tensor<3xcomplex<f32>>) {
  // expected-error @+2 {{arctan2: dtype complex64 and complex64 are not supported: it takes real numbers}}
  // expected-error @+1 {{'nd.arctan2' op failed to infer returned types}}
  %0 = nd.arctan2 %z, %z : (tensor<3xcomplex<f32>>, tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>>
  return
}

// -----

func.func @bits(%z: tensor<3xcomplex<f64>>) {
  // expected-error @+2 {{bitwise_and: dtype complex128 and complex128 are not supported: it takes bool and integers}}
  // expected-error @+1 {{'nd.bitwise_and' op failed to infer returned types}}
  %0 = nd.bitwise_and %z, %z : (tensor<3xcomplex<f64>>, tensor<3xcomplex<f64>>) -> tensor<3xcomplex<f64>>
  return
}

// -----

func.func @parts(%z: tensor<3xcomplex<f64>>, %x: tensor<3xf64>) {
  // expected-error @+2 {{complex: dtype complex128 and float64 are not supported: it takes real numbers}}
  // expected-error @+1 {{'nd.complex' op failed to infer returned types}}
  %0 = nd.complex %z, %x : (tensor<3xcomplex<f64>>, tensor<3xf64>) -> tensor<3xcomplex<f64>>
  return
}

// -----

func.func @result(%z: tensor<3xcomplex<f64>>) {
  // expected-error @+2 {{failed to infer returned types}}
  // expected-error @+1 {{op inferred type(s) 'tensor<3xf64>' are incompatible with return type(s) of operation 'tensor<3xcomplex<f64>>'}}
  %0 = nd.absolute %z : (tensor<3xcomplex<f64>>) -> tensor<3xcomplex<f64>>
  return
}

// -----

func.func @number() {
  // expected-error @+1 {{has a value of type 'f32' for a result of dtype 'complex<f32>'; a complex number stands as a 0-d array of it}}
  %0 = nd.full 1.0 : f32 -> tensor<complex<f32>>
  return
}

// -----

func.func @half(%a: tensor<3x3xf16>) {
  // expected-error @+2 {{linalg.qr: dtype float16 is not supported: it takes float32 and float64; cast with astype(nd::float32)}}
  // expected-error @+1 {{'nd.qr' op failed to infer returned types}}
  %0:2 = nd.qr %a : (tensor<3x3xf16>) -> (tensor<3x3xf16>, tensor<3x3xf16>)
  return
}
