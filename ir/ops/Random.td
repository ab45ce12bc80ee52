// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Random numbers. A bit generator is a value: its state goes in, and the next one comes out.
#ifndef ND_OPS_RANDOM_TD
#define ND_OPS_RANDOM_TD

def Nd_RandomOp : Nd_Op<"random", [DeclareOpInterfaceMethods<LibraryOpInterface, ["getListOperand"]>,
                                   DeclareOpInterfaceMethods<SeekableOpInterface>]> {
  let summary = "random numbers of a distribution, and the state of the bit generator behind them";
  let description = "`generator` says whose state it is where that is known: pcg64, pcg64dxsm or philox, whose places can be sought.";
  let arguments = (ins Nd_Tensor:$state, Variadic<Nd_Tensor>:$parameters, StrAttr:$distribution,
                       OptionalAttr<StrAttr>:$generator);
  let results = (outs Nd_Tensor:$result, Nd_Tensor:$next);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
def Nd_RandomAtOp : Nd_Op<"random_at", [DeclareOpInterfaceMethods<PointwiseOpInterface, ["isFunction"]>,
                                        DeclareOpInterfaceMethods<PositionalOpInterface>]> {
  let summary = "at each position the number in [0, 1) that a bit generator draws there; the operand is the first word of its state in memory";
  let arguments = (ins Nd_Tensor:$state, StrAttr:$generator);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "$state attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}
def Nd_RandomSkipOp : Nd_Op<"random_skip", [DeclareOpInterfaceMethods<LibraryOpInterface>]> {
  let summary = "the state of a bit generator behind so many draws; with `halves` of 32 bits each";
  let arguments = (ins Nd_Tensor:$state, Nd_Tensor:$count, BoolAttr:$halves);
  let results = (outs Nd_Tensor:$next);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

#endif // ND_OPS_RANDOM_TD
