// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// Comparisons and logic: bool results.

// CHECK-LABEL: func.func @comparisons(
// CHECK-SAME:  %[[X:.*]]: tensor<5xi32>,
// CHECK-SAME:  %[[Y:.*]]: tensor<5xui32>
func.func @comparisons(%x: tensor<5xi32>, %y: tensor<5xui32>) {
  // CHECK: nd.equal %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  %0 = nd.equal %x, %y : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  // CHECK: nd.not_equal %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  %1 = nd.not_equal %x, %y : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  // CHECK: nd.less %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  %2 = nd.less %x, %y : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  // CHECK: nd.less_equal %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  %3 = nd.less_equal %x, %y : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  // CHECK: nd.greater %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  %4 = nd.greater %x, %y : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  // CHECK: nd.greater_equal %[[X]], %[[Y]] : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  %5 = nd.greater_equal %x, %y : (tensor<5xi32>, tensor<5xui32>) -> tensor<5xi1>
  return
}

// CHECK-LABEL: func.func @logic(
// CHECK-SAME:  %[[X:.*]]: tensor<5xf32>,
// CHECK-SAME:  %[[Y:.*]]: tensor<5xi1>
func.func @logic(%x: tensor<5xf32>, %y: tensor<5xi1>) {
  // CHECK: nd.logical_and %[[X]], %[[Y]] : (tensor<5xf32>, tensor<5xi1>) -> tensor<5xi1>
  %0 = nd.logical_and %x, %y : (tensor<5xf32>, tensor<5xi1>) -> tensor<5xi1>
  // CHECK: nd.logical_or %[[X]], %[[Y]] : (tensor<5xf32>, tensor<5xi1>) -> tensor<5xi1>
  %1 = nd.logical_or %x, %y : (tensor<5xf32>, tensor<5xi1>) -> tensor<5xi1>
  // CHECK: nd.logical_xor %[[X]], %[[Y]] : (tensor<5xf32>, tensor<5xi1>) -> tensor<5xi1>
  %2 = nd.logical_xor %x, %y : (tensor<5xf32>, tensor<5xi1>) -> tensor<5xi1>
  return
}

// CHECK-LABEL: func.func @broadcasting(
// CHECK-SAME:  %[[X:.*]]: tensor<?x3xf64>,
// CHECK-SAME:  %[[Y:.*]]: tensor<3xf64>
func.func @broadcasting(%x: tensor<?x3xf64>, %y: tensor<3xf64>) {
  // CHECK: nd.less %[[X]], %[[Y]] : (tensor<?x3xf64>, tensor<3xf64>) -> tensor<?x3xi1>
  %0 = nd.less %x, %y : (tensor<?x3xf64>, tensor<3xf64>) -> tensor<?x3xi1>
  return
}
