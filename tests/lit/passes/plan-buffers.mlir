// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --split-input-file | FileCheck %s
//
// buffers = [b, …] has one entry a result: -1 - i is result i of the program, b >= 0 is temporary b, whose extents and
// item size stand in nd.slots.

// One kernel needs no temporary.
// CHECK-LABEL: func.func @one_kernel
// CHECK-SAME:  nd.slots = []
// CHECK:       nd.kernel {{.*}} attributes {buffers = array<i64: -1>}
func.func @one_kernel(%x: tensor<64xf64>) -> tensor<64xf64> {
  %y = nd.exp %x : (tensor<64xf64>) -> tensor<64xf64>
  return %y : tensor<64xf64>
}

// -----

// A pointwise kernel writes over an operand that dies there.
// CHECK-LABEL: func.func @in_place
// CHECK-SAME:  nd.slots = [array<i64: 64, 64, 8>]}
// CHECK:       nd.matmul %{{.*}}, %{{.*}} {buffers = array<i64: 0>
// CHECK:       nd.kernel {{.*}} attributes {buffers = array<i64: 0>}
// CHECK:       nd.matmul %{{.*}}, %{{.*}} {buffers = array<i64: -1>
func.func @in_place(%x: tensor<64x64xf64>, %w: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %p = nd.matmul %x, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %y = nd.tanh %p : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %q = nd.matmul %y, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  return %q : tensor<64x64xf64>
}

// -----

// Arguments are the caller's: nothing is written over them.
// CHECK-LABEL: func.func @arguments
// CHECK-SAME:  nd.slots = [array<i64: 64, 64, 8>]}
// CHECK:       nd.kernel {{.*}} attributes {buffers = array<i64: 0>}
func.func @arguments(%x: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %e = nd.exp %x : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %q = nd.matmul %e, %e : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  return %q : tensor<64x64xf64>
}

// -----

// A library op never writes over its operands; two temporaries serve a chain of any length.
// CHECK-LABEL: func.func @chain
// CHECK-SAME:  nd.slots = [array<i64: 64, 64, 8>, array<i64: 64, 64, 8>]}
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: 0>
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: 1>
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: 0>
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: -1>
func.func @chain(%x: tensor<64x64xf64>, %w: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %p = nd.matmul %x, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %q = nd.matmul %p, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %r = nd.matmul %q, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %s = nd.matmul %r, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  return %s : tensor<64x64xf64>
}

// -----

// What is still needed keeps its memory.
// CHECK-LABEL: func.func @live_ranges
// CHECK-SAME:  nd.slots = [array<i64: 64, 64, 8>, array<i64: 64, 64, 8>]}
// CHECK:       %[[P:.*]] = nd.matmul {{.*}} {buffers = array<i64: 0>
// CHECK:       nd.kernel (%{{.*}} = %[[P]] : tensor<64x64xf64>) {{.*}} attributes {buffers = array<i64: 1>}
// CHECK:       nd.matmul %{{.*}}, %[[P]] {buffers = array<i64: -1>
func.func @live_ranges(%x: tensor<64x64xf64>, %w: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %p = nd.matmul %x, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %y = nd.tanh %p : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %q = nd.matmul %y, %p : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  return %q : tensor<64x64xf64>
}

// -----

// A reduction reads an element more than once, so it has memory of its own.
// CHECK-LABEL: func.func @reduction
// CHECK-SAME:  nd.slots = [array<i64: 8, 8, 8>, array<i64: 8, 8, 8>]}
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: 0>
// CHECK:       nd.kernel {{.*}} reduced [1] attributes {buffers = array<i64: 1>}
func.func @reduction(%x: tensor<8x8xf64>, %w: tensor<8x8xf64>) -> tensor<8x8xf64> {
  %p = nd.matmul %w, %x : (tensor<8x8xf64>, tensor<8x8xf64>) -> tensor<8x8xf64>
  %m = nd.max %p {axes = array<i64: 1>, keepdims = true} : (tensor<8x8xf64>) -> tensor<8x1xf64>
  %s = nd.subtract %p, %m : (tensor<8x8xf64>, tensor<8x1xf64>) -> tensor<8x8xf64>
  %r = nd.matmul %s, %w : (tensor<8x8xf64>, tensor<8x8xf64>) -> tensor<8x8xf64>
  return %r : tensor<8x8xf64>
}

// -----

// A kernel that reads an operand in another order does not write over it.
// CHECK-LABEL: func.func @reversed
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: 0>
// CHECK:       nd.kernel {{.*}} attributes {buffers = array<i64: 1>}
// CHECK:         nd.slice
func.func @reversed(%x: tensor<8xf64>, %w: tensor<8x8xf64>) -> tensor<8xf64> {
  %p = nd.matmul %x, %w : (tensor<8xf64>, tensor<8x8xf64>) -> tensor<8xf64>
  %f = nd.slice %p {offsets = array<i64: 7>, sizes = array<i64: 8>, strides = array<i64: -1>} : (tensor<8xf64>) -> tensor<8xf64>
  %s = nd.add %p, %f : (tensor<8xf64>, tensor<8xf64>) -> tensor<8xf64>
  %q = nd.matmul %s, %w : (tensor<8xf64>, tensor<8x8xf64>) -> tensor<8xf64>
  return %q : tensor<8xf64>
}

// -----

