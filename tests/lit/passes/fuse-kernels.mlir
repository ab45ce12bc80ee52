// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --split-input-file | FileCheck %s
//
// Which programs become how many loop nests. What must not fuse is in fuse-kernels-refuses.mlir.

// Softmax over rows: two reductions, each feeding the next pass over the row. One nest, nothing stored but the result.
// CHECK-LABEL: func.func @softmax_rows(
// CHECK-SAME:  %[[X:.*]]: tensor<4096x1024xf32>)
// CHECK-NEXT:  %[[Y:.*]] = nd.kernel (%[[A:.*]] = %[[X]] : tensor<4096x1024xf32>) -> (tensor<4096x1024xf32>) domain [4096, 1024] reduced [1]
// CHECK:         %[[MAX:.*]] = nd.max %[[A]] {axes = array<i64: 1>, keepdims = true, loops = array<i64: 0, 1>}
// CHECK:         %[[E:.*]] = nd.exp
// CHECK:         %[[SUM:.*]] = nd.sum %[[E]] {axes = array<i64: 1>, keepdims = true, loops = array<i64: 0, 1>}
// CHECK:         %[[Q:.*]] = nd.divide %[[E]], %{{.*}} {loops = array<i64: 0, 1>}
// CHECK:         nd.yield %[[Q]] : tensor<4096x1024xf32>
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[Y]]
func.func @softmax_rows(%x: tensor<4096x1024xf32>) -> tensor<4096x1024xf32> {
  %m = nd.max %x {axes = array<i64: 1>, keepdims = true} : (tensor<4096x1024xf32>) -> tensor<4096x1xf32>
  %s = nd.subtract %x, %m : (tensor<4096x1024xf32>, tensor<4096x1xf32>) -> tensor<4096x1024xf32>
  %e = nd.exp %s : (tensor<4096x1024xf32>) -> tensor<4096x1024xf32>
  %d = nd.sum %e {axes = array<i64: 1>, keepdims = true} : (tensor<4096x1024xf32>) -> tensor<4096x1xf32>
  %q = nd.divide %e, %d : (tensor<4096x1024xf32>, tensor<4096x1xf32>) -> tensor<4096x1024xf32>
  return %q : tensor<4096x1024xf32>
}

// -----

// Layer-norm: mean and variance of each row, scale and shift by vectors that are read, not computed, per element.
// CHECK-LABEL: func.func @layer_norm(
// CHECK-NEXT:  %[[Y:.*]] = nd.kernel (%{{.*}} = %{{.*}} : tensor<64x512xf32>, %[[G:.*]] = %{{.*}} : tensor<512xf32>, %[[B:.*]] = %{{.*}} : tensor<512xf32>)
// CHECK-SAME:  -> (tensor<64x512xf32>) domain [64, 512] reduced [1]
// CHECK:         nd.count [512]
// CHECK:         nd.broadcast_to %[[G]] : (tensor<512xf32>) -> tensor<64x512xf32>
// CHECK:         nd.broadcast_to %[[B]] : (tensor<512xf32>) -> tensor<64x512xf32>
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[Y]]
func.func @layer_norm(%x: tensor<64x512xf32>, %g: tensor<512xf32>, %b: tensor<512xf32>) -> tensor<64x512xf32> {
  %eps = nd.full 1.0e-05 : f32 -> tensor<f32>
  %m = nd.mean %x {axes = array<i64: 1>, keepdims = true} : (tensor<64x512xf32>) -> tensor<64x1xf32>
  %v = nd.var %x {axes = array<i64: 1>, keepdims = true} : (tensor<64x512xf32>) -> tensor<64x1xf32>
  %d = nd.subtract %x, %m : (tensor<64x512xf32>, tensor<64x1xf32>) -> tensor<64x512xf32>
  %e = nd.add %v, %eps : (tensor<64x1xf32>, tensor<f32>) -> tensor<64x1xf32>
  %s = nd.sqrt %e : (tensor<64x1xf32>) -> tensor<64x1xf32>
  %q = nd.divide %d, %s : (tensor<64x512xf32>, tensor<64x1xf32>) -> tensor<64x512xf32>
  %r = nd.multiply %q, %g : (tensor<64x512xf32>, tensor<512xf32>) -> tensor<64x512xf32>
  %y = nd.add %r, %b : (tensor<64x512xf32>, tensor<512xf32>) -> tensor<64x512xf32>
  return %y : tensor<64x512xf32>
}

