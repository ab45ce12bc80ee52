// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Reductions: axes, keepdims, and the dtype that small integers widen to.

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>
func.func @rows(%x: tensor<4x3xf64>) {
  // CHECK: nd.sum %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  %0 = nd.sum %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  // CHECK: nd.prod %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  %1 = nd.prod %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  // CHECK: nd.max %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  %2 = nd.max %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  // CHECK: nd.min %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  %3 = nd.min %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  // CHECK: nd.any %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xi1>
  %4 = nd.any %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xi1>
  // CHECK: nd.all %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xi1>
  %5 = nd.all %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xi1>
  // CHECK: nd.argmax %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xi64>
  %6 = nd.argmax %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xi64>
  // CHECK: nd.argmin %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xi64>
  %7 = nd.argmin %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xi64>
  // CHECK: nd.mean %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  %8 = nd.mean %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  // CHECK: nd.var %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  %9 = nd.var %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  // CHECK: nd.std %[[X]] {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  %10 = nd.std %x {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  return
}

// CHECK-LABEL: func.func @keepdims(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>
func.func @keepdims(%x: tensor<4x3xf64>) {
  // CHECK: nd.sum %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  %0 = nd.sum %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  // CHECK: nd.prod %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  %1 = nd.prod %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  // CHECK: nd.max %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  %2 = nd.max %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  // CHECK: nd.min %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  %3 = nd.min %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  // CHECK: nd.any %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xi1>
  %4 = nd.any %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xi1>
  // CHECK: nd.all %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xi1>
  %5 = nd.all %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xi1>
  // CHECK: nd.argmax %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xi64>
  %6 = nd.argmax %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xi64>
  // CHECK: nd.argmin %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xi64>
  %7 = nd.argmin %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xi64>
  // CHECK: nd.mean %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  %8 = nd.mean %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  // CHECK: nd.var %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  %9 = nd.var %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  // CHECK: nd.std %[[X]] {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  %10 = nd.std %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  return
}

