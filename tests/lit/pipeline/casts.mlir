// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// Every dtype to every other, in one kernel each.

// CHECK-LABEL: llvm.func @from_i1(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_i1(%x: tensor<100xi1>) -> (tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>) {
  %1 = nd.cast %x : (tensor<100xi1>) -> tensor<100xi8>
  %2 = nd.cast %x : (tensor<100xi1>) -> tensor<100xi16>
  %3 = nd.cast %x : (tensor<100xi1>) -> tensor<100xi32>
  %4 = nd.cast %x : (tensor<100xi1>) -> tensor<100xi64>
  %5 = nd.cast %x : (tensor<100xi1>) -> tensor<100xui8>
  %6 = nd.cast %x : (tensor<100xi1>) -> tensor<100xui16>
  %7 = nd.cast %x : (tensor<100xi1>) -> tensor<100xui32>
  %8 = nd.cast %x : (tensor<100xi1>) -> tensor<100xui64>
  %9 = nd.cast %x : (tensor<100xi1>) -> tensor<100xf32>
  %10 = nd.cast %x : (tensor<100xi1>) -> tensor<100xf64>
  return %1, %2, %3, %4, %5, %6, %7, %8, %9, %10 : tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_i8(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_i8(%x: tensor<100xi8>) -> (tensor<100xi1>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>) {
  %0 = nd.cast %x : (tensor<100xi8>) -> tensor<100xi1>
  %2 = nd.cast %x : (tensor<100xi8>) -> tensor<100xi16>
  %3 = nd.cast %x : (tensor<100xi8>) -> tensor<100xi32>
  %4 = nd.cast %x : (tensor<100xi8>) -> tensor<100xi64>
  %5 = nd.cast %x : (tensor<100xi8>) -> tensor<100xui8>
  %6 = nd.cast %x : (tensor<100xi8>) -> tensor<100xui16>
  %7 = nd.cast %x : (tensor<100xi8>) -> tensor<100xui32>
  %8 = nd.cast %x : (tensor<100xi8>) -> tensor<100xui64>
  %9 = nd.cast %x : (tensor<100xi8>) -> tensor<100xf32>
  %10 = nd.cast %x : (tensor<100xi8>) -> tensor<100xf64>
  return %0, %2, %3, %4, %5, %6, %7, %8, %9, %10 : tensor<100xi1>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_i16(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_i16(%x: tensor<100xi16>) -> (tensor<100xi1>, tensor<100xi8>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>) {
  %0 = nd.cast %x : (tensor<100xi16>) -> tensor<100xi1>
  %1 = nd.cast %x : (tensor<100xi16>) -> tensor<100xi8>
  %3 = nd.cast %x : (tensor<100xi16>) -> tensor<100xi32>
  %4 = nd.cast %x : (tensor<100xi16>) -> tensor<100xi64>
  %5 = nd.cast %x : (tensor<100xi16>) -> tensor<100xui8>
  %6 = nd.cast %x : (tensor<100xi16>) -> tensor<100xui16>
  %7 = nd.cast %x : (tensor<100xi16>) -> tensor<100xui32>
  %8 = nd.cast %x : (tensor<100xi16>) -> tensor<100xui64>
  %9 = nd.cast %x : (tensor<100xi16>) -> tensor<100xf32>
  %10 = nd.cast %x : (tensor<100xi16>) -> tensor<100xf64>
  return %0, %1, %3, %4, %5, %6, %7, %8, %9, %10 : tensor<100xi1>, tensor<100xi8>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_i32(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_i32(%x: tensor<100xi32>) -> (tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>) {
  %0 = nd.cast %x : (tensor<100xi32>) -> tensor<100xi1>
  %1 = nd.cast %x : (tensor<100xi32>) -> tensor<100xi8>
  %2 = nd.cast %x : (tensor<100xi32>) -> tensor<100xi16>
  %4 = nd.cast %x : (tensor<100xi32>) -> tensor<100xi64>
  %5 = nd.cast %x : (tensor<100xi32>) -> tensor<100xui8>
  %6 = nd.cast %x : (tensor<100xi32>) -> tensor<100xui16>
  %7 = nd.cast %x : (tensor<100xi32>) -> tensor<100xui32>
  %8 = nd.cast %x : (tensor<100xi32>) -> tensor<100xui64>
  %9 = nd.cast %x : (tensor<100xi32>) -> tensor<100xf32>
  %10 = nd.cast %x : (tensor<100xi32>) -> tensor<100xf64>
  return %0, %1, %2, %4, %5, %6, %7, %8, %9, %10 : tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_i64(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_i64(%x: tensor<100xi64>) -> (tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>) {
  %0 = nd.cast %x : (tensor<100xi64>) -> tensor<100xi1>
  %1 = nd.cast %x : (tensor<100xi64>) -> tensor<100xi8>
  %2 = nd.cast %x : (tensor<100xi64>) -> tensor<100xi16>
  %3 = nd.cast %x : (tensor<100xi64>) -> tensor<100xi32>
  %5 = nd.cast %x : (tensor<100xi64>) -> tensor<100xui8>
  %6 = nd.cast %x : (tensor<100xi64>) -> tensor<100xui16>
  %7 = nd.cast %x : (tensor<100xi64>) -> tensor<100xui32>
  %8 = nd.cast %x : (tensor<100xi64>) -> tensor<100xui64>
  %9 = nd.cast %x : (tensor<100xi64>) -> tensor<100xf32>
  %10 = nd.cast %x : (tensor<100xi64>) -> tensor<100xf64>
  return %0, %1, %2, %3, %5, %6, %7, %8, %9, %10 : tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_ui8(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_ui8(%x: tensor<100xui8>) -> (tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>) {
  %0 = nd.cast %x : (tensor<100xui8>) -> tensor<100xi1>
  %1 = nd.cast %x : (tensor<100xui8>) -> tensor<100xi8>
  %2 = nd.cast %x : (tensor<100xui8>) -> tensor<100xi16>
  %3 = nd.cast %x : (tensor<100xui8>) -> tensor<100xi32>
  %4 = nd.cast %x : (tensor<100xui8>) -> tensor<100xi64>
  %6 = nd.cast %x : (tensor<100xui8>) -> tensor<100xui16>
  %7 = nd.cast %x : (tensor<100xui8>) -> tensor<100xui32>
  %8 = nd.cast %x : (tensor<100xui8>) -> tensor<100xui64>
  %9 = nd.cast %x : (tensor<100xui8>) -> tensor<100xf32>
  %10 = nd.cast %x : (tensor<100xui8>) -> tensor<100xf64>
  return %0, %1, %2, %3, %4, %6, %7, %8, %9, %10 : tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_ui16(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_ui16(%x: tensor<100xui16>) -> (tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>) {
  %0 = nd.cast %x : (tensor<100xui16>) -> tensor<100xi1>
  %1 = nd.cast %x : (tensor<100xui16>) -> tensor<100xi8>
  %2 = nd.cast %x : (tensor<100xui16>) -> tensor<100xi16>
  %3 = nd.cast %x : (tensor<100xui16>) -> tensor<100xi32>
  %4 = nd.cast %x : (tensor<100xui16>) -> tensor<100xi64>
  %5 = nd.cast %x : (tensor<100xui16>) -> tensor<100xui8>
  %7 = nd.cast %x : (tensor<100xui16>) -> tensor<100xui32>
  %8 = nd.cast %x : (tensor<100xui16>) -> tensor<100xui64>
  %9 = nd.cast %x : (tensor<100xui16>) -> tensor<100xf32>
  %10 = nd.cast %x : (tensor<100xui16>) -> tensor<100xf64>
  return %0, %1, %2, %3, %4, %5, %7, %8, %9, %10 : tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_ui32(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_ui32(%x: tensor<100xui32>) -> (tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>) {
  %0 = nd.cast %x : (tensor<100xui32>) -> tensor<100xi1>
  %1 = nd.cast %x : (tensor<100xui32>) -> tensor<100xi8>
  %2 = nd.cast %x : (tensor<100xui32>) -> tensor<100xi16>
  %3 = nd.cast %x : (tensor<100xui32>) -> tensor<100xi32>
  %4 = nd.cast %x : (tensor<100xui32>) -> tensor<100xi64>
  %5 = nd.cast %x : (tensor<100xui32>) -> tensor<100xui8>
  %6 = nd.cast %x : (tensor<100xui32>) -> tensor<100xui16>
  %8 = nd.cast %x : (tensor<100xui32>) -> tensor<100xui64>
  %9 = nd.cast %x : (tensor<100xui32>) -> tensor<100xf32>
  %10 = nd.cast %x : (tensor<100xui32>) -> tensor<100xf64>
  return %0, %1, %2, %3, %4, %5, %6, %8, %9, %10 : tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui64>, tensor<100xf32>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_ui64(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_ui64(%x: tensor<100xui64>) -> (tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xf32>, tensor<100xf64>) {
  %0 = nd.cast %x : (tensor<100xui64>) -> tensor<100xi1>
  %1 = nd.cast %x : (tensor<100xui64>) -> tensor<100xi8>
  %2 = nd.cast %x : (tensor<100xui64>) -> tensor<100xi16>
  %3 = nd.cast %x : (tensor<100xui64>) -> tensor<100xi32>
  %4 = nd.cast %x : (tensor<100xui64>) -> tensor<100xi64>
  %5 = nd.cast %x : (tensor<100xui64>) -> tensor<100xui8>
  %6 = nd.cast %x : (tensor<100xui64>) -> tensor<100xui16>
  %7 = nd.cast %x : (tensor<100xui64>) -> tensor<100xui32>
  %9 = nd.cast %x : (tensor<100xui64>) -> tensor<100xf32>
  %10 = nd.cast %x : (tensor<100xui64>) -> tensor<100xf64>
  return %0, %1, %2, %3, %4, %5, %6, %7, %9, %10 : tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xf32>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_f32(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_f32(%x: tensor<100xf32>) -> (tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf64>) {
  %0 = nd.cast %x : (tensor<100xf32>) -> tensor<100xi1>
  %1 = nd.cast %x : (tensor<100xf32>) -> tensor<100xi8>
  %2 = nd.cast %x : (tensor<100xf32>) -> tensor<100xi16>
  %3 = nd.cast %x : (tensor<100xf32>) -> tensor<100xi32>
  %4 = nd.cast %x : (tensor<100xf32>) -> tensor<100xi64>
  %5 = nd.cast %x : (tensor<100xf32>) -> tensor<100xui8>
  %6 = nd.cast %x : (tensor<100xf32>) -> tensor<100xui16>
  %7 = nd.cast %x : (tensor<100xf32>) -> tensor<100xui32>
  %8 = nd.cast %x : (tensor<100xf32>) -> tensor<100xui64>
  %10 = nd.cast %x : (tensor<100xf32>) -> tensor<100xf64>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %10 : tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf64>
}

// -----

// CHECK-LABEL: llvm.func @from_f64(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @from_f64(%x: tensor<100xf64>) -> (tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>) {
  %0 = nd.cast %x : (tensor<100xf64>) -> tensor<100xi1>
  %1 = nd.cast %x : (tensor<100xf64>) -> tensor<100xi8>
  %2 = nd.cast %x : (tensor<100xf64>) -> tensor<100xi16>
  %3 = nd.cast %x : (tensor<100xf64>) -> tensor<100xi32>
  %4 = nd.cast %x : (tensor<100xf64>) -> tensor<100xi64>
  %5 = nd.cast %x : (tensor<100xf64>) -> tensor<100xui8>
  %6 = nd.cast %x : (tensor<100xf64>) -> tensor<100xui16>
  %7 = nd.cast %x : (tensor<100xf64>) -> tensor<100xui32>
  %8 = nd.cast %x : (tensor<100xf64>) -> tensor<100xui64>
  %9 = nd.cast %x : (tensor<100xf64>) -> tensor<100xf32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9 : tensor<100xi1>, tensor<100xi8>, tensor<100xi16>, tensor<100xi32>, tensor<100xi64>, tensor<100xui8>, tensor<100xui16>, tensor<100xui32>, tensor<100xui64>, tensor<100xf32>
}