// -----

// Columns standardised: the reduced axis is the first one; what the reductions give walks the last.
// CHECK-LABEL: func.func @standardise_columns
// CHECK-NEXT:  %[[Y:.*]] = nd.kernel (%{{.*}} = %{{.*}} : tensor<64x512xf32>) -> (tensor<64x512xf32>) domain [64, 512] reduced [0]
// CHECK:         nd.sum %{{.*}} {axes = array<i64: 0>, {{.*}}loops = array<i64: 0, 1>}
// CHECK:         nd.sqrt %{{.*}} {loops = array<i64: 1>} : (tensor<512xf32>)
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[Y]]
func.func @standardise_columns(%x: tensor<64x512xf32>) -> tensor<64x512xf32> {
  %m = nd.mean %x {axes = array<i64: 0>} : (tensor<64x512xf32>) -> tensor<512xf32>
  %s = nd.std %x {axes = array<i64: 0>} : (tensor<64x512xf32>) -> tensor<512xf32>
  %d = nd.subtract %x, %m : (tensor<64x512xf32>, tensor<512xf32>) -> tensor<64x512xf32>
  %q = nd.divide %d, %s : (tensor<64x512xf32>, tensor<512xf32>) -> tensor<64x512xf32>
  return %q : tensor<64x512xf32>
}

// -----

// The whole array standardised.
// CHECK-LABEL: func.func @standardise_all
// CHECK-NEXT:  %[[Y:.*]] = nd.kernel (%{{.*}} = %{{.*}} : tensor<64x512xf32>) -> (tensor<64x512xf32>) domain [64, 512] reduced [0, 1]
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[Y]]
func.func @standardise_all(%x: tensor<64x512xf32>) -> tensor<64x512xf32> {
  %m = nd.mean %x {axes = array<i64: 0, 1>} : (tensor<64x512xf32>) -> tensor<f32>
  %s = nd.std %x {axes = array<i64: 0, 1>} : (tensor<64x512xf32>) -> tensor<f32>
  %d = nd.subtract %x, %m : (tensor<64x512xf32>, tensor<f32>) -> tensor<64x512xf32>
  %q = nd.divide %d, %s : (tensor<64x512xf32>, tensor<f32>) -> tensor<64x512xf32>
  return %q : tensor<64x512xf32>
}

// -----

// A middle axis: dimensions keep their order, the reduced one between them.
// CHECK-LABEL: func.func @middle_axis
// CHECK-NEXT:  %[[Y:.*]] = nd.kernel ({{.*}}) -> (tensor<4x7x5xf64>) domain [4, 7, 5] reduced [1]
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[Y]]
func.func @middle_axis(%x: tensor<4x7x5xf64>) -> tensor<4x7x5xf64> {
  %m = nd.max %x {axes = array<i64: 1>, keepdims = true} : (tensor<4x7x5xf64>) -> tensor<4x1x5xf64>
  %d = nd.subtract %x, %m : (tensor<4x7x5xf64>, tensor<4x1x5xf64>) -> tensor<4x7x5xf64>
  return %d : tensor<4x7x5xf64>
}

// -----

