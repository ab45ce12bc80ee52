// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Unary pointwise rows: the floating ones give a float for every dtype, the others keep theirs or give bool.

// CHECK-LABEL: func.func @floating(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>
func.func @floating(%x: tensor<4x3xf64>) {
  // CHECK: nd.exp %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %0 = nd.exp %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.exp2 %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %1 = nd.exp2 %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.expm1 %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %2 = nd.expm1 %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.log %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %3 = nd.log %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.log2 %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %4 = nd.log2 %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.log10 %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %5 = nd.log10 %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.log1p %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %6 = nd.log1p %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.sqrt %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %7 = nd.sqrt %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.cbrt %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %8 = nd.cbrt %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.sin %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %9 = nd.sin %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.cos %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %10 = nd.cos %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.tan %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %11 = nd.tan %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.arcsin %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %12 = nd.arcsin %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.arccos %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %13 = nd.arccos %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.arctan %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %14 = nd.arctan %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.sinh %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %15 = nd.sinh %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.cosh %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %16 = nd.cosh %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.tanh %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %17 = nd.tanh %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.arcsinh %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %18 = nd.arcsinh %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.arccosh %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %19 = nd.arccosh %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.arctanh %[[X]] : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %20 = nd.arctanh %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  return
}

// CHECK-LABEL: func.func @floating_dtypes(
// CHECK-SAME:  %[[I1:.*]]: tensor<5xi1>,
// CHECK-SAME:  %[[I8:.*]]: tensor<5xi8>,
// CHECK-SAME:  %[[I16:.*]]: tensor<5xi16>,
// CHECK-SAME:  %[[I32:.*]]: tensor<5xi32>,
// CHECK-SAME:  %[[I64:.*]]: tensor<5xi64>,
// CHECK-SAME:  %[[UI8:.*]]: tensor<5xui8>,
// CHECK-SAME:  %[[UI16:.*]]: tensor<5xui16>,
// CHECK-SAME:  %[[UI32:.*]]: tensor<5xui32>,
// CHECK-SAME:  %[[UI64:.*]]: tensor<5xui64>,
// CHECK-SAME:  %[[F32:.*]]: tensor<5xf32>,
// CHECK-SAME:  %[[F64:.*]]: tensor<5xf64>
func.func @floating_dtypes(%i1: tensor<5xi1>, %i8: tensor<5xi8>, %i16: tensor<5xi16>, %i32: tensor<5xi32>, %i64: tensor<5xi64>, %ui8: tensor<5xui8>, %ui16: tensor<5xui16>, %ui32: tensor<5xui32>, %ui64: tensor<5xui64>, %f32: tensor<5xf32>, %f64: tensor<5xf64>) {
  // CHECK: nd.exp %[[I1]] : (tensor<5xi1>) -> tensor<5xf16>
  %0 = nd.exp %i1 : (tensor<5xi1>) -> tensor<5xf16>
  // CHECK: nd.exp %[[I8]] : (tensor<5xi8>) -> tensor<5xf16>
  %1 = nd.exp %i8 : (tensor<5xi8>) -> tensor<5xf16>
  // CHECK: nd.exp %[[I16]] : (tensor<5xi16>) -> tensor<5xf32>
  %2 = nd.exp %i16 : (tensor<5xi16>) -> tensor<5xf32>
  // CHECK: nd.exp %[[I32]] : (tensor<5xi32>) -> tensor<5xf64>
  %3 = nd.exp %i32 : (tensor<5xi32>) -> tensor<5xf64>
  // CHECK: nd.exp %[[I64]] : (tensor<5xi64>) -> tensor<5xf64>
  %4 = nd.exp %i64 : (tensor<5xi64>) -> tensor<5xf64>
  // CHECK: nd.exp %[[UI8]] : (tensor<5xui8>) -> tensor<5xf16>
  %5 = nd.exp %ui8 : (tensor<5xui8>) -> tensor<5xf16>
  // CHECK: nd.exp %[[UI16]] : (tensor<5xui16>) -> tensor<5xf32>
  %6 = nd.exp %ui16 : (tensor<5xui16>) -> tensor<5xf32>
  // CHECK: nd.exp %[[UI32]] : (tensor<5xui32>) -> tensor<5xf64>
  %7 = nd.exp %ui32 : (tensor<5xui32>) -> tensor<5xf64>
  // CHECK: nd.exp %[[UI64]] : (tensor<5xui64>) -> tensor<5xf64>
  %8 = nd.exp %ui64 : (tensor<5xui64>) -> tensor<5xf64>
  // CHECK: nd.exp %[[F32]] : (tensor<5xf32>) -> tensor<5xf32>
  %9 = nd.exp %f32 : (tensor<5xf32>) -> tensor<5xf32>
  // CHECK: nd.exp %[[F64]] : (tensor<5xf64>) -> tensor<5xf64>
  %10 = nd.exp %f64 : (tensor<5xf64>) -> tensor<5xf64>
  return
}

