// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-simplify | FileCheck %s

// x * 1, 1 * x, x / 1 and x - 0 are x, bit for bit.
// CHECK-LABEL: func.func @neutral(
// CHECK-SAME:  %[[X:.*]]: tensor<4xf64>)
// CHECK-NEXT: return %[[X]]
func.func @neutral(%x: tensor<4xf64>) -> tensor<4xf64> {
  %one = nd.full 1.0 : f64 -> tensor<f64>
  %zero = nd.full 0.0 : f64 -> tensor<f64>
  %ones = nd.broadcast_to %one : (tensor<f64>) -> tensor<4xf64>
  %zeros = nd.broadcast_to %zero : (tensor<f64>) -> tensor<4xf64>
  %0 = nd.multiply %x, %ones : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %1 = nd.multiply %ones, %0 : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %2 = nd.divide %1, %ones : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %3 = nd.subtract %2, %zeros : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %3 : tensor<4xf64>
}

// CHECK-LABEL: func.func @neutral_integers(
// CHECK-SAME:  %[[X:.*]]: tensor<4xui8>)
// CHECK-NEXT: return %[[X]]
func.func @neutral_integers(%x: tensor<4xui8>) -> tensor<4xui8> {
  %one = nd.full 1 : ui8 -> tensor<4xui8>
  %zero = nd.full 0 : ui8 -> tensor<4xui8>
  %0 = nd.multiply %x, %one : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8>
  %1 = nd.subtract %0, %zero : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8>
  %2 = nd.add %zero, %1 : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8>
  return %2 : tensor<4xui8>
}

