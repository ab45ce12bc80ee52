// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// The three roads to a regression: normal equations, QR, lstsq.

// CHECK-LABEL: llvm.func @normal(
// CHECK:       llvm.call @ndrt_matmul
// CHECK:       llvm.call @ndrt_matmul
// CHECK:       llvm.call @ndrt_solve
// CHECK:       llvm.return
func.func @normal(%a: tensor<16x7xf64>, %b: tensor<16xf64>) -> tensor<7xf64> {
  %0 = nd.transpose %a {permutation = array<i64: 1, 0>} : (tensor<16x7xf64>) -> tensor<7x16xf64>
  %1 = nd.matmul %0, %a : (tensor<7x16xf64>, tensor<16x7xf64>) -> tensor<7x7xf64>
  %2 = nd.inv %1 : (tensor<7x7xf64>) -> tensor<7x7xf64>
  %3 = nd.matmul %0, %b : (tensor<7x16xf64>, tensor<16xf64>) -> tensor<7xf64>
  %4 = nd.matmul %2, %3 : (tensor<7x7xf64>, tensor<7xf64>) -> tensor<7xf64>
  return %4 : tensor<7xf64>
}

// -----

// CHECK-LABEL: llvm.func @qr(
// CHECK:       llvm.call @ndrt_qr
// CHECK:       llvm.call @ndrt_matmul
// CHECK:       llvm.call @ndrt_solve
// CHECK:       llvm.return
func.func @qr(%a: tensor<16x7xf64>, %b: tensor<16xf64>) -> tensor<7xf64> {
  %q, %r = nd.qr %a : (tensor<16x7xf64>) -> (tensor<16x7xf64>, tensor<7x7xf64>)
  %0 = nd.transpose %q {permutation = array<i64: 1, 0>} : (tensor<16x7xf64>) -> tensor<7x16xf64>
  %1 = nd.matmul %0, %b : (tensor<7x16xf64>, tensor<16xf64>) -> tensor<7xf64>
  %2 = nd.solve %r, %1 : (tensor<7x7xf64>, tensor<7xf64>) -> tensor<7xf64>
  return %2 : tensor<7xf64>
}

// -----

// CHECK-LABEL: llvm.func @lstsq(
// CHECK:       llvm.call @ndrt_lstsq
// CHECK:       llvm.return
func.func @lstsq(%a: tensor<16x7xf64>, %b: tensor<16xf64>) -> (tensor<7xf64>, tensor<1xf64>, tensor<i64>, tensor<7xf64>) {
  %x, %residuals, %rank, %s = nd.lstsq %a, %b {rcond = -1.000000e+00 : f64} : (tensor<16x7xf64>, tensor<16xf64>) -> (tensor<7xf64>, tensor<1xf64>, tensor<i64>, tensor<7xf64>)
  return %x, %residuals, %rank, %s : tensor<7xf64>, tensor<1xf64>, tensor<i64>, tensor<7xf64>
}

// -----

// CHECK-LABEL: llvm.func @det(
// CHECK:       llvm.call @ndrt_det
// CHECK:       llvm.return
func.func @det(%a: tensor<2x3x3xf32>) -> tensor<2xf32> {
  %0 = nd.det %a : (tensor<2x3x3xf32>) -> tensor<2xf32>
  %1 = nd.exp %0 : (tensor<2xf32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}
