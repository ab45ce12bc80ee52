// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Rows that choose elements: positions, masks, counts and what does not fit them.

func.func @main(%x: tensor<4xf32>, %i: tensor<3xf32>) {
  // expected-error@+2 {{gather: index array 0 has dtype float32; positions are integers, cast it with astype(nd::int64)}}
  // expected-error@+1 {{'nd.gather' op failed to infer returned types}}
  %0 = nd.gather %x, %i {axes = array<i64: 0>} : (tensor<4xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{gather: 1 index arrays choose from axes (2,) of an array of shape (4, 5); name one axis for each, in ascending order}}
  // expected-error@+1 {{'nd.gather' op failed to infer returned types}}
  %0 = nd.gather %x, %i {axes = array<i64: 2>} : (tensor<4x5xf32>, tensor<3xi64>) -> tensor<3x4xf32>
  return
}

// -----

func.func @gather_behind_too_many(%x: tensor<4x5xf32>, %i: tensor<3xi64>) -> tensor<4x3xf32> {
  // expected-error@+2 {{gather: the axes of the indices are to stand behind 2 of the 1 others of shape (4, 5)}}
  // expected-error@+1 {{'nd.gather' op failed to infer returned types}}
  %0 = nd.gather %x, %i {axes = array<i64: 1>, place = 2 : i64} : (tensor<4x5xf32>, tensor<3xi64>) -> tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// -----

func.func @main(%x: tensor<4x5xf32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{gather: 2 index arrays choose from axes (1, 0) of an array of shape (4, 5); name one axis for each, in ascending order}}
  // expected-error@+1 {{'nd.gather' op failed to infer returned types}}
  %0 = nd.gather %x, %i, %i {axes = array<i64: 1, 0>} : (tensor<4x5xf32>, tensor<3xi64>, tensor<3xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{gather: 1 index arrays choose from axes (0, 1) of an array of shape (4, 5); name one axis for each, in ascending order}}
  // expected-error@+1 {{'nd.gather' op failed to infer returned types}}
  %0 = nd.gather %x, %i {axes = array<i64: 0, 1>} : (tensor<4x5xf32>, tensor<3xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %i: tensor<2xi64>, %j: tensor<3xi64>) {
  // expected-error@+2 {{gather: index arrays of shapes (2,) and (3,) do not broadcast: axis -1 is 2 and 3; combine each with each by nd::ix_}}
  // expected-error@+1 {{'nd.gather' op failed to infer returned types}}
  %0 = nd.gather %x, %i, %j {axes = array<i64: 0, 1>} : (tensor<4x5xf32>, tensor<2xi64>, tensor<3xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{'nd.gather' op inferred type(s) 'tensor<3x5xf32>' are incompatible with return type(s) of operation 'tensor<2x5xf32>'}}
  // expected-error@+1 {{'nd.gather' op failed to infer returned types}}
  %0 = nd.gather %x, %i {axes = array<i64: 0>} : (tensor<4x5xf32>, tensor<3xi64>) -> tensor<2x5xf32>
  return
}

// -----

func.func @main(%x: tensor<4xf32>, %v: tensor<f32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{scatter: there is no mode 'mean'; use set, add, subtract, multiply, divide, minimum, maximum, bitwise_and, bitwise_or or bitwise_xor}}
  // expected-error@+1 {{'nd.scatter' op failed to infer returned types}}
  %0 = nd.scatter %x, %v, %i {axes = array<i64: 0>, mode = "mean"} : (tensor<4xf32>, tensor<f32>, tensor<3xi64>) -> tensor<4xf32>
  return
}

// -----

func.func @main(%x: tensor<4xi32>, %v: tensor<i32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{scatter: divide in place has no meaning for int32; cast the array with astype}}
  // expected-error@+1 {{'nd.scatter' op failed to infer returned types}}
  %0 = nd.scatter %x, %v, %i {axes = array<i64: 0>, mode = "divide"} : (tensor<4xi32>, tensor<i32>, tensor<3xi64>) -> tensor<4xi32>
  return
}

// -----

func.func @main(%x: tensor<4xi32>, %v: tensor<2xi32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{scatter: shape (2,) does not broadcast to (3,): axis -1 is 2 and 3; only an axis of size 1 stretches}}
  // expected-error@+1 {{'nd.scatter' op failed to infer returned types}}
  %0 = nd.scatter %x, %v, %i {axes = array<i64: 0>, mode = "set"} : (tensor<4xi32>, tensor<2xi32>, tensor<3xi64>) -> tensor<4xi32>
  return
}

// -----

func.func @main(%x: tensor<4xi32>, %v: tensor<i32>, %i: tensor<4xi1>) {
  // expected-error@+2 {{scatter: index array 0 has dtype bool; positions are integers, cast it with astype(nd::int64)}}
  // expected-error@+1 {{'nd.scatter' op failed to infer returned types}}
  %0 = nd.scatter %x, %v, %i {axes = array<i64: 0>, mode = "set"} : (tensor<4xi32>, tensor<i32>, tensor<4xi1>) -> tensor<4xi32>
  return
}

// -----

func.func @main(%m: tensor<i1>, %x: tensor<4xf32>) {
  // expected-error@+1 {{compress: the mask has shape (); at least 1 dimension is needed}}
  %0 = nd.compress %m, %x : (tensor<i1>, tensor<4xf32>) -> tensor<1x4xf32>
  return
}

// -----

