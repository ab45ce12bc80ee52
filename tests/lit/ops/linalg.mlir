// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Library rows: shapes as NumPy gives them.

// CHECK-LABEL: func.func @matmul(
// CHECK-SAME:  %[[A:.*]]: tensor<4x3xf64>,
// CHECK-SAME:  %[[B:.*]]: tensor<3x5xf64>,
// CHECK-SAME:  %[[V:.*]]: tensor<3xf64>,
// CHECK-SAME:  %[[S:.*]]: tensor<7x1x4x3xf64>,
// CHECK-SAME:  %[[I:.*]]: tensor<3x5xi32>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?x?xf64>
func.func @matmul(%a: tensor<4x3xf64>, %b: tensor<3x5xf64>, %v: tensor<3xf64>, %s: tensor<7x1x4x3xf64>, %i: tensor<3x5xi32>, %q: tensor<?x?xf64>) {
  // CHECK: nd.matmul %[[A]], %[[B]] : (tensor<4x3xf64>, tensor<3x5xf64>) -> tensor<4x5xf64>
  %0 = nd.matmul %a, %b : (tensor<4x3xf64>, tensor<3x5xf64>) -> tensor<4x5xf64>
  // CHECK: nd.matmul %[[A]], %[[V]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4xf64>
  %1 = nd.matmul %a, %v : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4xf64>
  // CHECK: nd.matmul %[[V]], %[[B]] : (tensor<3xf64>, tensor<3x5xf64>) -> tensor<5xf64>
  %2 = nd.matmul %v, %b : (tensor<3xf64>, tensor<3x5xf64>) -> tensor<5xf64>
  // CHECK: nd.matmul %[[V]], %[[V]] : (tensor<3xf64>, tensor<3xf64>) -> tensor<f64>
  %3 = nd.matmul %v, %v : (tensor<3xf64>, tensor<3xf64>) -> tensor<f64>
  // CHECK: nd.matmul %[[S]], %[[B]] : (tensor<7x1x4x3xf64>, tensor<3x5xf64>) -> tensor<7x1x4x5xf64>
  %4 = nd.matmul %s, %b : (tensor<7x1x4x3xf64>, tensor<3x5xf64>) -> tensor<7x1x4x5xf64>
  // CHECK: nd.matmul %[[A]], %[[I]] : (tensor<4x3xf64>, tensor<3x5xi32>) -> tensor<4x5xf64>
  %5 = nd.matmul %a, %i : (tensor<4x3xf64>, tensor<3x5xi32>) -> tensor<4x5xf64>
  // CHECK: nd.matmul %[[Q]], %[[B]] : (tensor<?x?xf64>, tensor<3x5xf64>) -> tensor<?x5xf64>
  %6 = nd.matmul %q, %b : (tensor<?x?xf64>, tensor<3x5xf64>) -> tensor<?x5xf64>
  return
}

// CHECK-LABEL: func.func @square(
// CHECK-SAME:  %[[A:.*]]: tensor<4x4xf64>,
// CHECK-SAME:  %[[S:.*]]: tensor<2x3x3xf32>,
// CHECK-SAME:  %[[I:.*]]: tensor<2x2xi16>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?x3xf64>
func.func @square(%a: tensor<4x4xf64>, %s: tensor<2x3x3xf32>, %i: tensor<2x2xi16>, %q: tensor<?x3xf64>) {
  // CHECK: nd.inv %[[A]] : (tensor<4x4xf64>) -> tensor<4x4xf64>
  %0 = nd.inv %a : (tensor<4x4xf64>) -> tensor<4x4xf64>
  // CHECK: nd.inv %[[S]] : (tensor<2x3x3xf32>) -> tensor<2x3x3xf32>
  %1 = nd.inv %s : (tensor<2x3x3xf32>) -> tensor<2x3x3xf32>
  // CHECK: nd.inv %[[I]] : (tensor<2x2xi16>) -> tensor<2x2xf64>
  %2 = nd.inv %i : (tensor<2x2xi16>) -> tensor<2x2xf64>
  // CHECK: nd.inv %[[Q]] : (tensor<?x3xf64>) -> tensor<3x3xf64>
  %3 = nd.inv %q : (tensor<?x3xf64>) -> tensor<3x3xf64>
  // CHECK: nd.det %[[A]] : (tensor<4x4xf64>) -> tensor<f64>
  %4 = nd.det %a : (tensor<4x4xf64>) -> tensor<f64>
  // CHECK: nd.det %[[S]] : (tensor<2x3x3xf32>) -> tensor<2xf32>
  %5 = nd.det %s : (tensor<2x3x3xf32>) -> tensor<2xf32>
  return
}

