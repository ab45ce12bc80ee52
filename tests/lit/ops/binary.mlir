// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Binary pointwise rows: operands promote together and broadcast, both without an op of their own.

// CHECK-LABEL: func.func @broadcasting(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>,
// CHECK-SAME:  %[[Y:.*]]: tensor<3xf64>
func.func @broadcasting(%x: tensor<4x3xf64>, %y: tensor<3xf64>) {
  // CHECK: nd.add %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %0 = nd.add %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.subtract %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %1 = nd.subtract %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.multiply %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %2 = nd.multiply %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.divide %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %3 = nd.divide %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.floor_divide %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %4 = nd.floor_divide %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.remainder %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %5 = nd.remainder %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.fmod %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %6 = nd.fmod %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.power %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %7 = nd.power %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.maximum %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %8 = nd.maximum %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.minimum %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %9 = nd.minimum %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.fmax %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %10 = nd.fmax %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.fmin %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %11 = nd.fmin %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.arctan2 %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %12 = nd.arctan2 %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.hypot %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %13 = nd.hypot %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  // CHECK: nd.copysign %[[X]], %[[Y]] : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  %14 = nd.copysign %x, %y : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  return
}

// CHECK-LABEL: func.func @bits(
// CHECK-SAME:  %[[X:.*]]: tensor<5xi32>,
// CHECK-SAME:  %[[Y:.*]]: tensor<5xi32>
func.func @bits(%x: tensor<5xi32>, %y: tensor<5xi32>) {
  // CHECK: nd.bitwise_and %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  %0 = nd.bitwise_and %x, %y : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  // CHECK: nd.bitwise_or %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  %1 = nd.bitwise_or %x, %y : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  // CHECK: nd.bitwise_xor %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  %2 = nd.bitwise_xor %x, %y : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  // CHECK: nd.left_shift %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  %3 = nd.left_shift %x, %y : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  // CHECK: nd.right_shift %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  %4 = nd.right_shift %x, %y : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  return
}

// CHECK-LABEL: func.func @promotion(
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
func.func @promotion(%i1: tensor<5xi1>, %i8: tensor<5xi8>, %i16: tensor<5xi16>, %i32: tensor<5xi32>, %i64: tensor<5xi64>, %ui8: tensor<5xui8>, %ui16: tensor<5xui16>, %ui32: tensor<5xui32>, %ui64: tensor<5xui64>, %f32: tensor<5xf32>, %f64: tensor<5xf64>) {
  // CHECK: nd.add %[[I1]], %[[I8]] : (tensor<5xi1>, tensor<5xi8>) -> tensor<5xi8>
  %0 = nd.add %i1, %i8 : (tensor<5xi1>, tensor<5xi8>) -> tensor<5xi8>
  // CHECK: nd.add %[[I8]], %[[UI8]] : (tensor<5xi8>, tensor<5xui8>) -> tensor<5xi16>
  %1 = nd.add %i8, %ui8 : (tensor<5xi8>, tensor<5xui8>) -> tensor<5xi16>
  // CHECK: nd.add %[[I16]], %[[UI16]] : (tensor<5xi16>, tensor<5xui16>) -> tensor<5xi32>
  %2 = nd.add %i16, %ui16 : (tensor<5xi16>, tensor<5xui16>) -> tensor<5xi32>
  // CHECK: nd.add %[[I32]], %[[UI32]] : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi64>
  %3 = nd.add %i32, %ui32 : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi64>
  // CHECK: nd.add %[[I64]], %[[UI64]] : (tensor<5xi64>, tensor<5xui64>) -> tensor<5xf64>
  %4 = nd.add %i64, %ui64 : (tensor<5xi64>, tensor<5xui64>) -> tensor<5xf64>
  // CHECK: nd.add %[[UI8]], %[[UI32]] : (tensor<5xui8>, tensor<5xui32>) -> tensor<5xui32>
  %5 = nd.add %ui8, %ui32 : (tensor<5xui8>, tensor<5xui32>) -> tensor<5xui32>
  // CHECK: nd.add %[[I16]], %[[F32]] : (tensor<5xi16>, tensor<5xf32>) -> tensor<5xf32>
  %6 = nd.add %i16, %f32 : (tensor<5xi16>, tensor<5xf32>) -> tensor<5xf32>
  // CHECK: nd.add %[[I32]], %[[F32]] : (tensor<5xi32>, tensor<5xf32>) -> tensor<5xf64>
  %7 = nd.add %i32, %f32 : (tensor<5xi32>, tensor<5xf32>) -> tensor<5xf64>
  // CHECK: nd.add %[[UI64]], %[[F32]] : (tensor<5xui64>, tensor<5xf32>) -> tensor<5xf64>
  %8 = nd.add %ui64, %f32 : (tensor<5xui64>, tensor<5xf32>) -> tensor<5xf64>
  // CHECK: nd.add %[[F32]], %[[F64]] : (tensor<5xf32>, tensor<5xf64>) -> tensor<5xf64>
  %9 = nd.add %f32, %f64 : (tensor<5xf32>, tensor<5xf64>) -> tensor<5xf64>
  // CHECK: nd.add %[[I1]], %[[I1]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  %10 = nd.add %i1, %i1 : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  return
}

