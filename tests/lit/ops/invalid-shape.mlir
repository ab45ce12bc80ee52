// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Shape ops.

// Element counts.
func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+1 {{reshape: cannot reshape (4, 3) of 12 elements to (5, 2) of 10; the counts must be equal, or leave one size to be worked out with -1}}
  %0 = nd.reshape %x : (tensor<4x3xf64>) -> tensor<5x2xf64>
  return
}

// -----

func.func @main(%x: tensor<2x3xf64>) {
  // expected-error@+1 {{reshape: cannot reshape (2, 3) of 6 elements to () of 1; the counts must be equal}}
  %0 = nd.reshape %x : (tensor<2x3xf64>) -> tensor<f64>
  return
}

// -----

func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+1 {{'nd.reshape' op has a result of dtype 'f32' for an operand of dtype 'f64'; change dtypes with nd.cast}}
  %0 = nd.reshape %x : (tensor<4x3xf64>) -> tensor<12xf32>
  return
}

// -----

func.func @main(%x: tensor<?xf64>) {
  // expected-error@+1 {{reshape: shape (9223372036854775807, 2) has more than 2^63 - 1 elements; use smaller sizes}}
  %0 = nd.reshape %x : (tensor<?xf64>) -> tensor<9223372036854775807x2xf64>
  return
}

// -----

// Fewer axes.
func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+1 {{broadcast_to: shape (4, 3) does not broadcast to (3,): it has 2 axes and the target has 1; reshape it or add leading axes to the target}}
  %0 = nd.broadcast_to %x : (tensor<4x3xf64>) -> tensor<3xf64>
  return
}

// -----

// An axis that is not 1.
func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+1 {{broadcast_to: shape (4, 3) does not broadcast to (4, 6): axis -1 is 3 and 6; only an axis of size 1 stretches}}
  %0 = nd.broadcast_to %x : (tensor<4x3xf64>) -> tensor<4x6xf64>
  return
}

// -----

func.func @main(%x: tensor<3xf64>) {
  // expected-error@+1 {{'nd.broadcast_to' op has a result of dtype 'i64' for an operand of dtype 'f64'; change dtypes with nd.cast}}
  %0 = nd.broadcast_to %x : (tensor<3xf64>) -> tensor<4x3xi64>
  return
}

// -----

// A permutation names each axis once.
func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{transpose: axes (1,) do not match an array of 2 dimensions; name each axis once}}
  // expected-error@+1 {{'nd.transpose' op failed to infer returned types}}
  %0 = nd.transpose %x {permutation = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{transpose: axis 0 is given twice in the axes (0, 0); name each axis once}}
  // expected-error@+1 {{'nd.transpose' op failed to infer returned types}}
  %0 = nd.transpose %x {permutation = array<i64: 0, 0>} : (tensor<4x3xf64>) -> tensor<4x4xf64>
  return
}

// -----

func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{transpose: axis 2 is out of bounds for an array of 2 dimensions; axes run from -2 to 1}}
  // expected-error@+1 {{'nd.transpose' op failed to infer returned types}}
  %0 = nd.transpose %x {permutation = array<i64: 0, 2>} : (tensor<4x3xf64>) -> tensor<4x4xf64>
  return
}

// -----

func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{'nd.transpose' op inferred type(s) 'tensor<3x4xf64>' are incompatible with return type(s) of operation 'tensor<4x3xf64>'}}
  // expected-error@+1 {{'nd.transpose' op failed to infer returned types}}
  %0 = nd.transpose %x {permutation = array<i64: 1, 0>} : (tensor<4x3xf64>) -> tensor<4x3xf64>
  return
}

// -----

// One offset, size and stride an axis.
func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{slice: slice of shape (4, 3) has 1 offsets, 1 sizes and 1 strides; give 2 of each}}
  // expected-error@+1 {{'nd.slice' op failed to infer returned types}}
  %0 = nd.slice %x {offsets = array<i64: 0>, sizes = array<i64: 4>, strides = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  return
}

// -----

// A slice stays inside: at the end,
func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{slice: slice with offset 1, size 4 and stride 1 leaves the array on axis 0 of shape (4,)}}
  // expected-error@+1 {{'nd.slice' op failed to infer returned types}}
  %0 = nd.slice %x {offsets = array<i64: 1>, sizes = array<i64: 4>, strides = array<i64: 1>} : (tensor<4xf64>) -> tensor<4xf64>
  return
}

// -----

// at the start,
func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{slice: slice with offset 2, size 4 and stride -1 leaves the array on axis 0 of shape (4,)}}
  // expected-error@+1 {{'nd.slice' op failed to infer returned types}}
  %0 = nd.slice %x {offsets = array<i64: 2>, sizes = array<i64: 4>, strides = array<i64: -1>} : (tensor<4xf64>) -> tensor<4xf64>
  return
}

