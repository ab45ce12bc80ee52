// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The dialect and the attributes its rows share.
#ifndef ND_DIALECT_TD
#define ND_DIALECT_TD

include "mlir/IR/OpBase.td"

def Nd_Dialect : Dialect {
  let name = "nd";
  let cppNamespace = "::nd";
  let summary = "NumPy's array functions over builtin tensors";
  let description = [{
    What a C++ program writes with nd::array, one op for one call. `recorded` ops broadcast and
    promote implicitly; after `resolved` both are explicit; after `fused` pointwise ops and
    reductions live inside nd.kernel, one loop nest each.
  }];
}

// bool is i1, signed integers are signless iN, unsigned ones uiN.
def Nd_Dtype : AnyTypeOf<[I1, I8, I16, I32, I64, UI8, UI16, UI32, UI64, F16, BF16, F32, F64,
                          Complex<F32>, Complex<F64>]>;
def Nd_Tensor : RankedTensorOf<[Nd_Dtype]>;

#endif // ND_DIALECT_TD