// Two that read the same array read it once, though neither needs the other.
// CHECK-LABEL: func.func @siblings
// CHECK-NEXT:  %[[R:.*]]:2 = nd.kernel ({{.*}}) -> (tensor<64xf32>, tensor<64xf32>) domain [64, 512] reduced [1]
// CHECK-DAG:     %[[SUM:.*]] = nd.sum
// CHECK-DAG:     %[[MAX:.*]] = nd.max
// CHECK:         nd.yield %[[SUM]], %[[MAX]]
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[R]]#0, %[[R]]#1
func.func @siblings(%x: tensor<64x512xf32>) -> (tensor<64xf32>, tensor<64xf32>) {
  %s = nd.sum %x {axes = array<i64: 1>} : (tensor<64x512xf32>) -> tensor<64xf32>
  %m = nd.max %x {axes = array<i64: 1>} : (tensor<64x512xf32>) -> tensor<64xf32>
  return %s, %m : tensor<64xf32>, tensor<64xf32>
}

// -----

// An intermediate that is a result as well is stored beside the rest.
// CHECK-LABEL: func.func @several_results
// CHECK-NEXT:  %[[R:.*]]:2 = nd.kernel ({{.*}}) -> (tensor<64x512xf64>, tensor<64xf64>) domain [64, 512] reduced [1]
// CHECK:         %[[E:.*]] = nd.exp
// CHECK:         %[[S:.*]] = nd.sum %[[E]]
// CHECK:         nd.yield %[[E]], %[[S]]
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[S:.*]]#1, %[[R]]#0
func.func @several_results(%x: tensor<64x512xf64>) -> (tensor<64xf64>, tensor<64x512xf64>) {
  %e = nd.exp %x : (tensor<64x512xf64>) -> tensor<64x512xf64>
  %s = nd.sum %e {axes = array<i64: 1>} : (tensor<64x512xf64>) -> tensor<64xf64>
  return %s, %e : tensor<64xf64>, tensor<64x512xf64>
}

// -----

// Generators and views of arguments are read in place: strides, not copies.
// CHECK-LABEL: func.func @views_of_arguments(
// CHECK-NEXT:  %[[Y:.*]] = nd.kernel
// CHECK-SAME:  domain [63, 64] reduced []
// CHECK-DAG:     nd.iota
// CHECK-DAG:     nd.slice %{{.*}} {offsets = array<i64: 63, 0>, sizes = array<i64: 63, 64>, strides = array<i64: -1, 1>}
// CHECK-DAG:     nd.transpose
// CHECK-NOT:   nd.kernel
// CHECK-NOT:   nd.copy
// CHECK:       return %[[Y]]
func.func @views_of_arguments(%x: tensor<64x64xf64>, %y: tensor<64x63xf64>) -> tensor<63x64xf64> {
  %i = nd.iota {axis = 1 : i64} -> tensor<63x64xf64>
  %a = nd.slice %x {offsets = array<i64: 63, 0>, sizes = array<i64: 63, 64>, strides = array<i64: -1, 1>} : (tensor<64x64xf64>) -> tensor<63x64xf64>
  %b = nd.transpose %y {permutation = array<i64: 1, 0>} : (tensor<64x63xf64>) -> tensor<63x64xf64>
  %c = nd.subtract %a, %b : (tensor<63x64xf64>, tensor<63x64xf64>) -> tensor<63x64xf64>
  %d = nd.multiply %c, %i : (tensor<63x64xf64>, tensor<63x64xf64>) -> tensor<63x64xf64>
  return %d : tensor<63x64xf64>
}

// -----

// A reshape that only adds and drops axes of extent 1 is a view too: an outer product is one nest.
// CHECK-LABEL: func.func @outer_product
// CHECK-NEXT:  %[[Y:.*]] = nd.kernel (%{{.*}} = %{{.*}} : tensor<64xf64>, %{{.*}} = %{{.*}} : tensor<512xf64>) -> (tensor<64x512xf64>)
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[Y]]
func.func @outer_product(%x: tensor<64xf64>, %y: tensor<512xf64>) -> tensor<64x512xf64> {
  %c = nd.reshape %x : (tensor<64xf64>) -> tensor<64x1xf64>
  %p = nd.multiply %c, %y : (tensor<64x1xf64>, tensor<512xf64>) -> tensor<64x512xf64>
  return %p : tensor<64x512xf64>
}

