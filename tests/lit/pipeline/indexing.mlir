// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --split-input-file | FileCheck %s
//
// Calls that choose elements: the index arrays go as a list, with its length; the axes as bits.

// CHECK-LABEL: llvm.func @gather(
// The int32 index array is cast first.
// CHECK:       llvm.call @ndrt_parallel_for
// CHECK:       %[[LIST:.*]] = llvm.getelementptr %[[ARRAY:.*]][0] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
// CHECK-NEXT:  llvm.store %[[FIRST:.*]], %[[LIST]]
// CHECK-NEXT:  llvm.getelementptr %[[ARRAY]][1]
// CHECK-NEXT:  llvm.store
// CHECK:       %[[COUNT:.*]] = arith.constant 2 : i32
// CHECK:       %[[AXES:.*]] = arith.constant 5 : i64
// CHECK-NEXT:  %[[PLACE:.*]] = arith.constant 1 : i64
// CHECK-NEXT:  %[[STATUS:.*]] = llvm.call @ndrt_gather(%[[X:.*]], %[[ARRAY]], %[[COUNT]], %[[OUT:.*]], %[[AXES]], %[[PLACE]]) : (!llvm.ptr, !llvm.ptr, i32, !llvm.ptr, i64, i64) -> i32
// CHECK:       cf.cond_br
func.func @gather(%x: tensor<4x5x6xf32>, %i: tensor<3xi64>, %j: tensor<2x1xi32>) -> tensor<5x2x3xf32> {
  %0 = nd.gather %x, %i, %j {axes = array<i64: 0, 2>, place = 1 : i64} : (tensor<4x5x6xf32>, tensor<3xi64>, tensor<2x1xi32>) -> tensor<5x2x3xf32>
  return %0 : tensor<5x2x3xf32>
}

// -----

// The result starts as a copy of the array; the call has the value, the indices and the result.
// CHECK-LABEL: llvm.func @scatter(
// CHECK:       llvm.call @ndrt_copy
// CHECK:       %[[MODE:.*]] = arith.constant 5 : i32
// CHECK-NEXT:  %{{.*}} = llvm.call @ndrt_scatter(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[MODE]]) : (!llvm.ptr, !llvm.ptr, i32, !llvm.ptr, i64, i32) -> i32
// CHECK-NOT:   llvm.call @ndrt_copy
// CHECK:       llvm.return
func.func @scatter(%x: tensor<4x5xf32>, %v: tensor<5xf32>, %i: tensor<3xi64>) -> tensor<4x5xf32> {
  %0 = nd.scatter %x, %v, %i {axes = array<i64: 0>, mode = "minimum"} : (tensor<4x5xf32>, tensor<5xf32>, tensor<3xi64>) -> tensor<4x5xf32>
  return %0 : tensor<4x5xf32>
}

// -----

// A mask that is no bool becomes one; views are read where they lie.
// CHECK-LABEL: llvm.func @masks(
// CHECK:       llvm.call @ndrt_parallel_for
// CHECK:       llvm.call @ndrt_compress(%{{.*}}, %{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32
// CHECK-NOT:   llvm.call @ndrt_parallel_for
// CHECK:       llvm.call @ndrt_flatnonzero(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> i32
// CHECK:       llvm.call @ndrt_repeat(%{{.*}}, %{{.*}}, %{{.*}}, %c1_i64{{[_0-9]*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i64) -> i32
func.func @masks(%m: tensor<5xf64>, %b: tensor<5xi1>, %x: tensor<4x5xf32>, %c: tensor<5xi64>) -> (tensor<3x4xf32>, tensor<2xi64>, tensor<4x9xf32>) {
  %t = nd.transpose %x {permutation = array<i64: 1, 0>} : (tensor<4x5xf32>) -> tensor<5x4xf32>
  %0 = nd.compress %m, %t : (tensor<5xf64>, tensor<5x4xf32>) -> tensor<3x4xf32>
  %1 = nd.flatnonzero %b : (tensor<5xi1>) -> tensor<2xi64>
  %2 = nd.repeat %x, %c {axis = 1 : i64} : (tensor<4x5xf32>, tensor<5xi64>) -> tensor<4x9xf32>
  return %0, %1, %2 : tensor<3x4xf32>, tensor<2xi64>, tensor<4x9xf32>
}

// -----

// CHECK-LABEL: llvm.func @order(
// CHECK:       llvm.call @ndrt_sort(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> i32
// CHECK:       llvm.call @ndrt_argsort(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> i32
// CHECK:       llvm.call @ndrt_partition(%{{.*}}, %{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32
// CHECK:       llvm.call @ndrt_argpartition(%{{.*}}, %{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32
// CHECK:       llvm.call @ndrt_lexsort(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> i32
// CHECK:       llvm.call @ndrt_searchsorted(%{{.*}}, %{{.*}}, %{{.*}}, %c1_i32{{[_0-9]*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i32) -> i32
func.func @order(%x: tensor<4x5xf32>, %s: tensor<7xf32>, %k: tensor<2xi64>) -> (tensor<4x5xf32>, tensor<4x5xi64>, tensor<4x5xf32>, tensor<4x5xi64>, tensor<5xi64>, tensor<4x5xi64>) {
  %0 = nd.sort %x : (tensor<4x5xf32>) -> tensor<4x5xf32>
  %1 = nd.argsort %x : (tensor<4x5xf32>) -> tensor<4x5xi64>
  %2 = nd.partition %x, %k : (tensor<4x5xf32>, tensor<2xi64>) -> tensor<4x5xf32>
  %3 = nd.argpartition %x, %k : (tensor<4x5xf32>, tensor<2xi64>) -> tensor<4x5xi64>
  %4 = nd.lexsort %x : (tensor<4x5xf32>) -> tensor<5xi64>
  %5 = nd.searchsorted %s, %x {right = true} : (tensor<7xf32>, tensor<4x5xf32>) -> tensor<4x5xi64>
  return %0, %1, %2, %3, %4, %5 : tensor<4x5xf32>, tensor<4x5xi64>, tensor<4x5xf32>, tensor<4x5xi64>, tensor<5xi64>, tensor<4x5xi64>
}
