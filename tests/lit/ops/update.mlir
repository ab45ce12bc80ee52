// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// A part of an array replaced: every strides[i]-th element from offsets[i] on, as many as the value has.

// CHECK-LABEL: func.func @part(
// CHECK-SAME:  %[[X:.*]]: tensor<5x4xf32>,
// CHECK-SAME:  %[[ROW:.*]]: tensor<1x4xf32>,
// CHECK-SAME:  %[[V:.*]]: tensor<2x3xf32>
func.func @part(%x: tensor<5x4xf32>, %row: tensor<1x4xf32>, %v: tensor<2x3xf32>) {
  // CHECK: %[[A:.*]] = nd.update %[[X]], %[[ROW]] {offsets = array<i64: 4, 0>, strides = array<i64: 1, 1>} : tensor<5x4xf32>, tensor<1x4xf32>
  %0 = nd.update %x, %row {offsets = array<i64: 4, 0>, strides = array<i64: 1, 1>} : tensor<5x4xf32>, tensor<1x4xf32>
  // CHECK: nd.update %[[A]], %[[V]] {offsets = array<i64: 4, 0>, strides = array<i64: -3, 1>} : tensor<5x4xf32>, tensor<2x3xf32>
  %1 = nd.update %0, %v {offsets = array<i64: 4, 0>, strides = array<i64: -3, 1>} : tensor<5x4xf32>, tensor<2x3xf32>
  return
}

// CHECK-LABEL: func.func @dtypes(
func.func @dtypes(%b: tensor<3xi1>, %c: tensor<3xcomplex<f64>>, %h: tensor<3xbf16>, %u: tensor<3xui8>) {
  // CHECK: nd.update {{.*}} : tensor<3xi1>, tensor<3xi1>
  %0 = nd.update %b, %b {offsets = array<i64: 2>, strides = array<i64: -1>} : tensor<3xi1>, tensor<3xi1>
  // CHECK: nd.update {{.*}} : tensor<3xcomplex<f64>>, tensor<3xcomplex<f64>>
  %1 = nd.update %c, %c {offsets = array<i64: 0>, strides = array<i64: 1>} : tensor<3xcomplex<f64>>, tensor<3xcomplex<f64>>
  // CHECK: nd.update {{.*}} : tensor<3xbf16>, tensor<3xbf16>
  %2 = nd.update %h, %h {offsets = array<i64: 0>, strides = array<i64: 1>} : tensor<3xbf16>, tensor<3xbf16>
  // CHECK: nd.update {{.*}} : tensor<3xui8>, tensor<3xui8>
  %3 = nd.update %u, %u {offsets = array<i64: 0>, strides = array<i64: 1>} : tensor<3xui8>, tensor<3xui8>
  return
}

// A 0-d array has one part, nothing at all has another one, and sizes may be open or given at run time.
// CHECK-LABEL: func.func @sizes(
func.func @sizes(%s: tensor<i64>, %e: tensor<0xi64>, %x: tensor<4xi64>, %q: tensor<?xi64>, %n: tensor<n0xi64>) {
  // CHECK: nd.update {{.*}} {offsets = array<i64>, strides = array<i64>} : tensor<i64>, tensor<i64>
  %0 = nd.update %s, %s {offsets = array<i64>, strides = array<i64>} : tensor<i64>, tensor<i64>
  // CHECK: nd.update {{.*}} {offsets = array<i64: 4>, strides = array<i64: 1>} : tensor<4xi64>, tensor<0xi64>
  %1 = nd.update %x, %e {offsets = array<i64: 4>, strides = array<i64: 1>} : tensor<4xi64>, tensor<0xi64>
  // CHECK: nd.update {{.*}} : tensor<4xi64>, tensor<?xi64>
  %2 = nd.update %x, %q {offsets = array<i64: 1>, strides = array<i64: 1>} : tensor<4xi64>, tensor<?xi64>
  // CHECK: nd.update {{.*}} : tensor<?xi64>, tensor<4xi64>
  %3 = nd.update %q, %x {offsets = array<i64: 1>, strides = array<i64: 1>} : tensor<?xi64>, tensor<4xi64>
  // CHECK: nd.update {{.*}} {offsets = array<i64: n1>, strides = array<i64: 1>} : tensor<4xi64>, tensor<n0xi64>
  %4 = nd.update %x, %n {offsets = array<i64: n1>, strides = array<i64: 1>} : tensor<4xi64>, tensor<n0xi64>
  return
}

// What a result overwrites stands on the function: the argument's number, -1 for nothing.
// CHECK: func.func @ties({{.*}}) -> (tensor<4xi64>, tensor<i64>) attributes {nd.ties = array<i64: 1, -1>}
func.func @ties(%s: tensor<i64>, %x: tensor<4xi64>) -> (tensor<4xi64>, tensor<i64>) attributes {nd.ties = array<i64: 1, -1>} {
  return %x, %s : tensor<4xi64>, tensor<i64>
}
