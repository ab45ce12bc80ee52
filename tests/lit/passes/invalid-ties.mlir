// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-plan-buffers --split-input-file --verify-diagnostics
//
// What results overwrite: arguments of their types.

// expected-error@+1 {{has 2 entries in nd.ties for 1 results; give each the argument that it overwrites, or -1}}
func.func @count(%x: tensor<4xf64>) -> tensor<4xf64> attributes {nd.ties = array<i64: 0, 0>} {
  return %x : tensor<4xf64>
}

// -----

// expected-error@+1 {{ties a result of type 'tensor<4xf64>' to argument 9, which is none of that type}}
func.func @range(%x: tensor<4xf64>) -> tensor<4xf64> attributes {nd.ties = array<i64: 9>} {
  return %x : tensor<4xf64>
}

// -----

// expected-error@+1 {{ties a result of type 'tensor<4xf64>' to argument 1, which is none of that type}}
func.func @type(%x: tensor<4xf64>, %y: tensor<4xf32>) -> tensor<4xf64> attributes {nd.ties = array<i64: 1>} {
  return %x : tensor<4xf64>
}
