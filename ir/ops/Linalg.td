// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Rows that run in the runtime library, BLAS and LAPACK behind it.
#ifndef ND_OPS_LINALG_TD
#define ND_OPS_LINALG_TD

class Nd_Library<string mnemonic, string callee, dag ins, dag outs, string dtype = "inexact_result",
                 string scalars = "{}">
    : Nd_InferredOp<mnemonic, [DeclareOpInterfaceMethods<LibraryOpInterface, ["getFlops"]>]> {
  string flops = "0"; // C++ over op
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
  }];
}

def Nd_MatmulOp : Nd_Library<"matmul", "ndrt_matmul", (ins Nd_Tensor:$x1, Nd_Tensor:$x2), (outs Nd_Tensor:$result), "accumulator_of"> { let summary = "matrix product over the last two axes"; let flops = "::nd::matmulFlops(op)"; }
def Nd_InvOp : Nd_Library<"inv", "ndrt_inv", (ins Nd_Tensor:$a), (outs Nd_Tensor:$result)> { let summary = "inverse of square matrices"; let flops = "::nd::squareFlops(op, 2, 0)"; }
def Nd_DetOp : Nd_Library<"det", "ndrt_det", (ins Nd_Tensor:$a), (outs Nd_Tensor:$result)> { let summary = "determinant of square matrices"; let flops = "::nd::squareFlops(op, 2. / 3, 0)"; }
def Nd_SolveOp : Nd_Library<"solve", "ndrt_solve", (ins Nd_Tensor:$a, Nd_Tensor:$b), (outs Nd_Tensor:$result)> { let summary = "x of a @ x = b"; let flops = "::nd::squareFlops(op, 2. / 3, 2)"; }
def Nd_QrOp : Nd_Library<"qr", "ndrt_qr", (ins Nd_Tensor:$a), (outs Nd_Tensor:$Q, Nd_Tensor:$R)> { let summary = "reduced QR factorisation"; let flops = "::nd::qrFlops(op)"; }
def Nd_LstsqOp : Nd_Library<"lstsq", "ndrt_lstsq", (ins Nd_Tensor:$a, Nd_Tensor:$b, F64Attr:$rcond),
    (outs Nd_Tensor:$x, Nd_Tensor:$residuals, Nd_Tensor:$rank, Nd_Tensor:$s), "inexact_result",
    "{getRcondAttr()}"> { let summary = "least squares by the singular value decomposition"; let flops = "::nd::lstsqFlops(op)"; }
def Nd_EigvalsOp : Nd_Library<"eigvals", "ndrt_eigvals", (ins Nd_Tensor:$a), (outs Nd_Tensor:$result)> { let summary = "eigenvalues of square matrices, complex"; let flops = "::nd::squareFlops(op, 10, 0)"; }

#endif // ND_OPS_LINALG_TD
