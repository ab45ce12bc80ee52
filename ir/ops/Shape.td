// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Rows that move elements and compute none.
#ifndef ND_OPS_SHAPE_TD
#define ND_OPS_SHAPE_TD

class Nd_View<string mnemonic, dag extra, list<Trait> traits = []>
    : Nd_InferredOp<mnemonic, !listconcat([DeclareOpInterfaceMethods<ViewOpInterface>], traits)> {
  let arguments = !con((ins Nd_Tensor:$x), extra);
  let results = (outs Nd_Tensor:$result);
}

def Nd_ReshapeOp : Nd_Op<"reshape", [DeclareOpInterfaceMethods<ViewOpInterface>]> {
  let summary = "the elements of x in C order under another shape";
  let arguments = (ins Nd_Tensor:$x);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def Nd_BitcastOp : Nd_Op<"bitcast", [DeclareOpInterfaceMethods<ViewOpInterface>]> {
  let summary = "the bytes of x, in C order, as elements of another dtype";
  let arguments = (ins Nd_Tensor:$x);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
def Nd_BroadcastToOp : Nd_Op<"broadcast_to", [DeclareOpInterfaceMethods<ViewOpInterface>]> {
  let summary = "x repeated along new axes and axes of extent 1";
  let arguments = (ins Nd_Tensor:$x);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def Nd_TransposeOp : Nd_View<"transpose", (ins DenseI64ArrayAttr:$permutation)> {
  let summary = "x with its axes in another order; axis i of the result is axis permutation[i] of x";
  let hasFolder = 1;
}
def Nd_SliceOp : Nd_View<"slice", (ins DenseI64ArrayAttr:$offsets, DenseI64ArrayAttr:$sizes, DenseI64ArrayAttr:$strides)> {
  let summary = "every strides[i]-th element from offsets[i] on, sizes[i] of them";
  let hasVerifier = 1;
}
def Nd_UpdateOp : Nd_Op<"update", [AllTypesMatch<["x", "result"]>, DeclareOpInterfaceMethods<UpdateOpInterface>]> {
  let summary = "x with every strides[i]-th element from offsets[i] on replaced by those of value";
  let arguments = (ins Nd_Tensor:$x, Nd_Tensor:$value, DenseI64ArrayAttr:$offsets, DenseI64ArrayAttr:$strides);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "$x `,` $value attr-dict `:` type($x) `,` type($value)";
  let hasVerifier = 1;
}
def Nd_ConcatenateOp : Nd_InferredOp<"concatenate", [DeclareOpInterfaceMethods<AssemblyOpInterface>]> {
  let summary = "the operands one after the other along an axis";
  let arguments = (ins Variadic<Nd_Tensor>:$parts, I64Attr:$axis);
  let results = (outs Nd_Tensor:$result);
}

#endif // ND_OPS_SHAPE_TD
