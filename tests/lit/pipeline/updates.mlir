// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-fuse-selections --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops | nd-opt --split-input-file | FileCheck %s
// RUN: nd-opt %s --split-input-file --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-fuse-selections --nd-simplify --nd-fuse-kernels --nd-plan-buffers | FileCheck %s --check-prefix=PLANNED
// RUN: nd-opt %s --split-input-file --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-fuse-selections --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm | nd-opt --split-input-file
//
// Updates: in place where the result is tied to the argument, on a copy where it is not.

// One copy, of the row; no memory for the array.
// CHECK-LABEL: llvm.func @inplace(
// CHECK-NOT:   ndrt_alloc
// CHECK:       llvm.call @ndrt_copy
// CHECK-NOT:   ndrt_copy
// CHECK:       llvm.return
func.func @inplace(%a: tensor<100x8xf64>, %r: tensor<1x8xf64>) -> tensor<100x8xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.update %a, %r {offsets = array<i64: 3, 0>, strides = array<i64: 1, 1>} : tensor<100x8xf64>, tensor<1x8xf64>
  return %0 : tensor<100x8xf64>
}

// -----

// The whole array first, then the row.
// CHECK-LABEL: llvm.func @copied(
// CHECK:       llvm.call @ndrt_copy
// CHECK:       llvm.call @ndrt_copy
// CHECK-NOT:   ndrt_copy
// CHECK:       llvm.return
func.func @copied(%a: tensor<100x8xf64>, %r: tensor<1x8xf64>) -> tensor<100x8xf64> {
  %0 = nd.update %a, %r {offsets = array<i64: 3, 0>, strides = array<i64: 1, 1>} : tensor<100x8xf64>, tensor<1x8xf64>
  return %0 : tensor<100x8xf64>
}

// -----

// a[3] += r: a kernel that writes the row where it belongs.
// PLANNED-LABEL: func.func @add(
// PLANNED-SAME:  nd.slots = []
// PLANNED:       nd.update %arg0, %{{.*}} {buffers = array<i64: -1>
// CHECK-LABEL: llvm.func @add(
// CHECK-NOT:   llvm.call @ndrt_alloc
// CHECK-NOT:   llvm.call @ndrt_copy
// CHECK:       llvm.call @ndrt_parallel_for
// CHECK-NOT:   llvm.call @ndrt_copy
// CHECK:       llvm.return
func.func @add(%a: tensor<100x8xf64>, %r: tensor<1x8xf64>) -> tensor<100x8xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.slice %a {offsets = array<i64: 3, 0>, sizes = array<i64: 1, 8>, strides = array<i64: 1, 1>} : (tensor<100x8xf64>) -> tensor<1x8xf64>
  %1 = nd.add %0, %r : (tensor<1x8xf64>, tensor<1x8xf64>) -> tensor<1x8xf64>
  %2 = nd.update %a, %1 {offsets = array<i64: 3, 0>, strides = array<i64: 1, 1>} : tensor<100x8xf64>, tensor<1x8xf64>
  return %2 : tensor<100x8xf64>
}

// -----

// A scatter updates in place as well.
// PLANNED-LABEL: func.func @scatter(
// PLANNED-SAME:  nd.slots = []
// CHECK-LABEL: llvm.func @scatter(
// CHECK-NOT:   ndrt_alloc
// CHECK-NOT:   ndrt_copy
// CHECK:       llvm.call @ndrt_scatter
// CHECK-NOT:   ndrt_copy
// CHECK:       llvm.return
func.func @scatter(%a: tensor<100xf64>, %i: tensor<3xi64>, %v: tensor<3xf64>) -> tensor<100xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.scatter %a, %v, %i {axes = array<i64: 0>, mode = "add"} : (tensor<100xf64>, tensor<3xf64>, tensor<3xi64>) -> tensor<100xf64>
  return %0 : tensor<100xf64>
}

// -----

// The old elements are a result too: the array that is written is another one.
// PLANNED-LABEL: func.func @both(
// PLANNED-SAME:  nd.slots = []
// CHECK-LABEL: llvm.func @both(
// CHECK:       llvm.call @ndrt_copy
// CHECK:       llvm.call @ndrt_copy
// CHECK:       llvm.return
func.func @both(%a: tensor<9xf64>, %v: tensor<2xf64>) -> (tensor<9xf64>, tensor<9xf64>) attributes {nd.ties = array<i64: 0, -1>} {
  %0 = nd.update %a, %v {offsets = array<i64: 8>, strides = array<i64: -8>} : tensor<9xf64>, tensor<2xf64>
  return %a, %0 : tensor<9xf64>, tensor<9xf64>
}

// -----

// Halves: what is written is rounded, also where a kernel writes over its argument.
// CHECK-LABEL: llvm.func @half(
// CHECK-NOT:   ndrt_alloc
// CHECK:       llvm.return
func.func @half(%a: tensor<100xbf16>, %v: tensor<100xbf16>) -> tensor<100xbf16> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.add %a, %v : (tensor<100xbf16>, tensor<100xbf16>) -> tensor<100xbf16>
  return %0 : tensor<100xbf16>
}

// -----

// What is written block by block is not filled before.
// PLANNED-LABEL: func.func @blocks(
// PLANNED-SAME:  nd.slots = []
// PLANNED:       nd.empty {buffers = array<i64: -1>} -> tensor<4xf64>
// CHECK-LABEL: llvm.func @blocks(
// CHECK-NOT:   ndrt_parallel_for
// CHECK-COUNT-2: llvm.call @ndrt_copy
// CHECK-NOT:   ndrt_copy
// CHECK:       llvm.return
func.func @blocks(%a: tensor<4xf64>) -> tensor<4xf64> {
  %0 = nd.empty -> tensor<4xf64>
  %1 = nd.slice %a {offsets = array<i64: 1>, sizes = array<i64: 3>, strides = array<i64: 1>} : (tensor<4xf64>) -> tensor<3xf64>
  %2 = nd.update %0, %1 {offsets = array<i64: 0>, strides = array<i64: 1>} : tensor<4xf64>, tensor<3xf64>
  %3 = nd.slice %a {offsets = array<i64: 0>, sizes = array<i64: 1>, strides = array<i64: 1>} : (tensor<4xf64>) -> tensor<1xf64>
  %4 = nd.update %2, %3 {offsets = array<i64: 3>, strides = array<i64: 1>} : tensor<4xf64>, tensor<1xf64>
  return %4 : tensor<4xf64>
}
