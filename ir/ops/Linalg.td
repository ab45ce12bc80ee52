// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Rows that run in the runtime library, BLAS and LAPACK behind it.
#ifndef ND_OPS_LINALG_TD
#define ND_OPS_LINALG_TD

class Nd_Library<string mnemonic, string callee, dag ins, dag outs, string dtype = "inexact_result",
                 string scalars = "{}">
    : Nd_InferredOp<mnemonic, [DeclareOpInterfaceMethods<LibraryOpInterface, ["getFlops", "getRowsCallee"]>]> {
  string flops = "0"; // C++ over op
  string rowsCallee = "";
  let arguments = ins;
  let results = outs;
  let extraClassDefinition = compatible # [{
    ::llvm::StringRef $cppClass::getCallee() { return "}] # callee # [{"; }
    ::llvm::SmallVector<::mlir::TypedAttr> $cppClass::getScalars() { return }] # scalars # [{; }
    ::llvm::SmallVector<::mlir::Type> $cppClass::getOperandDtypes() { return ::nd::libraryDtypes(getOperation(), ::nd::rules::}] # dtype # [{); }
    double $cppClass::getFlops() {
      [[maybe_unused]] ::mlir::Operation *op = getOperation();
      return }] # flops # [{;
    }
    ::llvm::StringRef $cppClass::getRowsCallee() { return "}] # rowsCallee # [{"; }
  }];
}

def Nd_MatmulOp : Nd_Library<"matmul", "ndrt_matmul", (ins Nd_Tensor:$x1, Nd_Tensor:$x2), (outs Nd_Tensor:$result), "accumulator_of"> { let summary = "matrix product over the last two axes"; let flops = "::nd::matmulFlops(op)"; let rowsCallee = "ndrt_matmul_rows"; }
def Nd_AdjointMatmulOp : Nd_Library<"adjoint_matmul", "ndrt_adjoint_matmul", (ins Nd_Tensor:$x1, Nd_Tensor:$x2), (outs Nd_Tensor:$result), "accumulator_of"> { let summary = "matrix product of the conjugate transpose of x1 with x2"; let flops = "::nd::adjointMatmulFlops(op)"; let rowsCallee = "ndrt_adjoint_matmul_rows"; }
def Nd_InvOp : Nd_Library<"inv", "ndrt_inv", (ins Nd_Tensor:$a), (outs Nd_Tensor:$result)> { let summary = "inverse of square matrices"; let flops = "::nd::squareFlops(op, 2, 0)"; }
def Nd_DetOp : Nd_Library<"det", "ndrt_det", (ins Nd_Tensor:$a), (outs Nd_Tensor:$result)> { let summary = "determinant of square matrices"; let flops = "::nd::squareFlops(op, 2. / 3, 0)"; }
def Nd_SolveOp : Nd_Library<"solve", "ndrt_solve", (ins Nd_Tensor:$a, Nd_Tensor:$b), (outs Nd_Tensor:$result)> { let summary = "x of a @ x = b"; let flops = "::nd::squareFlops(op, 2. / 3, 2)"; }
def Nd_SlogdetOp : Nd_Library<"slogdet", "ndrt_slogdet", (ins Nd_Tensor:$a), (outs Nd_Tensor:$sign, Nd_Tensor:$logabsdet)> { let summary = "sign and logarithm of the magnitude of the determinant of square matrices"; let flops = "::nd::squareFlops(op, 2. / 3, 0)"; }
def Nd_CholeskyOp : Nd_Library<"cholesky", "ndrt_cholesky", (ins Nd_Tensor:$a, BoolAttr:$upper), (outs Nd_Tensor:$result), "inexact_result",
    "{::nd::flag(getOperation(), getUpper())}"> { let summary = "triangular L of a = L L^H, or U of a = U^H U, from that triangle of a"; let flops = "::nd::squareFlops(op, 1. / 3, 0)"; }
def Nd_QrOp : Nd_Library<"qr", "ndrt_qr", (ins Nd_Tensor:$a, DefaultValuedOptionalAttr<BoolAttr, "false">:$complete), (outs Nd_Tensor:$Q, Nd_Tensor:$R)> { let summary = "QR factorisation, reduced or with a square Q"; let flops = "::nd::qrFlops(op)"; }
def Nd_QrRawOp : Nd_Library<"qr_raw", "ndrt_qr_raw", (ins Nd_Tensor:$a), (outs Nd_Tensor:$h, Nd_Tensor:$tau)> { let summary = "QR factorisation as LAPACK leaves it: R and the reflectors, transposed, and their factors"; let flops = "::nd::qrFlops(op) / 2"; }
def Nd_LstsqOp : Nd_Library<"lstsq", "ndrt_lstsq", (ins Nd_Tensor:$a, Nd_Tensor:$b, F64Attr:$rcond),
    (outs Nd_Tensor:$x, Nd_Tensor:$residuals, Nd_Tensor:$rank, Nd_Tensor:$s), "inexact_result",
    "{getRcondAttr()}"> { let summary = "least squares by the singular value decomposition"; let flops = "::nd::lstsqFlops(op)"; }
def Nd_EigOp : Nd_Library<"eig", "ndrt_eig", (ins Nd_Tensor:$a), (outs Nd_Tensor:$eigenvalues, Nd_Tensor:$eigenvectors)> { let summary = "eigenvalues and right eigenvectors of square matrices, complex"; let flops = "::nd::squareFlops(op, 25, 0)"; }
def Nd_EigvalsOp : Nd_Library<"eigvals", "ndrt_eigvals", (ins Nd_Tensor:$a), (outs Nd_Tensor:$result)> { let summary = "eigenvalues of square matrices, complex"; let flops = "::nd::squareFlops(op, 10, 0)"; }
def Nd_EighOp : Nd_Library<"eigh", "ndrt_eigh", (ins Nd_Tensor:$a, BoolAttr:$upper), (outs Nd_Tensor:$eigenvalues, Nd_Tensor:$eigenvectors), "inexact_result",
    "{::nd::flag(getOperation(), getUpper())}"> { let summary = "ascending eigenvalues and eigenvectors of Hermitian matrices, from one triangle"; let flops = "::nd::squareFlops(op, 9, 0)"; }
def Nd_EigvalshOp : Nd_Library<"eigvalsh", "ndrt_eigvalsh", (ins Nd_Tensor:$a, BoolAttr:$upper), (outs Nd_Tensor:$result), "inexact_result",
    "{::nd::flag(getOperation(), getUpper())}"> { let summary = "ascending eigenvalues of Hermitian matrices, from one triangle"; let flops = "::nd::squareFlops(op, 4. / 3, 0)"; }
def Nd_SvdOp : Nd_Library<"svd", "ndrt_svd", (ins Nd_Tensor:$a, BoolAttr:$full_matrices), (outs Nd_Tensor:$U, Nd_Tensor:$S, Nd_Tensor:$Vh)> { let summary = "singular value decomposition, with square U and Vh or thin ones"; let flops = "::nd::svdFlops(op, 14, 8)"; }
def Nd_SvdvalsOp : Nd_Library<"svdvals", "ndrt_svdvals", (ins Nd_Tensor:$a), (outs Nd_Tensor:$result)> { let summary = "singular values, largest first"; let flops = "::nd::svdFlops(op, 4, -4. / 3)"; }

#endif // ND_OPS_LINALG_TD
