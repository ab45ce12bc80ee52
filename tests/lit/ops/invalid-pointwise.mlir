// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Pointwise rows: operands that do not broadcast, dtypes without an answer, results of the wrong type.

// A vector as long as the rows are many: the fix is a column.
func.func @main(%x: tensor<4x3xf64>, %y: tensor<4xf64>) {
  // expected-error@+2 {{add: shapes (4, 3) and (4,) do not broadcast: axis -1 is 3 and 4; reshape the second to (4, 1) to add per row}}
  // expected-error@+1 {{'nd.add' op failed to infer returned types}}
  %0 = nd.add %x, %y : (tensor<4x3xf64>, tensor<4xf64>) -> tensor<4x3xf64>
  return
}

// -----

// The verb of the fix is the op's where it has one.
func.func @main(%x: tensor<4x3xf64>, %y: tensor<4xf64>) {
  // expected-error@+2 {{multiply: shapes (4, 3) and (4,) do not broadcast: axis -1 is 3 and 4; reshape the second to (4, 1) to multiply per row}}
  // expected-error@+1 {{'nd.multiply' op failed to infer returned types}}
  %0 = nd.multiply %x, %y : (tensor<4x3xf64>, tensor<4xf64>) -> tensor<4x3xf64>
  return
}

// -----

// The first operand is the one to reshape.
func.func @main(%x: tensor<4xf64>, %y: tensor<4x3xf64>) {
  // expected-error@+2 {{hypot: shapes (4,) and (4, 3) do not broadcast: axis -1 is 4 and 3; reshape the first to (4, 1) to apply it per row}}
  // expected-error@+1 {{'nd.hypot' op failed to infer returned types}}
  %0 = nd.hypot %x, %y : (tensor<4xf64>, tensor<4x3xf64>) -> tensor<4x3xf64>
  return
}

// -----

// A matrix that lacks an axis further left.
func.func @main(%x: tensor<2x4x3xf64>, %y: tensor<2xf64>) {
  // expected-error@+2 {{subtract: shapes (2, 4, 3) and (2,) do not broadcast: axis -1 is 3 and 2; reshape the second to (2, 1, 1) to subtract along axis 0}}
  // expected-error@+1 {{'nd.subtract' op failed to infer returned types}}
  %0 = nd.subtract %x, %y : (tensor<2x4x3xf64>, tensor<2xf64>) -> tensor<2x4x3xf64>
  return
}

// -----

// A matrix that stands the other way round.
func.func @main(%x: tensor<4x3xf64>, %y: tensor<3x4xf64>) {
  // expected-error@+2 {{divide: shapes (4, 3) and (3, 4) do not broadcast: axis -1 is 3 and 4; transpose the second to (4, 3)}}
  // expected-error@+1 {{'nd.divide' op failed to infer returned types}}
  %0 = nd.divide %x, %y : (tensor<4x3xf64>, tensor<3x4xf64>) -> tensor<4x3xf64>
  return
}

// -----

// Nothing to suggest.
func.func @main(%x: tensor<4xf64>, %y: tensor<5xf64>) {
  // expected-error@+2 {{maximum: shapes (4,) and (5,) do not broadcast: axis -1 is 4 and 5; the sizes of an axis must be equal or 1}}
  // expected-error@+1 {{'nd.maximum' op failed to infer returned types}}
  %0 = nd.maximum %x, %y : (tensor<4xf64>, tensor<5xf64>) -> tensor<5xf64>
  return
}

// -----

// An unknown extent does not hide another axis that disagrees.
func.func @main(%x: tensor<?x3xf64>, %y: tensor<?x2xf64>) {
  // expected-error@+2 {{less: shapes (?, 3) and (?, 2) do not broadcast: axis -1 is 3 and 2; transpose the second to (2, ?)}}
  // expected-error@+1 {{'nd.less' op failed to infer returned types}}
  %0 = nd.less %x, %y : (tensor<?x3xf64>, tensor<?x2xf64>) -> tensor<?x3xi1>
  return
}

// -----

