// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// States and distributions that there are not.

func.func @main(%s: tensor<6xui64>) {
  // expected-error@+1 {{has the distribution "norml", which there is not; names are those of NDRT_RANDOM_*, in lower case}}
  %0, %next = nd.random %s {distribution = "norml"} : (tensor<6xui64>) -> (tensor<3xf64>, tensor<6xui64>)
  return
}

// -----

func.func @main(%s: tensor<6xi64>) {
  // expected-error@+1 {{a state is a vector of uint64}}
  %0, %next = nd.random %s {distribution = "uniform01"} : (tensor<6xi64>) -> (tensor<3xf64>, tensor<6xi64>)
  return
}

// -----

func.func @main(%s: tensor<6xui64>) {
  // expected-error@+1 {{the two are alike}}
  %0, %next = nd.random %s {distribution = "uniform01"} : (tensor<6xui64>) -> (tensor<3xf64>, tensor<7xui64>)
  return
}