// A temporary goes on to an array of the same extents, in whatever order, and the same item size; not to another.
// CHECK-LABEL: func.func @sizes
// CHECK-SAME:  nd.slots = [array<i64: 4, 8, 8>, array<i64: 4, 4, 4>, array<i64: 4, 4, 4>, array<i64: 4, 4, 8>, array<i64: 4, 8, 8>]}
// CHECK:       nd.kernel {{.*}} -> (tensor<8x4xf64>) {{.*}} attributes {buffers = array<i64: 0>}
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: 1>, {{.*}} -> tensor<4x4xf32>
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: 2>, {{.*}} -> tensor<4x4xf32>
// CHECK:       nd.kernel {{.*}} -> (tensor<4x4xf64>) {{.*}} attributes {buffers = array<i64: 3>}
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: 4>, {{.*}} -> tensor<4x8xf64>
// CHECK:       nd.matmul {{.*}} {buffers = array<i64: -1>, {{.*}} -> tensor<8x8xf64>
func.func @sizes(%x: tensor<8x4xf64>, %u: tensor<4x4xf32>, %w: tensor<4x4xf64>) -> tensor<8x8xf64> {
  %e = nd.exp %x : (tensor<8x4xf64>) -> tensor<8x4xf64>
  %p = nd.matmul %u, %u : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  %q = nd.matmul %p, %u : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  %t = nd.transpose %e {permutation = array<i64: 1, 0>} : (tensor<8x4xf64>) -> tensor<4x8xf64>
  %r = nd.matmul %q, %t : (tensor<4x4xf32>, tensor<4x8xf64>) -> tensor<4x8xf64>
  %s = nd.matmul %x, %r : (tensor<8x4xf64>, tensor<4x8xf64>) -> tensor<8x8xf64>
  return %s : tensor<8x8xf64>
}

// -----

// A result that is a view in C order is computed where it is returned; of another, a copy is.
// CHECK-LABEL: func.func @result_views
// CHECK-SAME:  nd.slots = []
// CHECK:       %[[P:.*]] = nd.matmul {{.*}} {buffers = array<i64: -1>
// CHECK:       %[[R:.*]] = nd.reshape %[[P]] : (tensor<8x8xf64>) -> tensor<64xf64>
// CHECK:       %[[T:.*]] = nd.kernel {{.*}} attributes {buffers = array<i64: -2>}
// CHECK:         nd.transpose
// CHECK:       return %[[R]], %[[T]]
func.func @result_views(%x: tensor<8x4xf64>, %w: tensor<4x8xf64>) -> (tensor<64xf64>, tensor<8x8xf64>) {
  %p = nd.matmul %x, %w : (tensor<8x4xf64>, tensor<4x8xf64>) -> tensor<8x8xf64>
  %r = nd.reshape %p : (tensor<8x8xf64>) -> tensor<64xf64>
  %t = nd.transpose %p {permutation = array<i64: 1, 0>} : (tensor<8x8xf64>) -> tensor<8x8xf64>
  return %r, %t : tensor<64xf64>, tensor<8x8xf64>
}

// -----

// Results that nobody uses still need memory to be written to.
// CHECK-LABEL: func.func @unused_results
// CHECK-SAME:  nd.slots = [array<i64: 3, 5, 8>]}
// CHECK:       nd.qr %{{.*}} {buffers = array<i64: 0, -1>
func.func @unused_results(%x: tensor<5x3xf64>) -> tensor<3x3xf64> {
  %q, %r = nd.qr %x : (tensor<5x3xf64>) -> (tensor<5x3xf64>, tensor<3x3xf64>)
  return %r : tensor<3x3xf64>
}

// -----

// What updates write into stands where the last of them has to.
// CHECK-LABEL: func.func @updates
// CHECK-SAME:  nd.slots = []
// CHECK:       nd.kernel {{.*}} attributes {buffers = array<i64: -1>}
// CHECK:       nd.update {{.*}} {buffers = array<i64: -1>
// CHECK:       nd.update {{.*}} {buffers = array<i64: -1>
func.func @updates(%x: tensor<64x64xf64>, %r: tensor<1x64xf64>) -> tensor<64x64xf64> {
  %e = nd.exp %x : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %u = nd.update %e, %r {offsets = array<i64: 3, 0>, strides = array<i64: 1, 1>} : tensor<64x64xf64>, tensor<1x64xf64>
  %v = nd.update %u, %r {offsets = array<i64: 5, 0>, strides = array<i64: 1, 1>} : tensor<64x64xf64>, tensor<1x64xf64>
  return %v : tensor<64x64xf64>
}

// -----

// A part of the array itself is read while the other is written.
// CHECK-LABEL: func.func @shifts
// CHECK-SAME:  nd.slots = [array<i64: 64, 64, 8>]
// CHECK:       nd.kernel {{.*}} attributes {buffers = array<i64: 0>}
// CHECK:       nd.update {{.*}} {buffers = array<i64: -1>
func.func @shifts(%x: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %e = nd.exp %x : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %p = nd.slice %e {offsets = array<i64: 0, 0>, sizes = array<i64: 63, 64>, strides = array<i64: 1, 1>} : (tensor<64x64xf64>) -> tensor<63x64xf64>
  %u = nd.update %e, %p {offsets = array<i64: 1, 0>, strides = array<i64: 1, 1>} : tensor<64x64xf64>, tensor<63x64xf64>
  return %u : tensor<64x64xf64>
}

// -----

// Which extent a result has is certain behind a check only: its memory is not written before.
// CHECK-LABEL: func.func @checked
// CHECK-SAME:  nd.slots = [array<i64: 64, 8>]
// CHECK:       nd.kernel {{.*}} attributes {buffers = array<i64: 0>}
// CHECK:       nd.check_shape
// CHECK:       nd.kernel {{.*}} attributes {buffers = array<i64: -1>}
func.func @checked(%x: tensor<64xf64>) -> tensor<8x8xf64> {
  %e = nd.exp %x : (tensor<64xf64>) -> tensor<64xf64>
  %c = nd.check_shape %e {what = "reshape", reshape = true} : (tensor<64xf64>) -> tensor<8x8xf64>
  return %c : tensor<8x8xf64>
}
