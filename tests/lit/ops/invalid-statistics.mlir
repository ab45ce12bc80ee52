// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Running folds, elements by rank, counts, sliding sums, eigenvalues: what does not fit them.

func.func @main(%x: tensor<4x5xf32>) {
  // expected-error@+2 {{accumulate: axis 2 is out of bounds for an array of 2 dimensions}}
  // expected-error@+1 {{'nd.accumulate' op failed to infer returned types}}
  %0 = nd.accumulate %x {axis = 2 : i64, mode = "add"} : (tensor<4x5xf32>) -> tensor<4x5xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>) {
  // expected-error@+2 {{accumulate: the mode is set; use add, multiply, minimum or maximum}}
  // expected-error@+1 {{'nd.accumulate' op failed to infer returned types}}
  %0 = nd.accumulate %x {axis = 1 : i64, mode = "set"} : (tensor<4x5xf32>) -> tensor<4x5xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %r: tensor<2xf64>) {
  // expected-error@+2 {{order_statistics: the ranks are float64; use integers}}
  // expected-error@+1 {{'nd.order_statistics' op failed to infer returned types}}
  %0 = nd.order_statistics %x, %r : (tensor<4x5xf32>, tensor<2xf64>) -> tensor<4x2xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %r: tensor<3x2xi64>) {
  // expected-error@+2 {{order_statistics: the array has shape (4, 5) and the ranks (3, 2); give one list of ranks, or one for each row}}
  // expected-error@+1 {{'nd.order_statistics' op failed to infer returned types}}
  %0 = nd.order_statistics %x, %r : (tensor<4x5xf32>, tensor<3x2xi64>) -> tensor<4x2xf32>
  return
}

// -----

func.func @main(%x: tensor<f32>, %r: tensor<2xi64>) {
  // expected-error@+2 {{order_statistics: the array has shape () and the ranks (2,); both need at least 1 dimension}}
  // expected-error@+1 {{'nd.order_statistics' op failed to infer returned types}}
  %0 = nd.order_statistics %x, %r : (tensor<f32>, tensor<2xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @main(%x: tensor<2x2xi64>, %w: tensor<2x2xf64>) {
  // expected-error@+1 {{bincount: the array has shape (2, 2); 1 dimension is needed}}
  %0 = nd.bincount %x, %w : (tensor<2x2xi64>, tensor<2x2xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%x: tensor<2xi64>, %w: tensor<3xf64>) {
  // expected-error@+1 {{bincount: the array has shape (2,) and the weights (3,); give one weight for each element}}
  %0 = nd.bincount %x, %w : (tensor<2xi64>, tensor<3xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%x: tensor<2xi64>, %w: tensor<2xf64>) {
  // expected-error@+1 {{has the result 'tensor<3xi64>' where its operands give 'tensor<3xf64>'}}
  %0 = nd.bincount %x, %w : (tensor<2xi64>, tensor<2xf64>) -> tensor<3xi64>
  return
}

// -----

func.func @main(%a: tensor<3xf64>, %v: tensor<7xf64>) {
  // expected-error@+2 {{correlate: the first operand has 3 elements and the second 7; the first must be the longer one}}
  // expected-error@+1 {{'nd.correlate' op failed to infer returned types}}
  %0 = nd.correlate %a, %v {mode = 0 : i64} : (tensor<3xf64>, tensor<7xf64>) -> tensor<5xf64>
  return
}

// -----

func.func @main(%a: tensor<3xf64>, %v: tensor<0xf64>) {
  // expected-error@+2 {{correlate: an operand is empty; give at least one element}}
  // expected-error@+1 {{'nd.correlate' op failed to infer returned types}}
  %0 = nd.correlate %a, %v {mode = 0 : i64} : (tensor<3xf64>, tensor<0xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%a: tensor<3xf64>, %v: tensor<2xf64>) {
  // expected-error@+2 {{correlate: the mode is 3; use 0, 1 or 2}}
  // expected-error@+1 {{'nd.correlate' op failed to infer returned types}}
  %0 = nd.correlate %a, %v {mode = 3 : i64} : (tensor<3xf64>, tensor<2xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%a: tensor<2x3xf64>) {
  // expected-error@+2 {{linalg.eigvals: the last two axes of shape (2, 3) are 2 and 3; they must be equal}}
  // expected-error@+1 {{'nd.eigvals' op failed to infer returned types}}
  %0 = nd.eigvals %a : (tensor<2x3xf64>) -> tensor<2xcomplex<f64>>
  return
}

// -----

func.func @main(%a: tensor<2x2xf16>) {
  // expected-error@+2 {{linalg.eigvals: dtype float16 is not supported: it takes float32 and float64; cast with astype(nd::float32)}}
  // expected-error@+1 {{'nd.eigvals' op failed to infer returned types}}
  %0 = nd.eigvals %a : (tensor<2x2xf16>) -> tensor<2xcomplex<f64>>
  return
}
