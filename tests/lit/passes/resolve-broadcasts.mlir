// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-resolve-broadcasts | FileCheck %s

// Operands are broadcast, then cast, so that the cast joins the kernel; one element is cast first.
// CHECK-LABEL: func.func @pointwise(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>, %[[Y:.*]]: tensor<3xi32>, %[[C:.*]]: tensor<i64>)
func.func @pointwise(%x: tensor<4x3xf64>, %y: tensor<3xi32>, %c: tensor<i64>) -> (tensor<4x3xf64>, tensor<4x3xi1>, tensor<4x3xf64>) {
  // CHECK: %[[F:.*]] = nd.broadcast_to %[[Y]] : (tensor<3xi32>) -> tensor<4x3xi32>
  // CHECK: %[[B:.*]] = nd.cast %[[F]] : (tensor<4x3xi32>) -> tensor<4x3xf64>
  // CHECK: nd.add %[[X]], %[[B]] : (tensor<4x3xf64>, tensor<4x3xf64>) -> tensor<4x3xf64>
  %0 = nd.add %x, %y : (tensor<4x3xf64>, tensor<3xi32>) -> tensor<4x3xf64>
  // CHECK: nd.less %{{.*}}, %[[X]] : (tensor<4x3xf64>, tensor<4x3xf64>) -> tensor<4x3xi1>
  %1 = nd.less %y, %x : (tensor<3xi32>, tensor<4x3xf64>) -> tensor<4x3xi1>
  // A condition is bool.
  // CHECK: %[[BOOL:.*]] = nd.cast %[[C]] : (tensor<i64>) -> tensor<i1>
  // CHECK: %[[CONDITION:.*]] = nd.broadcast_to %[[BOOL]] : (tensor<i1>) -> tensor<4x3xi1>
  // CHECK: nd.where %[[CONDITION]], %[[X]], %{{.*}} : (tensor<4x3xi1>, tensor<4x3xf64>, tensor<4x3xf64>)
  %2 = nd.where %c, %x, %y : (tensor<i64>, tensor<4x3xf64>, tensor<3xi32>) -> tensor<4x3xf64>
  return %0, %1, %2 : tensor<4x3xf64>, tensor<4x3xi1>, tensor<4x3xf64>
}

// What is explicit already stays as it is.
// CHECK-LABEL: func.func @same
// CHECK-NOT: nd.cast
// CHECK-NOT: nd.broadcast_to
// CHECK: return
func.func @same(%x: tensor<4x3xf64>) -> tensor<4x3xf64> {
  %0 = nd.add %x, %x : (tensor<4x3xf64>, tensor<4x3xf64>) -> tensor<4x3xf64>
  return %0 : tensor<4x3xf64>
}

// The operands of int8-for-bool rows, of true division and of floating rows.
// CHECK-LABEL: func.func @compute_dtypes
func.func @compute_dtypes(%b: tensor<3xi1>, %i: tensor<3xi8>, %u: tensor<3xui16>) -> (tensor<3xi8>, tensor<3xf64>, tensor<3xf32>, tensor<3xi1>) {
  // CHECK: %[[I8:.*]] = nd.cast %{{.*}} : (tensor<3xi1>) -> tensor<3xi8>
  // CHECK: nd.square %[[I8]] : (tensor<3xi8>) -> tensor<3xi8>
  %0 = nd.square %b : (tensor<3xi1>) -> tensor<3xi8>
  // CHECK: nd.divide %{{.*}}, %{{.*}} : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  %1 = nd.divide %i, %u : (tensor<3xi8>, tensor<3xui16>) -> tensor<3xf64>
  // CHECK: %[[F32:.*]] = nd.cast %{{.*}} : (tensor<3xui16>) -> tensor<3xf32>
  // CHECK: nd.exp %[[F32]] : (tensor<3xf32>) -> tensor<3xf32>
  %2 = nd.exp %u : (tensor<3xui16>) -> tensor<3xf32>
  // CHECK: nd.logical_or %{{.*}}, %{{.*}} : (tensor<3xi1>, tensor<3xi1>) -> tensor<3xi1>
  %3 = nd.logical_or %i, %u : (tensor<3xi8>, tensor<3xui16>) -> tensor<3xi1>
  return %0, %1, %2, %3 : tensor<3xi8>, tensor<3xf64>, tensor<3xf32>, tensor<3xi1>
}

// Reductions fold in the dtype of their result; any and all fold truth.
// CHECK-LABEL: func.func @reductions
func.func @reductions(%x: tensor<4x3xi8>) -> (tensor<4xi64>, tensor<3xi1>, tensor<3xi8>) {
  // CHECK: %[[WIDE:.*]] = nd.cast %{{.*}} : (tensor<4x3xi8>) -> tensor<4x3xi64>
  // CHECK: nd.sum %[[WIDE]] {axes = array<i64: 1>}
  %0 = nd.sum %x {axes = array<i64: 1>} : (tensor<4x3xi8>) -> tensor<4xi64>
  // CHECK: %[[TRUTH:.*]] = nd.cast %{{.*}} : (tensor<4x3xi8>) -> tensor<4x3xi1>
  // CHECK: nd.any %[[TRUTH]]
  %1 = nd.any %x {axes = array<i64: 0>} : (tensor<4x3xi8>) -> tensor<3xi1>
  // CHECK-NEXT: nd.max %{{.*}} : (tensor<4x3xi8>) -> tensor<3xi8>
  %2 = nd.max %x {axes = array<i64: 0>} : (tensor<4x3xi8>) -> tensor<3xi8>
  return %0, %1, %2 : tensor<4xi64>, tensor<3xi1>, tensor<3xi8>
}

