// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Every op of a kernel that computes says which dimension each of its axes walks, and every result is computed.

func.func @main(%x: tensor<4x3xf64>) -> tensor<4x3xf64> {
  %0 = nd.kernel (%a = %x : tensor<4x3xf64>) -> (tensor<4x3xf64>) domain [4, 3] reduced [] {
    // expected-error-re@+1 {{'nd.exp' op {{.*}}loops}}
    %1 = nd.exp %a : (tensor<4x3xf64>) -> tensor<4x3xf64>
    nd.yield %1 : tensor<4x3xf64>
  }
  return %0 : tensor<4x3xf64>
}

// -----

func.func @main(%x: tensor<4x3xf64>) -> tensor<4x3xf64> {
  %0 = nd.kernel (%a = %x : tensor<4x3xf64>) -> (tensor<4x3xf64>) domain [4, 3] reduced [] {
    // expected-error-re@+1 {{'nd.exp' op {{.*}}loops}}
    %1 = nd.exp %a {loops = array<i64: 0>} : (tensor<4x3xf64>) -> tensor<4x3xf64>
    nd.yield %1 : tensor<4x3xf64>
  }
  return %0 : tensor<4x3xf64>
}

// -----

func.func @main(%x: tensor<4x3xf64>) -> tensor<4x3xf64> {
  %0 = nd.kernel (%a = %x : tensor<4x3xf64>) -> (tensor<4x3xf64>) domain [4, 3] reduced [] {
    // expected-error-re@+1 {{'nd.exp' op {{.*}}dimension 7}}
    %1 = nd.exp %a {loops = array<i64: 0, 7>} : (tensor<4x3xf64>) -> tensor<4x3xf64>
    nd.yield %1 : tensor<4x3xf64>
  }
  return %0 : tensor<4x3xf64>
}

// -----

// Nothing would write such a result.
func.func @main(%x: tensor<4xf64>) -> tensor<4xf64> {
  // expected-error-re@+1 {{'nd.kernel' op {{.*}}yield}}
  %0 = nd.kernel (%a = %x : tensor<4xf64>) -> (tensor<4xf64>) domain [4] reduced [] {
    nd.yield %a : tensor<4xf64>
  }
  return %0 : tensor<4xf64>
}