// CHECK-LABEL: func.func @same_dtype(
// CHECK-SAME:  %[[I1:.*]]: tensor<2x3xi1>,
// CHECK-SAME:  %[[I8:.*]]: tensor<2x3xi8>,
// CHECK-SAME:  %[[I16:.*]]: tensor<2x3xi16>,
// CHECK-SAME:  %[[I32:.*]]: tensor<2x3xi32>,
// CHECK-SAME:  %[[I64:.*]]: tensor<2x3xi64>,
// CHECK-SAME:  %[[UI8:.*]]: tensor<2x3xui8>,
// CHECK-SAME:  %[[UI16:.*]]: tensor<2x3xui16>,
// CHECK-SAME:  %[[F32:.*]]: tensor<2x3xf32>,
// CHECK-SAME:  %[[F64:.*]]: tensor<2x3xf64>
func.func @same_dtype(%i1: tensor<2x3xi1>, %i8: tensor<2x3xi8>, %i16: tensor<2x3xi16>, %i32: tensor<2x3xi32>, %i64: tensor<2x3xi64>, %ui8: tensor<2x3xui8>, %ui16: tensor<2x3xui16>, %f32: tensor<2x3xf32>, %f64: tensor<2x3xf64>) {
  // CHECK: nd.negative %[[I32]] : (tensor<2x3xi32>) -> tensor<2x3xi32>
  %0 = nd.negative %i32 : (tensor<2x3xi32>) -> tensor<2x3xi32>
  // CHECK: nd.positive %[[UI8]] : (tensor<2x3xui8>) -> tensor<2x3xui8>
  %1 = nd.positive %ui8 : (tensor<2x3xui8>) -> tensor<2x3xui8>
  // CHECK: nd.absolute %[[I64]] : (tensor<2x3xi64>) -> tensor<2x3xi64>
  %2 = nd.absolute %i64 : (tensor<2x3xi64>) -> tensor<2x3xi64>
  // CHECK: nd.absolute %[[I1]] : (tensor<2x3xi1>) -> tensor<2x3xi1>
  %3 = nd.absolute %i1 : (tensor<2x3xi1>) -> tensor<2x3xi1>
  // CHECK: nd.sign %[[F32]] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %4 = nd.sign %f32 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK: nd.square %[[I16]] : (tensor<2x3xi16>) -> tensor<2x3xi16>
  %5 = nd.square %i16 : (tensor<2x3xi16>) -> tensor<2x3xi16>
  // CHECK: nd.reciprocal %[[F64]] : (tensor<2x3xf64>) -> tensor<2x3xf64>
  %6 = nd.reciprocal %f64 : (tensor<2x3xf64>) -> tensor<2x3xf64>
  // CHECK: nd.floor %[[F64]] : (tensor<2x3xf64>) -> tensor<2x3xf64>
  %7 = nd.floor %f64 : (tensor<2x3xf64>) -> tensor<2x3xf64>
  // CHECK: nd.ceil %[[F32]] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %8 = nd.ceil %f32 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK: nd.trunc %[[F64]] : (tensor<2x3xf64>) -> tensor<2x3xf64>
  %9 = nd.trunc %f64 : (tensor<2x3xf64>) -> tensor<2x3xf64>
  // CHECK: nd.trunc %[[I8]] : (tensor<2x3xi8>) -> tensor<2x3xi8>
  %10 = nd.trunc %i8 : (tensor<2x3xi8>) -> tensor<2x3xi8>
  // CHECK: nd.rint %[[F32]] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %11 = nd.rint %f32 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK: nd.invert %[[UI16]] : (tensor<2x3xui16>) -> tensor<2x3xui16>
  %12 = nd.invert %ui16 : (tensor<2x3xui16>) -> tensor<2x3xui16>
  // CHECK: nd.invert %[[I1]] : (tensor<2x3xi1>) -> tensor<2x3xi1>
  %13 = nd.invert %i1 : (tensor<2x3xi1>) -> tensor<2x3xi1>
  return
}

