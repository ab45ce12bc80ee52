// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Random numbers. A bit generator is a value: its state goes in, and the next one comes out.
#ifndef ND_OPS_RANDOM_TD
#define ND_OPS_RANDOM_TD

def Nd_RandomOp : Nd_Op<"random", [DeclareOpInterfaceMethods<LibraryOpInterface, ["getListOperand"]>]> {
  let summary = "random numbers of a distribution, and the state of the bit generator behind them";
  let arguments = (ins Nd_Tensor:$state, Variadic<Nd_Tensor>:$parameters, StrAttr:$distribution);
  let results = (outs Nd_Tensor:$result, Nd_Tensor:$next);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

#endif // ND_OPS_RANDOM_TD
