// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Checked bounds: an access outside an array ends the process, others change nothing. The number of
// elements comes from a file, and nothing here checks it as programs that are traced do.
// RUN: ndc --emit=llvm %s | FileCheck %s --check-prefix=PLAIN
// RUN: ndc --emit=llvm --bounds %s | FileCheck %s --check-prefix=CHECKED
// RUN: ndc run %S/inputs/grid.mlir -o %t.npy
// RUN: ndc run %S/inputs/three.mlir -o %t.three.npy
// RUN: ndc run %S/inputs/seven.mlir -o %t.seven.npy
// RUN: env ND_DEBUG=bounds ndc run %s %t.npy %t.three.npy | FileCheck %s --check-prefix=INSIDE
// RUN: env ND_DEBUG=bounds not --crash ndc run %s %t.npy %t.seven.npy 2>&1 | FileCheck %s --check-prefix=OUTSIDE

// PLAIN-NOT: ndrt_out_of_bounds
// CHECKED:   "llvm.intr.vector.reduce.or"
// CHECKED:   llvm.call @ndrt_out_of_bounds
// INSIDE:    6.
// OUTSIDE:   nd: {{.*}}ndc-bounds.mlir:[[# @LINE + 6]]: a kernel reads a tensor<6xf64>, and goes outside: from element 0 on, of 6
// OUTSIDE:   nd: this is a fault of nd
func.func @main(%grid: tensor<2x3xf64>, %n: tensor<i64>) -> tensor<f64> {
  %x = nd.reshape %grid : (tensor<2x3xf64>) -> tensor<6xf64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.slice %x {offsets = array<i64: 0>, sizes = array<i64: n0>, strides = array<i64: 1>} : (tensor<6xf64>) -> tensor<n0xf64>
  %z = nd.add %y, %y : (tensor<n0xf64>, tensor<n0xf64>) -> tensor<n0xf64>
  %s = nd.sum %z {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<f64>
  return %s : tensor<f64>
}