// CHECK-LABEL: func.func @int8_for_bool(
// CHECK-SAME:  %[[X:.*]]: tensor<4xi1>
func.func @int8_for_bool(%x: tensor<4xi1>) {
  // CHECK: nd.square %[[X]] : (tensor<4xi1>) -> tensor<4xi8>
  %0 = nd.square %x : (tensor<4xi1>) -> tensor<4xi8>
  // CHECK: nd.reciprocal %[[X]] : (tensor<4xi1>) -> tensor<4xi8>
  %1 = nd.reciprocal %x : (tensor<4xi1>) -> tensor<4xi8>
  return
}

// CHECK-LABEL: func.func @predicates(
// CHECK-SAME:  %[[X:.*]]: tensor<4xf32>,
// CHECK-SAME:  %[[I:.*]]: tensor<4xui64>
func.func @predicates(%x: tensor<4xf32>, %i: tensor<4xui64>) {
  // CHECK: nd.isnan %[[X]] : (tensor<4xf32>) -> tensor<4xi1>
  %0 = nd.isnan %x : (tensor<4xf32>) -> tensor<4xi1>
  // CHECK: nd.isinf %[[X]] : (tensor<4xf32>) -> tensor<4xi1>
  %1 = nd.isinf %x : (tensor<4xf32>) -> tensor<4xi1>
  // CHECK: nd.isfinite %[[X]] : (tensor<4xf32>) -> tensor<4xi1>
  %2 = nd.isfinite %x : (tensor<4xf32>) -> tensor<4xi1>
  // CHECK: nd.signbit %[[X]] : (tensor<4xf32>) -> tensor<4xi1>
  %3 = nd.signbit %x : (tensor<4xf32>) -> tensor<4xi1>
  // CHECK: nd.logical_not %[[I]] : (tensor<4xui64>) -> tensor<4xi1>
  %4 = nd.logical_not %i : (tensor<4xui64>) -> tensor<4xi1>
  // CHECK: nd.isfinite %[[I]] : (tensor<4xui64>) -> tensor<4xi1>
  %5 = nd.isfinite %i : (tensor<4xui64>) -> tensor<4xi1>
  return
}

// CHECK-LABEL: func.func @extents(
// CHECK-SAME:  %[[Q:.*]]: tensor<?x3xf64>,
// CHECK-SAME:  %[[S:.*]]: tensor<f64>,
// CHECK-SAME:  %[[E:.*]]: tensor<0x3xf64>
func.func @extents(%q: tensor<?x3xf64>, %s: tensor<f64>, %e: tensor<0x3xf64>) {
  // CHECK: nd.exp %[[Q]] : (tensor<?x3xf64>) -> tensor<?x3xf64>
  %0 = nd.exp %q : (tensor<?x3xf64>) -> tensor<?x3xf64>
  // CHECK: nd.negative %[[S]] : (tensor<f64>) -> tensor<f64>
  %1 = nd.negative %s : (tensor<f64>) -> tensor<f64>
  // CHECK: nd.isnan %[[E]] : (tensor<0x3xf64>) -> tensor<0x3xi1>
  %2 = nd.isnan %e : (tensor<0x3xf64>) -> tensor<0x3xi1>
  return
}

// CHECK-LABEL: func.func @counts(
func.func @counts(%x: tensor<4xf16>, %n: tensor<4xi64>, %b: tensor<4xi1>) {
  // CHECK: nd.frexp_mantissa %{{.*}} : (tensor<4xf16>) -> tensor<4xf16>
  %0 = nd.frexp_mantissa %x : (tensor<4xf16>) -> tensor<4xf16>
  // CHECK: nd.frexp_exponent %{{.*}} : (tensor<4xf16>) -> tensor<4xi32>
  %1 = nd.frexp_exponent %x : (tensor<4xf16>) -> tensor<4xi32>
  // CHECK: nd.bitwise_count %{{.*}} : (tensor<4xi64>) -> tensor<4xui8>
  %2 = nd.bitwise_count %n : (tensor<4xi64>) -> tensor<4xui8>
  // CHECK: nd.bitwise_count %{{.*}} : (tensor<4xi1>) -> tensor<4xui8>
  %3 = nd.bitwise_count %b : (tensor<4xi1>) -> tensor<4xui8>
  // CHECK: nd.gamma %{{.*}} : (tensor<4xi64>) -> tensor<4xf64>
  %4 = nd.gamma %n : (tensor<4xi64>) -> tensor<4xf64>
  return
}
