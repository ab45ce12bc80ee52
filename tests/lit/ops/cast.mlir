// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// cast between any two dtypes, and copy.

// CHECK-LABEL: func.func @casts(
// CHECK-SAME:  %[[I1:.*]]: tensor<2xi1>,
// CHECK-SAME:  %[[I8:.*]]: tensor<2xi8>,
// CHECK-SAME:  %[[I16:.*]]: tensor<2xi16>,
// CHECK-SAME:  %[[I32:.*]]: tensor<2xi32>,
// CHECK-SAME:  %[[I64:.*]]: tensor<2xi64>,
// CHECK-SAME:  %[[UI8:.*]]: tensor<2xui8>,
// CHECK-SAME:  %[[UI16:.*]]: tensor<2xui16>,
// CHECK-SAME:  %[[UI32:.*]]: tensor<2xui32>,
// CHECK-SAME:  %[[UI64:.*]]: tensor<2xui64>,
// CHECK-SAME:  %[[F32:.*]]: tensor<2xf32>,
// CHECK-SAME:  %[[F64:.*]]: tensor<2xf64>
func.func @casts(%i1: tensor<2xi1>, %i8: tensor<2xi8>, %i16: tensor<2xi16>, %i32: tensor<2xi32>, %i64: tensor<2xi64>, %ui8: tensor<2xui8>, %ui16: tensor<2xui16>, %ui32: tensor<2xui32>, %ui64: tensor<2xui64>, %f32: tensor<2xf32>, %f64: tensor<2xf64>) {
  // CHECK: nd.cast %[[I1]] : (tensor<2xi1>) -> tensor<2xi8>
  %0 = nd.cast %i1 : (tensor<2xi1>) -> tensor<2xi8>
  // CHECK: nd.cast %[[I8]] : (tensor<2xi8>) -> tensor<2xi16>
  %1 = nd.cast %i8 : (tensor<2xi8>) -> tensor<2xi16>
  // CHECK: nd.cast %[[I16]] : (tensor<2xi16>) -> tensor<2xi32>
  %2 = nd.cast %i16 : (tensor<2xi16>) -> tensor<2xi32>
  // CHECK: nd.cast %[[I32]] : (tensor<2xi32>) -> tensor<2xi64>
  %3 = nd.cast %i32 : (tensor<2xi32>) -> tensor<2xi64>
  // CHECK: nd.cast %[[I64]] : (tensor<2xi64>) -> tensor<2xui8>
  %4 = nd.cast %i64 : (tensor<2xi64>) -> tensor<2xui8>
  // CHECK: nd.cast %[[UI8]] : (tensor<2xui8>) -> tensor<2xui16>
  %5 = nd.cast %ui8 : (tensor<2xui8>) -> tensor<2xui16>
  // CHECK: nd.cast %[[UI16]] : (tensor<2xui16>) -> tensor<2xui32>
  %6 = nd.cast %ui16 : (tensor<2xui16>) -> tensor<2xui32>
  // CHECK: nd.cast %[[UI32]] : (tensor<2xui32>) -> tensor<2xui64>
  %7 = nd.cast %ui32 : (tensor<2xui32>) -> tensor<2xui64>
  // CHECK: nd.cast %[[UI64]] : (tensor<2xui64>) -> tensor<2xf32>
  %8 = nd.cast %ui64 : (tensor<2xui64>) -> tensor<2xf32>
  // CHECK: nd.cast %[[F32]] : (tensor<2xf32>) -> tensor<2xf64>
  %9 = nd.cast %f32 : (tensor<2xf32>) -> tensor<2xf64>
  // CHECK: nd.cast %[[F64]] : (tensor<2xf64>) -> tensor<2xi1>
  %10 = nd.cast %f64 : (tensor<2xf64>) -> tensor<2xi1>
  // CHECK: nd.cast %[[F64]] : (tensor<2xf64>) -> tensor<2xi1>
  %11 = nd.cast %f64 : (tensor<2xf64>) -> tensor<2xi1>
  // CHECK: nd.cast %[[F32]] : (tensor<2xf32>) -> tensor<2xui64>
  %12 = nd.cast %f32 : (tensor<2xf32>) -> tensor<2xui64>
  // CHECK: nd.cast %[[UI8]] : (tensor<2xui8>) -> tensor<2xf64>
  %13 = nd.cast %ui8 : (tensor<2xui8>) -> tensor<2xf64>
  // CHECK: nd.cast %[[F64]] : (tensor<2xf64>) -> tensor<2xf64>
  %14 = nd.cast %f64 : (tensor<2xf64>) -> tensor<2xf64>
  return
}

// CHECK-LABEL: func.func @extents(
// CHECK-SAME:  %[[Q:.*]]: tensor<?x?xf64>,
// CHECK-SAME:  %[[S:.*]]: tensor<f64>
func.func @extents(%q: tensor<?x?xf64>, %s: tensor<f64>) {
  // CHECK: nd.cast %[[Q]] : (tensor<?x?xf64>) -> tensor<?x?xi8>
  %0 = nd.cast %q : (tensor<?x?xf64>) -> tensor<?x?xi8>
  // CHECK: nd.cast %[[S]] : (tensor<f64>) -> tensor<f32>
  %1 = nd.cast %s : (tensor<f64>) -> tensor<f32>
  return
}

// CHECK-LABEL: func.func @copies(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>,
// CHECK-SAME:  %[[B:.*]]: tensor<?xi1>
func.func @copies(%x: tensor<4x3xf64>, %b: tensor<?xi1>) {
  // CHECK: nd.copy %[[X]] : tensor<4x3xf64>
  %0 = nd.copy %x : tensor<4x3xf64>
  // CHECK: nd.copy %[[B]] : tensor<?xi1>
  %1 = nd.copy %b : tensor<?xi1>
  return
}
