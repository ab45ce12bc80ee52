// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-follow-rows --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// A followed call is given the kernel, its context, and what the kernel's range counts per row of the result.

// Without a broadcast the kernel counts elements.
// CHECK-LABEL: llvm.func @scaled(
// CHECK:       %[[TASK:.*]] = llvm.mlir.addressof @scaled_kernel0
// CHECK-NOT:   ndrt_parallel_for
// CHECK:       llvm.call @ndrt_matmul_rows(%{{.*}}, %{{.*}}, %{{.*}}, %[[TASK]], %{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, i64) -> i32
// CHECK-NOT:   ndrt_parallel_for
// CHECK:       llvm.return
func.func @scaled(%x: tensor<30x40xf32>, %w: tensor<40x50xf32>) -> tensor<30x50xf32> {
  %p = nd.matmul %x, %w : (tensor<30x40xf32>, tensor<40x50xf32>) -> tensor<30x50xf32>
  %y = nd.tanh %p : (tensor<30x50xf32>) -> tensor<30x50xf32>
  return %y : tensor<30x50xf32>
}

// -----

// With one it counts rows.
// CHECK-LABEL: llvm.func @biased(
// CHECK:       llvm.call @ndrt_matmul_rows(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}})
// CHECK-NOT:   ndrt_parallel_for
// CHECK:       llvm.return
func.func @biased(%x: tensor<30x40xf32>, %w: tensor<40x50xf32>, %b: tensor<50xf32>) -> tensor<30x50xf32> {
  %p = nd.matmul %x, %w : (tensor<30x40xf32>, tensor<40x50xf32>) -> tensor<30x50xf32>
  %y = nd.add %p, %b : (tensor<30x50xf32>, tensor<50xf32>) -> tensor<30x50xf32>
  return %y : tensor<30x50xf32>
}
