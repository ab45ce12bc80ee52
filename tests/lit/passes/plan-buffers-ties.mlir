// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers %s | FileCheck %s

// A result that overwrites an argument lies in its memory: nothing is allocated, and an update of
// a row writes the row.

// CHECK-LABEL: func.func @row(
// CHECK-SAME: nd.slots = []
// CHECK: nd.update %{{.*}} {buffers = array<i64: -1>, offsets
func.func @row(%a: tensor<100x8xf64>, %r: tensor<1x8xf64>) -> tensor<100x8xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.update %a, %r {offsets = array<i64: 3, 0>, strides = array<i64: 1, 1>} : tensor<100x8xf64>, tensor<1x8xf64>
  return %0 : tensor<100x8xf64>
}

// A chain of updates stays in place; one of them is read in between.
// CHECK-LABEL: func.func @chain(
// CHECK: nd.update {{.*}} {buffers = array<i64: -1>,
// CHECK: nd.kernel {{.*}} attributes {buffers = array<i64: -2>}
// CHECK: nd.update {{.*}} {buffers = array<i64: -1>,
func.func @chain(%a: tensor<9xf64>, %x: tensor<3xf64>) -> (tensor<9xf64>, tensor<f64>) attributes {nd.ties = array<i64: 0, -1>} {
  %0 = nd.update %a, %x {offsets = array<i64: 0>, strides = array<i64: 2>} : tensor<9xf64>, tensor<3xf64>
  %1 = nd.sum %0 {axes = array<i64: 0>} : (tensor<9xf64>) -> tensor<f64>
  %2 = nd.update %0, %x {offsets = array<i64: 4>, strides = array<i64: 1>} : tensor<9xf64>, tensor<3xf64>
  return %2, %1 : tensor<9xf64>, tensor<f64>
}

// The old elements are wanted after the update: it cannot be in place.
// CHECK-LABEL: func.func @wanted(
// CHECK-SAME: nd.slots = [array<i64: 9, 8>]
// CHECK: nd.update {{.*}} {buffers = array<i64: 0>,
func.func @wanted(%a: tensor<9xf64>, %x: tensor<3xf64>) -> (tensor<9xf64>, tensor<9xf64>) attributes {nd.ties = array<i64: 0, -1>} {
  %0 = nd.update %a, %x {offsets = array<i64: 0>, strides = array<i64: 2>} : tensor<9xf64>, tensor<3xf64>
  %1 = nd.exp %a : (tensor<9xf64>) -> tensor<9xf64>
  %2 = nd.multiply %1, %0 : (tensor<9xf64>, tensor<9xf64>) -> tensor<9xf64>
  return %0, %2 : tensor<9xf64>, tensor<9xf64>
}

// A part of the array written elsewhere into it overlaps.
// CHECK-LABEL: func.func @overlap(
// CHECK: nd.update {{.*}} {buffers = array<i64: 0>,
func.func @overlap(%a: tensor<9xf64>) -> tensor<9xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.slice %a {offsets = array<i64: 0>, sizes = array<i64: 8>, strides = array<i64: 1>} : (tensor<9xf64>) -> tensor<8xf64>
  %1 = nd.update %a, %0 {offsets = array<i64: 1>, strides = array<i64: 1>} : tensor<9xf64>, tensor<8xf64>
  return %1 : tensor<9xf64>
}

// Each element is read where it is written: a pointwise kernel writes over the argument. A reduction
// of it does not.
// CHECK-LABEL: func.func @pointwise(
// CHECK-SAME: nd.slots = []
// CHECK: nd.kernel {{.*}} attributes {buffers = array<i64: -1>}
func.func @pointwise(%a: tensor<9xf64>) -> tensor<9xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.exp %a : (tensor<9xf64>) -> tensor<9xf64>
  return %0 : tensor<9xf64>
}
// CHECK-LABEL: func.func @stages(
// CHECK-SAME: nd.slots = [array<i64: 9, 8>]
func.func @stages(%a: tensor<9xf64>) -> tensor<9xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.sum %a {axes = array<i64: 0>} : (tensor<9xf64>) -> tensor<f64>
  %1 = nd.subtract %a, %0 : (tensor<9xf64>, tensor<f64>) -> tensor<9xf64>
  return %1 : tensor<9xf64>
}
// CHECK-LABEL: func.func @transposed(
// CHECK-SAME: nd.slots = [array<i64: 9, 9, 8>]
func.func @transposed(%a: tensor<9x9xf64>) -> tensor<9x9xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.transpose %a {permutation = array<i64: 1, 0>} : (tensor<9x9xf64>) -> tensor<9x9xf64>
  %1 = nd.add %a, %0 : (tensor<9x9xf64>, tensor<9x9xf64>) -> tensor<9x9xf64>
  return %1 : tensor<9x9xf64>
}

