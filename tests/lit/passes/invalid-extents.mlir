// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --split-input-file --verify-diagnostics
//
// A run-time extent is made once, before a type names it.

// expected-error-re@+1 {{names the extent n{{0}}, which no nd.extent before has made; make it of a count}}
func.func @argument(%x: tensor<n0xf64>) -> tensor<n0xf64> {
  return %x : tensor<n0xf64>
}

// -----

func.func @later(%m: tensor<4xi1>, %x: tensor<4xf64>) -> tensor<n0xf64> {
  %c = nd.sum %m {axes = array<i64: 0>} : (tensor<4xi1>) -> tensor<i64>
  // expected-error-re@+1 {{names the extent n{{0}}, which no nd.extent before has made; make it of a count}}
  %y = nd.compress %m, %x : (tensor<4xi1>, tensor<4xf64>) -> tensor<n0xf64>
  nd.extent %c {extent = n0 : i64} : tensor<i64>
  return %y : tensor<n0xf64>
}

// -----

func.func @twice(%m: tensor<4xi1>) {
  %c = nd.sum %m {axes = array<i64: 0>} : (tensor<4xi1>) -> tensor<i64>
  nd.extent %c {extent = n0 : i64} : tensor<i64>
  // expected-error-re@+1 {{'nd.extent' op makes the extent n{{0}} a second time; name another}}
  nd.extent %c {extent = n0 : i64} : tensor<i64>
  return
}