func.func @main(%m: tensor<4x5xi1>, %x: tensor<4xf32>) {
  // expected-error@+1 {{compress: too many indices: the array has shape (4,) and the mask has shape (4, 5); give it at most the axes of the array}}
  %0 = nd.compress %m, %x : (tensor<4x5xi1>, tensor<4xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @main(%m: tensor<4x5xi1>, %x: tensor<4x6xf32>) {
  // expected-error@+1 {{compress: boolean index did not match: axis 1 of the array has size 6 and axis 1 of the mask has size 5; give a mask of shape (4, 6)}}
  %0 = nd.compress %m, %x : (tensor<4x5xi1>, tensor<4x6xf32>) -> tensor<1xf32>
  return
}

// -----

func.func @main(%m: tensor<4xi1>, %x: tensor<4x6xf32>) {
  // expected-error@+1 {{'nd.compress' op has the result 'tensor<2x5xf32>' where its operands give 'tensor<2x6xf32>'}}
  %0 = nd.compress %m, %x : (tensor<4xi1>, tensor<4x6xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @main(%m: tensor<4xi1>) {
  // expected-error@+1 {{'nd.flatnonzero' op has the result 'tensor<2xi32>' where its operands give 'tensor<2xi64>'}}
  %0 = nd.flatnonzero %m : (tensor<4xi1>) -> tensor<2xi32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %c: tensor<5xi64>) {
  // expected-error@+1 {{repeat: axis 2 is out of bounds for an array of 2 dimensions; axes run from -2 to 1}}
  %0 = nd.repeat %x, %c {axis = 2 : i64} : (tensor<4x5xf32>, tensor<5xi64>) -> tensor<4x5xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %c: tensor<5x1xi64>) {
  // expected-error@+1 {{repeat: the counts have shape (5, 1); give a 1-D array, one count for each element}}
  %0 = nd.repeat %x, %c {axis = 1 : i64} : (tensor<4x5xf32>, tensor<5x1xi64>) -> tensor<4x9xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %c: tensor<4xi64>) {
  // expected-error@+1 {{repeat: there are 4 counts and axis 1 of shape (4, 5) has size 5; give one count for each element, or a single one}}
  %0 = nd.repeat %x, %c {axis = 1 : i64} : (tensor<4x5xf32>, tensor<4xi64>) -> tensor<4x9xf32>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %c: tensor<5xi64>) {
  // expected-error@+1 {{'nd.repeat' op has the result 'tensor<3x9xf32>' where its operands give 'tensor<4x9xf32>'}}
  %0 = nd.repeat %x, %c {axis = 1 : i64} : (tensor<4x5xf32>, tensor<5xi64>) -> tensor<3x9xf32>
  return
}

// -----

func.func @main(%x: tensor<i64>) {
  // expected-error@+2 {{sort: a 0-d array has no axis to sort along; use ravel first}}
  // expected-error@+1 {{'nd.sort' op failed to infer returned types}}
  %0 = nd.sort %x : (tensor<i64>) -> tensor<i64>
  return
}

// -----

func.func @main(%x: tensor<i64>) {
  // expected-error@+2 {{argsort: a 0-d array has no axis to sort along; use ravel first}}
  // expected-error@+1 {{'nd.argsort' op failed to infer returned types}}
  %0 = nd.argsort %x : (tensor<i64>) -> tensor<i64>
  return
}

// -----

func.func @main(%x: tensor<f32>, %k: tensor<1xi64>) {
  // expected-error@+2 {{partition: a 0-d array has no axis to partition along; use ravel first}}
  // expected-error@+1 {{'nd.partition' op failed to infer returned types}}
  %0 = nd.partition %x, %k : (tensor<f32>, tensor<1xi64>) -> tensor<f32>
  return
}

// -----

func.func @main(%x: tensor<4xf32>, %k: tensor<i64>) {
  // expected-error@+2 {{argpartition: kth has shape (); give a 1-D array of positions}}
  // expected-error@+1 {{'nd.argpartition' op failed to infer returned types}}
  %0 = nd.argpartition %x, %k : (tensor<4xf32>, tensor<i64>) -> tensor<4xi64>
  return
}

// -----

func.func @main(%x: tensor<4xf32>, %k: tensor<1xf32>) {
  // expected-error@+2 {{partition: index array 0 has dtype float32; positions are integers, cast it with astype(nd::int64)}}
  // expected-error@+1 {{'nd.partition' op failed to infer returned types}}
  %0 = nd.partition %x, %k : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @main(%x: tensor<4xf32>) {
  // expected-error@+2 {{lexsort: the keys have shape (4,); at least 2 dimensions are needed, the keys along the first}}
  // expected-error@+1 {{'nd.lexsort' op failed to infer returned types}}
  %0 = nd.lexsort %x : (tensor<4xf32>) -> tensor<i64>
  return
}

// -----

func.func @main(%x: tensor<0x4xf32>) {
  // expected-error@+2 {{lexsort: there are no keys; give at least one}}
  // expected-error@+1 {{'nd.lexsort' op failed to infer returned types}}
  %0 = nd.lexsort %x : (tensor<0x4xf32>) -> tensor<4xi64>
  return
}

// -----

func.func @main(%x: tensor<4x5xf32>, %v: tensor<3xf32>) {
  // expected-error@+2 {{searchsorted: the sorted array has shape (4, 5); it must be 1-D, use ravel}}
  // expected-error@+1 {{'nd.searchsorted' op failed to infer returned types}}
  %0 = nd.searchsorted %x, %v {right = false} : (tensor<4x5xf32>, tensor<3xf32>) -> tensor<3xi64>
  return
}
