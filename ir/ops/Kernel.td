// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One loop nest.
#ifndef ND_OPS_KERNEL_TD
#define ND_OPS_KERNEL_TD

def Nd_KernelOp : Nd_Op<"kernel", [IsolatedFromAbove, SingleBlock]> {
  let summary = "ops that run together as one loop nest";
  let description = [{
    The region holds pointwise ops, generators, reductions and views of the arguments; all walk one
    iteration space, `domain`, of which the dimensions `reduced` are folded. Each op names the
    dimension that each of its axes walks in the attribute `loops`; -1 where the extent is 1.
    nd-fuse-kernels makes kernels, the lowering schedules each into loops.
  }];
  let arguments = (ins Variadic<Nd_Tensor>:$inputs, DenseI64ArrayAttr:$domain, DenseI64ArrayAttr:$reduced);
  let results = (outs Variadic<Nd_Tensor>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}
def Nd_YieldOp : Nd_Op<"yield", [Terminator, HasParent<"KernelOp">]> {
  let summary = "the results of a kernel";
  let arguments = (ins Variadic<Nd_Tensor>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

#endif // ND_OPS_KERNEL_TD
