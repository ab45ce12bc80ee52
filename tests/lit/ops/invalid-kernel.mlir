// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// What a kernel must hold: inputs of its arguments' types, ops that a loop nest can run, a yield of its results.

func.func @main(%x: tensor<4x3xf64>) -> tensor<4xf64> {
  // expected-error@+1 {{'nd.kernel' op reduces dimension 2 of a domain with 2}}
  %0 = nd.kernel (%a = %x : tensor<4x3xf64>) -> (tensor<4xf64>) domain [4, 3] reduced [2] {
    %1 = nd.sum %a {axes = array<i64: 1>, loops = array<i64: 0, 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
    nd.yield %1 : tensor<4xf64>
  }
  return %0 : tensor<4xf64>
}

// -----

func.func @main(%x: tensor<4xf64>) -> tensor<4xf32> {
  // expected-error@+1 {{'nd.kernel' op must end with an nd.yield of its 1 result types}}
  %0 = nd.kernel (%a = %x : tensor<4xf64>) -> (tensor<4xf32>) domain [4] reduced [] {
    %1 = nd.exp %a {loops = array<i64: 0>} : (tensor<4xf64>) -> tensor<4xf64>
    nd.yield %1 : tensor<4xf64>
  }
  return %0 : tensor<4xf32>
}

// -----

func.func @main(%x: tensor<4xf64>) -> tensor<4xf64> {
  // expected-error@+1 {{'nd.kernel' op has 1 inputs whose types differ from those of its 1 arguments}}
  %0 = "nd.kernel"(%x) <{domain = array<i64: 4>, reduced = array<i64>}> ({
  ^bb0(%a: tensor<4xf32>):
    %1 = nd.cast %a {loops = array<i64: 0>} : (tensor<4xf32>) -> tensor<4xf64>
    nd.yield %1 : tensor<4xf64>
  }) : (tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// -----

func.func @main(%x: tensor<4x4xf64>) -> tensor<4x4xf64> {
  %0 = nd.kernel (%a = %x : tensor<4x4xf64>) -> (tensor<4x4xf64>) domain [4, 4] reduced [] {
    // expected-error@+1 {{'nd.inv' op cannot stand in a kernel: it is no pointwise op, generator, reduction or view}}
    %1 = nd.inv %a : (tensor<4x4xf64>) -> tensor<4x4xf64>
    nd.yield %1 : tensor<4x4xf64>
  }
  return %0 : tensor<4x4xf64>
}

// -----

func.func @main(%x: tensor<4xf64>) -> tensor<4xf64> {
  // expected-error@+1 {{'nd.kernel' op expects a non-empty block}}
  %0 = nd.kernel (%a = %x : tensor<4xf64>) -> (tensor<4xf64>) domain [4] reduced [] {
  }
  return %0 : tensor<4xf64>
}

// -----

// A kernel sees its arguments only.
func.func @main(%x: tensor<4xf64>) -> tensor<4xf64> {
  // expected-note@+1 {{required by region isolation constraints}}
  %0 = nd.kernel (%a = %x : tensor<4xf64>) -> (tensor<4xf64>) domain [4] reduced [] {
    // expected-error@+1 {{'nd.exp' op using value defined outside the region}}
    %1 = nd.exp %x {loops = array<i64: 0>} : (tensor<4xf64>) -> tensor<4xf64>
    nd.yield %1 : tensor<4xf64>
  }
  return %0 : tensor<4xf64>
}

// -----

func.func @main(%x: tensor<4xf64>) -> tensor<4xf64> {
  // expected-error@+1 {{custom op 'nd.kernel' expected 'reduced'}}
  %0 = nd.kernel (%a = %x : tensor<4xf64>) -> (tensor<4xf64>) domain [4] {
    nd.yield %a : tensor<4xf64>
  }
  return %0 : tensor<4xf64>
}

// -----

func.func @main(%x: tensor<4xf64>) {
  // expected-error@+1 {{'nd.yield' op expects parent op 'nd.kernel'}}
  nd.yield %x : tensor<4xf64>
}
