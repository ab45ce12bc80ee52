// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --split-input-file --verify-diagnostics
//
// Library rows: NumPy's rules for the shapes of matrices.

func.func @main(%a: tensor<f64>, %b: tensor<3xf64>) {
  // expected-error@+2 {{matmul: operand 0 has shape (); at least 1 dimension is needed, use multiply to scale by a number}}
  // expected-error@+1 {{'nd.matmul' op failed to infer returned types}}
  %0 = nd.matmul %a, %b : (tensor<f64>, tensor<3xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%a: tensor<3xf64>, %b: tensor<f64>) {
  // expected-error@+2 {{matmul: operand 1 has shape (); at least 1 dimension is needed, use multiply to scale by a number}}
  // expected-error@+1 {{'nd.matmul' op failed to infer returned types}}
  %0 = nd.matmul %a, %b : (tensor<3xf64>, tensor<f64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%a: tensor<4x3xf64>, %b: tensor<5x3xf64>) {
  // expected-error@+2 {{matmul: shapes (4, 3) and (5, 3) do not multiply: axis -1 of the first is 3 and axis -2 of the second is 5; transpose the second}}
  // expected-error@+1 {{'nd.matmul' op failed to infer returned types}}
  %0 = nd.matmul %a, %b : (tensor<4x3xf64>, tensor<5x3xf64>) -> tensor<4x3xf64>
  return
}

// -----

func.func @main(%a: tensor<4x3xf64>, %b: tensor<4x5xf64>) {
  // expected-error@+2 {{matmul: shapes (4, 3) and (4, 5) do not multiply: axis -1 of the first is 3 and axis -2 of the second is 4; transpose the first}}
  // expected-error@+1 {{'nd.matmul' op failed to infer returned types}}
  %0 = nd.matmul %a, %b : (tensor<4x3xf64>, tensor<4x5xf64>) -> tensor<3x5xf64>
  return
}

// -----

func.func @main(%a: tensor<4x3xf64>, %b: tensor<5xf64>) {
  // expected-error@+2 {{matmul: shapes (4, 3) and (5,) do not multiply: axis -1 of the first is 3 and axis -1 of the second is 5; the two must be equal}}
  // expected-error@+1 {{'nd.matmul' op failed to infer returned types}}
  %0 = nd.matmul %a, %b : (tensor<4x3xf64>, tensor<5xf64>) -> tensor<4xf64>
  return
}

// -----

func.func @main(%a: tensor<2x4x3xf64>, %b: tensor<5x3x4xf64>) {
  // expected-error@+2 {{matmul: shapes (2, 4, 3) and (5, 3, 4) do not multiply: their leading axes (2,) and (5,) do not broadcast; the sizes of an axis must be equal or 1}}
  // expected-error@+1 {{'nd.matmul' op failed to infer returned types}}
  %0 = nd.matmul %a, %b : (tensor<2x4x3xf64>, tensor<5x3x4xf64>) -> tensor<2x4x4xf64>
  return
}

// -----

func.func @main(%a: tensor<3xf64>) {
  // expected-error@+2 {{linalg.inv: the operand has shape (3,); a matrix (..., m, n) of at least 2 dimensions is needed}}
  // expected-error@+1 {{'nd.inv' op failed to infer returned types}}
  %0 = nd.inv %a : (tensor<3xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%a: tensor<4x3xf64>) {
  // expected-error@+2 {{linalg.inv: the last two axes of shape (4, 3) are 4 and 3; they must be equal}}
  // expected-error@+1 {{'nd.inv' op failed to infer returned types}}
  %0 = nd.inv %a : (tensor<4x3xf64>) -> tensor<4x3xf64>
  return
}

// -----

// Linear algebra of integers gives float64.
func.func @main(%a: tensor<3x3xi64>) {
  // expected-error@+2 {{'nd.inv' op inferred type(s) 'tensor<3x3xf64>' are incompatible with return type(s) of operation 'tensor<3x3xi64>'}}
  // expected-error@+1 {{'nd.inv' op failed to infer returned types}}
  %0 = nd.inv %a : (tensor<3x3xi64>) -> tensor<3x3xi64>
  return
}

// -----

func.func @main(%a: tensor<2x4x3xf64>) {
  // expected-error@+2 {{linalg.det: the last two axes of shape (2, 4, 3) are 4 and 3; they must be equal}}
  // expected-error@+1 {{'nd.det' op failed to infer returned types}}
  %0 = nd.det %a : (tensor<2x4x3xf64>) -> tensor<2xf64>
  return
}

// -----

func.func @main(%a: tensor<f64>) {
  // expected-error@+2 {{linalg.det: the operand has shape (); a matrix (..., m, n) of at least 2 dimensions is needed}}
  // expected-error@+1 {{'nd.det' op failed to infer returned types}}
  %0 = nd.det %a : (tensor<f64>) -> tensor<f64>
  return
}

// -----

func.func @main(%a: tensor<4x3xf64>, %b: tensor<4xf64>) {
  // expected-error@+2 {{linalg.solve: the last two axes of shape (4, 3) are 4 and 3; they must be equal}}
  // expected-error@+1 {{'nd.solve' op failed to infer returned types}}
  %0 = nd.solve %a, %b : (tensor<4x3xf64>, tensor<4xf64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%a: tensor<3x3xf64>, %b: tensor<f64>) {
  // expected-error@+2 {{linalg.solve: the right-hand side has shape (); at least 1 dimension is needed}}
  // expected-error@+1 {{'nd.solve' op failed to infer returned types}}
  %0 = nd.solve %a, %b : (tensor<3x3xf64>, tensor<f64>) -> tensor<3xf64>
  return
}

// -----

func.func @main(%a: tensor<3x3xf64>, %b: tensor<4xf64>) {
  // expected-error@+2 {{linalg.solve: the matrix of shape (3, 3) has 3 rows and the right-hand side of shape (4,) has 4; they must be equal}}
  // expected-error@+1 {{'nd.solve' op failed to infer returned types}}
  %0 = nd.solve %a, %b : (tensor<3x3xf64>, tensor<4xf64>) -> tensor<3xf64>
  return
}

// -----

// A stack of vectors needs an axis of its own.
func.func @main(%a: tensor<2x3x3xf64>, %b: tensor<2x3xf64>) {
  // expected-error@+2 {{linalg.solve: the matrix of shape (2, 3, 3) has 3 rows and the right-hand side of shape (2, 3) has 2; reshape the right-hand side so that axis -2 is 3, (..., 3, 1) for a stack of vectors}}
  // expected-error@+1 {{'nd.solve' op failed to infer returned types}}
  %0 = nd.solve %a, %b : (tensor<2x3x3xf64>, tensor<2x3xf64>) -> tensor<2x3xf64>
  return
}

// -----

func.func @main(%a: tensor<2x3x3xf64>, %b: tensor<4x3x1xf64>) {
  // expected-error@+2 {{linalg.solve: shapes (2, 3, 3) and (4, 3, 1): the leading axes (2,) and (4,) do not broadcast; the sizes of an axis must be equal or 1}}
  // expected-error@+1 {{'nd.solve' op failed to infer returned types}}
  %0 = nd.solve %a, %b : (tensor<2x3x3xf64>, tensor<4x3x1xf64>) -> tensor<2x3x1xf64>
  return
}

// -----

func.func @main(%a: tensor<3xf64>) {
  // expected-error@+2 {{linalg.qr: the operand has shape (3,); a matrix (..., m, n) of at least 2 dimensions is needed}}
  // expected-error@+1 {{'nd.qr' op failed to infer returned types}}
  %0:2 = nd.qr %a : (tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return
}

// -----

func.func @main(%a: tensor<5x3xf64>) {
  // expected-error@+2 {{'nd.qr' op inferred type(s) 'tensor<5x3xf64>', 'tensor<3x3xf64>' are incompatible with return type(s) of operation 'tensor<5x5xf64>', 'tensor<5x3xf64>'}}
  // expected-error@+1 {{'nd.qr' op failed to infer returned types}}
  %0:2 = nd.qr %a : (tensor<5x3xf64>) -> (tensor<5x5xf64>, tensor<5x3xf64>)
  return
}

// -----

func.func @main(%a: tensor<3xf64>, %b: tensor<3xf64>) {
  // expected-error@+2 {{linalg.lstsq: the matrix has shape (3,); exactly 2 dimensions are needed}}
  // expected-error@+1 {{'nd.lstsq' op failed to infer returned types}}
  %0:4 = nd.lstsq %a, %b {rcond = -1.000000e+00 : f64} : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<1xf64>, tensor<i64>, tensor<3xf64>)
  return
}

// -----

func.func @main(%a: tensor<5x3xf64>, %b: tensor<1x5x2xf64>) {
  // expected-error@+2 {{linalg.lstsq: the right-hand side has shape (1, 5, 2); 1 or 2 dimensions are needed}}
  // expected-error@+1 {{'nd.lstsq' op failed to infer returned types}}
  %0:4 = nd.lstsq %a, %b {rcond = -1.000000e+00 : f64} : (tensor<5x3xf64>, tensor<1x5x2xf64>) -> (tensor<3x2xf64>, tensor<2xf64>, tensor<i64>, tensor<3xf64>)
  return
}

// -----

func.func @main(%a: tensor<5x3xf64>, %b: tensor<3xf64>) {
  // expected-error@+2 {{linalg.lstsq: the matrix of shape (5, 3) has 5 rows and the right-hand side of shape (3,) has 3; they must be equal}}
  // expected-error@+1 {{'nd.lstsq' op failed to infer returned types}}
  %0:4 = nd.lstsq %a, %b {rcond = -1.000000e+00 : f64} : (tensor<5x3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<1xf64>, tensor<i64>, tensor<3xf64>)
  return
}

// -----

func.func @main(%a: tensor<5x3xf64>, %b: tensor<5xf64>) {
  // expected-error@+1 {{'nd.lstsq' op requires attribute 'rcond'}}
  %0:4 = nd.lstsq %a, %b : (tensor<5x3xf64>, tensor<5xf64>) -> (tensor<3xf64>, tensor<1xf64>, tensor<i64>, tensor<3xf64>)
  return
}

// -----

func.func @main(%a: tensor<3x4xf64>) {
  // expected-error@+2 {{linalg.eigh: the last two axes of shape (3, 4) are 3 and 4; they must be equal}}
  // expected-error@+1 {{'nd.eigh' op failed to infer returned types}}
  %0:2 = nd.eigh %a {upper = false} : (tensor<3x4xf64>) -> (tensor<3xf64>, tensor<3x3xf64>)
  return
}

// -----

func.func @main(%a: tensor<3x3xf16>) {
  // expected-error@+2 {{linalg.svdvals: dtype float16 is not supported: it takes float32 and float64; cast with astype(nd::float32)}}
  // expected-error@+1 {{'nd.svdvals' op failed to infer returned types}}
  %0 = nd.svdvals %a : (tensor<3x3xf16>) -> tensor<3xf16>
  return
}

// -----

func.func @main(%a: tensor<3xcomplex<f64>>, %b: tensor<3x2xcomplex<f64>>) {
  // expected-error@+2 {{adjoint_matmul: the operand has shape (3,); a matrix (..., m, n) of at least 2 dimensions is needed}}
  // expected-error@+1 {{'nd.adjoint_matmul' op failed to infer returned types}}
  %0 = nd.adjoint_matmul %a, %b : (tensor<3xcomplex<f64>>, tensor<3x2xcomplex<f64>>) -> tensor<2xcomplex<f64>>
  return
}
