// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Fourier transforms: what they refuse.

func.func @main(%x: tensor<3x8xf64>) {
  // expected-error@+2 {{fft: axis 2 is out of bounds for an array of 2 dimensions}}
  // expected-error@+1 {{'nd.fft' op failed to infer returned types}}
  %0 = nd.fft %x {axis = 2, n = -1, inverse = false, norm = 0} : (tensor<3x8xf64>) -> tensor<3x8xcomplex<f64>>
  return
}

// -----

func.func @main(%x: tensor<3x0xf64>) {
  // expected-error@+2 {{rfft: axis 1 of shape (3, 0) leaves no elements to transform; at least 1 is needed}}
  // expected-error@+1 {{'nd.rfft' op failed to infer returned types}}
  %0 = nd.rfft %x {axis = 1, n = -1, norm = 0} : (tensor<3x0xf64>) -> tensor<3x1xcomplex<f64>>
  return
}

// -----

func.func @main(%x: tensor<1xcomplex<f64>>) {
  // expected-error@+2 {{irfft: axis 0 of shape (1,) leaves no elements to transform; at least 1 is needed}}
  // expected-error@+1 {{'nd.irfft' op failed to infer returned types}}
  %0 = nd.irfft %x {axis = 0, n = -1, norm = 0} : (tensor<1xcomplex<f64>>) -> tensor<1xf64>
  return
}

// -----

func.func @main(%x: tensor<4xcomplex<f64>>) {
  // expected-error@+2 {{rfft: dtype complex128 is not supported: it takes real numbers; use fft}}
  // expected-error@+1 {{'nd.rfft' op failed to infer returned types}}
  %0 = nd.rfft %x {axis = 0, n = -1, norm = 0} : (tensor<4xcomplex<f64>>) -> tensor<3xcomplex<f64>>
  return
}

// -----

func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{fft: norm is 3; use 0, 1 or 2}}
  // expected-error@+1 {{'nd.fft' op failed to infer returned types}}
  %0 = nd.fft %x {axis = 0, n = -1, inverse = false, norm = 3} : (tensor<4xf64>) -> tensor<4xcomplex<f64>>
  return
}
