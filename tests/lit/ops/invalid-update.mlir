// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// A part of an array replaced: what must fit.

func.func @main(%x: tensor<4xf32>, %v: tensor<2xf64>) {
  // expected-error@+1 {{'nd.update' op writes dtype 'f64' into 'f32'; change dtypes with nd.cast}}
  %0 = nd.update %x, %v {offsets = array<i64: 0>, strides = array<i64: 1>} : tensor<4xf32>, tensor<2xf64>
  return
}

// -----

func.func @main(%x: tensor<4xui8>, %v: tensor<2xi8>) {
  // expected-error@+1 {{'nd.update' op writes dtype 'i8' into 'ui8'; change dtypes with nd.cast}}
  %0 = nd.update %x, %v {offsets = array<i64: 0>, strides = array<i64: 1>} : tensor<4xui8>, tensor<2xi8>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %v: tensor<5xf32>) {
  // expected-error@+1 {{update: slice of shape (4, 5) has 2 offsets, 1 sizes and 2 strides; give 2 of each}}
  %0 = nd.update %x, %v {offsets = array<i64: 0, 0>, strides = array<i64: 1, 1>} : tensor<4x5xf32>, tensor<5xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %v: tensor<1x5xf32>) {
  // expected-error@+1 {{update: slice of shape (4, 5) has 1 offsets, 2 sizes and 2 strides; give 2 of each}}
  %0 = nd.update %x, %v {offsets = array<i64: 0>, strides = array<i64: 1, 1>} : tensor<4x5xf32>, tensor<1x5xf32>
  return
}

// -----

func.func @main(%x: tensor<4xf32>, %v: tensor<2xf32>) {
  // expected-error@+1 {{update: slice stride is 0 on axis 0 of shape (4,); use a positive or a negative stride}}
  %0 = nd.update %x, %v {offsets = array<i64: 0>, strides = array<i64: 0>} : tensor<4xf32>, tensor<2xf32>
  return
}

// -----

func.func @main(%x: tensor<4xf32>, %v: tensor<2xf32>) {
  // expected-error@+1 {{update: slice with offset 3, size 2 and stride 1 leaves the array on axis 0 of shape (4,)}}
  %0 = nd.update %x, %v {offsets = array<i64: 3>, strides = array<i64: 1>} : tensor<4xf32>, tensor<2xf32>
  return
}

// -----

func.func @main(%x: tensor<4xf32>, %v: tensor<2xf32>) {
  // expected-error@+1 {{update: slice with offset 1, size 2 and stride -2 leaves the array on axis 0 of shape (4,)}}
  %0 = nd.update %x, %v {offsets = array<i64: 1>, strides = array<i64: -2>} : tensor<4xf32>, tensor<2xf32>
  return
}

// -----

func.func @main(%x: tensor<?x5xf32>, %v: tensor<1x6xf32>) {
  // expected-error@+1 {{update: slice with offset 0, size 6 and stride 1 leaves the array on axis 1 of shape (?, 5)}}
  %0 = nd.update %x, %v {offsets = array<i64: 0, 0>, strides = array<i64: 1, 1>} : tensor<?x5xf32>, tensor<1x6xf32>
  return
}

// -----

// The sizes that are given are checked beside one that is decided at run time.
func.func @main(%x: tensor<4x5xf32>, %v: tensor<n0x6xf32>) {
  // expected-error@+1 {{update: slice with offset 0, size 6 and stride 1 leaves the array on axis 1 of shape (4, 5)}}
  %0 = nd.update %x, %v {offsets = array<i64: 0, 0>, strides = array<i64: 1, 1>} : tensor<4x5xf32>, tensor<n0x6xf32>
  return
}

// -----

func.func @main(%x: tensor<4xf32>, %v: tensor<2xf32>) {
  // expected-error@+1 {{'nd.update' op requires attribute 'strides'}}
  %0 = nd.update %x, %v {offsets = array<i64: 3>} : tensor<4xf32>, tensor<2xf32>
  return
}
