// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --split-input-file | FileCheck %s
//
// A program is one function (inputs, outputs, params) -> status, its kernels tasks of (context, begin, end).

// CHECK-LABEL: llvm.func @main(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr) -> i32
// CHECK:         %[[TASK:.*]] = llvm.mlir.addressof @main_kernel0 : !llvm.ptr
// CHECK:         llvm.call @ndrt_parallel_for(%[[TASK]], %{{.*}}, %{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr, i64, i64) -> ()
// CHECK:         llvm.return %{{.*}} : i32
// CHECK-LABEL: llvm.func internal @main_kernel0(%{{.*}}: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64)
// Lanes past the end are masked, never read or written.
// CHECK:         scf.for
// CHECK:           %[[MASK:.*]] = arith.cmpi slt, {{.*}} : vector<16xi32>
// CHECK:           llvm.intr.masked.load %{{.*}}, %[[MASK]], {{.*}} -> vector<16xf32>
// CHECK:           arith.addf {{.*}} : vector<16xf32>
// CHECK:           llvm.intr.masked.store %{{.*}}, %{{.*}}, %[[MASK]]
// CHECK-NOT:   nd.
// CHECK-NOT:   func.func
func.func @main(%x: tensor<100xf32>, %y: tensor<100xf32>) -> tensor<100xf32> {
  %0 = nd.add %x, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  return %0 : tensor<100xf32>
}

// -----

// Sizes come from the parameters: the number 12345 stands nowhere.
// CHECK-LABEL: llvm.func @sizes(
// CHECK-SAME:  %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %[[PARAMS:.*]]: !llvm.ptr)
// CHECK:         %[[SLOT:.*]] = llvm.getelementptr %[[PARAMS]][0]
// CHECK:         llvm.load %[[SLOT]] : !llvm.ptr -> i64
// CHECK-NOT:   12345
func.func @sizes(%x: tensor<12345xf64>) -> tensor<12345xf64> {
  %s = nd.full 12345.0 : f64 -> tensor<f64>
  %0 = nd.multiply %x, %s : (tensor<12345xf64>, tensor<f64>) -> tensor<12345xf64>
  return %0 : tensor<12345xf64>
}

// -----

// Two dimensions that memory runs through as one become one loop.
// CHECK-LABEL: llvm.func internal @collapsed_kernel0
// CHECK:         scf.for
// CHECK-NOT:     scf.for
// CHECK:         llvm.return
func.func @collapsed(%x: tensor<30x40xf64>) -> tensor<30x40xf64> {
  %0 = nd.negative %x : (tensor<30x40xf64>) -> tensor<30x40xf64>
  return %0 : tensor<30x40xf64>
}

// -----

// A row reduction walks its row in chunks, whose sums are added in order: the result depends on the shape alone.
// CHECK-LABEL: llvm.func internal @rows_kernel0
// CHECK:         scf.for
// CHECK:           scf.for {{.*}} iter_args(%{{.*}} = %{{.*}}) -> (vector<16xf64>)
// CHECK:             scf.for {{.*}} iter_args(%{{.*}} = %{{.*}}) -> (vector<16xf64>)
// CHECK:               %[[SUM:.*]] = arith.addf %[[STATE:.*]], %{{.*}} : vector<16xf64>
// CHECK:               arith.select %{{.*}}, %[[SUM]], %[[STATE]]
// Halves onto halves.
// CHECK:           vector.shuffle {{.*}} [0, 1, 2, 3, 4, 5, 6, 7]
// CHECK:           vector.shuffle {{.*}} [8, 9, 10, 11, 12, 13, 14, 15]
// CHECK:           vector.extract
// No fast-math.
// CHECK-NOT:   fastmath
func.func @rows(%x: tensor<30x40xf64>) -> tensor<30xf64> {
  %0 = nd.sum %x {axes = array<i64: 1>} : (tensor<30x40xf64>) -> tensor<30xf64>
  return %0 : tensor<30xf64>
}

// -----

