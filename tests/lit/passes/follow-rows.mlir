// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-follow-rows --nd-plan-buffers --split-input-file | FileCheck %s
//
// A followed call runs the kernel behind it.

// What the kernel needs besides is computed ahead of the call, and the product lies where the result will.
// CHECK-LABEL: func.func @layer
// CHECK:       %[[BIAS:.*]] = nd.kernel
// CHECK:       %[[PRODUCT:.*]] = nd.matmul %{{.*}}, %{{.*}} {buffers = array<i64: -1>, followed
// CHECK-NEXT:  nd.kernel (%{{.*}} = %[[PRODUCT]]{{.*}}, %{{.*}} = %[[BIAS]]{{.*}}buffers = array<i64: -1>
func.func @layer(%x: tensor<64x32xf64>, %w: tensor<32x48xf64>, %b: tensor<48xf64>) -> tensor<64x48xf64> {
  %p = nd.matmul %x, %w : (tensor<64x32xf64>, tensor<32x48xf64>) -> tensor<64x48xf64>
  %e = nd.exp %b : (tensor<48xf64>) -> tensor<48xf64>
  %s = nd.add %p, %e : (tensor<64x48xf64>, tensor<48xf64>) -> tensor<64x48xf64>
  %y = nd.tanh %s : (tensor<64x48xf64>) -> tensor<64x48xf64>
  return %y : tensor<64x48xf64>
}

// -----

// Kernels that fold each row follow too.
// CHECK-LABEL: func.func @largest
// CHECK:       nd.matmul {{.*}}followed
// CHECK-NEXT:  nd.kernel
func.func @largest(%x: tensor<5x64x32xf32>, %w: tensor<5x32x48xf32>) -> tensor<5x64xi64> {
  %p = nd.matmul %x, %w : (tensor<5x64x32xf32>, tensor<5x32x48xf32>) -> tensor<5x64x48xf32>
  %y = nd.argmax %p {axes = array<i64: 2>} : (tensor<5x64x48xf32>) -> tensor<5x64xi64>
  return %y : tensor<5x64xi64>
}

// -----

// One that folds columns needs all rows, and one that reads another order the last row first.
// CHECK-LABEL: func.func @others
// CHECK-NOT:   followed
func.func @others(%x: tensor<64x32xf64>, %w: tensor<32x64xf64>) -> (tensor<64xf64>, tensor<64x64xf64>) {
  %p = nd.matmul %x, %w : (tensor<64x32xf64>, tensor<32x64xf64>) -> tensor<64x64xf64>
  %s = nd.sum %p {axes = array<i64: 0>} : (tensor<64x64xf64>) -> tensor<64xf64>
  %q = nd.matmul %w, %x : (tensor<32x64xf64>, tensor<64x32xf64>) -> tensor<32x32xf64>
  %v = nd.matmul %x, %q : (tensor<64x32xf64>, tensor<32x32xf64>) -> tensor<64x32xf64>
  %r = nd.matmul %v, %w : (tensor<64x32xf64>, tensor<32x64xf64>) -> tensor<64x64xf64>
  %t = nd.transpose %r {permutation = array<i64: 1, 0>} : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %e = nd.exp %t : (tensor<64x64xf64>) -> tensor<64x64xf64>
  return %s, %e : tensor<64xf64>, tensor<64x64xf64>
}

// -----

// The reader of a transpose beside the product itself needs both orders.
// CHECK-LABEL: func.func @both
// CHECK-NOT:   followed
func.func @both(%x: tensor<64x64xf64>, %w: tensor<64x64xf64>) -> tensor<64x64xf64> {
  %p = nd.matmul %x, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %t = nd.transpose %p {permutation = array<i64: 1, 0>} : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %s = nd.add %p, %t : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  return %s : tensor<64x64xf64>
}

// -----

// A reader of some of the rows walks fewer than the call hands it.
// CHECK-LABEL: func.func @part
// CHECK-NOT:   followed
func.func @part(%x: tensor<64x64xf64>, %w: tensor<64x32xf64>) -> tensor<63x1x32xf64> {
  %p = nd.matmul %x, %w : (tensor<64x64xf64>, tensor<64x32xf64>) -> tensor<64x32xf64>
  %t = nd.slice %p {offsets = array<i64: 0, 0>, sizes = array<i64: 63, 32>, strides = array<i64: 1, 1>} : (tensor<64x32xf64>) -> tensor<63x32xf64>
  %r = nd.reshape %t : (tensor<63x32xf64>) -> tensor<63x1x32xf64>
  %s = nd.exp %r : (tensor<63x1x32xf64>) -> tensor<63x1x32xf64>
  return %s : tensor<63x1x32xf64>
}

// -----

// A kernel does not write over what the call still reads: a sum with the left matrix goes elsewhere.
// CHECK-LABEL: func.func @residual
// CHECK:       nd.kernel {{.*}}buffers = array<i64: 0>
// CHECK:       nd.matmul {{.*}}buffers = array<i64: 1>, followed
// CHECK-NEXT:  nd.kernel {{.*}}buffers = array<i64: 1>
func.func @residual(%x: tensor<64x64xf64>, %w: tensor<64x64xf64>) -> tensor<64xf64> {
  %e = nd.exp %x : (tensor<64x64xf64>) -> tensor<64x64xf64>
  %p = nd.matmul %e, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %y = nd.add %e, %p : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %q = nd.matmul %y, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %s = nd.sum %q {axes = array<i64: 0>} : (tensor<64x64xf64>) -> tensor<64xf64>
  return %s : tensor<64xf64>
}

// -----

// Memory of the caller's is written once the call is over: what it reads may lie there too.
// CHECK-LABEL: func.func @tied
// CHECK:       nd.matmul
// CHECK-NOT:   followed
func.func @tied(%x: tensor<64x64xf64>, %w: tensor<64x64xf64>) -> tensor<64x64xf64> attributes {nd.ties = array<i64: 0>} {
  %p = nd.matmul %x, %w : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
  %y = nd.exp %p : (tensor<64x64xf64>) -> tensor<64x64xf64>
  return %y : tensor<64x64xf64>
}