// CHECK-LABEL: func.func @solve(
// CHECK-SAME:  %[[A:.*]]: tensor<4x4xf64>,
// CHECK-SAME:  %[[B:.*]]: tensor<4xf64>,
// CHECK-SAME:  %[[M:.*]]: tensor<4x2xf64>,
// CHECK-SAME:  %[[S:.*]]: tensor<3x4x1xf64>
func.func @solve(%a: tensor<4x4xf64>, %b: tensor<4xf64>, %m: tensor<4x2xf64>, %s: tensor<3x4x1xf64>) {
  // CHECK: nd.solve %[[A]], %[[B]] : (tensor<4x4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %0 = nd.solve %a, %b : (tensor<4x4xf64>, tensor<4xf64>) -> tensor<4xf64>
  // CHECK: nd.solve %[[A]], %[[M]] : (tensor<4x4xf64>, tensor<4x2xf64>) -> tensor<4x2xf64>
  %1 = nd.solve %a, %m : (tensor<4x4xf64>, tensor<4x2xf64>) -> tensor<4x2xf64>
  // CHECK: nd.solve %[[A]], %[[S]] : (tensor<4x4xf64>, tensor<3x4x1xf64>) -> tensor<3x4x1xf64>
  %2 = nd.solve %a, %s : (tensor<4x4xf64>, tensor<3x4x1xf64>) -> tensor<3x4x1xf64>
  return
}

// CHECK-LABEL: func.func @qr(
// CHECK-SAME:  %[[T:.*]]: tensor<5x3xf64>,
// CHECK-SAME:  %[[W:.*]]: tensor<3x5xf64>,
// CHECK-SAME:  %[[S:.*]]: tensor<2x4x4xf64>,
// CHECK-SAME:  %[[Q:.*]]: tensor<?x3xf64>
func.func @qr(%t: tensor<5x3xf64>, %w: tensor<3x5xf64>, %s: tensor<2x4x4xf64>, %q: tensor<?x3xf64>) {
  // CHECK: nd.qr %[[T]] : (tensor<5x3xf64>) -> (tensor<5x3xf64>, tensor<3x3xf64>)
  %0:2 = nd.qr %t : (tensor<5x3xf64>) -> (tensor<5x3xf64>, tensor<3x3xf64>)
  // CHECK: nd.qr %[[W]] : (tensor<3x5xf64>) -> (tensor<3x3xf64>, tensor<3x5xf64>)
  %1:2 = nd.qr %w : (tensor<3x5xf64>) -> (tensor<3x3xf64>, tensor<3x5xf64>)
  // CHECK: nd.qr %[[S]] : (tensor<2x4x4xf64>) -> (tensor<2x4x4xf64>, tensor<2x4x4xf64>)
  %2:2 = nd.qr %s : (tensor<2x4x4xf64>) -> (tensor<2x4x4xf64>, tensor<2x4x4xf64>)
  // CHECK: nd.qr %[[Q]] : (tensor<?x3xf64>) -> (tensor<?x?xf64>, tensor<?x3xf64>)
  %3:2 = nd.qr %q : (tensor<?x3xf64>) -> (tensor<?x?xf64>, tensor<?x3xf64>)
  return
}

// CHECK-LABEL: func.func @lstsq(
// CHECK-SAME:  %[[A:.*]]: tensor<16x7xf64>,
// CHECK-SAME:  %[[B:.*]]: tensor<16xf64>,
// CHECK-SAME:  %[[M:.*]]: tensor<16x2xf64>,
// CHECK-SAME:  %[[W:.*]]: tensor<3x7xf64>,
// CHECK-SAME:  %[[C:.*]]: tensor<3xf64>
func.func @lstsq(%a: tensor<16x7xf64>, %b: tensor<16xf64>, %m: tensor<16x2xf64>, %w: tensor<3x7xf64>, %c: tensor<3xf64>) {
  // CHECK: nd.lstsq %[[A]], %[[B]] {rcond = -1.000000e+00 : f64} : (tensor<16x7xf64>, tensor<16xf64>) -> (tensor<7xf64>, tensor<1xf64>, tensor<i64>, tensor<7xf64>)
  %0:4 = nd.lstsq %a, %b {rcond = -1.000000e+00 : f64} : (tensor<16x7xf64>, tensor<16xf64>) -> (tensor<7xf64>, tensor<1xf64>, tensor<i64>, tensor<7xf64>)
  // CHECK: nd.lstsq %[[A]], %[[M]] {rcond = 1.000000e-10 : f64} : (tensor<16x7xf64>, tensor<16x2xf64>) -> (tensor<7x2xf64>, tensor<2xf64>, tensor<i64>, tensor<7xf64>)
  %1:4 = nd.lstsq %a, %m {rcond = 1.000000e-10 : f64} : (tensor<16x7xf64>, tensor<16x2xf64>) -> (tensor<7x2xf64>, tensor<2xf64>, tensor<i64>, tensor<7xf64>)
  // CHECK: nd.lstsq %[[W]], %[[C]] {rcond = -1.000000e+00 : f64} : (tensor<3x7xf64>, tensor<3xf64>) -> (tensor<7xf64>, tensor<0xf64>, tensor<i64>, tensor<3xf64>)
  %2:4 = nd.lstsq %w, %c {rcond = -1.000000e+00 : f64} : (tensor<3x7xf64>, tensor<3xf64>) -> (tensor<7xf64>, tensor<0xf64>, tensor<i64>, tensor<3xf64>)
  return
}