// What is written to a row is computed there, also from what stands there.
// CHECK-LABEL: func.func @row_in_place(
// CHECK-SAME: nd.slots = []
// CHECK: nd.kernel {{.*}} attributes {buffers = array<i64: -1>}
// CHECK: nd.update {{.*}} {buffers = array<i64: -1>, {{.*}}placed
func.func @row_in_place(%a: tensor<100x8xf64>, %r: tensor<8xf64>) -> tensor<100x8xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.slice %a {offsets = array<i64: 3, 0>, sizes = array<i64: 1, 8>, strides = array<i64: 1, 1>} : (tensor<100x8xf64>) -> tensor<1x8xf64>
  %1 = nd.reshape %0 : (tensor<1x8xf64>) -> tensor<8xf64>
  %2 = nd.add %1, %r : (tensor<8xf64>, tensor<8xf64>) -> tensor<8xf64>
  %3 = nd.reshape %2 : (tensor<8xf64>) -> tensor<1x8xf64>
  %4 = nd.update %a, %3 {offsets = array<i64: 3, 0>, strides = array<i64: 1, 1>} : tensor<100x8xf64>, tensor<1x8xf64>
  return %4 : tensor<100x8xf64>
}

// Not where the row is computed from another row, read once more, or is no row.
// CHECK-LABEL: func.func @other_row(
// CHECK: nd.kernel {{.*}} attributes {buffers = array<i64: 0>}
// CHECK-NOT: placed
func.func @other_row(%a: tensor<100x8xf64>) -> tensor<100x8xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.slice %a {offsets = array<i64: 4, 0>, sizes = array<i64: 1, 8>, strides = array<i64: 1, 1>} : (tensor<100x8xf64>) -> tensor<1x8xf64>
  %1 = nd.exp %0 : (tensor<1x8xf64>) -> tensor<1x8xf64>
  %2 = nd.update %a, %1 {offsets = array<i64: 3, 0>, strides = array<i64: 1, 1>} : tensor<100x8xf64>, tensor<1x8xf64>
  return %2 : tensor<100x8xf64>
}
// CHECK-LABEL: func.func @reversed_row(
// CHECK: nd.kernel {{.*}} attributes {buffers = array<i64: 0>}
// CHECK-NOT: placed
func.func @reversed_row(%a: tensor<100x8xf64>) -> tensor<100x8xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.slice %a {offsets = array<i64: 3, 7>, sizes = array<i64: 1, 8>, strides = array<i64: 1, -1>} : (tensor<100x8xf64>) -> tensor<1x8xf64>
  %1 = nd.exp %0 : (tensor<1x8xf64>) -> tensor<1x8xf64>
  %2 = nd.update %a, %1 {offsets = array<i64: 3, 0>, strides = array<i64: 1, 1>} : tensor<100x8xf64>, tensor<1x8xf64>
  return %2 : tensor<100x8xf64>
}
// CHECK-LABEL: func.func @read_between(
// CHECK: nd.kernel {{.*}} attributes {buffers = array<i64: {{[0-9]}}>}
// CHECK-NOT: placed
func.func @read_between(%a: tensor<100x8xf64>, %r: tensor<1x8xf64>) -> (tensor<100x8xf64>, tensor<100xf64>) attributes {nd.ties = array<i64: 0, -1>} {
  %0 = nd.exp %r : (tensor<1x8xf64>) -> tensor<1x8xf64>
  %1 = nd.sum %a {axes = array<i64: 1>} : (tensor<100x8xf64>) -> tensor<100xf64>
  %2 = nd.update %a, %0 {offsets = array<i64: 3, 0>, strides = array<i64: 1, 1>} : tensor<100x8xf64>, tensor<1x8xf64>
  return %2, %1 : tensor<100x8xf64>, tensor<100xf64>
}
// CHECK-LABEL: func.func @column(
// CHECK: nd.kernel {{.*}} attributes {buffers = array<i64: 0>}
// CHECK-NOT: placed
func.func @column(%a: tensor<100x8xf64>, %r: tensor<100x1xf64>) -> tensor<100x8xf64> attributes {nd.ties = array<i64: 0>} {
  %0 = nd.exp %r : (tensor<100x1xf64>) -> tensor<100x1xf64>
  %1 = nd.update %a, %0 {offsets = array<i64: 0, 2>, strides = array<i64: 1, 1>} : tensor<100x8xf64>, tensor<100x1xf64>
  return %1 : tensor<100x8xf64>
}
