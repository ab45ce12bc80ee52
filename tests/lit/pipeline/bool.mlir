// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// bool: one byte in memory, one bit in registers.

// CHECK-LABEL: llvm.func @logic(
// CHECK:       llvm.return
func.func @logic(%x: tensor<100xi1>, %y: tensor<100xi1>) -> tensor<100xi1> {
  %0 = nd.add %x, %y : (tensor<100xi1>, tensor<100xi1>) -> tensor<100xi1>
  %1 = nd.multiply %0, %y : (tensor<100xi1>, tensor<100xi1>) -> tensor<100xi1>
  %2 = nd.logical_xor %1, %x : (tensor<100xi1>, tensor<100xi1>) -> tensor<100xi1>
  %3 = nd.invert %2 : (tensor<100xi1>) -> tensor<100xi1>
  %4 = nd.less %3, %x : (tensor<100xi1>, tensor<100xi1>) -> tensor<100xi1>
  %5 = nd.maximum %4, %y : (tensor<100xi1>, tensor<100xi1>) -> tensor<100xi1>
  %6 = nd.where %5, %x, %y : (tensor<100xi1>, tensor<100xi1>, tensor<100xi1>) -> tensor<100xi1>
  return %6 : tensor<100xi1>
}

// -----

// CHECK-LABEL: llvm.func @numbers(
// CHECK:       llvm.return
func.func @numbers(%x: tensor<100xi1>, %y: tensor<100xi1>) -> (tensor<100xi8>, tensor<i64>, tensor<f64>, tensor<100xf16>) {
  %0 = nd.floor_divide %x, %y : (tensor<100xi1>, tensor<100xi1>) -> tensor<100xi8>
  %1 = nd.power %x, %y : (tensor<100xi1>, tensor<100xi1>) -> tensor<100xi8>
  %2 = nd.square %x : (tensor<100xi1>) -> tensor<100xi8>
  %3 = nd.add %0, %1 : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %4 = nd.add %3, %2 : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %5 = nd.sum %x {axes = array<i64: 0>} : (tensor<100xi1>) -> tensor<i64>
  %6 = nd.mean %y {axes = array<i64: 0>} : (tensor<100xi1>) -> tensor<f64>
  %7 = nd.exp %x : (tensor<100xi1>) -> tensor<100xf16>
  return %4, %5, %6, %7 : tensor<100xi8>, tensor<i64>, tensor<f64>, tensor<100xf16>
}

// -----

// CHECK-LABEL: llvm.func @reductions(
// CHECK:       llvm.return
func.func @reductions(%x: tensor<100xi1>) -> (tensor<i1>, tensor<i1>, tensor<i1>, tensor<i1>, tensor<i64>, tensor<i64>) {
  %0 = nd.any %x {axes = array<i64: 0>} : (tensor<100xi1>) -> tensor<i1>
  %1 = nd.all %x {axes = array<i64: 0>} : (tensor<100xi1>) -> tensor<i1>
  %2 = nd.max %x {axes = array<i64: 0>} : (tensor<100xi1>) -> tensor<i1>
  %3 = nd.min %x {axes = array<i64: 0>} : (tensor<100xi1>) -> tensor<i1>
  %4 = nd.argmax %x {axes = array<i64: 0>} : (tensor<100xi1>) -> tensor<i64>
  %5 = nd.prod %x {axes = array<i64: 0>} : (tensor<100xi1>) -> tensor<i64>
  return %0, %1, %2, %3, %4, %5 : tensor<i1>, tensor<i1>, tensor<i1>, tensor<i1>, tensor<i64>, tensor<i64>
}