// CHECK-LABEL: func.func @decompositions(
// CHECK-SAME:  %[[T:.*]]: tensor<2x5x3xf32>,
// CHECK-SAME:  %[[C:.*]]: tensor<4x4xcomplex<f64>>,
// CHECK-SAME:  %[[A:.*]]: tensor<4x4xf64>
func.func @decompositions(%t: tensor<2x5x3xf32>, %c: tensor<4x4xcomplex<f64>>, %a: tensor<4x4xf64>) {
  // CHECK: nd.qr %[[T]] {complete = true} : (tensor<2x5x3xf32>) -> (tensor<2x5x5xf32>, tensor<2x5x3xf32>)
  %0:2 = nd.qr %t {complete = true} : (tensor<2x5x3xf32>) -> (tensor<2x5x5xf32>, tensor<2x5x3xf32>)
  // CHECK: nd.qr_raw %[[T]] : (tensor<2x5x3xf32>) -> (tensor<2x3x5xf32>, tensor<2x3xf32>)
  %1:2 = nd.qr_raw %t : (tensor<2x5x3xf32>) -> (tensor<2x3x5xf32>, tensor<2x3xf32>)
  // CHECK: nd.svd %[[T]] {full_matrices = true} : (tensor<2x5x3xf32>) -> (tensor<2x5x5xf32>, tensor<2x3xf32>, tensor<2x3x3xf32>)
  %2:3 = nd.svd %t {full_matrices = true} : (tensor<2x5x3xf32>) -> (tensor<2x5x5xf32>, tensor<2x3xf32>, tensor<2x3x3xf32>)
  // CHECK: nd.svd %[[T]] {full_matrices = false} : (tensor<2x5x3xf32>) -> (tensor<2x5x3xf32>, tensor<2x3xf32>, tensor<2x3x3xf32>)
  %3:3 = nd.svd %t {full_matrices = false} : (tensor<2x5x3xf32>) -> (tensor<2x5x3xf32>, tensor<2x3xf32>, tensor<2x3x3xf32>)
  // CHECK: nd.svdvals %[[C]] : (tensor<4x4xcomplex<f64>>) -> tensor<4xf64>
  %4 = nd.svdvals %c : (tensor<4x4xcomplex<f64>>) -> tensor<4xf64>
  // CHECK: nd.slogdet %[[C]] : (tensor<4x4xcomplex<f64>>) -> (tensor<complex<f64>>, tensor<f64>)
  %5:2 = nd.slogdet %c : (tensor<4x4xcomplex<f64>>) -> (tensor<complex<f64>>, tensor<f64>)
  // CHECK: nd.cholesky %[[C]] {upper = true} : (tensor<4x4xcomplex<f64>>) -> tensor<4x4xcomplex<f64>>
  %6 = nd.cholesky %c {upper = true} : (tensor<4x4xcomplex<f64>>) -> tensor<4x4xcomplex<f64>>
  // CHECK: nd.eig %[[A]] : (tensor<4x4xf64>) -> (tensor<4xcomplex<f64>>, tensor<4x4xcomplex<f64>>)
  %7:2 = nd.eig %a : (tensor<4x4xf64>) -> (tensor<4xcomplex<f64>>, tensor<4x4xcomplex<f64>>)
  // CHECK: nd.eigvals %[[A]] : (tensor<4x4xf64>) -> tensor<4xcomplex<f64>>
  %8 = nd.eigvals %a : (tensor<4x4xf64>) -> tensor<4xcomplex<f64>>
  // CHECK: nd.eigh %[[C]] {upper = false} : (tensor<4x4xcomplex<f64>>) -> (tensor<4xf64>, tensor<4x4xcomplex<f64>>)
  %9:2 = nd.eigh %c {upper = false} : (tensor<4x4xcomplex<f64>>) -> (tensor<4xf64>, tensor<4x4xcomplex<f64>>)
  // CHECK: nd.eigvalsh %[[A]] {upper = true} : (tensor<4x4xf64>) -> tensor<4xf64>
  %10 = nd.eigvalsh %a {upper = true} : (tensor<4x4xf64>) -> tensor<4xf64>
  return
}

// CHECK-LABEL: func.func @adjoint_matmul(
// CHECK:       nd.adjoint_matmul %{{.*}}, %{{.*}} : (tensor<2x3x4xcomplex<f64>>, tensor<3x5xcomplex<f64>>) -> tensor<2x4x5xcomplex<f64>>
func.func @adjoint_matmul(%a: tensor<2x3x4xcomplex<f64>>, %b: tensor<3x5xcomplex<f64>>) {
  %0 = nd.adjoint_matmul %a, %b : (tensor<2x3x4xcomplex<f64>>, tensor<3x5xcomplex<f64>>) -> tensor<2x4x5xcomplex<f64>>
  return
}
