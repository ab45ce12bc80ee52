// Every stage prints, and the next can be entered from it.
// RUN: ndc --emit=recorded %s | FileCheck %s --check-prefix=RECORDED
// RUN: ndc --emit=resolved %s | FileCheck %s --check-prefix=RESOLVED
// RUN: ndc --emit=resolved %s | ndc --from=resolved --emit=fused - | FileCheck %s --check-prefix=FUSED
// RUN: ndc --emit=fused %s | ndc --from=fused --emit=loops - | FileCheck %s --check-prefix=LOOPS
// RUN: ndc --emit=loops %s | ndc --from=loops --emit=llvm - | FileCheck %s --check-prefix=LLVM
// RUN: ndc --emit=llvm %s | ndc --from=llvm --emit=asm - | FileCheck %s --check-prefix=ASM
// RUN: ndc --emit=asm --cpu=x86-64-v3 %s | FileCheck %s --check-prefix=AVX2
// RUN: ndc --emit=obj %s | llvm-readobj -s - | FileCheck %s --check-prefix=OBJ
// RUN: ndc --emit=dot %s | FileCheck %s --check-prefix=DOT
// RUN: ndc --emit=header %s | FileCheck %s --check-prefix=HEADER

// RECORDED: nd.add %{{.*}}, %{{.*}} : (tensor<4x8xf32>, tensor<8xi32>) -> tensor<4x8xf64>
// RESOLVED-DAG: nd.cast
// RESOLVED-DAG: nd.broadcast_to
// FUSED:     nd.kernel
// FUSED-NOT: nd.kernel
// LOOPS: llvm.func internal @sum_rows_program(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr) -> i32
// LOOPS-DAG: scf.for
// LOOPS-DAG: llvm.func @sum_rows(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr) -> i32
// LLVM-NOT: scf.for
// LLVM: llvm.func
// ASM: sum_rows:
// AVX2-NOT: zmm
// AVX2: ymm
// OBJ: Name: sum_rows
// DOT: digraph "sum_rows"
// DOT: kernel over (4, 8)
// HEADER: int32_t sum_rows(const DLTensor *argument0, const DLTensor *argument1, DLTensor *result0);
func.func @sum_rows(%a: tensor<4x8xf32>, %b: tensor<8xi32>) -> tensor<4xf64> {
  %0 = nd.add %a, %b : (tensor<4x8xf32>, tensor<8xi32>) -> tensor<4x8xf64>
  %1 = nd.sum %0 {axes = array<i64: 1>} : (tensor<4x8xf64>) -> tensor<4xf64>
  return %1 : tensor<4xf64>
}
