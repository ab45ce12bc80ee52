// Arrays from files in, results printed or written; the arrays decide open extents.
// RUN: ndc run %S/inputs/grid.mlir | FileCheck %s --check-prefix=GRID
// RUN: ndc run %S/inputs/grid.mlir -o %t.npy
// RUN: ndc run %s %t.npy %t.npy | FileCheck %s
// RUN: ndc run %s %t.npy %t.npy -o %t.sum.npy -o %t.top.npy
// RUN: ndc run %s %t.sum.npy %t.npy | FileCheck %s --check-prefix=AGAIN
// RUN: env LC_ALL=C sed "s/'fortran_order': False/'fortran_order': True /" %t.npy > %t.f.npy
// RUN: ndc run %s %t.f.npy %t.f.npy | FileCheck %s --check-prefix=FORTRAN

// GRID:      {{\[\[0. 1. 2.\]}}
// GRID-NEXT: {{ \[1. 2. 3.\]\]}}

// CHECK:      {{\[\[0. 2. 4.\]}}
// CHECK-NEXT: {{ \[2. 4. 6.\]\]}}
// CHECK-NEXT: {{\[4. 6.\]}}

// AGAIN:      {{\[\[0. 3. 6.\]}}
// AGAIN-NEXT: {{ \[3. 6. 9.\]\]}}
// AGAIN-NEXT: {{\[6. 9.\]}}

// The elements 0, 1, 2, 1, 2, 3 column after column.
// FORTRAN:      {{\[\[0. 4. 4.\]}}
// FORTRAN-NEXT: {{ \[2. 2. 6.\]\]}}
func.func @main(%a: tensor<?x?xf64>, %b: tensor<?x?xf64>) -> (tensor<?x?xf64>, tensor<?xf64>) {
  %0 = nd.add %a, %b : (tensor<?x?xf64>, tensor<?x?xf64>) -> tensor<?x?xf64>
  %1 = nd.max %0 {axes = array<i64: 1>} : (tensor<?x?xf64>) -> tensor<?xf64>
  return %0, %1 : tensor<?x?xf64>, tensor<?xf64>
}
