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

// -----

func.func @main(%s: tensor<6xui64>) {
  // expected-error@+1 {{has the generator "sfc64"; those whose places can be sought are pcg64, pcg64dxsm and philox}}
  %0, %next = nd.random %s {distribution = "uniform01", generator = "sfc64"} : (tensor<6xui64>) -> (tensor<3xf64>, tensor<6xui64>)
  return
}

// -----

func.func @main(%s: tensor<6xui64>) {
  // expected-error@+1 {{has a state of 6 words; that of philox has 13}}
  %0, %next = nd.random %s {distribution = "uniform01", generator = "philox"} : (tensor<6xui64>) -> (tensor<3xf64>, tensor<6xui64>)
  return
}

// -----

func.func @main(%s: tensor<3xui64>) {
  // expected-error@+1 {{its numbers are f64 or f32}}
  %0 = nd.random_at %s {generator = "pcg64"} : (tensor<3xui64>) -> tensor<3xi64>
  return
}

// -----

func.func @main(%s: tensor<1xui64>) {
  // expected-error@+1 {{the first word of a state is broadcast to the result's shape}}
  %0 = nd.random_at %s {generator = "pcg64"} : (tensor<1xui64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%s: tensor<6xui64>, %n: tensor<3xi64>) {
  // expected-error@+1 {{it is one number, tensor<i64>}}
  %0 = nd.random_skip %s, %n {halves = false} : (tensor<6xui64>, tensor<3xi64>) -> tensor<6xui64>
  return
}
