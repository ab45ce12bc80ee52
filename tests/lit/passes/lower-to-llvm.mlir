// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm | FileCheck %s
//
// Only the LLVM dialect is left, and no calls but those of the runtime.

// CHECK:     module
// CHECK-NOT: {{(^|[^a-z.])(arith|math|scf|cf|vector|func|nd)\.[a-z]}}
// CHECK-NOT: llvm.intr.exp
// CHECK-NOT: unrealized_conversion_cast
// CHECK-NOT: llvm.call @{{[^nm]}}
// CHECK:     llvm.func @main(
// CHECK-NOT: {{(^|[^a-z.])(arith|math|scf|cf|vector|func|nd)\.[a-z]}}
// CHECK-NOT: llvm.intr.exp
// CHECK-NOT: unrealized_conversion_cast
// CHECK:     llvm.func internal @main_kernel0
// CHECK-NOT: {{(^|[^a-z.])(arith|math|scf|cf|vector|func|nd)\.[a-z]}}
// CHECK-NOT: llvm.intr.exp
// CHECK-NOT: unrealized_conversion_cast
// CHECK-NOT: {{fastmath<.*(fast|reassoc|contract|afn|nnan|ninf)}}
func.func @main(%x: tensor<64x512xf32>, %w: tensor<512x8xf32>) -> (tensor<64x8xf32>, tensor<64xi64>, tensor<i1>) {
  %m = nd.max %x {axes = array<i64: 1>, keepdims = true} : (tensor<64x512xf32>) -> tensor<64x1xf32>
  %s = nd.subtract %x, %m : (tensor<64x512xf32>, tensor<64x1xf32>) -> tensor<64x512xf32>
  %e = nd.exp %s : (tensor<64x512xf32>) -> tensor<64x512xf32>
  %p = nd.matmul %e, %w : (tensor<64x512xf32>, tensor<512x8xf32>) -> tensor<64x8xf32>
  %t = nd.tanh %p : (tensor<64x8xf32>) -> tensor<64x8xf32>
  %i = nd.argmax %t {axes = array<i64: 1>} : (tensor<64x8xf32>) -> tensor<64xi64>
  %f = nd.isfinite %t : (tensor<64x8xf32>) -> tensor<64x8xi1>
  %a = nd.all %f {axes = array<i64: 0, 1>} : (tensor<64x8xi1>) -> tensor<i1>
  return %t, %i, %a : tensor<64x8xf32>, tensor<64xi64>, tensor<i1>
}
