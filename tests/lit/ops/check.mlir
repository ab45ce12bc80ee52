// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s | nd-opt | FileCheck %s
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers | FileCheck %s --check-prefix=PLANNED
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops | FileCheck %s --check-prefix=LOOPS
//
// A check gives its operand on: it stands between kernels, takes no memory, and is one call.

// CHECK-LABEL: func.func @shapes
func.func @shapes(%x: tensor<6xf64>, %y: tensor<2x3xf64>) -> tensor<2x3xf64> {
  // CHECK: nd.check_shape %{{.*}} {reshape = true, what = "reshape"} : (tensor<6xf64>) -> tensor<2x3xf64>
  %t = nd.exp %x : (tensor<6xf64>) -> tensor<6xf64>
  %r = nd.check_shape %t {what = "reshape", reshape = true} : (tensor<6xf64>) -> tensor<2x3xf64>
  %s = nd.add %r, %y : (tensor<2x3xf64>, tensor<2x3xf64>) -> tensor<2x3xf64>
  return %s : tensor<2x3xf64>
}
// PLANNED-LABEL: func.func @shapes({{.*}}nd.slots = [array<i64: 6, 8>]
// PLANNED:       %[[T:.*]] = nd.kernel
// PLANNED:       %[[R:.*]] = nd.check_shape %[[T]]
// PLANNED:       nd.kernel {{.*}}%[[R]]
// LOOPS-LABEL:   llvm.func @shapes(
// LOOPS:         llvm.call @ndrt_parallel_for
// LOOPS:         llvm.call @ndrt_check_shape
// LOOPS:         cf.cond_br
// LOOPS:         llvm.call @ndrt_parallel_for

// CHECK-LABEL: func.func @range
func.func @range(%p: tensor<4xi32>) -> tensor<4xi32> {
  // CHECK: nd.check_within %{{.*}} {high = 9 : i64, low = 0 : i64, reason = "index", what = "take"} : (tensor<4xi32>) -> tensor<4xi32>
  %q = nd.check_within %p {what = "take", reason = "index", low = 0 : i64, high = 9 : i64} : (tensor<4xi32>) -> tensor<4xi32>
  return %q : tensor<4xi32>
}
// LOOPS-LABEL: llvm.func @range(
// LOOPS:       llvm.call @ndrt_check_within({{.*}}) : (!llvm.ptr, !llvm.ptr, i64, i64, i32) -> i32
