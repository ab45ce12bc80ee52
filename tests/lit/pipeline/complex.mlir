// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --split-input-file | FileCheck %s
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s --check-prefix=LLVM
//
// Complex numbers lie interleaved in memory and apart in registers: one load of twice the lanes,
// four products without fused multiply-adds, one store.

// CHECK-LABEL: llvm.func internal @multiply_kernel0
// CHECK:         %[[A:.*]] = llvm.intr.masked.load {{.*}} -> vector<32xf32>
// CHECK:         %[[RE:.*]] = vector.shuffle %[[A]], %[[A]] [0, 2, 4
// CHECK:         %[[IM:.*]] = vector.shuffle %[[A]], %[[A]] [1, 3, 5
// CHECK:         llvm.intr.masked.load {{.*}} -> vector<32xf32>
// CHECK-COUNT-4: arith.mulf {{.*}} : vector<16xf32>
// CHECK-NOT:     math.fma
// CHECK:         vector.shuffle {{.*}} [0, 16, 1, 17
// CHECK:         llvm.intr.masked.store {{.*}} : vector<32xf32>
// LLVM-LABEL: llvm.func @multiply(
// LLVM-NOT:   unrealized_conversion_cast
func.func @multiply(%x: tensor<100xcomplex<f32>>, %y: tensor<100xcomplex<f32>>) -> tensor<100xcomplex<f32>> {
  %0 = nd.multiply %x, %y : (tensor<100xcomplex<f32>>, tensor<100xcomplex<f32>>) -> tensor<100xcomplex<f32>>
  return %0 : tensor<100xcomplex<f32>>
}

// -----

// A sum carries both parts; a scalar of complex128 takes two parameters.
// CHECK-LABEL: llvm.func internal @sum_
// CHECK:         scf.for {{.*}} -> (!llvm.struct<(vector<16xf64>, vector<16xf64>)>)
// LLVM-LABEL: llvm.func @sum(
// LLVM-NOT:   unrealized_conversion_cast
func.func @sum(%x: tensor<5000xcomplex<f64>>) -> tensor<complex<f64>> {
  %f = nd.full dense<(0.25,3.0)> : tensor<complex<f64>> -> tensor<complex<f64>>
  %0 = nd.multiply %x, %f : (tensor<5000xcomplex<f64>>, tensor<complex<f64>>) -> tensor<5000xcomplex<f64>>
  %1 = nd.sum %0 {axes = array<i64: 0>} : (tensor<5000xcomplex<f64>>) -> tensor<complex<f64>>
  return %1 : tensor<complex<f64>>
}

// -----

// Halves are 16 bits in memory and float32 in registers; a product is rounded where it is made.
// CHECK-LABEL: llvm.func internal @half_kernel0
// CHECK:         llvm.intr.masked.load {{.*}} -> vector<16xi16>
// CHECK:         arith.mulf {{.*}} : vector<16xf32>
// CHECK-NOT:     f16{{[^>]}}
// CHECK:         llvm.intr.masked.store {{.*}} : vector<16xi16>
// LLVM-LABEL: llvm.func @half(
func.func @half(%x: tensor<100xf16>, %y: tensor<100xbf16>) -> (tensor<100xf16>, tensor<100xbf16>) {
  %0 = nd.multiply %x, %x : (tensor<100xf16>, tensor<100xf16>) -> tensor<100xf16>
  %1 = nd.multiply %y, %y : (tensor<100xbf16>, tensor<100xbf16>) -> tensor<100xbf16>
  return %0, %1 : tensor<100xf16>, tensor<100xbf16>
}
