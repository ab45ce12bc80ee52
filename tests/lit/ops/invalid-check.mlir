// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics

func.func @main(%x: tensor<6xf64>) -> tensor<6xf32> {
  // expected-error@+1 {{'nd.check_shape' op has a result of another dtype than its operand; change dtypes with nd.cast}}
  %r = nd.check_shape %x {what = "reshape", reshape = true} : (tensor<6xf64>) -> tensor<6xf32>
  return %r : tensor<6xf32>
}

// -----

func.func @main(%x: tensor<6xf64>) -> tensor<2x3xf64> {
  // expected-error@+1 {{'nd.check_shape' op has a result with 2 axes for an operand with 1; give `reshape = true` for other axes}}
  %r = nd.check_shape %x {what = "add", reshape = false} : (tensor<6xf64>) -> tensor<2x3xf64>
  return %r : tensor<2x3xf64>
}

// -----

func.func @main(%x: tensor<6xf64>) -> tensor<6xf64> {
  // expected-error@+1 {{'nd.check_within' op takes integers, not 'f64'}}
  %r = nd.check_within %x {what = "take", reason = "index", low = 0 : i64, high = 9 : i64} : (tensor<6xf64>) -> tensor<6xf64>
  return %r : tensor<6xf64>
}

// -----

func.func @main(%x: tensor<6xi64>) -> tensor<6xi64> {
  // expected-error@+1 {{'nd.check_within' op has the reason "whim"; it is index, exponent, size or size_from_end}}
  %r = nd.check_within %x {what = "take", reason = "whim", low = 0 : i64, high = 9 : i64} : (tensor<6xi64>) -> tensor<6xi64>
  return %r : tensor<6xi64>
}

// -----

func.func @main(%x: tensor<6xi64>) -> tensor<6xi32> {
  // expected-error@+1 {{'nd.check_within' op has the result 'tensor<6xi32>' for the operand 'tensor<6xi64>'; they are the same array}}
  %r = nd.check_within %x {what = "take", reason = "index", low = 0 : i64, high = 9 : i64} : (tensor<6xi64>) -> tensor<6xi32>
  return %r : tensor<6xi32>
}