// A reduction of everything is done in blocks, folded in order by the caller.
// CHECK-LABEL: llvm.func @everything(
// CHECK:         llvm.call @ndrt_parallel_for
// CHECK:         llvm.call @everything_kernel0_combine0
// CHECK:         llvm.call @ndrt_free
func.func @everything(%x: tensor<30x40xf64>) -> tensor<f64> {
  %0 = nd.sum %x {axes = array<i64: 0, 1>} : (tensor<30x40xf64>) -> tensor<f64>
  return %0 : tensor<f64>
}

// -----

// A library op gets a DLTensor an array; a failure ends the program with the status and the op's place in it.
// CHECK-LABEL: llvm.func @library(
// CHECK:         %[[TEMPORARY:.*]] = llvm.call @ndrt_alloc
// CHECK:         cf.cond_br %{{.*}}, ^[[EXIT:bb[0-9]+]](%{{.*}} : i32), ^
// CHECK:         %[[STATUS:.*]] = llvm.call @ndrt_inv(%{{.*}}, %{{.*}}) : (!llvm.ptr, !llvm.ptr) -> i32
// CHECK:         %[[SITE:.*]] = arith.constant 512 : i32
// CHECK:         %[[CODE:.*]] = arith.ori %[[STATUS]], %[[SITE]]
// CHECK:         cf.cond_br %{{.*}}, ^[[EXIT]](%[[CODE]] : i32), ^
// CHECK:       ^[[EXIT]](%[[RETURNED:.*]]: i32):
// CHECK:         llvm.call @ndrt_free(%[[TEMPORARY]])
// CHECK:         llvm.return %[[RETURNED]]
func.func @library(%x: tensor<3x3xf64>) -> tensor<3x3xf64> {
  %0 = nd.negative %x : (tensor<3x3xf64>) -> tensor<3x3xf64>
  %1 = nd.inv %0 : (tensor<3x3xf64>) -> tensor<3x3xf64>
  return %1 : tensor<3x3xf64>
}

// -----

// lstsq takes its scalar after the arrays; concatenate copies part by part.
// CHECK-LABEL: llvm.func @calls(
// CHECK:         llvm.call @ndrt_lstsq({{.*}}) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, f64) -> i32
// CHECK-COUNT-2: llvm.call @ndrt_copy({{.*}}) : (!llvm.ptr, !llvm.ptr) -> i32
func.func @calls(%a: tensor<5x3xf64>, %b: tensor<5xf64>) -> tensor<6xf64> {
  %x, %residuals, %rank, %s = nd.lstsq %a, %b {rcond = -1.0} : (tensor<5x3xf64>, tensor<5xf64>) -> (tensor<3xf64>, tensor<1xf64>, tensor<i64>, tensor<3xf64>)
  %c = nd.concatenate %x, %s {axis = 0 : i64} : (tensor<3xf64>, tensor<3xf64>) -> tensor<6xf64>
  return %c : tensor<6xf64>
}

// -----

// What does not lie in a row is gathered; what has no step along the lanes is read once.
// CHECK-LABEL: llvm.func internal @strided_kernel0
// CHECK:         llvm.load {{.*}} -> f64
// CHECK:         scf.for
// CHECK:           llvm.intr.masked.gather
func.func @strided(%x: tensor<40x30xf64>, %c: tensor<30x1xf64>) -> tensor<30x40xf64> {
  %t = nd.transpose %x {permutation = array<i64: 1, 0>} : (tensor<40x30xf64>) -> tensor<30x40xf64>
  %0 = nd.add %t, %c : (tensor<30x40xf64>, tensor<30x1xf64>) -> tensor<30x40xf64>
  return %0 : tensor<30x40xf64>
}

// -----

// bool is one byte in memory.
// CHECK-LABEL: llvm.func internal @bool_kernel0
// CHECK:         llvm.intr.masked.load {{.*}} -> vector<16xi8>
// CHECK:         llvm.intr.masked.store {{.*}} : vector<16xi8>
func.func @bool(%x: tensor<40xi1>) -> tensor<40xi1> {
  %0 = nd.logical_not %x : (tensor<40xi1>) -> tensor<40xi1>
  return %0 : tensor<40xi1>
}
