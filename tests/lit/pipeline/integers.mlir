// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// Arithmetic, bits, comparison, selection, true division and reduction in each integer dtype; below `llvm` all are signless.

// CHECK-LABEL: llvm.func @i8(
// CHECK:       llvm.return
func.func @i8(%x: tensor<100xi8>, %y: tensor<100xi8>) -> (tensor<100xi8>, tensor<100xf64>, tensor<i64>, tensor<i8>) {
  %0 = nd.add %x, %y : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %1 = nd.multiply %0, %y : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %2 = nd.floor_divide %1, %y : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %3 = nd.remainder %2, %x : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %4 = nd.maximum %3, %x : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %5 = nd.left_shift %4, %y : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %6 = nd.right_shift %5, %y : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %7 = nd.power %6, %y : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %8 = nd.absolute %7 : (tensor<100xi8>) -> tensor<100xi8>
  %9 = nd.sign %8 : (tensor<100xi8>) -> tensor<100xi8>
  %10 = nd.bitwise_xor %9, %x : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %11 = nd.less %10, %y : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi1>
  %12 = nd.where %11, %10, %x : (tensor<100xi1>, tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  %13 = nd.divide %12, %y : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xf64>
  %14 = nd.sum %12 {axes = array<i64: 0>} : (tensor<100xi8>) -> tensor<i64>
  %15 = nd.max %12 {axes = array<i64: 0>} : (tensor<100xi8>) -> tensor<i8>
  return %12, %13, %14, %15 : tensor<100xi8>, tensor<100xf64>, tensor<i64>, tensor<i8>
}

// -----

// CHECK-LABEL: llvm.func @i16(
// CHECK:       llvm.return
func.func @i16(%x: tensor<100xi16>, %y: tensor<100xi16>) -> (tensor<100xi16>, tensor<100xf64>, tensor<i64>, tensor<i16>) {
  %0 = nd.add %x, %y : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %1 = nd.multiply %0, %y : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %2 = nd.floor_divide %1, %y : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %3 = nd.remainder %2, %x : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %4 = nd.maximum %3, %x : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %5 = nd.left_shift %4, %y : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %6 = nd.right_shift %5, %y : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %7 = nd.power %6, %y : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %8 = nd.absolute %7 : (tensor<100xi16>) -> tensor<100xi16>
  %9 = nd.sign %8 : (tensor<100xi16>) -> tensor<100xi16>
  %10 = nd.bitwise_xor %9, %x : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %11 = nd.less %10, %y : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xi1>
  %12 = nd.where %11, %10, %x : (tensor<100xi1>, tensor<100xi16>, tensor<100xi16>) -> tensor<100xi16>
  %13 = nd.divide %12, %y : (tensor<100xi16>, tensor<100xi16>) -> tensor<100xf64>
  %14 = nd.sum %12 {axes = array<i64: 0>} : (tensor<100xi16>) -> tensor<i64>
  %15 = nd.max %12 {axes = array<i64: 0>} : (tensor<100xi16>) -> tensor<i16>
  return %12, %13, %14, %15 : tensor<100xi16>, tensor<100xf64>, tensor<i64>, tensor<i16>
}

// -----

// CHECK-LABEL: llvm.func @i32(
// CHECK:       llvm.return
func.func @i32(%x: tensor<100xi32>, %y: tensor<100xi32>) -> (tensor<100xi32>, tensor<100xf64>, tensor<i64>, tensor<i32>) {
  %0 = nd.add %x, %y : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %1 = nd.multiply %0, %y : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %2 = nd.floor_divide %1, %y : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %3 = nd.remainder %2, %x : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %4 = nd.maximum %3, %x : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %5 = nd.left_shift %4, %y : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %6 = nd.right_shift %5, %y : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %7 = nd.power %6, %y : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %8 = nd.absolute %7 : (tensor<100xi32>) -> tensor<100xi32>
  %9 = nd.sign %8 : (tensor<100xi32>) -> tensor<100xi32>
  %10 = nd.bitwise_xor %9, %x : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %11 = nd.less %10, %y : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xi1>
  %12 = nd.where %11, %10, %x : (tensor<100xi1>, tensor<100xi32>, tensor<100xi32>) -> tensor<100xi32>
  %13 = nd.divide %12, %y : (tensor<100xi32>, tensor<100xi32>) -> tensor<100xf64>
  %14 = nd.sum %12 {axes = array<i64: 0>} : (tensor<100xi32>) -> tensor<i64>
  %15 = nd.max %12 {axes = array<i64: 0>} : (tensor<100xi32>) -> tensor<i32>
  return %12, %13, %14, %15 : tensor<100xi32>, tensor<100xf64>, tensor<i64>, tensor<i32>
}

// -----

// CHECK-LABEL: llvm.func @i64(
// CHECK:       llvm.return
func.func @i64(%x: tensor<100xi64>, %y: tensor<100xi64>) -> (tensor<100xi64>, tensor<100xf64>, tensor<i64>, tensor<i64>) {
  %0 = nd.add %x, %y : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %1 = nd.multiply %0, %y : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %2 = nd.floor_divide %1, %y : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %3 = nd.remainder %2, %x : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %4 = nd.maximum %3, %x : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %5 = nd.left_shift %4, %y : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %6 = nd.right_shift %5, %y : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %7 = nd.power %6, %y : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %8 = nd.absolute %7 : (tensor<100xi64>) -> tensor<100xi64>
  %9 = nd.sign %8 : (tensor<100xi64>) -> tensor<100xi64>
  %10 = nd.bitwise_xor %9, %x : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %11 = nd.less %10, %y : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xi1>
  %12 = nd.where %11, %10, %x : (tensor<100xi1>, tensor<100xi64>, tensor<100xi64>) -> tensor<100xi64>
  %13 = nd.divide %12, %y : (tensor<100xi64>, tensor<100xi64>) -> tensor<100xf64>
  %14 = nd.sum %12 {axes = array<i64: 0>} : (tensor<100xi64>) -> tensor<i64>
  %15 = nd.max %12 {axes = array<i64: 0>} : (tensor<100xi64>) -> tensor<i64>
  return %12, %13, %14, %15 : tensor<100xi64>, tensor<100xf64>, tensor<i64>, tensor<i64>
}

// -----

// CHECK-LABEL: llvm.func @ui8(
// CHECK-NOT:   xui
// CHECK:       llvm.return
func.func @ui8(%x: tensor<100xui8>, %y: tensor<100xui8>) -> (tensor<100xui8>, tensor<100xf64>, tensor<ui64>, tensor<ui8>) {
  %0 = nd.add %x, %y : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %1 = nd.multiply %0, %y : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %2 = nd.floor_divide %1, %y : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %3 = nd.remainder %2, %x : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %4 = nd.maximum %3, %x : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %5 = nd.left_shift %4, %y : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %6 = nd.right_shift %5, %y : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %7 = nd.power %6, %y : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %8 = nd.absolute %7 : (tensor<100xui8>) -> tensor<100xui8>
  %9 = nd.sign %8 : (tensor<100xui8>) -> tensor<100xui8>
  %10 = nd.bitwise_xor %9, %x : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %11 = nd.less %10, %y : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xi1>
  %12 = nd.where %11, %10, %x : (tensor<100xi1>, tensor<100xui8>, tensor<100xui8>) -> tensor<100xui8>
  %13 = nd.divide %12, %y : (tensor<100xui8>, tensor<100xui8>) -> tensor<100xf64>
  %14 = nd.sum %12 {axes = array<i64: 0>} : (tensor<100xui8>) -> tensor<ui64>
  %15 = nd.max %12 {axes = array<i64: 0>} : (tensor<100xui8>) -> tensor<ui8>
  return %12, %13, %14, %15 : tensor<100xui8>, tensor<100xf64>, tensor<ui64>, tensor<ui8>
}

// -----

// CHECK-LABEL: llvm.func @ui16(
// CHECK-NOT:   xui
// CHECK:       llvm.return
func.func @ui16(%x: tensor<100xui16>, %y: tensor<100xui16>) -> (tensor<100xui16>, tensor<100xf64>, tensor<ui64>, tensor<ui16>) {
  %0 = nd.add %x, %y : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %1 = nd.multiply %0, %y : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %2 = nd.floor_divide %1, %y : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %3 = nd.remainder %2, %x : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %4 = nd.maximum %3, %x : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %5 = nd.left_shift %4, %y : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %6 = nd.right_shift %5, %y : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %7 = nd.power %6, %y : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %8 = nd.absolute %7 : (tensor<100xui16>) -> tensor<100xui16>
  %9 = nd.sign %8 : (tensor<100xui16>) -> tensor<100xui16>
  %10 = nd.bitwise_xor %9, %x : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %11 = nd.less %10, %y : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xi1>
  %12 = nd.where %11, %10, %x : (tensor<100xi1>, tensor<100xui16>, tensor<100xui16>) -> tensor<100xui16>
  %13 = nd.divide %12, %y : (tensor<100xui16>, tensor<100xui16>) -> tensor<100xf64>
  %14 = nd.sum %12 {axes = array<i64: 0>} : (tensor<100xui16>) -> tensor<ui64>
  %15 = nd.max %12 {axes = array<i64: 0>} : (tensor<100xui16>) -> tensor<ui16>
  return %12, %13, %14, %15 : tensor<100xui16>, tensor<100xf64>, tensor<ui64>, tensor<ui16>
}

// -----

// CHECK-LABEL: llvm.func @ui32(
// CHECK-NOT:   xui
// CHECK:       llvm.return
func.func @ui32(%x: tensor<100xui32>, %y: tensor<100xui32>) -> (tensor<100xui32>, tensor<100xf64>, tensor<ui64>, tensor<ui32>) {
  %0 = nd.add %x, %y : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %1 = nd.multiply %0, %y : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %2 = nd.floor_divide %1, %y : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %3 = nd.remainder %2, %x : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %4 = nd.maximum %3, %x : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %5 = nd.left_shift %4, %y : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %6 = nd.right_shift %5, %y : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %7 = nd.power %6, %y : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %8 = nd.absolute %7 : (tensor<100xui32>) -> tensor<100xui32>
  %9 = nd.sign %8 : (tensor<100xui32>) -> tensor<100xui32>
  %10 = nd.bitwise_xor %9, %x : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %11 = nd.less %10, %y : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xi1>
  %12 = nd.where %11, %10, %x : (tensor<100xi1>, tensor<100xui32>, tensor<100xui32>) -> tensor<100xui32>
  %13 = nd.divide %12, %y : (tensor<100xui32>, tensor<100xui32>) -> tensor<100xf64>
  %14 = nd.sum %12 {axes = array<i64: 0>} : (tensor<100xui32>) -> tensor<ui64>
  %15 = nd.max %12 {axes = array<i64: 0>} : (tensor<100xui32>) -> tensor<ui32>
  return %12, %13, %14, %15 : tensor<100xui32>, tensor<100xf64>, tensor<ui64>, tensor<ui32>
}

// -----

// CHECK-LABEL: llvm.func @ui64(
// CHECK-NOT:   xui
// CHECK:       llvm.return
func.func @ui64(%x: tensor<100xui64>, %y: tensor<100xui64>) -> (tensor<100xui64>, tensor<100xf64>, tensor<ui64>, tensor<ui64>) {
  %0 = nd.add %x, %y : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %1 = nd.multiply %0, %y : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %2 = nd.floor_divide %1, %y : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %3 = nd.remainder %2, %x : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %4 = nd.maximum %3, %x : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %5 = nd.left_shift %4, %y : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %6 = nd.right_shift %5, %y : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %7 = nd.power %6, %y : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %8 = nd.absolute %7 : (tensor<100xui64>) -> tensor<100xui64>
  %9 = nd.sign %8 : (tensor<100xui64>) -> tensor<100xui64>
  %10 = nd.bitwise_xor %9, %x : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %11 = nd.less %10, %y : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xi1>
  %12 = nd.where %11, %10, %x : (tensor<100xi1>, tensor<100xui64>, tensor<100xui64>) -> tensor<100xui64>
  %13 = nd.divide %12, %y : (tensor<100xui64>, tensor<100xui64>) -> tensor<100xf64>
  %14 = nd.sum %12 {axes = array<i64: 0>} : (tensor<100xui64>) -> tensor<ui64>
  %15 = nd.max %12 {axes = array<i64: 0>} : (tensor<100xui64>) -> tensor<ui64>
  return %12, %13, %14, %15 : tensor<100xui64>, tensor<100xf64>, tensor<ui64>, tensor<ui64>
}
