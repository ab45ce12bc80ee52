// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Attributes hold axes as the frontend gives them: counted from 0, sorted. What is written by hand is held to it,
// as passes index with them.

func.func @main(%x: tensor<4x3xf64>) -> tensor<4xf64> {
  // expected-error-re@+2 {{sum: the attribute axes holds {{.*}}; count from 0 and sort: {{.*}}}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nd.sum %x {axes = array<i64: -1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// -----

func.func @main(%x: tensor<4x3xf64>) -> tensor<4xf64> {
  // expected-error@+2 {{mean: the attribute axes holds (-1,); count from 0 and sort: (1,)}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nd.mean %x {axes = array<i64: -1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// -----

func.func @main(%x: tensor<4x3xf64>) -> tensor<f64> {
  // expected-error-re@+2 {{sum: the attribute axes holds {{.*}}; count from 0 and sort: {{.*}}}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nd.sum %x {axes = array<i64: 1, 0>} : (tensor<4x3xf64>) -> tensor<f64>
  return %0 : tensor<f64>
}

// -----

func.func @main(%x: tensor<4x3xf64>) -> tensor<3x4xf64> {
  // expected-error@+2 {{transpose: the attribute permutation holds a negative axis; count from 0}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nd.transpose %x {permutation = array<i64: -1, 0>} : (tensor<4x3xf64>) -> tensor<3x4xf64>
  return %0 : tensor<3x4xf64>
}

// -----

// A position counts along one axis or through the whole array.
func.func @main(%x: tensor<4x3x2xf64>) -> tensor<3xi64> {
  // expected-error@+2 {{argmax: the attribute axes holds (0, 2); a position counts along one axis or through the whole array}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nd.argmax %x {axes = array<i64: 0, 2>} : (tensor<4x3x2xf64>) -> tensor<3xi64>
  return %0 : tensor<3xi64>
}
