// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// argmax and argmin carry a position: along rows, columns and through everything, in every dtype.

// CHECK-LABEL: llvm.func @rows(
// CHECK:       llvm.return
func.func @rows(%x: tensor<300x70xf64>) -> tensor<300xi64> {
  %0 = nd.argmax %x {axes = array<i64: 1>} : (tensor<300x70xf64>) -> tensor<300xi64>
  return %0 : tensor<300xi64>
}

// -----

// CHECK-LABEL: llvm.func @columns(
// CHECK:       llvm.return
func.func @columns(%x: tensor<300x70xf32>) -> tensor<70xi64> {
  %0 = nd.argmin %x {axes = array<i64: 0>} : (tensor<300x70xf32>) -> tensor<70xi64>
  return %0 : tensor<70xi64>
}

// -----

// CHECK-LABEL: llvm.func @all(
// CHECK:       llvm.return
func.func @all(%x: tensor<300x70xf64>) -> tensor<i64> {
  %0 = nd.argmax %x {axes = array<i64: 0, 1>} : (tensor<300x70xf64>) -> tensor<i64>
  return %0 : tensor<i64>
}

// -----

// CHECK-LABEL: llvm.func @all_kept(
// CHECK:       llvm.return
func.func @all_kept(%x: tensor<300x70xui8>) -> tensor<1x1xi64> {
  %0 = nd.argmin %x {axes = array<i64: 0, 1>, keepdims = true} : (tensor<300x70xui8>) -> tensor<1x1xi64>
  return %0 : tensor<1x1xi64>
}

// -----

// CHECK-LABEL: llvm.func @middle(
// CHECK:       llvm.return
func.func @middle(%x: tensor<4x5x6xi16>) -> tensor<4x6xi64> {
  %0 = nd.argmax %x {axes = array<i64: 1>} : (tensor<4x5x6xi16>) -> tensor<4x6xi64>
  return %0 : tensor<4x6xi64>
}

// -----

// CHECK-LABEL: llvm.func @d_i1(
// CHECK:       llvm.return
func.func @d_i1(%x: tensor<300x70xi1>) -> tensor<300xi64> {
  %0 = nd.argmax %x {axes = array<i64: 1>} : (tensor<300x70xi1>) -> tensor<300xi64>
  return %0 : tensor<300xi64>
}

// -----

// CHECK-LABEL: llvm.func @d_i8(
// CHECK:       llvm.return
func.func @d_i8(%x: tensor<300x70xi8>) -> tensor<300xi64> {
  %0 = nd.argmin %x {axes = array<i64: 1>} : (tensor<300x70xi8>) -> tensor<300xi64>
  return %0 : tensor<300xi64>
}

// -----

// CHECK-LABEL: llvm.func @d_i32(
// CHECK:       llvm.return
func.func @d_i32(%x: tensor<300x70xi32>) -> tensor<300xi64> {
  %0 = nd.argmax %x {axes = array<i64: 1>} : (tensor<300x70xi32>) -> tensor<300xi64>
  return %0 : tensor<300xi64>
}

// -----

// CHECK-LABEL: llvm.func @d_i64(
// CHECK:       llvm.return
func.func @d_i64(%x: tensor<300x70xi64>) -> tensor<300xi64> {
  %0 = nd.argmin %x {axes = array<i64: 1>} : (tensor<300x70xi64>) -> tensor<300xi64>
  return %0 : tensor<300xi64>
}

// -----

// CHECK-LABEL: llvm.func @d_ui16(
// CHECK:       llvm.return
func.func @d_ui16(%x: tensor<300x70xui16>) -> tensor<300xi64> {
  %0 = nd.argmax %x {axes = array<i64: 1>} : (tensor<300x70xui16>) -> tensor<300xi64>
  return %0 : tensor<300xi64>
}

// -----

// CHECK-LABEL: llvm.func @d_ui32(
// CHECK:       llvm.return
func.func @d_ui32(%x: tensor<300x70xui32>) -> tensor<300xi64> {
  %0 = nd.argmin %x {axes = array<i64: 1>} : (tensor<300x70xui32>) -> tensor<300xi64>
  return %0 : tensor<300xi64>
}

// -----

// CHECK-LABEL: llvm.func @d_ui64(
// CHECK:       llvm.return
func.func @d_ui64(%x: tensor<300x70xui64>) -> tensor<300xi64> {
  %0 = nd.argmax %x {axes = array<i64: 1>} : (tensor<300x70xui64>) -> tensor<300xi64>
  return %0 : tensor<300xi64>
}

// -----

// CHECK-LABEL: llvm.func @d_f64(
// CHECK:       llvm.return
func.func @d_f64(%x: tensor<300x70xf64>) -> tensor<300xi64> {
  %0 = nd.argmin %x {axes = array<i64: 1>} : (tensor<300x70xf64>) -> tensor<300xi64>
  return %0 : tensor<300xi64>
}
