// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops | FileCheck %s

// A 0-d result beside a nest with columns is one element: it is stored as a scalar, not by lanes.
// CHECK-LABEL: llvm.func @scalar_beside_columns(
// CHECK:         llvm.store %{{.*}}, %{{.*}} {{.*}}: f64, !llvm.ptr
func.func @scalar_beside_columns(%x: tensor<30x40xf64>, %s: tensor<f64>) -> (tensor<40xf64>, tensor<f64>) {
  %e = nd.exp %s : (tensor<f64>) -> tensor<f64>
  %0 = nd.multiply %x, %e : (tensor<30x40xf64>, tensor<f64>) -> tensor<30x40xf64>
  %1 = nd.sum %0 {axes = array<i64: 0>} : (tensor<30x40xf64>) -> tensor<40xf64>
  return %1, %e : tensor<40xf64>, tensor<f64>
}
