// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Extents that are decided at run time: what they take, and what rules say of them.
// (n{{0}} instead of the name, since the reader of the file gives names in comments their numbers.)

func.func @main(%c: tensor<1xi64>) {
  // expected-error@+1 {{'nd.extent' op takes 'tensor<1xi64>'; an extent is one 64-bit integer, tensor<i64>}}
  nd.extent %c {extent = n0 : i64} : tensor<1xi64>
  return
}

// -----

func.func @main(%c: tensor<i32>) {
  // expected-error@+1 {{'nd.extent' op takes 'tensor<i32>'; an extent is one 64-bit integer, tensor<i64>}}
  nd.extent %c {extent = n0 : i64} : tensor<i32>
  return
}

// -----

func.func @main(%c: tensor<ui64>) {
  // expected-error@+1 {{'nd.extent' op takes 'tensor<ui64>'; an extent is one 64-bit integer, tensor<i64>}}
  nd.extent %c {extent = n0 : i64} : tensor<ui64>
  return
}

// -----

func.func @main(%c: tensor<i64>) {
  // expected-error-re@+1 {{'nd.extent' op names the extent 7, which an array may have; name one that stands for a number: n{{0}}}}
  nd.extent %c {extent = 7 : i64} : tensor<i64>
  return
}

// -----

func.func @main(%c: tensor<i64>) {
  // expected-error@+1 {{'nd.extent' op requires attribute 'extent'}}
  nd.extent %c : tensor<i64>
  return
}

// -----

// Two extents are equal only if they are one.
func.func @main(%x: tensor<n0xf64>, %y: tensor<n1xf64>) {
  // expected-error-re@+2 {{add: shapes (n{{0}},) and (n{{1}},) do not broadcast: axis -1 is n{{0}} and n{{1}}; the sizes of an axis must be equal or 1}}
  // expected-error@+1 {{'nd.add' op failed to infer returned types}}
  %0 = nd.add %x, %y : (tensor<n0xf64>, tensor<n1xf64>) -> tensor<n0xf64>
  return
}

// -----

func.func @main(%x: tensor<n0xf64>, %y: tensor<4xf64>) {
  // expected-error-re@+2 {{add: shapes (n{{0}},) and (4,) do not broadcast: axis -1 is n{{0}} and 4; the sizes of an axis must be equal or 1}}
  // expected-error@+1 {{'nd.add' op failed to infer returned types}}
  %0 = nd.add %x, %y : (tensor<n0xf64>, tensor<4xf64>) -> tensor<n0xf64>
  return
}

// -----

func.func @main(%x: tensor<n0xf64>) {
  // expected-error-re@+2 {{'nd.exp' op inferred type(s) 'tensor<{{.*}}xf64>' are incompatible with return type(s) of operation 'tensor<{{.*}}xf64>'}}
  // expected-error@+1 {{'nd.exp' op failed to infer returned types}}
  %0 = nd.exp %x : (tensor<n0xf64>) -> tensor<n1xf64>
  return
}
