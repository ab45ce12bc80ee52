// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file | nd-opt --split-input-file | FileCheck %s --check-prefix=RECORDED
// RUN: nd-opt %s --split-input-file --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts | nd-opt --split-input-file --nd-fuse-selections --nd-simplify --nd-fuse-kernels | nd-opt --split-input-file | FileCheck %s --check-prefix=FUSED
// RUN: nd-opt %s --split-input-file --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-fuse-selections --nd-simplify --nd-fuse-kernels | nd-opt --split-input-file --nd-plan-buffers | FileCheck %s --check-prefix=PLANNED
// RUN: nd-opt %s --split-input-file --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-fuse-selections --nd-simplify --nd-fuse-kernels --nd-plan-buffers | nd-opt --split-input-file --nd-lower-to-loops | nd-opt --split-input-file | FileCheck %s --check-prefix=LOOPS
// RUN: nd-opt %s --split-input-file --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-fuse-selections --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm | nd-opt --split-input-file | FileCheck %s --check-prefix=LLVM
//
// Sizes that are decided at run time have names at each stage and parse back; memory for them is
// taken when they are known.

// RECORDED: func.func @chosen({{.*}}) -> tensor<n0xf64>
// RECORDED: nd.extent %{{.*}} {extent = n0 : i64}
// RECORDED: nd.compress {{.*}} -> tensor<n0xf64>

// FUSED:    func.func @chosen({{.*}}) -> tensor<n0xf64> attributes {nd.sizes = array<i64: 9, n0>}
// FUSED:    nd.kernel {{.*}} domain [9]
// FUSED:    nd.extent %{{.*}} {extent = n0 : i64
// FUSED:    nd.compress {{.*}} -> tensor<n0xf64>
// FUSED:    nd.kernel {{.*}} domain [n0]
// FUSED:      nd.exp %{{.*}} : (tensor<n0xf64>) -> tensor<n0xf64>

// PLANNED:  func.func @chosen({{.*}}) -> tensor<n0xf64>
// PLANNED-SAME: nd.slots = [{{.*}}array<i64: n0, 8>

// The parameters are the caller's, so they are copied before the number goes among them. Then the
// memory of that size is taken: for the chosen elements and for the result.
// LOOPS-LABEL: llvm.func @chosen(
// LOOPS:       "llvm.intr.memcpy"
// LOOPS:       llvm.call @ndrt_parallel_for
// LOOPS-NOT:   4398046899925
// LOOPS:       %[[N:.*]] = llvm.load %{{.*}} : !llvm.ptr -> i64
// LOOPS:       llvm.store %[[N]], %{{.*}} : i64, !llvm.ptr
// LOOPS:       llvm.call @ndrt_alloc
// LOOPS:       llvm.call @ndrt_compress
// LOOPS:       llvm.call @ndrt_parallel_for
// LOOPS:       llvm.call @ndrt_free
// LOOPS:       llvm.return

// LLVM-LABEL:  llvm.func @chosen(
// LLVM-NOT:    nd.
// LLVM-NOT:    scf.
// LLVM:        llvm.return
func.func @chosen(%x: tensor<9xf64>) -> tensor<n0xf64> {
  %0 = nd.full 0.0 : f64 -> tensor<f64>
  %m = nd.greater %x, %0 : (tensor<9xf64>, tensor<f64>) -> tensor<9xi1>
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %z = nd.exp %y : (tensor<n0xf64>) -> tensor<n0xf64>
  return %z : tensor<n0xf64>
}

// -----

// A sum of the chosen is a number: one kernel, and nothing of a size of run time.
// FUSED-LABEL: func.func @sum(
// FUSED-NOT:   n0x
// FUSED:       nd.kernel
// FUSED-NOT:   nd.kernel
// FUSED:       return
// LOOPS-LABEL: llvm.func @sum(
// LOOPS-NOT:   llvm.intr.memcpy
// LOOPS-NOT:   ndrt_compress
// LOOPS:       llvm.return
func.func @sum(%x: tensor<9xf64>) -> tensor<f64> {
  %0 = nd.full 0.0 : f64 -> tensor<f64>
  %m = nd.greater %x, %0 : (tensor<9xf64>, tensor<f64>) -> tensor<9xi1>
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %s = nd.sum %y {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<f64>
  return %s : tensor<f64>
}

// -----

// An extent made of extents: the parts one after the other in an array of their common size.
// FUSED-LABEL: func.func @joined(
// FUSED-SAME:  -> tensor<n1xf64>
// LOOPS-LABEL: llvm.func @joined(
// LOOPS:       llvm.return
func.func @joined(%m: tensor<9xi1>, %x: tensor<9xf64>, %y: tensor<4xf64>) -> tensor<n1xf64> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %c = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %4 = nd.full 4 : i64 -> tensor<i64>
  %k = nd.add %n, %4 : (tensor<i64>, tensor<i64>) -> tensor<i64>
  nd.extent %k {extent = n1 : i64} : tensor<i64>
  %0 = nd.full 0.0 : f64 -> tensor<n1xf64>
  %1 = nd.update %0, %c {offsets = array<i64: 0>, strides = array<i64: 1>} : tensor<n1xf64>, tensor<n0xf64>
  %2 = nd.update %1, %y {offsets = array<i64: n0>, strides = array<i64: 1>} : tensor<n1xf64>, tensor<4xf64>
  return %2 : tensor<n1xf64>
}

// -----

// An empty maximum ends the program with an error, before anything reads the elements.
// LOOPS-LABEL: llvm.func @nonempty(
// LOOPS:       llvm.call @ndrt_check_nonempty
// LOOPS:       cf.cond_br
// LOOPS:       llvm.return
func.func @nonempty(%m: tensor<9xi1>, %x: tensor<9xf64>) -> tensor<f64> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64, nonempty} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %s = nd.max %y {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<f64>
  return %s : tensor<f64>
}
