// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// Each way a reduction can lie in memory: rows, columns, all axes, a middle axis, axes apart.

// CHECK-LABEL: llvm.func @rows(
// CHECK:       llvm.return
func.func @rows(%x: tensor<300x70xf64>) -> tensor<300xf64> {
  %0 = nd.sum %x {axes = array<i64: 1>} : (tensor<300x70xf64>) -> tensor<300xf64>
  return %0 : tensor<300xf64>
}

// -----

// CHECK-LABEL: llvm.func @columns(
// CHECK:       llvm.return
func.func @columns(%x: tensor<300x70xf64>) -> tensor<70xf64> {
  %0 = nd.sum %x {axes = array<i64: 0>} : (tensor<300x70xf64>) -> tensor<70xf64>
  return %0 : tensor<70xf64>
}

// -----

// CHECK-LABEL: llvm.func @all(
// CHECK:       llvm.return
func.func @all(%x: tensor<300x70xf64>) -> tensor<f64> {
  %0 = nd.sum %x {axes = array<i64: 0, 1>} : (tensor<300x70xf64>) -> tensor<f64>
  return %0 : tensor<f64>
}

// -----

// CHECK-LABEL: llvm.func @columns_max(
// CHECK:       llvm.return
func.func @columns_max(%x: tensor<300x70xf32>) -> tensor<1x70xf32> {
  %0 = nd.max %x {axes = array<i64: 0>, keepdims = true} : (tensor<300x70xf32>) -> tensor<1x70xf32>
  return %0 : tensor<1x70xf32>
}

// -----

// CHECK-LABEL: llvm.func @all_any(
// CHECK:       llvm.return
func.func @all_any(%x: tensor<300x70xf64>) -> tensor<i1> {
  %0 = nd.any %x {axes = array<i64: 0, 1>} : (tensor<300x70xf64>) -> tensor<i1>
  return %0 : tensor<i1>
}

// -----

// CHECK-LABEL: llvm.func @middle(
// CHECK:       llvm.return
func.func @middle(%x: tensor<4x5x6xf64>) -> tensor<4x6xf64> {
  %0 = nd.prod %x {axes = array<i64: 1>} : (tensor<4x5x6xf64>) -> tensor<4x6xf64>
  return %0 : tensor<4x6xf64>
}

// -----

// CHECK-LABEL: llvm.func @apart(
// CHECK:       llvm.return
func.func @apart(%x: tensor<4x5x6xf64>) -> tensor<5xf64> {
  %0 = nd.sum %x {axes = array<i64: 0, 2>} : (tensor<4x5x6xf64>) -> tensor<5xf64>
  return %0 : tensor<5xf64>
}

// -----

// CHECK-LABEL: llvm.func @first_two(
// CHECK:       llvm.return
func.func @first_two(%x: tensor<4x5x6xf64>) -> tensor<6xf64> {
  %0 = nd.sum %x {axes = array<i64: 0, 1>} : (tensor<4x5x6xf64>) -> tensor<6xf64>
  return %0 : tensor<6xf64>
}

// -----

// An axis of extent 1 folds nothing.
// CHECK-LABEL: llvm.func @unit_axis(
// CHECK:       llvm.return
func.func @unit_axis(%x: tensor<9x1xf64>) -> tensor<9xf64> {
  %0 = nd.sum %x {axes = array<i64: 1>} : (tensor<9x1xf64>) -> tensor<9xf64>
  return %0 : tensor<9xf64>
}

// -----

// CHECK-LABEL: llvm.func @scalar(
// CHECK:       llvm.return
func.func @scalar(%x: tensor<f64>) -> tensor<f64> {
  %0 = nd.sum %x {axes = array<i64>} : (tensor<f64>) -> tensor<f64>
  return %0 : tensor<f64>
}

// -----

// Over nothing: the identity.
// CHECK-LABEL: llvm.func @empty(
// CHECK:       llvm.return
func.func @empty(%x: tensor<0x3xf64>) -> tensor<3xf64> {
  %0 = nd.sum %x {axes = array<i64: 0>} : (tensor<0x3xf64>) -> tensor<3xf64>
  return %0 : tensor<3xf64>
}

// -----

// CHECK-LABEL: llvm.func @empty_rows(
// CHECK:       llvm.return
func.func @empty_rows(%x: tensor<0x3xf64>) -> tensor<0xf64> {
  %0 = nd.max %x {axes = array<i64: 1>} : (tensor<0x3xf64>) -> tensor<0xf64>
  return %0 : tensor<0xf64>
}

// -----

// CHECK-LABEL: llvm.func @mean(
// CHECK:       llvm.return
func.func @mean(%x: tensor<300x70xi8>) -> tensor<f64> {
  %0 = nd.mean %x {axes = array<i64: 0, 1>} : (tensor<300x70xi8>) -> tensor<f64>
  return %0 : tensor<f64>
}

// -----

// CHECK-LABEL: llvm.func @var(
// CHECK:       llvm.return
func.func @var(%x: tensor<300x70xf32>) -> tensor<70xf32> {
  %0 = nd.var %x {axes = array<i64: 0>, ddof = 1.000000e+00 : f64} : (tensor<300x70xf32>) -> tensor<70xf32>
  return %0 : tensor<70xf32>
}

// -----

// CHECK-LABEL: llvm.func @std(
// CHECK:       llvm.return
func.func @std(%x: tensor<300x70xf64>) -> tensor<300x1xf64> {
  %0 = nd.std %x {axes = array<i64: 1>, keepdims = true} : (tensor<300x70xf64>) -> tensor<300x1xf64>
  return %0 : tensor<300x1xf64>
}
