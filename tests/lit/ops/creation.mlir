// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Rows without array operands.

// CHECK-LABEL: func.func @full(
func.func @full() {
  // CHECK: nd.full true -> tensor<2x3xi1>
  %0 = nd.full true -> tensor<2x3xi1>
  // CHECK: nd.full -1 : i8 -> tensor<2x3xi8>
  %1 = nd.full -1 : i8 -> tensor<2x3xi8>
  // CHECK: nd.full 300 : i16 -> tensor<2x3xi16>
  %2 = nd.full 300 : i16 -> tensor<2x3xi16>
  // CHECK: nd.full -7 : i32 -> tensor<2x3xi32>
  %3 = nd.full -7 : i32 -> tensor<2x3xi32>
  // CHECK: nd.full 9 : i64 -> tensor<2x3xi64>
  %4 = nd.full 9 : i64 -> tensor<2x3xi64>
  // CHECK: nd.full 200 : ui8 -> tensor<2x3xui8>
  %5 = nd.full 200 : ui8 -> tensor<2x3xui8>
  // CHECK: nd.full 60000 : ui16 -> tensor<2x3xui16>
  %6 = nd.full 60000 : ui16 -> tensor<2x3xui16>
  // CHECK: nd.full 4000000000 : ui32 -> tensor<2x3xui32>
  %7 = nd.full 4000000000 : ui32 -> tensor<2x3xui32>
  // CHECK: nd.full 18446744073709551615 : ui64 -> tensor<2x3xui64>
  %8 = nd.full 18446744073709551615 : ui64 -> tensor<2x3xui64>
  // CHECK: nd.full 2.500000e+00 : f32 -> tensor<2x3xf32>
  %9 = nd.full 2.500000e+00 : f32 -> tensor<2x3xf32>
  // CHECK: nd.full 1.000000e-01 : f64 -> tensor<2x3xf64>
  %10 = nd.full 1.000000e-01 : f64 -> tensor<2x3xf64>
  // CHECK: nd.full 0x7FF0000000000000 : f64 -> tensor<f64>
  %11 = nd.full 0x7FF0000000000000 : f64 -> tensor<f64>
  // CHECK: nd.full 0.000000e+00 : f64 -> tensor<0x?xf64>
  %12 = nd.full 0.000000e+00 : f64 -> tensor<0x?xf64>
  // CHECK: nd.full 2.500000e+00 : f64 {param = 3 : i64} -> tensor<f64>
  %13 = nd.full 2.500000e+00 : f64 {param = 3 : i64} -> tensor<f64>
  return
}

// CHECK-LABEL: func.func @iota(
func.func @iota() {
  // CHECK: nd.iota {axis = 0 : i64} -> tensor<5xi64>
  %0 = nd.iota {axis = 0 : i64} -> tensor<5xi64>
  // CHECK: nd.iota {axis = 1 : i64} -> tensor<2x3xf32>
  %1 = nd.iota {axis = 1 : i64} -> tensor<2x3xf32>
  // CHECK: nd.iota {axis = 0 : i64} -> tensor<?x3xui8>
  %2 = nd.iota {axis = 0 : i64} -> tensor<?x3xui8>
  // CHECK: nd.iota {axis = 2 : i64} -> tensor<2x2x0xf64>
  %3 = nd.iota {axis = 2 : i64} -> tensor<2x2x0xf64>
  return
}

// CHECK-LABEL: func.func @count(
func.func @count() {
  // CHECK: nd.count [3] -> tensor<f64>
  %0 = nd.count [3] -> tensor<f64>
  // CHECK: nd.count [3, 4] -> tensor<f32>
  %1 = nd.count [3, 4] -> tensor<f32>
  // CHECK: nd.count [] -> tensor<f64>
  %2 = nd.count [] -> tensor<f64>
  return
}

// CHECK-LABEL: func.func @input(
func.func @input() {
  // CHECK: nd.input : tensor<4x3xf64>
  %0 = nd.input : tensor<4x3xf64>
  // CHECK: nd.input : tensor<?xui16>
  %1 = nd.input : tensor<?xui16>
  return
}