// CHECK-LABEL: func.func @bool_operands(
// CHECK-SAME:  %[[X:.*]]: tensor<5xi1>,
// CHECK-SAME:  %[[Y:.*]]: tensor<5xi1>
func.func @bool_operands(%x: tensor<5xi1>, %y: tensor<5xi1>) {
  // CHECK: nd.multiply %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  %0 = nd.multiply %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  // CHECK: nd.divide %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xf64>
  %1 = nd.divide %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xf64>
  // CHECK: nd.floor_divide %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  %2 = nd.floor_divide %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  // CHECK: nd.remainder %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  %3 = nd.remainder %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  // CHECK: nd.fmod %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  %4 = nd.fmod %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  // CHECK: nd.power %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  %5 = nd.power %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  // CHECK: nd.maximum %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  %6 = nd.maximum %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  // CHECK: nd.arctan2 %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xf16>
  %7 = nd.arctan2 %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xf16>
  // CHECK: nd.bitwise_and %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  %8 = nd.bitwise_and %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
  // CHECK: nd.left_shift %[[X]], %[[Y]] : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  %9 = nd.left_shift %x, %y : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi8>
  return
}

// CHECK-LABEL: func.func @true_division(
// CHECK-SAME:  %[[X:.*]]: tensor<5xi8>,
// CHECK-SAME:  %[[Y:.*]]: tensor<5xf32>
func.func @true_division(%x: tensor<5xi8>, %y: tensor<5xf32>) {
  // CHECK: nd.divide %[[X]], %[[X]] : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xf64>
  %0 = nd.divide %x, %x : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xf64>
  // CHECK: nd.divide %[[X]], %[[Y]] : (tensor<5xi8>, tensor<5xf32>) -> tensor<5xf32>
  %1 = nd.divide %x, %y : (tensor<5xi8>, tensor<5xf32>) -> tensor<5xf32>
  return
}

// CHECK-LABEL: func.func @extents(
// CHECK-SAME:  %[[X:.*]]: tensor<?x1xf64>,
// CHECK-SAME:  %[[Y:.*]]: tensor<3xf64>,
// CHECK-SAME:  %[[Z:.*]]: tensor<?xf64>,
// CHECK-SAME:  %[[S:.*]]: tensor<f64>
func.func @extents(%x: tensor<?x1xf64>, %y: tensor<3xf64>, %z: tensor<?xf64>, %s: tensor<f64>) {
  // CHECK: nd.add %[[X]], %[[Y]] : (tensor<?x1xf64>, tensor<3xf64>) -> tensor<?x3xf64>
  %0 = nd.add %x, %y : (tensor<?x1xf64>, tensor<3xf64>) -> tensor<?x3xf64>
  // CHECK: nd.add %[[X]], %[[Z]] : (tensor<?x1xf64>, tensor<?xf64>) -> tensor<?x?xf64>
  %1 = nd.add %x, %z : (tensor<?x1xf64>, tensor<?xf64>) -> tensor<?x?xf64>
  // CHECK: nd.add %[[Y]], %[[Z]] : (tensor<3xf64>, tensor<?xf64>) -> tensor<3xf64>
  %2 = nd.add %y, %z : (tensor<3xf64>, tensor<?xf64>) -> tensor<3xf64>
  // CHECK: nd.add %[[S]], %[[Z]] : (tensor<f64>, tensor<?xf64>) -> tensor<?xf64>
  %3 = nd.add %s, %z : (tensor<f64>, tensor<?xf64>) -> tensor<?xf64>
  // CHECK: nd.add %[[S]], %[[S]] : (tensor<f64>, tensor<f64>) -> tensor<f64>
  %4 = nd.add %s, %s : (tensor<f64>, tensor<f64>) -> tensor<f64>
  return
}

// The exponent of ldexp promotes with nobody; divisors keep the integers' dtype.
// CHECK-LABEL: func.func @parts_of_numbers(
func.func @parts_of_numbers(%x: tensor<4x3xf32>, %n: tensor<3xi64>, %i: tensor<3xui8>) {
  // CHECK: nd.ldexp %{{.*}}, %{{.*}} : (tensor<4x3xf32>, tensor<3xi64>) -> tensor<4x3xf32>
  %0 = nd.ldexp %x, %n : (tensor<4x3xf32>, tensor<3xi64>) -> tensor<4x3xf32>
  // CHECK: nd.nextafter %{{.*}}, %{{.*}} : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4x3xf32>
  %1 = nd.nextafter %x, %0 : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4x3xf32>
  // CHECK: nd.logaddexp %{{.*}}, %{{.*}} : (tensor<4x3xf32>, tensor<3xi64>) -> tensor<4x3xf64>
  %2 = nd.logaddexp %x, %n : (tensor<4x3xf32>, tensor<3xi64>) -> tensor<4x3xf64>
  // CHECK: nd.gcd %{{.*}}, %{{.*}} : (tensor<3xi64>, tensor<3xui8>) -> tensor<3xi64>
  %3 = nd.gcd %n, %i : (tensor<3xi64>, tensor<3xui8>) -> tensor<3xi64>
  return
}
