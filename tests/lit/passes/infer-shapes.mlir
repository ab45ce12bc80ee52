// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --split-input-file --verify-diagnostics | FileCheck %s

// What the arguments decide reaches every op and the function's type.
// CHECK-LABEL: func.func @pointwise_and_reductions
// CHECK-SAME: -> (tensor<4x3xf64>, tensor<3xf64>, tensor<3x4xi32>)
// CHECK-NOT: -> tensor<{{.*}}?
func.func @pointwise_and_reductions(%x: tensor<4x3xf64>, %y: tensor<?x3xf32>) -> (tensor<?x?xf64>, tensor<?xf64>, tensor<?x?xi32>) {
  // CHECK: nd.add %{{.*}}, %{{.*}} : (tensor<4x3xf64>, tensor<?x3xf32>) -> tensor<4x3xf64>
  %0 = nd.add %x, %y : (tensor<4x3xf64>, tensor<?x3xf32>) -> tensor<?x?xf64>
  // CHECK: nd.sum {{.*}} : (tensor<4x3xf64>) -> tensor<3xf64>
  %1 = nd.sum %0 {axes = array<i64: 0>} : (tensor<?x?xf64>) -> tensor<?xf64>
  // CHECK: nd.cast {{.*}} : (tensor<4x3xf64>) -> tensor<4x3xi32>
  %2 = nd.cast %0 : (tensor<?x?xf64>) -> tensor<?x?xi32>
  // CHECK: nd.transpose {{.*}} : (tensor<4x3xi32>) -> tensor<3x4xi32>
  %3 = nd.transpose %2 {permutation = array<i64: 1, 0>} : (tensor<?x?xi32>) -> tensor<?x?xi32>
  // CHECK: nd.copy {{.*}} : tensor<3x4xi32>
  %4 = nd.copy %3 : tensor<?x?xi32>
  return %0, %1, %4 : tensor<?x?xf64>, tensor<?xf64>, tensor<?x?xi32>
}

// -----

// Library ops and joining.
// CHECK-LABEL: func.func @library
// CHECK-SAME: -> (tensor<5x3xf64>, tensor<8x3xf64>, tensor<3xf64>)
func.func @library(%a: tensor<5x3xf64>, %b: tensor<?xf64>) -> (tensor<?x?xf64>, tensor<?x?xf64>, tensor<?xf64>) {
  // CHECK: nd.qr {{.*}} -> (tensor<5x3xf64>, tensor<3x3xf64>)
  %q, %r = nd.qr %a : (tensor<5x3xf64>) -> (tensor<?x?xf64>, tensor<?x?xf64>)
  // CHECK: nd.matmul {{.*}} -> tensor<5x3xf64>
  %0 = nd.matmul %q, %r : (tensor<?x?xf64>, tensor<?x?xf64>) -> tensor<?x?xf64>
  // CHECK: nd.concatenate {{.*}} -> tensor<8x3xf64>
  %1 = nd.concatenate %0, %r {axis = 0 : i64} : (tensor<?x?xf64>, tensor<?x?xf64>) -> tensor<?x?xf64>
  // CHECK: nd.lstsq {{.*}} -> (tensor<3xf64>, tensor<1xf64>, tensor<i64>, tensor<3xf64>)
  %x, %residuals, %rank, %s = nd.lstsq %a, %b {rcond = -1.0} : (tensor<5x3xf64>, tensor<?xf64>) -> (tensor<?xf64>, tensor<?xf64>, tensor<i64>, tensor<?xf64>)
  return %0, %1, %x : tensor<?x?xf64>, tensor<?x?xf64>, tensor<?xf64>
}

// -----

// What is known already stays, and what nothing decides stays open.
// CHECK-LABEL: func.func @open
// CHECK-SAME: -> tensor<?x3xf64>
func.func @open(%x: tensor<?x1xf64>, %y: tensor<?x?xf64>) -> tensor<?x3xf64> {
  // CHECK: nd.add {{.*}} : (tensor<?x1xf64>, tensor<?x?xf64>) -> tensor<?x3xf64>
  %0 = nd.add %x, %y : (tensor<?x1xf64>, tensor<?x?xf64>) -> tensor<?x3xf64>
  return %0 : tensor<?x3xf64>
}

// -----

// A contradiction that the types hid is an error of the op that shows it.
func.func @contradiction(%a: tensor<5x3xf64>, %b: tensor<?x4xf64>) -> tensor<?x4xf64> {
  %0 = nd.exp %a : (tensor<5x3xf64>) -> tensor<?x?xf64>
  // expected-error@+1 {{add: shapes (5, 3) and (?, 4) do not broadcast: axis -1 is 3 and 4; the sizes of an axis must be equal or 1}}
  %1 = nd.add %0, %b : (tensor<?x?xf64>, tensor<?x4xf64>) -> tensor<?x4xf64>
  return %1 : tensor<?x4xf64>
}

// -----

func.func @wrong_result(%a: tensor<5x3xf64>) -> tensor<7x?xf64> {
  %0 = nd.exp %a : (tensor<5x3xf64>) -> tensor<?x?xf64>
  // expected-error@+1 {{'nd.add' op has result types 'tensor<7x?xf64>' but its operands give 'tensor<5x3xf64>'}}
  %1 = nd.add %0, %0 : (tensor<?x?xf64>, tensor<?x?xf64>) -> tensor<7x?xf64>
  return %1 : tensor<7x?xf64>
}

// -----

func.func @wrong_count(%a: tensor<5x3xf64>) -> tensor<7xf64> {
  %0 = nd.exp %a : (tensor<5x3xf64>) -> tensor<?x?xf64>
  // expected-error@+1 {{reshape: cannot reshape (5, 3) of 15 elements to (7,) of 7; the counts must be equal, or leave one size to be worked out with -1}}
  %1 = nd.reshape %0 : (tensor<?x?xf64>) -> tensor<7xf64>
  return %1 : tensor<7xf64>
}