// CHECK-LABEL: func.func @all_axes(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>
func.func @all_axes(%x: tensor<4x3xf64>) {
  // CHECK: nd.sum %[[X]] {axes = array<i64: 0, 1>} : (tensor<4x3xf64>) -> tensor<f64>
  %0 = nd.sum %x {axes = array<i64: 0, 1>} : (tensor<4x3xf64>) -> tensor<f64>
  // CHECK: nd.argmax %[[X]] {axes = array<i64: 0, 1>} : (tensor<4x3xf64>) -> tensor<i64>
  %1 = nd.argmax %x {axes = array<i64: 0, 1>} : (tensor<4x3xf64>) -> tensor<i64>
  // CHECK: nd.mean %[[X]] {axes = array<i64: 0, 1>} : (tensor<4x3xf64>) -> tensor<f64>
  %2 = nd.mean %x {axes = array<i64: 0, 1>} : (tensor<4x3xf64>) -> tensor<f64>
  // CHECK: nd.max %[[X]] {axes = array<i64: 0, 1>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x1xf64>
  %3 = nd.max %x {axes = array<i64: 0, 1>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x1xf64>
  return
}

// CHECK-LABEL: func.func @ddof(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>
func.func @ddof(%x: tensor<4x3xf64>) {
  // CHECK: nd.var %[[X]] {axes = array<i64: 1>, ddof = 1.000000e+00 : f64} : (tensor<4x3xf64>) -> tensor<4xf64>
  %0 = nd.var %x {axes = array<i64: 1>, ddof = 1.000000e+00 : f64} : (tensor<4x3xf64>) -> tensor<4xf64>
  // CHECK: nd.std %[[X]] {axes = array<i64: 1>, ddof = 1.000000e+00 : f64} : (tensor<4x3xf64>) -> tensor<4xf64>
  %1 = nd.std %x {axes = array<i64: 1>, ddof = 1.000000e+00 : f64} : (tensor<4x3xf64>) -> tensor<4xf64>
  return
}

// CHECK-LABEL: func.func @widening(
// CHECK-SAME:  %[[I1:.*]]: tensor<7xi1>,
// CHECK-SAME:  %[[I8:.*]]: tensor<7xi8>,
// CHECK-SAME:  %[[I16:.*]]: tensor<7xi16>,
// CHECK-SAME:  %[[I32:.*]]: tensor<7xi32>,
// CHECK-SAME:  %[[I64:.*]]: tensor<7xi64>,
// CHECK-SAME:  %[[UI8:.*]]: tensor<7xui8>,
// CHECK-SAME:  %[[UI16:.*]]: tensor<7xui16>,
// CHECK-SAME:  %[[UI32:.*]]: tensor<7xui32>,
// CHECK-SAME:  %[[UI64:.*]]: tensor<7xui64>,
// CHECK-SAME:  %[[F32:.*]]: tensor<7xf32>,
// CHECK-SAME:  %[[F64:.*]]: tensor<7xf64>
func.func @widening(%i1: tensor<7xi1>, %i8: tensor<7xi8>, %i16: tensor<7xi16>, %i32: tensor<7xi32>, %i64: tensor<7xi64>, %ui8: tensor<7xui8>, %ui16: tensor<7xui16>, %ui32: tensor<7xui32>, %ui64: tensor<7xui64>, %f32: tensor<7xf32>, %f64: tensor<7xf64>) {
  // CHECK: nd.sum %[[I1]] {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<i64>
  %0 = nd.sum %i1 {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<i64>
  // CHECK: nd.sum %[[I8]] {axes = array<i64: 0>} : (tensor<7xi8>) -> tensor<i64>
  %1 = nd.sum %i8 {axes = array<i64: 0>} : (tensor<7xi8>) -> tensor<i64>
  // CHECK: nd.sum %[[I16]] {axes = array<i64: 0>} : (tensor<7xi16>) -> tensor<i64>
  %2 = nd.sum %i16 {axes = array<i64: 0>} : (tensor<7xi16>) -> tensor<i64>
  // CHECK: nd.sum %[[I32]] {axes = array<i64: 0>} : (tensor<7xi32>) -> tensor<i64>
  %3 = nd.sum %i32 {axes = array<i64: 0>} : (tensor<7xi32>) -> tensor<i64>
  // CHECK: nd.sum %[[I64]] {axes = array<i64: 0>} : (tensor<7xi64>) -> tensor<i64>
  %4 = nd.sum %i64 {axes = array<i64: 0>} : (tensor<7xi64>) -> tensor<i64>
  // CHECK: nd.sum %[[UI8]] {axes = array<i64: 0>} : (tensor<7xui8>) -> tensor<ui64>
  %5 = nd.sum %ui8 {axes = array<i64: 0>} : (tensor<7xui8>) -> tensor<ui64>
  // CHECK: nd.sum %[[UI16]] {axes = array<i64: 0>} : (tensor<7xui16>) -> tensor<ui64>
  %6 = nd.sum %ui16 {axes = array<i64: 0>} : (tensor<7xui16>) -> tensor<ui64>
  // CHECK: nd.sum %[[UI32]] {axes = array<i64: 0>} : (tensor<7xui32>) -> tensor<ui64>
  %7 = nd.sum %ui32 {axes = array<i64: 0>} : (tensor<7xui32>) -> tensor<ui64>
  // CHECK: nd.sum %[[UI64]] {axes = array<i64: 0>} : (tensor<7xui64>) -> tensor<ui64>
  %8 = nd.sum %ui64 {axes = array<i64: 0>} : (tensor<7xui64>) -> tensor<ui64>
  // CHECK: nd.sum %[[F32]] {axes = array<i64: 0>} : (tensor<7xf32>) -> tensor<f32>
  %9 = nd.sum %f32 {axes = array<i64: 0>} : (tensor<7xf32>) -> tensor<f32>
  // CHECK: nd.sum %[[F64]] {axes = array<i64: 0>} : (tensor<7xf64>) -> tensor<f64>
  %10 = nd.sum %f64 {axes = array<i64: 0>} : (tensor<7xf64>) -> tensor<f64>
  // CHECK: nd.prod %[[I1]] {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<i64>
  %11 = nd.prod %i1 {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<i64>
  // CHECK: nd.prod %[[UI8]] {axes = array<i64: 0>} : (tensor<7xui8>) -> tensor<ui64>
  %12 = nd.prod %ui8 {axes = array<i64: 0>} : (tensor<7xui8>) -> tensor<ui64>
  // CHECK: nd.prod %[[I32]] {axes = array<i64: 0>} : (tensor<7xi32>) -> tensor<i64>
  %13 = nd.prod %i32 {axes = array<i64: 0>} : (tensor<7xi32>) -> tensor<i64>
  // CHECK: nd.prod %[[F32]] {axes = array<i64: 0>} : (tensor<7xf32>) -> tensor<f32>
  %14 = nd.prod %f32 {axes = array<i64: 0>} : (tensor<7xf32>) -> tensor<f32>
  return
}

// CHECK-LABEL: func.func @means(
// CHECK-SAME:  %[[I:.*]]: tensor<7xi8>,
// CHECK-SAME:  %[[B:.*]]: tensor<7xi1>,
// CHECK-SAME:  %[[S:.*]]: tensor<7xf32>
func.func @means(%i: tensor<7xi8>, %b: tensor<7xi1>, %s: tensor<7xf32>) {
  // CHECK: nd.mean %[[I]] {axes = array<i64: 0>} : (tensor<7xi8>) -> tensor<f64>
  %0 = nd.mean %i {axes = array<i64: 0>} : (tensor<7xi8>) -> tensor<f64>
  // CHECK: nd.mean %[[B]] {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<f64>
  %1 = nd.mean %b {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<f64>
  // CHECK: nd.mean %[[S]] {axes = array<i64: 0>} : (tensor<7xf32>) -> tensor<f32>
  %2 = nd.mean %s {axes = array<i64: 0>} : (tensor<7xf32>) -> tensor<f32>
  return
}

// CHECK-LABEL: func.func @same(
// CHECK-SAME:  %[[I1:.*]]: tensor<7xi1>,
// CHECK-SAME:  %[[I16:.*]]: tensor<7xi16>,
// CHECK-SAME:  %[[UI32:.*]]: tensor<7xui32>
func.func @same(%i1: tensor<7xi1>, %i16: tensor<7xi16>, %ui32: tensor<7xui32>) {
  // CHECK: nd.max %[[I1]] {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<i1>
  %0 = nd.max %i1 {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<i1>
  // CHECK: nd.max %[[I16]] {axes = array<i64: 0>} : (tensor<7xi16>) -> tensor<i16>
  %1 = nd.max %i16 {axes = array<i64: 0>} : (tensor<7xi16>) -> tensor<i16>
  // CHECK: nd.max %[[UI32]] {axes = array<i64: 0>} : (tensor<7xui32>) -> tensor<ui32>
  %2 = nd.max %ui32 {axes = array<i64: 0>} : (tensor<7xui32>) -> tensor<ui32>
  // CHECK: nd.min %[[I1]] {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<i1>
  %3 = nd.min %i1 {axes = array<i64: 0>} : (tensor<7xi1>) -> tensor<i1>
  // CHECK: nd.min %[[I16]] {axes = array<i64: 0>} : (tensor<7xi16>) -> tensor<i16>
  %4 = nd.min %i16 {axes = array<i64: 0>} : (tensor<7xi16>) -> tensor<i16>
  // CHECK: nd.min %[[UI32]] {axes = array<i64: 0>} : (tensor<7xui32>) -> tensor<ui32>
  %5 = nd.min %ui32 {axes = array<i64: 0>} : (tensor<7xui32>) -> tensor<ui32>
  return
}

// CHECK-LABEL: func.func @extents(
// CHECK-SAME:  %[[Q:.*]]: tensor<?x3xf64>,
// CHECK-SAME:  %[[E:.*]]: tensor<0x3xf64>,
// CHECK-SAME:  %[[S:.*]]: tensor<f64>
func.func @extents(%q: tensor<?x3xf64>, %e: tensor<0x3xf64>, %s: tensor<f64>) {
  // CHECK: nd.sum %[[Q]] {axes = array<i64: 0>} : (tensor<?x3xf64>) -> tensor<3xf64>
  %0 = nd.sum %q {axes = array<i64: 0>} : (tensor<?x3xf64>) -> tensor<3xf64>
  // CHECK: nd.sum %[[Q]] {axes = array<i64: 1>, keepdims = true} : (tensor<?x3xf64>) -> tensor<?x1xf64>
  %1 = nd.sum %q {axes = array<i64: 1>, keepdims = true} : (tensor<?x3xf64>) -> tensor<?x1xf64>
  // CHECK: nd.sum %[[E]] {axes = array<i64: 0>} : (tensor<0x3xf64>) -> tensor<3xf64>
  %2 = nd.sum %e {axes = array<i64: 0>} : (tensor<0x3xf64>) -> tensor<3xf64>
  // CHECK: nd.max %[[E]] {axes = array<i64: 1>} : (tensor<0x3xf64>) -> tensor<0xf64>
  %3 = nd.max %e {axes = array<i64: 1>} : (tensor<0x3xf64>) -> tensor<0xf64>
  // CHECK: nd.sum %[[S]] {axes = array<i64>} : (tensor<f64>) -> tensor<f64>
  %4 = nd.sum %s {axes = array<i64>} : (tensor<f64>) -> tensor<f64>
  // CHECK: nd.argmax %[[S]] {axes = array<i64>} : (tensor<f64>) -> tensor<i64>
  %5 = nd.argmax %s {axes = array<i64>} : (tensor<f64>) -> tensor<i64>
  return
}
