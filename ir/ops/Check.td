// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Rows that give their operand on, and end the program unless what they say of it holds. `what`
// names the function that asks, for the error.
#ifndef ND_OPS_CHECK_TD
#define ND_OPS_CHECK_TD

class Nd_Check<string mnemonic, string callee, dag extra, string scalars>
    : Nd_Op<mnemonic, [DeclareOpInterfaceMethods<ViewOpInterface>, DeclareOpInterfaceMethods<LibraryOpInterface>]> {
  let arguments = !con((ins Nd_Tensor:$x, StrAttr:$what), extra);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
  let extraClassDefinition = Nd_LibraryCall<callee, "ownDtypes", scalars>.methods # [{
    bool $cppClass::getView(::nd::View &) { return false; }
  }];
}

def Nd_CheckShapeOp : Nd_Check<"check_shape", "ndrt_check_shape", (ins BoolAttr:$reshape), "{::nd::flag(getOperation(), getReshape())}"> {
  let summary = "x under the shape of the result: the same but for extents that a run decides; with `reshape` any of equally many elements";
}
def Nd_CheckWithinOp : Nd_Check<"check_within", "ndrt_check_within", (ins StrAttr:$reason, I64Attr:$low, I64Attr:$high),
    "{getLowAttr(), getHighAttr(), ::nd::rangeReason(getOperation(), getReason())}"> {
  let summary = "x, integers from low to high, both included; `reason` words the error: index, exponent, size (which an index from the start needs) or size_from_end";
}

#endif // ND_OPS_CHECK_TD
