// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Rows without array operands.
#ifndef ND_OPS_CREATION_TD
#define ND_OPS_CREATION_TD

def Nd_InputOp : Op<Nd_Dialect, "input"> {
  let summary = "an array that exists; becomes an argument of the program";
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}
def Nd_FullOp : Nd_Op<"full", [DeclareOpInterfaceMethods<GeneratorOpInterface>]> {
  let summary = "one scalar everywhere";
  let description = "`param` is the slot of the program's parameters that holds the scalar at run time.";
  let arguments = (ins TypedAttrInterface:$value, OptionalAttr<I64Attr>:$param);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "$value attr-dict `->` type($result)";
  let hasVerifier = 1;
}
def Nd_EmptyOp : Nd_Op<"empty", []> {
  let summary = "memory whose elements nobody reads before updates have written them all";
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "attr-dict `->` type($result)";
}
def Nd_IotaOp : Nd_Op<"iota", [DeclareOpInterfaceMethods<GeneratorOpInterface>]> {
  let summary = "0, 1, 2, … along an axis";
  let arguments = (ins I64Attr:$axis);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "attr-dict `->` type($result)";
  let hasVerifier = 1;
}
def Nd_CountOp : Nd_Op<"count", [DeclareOpInterfaceMethods<GeneratorOpInterface>]> {
  let summary = "the product of extents, a 0-d array";
  let arguments = (ins DenseI64ArrayAttr:$extents);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "$extents attr-dict `->` type($result)";
  let hasVerifier = 1;
}

def Nd_ExtentOp : Op<Nd_Dialect, "extent"> {
  let summary = "makes a number that is computed at run time an extent of later arrays";
  let description = [{
    Types stay static: `extent` is the number that stands for the computed one wherever a type or an
    attribute names it (ir/rules/extent.h); it prints as n0, n1, ... Lowered, the count goes to the
    parameter slot of that number. With `nonempty` a count of 0 ends the program with an error.
  }];
  let arguments = (ins Nd_Tensor:$count, I64Attr:$extent, UnitAttr:$nonempty);
  let assemblyFormat = "$count attr-dict `:` type($count)";
  let hasVerifier = 1;
}

#endif // ND_OPS_CREATION_TD
