// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt --split-input-file --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-fuse-selections --nd-simplify %s | FileCheck %s

// What a mask chooses is summed without being built: 0 stands where it does not hold. Its extent goes.
// CHECK-LABEL: func.func @sum(
// CHECK-SAME:  %[[M:.*]]: tensor<9xi1>, %[[X:.*]]: tensor<9xf64>
// CHECK-NEXT:  %[[ZERO:.*]] = nd.full 0.000000e+00 : f64 -> tensor<9xf64>
// CHECK-NEXT:  %[[W:.*]] = nd.where %[[M]], %[[X]], %[[ZERO]]
// CHECK-NEXT:  %[[S:.*]] = nd.sum %[[W]] {axes = array<i64: 0>} : (tensor<9xf64>) -> tensor<f64>
// CHECK-NEXT:  return %[[S]]
func.func @sum(%m: tensor<9xi1>, %x: tensor<9xf64>) -> tensor<f64> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %s = nd.sum %y {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<f64>
  return %s : tensor<f64>
}

// -----

// A mean divides by the number of the chosen, which is the mask's sum.
// CHECK-LABEL: func.func @mean(
// CHECK-SAME:  %[[M:.*]]: tensor<9xi1>, %[[X:.*]]: tensor<9xf64>
// CHECK-NOT:   nd.count
// CHECK:       %[[N:.*]] = nd.sum %{{.*}} {axes = array<i64: 0>} : (tensor<9xi64>) -> tensor<i64>
// CHECK-NOT:   nd.extent
// CHECK:       %[[F:.*]] = nd.cast %[[N]] : (tensor<i64>) -> tensor<f64>
// CHECK-NOT:   nd.extent
// CHECK-NOT:   nd.compress
// CHECK:       nd.where %[[M]], %[[X]]
// CHECK:       %[[S:.*]] = nd.sum %{{.*}} : (tensor<9xf64>) -> tensor<f64>
// CHECK:       nd.divide %[[S]], %[[F]]
func.func @mean(%m: tensor<9xi1>, %x: tensor<9xf64>) -> tensor<f64> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %s = nd.mean %y {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<f64>
  return %s : tensor<f64>
}

// -----

// Two reductions of one selection; what is computed of the chosen elements is computed of all, and
// each reduction has its own neutral element.
// CHECK-LABEL: func.func @two(
// CHECK-SAME:  %[[M:.*]]: tensor<9xi1>, %[[X:.*]]: tensor<9xf64>
// CHECK-NOT:   nd.compress
// CHECK-DAG:   %[[SQUARE:.*]] = nd.square %[[X]] : (tensor<9xf64>) -> tensor<9xf64>
// CHECK-DAG:   %[[ZERO:.*]] = nd.full 0.000000e+00 : f64 -> tensor<9xf64>
// CHECK-DAG:   %[[INF:.*]] = nd.full 0xFFF0000000000000 : f64 -> tensor<9xf64>
// CHECK-DAG:   %[[W:.*]] = nd.where %[[M]], %[[SQUARE]], %[[ZERO]]
// CHECK-DAG:   nd.sum %[[W]]
// CHECK-DAG:   %[[V:.*]] = nd.where %[[M]], %[[X]], %[[INF]]
// CHECK-DAG:   nd.max %[[V]]
// CHECK:       return
func.func @two(%m: tensor<9xi1>, %x: tensor<9xf64>) -> (tensor<f64>, tensor<f64>) {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64, nonempty} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %z = nd.square %y : (tensor<n0xf64>) -> tensor<n0xf64>
  %s = nd.sum %z {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<f64>
  %t = nd.max %y {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<f64>
  return %s, %t : tensor<f64>, tensor<f64>
}

// -----

// An extent that must not be 0 is looked at, whether something names it or not.
// CHECK-LABEL: func.func @nonempty(
// CHECK:       nd.extent %{{.*}} {extent = n0 : i64, {{.*}}nonempty}
// CHECK-NOT:   nd.compress
// CHECK:       nd.min
func.func @nonempty(%m: tensor<9xi1>, %x: tensor<9xi32>) -> tensor<i32> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64, nonempty} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xi32>) -> tensor<n0xi32>
  %s = nd.min %y {axes = array<i64: 0>} : (tensor<n0xi32>) -> tensor<i32>
  return %s : tensor<i32>
}

// -----

// A mask over rows: it is broadcast along them, and the sum over the chosen rows keeps the columns.
// CHECK-LABEL: func.func @rows(
// CHECK-SAME:  %[[M:.*]]: tensor<9xi1>, %[[X:.*]]: tensor<9x4xf32>
// CHECK-NOT:   nd.compress
// CHECK:       %[[C:.*]] = nd.broadcast_to %{{.*}} -> tensor<9x4xi1>
// CHECK:       %[[W:.*]] = nd.where %[[C]], %[[X]]
// CHECK:       nd.sum %[[W]] {axes = array<i64: 0>} : (tensor<9x4xf32>) -> tensor<4xf32>
func.func @rows(%m: tensor<9xi1>, %x: tensor<9x4xf32>) -> tensor<4xf32> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9x4xf32>) -> tensor<n0x4xf32>
  %s = nd.sum %y {axes = array<i64: 0>} : (tensor<n0x4xf32>) -> tensor<4xf32>
  return %s : tensor<4xf32>
}

