// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes | FileCheck %s
//
// The types that reshape and broadcast_to state refine too, where one answer is left.

// CHECK-LABEL: func.func @reshape
// CHECK-SAME: -> tensor<3x5xf64>
func.func @reshape(%a: tensor<5x3xf64>) -> tensor<?x5xf64> {
  // CHECK: nd.reshape {{.*}} -> tensor<3x5xf64>
  %0 = nd.reshape %a : (tensor<5x3xf64>) -> tensor<?x5xf64>
  return %0 : tensor<?x5xf64>
}

// CHECK-LABEL: func.func @broadcast_to
// CHECK-SAME: -> tensor<?x5x3xf64>
func.func @broadcast_to(%a: tensor<5x3xf64>) -> tensor<?x?x3xf64> {
  // CHECK: nd.broadcast_to {{.*}} -> tensor<?x5x3xf64>
  %0 = nd.broadcast_to %a : (tensor<5x3xf64>) -> tensor<?x?x3xf64>
  return %0 : tensor<?x?x3xf64>
}