// -----

// A 0-d computation rides along: it costs one scalar.
// CHECK-LABEL: func.func @scalar_producer
// CHECK-NEXT:  %[[Y:.*]] = nd.kernel ({{.*}}) -> (tensor<64xf64>) domain [64] reduced []
// CHECK:         nd.exp %{{.*}} {loops = array<i64>}
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[Y]]
func.func @scalar_producer(%x: tensor<64xf64>, %s: tensor<f64>) -> tensor<64xf64> {
  %e = nd.exp %s : (tensor<f64>) -> tensor<f64>
  %y = nd.multiply %x, %e : (tensor<64xf64>, tensor<f64>) -> tensor<64xf64>
  return %y : tensor<64xf64>
}

// -----

// A library op stands between two kernels.
// CHECK-LABEL: func.func @matmul_between(
// CHECK-SAME:  %[[X:.*]]: tensor<64x64xf64>, %[[W:.*]]: tensor<64x64xf64>)
// CHECK:       %[[A:.*]] = nd.kernel (%{{.*}} = %[[X]] :
// CHECK:       %[[P:.*]] = nd.matmul %[[A]], %[[W]]
// CHECK:       %[[Y:.*]] = nd.kernel (%{{.*}} = %[[P]] :
// CHECK-NOT:   nd.kernel
// CHECK:       return %[[Y]]
func.func @matmul_between(%x: tensor<64x64xf64>, %w: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %a = nd.exp %x : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %p = nd.matmul %a, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %y = nd.tanh %p : (tensor<64x64xf64>) -> tensor<64x64xf64>
  return %y : tensor<64x64xf64>
}

// -----

// Results have memory of their own: an argument, a view and a result given twice are copied, once each.
// CHECK-LABEL: func.func @results(
// CHECK-SAME:  %[[X:.*]]: tensor<64x512xf64>)
// CHECK:       %[[R:.*]]:3 = nd.kernel (%[[A:.*]] = %[[X]] : tensor<64x512xf64>)
// CHECK-COUNT-2: nd.copy
// CHECK:       %[[T:.*]] = nd.kernel
// CHECK:         nd.transpose
// CHECK-NEXT:    nd.copy
// CHECK-NOT:   return %[[X]]
// CHECK:       return %[[R]]#{{.}}, %[[T]], %[[R]]#{{.}}, %[[R]]#{{.}}
func.func @results(%x: tensor<64x512xf64>) -> (tensor<64x512xf64>, tensor<512x64xf64>, tensor<64x512xf64>, tensor<64x512xf64>) {
  %e = nd.exp %x : (tensor<64x512xf64>) -> tensor<64x512xf64>
  %t = nd.transpose %e {permutation = array<i64: 1, 0>} : (tensor<64x512xf64>) -> tensor<512x64xf64>
  return %x, %t, %e, %e : tensor<64x512xf64>, tensor<512x64xf64>, tensor<64x512xf64>, tensor<64x512xf64>
}

// -----

// What nothing needs is not computed.
// CHECK-LABEL: func.func @unused(
// CHECK-SAME:  %[[X:.*]]: tensor<4xf64>)
// CHECK-NOT:   nd.tanh
// CHECK:       nd.exp
// CHECK-NOT:   nd.tanh
// CHECK:       return
func.func @unused(%x: tensor<4xf64>) -> tensor<4xf64> {
  %t = nd.tanh %x : (tensor<4xf64>) -> tensor<4xf64>
  %e = nd.exp %x : (tensor<4xf64>) -> tensor<4xf64>
  return %e : tensor<4xf64>
}