// -----

// A mask of two axes gives one axis of chosen elements; both are summed. keepdims keeps the one.
// CHECK-LABEL: func.func @matrix(
// CHECK-NOT:   nd.compress
// CHECK:       %[[S:.*]] = nd.sum %{{.*}} {axes = array<i64: 0, 1>, keepdims = true} : (tensor<9x4xf32>) -> tensor<1x1xf32>
// CHECK:       %[[R:.*]] = nd.reshape %[[S]] : (tensor<1x1xf32>) -> tensor<1xf32>
// CHECK:       return %[[R]]
func.func @matrix(%m: tensor<9x4xi1>, %x: tensor<9x4xf32>) -> tensor<1xf32> {
  %n = nd.sum %m {axes = array<i64: 0, 1>} : (tensor<9x4xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9x4xi1>, tensor<9x4xf32>) -> tensor<n0xf32>
  %s = nd.sum %y {axes = array<i64: 0>, keepdims = true} : (tensor<n0xf32>) -> tensor<1xf32>
  return %s : tensor<1xf32>
}

// -----

// The chosen elements are a result too: they are built, and then summed.
// CHECK-LABEL: func.func @returned(
// CHECK:       nd.extent %{{.*}} {extent = n0 : i64
// CHECK:       %[[Y:.*]] = nd.compress
// CHECK-NOT:   nd.where
// CHECK:       nd.sum %[[Y]] {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<f64>
func.func @returned(%m: tensor<9xi1>, %x: tensor<9xf64>) -> (tensor<n0xf64>, tensor<f64>) {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %s = nd.sum %y {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<f64>
  return %y, %s : tensor<n0xf64>, tensor<f64>
}

// -----

// argmax counts among the chosen.
// CHECK-LABEL: func.func @position(
// CHECK:       %[[Y:.*]] = nd.compress
// CHECK-NOT:   nd.where
// CHECK:       nd.argmax %[[Y]]
func.func @position(%m: tensor<9xi1>, %x: tensor<9xf64>) -> tensor<i64> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64, nonempty} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %s = nd.argmax %y {axes = array<i64: 0>} : (tensor<n0xf64>) -> tensor<i64>
  return %s : tensor<i64>
}

// -----

// What is chosen from has a size of run time itself: the first selection is built.
// CHECK-LABEL: func.func @again(
// CHECK:       %[[Y:.*]] = nd.compress %{{.*}} -> tensor<n0xf64>
// CHECK:       nd.compress %{{.*}}, %[[Y]] {{.*}} : (tensor<n0xi1>, tensor<n0xf64>) -> tensor<n1xf64>
// CHECK:       nd.sum %{{.*}} : (tensor<n1xf64>) -> tensor<f64>
func.func @again(%m: tensor<9xi1>, %x: tensor<9xf64>) -> tensor<f64> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xf64>) -> tensor<n0xf64>
  %b = nd.isfinite %y : (tensor<n0xf64>) -> tensor<n0xi1>
  %k = nd.sum %b {axes = array<i64: 0>} : (tensor<n0xi1>) -> tensor<i64>
  nd.extent %k {extent = n1 : i64} : tensor<i64>
  %z = nd.compress %b, %y : (tensor<n0xi1>, tensor<n0xf64>) -> tensor<n1xf64>
  %s = nd.sum %z {axes = array<i64: 0>} : (tensor<n1xf64>) -> tensor<f64>
  return %s : tensor<f64>
}

// -----

// A sum of other axes only leaves an array of the chosen rows.
// CHECK-LABEL: func.func @columns(
// CHECK:       %[[Y:.*]] = nd.compress
// CHECK-NOT:   nd.where
// CHECK:       nd.sum %[[Y]] {axes = array<i64: 1>}
func.func @columns(%m: tensor<9xi1>, %x: tensor<9x4xf32>) -> tensor<n0xf32> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9x4xf32>) -> tensor<n0x4xf32>
  %s = nd.sum %y {axes = array<i64: 1>} : (tensor<n0x4xf32>) -> tensor<n0xf32>
  return %s : tensor<n0xf32>
}

// -----

// What is left out counts as 1, of the dtype.
// CHECK-LABEL: func.func @unsigned(
// CHECK:       nd.full 1 : ui64 -> tensor<9xui64>
// CHECK:       nd.prod %{{.*}} : (tensor<9xui64>) -> tensor<ui64>
func.func @unsigned(%m: tensor<9xi1>, %x: tensor<9xui64>) -> tensor<ui64> {
  %n = nd.sum %m {axes = array<i64: 0>} : (tensor<9xi1>) -> tensor<i64>
  nd.extent %n {extent = n0 : i64} : tensor<i64>
  %y = nd.compress %m, %x : (tensor<9xi1>, tensor<9xui64>) -> tensor<n0xui64>
  %p = nd.prod %y {axes = array<i64: 0>} : (tensor<n0xui64>) -> tensor<ui64>
  return %p : tensor<ui64>
}
