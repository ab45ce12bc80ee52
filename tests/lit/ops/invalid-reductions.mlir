// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Reductions: axes, empty ones, results of the wrong type.

func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{sum: axis 2 is out of bounds for an array of 2 dimensions; axes run from -2 to 1}}
  // expected-error@+1 {{'nd.sum' op failed to infer returned types}}
  %0 = nd.sum %x {axes = array<i64: 2>} : (tensor<4x3xf64>) -> tensor<4xf64>
  return
}

// -----

func.func @main(%x: tensor<f64>) {
  // expected-error@+2 {{mean: axis 0 is out of bounds for an array of 0 dimensions, which has no axes}}
  // expected-error@+1 {{'nd.mean' op failed to infer returned types}}
  %0 = nd.mean %x {axes = array<i64: 0>} : (tensor<f64>) -> tensor<f64>
  return
}

// -----

func.func @main(%x: tensor<3xf64>) {
  // expected-error@+2 {{prod: axis -2 is out of bounds for an array of 1 dimension; axes run from -1 to 0}}
  // expected-error@+1 {{'nd.prod' op failed to infer returned types}}
  %0 = nd.prod %x {axes = array<i64: -2>} : (tensor<3xf64>) -> tensor<f64>
  return
}

// -----

func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{max: axis 1 is given twice in the axes (1, 1); name each axis once}}
  // expected-error@+1 {{'nd.max' op failed to infer returned types}}
  %0 = nd.max %x {axes = array<i64: 1, 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  return
}

// -----

// Of no elements there is no largest.
func.func @main(%x: tensor<0x3xf64>) {
  // expected-error@+2 {{max: shape (0, 3) has no elements along the reduced axes, so there is no answer; check size() first}}
  // expected-error@+1 {{'nd.max' op failed to infer returned types}}
  %0 = nd.max %x {axes = array<i64: 0>} : (tensor<0x3xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%x: tensor<0xi64>) {
  // expected-error@+2 {{min: shape (0,) has no elements along the reduced axes, so there is no answer; check size() first}}
  // expected-error@+1 {{'nd.min' op failed to infer returned types}}
  %0 = nd.min %x {axes = array<i64: 0>} : (tensor<0xi64>) -> tensor<i64>
  return
}

// -----

func.func @main(%x: tensor<4x0xf64>) {
  // expected-error@+2 {{argmin: shape (4, 0) has no elements along the reduced axes, so there is no answer; check size() first}}
  // expected-error@+1 {{'nd.argmin' op failed to infer returned types}}
  %0 = nd.argmin %x {axes = array<i64: 0, 1>} : (tensor<4x0xf64>) -> tensor<i64>
  return
}

// -----

// Small integers widen.
func.func @main(%x: tensor<4x3xi8>) {
  // expected-error@+2 {{'nd.sum' op inferred type(s) 'tensor<4xi64>' are incompatible with return type(s) of operation 'tensor<4xi8>'}}
  // expected-error@+1 {{'nd.sum' op failed to infer returned types}}
  %0 = nd.sum %x {axes = array<i64: 1>} : (tensor<4x3xi8>) -> tensor<4xi8>
  return
}

// -----

func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{'nd.argmax' op inferred type(s) 'tensor<4xi64>' are incompatible with return type(s) of operation 'tensor<4xf64>'}}
  // expected-error@+1 {{'nd.argmax' op failed to infer returned types}}
  %0 = nd.argmax %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  return
}

// -----

// keepdims is off unless given.
func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{'nd.all' op inferred type(s) 'tensor<4xi1>' are incompatible with return type(s) of operation 'tensor<4x1xi1>'}}
  // expected-error@+1 {{'nd.all' op failed to infer returned types}}
  %0 = nd.all %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4x1xi1>
  return
}

// -----

func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+1 {{'nd.sum' op requires attribute 'axes'}}
  %0 = nd.sum %x : (tensor<4x3xf64>) -> tensor<f64>
  return
}