// mean, var and std are written out. CHECK-NOT of their names holds for the whole function.
// CHECK-LABEL: func.func @mean
// CHECK-NOT: nd.mean
// CHECK-DAG: %[[N:.*]] = nd.count [4, 5] -> tensor<f64>
// CHECK-DAG: %[[SUM:.*]] = nd.sum %{{.*}} {axes = array<i64: 0, 2>} : (tensor<4x3x5xf64>) -> tensor<3xf64>
// CHECK: %[[NS:.*]] = nd.broadcast_to %[[N]] : (tensor<f64>) -> tensor<3xf64>
// CHECK: nd.divide %[[SUM]], %[[NS]]
func.func @mean(%x: tensor<4x3x5xi32>) -> tensor<3xf64> {
  %0 = nd.mean %x {axes = array<i64: 0, 2>} : (tensor<4x3x5xi32>) -> tensor<3xf64>
  return %0 : tensor<3xf64>
}

// The variance takes two passes: squares of what the mean leaves.
// CHECK-LABEL: func.func @std(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf32>)
// CHECK-NOT: nd.std
// CHECK: nd.sum %[[X]] {axes = array<i64: 1>, keepdims = true}
// CHECK: %[[MEAN:.*]] = nd.divide
// CHECK: %[[MEANS:.*]] = nd.broadcast_to %[[MEAN]] : (tensor<4x1xf32>) -> tensor<4x3xf32>
// CHECK: %[[DEVIATION:.*]] = nd.subtract %[[X]], %[[MEANS]]
// CHECK: %[[SQUARE:.*]] = nd.square %[[DEVIATION]]
// CHECK: %[[SQUARES:.*]] = nd.sum %[[SQUARE]] {axes = array<i64: 1>} : (tensor<4x3xf32>) -> tensor<4xf32>
// The divisor is n - ddof, and not below 0.
// CHECK: nd.maximum
// CHECK: %[[VAR:.*]] = nd.divide %[[SQUARES]], %{{.*}} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
// CHECK: %[[STD:.*]] = nd.sqrt %[[VAR]]
// CHECK: return %[[STD]]
func.func @std(%x: tensor<4x3xf32>) -> tensor<4xf32> {
  %0 = nd.std %x {axes = array<i64: 1>, ddof = 1.0} : (tensor<4x3xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @var
// CHECK-NOT: nd.var
// CHECK-NOT: nd.maximum
// CHECK-NOT: nd.sqrt
// CHECK: return
func.func @var(%x: tensor<4x3xf32>) -> tensor<4x1xf32> {
  %0 = nd.var %x {axes = array<i64: 1>, keepdims = true} : (tensor<4x3xf32>) -> tensor<4x1xf32>
  return %0 : tensor<4x1xf32>
}

// Library ops and joining take the dtype of their result.
// CHECK-LABEL: func.func @library(
// CHECK-SAME:  %[[I:.*]]: tensor<4x4xi16>, %[[F:.*]]: tensor<4xf32>)
func.func @library(%x: tensor<4x4xi16>, %y: tensor<4xf32>) -> (tensor<4x4xf64>, tensor<4xf32>, tensor<16x4xf32>) {
  // CHECK: %[[D:.*]] = nd.cast %[[I]] : (tensor<4x4xi16>) -> tensor<4x4xf64>
  // CHECK: nd.inv %[[D]] : (tensor<4x4xf64>) -> tensor<4x4xf64>
  %0 = nd.inv %x : (tensor<4x4xi16>) -> tensor<4x4xf64>
  // CHECK: nd.matmul %{{.*}}, %[[F]] : (tensor<4x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = nd.matmul %x, %y : (tensor<4x4xi16>, tensor<4xf32>) -> tensor<4xf32>
  %2 = nd.broadcast_to %y : (tensor<4xf32>) -> tensor<12x4xf32>
  // CHECK: nd.concatenate %{{.*}}, %{{.*}} {axis = 0 : i64} : (tensor<4x4xf32>, tensor<12x4xf32>) -> tensor<16x4xf32>
  %3 = nd.concatenate %x, %2 {axis = 0 : i64} : (tensor<4x4xi16>, tensor<12x4xf32>) -> tensor<16x4xf32>
  return %0, %1, %3 : tensor<4x4xf64>, tensor<4xf32>, tensor<16x4xf32>
}

// Signed with uint64: no common integer dtype, compared exactly all the same.
// CHECK-LABEL: func.func @exact(
// CHECK-NOT: f64
// CHECK: nd.less %{{.*}} : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi1>
// CHECK: nd.equal %{{.*}} : (tensor<4xui64>, tensor<4xui64>) -> tensor<4xi1>
// CHECK: nd.where
// CHECK: return
func.func @exact(%x: tensor<4xi32>, %y: tensor<4xui64>) -> tensor<4xi1> {
  %0 = nd.equal %x, %y : (tensor<4xi32>, tensor<4xui64>) -> tensor<4xi1>
  return %0 : tensor<4xi1>
}