// -----

func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{slice: slice with offset -1, size 1 and stride 1 leaves the array on axis 0 of shape (4,)}}
  // expected-error@+1 {{'nd.slice' op failed to infer returned types}}
  %0 = nd.slice %x {offsets = array<i64: -1>, sizes = array<i64: 1>, strides = array<i64: 1>} : (tensor<4xf64>) -> tensor<1xf64>
  return
}

// -----

// and where the arithmetic overflows.
func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{slice: slice with offset 1, size 3 and stride 9223372036854775807 leaves the array on axis 0 of shape (4,)}}
  // expected-error@+1 {{'nd.slice' op failed to infer returned types}}
  %0 = nd.slice %x {offsets = array<i64: 1>, sizes = array<i64: 3>, strides = array<i64: 9223372036854775807>} : (tensor<4xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{slice: slice stride is 0 on axis 0 of shape (4,); use a positive or a negative stride}}
  // expected-error@+1 {{'nd.slice' op failed to infer returned types}}
  %0 = nd.slice %x {offsets = array<i64: 0>, sizes = array<i64: 2>, strides = array<i64: 0>} : (tensor<4xf64>) -> tensor<2xf64>
  return
}

// -----

func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{slice: slice size is -2 on axis 0 of shape (4,); sizes are 0 or more}}
  // expected-error@+1 {{'nd.slice' op failed to infer returned types}}
  %0 = nd.slice %x {offsets = array<i64: 0>, sizes = array<i64: -2>, strides = array<i64: 1>} : (tensor<4xf64>) -> tensor<2xf64>
  return
}

// -----

func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{'nd.slice' op inferred type(s) 'tensor<2xf64>' are incompatible with return type(s) of operation 'tensor<3xf64>'}}
  // expected-error@+1 {{'nd.slice' op failed to infer returned types}}
  %0 = nd.slice %x {offsets = array<i64: 0>, sizes = array<i64: 2>, strides = array<i64: 1>} : (tensor<4xf64>) -> tensor<3xf64>
  return
}

// -----

// Joined arrays differ along the joined axis only.
func.func @main(%x: tensor<4x3xf64>, %y: tensor<4x2xf64>) {
  // expected-error@+2 {{concatenate: array 0 has shape (4, 3) and array 1 has shape (4, 2): axis 1 is 3 and 2; only the joined axis 0 may differ}}
  // expected-error@+1 {{'nd.concatenate' op failed to infer returned types}}
  %0 = nd.concatenate %x, %y {axis = 0 : i64} : (tensor<4x3xf64>, tensor<4x2xf64>) -> tensor<8x3xf64>
  return
}

// -----

func.func @main(%x: tensor<4x3xf64>, %y: tensor<3xf64>) {
  // expected-error@+2 {{concatenate: arrays must have the same number of dimensions: array 0 has shape (4, 3) and array 1 has shape (3,); reshape one of them}}
  // expected-error@+1 {{'nd.concatenate' op failed to infer returned types}}
  %0 = nd.concatenate %x, %y {axis = 0 : i64} : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<5x3xf64>
  return
}

// -----

func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{concatenate: axis 1 is out of bounds for an array of 1 dimension; axes run from -1 to 0}}
  // expected-error@+1 {{'nd.concatenate' op failed to infer returned types}}
  %0 = nd.concatenate %x, %x {axis = 1 : i64} : (tensor<4xf64>, tensor<4xf64>) -> tensor<8xf64>
  return
}

// -----

func.func @main(%x: tensor<f64>) {
  // expected-error@+2 {{concatenate: zero-dimensional arrays cannot be concatenated; reshape them to (1,) or use stack}}
  // expected-error@+1 {{'nd.concatenate' op failed to infer returned types}}
  %0 = nd.concatenate %x, %x {axis = 0 : i64} : (tensor<f64>, tensor<f64>) -> tensor<2xf64>
  return
}

// -----

func.func @main() {
  // expected-error@+2 {{concatenate: there is nothing to concatenate; give at least one array}}
  // expected-error@+1 {{'nd.concatenate' op failed to infer returned types}}
  %0 = "nd.concatenate"() {axis = 0 : i64} : () -> tensor<0xf64>
  return
}

// -----

func.func @main(%x: tensor<2xf32>, %y: tensor<2xi64>) {
  // expected-error@+2 {{'nd.concatenate' op inferred type(s) 'tensor<4xf64>' are incompatible with return type(s) of operation 'tensor<4xf32>'}}
  // expected-error@+1 {{'nd.concatenate' op failed to infer returned types}}
  %0 = nd.concatenate %x, %y {axis = 0 : i64} : (tensor<2xf32>, tensor<2xi64>) -> tensor<4xf32>
  return
}
