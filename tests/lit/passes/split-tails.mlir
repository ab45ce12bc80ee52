// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-split-tails | FileCheck %s
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-split-tails=masks | FileCheck %s --check-prefixes=CHECK,MASKS
//
// Whole vectors have no mask; the last of a row has one. Where masks are cheap a loop that stores wide elements stays.

// CHECK-LABEL: llvm.func internal @pointwise_kernel0
// CHECK:       scf.for
// CHECK:         %[[WHOLE:.*]] = arith.constant dense<true> : vector<16xi1>
// CHECK:         llvm.intr.masked.load %{{.*}}, %[[WHOLE]]
// CHECK:         llvm.intr.masked.store %{{.*}}, %{{.*}}, %[[WHOLE]]
// CHECK:       scf.for
// CHECK:         %[[LAST:.*]] = arith.cmpi slt
// CHECK:         llvm.intr.masked.load %{{.*}}, %[[LAST]]
// CHECK:         llvm.intr.masked.store %{{.*}}, %{{.*}}, %[[LAST]]
func.func @pointwise(%x: tensor<100xi8>) -> tensor<100xi8> {
  %y = nd.add %x, %x : (tensor<100xi8>, tensor<100xi8>) -> tensor<100xi8>
  return %y : tensor<100xi8>
}

// What one loop folds the other goes on with.
// CHECK-LABEL: llvm.func internal @sum_kernel0_stage0
// CHECK:         %[[FIRST:.*]] = scf.for {{.*}} iter_args
// CHECK:         scf.for {{.*}} iter_args(%{{.*}} = %[[FIRST]])
func.func @sum(%x: tensor<100xi64>) -> tensor<i64> {
  %y = nd.sum %x {axes = array<i64: 0>} : (tensor<100xi64>) -> tensor<i64>
  return %y : tensor<i64>
}

// MASKS-LABEL: llvm.func internal @wide_kernel0
// MASKS-NOT:   dense<true>
// MASKS:       llvm.return
func.func @wide(%x: tensor<100xf64>) -> tensor<100xf64> {
  %y = nd.add %x, %x : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  return %y : tensor<100xf64>
}