// Three operands.
func.func @main(%c: tensor<2xi1>, %x: tensor<3xf64>, %y: tensor<f64>) {
  // expected-error@+2 {{where: shapes (2,), (3,) and () do not broadcast: axis -1 is 2 and 3; the sizes of an axis must be equal or 1}}
  // expected-error@+1 {{'nd.where' op failed to infer returned types}}
  %0 = nd.where %c, %x, %y : (tensor<2xi1>, tensor<3xf64>, tensor<f64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%x: tensor<2x3xf64>, %y: tensor<3xf64>, %z: tensor<4x1x5xf64>) {
  // expected-error@+2 {{clip: shapes (2, 3), (3,) and (4, 1, 5) do not broadcast: axis -1 is 3, 3 and 5; the sizes of an axis must be equal or 1}}
  // expected-error@+1 {{'nd.clip' op failed to infer returned types}}
  %0 = nd.clip %x, %y, %z : (tensor<2x3xf64>, tensor<3xf64>, tensor<4x1x5xf64>) -> tensor<2x3xf64>
  return
}

// -----

// NumPy has no minus for bool.
func.func @main(%x: tensor<4xi1>) {
  // expected-error@+2 {{negative: dtype bool is not supported: it takes numbers; use logical_not (~) for bool, or cast with astype}}
  // expected-error@+1 {{'nd.negative' op failed to infer returned types}}
  %0 = nd.negative %x : (tensor<4xi1>) -> tensor<4xi1>
  return
}

// -----

func.func @main(%x: tensor<4xi1>) {
  // expected-error@+2 {{positive: dtype bool is not supported: it takes numbers; use logical_not (~) for bool, or cast with astype}}
  // expected-error@+1 {{'nd.positive' op failed to infer returned types}}
  %0 = nd.positive %x : (tensor<4xi1>) -> tensor<4xi1>
  return
}

// -----

func.func @main(%x: tensor<4xi1>) {
  // expected-error@+2 {{sign: dtype bool is not supported: it takes numbers; use logical_not (~) for bool, or cast with astype}}
  // expected-error@+1 {{'nd.sign' op failed to infer returned types}}
  %0 = nd.sign %x : (tensor<4xi1>) -> tensor<4xi1>
  return
}

// -----

func.func @main(%x: tensor<4xi1>) {
  // expected-error@+2 {{subtract: dtype bool and bool are not supported: it takes numbers; use bitwise_xor (^) or logical_xor for bool}}
  // expected-error@+1 {{'nd.subtract' op failed to infer returned types}}
  %0 = nd.subtract %x, %x : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  return
}

// -----

// Bits are those of integers.
func.func @main(%x: tensor<4xf32>) {
  // expected-error@+2 {{invert: dtype float32 is not supported: it takes bool and integers; cast with astype(nd::int64)}}
  // expected-error@+1 {{'nd.invert' op failed to infer returned types}}
  %0 = nd.invert %x : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @main(%x: tensor<4xf64>, %y: tensor<4xi64>) {
  // expected-error@+2 {{bitwise_and: dtype float64 and int64 are not supported: it takes bool and integers; cast with astype(nd::int64)}}
  // expected-error@+1 {{'nd.bitwise_and' op failed to infer returned types}}
  %0 = nd.bitwise_and %x, %y : (tensor<4xf64>, tensor<4xi64>) -> tensor<4xf64>
  return
}

// -----

// int64 and uint64 promote to float64.
func.func @main(%x: tensor<4xi64>, %y: tensor<4xui64>) {
  // expected-error@+2 {{bitwise_or: dtype int64 and uint64 are not supported: it takes bool and integers; cast with astype(nd::int64)}}
  // expected-error@+1 {{'nd.bitwise_or' op failed to infer returned types}}
  %0 = nd.bitwise_or %x, %y : (tensor<4xi64>, tensor<4xui64>) -> tensor<4xf64>
  return
}

// -----

func.func @main(%x: tensor<4xf64>, %y: tensor<4xi64>) {
  // expected-error@+2 {{left_shift: dtype float64 and int64 are not supported: it takes integers; cast with astype(nd::int64)}}
  // expected-error@+1 {{'nd.left_shift' op failed to infer returned types}}
  %0 = nd.left_shift %x, %y : (tensor<4xf64>, tensor<4xi64>) -> tensor<4xf64>
  return
}

// -----

// The result's dtype.
func.func @main(%x: tensor<4x3xf64>, %y: tensor<3xf32>) {
  // expected-error@+2 {{'nd.add' op inferred type(s) 'tensor<4x3xf64>' are incompatible with return type(s) of operation 'tensor<4x3xf32>'}}
  // expected-error@+1 {{'nd.add' op failed to infer returned types}}
  %0 = nd.add %x, %y : (tensor<4x3xf64>, tensor<3xf32>) -> tensor<4x3xf32>
  return
}

// -----

// The result's shape.
func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+2 {{'nd.exp' op inferred type(s) 'tensor<4x3xf64>' are incompatible with return type(s) of operation 'tensor<4xf64>'}}
  // expected-error@+1 {{'nd.exp' op failed to infer returned types}}
  %0 = nd.exp %x : (tensor<4x3xf64>) -> tensor<4xf64>
  return
}

// -----

func.func @main(%x: tensor<4xf64>) {
  // expected-error@+2 {{'nd.equal' op inferred type(s) 'tensor<4xi1>' are incompatible with return type(s) of operation 'tensor<4xf64>'}}
  // expected-error@+1 {{'nd.equal' op failed to infer returned types}}
  %0 = nd.equal %x, %x : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return
}

// -----

// A cast keeps the shape.
func.func @main(%x: tensor<4x3xf64>) {
  // expected-error@+1 {{'nd.cast' op changes the shape from 'tensor<4x3xf64>' to 'tensor<12xf32>'; it only changes the dtype}}
  %0 = nd.cast %x : (tensor<4x3xf64>) -> tensor<12xf32>
  return
}

// -----

// Dtypes that are not nd's.
func.func @main(%x: tensor<4xf80>) {
  // expected-error@+1 {{'nd.exp' op operand #0 must be ranked tensor of 1-bit signless integer or 8-bit signless integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer or 8-bit unsigned integer or 16-bit unsigned integer or 32-bit unsigned integer or 64-bit unsigned integer or 16-bit float or bfloat16 type or 32-bit float or 64-bit float or complex type with 32-bit float elements or complex type with 64-bit float elements values, but got 'tensor<4xf80>'}}
  %0 = nd.exp %x : (tensor<4xf80>) -> tensor<4xf80>
  return
}

// -----

func.func @main(%x: tensor<*xf64>) {
  // expected-error@+1 {{'nd.exp' op operand #0 must be ranked tensor of 1-bit signless integer or 8-bit signless integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer or 8-bit unsigned integer or 16-bit unsigned integer or 32-bit unsigned integer or 64-bit unsigned integer or 16-bit float or bfloat16 type or 32-bit float or 64-bit float or complex type with 32-bit float elements or complex type with 64-bit float elements values, but got 'tensor<*xf64>'}}
  %0 = nd.exp %x : (tensor<*xf64>) -> tensor<*xf64>
  return
}

// -----

func.func @main(%x: tensor<4xf64>) {
  // expected-error@+1 {{'nd.cast' op result #0 must be ranked tensor of 1-bit signless integer or 8-bit signless integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer or 8-bit unsigned integer or 16-bit unsigned integer or 32-bit unsigned integer or 64-bit unsigned integer or 16-bit float or bfloat16 type or 32-bit float or 64-bit float or complex type with 32-bit float elements or complex type with 64-bit float elements values, but got 'tensor<4xsi8>'}}
  %0 = nd.cast %x : (tensor<4xf64>) -> tensor<4xsi8>
  return
}

// -----

func.func @main(%x: tensor<4xi1>) {
  // expected-error@+2 {{gcd: dtype bool and bool are not supported: it takes integers; cast with astype(nd::int64)}}
  // expected-error@+1 {{'nd.gcd' op failed to infer returned types}}
  %0 = nd.gcd %x, %x : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  return
}

// -----

func.func @main(%x: tensor<4xf32>) {
  // expected-error@+2 {{ldexp: dtype float32 of x2 is not supported: it takes integers that int64 holds; cast with astype(nd::int64)}}
  // expected-error@+1 {{'nd.ldexp' op failed to infer returned types}}
  %0 = nd.ldexp %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @main(%x: tensor<4xcomplex<f32>>, %n: tensor<4xi32>) {
  // expected-error@+2 {{ldexp: dtype complex64 of x1 is not supported: it takes real numbers; take nd::real(x1) or nd::imag(x1) first}}
  // expected-error@+1 {{'nd.ldexp' op failed to infer returned types}}
  %0 = nd.ldexp %x, %n : (tensor<4xcomplex<f32>>, tensor<4xi32>) -> tensor<4xcomplex<f32>>
  return
}
