// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
//
// where and clip: three operands that broadcast together.

// CHECK-LABEL: func.func @where(
// CHECK-SAME:  %[[C:.*]]: tensor<3xi1>,
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>,
// CHECK-SAME:  %[[Y:.*]]: tensor<f64>,
// CHECK-SAME:  %[[I:.*]]: tensor<4x1xi64>,
// CHECK-SAME:  %[[B:.*]]: tensor<4x3xui8>
func.func @where(%c: tensor<3xi1>, %x: tensor<4x3xf64>, %y: tensor<f64>, %i: tensor<4x1xi64>, %b: tensor<4x3xui8>) {
  // CHECK: nd.where %[[C]], %[[X]], %[[Y]] : (tensor<3xi1>, tensor<4x3xf64>, tensor<f64>) -> tensor<4x3xf64>
  %0 = nd.where %c, %x, %y : (tensor<3xi1>, tensor<4x3xf64>, tensor<f64>) -> tensor<4x3xf64>
  // CHECK: nd.where %[[B]], %[[I]], %[[C]] : (tensor<4x3xui8>, tensor<4x1xi64>, tensor<3xi1>) -> tensor<4x3xi64>
  %1 = nd.where %b, %i, %c : (tensor<4x3xui8>, tensor<4x1xi64>, tensor<3xi1>) -> tensor<4x3xi64>
  return
}

// CHECK-LABEL: func.func @clip(
// CHECK-SAME:  %[[X:.*]]: tensor<?x3xf64>,
// CHECK-SAME:  %[[LO:.*]]: tensor<f64>,
// CHECK-SAME:  %[[HI:.*]]: tensor<3xf64>,
// CHECK-SAME:  %[[I:.*]]: tensor<4xi16>,
// CHECK-SAME:  %[[U:.*]]: tensor<4xui16>
func.func @clip(%x: tensor<?x3xf64>, %lo: tensor<f64>, %hi: tensor<3xf64>, %i: tensor<4xi16>, %u: tensor<4xui16>) {
  // CHECK: nd.clip %[[X]], %[[LO]], %[[HI]] : (tensor<?x3xf64>, tensor<f64>, tensor<3xf64>) -> tensor<?x3xf64>
  %0 = nd.clip %x, %lo, %hi : (tensor<?x3xf64>, tensor<f64>, tensor<3xf64>) -> tensor<?x3xf64>
  // CHECK: nd.clip %[[I]], %[[U]], %[[I]] : (tensor<4xi16>, tensor<4xui16>, tensor<4xi16>) -> tensor<4xi32>
  %1 = nd.clip %i, %u, %i : (tensor<4xi16>, tensor<4xui16>, tensor<4xi16>) -> tensor<4xi32>
  return
}
