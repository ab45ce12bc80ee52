// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-lower-to-loops --split-input-file --verify-diagnostics

// expected-error@+1 {{has no planned buffers; run nd-bind-parameters, nd-fuse-kernels and nd-plan-buffers first}}
func.func @unplanned(%x: tensor<4xf64>) -> tensor<4xf64> {
  %0 = nd.exp %x : (tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// -----

// expected-error@+1 {{has the type 'tensor<?xf64>' with an extent that is not known; give every argument its sizes, or use `ndc run`, which takes them from the arrays}}
func.func @unknown(%x: tensor<?xf64>) -> tensor<?xf64> attributes {nd.sizes = array<i64>, nd.slots = []} {
  %0 = nd.kernel (%a = %x : tensor<?xf64>) -> (tensor<?xf64>) domain [4] reduced [] attributes {buffers = array<i64: -1>} {
    %1 = nd.exp %a {loops = array<i64: 0>} : (tensor<?xf64>) -> tensor<?xf64>
    nd.yield %1 : tensor<?xf64>
  }
  return %0 : tensor<?xf64>
}

// -----

func.func @unfused(%x: tensor<4xf64>) -> tensor<4xf64> attributes {nd.sizes = array<i64: 4>, nd.slots = []} {
  // expected-error@+1 {{'nd.exp' op stands outside a kernel; run nd-fuse-kernels first}}
  %0 = nd.exp %x {buffers = array<i64: -1>} : (tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}