// x + 0 turns -0 into 0, and so does 0 - x; x - x is nan for infinities; 1 / x is no neutral.
// CHECK-LABEL: func.func @not_neutral
// CHECK: nd.add
// CHECK: nd.subtract
// CHECK: nd.subtract
// CHECK: nd.divide
// CHECK: nd.multiply
func.func @not_neutral(%x: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %one = nd.full 1.0 : f64 -> tensor<4xf64>
  %zero = nd.full 0.0 : f64 -> tensor<4xf64>
  %0 = nd.add %x, %zero : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %1 = nd.subtract %zero, %x : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %2 = nd.subtract %x, %x : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %3 = nd.divide %one, %x : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %4 = nd.multiply %x, %zero : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %0, %1, %2, %3, %4 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// x - (-0) gives 0 where x is -0.
// CHECK-LABEL: func.func @minus_zero
// CHECK: nd.subtract
func.func @minus_zero(%x: tensor<4xf64>) -> tensor<4xf64> {
  %zero = nd.full -0.0 : f64 -> tensor<4xf64>
  %0 = nd.subtract %x, %zero : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// A scalar that is given at run time is no constant.
// CHECK-LABEL: func.func @parameter
// CHECK: nd.multiply
func.func @parameter(%x: tensor<4xf64>) -> tensor<4xf64> attributes {nd.sizes = array<i64: 4>} {
  %one = nd.full 1.0 : f64 {param = 1 : i64} -> tensor<4xf64>
  %0 = nd.multiply %x, %one : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// The neutral operand must not have decided the shape.
// CHECK-LABEL: func.func @grown
// CHECK: nd.broadcast_to %{{.*}} : (tensor<1xf64>) -> tensor<4xf64>
// CHECK-NOT: nd.multiply
// CHECK: return
func.func @grown(%x: tensor<1xf64>) -> tensor<4xf64> {
  %one = nd.full 1.0 : f64 -> tensor<4xf64>
  %b = nd.broadcast_to %x : (tensor<1xf64>) -> tensor<4xf64>
  %0 = nd.multiply %b, %one : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// CHECK-LABEL: func.func @double_negation(
// CHECK-SAME:  %[[X:.*]]: tensor<4xi8>)
// CHECK-NEXT: return %[[X]]
func.func @double_negation(%x: tensor<4xi8>) -> tensor<4xi8> {
  %0 = nd.negative %x : (tensor<4xi8>) -> tensor<4xi8>
  %1 = nd.negative %0 : (tensor<4xi8>) -> tensor<4xi8>
  return %1 : tensor<4xi8>
}

// x**2 is x*x; other powers stay.
// CHECK-LABEL: func.func @powers(
// CHECK-SAME:  %[[X:.*]]: tensor<4xf32>)
// CHECK: %[[SQUARE:.*]] = nd.square %[[X]] : (tensor<4xf32>) -> tensor<4xf32>
// CHECK: %[[CUBE:.*]] = nd.power %[[X]]
// CHECK: return %[[SQUARE]], %[[CUBE]]
func.func @powers(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %two = nd.full 2.0 : f32 -> tensor<f32>
  %three = nd.full 3.0 : f32 -> tensor<f32>
  %twos = nd.broadcast_to %two : (tensor<f32>) -> tensor<4xf32>
  %threes = nd.broadcast_to %three : (tensor<f32>) -> tensor<4xf32>
  %0 = nd.power %x, %twos : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = nd.power %x, %threes : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// Half of x is exact, however it is asked for; a third is not.
// CHECK-LABEL: func.func @halves(
// CHECK-SAME:  %[[X:.*]]: tensor<4xf64>)
// CHECK-DAG: %[[HALF:.*]] = nd.full 5.000000e-01 : f64
// CHECK: nd.multiply %[[X]]
// CHECK: nd.divide %[[X]]
func.func @halves(%x: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %two = nd.full 2.0 : f64 -> tensor<4xf64>
  %three = nd.full 3.0 : f64 -> tensor<4xf64>
  %0 = nd.divide %x, %two : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %1 = nd.divide %x, %three : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %0, %1 : tensor<4xf64>, tensor<4xf64>
}

// Common work is shared, commuted operands and attributes seen through; what nobody needs goes.
// CHECK-LABEL: func.func @common(
// CHECK-SAME:  %[[X:.*]]: tensor<4x3xf64>, %[[Y:.*]]: tensor<4x3xf64>)
// CHECK: %[[E:.*]] = nd.exp %[[X]]
// CHECK-NOT: nd.exp
// CHECK-NOT: nd.tanh
// CHECK: %[[A:.*]] = nd.add %[[E]], %[[Y]]
// CHECK-NOT: nd.add
// CHECK: %[[S:.*]] = nd.sum %[[A]] {axes = array<i64: 1>}
// CHECK: %[[T:.*]] = nd.sum %[[A]] {axes = array<i64: 0>}
// CHECK: return %[[S]], %[[S]], %[[T]]
func.func @common(%x: tensor<4x3xf64>, %y: tensor<4x3xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<3xf64>) {
  %0 = nd.exp %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %1 = nd.exp %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %2 = nd.tanh %x : (tensor<4x3xf64>) -> tensor<4x3xf64>
  %3 = nd.add %0, %y : (tensor<4x3xf64>, tensor<4x3xf64>) -> tensor<4x3xf64>
  %4 = nd.add %y, %1 : (tensor<4x3xf64>, tensor<4x3xf64>) -> tensor<4x3xf64>
  %5 = nd.sum %3 {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  %6 = nd.sum %4 {axes = array<i64: 1>} : (tensor<4x3xf64>) -> tensor<4xf64>
  %7 = nd.sum %4 {axes = array<i64: 0>} : (tensor<4x3xf64>) -> tensor<3xf64>
  return %5, %6, %7 : tensor<4xf64>, tensor<4xf64>, tensor<3xf64>
}

// Views fold: into one, or away.
// CHECK-LABEL: func.func @views(
// CHECK-SAME:  %[[X:.*]]: tensor<2x3x4xf64>)
// CHECK: %[[T:.*]] = nd.transpose %[[X]] {permutation = array<i64: 1, 2, 0>} : (tensor<2x3x4xf64>) -> tensor<3x4x2xf64>
// CHECK: %[[R:.*]] = nd.reshape %[[X]] : (tensor<2x3x4xf64>) -> tensor<24xf64>
// CHECK: %[[B:.*]] = nd.broadcast_to %[[X]] : (tensor<2x3x4xf64>) -> tensor<6x5x2x3x4xf64>
// CHECK: return %[[X]], %[[T]], %[[R]], %[[B]]
func.func @views(%x: tensor<2x3x4xf64>) -> (tensor<2x3x4xf64>, tensor<3x4x2xf64>, tensor<24xf64>, tensor<6x5x2x3x4xf64>) {
  %0 = nd.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<2x3x4xf64>) -> tensor<4x2x3xf64>
  %1 = nd.transpose %0 {permutation = array<i64: 1, 2, 0>} : (tensor<4x2x3xf64>) -> tensor<2x3x4xf64>
  %2 = nd.transpose %0 {permutation = array<i64: 2, 0, 1>} : (tensor<4x2x3xf64>) -> tensor<3x4x2xf64>
  %3 = nd.reshape %x : (tensor<2x3x4xf64>) -> tensor<6x4xf64>
  %4 = nd.reshape %3 : (tensor<6x4xf64>) -> tensor<24xf64>
  %5 = nd.broadcast_to %x : (tensor<2x3x4xf64>) -> tensor<5x2x3x4xf64>
  %6 = nd.broadcast_to %5 : (tensor<5x2x3x4xf64>) -> tensor<6x5x2x3x4xf64>
  return %1, %2, %4, %6 : tensor<2x3x4xf64>, tensor<3x4x2xf64>, tensor<24xf64>, tensor<6x5x2x3x4xf64>
}

// A cast to the same dtype goes; one through a narrower dtype stays.
// CHECK-LABEL: func.func @casts(
// CHECK-SAME:  %[[X:.*]]: tensor<4xf64>)
// CHECK-NEXT: %[[N:.*]] = nd.cast %[[X]] : (tensor<4xf64>) -> tensor<4xf32>
// CHECK-NEXT: %[[W:.*]] = nd.cast %[[N]] : (tensor<4xf32>) -> tensor<4xf64>
// CHECK-NEXT: return %[[W]]
func.func @casts(%x: tensor<4xf64>) -> tensor<4xf64> {
  %0 = nd.cast %x : (tensor<4xf64>) -> tensor<4xf64>
  %1 = nd.cast %0 : (tensor<4xf64>) -> tensor<4xf32>
  %2 = nd.cast %1 : (tensor<4xf32>) -> tensor<4xf64>
  return %2 : tensor<4xf64>
}

// Kept and dropped axes share one reduction.
// CHECK-LABEL: func.func @kept_and_dropped
// CHECK: %[[S:.*]] = nd.sum %{{.*}} {axes = array<i64: 0>}
// CHECK-NOT: nd.sum
// CHECK: nd.reshape %[[S]] : (tensor<3xf64>) -> tensor<1x3xf64>
// CHECK: return
func.func @kept_and_dropped(%x: tensor<4x3xf64>) -> (tensor<3xf64>, tensor<1x3xf64>) {
  %0 = nd.sum %x {axes = array<i64: 0>} : (tensor<4x3xf64>) -> tensor<3xf64>
  %1 = nd.sum %x {axes = array<i64: 0>, keepdims = true} : (tensor<4x3xf64>) -> tensor<1x3xf64>
  return %0, %1 : tensor<3xf64>, tensor<1x3xf64>
}

// -----

// A product with a conjugate transpose needs no copy of it, whichever came first.
// CHECK-LABEL: func.func @adjoint
// CHECK-NOT:   nd.conjugate
// CHECK:       nd.adjoint_matmul %arg0, %arg0{{.*}} : (tensor<7x5xcomplex<f64>>, tensor<7x5xcomplex<f64>>) -> tensor<5x5xcomplex<f64>>
// CHECK:       nd.adjoint_matmul %arg1, %arg1
// CHECK-NOT:   nd.matmul
func.func @adjoint(%a: tensor<7x5xcomplex<f64>>, %s: tensor<3x7x5xcomplex<f32>>) -> (tensor<5x5xcomplex<f64>>, tensor<3x5x5xcomplex<f32>>) {
  %0 = nd.conjugate %a : (tensor<7x5xcomplex<f64>>) -> tensor<7x5xcomplex<f64>>
  %1 = nd.transpose %0 {permutation = array<i64: 1, 0>} : (tensor<7x5xcomplex<f64>>) -> tensor<5x7xcomplex<f64>>
  %2 = nd.matmul %1, %a : (tensor<5x7xcomplex<f64>>, tensor<7x5xcomplex<f64>>) -> tensor<5x5xcomplex<f64>>
  %3 = nd.transpose %s {permutation = array<i64: 0, 2, 1>} : (tensor<3x7x5xcomplex<f32>>) -> tensor<3x5x7xcomplex<f32>>
  %4 = nd.conjugate %3 : (tensor<3x5x7xcomplex<f32>>) -> tensor<3x5x7xcomplex<f32>>
  %5 = nd.matmul %4, %s : (tensor<3x5x7xcomplex<f32>>, tensor<3x7x5xcomplex<f32>>) -> tensor<3x5x5xcomplex<f32>>
  return %2, %5 : tensor<5x5xcomplex<f64>>, tensor<3x5x5xcomplex<f32>>
}

// -----

// A product with an inverse that nothing else reads solves.
// CHECK-LABEL: func.func @inverse
// CHECK-NOT:   nd.inv
// CHECK:       nd.solve %arg0, %arg1
func.func @inverse(%a: tensor<5x5xf64>, %b: tensor<5x2xf64>) -> tensor<5x2xf64> {
  %0 = nd.inv %a : (tensor<5x5xf64>) -> tensor<5x5xf64>
  %1 = nd.matmul %0, %b : (tensor<5x5xf64>, tensor<5x2xf64>) -> tensor<5x2xf64>
  return %1 : tensor<5x2xf64>
}

// -----

// An inverse that is returned too, or that many stacks share, is computed once.
// CHECK-LABEL: func.func @inverses
// CHECK-NOT:   nd.solve
func.func @inverses(%a: tensor<5x5xf64>, %c: tensor<5x5xf64>, %b: tensor<9x5x2xf64>) -> (tensor<5x5xf64>, tensor<9x5x2xf64>, tensor<9x5x2xf64>) {
  %0 = nd.inv %a : (tensor<5x5xf64>) -> tensor<5x5xf64>
  %1 = nd.matmul %0, %b : (tensor<5x5xf64>, tensor<9x5x2xf64>) -> tensor<9x5x2xf64>
  %2 = nd.inv %c : (tensor<5x5xf64>) -> tensor<5x5xf64>
  %3 = nd.matmul %2, %b : (tensor<5x5xf64>, tensor<9x5x2xf64>) -> tensor<9x5x2xf64>
  return %0, %1, %3 : tensor<5x5xf64>, tensor<9x5x2xf64>, tensor<9x5x2xf64>
}
