// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Rows without array operands.

func.func @main() {
  // expected-error@+1 {{'nd.full' op has a value of type 'f64' for a result of dtype 'f32'; they must be equal}}
  %0 = nd.full 1.000000e+00 : f64 -> tensor<3xf32>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'nd.full' op has a value of type 'i8' for a result of dtype 'ui8'; they must be equal}}
  %0 = nd.full 1 : i8 -> tensor<3xui8>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'nd.full' op has a value of type 'none' for a result of dtype 'f64'; they must be equal}}
  %0 = nd.full "one" -> tensor<3xf64>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'nd.full' op has a value of type 'tensor<3xf64>' for a result of dtype 'f64'; they must be equal}}
  %0 = nd.full dense<1.0> : tensor<3xf64> -> tensor<3xf64>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'nd.iota' op has axis 1 for a result with 1 axes}}
  %0 = nd.iota {axis = 1 : i64} -> tensor<3xi64>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'nd.iota' op has axis -1 for a result with 1 axes}}
  %0 = nd.iota {axis = -1 : i64} -> tensor<3xi64>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'nd.iota' op has axis 0 for a result with 0 axes}}
  %0 = nd.iota {axis = 0 : i64} -> tensor<i64>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'nd.iota' op counts positions, which bool cannot hold; use an integer or a float dtype}}
  %0 = nd.iota {axis = 0 : i64} -> tensor<3xi1>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'nd.iota' op requires attribute 'axis'}}
  %0 = nd.iota -> tensor<3xi64>
  return
}
